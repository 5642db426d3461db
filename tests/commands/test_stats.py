"""`mou stats` for people: bars, time lines and tables of two traits; for programs flat rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mou_cli.output.layout import cells
from mou_cli.views.stats import BY

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.conftest import Write
    from tests.conftest import Mou, Process

NORDIC = ("stats", "--by", "country", "--region", "nordic", "-f", "table")


def drawn(mou: Mou, *arguments: str, width: int = 80, **named: Any) -> str:
    return mou("stats", *arguments, "-f", "table", env={"COLUMNS": str(width)}, **named).out


@pytest.mark.parametrize(
    ("width", "screen"),
    [
        (
            30,
            (
                "Country  Agreements\n"
                "──────────────────────────────\n"
                "Norway            6  █████████\n"
                "Sweden            4  ██████\n"
                "\n"
                "10 agreements, 10 partners,\n"
                "partners in Norway or Sweden\n"
            ),
        ),
        (
            40,
            (
                "Country  Agreements  Partners\n"
                "────────────────────────────────────────\n"
                "Norway            6         6  █████████\n"
                "Sweden            4         4  ██████\n"
                "\n"
                "10 agreements, 10 partners, partners in\n"
                "Norway or Sweden\n"
            ),
        ),
        (
            80,
            (
                "Country  Agreements  Share  Partners\n"
                "────────────────────────────────────────────────────────────────────────────────\n"
                "Norway            6   60 %         6  ██████████████████████████████████████████\n"
                "Sweden            4   40 %         4  ████████████████████████████\n"
                "\n"
                "10 agreements, 10 partners, partners in Norway or Sweden\n"
            ),
        ),
        (
            200,
            (
                "Country  Agreements  Share  Partners\n"
                "────────────────────────────────────────────────────────────────────────────────────────\n"
                "Norway            6   60 %         6  ██████████████████████████████████████████████████\n"
                "Sweden            4   40 %         4  █████████████████████████████████▍\n"
                "\n"
                "10 agreements, 10 partners, partners in Norway or Sweden\n"
            ),
        ),
    ],
)
def test_bars_are_as_long_as_the_screen_has_room(seeded: Mou, width: int, screen: str) -> None:
    assert drawn(seeded, "--by", "country", "--country", "Norway", "--country", "Sweden", width=width) == screen


def test_bars_speak_azerbaijani(seeded: Mou) -> None:
    assert drawn(seeded, "--by", "area", "--country", "Norway", "--lang", "az", width=70).splitlines()[:3] == [
        "Sahə                Sazişlər   Pay  Tərəfdaşlar",
        "──────────────────────────────────────────────────────────────────────",
        "birgə tədqiqat             4  67 %            4  █████████████████████",
    ]


def test_ties_stand_by_label_and_what_is_not_known_stands_last(seeded: Mou) -> None:
    labels = [line.split("  ")[0] for line in drawn(seeded, "--by", "country").splitlines()[2:-3]]
    assert labels[2:8] == ["Azerbaijan", "France", "Iran", "Norway", "Türkiye", "Japan"]
    assert labels[-2:] == ["Ukraine", "(not known)"]


def test_parts_that_add_up_to_more_are_explained(seeded: Mou) -> None:
    assert drawn(seeded, "--by", "area").splitlines()[-2:] == [
        "134 agreements, 135 partners",
        "an agreement counts in every part that it belongs to, and once in the total",
    ]
    assert drawn(seeded, "--by", "status").splitlines()[-1] == "134 agreements, 135 partners"


def test_a_terminal_without_blocks_gets_ascii(seeded: Mou, process: Process) -> None:
    done = process(*NORDIC, env={"MOU_DB": seeded.address, "PYTHONIOENCODING": "ascii", "COLUMNS": "60"})
    assert done.stdout.decode("ascii") == (
        "Country  Agreements  Share  Partners\n"
        "------------------------------------------------------------\n"
        "Norway            4   50 %         4  ######################\n"
        "Sweden            4   50 %         4  ######################\n"
        "\n"
        "8 agreements, 8 partners, region Europe (Nordic Countries)\n"
    )


REGIONS = """\
format: mou/1
home: [home]
institutions:
  - {key: home, name: Home, country: AZ}
  - {key: tokyo, name: Tokyo, country: JP, region: 東アジアと太平洋}
  - {key: oslo, name: Oslo, country: NO, region: North}
agreements:
  - {key: a, parties: [home, tokyo], type: memorandum}
  - {key: b, parties: [home, oslo], type: memorandum}
  - {key: c, parties: [home, oslo], type: contract}
