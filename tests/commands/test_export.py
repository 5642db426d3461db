"""`mou export`: the register as text, byte for byte the same after a round trip."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.conftest import Write
    from tests.conftest import Mou


def round_trip(mou: Mou, folder: Path) -> tuple[str, str]:
    """Export, import into an empty register and export again."""
    from tests.conftest import Mou as CommandLine

    file = folder / "exported.yaml"
    mou("export", str(file))
    other = CommandLine(folder / "other.db")
    other("import", str(file))
    assert other("import", str(file)).err == "nothing changed\n"
    assert other.json("list") == mou.json("list")
    return file.read_text("utf-8"), other("export").out


def test_the_seeds_come_back_byte_for_byte(seeds: Mou, tmp_path: Path) -> None:
    first, second = round_trip(seeds, tmp_path)
    assert first == second == seeds("export").out
    assert first.startswith("format: mou/1\nhome:")


def test_a_register_that_was_worked_on_comes_back(seeds: Mou, tmp_path: Path) -> None:
    seeds(
        "add",
        "--home",
        "khazar",
        "--partner",
        "Quixote College",
        "--country",
        "ES",
        "--signed",
        "2024-05-01",
        "--term",
        "3y",
    )
    seeds("add", "--home", "ada", "--partner", "uib", "--note", "gone")
    seeds("remove", "2025-136", "--yes")
    seeds("edit", "khazar-miras-2024", "--area", "twinning", "--note", "", "--event", "round table")
    seeds("plan", "done", "5.1", "--result", "12 sold")
    seeds("plan", "task", "add", "5.10", "--task", "T", "--timing", "Q3", "--agreement", "khazar-uib")
    seeds("plan", "close", "veterans")
    seeds("partner", "edit", "uib", "--identifiers", "ror=03zga2b32", "--alias", "UiB")
    seeds("event", "add", "Visit", "--held", "2024-05", "--declared", "memoranda=2")
    first, second = round_trip(seeds, tmp_path)
    assert first == second
    assert "2025: 136" in first


AWKWARD = {
    "null": "null", "tilde": "~", "no": "no", "number": "012", "date": "2024-01-01", "formula": "=1+1",
    "brackets": "[a, {b: c}]",
    "colon": "a: b # c", "quote": "it's \"so\"", "dash": "- a", "percent": "%x", "at": "@x", "backslash": "a\\nb",
    "emoji": "👩‍👩‍👧", "hebrew": "האוניברסיטה", "arabic": "دانشگاه", "combining": "é", "lines": "one\n\ntwo\n  three",
    "merge": "<<", "question": "? a", "anchor": "&a *a !a", "long": "word " * 50 + "end", "exponent": "1e3",
    "sexagesimal": "1:30",
    "dots": "...", "dashes": "---", "underscore": "1_000", "nbsp": "a\u00a0b", "zero": "0", "bar": "| x", "gt": "> x",
}  # fmt: skip


def test_awkward_texts_come_back(small: Mou, tmp_path: Path) -> None:
    for text in AWKWARD.values():
        small("add", "--partner", "uit", "--note", text, "--title", text, "--unit", text, "--tag", text)
    notes = [(row["note"], row["title"], row["unit"]) for row in small.json("list")]
    assert [note.split() for note, _title, _unit in notes] == [text.split() for text in AWKWARD.values()]
    first, second = round_trip(small, tmp_path)
    assert first == second


@pytest.mark.once_on_server("texts, which all come back from one in the test before")
@pytest.mark.parametrize("name", AWKWARD)
def test_an_awkward_text_in_every_place_comes_back(empty: Mou, tmp_path: Path, name: str) -> None:
    text = AWKWARD[name]
    empty(
        "partner",
        "add",
        "--key",
        "a",
        "--alias",
        text,
        "--city",
        text,
        "--note",
        text,
        "--membership",
        text,
        "--",
        text,
    )
    empty("event", "add", "--key", "e", "--place", text, "--topic", text, "--person", text, "--", text)
    empty("plan", "add", "p", "--year", "2025", "--owner", "a", "--title", text, "--unit", text)
    empty("plan", "task", "add", "1", "--task", text, "--timing", text, "--way", text, "--executor", text)
    first, second = round_trip(empty, tmp_path)
    assert first == second


def test_every_key_that_add_takes_comes_back(small: Mou, tmp_path: Path) -> None:
    for command in (("partner", "add", "Zeta", "--key"), ("event", "add", "Zeta", "--key")):
        for key in ("a b", "ключ", "x/y", "null"):
            small.call(*command, key)
    small.call("plan", "add", "p q", "--year", "2025", "--owner", "adu")
    first, second = round_trip(small, tmp_path)
    assert first == second


def test_an_empty_register_is_an_empty_file_of_the_format(empty: Mou) -> None:
    lines = empty("export").lines
    assert lines[0] == "format: mou/1"
    assert all(line.endswith(("[]", "mou/1")) for line in lines)
    assert empty("export", str(empty.folder / "none.yaml")).err.startswith("no records written to ")


def test_texts_of_several_languages_and_reduced_dates_come_back(small: Mou, write: Write, tmp_path: Path) -> None:
    small(
        "import",
        write(
            "k.yaml",
            """\
format: mou/1
references: {2019: 4, 2026: 131}
events: [{key: e, name: {en: E, az: Ə, zh: 贵}, held: --03-04, declared: {memoranda: 0, "2024": 3}}]
agreements:
  - {key: "2024", parties: [adu, {institution: uit, unit: Law}], signed: 1993, starts: 1993-05, ends: open,
     title: {az: Başlıq}, people: [{name: N, position: {en: P, az: Q}}], source: {document: "D: x", line: 3}}
""",
        ),
    )
    first, second = round_trip(small, tmp_path)
    assert first == second
    assert small.json("show", "2024")["source"] == {"document": "D: x", "line": 3}


def test_a_file_is_written_whole_or_not_at_all(seeded: Mou, tmp_path: Path) -> None:
    file = tmp_path / "out.yaml"
    file.write_text("before", "utf-8")
    answer = seeded.fails(2, "export", str(tmp_path / "none" / "out.yaml"))
    assert answer.err == f"mou: {tmp_path / 'none' / 'out.yaml'} cannot be written: No such file or directory\n"
    answer = seeded("export", str(file))
    assert (answer.out, answer.err) == (
        "",
        f"143 institutions, 1 event, 134 agreements, 1 plan written to {file}\n",
    )
    assert file.read_text("utf-8") == seeded("export", "-").out
    assert [path.name for path in tmp_path.iterdir()] == ["out.yaml"]


@pytest.mark.file_only("a register on a server is no file that could be written over")
def test_a_register_is_never_written_over(seeds: Mou, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    shutil.copy(seeds.db, other)
    before = seeds.db.read_bytes()
    for file, command in ((seeds.db, ("export", str(seeds.db))), (other, ("list", "-o", str(other)))):
        answer = seeds.fails(2, *command)
        assert answer.err == (
            f"mou: {file} is a database, perhaps a register; nothing was written\nhint: say another file\n"
        )
        assert file.read_bytes() == before


def test_an_export_changes_no_byte(seeds: Mou) -> None:
    before = seeds.content()
    seeds("export")
    assert seeds.content() == before


def test_ways_of_saying_nothing_leave_nothing(small: Mou, write: Write) -> None:
    before = small("export").out
    small(
        "import",
        write("n.yaml", "format: mou/1\ninstitutions: [{key: uit, note: ~, city: null, region: '', parent: }]\n"),
    )
    assert small("export").out == before
