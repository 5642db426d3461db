"""What was asked of agreements, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.catalogue import translate
from mou_cli.output.understood.part import Part, either, labels, names, parts_of, period, public_part, word_part
from mou_cli.rules.wording import long_day
from mou_cli.vocabulary import AGREEMENT_TYPES, AREAS, PARTNER_TYPES, STATUSES

if TYPE_CHECKING:
    from mou_cli.store.reader import Reader
    from mou_cli.views.agreement_filter import AgreementFilter


def agreement_parts(reader: Reader, wanted: AgreementFilter, language: str) -> list[Part]:
    """Give what was asked for, in the order in which a sentence says it."""
    return parts_of(
        _countries(wanted, language),
        _regions(wanted, language),
        *_partners(reader, wanted, language),
        *_codes(wanted, language),
        *_belonging(reader, wanted, language),
        *_dates(wanted, language),
        _unknown(wanted, language),
        public_part(wanted.public, language),
        word_part(wanted.words, language),
    )


def _countries(wanted: AgreementFilter, language: str) -> Part | None:
    if not wanted.places:
        return None
    from mou_cli.output.understood.place import whereabouts  # only countries need their names

    told = translate("partners in {countries}", language, countries=whereabouts(wanted.places, language))
    return Part(told, ("country",), ("places",))


def _regions(wanted: AgreementFilter, language: str) -> Part | None:
    if not wanted.regions:
        return None
    told = translate("region {names}", language, names=either(wanted.regions, language))
    return Part(told, ("region",), ("regions",))


def _partners(reader: Reader, wanted: AgreementFilter, language: str) -> list[Part | None]:
    types = labels(wanted.partner_types, PARTNER_TYPES, language) if wanted.partner_types else ""
    partners = names(reader, "institution", wanted.partners, language) if wanted.partners else ""
    home = names(reader, "institution", [wanted.home], language) if wanted.home else ""
    return [
        Part(translate("type of partner {names}", language, names=types), ("partner_type",), ("partner_types",))
        if types
        else None,
        Part(translate("with {names}", language, names=partners), ("partner",), ("partners",)) if partners else None,
        Part(translate("seen from {name}", language, name=home), ("home",), ("home",)) if home else None,
    ]


def _codes(wanted: AgreementFilter, language: str) -> list[Part | None]:
    types = labels(wanted.types, AGREEMENT_TYPES, language) if wanted.types else ""
    areas = labels(wanted.areas, AREAS, language) if wanted.areas else ""
    statuses = labels(wanted.statuses, STATUSES, language) if wanted.statuses else ""
    return [
        Part(translate("type {names}", language, names=types), ("type",), ("types",)) if types else None,
        Part(translate("area {names}", language, names=areas), ("area",), ("areas",)) if areas else None,
        Part(translate("status {names}", language, names=statuses), ("status",), ("statuses",)) if statuses else None,
    ]


def _belonging(reader: Reader, wanted: AgreementFilter, language: str) -> list[Part | None]:
    projects = either(wanted.projects, language) if wanted.projects else ""
    units = either(wanted.units, language) if wanted.units else ""
    event = names(reader, "event", [wanted.event], language) if wanted.event else ""
    return [
        Part(translate("project {names}", language, names=projects), ("project",), ("projects",)) if projects else None,
        Part(translate("unit {names}", language, names=units), ("unit",), ("units",)) if units else None,
        Part(translate("event {name}", language, name=event), ("event",), ("event",)) if event else None,
    ]


def _dates(wanted: AgreementFilter, language: str) -> list[Part | None]:
    signed = period(wanted.signed_from, wanted.signed_to, language)
    ends = long_day(wanted.ends_by, language) if wanted.ends_by else ""
    bounds = ("signed_from", "signed_to")
    return [
        Part(translate("signed {when}", language, when=signed), bounds, bounds) if signed else None,
        Part(translate("ending by {day}", language, day=ends), ("ends_by", "ends_within"), ("ends_by",))
        if ends
        else None,
        *_notice(wanted, language),
    ]


def _notice(wanted: AgreementFilter, language: str) -> list[Part | None]:
    day = long_day(wanted.notice_by, language) if wanted.notice_by else ""
    return [
        Part(translate("notice by {day} at the latest", language, day=day), ("notice_within",), ("notice_by",))
        if day
        else None,
        Part(translate("the day for notice missed", language), ("notice_missed",), ("notice_missed",))
        if wanted.notice_missed
        else None,
        Part(translate("lapsed", language), ("lapsed",), ("lapsed",)) if wanted.lapsed else None,
    ]


def _unknown(wanted: AgreementFilter, language: str) -> Part | None:
    if not wanted.unknown:
        return None
    told = {
        "ends": translate("end not known", language),
        "starts": translate("start not known", language),
        "signed": translate("day of signature not known", language),
        "country": translate("country not known", language),
        "held": translate("day of the event not known", language),
        "responsible": translate("nobody responsible", language),
    }
    return Part(", ".join(told[name] for name in wanted.unknown), ("unknown",), ("unknown",))
