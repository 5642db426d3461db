"""What was asked of the agenda, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.catalogue import translate
from mou_cli.output.understood.agreement import agreement_parts
from mou_cli.output.understood.part import Part, labels
from mou_cli.rules.wording import long_length
from mou_cli.vocabulary import AGENDA_KINDS, AGREEMENT_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mou_cli.store.reader import Reader
    from mou_cli.views.agenda_filter import AgendaFilter, Lead


def agenda_parts(reader: Reader, wanted: AgendaFilter, language: str) -> Iterator[Part]:
    """Give what was asked for, in the order in which a sentence says it."""
    if wanted.kinds:
        kinds = labels(wanted.kinds, AGENDA_KINDS, language)
        yield Part(translate("only {kinds}", language, kinds=kinds), ("kind",), ("kinds",))
    if wanted.overdue:
        yield Part(translate("overdue", language), ("overdue",), ("overdue",))
    else:
        yield _time(wanted, language)
    yield from agreement_parts(reader, wanted, language)
    if wanted.executor:
        told = translate('responsible "{words}"', language, words=wanted.executor)
        yield Part(told, ("responsible",), ("responsible", "executor"))


def _time(wanted: AgendaFilter, language: str) -> Part:
    lead = wanted.lead
    if lead.within:
        told = translate("up to {length} ahead", language, length=long_length(lead.within, language))
        return Part(told, ("within",))
    is_of_tasks = wanted.kinds == ("task",)
    usual = long_length(lead.task if is_of_tasks else lead.agreement, language)
    told = translate("up to {length} ahead", language, length=usual)
    others = [] if is_of_tasks else list(_others(wanted, lead, language))
    return Part(f"{told} ({', '.join(others)})" if others else told)


def _others(wanted: AgendaFilter, lead: Lead, language: str) -> Iterator[str]:
    """Give the lengths of types that have their own, and of tasks, as far as they are asked for."""
    for kind, length in lead.types:
        if not wanted.types or kind in wanted.types:
            yield f"{AGREEMENT_TYPES.label(kind, language)} {long_length(length, language)}"
    if not wanted.kinds or "task" in wanted.kinds:
        yield translate("tasks {length}", language, length=long_length(lead.task, language))
