"""What the register has by the name that is begun."""

from __future__ import annotations

import shutil
import sqlite3
from typing import TYPE_CHECKING

import pytest

from mou_cli.catalogue import LANGUAGES
from mou_cli.rules.country import country_codes, country_name, find_countries
from mou_cli.rules.fold import fold
from mou_cli.views.known import MOST
from mou_cli.vocabulary import AREAS
from tests.commands.offered import offered, register

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Mou, Process


@pytest.mark.parametrize(
    ("words", "texts"),
    [
        (["list", "--country", "N"], ["Netherlands", "North Cyprus", "Norway"]),
        (["list", "--country", "norw"], ["Norway"]),
        (["list", "--country=norw"], ["--country=Norway"]),
        (["list", "--country", "Norveç"], ["Norway"]),
        (["list", "--country", "Norv"], ["Norway"]),
        (["list", "--country", "alman"], ["Germany"]),
        (["list", "--country", "Исп"], ["Spain"]),
        (["list", "--country", "kibris"], ["Cyprus"]),
        (["list", "--country", "Zamb"], []),
        (["list", "--country", "%"], []),
        (["add", "--country", "Zamb"], ["Zambia"]),
        (["list", "--country", "Norway", "--country", "No"], ["North Cyprus"]),
        (["--lang", "az", "list", "--country", "n"], ["Niderland", "North Cyprus", "Norveç"]),
        (["list", "--lang", "az", "--country", "n"], ["Niderland", "North Cyprus", "Norveç"]),
        (["list", "--region", "nor"], ["Europe (Nordic Countries)", "North America"]),
        (["partner", "show", "uit"], ["University of Tromsø"]),
        (["supersede", "khazar-miras-2024", "--with", "khazar-uit"], ["khazar-uit"]),
        (["history", "khazar-mira"], ["khazar-miras-2024"]),
        (["partner", "show", "tromso"], ["University of Tromsø"]),
        (["partner", "merge", "tromso"], ["University of Tromsø"]),
        (["partner", "merge", "uib", "uis", "tromso"], ["University of Tromsø"]),
        (["partner", "show", "uib", "tromso"], []),
        (["partner", "merge", "uib", "uis", "--as", "form"], ["former"]),
        (["list", "--partner", "xez"], ["Khazar University"]),
        (["list", "--partner", "universiteti x"], ["Khazar University"]),
        (["list", "--partner", "stav un"], ["University of Stavanger"]),
        (["list", "--home", "khaz"], ["Khazar University"]),
        (["list", "--home", "tromso"], []),
        (["show", "khazar-ui"], ["khazar-uis", "khazar-uib", "khazar-uit"]),
        (["show", "2025-00"], [f"2025-00{number}" for number in range(9, 0, -1)]),
        (["show", "2025-7"], ["2025-007"]),
        (["edit", "tromso"], ["2025-051"]),
        (["show", "nothing"], []),
        (["event", "show", "kazakh"], ["ada-azerbaijan-kazakhstan-round-table"]),
        (["event", "show", "ada"], ["ada-azerbaijan-kazakhstan-round-table"]),
        (["list", "--event", "dəyirmi"], ["ada-azerbaijan-kazakhstan-round-table"]),
        (["plan", "show", ""], ["mdu-veterans-2025"]),
        (["plan", "due", "--plan", "mdu"], ["mdu-veterans-2025"]),
        (["plan", "done", "5."], ["5.1", "5.2", "5.3", "5.4", "5.5"]),
        (["plan", "done", "mdu-veterans-2025/4"], ["mdu-veterans-2025/4.1", "mdu-veterans-2025/4.2"]),
        (["plan", "done", "--plan", "mdu-veterans-2025", "4"], ["4.1", "4.2"]),
        (["plan", "done", "--plan", "nothing", "4"], []),
        (["plan", "task", "show", "dərnək"], ["1.2", "4.1"]),
        (["plan", "due", "--executor", "fereh"], [
            "Fərəh Cəlil", "Pedaqogika və psixologiya kafedrasının müdiri Fərəh Cəlil",
        ]),
        (["plan", "due", "--code", "2.3"], ["2.3.1", "2.3.3", "2.3.4", "2.3.5", "2.3.6"]),
        (["plan", "task", "add", "--agreement", "khazar-mir"], ["khazar-miras-2024"]),
    ],
)  # fmt: skip
def test_names_of_the_register_are_offered(seeded: Mou, words: list[str], texts: list[str]) -> None:
    assert offered(seeded, *words).texts == texts


