"""The text that comes back from an editor, written wrongly in every way: read, or complained of in its margin."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mou_cli.fields.nouns import SHAPES
from mou_cli.fields.shape import Patch
from mou_cli.formats.margin import Margin
from mou_cli.formats.sheet import Sheet
from mou_cli.records.declare import plan
from mou_cli.store.location import Location
from mou_cli.store.opening import open_reader
from mou_cli.views.document import documents
from tests.fuzz.effort import effort
from tests.fuzz.test_files import YAML_SIGNS, spoilt

if TYPE_CHECKING:
    from pathlib import Path

    from mou_cli.fields.node import Mark

TODAY = date(2025, 5, 10)
RECORDS = {"agreement": "whole", "institution": "uit", "event": "fair", "plan": "office-2026", "task": "office-2026/1"}


def take_key(_noun: str, text: str, _mark: Mark | None) -> str:
    return text


@pytest.mark.parametrize("noun", RECORDS)
@effort(12)
@given(data=st.data(), language=st.sampled_from(("en", "az")))
def test_a_spoilt_sheet_is_read_or_complained_of(template: Path, noun: str, data: st.DataObject, language: str) -> None:
    shape, key = SHAPES[noun], RECORDS[noun]
    with open_reader(Location(path=template / "register.db"), 5.0) as reader:
        sheet = Sheet(shape, documents(reader, shape, [key])[key], key, language)
        typed = data.draw(spoilt(sheet.write().replace("\n#", "\n"), YAML_SIGNS))
        # As it is read from the file: bytes that are no text stand as they are.
        text = typed.encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape")
        filled = sheet.read(text, take_key, TODAY)
        _changes, objections = plan(reader, [Patch(noun, key, filled.changed)])
    filled.object(list(objections))
    margin = Margin(language)
    shown = margin.write(text, filled.complaints)
    assert all(str(complaint.message) for complaint in filled.complaints)
    assert margin.erase(shown).removesuffix("\n") == text.removesuffix("\n")
