"""A table shows everything, at any width, and obeys nothing that is in the data."""

from __future__ import annotations

import fcntl
import os
import re
import struct
import termios
from io import BytesIO, StringIO, TextIOWrapper
from itertools import repeat
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mou_cli.errors import UsageError
from mou_cli.output.column import Row, as_text
from mou_cli.output.form import Form, resolve
from mou_cli.output.layout import cells, fit, need, wrap
from mou_cli.output.nouns import SAMPLE
from mou_cli.output.show import show_many, show_one

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    MakeRow = Callable[..., Row]

AT_40 = r"""
Ref      2024-001
Partner  University of Tromsø
Country  Norway
Type     memorandum
Areas    student exchange, joint
         research
Status   active
Ends     2027-04-30

Ref      2024-002
Partner  თბილისის სახელმწიფო
         უნივერსიტეტი; Cyprus
         International University
Country  Georgia; North Cyprus
Type     memorandum
Areas    student exchange, joint
         research
Status   in notice
Ends     ~2027

Ref      2024-003
Partner  北京大学国际合作部
Country  China
Type     memorandum
Areas    student exchange, joint
         research
Status   active
Ends     open

Ref      2024-004
Partner  جامعة القاهرة
Country  Egypt
Type     memorandum
Areas    student exchange, joint
         research
Status   expired
Ends     ~2026-04-30…2026-05-30

Ref      2024-005
Partner  [red] [/] :smile: \x1b[2J
         end\
Type     memorandum
Status   unstated
"""

AT_80 = r"""
Ref       Partner        Country   Type        Areas      Status    Ends
────────────────────────────────────────────────────────────────────────────────
2024-001  University of  Norway    memorandum  student    active    2027-04-30
          Tromsø                               exchange,
                                               joint
                                               research
2024-002  თბილისის       Georgia;  memorandum  student    in        ~2027
          სახელმწიფო     North                 exchange,  notice
          უნივერსიტეტი;  Cyprus                joint
          Cyprus                               research
          International
          University
2024-003  北京大学国际   China     memorandum  student    active    open
          合作部                               exchange,
                                               joint
                                               research
2024-004  جامعة القاهرة  Egypt     memorandum  student    expired   ~2026-04-30…
                                               exchange,            2026-05-30
                                               joint
                                               research
2024-005  [red] [/]                memorandum             unstated
          :smile:
          \x1b[2J\nend\
"""

AT_120 = r"""
Ref       Partner                            Country           Type        Areas                 Status     Ends
────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
2024-001  University of Tromsø               Norway            memorandum  student exchange,     active     2027-04-30
                                                                           joint research
2024-002  თბილისის სახელმწიფო უნივერსიტეტი;  Georgia; North    memorandum  student exchange,     in notice  ~2027
          Cyprus International University    Cyprus                        joint research
2024-003  北京大学国际合作部                 China             memorandum  student exchange,     active     open
                                                                           joint research
2024-004  جامعة القاهرة                      Egypt             memorandum  student exchange,     expired    ~2026-04-30…
                                                                           joint research                   2026-05-30
2024-005  [red] [/] :smile: \x1b[2J\nend\                      memorandum                        unstated
"""

IN_AZERBAIJANI = """
Nömrə     Tərəfdaş     Ölkə        Növü        Sahələr    Vəziyyəti   Bitir
────────────────────────────────────────────────────────────────────────────────
2024-001  University   Norveç      memorandum  tələbə     qüvvədədir  2027-04-30
          of Tromsø                            mübadiləs
                                               i, birgə
                                               tədqiqat
2024-002  თბილისის     Gürcüstan;  memorandum  tələbə     bildiriş    ~2027
          სახელმწიფო   North                   mübadiləs  verilib
          უნივერსიტეტ  Cyprus                  i, birgə
          ი; Cyprus                            tədqiqat
          Internation
          al
          University
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

# Only spans of its own are in a coloured table: ESC, digits, m.
SGR = re.compile("\x1b\\[[0-9;]*m")


class Terminal(StringIO):
    """Text in memory that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def table(rows: list[Row], width: int, columns: list[str] | None = None, language: str = "en") -> str:
    stream = StringIO()
    show_many(rows, "agreement", form=Form.TABLE, columns=columns, language=language, stream=stream, width=width)
    return f"\n{stream.getvalue()}"


