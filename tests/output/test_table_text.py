"""A table shows everything that is asked for, in as much room as there is."""

from __future__ import annotations

from io import StringIO
from itertools import repeat
from typing import TYPE_CHECKING

import pytest

from mou_cli.errors import UsageError
from mou_cli.output.form import Form
from mou_cli.output.layout import cells
from mou_cli.output.nouns import SAMPLE
from mou_cli.output.show import show_many, show_one
from tests.output.streams import columns_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mou_cli.output.column import Row

    MakeRow = Callable[..., Row]

AT_40 = r"""
Ref      2024-001
Partner  University of Tromsø
Status   active
Ends     2027-04-30
Country  Norway
Type     memorandum
Areas    student exchange, joint
         research

Ref      2024-002
Partner  თბილისის სახელმწიფო
         უნივერსიტეტი; Cyprus
         International University
Status   in notice
Ends     ~2027
Country  Georgia; North Cyprus
Type     memorandum
Areas    student exchange, joint
         research

Ref      2024-003
Partner  北京大学国际合作部
Status   active
Ends     open
Country  China
Type     memorandum
Areas    student exchange, joint
         research

Ref      2024-004
Partner  جامعة القاهرة
Status   expired
Ends     ~2026-04-30…2026-05-30
Country  Egypt
Type     memorandum
Areas    student exchange, joint
         research

Ref      2024-005
Partner  [red] [/] :smile: \x1b[2J\nend\
Status   unstated
Type     memorandum
"""

AT_80 = r"""
Ref       Partner                   Country   Type        Status    Ends
────────────────────────────────────────────────────────────────────────────────
2024-001  University of Tromsø      Norway    memorandum  active    2027-04-30
2024-002  თბილისის სახელმწიფო       Georgia;  memorandum  in        ~2027
          უნივერსიტეტი; Cyprus      North                 notice
          International University  Cyprus
2024-003  北京大学国际合作部        China     memorandum  active    open
2024-004  جامعة القاهرة             Egypt     memorandum  expired   ~2026-04-30…
                                                                    2026-05-30
2024-005  [red] [/] :smile:                   memorandum  unstated
          \x1b[2J\nend\
"""

AT_120 = r"""
Ref       Partner                         Country      Type        Areas                         Status     Ends
────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
2024-001  University of Tromsø            Norway       memorandum  student exchange, joint       active     2027-04-30
                                                                   research
2024-002  თბილისის სახელმწიფო             Georgia;     memorandum  student exchange, joint       in notice  ~2027
          უნივერსიტეტი; Cyprus            North                    research
          International University        Cyprus
2024-003  北京大学国际合作部              China        memorandum  student exchange, joint       active     open
                                                                   research
2024-004  جامعة القاهرة                   Egypt        memorandum  student exchange, joint       expired    ~2026-04-30…
                                                                   research                                 2026-05-30
2024-005  [red] [/] :smile:                            memorandum                                unstated
          \x1b[2J\nend\
"""

AT_200 = r"""
Ref       Partner                                                            Country                Type        Areas                             Status     Signed      Ends
─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
2024-001  University of Tromsø                                               Norway                 memorandum  student exchange, joint research  active     2024-05-01  2027-04-30
2024-002  თბილისის სახელმწიფო უნივერსიტეტი; Cyprus International University  Georgia; North Cyprus  memorandum  student exchange, joint research  in notice  2024-05-01  ~2027
2024-003  北京大学国际合作部                                                 China                  memorandum  student exchange, joint research  active     2024-05-01  open
2024-004  جامعة القاهرة                                                      Egypt                  memorandum  student exchange, joint research  expired    2024-05-01  ~2026-04-30…
                                                                                                                                                                         2026-05-30
2024-005  [red] [/] :smile: \x1b[2J\nend\                                                           memorandum                                    unstated   2024-05-01
"""  # noqa: E501 - it is 200 columns wide

