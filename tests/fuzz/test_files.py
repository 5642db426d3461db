"""Files that are read: seed files, records in YAML and JSON, the config file; written wrongly in every way."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import event, example, given
from hypothesis import strategies as st

from mou_cli.fields.collection import Dictionary, Group, Identifiers, Items, Links, Strings, Values
from mou_cli.fields.kind import Code, Day, Number, Reference
from mou_cli.fields.nouns import SHAPES
from mou_cli.fields.text import Texts
from tests.conftest import Mou
from tests.fuzz.conftest import WHOLE
from tests.fuzz.effort import effort
from tests.fuzz.texts import DATES, LIKELY, NUMBERS, TEXTS

if TYPE_CHECKING:
    from pathlib import Path

    from mou_cli.fields.kind import Kind
    from tests.fuzz.ordeal import Ordeal

COMPLAINT = re.compile(r"seed\.yaml:([0-9]+:[0-9]+:)? ")
YAML_SIGNS = (
    *(
        "\n",
        "\n  ",
        "\n- ",
        ": ",
        "- ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "#",
        " #",
        "&a ",
        "*a",
        "<<: ",
        "!!str ",
        "!!binary ",
        "|\n",
    ),
    *(
        "|+9\n",
        ">-\n",
        "'",
        '"',
        "? ",
        "---\n",
        "...\n",
        "%YAML 1.1\n",
        "%TAG ! tag:x:\n",
        "\t",
        "\r",
        "\x00",
        "\x85",
        "@",
    ),
    *(
        "\ufeff",
        "`",
        "\\x1b",
        "!!python/object/apply:os.system ",
        "~",
        "null",
        "no",
        "0o7",
        "1:2",
        "-.inf",
        "=",
        "key: ",
    ),
)
RECORDERS = {
    "agreement": (("add",), ("edit", "whole")),
    "institution": (("partner", "add"), ("partner", "edit", "uit")),
    "event": (("event", "add"), ("event", "edit", "fair")),
    "plan": (("plan", "add"), ("plan", "edit", "office-2026")),
    "task": (("plan", "task", "add"), ("plan", "task", "edit", "office-2026/1")),
}
CONFIG = 'db = "x.db"\nlang = "az"\n[list]\ncolumns = "ref,partner"\n[lead]\ntask = "30d"\nexchange = "1y"\n'
ASKED = (("list", "--count"), ("config", "list"), ("config", "get", "lang"), ("due", "--count"), ("config", "path"))
CHANGED = (("config", "set", "lead.task", "40d"), ("config", "unset", "lang"), ("config", "set", "actor", "x"))


@st.composite
def spoilt(draw: st.DrawFn, text: str, signs: tuple[str, ...], most: int = 4) -> str:
    """Give a text of which parts are cut out, doubled, moved or overwritten."""
    for _ in range(draw(st.integers(1, most))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 30)))
        put = draw(st.sampled_from((*signs, "", text[start:end] * 2)) | TEXTS)
        text = text[:start] + put + text[end:]
    return text


def value_of(kind: Kind) -> st.SearchStrategy[Any]:
    """Give what may stand at a field of a kind: mostly what it takes."""
    many = many_of(kind)
    found = one_of(kind) if many is None else many
    wrong = st.none() | st.integers() | st.booleans() | LIKELY | st.lists(LIKELY, max_size=2)
    return st.one_of(found, found, found, found, wrong)


def many_of(kind: Kind) -> st.SearchStrategy[Any] | None:
    match kind:
        case Items() | Group():
            item = st.fixed_dictionaries({}, optional={f.name: value_of(f.kind) for f in kind.fields})
            return st.lists(item | LIKELY, max_size=2) if isinstance(kind, Items) else item
        case Values() | Strings():
            return st.lists(value_of(kind.item), max_size=3)
        case Dictionary():
            return st.dictionaries(LIKELY, value_of(kind.value), max_size=2)
        case Identifiers():
            return st.dictionaries(st.sampled_from(("ror", "erasmus", "pic")) | LIKELY, LIKELY, max_size=2)
        case Links():
            return st.lists(st.dictionaries(st.sampled_from(("amends", "under")), LIKELY, max_size=2), max_size=2)
    return None


def one_of(kind: Kind) -> st.SearchStrategy[Any]:
    match kind:
        case Number():
            return st.integers(0, 10) | st.integers() | st.floats() | st.sampled_from(NUMBERS)
        case Day():
            return st.sampled_from((*DATES, "2024-05-01", "2024", "open", "signed"))
        case Code():
            return st.sampled_from(tuple(kind.codes.codes)) | LIKELY
        case Reference():
            return st.sampled_from(("adu", "uit", "whole", "fair", "office-2026", "new")) | LIKELY
        case Texts():
            return LIKELY | st.dictionaries(st.sampled_from(("en", "az")) | TEXTS, LIKELY, max_size=2)
    return LIKELY


def records(noun: str) -> st.SearchStrategy[dict[str, Any]]:
    """Give records of a noun with some of their fields, and now and then one that there is not."""
    fields = {field.name: value_of(field.kind) for field in SHAPES[noun].fields}
    return st.fixed_dictionaries({}, optional=fields | {"colour": LIKELY}).map(
        lambda record: dict(list(record.items())[:12])
    )


def import_or_refuse(ordeal: Ordeal, content: bytes) -> int:
    """Import a seed file: it is taken whole, and can be had back, or refused with its place, and nothing is changed."""
    ordeal.renew()
    answer = ordeal.call("import", ordeal.write("seed.yaml", content))
    if answer.code == 0:
        comes_back(ordeal)
    elif answer.code == 3:
        *complaints, last = answer.err.splitlines()
        assert last.startswith("mou: nothing was imported")
        assert complaints
        assert all(COMPLAINT.match(line) or line.startswith("and ") for line in complaints), complaints
    return answer.code


def comes_back(ordeal: Ordeal) -> None:
    """Make sure that the register can be exported, and imported again into an empty one, as it is."""
    exported = ordeal.call("export")
    assert exported.code == 0
    copy: Path = ordeal.folder / "copy.db"
    copy.unlink(missing_ok=True)
    Mou(copy)("import", ordeal.write("again.yaml", exported.out))
    assert Mou(copy)("export").out == exported.out
    assert ordeal.call("list", "-f", "json").code == 0
    assert ordeal.call("list", "-f", "table").code == 0


@effort(30)
@given(spoilt(WHOLE.read_text("utf-8"), YAML_SIGNS))
def test_a_spoilt_seed_file_is_imported_whole_or_refused(ordeal: Ordeal, text: str) -> None:
    code = import_or_refuse(ordeal, text.encode("utf-8", "surrogatepass"))
    event(f"exit code {code}")


@effort(30)
@given(spoilt("x: [1, {a: 'b'}, \"c\"]\n- d\n", YAML_SIGNS, 8))
def test_what_is_hardly_yaml_is_refused(ordeal: Ordeal, text: str) -> None:
    import_or_refuse(ordeal, b"format: mou/1\n" + text.encode("utf-8", "surrogatepass"))


@effort(60)
@given(st.data())
def test_records_with_any_values_are_imported_whole_or_refused(ordeal: Ordeal, data: st.DataObject) -> None:
    noun = data.draw(st.sampled_from([noun for noun in SHAPES if noun != "task"]))
    record = {"key": "whole"} | data.draw(records(noun))
    if noun == "plan":
        record["tasks"] = data.draw(st.lists(records("task"), max_size=2))
    content = {"format": "mou/1", SHAPES[noun].section: [record]}
    event(f"exit code {import_or_refuse(ordeal, json.dumps(content).encode())}")


@effort(60)
@given(st.data())
def test_a_record_is_taken_whole_or_refused(ordeal: Ordeal, data: st.DataObject) -> None:
    ordeal.renew()
    noun = data.draw(st.sampled_from(sorted(RECORDERS)))
    record = json.dumps(data.draw(records(noun)), ensure_ascii=data.draw(st.booleans()))
    command = data.draw(st.sampled_from(RECORDERS[noun]))
    answer = ordeal.call(*command, "--from", "-", input=record.encode("utf-8", "surrogatepass"))
    event(f"exit code {answer.code}")
    if answer.code == 0:
        comes_back(ordeal)


@effort(40)
@given(
    spoilt(
        '{"parties": ["adu", "uit"], "title": "x"}', ('"', "[", "{", "}", ",", ":", "\\", "\\u0000", "\\ud800", "1e999")
    )
)
def test_a_spoilt_record_is_taken_whole_or_refused(ordeal: Ordeal, text: str) -> None:
    ordeal.renew()
    answer = ordeal.call("add", "--from", "-", input=text.encode("utf-8", "surrogatepass"))
    if answer.code == 0:
        comes_back(ordeal)


@effort(60)
@given(
    spoilt(CONFIG, ("=", '"', "'", "[", "]", "[[", '"""', "\n", ".", "#", "{", "1979-05-27", "\\u0000", "\\")),
    st.sampled_from((*ASKED, *CHANGED)),
)
@example('opener = "a\\u0000b"\nactor = "x\\u0000"\n', ("config", "list"))
@example('actor = "x\\u0000"\n', ("add", "--home", "adu", "--partner", "uit"))
def test_a_spoilt_config_file_is_used_or_refused(ordeal: Ordeal, text: str, command: tuple[str, ...]) -> None:
    ordeal.renew()
    config = ordeal.folder / "config" / "mou" / "config.toml"
    config.parent.mkdir(parents=True)
    content = text.encode("utf-8", "surrogatepass")
    config.write_bytes(content)
    if ordeal.call(*command).code or command in ASKED:
        assert config.read_bytes() == content


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1254", "latin-1", "cp037"])
def test_a_seed_file_in_another_encoding_is_imported_or_refused(ordeal: Ordeal, encoding: str) -> None:
    import_or_refuse(ordeal, WHOLE.read_text("utf-8").encode(encoding, "replace"))
