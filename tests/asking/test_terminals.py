"""Terminals of all kinds, and whatever is typed or pasted into them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mou_cli.asking.suggestion import Suggestion, suggest
from tests.asking.test_ask_agreement import DUMB, SAVE, SHORT, changed, newest, without

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.asking.conftest import Steps, Terminal

PASTED = "\x1b[200~{}\x1b[201~"
AZ: Steps = (
    ("Tərəfdaş", "University of Bergen"),
    ("Daha bir tərəfdaş", ""),
    ("Növü", "memorandum"),
    ("Sahələr", "tələbə mübadiləsi"),
    ("Adı", ""),
    ("İmza tarixi", "1 may 2024"),
    ("Başlama tarixi", "signed"),
    ("Bitmə tarixi", "3 il"),
    ("Uzadılma", "uzadılmır"),
    ("Bildiriş müddəti", "tədris ili"),
    ("İmzalayanlar, struktur bölmə, qeyd", ""),
    ("Qeydə alınsın", ""),
)


@pytest.mark.once_on_server("widths")
@pytest.mark.parametrize("width", [30, 40, 80, 200])
def test_any_width_will_do(terminal: Terminal, width: int) -> None:
    talk = terminal.talk("add", steps=[*SHORT, *SAVE], width=width)
    assert talk.code == 0
    assert newest(terminal.mou)["areas"] == ["student-exchange", "joint-research"]


def test_no_line_is_wider_than_a_narrow_terminal(terminal: Terminal) -> None:
    talk = terminal.talk("add", steps=[*SHORT, *SAVE], width=40, env=DUMB)
    written = [line for line in talk.shown.splitlines() if line.startswith(" ")]
    assert written
    assert [line for line in written if len(line) > 40] == []


def test_what_a_prompt_offers_is_not_broken_within_a_word(terminal: Terminal) -> None:
    words = ("məsələn", "imzalandığı", "müddətsiz;", "dəyişmək", "imtina")
    talk = terminal.talk("add", "--lang", "az", steps=AZ, width=40)
    assert [word for word in words if word not in talk.shown] == []
    assert talk.code == 0


def test_a_conversation_in_azerbaijani(terminal: Terminal) -> None:
    talk = terminal.talk("add", steps=AZ, env=DUMB | {"LC_ALL": "az_AZ.UTF-8", "PYTHONUTF8": "1"})
    assert talk.code == 0
    assert "\n  30 aprel 2027-ci il tarixinədək, 3 il\n" in talk.shown
    assert "      Vəziyyəti            qüvvədədir\n" in talk.shown
    row = newest(terminal.mou)
    assert (row["ends_on"], row["renewal"], row["notice"]) == ("2027-04-30", "none", "academic-year")


def test_the_language_that_was_set_wins(terminal: Terminal) -> None:
    assert terminal.talk("add", "--lang", "az", steps=[("Tərəfdaş", "\x03")]).code == 130


def test_the_answer_may_go_elsewhere_while_questions_stay(terminal: Terminal) -> None:
    talk = terminal.talk("add", "-f", "json", steps=[*SHORT, *SAVE])
    assert '"ref": "2025-001"' in talk.shown


@pytest.mark.parametrize(("colour", "coloured"), [({"NO_COLOR": ""}, True), ({"NO_COLOR": "1"}, False)])
def test_colour_can_be_turned_off(terminal: Terminal, colour: dict[str, str], *, coloured: bool) -> None:
    child = terminal.start("add", env=colour)
    child.expect("Partner:")
    child.send("uib\r")
    child.expect_exact("University of Bergen, Norway")
    assert ("\x1b[32m" in str(child.before)) is coloured
    child.sendcontrol("c")
    child.expect_exact("interrupted")


def test_pasted_lines_are_one_answer(terminal: Terminal) -> None:
    steps = changed(SHORT, Title=PASTED.format("An agreement\non two lines"))
    talk = terminal.talk("add", steps=[*steps, *SAVE])
    assert talk.code == 0
    assert newest(terminal.mou)["title"] == "An agreement on two lines"


def test_pasted_control_characters_are_refused_and_not_obeyed(terminal: Terminal) -> None:
    steps = without(SHORT[:5], "Title")
    hostile = [("Title", PASTED.format("a\x1b[31mred\x07")), ("Title", "\x15A title")]
    child = terminal.start("add")
    for label, typed in [*steps, *hostile]:
        child.expect(rf"{label}:")
        child.send(f"{typed}\r")
        if label == "Title" and "red" in typed:
            child.expect_exact("the text contains \\x1b, \\x07, which cannot be stored")
            assert "\x1b[31mred" not in str(child.before)
    child.expect("Signed:")
    child.sendcontrol("c")
    child.expect_exact("interrupted")


def test_a_title_of_ten_thousand_letters_is_refused_and_can_be_taken_back(terminal: Terminal) -> None:
    child = terminal.start("add")
    for label, typed in [*SHORT[:4], ("Title", PASTED.format("x" * 10_000))]:
        child.expect(rf"{label}:")
        child.send(f"{typed}\r")
    child.expect_exact("the text is 10000 characters long; 300 is the limit")
    child.expect("x{50}")
    child.send("\x15A title\r")
    for label, typed in [*SHORT[5:], *SAVE]:
        child.expect(rf"{label}:")
        child.send(f"{typed}\r")
    child.expect_exact("2025-001")
    assert newest(terminal.mou)["title"] == "A title"


def test_a_note_of_ten_thousand_letters_is_recorded_whole(terminal: Terminal) -> None:
    child = terminal.start("add")
    more = [("Signatories, unit, note", "y"), ("Signed by", ""), ("Unit", ""), ("Responsible", "")]
    for label, typed in [*SHORT[:-1], *more, ("Note", PASTED.format("y" * 10_000))]:
        child.expect(rf"{label}:")
        child.send(f"{typed}\r")
    child.expect("Save:")
    child.send("\r")
    child.expect_exact("2025-001")
    assert newest(terminal.mou)["note"] == "y" * 10_000


def test_ten_thousand_letters_are_no_partner(terminal: Terminal) -> None:
    long = "ə" * 10_000
    child = terminal.start("add")
    child.expect("Partner:")
    child.send(PASTED.format(long) + "\r")
    child.expect_exact("300 is the limit")
    child.sendcontrol("c")
    child.expect_exact("interrupted")


def test_a_name_is_completed_from_the_beginning_of_any_word_of_any_name(terminal: Terminal) -> None:
    child = terminal.start("add")
    child.expect("Partner:")
    child.send("xezer")
    child.expect_exact("Khazar University (Xəzər Universiteti)")
    child.send("\t\r")
    child.expect_exact("Khazar University, Azerbaijan")
    child.sendcontrol("c")
    child.expect_exact("interrupted")


def test_completion_among_many_institutions(terminal: Terminal, write: Callable[[str, str], str]) -> None:
    many = "\n".join(f"  - {{key: k{n}, name: Institute number {n} of Qarabağ}}" for n in range(5000))
    terminal.mou("import", write("many.yaml", f"format: mou/1\ninstitutions:\n{many}\n"))
    child = terminal.start("add")
    child.expect("Partner:")
    child.send("qarabag 4711")
    child.expect_exact("Institute number 4711 of Qarabağ")
    child.send("\t\r")
    child.expect("Another partner:")
    child.sendcontrol("c")
    child.expect_exact("interrupted")


KNOWN = [
    Suggestion("Khazar University", ("Xəzər Universiteti",), "Azerbaijan"),
    Suggestion("University of Bergen", (), "Norway"),
    Suggestion("uob", ("University of Oslo and Bergen",), label="Bergen University"),
]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("xezer", ["Khazar University"]),
        ("XƏZ uni", ["Khazar University"]),
        ("berg", ["uob", "University of Bergen"]),
        ("university", ["University of Bergen", "Khazar University", "uob"]),
        ("hazar", []),
        ("", ["Khazar University", "University of Bergen", "uob"]),
        ("---", []),
        ("x" * 10_000, []),
    ],
)
def test_every_word_typed_begins_a_word_of_a_name(typed: str, found: list[str]) -> None:
    assert [suggestion.text for suggestion, _name in suggest(typed, KNOWN)] == found


def test_a_suggestion_tells_by_which_name_it_was_found() -> None:
    told = [suggestion.told(name) for suggestion, name in suggest("bergen oslo", KNOWN)]
    assert told == ["Bergen University (University of Oslo and Bergen)"]


def test_no_more_is_offered_than_can_be_read() -> None:
    assert len(suggest("a", [Suggestion(f"a{n}") for n in range(1000)])) == 40
