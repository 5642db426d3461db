"""Asking until when an agreement runs, and telling what follows from the dates."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from mou_cli.asking.question import Answer, Question
from mou_cli.asking.suggestion import Suggestion
from mou_cli.catalogue import Sentence, translate
from mou_cli.errors import UsageError
from mou_cli.output.kind import day_in_words, length_in_words
from mou_cli.rules.doubt import find_doubts
from mou_cli.rules.known import stated_length
from mou_cli.rules.standing import standing
from mou_cli.rules.wording import long_date, long_day, long_length
from mou_cli.views.terms import facts_of
from mou_cli.vocabulary import STATUSES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mou_cli.asking.conversation import Conversation
    from mou_cli.commands.inquiry import Inquiry
    from mou_cli.fields.shape import Document
    from mou_cli.rules.standing import Standing

_MOST_MONTHS = 200 * 12
# A number of fewer digits than a year, alone or with one word: "3", "3 yaers".
_MEANT_AS_LENGTH = re.compile(r"[0-9]{1,3} ?[^\W\d_]*")


def ends_question(inquiry: Inquiry) -> Question:
    """Give the question for the end, which is said by a last day or by the length of the term."""
    language = inquiry.language
    return Question(
        "ends",
        translate("Ends", language),
        partial(_read, inquiry),
        ("ends", "term"),
        hint=translate("a day, a length such as 3y, or open: no end; Enter: not known", language),
        suggest=lambda: [Suggestion("open", detail=translate("no end", language))],
    )


def _read(inquiry: Inquiry, _conversation: Conversation, text: str) -> Answer:
    says = {"term": text}
    try:
        said = inquiry.read(says)
    except UsageError as no_length:
        says = {"ends": text}
        try:
            said = inquiry.read(says)
        except UsageError as no_day:
            if _MEANT_AS_LENGTH.fullmatch(text):
                raise no_length from None
            complaint, *_others = no_day.reasons
            raise UsageError(Sentence("{complaint}; or a length such as 3y", complaint=complaint)) from None
    inquiry.check(said, "ends")
    whole = inquiry.so_far("ends") | said
    return Answer(text, _end_and_length(inquiry, whole), says)


def _end_and_length(inquiry: Inquiry, whole: Document) -> str:
    """Give the end and how long it is until then, whichever of them was said."""
    language = inquiry.language
    if whole.get("ends") == "open":
        return day_in_words("open", language)
    if "term" in whole:
        length = length_in_words(whole["term"], language)
        whole = {"starts": "signed"} | whole
        stands = _first_term(inquiry, whole)
        if stands.ends_on is not None:
            return translate("until {day}, {length}", language, day=long_day(stands.ends_on, language), length=length)
        end = end_in_words(stands, language)
        return f"{end}, {length}" if end else translate("{length}; the first day is not known", language, length=length)
    end = long_date(whole["ends"], language)
    length = _length_until(whole, language)
    if not length:
        return translate("until {day}", language, day=end)
    return translate("until {day}, {length}", language, day=end, length=length)


def _first_term(inquiry: Inquiry, whole: Document) -> Standing:
    first = {name: value for name, value in whole.items() if name in {"signed", "starts", "ends", "term"}}
    return standing(facts_of(first), inquiry.call.today)


def _length_until(whole: Document, language: str) -> str:
    """Give the length of the first term in words where both its days are known and it is whole months."""
    length = stated_length(facts_of(whole))
    return long_length(str(length), language) if length and 0 < length.months <= _MOST_MONTHS else ""


def end_in_words(stands: Standing, language: str) -> str:
    """Give the last day, or the days between which it lies; nothing where it is not known."""
    if stands.ends_on is not None:
        return long_day(stands.ends_on, language)
    if stands.ends_from is None or stands.ends_to is None:
        return ""
    first, last = long_day(stands.ends_from, language), long_day(stands.ends_to, language)
    return translate("between {first} and {last}", language, first=first, last=last)


def derived_rows(inquiry: Inquiry, document: Document) -> Sequence[tuple[str, str]]:
    """Give what follows from the dates of an agreement on the day asked: status, running end, last day for notice."""
    language = inquiry.language
    stands = standing(facts_of(document), inquiry.call.today)
    rows = [(translate("Status", language), STATUSES.label(stands.status, language))]
    if end := end_in_words(stands, language):
        rows.append((translate("Ends", language), end))
    if stands.notice_by is not None:
        rows.append((translate("Notice by", language), long_day(stands.notice_by, language)))
    doubtful = translate("Doubtful", language)
    return [*rows, *((doubtful, doubt) for doubt in find_doubts(document, inquiry.call.today, language))]
