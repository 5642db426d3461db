"""Which agreements are asked for: what narrows them, as conditions on those that stand on a day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from mou_cli.rules.fold import sort_key
from mou_cli.rules.length import latest_end
from mou_cli.views.query import Conditions
from mou_cli.views.terms import STANDING, span_source, with_spans
from mou_cli.views.words import add_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from mou_cli.store.reader import Reader
    from mou_cli.views.choice import Place

    # Makes the condition that an agreement is in a source: by which of its columns, and under which condition.
    _Has = Callable[[str, str, str], str]

# What is not among them is active, in notice or unstated: it runs, for all that is known. Named by what they are not,
# statuses are no bait for the index of statuses, where that of days finds far fewer.
NOT_RUNNING = ("cancelled", "superseded", "terminated", "draft", "future", "expired")
# A status that many agreements have is bait for its index too, which fetches them out of their order. Written so, the
# spans are found by what else is asked.
UNINDEXED_STATUS: Final = "{}.status || ''"
# Another term follows by itself on the one that runs.
GOES_ON = "(s.goes_on = 1 AND s.ends_to >= :today)"
# A recorded renewal lets it go on after the term that runs: that term's end is none, and its notice is settled.
RENEWED: Final = "s.renewed_until_to IS NOT NULL"
# The last day for notice is over, none was given, and another term follows that nobody has decided on.
NOTICE_MISSED = f"""s.notice_by < :today AND s.status = 'active' AND {GOES_ON} AND NOT {RENEWED}
    AND COALESCE(s.decision, '') <> 'continue'"""
# Most ends are certain days, which an index finds; of the others, those are looked at that may end by then.
ENDS_ON_A_DAY: Final = "s.ends_on >= :today AND s.ends_on <= :ends_by"
ENDS_ABOUT_THEN: Final = "s.ends_on IS NULL AND s.ends_to >= :today AND s.ends_to <= :latest_end"
# Asked of each: a server goes through a list of them all for every agreement, where it is too long to be kept hashed.
REPLACED: Final = """EXISTS (SELECT 1 FROM agreement_link
    WHERE target = s.agreement AND kind IN ('renews', 'supersedes'))"""
# Nobody let it end, nor renewed it for nobody says how long, nor put another one in its place.
ABANDONED: Final = f"COALESCE(s.decision, '') NOT IN ('end', 'renewed') AND NOT {REPLACED}"
# The last term that is known is over, and nobody renewed, replaced or closed it: it expired, or nobody knows.
LAPSED: Final = f"s.status IN ('expired', 'unstated') AND s.ends_to < :today AND {ABANDONED}"
ENDS_UNKNOWN: Final = "s.ends_from IS NULL AND s.ends_why <> 'open'"
# Where the signature is recorded with its day, nobody knew of it before, as `rules.known` has it.
_SIGNED_AHEAD = """(a.signed_to > :today
    AND EXISTS (SELECT 1 FROM agreement_lifecycle WHERE agreement = a.key AND kind = 'signature'))"""


@dataclass(frozen=True)
class AgreementFilter:
    """What agreements are asked for; everything said narrows. A list means any of its values.

    `task` is one that carries them out, `home` a party, home or not, from which the others are partners.
    `title` is the whole of it, whatever its case and punctuation. Days are inclusive. A date known only to the month or
    year matches where it may fall inside. `notice_by`: the last day for notice comes no later, is not over, and none
    was given. `notice_missed`: it is over, and the agreement goes on by itself, which nobody decided. `lapsed`: the
    last term is over, and neither another agreement nor a decision is the reason. `public`: marked so.
    """

    key: str | None = None
    title: str | None = None
    places: tuple[Place, ...] = ()
    regions: tuple[str, ...] = ()
    partner_types: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    home: str | None = None
    types: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    event: str | None = None
    task: str | None = None
    signed_from: date | None = None
    signed_to: date | None = None
    ends_by: date | None = None
    notice_by: date | None = None
    notice_missed: bool = False
    lapsed: bool = False
    unknown: tuple[str, ...] = ()
    public: bool = False
    words: str | None = None


def agreement_source(reader: Reader, today: date) -> str:
    """Give what to select agreements `a` from, with every span `s` of each; the conditions keep the one of the day."""
    return with_spans(span_source(reader, today))


def counting_source(spans: str, wanted: AgreementFilter) -> str:
    """Give the same where no more is wanted than keys or their number: spans `s` alone if all that is asked is theirs.

    To look the agreement up for each takes half of the time.
    """
    others = replace(wanted, statuses=(), ends_by=None, notice_by=None, notice_missed=False, lapsed=False)
    if others in (AgreementFilter(), AgreementFilter(unknown=("ends",))):
        return f"{spans} s"
    return with_spans(spans)


def agreement_conditions(
    reader: Reader,
    wanted: AgreementFilter,
    today: date,
    *,
    in_order: bool = False,
    certain_ends: bool | None = None,
) -> Conditions:
    """Give the conditions on `agreement_source` for the agreements that are asked for, as they stand on a day.

    With `in_order` each agreement is asked for what it has, in the order in which they come; else those that have it
    are looked up first. `certain_ends`: of those that end by a day, only those of which one day is known, or only the
    others.
    """
    conditions = Conditions()
    has = _has_in_order if in_order else _has
    conditions.add(STANDING, today=today.isoformat())
    if wanted.key is not None:
        conditions.add("a.key = :key", key=wanted.key)
    if wanted.title is not None:
        conditions.add("a.sort = :title", title=sort_key(wanted.title))
    conditions.add_one_of("a.type", "type", wanted.types)
    status = UNINDEXED_STATUS.format("s") if in_order or _finds_few(wanted) else "s.status"
    conditions.add_one_of(status, "status", wanted.statuses)
    conditions.add_one_of("a.project", "project", wanted.projects)
    conditions.add_one_of("a.unit", "unit", wanted.units)
    if wanted.areas:
        areas = conditions.one_of("r.area", "area", wanted.areas)
        conditions.add(has("agreement_area r", "r.agreement", areas))
    if wanted.event is not None:
        conditions.add("a.event = :event", event=wanted.event)
    if wanted.task is not None:
        conditions.add(has("task_agreement c", "c.agreement", "c.task = :task"), task=wanted.task)
    if wanted.home is not None:
        conditions.add(has("agreement_party h", "h.agreement", "h.institution = :home"), home=wanted.home)
    if wanted.public:
        conditions.add("a.public = 1")
    # In an OR a list is no join: where it is too long to be kept hashed, a server goes through it for each agreement.
    _partner_conditions(conditions, wanted, has, has if reader.dialect == "sqlite" else _has_in_order)
    _date_conditions(conditions, wanted, certain_ends)
    _unknown_conditions(conditions, wanted)
    add_words(conditions, reader, "agreement", "a.key", wanted.words, in_order=in_order)
    return conditions


def _finds_few(wanted: AgreementFilter) -> bool:
    """Say whether agreements are found by their key, or by an index that is better than that of statuses."""
    of_partners = (wanted.home, wanted.places, wanted.partner_types, wanted.partners)
    of_days = (wanted.ends_by, wanted.notice_by)
    return any((*of_partners, *of_days, wanted.areas, wanted.words, wanted.task, wanted.event, wanted.projects))


def _has(source: str, agreement: str, condition: str) -> str:
    return f"a.key IN (SELECT {agreement} FROM {source} WHERE {condition})"


def _has_in_order(source: str, agreement: str, condition: str) -> str:
    return f"EXISTS (SELECT 1 FROM {source} WHERE {agreement} = a.key AND {condition})"


def _partner_conditions(conditions: Conditions, wanted: AgreementFilter, has: _Has, has_in_or: _Has) -> None:
    def with_partner(has: _Has, asked: list[str]) -> str:
        whole = " AND ".join([*asked, is_partner(wanted.home)])
        return has("institution i JOIN agreement_party p ON p.institution = i.key", "p.agreement", whole)

    asked = partner_fragments(conditions, wanted.places, wanted.partner_types, wanted.partners)
    if wanted.regions:
        regions = conditions.one_of("i.region", "region", wanted.regions)
        own = conditions.one_of("a.region", "own_region", wanted.regions)
        conditions.add(f"({own} OR {with_partner(has_in_or, [regions])})")
    if "country" in wanted.unknown:
        asked.append("i.country IS NULL")
    if asked:
        # One and the same partner has all that is asked of partners.
        conditions.add(with_partner(has, asked))


def partner_fragments(
    conditions: Conditions, places: tuple[Place, ...], types: tuple[str, ...], keys: tuple[str, ...]
) -> list[str]:
    """Give a fragment for each thing that is asked of an institution `i`: where it is, what it is, which it is."""
    asked = [place_condition(conditions, places)] if places else []
    asked += [conditions.one_of("i.type", "partner_type", types)] if types else []
    asked += [conditions.one_of("i.key", "partner", keys)] if keys else []
    return asked


def place_condition(conditions: Conditions, places: tuple[Place, ...]) -> str:
    """Give the fragment that an institution `i` is in one of the places."""
    countries = [place.country for place in places if place.country]
    territories = [place.territory for place in places if place.territory]
    fragments = []
    if countries:
        fragments.append(conditions.one_of("i.country", "country", countries))
    if territories:
        fragments.append(conditions.one_of("i.territory", "territory", territories))
    return f"({' OR '.join(fragments)})"


def is_partner(home: str | None) -> str:
    """Give the fragment that the institution `i` of a party `p` is a partner; `:home` is the one that looks, if any."""
    # Seen from a home, every other party is a partner. Else a home is one only where all parties are homes.
    if home is not None:
        return "i.key <> :home"
    return """(i.home = 0 OR NOT EXISTS (SELECT 1 FROM agreement_party q JOIN institution j ON j.key = q.institution
        WHERE q.agreement = p.agreement AND j.home = 0))"""


def _date_conditions(conditions: Conditions, wanted: AgreementFilter, certain_ends: bool | None) -> None:  # noqa: FBT001 - both, or a half
    if wanted.signed_from is not None or wanted.signed_to is not None:
        conditions.add(f"NOT {_SIGNED_AHEAD}")
    if wanted.signed_from is not None:
        conditions.add("a.signed_to >= :signed_from", signed_from=wanted.signed_from.isoformat())
    if wanted.signed_to is not None:
        conditions.add("a.signed_from <= :signed_to", signed_to=wanted.signed_to.isoformat())
    if wanted.ends_by is not None:
        several = f"{ENDS_ABOUT_THEN} AND s.ends_from <= :ends_by"
        conditions.parameters["ends_by"] = wanted.ends_by.isoformat()
        if certain_ends is not True:
            conditions.parameters["latest_end"] = latest_end(wanted.ends_by).isoformat()
        conditions.add({True: ENDS_ON_A_DAY, False: several, None: f"({ENDS_ON_A_DAY} OR {several})"}[certain_ends])
        conditions.add(f"NOT {conditions.one_of('s.status', 'over', NOT_RUNNING)}")
    if wanted.notice_by is not None:
        conditions.add("s.notice_by >= :today AND s.notice_by <= :notice_by", notice_by=wanted.notice_by.isoformat())
        conditions.add(f"NOT {conditions.one_of('s.status', 'told', (*NOT_RUNNING, 'in-notice'))}")
    if wanted.notice_missed:
        conditions.add(NOTICE_MISSED)
    if wanted.lapsed:
        conditions.add(LAPSED)


def _unknown_conditions(conditions: Conditions, wanted: AgreementFilter) -> None:
    fragments = {
        "ends": ENDS_UNKNOWN,
        "starts": f"""(a.starts IS NULL OR substr(a.starts, 1, 2) = '--'
            OR (a.starts = 'signed' AND (a.signed_from IS NULL OR {_SIGNED_AHEAD})))""",
        "signed": f"(a.signed_from IS NULL OR {_SIGNED_AHEAD})",
        "responsible": "a.responsible IS NULL",
        "held": "a.event IN (SELECT key FROM event WHERE held_from IS NULL)",
    }
    for name in wanted.unknown:
        if name in fragments:
            conditions.add(fragments[name])