IN_AZERBAIJANI = """
                                                                     Bitmə
Nömrə     Tərəfdaş                        Ölkə          Vəziyyəti    tarixi
────────────────────────────────────────────────────────────────────────────────
2024-001  University of Tromsø            Norveç        qüvvədədir   2027-04-30
2024-002  თბილისის სახელმწიფო             Gürcüstan;    bildiriş     ~2027
          უნივერსიტეტი; Cyprus            North Cyprus  verilib
          International University
"""

FORTY_WORDS = (
    "Agreement on the exchange of students, teachers and administrative staff and on joint research, "
    "joint publications, summer schools, libraries and the mutual recognition of credits between the "
    "two great universities, their faculties, institutes, centres, laboratories and branches in both countries"
)
LONG_TITLE = """
Ref       Title                                                           Status
────────────────────────────────────────────────────────────────────────────────
2024-001  Agreement on the exchange of students, teachers and             active
          administrative staff and on joint research, joint
          publications, summer schools, libraries and the mutual
          recognition of credits between the two great universities,
          their faculties, institutes, centres, laboratories and
          branches in both countries
"""


def table(rows: list[Row], width: int, columns: list[str] | None = None, language: str = "en") -> str:
    stream = StringIO()
    with columns_of(width):
        show_many(rows, "agreement", form=Form.TABLE, columns=columns, language=language, stream=stream)
    return f"\n{stream.getvalue()}"


@pytest.mark.parametrize(("width", "expected"), [(40, AT_40), (80, AT_80), (120, AT_120), (200, AT_200)])
def test_table_is_drawn_to_the_width(agreements: list[Row], width: int, expected: str) -> None:
    assert table(agreements, width) == expected


def test_labels_and_countries_are_in_the_language_asked_for(agreements: list[Row]) -> None:
    assert table(agreements[:2], 80, language="az") == IN_AZERBAIJANI


def test_long_title_wraps_and_is_not_cut(agreements: list[Row]) -> None:
    agreements[0]["title"] = FORTY_WORDS
    assert len(FORTY_WORDS.split()) == 40
    assert table(agreements[:1], 80, ["ref", "title", "status"]) == LONG_TITLE


WIDE_LETTERS = """
Title               Status
──────────────────────────
北京大学国际合作部  active
École d'été 👩‍🔬      active
"""


@pytest.mark.parametrize("times", [1, SAMPLE])
def test_columns_are_aligned_whatever_room_their_letters_take(agreements: list[Row], times: int) -> None:
    rows = [agreements[0] | {"title": title} for title in ("北京大学国际合作部", "École d'e\u0301te\u0301 👩‍🔬")]
    shown = table(rows * times, 80, ["title", "status"])
    assert shown.startswith(WIDE_LETTERS.replace("d'été", "d'e\u0301te\u0301"))
    assert {cells(line) for line in shown.split("\n")[1:-1]} == {26}


def test_no_rows_leave_nothing_on_standard_output() -> None:
    stream = StringIO()
    count = show_many([], "agreement", form=Form.TABLE, stream=stream, footer=lambda n: f"{n} agreements")
    assert (count, stream.getvalue()) == (0, "")


def test_footer_counts_the_rows_and_stands_below_a_table_only(agreements: list[Row]) -> None:
    shown = {}
    for form in (Form.TABLE, Form.TSV):
        stream = StringIO()
        show_many(agreements, "agreement", form=form, columns=["ref"], stream=stream, footer=lambda n: f"{n} found")
        shown[form] = stream.getvalue().splitlines()
    assert shown[Form.TABLE] == [
        "Ref",
        "────────",
        *("2024-001", "2024-002", "2024-003", "2024-004", "2024-005"),
        "",
        "5 found",
    ]
    assert shown[Form.TSV] == ["ref", "2024-001", "2024-002", "2024-003", "2024-004", "2024-005"]


