"""What was asked of agreements, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.catalogue import translate
from mou_cli.output.understood.part import Part, either, labels, names, period, public_part, word_part
from mou_cli.rules.wording import long_day
from mou_cli.vocabulary import AGREEMENT_TYPES, AREAS, PARTNER_TYPES, STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mou_cli.store.reader import Reader
    from mou_cli.views.agreement_filter import AgreementFilter


def agreement_parts(reader: Reader, wanted: AgreementFilter, language: str) -> Iterator[Part]:
    """Give what was asked for, in the order in which a sentence says it."""
    yield from _partners(reader, wanted, language)
    yield from _codes(wanted, language)
    yield from _belonging(reader, wanted, language)
    yield from _dates(wanted, language)
    yield from _notice(wanted, language)
    if wanted.unknown:
        yield Part(_unknown(wanted, language), ("unknown",), ("unknown",))
    yield from public_part(wanted.public, language)
    yield from word_part(wanted.words, language)


def _partners(reader: Reader, wanted: AgreementFilter, language: str) -> Iterator[Part]:
    if wanted.places:
        from mou_cli.output.understood.place import whereabouts  # only countries need their names

        countries = whereabouts(wanted.places, language)
        yield Part(translate("partners in {countries}", language, countries=countries), ("country",), ("places",))
    if wanted.regions:
        regions = either(wanted.regions, language)
        yield Part(translate("region {names}", language, names=regions), ("region",), ("regions",))
    if wanted.partner_types:
        types = labels(wanted.partner_types, PARTNER_TYPES, language)
        told = translate("type of partner {names}", language, names=types)
        yield Part(told, ("partner_type",), ("partner_types",))
    if wanted.partners:
        partners = names(reader, "institution", wanted.partners, language)
        yield Part(translate("with {names}", language, names=partners), ("partner",), ("partners",))
    if wanted.home:
        home = names(reader, "institution", [wanted.home], language)
        yield Part(translate("seen from {name}", language, name=home), ("home",), ("home",))


def _codes(wanted: AgreementFilter, language: str) -> Iterator[Part]:
    if wanted.types:
        types = labels(wanted.types, AGREEMENT_TYPES, language)
        yield Part(translate("type {names}", language, names=types), ("type",), ("types",))
    if wanted.areas:
        areas = labels(wanted.areas, AREAS, language)
        yield Part(translate("area {names}", language, names=areas), ("area",), ("areas",))
    if wanted.statuses:
        statuses = labels(wanted.statuses, STATUSES, language)
        yield Part(translate("status {names}", language, names=statuses), ("status",), ("statuses",))


def _belonging(reader: Reader, wanted: AgreementFilter, language: str) -> Iterator[Part]:
    if wanted.projects:
        projects = either(wanted.projects, language)
        yield Part(translate("project {names}", language, names=projects), ("project",), ("projects",))
    if wanted.units:
        units = either(wanted.units, language)
        yield Part(translate("unit {names}", language, names=units), ("unit",), ("units",))
    if wanted.event:
        event = names(reader, "event", [wanted.event], language)
        yield Part(translate("event {name}", language, name=event), ("event",), ("event",))


def _dates(wanted: AgreementFilter, language: str) -> Iterator[Part]:
    bounds = ("signed_from", "signed_to")
    if signed := period(wanted.signed_from, wanted.signed_to, language):
        yield Part(translate("signed {when}", language, when=signed), bounds, bounds)
    if wanted.ends_by:
        day = long_day(wanted.ends_by, language)
        yield Part(translate("ending by {day}", language, day=day), ("ends_by", "ends_within"), ("ends_by",))


def _notice(wanted: AgreementFilter, language: str) -> Iterator[Part]:
    if wanted.notice_by:
        day = long_day(wanted.notice_by, language)
        yield Part(translate("notice by {day} at the latest", language, day=day), ("notice_within",), ("notice_by",))
    if wanted.notice_missed:
        yield Part(translate("the day for notice missed", language), ("notice_missed",), ("notice_missed",))
    if wanted.lapsed:
        yield Part(translate("lapsed", language), ("lapsed",), ("lapsed",))


def _unknown(wanted: AgreementFilter, language: str) -> str:
    told = {
        "ends": translate("end not known", language),
        "starts": translate("start not known", language),
        "signed": translate("day of signature not known", language),
        "country": translate("country not known", language),
        "held": translate("day of the event not known", language),
        "responsible": translate("nobody responsible", language),
    }
    return ", ".join(told[name] for name in wanted.unknown)
