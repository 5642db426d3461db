"""`mou import` declares: what is new is added, what differs is changed, nothing is removed."""

from __future__ import annotations

import gc
import hashlib
import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from mou_cli.fields.shape import Patch
from mou_cli.register import open_register
from mou_cli.store.location import Location
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.commands.conftest import Write
    from tests.conftest import Mou

    RowsOf = Callable[..., list[dict[str, Any]]]

HEAD = "format: mou/1\n"
ONE = HEAD + "agreements: [{{key: k, parties: [adu, uit], {0}}}]\n"
SEEDS = str(ROOT / "seeds")


def test_the_seeds_say_what_they_did(absent: Mou) -> None:
    answer = absent("import", SEEDS)
    assert (answer.out, answer.err) == (*("", "added: 143 institutions, 1 event, 134 agreements, 1 plan, 11 tasks\n"),)
    again = absent("import", SEEDS)
    assert (again.out, again.err) == ("", "nothing changed\n")
    assert absent("import", "--examples").err == "nothing changed\n"


def test_an_import_is_one_journal_entry_and_an_empty_one_none(absent: Mou) -> None:
    for _ in range(2):
        absent("import", SEEDS, "--actor", "nigar")
    (entry,) = absent.rows("SELECT * FROM journal_entry")
    files = sorted(map(str, Path(SEEDS).glob("*.yaml")))
    assert (entry["actor"], entry["action"]) == ("nigar", f"import {' '.join(files)}")
    changes = absent.rows(
        "SELECT noun, count(*) AS n FROM journal_change WHERE field IS NULL GROUP BY noun ORDER BY noun"
    )
    assert {row["noun"]: row["n"] for row in changes} == {
        "agreement": 134, "event": 1, "institution": 143, "plan": 1, "task": 11,
    }  # fmt: skip


INDEXES = "SELECT name, sql FROM sqlite_schema WHERE type = 'index' ORDER BY name"


@pytest.mark.file_only("only there are they dropped and made anew")
def test_the_first_import_leaves_all_indexes_as_they_were(empty: Mou) -> None:
    before = empty.rows(INDEXES)
    empty("import", SEEDS)
    assert empty.rows(INDEXES) == before
    assert {"ix_agreement_sort", "ix_agreement_span_status_last_on_first_on", "ix_institution_folded"} < {
        row["name"] for row in before
    }
    assert empty.rows("PRAGMA integrity_check") == [{"integrity_check": "ok"}]


def test_a_first_import_that_fails_while_it_writes_changes_no_byte(empty: Mou, write: Write) -> None:
    before = empty.content()
    two = "{key: a, ref: 2024-001, parties: [x, y]}, {key: b, ref: 2024-001, parties: [x, y]}"
    text = HEAD + f"institutions: [{{key: x, name: X}}, {{key: y, name: Y}}]\nagreements: [{two}]\n"
    answer = empty.fails(5, "import", write("twice.yaml", text))
    assert answer.err.startswith("mou: reference 2024-001 of b is held by a\n")
    assert empty.content() == before


@pytest.mark.file_only("only there are indexes in its way")
def test_a_question_that_was_left_off_does_not_keep_the_first_record_out(absent: Mou) -> None:
    place = Location(path=absent.db)
    with open_register(
        place, actor="a", action="add", today=date(2026, 11, 22), timeout=5.0, may_create=True
    ) as register:
        assert next(register.reader.rows("SELECT count(*) AS n FROM institution UNION ALL SELECT 2"))["n"] == 0
        assert next(register.reader.rows("SELECT type FROM sqlite_schema"))["type"] == "table"
        (change,) = register.declare([Patch("institution", "uit", {"name": "UiT"})])
    assert (change.key, change.before) == ("uit", None)
    assert absent.rows("SELECT key FROM institution") == [{"key": "uit"}]


def test_an_institution_may_belong_to_one_that_a_first_import_names_later(absent: Mou, write: Write) -> None:
    records = [f"  - {{key: k{n}, name: N{n}, parent: k{n + 1}}}" for n in range(1200)]
    absent("import", write("chain.yaml", HEAD + "institutions:\n" + "\n".join([*records, "  - {key: k1200, name: Z}"])))
    assert absent.rows("SELECT count(*) AS n FROM institution WHERE parent IS NOT NULL") == [{"n": 1200}]


@pytest.mark.parametrize(("text", "code"), [(ONE.format("note: a"), 0), (ONE.format("nota: a"), 3)])
def test_the_garbage_collector_is_left_as_it_was(small: Mou, write: Write, text: str, code: int) -> None:
    before = gc.get_threshold()
    assert small.call("import", write("k.yaml", text)).code == code
    assert gc.get_threshold() == before
    assert gc.isenabled()