def test_rows_beyond_the_sample_are_streamed(agreements: list[Row]) -> None:
    stream = StringIO()
    written: list[int] = []

    def rows() -> Iterator[Row]:
        for number in range(SAMPLE * 3):
            if number > SAMPLE:
                written.append(stream.tell())
            yield agreements[0] | {"ref": f"2024-{number}"}

    count = show_many(rows(), "agreement", form=Form.TABLE, columns=["ref", "status"], stream=stream)
    lines = stream.getvalue().splitlines()
    assert count == SAMPLE * 3
    assert lines[0] == "Ref       Status"
    assert lines[2::SAMPLE] == ["2024-0    active", "2024-300  active", "2024-600  active"]
    assert written[1] > 0
    assert written == sorted(set(written))


def drawn_late(row: Row, late: Row, columns: list[str], width: int) -> list[str]:
    """Give the lines of a row that comes when the widths are settled already."""
    stream = StringIO()
    with columns_of(width):
        show_many([*repeat(row, SAMPLE + 1), late], "agreement", form=Form.TABLE, columns=columns, stream=stream)
    return stream.getvalue().splitlines()[SAMPLE + 3 :]


def test_wider_texts_after_the_sample_go_on_in_the_next_line(agreements: list[Row]) -> None:
    row = agreements[0] | {"title": "Short"}
    late = row | {"title": "Beyond"}
    assert drawn_late(row, late, ["ref", "title"], 80) == ["2024-001  Beyon", "          d"]


@pytest.mark.parametrize(
    ("ref", "lines"),
    [
        # One sign more takes of the gap; what follows stays where it is.
        ("2025-1000", ["2025-1000 active  2027-04-30  Short"]),
        ("2025-10000", ["2025-10000 active 2027-04-30  Short"]),
        ("2025-10000000", ["2025-10000000 active 2027-04-30 Short"]),
        ("x" * 30, ["x" * 30, "          active  2027-04-30  Short"]),
        ("x" * 50, ["x" * 40, "x" * 10, "          active  2027-04-30  Short"]),
    ],
)
def test_an_identifier_longer_than_those_of_the_sample_stays_whole(
    agreements: list[Row], ref: str, lines: list[str]
) -> None:
    row = agreements[0] | {"title": "Short"}
    assert drawn_late(row, row | {"ref": ref}, ["ref", "status", "ends", "title"], 40) == lines


def test_numbers_and_days_longer_than_those_of_the_sample_stay_whole(agreements: list[Row]) -> None:
    row = agreements[0] | {"days_left": 9, "ends_on": None, "ends_from": None, "ends_to": None, "title": "Short"}
    late = row | {"days_left": 100000, "ends_on": "2299-12-31"}
    assert drawn_late(row, late, ["ends", "left", "title"], 40) == ["2299-12-31 100,000 d Short"]


def test_numbers_stand_to_the_right(make_row: MakeRow) -> None:
    rows = [make_row("plan", key="p", tasks=9, title="A"), make_row("plan", key="q", tasks=1000, title="B")]
    stream = StringIO()
    show_many(rows, "plan", form=Form.TABLE, columns=["tasks", "title"], stream=stream)
    assert stream.getvalue() == "Tasks  Title\n────────────\n    9  A\n 1000  B\n"


def test_page_shows_the_columns_asked_for(agreements: list[Row]) -> None:
    stream = StringIO()
    show_one(agreements[0], "agreement", form=Form.TABLE, columns=["ref", "ends-on", "note"], stream=stream)
    assert stream.getvalue() == "Ref   2024-001\nEnds  2027-04-30\n"


def test_unknown_column_names_the_known_ones() -> None:
    stream = StringIO()
    with pytest.raises(UsageError) as error:
        show_many([], "plan", form=Form.TABLE, columns=["key", "titel"], stream=stream)
    assert error.value.message == "plan has no column 'titel'"
    assert error.value.hint == (
        "columns are key, title, year, owner, unit, language, responsible, status, closed, tasks, done, note, texts, "
        "source"
    )
    assert stream.getvalue() == ""
