"""Every view, asked in every way that it can be asked: what two databases must answer alike."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from mou_cli.fields.nouns import SHAPES
from mou_cli.settings import EVIDENCE
from mou_cli.views import (
    acceptance,
    agenda,
    agenda_filter,
    agreement,
    agreement_document,
    agreement_filter,
    agreement_page,
    check_agreement,
    check_institution,
    check_value,
    choice,
    country,
    document,
    event,
    history,
    institution,
    known,
    name,
    overview,
    plan,
    query,
    reference,
    search,
    stats,
    tally,
    task,
    terms,
    value,
    words,
)
from mou_cli.views.agenda_filter import AgendaFilter, Lead
from mou_cli.views.agreement_document import DocumentFilter
from mou_cli.views.agreement_filter import AgreementFilter
from mou_cli.views.choice import Place
from mou_cli.views.event import EventFilter
from mou_cli.views.institution import InstitutionFilter
from mou_cli.views.party import Parties, partner_condition
from mou_cli.views.plan import PlanFilter
from mou_cli.views.query import Conditions, rows_of_lists, values_of_lists
from mou_cli.views.task import TaskFilter
from tests.views.journals import of_journals
from tests.views.question import Question
from tests.views.question import question as _question
from tests.views.wholes import of_wholes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mou_cli.fields.shape import Shape
    from mou_cli.store.reader import Reader

DAY = date(2025, 6, 10)
# Forty years after the registers were written: endless terms are not stored so far.
LATE = date(2066, 11, 22)
DAYS = (DAY, LATE)
WORDS = (
    *("univ", "universitet xezer", "UNIVERSITY of", "Əlaqə", "Київ", "東京大学", "100", "kyivs uni", "qeyd", "isle"),
    *("%", "_", "'", '"', "*", "a* OR b", "NEAR(x y)", ":x", "\\", "[100%]", "", "-", "NOT univ", "& | ! <->", "()"),
    *("university " * 500, "x" * 5000, " ".join(f"w{n}" for n in range(2000))),
)


AGREEMENT_FILTERS = (
    AgreementFilter(),
    AgreementFilter(key="whole"),
    AgreementFilter(key="absent"),
    *(AgreementFilter(title=title) for title in ("DAXİLİ  saziş!", "", "absent")),
    AgreementFilter(places=(Place(country="NO"),)),
    AgreementFilter(places=(Place(country="XK"), Place(country="EU"))),
    AgreementFilter(places=(Place(territory="North Cyprus (100%)"), Place(country="UA"))),
    AgreementFilter(places=(Place(country="AZ"),), home="Home-B"),
    AgreementFilter(regions=("Nordic",)),
    AgreementFilter(regions=("Isles_%", "Caucasus")),
    AgreementFilter(partner_types=("research-institute", "company")),
    AgreementFilter(partners=("oslo", "home_a")),
    AgreementFilter(partners=("isle.1",), places=(Place(country="CY"),), partner_types=("university",)),
    AgreementFilter(home="home_a"),
    AgreementFilter(home="khazar", unknown=("country",)),
    AgreementFilter(types=("memorandum", "contract")),
    AgreementFilter(areas=("joint-research", "joint-events")),
    *(AgreementFilter(statuses=(status,)) for status in ("active", "expired", "future", "unstated", "in-notice")),
    AgreementFilter(statuses=("draft", "terminated", "cancelled", "superseded")),
    AgreementFilter(projects=("PICASP [2]",)),
    AgreementFilter(units=("Law_%", "Law")),
    AgreementFilter(event="fair"),
    AgreementFilter(task="now/1"),
    AgreementFilter(signed_from=date(2020, 6, 1)),
    AgreementFilter(signed_to=date(2020, 6, 1)),
    AgreementFilter(signed_from=date(2024, 5, 2), signed_to=date(2024, 5, 2)),
    AgreementFilter(ends_by=date(2026, 12, 31)),
    AgreementFilter(ends_by=date(2067, 12, 31), types=("memorandum",)),
    *(AgreementFilter(notice_by=day) for day in (date(2026, 12, 31), date(2067, 12, 31))),
    AgreementFilter(notice_missed=True),
    AgreementFilter(lapsed=True),
    *(AgreementFilter(unknown=(what,)) for what in ("ends", "starts", "signed", "country", "held", "responsible")),
    AgreementFilter(unknown=("ends", "starts", "signed")),
    AgreementFilter(public=True),
    *(AgreementFilter(words=words) for words in WORDS),
)
INSTITUTION_FILTERS = (
    InstitutionFilter(),
    InstitutionFilter(key="isle1"),
    InstitutionFilter(parent="Ministry"),
    InstitutionFilter(places=(Place(country="CY"), Place(territory="North Cyprus"))),
    InstitutionFilter(regions=("Isles_%", "Nordic")),
    InstitutionFilter(types=("university",)),
    InstitutionFilter(homes=True),
    InstitutionFilter(homes=False),
    InstitutionFilter(unknown=("country", "type")),
    InstitutionFilter(public=True),
    *(InstitutionFilter(words=words) for words in WORDS),
)
DOCUMENT_FILTERS = (
    DocumentFilter(),
    DocumentFilter(agreements=("whole", "tacit")),
    DocumentFilter(kinds=("signed-original", "press")),
    DocumentFilter(languages=("en",)),
    DocumentFilter(public=True),
    DocumentFilter(public=False),
    DocumentFilter(missing=True),
)
EVENT_FILTERS = (
    EventFilter(),
    EventFilter(key="fair"),
    EventFilter(host="Home-B"),
    EventFilter(institution="home_a"),
    EventFilter(institution="oslo"),
    EventFilter(held_from=date(2024, 5, 2)),
    EventFilter(held_to=date(2024, 5, 1)),
    EventFilter(unknown=("held",)),
    EventFilter(public=True),
    *(EventFilter(words=words) for words in WORDS),
)
PLAN_FILTERS = (
    PlanFilter(),
    PlanFilter(key="now"),
    PlanFilter(year=2025),
    PlanFilter(owner="home_a"),
    PlanFilter(open=True),
    PlanFilter(open=False),
    *(PlanFilter(words=words) for words in WORDS),
)
MAY = {"due_from": date(2025, 5, 1), "due_to": date(2025, 5, 31)}
WINDOWS: tuple[dict[str, Any], ...] = (
    MAY,
    {"due_from": date(2025, 12, 1)},
    {"due_to": date(2025, 6, 30)},
    *({"due_month": month} for month in (1, 2, 5, 7, 12)),
)
TASK_FILTERS = (
    TaskFilter(),
    TaskFilter(plan="now"),
    TaskFilter(key="now/9.1"),
    TaskFilter(number="2"),
    *(TaskFilter(executor=name) for name in ("celil", "CƏLİL FƏR", "100%", "əli_v", "%", "_", "e" * 999, "şöbə")),
    *(TaskFilter(code=code) for code in ("4.2", "4.2.1", "4", "4.", "%")),
    TaskFilter(agreement="whole"),
    TaskFilter(partner="isle-1"),
    TaskFilter(year=2026),
    TaskFilter(statuses=("done", "dropped")),
    TaskFilter(open_plans=True),
    *(TaskFilter(**window) for window in WINDOWS),
    *(TaskFilter(running=True, **window) for window in WINDOWS),
    *(TaskFilter(with_overdue=True, open_plans=True, **window) for window in WINDOWS),
    TaskFilter(overdue_on=DAY),
    TaskFilter(unclear=True),
    TaskFilter(overdue_on=LATE, year=2025),
    *(TaskFilter(words=words) for words in WORDS),
)
LEADS = (
    Lead(),
    Lead("1y", "90d", (("exchange", "3y"), ("memorandum", "1m"))),
    Lead("2y", "2y", (("exchange", "1m"),), within="5y"),
)
AGENDA_FILTERS = (
    *(AgendaFilter(lead=lead) for lead in LEADS),
    *(AgendaFilter(lead=lead, overdue=True) for lead in LEADS),
    *(AgendaFilter(kinds=(kind,), lead=LEADS[2]) for kind in ("end", "notice", "review", "task")),
    AgendaFilter(responsible=("Leyla Əliyeva", "100%"), executor="əli_v", lead=LEADS[2]),
    AgendaFilter(executor="celil", lead=LEADS[2]),
    AgendaFilter(places=(Place(country="NO"), Place(territory="North Cyprus (100%)")), lead=LEADS[2]),
    AgendaFilter(partners=("isle-1", "oslo"), partner_types=("university",), home="home_a", lead=LEADS[2]),
    AgendaFilter(types=("memorandum", "exchange"), units=("Law", "Law_%"), lead=LEADS[2]),
)
NAMES = (
    *(
        "oslo",
        "OSLO",
        "Universitet",
        "isle",
        "isle 1",
        "Island University",
        "uio",
        "norway",
        "Norveç",
        "cyprus",
        "100%",
    ),
    *(
        "north cyprus",
        "North Cyprus (100%)",
        "kosovo",
        "UA",
        "fair",
        "Plan [now] 50%",
        "plan",
        "dinner",
        "d",
        "ferma",
        "",
    ),
    *(
        "2024-1100",
        "1999-5",
        "2026-1",
        "2025-0",
        "whole",
        "absent",
        "Prishtine",
        "əsas",
        "%",
        "'",
        "PICASP",
        "law",
        "islnd unversty",
    ),
)


def _found(view: Callable[..., object], filters: Iterable[object], *day: date) -> Iterator[Question]:
    for wanted in filters:
        yield _question(view, wanted, *day)


def _sorted(view: Callable[..., object], module: Any, everything: object, *day: object) -> Iterator[Question]:
    for order in module.SORTS:
        for sort in (order, f"-{order}"):
            yield _question(view, everything, *day, sort)
            yield _question(view, everything, *day, sort, 7)
    yield _question(view, everything, *day, limit=0)


def _of_records() -> Iterator[Question]:
    for day in DAYS:
        yield from _found(agreement.find_agreements, AGREEMENT_FILTERS, day)
        yield from _found(agreement.count_agreements, AGREEMENT_FILTERS, day)
        yield from _sorted(agreement.find_agreements, agreement, AgreementFilter(), day)
        yield _question(agreement.count_agreements, AgreementFilter(), day, 3)
        for key in ("whole", "tacit", "tacit-month", "no-home", "all-homes", "1digit", "future", "khazar-tacis"):
            yield _question(agreement.get_agreement, key, day)
        yield from (_question(search.find_anything, words, day) for words in WORDS)
        yield _question(search.find_anything, "univ", day, None, "az")
        yield from (_question(search.find_anything, "univ", day, limit) for limit in (0, 3, 1000))
        yield _question(agreement.find_agreements, AgreementFilter(), day, "-country", 7, "az")
        yield _question(agreement.find_agreements, AgreementFilter(), day, keys=("title", "homes", "notice_days_left"))
        yield from _of_numbers(day)
        yield _question(overview.get_overview, day)
    yield from (_question(search.count_anything, words) for words in (*WORDS, None))
    yield from _found(institution.find_institutions, INSTITUTION_FILTERS)
    yield from _found(institution.count_institutions, INSTITUTION_FILTERS)
    yield from _sorted(institution.find_institutions, institution, InstitutionFilter())
    yield _question(institution.find_institutions, InstitutionFilter(), "country", None, "az")
    yield from _found(event.find_events, EVENT_FILTERS)
    yield from _found(event.count_events, EVENT_FILTERS)
    yield from _sorted(event.find_events, event, EventFilter())
    yield from _found(plan.find_plans, PLAN_FILTERS)
    yield from _found(plan.count_plans, PLAN_FILTERS)
    yield from _sorted(plan.find_plans, plan, PlanFilter())
    yield from (_question(plan.task_keys, key) for key in ("now", "mdu-veterans-2025", "absent"))
    yield from _found(task.find_tasks, TASK_FILTERS, DAY)
    yield from _found(task.count_tasks, TASK_FILTERS, DAY)
    yield from _found(task.find_due, TASK_FILTERS, DAY)
    yield from _of_agenda()
    yield from _sorted(task.find_tasks, task, TaskFilter(), DAY)
    yield from (_question(task.find_due, TaskFilter(due_month=5), DAY, limit=limit) for limit in (0, 7))


def _of_agenda() -> Iterator[Question]:
    for day in (date(2024, 5, 1), *DAYS):
        yield from _found(agenda.find_agenda, AGENDA_FILTERS, day)
        yield from _found(agenda.count_agenda, AGENDA_FILTERS, day)
        for lead in LEADS:
            yield from (_question(agenda.find_agenda, AgendaFilter(lead=lead), day, limit) for limit in (0, 1, 7))
        yield _question(agenda.find_agenda, AgendaFilter(lead=LEADS[2]), day, explained=True)
        yield _question(agenda.count_agenda, AgendaFilter(lead=LEADS[2]), day, 2)
        yield Question(agenda_filter.streams, (day,), partial(_streamed, day))
    for noun in SHAPES:
        yield Question(history.find_last_changes, (noun,), partial(_changed, noun))
        yield _question(history.find_removals, noun, ("oslo", "gone", "absent"))


def _changed(noun: str, reader: Reader) -> object:
    found = history.find_last_changes(reader, noun, ("oslo", "fair", "whole", "now", "now/1", "absent"))
    # The registers were not written in the same instant.
    return {key: number for key, (number, at) in found.items() if at}


def _streamed(day: date, reader: Reader) -> object:
    found = []
    for stream in agenda_filter.streams(reader, AgendaFilter(lead=LEADS[2]), day):
        sql, parameters = stream.selecting(5)
        found.append(list(reader.rows(sql, **parameters)))
    return found


def _of_numbers(day: date) -> Iterator[Question]:
    yield _question(tally.count_all, {"value": "country", "value2": "area"}, day, 1, with_partners=True)
    for wanted in (AgreementFilter(), AgreementFilter(home="home_a"), AgreementFilter(statuses=("active",))):
        yield _question(stats.count_whole, wanted, day)
        yield _question(stats.count_statuses, wanted, day)
        for by in stats.BY:
            yield _question(stats.count_by, by, wanted, day)
            for by2 in stats.BY:
                if by2 != by:
                    yield _question(stats.count_crossed, by, by2, wanted, day)
        yield _question(stats.count_by, "year", wanted, day, 10)
        yield _question(stats.count_by, "type", wanted, day, 1, {"value", "agreements"})
        yield _question(stats.tabulate, ("year",), wanted, day)
        yield _question(stats.tabulate, ("area", "year"), wanted, day, (3, 2))


def _of_names() -> Iterator[Question]:
    for text in NAMES:
        yield _question(choice.choose_place, text)
        yield _question(choice.choose_agreement, text)
        yield _question(choice.choose_referred, text)
        for homes in (False, True):
            yield _question(choice.choose_institution, text, homes=homes)
            yield _question(choice.exact_institutions, text, homes=homes)
        for noun in ("event", "plan"):
            yield _question(choice.choose_record, noun, text)
        yield _question(choice.choose_values, "unit", text)
    for homes in (False, True):
        yield _question(choice.institution_candidates, homes=homes)
        yield _question(name.find_names, homes=homes)
    yield _question(choice.find_homes)
    for noun in ("institution", "event", "plan"):
        for language in ("en", "az"):
            yield _question(name.names_of, noun, ("oslo", "fair", "now", "absent"), language)
    for text in ("univrsity of olso", "nothing like it", ""):
        yield _question(choice.near_institutions, text)
    yield _question(name.institution_names, ("oslo", None, "absent", "oslo", "home_a"))
    yield _question(name.names_by_key, ("oslo", "absent", "home_a", "khazar"))
    yield from (_question(value.find_values, what) for what in value.VALUES)
    for noun in SHAPES:
        yield _question(choice.existing, noun, ("oslo", "Oslo", "fair", "whole", "now", "now/1", "absent"))
    yield _question(choice.existing, "agreement", ())


def _of_beginnings() -> Iterator[Question]:
    for begun in (
        "",
        *NAMES,
        *WORDS,
        "20",
        "2026-",
        "20-",
        "٢٠٢٦",
        "2024-1",
        "now/",
        "4.2",
        "home_",
        "is",
        "uni",
        "elaqe",
        "x" * 500,
    ):
        yield from (_question(known.known_values, what, begun) for what in value.VALUES)
        yield from (_question(known.known_institutions, begun, homes=homes) for homes in (False, True))
        yield from (_question(known.known_records, noun, begun, "az") for noun in ("event", "plan"))
        yield _question(known.known_agreements, begun)
        yield _question(known.known_strategy_codes, begun)
        yield from (_question(known.known_tasks, begun, plan) for plan in (None, "now", "absent"))


def _of_documents() -> Iterator[Question]:
    for shape in SHAPES.values():
        yield _question(document.all_documents, shape)
        yield _question(document.count_documents, shape)
        yield Question(document.find_keys, (shape,), partial(_sorted_keys, shape))
        yield _question(document.documents, shape, ("oslo", "fair", "whole", "now", "now/1", "absent"))
    yield _question(document.all_documents, SHAPES["task"], '"plan" = :plan', plan="now")
    yield _question(rows_of_lists, "agreement_party", "agreement", ("whole", "all-homes", "absent"))
    yield _question(values_of_lists, "agreement_party", "agreement", "institution", ("whole", "all-homes", "absent"))
    yield Question(Parties, ("whole",), lambda reader: Parties(reader, ["whole", "all-homes"]).seen_from("whole"))
    yield Question(partner_condition, (), _partners_seen)
    yield Question(Parties, ("oslo",), lambda reader: Parties(reader, ["whole"]).seen_from("whole", "oslo"))


def _sorted_keys(shape: Shape, reader: Reader) -> list[str]:
    return sorted(document.find_keys(reader, shape))


def _is_stored(digest: str) -> bool:
    return digest.startswith("5")


def _of_papers() -> Iterator[Question]:
    find, count = agreement_document.find_agreement_documents, agreement_document.count_agreement_documents
    for wanted in DOCUMENT_FILTERS:
        yield _question(find, wanted, _is_stored)
        yield _question(count, wanted, _is_stored)
    yield from _sorted(find, agreement_document, DocumentFilter(), _is_stored)
    yield _question(agreement_document.find_contents)
    yield _question(agreement_document.mentioned_contents)
    yield _question(agreement_document.has_contents)
    for since in (datetime(2000, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)):
        yield _question(agreement_document.contents_mentioned_since, since)
    for day in DAYS:
        for required in (EVIDENCE, EVIDENCE[:1], EVIDENCE[1:], ()):
            yield _question(agreement_document.lacking_evidence, day, required)


def _with_words(noun: str, said: str, reader: Reader) -> object:
    conditions = Conditions()
    words.add_words(conditions, reader, noun, "t.key", said)
    return reader.rows(f'SELECT key FROM "{noun}" t {conditions.where} ORDER BY key', **conditions.parameters)


def _counted_by_words(noun: str, said: str, reader: Reader) -> object:
    asked = words.Words(reader, said)
    return [asked.count(noun), asked.count(noun, 2), asked.count_all(), asked.are_none]


def _first(reader: Reader) -> object:
    conditions = Conditions()
    conditions.add("a.ref_year > 0")
    are_more = [reference.add_first(conditions, reader, latest=latest) for latest in (False, True)]
    keys = [row["key"] for row in reader.rows(f"SELECT key FROM agreement a {conditions.where} ORDER BY key")]
    return [are_more, keys]


def _ending(day: date, limit: int | None, reader: Reader) -> object:
    spans, wanted = terms.span_source(reader, day), AgreementFilter(ends_by=date(2067, 12, 31), types=("memorandum",))
    return agreement_page.by_end(agreement_page.Asked(reader, wanted, day, limit, spans, "a.key, a.ref, s.ends_from"))


def _spans(day: date, reader: Reader) -> object:
    return reader.rows(f"SELECT * FROM {terms.span_source(reader, day)} s ORDER BY agreement, first_on")


def _joined(wanted: AgreementFilter, day: date, reader: Reader) -> object:
    conditions = agreement_filter.agreement_conditions(reader, wanted, day)
    source = agreement_filter.agreement_source(reader, day)
    return reader.rows(f"SELECT * FROM {source} {conditions.where} ORDER BY a.key", **conditions.parameters)


def _partners_seen(reader: Reader) -> object:
    conditions = Conditions()
    conditions.add(partner_condition(reader))
    sql = f"SELECT p.agreement, p.institution FROM agreement_party p {conditions.where} ORDER BY 1, 2"
    return reader.rows(sql, **conditions.parameters)


def _tasks(wanted: TaskFilter, reader: Reader) -> object:
    conditions = task.task_conditions(reader, wanted, DAY)
    sql = f"SELECT t.key FROM task t JOIN plan p ON p.key = t.plan {conditions.where} ORDER BY t.key"
    return reader.rows(sql, **conditions.parameters)


def _from_earliest(reader: Reader) -> object:
    conditions = Conditions()
    task.add_earliest(conditions, reader)
    return reader.rows(f"SELECT t.key FROM task t {conditions.where} ORDER BY t.key", **conditions.parameters)


def _counted(most: int | None, reader: Reader) -> object:
    conditions = Conditions()
    conditions.add("i.home = :home", home=0)
    return query.counted(reader, "institution i", conditions, most)


def _ranked(language: str, reader: Reader) -> object:
    conditions = Conditions()
    rank = country.country_rank(reader, conditions, language)
    return reader.rows(f"SELECT i.key, {rank} AS rank FROM institution i ORDER BY i.key", **conditions.parameters)


def _of_parts() -> Iterator[Question]:
    """Ask for what is a part of a SELECT: it is run, with the conditions in it."""
    for language in ("en", "az"):
        yield Question(country.country_rank, (language,), partial(_ranked, language))
    for noun in SHAPES:
        for said in WORDS:
            yield Question(words.add_words, (noun, said), partial(_with_words, noun, said))
            yield Question(words.Words, (noun, said), partial(_counted_by_words, noun, said))
    yield Question(reference.add_first, (), _first)
    for limit in (None, 3):
        yield from (Question(agreement_page.Asked, (day, limit), partial(_ending, day, limit)) for day in DAYS)
    yield from (Question(query.counted, (most,), partial(_counted, most)) for most in (None, 0, 2, 5000))
    yield from (Question(task.task_conditions, (wanted,), partial(_tasks, wanted)) for wanted in TASK_FILTERS)
    yield Question(task.add_earliest, (), _from_earliest)
    for day in (*DAYS, LATE + timedelta(days=1)):
        yield Question(terms.span_source, (day,), partial(_spans, day))
        asked = partial(_joined, AgreementFilter(statuses=("active",)), day)
        yield Question(agreement_filter.agreement_source, (day,), asked)
        yield Question(agreement_filter.agreement_conditions, (day,), asked)


def _of_checks() -> Iterator[Question]:
    for day in DAYS:
        for code in check_agreement.SUSPECTS:
            yield _question(check_agreement.find_suspects, code, day)
        yield _question(check_agreement.get_suspects, ("whole", "all-homes", "absent"), day)
        yield _question(check_agreement.find_party_sets, day)
    yield _question(check_agreement.find_links)
    for view in ("shared_names", "shared_identifiers", "names_by_country", "parents", "placeless"):
        yield _question(getattr(check_institution, f"find_{view}"))
    yield _question(check_value.find_kept, "institution_name", "institution", ("text", "lang"))
    yield _question(check_value.find_other_values, "institution", "key", "country", ("AZ", "NO", "%", "'"))
    yield _question(acceptance.find_acceptances)


QUESTIONS = (
    *_of_records(),
    *of_wholes(),
    *of_journals(),
    *_of_names(),
    *_of_beginnings(),
    *_of_documents(),
    *_of_papers(),
    *_of_parts(),
    *_of_checks(),
)