@pytest.mark.parametrize(("width", "expected"), [(40, AT_40), (80, AT_80), (120, AT_120)])
def test_table_is_drawn_to_the_width(agreements: list[Row], width: int, expected: str) -> None:
    assert table(agreements, width) == expected


def test_labels_and_countries_are_in_the_language_asked_for(agreements: list[Row]) -> None:
    assert table(agreements[:2], 80, language="az") == IN_AZERBAIJANI


def test_long_title_wraps_and_is_not_cut(agreements: list[Row]) -> None:
    agreements[0]["title"] = FORTY_WORDS
    assert len(FORTY_WORDS.split()) == 40
    assert table(agreements[:1], 80, ["ref", "title", "status"]) == LONG_TITLE


def test_no_rows_leave_only_the_footer() -> None:
    stream = StringIO()
    count = show_many([], "agreement", form=Form.TABLE, stream=stream, footer=lambda n: f"{n} agreements")
    assert (count, stream.getvalue()) == (0, "0 agreements\n")


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
        "5 found",
    ]
    assert shown[Form.TSV] == ["ref", "2024-001", "2024-002", "2024-003", "2024-004", "2024-005"]


@pytest.mark.parametrize("width", [1, 7, 20, 33, 47, 79, 200, 500])
def test_no_identifier_is_broken_at_any_width(agreements: list[Row], width: int) -> None:
    key = "a-key-that-is-rather-long-2024-international"
    agreements[0]["key"] = key
    page = table(agreements, width, ["key", "partner", "country"])
    if width >= len(key):
        assert key in page
    else:
        assert key in re.sub(r"\s", "", page)


ODD = st.text(
    st.one_of(st.characters(codec="utf-8"), st.sampled_from("ab \n\t\x1b\x9b\u202e\u200d\u0301北عæ[]/\\:=")),
    max_size=60,
)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@given(ODD, st.integers(11, 60))
def test_everything_of_a_value_is_shown_at_any_width(value: str, width: int) -> None:
    row = {"ref": "2024-001", "title": value, "texts": {}}
    stream = StringIO()
    show_many([row], "agreement", form=Form.TABLE, columns=["title"], stream=stream, width=width)
    shown = stream.getvalue()
    escaped = StringIO()
    show_many([row], "agreement", form=Form.TABLE, columns=["title"], stream=escaped, width=10_000)
    assert squeezed(shown).replace("─", "") == squeezed(escaped.getvalue()).replace("─", "")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)


@given(st.lists(ODD, min_size=1, max_size=4), st.integers(30, 100))
def test_many_rows_look_as_a_few_do(titles: list[str], width: int) -> None:
    rows = [{"ref": f"2024-{n:03}", "title": title, "texts": {}} for n, title in enumerate(titles, 1)]
    few = many = ""
    for times in (1, SAMPLE + 1):
        stream = StringIO()
        show_many(rows * times, "agreement", form=Form.TABLE, columns=["ref", "title"], stream=stream, width=width)
        few, many = many, stream.getvalue()
    assert many.startswith(few)


def test_rows_beyond_the_sample_are_streamed(agreements: list[Row]) -> None:
    stream = StringIO()
    written: list[int] = []

    def rows() -> Iterator[Row]:
        for number in range(SAMPLE * 3):
            if number > SAMPLE:
                written.append(stream.tell())
            yield agreements[0] | {"ref": f"2024-{number}"}

    count = show_many(rows(), "agreement", form=Form.TABLE, columns=["ref", "status"], stream=stream, width=80)
    lines = stream.getvalue().splitlines()
    assert count == SAMPLE * 3
    assert lines[0] == "Ref       Status"
    assert lines[2::SAMPLE] == ["2024-0    active", "2024-300  active", "2024-600  active"]
    assert written[1] > 0
    assert written == sorted(set(written))