def test_the_journal_knows_file_line_and_checksum(absent: Mou, write: Write) -> None:
    text = HEAD + "institutions:\n  - {key: a, name: A}\n  - {key: b, name: B}\n"
    file = write("two.yaml", text)
    absent("import", file)
    sources = [json.loads(row["source"]) for row in absent.rows("SELECT source FROM journal_change ORDER BY ordinal")]
    digest = hashlib.sha256(text.encode()).hexdigest()
    assert sources == [{"file": file, "line": line, "sha256": digest} for line in (3, 4)]


def test_a_changed_field_is_one_journal_row(small: Mou, write: Write) -> None:
    small("import", write("k.yaml", ONE.format("note: a, unit: U")))
    assert small("import", write("k.yaml", ONE.format("note: b, unit: U"))).err == "changed: 1 agreement\n"
    sql = "SELECT field, before, after FROM journal_change WHERE entry = (SELECT max(id) FROM journal_entry)"
    assert small.rows(sql) == [{"field": "note", "before": '"a"', "after": '"b"'}]


def test_a_field_left_out_keeps_its_value(small: Mou, write: Write) -> None:
    small("import", write("k.yaml", ONE.format("note: a, unit: U, areas: [twinning]")))
    assert small("import", write("k.yaml", ONE.format("unit: U"))).err == "nothing changed\n"
    row = small.json("show", "k")
    assert (row["note"], row["areas"]) == ("a", ["twinning"])


def test_a_list_replaces_the_list(small: Mou, write: Write) -> None:
    small("import", write("k.yaml", ONE.format("areas: [twinning, publishing], tags: [a]")))
    small("import", write("k.yaml", ONE.format("areas: [joint-research], tags: []")))
    row = small.json("show", "k")
    assert (row["areas"], row["tags"]) == (["joint-research"], [])


@pytest.mark.parametrize(("written", "value"), [
    ("null", None), ("~", None), ("", None), ('""', None), ('"null"', "null"), ("'~'", "~"), ('"no"', "no"),
    ("1e5", "1e5"), ("0123", "0123"), ("2024-01-01", "2024-01-01"), ("true", "true"), ("'[x]'", "[x]"),
])  # fmt: skip
def test_a_text_is_text_and_plain_null_clears(small: Mou, write: Write, written: str, value: str | None) -> None:
    small("import", write("k.yaml", ONE.format("note: before, unit: before")))
    small("import", write("k.yaml", ONE.format(f"note: {written}, unit: {written}")))
    row = small.json("show", "k")
    assert (row["note"], row["unit"]) == (value, value)


def test_nothing_is_removed(small: Mou, write: Write) -> None:
    small("import", write("k.yaml", ONE.format("note: a")))
    small("import", write("none.yaml", HEAD + "agreements: []\ninstitutions: []\n"))
    assert small("list", "--count").out == "1\n"


def test_what_somebody_has_removed_is_named_when_it_comes_back(small: Mou, write: Write) -> None:
    file = write("k.yaml", ONE.format("note: a"))
    small("import", file)
    small("undo")
    assert small("import", file).err == "added: 1 agreement\n"
    small("remove", "k", "--yes")
    told = "agreement k was removed in entry 5 (remove agreement k); the file brings it back\n"
    assert small("import", file, "--dry-run").err == f"{told}would be added: 1 agreement\n"
    assert small("import", file).err == f"{told}added: 1 agreement\n"
    assert small("import", file).err == "nothing changed\n"


def test_a_value_changed_by_hand_is_kept_and_named(small: Mou, write: Write) -> None:
    small("import", write("k.yaml", ONE.format("note: a, unit: U")))
    small("edit", "k", "--note", "by hand")
    answer = small("import", write("k.yaml", ONE.format("note: b, unit: V")))
    assert answer.err == (
        "kept in agreement k: note (changed here since; --overwrite takes the file's)\nchanged: 1 agreement\n"
    )
    row = small.json("show", "k")
    assert (row["note"], row["unit"]) == ("by hand", "V")
    again = small("import", write("k.yaml", ONE.format("note: b, unit: V")))
    assert again.err.splitlines()[0].startswith("kept in agreement k: note ")
    assert again.err.splitlines()[-1] == "nothing changed"


def test_overwrite_takes_the_files_value(small: Mou, write: Write) -> None:
    file = write("k.yaml", ONE.format("note: a"))
    small("import", file)
    small("edit", "k", "--note", "by hand")
    assert small("import", file, "--overwrite").err == "changed: 1 agreement\n"
    assert small.json("show", "k")["note"] == "a"
    small("import", write("k.yaml", ONE.format("note: c")))
    assert small.json("show", "k")["note"] == "c"


