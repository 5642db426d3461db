"""Changing a record in the user's editor: it is opened as a sheet, read again, and recorded as it stands there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from mou_cli.asking.draft import Draft, drafting
from mou_cli.asking.editor import find_editor, hang_up_interrupts, run_editor
from mou_cli.catalogue import translate
from mou_cli.commands.record import answer, answered, called, check_basis, declare_all
from mou_cli.commands.said import Names, Said
from mou_cli.commands.whole import get_record
from mou_cli.errors import Conflict, GivenUp, NotFound
from mou_cli.fields.kind import Unreadable
from mou_cli.fields.nouns import SHAPES
from mou_cli.fields.shape import Patch
from mou_cli.formats.margin import Complaint, Margin
from mou_cli.formats.sheet import Filled, Sheet
from mou_cli.output.form import Form
from mou_cli.output.message import say
from mou_cli.records.change import Change
from mou_cli.records.declare import plan
from mou_cli.rules.command import command
from mou_cli.views.document import documents

if TYPE_CHECKING:
    from mou_cli.commands.invocation import Invocation
    from mou_cli.fields.node import Mark
    from mou_cli.register import Register
    from mou_cli.store.reader import Reader, Row

Adjust = Callable[["Register", str, Said], None]


class _Unacceptable(Exception):
    """What was written cannot be recorded; leaving the register by it undoes everything."""

    def __init__(self, complaints: list[Complaint]) -> None:
        super().__init__()
        self.complaints = complaints


def edit_in_editor(call: Invocation, noun: str, choose_key: Callable[[Reader], str], adjust: Adjust) -> None:
    """Open the record of the key that `choose_key` gives in the editor, and record what is saved.

    The register is not locked meanwhile. What was written and could not be recorded is kept, and told where.
    """
    program = find_editor()
    with call.reader() as reader:
        key = choose_key(reader)
        check_basis(call, reader, noun, key)
        before = documents(reader, SHAPES[noun], [key])[key]
    width = get_terminal_size().columns - 1
    sheet = Sheet(SHAPES[noun], before, called(before, call.language) or key, call.language, width)
    with hang_up_interrupts(), drafting(before.get("ref", key), sheet.write()) as draft:
        editing = _Editing(call, sheet, draft, program, adjust)
        try:
            (change, *followed), row = editing.run()
        except BaseException:
            # The terminal may have gone away, and what went wrong is to be told all the same.
            with suppress(OSError):
                if draft.keep():
                    say(translate("what was written is kept in {file}", call.asking_language, file=draft.path))
            raise
    if change.is_nothing and call.form is Form.AUTO:
        say(translate("nothing changed", call.asking_language))
    else:
        answer(call, change, row, key, followed)


@dataclass
class _Editing:
    call: Invocation
    sheet: Sheet
    draft: Draft
    program: list[str]
    adjust: Adjust

    @property
    def _noun(self) -> str:
        return self.sheet.shape.noun

    @property
    def _key(self) -> str:
        key: str = self.sheet.document["key"]
        return key

    def run(self) -> tuple[list[Change], Row]:
        """Let the record be edited until it can be recorded, or nothing more is changed."""
        margin = Margin(self.call.language)
        shown = text = self.draft.read()
        complaints: list[Complaint] = []
        while True:
            run_editor(self.program, self.draft.path)
            written = margin.erase(self.draft.read())
            if written == text or _is_blank(written):
                return self._give_up(shown, complaints)
            text = written
            try:
                return self._record(text)
            except _Unacceptable as refused:
                complaints = refused.complaints
            shown = margin.write(text, complaints)
            self.draft.write(shown)

    def _give_up(self, shown: str, complaints: list[Complaint]) -> tuple[list[Change], Row]:
        # A file that was emptied has lost what was written before.
        self.draft.write(shown)
        if complaints:
            raise GivenUp("mou: nothing was recorded: what was complained of was left as it was")
        row: Row = {}
        if self.call.form is not Form.AUTO and not self.call.is_dry_run:
            with self.call.reader() as reader:
                row = get_record(self.call, reader, self._noun, self._key)
        return [Change(self._noun, self._key, self.sheet.document, self.sheet.document)], row

    def _record(self, text: str) -> tuple[list[Change], Row]:
        def body(register: Register) -> tuple[list[Change], Row]:
            self._refuse_if_changed(register)
            filled = self.sheet.read(text, _finder(register.reader), self.call.today)
            said = Said(document=filled.changed, whole=True)
            if said.document:
                self.adjust(register, self._key, said)
            patch = Patch(self._noun, self._key, said.document)
            _check(register.reader, patch, filled)
            changes = declare_all(register, [patch])
            return changes, answered(self.call, register, self._noun, self._key)

        return self.call.change(f"edit {self._noun}", body)

    def _refuse_if_changed(self, register: Register) -> None:
        """Raise Conflict when the record is no longer what was opened."""
        before = self.sheet.document
        now = documents(register.reader, self.sheet.shape, [self._key]).get(self._key)
        if now is None:
            raise Conflict(f"{self._noun} {self._key} was removed while it was edited; nothing was recorded")
        changed = ", ".join(name for name, _before, _now in Change(self._noun, self._key, before, now).fields())
        if changed:
            recorded = replace(self.sheet, document=now).write()
            beside = self.draft.write_beside("recorded", recorded)
            raise Conflict(
                f"{self._noun} {self._key} was changed while it was edited: {changed}; nothing was recorded",
                f"what is recorded now is in {beside}; `{command(self._noun, 'edit')} {self._key}` opens it again",
            )


def _is_blank(text: str) -> bool:
    return not any(line.strip() and not line.lstrip().startswith("#") for line in text.splitlines())


def _finder(reader: Reader) -> Callable[[str, str, Mark | None], str]:
    names = Names(reader)

    def find(noun: str, text: str, mark: Mark | None) -> str:
        try:
            return names.record(noun, text)
        except (NotFound, Conflict) as error:
            raise Unreadable(f"{error.message}; {error.hint}" if error.hint else error.message, mark) from error

    return find


def _check(reader: Reader, patch: Patch, filled: Filled) -> None:
    """Raise all that is wrong with what was written."""
    _changes, objections = plan(reader, [patch])
    filled.object(objections)
    if filled.complaints:
        raise _Unacceptable(filled.complaints)
