"""Odd surroundings: no home, a broken config file, another locale, bytes that are no text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mou_cli.settings import LISTED

if TYPE_CHECKING:
    from pathlib import Path

    from tests.faults.conftest import Trial

NAME = "Bakı Dövlət Universiteti — Łódź, 北京"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Where the config file stands below the test's home."""
    folder = tmp_path / ".config" / "mou"
    folder.mkdir(parents=True)
    return folder / "config.toml"


@pytest.mark.parametrize("home", ["/nonexistent", "", "relative", "/dev/null", "/proc/1/root/x"])
def test_a_home_that_is_none_does_not_matter_where_the_register_is_said(trial: Trial, home: str) -> None:
    assert trial.run("list", "--count", env={"HOME": home}, says="").out == "134\n"


def test_no_home_does_not_matter_where_the_register_is_said(trial: Trial) -> None:
    assert trial.run("list", "--count", without=["HOME", "PATH"], says="").out == "134\n"


def test_a_home_that_is_not_there_holds_no_register(first: Trial) -> None:
    says = (
        "mou: there is no register at /nonexistent/.local/share/mou/mou.db\n"
        "hint: `mou add` and `mou import` create a register"
    )
    first.run("list", without=["MOU_DB"], env={"HOME": "/nonexistent"}, code=6, says=says)


def test_the_usual_place_is_made_for_the_first_register(first: Trial, seed_folder: str) -> None:
    home = first.folder / "home"
    first.db = home / ".local" / "share" / "mou" / "mou.db"
    first.folder = first.db.parent
    first.run("import", seed_folder, without=["MOU_DB"], env={"HOME": str(home)}, changes=True)
    assert first.folder.stat().st_mode & 0o777 == 0o700
    assert first.db.stat().st_mode & 0o777 == 0o600


def test_a_usual_place_that_cannot_be_made_is_unavailable(first: Trial, seed_folder: str) -> None:
    blocked = first.folder / "file"
    blocked.touch()
    answer = first.run("import", seed_folder, without=["MOU_DB"], env={"HOME": str(blocked)}, code=6)
    assert str(blocked) in answer.err


@pytest.mark.parametrize("variable", ["XDG_DATA_HOME", "XDG_CONFIG_HOME"])
def test_a_relative_folder_of_the_platform_is_not_used(first: Trial, variable: str) -> None:
    # The XDG Base Directory Specification: relative paths are invalid and to be ignored.
    says = (
        "mou: there is no register at {folder}/.local/share/mou/mou.db\n"
        "hint: `mou add` and `mou import` create a register"
    )
    env = {variable: "relative", "HOME": str(first.folder)}
    first.run("list", without=["MOU_DB"], env=env, code=6, says=says, cwd=first.folder)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"actor = ", "is not TOML: Invalid value (at line 1, column 9)"),
        (b"\n\n[list\n", "is not TOML: Expected ']' at the end of a table declaration (at line 3, column 6)"),
        (b"list = " + 5000 * b"[", "is not TOML: too many lists in one another"),
        (b"\xff", "is not UTF-8 text"),
        (b"colour = 'red'", f"sets 'colour', which is no setting\nhint: settings are {', '.join(LISTED)}"),
        (b"timeot = 5", "sets 'timeot', which is no setting\nhint: did you mean timeout?"),
        (b"[list]\ncolumn = 'ref'", "sets 'list.column', which is no setting\nhint: did you mean list.columns?"),
    ],
)
def test_a_config_file_that_cannot_be_understood_is_told_of(trial: Trial, config: Path, text: bytes, says: str) -> None:
    config.write_bytes(text)
    answer = trial.run("list", code=2, without=["MOU_DB"])
    assert answer.err == f"mou: the config file {config} {says}\n"


@pytest.mark.parametrize("arguments", [("--help",), ("list", "--help"), ("--version",)])
def test_a_broken_config_file_does_not_stand_in_the_way_of_help(
    trial: Trial, config: Path, arguments: tuple[str, ...]
) -> None:
    config.write_bytes(b"broken")
    trial.run(*arguments, says="")


