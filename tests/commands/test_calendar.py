"""Calendars of what is due: read back by another parser, and octet by octet."""

from __future__ import annotations

import gzip
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from mou_cli.formats.calendar import CalendarEntry, calendar_pieces
from mou_cli.rules.text import escape_controls
from mou_cli.store.revision import REVISIONS
from tests.commands.test_agenda import REGISTER
from tests.conftest import ROOT, Mou

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.stock import Registers

HOSTILE = r"""Ə, "b"; c\\n:d END:VEVENT 大学と大学の協定書について東京大学京都大学大阪大学 \u202e\e[31m"""
STATUSES = ("NEEDS-ACTION", "IN-PROCESS", "COMPLETED", "CANCELLED")


@pytest.fixture
def mou(registers: Registers) -> Mou:
    """The command line on a register of things to be reminded of."""
    return registers.holding("register.yaml", REGISTER)


def unfolded(data: bytes) -> list[str]:
    """Check the lines octet by octet, as RFC 5545 3.1 has them, and give them whole."""
    assert data.endswith(b"\r\n")
    lines = data.removesuffix(b"\r\n").split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert max(map(len, lines)) <= 75
    for line in lines:
        text = line.decode("utf-8")  # no letter is cut in two
        assert escape_controls(text) == text
    return data.removesuffix(b"\r\n").decode().replace("\r\n ", "").split("\r\n")


def components(data: bytes) -> list[Any]:
    """Read a calendar as another program does; its entries in their order."""
    (calendar,) = vobject.readComponents(data.decode())
    found = [part for part in calendar.getChildren() if part.name in {"VEVENT", "VTODO"}]
    order = [line.removeprefix("UID:") for line in unfolded(data) if line.startswith("UID:")]
    return sorted(found, key=lambda part: order.index(part.uid.value))


def calendar(mou: Mou, *options: str) -> tuple[bytes, list[Any]]:
    data = mou("due", "--format", "ics", *options).out.encode()
    unfolded(data)
    return data, components(data)


def test_every_entry_is_an_event_or_a_task(mou: Mou) -> None:
    rows = mou.json("due")
    _data, found = calendar(mou)
    assert len(found) == len(rows) == 14
    for part, row in zip(found, rows, strict=True):
        lead = (date.fromisoformat(row["date_from"]), row["lead"])
        if row["kind"] == "task":
            assert part.name == "VTODO"
            assert (part.due.value, part.status.value) == (date.fromisoformat(row["date"]), "NEEDS-ACTION")
            assert part.summary.value == row["title"]
            assert [alarm.trigger.value.days for alarm in part.valarm_list] == [-30, -7]
            assert [alarm.trigger.related_param for alarm in part.valarm_list] == ["END", "END"]
            continue
        assert part.name == "VEVENT"
        assert part.dtstart.value == lead[0]
        assert part.dtend.value == date.fromisoformat(row["date"]) + timedelta(days=1)
        assert part.transp.value == "TRANSPARENT"
        assert part.summary.value.endswith(f": {row['partners'][0]['name']}")
        assert row["ref"] in part.description.value
        first, last = (alarm.trigger.value.days for alarm in part.valarm_list)
        assert -185 <= first <= -181
        assert last == -7
        assert {alarm.action.value for alarm in part.valarm_list} == {"DISPLAY"}
    assert len({part.uid.value for part in found}) == 14


def test_the_calendar_says_who_made_it_and_asks_nobody(mou: Mou) -> None:
    lines = unfolded(calendar(mou)[0])
    assert lines[:6] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//mou//Register of agreements and plans//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Agreements and tasks: Home University",
    ]
    assert not [line for line in lines if line.startswith(("ATTENDEE", "ORGANIZER"))]
    for line in lines:
        if line.startswith(("DTSTART", "DTEND", "DUE")):
            assert re.fullmatch(r"[A-Z]+;VALUE=DATE:\d{8}", line)
        if line.startswith(("DTSTAMP", "LAST-MODIFIED")):
            assert re.fullmatch(r"[A-Z-]+:\d{8}T\d{6}Z", line)


