"""Reporting: what has changed, or in a rehearsal would change, told field by field; the same for every noun."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mou_cli.catalogue import translate
from mou_cli.output.form import Form
from mou_cli.output.message import say
from mou_cli.output.result import NOUNS
from mou_cli.rules.difference import taken_and_added
from mou_cli.rules.text import escape_controls

if TYPE_CHECKING:
    from mou_cli.commands.invocation import Invocation
    from mou_cli.records.change import Change
    from mou_cli.store.reader import Row

_BRIEF = 200


def report(call: Invocation, changes: list[Change]) -> None:
    """Say what has changed, or with --dry-run would change, field by field."""
    if call.is_dry_run and call.form is not Form.AUTO:
        call.show_rows((row for change in changes for row in change_rows(change)), "change")
        return
    # What would change is the answer of a rehearsal; what has changed is told to whoever changed it.
    language = call.language if call.is_dry_run else call.asking_language
    for change in changes:
        for line in change_lines(change, language):
            if call.is_dry_run:
                print(line)  # noqa: T201 - what would change is the data of a rehearsal
            else:
                say(line)


def change_rows(change: Change) -> list[Row]:
    """Give a change as rows: one a field, of a record added or removed as well."""
    return [
        {"noun": change.noun, "key": change.key, "field": name, "before": before, "after": after}
        for name, before, after in change.fields()
    ]


def change_lines(change: Change, language: str) -> list[str]:
    """Give a change as lines for people: what happened to which record, and under it the fields by their keys."""
    lines = [_what_happens(change, language)]
    if change.after is not None:
        cleared = translate("(cleared)", language)
        for name, before, after in change.fields():
            if told := taken_and_added(before, after):
                lines += [
                    f"  {name}: {sign} {brief(item)}" for sign, items in zip("-+", told, strict=True) for item in items
                ]
                continue
            was = "" if before is None else f"{brief(before)} → "
            lines.append(f"  {name}: {was}{cleared if after is None else brief(after)}")
    return [escape_controls(line) for line in lines]


def _what_happens(change: Change, language: str) -> str:
    noun, key = NOUNS.label(change.noun, language), change.key
    if change.is_nothing:
        return translate("{noun} {key}: nothing changes", language, noun=noun, key=key)
    if change.after is None:
        return translate("remove {noun} {key}", language, noun=noun, key=key)
    if change.before is None:
        return translate("add {noun} {key}", language, noun=noun, key=key)
    return translate("change {noun} {key}", language, noun=noun, key=key)


def brief(value: Any) -> str:
    """Give a value of a field on one line, cut where it is long."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _BRIEF else text[: _BRIEF - 1] + "…"
