"""The one door to a change: one `with` is one transaction, all of it or nothing, and stands in the journal."""

from __future__ import annotations

from contextlib import AbstractContextManager, ExitStack, contextmanager
from importlib import import_module
from itertools import chain, groupby
from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar

from mou_cli.errors import Conflict, InterruptedLate, InvalidData, NotFound
from mou_cli.fields.nouns import SHAPES
from mou_cli.fields.shape import Fate
from mou_cli.processes import NOBODY
from mou_cli.records.change import Change
from mou_cli.records.declare import plan
from mou_cli.records.derived import find_differing
from mou_cli.records.mention import find_mentions
from mou_cli.records.merge import plan_merge
from mou_cli.records.reference import References
from mou_cli.records.task import followed_years
from mou_cli.records.undo import Undoing
from mou_cli.records.writer import Writer
from mou_cli.store.condition import complete
from mou_cli.store.engine import make_engine
from mou_cli.store.failed import leaving_nothing
from mou_cli.store.interrupt import putting_off
from mou_cli.store.opening import is_register, open_empty, open_reader
from mou_cli.store.outdated import upgrade
from mou_cli.store.overtaken import carry_out_anew
from mou_cli.store.reader import BlankReader, ConnectionReader, OutdatedRegister, check_schema
from mou_cli.store.search import build_index
from mou_cli.store.server import AbsentRegister, no_register, take_turn
from mou_cli.store.upgrade import create
from mou_cli.views.document import batches, documents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from sqlalchemy import Connection

    from mou_cli.fields.shape import Document, Patch
    from mou_cli.processes import Hands
    from mou_cli.records.merge import Merge
    from mou_cli.records.reference import Reserved
    from mou_cli.store.location import Location
    from mou_cli.store.reader import Reader


T = TypeVar("T")
_SHOWN = 5


class Register:
    """A register that is being changed, or, without a writer, a rehearsal that only says what would change."""

    def __init__(self, reader: Reader, writer: Writer | None, today: date) -> None:
        self.reader = reader
        self._writer = writer
        self._references = References(reader, today.year) if writer is None else writer.references
        self._years: dict[str, int] = {}

    @property
    def is_rehearsal(self) -> bool:
        """Say whether nothing is written."""
        return self._writer is None

    @property
    def has_changed(self) -> bool:
        """Say whether anything is recorded that leaving the `with` keeps."""
        return self._writer is not None and self._writer.has_written

    def get(self, noun: str, key: str) -> Document:
        """Give a record. Raises NotFound."""
        found = documents(self.reader, SHAPES[noun], [key])
        if not found:
            raise NotFound(f"there is no {noun} {key}")
        return found[key]

    def declare(self, patches: Iterable[Patch], *, overwrite: bool = False, hands: Hands = NOBODY) -> Iterator[Change]:
        """Carry out what patches of one noun say, a page at a time; gives every change, those of nothing included.

        Raises InvalidData for what cannot be recorded; leaving the `with` by it undoes everything.
        """
        for are_added, pages in groupby(batches(patches), key=_are_added):
            if are_added:
                yield from chain.from_iterable(self._add(pages, hands))
                continue
            for page in pages:
                yield from self._change(page, overwrite=overwrite)

    def _add(self, pages: Iterable[list[Patch]], hands: Hands) -> Iterator[list[Change]]:
        planned = self._planned_additions(pages)
        return planned if self._writer is None else self._writer.add(planned, hands)

    def _planned_additions(self, pages: Iterable[list[Patch]]) -> Iterator[list[Change]]:
        for page in pages:
            changes, _nothing = plan(self.reader, page, years=self._years)
            self._note_years(changes)
            self._number(changes)
            yield changes

    def _change(self, page: list[Patch], *, overwrite: bool) -> list[Change]:
        changes, objections = plan(self.reader, page, overwrite=overwrite, years=self._years)
        if objections:
            raise InvalidData("; ".join(f"{o.patch.noun} {o.patch.key}: {o.message}" for o in objections[:_SHOWN]))
        self._note_years(changes)
        changes += followed_years(self.reader, changes)
        self._write(changes)
        return changes

    def _note_years(self, changes: list[Change]) -> None:
        self._years |= {c.key: c.after["year"] for c in changes if c.noun == "plan" and c.after}

    def _number(self, changes: list[Change]) -> None:
        self._references.number(change for change in changes if change.noun == "agreement" and not change.is_nothing)

    def _write(self, changes: list[Change]) -> None:
        self._number(changes)
        if self._writer is None:
            return
        for noun in SHAPES:
            for page in batches(change for change in changes if change.noun == noun):
                self._writer.write(page)

    def remove(self, noun: str, key: str) -> list[Change]:
        """Remove a record, a plan with its tasks. Raises NotFound, and Conflict while something mentions it."""
        removed = [self.get(noun, key)]
        if noun == "plan":
            sql = "SELECT key FROM task WHERE plan = :plan ORDER BY number_sort NULLS LAST, key"
            removed += [self.get("task", row["key"]) for row in self.reader.rows(sql, plan=key)]
        mentions = find_mentions(self.reader, noun, key, _SHOWN + 1)
        if mentions:
            raise Conflict(
                f"{noun} {key} is mentioned by {', '.join(mentions[:_SHOWN])}{' …' if mentions[_SHOWN:] else ''}",
                "change or remove those first",
            )
        changes = [Change("task" if "plan" in record else noun, record["key"], record, None) for record in removed]
        # Tasks go first: nothing may stand under a plan that is gone.
        self._write(changes[1:])
        self._write(changes[:1])
        return changes

    def take_back(self, number: int, action: str, told: str) -> Iterator[Change]:
        """Take an entry of the journal back, a page at a time; gives every change.

        `action` is what the journal calls that. Raises Conflict, which begins with what is `told`, where a later change
        stands on the entry; leaving the `with` by it undoes everything.
        """
        if self._writer is not None:
            self._writer.take_back(number, action)
        for page in Undoing(self.reader, number, told).changes():
            self._references.number(change for change in page if change.noun == "agreement")
            # In the very order, so that between two steps the register is as it was once before.
            if self._writer is not None:
                for _noun, run in groupby(page, key=attrgetter("noun")):
                    self._writer.write(run)
            yield from page

    def merge(self, keep: str, others: Sequence[str], kind: str, before: Callable[[Merge], None]) -> Merge:
        """Make one institution of several; `before` is told of it all before anything is written, and may object.

        Raises NotFound, and Conflict for what cannot be one.
        """
        merge = plan_merge(self.reader, keep, others, kind)
        before(merge)
        self._write(merge.changes)
        return merge

    def give_reference(self) -> str:
        """Give the next reference that is no agreement's key; a rehearsal only says which it would be."""
        (ref,) = self._references.give()
        return ref

    def reserve_references(self, reserved: Reserved) -> None:
        """Give none of these references from now on: records to come bring them."""
        self._references.reserve(reserved)