def test_the_same_register_gives_the_same_bytes(mou: Mou, tmp_path: Path) -> None:
    data, found = calendar(mou)
    assert calendar(mou)[0] == data
    assert mou("due", "-o", str(tmp_path / "agenda.ics")).err == f"14 entries written to {tmp_path / 'agenda.ics'}\n"
    assert (tmp_path / "agenda.ics").read_bytes() == data
    # An entry is the same on another day, too.
    notice = [part for part in found if part.summary.value == "last day for notice: Lund University"]
    _data, later = calendar(mou, "--as-of", "2025-08-01")
    assert [part.serialize() for part in notice] == [
        part.serialize() for part in later if part.uid.value == notice[0].uid.value
    ]


def test_a_change_keeps_the_uid_and_raises_the_number(mou: Mou) -> None:
    def entry() -> Any:
        (part,) = calendar(mou, "--type", "exchange", "--kind", "notice")[1]
        return part

    before = entry()
    assert before.sequence.value == "0"
    mou("edit", "tacit", "--notice", "2m")
    after = entry()
    assert (after.uid.value, after.sequence.value) == (before.uid.value, "1")
    assert (before.dtstart.value, after.dtstart.value) == (date(2025, 5, 31), date(2025, 6, 30))
    assert after.last_modified.value >= before.last_modified.value
    mou("edit", "tacit", "--notice", "1m", "--note", "x")
    assert entry().sequence.value == "2"


def uids(mou: Mou, *options: str) -> list[str]:
    return [part.uid.value for part in calendar(mou, *options)[1]]


def test_registers_with_the_same_keys_have_entries_of_their_own(
    mou: Mou, registers: Registers, write: Callable[[str, str | bytes], str]
) -> None:
    other = registers.absent("other")
    other("import", write("register.yaml", REGISTER))
    assert not {*uids(mou)} & {*uids(other)}
    assert len(uids(mou)) == len(uids(other)) == 14


def test_an_entry_is_the_same_in_a_backup_in_a_copy_and_after_it_was_restored(
    mou: Mou, registers: Registers, tmp_path: Path
) -> None:
    found = uids(mou)
    mou("backup", str(tmp_path / "safe.db"))
    mou("edit", "tacit", "--note", "x")
    mou("undo", "--yes")
    assert uids(mou) == found
    copy = registers.absent("copy")
    mou("db", "copy", mou.address, copy.address)
    assert uids(copy) == found
    assert uids(Mou(tmp_path / "safe.db")) == found
    mou("restore", str(tmp_path / "safe.db"), "--yes")
    assert uids(mou) == found


@pytest.mark.file_only("it is files of earlier programs that are kept")
@pytest.mark.parametrize("revision", REVISIONS[:-1])
def test_a_register_of_an_earlier_program_has_entries_of_its_own(absent: Mou, tmp_path: Path, revision: str) -> None:
    old = gzip.decompress((ROOT / "tests" / "registers" / f"{revision}.db.gz").read_bytes())
    found = []
    for name in ("one", "two"):
        mou = Mou(tmp_path / f"{name}.db")
        mou.db.write_bytes(old)
        found.append(uids(mou, "--within", "20y"))
    assert found[0] == found[1]
    assert found[0]
    mou("export", str(tmp_path / "all.yaml"))
    absent("import", str(tmp_path / "all.yaml"))
    assert not {*uids(absent, "--within", "20y")} & {*found[0]}


def test_another_term_is_another_event(mou: Mou) -> None:
    days = ("2025-05-10", "2025-08-30", "2026-05-10")
    found = [uids(mou, "--type", "exchange", "--kind", "notice", "--as-of", day) for day in days]
    assert found[0] == found[1] != found[2]


