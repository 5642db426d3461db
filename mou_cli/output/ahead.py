"""What lies ahead or is late, an entry each: the day, how far off it is, and what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from mou_cli.catalogue import translate
from mou_cli.output import agreement, task
from mou_cli.output.days_left import LATE, SOON_DAYS, short_days_left
from mou_cli.output.layout import GAP, cells, pad, shorten, widest, wrap
from mou_cli.rules.date import days_until

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from mou_cli.output.column import Row
    from mou_cli.output.screen import Screen

_STACKED: Final = 60  # columns: a narrower place has two lines for what else stands in one
_BESIDE: Final = 30  # what is left for the name of a thing before something else stands beside it


class Entry(NamedTuple):
    """One entry: the day, the days until then, what happens, which record, its name, and who; all as they are read."""

    day: str
    left: int | None
    what: str
    which: str
    name: str
    who: str = ""


class Span(NamedTuple):
    """A text in a style."""

    text: str
    style: str = ""


def agreement_entries(overview: Row, today: date, language: str) -> list[Entry]:
    """Give the agreements that need notice or whose term ends, the most urgent first."""
    entries = []
    for row in overview["notice"]["rows"]:
        what = translate("last day for notice", language)
        entries.append((row["notice_by"], row, row["notice_by"], what))
    for row in overview["ends"]["rows"]:
        what = translate("renews itself", language) if row["goes_on"] else translate("ends", language)
        entries.append((row["ends_to"], row, row["ends_on"], what))
    entries.sort(key=lambda entry: (entry[0], entry[1]["key"]))
    partner = agreement.COLUMNS["partner"].show
    return [
        Entry(day or _about(row, language), days_until(day, today), what, row["ref"], partner(row, language))
        for _order, row, day, what in entries
    ]


def _about(row: Row, language: str) -> str:
    """Give the month or year in which a term ends; of longer spans the last day, with the mark of the inexact."""
    text = agreement.COLUMNS["ends"].show(row, language)
    return text if len(text) <= len("~2025-05-10") else f"~{row['ends_to']}"


def task_entries(overview: Row, today: date, language: str) -> list[Entry]:
    """Give the tasks that are overdue or due, by their deadline."""
    show = task.COLUMNS
    return [
        Entry(
            row["deadline"],
            days_until(row["deadline"], today),
            "",
            row["number"],
            show["task"].show(row, language),
            show["executors"].show(row, language),
        )
        for name in ("overdue", "due")
        for row in overview[name]["rows"]
    ]


def draw_entries(entries: Sequence[Entry], width: int, language: str, screen: Screen) -> Iterator[list[Span]]:
    """Give a line for each entry, or two where the place is narrow; a name that is too long is cut off, and marked."""
    how_far = [short_days_left(entry.left, language, overdue=True) for entry in entries]
    told = ((entry.day, far, entry.what, entry.which) for entry, far in zip(entries, how_far, strict=True))
    rows = [[screen.text(text) for text in texts] for texts in told]
    widths = [widest(column) for column in zip(*rows, strict=True)]
    for entry, row in zip(entries, rows, strict=True):
        first = [pad(text, each, right=place == 1) for place, (text, each) in enumerate(zip(row, widths, strict=True))]
        style = _style(entry.left)
        gap = " " * GAP
        name, who = screen.text(entry.name), screen.text(entry.who)
        if width < _STACKED:
            yield from ([Span(p, style)] for p in wrap(gap.join(text for text in first[:3] if text.strip()), width))
            lead = f"{gap}{row[3]}{gap}"
            yield [Span(lead + screen.isolate(shorten(name, width - cells(lead), screen.ellipsis)))]
            continue
        head = gap.join(text for text, each in zip(first, widths, strict=True) if each) + gap
        yield [Span(head, style), Span(_named(name, who, width - cells(head), screen))]


def _named(name: str, who: str, room: int, screen: Screen) -> str:
    beside = room // 3
    if not who or room - beside < _BESIDE:
        return screen.isolate(shorten(name, room, screen.ellipsis))
    beside = min(cells(who), beside)
    room -= beside + GAP
    shown = [screen.isolate(shorten(text, width, screen.ellipsis)) for text, width in ((name, room), (who, beside))]
    return (" " * GAP).join((pad(shown[0], room), shown[1]))


def _style(left: int | None) -> str:
    if left is not None and left < 0:
        return LATE
    return "bold" if left is not None and left <= SOON_DAYS else ""
