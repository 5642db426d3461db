"""A table uses the room there is: more columns where there is much, fewer where there is little, never a tower."""

from __future__ import annotations

import re
from io import StringIO
from itertools import chain, repeat
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mou_cli.output.form import Form
from mou_cli.output.layout import HELD, cells, cut, letters, wrap
from mou_cli.output.nouns import SAMPLE
from mou_cli.output.show import show_many
from tests.output.streams import Terminal, columns_of
from tests.output.test_table_layout import ODD
from tests.output.test_table_terminal import ISOLATES, SGR

if TYPE_CHECKING:
    from collections.abc import Callable

    from mou_cli.output.column import Row

    MakeRow = Callable[..., Row]

FORTY_WORDS = (
    "Agreement on the exchange of students, teachers and administrative staff and on joint research, "
    "joint publications, summer schools, libraries and the mutual recognition of credits between the "
    "two great universities, their faculties, institutes, centres, laboratories and branches in both countries"
)


@pytest.fixture
def deadlines(make_agreement: MakeRow) -> list[Row]:
    """Give agreements that end soon, later, today, did end, and were ended."""

    def ending(ref: str, name: str, days: int, **said: object) -> Row:
        party = {"key": ref, "name": name, "country": "NO", "territory": None, "type": "university"}
        return make_agreement(ref, [party], days_left=days, **said)

    return [
        ending("2024-001", "University of Tromsø", 10, ends_on="2025-05-20"),
        ending("2024-002", FORTY_WORDS, 1110, ends_on="2028-05-24", notice_by="2028-02-24", notice_days_left=1020),
        ending("2024-003", "სახელმწიფო", 0, ends_on="2025-05-10", notice_by="2025-03-10", notice_days_left=-61),
        ending("2024-004", "北京大学", -5, ends_on="2025-05-05", status="expired"),
        ending("2024-005", "القاهرة", -900, ends_on="2022-11-21", status="terminated"),
    ]


def drawn(rows: list[Row], noun: str, width: int, language: str = "en", columns: list[str] | None = None) -> str:
    stream = StringIO()
    with columns_of(width):
        show_many(rows, noun, form=Form.TABLE, columns=columns, language=language, stream=stream)
    return f"\n{stream.getvalue()}"


AT_40 = """
Ref      2024-001
Partner  University of Tromsø
Status   active
Ends     2025-05-20
Left     10 d
Country  Norway
Type     memorandum
Areas    student exchange, joint
         research

Ref      2024-002
Partner  Agreement on the exchange of
         students, teachers and
         administrative staff and on…
Status   active
Ends     2028-05-24
Left     1,110 d
Country  Norway
Type     memorandum
Areas    student exchange, joint
         research
"""
AT_80 = """
Ref       Partner                       Country  Status      Ends           Left
────────────────────────────────────────────────────────────────────────────────
2024-001  University of Tromsø          Norway   active      2025-05-20     10 d
2024-002  Agreement on the exchange of  Norway   active      2028-05-24  1,110 d
          students, teachers and
          administrative staff and on…
2024-003  სახელმწიფო                    Norway   active      2025-05-10    today
2024-004  北京大学                      Norway   expired     2025-05-05  5 d ago
2024-005  القاهرة                       Norway   terminated  2022-11-21
"""
AT_120 = """
Ref       Partner                       Country  Type        Areas                       Status      Ends           Left
────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
2024-001  University of Tromsø          Norway   memorandum  student exchange, joint     active      2025-05-20     10 d
                                                             research
2024-002  Agreement on the exchange of  Norway   memorandum  student exchange, joint     active      2028-05-24  1,110 d
          students, teachers and                             research
          administrative staff and on…
2024-003  სახელმწიფო                    Norway   memorandum  student exchange, joint     active      2025-05-10    today
                                                             research
2024-004  北京大学                      Norway   memorandum  student exchange, joint     expired     2025-05-05  5 d ago
                                                             research
2024-005  القاهرة                       Norway   memorandum  student exchange, joint     terminated  2022-11-21
                                                             research
"""
AT_200 = """
Ref       Partner                                                             Country  Type        Areas                             Status      Signed      Ends           Left  Notice by   For notice
────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
2024-001  University of Tromsø                                                Norway   memorandum  student exchange, joint research  active      2024-05-01  2025-05-20     10 d
2024-002  Agreement on the exchange of students, teachers and administrative  Norway   memorandum  student exchange, joint research  active      2024-05-01  2028-05-24  1,110 d  2028-02-24     1,020 d
          staff and on joint research, joint publications, summer schools,
          libraries and the mutual recognition of credits between the two…
2024-003  სახელმწიფო                                                          Norway   memorandum  student exchange, joint research  active      2024-05-01  2025-05-10    today  2025-03-10    61 d ago
2024-004  北京大学                                                            Norway   memorandum  student exchange, joint research  expired     2024-05-01  2025-05-05  5 d ago
2024-005  القاهرة                                                             Norway   memorandum  student exchange, joint research  terminated  2024-05-01  2022-11-21
"""  # noqa: E501 - it is 200 columns wide
IN_AZERBAIJANI = """
                                                         Bitmə
Nömrə     Tərəfdaş                   Ölkə    Vəziyyəti   tarixi            Qalıb
────────────────────────────────────────────────────────────────────────────────
2024-001  University of Tromsø       Norveç  qüvvədədir  2025-05-20       10 gün
2024-002  Agreement on the exchange  Norveç  qüvvədədir  2028-05-24    1.110 gün
          of students, teachers and
          administrative staff and…
2024-003  სახელმწიფო                 Norveç  qüvvədədir  2025-05-10       bu gün
2024-004  北京大学                   Norveç  müddəti     2025-05-05  5 gün əvvəl
                                             bitib
2024-005  القاهرة                    Norveç  xitam       2022-11-21
                                             verilib
"""