def test_tasks_of_plans_make_a_calendar_too(mou: Mou) -> None:
    mou("plan", "task", "edit", "2", "--plan", "plan", "--percent", "40", "--status", "in-progress")
    data = mou("plan", "due", "--plan", "plan", "--year", "2025", "-f", "ics").out.encode()
    unfolded(data)
    found = components(data)
    assert [(part.summary.value, part.status.value) for part in found] == [
        ("Late", "NEEDS-ACTION"),
        ("Done", "COMPLETED"),
        ("In time", "IN-PROCESS"),
        ("Far", "NEEDS-ACTION"),
        ("Never", "NEEDS-ACTION"),
    ]
    assert found[2].percent_complete.value == "40"
    assert not hasattr(found[4], "due")
    (due,) = (part for part in calendar(mou, "--kind", "task")[1] if part.summary.value == "Late")
    assert due.serialize() == found[0].serialize()


def test_hostile_text_stays_text(mou: Mou) -> None:
    mou("partner", "edit", "oslo", "--name", HOSTILE)
    mou("edit", "tacit", "--title", HOSTILE, "--responsible", "A;B,C:D")
    (part,) = calendar(mou, "--type", "exchange", "--kind", "notice")[1]
    assert part.summary.value == f"last day for notice: {escape_controls(HOSTILE)}"
    assert part.description.value.split("\n")[1:] == [escape_controls(HOSTILE), "A;B,C:D"]


def test_the_summary_is_in_the_language_asked(mou: Mou) -> None:
    data, found = calendar(mou, "--lang", "az")
    assert found[1].summary.value == "bildirişin son günü: University of Oslo"
    assert found[1].summary.language_param == "az"
    assert "X-WR-CALNAME:Sazişlər və tapşırıqlar: Home University" in unfolded(data)


def test_an_empty_calendar_is_one(mou: Mou) -> None:
    data, found = calendar(mou, "--kind", "task", "--country", "Sweden")
    assert found == []
    assert unfolded(data)[-1] == "END:VCALENDAR"


@pytest.mark.parametrize(
    ("arguments", "place"),
    [
        (("list", "-f", "ics"), "--format"),
        (("-f", "ics"), "--format"),
        (("show", "tacit", "-f", "ics"), "--format"),
        (("stats", "-f", "ics"), "--format"),
        (("list", "-o", "x.ics"), "--output"),
        (("search", "oslo", "-o", "x.ics"), "--output"),
    ],
)
def test_only_what_is_due_can_be_a_calendar(
    mou: Mou, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], place: str
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = mou.fails(2, *arguments)
    assert answer.out == ""
    assert answer.err == f"mou: {place}: only the answers of `mou due` and `mou plan due` can be a calendar\n"
    assert not (tmp_path / "x.ics").exists()


def test_a_calendar_has_no_columns(mou: Mou) -> None:
    assert mou.fails(2, "due", "-f", "ics", "--columns", "date").err == "mou: --columns: a calendar has none\n"


TEXTS = st.text(st.characters(codec="utf-8"), max_size=200)
ENTRIES = st.builds(
    CalendarEntry,
    identity=st.tuples(st.just("end"), TEXTS),
    first=st.just("2025-05-31"),
    last=st.just("2025-06-30"),
    summary=TEXTS,
    description=TEXTS,
    category=TEXTS,
    changed=st.none() | st.just("2025-05-10T08:30:00.123+00:00"),
    changes=st.integers(0, 99),
    alarms=st.just((30, 7)),
    task_status=st.none() | st.sampled_from(STATUSES),
    percent=st.none() | st.integers(0, 100),
)


@given(entries=st.lists(ENTRIES, max_size=3, unique_by=lambda entry: entry.identity), name=TEXTS)
def test_any_text_comes_back_as_it_was(entries: list[CalendarEntry], name: str) -> None:
    data = b"".join(calendar_pieces(entries, name, "en"))
    unfolded(data)
    found = components(data)
    assert len(found) == len(entries)
    for part, entry in zip(found, entries, strict=True):
        assert part.summary.value == escape_controls(entry.summary, keep_newlines=True)
