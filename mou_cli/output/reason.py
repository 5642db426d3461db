"""The reasons of an agreement's dates in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mou_cli.catalogue import translate
from mou_cli.output.days_left import NOTICE_SOON_DAYS, long_days_left, tone_of_days
from mou_cli.output.section import Item, Part, item
from mou_cli.rules.wording import long_date, long_interval, long_length, times
from mou_cli.vocabulary import RENEWALS, STATUSES, CodeList

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Said = dict[str, Any]

TOPICS: Final = CodeList(
    "topic of a date",
    {
        "signed": "Signed",
        "starts": "Starts",
        "stopped": "Stopped",
        "ends": "Ends",
        "renewal": "Renewal",
        "notice": "Notice",
    },
)


def reason_items(reasons: list[Said], language: str) -> Iterator[Item]:
    """Give an item for every reason, as `explain` gives them with topic and code among their values."""
    for reason in reasons:
        told = _SAY[reason["topic"]](reason, language)
        yield item(TOPICS.label(reason["topic"], language), Part(told, _tone(reason)))


def _tone(reason: Said) -> str:
    days = reason.get("days", -1)
    return tone_of_days(days, NOTICE_SOON_DAYS) if reason["topic"] == "notice" and days >= 0 else ""


def _signed(reason: Said, language: str) -> str:
    return _date(reason["date"], language)


def _starts(reason: Said, language: str) -> str:
    if reason["code"] == "stated":
        return _date(reason["date"], language)
    if "date" not in reason:
        return translate("in effect from signature, the day of which is not known", language)
    return translate("{date}, in effect from signature", language, date=_date(reason["date"], language))


def _stopped(reason: Said, language: str) -> str:
    label = STATUSES.label(reason["code"], language)
    return f"{label}, {_date(reason['date'], language)}" if "date" in reason else label


def _ends(reason: Said, language: str) -> str:
    code = reason["code"]
    if code in {"renewed", "extended", "extended-until"}:
        return _renewed(reason, language)
    if code == "terminated":
        return _terminated(reason, language)
    if code == "amended":
        days, on = _days(reason, language), _date(reason["on"], language)
        return translate("{date}: as amended ({on})", language, date=days, on=on)
    return _first_end(reason, language) if _days(reason, language) else _no_end(reason, language)


def _first_end(reason: Said, language: str) -> str:
    code, days = reason["code"], _days(reason, language)
    if code == "computed" and "length" in reason:
        length = long_length(reason["length"], language)
        return translate("{date}: {length} from the first day", language, date=days, length=length)
    if code == "limit":
        return translate("{date}: no renewal goes beyond it", language, date=days)
    return translate("{date}, as stated", language, date=days) if code == "stated" else days


def _no_end(reason: Said, language: str) -> str:
    if reason["code"] == "start-unknown":
        length = long_length(reason["length"], language)
        return translate("not known: the start is not known (term {length})", language, length=length)
    is_open = reason["code"] == "open"
    return translate("no end", language) if is_open else translate("not known: no end is stated", language)


def _renewed(reason: Said, language: str) -> str:
    days, number = _days(reason, language), times(reason["times"], language)
    if reason["code"] == "renewed":
        length = long_length(reason["length"], language)
        return translate(
            "{date}: renewed by itself {times}, by {length}", language, date=days, times=number, length=length
        )
    if reason["code"] == "extended":
        return translate("{date}: extended {times}", language, date=days, times=number)
    on = _date(reason["on"], language)
    return translate("{date}: extended {times}; last renewal: {on}", language, date=days, times=number, on=on)


def _terminated(reason: Said, language: str) -> str:
    date = _date(reason["date"], language)
    if "first" not in reason:
        return translate("{date}: terminated", language, date=date)
    whole = long_interval(reason["first"], reason["last"], language)
    return translate("{date}: terminated before the end of the term ({end})", language, date=date, end=whole)


def _renewal(reason: Said, language: str) -> str:
    code = reason["code"]
    if code == "noticed":
        on = _date(reason["on"], language)
        return translate("none: notice was given ({date})", language, date=on)
    if code == "noticed-late":
        on, days = _date(reason["on"], language), long_interval(reason["first"], reason["last"], language)
        return translate("once more, until {date}: notice was given late ({on})", language, date=days, on=on)
    if code == "recorded":
        if "first" not in reason:
            return translate("recorded: goes on, and nothing says until when", language)
        days = long_interval(reason["first"], reason["last"], language)
        return translate("recorded: goes on until {date}", language, date=days)
    return _foreseen(reason, language) if code in {"tacit", "express"} else _no_renewal(reason, language)


def _no_renewal(reason: Said, language: str) -> str:
    code = reason["code"]
    if code == "limit":
        return translate("none after this: not beyond {date}", language, date=_date(reason["until"], language))
    if code == "used-up":
        return translate("none after this: at most {times}", language, times=times(reason["times"], language))
    if code == "unconfirmed":
        return translate("it had to be confirmed, and no confirmation is recorded", language)
    return RENEWALS.label(code, language)


def _foreseen(reason: Said, language: str) -> str:
    is_tacit, length = reason["code"] == "tacit", reason.get("length")
    if length and is_tacit:
        told = translate(
            "renews itself by {length} unless notice is given", language, length=long_length(length, language)
        )
    elif length:
        told = translate("by {length}, only if it is confirmed", language, length=long_length(length, language))
    elif is_tacit:
        told = translate("renews itself unless notice is given; for how long is not stated", language)
    else:
        told = translate("only if it is confirmed", language)
    if "times" in reason:
        most = translate("at most {times} more", language, times=times(reason["times"], language))
        told += f"; {most}"
    if "until" in reason:
        limit = translate("not beyond {date}", language, date=_date(reason["until"], language))
        told += f"; {limit}"
    return told


def _notice(reason: Said, language: str) -> str:
    if reason["code"] == "given":
        return translate("given: {date}", language, date=_date(reason["on"], language))
    if reason["code"] == "academic-year":
        rule = translate("a full academic year before the end", language)
    else:
        rule = translate("{length} before the end", language, length=long_length(reason["length"], language))
    if "date" not in reason:
        return rule
    by = translate("by {date} ({rule})", language, date=_date(reason["date"], language), rule=rule)
    return f"{by}; {long_days_left(reason['days'], language)}"


def _date(stored: str, language: str) -> str:
    date = long_date(stored, language)
    return translate("{date}, the year is not known", language, date=date) if stored.startswith("--") else date


def _days(reason: Said, language: str) -> str:
    if "first" in reason:
        return long_interval(reason["first"], reason["last"], language)
    return _date(reason["date"], language) if "date" in reason else ""


_SAY: Final[dict[str, Callable[[Said, str], str]]] = {
    "signed": _signed,
    "starts": _starts,
    "stopped": _stopped,
    "ends": _ends,
    "renewal": _renewal,
    "notice": _notice,
}
