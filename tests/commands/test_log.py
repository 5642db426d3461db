"""`mou log`: who changed what and when, where each value comes from, and whether the journal is untouched."""

from __future__ import annotations

import gzip
import time
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.commands.conftest import Write
    from tests.conftest import Mou

FILE = "format: mou/1\nagreements:\n  - key: k\n    parties: [adu, uit]\n    note: from file\n"
UNTOUCHED = "entries, none was changed from outside\n"


@pytest.fixture
def told(small: Mou, write: Write) -> Mou:
    """A register with an import (2), two edits, 3 and that of leyla, 4, of agreement k."""
    small("import", write("a.yaml", FILE))
    small("edit", "k", "--note", "mine", "--unit", "Law")
    small("edit", "k", "--unit", "", "--actor", "leyla")
    return small


@pytest.fixture
def in_baku(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Days begin four hours before those of UTC."""
    monkeypatch.setenv("TZ", "Asia/Baku")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_the_newest_entry_comes_first(told: Mou) -> None:
    told("undo", "--actor", "leyla")
    rows = told.json("log")
    assert [row["entry"] for row in rows] == [5, 4, 3, 2, 1]
    assert [row["actor"] for row in rows] == ["leyla", "leyla", "tester", "tester", "tester"]
    assert [row["records"] for row in rows] == [{"agreement": 1}] * 4 + [{"institution": 3}]
    assert [(row["undoes"], row["undone_by"]) for row in rows][:3] == [(4, None), (None, 5), (None, None)]
    assert {row["at"][-6:] for row in rows} == {"+00:00"}
    assert [row["changes"] for row in rows] == [None] * 5


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (("--limit", "2"), [4, 3]),
        (("--limit", "0"), []),
        (("--actor", "leyla"), [4]),
        (("--noun", "institution"), [1]),
        (("--noun", "agreement", "--actor", "tester"), [3, 2]),
        (("k",), [4, 3, 2]),
        (("UiT",), [1]),
        (("2025-1",), [4, 3, 2]),
        (("--since", "2030-01-01"), [1]),
        (("--until", "2029-12-31"), [4, 3, 2]),
        (("--since", "2030-01-01", "--until", "2030-01-01"), [1]),
        (("--since", "2030-01-02", "--until", "2031-01-01"), []),
    ],
)
@pytest.mark.usefixtures("in_baku")
def test_what_is_asked_for_narrows(told: Mou, said: tuple[str, ...], found: list[int]) -> None:
    # In Baku it is the next day already.
    told.spoil("UPDATE journal_entry SET at = '2029-12-31T20:30:00.000+00:00' WHERE id = 1")
    assert [row["entry"] for row in told.json("log", *said)] == found
    if "--limit" not in said:
        assert told("log", *said, "--count").out == f"{len(found)}\n"


def test_the_log_of_a_record_has_its_fields_before_and_after(told: Mou) -> None:
    last, edit, added = told.json("log", "k")
    source = added["changes"][0]["source"]
    assert (source["file"], source["line"]) == (source["file"], 3)
    assert source["file"].endswith("a.yaml")
    assert (last["happened"], edit["happened"], added["happened"]) == ("changed", "changed", "added")
    assert edit["changes"] == [
        {"field": "unit", "before": None, "after": "Law", "source": None},
        {"field": "note", "before": "from file", "after": "mine", "source": None},
    ]
    assert last["changes"] == [{"field": "unit", "before": "Law", "after": None, "source": None}]
    assert {"field": "note", "before": None, "after": "from file", "source": source} in added["changes"]
    table = told("log", "k", "--columns", "entry,actor,changes", "-f", "table").out
    assert table == (
        "Entry  Who     Changes\n"
        "────────────────────────────────────────────────\n"
        "    4  leyla   unit: Law → (cleared)\n"
        "    3  tester  unit: Law; note: from file → mine\n"
        "    2  tester  recorded\n"
        "\n"
        "3 entries, of agreement k\n"
    )


def test_what_was_removed_is_still_told_of(told: Mou) -> None:
    told("remove", "k", "--yes")
    assert [row["happened"] for row in told.json("log", "k")] == ["removed", "changed", "changed", "added"]
    assert told.fails(4, "log", "never").err == (
        "mou: there is nothing that is called 'never', and never was\nhint: `mou search` finds by words\n"
    )


def test_a_key_that_several_have_is_asked_back(small: Mou) -> None:
    small("plan", "add", "uit", "--year", "2025", "--owner", "adu")
    assert small.fails(5, "log", "uit").err == (
        "mou: 'uit' could be institution uit; plan uit\nhint: say --noun institution\n"
    )
    assert [row["entry"] for row in small.json("log", "uit", "--noun", "plan")] == [2]


def test_one_entry_is_shown_field_by_field(told: Mou) -> None:
    assert told.json("log", "--entry", "3") == [
        {"noun": "agreement", "key": "k", "field": "unit", "before": None, "after": "Law", "source": None},
        {"noun": "agreement", "key": "k", "field": "note", "before": "from file", "after": "mine", "source": None},
    ]
    assert told("log", "--entry", "4", "-f", "table").lines[-1] == "1 change, in entry 4"
    assert told.fails(4, "log", "--entry", "99").err == "mou: there is no entry 99\nhint: `mou log` shows the numbers\n"


def test_blame_tells_of_each_field_who_changed_it_last_and_where_it_was_read(told: Mou) -> None:
    rows = {row["field"]: row for row in told.json("log", "k", "--blame")}
    assert list(rows) == ["key", "ref", "parties", "unit", "note"]
    assert [rows[name]["entry"] for name in ("key", "unit", "note")] == [2, 4, 3]
    assert [rows[name]["value"] for name in ("key", "unit", "note")] == ["k", None, "mine"]
    assert rows["key"]["source"]["line"] == 3
    assert (rows["note"]["actor"], rows["note"]["source"]) == ("tester", None)


def test_blame_passes_over_what_was_undone(told: Mou) -> None:
    told("undo", "--actor", "leyla")
    told("undo")
    rows = {row["field"]: row for row in told.json("log", "k", "--blame")}
    assert rows["note"]["value"] == "from file"
    assert (rows["note"]["entry"], rows["note"]["source"]["line"]) == (2, 3)
    assert "unit" not in rows
    told("redo")
    rows = {row["field"]: row for row in told.json("log", "k", "--blame")}
    assert (rows["note"]["value"], rows["note"]["entry"]) == ("mine", 3)
    assert told.json("show", "k")["history"]["changes"] == 1


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (("--blame",), "--blame is said of a record\nhint: mou log REF --blame\n"),
        (("k", "--entry", "3"), "--entry is not said of a record\nhint: leave k out\n"),
        (("k", "--verify"), "--verify is not said of a record\nhint: leave k out\n"),
        (("--entry", "3", "--verify"), "--entry and --verify are two different questions\nhint: say one of them\n"),
        (("--entry", "x"), "'x' is no number of an entry\nhint: `mou log` shows the numbers\n"),
        (("--expect", "x"), "--expect says what --verify is to find\nhint: say --verify as well\n"),
    ],
)
def test_questions_that_cannot_be_answered_are_refused(told: Mou, said: tuple[str, ...], error: str) -> None:
    assert told.fails(2, "log", *said).err == f"mou: {error}"


def test_an_untouched_journal_is_verified_and_its_newest_digest_printed(told: Mou) -> None:
    earlier = told("log", "--verify")
    assert earlier.err == f"4 {UNTOUCHED}"
    assert len(earlier.out.strip()) == 64
    told("undo", "--actor", "leyla")
    later = told("log", "--verify")
    assert (later.err, later.out == earlier.out) == (f"5 {UNTOUCHED}", False)
    assert told("log", "--verify", "--expect", earlier.out.strip().upper()).out == later.out
    assert told.json("log", "--verify") == {
        "entries": 5,
        "entry": 5,
        "digest": later.out.strip(),
        "broken": [],
        "departures": [],
    }


def test_a_journal_without_entries_is_untouched(empty: Mou) -> None:
    assert (empty("log", "--verify").out, empty("log", "--verify").err) == ("", f"0 {UNTOUCHED}")
    assert empty("log", "-f", "table").err.startswith("no entries found: none is recorded yet")


CHANGED = "it was changed"


@pytest.mark.parametrize(
    ("statement", "entry", "wrong"),
    [
        ("UPDATE journal_change SET after = '\"other\"' WHERE entry = 3 AND field = 'note'", 3, CHANGED),
        ("UPDATE journal_change SET after = '{' WHERE entry = 3 AND field = 'note'", 3, CHANGED),
        ("UPDATE journal_change SET source = NULL WHERE entry = 2", 2, CHANGED),
        ("UPDATE journal_change SET ordinal = 9 WHERE entry = 3 AND ordinal = 1", 3, CHANGED),
        ("DELETE FROM journal_change WHERE entry = 3 AND ordinal = 2", 3, CHANGED),
        ("DELETE FROM journal_change WHERE entry = 3", 3, CHANGED),
        ("INSERT INTO journal_change (entry, ordinal, noun, key) VALUES (4, 9, 'agreement', 'k')", 4, CHANGED),
        ("UPDATE journal_entry SET actor = 'nobody' WHERE id = 1", 1, CHANGED),
        ("UPDATE journal_entry SET at = '2020-01-01T00:00:00.000+00:00' WHERE id = 4", 4, CHANGED),
        ("UPDATE journal_entry SET undoes = 1 WHERE id = 4", 4, CHANGED),
        ("UPDATE journal_seal SET digest = 'x' WHERE entry = 4", 4, CHANGED),
        ("INSERT INTO journal_entry (id, at, actor, action) VALUES (9, '2025', 'x', 'y')", 9,
         "it has no seal: it was put in from outside, or its seal was removed"),
        ("DELETE FROM journal_entry WHERE id = 3", 3, "it was removed, only its changes are left"),
    ],
)  # fmt: skip
def test_what_was_changed_from_outside_is_found(told: Mou, statement: str, entry: int, wrong: str) -> None:
    told.spoil(statement)
    answer = told.fails(3, "log", "--verify")
    assert answer.err.splitlines()[0] == f"entry {entry}: {wrong}"
    assert answer.err.splitlines()[-2:] == [
        "mou: the journal was changed from outside",
        "hint: a backup has it as it was",
    ]
    assert answer.out == ""
    row = told.call("log", "--verify", "-f", "json").json
    assert (row["broken"][0], row["departures"]) == ({"entry": entry, "wrong": wrong}, None)


def test_an_entry_that_was_removed_whole_leaves_a_gap(told: Mou) -> None:
    told.spoil(*(f"DELETE FROM journal_{table} WHERE entry = 3" for table in ("seal", "change")))
    told.spoil("DELETE FROM journal_entry WHERE id = 3")
    assert told.fails(3, "log", "--verify").err.splitlines()[0] == (
        "entry 4: it was changed, or entry 3 before it was removed"
    )


def test_what_was_cut_off_at_the_end_is_missed_by_whoever_noted_the_digest(told: Mou) -> None:
    digest = told("log", "--verify").out.strip()
    told.spoil(*(f"DELETE FROM journal_{table} WHERE entry = 4" for table in ("seal", "change")))
    told.spoil("DELETE FROM journal_entry WHERE id = 4")
    missed = f"mou: no entry has the digest {digest}\nhint: what was there when it was noted is not whole\n"
    changed = "agreement k: changed in unit\n"
    assert told.fails(3, "log", "--verify").err == f"{changed}{OUTSIDE}"
    assert told.fails(3, "log", "--verify", "--expect", digest).err == f"{changed}{missed}"
    told.spoil("UPDATE agreement SET unit = 'Law'")
    assert told("log", "--verify").err == f"3 {UNTOUCHED}"
    assert told.fails(3, "log", "--verify", "--expect", digest).err == missed


OUTSIDE = "mou: records were changed from outside\nhint: `mou log REF` tells how they were\n"


@pytest.mark.parametrize(
    ("statements", "departure", "sentence"),
    [
        (("UPDATE agreement SET note = 'theirs'",), ("agreement", "k", "changed", ["note"]), "changed in note"),
        (("UPDATE agreement SET ends = '2030', note = NULL",), ("agreement", "k", "changed", ["note", "ends"]),
         "changed in note, ends"),
        (("UPDATE agreement_party SET institution = 'oslo' WHERE institution = 'uit'",),
         ("agreement", "k", "changed", ["parties"]), "changed in parties"),
        (("DELETE FROM agreement_party", "DELETE FROM agreement_span", "DELETE FROM agreement"),
         ("agreement", "k", "removed", []), "it was removed"),
        (("INSERT INTO plan (key, owner, year, status) VALUES ('p', 'adu', 2025, 'open')",),
         ("plan", "p", "added", []), "it was put in"),
    ],
)  # fmt: skip
def test_records_that_were_changed_from_outside_are_found(
    told: Mou, statements: tuple[str, ...], departure: tuple[str, str, str, list[str]], sentence: str
) -> None:
    told.spoil(*statements)
    noun, key, happened, fields = departure
    answer = told.call("log", "--verify", "-f", "json")
    assert (answer.code, answer.json["broken"]) == (3, [])
    (found,) = answer.json["departures"]
    assert (found["noun"], found["key"], found["happened"]) == (noun, key, happened)
    assert sorted(found["fields"]) == sorted(fields)
    assert told.fails(3, "log", "--verify").err == f"{noun} {key}: {sentence}\n{OUTSIDE}"


def test_nobody_is_blamed_for_what_was_changed_from_outside(told: Mou) -> None:
    told.spoil("UPDATE agreement SET note = 'theirs', place = 'Oslo'")
    blamed = {row["field"]: row for row in told.json("log", "k", "--blame")}
    nobody = dict.fromkeys(("entry", "at", "actor", "action", "source"))
    assert blamed["note"] == {"field": "note", "value": "theirs"} | nobody
    assert blamed["place"] == {"field": "place", "value": "Oslo"} | nobody
    told("edit", "k", "--note", "mine again")
    assert {row["field"]: row["entry"] for row in told.json("log", "k", "--blame")}["note"] == 5
    assert told.fails(3, "log", "--verify").err == f"agreement k: changed in place\n{OUTSIDE}"


@pytest.mark.parametrize("digest", ["x", "", "ab" * 31, "g" * 64])
def test_what_is_no_digest_is_refused_and_not_taken_for_one_that_is_gone(told: Mou, digest: str) -> None:
    assert told.fails(2, "log", "--verify", "--expect", digest).err == (
        f"mou: --expect: '{digest}' is no digest\nhint: it has 64 digits 0 to 9 and a to f\n"
    )


@pytest.mark.file_only("it is files of earlier programs that are kept")
def test_seals_that_were_made_before_there_were_roles_still_hold(absent: Mou) -> None:
    absent.db.write_bytes(gzip.decompress((ROOT / "tests" / "registers" / "0003.db.gz").read_bytes()))
    digests = [row["digest"] for row in absent.rows("SELECT digest FROM journal_seal ORDER BY entry")]
    assert absent("log", "--verify").out == f"{digests[-1]}\n"
    assert len(digests) == 3
    absent("edit", "riverside-fjord-2024", "--note", "Later")
    assert absent("log", "--verify", "--expect", digests[-1]).err == "4 entries, none was changed from outside\n"
    assert [row["role"] for row in absent.json("log")] == [None] * 4
    absent.spoil("UPDATE journal_entry SET role = 'somebody' WHERE id = 2")
    assert absent.fails(3, "log", "--verify").err.startswith("entry 2: it was changed\n")


@pytest.mark.file_only("it is files of earlier programs that are kept")
def test_a_register_that_was_made_before_there_were_seals_is_sealed_when_it_is_upgraded(absent: Mou) -> None:
    for revision in ("0001", "0002"):
        absent.db.write_bytes(gzip.decompress((ROOT / "tests" / "registers" / f"{revision}.db.gz").read_bytes()))
        answer = absent("log", "--verify")
        assert answer.err == "1 entry, none was changed from outside\n"
        assert absent("undo", "1", "--dry-run").out.startswith("remove task ")
