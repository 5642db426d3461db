"""Asking for an agreement: its parties, what it is about, and how long it runs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mou_cli.asking.confirm import YES
from mou_cli.asking.question import Answer, Question, picked
from mou_cli.asking.suggestion import Suggestion
from mou_cli.catalogue import Sentence, translate
from mou_cli.commands.agreement import FIELDS, alike, resembling
from mou_cli.commands.ask import open_inquiry, record_answers
from mou_cli.commands.ask_institution import ask_newcomer, choose, find_meant
from mou_cli.commands.ask_signature import signature_question
from mou_cli.commands.ask_term import derived_rows, ends_question
from mou_cli.commands.newcomer import Newcomer
from mou_cli.commands.partner import FIELDS as INSTITUTION_FIELDS
from mou_cli.errors import Conflict, NotFound, UsageError
from mou_cli.fields.kind import Notice, Span
from mou_cli.output.kind import value_in_words
from mou_cli.rules.country import country_name
from mou_cli.rules.fold import fold
from mou_cli.views.choice import choose_institution, exact_institutions, find_homes
from mou_cli.vocabulary import Renewal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mou_cli.asking.conversation import Conversation
    from mou_cli.commands.inquiry import Inquiry
    from mou_cli.commands.invocation import Invocation
    from mou_cli.commands.record import Body
    from mou_cli.fields.shape import Document
    from mou_cli.records.change import Change
    from mou_cli.store.reader import Reader, Row

_RENEWED = {Renewal.TACIT, Renewal.EXPRESS}
_MORE = ("signatures", "unit", "responsible", "note")
ASKED = {
    *("key", "ref", "stage", "parties", "type", "areas", "title", "signed", "starts", "ends", "term", "renewal"),
    *("renewal_term", "notice", *_MORE),
}


def ask_agreement(call: Invocation, action: str, body: Body, like: Document) -> tuple[Change, Row]:
    """Ask for an agreement, offering what another is like, and record it."""
    with open_inquiry(call, "agreement", FIELDS) as inquiry:
        with inquiry.look() as reader:
            homes = find_homes(reader)
        questions = _questions(inquiry, homes)
        _offer(inquiry, homes, like)

        def derive(document: Document) -> Sequence[tuple[str, str]]:
            rows = inquiry.others(document, ASKED)
            if document.get("starts") == "signed" and not inquiry.conversation.answers.get("starts"):
                rows.append((translate("Starts", inquiry.language), translate("from signature", inquiry.language)))
            return [*rows, *derived_rows(inquiry, document)]

        return record_answers(inquiry, questions, action, body, derive)


def settle_partners(call: Invocation, action: str, body: Body) -> tuple[Change, Row]:
    """Record what was said, after asking what is meant by the name of a partner that only resembles known ones."""
    if doubtful := _find_doubtful(call):
        with open_inquiry(call, "agreement", FIELDS) as inquiry:
            question = _partner_question(inquiry)
            for text in doubtful:
                meant = inquiry.conversation.understand(question, text).says["partner"][0]
                call.said["partner"] = [meant if each == text else each for each in call.said["partner"]]
    return call.record(action, body)


def _find_doubtful(call: Invocation) -> list[str]:
    """Give the partners said that could be several institutions, or are none but resemble some."""
    if call.said.get("new") or not call.has_register:
        return []
    with call.reader() as reader:
        return [text for text in dict.fromkeys(call.said["partner"]) if text.strip() and _is_doubtful(reader, text)]


def _is_doubtful(reader: Reader, text: str) -> bool:
    try:
        choose_institution(reader, text)
    except Conflict:
        return True
    except NotFound:
        return bool(alike(reader, text))
    return False


def _questions(inquiry: Inquiry, homes: dict[str, str]) -> Sequence[Question]:
    language = inquiry.language
    skip, unknown = translate("Enter: none", language), translate("Enter: not known", language)
    day = translate("a day, such as 1 May 2024; Enter: not known", language)
    many = translate("numbers or words, commas between", language)
    more = Question(
        "more",
        translate("Signatories, unit, note", language),
        _read_yes,
        hint=translate("y: ask for them; Enter: skip them", language),
        opens=_MORE,
        listed=False,
    )
    return (
        *((_home_question(inquiry, homes),) if len(homes) != 1 or "home" in inquiry.base else ()),
        _partner_question(inquiry),
        inquiry.field("type", translate("Type", language), hint=unknown),
        inquiry.field("areas", translate("Areas", language), hint=many),
        inquiry.field("title", translate("Title", language), hint=skip),
        inquiry.field("signed", translate("Signed", language), hint=day),
        inquiry.field(
            "starts",
            translate("Starts", language),
            hint=translate("a day, or signed: from signature; Enter: not known", language),
        ),
        ends_question(inquiry),
        inquiry.field("renewal", translate("Renewal", language), hint=unknown, applies=_has_end),
        inquiry.field(
            "renewal_term",
            translate("Renewal term", language),
            hint=translate("a length, such as 1y", language),
            applies=_is_renewed,
        ),
        inquiry.field(
            "notice",
            translate("Notice", language),
            hint=translate("a length, such as 3m, or academic-year", language),
        ),
        more,
        signature_question(inquiry, next(iter(homes), None) if len(homes) == 1 else None),
        inquiry.field("unit", translate("Unit", language), hint=skip, suggest=partial(inquiry.used, "unit")),
        inquiry.field(
            "responsible", translate("Responsible", language), hint=skip, suggest=partial(inquiry.used, "responsible")
        ),
        inquiry.field("note", translate("Note", language), hint=skip),
    )


def _said(conversation: Conversation, question: str) -> set[str]:
    return {str(value) for answer in conversation.answers.get(question, ()) for value in answer.says.values()}


def _has_end(conversation: Conversation) -> bool:
    """Say whether there is, or may be, an end after which it could go on."""
    return "open" not in _said(conversation, "ends")


def _is_renewed(conversation: Conversation) -> bool:
    return _has_end(conversation) and bool(_said(conversation, "renewal") & _RENEWED)


def _read_yes(_conversation: Conversation, text: str) -> Answer:
    answer = fold(text)
    if answer not in YES:
        raise UsageError(Sentence("write y, or nothing"))
    return Answer(text)


def _partner_question(inquiry: Inquiry) -> Question:
    language = inquiry.language

    def read(_conversation: Conversation, text: str) -> Answer:
        # What is pasted may have tabs and several lines, which no name has.
        text = " ".join(text.split())
        inquiry.about("institution", INSTITUTION_FIELDS).read({"name": text})
        # Who says --new is asked about nothing but the very name.
        key, seen = None, _look_alikes(inquiry, text)
        if not inquiry.base.get("new") or find_meant(inquiry, text)[1]:
            key = choose(inquiry, text, may_be_new=True)
        if key is not None:
            return Answer(text, inquiry.named(key), {"partner": [key]})
        return Answer(text, _newcomer(inquiry, text, {}, seen), {"partner": [text]})

    return Question(
        "partner",
        translate("Partner", language),
        read,
        ("partner",),
        hint=translate("any name, or its beginning", language),
        suggest=lambda: list(inquiry.institutions.values()),
        more=translate("Another partner", language),
        required=True,
    )


def _look_alikes(inquiry: Inquiry, name: str) -> frozenset[str]:
    with inquiry.look() as reader:
        return resembling(reader, name)


def _newcomer(inquiry: Inquiry, name: str, fields: Document, seen: frozenset[str]) -> str:
    """Ask for what is to be known of a new party, keep it, and give it in words."""
    found = ask_newcomer(inquiry, name, fields)
    inquiry.call.newcomers[name] = Newcomer(found, seen)
    place = country_name(found.get("country", ""), inquiry.language)
    return f"{name}, {place}" if place else name


def _home_question(inquiry: Inquiry, homes: dict[str, str]) -> Question:
    language = inquiry.language

    def read(_conversation: Conversation, text: str) -> Answer:
        text = picked(text, list(homes)) or text
        seen = _look_alikes(inquiry, text)
        with inquiry.look() as reader:
            if homes:
                key = choose_institution(reader, text, homes=True)
                return Answer(text, inquiry.named(key), {"home": [key]})
            if taken := exact_institutions(reader, text):
                raise Conflict(
                    Sentence(
                        "{text!r} is in the register, but is no home; `mou partner edit {key} --home` makes it one",
                        text=text,
                        key=taken[0],
                    )
                )
        return Answer(text, _newcomer(inquiry, text, {"home": True, "type": "university"}, seen), {"home": [text]})

    return Question(
        "home",
        translate("Home", language),
        read,
        ("home",),
        hint=translate("the institution on whose behalf the register is kept", language) if not homes else "",
        choices=tuple(homes.values()),
        suggest=lambda: [Suggestion(name, (key,)) for key, name in homes.items()],
        # Few agreements have several, and those who type one can say --home twice, or name the other as a partner.
        more=translate("Another home", language) if len(inquiry.base.get("home", ())) > 1 else "",
        required=True,
    )


def _offer(inquiry: Inquiry, homes: dict[str, str], like: Document) -> None:
    """Offer what another agreement says: its parties, and what there are questions for."""
    offered = inquiry.conversation.offered
    keys = [party["institution"] for party in like.get("parties", ())]
    ours = [key for key in keys if key in homes]
    offered["home"] = tuple(homes[key] for key in ours[:1])
    # A further home is offered as a partner of the first, which is what it is.
    offered["partner"] = tuple(inquiry.institutions[key].text for key in keys if key not in ours[:1])
    for name in ("type", "areas", "renewal", "renewal_term", "notice", "unit", "responsible"):
        if name in like:
            kind = inquiry.shape.by_name[name].kind
            text = (
                like[name] if isinstance(kind, (Span, Notice)) else value_in_words(kind, like[name], inquiry.language)
            )
            offered[name] = (text,)
    if "term" in like:
        offered["ends"] = (like["term"],)
