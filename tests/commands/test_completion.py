"""What could stand at the cursor: the answers that the shells' scripts ask for."""

from __future__ import annotations

import pytest

from mou_cli.commands.completion import SHELLS
from mou_cli.main import COMMANDS
from mou_cli.output.nouns import COLUMNS, KEYS
from mou_cli.vocabulary import AGREEMENT_TYPES, RENEWAL_FORMS, STATUSES
from tests.commands.offered import in_bash, offered
from tests.commands.test_contract import EVERY
from tests.conftest import ROOT, Mou


@pytest.mark.parametrize("shell", SHELLS)
def test_without_words_the_script_is_printed(absent: Mou, shell: str) -> None:
    script = (ROOT / "mou_cli" / "shells" / f"mou.{shell}").read_text("utf-8")
    assert absent("completion", shell).out == script
    assert f"mou completion {shell}" in script
    assert not absent.exists


def test_another_shell_is_refused(absent: Mou) -> None:
    answer = absent.fails(2, "completion", "tcsh")
    assert answer.err == "mou: 'tcsh' is none of bash, zsh, fish\n"


def test_commands_are_offered_with_what_they_do(absent: Mou) -> None:
    assert offered(absent, "").texts == list(COMMANDS)
    assert offered(absent, "e") == (
        "values",
        {
            "edit": "Change an agreement",
            "event": "Events: list, show, add, edit, remove",
            "export": "Write the whole register as YAML",
        },
    )
    assert offered(absent, "zzz") == ("values", {})


@pytest.mark.parametrize(
    ("words", "texts"),
    [
        (["partner", ""], ["list", "show", "add", "edit", "remove", "merge"]),
        (["plan", "task", ""], ["show", "add", "edit", "remove"]),
        (["plan", "d"], ["due", "done"]),
        (["--db", "x.db", "plan", "t"], ["task"]),
        (["-f", "json", "se"], ["search"]),
        (["--format=json", "se"], ["search"]),
        (["-fjson", "--", "se"], ["search"]),
        (["nothing", ""], []),
        (["plan", "nothing", ""], []),
        (["plan", "task", "nothing", "--p"], []),
        (["completion", ""], list(SHELLS)),
        (["completion", "z"], ["zsh"]),
        (["config", "set", "li"], ["list.columns"]),
        (["config", "get", "t"], ["today", "timeout"]),
        (["config", "unset", "d"], ["db", "documents", "due.columns"]),
        (["completion", "zsh", ""], ["--db", "--as-of", "--actor", "--lang", "--format", "--no-pager", "--help"]),
    ],
)
def test_commands_of_commands_are_offered(absent: Mou, words: list[str], texts: list[str]) -> None:
    assert offered(absent, *words).texts == texts


@pytest.mark.parametrize(
    ("words", "texts"),
    [
        (["--"], ["--version", "--db", "--as-of", "--actor", "--lang", "--format", "--no-pager", "--help"]),
        (["list", "--co"], ["--country", "--count", "--columns"]),
        (["list", "--country"], ["--country"]),
        (["list", "--country", "Norway", "--coun"], ["--country", "--count"]),
        (["list", "--count", "--coun"], ["--country"]),
        (["list", "--limit", "3", "--li"], []),
        (["list", "--limit=3", "--li"], []),
        (["list", "-f", "json", "--fo"], []),
        (["list", "-fjson", "--fo"], []),
        (["list", "--nonsense", "--limi"], ["--limit"]),
        (["plan", "list", "--o"], ["--owner", "--open", "--output"]),
        (["plan", "list", "--cl"], ["--closed"]),
        (["plan", "--la"], ["--lang"]),
        (["list", "--", "--co"], []),
        (["remove", "x", "-y", "--y"], []),
        (["show", "x", ""], ["--public", "--db", "--as-of", "--actor", "--lang", "--format", "--no-pager", "--help"]),
    ],
)
def test_options_are_offered_that_may_still_be_said(seeded: Mou, words: list[str], texts: list[str]) -> None:
    assert offered(seeded, *words).texts == texts


def test_an_option_is_told_by_its_help(absent: Mou) -> None:
    assert offered(absent, "list", "--sta").told == {"--status": "How the agreement stands on the day asked"}


def test_every_option_of_every_command_is_offered(absent: Mou) -> None:
    for name, command in EVERY.items():
        flags = {p.opts[0] for p in command.params if p.param_type_name == "option"}
        assert flags <= set(offered(absent, *name.split(), "--").texts), name


