"""Making one institution of several: the plan is shown, asked about, and carried out as it was shown."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from mou_cli.catalogue import translate
from mou_cli.commands.basis import refuse_changed
from mou_cli.commands.option import option
from mou_cli.commands.record import answered, must_confirm
from mou_cli.commands.report import brief, report
from mou_cli.commands.whole import show_record
from mou_cli.output.form import Form
from mou_cli.output.message import say
from mou_cli.output.number import counted
from mou_cli.views.choice import choose_code, choose_institution
from mou_cli.vocabulary import NAME_KINDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from mou_cli.commands.invocation import Invocation
    from mou_cli.records.merge import Merge
    from mou_cli.register import Register
    from mou_cli.store.reader import Row

AS = option(
    "--as", "What the others' names are to the one kept; alias unless said.", metavar="KIND", complete=NAME_KINDS
)
_SHOWN = 10


def merge_institutions(call: Invocation, keep: str, others: list[str]) -> None:
    """Make one institution of several after asking. Raises UsageError where nobody can be asked."""
    kind = choose_code(call.said["as"], NAME_KINDS) if "as" in call.said else "alias"
    with call.reader() as reader:
        kept = choose_institution(reader, keep)
        gone = list(dict.fromkeys(choose_institution(reader, text) for text in others))
    shown: list[Merge] = []
    if must_confirm(call, f"merging {', '.join(gone)} into {kept}"):
        with call.rehearsal() as rehearsal:
            rehearsal.merge(kept, gone, kind, shown.append)
        _tell(shown[0], call.asking_language)
        _confirm(call.asking_language)

    def body(register: Register) -> tuple[Merge, Row]:
        merge = register.merge(kept, gone, kind, _keeping(call, shown))
        return merge, answered(call, register, "institution", kept)

    merge, row = call.change(f"merge institution {', '.join(gone)} into {kept}", body)
    if call.is_dry_run:
        report(call, merge.changes)
    if not shown:
        _tell(merge, call.asking_language)
    if call.form is not Form.AUTO and not call.is_dry_run:
        show_record(call, "institution", row)


def _confirm(language: str) -> None:
    from mou_cli.asking.confirm import confirm

    confirm(translate("Merge them?", language), translate("nothing was merged", language), language)


def _keeping(call: Invocation, shown: list[Merge]) -> Callable[[Merge], None]:
    """Give what is done before a merge is written: see that it is the one that was shown, and keep what there was."""

    def keep_backup(merge: Merge) -> None:
        if shown:
            refuse_changed(shown[0].changes, merge.changes)
        if not call.is_dry_run:
            from mou_cli.store.backup import back_up
            from mou_cli.store.original import original_of

            backup = back_up(original_of(call.location, call.timeout), "merge")
            say(translate("the register as it was is kept in {file}", call.asking_language, file=backup))

    return keep_backup


def _tell(merge: Merge, language: str) -> None:
    """Tell what becomes of the institutions, and of all that mentioned those that go."""
    for line in _lines(merge, language):
        say(line)


def _lines(merge: Merge, language: str) -> list[str]:
    before, after = merge.keep.before or {}, merge.keep.after or {}
    gone = [change.before or {} for change in merge.removed]
    listed = "; ".join(f"{other['name']} ({other['key']})" for other in gone)
    lines = [
        translate("merge {others} into {name} ({key})", language, others=listed, name=after["name"], key=after["key"])
    ]
    if merge.names:
        lines.append("  " + translate("also called: {names}", language, names="; ".join(merge.names)))
    for name, was, value in merge.keep.fields():
        if name != "names":
            lines.append(f"  {name}: " + (f"{brief(was)} → " if name in before else "") + brief(value))
    if moved := _counted(merge, language):
        lines.append("  " + translate("moved: {records}", language, records=", ".join(moved)))
    if of_kept := [change.key for change in merge.accepted if change.after]:
        lines.append("  " + translate("accepted from now on: {findings}", language, findings=_first(of_kept)))
    if over := [change.key for change in merge.accepted if not change.after]:
        lines.append("  " + translate("no longer accepted: {findings}", language, findings=_first(over)))
    if merge.doubled:
        listed = _first([f"{_called(merge, noun, key)} ({field})" for noun, key, field in merge.doubled])
        lines.append("  " + translate("said twice, and once from now on: {records}", language, records=listed))
    for clash in merge.clashes:
        values = {"field": clash.field, "dropped": brief(clash.dropped), "key": clash.other}
        if clash.kept is None:
            lines.append("  " + translate("not taken over: {field}, {dropped} ({key})", language, **values))
        else:
            told = translate("{field} stays {kept}, not {dropped} ({key})", language, kept=brief(clash.kept), **values)
            lines.append("  " + told)
    return lines


def _first(texts: list[str]) -> str:
    return "; ".join([*texts[:_SHOWN], *(["…"] if texts[_SHOWN:] else [])])


def _called(merge: Merge, noun: str, key: str) -> str:
    """Give a record's reference if it is an agreement, else its key."""
    after = next(change.after for change in merge.moved if (change.noun, change.key) == (noun, key)) or {}
    called: str = after.get("ref", key)
    return called


def _counted(merge: Merge, language: str) -> list[str]:
    """Give how many records of each noun mention the one kept from now on."""
    numbers = Counter(change.noun for change in merge.moved)
    return [counted(noun, number, language) for noun, number in numbers.items()]