def test_names_are_told_apart_by_what_else_is_known(seeded: Mou) -> None:
    assert offered(seeded, "list", "--country", "norw").told == {"Norway": "NO"}
    assert offered(seeded, "partner", "show", "University of Trom").told == {"University of Tromsø": "uit, NO"}
    assert offered(seeded, "partner", "show", "xez").told == {"Khazar University": "Xəzər Universiteti, AZ"}
    assert offered(seeded, "show", "2025-051").told == {"2025-051": "University of Tromsø"}
    assert offered(seeded, "plan", "show", "").told.keys() == {"mdu-veterans-2025"}
    for told in offered(seeded, "plan", "done", "").told.values():
        assert 0 < len(told) <= 60


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_country_is_understood_by_every_name_that_is_offered(language: str) -> None:
    assert [code for code in country_codes() if find_countries(country_name(code, language)) != [code]] == []


def test_what_is_offered_is_surely_understood(write: Callable[[str, str], str], empty: Mou) -> None:
    # Two of one name, one that is another's key, one without a letter in it.
    names = ("City University", "CITY UNIVERSITY", "p0", "???", "Alone")
    register(write, empty, *names)
    texts = offered(empty, "partner", "show", "").texts
    assert sorted(texts) == ["Alone", "Home", "p0", "p1", "p2", "p3"]
    found = [empty.json("partner", "show", text)["key"] for text in texts]
    assert sorted(found) == ["home", "p0", "p1", "p2", "p3", "p4"]
    assert offered(empty, "partner", "show", "city").told == {"p0": "City University", "p1": "CITY UNIVERSITY"}


@pytest.mark.file_only("it asks for hundreds of records; the names of a few are offered on both")
def test_everything_offered_in_the_example_register_is_understood(seeded: Mou) -> None:
    partners = offered(seeded, "partner", "show", "").texts
    assert len(partners) == 143
    assert len({seeded.json("partner", "show", text)["key"] for text in partners}) == 143
    for country in offered(seeded, "list", "--country", "").texts:
        assert seeded.json("partner", "list", "--country", country, "--count")["count"] > 0
    for reference in offered(seeded, "show", "").texts:
        assert seeded.json("show", reference)["ref"] == reference


def test_a_reference_that_is_another_agreements_key_is_not_offered(
    write: Callable[[str, str], str], empty: Mou
) -> None:
    text = """format: mou/1
home: [home]
institutions: [{key: home, name: Home}, {key: p, name: P}]
agreements:
  - {key: 2024-002, ref: 2024-001, parties: [home, p]}
  - {key: other, ref: 2024-002, parties: [home, p]}
"""
    empty("import", write("register.yaml", text))
    assert offered(empty, "show", "2024").texts == ["other", "2024-001"]


def test_a_number_that_several_open_plans_have_is_offered_with_its_plan(
    write: Callable[[str, str], str], seeds: Mou
) -> None:
    text = """format: mou/1
plans: [{key: more, year: 2025, owner: khazar, tasks: [{number: "5.1", task: More}, {number: "9", task: Last}]}]
"""
    seeds("import", write("more.yaml", text))
    assert offered(seeds, "plan", "done", "5.1").texts == ["mdu-veterans-2025/5.1", "more/5.1"]
    assert offered(seeds, "plan", "done", "--plan", "more", "").texts == ["5.1", "9"]
    seeds("plan", "close", "more")
    assert offered(seeds, "plan", "done", "5.1").texts == ["5.1"]
    assert offered(seeds, "plan", "done", "9").texts == []


def test_fish_is_offered_what_it_would_not_drop(seeded: Mou) -> None:
    asked = {
        ("list", "--country", "Norv"): {"norvec": "NO"},
        ("list", "--country", "norw"): {"Norway": "NO"},
        ("list", "--partner", "xez"): {"xezer universiteti": "Xəzər Universiteti, AZ"},
        ("list", "--partner=xez"): {"--partner=xezer universiteti": "Xəzər Universiteti, AZ"},
        ("list", "--partner", "xəz"): {"Xəzər Universiteti": "Xəzər Universiteti, AZ"},
        ("list", "--area", "telebe m"): {"telebe mubadilesi": AREAS.label("student-exchange")},
        ("event", "show", "dəyirmi"): None,
        ("plan", "done", "nothing"): {},
    }
    for words, told in asked.items():
        answer = offered(seeded, *words, asks="fish")
        assert answer.manner == "values"
        if told is not None:
            assert answer.told == told
    (event,) = offered(seeded, "event", "show", "dəyirmi", asks="fish").texts
    assert seeded.json("event", "show", event)["key"] == "ada-azerbaijan-kazakhstan-round-table"
    assert seeded.json("partner", "show", "xezer universiteti")["key"] == "khazar"
    assert seeded.json("list", "--country", "norvec", "--count") == seeded.json("list", "--country", "NO", "--count")


