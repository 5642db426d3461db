"""Asking for an institution: which one is meant, and what is to be known of a new one."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from mou_cli.asking.question import Answer, Question, Retyped
from mou_cli.catalogue import Sentence, translate
from mou_cli.commands.agreement import alike, resembling
from mou_cli.commands.ask import open_inquiry, record_answers
from mou_cli.commands.newcomer import Newcomer
from mou_cli.commands.partner import FIELDS
from mou_cli.errors import GivenUp, NotFound
from mou_cli.rules.complaint import THINGS, coded
from mou_cli.rules.fold import fold
from mou_cli.rules.naming import find_by_name
from mou_cli.views.choice import exact_institutions, institution_candidates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mou_cli.asking.conversation import Conversation
    from mou_cli.commands.inquiry import Inquiry
    from mou_cli.commands.invocation import Invocation
    from mou_cli.commands.record import Body
    from mou_cli.errors import Resembling
    from mou_cli.fields.shape import Document
    from mou_cli.records.change import Change
    from mou_cli.store.reader import Row


_MOST = 15


def find_meant(inquiry: Inquiry, text: str) -> tuple[list[str], bool]:
    """Give the institutions that may be meant, and whether the one is meant beyond doubt."""
    with inquiry.look() as reader:
        exact = exact_institutions(reader, text)
        if exact:
            return exact, len(exact) == 1
        candidates, _labels = institution_candidates(reader)
        found, typed = set(find_by_name(text, candidates)), fold(text)
        # Only the first are offered: those whose name begins as it was typed.
        chosen = sorted(
            (each for each in candidates if each.key in found),
            key=lambda each: not any(fold(name).startswith(typed) for name in each.names),
        )
        return [each.key for each in chosen] or list(alike(reader, text)), False


def choose(inquiry: Inquiry, text: str, *, may_be_new: bool) -> str | None:
    """Give the institution that is meant, after asking where there is doubt; None for one that is new.

    Raises NotFound for one that is new but may not be, and Retyped for another name.
    """
    keys, is_sure = find_meant(inquiry, text)
    if is_sure:
        return keys[0]
    if keys:
        return _which(inquiry, text, keys, may_be_new=may_be_new)
    if may_be_new:
        return None
    message = Sentence("there is no {thing} {text!r}", thing=coded("institution", THINGS), text=text)
    raise NotFound(message, "`mou partner add` records one")


def _which(inquiry: Inquiry, text: str, keys: list[str], *, may_be_new: bool) -> str | None:
    """Ask which of these is meant; None for none of them. Raises Retyped for another name."""
    language = inquiry.language
    if len(keys) > _MOST:
        told = translate("{number} could be meant, of which these are the first.", language, number=len(keys))
        inquiry.conversation.sheet.tell(told)
    new = translate("none of these: “{name}” is new", language, name=text) if may_be_new else ""
    return inquiry.conversation.which({key: inquiry.named(key) for key in keys[:_MOST]}, new)


def ask_newcomer(inquiry: Inquiry, name: str, fields: Document) -> Document:
    """Ask for what is to be known of a new institution. Raises UsageError where this cannot be a name."""
    about = inquiry.about("institution", FIELDS)
    about.read({"name": name})
    language = inquiry.language
    inquiry.conversation.sheet.tell(translate("“{name}” is new to the register.", language, name=name))
    found: Document = dict(fields)
    for field, label in (("country", translate("Country", language)), ("type", translate("Partner type", language))):
        said = inquiry.base.get("country" if field == "country" else "partner_type")
        if said:
            found |= about.read({field: said})
        if field not in found:
            question = replace(about.field(field, label, hint=_unknown(language)), name=f"{field} of {name}")
            for answer in inquiry.conversation.ask(question):
                found |= about.read(answer.says)
    return found


def institution_question(inquiry: Inquiry, option: str, label: str) -> Question:
    """Give the question for an institution that the register has, said by an option."""

    def read(_conversation: Conversation, text: str) -> Answer:
        key = choose(inquiry, text, may_be_new=False) or ""
        return Answer(text, inquiry.named(key), {option: key})

    return Question(option, label, read, (option,), suggest=lambda: list(inquiry.institutions.values()))


def _unknown(language: str) -> str:
    return translate("Enter: not known", language)


def ask_institution(call: Invocation, action: str, body: Body) -> tuple[Change, Row]:
    """Ask for an institution, and record it."""
    with open_inquiry(call, "institution", FIELDS) as inquiry:
        return record_answers(inquiry, _questions(inquiry), action, body, lambda document: _derived(inquiry, document))


def _questions(inquiry: Inquiry) -> Sequence[Question]:
    language = inquiry.language
    skip = translate("Enter: none", language)
    return (
        Question(
            "name",
            translate("Name", language),
            partial(_read_name, inquiry),
            ("name",),
            suggest=lambda: list(inquiry.institutions.values()),
            required=True,
        ),
        inquiry.field("country", translate("Country", language), hint=_unknown(language)),
        inquiry.field("type", translate("Type", language), hint=_unknown(language)),
        inquiry.field("city", translate("City", language), hint=skip),
        inquiry.field("website", translate("Website", language), hint=skip),
        inquiry.field(
            "names", translate("Another name", language), hint=skip, more=translate("Another name", language)
        ),
    )


def _read_name(inquiry: Inquiry, _conversation: Conversation, text: str) -> Answer:
    name = inquiry.read({"name": text})["name"]
    with inquiry.look() as reader:
        seen = resembling(reader, name)
    keys, _is_sure = find_meant(inquiry, text)
    if keys and not inquiry.base.get("new"):
        _refuse_recorded(inquiry, _which(inquiry, text, keys, may_be_new=True))
    inquiry.call.newcomers[name] = Newcomer({}, seen)
    return Answer(text, text, {"name": text}, obvious=True)


def _refuse_recorded(inquiry: Inquiry, key: str | None) -> None:
    """Raise GivenUp, after telling that there is nothing to record, where a known institution is meant."""
    if key is not None:
        told = translate(
            "{name} is in the register already: nothing is recorded.", inquiry.language, name=inquiry.named(key)
        )
        inquiry.conversation.sheet.tell(told)
        raise GivenUp


def settle_name(call: Invocation, doubt: Resembling) -> None:
    """Ask what is meant by a name that is like known ones: something new, or another name. Raises GivenUp."""
    with open_inquiry(call, "institution", FIELDS) as inquiry:
        try:
            _refuse_recorded(inquiry, _which(inquiry, doubt.name, list(doubt.keys), may_be_new=True))
            before = call.newcomers.get(doubt.name)
        except Retyped as other:
            call.said["name"] = other.text
        else:
            call.newcomers[doubt.name] = Newcomer({}, (before.seen if before else frozenset()).union(doubt.keys))


def _derived(inquiry: Inquiry, document: Document) -> Sequence[tuple[str, str]]:
    key = (translate("Key", inquiry.language), document["key"])
    asked = {"key", "name", "country", "type", "city", "website", "names"}
    return [key, *inquiry.others(document, asked)]