def test_a_list_changed_by_hand_is_kept_whole(small: Mou, write: Write) -> None:
    small("import", write("k.yaml", ONE.format("areas: [twinning]")))
    small("edit", "k", "--area", "publishing")
    small("import", write("k.yaml", ONE.format("areas: [twinning, joint-research]")))
    assert small.json("show", "k")["areas"] == ["publishing"]


def test_what_a_person_cleared_stays_cleared(small: Mou, write: Write) -> None:
    small("import", write("k.yaml", ONE.format("note: a")))
    small("edit", "k", "--note", "")
    small("import", write("k.yaml", ONE.format("note: b")))
    assert small.json("show", "k")["note"] is None


def test_a_record_removed_and_imported_anew_is_the_files_again(small: Mou, write: Write) -> None:
    small("import", write("k.yaml", ONE.format("note: a")))
    small("edit", "k", "--note", "by hand")
    small("remove", "k", "--yes")
    small("import", write("k.yaml", ONE.format("note: b")))
    assert small("import", write("k.yaml", ONE.format("note: c"))).err == "changed: 1 agreement\n"
    assert small.json("show", "k")["note"] == "c"


def test_what_a_person_recorded_first_is_declared_over(small: Mou, write: Write) -> None:
    small("add", "--from", write("k.yaml", "key: k\nparties: [adu, uit]\nnote: a\n"))
    small("import", write("k.yaml", ONE.format("note: b")))
    assert small.json("show", "k")["note"] == "b"
    small("edit", "k", "--note", "by hand")
    small("import", write("k.yaml", ONE.format("note: c")))
    assert small.json("show", "k")["note"] == "by hand"


def test_homes_of_files_add_up(absent: Mou, write: Write) -> None:
    for key in ("a", "b"):
        absent("import", write(f"{key}.yaml", HEAD + f"home: [{key}]\ninstitutions: [{{key: {key}, name: N{key}}}]\n"))
    assert [row["key"] for row in absent.json("partner", "list", "--home")] == ["a", "b"]


def test_files_of_one_call_may_refer_to_each_other(absent: Mou, write: Write) -> None:
    first = write("1.yaml", HEAD + "agreements: [{key: k, parties: [a, b], event: e}]\n")
    second = write(
        "2.yaml",
        HEAD + "institutions: [{key: a, name: A}, {key: b, name: B, parent: a}]\nevents: [{key: e, name: E}]\n",
    )
    answer = absent.fails(3, "import", first)
    assert answer.err.splitlines()[0] == f"{first}:2:33: there is no institution 'a'"
    assert not absent.exists
    assert absent("import", first, second).err == "added: 2 institutions, 1 event, 1 agreement\n"


def test_a_rehearsal_shows_every_field_and_changes_no_byte(small: Mou, write: Write) -> None:
    small("import", write("k.yaml", ONE.format("note: a")))
    before = small.content()
    file = write("k.yaml", HEAD + "agreements: [{key: k, note: b}]\nevents: [{key: e, name: E}]\n")
    answer = small("import", file, "--dry-run")
    assert answer.lines == ["add event e", "  key: e", "  name: E", "change agreement k", "  note: a → b"]
    assert answer.err == "would be added: 1 event\nwould be changed: 1 agreement\n"
    rows = small.json("import", file, "--dry-run")
    assert rows[-1] == {"noun": "agreement", "key": "k", "field": "note", "before": "a", "after": "b"}
    assert small.content() == before


def test_a_rehearsal_makes_no_register(absent: Mou) -> None:
    assert absent("import", SEEDS, "--dry-run").err == (
        "would be added: 143 institutions, 1 event, 134 agreements, 1 plan, 11 tasks\n"
    )
    assert not absent.exists
    assert list(absent.folder.iterdir()) == []


def test_all_complaints_come_together_and_nothing_is_written(small: Mou, write: Write) -> None:
    before = small.content()
    good = write("a.yaml", HEAD + "institutions: [{key: new, name: New}]\n")
    bad = write(
        "b.yaml",
        HEAD
        + """\
institutions:
  - {key: n1, name: N, country: Norwey, colour: red}
  - {key: n1, name: M}
agreements:
  - {key: k, parties: [adu, nobody], areas: [studnet-exchange], starts: 2025-02-30}
  - {key: l, parties: [adu, uit], starts: 2025-01-02, ends: 2025-01-01, type: memorandumm}
""",
    )
    answer = small.fails(3, "import", good, bad)
    assert answer.out == ""
    lines = answer.err.splitlines()
    assert lines[-1] == "mou: nothing was imported"
    places = [line.removeprefix(bad).split(": ")[0] for line in lines[:-1]]
    assert places == sorted(places)
    for expected in (
        ":3:33: country: 'Norwey' is no country; did you mean Norway",
        ":3:41: unknown field 'colour'",
        f":4:6: institution 'n1' stands at {bad}:3 already",
        ":6:29: there is no institution 'nobody'",
        ":6:46: 'studnet-exchange' is no area; did you mean student-exchange",
        ':6:73: starts: "2025-02-30" is not a day',
        ":7:55: ends 2025-01-01 is before the agreement starts, 2025-01-02",
        ":7:79: type: 'memorandumm' is no agreement type; did you mean memorandum?",
    ):
        assert any(line.startswith(bad + expected) for line in lines), (expected, lines)
    assert small.content() == before


