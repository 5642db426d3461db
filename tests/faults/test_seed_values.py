"""Values in files that a field cannot hold, and values that only look as if they meant something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml  # noqa: TID253 - another reader of what the program writes

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.faults.conftest import Trial

    Write = Callable[[str, str | bytes], str]

HEAD = "format: mou/1\ninstitutions:\n  - {key: a, name: A}\n  - {key: b, name: B}\n"
PLAN = "plans:\n  - {key: p, year: 2025, owner: a}\n"


@pytest.fixture
def refused(bare: Trial, write: Write) -> Callable[[str], list[str]]:
    """Import lines of YAML behind two institutions; give the complaints without the file's name."""

    def refuse(text: str) -> list[str]:
        file = write("seed.yaml", HEAD + text)
        lines = bare.call("import", file, code=3).err.splitlines()
        assert lines.pop() == "mou: nothing was imported"
        return [line.removeprefix(f"{file}:") for line in lines]

    return refuse


def agreement(fields: str) -> str:
    return f"agreements:\n  - key: x\n    parties: [a, b]\n    {fields}\n"


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ("signed: 2024-02-30", '8:13: signed: "2024-02-30" is not a day: February 2024 has days 1 to 29'),
        ("signed: 29 Feb 2023", '8:13: signed: "29 Feb 2023" is not a day: February 2023 has days 1 to 28'),
        ("signed: 31.04.2024", '8:13: signed: "31.04.2024" is not a day: April 2024 has days 1 to 30'),
        ("signed: 2024-13", '8:13: signed: "2024-13" has no month 13: write one from 1 to 12'),
        ("signed: 2024-00-01", '8:13: signed: "2024-00-01" has no month 0: write one from 1 to 12'),
        ("signed: 0999", "8:13: signed: the year 0999 is out of range: write one from 1000 to 2999"),
        ("signed: 3000-01-01", "8:13: signed: the year 3000 is out of range: write one from 1000 to 2999"),
        ("signed: 10000-01-01", "8:13: signed: the year 10000 is out of range: write one from 1000 to 2999"),
        ("signed: 0000-01-01", "8:13: signed: the year 0000 is out of range: write one from 1000 to 2999"),
        ("signed: 1.5.24", '8:13: signed: "1.5.24" has a two-digit year: write 1.5.1924 or 1.5.2024'),
        ("signed: today", '8:13: signed: "today" means another day tomorrow: write the date itself, such as '),
        ("signed: +90d", '8:13: signed: "+90d" means another day tomorrow: write the date itself, such as '),
        ("signed: [2024]", "8:13: signed: one value is expected, not a list"),
        ("signed: {on: 2024}", "8:13: signed: one value is expected, not a mapping"),
        ("signed: open", '8:13: signed: "open" is not a date: write 2024-05-01, 01.05.2024 or 1 May 2024, or '),
        ("starts: 2025-01-01\n    ends: 2024-12-31", "9:5: ends 2024-12-31 is before the agreement starts, 2025-01-01"),
        ("signed: 2025\n    starts: signed\n    ends: 2024", "10:5: ends 2024 is before the agreement starts, "),
        ("renewal_max: 1001", "8:18: renewal_max: 1001 is not between 0 and 1000"),
        ("renewal_max: -1", "8:18: renewal_max: -1 is not between 0 and 1000"),
        ("renewal_max: 1e3", "8:18: renewal_max: '1e3' is not a whole number"),
        ("renewal_max: 99999999999999999999", "8:18: renewal_max: '99999999999999999999' is not a whole number"),
        ("public: maybe", "8:13: public: 'maybe' is neither true nor false"),
        ("ref: 24-1", "8:10: ref: '24-1' is not a reference such as 2024-001"),
        ("type: [memorandum]", "8:11: type: one value is expected, not a list"),
        ("stage: dancing", "8:12: stage: 'dancing' is no stage; known are "),
        ("event: nowhere", "8:12: there is no event 'nowhere'"),
        ("links: [{amends: gone}]", "8:22: there is no agreement 'gone'"),
        ("links: [{loves: x}]", "8:14: 'loves' is no link; "),
        ("parties: [a]", "8:5: 'parties' is given twice: first in line 7, again in line 8"),
        ("contacts: [{email: x@y.z}]", "8:16: name is missing"),
        ("exchange: [{from: a}]", "8:16: to is missing"),
        ("documents: [{file: x, public: 2}]", "8:35: public: '2' is neither true nor false"),
        ("title: {english: x}", "8:13: title: 'english' is not a language code such as en or az"),
        ("tags: {a: b}", "8:11: one value is expected, not a mapping"),
        ("notice: soon", "8:13: notice: "),
        ("term: -3y", "8:11: term: "),
        ('term: "\\nx.yaml:1:1: y"', '8:11: term: "\\nx.yaml:1:1: y" is not a length: write 3y, 18m, 1y6m or 90d'),
        ('note: "a\\eb"', "8:11: note: the text contains \\x1b, which cannot be stored"),
        ('note: "a\\0b"', "8:11: note: the text contains \\x00, which cannot be stored"),
        ('note: "a\\u202eb"', "8:11: note: the text contains \\u202e, which cannot be stored"),
        ('project: "a\\u200bb"', "8:14: project: the text contains \\u200b, which cannot be stored"),
    ],
)  # fmt: skip
def test_a_value_that_a_field_cannot_hold_is_told_of_at_its_place(
    refused: Callable[[str], list[str]], fields: str, complaint: str
) -> None:
    complaints = refused(agreement(fields))
    assert len(complaints) == 1, complaints
    assert complaints[0] == complaint or (complaint.endswith(" ") and complaints[0].startswith(complaint)), complaints


