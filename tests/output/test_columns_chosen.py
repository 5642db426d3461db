"""Columns show every key of a row, in words, and are chosen by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mou_cli.commands import agreement, event, partner, plan, task
from mou_cli.commands.add import ALIKE
from mou_cli.errors import UsageError
from mou_cli.output.column import Row, counts
from mou_cli.output.nouns import COLUMNS, DEFAULT, KEYS, choose_columns, field_label, in_order, room_of

if TYPE_CHECKING:
    from collections.abc import Callable

    MakeRow = Callable[..., Row]

NOUNS = sorted(COLUMNS)
RECORDS = ("agreement", "institution", "event", "task", "plan")


def shown(noun: str, name: str, row: Row, language: str = "en") -> str:
    return COLUMNS[noun][name].show(row, language)


@pytest.mark.parametrize("noun", NOUNS)
def test_every_key_of_a_row_has_a_column(noun: str) -> None:
    for key in KEYS[noun]:
        column = choose_columns(noun, [key])[0]
        assert key in {column.name, column.key}


@pytest.mark.parametrize("noun", NOUNS)
def test_columns_have_their_name_and_two_labels(noun: str) -> None:
    for name, column in COLUMNS[noun].items():
        assert column.name == name
        assert column.label("en") == column.heading != ""
        assert column.label("az") != ""
    for language in ("en", "az"):
        labels = [column.label(language) for column in COLUMNS[noun].values()]
        assert len(labels) == len(set(labels))


@pytest.mark.parametrize("noun", RECORDS)
def test_every_field_that_an_option_says_has_a_label(noun: str) -> None:
    said = {
        "agreement": [*(row.field for row in agreement.FIELDS), *ALIKE - {"parties"}],
        "institution": [row.field for row in partner.FIELDS],
        "event": [row.field for row in event.FIELDS],
        "task": [row.field for row in task.FIELDS],
        "plan": [row.field for row in plan.FIELDS],
    }[noun]
    for field in said:
        assert field_label(noun, field, "en")[0].isupper(), field


@pytest.mark.parametrize("noun", RECORDS)
def test_row_of_nulls_shows_nothing(noun: str, make_row: MakeRow) -> None:
    row = make_row(noun)
    assert {column.show(row, language) for column in COLUMNS[noun].values() for language in ("en", "az")} == {""}


def test_defaults_are_the_columns_of_a_list() -> None:
    assert {noun: DEFAULT[noun] for noun in RECORDS} == {
        "agreement": ("ref", "partner", "country", "type", "areas", "status", "ends"),
        "institution": ("key", "name", "country", "type", "agreements"),
        "event": ("name", "held", "recorded", "host", "place"),
        "task": ("year", "number", "task", "executors", "timing", "deadline", "status"),
        "plan": ("key", "year", "owner", "title", "tasks", "done", "status"),
    }
    assert set(DEFAULT) == set(COLUMNS) == set(KEYS)
    for noun, names in DEFAULT.items():
        assert tuple(column.name for column in choose_columns(noun, None)) == names


def test_tasks_show_the_year_and_where_there_are_several_the_plan() -> None:
    one, several = ([{"plan": plan} for plan in plans] for plans in (("a-2025", "a-2025"), ("a-2025", "b-2026")))
    assert [column.name for column in choose_columns("task", None, one)][:2] == ["year", "number"]
    assert [column.name for column in choose_columns("task", None, several)][:3] == ["plan", "year", "number"]
    assert [column.name for column in choose_columns("plan", ["key"], several)] == ["key"]


def test_names_are_taken_as_people_write_them_and_each_once() -> None:
    chosen = choose_columns("agreement", [" Ends-On", "ends", "notice_by", "REF"])
    assert [column.name for column in chosen] == ["ends", "notice_by", "ref"]


def test_unknown_name_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="event has no column 'when'") as error:
        choose_columns("event", ["when"])
    assert error.value.hint == (
        "columns are key, name, held, place, host, declared, recorded, topics, people, note, texts, source"
    )


@pytest.mark.parametrize(
    ("facts", "english", "azerbaijani"),
    [
        ({"ends_on": "2027-04-30", "ends_from": "2027-04-30"}, "2027-04-30", "2027-04-30"),
        ({"ends_on": "2027"}, "2027", "2027"),
        ({"ends_from": "2027-01-01", "ends_to": "2027-12-31"}, "~2027", "~2027"),
        ({"ends_from": "2028-02-01", "ends_to": "2028-02-29"}, "~2028-02", "~2028-02"),
        ({"ends_from": "2026-04-30", "ends_to": "2026-05-30"}, "~2026-04-30…2026-05-30", "~2026-04-30…2026-05-30"),
        ({"ends_from": "2026-04-30", "ends_to": None}, "~2026-04-30…", "~2026-04-30…"),
        ({"ends_why": "open"}, "open", "müddətsiz"),
        ({"ends_why": "unstated"}, "", ""),
        ({"ends_why": "start-unknown"}, "", ""),
    ],
)
def test_end_is_as_exact_as_it_is_known(make_row: MakeRow, facts: Row, english: str, azerbaijani: str) -> None:
    row = make_row("agreement", **facts)
    assert (shown("agreement", "ends", row), shown("agreement", "ends", row, "az")) == (english, azerbaijani)


def test_territory_stands_in_place_of_its_country_and_each_once(make_row: MakeRow) -> None:
    partners = [
        {"key": "a", "name": "A", "country": "NO", "territory": None, "type": "university"},
        {"key": "b", "name": "B", "country": "CY", "territory": "North Cyprus", "type": "company"},
        {"key": "c", "name": None, "country": "NO", "territory": None, "type": "university"},
        {"key": "d", "name": "D", "country": None, "territory": None, "type": None},
    ]
    row = make_row("agreement", partners=partners)
    assert shown("agreement", "country", row) == "Norway; North Cyprus"
    assert shown("agreement", "country", row, "az") == "Norveç; North Cyprus"
    assert shown("agreement", "territory", row) == "North Cyprus"
    assert shown("agreement", "partner", row) == "A; B; c; D"
    assert shown("agreement", "partner_type", row) == "university, company"
    assert shown("institution", "country", make_row("institution", country="CY", territory="North Cyprus")) == (
        "North Cyprus"
    )
    assert shown("institution", "country", make_row("institution", country="AZ"), "az") == "Azərbaycan"


@pytest.mark.parametrize(
    ("noun", "name", "value", "english", "azerbaijani"),
    [
        ("agreement", "type", "double-degree", "double-degree agreement", "ikili diplom sazişi"),
        ("agreement", "stage", "negotiation", "in negotiation", "danışıqlar aparılır"),
        ("agreement", "status", "in-notice", "in notice", "bildiriş verilib"),
        ("agreement", "renewal", "tacit", "tacit", "avtomatik uzadılır"),
        ("agreement", "ends_why", "computed", "computed from the term", "müddətdən hesablanıb"),
        ("agreement", "areas", ["joint-degree", "twinning"], "joint degree, twinning", "birgə diplom, tvinninq"),
        ("institution", "type", "foundation-ngo", "foundation or NGO", "fond və ya QHT"),
        ("institution", "country_source", "inferred", "inferred", "dolayı müəyyən edilib"),
        ("plan", "status", "closed", "closed", "bağlı"),
        ("task", "status", "in-progress", "in progress", "icrada"),
        ("task", "due_kind", "window", "window", "tarix aralığı"),
    ],
)
def test_codes_are_shown_by_their_label(
    make_row: MakeRow, noun: str, name: str, value: Any, english: str, azerbaijani: str
) -> None:
    row = make_row(noun, **{name: value})
    assert (shown(noun, name, row), shown(noun, name, row, "az")) == (english, azerbaijani)


def test_code_that_no_list_knows_is_shown_as_it_is(make_row: MakeRow) -> None:
    assert shown("agreement", "areas", make_row("agreement", areas=["twinning", "juggling"])) == "twinning, juggling"


def test_text_is_in_the_language_asked_for_where_there_is_one(make_row: MakeRow) -> None:
    texts = {"title": {"en": "Memorandum", "az": "Anlaşma"}, "note": {"ka": "შენიშვნა"}}
    row = make_row("agreement", title="Memorandum", note="შენიშვნა", texts=texts)
    assert [shown("agreement", "title", row, language) for language in ("en", "az")] == ["Memorandum", "Anlaşma"]
    assert shown("agreement", "note", row, "az") == "შენიშვნა"
    assert shown("agreement", "texts", row) == "title (az): Anlaşma\nnote (ka): შენიშვნა"


def test_source_names_document_and_line(make_row: MakeRow) -> None:
    assert (
        shown("plan", "source", make_row("plan", source={"document": "Plan, 2025", "line": 3})) == "Plan, 2025, line 3"
    )
    assert shown("plan", "source", make_row("plan", source={"document": "Plan", "line": None})) == "Plan"


def test_people_and_names_carry_what_is_said_of_them(make_row: MakeRow) -> None:
    person = {"name": "Hafiz Pashayev", "names": {"az": "Hafiz Paşayev"}, "role": "speaker", "position": "Rector"}
    event = make_row("event", people=[person | {"party": "adu"}, {"name": "B", "names": {}, "role": None}])
    assert shown("event", "people", event) == "Hafiz Pashayev (speaker, Rector, adu); B"
    assert shown("event", "people", event, "az") == "Hafiz Paşayev (çıxış edən, Rector, adu); B"
    names = [{"text": "UiT", "lang": "no", "kind": "acronym"}, {"text": "Tromso", "lang": None, "kind": None}]
    institution = make_row("institution", names=names, identifiers={"ror": "00wge5k78", "pic": "999874831"})
    assert shown("institution", "names", institution) == "UiT (acronym, no); Tromso"
    assert shown("institution", "identifiers", institution) == "ror 00wge5k78; pic 999874831"


def test_declared_numbers_name_what_they_count(make_row: MakeRow) -> None:
    recorded = {"memoranda": 0, "universities": 3, "agreements": 2, "visits": 0}
    row = make_row("event", declared={"memoranda": 40, "universities": 17}, recorded=recorded)
    assert shown("event", "declared", row) == "40 memoranda, 17 universities"
    assert shown("event", "recorded", row) == "0 of 40 memoranda, 3 of 17 universities, 2 agreements"
    assert counts({}, "en") == ""


@pytest.mark.parametrize(
    ("status", "overdue", "english", "azerbaijani", "colour"),
    [
        ("planned", False, "planned", "nəzərdə tutulub", ""),
        ("planned", True, "planned, overdue", "nəzərdə tutulub, gecikib", "red"),
        ("done", False, "done", "yerinə yetirilib", "green"),
        ("dropped", None, "dropped", "çıxarılıb", ""),
    ],
)
def test_overdue_task_says_so_in_words(
    make_row: MakeRow, status: str, *, overdue: bool | None, english: str, azerbaijani: str, colour: str
) -> None:
    row = make_row("task", status=status, overdue=overdue)
    assert (shown("task", "status", row), shown("task", "status", row, "az")) == (english, azerbaijani)
    assert COLUMNS["task"]["status"].tone(row) == colour
    assert COLUMNS["task"]["task"].tone(row) == ""


@pytest.mark.parametrize("noun", DEFAULT)
def test_every_column_that_a_table_may_have_has_its_place(noun: str) -> None:
    chosen = [COLUMNS[noun][name] for name in DEFAULT[noun]]
    assert set(room_of(noun).spare) <= {*DEFAULT[noun], "left", "year", "id"}
    more = [COLUMNS[noun][name] for name in room_of(noun).more]
    assert len(in_order(noun, [*chosen, *more])) == len(chosen) + len(more)
