"""What is read in parts is what is read as a whole, or is refused to be read in parts."""

from __future__ import annotations

import io
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mou_cli.fields.nouns import SHAPES
from mou_cli.formats.parts import Unsure, take_parts
from mou_cli.formats.seed import Intake
from mou_cli.formats.spool import Spool
from mou_cli.processes import NOBODY
from mou_cli.store.opening import open_empty

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mou_cli.store.reader import Reader

INSTITUTIONS = [
    "  - key: {key}\n    name: Name\n",
    "  - {{key: {key}, name: Name}}\n",
    "  - key: {key}\n    name: 'a text\n\n      over lines'\n",
    '  - key: {key}\n    name: Name\n    note: "a text\n  - that looks like an item"\n',
    '  - key: {key}\n    name: Name\n    note: "a text\nagreements:\n  - key: of-a-section"\n',
    "  - key: {key}\n    name: Name\n    note: |\n      a text\n      - in lines\n",
    "  - key: {key}\n    name: Name\n    names:\n      - {{text: N}}\n      - text: M\n        kind: acronym\n",
    "  - {{key: {key},\n  name: Name, memberships: [\n  - 1, b]}}\n",
    "# a comment: here\n  # - and here\n\n  - key: {key}\n    name: Name # of many\u2028    city: C\n",
    "  - key: {key}\r\n    name: Name\r\n",
    "  -\n    key: {key}\n    name: Name\n    memberships:\n      - a\n      - b\n",
    "  - key: {key}\n    name: Name\n    parent: nobody\n",
    "  - key: {key}\n    name: Name\n    home: true\n",
    "- key: {key}\n  name: Name\n",
    "  - key: key-0\n    name: Name\n",
]
AGREEMENTS = [
    "  - key: {key}\n    parties: [key-0, key-1]\n",
    "  - key: {key}\n    type: cooperation\n    parties:\n      - key-1\n      - institution: key-0\n        unit: L\n",
    "  - key: {key}\n    parties:\n    - key-1\n    - key-0\n    signed: 2024-05-01\n",
]
HEADS = [
    "format: mou/1\n",
    "---\nformat: mou/1\nhome: [key-0]\nreferences: {2024: 3}\n",
    "format: mou/1\nhome:\n  - key-1\n",
]
TAILS = [
    "",
    "events: []\n",
    "plans:\n  - {key: p, year: 2025, owner: key-0}\n",
    "institutions: []\n",
    "...\n",
    "\ufeff",
]


@st.composite
def files(draw: st.DrawFn) -> str:
    """Give a file of two sections; most of the layouts are sound, some break it."""
    said = draw(st.lists(st.sampled_from(INSTITUTIONS), min_size=2, max_size=8))
    agreed = draw(st.lists(st.sampled_from(AGREEMENTS), max_size=6))
    institutions = "".join(text.format(key=f"key-{number}") for number, text in enumerate(said))
    agreements = "".join(text.format(key=f"agreement-{number}") for number, text in enumerate(agreed))
    parts = [draw(st.sampled_from(HEADS)), f"institutions:\n{institutions}"]
    parts += [f"agreements:\n{agreements}"] if agreed else []
    return "".join([*parts, draw(st.sampled_from(TAILS))])


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """A register that holds nothing."""
    with open_empty() as empty:
        yield empty


def said(intake: Intake) -> list[Any]:
    """Give all that an intake knows."""
    patches = [list(intake.patches(noun, is_still_so=True)) for noun in SHAPES]
    mentioned = [(noun, key) for noun in SHAPES for key in intake.mentioned[noun] if key not in intake.declared[noun]]
    return [intake.declared, mentioned, intake.homes, intake.references, intake.number, patches]


@given(files(), st.integers(20, 400))
def test_parts_say_what_the_whole_says(reader: Reader, text: str, size: int) -> None:
    data = text.encode()
    with closing(Intake(reader, Spool())) as whole, closing(Intake(reader, Spool())) as parted:
        whole.take("a.yaml", io.BytesIO(data))
        try:
            take_parts(parted, "a.yaml", io.BytesIO(data), NOBODY, size)
        except Unsure:
            return
        assert whole.complaints == []
        assert said(parted) == said(whole)


@pytest.mark.parametrize("layout", [0, 1, 2, 5, 6, 8, 9, 11, 13])
def test_a_sound_file_is_read_in_parts(reader: Reader, layout: int) -> None:
    items = "".join(INSTITUTIONS[layout].format(key=f"key-{number}") for number in range(50))
    data = f"format: mou/1\ninstitutions:\n{items}agreements:\n{AGREEMENTS[0].format(key='a')}".encode()
    with closing(Intake(reader, Spool())) as intake:
        take_parts(intake, "a.yaml", io.BytesIO(data), NOBODY, 500)
        assert intake.number == 51


def test_what_was_read_is_told_again_from_the_start_though_a_first_telling_was_left_in_the_middle(
    reader: Reader,
) -> None:
    items = "".join(INSTITUTIONS[0].format(key=f"key-{number}") for number in range(1200))
    with closing(Intake(reader, Spool())) as intake:
        take_parts(intake, "a.yaml", io.BytesIO(f"format: mou/1\ninstitutions:\n{items}".encode()), NOBODY, 5000)
        first = next(intake.patches("institution", is_still_so=True))
        again = list(intake.patches("institution", is_still_so=True))
        assert again[0] == first
        assert [patch.key for patch in again] == [f"key-{number}" for number in range(1200)]
        assert again == list(intake.patches("institution", is_still_so=True))