def test_a_party_that_is_no_institution_is_told_of(refused: Callable[[str], list[str]]) -> None:
    parties = ("{unit: u}", "{institution: ~, unit: u}", "{institution: a b, unit: u}")
    records = "".join(f"  - {{key: x{n}, parties: [{party}, a]}}\n" for n, party in enumerate(parties))
    complaints = refused(
        f"agreements:\n{records}  - {{key: y, parties: [a, b], signatures: [{{name: ~, party: a}}]}}\n"
    )
    assert complaints == [
        "6:25: institution is missing",
        "7:39: institution may not be empty",
        "8:39: institution: 'a b' is not a key: letters a–z, digits, dot, dash and underscore, at most 100, no space",
        "9:51: name may not be empty",
    ]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("Korea", "'Korea' could be North Korea (KP) or South Korea (KR)"),
        ("Norwey", "'Norwey' is no country; did you mean Norway (NO)"),
        ("XX", "'XX' is no country"),
        ("'null'", "'null' is no country"),
        ("[NO, SE]", "one value is expected, not a list"),
        ("'☃'", "'☃' is no country"),
    ],
)
def test_a_country_that_is_none_or_several_is_told_of(
    refused: Callable[[str], list[str]], text: str, complaint: str
) -> None:
    (found,) = refused(f"  - key: c\n    name: C\n    country: {text}\n")
    assert found.startswith(f"7:14: country: {complaint}")


@pytest.mark.parametrize(
    ("field", "length", "limit"),
    [("city", 301, 300), ("name", 301, 300), ("city", 3_000_000, 300), ("note", 20_001, 20_000)],
)
def test_a_text_that_is_too_long_is_told_of(
    refused: Callable[[str], list[str]], field: str, length: int, limit: int
) -> None:
    other = "" if field == "name" else "name: C, "
    (found,) = refused(f"  - {{key: c, {other}{field}: {'x' * length}}}\n")
    column = 16 + len(other) + len(field)
    assert found == f"5:{column}: {field}: the text is {length} characters long; {limit} is the limit"


def test_a_list_that_is_too_long_is_told_of(refused: Callable[[str], list[str]]) -> None:
    assert refused(agreement(f"tags: [{', '.join(['x'] * 1001)}]")) == [
        "8:11: tags: the list has 1001 items; 1000 is the limit"
    ]


def test_a_key_that_is_too_long_is_told_of(refused: Callable[[str], list[str]]) -> None:
    (found,) = refused(f"  - {{key: {'k' * 101}, name: C}}\n")
    assert found.endswith("is not a key: letters a–z, digits, dot, dash and underscore, at most 100, no space")


@pytest.mark.parametrize("text", ["NO", "no", "Yes", "on", "012", "0o14", "1.10", "1e5", "12:30", ".inf", "2024-05-01"])
def test_a_text_stays_the_text_it_is(bare: Trial, write: Write, text: str) -> None:
    fields = f"project: {text}\n    unit: {text}\n    tags: [{text}]\n    note: {text}\n    title: {{en: {text}}}"
    bare.call("import", write("seed.yaml", HEAD + agreement(fields)), changes=True)
    shown = bare.call("show", "x", "--format", "json").json
    assert [shown[name] for name in ("project", "unit", "tags", "note", "title")] == [text, text, [text], text, text]
    # Another reader of the export must take it for the same text.
    kept = yaml.safe_load(bare.sound())["agreements"][0]
    assert [kept[name] for name in ("project", "unit", "tags", "note")] == [text, text, [text], text]


@pytest.mark.parametrize("text", ["NO", "no", "nor", "Norway", "Norveç", "NORVEC", "NORGE", "'NO'"])
def test_no_is_norway(bare: Trial, write: Write, text: str) -> None:
    file = write("seed.yaml", f"{HEAD}  - {{key: c, name: C, country: {text}}}\n")
    bare.call("import", file, changes=True)
    assert bare.value("SELECT country FROM institution WHERE key = 'c'") == "NO"


@pytest.mark.parametrize("text", ["null", "~", "", "Null", "NULL"])
def test_null_clears_and_a_required_field_cannot_be_cleared(bare: Trial, write: Write, text: str) -> None:
    bare.call("import", write("seed.yaml", f"{HEAD}  - {{key: c, name: C, city: Oslo}}\n"), changes=True)
    bare.call("import", write("clear.yaml", f"{HEAD}  - key: c\n    city: {text}\n"), changes=True)
    assert bare.value("SELECT city FROM institution WHERE key = 'c'") is None
    file = write("wrong.yaml", f"{HEAD}  - key: c\n    name: {text}\n")
    bare.call(
        "import", file, code=3, says=f"{file}:6:{11 if text else 10}: name may not be empty\nmou: nothing was imported"
    )


@pytest.mark.parametrize("text", ["2999-12-31", "1000-01-01"])
@pytest.mark.parametrize("renewal", ["tacit", "express", "none"])
def test_the_first_and_the_last_year_can_be_reckoned_with(bare: Trial, write: Write, text: str, renewal: str) -> None:
    fields = f"starts: {text}\n    term: 100y\n    renewal: {renewal}\n    renewal_term: 100y\n    notice: 60d"
    bare.call("import", write("seed.yaml", HEAD + agreement(fields)), changes=True)
    for day in ("1000-01-01", "2025-05-10", "2999-12-31"):
        assert bare.call("show", "x", "--as-of", day, "--format", "json").json["key"] == "x"
        bare.call("list", "--as-of", day, "--ends-within", "200y")
