"""Asking who signed an agreement."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mou_cli.asking.question import Answer, Question, picked
from mou_cli.asking.suggestion import Suggestion
from mou_cli.catalogue import Sentence, translate
from mou_cli.errors import UsageError
from mou_cli.rules.naming import Candidate, find_by_name, make_key

if TYPE_CHECKING:
    from mou_cli.asking.conversation import Conversation
    from mou_cli.commands.inquiry import Inquiry

_OPTION = "signatory"
_BETWEEN = ";"


def signature_question(inquiry: Inquiry, home: str | None) -> Question:
    """Give the question for signatories: a name, then position and party; or all at once, as the option has it.

    `home` is the party that is not asked for.
    """
    label = translate("Signed by", inquiry.language)
    hint = translate("a name; Enter: no more", inquiry.language)
    return Question("signatures", label, partial(_read, inquiry, home), (_OPTION,), hint=hint, more=label)


def _read(inquiry: Inquiry, home: str | None, conversation: Conversation, text: str) -> Answer:
    inquiry.read({_OPTION: [text]})
    if _BETWEEN not in text:
        position = _answered(conversation, _position(inquiry, text))
        party = _answered(conversation, _party(inquiry, home, text))
        text = f"{_BETWEEN} ".join((text, position, party)).rstrip(f"{_BETWEEN} ")
    document = inquiry.read({_OPTION: [text]})
    (signature,) = document["signatures"]
    if "party" in signature:
        _check_party(inquiry, home, signature["party"])
    told = [str(signature["position"])] if "position" in signature else []
    told += [_label(inquiry, signature["party"])] if "party" in signature else []
    shown = f"{signature['name']} ({', '.join(told)})" if told else signature["name"]
    return Answer(text, shown, {_OPTION: [text]})


def _check_party(inquiry: Inquiry, home: str | None, key: str) -> None:
    """Raise UsageError for an institution that is none of the parties, where the person may have meant one of them."""
    name, parties = _label(inquiry, key), [_label(inquiry, party) for party in _parties(inquiry, home)]
    if name not in parties:
        told = ", ".join(parties)
        raise UsageError(
            translate("{name} is none of the parties: {parties}", inquiry.language, name=name, parties=told)
        )


def _answered(conversation: Conversation, question: Question) -> str:
    return "".join(answer.typed for answer in conversation.ask(question))


def _position(inquiry: Inquiry, name: str) -> Question:
    def read(_conversation: Conversation, text: str) -> Answer:
        if _BETWEEN in text:
            raise UsageError(Sentence("a position has no {sign!r}", sign=_BETWEEN))
        inquiry.read({_OPTION: [f"{name}{_BETWEEN} {text}"]})
        return Answer(text, text, obvious=True)

    hint = translate("Enter: not known", inquiry.language)
    return Question(f"position of {name}", translate("Position", inquiry.language), read, hint=hint)


def _party(inquiry: Inquiry, home: str | None, name: str) -> Question:
    """Give the question for the party on whose behalf somebody signed."""
    parties = _parties(inquiry, home)
    labels = {party: _label(inquiry, party) for party in parties}

    def read(_conversation: Conversation, text: str) -> Answer:
        found = find_by_name(text, [Candidate(party, (label,)) for party, label in labels.items()])
        if party := picked(text, parties):
            found = [party]
        if len(found) != 1:
            raise UsageError(Sentence("write a number from 1 to {last}, or one of the names", last=len(parties)))
        return Answer(found[0], labels[found[0]])

    return Question(
        f"party of {name}",
        translate("For", inquiry.language),
        read,
        hint=translate("Enter: not known", inquiry.language),
        choices=tuple(labels.values()),
        suggest=lambda: [Suggestion(label) for label in labels.values()],
    )


def _parties(inquiry: Inquiry, home: str | None) -> list[str]:
    said = inquiry.conversation.answers
    answered = [answer.says for name in ("home", "partner") for answer in said.get(name, ())]
    ours = [key for says in answered for key in says.get("home", ())] or ([home] if home else [])
    return [*ours, *(key for says in answered for key in says.get("partner", ()))]


def _label(inquiry: Inquiry, party: str) -> str:
    known = inquiry.institutions.get(party)
    if known:
        return known.label
    return next((name for name in inquiry.call.newcomers if party in {name, make_key(name)}), party)