@pytest.mark.parametrize(("width", "expected"), [(80, AT_80), (120, AT_120), (200, AT_200)])
def test_days_that_are_left_stand_beside_the_dates(deadlines: list[Row], width: int, expected: str) -> None:
    assert drawn(deadlines, "agreement", width) == expected


def test_below_sixty_columns_records_are_stacked_with_what_matters_first(deadlines: list[Row]) -> None:
    assert drawn(deadlines[:2], "agreement", 40) == AT_40


def test_days_are_counted_in_the_language(deadlines: list[Row]) -> None:
    assert drawn(deadlines, "agreement", 80, "az") == IN_AZERBAIJANI


def test_a_cell_is_cut_after_three_lines_unless_its_column_was_asked_for(deadlines: list[Row]) -> None:
    rows = [deadlines[1]]
    lines = drawn(rows, "agreement", 80).splitlines()[3:]
    assert len(lines) == 3
    assert lines[-1].split("  ")[5].endswith("…")
    for width in (40, 80):
        told = drawn(rows, "agreement", width, columns=["ref", "partner"])
        assert "…" not in told
        assert told.rstrip().endswith("in both countries")


def test_no_label_is_wider_than_a_third(deadlines: list[Row]) -> None:
    told = drawn(
        deadlines[2:3], "agreement", 40, columns=["ref", "partner_type", "notice_left", "renewal_term", "title"]
    )
    assert (
        told
        == """
Ref           2024-003
Partner type  university
For notice    61 d ago
Title         Memorandum of
              understanding
"""
    )


def test_a_table_of_few_narrow_columns_stays_one(deadlines: list[Row]) -> None:
    told = drawn(deadlines[:1], "agreement", 40, columns=["ref", "status", "ends"])
    assert (
        told
        == """
Ref       Status  Ends
────────────────────────────
2024-001  active  2025-05-20
"""
    )