@pytest.mark.parametrize(
    ("words", "texts"),
    [
        (["list", "--status", ""], list(STATUSES.codes)),
        (["list", "--status", "a"], ["active"]),
        (["renew", "2025-001", "--form", ""], list(RENEWAL_FORMS.codes)),
        (["renew", "--status", "exp"], ["expired"]),
        (["review", "2025-001", "--outcome", "e"], ["end"]),
        (["amend", "2025-001", "--ends", "o"], ["open"]),
        (["list", "--status=a"], ["--status=active"]),
        (["list", "--type", ""], list(AGREEMENT_TYPES.codes)),
        (["list", "--partner-type", "p"], ["publisher", "programme"]),
        (["list", "--area", "joint-"], ["joint-research", "joint-events", "joint-publications", "joint-degree"]),
        (["list", "--area", "tələbə"], ["student-exchange", "student-services"]),
        (["list", "--area", "exchange of"], ["information-exchange"]),
        (["list", "--area", "joint-events", "--area", "joint-e"], []),
        (["list", "--unknown", "-e"], []),
        (["list", "--unknown", ""], ["ends", "starts", "signed", "country", "held", "responsible"]),
        (["list", "--sort", "e"], ["ends"]),
        (["list", "--sort", "-e"], ["-ends"]),
        (["list", "--sort=-e"], ["--sort=-ends"]),
        (["list", "--lang", ""], ["en", "az"]),
        (["list", "-f", "js"], ["json", "jsonl"]),
        (["list", "-fjs"], ["-fjson", "-fjsonl"]),
        (["--format=ma"], ["--format=markdown"]),
        (["list", "--limit", ""], []),
        (["list", "--nonsense=a"], []),
        (["list", "--count=a"], []),
        (["stats", "--by", ""], ["country", "region", "type", "area", "status", "year", "partner-type"]),
        (["add", "--stage", "s"], ["signed", "superseded"]),
        (["add", "--renewal", "t"], ["tacit"]),
        (["add", "--ends", ""], ["open"]),
        (["add", "--title", ""], []),
        (["partner", "list", "--unknown", ""], ["country", "type"]),
        (["partner", "add", "--type", "u"], ["university"]),
        (["event", "list", "--sort", "n"], ["name"]),
        (["plan", "edit", "x", "--status", ""], ["open", "closed"]),
        (["plan", "task", "edit", "1", "--status", "d"], ["done", "dropped"]),
    ],
)
def test_codes_are_offered_without_a_register(absent: Mou, words: list[str], texts: list[str]) -> None:
    assert offered(absent, *words).texts == texts


def test_codes_are_told_by_their_labels(absent: Mou) -> None:
    assert offered(absent, "list", "--status", "in").told == {"in-notice": "in notice"}
    assert offered(absent, "--lang", "az", "list", "--status", "ac").told == {"active": STATUSES.label("active", "az")}
    assert offered(absent, "list", "--area", "twin").told == {"twinning": ""}
    azeri = {"LC_ALL": "az_AZ.UTF-8"}
    assert offered(absent, "list", "--status", "ac", env=azeri).told == {"active": STATUSES.label("active", "az")}


@pytest.mark.parametrize(("command", "noun"), [
    ("list", "agreement"), ("partner list", "institution"), ("event list", "event"), ("plan list", "plan"),
    ("plan show", "task"), ("plan due", "task"), ("history", "fact"), ("search", "match"), ("stats", "count"),
])  # fmt: skip
def test_columns_are_those_of_the_rows(absent: Mou, command: str, noun: str) -> None:
    answer = offered(absent, *command.split(), "--columns", "")
    assert answer.manner == "parts"
    assert set(answer.texts) == {*COLUMNS[noun], *KEYS[noun]}


_NOTICE = ("notice_by", "notice_left", "notice_days_left", "notice")


@pytest.mark.parametrize(
    ("typed", "texts"),
    [
        ("par", ["partner", "partner_type", "partners"]),
        ("ref,no", [*(f"ref,{name}" for name in _NOTICE), "ref,note"]),
        ("ref,note,REF,no", [f"ref,note,REF,{name}" for name in _NOTICE]),
        ("notice-", _NOTICE[:3]),
        ("nothing,renewal", ["nothing,renewal_term", "nothing,renewal"]),
        (",zz", []),
    ],
)
def test_columns_are_completed_one_by_one(absent: Mou, typed: str, texts: list[str]) -> None:
    assert sorted(offered(absent, "list", "--columns", typed).texts) == sorted(texts)


@pytest.mark.parametrize(
    "words",
    [
        ["--db", ""], ["list", "--db", "x"], ["list", "-o", ""], ["list", "--output", "re"], ["add", "--from", ""],
        ["import", ""], ["import", "a.yaml", "b"], ["import", "--dry-run", "b"], ["export", "x"],
        ["export", "--", "-x"],
    ],
)  # fmt: skip
def test_files_are_left_to_the_shell(absent: Mou, words: list[str]) -> None:
    for shell in ("zsh", "fish"):
        assert offered(absent, *words, asks=shell) == ("files", {})
    assert in_bash(absent, " ".join(["mou", *words]), words[-1]) == ["files"]


def test_the_shell_is_told_where_the_name_of_a_file_begins(absent: Mou) -> None:
    assert absent("completion", "zsh", "--", "mou", "--db=re").out == "files\t--db=\n"
    assert absent("completion", "fish", "--", "mou", "list", "-ore").out == "files\t-o\n"
    assert in_bash(absent, "mou list > re", "re") == ["files"]
