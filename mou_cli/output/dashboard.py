"""The register's overview on one screen: what lies ahead, what is due, what is missing, and what to type next."""

from __future__ import annotations

import os
from itertools import zip_longest
from typing import TYPE_CHECKING, Final, NamedTuple

from mou_cli.catalogue import digits, translate
from mou_cli.output.ahead import Entry, Span, agreement_entries, draw_entries, task_entries
from mou_cli.output.layout import GAP, cells, pad, widest, wrap
from mou_cli.output.overview import commands_for, live_sentence, missing_parts, other_statuses, ways_to_begin
from mou_cli.views.overview import DAYS_AHEAD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from typing import TextIO

    from mou_cli.output.column import Row
    from mou_cli.output.screen import Screen

    Line = Sequence[Span]

_HEIGHT: Final = 24
_ABREAST: Final = 150  # a wider screen has what is ahead and what is due side by side
_HOMES: Final = 3
_TALLEST: Final = 3  # lines of an entry, hardly ever more


class Page(NamedTuple):
    """What is drawn, and how; `program` is what is typed before a command."""

    overview: Row
    today: date
    language: str
    program: str
    screen: Screen


class _Block(NamedTuple):
    """A heading and entries, as many as there is room for, of `whole`, which the commands list."""

    heading: str
    entries: list[Entry]
    whole: int
    commands: list[str]


def write_dashboard(page: Page, stream: TextIO) -> None:
    """Write an overview in as many lines as the screen has, but with at least one entry of each kind."""
    head = list(_head(page))
    if page.overview["is_empty"]:
        lines = [*head, *_beginning(page)]
    else:
        blocks, missing, room = _blocks(page), _missing(page), _height(stream) - 1 - len(head)
        least, shown = len(_arranged(blocks, 0, page)), len(missing)
        while shown > 1 and least + len(_foot(missing, shown, page)) > room:
            shown -= 1
        foot = _foot(missing, shown, page)
        lines = [*head, *_arranged(blocks, room - len(foot), page), *foot]
    stream.writelines("".join(page.screen.paint(text, style) for text, style in line).rstrip() + "\n" for line in lines)


def _height(stream: TextIO) -> int:
    try:
        return os.get_terminal_size(stream.fileno()).lines or _HEIGHT
    except OSError:
        return _HEIGHT


def _plain(text: str, page: Page, indent: int = 0) -> Iterator[Line]:
    width = max(page.screen.width - indent, 1)
    return ([Span(" " * indent + page.screen.isolate(part))] for part in wrap(page.screen.text(text), width))


def _head(page: Page) -> Iterator[Line]:
    homes = list(page.overview["homes"].values())
    named = "; ".join(homes[:_HOMES]) or translate("no home is recorded", page.language)
    if more := homes[_HOMES:]:
        named = translate("{homes} and {number} more", page.language, homes=named, number=len(more))
    day = page.today.isoformat()
    room = max(page.screen.width - len(day) - GAP, len(day))
    first, *others = wrap(page.screen.text(named), room)
    yield [Span(pad(page.screen.isolate(first), room) + " " * GAP, "bold"), Span(day)]
    yield from ([Span(page.screen.isolate(part), "bold")] for part in others)
    if not page.overview["is_empty"]:
        yield from _plain(live_sentence(page.overview["live"], page.language), page)
        if statuses := other_statuses(page.overview["statuses"], page.language):
            yield from _plain(statuses, page)


def _beginning(page: Page) -> Iterator[Line]:
    yield []
    yield from _plain(translate("The register is empty. To begin:", page.language), page)
    ways = ways_to_begin(page.language)
    width = max(len(f"{page.program} {command}") for command in ways)
    for command, meaning in ways.items():
        yield from _plain(f"{pad(f'{page.program} {command}', width)}  {meaning}", page, indent=GAP)


