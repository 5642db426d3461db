"""Calendars (RFC 5545): days as events that last all day, tasks as tasks, for Outlook, Google and Thunderbird."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple
from uuid import UUID, uuid5

from mou_cli.rules.length import day_after
from mou_cli.rules.text import escape_controls

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from icalendar import Alarm, Component, vText

_NAMESPACE: Final = UUID("6d6f7563-616c-5e6e-8461-720000000001")
_END: Final = b"END:VCALENDAR\r\n"
_SPECIAL: Final = re.compile(r"[\\;,]")
_MAKER: Final = "-//mou//Register of agreements and plans//EN"
# A change of an entry is told as the day on which it was recorded; what the journal does not know, as the first of all.
_UNKNOWN: Final = datetime(1970, 1, 1, tzinfo=UTC)


class CalendarEntry(NamedTuple):
    """An event or, with a task's status, a task.

    `identity` is what stays the same whatever becomes of the entry. Days are inclusive; a task may have none. `changed`
    is an instant as the journal keeps it, `changes` how often the entry changed before. `alarms` are days before.
    """

    identity: tuple[str, ...]
    first: str | None
    last: str | None
    summary: str
    description: str
    category: str
    changed: str | None
    changes: int
    alarms: tuple[int, ...] = ()
    task_status: str | None = None
    percent: int | None = None


def calendar_pieces(entries: Iterable[CalendarEntry], name: str, language: str) -> Iterator[bytes]:
    """Give a calendar in UTF-8, an entry at a time: the same entries give the same bytes.

    `name` is what programs call it.
    """
    from icalendar import Calendar

    calendar = Calendar()
    for field, value in (("version", "2.0"), ("prodid", _MAKER), ("calscale", "GREGORIAN"), ("method", "PUBLISH")):
        calendar.add(field, value)
    calendar["X-WR-CALNAME"] = _text(name)
    # The library's own way would be to have all entries in the calendar before the first is written.
    yield bytes(calendar.to_ical()).removesuffix(_END)
    for entry in entries:
        yield bytes((_event(entry, language) if entry.task_status is None else _task(entry, language)).to_ical())
    yield _END


def _event(entry: CalendarEntry, language: str) -> Component:
    from icalendar import Event

    event = Event()
    _tell(event, entry, language)
    event.add("transp", "TRANSPARENT")
    if entry.first and entry.last:
        event.add("dtstart", date.fromisoformat(entry.first))
        event.add("dtend", day_after(date.fromisoformat(entry.last)))
    for days in entry.alarms:
        event.add_component(_alarm(days, entry, "START"))
    return event


def _task(entry: CalendarEntry, language: str) -> Component:
    from icalendar import Todo

    task = Todo()
    _tell(task, entry, language)
    task.add("status", entry.task_status)
    if entry.percent is not None:
        task.add("percent-complete", entry.percent)
    if entry.last:
        task.add("due", date.fromisoformat(entry.last))
        for days in entry.alarms:
            task.add_component(_alarm(days, entry, "END"))
    return task


def _tell(component: Component, entry: CalendarEntry, language: str) -> None:
    changed = datetime.fromisoformat(entry.changed).astimezone(UTC) if entry.changed else _UNKNOWN
    component.add("uid", f"{uuid5(_NAMESPACE, chr(0).join(entry.identity))}@mou")
    component.add("dtstamp", changed)
    component.add("last-modified", changed)
    component.add("sequence", entry.changes)
    component.add("summary", _text(entry.summary), parameters={"LANGUAGE": language})
    if entry.description:
        component.add("description", _text(entry.description), parameters={"LANGUAGE": language})
    component.add("categories", [_text(entry.category)])


def _alarm(days: int, entry: CalendarEntry, related: str) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _text(entry.summary))
    # A task has no start that an alarm could be counted from.
    alarm.add("trigger", timedelta(days=-days), parameters={"RELATED": related} if related == "END" else {})
    return alarm


def _text(text: str) -> vText:
    """Give a text with its control characters made visible, which no calendar may hold."""
    return _text_class()(escape_controls(text, keep_newlines=True))


@cache
def _text_class() -> type[vText]:
    from icalendar import vText

    class Text(vText):
        r"""A text, escaped as RFC 5545 has it in section 3.3.11: the library's own takes `\N` for a line's end."""

        def to_ical(self) -> bytes:
            return _SPECIAL.sub(r"\\\g<0>", self).replace("\n", r"\n").encode()

    return Text
