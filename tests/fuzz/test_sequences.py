"""Changes one after another, as they come: what they leave is sound, goes out and in again, and can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import event, example, given
from hypothesis import strategies as st

from tests.commands.test_contract import EVERY
from tests.conftest import Mou
from tests.fuzz.effort import effort
from tests.fuzz.test_command_lines import ENOUGH, options

if TYPE_CHECKING:
    from tests.fuzz.ordeal import Ordeal

# What concerns the register as a whole, or asks for a terminal, is tried elsewhere.
ELSEWHERE = {"import", "restore", "db copy", "db upgrade", "doc prune"}
CHANGING = sorted(
    name
    for name, command in EVERY.items()
    if name not in ELSEWHERE and any("--dry-run" in parameter.opts for parameter in command.params)
)
NOT_SAID = ("--db", "--from", "--dry-run", "--ask", "-i", "--format", "-f")
READS = (
    *(("list",), ("due", "--within", "200y"), ("due", "--format", "ics"), ("plan", "due"), ("partner", "list")),
    *(("event", "list"), ("plan", "list"), ("stats",), ("log",), ("check",), ("doc", "list"), ("db", "status")),
)
DAYS = ("1000-01-01", "2024-02-29", "2999-12-31")


@st.composite
def changes(draw: st.DrawFn) -> list[str]:
    """Give a command line that changes something, with up to three options beside what it needs."""
    name = draw(st.sampled_from(CHANGING))
    said = draw(st.lists(options(name, NOT_SAID), max_size=3))
    confirmed = ["--yes"] if any("--yes" in parameter.opts for parameter in EVERY[name].params) else []
    return [*name.split(), *ENOUGH.get(name, ()), *(part for parts in said for part in parts), *confirmed]


@effort(15)
@given(st.lists(changes(), min_size=3, max_size=10), st.sampled_from(DAYS))
@example([["sign", "whole", "--by", ""], ["amend", "whole", "--term", ""]], DAYS[1])
@example([["plan", "done", "office-2026/3", "--result", "a\x1bb"]], DAYS[1])
def test_any_sequence_of_changes_is_kept_and_can_be_undone(ordeal: Ordeal, lines: list[list[str]], day: str) -> None:
    ordeal.renew()
    ordeal.write("note.txt", "another note")
    mou = Mou(ordeal.db)
    before, beginning = mou.json("log", "--limit", "1")[0]["entry"], kept(mou)
    codes = [ordeal.call(*line).code for line in lines]
    event(f"{codes.count(0)} of {len(codes)} carried out")
    mou("db", "check")
    mou("log", "--verify")
    for arguments in READS:
        assert ordeal.call(*arguments, "--as-of", day).code in {0, 3}
    comes_back(ordeal, mou("export").out)
    undoes = {row["entry"]: row["undoes"] for row in mou.json("log", "--limit", "1000")}
    for entry in sorted((number for number in undoes if number > before), reverse=True):
        mou(*taking_back(entry, undoes), "--yes")
    assert kept(mou) == beginning
    mou("db", "check")


def taking_back(entry: int, undoes: dict[int, int | None]) -> tuple[str, str]:
    """Give the command that takes an entry back: an undo of an undo is a redo, by the number of what was undone."""
    command = "undo"
    while (undone := undoes[entry]) is not None:
        entry, command = undone, "redo" if command == "undo" else "undo"
    return command, str(entry)


def kept(mou: Mou) -> str:
    """Give the export without the counters of references, which never go back."""
    before, _counters, after = mou("export").out.partition("references:")
    return before + after[after.index("institutions:") :]


def comes_back(ordeal: Ordeal, exported: str) -> None:
    other = Mou(ordeal.folder / "other.db")
    other("import", ordeal.write("exported.yaml", exported))
    assert other("export").out == exported
