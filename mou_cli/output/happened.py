"""What a fact of an agreement's life says, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.catalogue import translate
from mou_cli.output.kind import length_in_words
from mou_cli.rules.wording import long_date, long_length
from mou_cli.vocabulary import RENEWAL_FORMS, RENEWALS, REVIEW_OUTCOMES

if TYPE_CHECKING:
    from mou_cli.output.column import Row


def changes_in_words(fact: Row, language: str) -> str:
    """Give what a fact says anew: how long, in which form, what holds instead, what came of a review."""
    told = [REVIEW_OUTCOMES.label(fact["outcome"], language)] if fact.get("outcome") else []
    if fact.get("term"):
        told.append(long_length(fact["term"], language))
    if fact.get("form"):
        told.append(RENEWAL_FORMS.label(fact["form"], language))
    if fact.get("renewal"):
        told.append(translate("renewal {how}", language, how=RENEWALS.label(fact["renewal"], language)))
    if fact.get("renewal_term"):
        length = long_length(fact["renewal_term"], language)
        told.append(translate("renewed by {length}", language, length=length))
    if fact.get("notice"):
        told.append(translate("notice {length}", language, length=length_in_words(fact["notice"], language)))
    if fact.get("review"):
        told.append(translate("next review {date}", language, date=long_date(fact["review"], language)))
    return ", ".join(told)
