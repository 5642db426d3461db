"""Recording: from what was said to a change, and the answer to it; the same for every noun."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from mou_cli.asking.line import can_ask
from mou_cli.catalogue import translate
from mou_cli.commands.invocation import Invocation
from mou_cli.commands.option import option
from mou_cli.commands.report import report
from mou_cli.commands.said import FieldOption, Said, read_said
from mou_cli.commands.whole import get_record, show_record
from mou_cli.errors import Conflict, InvalidData, NotFound, UsageError
from mou_cli.output.form import Form
from mou_cli.output.message import say
from mou_cli.output.result import NOUNS
from mou_cli.rules.command import command
from mou_cli.rules.language import choose_text
from mou_cli.views.choice import existing

if TYPE_CHECKING:
    from mou_cli.fields.shape import Document, Patch
    from mou_cli.records.change import Change
    from mou_cli.register import Register
    from mou_cli.store.reader import Reader, Row

YES = option("--yes -y", "Do not ask.", switch=True)
BASED_ON = option("--based-on", "Refuse if it was changed after this entry of the journal.", metavar="ENTRY")
# Options that say which record is meant, and how it is to be changed, but not what of it.
_SAYING_NOTHING = {"plan", "dry_run", "based_on"}
Options = tuple[FieldOption, ...]
Body = Callable[["Register"], "tuple[Change, Row]"]
Record = Callable[["Invocation", str, Body], "tuple[Change, Row]"]


def add_one(
    call: Invocation,
    noun: str,
    options: Options,
    choose_key: Callable[[Register, Said], str],
    record: Record = Invocation.record,
) -> None:
    """Add the record that was said under the key that `choose_key` gives it, and answer with it.

    `record` carries it out; it may ask for more to be said before.
    """

    def body(register: Register) -> tuple[Change, Row]:
        said = read_said(call, register.reader, noun, options)
        change = add_record(register, noun, choose_key(register, said), said)
        return change, answered(call, register, noun, change.key)

    change, row = record(call, f"add {noun}", body)
    answer(call, change, row, change.key)


def edit_one(
    call: Invocation,
    noun: str,
    options: Options,
    choose_key: Callable[[Reader], str],
    adjust: Callable[[Register, str, Said], None] = lambda _register, _key, _said: None,
) -> None:
    """Change the record of the key that `choose_key` gives, after `adjust` has seen what was said.

    Where nothing is said and somebody is at the terminal, it is opened in the editor.
    """
    if not call.said.keys() - _SAYING_NOTHING and can_ask():
        from mou_cli.commands.editor import edit_in_editor

        edit_in_editor(call, noun, choose_key, adjust)
        return

    def body(register: Register) -> tuple[list[Change], Row]:
        key = choose_key(register.reader)
        said = read_said(call, register.reader, noun, options)
        adjust(register, key, said)
        check_basis(call, register.reader, noun, key, said.document)
        changes = edit_record(register, noun, key, said)
        return changes, answered(call, register, noun, key)

    (change, *followed), row = call.change(f"edit {noun}", body)
    answer(call, change, row, change.key, followed)


def check_basis(call: Invocation, reader: Reader, noun: str, key: str, said: Document | None = None) -> None:
    """Raise ChangedMeanwhile where --based-on was said, and the record, of which `said` would change, is another."""
    if "based_on" in call.said:
        from mou_cli.commands.basis import refuse_outdated

        refuse_outdated(call, reader, noun, key, said)


def declare_one(register: Register, patch: Patch, *, typed: bool = True) -> Change:
    """Carry out one patch, as `declare_all` does."""
    return declare_all(register, [patch], typed=typed)[0]


def declare_all(register: Register, patches: list[Patch], *, typed: bool = True) -> list[Change]:
    """Carry out patches of one noun. What contradicts itself is a fault of usage where it was typed."""
    try:
        return list(register.declare(patches))
    except InvalidData as error:
        raise UsageError(error.message, error.hint) if typed else error from error


def add_record(register: Register, noun: str, key: str, said: Said) -> Change:
    """Add a record under a key. Raises Conflict when there is one already."""
    from mou_cli.fields.nouns import SHAPES
    from mou_cli.fields.shape import Patch

    if existing(register.reader, SHAPES[noun].table, [key]):
        raise Conflict(
            f"there is {'an' if noun[0] in 'aeiou' else 'a'} {noun} {key} already",
            f"`{command(noun, 'edit')} {key}` changes it",
        )
    fields = {name: value for name, value in said.document.items() if name != "key"}
    return declare_one(register, Patch(noun, key, fields), typed=said.file is None)


def edit_record(register: Register, noun: str, key: str, said: Said) -> list[Change]:
    """Change fields of a record; gives that change, and those of other records that follow from it.

    Raises UsageError when no field is said, or the key is to change.
    """
    from mou_cli.fields.shape import Patch

    fields = dict(said.document)
    if fields.pop("key", key) != key:
        raise UsageError(f"the key of {noun} {key} cannot be changed")
    if not fields:
        raise UsageError("nothing is said that would change", f"`{command(noun, 'edit')} --help` lists the options")
    return declare_all(register, [Patch(noun, key, fields)], typed=said.file is None)


def remove_one(call: Invocation, noun: str, choose_key: Callable[[Reader], str]) -> None:
    """Remove the record of the key that `choose_key` gives, after asking. What has changed meanwhile is not removed.

    Raises UsageError where nobody can be asked and --yes was not said.
    """
    with call.reader() as reader:
        key = choose_key(reader)
    shown: list[Change] = []
    if must_confirm(call, f"removing {noun} {key}"):
        # What stands in the way is said before anybody is asked.
        with call.rehearsal() as rehearsal:
            check_basis(call, rehearsal.reader, noun, key)
            shown = rehearsal.remove(noun, key)
        confirm_removal(call, _removal_in_words(call, shown[0]))
    report(call, call.change(f"remove {noun} {key}", lambda register: _removed(call, register, noun, key, shown)))


def _removed(call: Invocation, register: Register, noun: str, key: str, shown: list[Change]) -> list[Change]:
    check_basis(call, register.reader, noun, key)
    try:
        changes = register.remove(noun, key)
    except NotFound:
        changes = []
        if not shown:
            raise
    if shown:
        from mou_cli.commands.basis import refuse_changed

        refuse_changed(shown, changes)
    return changes


def must_confirm(call: Invocation, what: str, hint: str = "say --yes") -> bool:
    """Say whether somebody is to be asked before it is done. Raises UsageError where nobody can be."""
    if call.said.get("yes") or call.is_dry_run:
        return False
    if not sys.stdin.isatty():
        raise UsageError(f"{what} has to be confirmed", hint)
    return True


def confirm_removal(call: Invocation, question: str) -> None:
    """Ask before something is taken away. Raises GivenUp for a no."""
    from mou_cli.asking.confirm import confirm

    confirm(question, translate("nothing was removed", call.asking_language), call.asking_language)


def _removal_in_words(call: Invocation, change: Change) -> str:
    language = call.asking_language
    name, what = called(change.before or {}, language), NOUNS.label(change.noun, language)
    return translate("Remove {noun} {key}, {name}?", language, noun=what, key=change.key, name=name)


def called(record: Document, language: str) -> str:
    """Give what a person calls a record: its name, title or text, or who the parties are."""
    texts = record.get("name") or record.get("title") or record.get("task")
    return choose_text(texts, [language]) or ", ".join(party["institution"] for party in record.get("parties", ()))


def answered(call: Invocation, register: Register, noun: str, key: str) -> Row:
    """Give the record that `answer` shows; nothing, where it only names it."""
    is_shown = call.form is not Form.AUTO and not register.is_rehearsal
    return get_record(call, register.reader, noun, key) if is_shown else {}


def answer(call: Invocation, change: Change, row: Row, name: str, followed: Sequence[Change] = ()) -> None:
    """Answer to a record that was added or changed: its name alone, or in a form that was asked for the record.

    What was recorded on the way, such as a new partner, is reported as well, and what `followed`.
    """
    _say_doubts(call, change)
    if call.is_dry_run:
        report(call, [*call.on_the_way, change, *followed])
        return
    report(call, call.on_the_way)
    _answer(call, change, row, name)
    report(call, list(followed))


def _say_doubts(call: Invocation, change: Change) -> None:
    """Say what is unlikely of the dates that were typed."""
    from mou_cli.rules.doubt import DOUBTED, find_doubts, find_task_doubts

    after, today, language = change.after or {}, call.today, call.asking_language
    changed = {name for name, _before, _after in change.fields()}
    doubts: Iterable[str] = ()
    if change.noun == "agreement" and changed.intersection(DOUBTED):
        doubts = find_doubts(after, today, language)
    elif change.noun == "task":
        doubts = find_task_doubts(after, changed, today, language)
    for doubt in doubts:
        say(doubt)


def _answer(call: Invocation, change: Change, row: Row, name: str) -> None:
    if call.form is not Form.AUTO:
        show_record(call, change.noun, row)
    elif change.before is None:
        print(name)  # noqa: T201 - data goes to standard output
    else:
        report(call, [change])