@pytest.mark.parametrize("columns", [["ref", "left"], ["ref", "ends"]])
def test_colour_says_what_the_words_say(
    deadlines: list[Row], columns: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    for times in (1, SAMPLE):
        stream = Terminal()
        show_many(deadlines * times, "agreement", columns=columns, stream=stream)
        found = [re.findall("\x1b\\[([0-9;]+)m", line) for line in stream.getvalue().splitlines()[2:7]]
        assert found == [["30;43", "0"], [], ["30;43", "0"], ["31", "0"], []]


def test_a_task_that_is_done_has_no_days_left(make_row: MakeRow) -> None:
    told = [
        make_row("task", number="1", status="planned", days_left=3, overdue=False),
        make_row("task", number="2", status="planned", days_left=-3, overdue=True),
        make_row("task", number="3", status="done", days_left=-3, overdue=False),
        make_row("task", number="4", status="in-progress", days_left=0, overdue=False),
        make_row("task", number="5", status="planned", days_left=-3, overdue=False),  # its plan is closed
    ]
    assert (
        drawn(told, "task", 80, columns=["number", "left", "status"])
        == """
No.         Left  Status
──────────────────────────────────
1            3 d  planned
2    overdue 3 d  planned, overdue
3                 done
4          today  in progress
5                 planned
"""
    )


def test_right_to_left_text_is_isolated_on_a_terminal_alone(
    deadlines: list[Row], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    row, shown = deadlines[4], {}
    for width in (40, 80):
        for times in (1, SAMPLE + 1):
            for stream in (Terminal(width), StringIO()):
                with columns_of(width):
                    show_many([row] * times, "agreement", form=Form.TABLE, stream=stream)
                shown[stream.isatty()] = stream.getvalue()
                assert ("\u2068القاهرة\u2069" in shown[stream.isatty()]) is stream.isatty()
            assert ISOLATES.sub("", shown[True]) == shown[False]


def test_columns_that_are_usual_by_name_give_way_as_those_of_the_default_do(deadlines: list[Row]) -> None:
    usual = ["ref", "areas", "type", "partner", "title"]
    row = deadlines[1] | {"title": FORTY_WORDS}
    shown = {}
    for width in (40, 60, 200):
        stream = StringIO()
        with columns_of(width):
            show_many([row], "agreement", form=Form.TABLE, usual=usual, stream=stream)
        shown[width] = stream.getvalue().splitlines()
    assert shown[40][0] == "Ref      2024-002"
    assert len(shown[40]) == 10
    assert shown[40][9].endswith("…")
    assert shown[60][0].split() == ["Ref", "Partner", "Title"]
    assert len(shown[60]) == 5
    assert shown[200][0].split() == ["Ref", "Areas", "Type", "Partner", "Title"]


@pytest.mark.parametrize("width", [1, 4, 70])
def test_a_table_does_not_do_without_its_last_column(deadlines: list[Row], width: int) -> None:
    stream = StringIO()
    with columns_of(width):
        show_many(deadlines, "agreement", form=Form.TABLE, usual=["areas", "type"], stream=stream)
    assert "student" in stream.getvalue()


def test_many_rows_come_as_they_are_read(deadlines: list[Row]) -> None:
    stream = StringIO()
    rows = chain(repeat(deadlines[0], SAMPLE + 1), ({**deadlines[1], "ref": str(n)} for n in range(2700)))
    assert show_many(rows, "agreement", form=Form.TABLE, stream=stream) == 3001
    lines = stream.getvalue().splitlines()
    assert max(map(cells, lines)) <= 80


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("e\u0301a", ["e\u0301", "a"]),
        ("👨‍👩‍👧x", ["👨‍👩‍👧", "x"]),
        ("🇦🇿🇳🇴", ["🇦🇿", "🇳🇴"]),
        ("مُحَ", ["مُ", "حَ"]),
    ],
)
def test_what_is_read_as_one_letter_stays_one(text: str, told: list[str]) -> None:
    assert letters(text) == told
    assert wrap(text, max(map(cells, told))) == told


@pytest.mark.parametrize(
    ("width", "lines"),
    [
        (23, ["100 agreements, 2 plans"]),
        (22, ["100 agreements,", "2 plans"]),
        (14, ["100", "agreements,", "2 plans"]),
        (8, ["100", "agreemen", "ts,", "2 plans"]),
    ],
)
def test_a_number_is_parted_from_what_it_counts_before_a_word_is_broken(width: int, lines: list[str]) -> None:
    assert wrap(f"100{HELD}agreements, 2{HELD}plans", width) == lines


@given(ODD, st.integers(2, 30), st.integers(1, 4))
def test_what_is_cut_ends_in_the_mark_and_fits(text: str, width: int, most: int) -> None:
    lines = wrap(text, width)
    shown = cut(lines, most, width, "…")
    if len(lines) <= most:
        assert shown == lines
    else:
        assert len(shown) == most
        assert shown[-1].endswith("…")
        assert cells(shown[-1]) <= width


NAMES = st.lists(st.one_of(ODD, st.just(FORTY_WORDS), st.just("北京大学国际合作部 القاهرة")), min_size=1, max_size=5)


@given(NAMES, st.sampled_from([20, 40, 59, 60, 80, 120, 200]), st.sampled_from(["en", "az"]))
def test_no_line_is_wider_than_the_screen_and_columns_stand_in_line(
    names: list[str], width: int, language: str
) -> None:
    rows = [
        {"ref": f"2024-{n:03}", "partners": [{"name": name, "country": "NO"}], "status": "active", "days_left": n}
        for n, name in enumerate(names)
    ]
    told = drawn(rows, "agreement", width, language)[1:]
    assert max(map(cells, told.splitlines())) <= width
    if width >= 60:
        # Other labels may have taken a line above it.
        above, _label, below = told.partition("Partner" if language == "en" else "Tərəfdaş")
        start = cells(above.rpartition("\n")[2])
        for line in below.splitlines()[2:]:
            before = line[:start]
            assert before[-2:].strip() == ""
            assert re.fullmatch(r"(2024-\d{3}|\s{8})?\s*", before)


@given(NAMES, st.integers(20, 200))
def test_nothing_is_lost_where_columns_were_asked_for(names: list[str], width: int) -> None:
    rows: list[Row] = [{"ref": f"2024-{n:03}", "title": name, "texts": {}} for n, name in enumerate(names)]
    told = drawn(rows, "agreement", width, columns=["title"])
    whole = drawn(rows, "agreement", 10_000, columns=["title"])
    assert re.sub(r"[\s─]", "", told) == re.sub(r"[\s─]", "", whole)
    assert SGR.search(told) is None
