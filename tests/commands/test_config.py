"""Settings by command: what is set where, and a config file that stays as its owner wrote it."""

from __future__ import annotations

import fcntl
import json
import os
import stat
import tomllib
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mou_cli.formats.toml import with_value, without_value
from mou_cli.settings import LISTED, SETTINGS, parse_config
from mou_cli.vocabulary import AGREEMENT_TYPES
from tests.conftest import TODAY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import Mou

# What somebody has written with care: comments everywhere, an order of their own, blanks and quotes of all kinds.
WRITTEN = """\
# Ours. Ask Leyla before you change it.

timeout   =  5   # the network folder is slow
'actor' = 'International Office'

# What the rector wants to see
[list]  # mou list
columns = "ref,partner,ends"  # in this order
# and no areas

[due]
columns = [
    "number",  # first
    "task",
]
"""
# name: (what is typed, what the file then says)
SENSIBLE: dict[str, tuple[str, Any]] = {
    "db": ("/srv/mou/register.db", "/srv/mou/register.db"),
    "today": ("2025-05-10", "2025-05-10"),
    "actor": ("Leyla Əliyeva", "Leyla Əliyeva"),
    "lang": ("az", "az"),
    "timeout": ("30", 30),
    "pager": ("less -S", "less -S"),
    "documents": ("/srv/mou/documents", "/srv/mou/documents"),
    "opener": ("evince -f", "evince -f"),
    "require": ("signatories, signed-original", "signatories,signed-original"),
    "list.columns": ("ref, partner ,ends", "ref,partner,ends"),
    "partner.columns": ("key,country", "key,country"),
    "event.columns": ("name,held_on", "name,held_on"),
    "plan.columns": ("key", "key"),
    "due.columns": ("number,task", "number,task"),
    "agenda.columns": ("date,left,about", "date,left,about"),
    "lead.agreement": ("6 months", "6m"),
    "lead.task": ("2 weeks", "14d"),
    **dict.fromkeys((f"lead.{kind}" for kind in AGREEMENT_TYPES.codes), ("1y6m", "18m")),
}
# (name, what is typed, the line that refuses it)
SENSELESS = [
    ("db", "", "mou: db: the value is empty"),
    ("db", "mysql://x", "mou: a register is a file or a postgresql:// address, not mysql:"),
    ("today", "someday", 'mou: today: "someday" is not a date: write 2024-05-01, 01.05.2024 or 1 May 2024'),
    ("today", "2024", 'mou: today: "2024" is not a whole date: write year, month and day, such as 2024-05-01'),
    ("actor", " ", "mou: actor: the value is empty"),
    ("actor", "a\nb", r"mou: actor: the value has characters that cannot be kept: \n"),
    ("lang", "tr", "mou: lang: 'tr' is none of en, az"),
    ("timeout", "soon", "mou: timeout: 'soon' is no number of seconds between 0 and 3600"),
    ("timeout", "nan", "mou: timeout: 'nan' is no number of seconds between 0 and 3600"),
    ("timeout", "-1", "mou: timeout: '-1' is no number of seconds between 0 and 3600"),
    ("pager", "less 'x", 'mou: pager: "less \'x" is no command: No closing quotation'),
    ("documents", " ", "mou: documents: the value is empty"),
    ("opener", "evince 'x", 'mou: opener: "evince \'x" is no command: No closing quotation'),
    ("require", "signed-original,scan", "mou: require: 'scan' is none of signed-original, signatories"),
    ("list.columns", "ref,shoe", "mou: list.columns: agreement has no column 'shoe'"),
    ("partner.columns", "held", "mou: partner.columns: institution has no column 'held'"),
    ("event.columns", "ref", "mou: event.columns: event has no column 'ref'"),
    ("plan.columns", "task", "mou: plan.columns: plan has no column 'task'"),
    ("due.columns", "country", "mou: due.columns: task has no column 'country'"),
    ("due.columns", " , ", "mou: due.columns: no column is named"),
    ("agenda.columns", "task", "mou: agenda.columns: agenda has no column 'task'"),
    ("lead.agreement", "6", 'mou: lead.agreement: "6" has no unit: write 3y, 3m or 3d'),
    ("lead.task", "", "mou: lead.task: the value is empty"),
    *(
        (f"lead.{kind}", "soon", f'mou: lead.{kind}: "soon" is not a length: write 3y, 18m, 1y6m or 90d')
        for kind in AGREEMENT_TYPES.codes
    ),
]


