"""`mou add` on a terminal: what is answered is recorded as if it had been said by options."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.asking.conftest import Steps, Terminal
    from tests.conftest import Mou

DUMB = {"TERM": "dumb"}
SHORT: Steps = (
    ("Partner", "University of Bergen"),
    ("Another partner", ""),
    ("Type", "memorandum"),
    ("Areas", "1, joint res"),
    ("Title", ""),
    ("Signed", "2024-05-01"),
    ("Starts", "signed"),
    ("Ends", "3y"),
    ("Renewal", "tacit"),
    ("Renewal term", "1 year"),
    ("Notice", "3 months"),
    ("Signatories, unit, note", ""),
)
RECORD = {
    "type": "memorandum",
    "areas": ["student-exchange", "joint-research"],
    "stage": "signed",
    "signed_on": "2024-05-01",
    "starts_on": "2024-05-01",
    "ends_on": "2027-04-30",
    "term": "3y",
    "renewal": "tacit",
    "renewal_term": "1y",
    "notice": "3m",
    "notice_by": "2027-01-31",
}
SAVE = [("Save", "")]


def changed(steps: Steps, **answers: str) -> list[tuple[str, str]]:
    """Give the steps with other answers, by label with underscores for blanks."""
    return [(label, answers.get(label.replace(" ", "_"), typed)) for label, typed in steps]


def without(steps: Steps, *labels: str) -> list[tuple[str, str]]:
    return [step for step in steps if step[0] not in labels]


def newest(mou: Mou) -> Any:
    return mou.json("list", "--sort", "-ref", "--limit", "1")[0]


@pytest.mark.parametrize("term", ["xterm", "dumb"])
def test_what_is_answered_is_recorded(terminal: Terminal, term: str) -> None:
    talk = terminal.talk("add", steps=[*SHORT, *SAVE], env={"TERM": term})
    assert talk.code == 0
    assert talk.shown.endswith("2025-001\n")
    row = newest(terminal.mou)
    assert {name: row[name] for name in RECORD} == RECORD
    assert [partner["key"] for partner in row["partners"]] == ["uib"]
    assert [home["key"] for home in row["homes"]] == ["adu"]


def test_options_say_the_same_as_answers(terminal: Terminal, known: Mou) -> None:
    terminal.talk("add", steps=[*SHORT, *SAVE])
    asked = newest(known)
    said = ["--type", "memorandum", "--area", "student-exchange", "--area", "joint-research", "--signed", "2024-05-01"]
    known(
        "add",
        "--partner",
        "uib",
        *said,
        "--starts",
        "signed",
        "--term",
        "3y",
        "--renewal",
        "tacit",
        "--renewal-term",
        "1y",
        "--notice",
        "3m",
    )
    own = {"ref", "key"}
    assert {name: value for name, value in newest(known).items() if name not in own} == {
        name: value for name, value in asked.items() if name not in own
    }


def test_one_conversation_is_one_entry_of_the_journal(
    terminal: Terminal, rows_of: Callable[..., list[dict[str, Any]]]
) -> None:
    before = rows_of("SELECT count(*) AS n FROM journal_entry")[0]["n"]
    steps = [("Partner", "Oslo Metropolitan"), ("Country", "Norway"), ("Partner type", "1"), *SHORT[1:], *SAVE]
    talk = terminal.talk("add", steps=steps)
    assert talk.code == 0
    rows = rows_of("SELECT action, actor FROM journal_entry ORDER BY id")[before:]
    assert rows == [{"action": "add agreement", "actor": "tester"}]
    (partner,) = newest(terminal.mou)["partners"]
    assert partner == {
        "key": "oslo-metropolitan",
        "name": "Oslo Metropolitan",
        "country": "NO",
        "territory": None,
        "type": "university",
    }


def test_every_answer_is_told_as_it_was_understood(terminal: Terminal) -> None:
    talk = terminal.talk("add", steps=[*SHORT, *SAVE], env=DUMB)
    told = [line.strip() for line in talk.shown.splitlines()]
    start = told.index("Signed (a day, such as 1 May 2024; Enter: not known): 2024-05-01")
    assert told[start:] == [
        "Signed (a day, such as 1 May 2024; Enter: not known): 2024-05-01",
        "1 May 2024",
        "Starts (a day, or signed: from signature; Enter: not known): signed",
        "from signature",
        "Ends (a day, a length such as 3y, or open: no end; Enter: not known): 3y",
        "until 30 April 2027, 3 years",
        "1  none      2  tacit     3  express   4  unstated",
        "Renewal (Enter: not known): tacit",
        "Renewal term (a length, such as 1y): 1 year",
        "1 year",
        "Notice (a length, such as 3m, or academic-year): 3 months",
        "Signatories, unit, note (y: ask for them; Enter: skip them):",
        "",
        "1  Partner       University of Bergen, Norway",
        "2  Type          memorandum",
        "3  Areas         student exchange, joint research",
        "4  Title",
        "5  Signed        1 May 2024",
        "6  Starts        from signature",
        "7  Ends          until 30 April 2027, 3 years",
        "8  Renewal       tacit",
        "9  Renewal term  1 year",
        "10  Notice        3 months",
        "11  Signed by",
        "12  Unit",
        "13  Responsible",
        "14  Note",
        "Status        active",
        "Ends          30 April 2027",
        "Notice by     31 January 2027",
        "",
        "Save (Enter: save; a number: change it; 0: give up):",
        "2025-001",
    ]


@pytest.mark.once_on_server("dates")
@pytest.mark.parametrize(
    ("starts", "ends", "told"),
    [
        ("1 May 2024", "30.04.2027", "until 30 April 2027, 3 years"),
        ("2024-05-01", "2025-10-31", "until 31 October 2025, 18 months"),
        ("2024-05-01", "2025-10-30", "until 30 October 2025"),
        ("", "2027", "until 2027"),
        ("2024", "3y", "between 31 December 2026 and 30 December 2027, 3 years"),
        ("2024-05-01", "90d", "until 29 July 2024, 90 days"),
        ("", "open", "no end"),
    ],
)
def test_an_end_is_told_with_its_length(terminal: Terminal, starts: str, ends: str, told: str) -> None:
    steps = changed(SHORT, Signed="", Starts=starts, Ends=ends)
    steps = (
        without(steps, "Renewal", "Renewal term")
        if ends == "open"
        else changed(without(steps, "Renewal term"), Renewal="none")
    )
    talk = terminal.talk("add", steps=[*steps, *SAVE], env=DUMB)
    assert talk.code == 0
    assert f"\n  {told}\n" in talk.shown


def test_a_date_that_reads_two_ways_is_asked_again(terminal: Terminal) -> None:
    steps = list(SHORT)
    at = [label for label, _typed in steps].index("Signed")
    steps.insert(at, ("Signed", "05/06/2024"))
    talk = terminal.talk("add", steps=[*steps, *SAVE], env=DUMB)
    assert '  "05/06/2024" reads two ways: write 5 June 2024 (2024-06-05) or 6 May 2024 (2024-05-06)\n' in talk.shown
    assert "Signed (a day, such as 1 May 2024; Enter: not known) [05/06/2024]: 2024-05-01" in talk.shown
    assert newest(terminal.mou)["signed_on"] == "2024-05-01"


def test_what_was_typed_is_in_the_line_again_after_an_error(terminal: Terminal) -> None:
    at = [label for label, _typed in SHORT].index("Signed")
    talk = terminal.talk("add", steps=[*SHORT[:at], ("Signed", "1 May 20"), ("Signed", "24"), *SHORT[at + 1 :], *SAVE])
    assert talk.code == 0
    assert newest(terminal.mou)["signed_on"] == "2024-05-01"


def test_an_end_before_the_start_is_refused_at_once(terminal: Terminal) -> None:
    steps = changed(SHORT, Ends="2020-01-01")
    at = [label for label, _typed in steps].index("Ends")
    talk = terminal.talk("add", steps=[*steps[: at + 1], ("Ends", "2027-04-30"), *steps[at + 1 :], *SAVE], env=DUMB)
    assert "  ends 2020-01-01 is before the agreement starts, 2024-05-01\n" in talk.shown
    assert newest(terminal.mou)["ends_on"] == "2027-04-30"


def test_a_name_that_only_resembles_others_is_asked_about(terminal: Terminal) -> None:
    steps = [("Partner", "Univercity of Bergn"), ("Which one", "1"), *SHORT[1:], *SAVE]
    talk = terminal.talk("add", steps=steps, env=DUMB)
    assert "  0  none of these: “Univercity of Bergn” is new\n  1  University of Bergen, Norway\n" in talk.shown
    assert [partner["key"] for partner in newest(terminal.mou)["partners"]] == ["uib"]


def test_another_name_may_be_given_when_asked_which(terminal: Terminal) -> None:
    steps = [("Partner", "bergen"), ("Which one", "uit"), *SHORT[1:], *SAVE]
    terminal.talk("add", steps=steps)
    assert [partner["key"] for partner in newest(terminal.mou)["partners"]] == ["uit"]


def test_several_partners_old_and_new(terminal: Terminal) -> None:
    new = [("Another partner", "Bergen Univercity"), ("Which one", "0"), ("Country", "norv"), ("Partner type", "")]
    steps = [SHORT[0], ("Another partner", "xezer"), ("Which one", ""), *new, *SHORT[1:], *SAVE]
    talk = terminal.talk("add", steps=steps)
    assert talk.code == 0
    assert [partner["key"] for partner in newest(terminal.mou)["partners"]] == ["uib", "khazar", "bergen-univercity"]


def test_names_that_begin_as_typed_are_offered_first(
    terminal: Terminal, write: Callable[[str, str | bytes], str]
) -> None:
    names = ["Izmir University of Economics", "Izmir University of Oslo", "University of Izmir (North)"]
    listed = "".join(f"  - {{key: k{number}, name: {name}}}\n" for number, name in enumerate(names))
    terminal.mou("import", write("izmir.yaml", f"format: mou/1\ninstitutions:\n{listed}"))
    talk = terminal.talk("add", steps=[("Partner", "University of Izmir"), ("Which one", "\x03")])
    assert "  1  University of Izmir (North)\n  2  Izmir University of Economics\n" in talk.shown


def test_the_end_of_a_list_of_partners_is_told(terminal: Terminal) -> None:
    talk = terminal.talk("add", steps=[("Partner", "uib"), ("Another partner", "\x03")], env=DUMB)
    assert talk.shown.count("Partner (any name, or its beginning):") == 1
    assert "Another partner (a name; Enter: no more):" in talk.shown


def test_a_pasted_name_has_blanks_where_it_had_tabs_and_lines(terminal: Terminal) -> None:
    steps = [("Partner", "\x1b[200~Oslo\tMet\nUniversity\x1b[201~"), ("Country", "\x03")]
    assert "“Oslo Met University” is new to the register." in terminal.talk("add", steps=steps).shown


def test_who_signed_and_for_whom(terminal: Terminal) -> None:
    more = [
        ("Signatories, unit, note", "y"),
        ("Signed by", "Jane Doe"),
        ("Position", "Rector"),
        ("For", "2"),
        ("Signed by", "Əli Quliyev; Dean; adu"),
        ("Signed by", "Someone"),
        ("Position", ""),
        ("For", ""),
        ("Signed by", ""),
        ("Unit", "Law"),
        ("Responsible", "Leyla"),
        ("Note", "a note"),
    ]
    talk = terminal.talk("add", steps=[*SHORT[:-1], *more, *SAVE])
    assert talk.code == 0
    row = terminal.mou.json("show", "2025-001")
    assert [(who["name"], who["position"], who["party"]) for who in row["signatures"]] == [
        ("Jane Doe", "Rector", "uib"),
        ("Əli Quliyev", "Dean", "adu"),
        ("Someone", None, None),
    ]
    assert (row["unit"], row["responsible"], row["note"]) == ("Law", "Leyla", "a note")


def test_unlikely_date_is_told_before_anything_is_recorded(terminal: Terminal) -> None:
    talk = terminal.talk("add", steps=[*changed(SHORT, Signed="2025-06-01"), ("Save", "\x03")])
    assert "Doubtful      the day of signature, 1 June 2025, is still to come\n" in talk.shown
    assert terminal.mou("list", "--count").out == "1\n"


def test_nobody_signs_for_who_is_no_party(terminal: Terminal) -> None:
    more = [
        ("Signatories, unit, note", "y"),
        ("Signed by", "Jane Doe; Rector; khazar"),
        ("Signed by", "\x15Jane Doe; Rector; uib"),
        ("Signed by", ""),
        ("Unit", ""),
        ("Responsible", ""),
        ("Note", ""),
    ]
    talk = terminal.talk("add", steps=[*SHORT[:-1], *more, *SAVE])
    assert "Khazar University is none of the parties: Advent University, University of Bergen" in talk.shown
    assert [who["party"] for who in terminal.mou.json("show", "2025-001")["signatures"]] == ["uib"]


def test_somebody_may_have_signed_for_a_partner_that_is_new(terminal: Terminal) -> None:
    steps = [("Partner", "Oslo Metropolitan"), ("Country", ""), ("Partner type", ""), *SHORT[1:-1]]
    more = [("Signatories, unit, note", "y"), ("Signed by", "Jane Doe"), ("Position", ""), ("For", "oslo")]
    rest = [("Signed by", ""), ("Unit", ""), ("Responsible", ""), ("Note", "")]
    talk = terminal.talk("add", steps=[*steps, *more, *rest, *SAVE])
    assert talk.code == 0
    assert terminal.mou.json("show", "2025-001")["signatures"][0]["party"] == "oslo-metropolitan"


def test_any_answer_can_be_changed_by_its_number(terminal: Terminal) -> None:
    steps = [*changed(without(SHORT, "Renewal term"), Renewal="none"), ("Save", "8"), ("Renewal", "\x15express")]
    talk = terminal.talk("add", steps=[*steps, ("Renewal term", "2y"), ("Save", "4"), ("Title", "A title"), *SAVE])
    assert talk.code == 0
    row = newest(terminal.mou)
    assert (row["renewal"], row["renewal_term"], row["title"]) == ("express", "2y", "A title")


def test_what_no_longer_applies_is_not_recorded(terminal: Terminal) -> None:
    terminal.talk("add", steps=[*SHORT, ("Save", "8"), ("Renewal", "\x15none"), *SAVE])
    row = newest(terminal.mou)
    assert (row["renewal"], row["renewal_term"]) == ("none", None)


def test_a_number_that_is_not_there_is_refused(terminal: Terminal) -> None:
    talk = terminal.talk("add", steps=[*SHORT, ("Save", "99"), *SAVE], env=DUMB)
    assert "  write a number from 0 to 14\n" in talk.shown


def test_what_was_said_is_not_asked_but_shown_and_may_be_changed(terminal: Terminal) -> None:
    said = ("--partner", "uib", "--type", "contract", "--signed", "2024-05-01", "--project", "PICASP")
    steps = without(SHORT, "Partner", "Another partner", "Type", "Signed")
    talk = terminal.talk("add", *said, "--ask", steps=[*steps, ("Save", "2"), ("Type", "licence"), *SAVE], env=DUMB)
    assert "   1  Partner       University of Bergen, Norway\n   2  Type          contract\n" in talk.shown
    row = newest(terminal.mou)
    assert (row["type"], row["signed_on"], row["project"]) == ("licence", "2024-05-01", "PICASP")


def test_what_was_said_and_has_no_question_is_shown_under_its_label(terminal: Terminal) -> None:
    said = ("--partner", "uib", "--renewal-max", "2", "--backup", "Aynur", "--review", "2026-05-01", "--lang", "az")
    asked = ("Növü", "Sahələr", "Adı", "İmza tarixi", "Başlama tarixi", "Bitmə tarixi", "Uzadılma", "Bildiriş müddəti")
    steps = [(label, "") for label in asked]
    talk = terminal.talk(
        "add",
        *said,
        "--ask",
        steps=[*steps, ("İmzalayanlar, struktur bölmə, qeyd", ""), ("Qeydə alınsın", "0")],
        env=DUMB,
    )
    told = [re.split("  +", line.strip()) for line in talk.shown.splitlines()]
    for row in (["Ən çox uzadılma", "2"], ["Baxış", "1 may 2026-cı il"], ["Əvəz edən şəxs", "Aynur"]):
        assert row in told


def test_enough_options_ask_nothing(terminal: Terminal) -> None:
    talk = terminal.talk("add", "--partner", "uib", "--signed", "2024-05-01", steps=[])
    assert (talk.code, talk.shown) == (0, "2025-001\n")


def test_a_partner_said_by_a_name_like_another_is_asked_about(terminal: Terminal) -> None:
    talk = terminal.talk("add", "--partner", "Univercity of Bergn", steps=[("Which one", "")])
    assert talk.code == 0
    assert [partner["key"] for partner in newest(terminal.mou)["partners"]] == ["uib"]


def test_a_partner_said_may_turn_out_to_be_new(terminal: Terminal) -> None:
    said = ("--partner", "Bergen Univercity", "--country", "Norway")
    talk = terminal.talk("add", *said, steps=[("Which one", "0"), ("Partner type", "")])
    assert talk.code == 0
    (partner,) = newest(terminal.mou)["partners"]
    assert (partner["key"], partner["country"]) == ("bergen-univercity", "NO")


def test_a_partner_said_by_words_that_several_have_is_asked_about(terminal: Terminal) -> None:
    talk = terminal.talk("add", "--partner", "university of", steps=[("Which one", "2")], env=DUMB)
    assert "  1  University of Bergen, Norway\n  2  University of Tromsø, Norway\n" in talk.shown
    assert [partner["key"] for partner in newest(terminal.mou)["partners"]] == ["uit"]


def test_the_first_of_very_many_are_shown(terminal: Terminal, write: Callable[[str, str], str]) -> None:
    many = "\n".join(f"  - {{key: k{n}, name: Academy {n}}}" for n in range(10, 40))
    terminal.mou("import", write("many.yaml", f"format: mou/1\ninstitutions:\n{many}\n"))
    steps = [("Partner", "academy"), ("Which one", "99"), ("Which one", "academy 33"), *SHORT[1:], *SAVE]
    talk = terminal.talk("add", steps=steps, env=DUMB)
    assert "30 could be meant, of which these are the first.\n   0  none of these: “academy” is new\n" in talk.shown
    assert "  write a number from 0 to 15\n" in talk.shown
    assert [partner["key"] for partner in newest(terminal.mou)["partners"]] == ["k33"]


def test_off_a_terminal_nothing_is_asked(known: Mou) -> None:
    assert known.fails(2, "add").err == "mou: an agreement needs a partner\nhint: say --partner NAME\n"
    answer = known.fails(2, "add", "--ask")
    assert answer.err == "mou: nobody can be asked: --ask needs a terminal\nhint: say the options instead\n"
    known.fails(5, "add", "--partner", "Univercity of Bergn")


def test_a_first_agreement_makes_the_register_and_its_home(terminal: Terminal, absent: Mou) -> None:
    steps = [("Home", "Advent University"), ("Country", "az"), ("Partner", "Xəzər Universiteti")]
    steps += [("Country", "Azerbaijan"), ("Partner type", "1"), *SHORT[1:]]
    talk = terminal.talk("add", steps=[*steps, *SAVE], env={"MOU_DB": absent.address})
    assert talk.code == 0
    row = newest(absent)
    assert [home["name"] for home in row["homes"]] == ["Advent University"]
    assert [home["country"] for home in row["homes"]] == ["AZ"]
    assert [partner["name"] for partner in row["partners"]] == ["Xəzər Universiteti"]


def test_the_home_is_asked_for_where_there_are_several(terminal: Terminal) -> None:
    terminal.mou("partner", "edit", "khazar", "--home")
    terminal.talk("add", steps=[("Home", "2"), *SHORT, *SAVE])
    assert [home["key"] for home in newest(terminal.mou)["homes"]] == ["khazar"]


def test_several_homes_that_were_said_are_shown_and_recorded(terminal: Terminal) -> None:
    terminal.mou("partner", "edit", "khazar", "--home")
    talk = terminal.talk("add", "--ask", "--home", "khazar", "--home", "adu", steps=[*SHORT, *SAVE])
    assert re.search(r"Home +Khazar University, Azerbaijan; Advent University, Azerbaijan\n", talk.shown)
    assert [home["key"] for home in newest(terminal.mou)["homes"]] == ["khazar", "adu"]


def test_a_rehearsal_asks_and_records_nothing(terminal: Terminal) -> None:
    before = terminal.mou.content()
    talk = terminal.talk("add", "--dry-run", steps=[*SHORT, *SAVE])
    assert talk.code == 0
    assert "add agreement 2025-001\n" in talk.shown
    assert terminal.mou.content() == before
