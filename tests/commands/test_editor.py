"""`mou edit` in the editor: what it shows, what is saved, and what is wrong with that."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.commands.desk import KEPT, put, replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.commands.desk import Desk

    Rows = Callable[..., list[dict[str, Any]]]


def entries(desk: Desk) -> list[dict[str, Any]]:
    sql = """SELECT e.action, c.key, c.field, c.before, c.after FROM journal_change c
        JOIN journal_entry e ON e.id = c.entry WHERE e.action LIKE 'edit%' ORDER BY e.id, c.ordinal"""
    return desk.mou.rows(sql)


SHEET = """\
# adu, uit
#
# Change what is to be changed, save it, and close the editor. Then this is recorded as it stands
# here: a field that is taken out is cleared, and a list replaces the one there was.
# #note: is a field that is not set: take the # away and write its value after the colon.
# Nothing is recorded if nothing is changed, or if the file is emptied.
#
# What cannot be changed here:
#   key: '2025-001'
#   ref: 2025-001

# What is recorded of its way (one of unstated, draft, negotiation, signed, terminated, cancelled,
#   superseded; unstated unless said)
stage: signed

# Parties, two or more (a list; each, as far as it is known: {institution: …, unit: …, role: …}, or
#   the institution alone)
#   institution: key or any name of an institution
#   unit: text
#   role: one of coordinator, partner, sending, receiving, observer
parties: [adu, uit]

# Day of signature (a date: 2024-05-01, 2024-05, 2024 or 1 May 2024)
signed: 2024-05-01

# Areas of co-operation (a list, as in […, …]; each: one of student-exchange, faculty-exchange,
#   staff-exchange, joint-research, joint-events, information-exchange, joint-publications,
#   double-degree, joint-degree, twinning, credit-recognition, curriculum-development,
#   faculty-development, quality-assurance, university-management, library-support,
#   student-services, short-term-programmes, online-learning, language-programmes,
#   cultural-programmes, scholarships, internships, capacity-building, policy-advice,
#   community-engagement, publishing, general-cooperation)
areas: [joint-research]

# Note (text, or one for each language: {en: …, az: …})
note: first

# Title (text, or one for each language: {en: …, az: …})
#title:

# Type (one of memorandum, framework, exchange, double-degree, joint-degree, erasmus-iia, project,
#   protocol, letter-of-intent, preliminary, contract, licence, addendum, membership, cooperation;
#   cooperation unless said)
#type:

# First day (a date: 2024-05-01, 2024-05, 2024 or 1 May 2024; or the word signed)
#starts:

# Last day (a date: 2024-05-01, 2024-05, 2024 or 1 May 2024; or the word open)
#ends:

# Length of the first term (a length: 3y, 18m, 1y6m or 90d)
#term:
"""


def test_the_record_is_opened_with_what_is_set_and_below_it_what_could_be(desk: Desk) -> None:
    answer = desk.edit("edit", "2025-1")
    assert answer.err == "nothing changed\n"
    assert desk.seen()[: len(SHEET)] == SHEET
    assert desk.seen().endswith("\n# May be published (true or false)\n#public:\n")


AZ_SHEET = """\
# Tbilisi State University
#
# Lazım olanı dəyişin, yadda saxlayın və redaktoru bağlayın. Məlumat burada göründüyü kimi qeydə
# alınacaq: silinən xana təmizlənir, siyahı əvvəlki siyahını əvəz edir.
# #note: doldurulmamış xanadır: # işarəsini silin və dəyəri iki nöqtədən sonra yazın.
# Heç nə dəyişdirilməzsə və ya fayl boşaldılarsa, heç nə qeydə alınmır.
#
# Burada dəyişdirilə bilməyənlər:
#   key: tsu

# Adı (mətn)
name: Tbilisi State University

# Ölkə (istənilən adı və ya kodu)
country: GE

# Növü (bunlardan biri: university (universitet), research-institute (elmi-tədqiqat institutu),
#   government (dövlət qurumu), intergovernmental (hökumətlərarası təşkilat), foundation-ngo (fond
#   və ya QHT), company (şirkət), publisher (nəşriyyat), association (assosiasiya), programme
#   (proqram))
type: university