@pytest.mark.parametrize(
    ("text", "variable"),
    [
        (b"timeout = 'soon'", "MOU_TIMEOUT"),
        (b"timeout = [1]", "MOU_TIMEOUT"),
        (b"today = 'someday'", "MOU_TODAY"),
        (b"lang = 'eo'", "MOU_LANG"),
        (b"[db]\nx = 1", "MOU_DB"),
        (b"db = ''", "MOU_DB"),
        (b"db = 'mysql://x'", "MOU_DB"),
    ],
)
def test_a_config_file_with_a_senseless_value_is_told_of(
    trial: Trial, config: Path, text: bytes, variable: str
) -> None:
    config.write_bytes(text)
    answer = trial.run("list", code=2, without=[variable])
    assert answer.err.startswith("mou: ")


def test_a_config_file_that_may_not_be_read_is_told_of(trial: Trial, config: Path) -> None:
    config.write_bytes(b"actor = 'me'")
    config.chmod(0)
    says = f"mou: the config file {config} cannot be read: Permission denied"
    trial.run("list", code=6, without=["MOU_DB"], powerless=True, says=says)


def test_a_config_file_that_is_a_folder_is_told_of(trial: Trial, config: Path) -> None:
    config.mkdir()
    says = f"mou: the config file {config} cannot be read: Is a directory"
    trial.run("list", code=6, without=["MOU_DB"], says=says)


@pytest.mark.parametrize(
    "env",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "latin-1"},
        {"PYTHONIOENCODING": "ascii:strict"},
        {"PYTHONIOENCODING": "cp1254"},
    ],
)
@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv", "tsv", "yaml", "markdown"])
def test_what_an_encoding_lacks_is_shown_by_its_code(trial: Trial, env: dict[str, str], form: str) -> None:
    trial.call("edit", "khazar-miras-2024", "--title", NAME, changes=True)
    env = env | {"COLUMNS": "400"}
    assert "khazar-miras-2024" in trial.run("show", "khazar-miras-2024", "--format", form, env=env, says="").out
    assert trial.run("list", "--format", form, env=env, says="").out.count("\n") >= 134


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1254"])
def test_an_export_is_the_same_bytes_in_every_locale(
    trial: Trial, states: tuple[str, str], tmp_path: Path, encoding: str
) -> None:
    file = tmp_path / "all.yaml"
    env = {"PYTHONIOENCODING": encoding, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    trial.run("export", str(file), env=env)
    assert file.read_text("utf-8") == states[0]
    # A letter written as its code would be another text for whoever imports it.
    assert trial.run("export", env=env).out == states[0]


def test_a_file_is_read_as_utf8_in_every_locale(bare: Trial, tmp_path: Path) -> None:
    file = tmp_path / "names.yaml"
    file.write_text(f"format: mou/1\ninstitutions:\n  - {{key: a, name: '{NAME}'}}\n", "utf-8")
    env = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    bare.run("import", str(file), env=env, changes=True)
    assert NAME in bare.sound()
    bare.run("import", "-", env=env, input=file.read_bytes(), says="nothing changed")


def test_a_config_file_is_read_as_utf8_in_every_locale(trial: Trial, config: Path) -> None:
    config.write_text("actor = 'Şəhla'\n", "utf-8")
    env = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    trial.run("edit", "khazar-miras-2024", "--note", "x", env=env, without=["MOU_ACTOR"], changes=True)
    with_actor = "SELECT count(*) FROM journal_entry WHERE actor = 'Şəhla'"
    assert trial.value(with_actor) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        (b"show", b"\xff"),
        (b"list", b"--country", b"Norv\xe8ge"),
        (b"add", b"--title", b"\xc3\x28"),
        (b"\xfe",),
        (b"--db", b"\xff.db", b"list"),
        (b"import", b"\xff.yaml"),
    ],
)
def test_arguments_that_are_no_text_are_refused(trial: Trial, arguments: tuple[bytes, ...]) -> None:
    answer = trial.run(*arguments, code=2)
    assert "is not text: it is not in the terminal's encoding" in answer.err


def test_an_actor_that_is_no_text_is_refused(trial: Trial) -> None:
    trial.run("edit", "khazar-miras-2024", "--note", "x", code=2, line='MOU_ACTOR=$(printf "\\377") exec "$@"')


def test_a_folder_that_is_gone_does_not_matter(trial: Trial, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    assert trial.run("list", "--count", cwd=gone, line='rmdir "$PWD" && exec "$@"', says="").out == "134\n"


def test_a_user_without_a_name_can_make_changes(trial: Trial) -> None:
    without = ["MOU_ACTOR", "HOME"]
    trial.run("edit", "khazar-miras-2024", "--note", "x", without=without, changes=True)
