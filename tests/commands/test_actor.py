"""Who made a change: one line of text, as every other, wherever it is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.commands.conftest import Write
    from tests.conftest import Mou

CANNOT = "the text contains \\x1b, which cannot be stored\n"


def actors(mou: Mou) -> list[Any]:
    return [row["actor"] for row in mou.rows("SELECT actor FROM journal_entry ORDER BY id")]


def test_an_actor_is_one_line_without_what_a_terminal_obeys(small: Mou) -> None:
    small.config.parent.mkdir(parents=True)
    small.config.write_text('actor = "Ley\\u001bla"\n', "utf-8")
    config = f"actor in the config file {small.config}"
    said: tuple[tuple[str, tuple[str, ...], dict[str, str]], ...] = (
        ("--actor", ("--actor", "Ley\x1bla"), {}),
        ("MOU_ACTOR", (), {"MOU_ACTOR": "Ley\x1bla"}),
        (config, (), {"MOU_ACTOR": ""}),
        ("the login name", (), {"MOU_ACTOR": "", "LOGNAME": "Ley\x1bla", "XDG_CONFIG_HOME": str(small.folder)}),
    )
    before = small.content()
    for place, options, env in said:
        for more in ((), ("--dry-run",)):
            answer = small.fails(2, "partner", "add", "Fjord", *more, *options, env=env)
            assert answer.err.splitlines(keepends=True)[0] == f"mou: {place}: {CANNOT}"
    assert small.content() == before


def test_a_register_is_not_begun_by_who_cannot_be_told(absent: Mou) -> None:
    absent.fails(2, "partner", "add", "Fjord", "--actor", "a\u202eb")
    assert not absent.exists


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("  Leyla \t Əliyeva ", "Leyla Əliyeva"),
        ("Leyla\nƏliyeva", "Leyla Əliyeva"),
        ("Jose\u0301", "José"),
        (" ", "nigar"),
        ("", "nigar"),
    ],
)
def test_an_actor_is_kept_as_other_lines_are(small: Mou, said: str, kept: str) -> None:
    for options, env in ((("--actor", said), {"LOGNAME": "nigar"}), ((), {"MOU_ACTOR": said, "LOGNAME": "nigar"})):
        small("partner", "add", "Fjord", "--new", *options, env=env)
        assert actors(small)[-1] == kept
        small("undo", *options, env=env)
        assert actors(small)[-1] == kept
    if said.strip():
        assert len(small.json("log", "--actor", said)) == 4


def test_an_actor_is_no_longer_than_a_line(small: Mou) -> None:
    answer = small.fails(2, "partner", "add", "Fjord", "--actor", "x" * 301)
    assert answer.err == "mou: --actor: the text is 301 characters long; 300 is the limit\n"


def test_a_file_is_told_of_in_the_journal_without_what_a_terminal_obeys(small: Mou, write: Write) -> None:
    small("import", write("a\x1b\nb.yaml", "format: mou/1\ninstitutions:\n  - {key: fjord, name: Fjord}\n"))
    entry = small.rows("SELECT action FROM journal_entry ORDER BY id DESC LIMIT 1")[0]
    assert entry["action"].endswith("/a\\x1b\\nb.yaml")


def test_what_an_event_declares_is_named_in_one_line(small: Mou, write: Write) -> None:
    answer = small.fails(2, "event", "add", "Fair", "--declared", "memo\x1branda=4")
    assert answer.err == f"mou: --declared: {CANNOT}"
    answer = small.fails(2, "event", "add", "Fair", "--declared", "joint  memoranda=4,joint memoranda=5")
    assert answer.err == "mou: --declared: 'joint memoranda' stands here twice\n"
    file = write("fair.yaml", 'format: mou/1\nevents:\n  - {key: fair, name: Fair, declared: {"a\\u202eb": 4}}\n')
    assert (
        "fair.yaml:3:40: declared: the text contains \\u202e, which cannot be stored\n"
        in small.fails(3, "import", file).err
    )
    small("event", "add", "Fair", "--declared", " joint   memoranda = 4")
    assert small.json("event", "show", "fair")["declared"] == {"joint memoranda": 4}