# Digər adları (siyahı; hər biri, məlum olduğu qədər: {text: …, lang: …, kind: …}, yaxud yalnız
#   text)
"""


def test_the_comments_are_in_the_language_asked_for(desk: Desk) -> None:
    desk.edit("partner", "edit", "tsu", "--lang", "az")
    assert desk.seen()[: len(AZ_SHEET)] == AZ_SHEET


def test_what_is_saved_replaces_what_was_recorded(desk: Desk) -> None:
    step = ";".join(
        (
            replace("areas: [joint-research]", "areas: [twinning, student exchange]"),
            replace("note: first\n", ""),
            replace("signed: 2024-05-01", "signed: 1 May 2024"),
            put("unit: Law"),
        )
    )
    answer = desk.edit("edit", "2025-001", steps=(step,))
    assert answer.err == (
        'change agreement 2025-001\n  areas: ["joint-research"] → ["twinning", "student-exchange"]\n'
        "  unit: Law\n  note: first → (cleared)\n"
    )
    row = desk.mou.json("show", "2025-001")
    assert (row["areas"], row["note"], row["signed_on"], row["unit"]) == (
        *(["twinning", "student-exchange"], None, "2024-05-01", "Law"),
    )
    edited = {"action": "edit agreement", "key": "2025-001"}
    assert entries(desk) == [
        edited | {"field": "areas", "before": '["joint-research"]', "after": '["twinning", "student-exchange"]'},
        edited | {"field": "unit", "before": None, "after": '"Law"'},
        edited | {"field": "note", "before": '"first"', "after": None},
    ]
    assert desk.mou.rows("SELECT count(*) AS n FROM journal_entry WHERE action = 'edit agreement'") == [{"n": 1}]
    assert desk.left() == []


@pytest.mark.parametrize(
    "step",
    [
        "",
        replace("[adu, uit]", "\n  - institution: adu\n  - University of Tromsø"),
        replace("signed: 2", "signed:   2"),
    ],
    ids=["the same bytes", "the same parties", "the same day"],
)
def test_saving_the_same_changes_nothing(desk: Desk, step: str) -> None:
    before = desk.mou.content()
    assert desk.edit("edit", "2025-001", steps=(step,)).err == "nothing changed\n"
    assert entries(desk) == []
    assert desk.mou.content() == before
    assert desk.left() == []


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n"])
def test_emptying_the_file_changes_nothing(desk: Desk, text: str) -> None:
    assert desk.edit("edit", "2025-001", steps=(f"text = {text!r}",)).err == "nothing changed\n"
    assert desk.edit("edit", "2025-001", steps=("os.remove(path)",)).err == "nothing changed\n"
    assert desk.mou.json("show", "2025-001")["note"] == "first"
    assert desk.left() == []


COMPLAINTS = {
    "no YAML": (replace("note: first", 'note: "first'), "", "the quotation mark is never closed", 'note: "first'),
    "tab": (
        replace("areas: [", "areas:\n\t- ["),
        "",
        "a value cannot start with this character",
        "\t- [joint-research]",
    ),
    "unknown field": (
        replace("note: first", "notes: first"),
        "",
        "unknown field 'notes'; did you mean 'note'?",
        "notes: first",
    ),
    "field twice": (
        *(replace("note: first", "signed: 2024\nnote: first"), ""),
        *("'signed' is given twice: first in line 24, again in line 36", "signed: 2024"),
    ),
    "wrong date": (
        *(replace("2024-05-01\n\n", "05/06/2024\n\n"), ""),
        *('signed: "05/06/2024" reads two ways', "signed: 05/06/2024"),
    ),
    "unknown code": (
        *(replace("[joint-research]", "[joint-reserch]"), ""),
        *("'joint-reserch' is no area; did you mean joint-research?", "areas: [joint-reserch]"),
    ),
    "a reference to nothing": (
        *(replace("uit]", "xyz123]"), ""),
        *("institution: there is no institution 'xyz123'", "parties: [adu, xyz123]"),
    ),
    "ends before it starts": (
        *(put("starts: 2025"), put("ends: 2024")),
        *("ends 2024 is before the agreement starts, 2025-01-01", "ends: 2024"),
    ),
    "one party": (replace(", uit]", "]"), "", "an agreement has two parties or more", "parties: [adu]"),
    "empty list": (replace("[adu, uit]", ""), "", "parties may not be empty", "parties: "),
    "another key": (replace("parties:", "key: x\nparties:"), "", "key cannot be changed", "key: x"),
    "no mapping": ("text = '- a\\n'", "", "a mapping with the fields of one record is expected", "- a"),
    "no text at all": ("text = '\\x1b'", "", "the character U+001B cannot stand in a text file", "\x1b"),
}


@pytest.mark.once_on_server("what is wrong")
@pytest.mark.parametrize("name", COMPLAINTS)
def test_what_is_wrong_stands_above_its_line_when_the_editor_opens_again(desk: Desk, name: str) -> None:
    first, second, says, line = COMPLAINTS[name]
    before = desk.mou.content()
    answer = desk.edit("edit", "2025-001", steps=(f"{first}\n{second}",), code=130)
    head, *lines = desk.seen(1).split("\n")
    assert head == (
        "# ! 1 complaint, above the line it is about. Nothing is recorded yet: correct it and save, or close the "
        "editor without a change to give up."
    )
    at = next(number for number, text in enumerate(lines) if text.startswith("# ! "))
    assert lines[at].removeprefix("# ! ").startswith(says)
    assert lines[at + 1] == line
    kept = KEPT.search(answer.err)
    assert kept
    assert answer.err[kept.end() :] == "mou: nothing was recorded: what was complained of was left as it was\n"
    assert Path(kept[1]).read_text("utf-8") == desk.seen(1)
    assert desk.left() == [Path(kept[1])]
    assert desk.mou.content() == before
    assert entries(desk) == []


def test_a_required_field_that_is_taken_out_is_missing(desk: Desk) -> None:
    desk.edit("edit", "2025-001", steps=(replace("parties: [adu, uit]\n", ""),), code=130)
    assert desk.seen(1).split("\n")[1] == "# ! parties is missing"


def test_all_complaints_come_at_once_and_go_when_they_are_met(desk: Desk) -> None:
    wrong = f"{replace('signed: 2024-05-01', 'signed: yesterday')}\n{put('renewal: tasit')}"
    correct = f"{replace('signed: yesterday', 'signed: 2 May 2024')}\n{replace('renewal: tasit', 'renewal: tacit')}"
    answer = desk.edit("edit", "2025-001", steps=(wrong, correct))
    assert desk.seen(1).startswith("# ! 2 complaints, each above the line it is about. ")
    assert [line for line in desk.seen(1).split("\n") if line.startswith("# !")][1:] == [
        (
            '# ! signed: "yesterday" is not a date: write 2024-05-01, 01.05.2024 or 1 May 2024, or 2024-05 or 2024 '
            "where no more is known"
        ),
        "# ! renewal: 'tasit' is no renewal; did you mean tacit?",
    ]
    assert answer.err == "change agreement 2025-001\n  signed: 2024-05-01 → 2024-05-02\n  renewal: tacit\n"
    assert desk.openings() == 2
    assert desk.left() == []


def test_a_complaint_that_is_left_is_told_again(desk: Desk) -> None:
    wrong = f"{replace('signed: 2024-05-01', 'signed: yesterday')}\n{put('renewal: tasit')}"
    half = replace("signed: yesterday", "signed: 2024")
    answer = desk.edit("edit", "2025-001", steps=(wrong, half, replace("renewal: tasit", "renewal: tacit")))
    assert desk.seen(2).count("# !") == 2
    assert "signed: 2024-05-01 → 2024\n" in answer.err


def test_taking_out_nothing_but_the_complaints_is_giving_up(desk: Desk) -> None:
    rub_out = "text = ''.join(l for l in text.splitlines(keepends=True) if not l.startswith('# !'))"
    answer = desk.edit("edit", "2025-001", steps=(put("renewal: tasit"), rub_out), code=130)
    assert answer.err.endswith("mou: nothing was recorded: what was complained of was left as it was\n")


def test_what_was_written_is_kept_when_the_file_is_emptied_after_a_complaint(desk: Desk) -> None:
    desk.edit("edit", "2025-001", steps=(put("renewal: tasit"), "text = ''"), code=130)
    (kept,) = desk.left()
    assert kept.read_text("utf-8") == desk.seen(1)


def test_a_text_that_looks_like_a_complaint_stays(desk: Desk) -> None:
    wrong = f"{replace('note: first', 'note: |-' + chr(10) + '  # ! heed this')}\n{put('renewal: tasit')}"
    desk.edit("edit", "2025-001", steps=(wrong, replace("renewal: tasit", "renewal: tacit")))
    assert "\n# !! renewal: 'tasit'" in desk.seen(1)
    assert desk.mou.json("show", "2025-001")["note"] == "# ! heed this"


def test_a_file_that_is_no_utf_8_is_complained_of_and_kept_as_it_is(desk: Desk) -> None:
    latin = "open(path, 'wb').write(text.replace('first', 'déjà').encode('latin-1', 'replace')); text = before"
    check = "raise SystemExit(3)"
    desk.script.write_text(
        desk.script.read_text("utf-8").replace('encoding="utf-8").read()', 'encoding="latin-1").read()')
    )
    desk.edit("edit", "2025-001", steps=(latin, check), code=1)
    (kept,) = desk.left()
    assert b"is not UTF-8; the file must be saved as UTF-8\nnote: d\xe9j\xe0\n" in kept.read_bytes()


def test_parties_are_understood_by_any_name(desk: Desk) -> None:
    desk.edit("edit", "2025-001", steps=(replace("[adu, uit]", "[Advent, {institution: tbilisi, role: sending}]"),))
    row = desk.mou.json("show", "2025-001")
    assert ([p["key"] for p in row["homes"]], [p["key"] for p in row["partners"]]) == (["adu"], ["tsu"])


def test_a_name_that_several_have_is_asked_back_at_its_line(desk: Desk) -> None:
    step = replace("parties: [adu, uit]", "parties:\n- adu\n- university")
    desk.edit("edit", "2025-001", steps=(step,), code=130)
    assert (
        "- adu\n# ! institution: 'university' could be Advent University (adu); Tbilisi State University (tsu); "
        "University of Tromsø (uit); say more of the name\n- university\n"
    ) in desk.seen(1)


def test_a_person_may_write_days_that_a_file_may_not(desk: Desk) -> None:
    desk.edit("edit", "2025-001", steps=(f"{put('review: +90d')}\n{put('starts: 1 iyun 2024')}\n{put('ends: eoy')}",))
    row = desk.mou.json("show", "2025-001")
    assert (row["review_on"], row["starts_on"], row["ends_on"]) == ("2025-08-08", "2024-06-01", "2025-12-31")


HOSTILE = {
    "# no comment": "'# no comment'",
    "null": "'null'",
    "2024-05-01": "'2024-05-01'",
    "a: b, [c] {d} & *e !f %g @h `i": "'a: b, [c] {d} & *e !f %g @h `i'",
    "one\n\n  # ! two\n- three": "|-\n  one\n\n  # ! two\n  - three",
    "ä ə 漢 😀 \u200c": '"ä ə 漢 😀 \\u200C"',
    "yes": "yes",
}


@pytest.mark.once_on_server("how a text is written")
@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_that_yaml_could_take_for_something_else_stays_what_it_is(desk: Desk, text: str) -> None:
    desk.edit("edit", "2025-001", steps=(replace("note: first", f"note: {HOSTILE[text]}"),))
    recorded = desk.mou.json("show", "2025-001")["note"]
    assert recorded == "\n".join(line.strip() for line in text.split("\n"))
    assert desk.edit("edit", "2025-001", steps=(put("unit: Law"),)).err == "change agreement 2025-001\n  unit: Law\n"
    assert desk.mou.json("show", "2025-001")["note"] == recorded


def test_what_steers_a_terminal_is_refused_and_never_shown_raw(desk: Desk) -> None:
    desk.edit("edit", "2025-001", steps=(replace("note: first", 'note: "a\\u202Eb\\e[2J"'),), code=130)
    assert "# ! note: the text contains \\u202e, \\x1b, which cannot be stored\n" in desk.seen(1)


def test_a_record_that_holds_what_steers_a_terminal_shows_it_escaped(desk: Desk) -> None:
    hostile = "first\x1b[2J\u202e\n#x: y\u2028z"
    desk.mou.spoil("UPDATE agreement SET note = :text, title = :text", text=hostile)
    assert desk.edit("edit", "2025-001").err == "nothing changed\n"
    assert desk.seen().startswith("# first\\x1b[2J\\u202e\\n#x: y\\u2028z\n#\n")
    assert '\nnote: "first\\e[2J\\u202E\\n#x: y\\L' in desk.seen()
    assert not re.search("[\x00-\x09\x0b-\x1f\u202e\u2028]", desk.seen())
