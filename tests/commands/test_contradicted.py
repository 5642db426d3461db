"""Options that say nothing, or two things at once: refused with a sentence, or no more than if nobody had said them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Mou

# One that is signed, "whole", and its addendum, which ends.
WHOLE = ROOT / "tests" / "commands" / "pages" / "whole.yaml"
DATED = (
    *("sign whole", "renew addendum", "amend whole --review 2030-01-01", "terminate whole --on 2026-01-01"),
    *("notice whole", "supersede addendum --with frame", "review whole --outcome continue"),
)


@pytest.fixture
def whole(empty: Mou) -> Mou:
    empty("import", str(WHOLE))
    return empty


@pytest.mark.parametrize("command", DATED)
@pytest.mark.parametrize("text", ["", "  "])
def test_an_empty_text_of_a_fact_says_nothing(whole: Mou, command: str, text: str) -> None:
    key = command.split()[1]
    plain = whole(*command.split(), "--dry-run").out
    assert whole(*command.split(), "--by", text, "--evidence", text, "--note", text, "--dry-run").out == plain
    whole(*command.split(), "--by", text)
    assert whole.json("show", key)["lifecycle"][-1]["by"] is None


@pytest.mark.parametrize(
    ("command", "flag"),
    [
        ("renew addendum", "--until"),
        ("renew addendum", "--term"),
        ("renew addendum", "--form"),
        ("amend whole --note x", "--ends"),
        ("amend whole --note x", "--term"),
        ("amend whole --note x", "--renewal"),
        ("amend whole --note x", "--renewal-term"),
        ("amend whole --note x", "--notice"),
        ("amend whole --note x", "--review"),
        ("terminate whole", "--on"),
        ("review whole", "--outcome"),
        ("review whole --outcome continue", "--next"),
    ],
)
def test_an_empty_value_of_a_fact_is_refused(whole: Mou, command: str, flag: str) -> None:
    before = whole.content()
    for rehearsed in ((), ("--dry-run",)):
        assert whole.fails(2, *command.split(), flag, "", *rehearsed).err == f"mou: {flag}: a value is missing\n"
    assert whole.content() == before


@pytest.mark.parametrize("flag", ["--ends", "--renewal", "--review", "--note"])
def test_an_amendment_that_only_says_nothing_is_none(whole: Mou, flag: str) -> None:
    answer = whole.fails(2, "amend", "whole", flag, "")
    assert answer.err == "mou: nothing is said that would change\nhint: `mou amend --help` lists the options\n"


def test_an_edit_does_not_say_the_end_twice(whole: Mou) -> None:
    answer = whole.fails(2, "edit", "frame", "--ends", "2030-01-01", "--term", "3y")
    assert answer.err == "mou: the end is said twice, by --ends and --term\nhint: say one of them\n"
    whole("edit", "frame", "--ends", "", "--term", "3y")
    assert whole.json("show", "frame")["ends_on"] is None


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (("partner", "edit", "uit", "--identifiers", "ror=1, ror=2"), "--identifiers: 'ror' is said twice"),
        (("event", "edit", "fair", "--declared", "memoranda=1,memoranda=2"), "--declared: 'memoranda' is said twice"),
        (("add", "--home", " ", "--partner", "uit", "--new"), "--home: a name is missing"),
        (("edit", "whole", "--home", ""), "--home: a name is missing"),
    ],
)
def test_what_cannot_be_meant_is_refused(whole: Mou, command: tuple[str, ...], message: str) -> None:
    before = whole.content()
    assert whole.fails(2, *command).err == f"mou: {message}\n"
    assert whole.content() == before


def test_nothing_follows_from_an_empty_value(whole: Mou) -> None:
    options = ("--home", "adu", "--partner", "uit", "--signed", "", "--term", "", "--ends", "")
    row = whole.json("show", whole("add", *options).out.strip())
    assert (row["stage"], row["signed_on"], row["starts_on"], row["ends_why"]) == ("unstated", None, None, "unstated")
    assert whole("edit", row["ref"], "--term", "").out == ""
    assert whole.json("show", row["ref"])["starts_on"] is None


def test_a_name_said_twice_with_one_value_is_said_once(whole: Mou) -> None:
    whole("partner", "edit", "uit", "--identifiers", "ror=1,ror=1")
    assert whole.json("partner", "show", "uit")["identifiers"] == {"ror": "1"}


def test_a_file_is_told_from_a_paper_of_its_name(whole: Mou, write: Callable[[str, str | bytes], str]) -> None:
    whole("doc", "add", "frame", "--paper", "deed.txt")
    whole("doc", "add", "frame", write("deed.txt", "the deed"))
    whole("doc", "remove", "frame", "deed.txt", "--yes")
    assert [(row["file"], row["paper"]) for row in whole.json("doc", "list", "frame")] == [(None, "deed.txt")]
    whole("doc", "remove", "frame", "deed.txt", "--yes")
    assert whole.json("doc", "list", "frame") == []


def test_of_documents_with_one_name_it_is_told_how_they_are_told_apart(whole: Mou) -> None:
    whole("edit", "frame", "--from", "-", input=json.dumps({"documents": [{"file": "a"}, {"file": "a"}]}))
    answer = whole.fails(5, "doc", "remove", "frame", "a", "--yes")
    assert answer.err == "mou: 'a' could be a; a\nhint: `mou edit frame` tells them apart\n"