"""
BARS = """\
Region            Agreements  Share  Partners
──────────────────────────────────────────────────────────────────────
North                      2   67 %         1  ███████████████████████
東アジアと太平洋           1   33 %         1  ███████████▌
"""
CROSS = """\
Region            memorandum  contract  Total
─────────────────────────────────────────────
North                      1         1      2
東アジアと太平洋           1         ·      1
Total                      2         1      3
"""


def test_numbers_stand_below_one_another_whatever_room_the_letters_beside_them_take(empty: Mou, write: Write) -> None:
    empty("import", write("regions.yaml", REGIONS))
    assert drawn(empty, "--by", "region", width=70).startswith(BARS)
    assert drawn(empty, "--by", "region", "--by", "type", width=70).startswith(CROSS)


YEARS = """\
format: mou/1
home: [home]
institutions: [{key: home, name: Home, country: AZ}, {key: oslo, name: Oslo, country: NO}]
agreements:
"""


def dated(*years: int) -> str:
    records = (f"  - {{key: a{n}, parties: [home, oslo], signed: {year:04}}}\n" for n, year in enumerate(years))
    return YEARS + "".join(records) + "  - {key: undated, parties: [home, oslo]}\n"


def test_a_time_line_hides_no_year(empty: Mou, write: Write) -> None:
    empty("import", write("years.yaml", dated(2019, 2019, 2021, 2024)))
    assert drawn(empty, "--by", "year", width=60) == (
        "Year         Agreements  Share  Partners\n"
        "────────────────────────────────────────────────────────────\n"
        "2019                  2   40 %         1  ██████████████████\n"
        "2020                  0    0 %         0\n"
        "2021                  1   20 %         1  █████████\n"
        "2022                  0    0 %         0\n"
        "2023                  0    0 %         0\n"
        "2024                  1   20 %         1  █████████\n"
        "(not known)           1   20 %         1\n"
        "\n"
        "5 agreements, 1 partner\n"
        "a partner counts in every part that it belongs to, and once\n"
        "in the total\n"
        "the year is that of signing, else of the start\n"
    )
    assert [row["value"] for row in empty.json("stats", "--by", "year")] == ["2019", "2021", "2024", None]


@pytest.mark.parametrize(
    ("first", "last", "lines"),
    [
        (1985, 2024, ("1985", "2024", 40)),
        (1984, 2024, ("1980-1984", "2020-2024", 9)),
        (1750, 2024, ("1750-1759", "2020-2029", 28)),
        (1000, 2999, ("1000-1049", "2950-2999", 40)),
    ],
)
def test_many_years_stand_several_together(
    empty: Mou, write: Write, first: int, last: int, lines: tuple[str, str, int]
) -> None:
    empty("import", write("years.yaml", dated(first, last)))
    years = [line.split()[0] for line in drawn(empty, "--by", "year").splitlines()[2:-5]]
    assert (years[0], years[-1], len(years)) == lines


@pytest.mark.parametrize(
    ("width", "screen"),
    [
        (
            80,
            (
                "Country  cooperation  preliminary  Total\n"
                "                        agreement\n"
                "────────────────────────────────────────\n"
                "Norway             4            2      6\n"
                "Sweden             4            ·      4\n"
                "Total              8            2     10\n"
                "\n"
                "10 agreements, 10 partners, partners in Norway or Sweden\n"
            ),
        ),
        (
            34,
            (
                "Country  cooperation  other  Total\n"
                "──────────────────────────────────\n"
                "Norway             4      2      6\n"
                "Sweden             4      ·      4\n"
                "Total              8      2     10\n"
                "\n"
                "other is the sum of 1 column that\n"
                "has no room here\n"
                "10 agreements, 10 partners,\n"
                "partners in Norway or Sweden\n"
            ),
        ),
    ],
)
def test_two_traits_make_a_table_with_totals_at_both_ends(seeded: Mou, width: int, screen: str) -> None:
    asked = ("--by", "country", "--by", "type", "--country", "Norway", "--country", "Sweden")
    assert drawn(seeded, *asked, width=width) == screen


def test_columns_that_have_no_room_are_added_up_and_that_is_said(seeded: Mou) -> None:
    lines = drawn(seeded, "--by", "partner-type", "--by", "type", width=60).splitlines()
    assert lines[0] == "Partner type           cooperation  membership  other  Total"
    assert lines[-4:] == [
        "Total                          118           4     12    134",
        "",
        "other is the sum of 6 columns that have no room here",
        "134 agreements, 135 partners",
    ]


def test_years_across_stand_together_until_they_have_room(seeded: Mou) -> None:
    asked = ("--by", "type", "--by", "year")
    headings = drawn(seeded, *asked, width=80).splitlines()[0].split()
    assert headings == ["Type", "1990-1999", "2000-2009", "2010-2019", "2020-2029", "(not", "Total"]
    headings = drawn(seeded, *asked, width=250).splitlines()[0].split()
    assert headings == ["Type", *map(str, range(1993, 2025)), "(not", "Total"]


@pytest.mark.once_on_server("widths", each="by")
@pytest.mark.parametrize("width", [20, 40, 80, 120, 200])
@pytest.mark.parametrize("by", [("country",), ("area",), ("type", "status"), ("country", "area"), ("year", "type")])
def test_no_line_is_wider_than_the_screen(seeded: Mou, width: int, by: tuple[str, ...]) -> None:
    asked = [word for name in by for word in ("--by", name)]
    assert max(map(cells, drawn(seeded, *asked, width=width).splitlines())) <= width


def test_programs_get_a_row_for_every_pair(seeded: Mou) -> None:
    rows = seeded.json("stats", "--by", "country", "--by", "type", "--country", "Norway")
    assert rows == [
        {"by": "country", "value": "NO", "by2": "type", "value2": "cooperation", "agreements": 4, "partners": 4},
        {"by": "country", "value": "NO", "by2": "type", "value2": "preliminary", "agreements": 2, "partners": 2},
    ]
    assert seeded("stats", "--by", "country", "--by", "type", "--country", "Norway", "-f", "csv").lines == [
        "by,value,by2,value2,agreements,partners",
        "country,NO,type,cooperation,4,4",
        "country,NO,type,preliminary,2,2",
    ]


def test_columns_that_are_asked_for_are_those_of_the_rows(seeded: Mou) -> None:
    asked = ("stats", "--by", "country", "--by", "type", "--country", "Norway", "--columns", "value,value2,agreements")
    assert seeded(*asked, "-f", "table").out == (
        "Value   And value              Agreements\n"
        "─────────────────────────────────────────\n"
        "Norway  cooperation                     4\n"
        "Norway  preliminary agreement           2\n"
    )


def test_files_for_people_hold_the_table(seeded: Mou, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    asked = ("stats", "--by", "country", "--by", "type", "--country", "Norway", "--country", "Sweden")
    for name in ("cross.md", "cross.xlsx", "one.xlsx"):
        wanted = asked if name.startswith("cross") else (*asked[:3], *asked[5:])
        answer = seeded(*wanted, "-o", str(tmp_path / name))
        assert answer.err == f"{3 if name.startswith('cross') else 2} lines written to {tmp_path / name}\n"
    assert (tmp_path / "cross.md").read_text("utf-8") == (
        "| Country | cooperation | preliminary agreement | Total |\n"
        "| --- | ---: | ---: | ---: |\n"
        "| Norway | 4 | 2 | 6 |\n"
        "| Sweden | 4 | 0 | 4 |\n"
        "| Total | 8 | 2 | 10 |\n"
    )
    cross = list(load_workbook(tmp_path / "cross.xlsx").active.values)  # type: ignore[union-attr]  # it has a sheet
    assert cross == [
        ("Country", "cooperation", "preliminary agreement", "Total"),
        ("Norway", 4, 2, 6),
        ("Sweden", 4, 0, 4),
        ("Total", 8, 2, 10),
    ]
    one = list(load_workbook(tmp_path / "one.xlsx").active.values)  # type: ignore[union-attr]  # likewise
    assert one == [("Country", "Agreements", "Partners"), ("Norway", 6, 6), ("Sweden", 4, 4)]


def test_nothing_found_is_said_and_draws_nothing(seeded: Mou) -> None:
    for by in (("--by", "year"), ("--by", "country", "--by", "year")):
        answer = seeded("stats", *by, "nosuchword", "-f", "table")
        assert (answer.out, answer.err) == (
            "",
            'no agreements found: the word "nosuchword"; without the words there are 134\n',
        )
        assert seeded.json("stats", *by, "nosuchword") == []


def test_three_traits_or_one_twice_are_refused(seeded: Mou) -> None:
    by = [word for name in ("country", "type", "status") for word in ("--by", name)]
    assert seeded.fails(2, "stats", *by).err == (
        "mou: --by: counting by three things at once gives what nobody can read\nhint: say it once or twice\n"
    )
    assert seeded.fails(2, "stats", "--by", "type", "--by", "type").err == (
        "mou: --by: 'type' is said twice\nhint: say two different ones\n"
    )


@pytest.mark.parametrize("by", BY)
def test_columns_without_partners_count_agreements_alike(seeds: Mou, by: str) -> None:
    rows = seeds.json("stats", "--by", by)
    told = [{name: row[name] for name in ("value", "agreements")} for row in rows]
    assert seeds.json("stats", "--by", by, "--columns", "value,agreements") == told
