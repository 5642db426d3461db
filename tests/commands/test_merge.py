"""`mou partner merge`: several institutions become one, with all that mentions them."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from tests.conftest import Mou
from tests.terminal import open_program, see_the_end

if TYPE_CHECKING:
    from pathlib import Path

    import pexpect

    from tests.commands.conftest import Write
    from tests.stock import Registers

REGISTER = """\
format: mou/1
home: [adu]
institutions:
  - {key: adu, name: Advent University, country: AZ, type: university}
  - {key: nor, name: Kingdom of Norway, country: NO, type: government}
  - key: uit
    name: University of Tromsø
    names: [{text: UiT, kind: acronym}]
    city: Tromsø
    identifiers: {ror: 00wge5k78}
    memberships: [EUA]
    note: First.
  - key: uit2
    name: Universitetet i Tromsø
    names: [{text: UiT, lang: nb}, {text: Tromsø Museum, kind: former}]
    country: NO
    country_source: inferred
    type: university
    city: Tromso
    website: https://uit.no
    parent: nor
    identifiers: {ror: other, pic: "999"}
    memberships: [UArctic, EUA]
    note: Second.
    source: {document: A page, line: 3}
  - {key: law, name: Faculty of Law, country: NO, parent: uit2}
  - {key: third, name: Third University, country: SE}
events:
  - key: fair
    name: Fair
    host: uit2
    people: [{name: Ada, party: uit2}, {name: Berta, party: third}]
agreements:
  - key: every
    ref: 2024-001
    title: {en: Everything, az: Hər şey}
    parties: [adu, {institution: uit2, unit: Faculty of Law, role: receiving}, third]
    signed: 2024-05-01
    exchange:
      - {from: adu, to: uit2, places: 4, level: [6, 7]}
      - {from: uit2, to: adu, places: 2}
    signatures: [{party: uit2, name: Ada, position: {en: Rector, az: Rektor}}]
    people: [{name: Ada, names: {ru: Ада}, party: uit2, role: speaker}]
    contacts: [{party: uit2, name: Carl, email: c@uit.no}]
    event: fair
  - key: both
    ref: 2024-002
    parties: [adu, uit, uit2]
    people: [{name: Ada, party: uit}, {name: Ada, party: uit2}]
  - {key: units, ref: 2024-003, parties: [adu, {institution: uit, unit: Arts}, {institution: uit2, unit: Law}]}
  - {key: one-unit, ref: 2024-004, parties: [adu, uit, {institution: uit2, unit: Law}]}
  - {key: other, ref: 2024-005, parties: [adu, third]}
plans:
  - key: p25
    year: 2025
    owner: uit2
    tasks:
      - {number: "1", task: Visit, partners: [third, uit2], agreements: [every]}
      - {number: "2", task: Meet, partners: [uit, uit2]}
"""
TWICE = ("2024-002 (parties)", "2024-002 (people)", "2024-004 (parties)", "p25/2 (partners)")


@pytest.fixture
def known(registers: Registers) -> Mou:
    """The command line on a register in which records of every kind mention one institution under two keys."""
    return registers.holding("known.yaml", REGISTER)


def backups(mou: Mou) -> list[Path]:
    return list(mou.folder.rglob("*-before-merge.db"))


def test_all_that_mentions_the_other_mentions_the_one_kept(known: Mou, write: Write, absent: Mou) -> None:
    known("partner", "merge", "uit", "uit2", "--yes")
    merged = known("export").out
    assert "uit2" not in merged
    expected = REGISTER.replace("parties: [adu, uit, uit2]", "parties: [adu, uit]")
    expected = expected.replace(
        "people: [{name: Ada, party: uit}, {name: Ada, party: uit2}]", "people: [{name: Ada, party: uit}]"
    )
    expected = expected.replace("[adu, uit, {institution: uit2, unit: Law}]", "[adu, {institution: uit, unit: Law}]")
    expected = expected.replace("partners: [uit, uit2]", "partners: [uit]")
    first, _, rest = expected.partition("  - key: uit\n")
    _, _, rest = rest.partition("  - {key: law")
    one = """\
  - key: uit
    name: University of Tromsø
    names:
      - {text: UiT, lang: nb, kind: acronym}
      - {text: Universitetet i Tromsø, kind: alias}
      - {text: Tromsø Museum, kind: former}
    country: NO
    country_source: inferred
    type: university
    city: Tromsø
    website: https://uit.no
    parent: nor
    identifiers: {ror: 00wge5k78, pic: "999"}
    memberships: [EUA, UArctic]
    note: "First.\\n\\nSecond."
