"""Pages of records with awkward names: every script and every length keeps to its column, and nothing is lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from mou_cli.output.layout import cells

if TYPE_CHECKING:
    from tests.commands.conftest import Write
    from tests.conftest import Mou

TITLE = (
    "Agreement on the exchange of students, teachers and administrative staff and on joint research, joint "
    "publications, summer schools, libraries and the mutual recognition of credits between the two great "
    "universities, their faculties, institutes, centres, laboratories and branches in both countries"
)
NAMES = ("თბილისის სახელმწიფო უნივერსიტეტი", "جامعة القاهرة", "北京大学国际合作部", "A-b" * 30)
KEY, NOTE = "a-very-long-key-" * 5, "[bold]no markup[/] %s {}"
EMAIL, WEBSITE = "n" * 60 + "@cu.example", "https://tsu.example/" + "a" * 90
RECORDS = f"""\
format: mou/1
home: [adu]
institutions:
  - {{key: tsu, name: {NAMES[0]}, country: GE, city: თბილისი, website: "{WEBSITE}"}}
  - {{key: cu, name: {NAMES[1]}, country: EG}}
  - {{key: pku, name: {NAMES[2]}, country: CN}}
  - {{key: long, name: {NAMES[3]}}}
agreements:
  - key: {KEY}
    title: {TITLE}
    type: memorandum
    parties: [adu, {{institution: tsu, unit: სამართლის ფაკულტეტი}}, cu, pku, long]
    people: [{{name: Ørjan Ødegård, position: 主任, party: pku}}]
    contacts: [{{name: نجيب, email: "{EMAIL}", party: cu}}]
    exchange: [{{from: adu, to: pku, places: 3, years: {"2024–" * 8}}}]
    tags: [ə, "[red]x[/]", ":smile:"]
    note: "{NOTE}"
  - {{key: untitled, type: protocol, parties: [adu, tsu, cu, pku, long]}}
"""
PAGE = """\
Agreement on the exchange of students, teachers and
administrative staff and on joint research, joint
publications, summer schools, libraries and the mutual
recognition of credits between the two great universities,
their faculties, institutes, centres, laboratories and
branches in both countries
2025-001  memorandum  unstated

Parties
  Home     Advent University (Azerbaijan, university)
  Partner  თბილისის სახელმწიფო უნივერსიტეტი (Georgia,
           university)
           სამართლის ფაკულტეტი
  Partner  جامعة القاهرة (Egypt)
  Partner  北京大学国际合作部 (China)
  Partner  A-bA-bA-bA-bA-bA-bA-bA-bA-bA-bA-bA-bA-bA-bA-bA-bA
           -bA-bA-bA-bA-bA-bA-bA-bA-bA-bA-bA-bA-bA-b

Dates
  Ends  not known: no end is stated

Exchange
  From    Advent University
  To      北京大学国际合作部
  Places  3
  Years   2024–2024–2024–2024–2024–2024–2024–2024–

Present
  Ørjan Ødegård (主任, 北京大学国际合作部)
"""


@pytest.fixture
def awkward(small: Mou, write: Write) -> Mou:
    small("import", write("awkward.yaml", RECORDS))
    return small


def shown(mou: Mou, *arguments: str, width: int) -> str:
    return mou(*arguments, "-f", "table", env={"COLUMNS": str(width)}).out


def test_names_of_every_script_and_length_are_set(awkward: Mou) -> None:
    assert shown(awkward, "show", "2025-001", width=60).startswith(PAGE)


@pytest.mark.once_on_server("widths", each="command")
@pytest.mark.parametrize("width", [33, 40, 60, 80, 100, 150])
@pytest.mark.parametrize("command", [("show", "2025-001"), ("show", "2025-002"), ("partner", "show", "tsu")], ids=str)
@pytest.mark.parametrize("language", ["en", "az"])
def test_no_line_is_wider_than_the_screen_and_nothing_is_lost(
    awkward: Mou, command: tuple[str, ...], language: str, width: int
) -> None:
    text = shown(awkward, *command, "--lang", language, width=width)
    assert [line for line in text.splitlines() if cells(line) > min(width, 100)] == []
    squeezed = re.sub(r"\s", "", text)
    values = {"2025-001": (TITLE, *NAMES, NOTE, KEY, EMAIL), "2025-002": NAMES, "tsu": (NAMES[0], WEBSITE)}
    for value in values[command[-1]]:
        assert re.sub(r"\s", "", value) in squeezed


def test_an_identifier_that_is_too_long_for_its_place_is_set_whole(awkward: Mou) -> None:
    lines = shown(awkward, "show", "2025-001", width=90).splitlines()
    assert KEY in [line.strip().removeprefix("Key").strip() for line in lines]
    assert "  coordinator  نجيب (جامعة القاهرة)" in lines


def test_institutions_are_called_as_the_language_calls_them(seeds: Mou) -> None:
    def lines(*command: str) -> list[str]:
        return [line.strip() for line in shown(seeds, *command, "--lang", "az", width=100).splitlines()]

    agreement = lines("show", "khazar-miras-2024")
    assert "Təmsil olunan qurum  Xəzər Universiteti (Azərbaycan, universitet)" in agreement
    assert "Səlimə əhmədova (Layihə meneceri, Xəzər Universiteti)" in agreement
    partner = lines("partner", "show", "khazar")
    assert partner[0] == "Xəzər Universiteti"
    assert "əsas ad      Khazar University" in partner
    assert lines("event", "show", "ada-azerbaijan-kazakhstan-round-table")[4] == "ADA Universiteti (Azərbaycan)"
    assert "Sahibi          Mingəçevir Dövlət Universiteti" in lines("plan", "show", "mdu-veterans-2025")
    assert lines()[0].startswith("ADA Universiteti; Bakı Dövlət Universiteti; Xəzər Universiteti və daha 1 qurum")


def test_programs_are_given_the_same_names_in_every_language(seeds: Mou) -> None:
    commands = (("show", "khazar-miras-2024"), ("partner", "show", "khazar"), ("list", "--limit", "9"), ())
    for command in commands:
        assert seeds(*command, "-f", "json", "--lang", "az").out == seeds(*command, "-f", "json").out


def test_an_agreement_without_a_title_is_called_by_its_partners(awkward: Mou) -> None:
    heading = shown(awkward, "show", "2025-002", width=100).splitlines()[0]
    assert heading == f"protocol with {', '.join(NAMES[:3])} and 1 more"
    azerbaijani = awkward("show", "2025-002", "-f", "table", "--lang", "az", env={"COLUMNS": "100"}).lines[0]
    assert azerbaijani == f"{', '.join(NAMES[:3])} və daha 1 qurum ilə protokol"