def written(mou: Mou, text: str) -> Path:
    mou.config.parent.mkdir(parents=True)
    mou.config.write_text(text, "utf-8")
    return mou.config


def settings(mou: Mou, **named: Any) -> dict[str, tuple[str, str]]:
    return {row["name"]: (row["value"], row["origin"]) for row in mou.json("config", "list", **named)}


def test_every_setting_is_tried_here() -> None:
    assert set(SENSIBLE) == set(SETTINGS) == {name for name, _value, _line in SENSELESS}


@pytest.mark.once_on_server("settings, which stand in a file")
@pytest.mark.parametrize("name", SETTINGS)
def test_a_setting_is_set_got_and_unset(seeds: Mou, name: str) -> None:
    typed, kept = SENSIBLE[name]
    without = {SETTINGS[name].variable: ""} if SETTINGS[name].kind != "command" else {}
    assert seeds("config", "set", name, typed, env=without).err == f"{name} = {kept}\n"
    table, _, key = name.rpartition(".")
    assert tomllib.loads(seeds.config.read_text("utf-8")) == ({table: {key: kept}} if table else {key: kept})
    assert seeds("config", "get", name, env=without).out == f"{kept}\n"
    assert settings(seeds, env=without)[name] == (str(kept), "config-file")
    assert seeds("config", "unset", name, env=without).err == f"{name} is no longer set\n"
    assert seeds.json("config", "get", name, env=without)["origin"] == "default"
    again = seeds("config", "unset", name, env=without)
    assert again.err == f"{name} is not set in the config file {seeds.config}\n"


@pytest.mark.once_on_server("settings, which stand in a file")
@pytest.mark.parametrize(("name", "value", "says"), SENSELESS)
def test_a_senseless_value_is_refused_and_not_kept(seeds: Mou, name: str, value: str, says: str) -> None:
    answer = seeds.fails(2, "config", "set", "--", name, value)
    assert answer.err.splitlines()[0] == says
    assert not seeds.config.exists()


@pytest.mark.parametrize("arguments", [("get", "timeot"), ("set", "timeot", "5"), ("unset", "timeot")])
def test_an_unknown_name_is_refused_with_the_nearest(seeds: Mou, arguments: tuple[str, ...]) -> None:
    answer = seeds.fails(2, "config", *arguments)
    assert answer.err == "mou: there is no setting 'timeot'\nhint: did you mean timeout?\n"
    assert seeds.fails(2, "config", "get", "x").err == (
        f"mou: there is no setting 'x'\nhint: settings are {', '.join(LISTED)}\n"
    )


def test_comments_and_order_stay(seeds: Mou) -> None:
    path = written(seeds, WRITTEN)
    seeds("config", "set", "timeout", "7.5")
    seeds("config", "set", "list.columns", "partner")
    seeds("config", "unset", "actor")
    seeds("config", "set", "due.columns", "number")
    seeds("config", "set", "event.columns", "name")
    assert path.read_text("utf-8") == (
        WRITTEN.replace("5   #", "7.5   #")
        .replace('"ref,partner,ends"', '"partner"')
        .replace("'actor' = 'International Office'\n", "")
        .replace('[\n    "number",  # first\n    "task",\n]', '"number"')
        + '\n[event]\ncolumns = "name"\n'
    )


