"""What everybody may see: nothing leaves by a public answer that is not named in one table."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
import yaml  # noqa: TID253 - another reader of what the program writes
from typer.core import TyperOption

from mou_cli.fields.nouns import SHAPES
from mou_cli.fields.published import PUBLISHED
from mou_cli.output.nouns import COLUMNS, KEYS
from mou_cli.views.stats import BY
from tests.commands.test_contract import EVERY
from tests.conftest import Mou
from tests.public.planted import Planted

if TYPE_CHECKING:
    from pathlib import Path

FORMS = ("table", "json", "jsonl", "csv", "tsv", "yaml", "markdown")
# Every answer that can be asked to be public, and what of whom it gives.
ANSWERS = {
    "list": ("agreement", ["list"]),
    "show": ("agreement", ["show", "open-agreement"]),
    "partner list": ("institution", ["partner", "list"]),
    "partner show": ("institution", ["partner", "show", "open-institution"]),
    "event list": ("event", ["event", "list"]),
    "event show": ("event", ["event", "show", "open-event"]),
    "doc list": ("document", ["doc", "list"]),
    "stats": ("count", ["stats", "--by", "country", "--by", "region"]),
    "export": ("", ["export"]),
}
RECORDERS = {"add", "edit", "doc add"}
LISTS = [name for name in ANSWERS if name != "export"]
CLOSED, OPEN = Planted("closed", 1), Planted("open", 1000)
ACTOR = "zqactorqz"


def register(planted: Planted) -> dict[str, Any]:
    """Give a register in which everything that there is of one agreement mentions the rest."""
    both = [planted.keys["institution"], f"home-{planted.name}"]
    agreement = planted.record("agreement", public=planted is OPEN, starts="2001-01-01")
    agreement["parties"] = [agreement["parties"][0], {"institution": both[1]}]
    agreement["documents"][0]["public"] = planted is OPEN
    # Of two documents of a public agreement one is for everybody.
    agreement["documents"] += Planted.record(CLOSED, "agreement")["documents"]
    agreement["documents"][1]["public"] = False
    plan = planted.record("plan", status="closed") | {"tasks": [planted.record("task", status="done")]}
    return {
        "home": [both[1]],
        "institutions": [
            planted.record("institution", parent=both[1]),
            {"key": both[1], "name": f"Home {planted.name}"},
        ],
        "events": [planted.record("event")],
        "agreements": [agreement],
        "plans": [plan],
        "accepted": [planted.record("acceptance", key=f"vacant:{planted.keys['agreement']}")],
    }


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Mou:
    """A register in which every field of every noun has a mark, of a public agreement and of one that is not."""
    folder = tmp_path_factory.mktemp("zqfolderqz")
    mou = Mou(folder / "register.db")
    for one in (CLOSED, OPEN):
        file = folder / f"zqfile{one.name}qz.json"
        file.write_text(json.dumps({"format": "mou/1", **register(one)}), "utf-8")
        mou("import", str(file), "--actor", ACTOR)
    paper = folder / "zqpaperqz.txt"
    paper.write_text("x", "utf-8")
    mou("doc", "add", CLOSED.keys["agreement"], str(paper), "--actor", ACTOR)
    return mou


@pytest.fixture
def forbidden() -> dict[str, str]:
    """Every mark that nobody else may see: all of what is not public, and of what is what the table does not name."""
    marks = {**CLOSED.marks, **{mark: place for mark, place in OPEN.marks.items() if not is_allowed(place)}}
    return marks | {text: text for text in (ACTOR, "zqfolderqz", "zqfileopenqz", "zqpaperqz", "Home closed")}


def is_allowed(place: str) -> bool:
    noun, name, *part = place.split(".")
    told = PUBLISHED.get(noun)
    if told is None or name not in told.fields:
        return False
    return not part or name not in told.parts or part[0] in told.parts[name]


def answers(mou: Mou, name: str, folder: Path) -> dict[str, str]:
    """Give all that an answer is in every form, on standard output and in a file, and in both languages."""
    command = [*ANSWERS[name][1], "--public"]
    if name == "export":
        return {"export": mou(*command).out}
    told = {
        f"{form} {language}": mou(*command, "-f", form, "--lang", language, env={"COLUMNS": "300"}).out
        for form in FORMS
        for language in ("en", "az")
    }
    if "show" not in name:
        for ending in ("csv", "json", "md", "yaml"):
            mou(*command, "-o", str(folder / f"out.{ending}"))
            told[ending] = (folder / f"out.{ending}").read_text("utf-8-sig")
        mou(*command, "-o", str(folder / "out.xlsx"))
        shutil.unpack_archive(folder / "out.xlsx", folder / "out", "zip")
        told["xlsx"] = "".join(path.read_text("utf-8") for path in (folder / "out").rglob("*.xml"))
    return told


def test_every_answer_that_can_be_public_is_held_to_it() -> None:
    found = {
        name
        for name, command in EVERY.items()
        if any(isinstance(option, TyperOption) and "--public" in option.opts for option in command.params)
    }
    assert found == {*ANSWERS, *RECORDERS}


def test_what_is_published_is_there() -> None:
    for noun, told in PUBLISHED.items():
        assert set(told.keys) <= set(KEYS[noun])
        assert set(told.columns) <= set(COLUMNS[noun])
        if noun in SHAPES:
            assert set(told.fields) <= {field.name for field in SHAPES[noun].fields}


@pytest.mark.parametrize("name", ANSWERS)
def test_nothing_leaves_that_may_not_be_published(
    planted: Mou, forbidden: dict[str, str], tmp_path: Path, name: str
) -> None:
    for form, text in answers(planted, name, tmp_path).items():
        leaked = {place for mark, place in forbidden.items() if mark in text}
        assert leaked == set(), (form, leaked)


@pytest.mark.parametrize(("name", "noun"), [(name, ANSWERS[name][0]) for name in LISTS if name != "stats"])
def test_what_may_be_published_is_told_and_no_other_key(planted: Mou, name: str, noun: str) -> None:
    answer = planted.json(*ANSWERS[name][1], "--public")
    rows = answer if isinstance(answer, list) else [answer]
    assert rows
    assert all(tuple(row) == PUBLISHED[noun].keys for row in rows)
    expected = {
        mark
        for mark, place in OPEN.marks.items()
        if is_allowed(place) and place.split(".")[0] == noun and ".languages" not in place
    }
    missing = {OPEN.marks[mark] for mark in expected if mark not in json.dumps(answer)}
    assert missing == set()


@pytest.mark.parametrize("by", BY)
def test_numbers_are_of_what_is_public_alone(planted: Mou, by: str) -> None:
    other = "type" if by == "country" else "country"
    for traits in (["--by", by], ["--by", by, "--by", other]):
        rows = planted.json("stats", *traits, "--public")
        assert {(row["agreements"], row["partners"]) for row in rows} == {(1, 1)}
        asked = planted.json("stats", *traits, "--public", "--columns", "value,agreements")
        assert asked == [{"value": row["value"], "agreements": row["agreements"]} for row in rows]


def test_what_is_exported_for_everybody_is_a_register(planted: Mou, tmp_path: Path) -> None:
    file = tmp_path / "public.yaml"
    said = planted("export", "--public", str(file))
    assert said.err == f"2 institutions, 1 event, 1 agreement written to {file}\n"
    exported = yaml.safe_load(file.read_text("utf-8"))
    assert exported["home"] == ["home-open"]
    assert {noun: len(records) for noun, records in exported.items() if noun.endswith("s")} == {
        "institutions": 2,
        "events": 1,
        "agreements": 1,
    }
    text = file.read_text("utf-8")
    assert {OPEN.marks[mark] for mark in OPEN.marks if is_allowed(OPEN.marks[mark]) and mark not in text} == set()
    other = Mou(tmp_path / "other.db")
    other("import", str(file))
    assert other("export", "--public").out == text


def test_what_is_not_public_is_not_found(planted: Mou) -> None:
    for command, noun in (("show", "agreement"), ("partner show", "institution"), ("event show", "event")):
        answer = planted.fails(4, *command.split(), f"closed-{noun}", "--public")
        assert answer.out == ""
        assert answer.err == (
            f"mou: {noun} closed-{noun} may not be published\nhint: an agreement is marked by `mou edit REF --public`\n"
        )
    assert planted("list", "--public", "--count").out == "1\n"
    assert planted("list", "--count").out == "2\n"


def test_columns_that_are_never_published_are_refused(planted: Mou) -> None:
    answer = planted.fails(2, "list", "--public", "--columns", "ref,responsible")
    assert answer.err.startswith("mou: 'responsible' is never published\nhint: columns are ref, key, title, ")
    for name in ("note", "source", "notice_by", "renewal", "unit"):
        planted.fails(2, "list", "--public", "--columns", name)
    assert planted.fails(2, "list", "--public", "--columns", "nothing").err.startswith("mou: agreement has no column")
    assert planted("list", "--public", "--columns", "country,ref", "-f", "csv").lines[0] == "country,ref"


def test_configured_columns_publish_nothing(planted: Mou) -> None:
    env = {"MOU_LIST_COLUMNS": "ref,responsible,note"}
    told = planted("list", "--public", "-f", "table", env=env)
    assert told.lines[0].split() == ["Ref", "Partner", "Country", "Type", "Areas", "Status", "Ends"]
    assert told.lines[-1] == "1 agreement, public"


def test_a_public_list_of_an_empty_register_is_empty(empty: Mou) -> None:
    assert empty.json("list", "--public") == []
    assert empty("export", "--public").out == "format: mou/1\n"
