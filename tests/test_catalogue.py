"""The catalogues hold every message there is, and none that nobody says."""

from __future__ import annotations

import ast
import json
import pkgutil
import re
from importlib import import_module
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

import pytest

import mou_cli
from mou_cli.catalogue import LANGUAGES, digits, locale_language, tenths, translate, translate_number
from mou_cli.output.column import Column
from mou_cli.vocabulary import AREAS, RENEWALS, CodeList

if TYPE_CHECKING:
    from tests.conftest import Mou

ROOT = Path(mou_cli.__file__).parent
LACKING = "the catalogue lacks"


def catalogue(language: str) -> dict[str, str]:
    kept: dict[str, str] = json.loads((ROOT / "languages" / f"{language}.json").read_text("utf-8"))
    return kept


def modules() -> list[str]:
    return [m.name for m in pkgutil.walk_packages([str(ROOT)], "mou_cli.") if not m.name.endswith("__main__")]


def said_in_code() -> set[tuple[str, str]]:
    """Give (message, context) of every call, which must say its message in so many words."""
    found = set()
    for file in ROOT.rglob("*.py"):
        text = file.read_text("utf-8")
        if "from mou_cli.catalogue import" not in text:
            continue
        for call in ast.walk(ast.parse(text)):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
                continue
            if call.func.id.startswith("translate") or call.func.id == "Sentence":
                message = call.args[1 if call.func.id == "translate_number" else 0]
                context = next((k.value for k in call.keywords if k.arg == "context"), None)
                if isinstance(message, ast.Constant):
                    found.add((str(message.value), str(context.value) if isinstance(context, ast.Constant) else ""))
                else:
                    assert file.name in {"column.py", "code_list.py"}, f"{file}:{call.lineno} says no message"
    return found


def said_as_data() -> set[tuple[str, str]]:
    """Give (message, context) of the headings of columns and the labels of codes."""
    found = set()
    for name in modules():
        for value in vars(import_module(name)).values():
            columns = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else [value]
            found |= {(column.heading, "") for column in columns if isinstance(column, Column)}
            if isinstance(value, Column):
                found.add((value.heading, ""))
            if isinstance(value, CodeList):
                found |= {(label, value.name) for label in value.labels.values()}
    return found


def words_in(tree: ast.AST) -> list[str]:
    """Give the texts of an expression that have a word in them, but for those that are given to a function."""
    inner = {id(node) for call in ast.walk(tree) if isinstance(call, ast.Call) for node in ast.walk(call)}
    texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in inner)
    return [text for text in texts if isinstance(text, str) and re.search(r"[^\W\d_]{2}", text)]


def test_whatever_is_said_comes_from_the_catalogue() -> None:
    for file in ROOT.rglob("*.py"):
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if (
                isinstance(call, ast.Call)
                and isinstance(call.func, ast.Name)
                and call.func.id in {"say", "is_confirmed"}
            ):
                said = call.args[0]
                place = f"{file}:{call.lineno}"
                assert not (isinstance(said, ast.Name) and said.id.isupper()), place
                assert words_in(said) == [], place


def test_what_is_drawn_and_asked_comes_from_the_catalogue() -> None:
    """Texts with places in them, where nothing else would find an English word; those of errors stay English."""
    for file in [*(ROOT / "output").rglob("*.py"), *(ROOT / "asking").rglob("*.py")]:
        tree = ast.parse(file.read_text("utf-8"))
        errors = (node for node in ast.walk(tree) if isinstance(node, (ast.Raise, ast.Call)))
        apart = {id(inner) for node in errors if is_error(node) for inner in ast.walk(node)}
        for text in (node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) and id(node) not in apart):
            constants = [part.value for part in text.values if isinstance(part, ast.Constant)]
            found = {word for constant in constants for word in re.findall(r"[A-Za-z]{3,}", str(constant))}
            assert found <= NO_LANGUAGE, f"{file}:{text.lineno} says {found - NO_LANGUAGE}"


# What commands, addresses and names of files are made of, the English article, and what begins an error.
NO_LANGUAGE = {"list", "notice", "ends", "within", "mou", "partner", "home", "https", "mailto", "tmp", "new", "yaml"}
NO_LANGUAGE |= {"the", "due", "cannot", "started", "ended", "was", "signal", "with", "exit", "code", "null"}


def is_error(node: ast.AST) -> bool:
    return isinstance(node, ast.Raise) or (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id.endswith("Error")
    )


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_message_is_translated_and_nothing_else_is_kept(language: str) -> None:
    kept, used = catalogue(language), set()
    for message, context in said_in_code() | said_as_data():
        key = f"{message} [{context}]" if f"{message} [{context}]" in kept else message
        assert key in kept, f"{LACKING} {message!r} ({context})"
        used.add(key)
    assert set(kept) - used == set()


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_a_translation_has_the_places_of_its_message(language: str) -> None:
    for message, text in catalogue(language).items():
        assert places(text) == places(message), message


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_a_catalogue_is_in_order(language: str) -> None:
    text = (ROOT / "languages" / f"{language}.json").read_text("utf-8")
    kept = catalogue(language)
    assert text == json.dumps(dict(sorted(kept.items())), ensure_ascii=False, indent=0) + "\n"
    assert len(re.findall(r'^"', text, re.MULTILINE)) == len(kept)


def places(text: str) -> set[str]:
    return {name for _literal, name, _spec, _conversion in Formatter().parse(text) if name}


def test_what_the_catalogue_lacks_stays_english() -> None:
    assert translate("no such {thing}", "az", thing="message") == "no such message"


def test_one_english_text_of_two_meanings_is_told_apart_by_its_context() -> None:
    assert RENEWALS.label("none", "az") == "uzadılmır"
    assert AREAS.label("twinning", "az") == "tvinninq"


@pytest.mark.parametrize(
    ("language", "number", "told"),
    [("en", 1, "1 task"), ("en", 2, "2 tasks"), ("en", 1234, "1,234 tasks"), ("az", 1, "1 tapşırıq")],
)
def test_english_tells_one_from_many(language: str, number: int, told: str) -> None:
    assert translate_number("{number} task", "{number} tasks", number, language) == told


def test_thousands_are_marked_off_as_the_language_does_it() -> None:
    assert (digits(1234567, "en"), digits(1234567, "az")) == ("1,234,567", "1.234.567")
    assert (tenths(1234.56, "en"), tenths(1234.56, "az")) == ("1,234.6", "1.234,6")


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, "en"),
        ({"LANG": "az_AZ.UTF-8"}, "az"),
        ({"LANG": "az"}, "az"),
        ({"LANG": "tr_TR.UTF-8"}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LC_ALL": "C", "LANG": "az_AZ.UTF-8"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "az_AZ", "LANG": "en_GB.UTF-8"}, "az"),
    ],
)
def test_the_locale_says_the_language(
    variables: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert locale_language() == language


def test_people_are_answered_in_the_language_of_their_locale_and_programs_are_not(seeded: Mou) -> None:
    asked, locale = ("list", "--country", "Norway", "--columns", "ref,country"), {"LC_ALL": "az_AZ.UTF-8"}
    assert "Norveç" in seeded(*asked, "-f", "table", env=locale).out
    assert "Norway" in seeded(*asked, "-f", "csv", env=locale).out
    assert "Norway" in seeded(*asked, "-f", "table", "--lang", "en", env=locale).out