def test_what_changes_nothing_leaves_the_file_to_the_byte(seeds: Mou) -> None:
    path = written(seeds, WRITTEN.replace("\n", "\r\n"))
    before = path.read_bytes()
    seeds("config", "unset", "lang")
    seeds("config", "list")
    seeds("config", "get", "actor")
    seeds("config", "path")
    seeds.fails(2, "config", "set", "lang", "tr")
    assert path.read_bytes() == before
    seeds("config", "set", "timeout", "6")
    assert path.read_bytes() == before.replace(b"5   #", b"6   #")


NAMES = st.sampled_from(["lang", "actor", "list.columns", "due.columns"])
TEXTS = st.sampled_from(
    ["", "# ours\n", WRITTEN, "list.columns = 'a'\n", "list = {columns = 'a'}", '"list.columns" = "a"']
)


@given(text=TEXTS, changes=st.lists(st.tuples(NAMES, st.none() | st.text(st.characters(codec="utf-8"))), max_size=6))
def test_only_the_value_meant_changes(text: str, changes: list[tuple[str, str | None]]) -> None:
    meant = flat(tomllib.loads(text))
    for name, value in changes:
        if value is None:
            text = without_value(text, name)
            meant.pop(name, None)
        else:
            text = with_value(text, name, value)
            meant[name] = value
        assert flat(tomllib.loads(text)) == meant


