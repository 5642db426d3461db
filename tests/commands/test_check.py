"""`mou check`: what people and programs are told of the findings, and how a finding is mended or accepted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from mou_cli.vocabulary import FINDINGS, SEVERITIES

if TYPE_CHECKING:
    from tests.commands.conftest import Write
    from tests.conftest import Mou

SEEDS_AT_80 = """\
Weight   Code            Records                    Finding
────────────────────────────────────────────────────────────────────────────────
warning  signed-undated  2025-001 Social Services   it is signed, but the day is
                         Agency                     not recorded
warning  no-end          134 findings               neither an end nor a day of
                                                    review
warning  vacant          2025-001 Social Services   nobody is responsible for it
                         Agency
warning  vacant          2025-002 "MIRAS" Social    nobody is responsible for it
                         Organization in Support
                         of the Study of Cultural…
hint     no-country      Cavalry School of          its country is not recorded
                         Management and Design
hint     declared-more   Azerbaijan–Kazakhstan      40 memoranda were declared,
                         round table on             0 are recorded
                         co-operation in higher…

137 warnings, 2 hints; mou check CODE lists what there is of a code
"""
VACANT_AT_80 = """\
Records         Finding                     What to do
────────────────────────────────────────────────────────────────────────────────
2025-001        nobody is responsible for   mou edit 2025-001 --responsible NAME
Social          it
Services…
2025-002        nobody is responsible for   mou edit 2025-002 --responsible NAME
"MIRAS" Social  it
Organization…

2 warnings
"""
VACANT_AT_120 = """\
Records            Finding                       What to do                            Id
────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
2025-001 Social    nobody is responsible for it  mou edit 2025-001 --responsible NAME  vacant:bsu-social-services-agency
Services Agency
"""
VACANT_AT_40 = """\
Records     2025-001 Social Services
            Agency
Finding     nobody is responsible for it
What to do
mou edit 2025-001 --responsible NAME
"""
UNDATED = "signed-undated:bsu-social-services-agency"
WRONG = """\
format: mou/1
agreements:
  - {key: late, parties: [adu, uit], starts: 2024-05-01, terminated: 2024-04-30, review: 2030, responsible: Ann}
