"""What is unlikely of a record's dates, though it can be: said where somebody types them, and never refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mou_cli.catalogue import translate
from mou_cli.rules.date import first_day, interval
from mou_cli.rules.timing import read_timing
from mou_cli.rules.wording import long_date
from mou_cli.vocabulary import TimingKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

DOUBTED = ("signed", "starts", "ends", "terminated")
# A slip of the finger rather than an agreement of a university of today.
_LONG_AGO = 1900


def find_task_doubts(task: dict[str, Any], changed: set[str], today: date, language: str) -> Iterator[str]:
    """Give a sentence for every field among the changed that does not say what it should."""
    done, timing = interval(task.get("done")), task.get("timing")
    if "done" in changed and done and done[0] > today:
        day = long_date(task["done"], language)
        yield translate("the day on which it was done, {day}, is still to come", language, day=day)
    if "timing" in changed and timing and read_timing(timing, task["year"]).kind is TimingKind.NONE:
        yield translate('the timing "{timing}" is not understood: the task has no deadline', language, timing=timing)


def find_doubts(agreement: dict[str, Any], today: date, language: str) -> Iterator[str]:
    """Give a sentence for every date that certainly lies where it seldom does; what may fit is not doubted."""
    dates = agreement | {"starts": first_day(agreement.get("starts"), agreement.get("signed"))}
    signed, starts, ends, terminated = spans = [interval(dates.get(name)) for name in DOUBTED]

    def day(name: str) -> str:
        return long_date(dates[name], language)

    old = {day(name): None for name, span in zip(DOUBTED, spans, strict=True) if span and span[1].year < _LONG_AGO}
    for told in old:
        yield translate("{day} is before the year {year}", language, day=told, year=_LONG_AGO)
    if signed and signed[0] > today:
        yield translate("the day of signature, {day}, is still to come", language, day=day("signed"))
    if signed and ends and signed[0] > ends[1]:
        yield translate(
            "the day of signature, {signed}, comes after the end, {ends}",
            language,
            signed=day("signed"),
            ends=day("ends"),
        )
    if starts and terminated and terminated[1] < starts[0]:
        yield translate(
            "the day of termination, {terminated}, comes before the first day, {starts}",
            language,
            terminated=day("terminated"),
            starts=day("starts"),
        )