def flat(table: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in table.items():
        inner = (
            {f"{name}.{key}": each for key, each in flat(value).items()} if isinstance(value, dict) else {name: value}
        )
        found |= inner
    return found


def test_the_file_is_replaced_whole_and_its_owners_alone(seeds: Mou, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(seeds, WRITTEN)
    path.chmod(0o644)
    before = path.stat().st_ino
    seeds("config", "set", "lang", "az")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.stat().st_ino != before
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    text = path.read_text("utf-8")

    def no_room(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_room)
    answer = seeds.fails(6, "config", "set", "lang", "en")
    assert answer.err == f"mou: {path} cannot be written: No space left on device\n"
    assert path.read_text("utf-8") == text
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_config_file_that_is_a_link_stays_one(seeds: Mou, tmp_path: Path) -> None:
    target = tmp_path / "dotfiles.toml"
    target.write_text("# shared\n", "utf-8")
    seeds.config.parent.mkdir(parents=True)
    seeds.config.symlink_to(target)
    seeds("config", "set", "lang", "az")
    assert seeds.config.is_symlink()
    assert target.read_text("utf-8") == '# shared\nlang = "az"\n'


def test_the_folder_is_made_for_its_owner_alone(seeds: Mou) -> None:
    seeds("config", "set", "lang", "az")
    assert stat.S_IMODE(seeds.config.parent.stat().st_mode) == 0o700


def test_the_path_is_told_of_any_file(seeds: Mou) -> None:
    assert seeds("config", "path").out == f"{seeds.config}\n"
    assert seeds.json("config", "path") == {"path": str(seeds.config)}
    path = written(seeds, "broken\n[")
    assert seeds("config", "path").out == f"{path}\n"
    assert seeds("config", "path", "-f", "table").out == f"{path}\n"


@pytest.mark.once_on_server("settings, which stand in a file")
@pytest.mark.parametrize("folder", ["/a\x1bb", "/\u202ea", "/a\\b", "/ə"])
def test_programs_are_told_the_path_as_it_is(seeds: Mou, folder: str) -> None:
    answer = seeds("config", "path", "-f", "json", env={"XDG_CONFIG_HOME": folder})
    assert json.loads(answer.out) == {"path": f"{folder}/mou/config.toml"}
    assert not set(answer.out) & {"\x1b", "\u202e"}


def test_a_broken_file_is_not_written_over(seeds: Mou) -> None:
    path = written(seeds, "lang = az\n")
    for arguments in (("list",), ("get", "lang"), ("set", "lang", "az"), ("unset", "lang")):
        answer = seeds.fails(2, "config", *arguments)
        assert answer.err == f"mou: the config file {path} is not TOML: Invalid value (at line 1, column 8)\n"
    assert path.read_text("utf-8") == "lang = az\n"


def test_a_name_that_is_no_setting_can_be_taken_out(seeds: Mou) -> None:
    path = written(seeds, "colour = 'red'\nlang = 'az'\n[list]\nwidth = 3\n")
    assert "sets 'colour', which is no setting" in seeds.fails(2, "config", "list").err
    assert "sets 'colour', which is no setting" in seeds.fails(2, "config", "set", "lang", "en").err
    seeds("config", "unset", "colour")
    assert "sets 'list.width', which is no setting" in seeds.fails(2, "config", "list").err
    seeds("config", "unset", "list.width")
    assert settings(seeds)["lang"] == ("az", "config-file")
    assert path.read_text("utf-8") == "lang = 'az'\n[list]\n"


@pytest.mark.parametrize("arguments", [("set", "list.columns", "ends"), ("unset", "list.columns")])
def test_what_stands_in_two_places_is_left_to_its_owner(seeds: Mou, arguments: tuple[str, ...]) -> None:
    text = "'list.columns' = 'ref'\n[list]\ncolumns = 'partner'\n"
    path = written(seeds, text)
    says = f"mou: the config file {path} says the same in two places\nhint: change it in an editor\n"
    assert seeds.fails(2, "config", *arguments).err == says
    assert path.read_text("utf-8") == text


def test_a_register_is_kept_by_its_whole_path(seeds: Mou, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for typed, kept in (("demo.db", str(tmp_path / "demo.db")), ("~/demo.db", "~/demo.db")):
        seeds("config", "set", "db", typed, env={"MOU_DB": ""})
        assert seeds("config", "get", "db", env={"MOU_DB": ""}).out == f"{kept}\n"


def test_a_password_is_listed_to_nobody(seeds: Mou) -> None:
    env = {"MOU_DB": "postgresql://leyla:secret@host/mou"}
    for form in ("table", "json", "csv"):
        assert "secret" not in seeds("config", "list", "-f", form, env=env).out
    assert settings(seeds, env=env)["db"] == ("postgresql://leyla@host/mou", "environment")
    assert seeds("config", "get", "db", env=env).out == "postgresql://leyla@host/mou\n"


def test_the_environment_counts_before_the_file_and_an_option_before_both(seeds: Mou) -> None:
    answer = seeds("config", "set", "lang", "az", env={"MOU_LANG": "en"})
    assert answer.err == "lang = az\nMOU_LANG in the environment counts before it\n"
    assert settings(seeds, env={"MOU_LANG": "en"})["lang"] == ("en", "environment")
    listed = seeds.json("config", "list", "--lang", "az", "--no-pager", "--as-of", "2024-01-01", "--actor", "Aynur")
    found = {row["name"]: (row["value"], row["origin"]) for row in listed}
    assert [found[name] for name in ("lang", "pager", "today", "actor")] == [
        *(("az", "option"), ("off", "option"), ("2024-01-01", "option"), ("Aynur", "option"))
    ]
    assert settings(seeds, env={"PAGER": "more"})["pager"] == ("more", "environment")
    assert settings(seeds, env={"PAGER": "more", "MOU_PAGER": ""})["pager"] == ("", "environment")
    seeds("config", "set", "pager", "most")
    assert settings(seeds, env={"PAGER": "more"})["pager"] == ("most", "config-file")
    assert settings(seeds, env={"MOU_LIST_COLUMNS": "ref"})["list.columns"] == ("ref", "environment")


@pytest.mark.file_only("a register on a server needs one more setting")
def test_the_settings_as_a_table(seeds: Mou) -> None:
    written(seeds, "lang = 'az'\n")
    env = {"MOU_DB": "/srv/mou.db", "MOU_TIMEOUT": "", "MOU_PAGER": "off", "COLUMNS": "60"}
    assert seeds("config", "list", "-f", "table", env=env).out == (
        "Ayar             Dəyər                        Haradan\n"
        "────────────────────────────────────────────────────────────\n"
        "db               /srv/mou.db                  mühit dəyişəni\n"
        f"today            {TODAY}                   mühit dəyişəni\n"
        "actor            tester                       mühit dəyişəni\n"
        "lang             az                           ayar faylı\n"
        "timeout          10                           ilkin dəyər\n"
        "pager            off                          mühit dəyişəni\n"
        "documents                                     ilkin dəyər\n"
        "opener                                        ilkin dəyər\n"
        "require                                       ilkin dəyər\n"
        "list.columns     ref, partner, country,       ilkin dəyər\n"
        "                 type, areas, status, ends\n"
        "partner.columns  key, name, country, type,    ilkin dəyər\n"
        "                 agreements\n"
        "event.columns    name, held, recorded, host,  ilkin dəyər\n"
        "                 place\n"
        "plan.columns     key, year, owner, title,     ilkin dəyər\n"
        "                 tasks, done, status\n"
        "due.columns      year, number, task,          ilkin dəyər\n"
        "                 executors, timing,\n"
        "                 deadline, status\n"
        "agenda.columns   date, what, which, about,    ilkin dəyər\n"
        "                 responsible\n"
        "lead.agreement   6m                           ilkin dəyər\n"
        "lead.task        30d                          ilkin dəyər\n"
    )
    shown = seeds("config", "list", "-f", "markdown", "--columns", "variable,meaning").lines
    assert shown[7] == r"| MOU\_PAGER | uzun cavabları göstərən proqram və ya off |"
    assert seeds.json("config", "get", "pager")["meaning"] == "what shows long answers, or off"


def test_without_a_home_there_is_nothing_to_set(seeds: Mou, process: Any) -> None:
    done = process("config", "path", env={"HOME": "", "MOU_DB": seeds.address}, command=["env", "-u", "HOME"])
    assert done.returncode == 0  # the home of the user's account
    listed = process("config", "list", "-f", "json", env={"HOME": "/nonexistent"})
    assert json.loads(listed.stdout)[0]["value"] == "/nonexistent/.local/share/mou/mou.db"
    refused = process("config", "set", "lang", "az", env={"HOME": "/dev/null"})
    assert refused.returncode == 6
    assert refused.stderr == b"mou: /dev/null/.config/mou: Not a directory\n"


TABLES = {
    "list.columns": (("list", "--country", "Norway"), "status,ref", "Status    Ref"),
    "partner.columns": (("partner", "list", "tromso"), "country,key", "Country  Key"),
    "event.columns": (("event", "list"), "held,place", "Held     Place"),
    "plan.columns": (("plan", "list"), "year,key", "Year  Key"),
    "due.columns": (("plan", "due", "--month", "May"), "deadline,number", "Deadline    No."),
}


@pytest.mark.parametrize("name", TABLES)
def test_the_columns_of_a_table_are_those_that_are_set(seeds: Mou, tmp_path: Path, name: str) -> None:
    from openpyxl import load_workbook

    command, columns, heading = TABLES[name]
    asked = {form: seeds(*command, "-f", form).out for form in ("auto", "json", "jsonl", "csv", "tsv", "yaml")}
    seeds("config", "set", name, columns)
    assert seeds(*command, "-f", "table").lines[0] == heading
    first = columns.split(",")
    markdown = seeds(*command, "-f", "markdown").lines[0]
    assert len(markdown.strip("| ").split(" | ")) == len(first)
    seeds(*command, "-o", str(tmp_path / "out.xlsx"))
    assert load_workbook(tmp_path / "out.xlsx").worksheets[0].max_column == len(first)
    seeds(*command, "-o", str(tmp_path / "out.csv"))
    assert len((tmp_path / "out.csv").read_text("utf-8").splitlines()[0].split(",")) > len(first)
    assert {form: seeds(*command, "-f", form).out for form in asked} == asked
    other = seeds(*command, "-f", "table", "--columns", first[0]).lines[0]
    assert other == heading.split()[0]
    assert seeds(*command, "-f", "table", env={SETTINGS[name].variable: first[1]}).lines[0] == heading.split()[-1]


def test_columns_may_be_an_array(seeds: Mou) -> None:
    written(seeds, '[list]\ncolumns = ["ref", "ends_on"]\n')
    assert seeds("list", "-f", "table").lines[0] == "Ref       Ends"
    assert settings(seeds)["list.columns"] == ("ref,ends_on", "config-file")


def test_a_column_that_is_no_more_is_told_of_with_its_file(seeds: Mou) -> None:
    path = written(seeds, "[list]\ncolumns = 'ref,shoe'\n")
    answer = seeds.fails(2, "list", "-f", "table")
    assert answer.err.splitlines()[0] == f"mou: list.columns in the config file {path}: agreement has no column 'shoe'"
    assert len(seeds.json("list")) == 134
    assert len(seeds("list", "-f", "table", "--columns", "ref").lines) == 138
    assert seeds.fails(2, "list", "-f", "table", env={"MOU_LIST_COLUMNS": "x"}).err.startswith(
        "mou: MOU_LIST_COLUMNS: "
    )


@pytest.mark.parametrize("value", ["true", "[1]", "[['ref']]", "12:00:00"])
def test_a_value_of_another_kind_is_told_of(seeds: Mou, value: str) -> None:
    path = written(seeds, f"[list]\ncolumns = {value}\n")
    assert seeds.fails(2, "list", "-f", "table").err == (
        f"mou: the config file {path} sets 'list.columns' to what is no single text or number\n"
        "hint: `mou config set list.columns VALUE` puts it right\n"
    )


def test_a_file_of_windows_notepad_is_read(seeds: Mou) -> None:
    seeds.config.parent.mkdir(parents=True)
    seeds.config.write_bytes(b"\xef\xbb\xbflang = 'az'\r\n")
    assert settings(seeds)["lang"] == ("az", "config-file")


def test_a_date_and_a_number_need_no_quotes(seeds: Mou) -> None:
    written(seeds, "today = 2025-05-10\ntimeout = 2.5\n")
    found = settings(seeds, env={"MOU_TODAY": "", "MOU_TIMEOUT": ""})
    assert (found["today"], found["timeout"]) == (("2025-05-10", "config-file"), ("2.5", "config-file"))


def test_what_several_set_at_once_is_all_set(process: Any, tmp_path: Path) -> None:
    said = {name: typed for name, (typed, _kept) in SENSIBLE.items() if name != "db"}
    folder = tmp_path / ".config" / "mou"
    folder.mkdir(parents=True)
    # Nobody gets on until all have begun.
    with ThreadPoolExecutor(len(said)) as pool, locked(folder):
        calls = [pool.submit(process, "config", "set", name, typed) for name, typed in said.items()]
        (folder / "config.toml").write_text("db = '/srv/mou.db'\n", "utf-8")
    assert [call.result().returncode for call in calls] == [0] * len(said)
    text = (folder / "config.toml").read_text("utf-8")
    assert set(parse_config(text, folder)) == {*said, "db"}
    with ThreadPoolExecutor(len(said)) as pool:
        calls = [pool.submit(process, "config", "unset", name) for name in said]
    assert [call.result().returncode for call in calls] == [0] * len(said)
    assert set(parse_config((folder / "config.toml").read_text("utf-8"), folder)) == {"db"}


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    place = os.open(folder, os.O_RDONLY)
    fcntl.flock(place, fcntl.LOCK_EX)
    yield
    os.close(place)