def test_the_register_before_the_cursor_is_asked(seeded: Mou, empty: Mou) -> None:
    there = seeded.address
    assert offered(empty, "list", "--country", "norw").texts == []
    assert offered(empty, "--db", there, "list", "--country", "norw").texts == ["Norway"]
    assert offered(empty, "list", f"--db={there}", "--country", "norw").texts == ["Norway"]
    assert offered(empty, "--db", "x", "list", "--db", there, "--country", "norw").texts == ["Norway"]
    assert offered(empty, "list", "--country", "norw", env={"MOU_DB": there}).texts == ["Norway"]


@pytest.mark.parametrize("words", [
    ["list", "--country", ""], ["list", "--partner", ""], ["show", ""], ["plan", "done", ""], ["list", "--region", ""],
    ["event", "show", ""], ["plan", "show", ""], ["plan", "due", "--code", ""], ["list", "--home", ""],
])  # fmt: skip
@pytest.mark.file_only("it is files that are spoilt")
def test_a_register_that_cannot_be_read_has_nothing_to_offer(
    empty: Mou, seeded: Mou, tmp_path: Path, words: list[str]
) -> None:
    broken, alien, old = tmp_path / "broken.db", tmp_path / "alien.db", tmp_path / "old.db"
    broken.write_bytes(seeded.db.read_bytes()[:5000])
    sqlite3.connect(alien).execute("CREATE TABLE x (y)").connection.close()
    shutil.copy(seeded.db, old)
    with sqlite3.connect(old) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0000'")
    connection.close()
    places = [
        "absent.db",
        str(tmp_path),
        str(broken),
        str(alien),
        str(old),
        "mysql://x",
        "",
        "postgresql://localhost:1/x",
    ]
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    for place in places:
        assert offered(empty, "--db", place, *words) == ("values", {}), place
    assert offered(empty, *words) == ("values", {})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.file_only("on a server nobody who reads waits for those who write")
def test_nobody_waits_for_a_register_that_is_being_written(seeds: Mou) -> None:
    with sqlite3.connect(seeds.db, isolation_level=None) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        assert offered(seeds, "list", "--country", "n", env={"MOU_TIMEOUT": "600"}) == ("values", {})
        connection.execute("ROLLBACK")
    connection.close()


def test_settings_that_cannot_be_read_leave_the_codes(seeded: Mou, tmp_path: Path) -> None:
    (tmp_path / "mou").mkdir()
    (tmp_path / "mou" / "config.toml").write_text("nonsense = 1\n", "utf-8")
    wrong = {"XDG_CONFIG_HOME": str(tmp_path), "MOU_DB": ""}
    assert offered(seeded, "list", "--status", "ac", env=wrong).texts == ["active"]
    assert offered(seeded, "list", "--partner", "x", env=wrong).texts == []


def test_no_more_is_offered_than_can_be_read(write: Callable[[str, str], str], empty: Mou) -> None:
    register(write, empty, *(f"University {number:03}" for number in range(MOST + 50)))
    for words in (["list", "--partner", "univ"], ["list", "--partner", ""], ["show", ""], ["list", "--unit", "u"]):
        assert len(offered(empty, *words).texts) == MOST
    assert offered(empty, "list", "--partner", "univ 249").texts == ["University 249"]
    assert offered(empty, "list", "--partner", "u" * 100_000).texts == []


def test_what_no_shell_can_be_given_is_left_out(empty: Mou) -> None:
    sql = """INSERT INTO institution (key, name, sort, folded, home, country_source)
        VALUES (:key, :name, :name, :folded, 0, '')"""
    for key, name in {"k": "a\nb", "l": "a\x1b[2J", "m": "ab"}.items():
        empty.spoil(sql, key=key, name=name, folded=fold(name))
    assert offered(empty, "partner", "show", "a").texts == ["ab"]


def test_what_the_terminal_has_no_letters_for_is_left_out(process: Process, templates: Path) -> None:
    environment = {"MOU_DB": str(templates / "seeds.db"), "PYTHONIOENCODING": "ascii"}
    done = process("completion", "zsh", "--", "mou", "partner", "show", "University of T", env=environment)
    assert done.stdout.decode("ascii").splitlines() == [
        "values",
        "University of Tabriz\ttabriz, IR",
        "University of Tuscia\ttuscia, IT",
    ]
