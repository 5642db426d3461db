"""The options that narrow agreements, the same for every command that works on some of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from mou_cli.commands.option import Named, Values, option
from mou_cli.errors import UsageError
from mou_cli.rules.complaint import NotUnderstood
from mou_cli.rules.date import interval, read_date
from mou_cli.rules.length import Length, add, read_length
from mou_cli.views.agreement_filter import AgreementFilter
from mou_cli.views.choice import choose_code, choose_institution, choose_place, choose_record, choose_values
from mou_cli.vocabulary import AGREEMENT_TYPES, AREAS, PARTNER_TYPES, STATUSES, CodeList

if TYPE_CHECKING:
    from collections.abc import Collection

    from mou_cli.commands.invocation import Invocation
    from mou_cli.commands.option import Option
    from mou_cli.store.reader import Reader


def unknown_option(known: Collection[str]) -> Option:
    """Give the option for what is not to be known, one of these or several."""
    told = f"What is not known: {', '.join(known)}."
    return option("--unknown", told, many=True, metavar="WHAT", complete=tuple(known))


UNKNOWN = ("ends", "starts", "signed", "country", "held", "responsible")
FILTERS = (
    option(
        "--country",
        "Country or territory of a partner, by any name or code.",
        many=True,
        metavar="NAME",
        complete=Named.COUNTRY,
    ),
    option(
        "--region", "Region of a partner, as the register has it.", many=True, metavar="NAME", complete=Named.REGION
    ),
    option("--partner-type", "Type of a partner.", many=True, metavar="TYPE", complete=PARTNER_TYPES),
    option("--partner", "A partner, by any name.", many=True, metavar="NAME", complete=Named.INSTITUTION),
    option("--home", "Seen from one home: everybody else is a partner.", metavar="NAME", complete=Named.HOME),
    option("--type", "Type of agreement.", many=True, metavar="TYPE", complete=AGREEMENT_TYPES),
    option("--area", "Area of co-operation.", many=True, metavar="AREA", complete=AREAS),
    option("--status", "How the agreement stands on the day asked.", many=True, metavar="STATUS", complete=STATUSES),
    option("--project", "Project the agreement belongs to.", metavar="NAME", complete=Named.PROJECT),
    option("--event", "Event at which it was made.", metavar="NAME", complete=Named.EVENT),
    option("--unit", "Unit that is in charge.", metavar="NAME", complete=Named.UNIT),
    option("--signed-from", "Signed on this day or later.", metavar="DATE"),
    option("--signed-to", "Signed on this day or earlier.", metavar="DATE"),
    option("--ends-by", "The running term ends on this day or earlier.", metavar="DATE"),
    option("--ends-within", "The running term ends within a time, such as 90d, 6m, 1y.", metavar="LENGTH"),
    option("--notice-within", "The last day for notice comes within a time, such as 90d.", metavar="LENGTH"),
    option(
        "--notice-missed",
        "The last day for notice is over, so that it renews itself, which nobody decided.",
        switch=True,
    ),
    option("--lapsed", "Its term is over, and nothing renews, supersedes or ends it.", switch=True),
    unknown_option(UNKNOWN),
)


def choose_filter(reader: Reader, wanted: Values, today: date, words: list[str] | None = None) -> AgreementFilter:
    """Understand the options: names become codes and keys. Raises UsageError, NotFound or Conflict."""
    return AgreementFilter(
        places=tuple(choose_place(reader, text) for text in wanted.get("country", ())),
        regions=choose_named(reader, "region", wanted.get("region", ())),
        partner_types=choose_codes(PARTNER_TYPES, wanted.get("partner_type", ())),
        partners=tuple(choose_institution(reader, text) for text in wanted.get("partner", ())),
        home=choose_institution(reader, wanted["home"], homes=True) if "home" in wanted else None,
        types=choose_codes(AGREEMENT_TYPES, wanted.get("type", ())),
        areas=choose_codes(AREAS, wanted.get("area", ())),
        statuses=choose_codes(STATUSES, wanted.get("status", ())),
        projects=choose_named(reader, "project", _one(wanted, "project")),
        units=choose_named(reader, "unit", _one(wanted, "unit")),
        event=choose_record(reader, "event", wanted["event"]) if "event" in wanted else None,
        signed_from=read_bound(wanted, "signed_from", today, last=False),
        signed_to=read_bound(wanted, "signed_to", today, last=True),
        ends_by=_ends_by(wanted, today),
        notice_by=read_ahead(wanted, "notice_within", today),
        notice_missed=bool(wanted.get("notice_missed")),
        lapsed=bool(wanted.get("lapsed")),
        unknown=read_unknown(wanted, UNKNOWN),
        public=bool(wanted.get("public")),
        words=" ".join(words) if words else None,
    )


def _one(wanted: Values, name: str) -> list[str]:
    return [wanted[name]] if name in wanted else []


def choose_named(reader: Reader, what: str, texts: list[str]) -> tuple[str, ...]:
    """Give what the register has of a thing, such as regions, that texts name. Raises NotFound."""
    return tuple(value for text in texts for value in choose_values(reader, what, text))


def choose_codes(codes: CodeList, texts: list[str]) -> tuple[str, ...]:
    """Give the codes that texts name. Raises UsageError or Conflict."""
    return tuple(choose_code(text, codes) for text in texts)


def read_unknown(wanted: Values, known: Collection[str]) -> tuple[str, ...]:
    """Read what is not to be known. Raises UsageError for what is none of `known`."""
    texts = tuple(wanted.get("unknown", ()))
    for text in texts:
        if text not in known:
            raise UsageError(f"--unknown: {text!r} is none of {', '.join(known)}")
    return texts


def read_bound(wanted: Values, name: str, today: date, *, last: bool) -> date | None:
    """Read a bound: of a month or year its first day, or with `last` its last day. Raises UsageError."""
    if name not in wanted:
        return None
    flag = "--" + name.replace("_", "-")
    try:
        days = interval(read_date(wanted[name], today))
    except NotUnderstood as error:
        raise UsageError(f"{flag}: {error}") from error
    if days is None:
        raise UsageError(f"{flag}: {wanted[name]!r} has no year")
    return days[1] if last else days[0]


def read_ahead(wanted: Values, name: str, today: date) -> date | None:
    """Read a length of time as the day it reaches, counted from today. Raises UsageError."""
    if name not in wanted:
        return None
    length = read_span(wanted[name], f"--{name.replace('_', '-')}")
    return add(today, length.months, length.days)


def read_span(text: str, place: str) -> Length:
    """Read a length of time that stands at a place. Raises UsageError."""
    try:
        return read_length(text)
    except NotUnderstood as error:
        raise UsageError(f"{place}: {error}") from error


def read_lead(call: Invocation, what: str) -> Length:
    """Read how long before its day a thing is told of, a task or a type of agreement. Raises UsageError."""
    found = call.setting(f"lead.{what}")
    return read_span(found.value or "", found.place)


def _ends_by(wanted: Values, today: date) -> date | None:
    bounds = (read_bound(wanted, "ends_by", today, last=True), read_ahead(wanted, "ends_within", today))
    return min((bound for bound in bounds if bound is not None), default=None)