def carry_out(opened: Callable[[], AbstractContextManager[Register]], body: Callable[[Register], T]) -> T:
    """Carry out a change in a register that `opened` opens, and give what `body` gives.

    Where another change got in the way on a server, all of it is carried out anew, on what there is then. Raises
    Overtaken where that happens again and again.
    """

    def whole() -> T:
        with opened() as register:
            return body(register)

    return carry_out_anew(whole)


def _are_added(page: list[Patch]) -> bool:
    return all(patch.fate is Fate.ADDED for patch in page)


@contextmanager
def open_register(
    location: Location, *, actor: str, action: str, today: date, timeout: float, may_create: bool = False
) -> Iterator[Register]:
    """Open a register to change it, for the time of the `with`: leaving it commits, an error undoes everything.

    `action` is what the journal says was done. The register is locked for other changes from the first line on.
    """
    # The tables take longer to load than most changes to be written: nobody is to wait for that.
    import_module("mou_cli.models")
    opened = _locked_server if location.path is None else _locked_file
    recorded = False
    try:
        with putting_off() as put_off:
            with opened(location, timeout, may_create=may_create) as connection:
                reader = ConnectionReader(connection)
                writer = Writer(connection, reader, actor, action, today)
                yield Register(reader, writer, today)
                writer.finish()
                # A file cannot be stopped in the middle of this; a server may never answer.
                if location.path is not None:
                    put_off()
            recorded = writer.has_written
    except KeyboardInterrupt as interrupt:
        if recorded:
            raise InterruptedLate from interrupt
        raise


@contextmanager
def _locked_file(location: Location, timeout: float, *, may_create: bool) -> Iterator[Connection]:
    with leaving_nothing(location):
        if may_create and not location.exists:
            create(location, timeout)
        location.check()
        # An older schema is brought up to date before anything is changed.
        with open_reader(location, timeout):
            pass
        with _locked(location, timeout) as connection:
            yield connection


@contextmanager
def _locked_server(location: Location, timeout: float, *, may_create: bool) -> Iterator[Connection]:
    """Give the connection of a change; there is one, unless tables have to be made or altered before."""
    with ExitStack() as opened:
        try:
            connection = opened.enter_context(_locked(location, timeout))
        except (AbsentRegister, OutdatedRegister) as error:
            if isinstance(error, AbsentRegister) and not may_create:
                raise no_register(location) from error
            (create if isinstance(error, AbsentRegister) else upgrade)(location, timeout)
            connection = opened.enter_context(_locked(location, timeout))
        yield connection


@contextmanager
def _locked(location: Location, timeout: float) -> Iterator[Connection]:
    with make_engine(location, timeout).begin() as connection:
        if location.path is None:
            take_turn(connection, timeout)
        check_schema(ConnectionReader(connection), location)
        yield connection


@contextmanager
def rehearse(location: Location, *, today: date, timeout: float, is_only_declared: bool = False) -> Iterator[Register]:
    """Open a register to see what would change. Nothing is written; one that is not there is taken as empty.

    Where it is `is_only_declared` to, no tables are made for that: they take as long as thousands of records.
    """
    with ExitStack() as opened:
        if is_register(location, timeout):
            reader = opened.enter_context(open_reader(location, timeout))
        else:
            reader = BlankReader() if is_only_declared else opened.enter_context(open_empty())
        yield Register(reader, None, today)


def mend(location: Location, *, today: date, timeout: float) -> None:
    """Make anew, in one transaction, what follows from the records and is not as it should be; no record changes."""
    with _locked(location, timeout) as connection:
        reader = ConnectionReader(connection)
        if location.path is None:
            from mou_cli.store.server_condition import complete_on_server

            complete_on_server(connection, reader)
        else:
            complete(connection)
            # What is taken out of the index has to be what stands in it.
            for statement in build_index(reader.dialect):
                connection.exec_driver_sql(statement)
        wrong = {noun: dict[str, None]() for noun in SHAPES}
        for differing in find_differing(reader, today, lambda _more: None):
            wrong[differing.noun][differing.key] = None
        writer = Writer(connection, reader, "", "", today)
        for noun, keys in wrong.items():
            writer.derive(noun, list(keys))
        writer.finish()
