"""A register in which every field that takes a text has an order for somebody, each text in records of its own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from mou_cli.fields.agreement import AGREEMENT
from mou_cli.fields.collection import Dictionary, Group, Items, Strings, Values
from mou_cli.fields.nouns import SHAPES
from mou_cli.fields.text import LINE, Text, Texts
from tests.conftest import Mou
from tests.injection.corpus import KEPT, LINES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mou_cli.fields.kind import Kind
    from mou_cli.fields.shape import Shape

# What an item has beside texts, without which there would be none.
NEEDED = {"exchange": {"from": "home", "to": "p0"}, "lifecycle": {"kind": "notice", "date": "2024-05-01"}}


def holding(kind: Kind, text: str, beside: dict[str, str]) -> Any:
    """Give a value that has a text wherever it may; None where it may nowhere."""
    if isinstance(kind, Text):
        return text[: kind.longest]
    if isinstance(kind, Texts):
        return {"en": text, "az": text}
    if isinstance(kind, (Strings, Values)):
        inner = holding(kind.item, text, {})
        return None if inner is None else [inner]
    if isinstance(kind, Dictionary):
        inner = holding(kind.value, text, {})
        return {text: 1 if inner is None else inner}
    if isinstance(kind, (Items, Group)):
        held = {f.name: inner for f in kind.fields if (inner := holding(f.kind, text, {})) is not None}
        return None if not held else held | beside if isinstance(kind, Group) else [held | beside]
    return None


def record(shape: Shape, text: str, **needed: Any) -> dict[str, Any]:
    """Give a record with a text in every field that takes one; of a text of several lines in those that take them."""
    is_long = "\n" in text
    values = {
        f.name: held
        for f in shape.fields
        if f.written and (not is_long or (isinstance(f.kind, Texts) and f.kind.longest > LINE))
        if (held := holding(f.kind, text, NEEDED.get(f.name, {}))) is not None
    }
    return values | needed


def register(texts: Sequence[str]) -> dict[str, Any]:
    """Give a register with records of every noun for each text."""
    found: dict[str, Any] = {"format": "mou/1", "home": ["home"]}
    found["institutions"] = [{"key": "home", "name": "Home"}]
    for shape in SHAPES.values():
        if shape.section not in {"tasks", "accepted"}:
            found.setdefault(shape.section, [])
    for n, text in enumerate(texts):
        name = {"name": "x"} if "\n" in text else {}
        found["institutions"].append(record(SHAPES["institution"], text, key=f"p{n}", identifiers={"ror": text}) | name)
        found["events"].append(record(SHAPES["event"], text, key=f"e{n}", host=f"p{n}") | name)
        ended = {
            "starts": "2024-01-01",
            "ends": "2025-06-01",
            "notice": "10d",
            "renewal": "tacit",
            "renewal_term": "1y",
        }
        found["agreements"].append(
            record(AGREEMENT, text, key=f"a{n}", parties=["home", f"p{n}"], event=f"e{n}") | ended
        )
        task = record(SHAPES["task"], text, number="1", agreements=[f"a{n}"], partners=[f"p{n}"])
        task |= {"timing": "May"} | ({"task": text} if "\n" in text else {})
        found["plans"].append(record(SHAPES["plan"], text, key=f"l{n}", year=2025, owner="home", tasks=[task]))
    return found


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Mou:
    """The register of all texts that may be kept, for reading only."""
    folder = tmp_path_factory.mktemp("hostile")
    mou = Mou(folder / "register.db")
    mou("import", write_register(folder, (*KEPT, *LINES)))
    return mou


def write_register(folder: Path, texts: Sequence[str]) -> str:
    file = folder / "hostile.json"
    file.write_text(json.dumps(register(texts), ensure_ascii=False), "utf-8")
    return str(file)