"""


def test_the_seeds_are_told_on_one_screen(seeded: Mou) -> None:
    assert seeded("check", "-f", "table").out == SEEDS_AT_80
    assert len(SEEDS_AT_80.splitlines()) <= 24


def test_the_findings_of_a_code_are_listed_with_what_to_do(seeded: Mou) -> None:
    assert seeded("check", "vacant", "-f", "table").out == VACANT_AT_80
    assert seeded("check", "vacant", "-f", "table", env={"COLUMNS": "40"}).out.startswith(VACANT_AT_40)
    assert seeded("check", "vacant", "-f", "table", env={"COLUMNS": "120"}).out.startswith(VACANT_AT_120)


def test_programs_are_given_every_finding(seeded: Mou) -> None:
    rows = seeded.json("check")
    counts: dict[str, int] = {}
    for row in rows:
        assert list(row) == ["id", "code", "severity", "sentence", "records", "do", "fixable"]
        counts[row["code"]] = counts.get(row["code"], 0) + 1
    assert counts == {"signed-undated": 1, "no-end": 134, "vacant": 2, "no-country": 1, "declared-more": 1}
    assert rows[0] == {
        "id": UNDATED,
        "code": "signed-undated",
        "severity": "warning",
        "sentence": "it is signed, but the day is not recorded",
        "records": [
            {
                "noun": "agreement",
                "key": "bsu-social-services-agency",
                "name": "Social Services Agency",
                "ref": "2025-001",
            }
        ],
        "do": "mou edit 2025-001 --signed DATE",
        "fixable": False,
    }
    assert len({row["id"] for row in rows}) == len(rows)
    assert seeded.json("check", "--lang", "az") == rows
    assert [json.loads(line) for line in seeded("check", "-f", "jsonl").lines] == rows
    assert seeded("check").lines[1].split("\t")[4] == "bsu-social-services-agency"


def test_people_are_told_in_their_language(seeded: Mou) -> None:
    answer = seeded("check", "no-country", "declared-more", "-f", "table", "--lang", "az", env={"COLUMNS": "250"})
    assert "ölkəsi qeyd edilməyib" in answer.lines[2]
    assert "40 memorandum bəyan edilib, 0 qeydə alınıb" in answer.out
    assert answer.lines[-1] == "2 qeyd"


@pytest.mark.parametrize("form", ["auto", "table", "markdown"])
def test_nothing_is_said_when_all_is_well(small: Mou, form: str) -> None:
    answer = small("check", "-f", form)
    assert (answer.out, answer.err) == ("", "")
    assert small.json("check") == []
    file = small.folder / "findings.json"
    file.write_text("what was found before", "utf-8")
    small("check", "-o", str(file))
    assert json.loads(file.read_text("utf-8")) == []


def test_an_error_fails_the_check_and_a_warning_does_not(small: Mou, write: Write) -> None:
    small("import", write("wrong.yaml", WRONG))
    for options in ((), ("-f", "table"), ("-f", "json"), ("--severity", "error"), ("ends-before-starts",)):
        answer = small.call("check", *options)
        assert (answer.code, answer.err) == (3, "")
        assert "ends-before-starts" in answer.out
    small("check", "no-end", "vacant")
    small("check", "--accept", "ends-before-starts:late", "--reason", "so it is printed")
    assert small("check").out == ""


def test_what_weighs_less_is_left_out(seeded: Mou) -> None:
    found = {severity: seeded.json("check", "--severity", severity) for severity in SEVERITIES.codes}
    codes = {severity: {row["code"] for row in rows} for severity, rows in found.items()}
    assert codes["error"] == set()
    assert codes["warning"] == {"signed-undated", "no-end", "vacant"}
    assert codes["hint"] == codes["warning"] | {"no-country", "declared-more"}


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("no-ending",), 2, "mou: 'no-ending' is no finding\nhint: did you mean no-end"),
        (("--severity", "fatal"), 2, "mou: 'fatal' is no severity\n"),
        (("--fix", "--explain"), 2, "mou: --explain and --fix are two different things\nhint: say one of them\n"),
        (("--reason", "x"), 2, "mou: --reason is said of what is accepted\n"),
        (("--accept", UNDATED), 2, "mou: what is accepted needs a reason\n"),
        (("--accept", UNDATED, "--reason", " "), 2, "mou: what is accepted needs a reason\n"),
        (("--accept", "no-end:x", "--reason", "y"), 4, "mou: there is no finding no-end:x\n"),
        (("--accept", "x", "--reason", "y"), 4, "mou: there is no finding x\n"),
        (("--reopen", UNDATED), 4, f"mou: the finding {UNDATED} was not accepted\n"),
    ],
)
def test_what_cannot_be_is_refused(seeded: Mou, arguments: tuple[str, ...], code: int, says: str) -> None:
    assert seeded.fails(code, "check", *arguments).err.startswith(says)


def test_an_accepted_finding_stays_quiet_until_it_is_opened_again(seeds: Mou) -> None:
    number = len(seeds.json("check"))
    answer = seeds("check", "--accept", UNDATED, "--reason", "The  office lost it", "--actor", "Leyla")
    assert answer.err == (
        f"add acceptance {UNDATED}\n  key: {UNDATED}\n  reason: The office lost it\n"
        "  by: Leyla\n  accepted: 2025-05-10\n"
    )
    assert len(seeds.json("check")) == number - 1
    told = " ".join(seeds("check", "-f", "table").lines[-2:])
    assert told.startswith("136 warnings, 2 hints; accepted: 1 (mou check --accepted); ")
    assert seeds.json("check", "--accepted") == [
        {
            "id": UNDATED,
            "code": "signed-undated",
            "reason": "The office lost it",
            "accepted_by": "Leyla",
            "accepted_on": "2025-05-10",
            "found": True,
        }
    ]
    seeds("edit", "2025-001", "--signed", "2024")
    assert [row["found"] for row in seeds.json("check", "--accepted")] == [False]
    assert seeds("check", "--reopen", UNDATED).err == f"remove acceptance {UNDATED}\n"
    assert seeds.json("check", "--accepted") == []
    actions = [row["action"] for row in seeds.rows("SELECT action FROM journal_entry ORDER BY id")][1:]
    assert actions == [f"check --accept {UNDATED}", "edit agreement", f"check --reopen {UNDATED}"]


def test_keys_of_a_finding_may_be_typed_in_any_order(small: Mou) -> None:
    small("partner", "add", "University of Tromso", "--key", "again", "--country", "NO", "--new")
    assert [row["id"] for row in small.json("check", "alike")] == ["alike:again,uit"]
    small("check", "--accept", "alike:uit,again", "--reason", "two")
    assert small.json("check", "alike") == []


def test_acceptances_go_out_and_come_back(seeds: Mou, write: Write, absent: Mou) -> None:
    seeds("check", "--accept", UNDATED, "--reason", "lost: for good")
    text = seeds("export").out
    assert text.endswith(
        f"accepted:\n- key: {UNDATED}\n  reason: 'lost: for good'\n  by: tester\n  accepted: 2025-05-10\n"
    )
    answer = absent("import", write("all.yaml", text))
    assert answer.err.rstrip().endswith("1 acceptance")
    assert absent("export").out == text
    faulty = "format: mou/1\naccepted:\n  - {key: nonsense, reason: x, by: y, accepted: 2025}\n"
    told = absent.fails(3, "import", write("faulty.yaml", faulty)).err
    assert "key: 'nonsense' is no finding such as no-end:2024-001" in told


def test_a_rehearsal_accepts_and_mends_nothing(seeds: Mou) -> None:
    before = seeds.content()
    assert seeds("check", "--accept", UNDATED, "--reason", "x", "--dry-run").lines[0] == f"add acceptance {UNDATED}"
    seeds("check", "--fix", "--dry-run")
    assert seeds.content() == before


def test_where_nothing_can_be_mended_that_is_said_and_nothing_written(seeds: Mou) -> None:
    before = seeds.content()
    answer = seeds("check", "--fix")
    assert (answer.out, answer.err) == ("", "nothing to mend\n")
    assert seeds.json("check", "--fix", "--dry-run") == []
    assert seeds.content() == before


def test_every_code_is_explained_with_how_many_there_are(seeded: Mou) -> None:
    rows = seeded.json("check", "--explain")
    assert [row["code"] for row in rows] == list(FINDINGS.codes)
    assert {row["code"]: row["found"] for row in rows if row["found"]} == {
        "signed-undated": 1,
        "no-end": 134,
        "vacant": 2,
        "no-country": 1,
        "declared-more": 1,
    }
    assert "…" not in seeded("check", "--explain", "-f", "table").out
    (row,) = seeded.json("check", "no-end", "--explain")
    assert row["meaning"].startswith("Nothing will ever remind anybody of it.")
    assert [
        line for line in seeded("check", "vacant", "--explain", "-f", "table", "--lang", "az").lines if "vacant" in line
    ]


def test_codes_are_completed(seeded: Mou) -> None:
    answer = seeded("completion", "fish", "--", "mou", "check", "no-c")
    assert [line.split("\t")[0] for line in answer.lines][1:] == ["no-country"]


def test_the_heaviest_findings_come_first(seeded: Mou) -> None:
    weights = [list(SEVERITIES.codes).index(row["severity"]) for row in seeded.json("check", "--explain")]
    assert weights == sorted(weights)