"""
    file = write("expected.yaml", (first + one + "  - {key: law" + rest).replace("uit2", "uit"))
    absent("import", file)
    assert merged == absent("export").out


def test_the_plan_is_told_in_short(known: Mou) -> None:
    answer = known("partner", "merge", "uit", "uit2", "--yes")
    (backup,) = backups(known)
    assert answer.out == ""
    assert answer.err.splitlines() == [
        f"the register as it was is kept in {backup}",
        "merge Universitetet i Tromsø (uit2) into University of Tromsø (uit)",
        "  also called: Universitetet i Tromsø; Tromsø Museum",
        "  country: NO",
        "  country_source: inferred",
        "  type: university",
        "  website: https://uit.no",
        "  parent: nor",
        '  identifiers: {"ror": "00wge5k78"} → {"ror": "00wge5k78", "pic": "999"}',
        '  memberships: ["EUA"] → ["EUA", "UArctic"]',
        "  note: First. → First.\\n\\nSecond.",
        "  moved: 1 institution, 1 event, 4 agreements, 1 plan, 2 tasks",
        f"  said twice, and once from now on: {'; '.join(TWICE)}",
        "  city stays Tromsø, not Tromso (uit2)",
        "  identifiers.ror stays 00wge5k78, not other (uit2)",
    ]


def test_the_plan_is_told_in_azerbaijani(known: Mou) -> None:
    said = known("partner", "merge", "uit", "uit2", "--yes", "--lang", "az").err.splitlines()
    assert said[1] == "Universitetet i Tromsø (uit2) – birləşdirilir: University of Tromsø (uit)"
    assert said[2] == "  digər adları: Universitetet i Tromsø; Tromsø Museum"
    assert "  köçürülür: 1 qurum, 1 tədbir, 4 saziş, 1 plan, 2 tapşırıq" in said


def test_every_name_of_the_other_finds_the_one_kept(known: Mou) -> None:
    known("partner", "merge", "uit", "uit2", "--yes")
    for name in ("Universitetet i Tromsø", "universitetet", "Tromsø Museum", "UiT"):
        assert known.json("partner", "show", name)["key"] == "uit"
    assert [row["key"] for row in known.json("list", "museum")] == ["every", "both", "units", "one-unit"]
    assert [row["key"] for row in known.json("list", "--partner", "uit")] == ["every", "both", "units", "one-unit"]
    known.fails(4, "partner", "show", "uit2")


@pytest.mark.parametrize(("kind", "kept"), [("former", "former"), ("label", "label"), ("as printed", "as-printed")])
def test_the_name_of_the_other_may_be_of_another_kind(known: Mou, kind: str, kept: str) -> None:
    row = known.json("partner", "merge", "uit", "uit2", "--as", kind, "--yes")
    assert {name["text"]: name["kind"] for name in row["names"]} == {
        "UiT": "acronym",
        "Universitetet i Tromsø": kept,
        "Tromsø Museum": "former",
    }


def test_a_kind_of_name_that_there_is_not_is_refused(known: Mou) -> None:
    known.fails(2, "partner", "merge", "uit", "uit2", "--as", "nickname", "--yes")


def test_it_is_one_entry_of_the_journal_with_every_change_in_it(known: Mou) -> None:
    (before,) = known.rows("SELECT max(id) AS last FROM journal_entry")
    known("partner", "merge", "uit", "uit2", "--yes")
    (entry,) = known.rows("SELECT * FROM journal_entry WHERE id > :last", **before)
    assert (entry["actor"], entry["action"]) == ("tester", "merge institution uit2 into uit")
    changed = known.rows(
        "SELECT noun, key, field, before, after FROM journal_change WHERE entry = :entry", entry=entry["id"]
    )
    named = {(row["noun"], row["key"], row["field"]) for row in changed}
    assert {
        *(("agreement", "every", field) for field in ("parties", "exchange", "signatures", "people", "contacts")),
        *(("agreement", "both", field) for field in ("parties", "people")),
        *(("agreement", key, "parties") for key in ("units", "one-unit")),
        *(("event", "fair", field) for field in ("host", "people")),
        *(("plan", "p25", "owner"), ("task", "p25/1", "partners"), ("task", "p25/2", "partners")),
        *(("institution", "law", "parent"), ("institution", "uit2", None), ("institution", "uit", "names")),
    } <= named
    (gone,) = (row for row in changed if row["key"] == "uit2")
    assert json.loads(gone["before"])["memberships"] == ["UArctic", "EUA"]
    assert gone["after"] is None


def test_it_is_taken_back_whole(known: Mou) -> None:
    before = known("export").out
    known("partner", "merge", "uit", "uit2", "--as", "former", "--yes")
    merged = known("export").out
    known("undo", "--yes")
    assert known("export").out == before
    known("redo", "--yes")
    assert known("export").out == merged


def test_what_was_accepted_of_the_other_holds_of_the_one_kept_or_goes(known: Mou, write: Write) -> None:
    findings = (
        *("near-name:third,uit2", "near-name:adu,uit", "near-name:adu,uit2", "near-name:uit,uit2", "alike:law,third"),
        *("no-country:uit2", "untidy:institution/uit2", "unknown-code:institution/uit2/institution.country"),
        *("circle:law,uit2", "circle:every,uit2", "no-end:uit2"),
    )
    lines = [f"  - {{key: '{name}', reason: Seen, by: Ann, accepted: 2025-05-01}}" for name in findings]
    known("import", write("accepted.yaml", "\n".join(["format: mou/1", "accepted:", *lines, ""])))
    before = known("export").out
    told = known("partner", "merge", "uit", "uit2", "--yes").err
    assert "  accepted from now on: near-name:third,uit\n" in told
    gone = (
        "circle:law,uit2; near-name:adu,uit2; near-name:third,uit2; near-name:uit,uit2; no-country:uit2; "
        "unknown-code:institution/uit2/institution.country; untidy:institution/uit2"
    )
    assert f"  no longer accepted: {gone}\n" in told
    # An agreement may have the key of an institution: what is not surely of the institution stays.
    left = ["near-name:adu,uit", "near-name:third,uit", "alike:law,third", "circle:every,uit2", "no-end:uit2"]
    rows = known.json("check", "--accepted")
    assert sorted(row["id"] for row in rows) == sorted(left)
    assert {row["reason"] for row in rows} == {"Seen"}
    known("undo", "--yes")
    assert known("export").out == before


def test_a_backup_holds_the_register_as_it_was(known: Mou) -> None:
    before = known("export").out
    known("partner", "merge", "uit", "uit2", "--yes")
    (backup,) = backups(known)
    assert Mou(backup)("export").out == before
    assert backup.stat().st_mode & 0o077 == 0


def test_a_rehearsal_changes_no_byte_and_tells_every_field(known: Mou) -> None:
    before = known.content()
    answer = known("partner", "merge", "uit", "uit2", "--dry-run")
    assert answer.lines[-1] == "remove institution uit2"
    assert 'change task p25/2\n  partners: ["uit", "uit2"] → ["uit"]\n' in answer.out
    assert answer.err.startswith("merge Universitetet i Tromsø (uit2) into University of Tromsø (uit)\n")
    rows = known.json("partner", "merge", "uit", "uit2", "--dry-run")
    assert {row["noun"] for row in rows} == {"institution", "event", "agreement", "plan", "task"}
    assert known.content() == before
    assert backups(known) == []


def test_several_are_merged_at_once_and_the_first_that_says_a_thing_is_heard(known: Mou) -> None:
    known("remove", "other", "--yes")
    row = known.json("partner", "merge", "uit", "uit2", "Third University", "uit2", "--yes")
    assert [name["text"] for name in row["names"]] == [
        "UiT",
        "Universitetet i Tromsø",
        "Tromsø Museum",
        "Third University",
    ]
    assert row["country"] == "NO"
    assert row["agreements"] == 4
    assert known.json("plan", "task", "show", "1")["partners"] == ["uit"]
    assert [party["unit"] for party in known.json("show", "every")["parties"]] == [None, "Faculty of Law"]


def test_a_home_stays_one_under_its_new_name(known: Mou) -> None:
    known("partner", "add", "Advent Universiteti", "--new", "--key", "adu2", "--note", "Yeni")
    known("partner", "merge", "adu2", "adu", "--yes")
    assert [row["key"] for row in known.json("partner", "list", "--home")] == ["adu2"]
    assert known.json("show", "other")["homes"][0]["key"] == "adu2"
    assert known("add", "--partner", "third").out == "2025-001\n"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("uit", "uit"), "institution uit cannot be merged with itself"),
        (("law", "uit2"), "institution law belongs to uit2 and would belong to itself"),
        (("law", "nor"), "institution law belongs to nor and would belong to itself"),
        (
            ("third", "adu"),
            "the institutions have agreements or exchange places with each other: other",
        ),
    ],
)
def test_what_cannot_be_one_is_refused(known: Mou, arguments: tuple[str, str], says: str) -> None:
    before = known.content()
    for said in ("--yes", "--dry-run"):
        assert known.fails(5, "partner", "merge", *arguments, said).err.splitlines()[0] == f"mou: {says}"
    assert known.content() == before
    assert backups(known) == []


def test_places_from_one_to_the_other_are_refused(known: Mou, write: Write) -> None:
    record = "key: x\nparties: [adu, uit, third]\nexchange: [{from: uit, to: third, places: 1}]\n"
    known("add", "--from", write("x.yaml", record))
    assert ": x\n" in known.fails(5, "partner", "merge", "uit", "third", "--yes").err


def test_a_part_may_become_the_whole(known: Mou) -> None:
    row = known.json("partner", "merge", "uit2", "law", "--yes")
    assert (row["parent"], row["children"]) == ("nor", [])
    assert known.json("partner", "show", "Faculty of Law")["key"] == "uit2"


def test_no_institution_comes_to_belong_to_itself(known: Mou) -> None:
    known("partner", "edit", "uit2", "--parent", "law")
    known("partner", "edit", "law", "--parent", "uit")
    answer = known("partner", "merge", "uit", "uit2", "--yes", "-f", "json")
    assert answer.json["parent"] is None
    assert "  not taken over: parent, law (uit2)\n" in answer.err


def test_notes_that_cannot_be_put_together_stay_apart_and_are_told(known: Mou, write: Write) -> None:
    known("partner", "edit", "third", "--from", write("az.yaml", "note: {az: Qeyd, en: A note}\n"))
    answer = known("partner", "merge", "uit", "third", "--yes", "-f", "json")
    assert answer.json["note"] == "First."
    assert '  note stays First., not {"az": "Qeyd", "en": "A note"} (third)\n' in answer.err
    known("partner", "edit", "law", "--from", write("ru.yaml", "note: {ru: Заметка, en: Another}\n"))
    known("partner", "edit", "uit", "--from", write("both.yaml", "note: {az: Qeyd, en: A note}\n"))
    row = known.json("partner", "merge", "uit", "law", "--yes")
    assert row["texts"]["note"] == {"az": "Qeyd", "en": "A note\n\nAnother", "ru": "Заметка"}


def test_of_many_records_the_first_are_named(known: Mou, write: Write) -> None:
    lines = [f"  - {{key: m{n}, parties: [adu, uit, third]}}\n" for n in range(12)]
    known("import", write("many.yaml", "format: mou/1\nagreements:\n" + "".join(lines)))
    said = known("partner", "merge", "uit", "third", "--yes").err
    assert "2025-007 (parties); 2025-008 (parties); …\n" in said
    assert said.count(" (parties)") == 10


def test_names_that_several_have_are_told(known: Mou) -> None:
    answer = known.fails(5, "partner", "merge", "third", "tromso", "--yes")
    assert answer.err.startswith("mou: 'tromso' could be Universitetet i Tromsø (uit2); University of Tromsø (uit)\n")
    known.fails(4, "partner", "merge", "uit", "nobody", "--yes")


def test_what_the_other_did_was_done_by_the_one_kept(known: Mou) -> None:
    known("review", "every", "--outcome", "continue", "--by", "uit2", "--on", "2025-01-01")
    known("review", "both", "--outcome", "continue", "--by", "somebody", "--on", "2025-01-01")
    # It is no party any more when the two become one.
    known("edit", "every", "--from", "-", input='{"parties": ["adu", "third"], "exchange": null}')
    known("partner", "merge", "uit", "uit2", "--yes")
    facts = [row for row in known.json("history", "every") if row["what"] == "review"]
    assert [(row["by"], row["by_name"]) for row in facts] == [("uit", "University of Tromsø")]
    assert [row["by"] for row in known.json("history", "both") if row["what"] == "review"] == ["somebody"]
    known("undo")
    assert known.json("show", "every")["lifecycle"][0]["by"] == "uit2"


def test_off_a_terminal_it_has_to_be_confirmed(known: Mou) -> None:
    answer = known.fails(2, "partner", "merge", "uit", "uit2")
    assert answer.err == "mou: merging uit2 into uit has to be confirmed\nhint: say --yes\n"


def test_hostile_names_are_shown_and_kept_as_they_are(known: Mou) -> None:
    hostile = "[red]X[/] {name} %s '; DROP TABLE institution; --"
    known("partner", "add", hostile, "--key", "bad", "--new", "--note", "{x}")
    answer = known("partner", "merge", "uit", "bad", "--yes")
    assert f"merge {hostile} (bad) into University of Tromsø (uit)" in answer.err
    texts = known.rows("SELECT text FROM institution_name WHERE institution = 'uit'")
    assert hostile in [row["text"] for row in texts]


def test_what_would_steer_a_terminal_is_shown_escaped(known: Mou) -> None:
    known.spoil("UPDATE institution SET name = :name WHERE key = 'uit2'", name="a\x1b[31m")
    answer = known("partner", "merge", "uit", "uit2", "--yes")
    assert "\x1b" not in answer.err
    assert "merge a\\x1b[31m (uit2)" in answer.err


def ask(mou: Mou, *arguments: str) -> pexpect.spawn[str]:
    """Start the program on a terminal."""
    environment = os.environ | mou.environment | {"LC_ALL": "C.UTF-8"}
    return open_program(["partner", "merge", *arguments], environment, columns=200)


@pytest.mark.parametrize(("reply", "says"), [("n", "nothing was merged"), ("y", "the register as it was is kept in")])
def test_on_a_terminal_the_plan_is_shown_before_the_question(known: Mou, reply: str, says: str) -> None:
    child = ask(known, "uit", "uit2")
    child.expect_exact("moved: 1 institution, 1 event, 4 agreements, 1 plan, 2 tasks")
    child.expect_exact("Merge them? [y/N]: ")
    child.sendline(reply)
    child.expect_exact(says)
    see_the_end(child)
    assert child.exitstatus == (130 if reply == "n" else 0)
    assert known.call("partner", "show", "uit2").code == (0 if reply == "n" else 4)
    assert len(backups(known)) == (reply == "y")


def test_what_is_no_longer_as_it_was_shown_is_not_merged(known: Mou) -> None:
    child = ask(known, "uit", "uit2")
    child.expect_exact("Merge them? [y/N]: ")
    known("edit", "other", "--note", "nothing to do with it")
    known("edit", "every", "--note", "changed meanwhile")
    known("partner", "edit", "uit2", "--alias", "Changed, too")
    known("add", "--home", "adu", "--partner", "uit2")
    before = known("export").out
    child.sendline("y")
    shown = see_the_end(child).replace("\r\n", "\n")
    assert child.exitstatus == 5
    assert "change agreement every\n  note: changed meanwhile\nchange institution uit2\n  names: + " in shown
    assert '"Changed, too"}\nadd agreement 2025-001\n' in shown
    changed = "agreement every, institution uit2, agreement 2025-001"
    assert f"mou: {changed} changed while you were asked; nothing was recorded\n" in shown
    assert known("export").out == before
    assert backups(known) == []