def test_wider_values_after_the_sample_go_on_in_the_next_line(agreements: list[Row]) -> None:
    late = agreements[0] | {"ref": "2024-1000000", "title": "Beyond"}
    stream = StringIO()
    rows = [*repeat(agreements[0] | {"title": "Short"}, SAMPLE + 1), late]
    show_many(rows, "agreement", form=Form.TABLE, columns=["ref", "title"], stream=stream, width=80)
    assert stream.getvalue().splitlines()[-3:] == ["2024-001  Short", "2024-100  Beyon", "0000      d"]


def test_numbers_stand_to_the_right(make_row: MakeRow) -> None:
    rows = [make_row("plan", key="p", tasks=9, title="A"), make_row("plan", key="q", tasks=1000, title="B")]
    stream = StringIO()
    show_many(rows, "plan", form=Form.TABLE, columns=["tasks", "title"], stream=stream)
    assert stream.getvalue() == "Tasks  Title\n────────────\n    9  A\n 1000  B\n"


def test_page_shows_what_is_set(agreements: list[Row]) -> None:
    row = agreements[1] | {
        "note": "First line\nsecond line",
        "texts": {"note": {"en": "First line\nsecond line", "az": "Qeyd"}},
        "documents": [
            {"file": "scan.pdf", "kind": "signed-original", "language": "en", "public": True, "paper": "binder 12"},
            {"file": None, "kind": "annex", "language": None, "public": False, "paper": "binder 13"},
        ],
    }
    stream = StringIO()
    show_one(row, "agreement", form=Form.TABLE, stream=stream, width=60)
    assert (
        stream.getvalue()
        == """\
Ref                 2024-002
Key                 2024-002
Title               Memorandum of understanding
Type                memorandum
Stage               signed
Status              in notice
Partner             თბილისის სახელმწიფო უნივერსიტეტი; Cyprus
                    International University
Country             Georgia; North Cyprus
Partner type        university
Home                ADA University
Areas               student exchange, joint research
Signed              2024-05-01
Starts              2024-05-01
Ends                ~2027
End known           stated
Renewal             none
Note                First line
                    second line
In other languages  note (az): Qeyd
Documents           scan.pdf (signed original, en, public,
                    binder 12); binder 13 (annex)
Source              partners.yaml:3
"""
    )


def test_page_shows_the_columns_asked_for(agreements: list[Row]) -> None:
    stream = StringIO()
    show_one(agreements[0], "agreement", form=Form.TABLE, columns=["ref", "ends-on", "note"], stream=stream)
    assert stream.getvalue() == "Ref   2024-001\nEnds  2027-04-30\n"


