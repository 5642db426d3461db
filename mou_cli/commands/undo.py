"""`mou undo` and `mou redo`: take a change back, and carry it out again."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from mou_cli.asking.line import can_ask
from mou_cli.catalogue import translate
from mou_cli.commands.app import make_app
from mou_cli.commands.invocation import DRY_RUN, Invocation
from mou_cli.commands.log import get_entry, read_entry
from mou_cli.commands.option import taking
from mou_cli.commands.record import YES
from mou_cli.commands.report import report
from mou_cli.errors import Conflict, NotFound
from mou_cli.output.form import Form
from mou_cli.output.message import say
from mou_cli.output.number import listed
from mou_cli.output.progress import progress
from mou_cli.views.entry import EntryFilter, find_entries, newest_entry, newest_undo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mou_cli.output.progress import Progress, Tick
    from mou_cli.records.change import Change
    from mou_cli.register import Register
    from mou_cli.store.reader import Reader, Row

app = make_app()
# More records than these are only counted, and whoever is there is asked before.
_MANY = 20


class Target(NamedTuple):
    """The entry that is to be taken back, and the one that is undone or redone by that."""

    number: int
    origin: Row


class Way(NamedTuple):
    """Undoing, or redoing: its name, what becomes of an entry, which one is meant, and how it is asked and told."""

    name: str
    done: str
    choose: Callable[[Invocation, Reader, str | None], Target]
    ask: Callable[..., str]
    tell: Callable[..., str]


@app.command(cls=taking((YES, DRY_RUN)))
def undo(
    context: typer.Context,
    entry: Annotated[str | None, typer.Argument(help="Number of an entry, as `mou log` shows it.")] = None,
) -> None:
    """Take a change back: the entry of the journal that is named, or what you did last, a redo included.

    It is refused where a later change stands on it. `mou redo` carries it out again.
    """
    _take_back(Invocation.of(context), entry, _UNDO)


def redo(
    context: typer.Context,
    entry: Annotated[str | None, typer.Argument(help="Number of the entry that was undone, or of the undo.")] = None,
) -> None:
    """Carry out again what was undone: what you undid last, unless you changed something since, or a named entry."""
    _take_back(Invocation.of(context), entry, _REDO)


def _to_undo(call: Invocation, reader: Reader, text: str | None) -> Target:
    number = newest_entry(reader, call.actor) if text is None else read_entry(text)
    if number is None:
        raise NotFound(f"there is nothing of {call.actor} to undo", "`mou log` shows what `mou undo ENTRY` takes back")
    entry = get_entry(reader, number)
    origin = _origin(reader, entry)
    number = origin["entry"]
    if entry["undoes"] == number:
        raise Conflict(f"entry {entry['entry']} is an undo itself ({entry['action']})", f"`mou redo {number}`")
    if origin["undone_by"]:
        raise Conflict(f"entry {number} is undone already, by entry {origin['undone_by']}", f"`mou redo {number}`")
    return Target(number, origin)


def _to_redo(call: Invocation, reader: Reader, text: str | None) -> Target:
    number = newest_undo(reader, call.actor) if text is None else read_entry(text)
    if number is None:
        raise NotFound(
            f"there is nothing that {call.actor} has undone since their last change",
            "`mou log` shows what `mou redo ENTRY` brings back",
        )
    origin = _origin(reader, get_entry(reader, number))
    if not origin["undone_by"]:
        raise Conflict(f"entry {origin['entry']} is not undone", f"`mou undo {origin['entry']}` would")
    return Target(origin["undone_by"], origin)


_UNDO = Way(
    *("undo", "undone", _to_undo),
    ask=lambda language, **entry: translate("Undo entry {entry}, {action} ({records})?", language, **entry),
    tell=lambda language, **entry: translate("undone: entry {entry}, {action} ({actor})", language, **entry),
)
_REDO = Way(
    *("redo", "redone", _to_redo),
    ask=lambda language, **entry: translate("Redo entry {entry}, {action} ({records})?", language, **entry),
    tell=lambda language, **entry: translate("redone: entry {entry}, {action} ({actor})", language, **entry),
)


def _origin(reader: Reader, entry: Row) -> Row:
    """Give the change of its own that an undo or redo is about; another change itself."""
    while entry["undoes"]:
        entry = get_entry(reader, entry["undoes"])
    return entry


def _take_back(call: Invocation, entry: str | None, way: Way) -> None:
    asked = None
    if can_ask() and not call.said.get("yes") and not call.is_dry_run:
        # What stands in the way is said before anybody is asked.
        with call.rehearsal() as rehearsal:
            asked = way.choose(call, rehearsal.reader, entry)
            with progress(lambda: call.asking_language) as line:
                number_of_records = sum(1 for _change in _carried_out(rehearsal, asked, way, _checking(line, asked)))
        if number_of_records > _MANY:
            _confirm(call, asked.origin, way)

    def body(register: Register) -> tuple[Row, list[Change], dict[str, Counter[str]], Row]:
        target = way.choose(call, register.reader, entry)
        if asked is not None and asked != target:
            raise Conflict("meanwhile somebody has changed the register", "`mou log` shows what was done")
        tell = _checking(line, target) if call.is_dry_run else _writing(line, target)
        few, counts = _counted(_carried_out(register, target, way, tell), keep_all=call.is_dry_run)
        line.finish(lambda language: translate("Finishing", language))
        return target.origin, few, counts, next(find_entries(register.reader, EntryFilter(), 1))

    with progress(lambda: call.asking_language) as line:
        origin, few, counts, row = call.change(way.name, body)
    _report(call, origin, few, counts, way)
    if call.is_dry_run or call.form is Form.AUTO:
        return
    if call.form in {Form.TABLE, Form.MARKDOWN}:
        call.show_rows([row], "entry")
    else:
        call.show_row(row, "entry")


def _checking(line: Progress, target: Target) -> Tick:
    return line.stage(lambda language: translate("Checking", language), sum(target.origin["records"].values()))


def _writing(line: Progress, target: Target) -> Tick:
    return line.stage(lambda language: translate("Writing", language), sum(target.origin["records"].values()))


def _carried_out(register: Register, target: Target, way: Way, tell: Tick) -> Iterator[Change]:
    number, action = target.origin["entry"], target.origin["action"]
    told = f"entry {number} cannot be {way.done}"
    for change in register.take_back(target.number, f"{way.name} {number}: {action}", told):
        tell(1)
        yield change


def _confirm(call: Invocation, origin: Row, way: Way) -> None:
    from mou_cli.asking.confirm import confirm

    language = call.asking_language
    records = listed(origin["records"], language)
    question = way.ask(language, entry=origin["entry"], action=origin["action"], records=records)
    confirm(question, translate("nothing was changed", language), language)


def _counted(changes: Iterable[Change], *, keep_all: bool) -> tuple[list[Change], dict[str, Counter[str]]]:
    """Give the first changes, and the numbers of records by noun that are added, changed and removed."""
    kept: list[Change] = []
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("added", "changed", "removed")}
    for change in changes:
        happened = "added" if change.before is None else "removed" if change.after is None else "changed"
        counts[happened][change.noun] += 1
        if keep_all or len(kept) <= _MANY:
            kept.append(change)
    return kept, counts


def _report(call: Invocation, origin: Row, changes: list[Change], counts: dict[str, Counter[str]], way: Way) -> None:
    language = call.asking_language
    if call.is_dry_run or len(changes) <= _MANY:
        report(call, changes)
    else:
        for happened, numbers in counts.items():
            if numbers:
                say(_happened(happened, listed(numbers, language), language))
    if not call.is_dry_run:
        say(way.tell(language, entry=origin["entry"], action=origin["action"], actor=origin["actor"]))


def _happened(happened: str, records: str, language: str) -> str:
    return {
        "added": translate("added: {records}", language, records=records),
        "changed": translate("changed: {records}", language, records=records),
        "removed": translate("removed: {records}", language, records=records),
    }[happened]
