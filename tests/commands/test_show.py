"""`mou show`: one agreement whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.commands.conftest import Write
    from tests.conftest import Mou

WHOLE = """\
format: mou/1
events: [{key: e, name: E}]
agreements:
  - {key: first, parties: [adu, uit]}
  - key: whole
    parties: [adu, {institution: uit, unit: Law, role: coordinator}]
    links: [{amends: first}]
    signatures: [Ann, {name: Bob, party: uit, position: {en: Rector, az: Rektor}, signed: 2024-05-01}]
    people: [Cem, {name: Dan, names: {az: Dən}, role: witness, position: Dean, party: uit}]
    contacts: [Eve, {name: Fay, party: uit, role: legal, email: f@x.no, phone: "+47 1"}]
    documents: [scan.pdf, {file: b.pdf, kind: annex, language: en, public: true, paper: binder 12}]
    exchange: [{from: adu, to: uit, level: [6, 7], isced: ["0421"], places: 4, months: 20, language: en, cefr: B2,
      years: 2024/2025–2026/2027}]
    lifecycle: [{kind: notice, date: 2024-09-30, by: uit}]
    languages: [en, az]
"""
# What stands in every item of a list, however little is known of it.
KEYS = {
    "signatures": {"party", "name", "position", "signed"},
    "people": {"name", "names", "role", "position", "party"},
    "contacts": {"party", "name", "role", "email", "phone"},
    "documents": {"file", "kind", "language", "public", "paper", "sha256", "size", "media_type", "added", "path"},
    "exchange": {"from", "to", "level", "isced", "places", "months", "language", "cefr", "years"},
    "lifecycle": {"kind", "date", "by", "until", "term", "note"},
}


@pytest.fixture
def whole(small: Mou, write: Write) -> Any:
    small("import", write("whole.yaml", WHOLE))
    return small.json("show", "whole")


def test_everything_recorded_is_shown(whole: Any) -> None:
    assert whole["links"] == [{"amends": "first"}]
    assert whole["languages"] == ["en", "az"]
    assert [signature["name"] for signature in whole["signatures"]] == ["Ann", "Bob"]
    assert whole["exchange"][0]["years"] == "2024/2025–2026/2027"
    assert whole["exchange"][0]["isced"] == ["0421"]
    paper = {"file": "b.pdf", "kind": "annex", "language": "en", "public": True, "paper": "binder 12"}
    assert whole["documents"][1] == paper | dict.fromkeys(("sha256", "size", "media_type", "added", "path"))


@pytest.mark.parametrize("name", KEYS)
def test_every_item_of_a_list_has_every_key(whole: Any, name: str) -> None:
    assert [KEYS[name] - set(item) for item in whole[name]] == [set()] * len(whole[name])


def test_what_is_not_said_of_an_item_is_its_default(whole: Any) -> None:
    assert whole["people"][0].get("role") == "participant"
    assert whole["contacts"][0].get("role") == "coordinator"


def test_an_agreement_is_shown_by_reference_or_key(seeded: Mou) -> None:
    ref = seeded.json("show", "khazar-miras-2024")["ref"]
    assert seeded.json("show", ref)["key"] == "khazar-miras-2024"


@pytest.mark.parametrize("name", ["2025-999", "nothing", "KHAZAR-miras-2024", "", "%", "' OR 1=1 --"])
def test_what_is_not_there_is_not_found(seeded: Mou, name: str) -> None:
    answer = seeded.fails(4, "show", "--", name)
    assert answer.out == ""
    assert answer.err == (
        f"mou: there is no agreement {name}\nhint: `mou list` shows the references; `mou search` finds by words\n"
    )


def test_the_row_of_list_is_in_it(seeded: Mou) -> None:
    row = seeded.json("list", "--project", "PICASP")[0]
    shown = seeded.json("show", row["ref"])
    assert list(shown)[: len(row)] == list(row)
    assert {name: shown[name] for name in row} == row


def test_a_page_is_in_the_language_asked_for(seeded: Mou) -> None:
    english = seeded("show", "khazar-miras-2024", "--format", "table").out
    azerbaijani = seeded("show", "khazar-miras-2024", "--format", "table", "--lang", "az").out
    assert "Memorandum of co-operation between Khazar University and MIRAS" in " ".join(english.split())
    assert "Xəzər Universiteti və “MİRAS” İctimai Birliyinin əməkdaşlıq memorandumu" in " ".join(azerbaijani.split())
    assert "Irada Khalilova" in english
    assert "İradə Xəlilova" in azerbaijani
    assert "\x1b" not in english