def _blocks(page: Page) -> list[_Block]:
    overview, language = page.overview, page.language
    commands = commands_for(overview, page.today)
    ahead, tasks = (("notice", "ends"), ("overdue", "due"))
    return [
        _Block(
            translate("Ends or needs notice within {number} days", language, number=DAYS_AHEAD),
            agreement_entries(overview, page.today, language),
            sum(overview[name]["count"] for name in ahead),
            [commands[name] for name in ahead if overview[name]["count"]],
        ),
        _Block(
            translate("Overdue, or due this month", language),
            task_entries(overview, page.today, language),
            sum(overview[name]["count"] for name in tasks),
            [commands[name] for name in tasks if overview[name]["count"]],
        ),
    ]


def _arranged(blocks: list[_Block], room: int, page: Page) -> list[Line]:
    """Give the blocks one below the other, or side by side where the screen is wide; at least an entry of each."""
    abreast = page.screen.width >= _ABREAST
    width = (page.screen.width - 2 * GAP) // 2 if abreast else page.screen.width
    place = _abreast if abreast else _stacked
    shown = [min(len(block.entries), max(room, 1)) for block in blocks]
    while True:
        drawn = [list(_drawn(block, number, width, page)) for block, number in zip(blocks, shown, strict=True)]
        lines = place(drawn, width)
        if len(lines) <= room or max(shown) <= 1:
            return lines
        for _ in range(max(1, (len(lines) - room) // _TALLEST)):
            shown[shown.index(max(shown))] = max(max(shown) - 1, 1)


def _stacked(drawn: Sequence[Sequence[Line]], _width: int) -> list[Line]:
    return [line for lines in drawn for line in ([], *lines)]


def _abreast(drawn: Sequence[Sequence[Line]], width: int) -> list[Line]:
    blank = Span(" " * 2 * GAP)
    return [[], *([*_filled(left, width), blank, *right] for left, right in zip_longest(*drawn, fillvalue=()))]


def _filled(line: Line, width: int) -> Line:
    return [*line, Span(" " * (width - sum(cells(span.text) for span in line)))]


def _drawn(block: _Block, number: int, width: int, page: Page) -> Iterator[Line]:
    screen, language = page.screen, page.language
    heading = screen.text(block.heading)
    if not block.whole:
        heading += f": {translate('nothing', language)}"
    yield from ([Span(part, "bold")] for part in wrap(heading, width))
    yield from draw_entries(block.entries[:number], width, language, screen)
    if block.whole > number:
        more = translate("and {number} more:", language, number=digits(block.whole - number, language))
        listed = "; ".join(f"{page.program} {command}" for command in block.commands)
        yield from ([Span(part)] for part in wrap(screen.text(f"{more} {listed}"), width))


def _missing(page: Page) -> list[list[Line]]:
    """Give what is wrong or missing, the most urgent first, each with the command that lists it, beside or below it."""
    commands = commands_for(page.overview, page.today)
    found = [
        (digits(number, page.language), page.screen.text(called), page.screen.text(f"{page.program} {commands[name]}"))
        for name, number, called in missing_parts(page.overview, page.language)
    ]
    numbers, labels = widest(row[0] for row in found), widest(row[1] for row in found)
    drawn: list[list[Line]] = []
    for number, called, command in found:
        line = f"{pad(number, numbers, right=True)}{' ' * GAP}{pad(called, labels)}{' ' * GAP}{command}"
        if cells(line) <= page.screen.width:
            drawn.append([[Span(line)]])
        else:
            label = _plain(f"{pad(number, numbers, right=True)}{' ' * GAP}{called}", page)
            drawn.append([*label, *_plain(command, page, indent=numbers + GAP)])
    return drawn


def _foot(missing: list[list[Line]], shown: int, page: Page) -> list[Line]:
    """Give so many of what is missing, and what to type next."""
    language, commands = page.language, commands_for(page.overview, page.today)
    heading = translate("Wrong or missing", language)
    lines: list[Line] = [[], [Span(heading if missing else f"{heading}: {translate('nothing', language)}", "bold")]]
    for entry in missing[:shown]:
        lines += entry
    if left := len(missing) - shown:
        lines += _plain(translate("and {number} more", language, number=left), page)
    # What stands above is what is quickly counted; the check looks at everything.
    listed = [commands["next"], *(["check"] if page.overview["statuses"] else [])]
    following = "; ".join(f"{page.program} {command}" for command in listed)
    return [*lines, [], *_plain(translate("Next: {command}", language, command=following), page)]
