"""Registers that have a name in the config file, and passwords, which have no place in an address that is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Mou

pytestmark = pytest.mark.file_only("the names are in the config file, and what they stand for in files")
PASSWORDS = (
    "postgresql://leyla:s3cret@localhost:1/mou",
    "postgresql+psycopg://leyla:s3cret@localhost:1/mou",
    "postgresql://localhost:1/mou?user=leyla&password=s3cret",
    "postgresql://leyla@localhost:1/mou?sslpassword=s3cret&connect_timeout=1",
)
REFUSED = (
    "mou: --db: a password on the command line can be read by others on this machine\n"
    "hint: leave it out of the address; ~/.pgpass (PGPASSFILE), PGPASSWORD or a service of pg_service.conf say it\n"
)


def configure(mou: Mou, text: str) -> None:
    mou.config.parent.mkdir(parents=True, exist_ok=True)
    mou.config.write_text(text, "utf-8")


def test_a_name_of_the_config_file_is_a_register_wherever_one_is_said(seeds: Mou, tmp_path: Path) -> None:
    configure(seeds, f'db = "office"\n[registers]\noffice = "{seeds.address}"\nempty = "{tmp_path}/none.db"\n')
    count = ("list", "--count")
    assert seeds(*count, env={"MOU_DB": ""}).out == "134\n"
    assert seeds(*count, env={"MOU_DB": "office"}).out == "134\n"
    assert seeds("--db", "office", *count, env={"MOU_DB": "/nowhere"}).out == "134\n"
    answer = seeds.fails(6, "list", "--db", "empty")
    assert answer.err.startswith(f"mou: there is no register at {tmp_path}/none.db\n")
    seeds("partner", "add", "A", "--db", "empty")
    assert (tmp_path / "none.db").exists()


def test_a_name_goes_before_a_file_of_that_name_and_a_path_does_not(
    seeds: Mou, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(seeds, f'[registers]\noffice = "{seeds.address}"\n')
    monkeypatch.chdir(tmp_path)
    seeds("partner", "add", "Another", "--db", "./office")
    assert seeds("list", "--count", "--db", "office").out == "134\n"
    assert seeds("list", "--count", "--db", "./office").out == "0\n"
    configure(seeds, "")
    assert seeds("list", "--count", "--db", "office").out == "0\n"


def test_names_are_set_shown_and_taken_away(seeds: Mou, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    address = "postgresql://leyla@db.example/ministry"
    assert seeds("config", "set", "registers.ministry", address).err == f"registers.ministry = {address}\n"
    assert seeds("config", "set", "registers.own", "own.db").err == f"registers.own = {tmp_path}/own.db\n"
    assert seeds("config", "set", "db", "own", env={"MOU_DB": ""}).err == "db = own\n"
    assert seeds("config", "get", "registers.ministry").out == f"{address}\n"
    listed = {row["name"]: row for row in seeds.json("config", "list")}
    assert listed["registers.ministry"] == {
        "name": "registers.ministry",
        "value": address,
        "origin": "config-file",
        "variable": "",
        "meaning": "a register by its name, for --db",
    }
    table = seeds("config", "list", "-f", "table", "--lang", "az", "--columns", "name,meaning").out
    assert "registers.ministry" in table
    assert "reyestr öz adı ilə" in table
    seeds("config", "unset", "registers.ministry")
    assert "registers.ministry" not in {row["name"] for row in seeds.json("config", "list")}


@pytest.mark.parametrize(
    "name", ["registers", "registers.", "registers.a.b", "registers.a/b", "registers.1", "registers. "]
)
def test_what_is_no_plain_word_is_no_name(seeds: Mou, name: str) -> None:
    assert seeds.fails(2, "config", "set", name, "x.db").err.startswith(f"mou: there is no setting '{name}'\n")


def test_a_name_that_stands_for_no_text_is_refused(seeds: Mou) -> None:
    configure(seeds, "[registers]\noffice = [1]\n")
    assert "'registers.office'" in seeds.fails(2, "list", "--db", "office").err
    configure(seeds, '[registers]\n"a/b" = "x.db"\n')
    assert "sets 'registers.a/b', which is no setting" in seeds.fails(2, "list").err


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_names_are_offered_before_files(seeds: Mou, shell: str) -> None:
    configure(seeds, '[registers]\nministry = "a.db"\nmine = "b.db"\n')
    ask = ("completion", shell, "--", "mou", "list", "--db")
    assert seeds(*ask, "min").lines[1:] == ["ministry\t", "mine\t"]
    assert seeds(*ask, "./m").lines == ["files\t"]
    assert seeds(*ask, "other").lines == ["files\t"]


def test_names_are_offered_in_bash(seeds: Mou) -> None:
    configure(seeds, '[registers]\nministry = "a.db"\n')
    assert seeds("completion", "bash", "--", "9", "mi", "mou list --db mi").lines == ["values", "ministry"]
    assert seeds("completion", "bash", "--", "9", "x", "mou list --db x").lines == ["files"]


@pytest.mark.parametrize("address", PASSWORDS)
def test_a_password_that_is_typed_is_refused(seeds: Mou, address: str) -> None:
    for command in (("list",), ("add", "--home", "khazar", "--partner", "uib"), ("config", "list"), ("log",)):
        answer = seeds.call("--db", address, *command)
        assert (answer.code, answer.err) == ((2, REFUSED) if command[0] != "config" else (0, ""))
        assert "s3cret" not in answer.out
    for name in ("db", "registers.office"):
        answer = seeds.fails(2, "config", "set", name, address)
        assert answer.err == REFUSED.replace("--db", name)
    assert not seeds.config.exists()


@pytest.mark.parametrize("address", PASSWORDS)
@pytest.mark.parametrize("debug", ["", "1"])
def test_a_password_elsewhere_is_used_and_shown_to_nobody(seeds: Mou, address: str, debug: str) -> None:
    configure(seeds, f'db = "{address}"\n[registers]\noffice = "{address}"\n')
    env = {"MOU_DB": "", "MOU_DEBUG": debug}
    said = [
        seeds.fails(6, "list", env=env),
        seeds.fails(6, "list", env=env | {"MOU_DB": address}),
        seeds.fails(6, "list", "--db", "office", env=env),
        seeds.fails(6, "add", "--home", "a", "--partner", "b", env=env),
        *(seeds("config", "get", name, env=env) for name in ("db", "registers.office")),
        *(seeds("config", "list", "-f", form, env=env) for form in ("json", "table", "tsv")),
    ]
    assert not [answer for answer in said if "s3cret" in answer.out + answer.err]
    assert "localhost" in said[0].err
    assert "cannot be reached: " in said[0].err


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://leyla:s3@cret@localhost/mou",
        "postgresql://leyla:s3/cret@localhost/mou",
        "postgresql://leyla:s3?cret@localhost/mou",
        "postgresql://leyla:s3#cret@localhost/mou",
        "postgresql://localhost:s3cret/mou",
    ],
)
def test_an_address_that_reads_two_ways_is_not_repeated(seeds: Mou, address: str) -> None:
    for answer in (seeds.fails(2, "list", "--db", address), seeds.fails(2, "list", env={"MOU_DB": address})):
        assert answer.err == (
            "mou: the address of the server cannot be read\n"
            "hint: postgresql://USER@HOST:PORT/DATABASE, where another @ / : ? # is written %40 %2F %3A %3F %23\n"
        )


def test_the_journal_holds_no_address(seeds: Mou) -> None:
    configure(seeds, f'[registers]\nmade-up-name = "{seeds.address}"\n')
    seeds("edit", "khazar-miras-2024", "--note", "x", "--db", "made-up-name", env={"PGPASSWORD": "s3cret"})
    said = str(seeds.content())
    assert "made-up-name" not in said
    assert "s3cret" not in said
