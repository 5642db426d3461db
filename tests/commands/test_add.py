"""`mou add`: an agreement from options or from one written record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.commands.conftest import Write
    from tests.conftest import Mou

HOMES = (
    "ADA University (ada), Baku State University (bsu), Khazar University (khazar), Mingachevir State University (mdu)"
)


def keys(parties: list[dict[str, str]]) -> list[str]:
    return [party["key"] for party in parties]


def test_add_prints_only_the_reference(small: Mou) -> None:
    answer = small("add", "--partner", "uit")
    assert (answer.out, answer.err) == ("2025-001\n", "")


def test_every_option_is_recorded(small: Mou) -> None:
    small("event", "add", "Spring Visit", "--held", "2024-05")
    small(
        *("add", "--partner", "uit", "--partner", "tsu", "--home", "adu", "--type", "double degree"),
        *("--stage", "signed", "--signed", "1 May 2024", "--starts", "01.06.2024", "--ends", "2027-05-31"),
        *("--renewal", "express", "--renewal-term", "2y", "--renewal-max", "3", "--renewal-until", "2040"),
        *("--notice", "90d", "--review", "2026-11", "--area", "joint-research", "--area", "Student exchange"),
        *("--signatory", "Ane Lie; Rector; uit", "--signatory", "Bob", "--project", "PICASP"),
        *("--event", "spring", "--unit", "Law", "--responsible", "Rana", "--backup", "Nigar"),
        *("--region", "North", "--place", "Baku", "--partner-ref", "X/1", "--tag", "a", "--tag", "b", "--public"),
        *("--title", "Double degree in law", "--note", "A note."),
    )
    row = small.json("show", "2025-001")
    assert (keys(row["partners"]), keys(row["homes"])) == (["uit", "tsu"], ["adu"])
    assert row["areas"] == ["joint-research", "student-exchange"]
    assert [(s["name"], s.get("position"), s.get("party")) for s in row["signatures"]] == [
        ("Ane Lie", "Rector", "uit"),
        ("Bob", None, None),
    ]
    expected = {
        "title": "Double degree in law",
        "type": "double-degree",
        "stage": "signed",
        "status": "active",
        "signed_on": "2024-05-01",
        "starts_on": "2024-06-01",
        "ends_on": "2027-05-31",
        "renewal": "express",
        "renewal_term": "2y",
        "renewal_max": 3,
        "renewal_until": "2040",
        "notice": "90d",
        "notice_by": "2027-03-02",
        "review_on": "2026-11",
        "project": "PICASP",
        "event": "spring-visit",
        "unit": "Law",
        "responsible": "Rana",
        "backup": "Nigar",
        "region": "North",
        "place": "Baku",
        "partner_ref": "X/1",
        "tags": ["a", "b"],
        "public": True,
        "note": "A note.",
    }
    assert {name: row[name] for name in expected} == expected


def test_what_is_not_said_is_unstated(small: Mou) -> None:
    row = small.json("add", "--partner", "uit")
    told = {name: row[name] for name in ("type", "stage", "status", "renewal", "areas", "signed_on", "ends_why")}
    assert told == {
        "type": "cooperation",
        "stage": "unstated",
        "status": "unstated",
        "renewal": "unstated",
        "areas": [],
        "signed_on": None,
        "ends_why": "unstated",
    }


@pytest.mark.parametrize("name", ["uit", "UIT", "University of Tromsø", "university of tromso", "UiT", "tromso"])
def test_a_partner_is_found_by_any_of_its_names(small: Mou, name: str) -> None:
    assert keys(small.json("add", "--partner", name)["partners"]) == ["uit"]


def test_a_near_match_is_refused_with_the_candidates(small: Mou) -> None:
    answer = small.fails(5, "add", "--partner", "Univeristy of Tromso", "--country", "Norway")
    assert answer.out == ""
    assert answer.err == (
        "mou: there is no institution 'Univeristy of Tromso', but University of Tromsø (uit)\n"
        "hint: say one of them, or --new for another\n"
    )
    assert small("partner", "list", "--count").out == "3\n"


def test_a_near_match_is_another_with_new(small: Mou) -> None:
    row = small.json("add", "--partner", "Univeristy of Tromso", "--country", "Norway", "--new")
    assert [(p["key"], p["country"]) for p in row["partners"]] == [("univeristy-of-tromso", "NO")]


def test_a_name_that_several_have_lists_them(seeds: Mou) -> None:
    answer = seeds.fails(5, "add", "--home", "khazar", "--partner", "Caucasus School")
    assert "Caucasus School of Business (csb)" in answer.err
    assert "Caucasus School of Journalism and Media Management (csjmm)" in answer.err


def test_a_new_partner_needs_a_country(small: Mou) -> None:
    answer = small.fails(2, "add", "--partner", "Quixote College")
    assert answer.err == (
        "mou: 'Quixote College' is new to the register: it needs --country\n"
        "hint: where it is not known, `mou partner add` records the partner without one\n"
    )
    assert small("partner", "list", "--count").out == "3\n"


def test_a_new_partner_is_recorded_with_the_agreement(small: Mou) -> None:
    small("add", "--partner", "Quixote College", "--country", "İspaniya", "--partner-type", "university")
    row = small.json("partner", "show", "quixote-college")
    assert [row[name] for name in ("name", "country", "country_source", "type", "home", "agreements")] == [
        *("Quixote College", "ES", "stated", "university", False, 1),
    ]


@pytest.mark.parametrize(
    ("options", "code", "says"),
    [
        (("--country", "Norwayy"), 4, "mou: there is no country 'Norwayy'\nhint: did you mean Norway (NO)?\n"),
        (("--country", "NO", "--partner-type", "uni"), 0, ""),
        (("--country", "NO", "--partner-type", "xyz"), 2, "mou: 'xyz' is no partner type\n"),
    ],
)
def test_country_and_type_of_a_new_partner_are_understood(
    small: Mou, options: tuple[str, ...], code: int, says: str
) -> None:
    answer = small.call("add", "--partner", "Quixote College", *options)
    assert answer.code == code
    assert answer.err.startswith(says)
    assert small("list", "--count").out == ("1\n" if code == 0 else "0\n")


EDITS = "`mou partner edit uit` changes what is recorded, `mou partner add` records another"


@pytest.mark.parametrize(
    ("options", "code", "says"),
    [
        (("--country", "Norwayy"), 4, "mou: there is no country 'Norwayy'\nhint: did you mean Norway?\n"),
        (("--country", "Korea"), 5, "mou: 'Korea' could be North Korea (KP); South Korea (KR)\n"),
        (("--country", "SE"), 5, f"mou: University of Tromsø (uit) is in Norway, not in Sweden\nhint: {EDITS}\n"),
        (("--country", "SE", "--new"), 5, "mou: University of Tromsø (uit) is in Norway, not in Sweden\n"),
        (("--partner-type", "xyz"), 2, "mou: 'xyz' is no partner type\n"),
        (
            ("--partner-type", "company"),
            5,
            f"mou: University of Tromsø (uit) is of the type university, not company\nhint: {EDITS}\n",
        ),
        (("--country", "Norveç", "--partner-type", "university"), 0, ""),
    ],
)
def test_what_is_said_of_a_known_partner_has_to_be_so(
    small: Mou, options: tuple[str, ...], code: int, says: str
) -> None:
    small("add", "--partner", "tsu")
    for command in (("add",), ("edit", "2025-001")):
        answer = small.call(*command, "--partner", "uit", *options)
        assert (answer.code, answer.err.startswith(says)) == (code, True), answer.err
    assert small("list", "--partner", "uit", "--count").out == ("2\n" if code == 0 else "0\n")


def test_what_is_not_known_of_a_partner_is_not_recorded_on_the_way(small: Mou) -> None:
    small("partner", "add", "Quixote College")
    answer = small.fails(5, "add", "--partner", "quixote", "--country", "Spain")
    assert answer.err == (
        "mou: no country of Quixote College (quixote-college) is recorded\n"
        "hint: `mou partner edit quixote-college --country ES` records it\n"
    )
    answer = small.fails(5, "add", "--partner", "quixote", "--partner-type", "uni")
    assert answer.err == (
        "mou: no type of Quixote College (quixote-college) is recorded\n"
        "hint: `mou partner edit quixote-college --type university` records it\n"
    )
    assert small("list", "--count").out == "0\n"


@pytest.mark.parametrize("country", ["Cyprus", "North Cyprus"])
def test_a_known_partner_is_of_its_territory_and_of_its_country(seeds: Mou, country: str) -> None:
    seeds("add", "--home", "khazar", "--partner", "Girne American University", "--country", country)


def test_a_territory_is_not_any_place_of_its_country(seeds: Mou) -> None:
    seeds("partner", "add", "University of Cyprus", "--country", "Cyprus", "--new")
    said = ("--home", "khazar", "--partner", "university-of-cyprus", "--country", "North Cyprus")
    answer = seeds.fails(5, "add", *said)
    assert answer.err.startswith("mou: University of Cyprus (university-of-cyprus) is in Cyprus, not in North Cyprus\n")


def test_country_and_type_are_of_who_is_new_where_another_is_known(small: Mou) -> None:
    said = ("--partner", "uit", "--partner", "Quixote College", "--country", "Spain", "--partner-type", "company")
    row = small.json("add", *said)
    assert [(p["key"], p["country"]) for p in row["partners"]] == [("uit", "NO"), ("quixote-college", "ES")]


@pytest.mark.parametrize("option", [("--country", "Norway"), ("--partner-type", "university")])
def test_country_and_type_are_of_no_partner_of_a_file_or_another_agreement(
    small: Mou, write: Write, option: tuple[str, str]
) -> None:
    small("add", "--partner", "uit")
    file = write("one.yaml", "parties: [adu, uit]\n")
    for command in (("add", "--like", "2025-001"), ("add", "--from", file), ("edit", "2025-001")):
        answer = small.fails(2, *command, *option)
        assert answer.err == (
            "mou: --country and --partner-type are said of a new --partner\n"
            "hint: `mou partner edit NAME` changes one that is recorded\n"
        )


def test_with_several_homes_one_is_to_be_said(seeds: Mou) -> None:
    answer = seeds.fails(2, "add", "--partner", "uib")
    assert answer.err == f"mou: the register has several homes: {HOMES}\nhint: say which with --home\n"
    assert keys(seeds.json("add", "--partner", "uib", "--home", "Bakı Dövlət")["homes"]) == ["bsu"]


def test_an_agreement_of_several_homes_has_them_all(seeds: Mou) -> None:
    row = seeds.json("add", "--home", "khazar", "--home", "bsu", "--home", "khazar", "--partner", "uib")
    assert keys(row["homes"]) == ["khazar", "bsu"]
    assert keys(seeds.json("edit", row["ref"], "--home", "ada")["homes"]) == ["ada"]
    assert keys(seeds.json("edit", row["ref"], "--home", "mdu", "--home", "ada")["homes"]) == ["mdu", "ada"]
    answer = seeds.fails(4, "add", "--home", "nowhere", "--home", "bsu", "--partner", "uib")
    assert answer.err.startswith("mou: there is no home 'nowhere'\n")


def test_a_register_without_a_home_takes_one_with_new(absent: Mou) -> None:
    answer = absent.fails(2, "add", "--partner", "B", "--country", "NO")
    assert not absent.exists
    assert answer.err.startswith("mou: the register has no home yet\n")
    row = absent.json("add", "--home", "Advent University", "--partner", "Quixote College", "--country", "NO", "--new")
    assert (row["homes"][0]["key"], row["partners"][0]["key"]) == ("advent-university", "quixote-college")
    assert [found["key"] for found in absent.json("partner", "list", "--home")] == ["advent-university"]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ((), "mou: an agreement needs a partner\nhint: say --partner NAME\n"),
        (
            ("--partner", "uit", "--ends", "2025-01-01", "--term", "1y"),
            "mou: the end is said twice, by --ends and --term\n",
        ),
        (("--partner", "uit", "--signed", "2024-02-30"), 'mou: --signed: "2024-02-30" is not a day: February 2024 '),
        (
            ("--partner", "uit", "--signed", "05/06/2024"),
            'mou: --signed: "05/06/2024" reads two ways: write 5 June 2024 ',
        ),
        (
            ("--partner", "uit", "--type", "memorandumm"),
            "mou: --type: 'memorandumm' is no agreement type; did you mean ",
        ),
        (("--partner", "uit", "--area", "stud"), "mou: --area: 'stud' could be the area student-exchange or "),
        (("--partner", "uit", "--term", "3x"), 'mou: --term: "x" is not a unit of length'),
        (("--partner", "uit", "--starts", "3000-01-01"), "mou: --starts: "),
        (("--partner", "uit", "--signatory", "a;b;c;d"), 'mou: --signatory: write "name; position; party"\n'),
        (("--partner", "uit", "--signatory", "; Rector"), 'mou: --signatory: write "name; position; party"\n'),
        (("--partner", "adu"), "mou: agreement 2025-001: an agreement has two parties or more\n"),
        (
            ("--partner", "uit", "--starts", "2025-01-02", "--ends", "2025-01-01"),
            "mou: agreement 2025-001: ends 2025-01-01 is before the agreement starts, 2025-01-02\n",
        ),
    ],
)
def test_an_unreadable_value_is_a_fault_of_usage(small: Mou, options: tuple[str, ...], says: str) -> None:
    answer = small.fails(2, "add", *options)
    assert answer.out == ""
    assert answer.err.startswith(says)
    assert small.json("list") == []


def test_a_signatory_of_a_party_by_its_name_is_found(small: Mou) -> None:
    row = small.json("add", "--partner", "uit", "--signatory", "Ane Lie; Rector; University of Tromsø")
    assert row["signatures"][0]["party"] == "uit"


def test_every_fault_of_a_record_is_told_with_its_place(small: Mou, write: Write) -> None:
    file = write("one.yaml", "type: memorandumm\nparties: [adu, uitt]\nsigned: 2024-02-30\ncolour: red\n")
    answer = small.fails(3, "add", "--from", file)
    assert answer.out == ""
    assert sorted(answer.err.splitlines()) == sorted(
        [
            f"{file}:1:7: type: 'memorandumm' is no agreement type; did you mean memorandum?",
            f"{file}:2:16: there is no institution 'uitt'",
            f'{file}:3:9: signed: "2024-02-30" is not a day: February 2024 has days 1 to 29',
            f"{file}:4:1: unknown field 'colour'",
            "mou: nothing was recorded",
        ]
    )


def test_a_field_called_as_its_option_is_told_its_own_name(small: Mou, write: Write) -> None:
    file = write("one.yaml", "partner: uit\nhome: adu\n")
    assert small.fails(3, "add", "--from", file).err == (
        f"{file}:1:1: unknown field 'partner'; did you mean 'parties'?\n"
        f"{file}:2:1: unknown field 'home'; did you mean 'parties'?\n"
        "mou: nothing was recorded\n"
    )


def test_options_win_over_the_record(small: Mou) -> None:
    written = '{"parties": ["adu", "uit"], "type": "memorandum", "note": "from the file"}'
    row = small.json("add", "--from", "-", "--type", "contract", "--partner", "tsu", input=written)
    assert (row["type"], row["note"], keys(row["partners"])) == ("contract", "from the file", ["tsu"])


def test_a_record_may_bring_key_and_reference(small: Mou) -> None:
    assert small("add", "--from", "-", input="key: k\nref: 2020-5\nparties: [adu, uit]\n").out == "2020-005\n"
    assert small.json("show", "k")["ref"] == "2020-005"
    answer = small.fails(5, "add", "--from", "-", input="key: k\nparties: [adu, uit]\n")
    assert answer.err.splitlines()[1] == "hint: `mou edit k` changes it"


@pytest.mark.parametrize("written", ["[1, 2]", "text", "", "a: 1\n---\nb: 2\n", "a: &x 1\nb: *x\n"])
def test_what_is_no_record_is_invalid_data(small: Mou, written: str) -> None:
    small.fails(3, "add", "--from", "-", input=written)
    assert small.json("list") == []


def test_a_file_that_is_not_there_is_a_fault_of_usage(small: Mou) -> None:
    assert small.fails(2, "add", "--from", "none.yaml").err.startswith("mou: --from: none.yaml cannot be read")


def test_a_rehearsal_shows_the_record_and_changes_no_byte(small: Mou) -> None:
    before = small.content()
    answer = small("add", "--partner", "uit", "--title", "T", "--dry-run")
    assert answer.out.splitlines()[:2] == ["add agreement 2025-001", "  key: 2025-001"]
    assert "  title: T" in answer.lines
    assert {"noun": "agreement", "key": "2025-001", "field": "title", "before": None, "after": "T"} in small.json(
        "add", "--partner", "uit", "--title", "T", "--dry-run"
    )
    assert small.content() == before


def test_text_is_kept_as_it_is_typed_but_for_blanks(small: Mou) -> None:
    row = small.json("add", "--partner", "uit", "--note", "  [bold]=1+1[/] \u0301e  ", "--title", "null")
    assert (row["note"], row["title"]) == ("[bold]=1+1[/] \u0301e", "null")


def test_unlikely_dates_are_recorded_and_told(small: Mou) -> None:
    answer = small("add", "--partner", "uit", "--signed", "2024-05-01", "--ends", "2020-04-30")
    assert (answer.out, answer.err) == (
        "2025-001\n",
        "the day of signature, 1 May 2024, comes after the end, 30 April 2020\n",
    )
    assert "signature" not in small("edit", "2025-001", "--note", "a note").err
    rehearsed = small("edit", "2025-001", "--signed", "2025-06-01", "--ends", "", "--dry-run")
    assert rehearsed.err == "the day of signature, 1 June 2025, is still to come\n"
    assert small("edit", "2025-001", "--signed", "2020-01-01").err.count("\n") == 2