def test_colour_is_for_terminals_and_underlines_a_word(
    agreements: list[Row], make_row: MakeRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    stream = Terminal()
    show_many(agreements[:2], "agreement", columns=["ref", "status"], stream=stream, width=80)
    assert stream.getvalue() == (
        "\x1b[1mRef     \x1b[0m\x1b[1m \x1b[0m \x1b[1mStatus   \x1b[0m\n"
        "───────────────────\n"
        "2024-001  \x1b[32mactive   \x1b[0m\n"
        "2024-002  \x1b[33min notice\x1b[0m\n"
    )
    stream = Terminal()
    late = make_row("task", number="1.1", status="planned", overdue=True)
    show_one(late, "task", columns=["number", "status"], stream=stream, width=80)
    assert stream.getvalue() == "\x1b[1mNo.   \x1b[0m  1.1\n\x1b[1mStatus\x1b[0m  \x1b[31mplanned, overdue\x1b[0m\n"


@pytest.mark.parametrize(
    ("variable", "value", "coloured"),
    [("NO_COLOR", "1", False), ("NO_COLOR", "", True), ("TERM", "dumb", False), ("FORCE_COLOR", "1", True)],
)
@pytest.mark.parametrize("width", [30, 80])
def test_environment_decides_on_colour(
    agreements: list[Row], monkeypatch: pytest.MonkeyPatch, variable: str, value: str, width: int, *, coloured: bool
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv(variable, value)
    plain, stream, file = StringIO(), Terminal(), StringIO()
    for target in (plain, stream, file):
        show_many(agreements[:4], "agreement", form=Form.TABLE, stream=target, width=width)
    assert (SGR.search(stream.getvalue()) is not None) is coloured
    assert SGR.search(file.getvalue()) is None
    bare = [line.rstrip() for line in SGR.sub("", stream.getvalue()).splitlines()]
    assert bare == plain.getvalue().splitlines()


@pytest.mark.parametrize(("asked", "width"), [("100", 100), ("0", 80), ("", 80), ("wide", 80)])
def test_width_off_a_terminal_is_that_of_columns(
    agreements: list[Row], monkeypatch: pytest.MonkeyPatch, asked: str, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", asked)
    stream = StringIO()
    show_many(agreements, "agreement", form=Form.TABLE, stream=stream)
    assert max(map(cells, stream.getvalue().splitlines())) == width


def test_width_on_a_terminal_is_its_own(agreements: list[Row], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("NO_COLOR", "1")
    inner, outer = os.openpty()
    fcntl.ioctl(outer, termios.TIOCSWINSZ, struct.pack("HHHH", 25, 97, 0, 0))
    with os.fdopen(outer, "w", encoding="utf-8") as stream:
        show_many(agreements[:1], "agreement", stream=stream)
        stream.flush()
        written = os.read(inner, 100_000).decode().splitlines()
    os.close(inner)
    assert written[0].startswith("Ref       Partner")
    assert len(written[1]) == 97


def test_encoding_that_lacks_letters_gets_them_escaped_and_in_line(agreements: list[Row]) -> None:
    for times in (1, SAMPLE + 1):
        raw = BytesIO()
        stream = TextIOWrapper(raw, encoding="latin-1")
        rows = [agreements[0], agreements[3]] * times
        show_many(rows, "agreement", form=Form.TABLE, columns=["partner", "ends", "ref"], stream=stream, width=120)
        stream.flush()
        lines = raw.getvalue().decode("latin-1").splitlines()
        university = r"\u062c\u0627\u0645\u0639\u0629 \u0627\u0644\u0642\u0627\u0647\u0631\u0629"
        assert lines[1] == "-" * len(lines[1])
        assert lines[2] == "University of Tromsø".ljust(len(university)) + "  2027-04-30    2024-001"
        assert lines[3].startswith(university + r"  ~2026-04-30")


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


def test_auto_is_a_table_on_a_terminal_and_tsv_elsewhere() -> None:
    assert resolve(Form.AUTO, Terminal()) is Form.TABLE
    assert resolve(Form.AUTO, StringIO()) is Form.TSV
    assert resolve(Form.CSV, Terminal()) is Form.CSV


@given(st.lists(st.tuples(st.integers(1, 90), st.integers(1, 5)), min_size=1, max_size=8), st.integers(1, 200))
def test_columns_take_no_more_than_there_is_and_no_more_than_they_need(
    columns: list[tuple[int, int]], available: int
) -> None:
    needs = [need(["x" * length], "text", weight) for length, weight in columns]
    widths = fit(needs, available)
    if widths is None:
        assert sum(min(length, 8) for length, _ in columns) > available
    else:
        wanted = [length for length, _ in columns]
        assert sum(widths) == min(available, sum(wanted))
        assert all(min(length, 8) <= width <= length for width, length in zip(widths, wanted, strict=True))


@given(st.text(st.characters(exclude_categories=["C", "Z"]), max_size=40), st.integers(2, 20))
def test_wrapped_lines_fit_and_hold_every_character(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join(lines) == text
    assert all(cells(line) <= width for line in lines)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (0, "0"),
        (True, "yes"),
        (["a", None, "b"], "a; b"),
        ([{"key": "k", "name": "Name"}, {"key": "l", "name": None}], "Name; l"),
        ({"en": "one", "az": "bir"}, "one"),
        ({"years": 2, "note": None}, "years 2"),
    ],
)
def test_any_value_has_a_text(value: object, text: str) -> None:
    assert as_text(value, "en") == text
