"""The pages of records: exactly as people read them, in each width."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mou_cli.views.whole import ADDED

if TYPE_CHECKING:
    from tests.commands.conftest import Write
    from tests.conftest import Mou

PAGES = Path(__file__).parent / "pages"
DAY = "2026-11-10"


@pytest.fixture
def whole(empty: Mou) -> Mou:
    """The command line on a register with one agreement of which everything is recorded."""
    empty.today = DAY
    empty("import", str(PAGES / "whole.yaml"))
    return empty


def page(mou: Mou, *arguments: str, width: int = 80) -> str:
    """Give a page without the line that says when and from which path the record came: it depends on the run."""
    text = mou(*arguments, "-f", "table", env={"COLUMNS": str(width)}).out
    assert "\x1b" not in text
    recorded = max(text.rfind("\n  Recorded"), text.rfind("\n  Qeydə alınıb"))
    return text[: recorded + 1] + text[recorded:].partition("\n\n")[2]


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("key", ["khazar-miras-2024", "bsu-social-services-agency"])
def test_a_memorandum_of_the_news_is_read_at_every_width(seeded: Mou, key: str, width: int) -> None:
    assert page(seeded, "show", key, width=width) == (PAGES / f"{key}-{width}.txt").read_text("utf-8")


@pytest.mark.parametrize("width", [40, 80, 120, 200])
def test_everything_of_an_agreement_is_read_at_every_width(whole: Mou, width: int) -> None:
    shown = page(whole, "show", "whole", width=width)
    # A line is never longer than can be read, however wide the screen.
    assert shown == (PAGES / f"whole-{min(width, 120)}.txt").read_text("utf-8")


NOUNS = {"partner": "institution", "event": "event", "plan": "plan", "task": "task"}
COMMANDS = {
    "partner": ("partner", "show", "uit"),
    "event": ("event", "show", "fair"),
    "plan": ("plan", "show", "office-2026"),
    "task": ("plan", "task", "show", "1"),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_the_page_of_every_noun(whole: Mou, name: str) -> None:
    shown = page(whole, *COMMANDS[name])
    assert shown == (PAGES / f"{name}-80.txt").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "command"), [("whole", ("show", "whole")), ("task", COMMANDS["task"]), ("partner", COMMANDS["partner"])]
)
def test_pages_in_azerbaijani(whole: Mou, name: str, command: tuple[str, ...]) -> None:
    shown = page(whole, *command, "--lang", "az")
    assert shown == (PAGES / f"{name}-80-az.txt").read_text("utf-8")


def test_a_page_says_who_recorded_and_who_changed_last(small: Mou) -> None:
    small("add", "--partner", "uit", "--note", "a", "--actor", "Ann")
    assert small.json("show", "2025-001")["history"]["changed_by"] is None
    assert "Last changed" not in small("show", "2025-001", "-f", "table").out
    for actor, note in (("Ben", "b"), ("Cem", "c")):
        small("edit", "2025-001", "--note", note, "--actor", actor)
    history = small.json("show", "2025-001")["history"]
    assert (history["recorded_by"], history["recorded_from"]) == ("Ann", None)
    assert (history["changes"], history["changed_by"]) == (2, "Cem")
    *_, recorded, changed = small("show", "2025-001", "-f", "table").lines
    assert re.fullmatch(r"  Recorded      \d+ \w+ \d{4}, Ann", recorded)
    assert re.fullmatch(r"  Last changed  \d+ \w+ \d{4}, Cem \(2 changes\)", changed)


def test_a_record_that_was_removed_and_added_again_begins_anew(small: Mou) -> None:
    small("partner", "add", "Oslo", "--actor", "Ann")
    small("partner", "edit", "oslo", "--city", "Oslo")
    small("partner", "remove", "oslo", "--yes")
    small("partner", "add", "Oslo", "--actor", "Ben")
    history = small.json("partner", "show", "oslo")["history"]
    assert (history["recorded_by"], history["changes"]) == ("Ben", 0)


MANY = """\
format: mou/1
home: [adu]
institutions: [{key: adu, name: Advent University}, {key: uit, name: University of Tromsø}]
agreements:
"""


@pytest.fixture
def many(empty: Mou, write: Write) -> Mou:
    """The command line on a register with 300 agreements of one partner: a third of them has no end."""
    ends = {0: "2024-12-31", 1: "open"}
    lines = (
        f"  - {{key: a{n}, ref: 2024-{n:03}, parties: [adu, uit], signed: 2023-01-01, starts: 2023-01-01,"
        f" ends: {'2030-01-01' if n == 150 else ends.get(n % 3, '2024-06')}}}\n"
        for n in range(1, 301)
    )
    empty("import", write("many.yaml", MANY + "".join(lines)))
    return empty


def test_the_page_of_a_partner_with_many_agreements_shows_the_first_and_says_how_to_see_the_rest(many: Mou) -> None:
    shown = page(many, "partner", "show", "uit")
    assert "  300 agreements: 101 active, 199 expired\n" in shown
    rows = [line for line in shown.splitlines() if line.startswith("  2024-")]
    assert len(rows) == 20
    assert "\n  and 280 more: mou list --partner uit\n" in shown
    assert many("list", "--partner", "uit", "--count").out == "300\n"
    assert "\n  and 280 more: mou list --home adu\n" in page(many, "partner", "show", "adu")
    assert many("list", "--home", "adu", "--count").out == "300\n"


def test_of_what_one_person_did_the_page_shows_the_first_and_how_much_more_there_is(empty: Mou, write: Write) -> None:
    lines = (
        f"  - {{key: a{n:02}, ref: 2024-{n:03}, parties: [adu, uit], signatures: [{{party: uit, name: Anne}}]}}\n"
        for n in range(1, 24)
    )
    empty("import", write("anne.yaml", MANY + "".join(lines)))
    shown = " ".join(page(empty, "partner", "show", "uit").split())
    assert "Anne signed 2024-001, signed 2024-002," in shown
    assert "signed 2024-020, and 3 more " in shown
    assert len(empty.json("partner", "show", "uit")["people"]) == 23


def test_programs_get_all_agreements_of_a_partner_what_is_in_force_first(many: Mou) -> None:
    row = many.json("partner", "show", "uit")
    assert row["agreement_counts"] == {"active": 101, "expired": 199}
    statuses = [each["status"] for each in row["agreement_rows"]]
    assert statuses == ["active"] * 101 + ["expired"] * 199
    assert {key for each in row["agreement_rows"] for key in each} == set(many.json("list", "--limit", "1")[0])
    assert [party["key"] for party in row["agreement_rows"][0]["partners"]] == ["adu"]


def test_what_stands_beside_a_record_is_in_json_and_not_in_its_line(whole: Mou) -> None:
    shown = {
        "agreement": whole.json("show", "whole"),
        **{NOUNS[name]: whole.json(*command) for name, command in COMMANDS.items()},
    }
    for noun, keys in ADDED.items():
        assert [key for key in keys if key not in shown[noun]] == []
    assert whole("show", "whole", "-f", "tsv").lines[0].split("\t")[-2:] == ["renewed_until_from", "renewed_until_to"]
    agreement = shown["agreement"]
    assert [(party["key"], party["unit"], party["role"]) for party in agreement["parties"]] == [
        ("adu", None, None),
        ("uit", "Faculty of Law", "coordinator"),
    ]
    assert [(link["kind"], link["ref"]) for link in agreement["linked_to"]] == [("under", "2020-001")]
    assert [(link["kind"], link["ref"]) for link in agreement["linked_from"]] == [("amends", "2025-001")]
    assert [task["key"] for task in agreement["task_rows"]] == ["office-2026/1"]
    assert agreement["reasons"][2] == {
        "topic": "ends",
        "code": "computed",
        "length": "3y",
        "first": "2027-04-30",
        "last": "2027-04-30",
    }


def test_markdown_has_the_sections_of_the_page(whole: Mou) -> None:
    text = whole("show", "whole", "-f", "markdown").out
    assert text.startswith("# exchange agreement with University of Tromsø\n\n2024-001, active\n\n## Parties\n")
    headings = [line.removeprefix("## ") for line in text.splitlines() if line.startswith("## ")]
    shown = page(whole, "show", "whole").splitlines()
    assert headings == [line for line in shown[2:] if line and not line.startswith(" ")]
    assert "\n| Plan | No. | Task | Deadline | Status |\n" in text


@pytest.mark.parametrize(
    ("language", "plan"),
    [
        ("en", "  Plan       Plan of activities for 2025 of the Centre for Social Services to Veterans,"),
        ("az", "  Plan       Mingəçevir Dövlət Universitetinin Qazilərə sosial xidmət mərkəzinin 2025-ci il"),
    ],
)
def test_plan_of_a_task_is_called_in_the_language(seeded: Mou, language: str, plan: str) -> None:
    page = seeded("plan", "task", "show", "5.1", "-f", "table", "--lang", language, env={"COLUMNS": "100"})
    assert any(line.startswith(plan) for line in page.lines), page.out
