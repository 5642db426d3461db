"""An answer as a calendar, on standard output or in a file."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mou_cli.catalogue import translate, translate_number
from mou_cli.errors import UsageError
from mou_cli.output.message import say
from mou_cli.rules.length import add, read_length

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TextIO

    from mou_cli.commands.invocation import Invocation
    from mou_cli.formats.calendar import CalendarEntry
    from mou_cli.store.reader import Reader, Row

_LAST_ALARM = 7  # days
_TASK_STATUSES = {"planned": "NEEDS-ACTION", "in-progress": "IN-PROCESS", "done": "COMPLETED", "dropped": "CANCELLED"}


def show_calendar(call: Invocation, reader: Reader, rows: Iterable[Row]) -> None:
    """Show entries of the agenda as a calendar."""
    from mou_cli.formats.calendar import calendar_pieces
    from mou_cli.views.choice import find_homes

    if call.columns:
        raise UsageError("--columns: a calendar has none")
    language = call.language
    homes = "; ".join(find_homes(reader).values())
    name = translate("Agreements and tasks", language) + (f": {homes}" if homes else "")
    entries = _entries(reader, rows, language)
    if output := call.said.get("output"):
        from mou_cli.output.file import write_file

        def write(stream: TextIO) -> int:
            # All but the first and the last piece are an entry each.
            return sum(1 for piece in calendar_pieces(entries, name, language) if stream.write(piece.decode())) - 2

        number, asking = write_file(Path(output), write), call.asking_language
        say(
            translate_number(
                "{number} entry written to {file}", "{number} entries written to {file}", number, asking, file=output
            )
        )
        return
    sys.stdout.flush()
    sys.stdout.buffer.writelines(calendar_pieces(entries, name, language))


def _entries(reader: Reader, rows: Iterable[Row], language: str) -> Iterator[CalendarEntry]:
    from mou_cli.views.document import batches
    from mou_cli.views.history import find_last_changes
    from mou_cli.views.seal import oldest_digest

    register = oldest_digest(reader) or ""
    for page in batches(rows):
        changes = {
            noun: find_last_changes(reader, noun, [row["key"] for row in page if _noun(row) == noun])
            for noun in ("agreement", "task")
        }
        yield from (_entry(row, register, changes[_noun(row)], language) for row in page)


def task_entries(rows: Iterable[Row], lead: str) -> Iterable[Row]:
    """Give the rows of tasks as entries of the agenda."""
    for row in rows:
        yield {
            **dict.fromkeys(("ref", "type", "term", "goes_on", "responsible"), None),
            **{name: row[name] for name in ("key", "plan", "number", "status", "executors", "percent")},
            "kind": "task",
            "date": row["deadline"],
            "date_from": row["deadline"],
            "overdue": row["overdue"],
            "title": row["task"],
            "texts": {"title": row["texts"]["task"]} if "task" in row["texts"] else {},
            "partners": [],
            "lead": lead,
            "reasons": [],
        }


def _noun(row: Row) -> str:
    return "task" if row["kind"] == "task" else "agreement"


def _entry(row: Row, register: str, changes: dict[str, tuple[int, str]], language: str) -> CalendarEntry:
    from mou_cli.formats.calendar import CalendarEntry
    from mou_cli.output import agenda
    from mou_cli.vocabulary import AGENDA_KINDS

    number, changed = changes.get(row["key"], (0, None))
    is_task = row["kind"] == "task"
    term = [str(row["term"])] if row["kind"] in {"end", "notice"} and row["term"] is not None else []
    which = f"{row['plan']} {row['number']}" if is_task else row["ref"]
    name = agenda.about(row, language) or which
    is_notice = row["kind"] == "notice"
    happens = translate("last day for notice", language) if is_notice else agenda.what(row, language)
    lines = (
        which,
        agenda.title(row, language) if not is_task else "",
        agenda.reasons(row, language),
        agenda.responsible(row, language),
    )
    return CalendarEntry(
        # Other registers may have the same keys, and stand in the same calendar.
        identity=(register, row["kind"], row["key"], *term),
        first=row["date_from"],
        last=row["date"],
        summary=name if is_task else f"{happens}: {name}",
        description="\n".join(line for line in lines if line),
        category=AGENDA_KINDS.label(row["kind"], language),
        changed=changed,
        changes=number,
        alarms=_alarms(row),
        task_status=_TASK_STATUSES[row["status"]] if is_task else None,
        percent=row.get("percent"),
    )


def _alarms(row: Row) -> tuple[int, ...]:
    """Give the days before the first day on which to be reminded: the lead, and the last week."""
    if row["date_from"] is None:
        return ()
    first, length = date.fromisoformat(row["date_from"]), read_length(row["lead"])
    lead = (first - add(first, -length.months, -length.days)).days
    return (lead, _LAST_ALARM) if lead > _LAST_ALARM else (lead,)
