"""What a person who presses the key gets, in every shell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.commands.offered import HOSTILE, register

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Mou
    from tests.shells.conftest import Open

# Fish drops a name that does not have the letters typed: it is given the name in plain letters, which is understood.
KHAZAR = {"fish": "xezer universiteti"}
NORWAY = {"fish": "norvec"}


def test_commands_options_codes_and_names_are_completed(name: str, open_shell: Open, seeded: Mou) -> None:
    shell = open_shell(name, seeded)
    assert shell.words("mou li\t") == ["list"]
    assert shell.words("mou plan ta\tsh\t5.5\t") == ["plan", "task", "show", "5.5"]
    assert shell.words("mou list --stat\tact\t") == ["list", "--status", "active"]
    assert shell.words("mou list --country norw\t") == ["list", "--country", "Norway"]
    assert shell.words("mou list --country=norw\t") == ["list", "--country=Norway"]
    assert shell.words("mou list --country norv\t") == ["list", "--country", NORWAY.get(name, "Norway")]
    assert shell.words("mou list --partner xez\t") == ["list", "--partner", KHAZAR.get(name, "Khazar University")]
    assert shell.words("mou list --partner stavang\t") == ["list", "--partner", "University of Stavanger"]
    assert shell.words("mou list --sort -e\t") == ["list", "--sort", "-ends"]
    assert shell.words("mou show khazar-mir\t") == ["show", "khazar-miras-2024"]
    assert shell.words("mou list -fjsonl\t") == ["list", "-fjsonl"]
    assert shell.words("ls nothing >/dev/null 2>&1; mou li\t") == ["list"]


def test_what_is_typed_within_quotes_is_completed_within_them(name: str, open_shell: Open, seeded: Mou) -> None:
    shell = open_shell(name, seeded)
    for mark in ("'", '"'):
        assert shell.words(f"mou list --country {mark}Norw\t --count") == ["list", "--country", "Norway", "--count"]
        typed = f"mou list --partner {mark}University of Stav\t --count"
        assert shell.words(typed) == ["list", "--partner", "University of Stavanger", "--count"]
    typed = "mou list --partner University\\ of\\ Stav\t --count"
    assert shell.words(typed) == ["list", "--partner", "University of Stavanger", "--count"]


def test_what_stands_after_the_cursor_stays(name: str, open_shell: Open, seeded: Mou) -> None:
    shell = open_shell(name, seeded)
    back = "\x02" * len(" --count")
    assert shell.words(f"mou list --country norw --count{back}\t") == ["list", "--country", "Norway", "--count"]


def test_names_of_files_are_completed_by_the_shell(name: str, open_shell: Open, seeded: Mou, tmp_path: Path) -> None:
    (tmp_path / "the file $(1).yaml").touch()
    (tmp_path / "plain file").touch()
    shell = open_shell(name, seeded)
    assert shell.words("mou import the\t") == ["import", "the file $(1).yaml"]
    assert shell.words("mou add --from the\t") == ["add", "--from", "the file $(1).yaml"]
    assert shell.words("mou --db=the\t") == ["--db=the file $(1).yaml"]
    assert shell.words("mou export ~/pl\t") == ["export", str(tmp_path / "plain file")]
    assert shell.words("mou list -o 'pl\t --count") == ["list", "-o", "plain file", "--count"]


def test_the_register_on_the_line_is_asked_and_one_that_is_absent_offers_nothing(
    name: str, open_shell: Open, seeded: Mou, empty: Mou, tmp_path: Path
) -> None:
    (tmp_path / "norwegian").touch()
    shell = open_shell(name, empty)
    assert shell.words(f"mou --db {seeded.db} list --country norw\t")[2:] == ["list", "--country", "Norway"]
    assert shell.words(f"mou list --db={seeded.db} --country norw\t")[2:] == ["--country", "Norway"]
    assert shell.words("mou list --country norw\t") == ["list", "--country", "norw"]
    assert shell.words("mou --db absent.db list --country norw\t") == ["--db", "absent.db", "list", "--country", "norw"]
    assert not (tmp_path / "absent.db").exists()


def test_columns_follow_one_another_in_one_word(name: str, open_shell: Open, seeded: Mou) -> None:
    shell = open_shell(name, seeded)
    # Fish puts a space after whatever is the only one.
    back = "\x7f" if name == "fish" else ""
    assert shell.words(f"mou list --columns ref,partner_t\t{back},titl\t") == [
        "list",
        "--columns",
        "ref,partner_type,title",
    ]


def test_a_name_is_one_word_and_nothing_in_it_is_obeyed(
    name: str, open_shell: Open, write: Callable[[str, str], str], absent: Mou, tmp_path: Path
) -> None:
    names = [f"{hostile} u{number}x" for number, hostile in enumerate(HOSTILE)]
    register(write, absent, *names)
    shell = open_shell(name, absent)
    for number, hostile in enumerate(names):
        assert shell.words(f"mou list --partner u{number}x\t --count") == ["list", "--partner", hostile, "--count"]
    assert not (tmp_path / "pwned").exists()


@pytest.mark.parametrize("mark", ["'", '"'])
def test_a_name_within_quotes_is_one_word_and_nothing_in_it_is_obeyed(
    name: str, open_shell: Open, write: Callable[[str, str], str], absent: Mou, tmp_path: Path, mark: str
) -> None:
    names = [f"{hostile} u{number}x" for number, hostile in enumerate(HOSTILE[:6])]
    register(write, absent, *names)
    shell = open_shell(name, absent)
    for number, hostile in enumerate(names):
        typed = f"mou list --partner {mark}u{number}x\t --count"
        if name == "bash" and mark == '"' and hostile.startswith("!"):
            # There is no way to write it, so it is not offered.
            shell.shows(f"{typed}{mark}", f"u{number}x", "--count")
            continue
        assert shell.words(typed) == ["list", "--partner", hostile, "--count"]
    assert not (tmp_path / "pwned").exists()


def test_what_could_be_meant_is_listed_with_what_it_is(name: str, open_shell: Open, seeded: Mou) -> None:
    shell = open_shell(name, seeded)
    first, second = {"bash": ("(NL)", "(NO)"), "zsh": ("-- NL", "-- NO"), "fish": ("(NL)", "(NO)")}[name]
    again = "\t" if name == "bash" else ""
    shell.shows(f"mou list --country N\t{again}", "Netherlands", first, "North Cyprus", "Norway", second)
    shell.shows(f"mou list --co\t{again}", "--country", "Country or territory", "--count", "Show only how many")


def test_what_is_typed_is_not_lost_where_several_names_are_meant(name: str, open_shell: Open, seeded: Mou) -> None:
    shell = open_shell(name, seeded)
    if name == "bash":
        assert shell.words("mou list --partner tech\tnology") == ["list", "--partner", "technology"]
    else:
        shell.shows("mou list --partner tech\t", "Technical")


def test_the_script_may_be_loaded_twice_and_from_a_folder_of_functions(open_shell: Open, seeded: Mou) -> None:
    from tests.shells.conftest import SETUP

    twice = open_shell("zsh", seeded, SETUP["zsh"].replace("mou()", 'eval "$(command mou completion zsh)"\nmou()'))
    assert twice.words("mou list --country norw\t") == ["list", "--country", "Norway"]
    folder = SETUP["zsh"].replace('eval "$(command mou completion zsh)"\n', "")
    folder = 'mkdir -p f\ncommand mou completion zsh >f/_mou\nfpath=("$PWD/f" $fpath)\n' + folder
    loaded = open_shell("zsh", seeded, folder)
    assert loaded.words("mou list --country norw\t") == ["list", "--country", "Norway"]
    assert loaded.words("mou list --country norw\t") == ["list", "--country", "Norway"]


def test_the_program_is_the_one_that_is_typed(name: str, open_shell: Open, seeded: Mou, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    other = tmp_path / "bin" / "mou"
    other.write_text("#!/bin/sh\nprintf 'values\\nfrom-another\\n'\n", "utf-8")
    other.chmod(0o755)
    shell = open_shell(name, seeded)
    shell.shows("bin/mou from\t", "from-another")
    shell.shows("~/bin/mou from\t", "from-another")