def test_standard_input_is_a_file(small: Mou) -> None:
    assert small("import", "-", input=ONE.format("note: a")).err == "added: 1 agreement\n"
    assert small.fails(3, "import", "-", input="format: mou/2\n").err.splitlines()[0] == (
        "-:1:9: this program reads mou/1, not 'mou/2'"
    )


@pytest.mark.parametrize("arguments", [(), ("none.yaml",), ("FOLDER",)])
def test_what_is_not_there_cannot_be_imported(absent: Mou, arguments: tuple[str, ...]) -> None:
    paths = [str(absent.folder) if path == "FOLDER" else path for path in arguments]
    absent.fails(2, "import", *paths)
    assert not absent.exists


def test_what_was_done_can_be_asked_for_as_json(small: Mou) -> None:
    assert small.json("import", "-", input=ONE.format("note: a")) == {
        "added": {"agreement": 1}, "changed": {}, "unchanged": {},
    }  # fmt: skip


YEARS = HEAD + 'plans: [{{key: p, year: {}, owner: adu, tasks: [{{number: "1", task: A}}, {{number: 2, task: {}}}]}}]\n'


def test_tasks_that_follow_their_plan_to_another_year_are_told_of_once(small: Mou, write: Write) -> None:
    small("import", write("p.yaml", YEARS.format(2025, "B")))
    file = write("p.yaml", YEARS.format(2026, "C"))
    foreseen = small("import", file, "--dry-run")
    assert foreseen.err == "would be changed: 1 plan, 2 tasks\n"
    assert foreseen.out.count("year: 2025 → 2026") == 3
    assert small.json("import", file) == {"added": {}, "changed": {"plan": 1, "task": 2}, "unchanged": {}}


def test_what_is_kept_is_looked_at_with_the_rest(small: Mou, write: Write) -> None:
    small("import", write("k.yaml", ONE.format("starts: 2024-01-01, ends: 2026-12-31")))
    small("edit", "k", "--ends", "2024-12-31")
    file = write("k.yaml", ONE.format("starts: 2025-01-01, ends: 2026-12-31"))
    refused = small.fails(3, "import", file)
    assert refused.err.startswith(
        f"{file}:2:64: ends 2024-12-31 is before the agreement starts, 2025-01-01"
        " (ends: changed here since; --overwrite takes the file's)\n"
    )
    assert small.fails(3, "import", file, "--dry-run").err == refused.err
    assert small("import", file, "--overwrite").err == "changed: 1 agreement\n"


def test_what_is_not_taken_is_not_complained_of(small: Mou, write: Write) -> None:
    small("import", write("k.yaml", ONE.format("starts: 2024-01-01, ends: 2024-12-31")))
    small("edit", "k", "--starts", "2023-01-01")
    file = write("k.yaml", HEAD + "agreements: [{key: k, starts: 2025-01-01}]\n")
    assert small("import", file).err == (
        "kept in agreement k: starts (changed here since; --overwrite takes the file's)\nnothing changed\n"
    )
    refused = small.fails(3, "import", file, "--overwrite")
    assert refused.err.startswith(f"{file}:2:14: ends 2024-12-31 is before the agreement starts, 2025-01-01\n")


def test_a_task_done_by_hand_is_not_complained_of_where_the_file_says_otherwise(small: Mou, write: Write) -> None:
    plan = HEAD + 'plans: [{{key: p, year: 2025, owner: adu, tasks: [{{number: "1", task: A, status: {}}}]}}]\n'
    small("import", write("p.yaml", plan.format("in-progress")))
    small("plan", "done", "p/1")
    file = write("p.yaml", plan.format("planned"))
    assert small("import", file).err.splitlines()[-1] == "nothing changed"
    refused = small.fails(3, "import", file, "--overwrite", "--dry-run").err
    assert refused.startswith(f"{file}:2:50: a task that is planned has no day on which it was done")
