"""What every command has at hand: the register, the day, the language and the form of the answer."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from typer import Context

from mou_cli.catalogue import locale_language, translate
from mou_cli.commands.option import Named, Values, note_recorded, option, said
from mou_cli.errors import UsageError
from mou_cli.output.form import Form, read_form, resolve
from mou_cli.output.message import say
from mou_cli.rules.complaint import NotUnderstood
from mou_cli.rules.date import read_date
from mou_cli.settings import COLUMN_SETTINGS, OFF, find_setting, get_setting, read_language, read_timeout
from mou_cli.store.location import find_register

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import TextIO

    from mou_cli.commands.newcomer import Newcomer
    from mou_cli.commands.understood import Told
    from mou_cli.records.change import Change
    from mou_cli.register import Register
    from mou_cli.settings import Found
    from mou_cli.store.location import Location
    from mou_cli.store.reader import Reader, Row

T = TypeVar("T")
_FOR_PEOPLE = {Form.TABLE, Form.MARKDOWN, "xlsx"}
DRY_RUN = option("--dry-run", "Only show what would change.", switch=True)
SHOWN = (
    option("--columns", "Which columns, separated by commas.", metavar="NAMES", complete=Named.COLUMN),
    option(
        "--output -o", "Write to a file: .xlsx .csv .tsv .json .jsonl .yaml .md.", metavar="FILE", complete=Named.FILE
    ),
)


@dataclass
class Invocation:
    """One call of a command."""

    context: Context
    globals: dict[str, Any]
    said: Values
    on_the_way: list[Change] = field(default_factory=list)
    # What was found out by asking of institutions that are new, by name.
    newcomers: dict[str, Newcomer] = field(default_factory=dict)

    @classmethod
    def of(cls, context: Context, **arguments: str | None) -> Invocation:
        """Give the invocation of a command's context; what an argument says is said as by the option of its name."""
        values = said(context)
        values.update((name, value) for name, value in arguments.items() if value is not None)
        call = cls(context, context.find_root().ensure_object(dict), values)
        _ = call.form  # one that cannot be read is refused before anything is done
        return call

    def setting(self, name: str) -> Found:
        """Give the value of a setting: the one of the option for it, or where else it is said."""
        stated = self.globals.get(get_setting(name).option)
        return find_setting(name, OFF if stated is True else stated)

    @cached_property
    def location(self) -> Location:
        """The register that is meant."""
        return find_register(self.setting("db"))

    @cached_property
    def timeout(self) -> float:
        """Seconds to wait for a locked register."""
        return read_timeout()

    @cached_property
    def today(self) -> date:
        """The day the answers are for."""
        return self.read_today(self.setting("today"))

    def read_today(self, found: Found) -> date:
        """Read the day that a setting says, which unless it does is today. Raises UsageError."""
        today = date.today()  # noqa: DTZ011 - the user's own day
        return today if found.value is None else self.read_day(found.place, found.value, today)

    def read_day(self, flag: str, text: str, today: date | None = None) -> date:
        """Read a whole date. Raises UsageError."""
        try:
            return date.fromisoformat(read_date(text, today or self.today, reduced=False))
        except NotUnderstood as error:
            raise UsageError(f"{flag}: {error}") from error

    @cached_property
    def language(self) -> str:
        """The language of labels: the one that was set, else for people that of their locale, English for programs."""
        for_people = self.shown_form in {Form.TABLE, Form.MARKDOWN, Form.ICS} or bool(self.said.get("output"))
        if not (found := self.setting("lang")).value:
            return locale_language() if for_people else "en"
        return read_language(found.value, found.place)

    @cached_property
    def asking_language(self) -> str:
        """The language in which a person is asked and told, wherever the answer goes."""
        return self.language if self.setting("lang").value else locale_language()

    @cached_property
    def actor(self) -> str:
        """Who makes the changes."""
        from mou_cli.commands.actor import read_actor

        return read_actor(self.setting("actor"))

    @cached_property
    def form(self) -> Form:
        """The form that was asked for."""
        return read_form(self.globals.get("format") or Form.AUTO, self.command)

    @property
    def command(self) -> str:
        """What is called, without the program: `plan due`."""
        return self.context.command_path.partition(" ")[2]

    @property
    def shown_form(self) -> Form:
        """The form of the answer on standard output, where `auto` depends on who reads it."""
        return resolve(self.form, sys.stdout)

    @property
    def answer_form(self) -> Form | Literal["xlsx"]:
        """The form of the answer, on standard output or in the file that was asked for."""
        if output := self.said.get("output"):
            from mou_cli.output.file import form_of

            return form_of(Path(output))
        return self.shown_form

    @property
    def is_for_people(self) -> bool:
        """Say whether the answer is read by people."""
        return self.answer_form in _FOR_PEOPLE

    @property
    def shows_whole(self) -> bool:
        """Say whether the answer has room for what stands beside a record: a line of CSV or TSV has none."""
        return self.shown_form not in {Form.CSV, Form.TSV}

    @cached_property
    def record_file(self) -> bytes:
        """What stands in the file of --from. Read once: a register's first record is tried first, and a pipe ends."""
        name = self.said["from"]
        try:
            return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        except OSError as error:
            raise UsageError(f"--from: {name} cannot be read: {error.strerror}") from error

    @property
    def is_dry_run(self) -> bool:
        """Say whether the command is only to show what it would do."""
        return bool(self.said.get("dry_run"))

    @property
    def has_register(self) -> bool:
        """Say whether there is a register by now."""
        from mou_cli.store.opening import is_register

        return is_register(self.location, self.timeout)

    def reader(self) -> AbstractContextManager[Reader]:
        """Open the register to read."""
        from mou_cli.store.opening import open_reader

        return open_reader(self.location, self.timeout)

    def register(self, action: str, *, may_create: bool = False) -> AbstractContextManager[Register]:
        """Open the register to change it, or with --dry-run to see what would change. `action` is for the journal."""
        from mou_cli.register import open_register

        _ = self.asking_language, self.actor  # what cannot be read is refused before anything changes
        self.on_the_way.clear()
        if self.is_dry_run:
            return self.rehearsal()
        if may_create:
            from mou_cli.commands.newly_made import make_room

            make_room(self)
        today, timeout = self.today, self.timeout
        return open_register(
            self.location, actor=self.actor, action=action, today=today, timeout=timeout, may_create=may_create
        )

    def rehearsal(self) -> AbstractContextManager[Register]:
        """Open the register to see what would change."""
        from mou_cli.register import rehearse

        return rehearse(self.location, today=self.today, timeout=self.timeout)

    def record(self, action: str, body: Callable[[Register], T]) -> T:
        """Carry out a change that may be a register's first. It is tried on an empty one before anything is created."""
        if not self.has_register:
            with self.rehearsal() as rehearsal:
                tried = body(rehearsal)
            if self.is_dry_run:
                return tried
        from mou_cli.commands.newly_made import telling_of_place

        with telling_of_place(self, self.location):
            return self.change(action, body, may_create=True)

    def change(self, action: str, body: Callable[[Register], T], *, may_create: bool = False) -> T:
        """Carry out a change; all of `body` anew where another program has got in the way on a server."""
        from mou_cli.register import carry_out

        opened = partial(self.register, action, may_create=may_create)
        result, has_changed = carry_out(opened, lambda register: (body(register), register.has_changed))
        if has_changed:
            note_recorded(self.context)
        return result

    @cached_property
    def columns(self) -> Sequence[str] | None:
        """The columns that were asked for."""
        text = self.said.get("columns")
        return [name.strip() for name in text.split(",") if name.strip()] if text else None

    @cached_property
    def usual_columns(self) -> Sequence[str] | None:
        """The columns that are set for the command's table: what people see, and no program."""
        if (setting := COLUMN_SETTINGS.get(self.command)) is None:
            return None
        from mou_cli.output.nouns import read_columns

        found = self.setting(setting.name)
        return read_columns(found.value, setting.noun, found.place) if found.value else None

    @cached_property
    def stream(self) -> TextIO:
        """Where an answer goes: standard output, for people at a terminal through the pager."""
        if self.shown_form is not Form.TABLE or not sys.stdout.isatty():
            return sys.stdout
        from mou_cli.output.pager import is_pager, paging

        if not is_pager((pager := self.setting("pager")).value):
            return sys.stdout
        # It is waited for when the command has ended and no longer holds the register.
        return self.context.find_root().with_resource(paging(pager, sys.stdout))

    def show_rows(
        self,
        rows: Iterable[Row],
        noun: str,
        default: Sequence[str] | None = None,
        understood: Told | None = None,
        *,
        columns: Sequence[str] | None = None,
        is_paged: bool = True,
    ) -> None:
        """Show many rows, on standard output or in the file that was asked for; people are told how they were asked.

        The `columns` stand instead of those that were asked for; the `default`, where none are asked for or set.
        """
        columns = columns or self.columns
        usual = self.usual_columns or default if self.is_for_people and not columns else None
        if output := self.said.get("output"):
            from mou_cli.output.file import say_written, write_rows

            number = write_rows(Path(output), rows, noun, columns=columns or usual, language=self.language)
            say_written(number, output, self.asking_language)
            return
        from mou_cli.output.show import show_many

        form, footer = self.shown_form, understood.footer if understood else None
        stream = self.stream if is_paged else sys.stdout
        number = show_many(
            rows, noun, form=form, columns=columns, usual=usual, language=self.language, stream=stream, footer=footer
        )
        if not number and form is Form.TABLE:
            say(understood.nothing() if understood else translate("nothing found", self.language))

    def show_row(self, row: Row, noun: str) -> None:
        """Show one row whole."""
        from mou_cli.output.show import show_one
        from mou_cli.views.label import labelled

        if self.language != "en" and self.shown_form in {Form.TABLE, Form.MARKDOWN}:
            with self.reader() as reader:
                row = labelled(reader, row, noun, self.language)
        show_one(row, noun, form=self.shown_form, language=self.language, stream=self.stream)

    def show_count(self, count: int) -> None:
        """Show a number alone."""
        print(f'{{"count": {count}}}' if self.form in {Form.JSON, Form.JSONL} else count)  # noqa: T201 - it is data
