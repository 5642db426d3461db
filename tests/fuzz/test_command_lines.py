"""Command lines put together from the commands there are, their options, and values of every sort."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import event, example, given
from hypothesis import strategies as st
from typer.core import TyperGroup, TyperOption

from tests.commands.test_contract import EVERY
from tests.fuzz.effort import effort
from tests.fuzz.texts import LIKELY, TEXTS

if TYPE_CHECKING:
    from collections.abc import Collection

    from tests.fuzz.ordeal import Ordeal

GLOBAL = ("--db", "--as-of", "--actor", "--lang", "--format", "-f", "--no-pager")
FORMS = ("auto", "table", "json", "jsonl", "csv", "tsv", "yaml", "markdown", "ics")
LEAVES = [name for name, command in EVERY.items() if not isinstance(command, TyperGroup)]
# Where a file may be: nothing outside of the folder is ever written, for that would be the machine's own.
PLACES = (
    *("register.db", "note.txt", "list.csv", "list.xlsx", "list.md", "list.json", "list.ics", "list", ".csv", ".", "-"),
    *(
        "x/y.csv",
        "register.db.documents",
        "no.yaml",
        "a\nb.csv",
        "~nosuch/x.csv",
        "~nosuch",
        "ə.tsv",
        "n" * 300 + ".csv",
        "*.yaml",
    ),
    *("register.db/x.csv", "seed.yaml", "postgresql://nobody@127.0.0.1:1/x", "postgresql://", "sqlite:///x", "%41.csv"),
    *("postgresql://[/x", "file:register.db?mode=ro", "mysql://h/x"),
)
SEED = "format: mou/1\ninstitutions:\n  - {key: new, name: New}\n"
ENVIRONMENT = (
    *("MOU_TODAY", "MOU_LANG", "MOU_TIMEOUT", "MOU_DOCUMENTS", "MOU_REQUIRE", "MOU_LIST_COLUMNS", "MOU_LEAD_TASK"),
    *("MOU_LEAD_EXCHANGE", "MOU_ACTOR", "COLUMNS", "MOU_PAGER", "NO_COLOR", "LC_ALL"),
)


def tame(text: str) -> str:
    """Keep a text from being a path to anywhere else, and from what no process can be given."""
    text = text.replace("\0", "\u2400")
    return text if text in PLACES else text.replace("/", "∕") if text.startswith(("/", "~", ".")) else text


@st.composite
def values(draw: st.DrawFn, flag: str) -> str:
    if flag in {"--output", "-o", "--db", "--from"}:
        return draw(st.sampled_from(PLACES))
    if flag in {"--format", "-f"}:
        return draw(st.sampled_from(FORMS) | TEXTS)
    return tame(draw(LIKELY))


@st.composite
def options(draw: st.DrawFn, name: str, left_out: Collection[str] = ()) -> list[str]:
    own = [parameter for parameter in EVERY[name].params if isinstance(parameter, TyperOption)]
    flags = {flag: parameter.is_flag for parameter in own for flag in (*parameter.opts, *parameter.secondary_opts)}
    flags.update(dict.fromkeys(GLOBAL, False) | {"--no-pager": True})
    flag = draw(st.sampled_from(sorted(flags.keys() - set(left_out))))
    if flags[flag]:
        return [draw(st.sampled_from((flag, flag, flag, f"{flag}=x")))]
    value = draw(values(flag))
    return [f"{flag}={value}"] if flag.startswith("--") and draw(st.booleans()) else [flag, value]


# What each command can be carried out with, so that what is said beside it is reached.
ENOUGH = {
    **dict.fromkeys(("show", "history", "sign", "renew", "amend", "notice", "review", "edit"), ("whole",)),
    "terminate": ["whole", "--on", "2026-01-01"],
    "supersede": ["frame", "--with", "whole"],
    "remove": ["addendum"],
    "add": ["--home", "adu", "--partner", "uit"],
    "search": ["north"],
    "partner show": ["uit"],
    "partner add": ["New"],
    "partner edit": ["uit"],
    "partner remove": ["law"],
    "partner merge": ["uit", "law"],
    "event show": ["fair"],
    "event add": ["Visit"],
    "event edit": ["fair"],
    "event remove": ["fair"],
    "plan show": ["office-2026"],
    "plan add": ["new", "--year", "2027", "--owner", "adu"],
    "plan edit": ["office-2026"],
    "plan close": ["office-2026"],
    "plan remove": ["office-2026"],
    "plan done": ["office-2026/3"],
    "plan task show": ["office-2026/1"],
    "plan task add": ["9", "--plan", "office-2026", "--task", "x"],
    "plan task edit": ["office-2026/1"],
    "plan task remove": ["office-2026/2"],
    "doc add": ["whole", "note.txt"],
    "doc open": ["frame", "-o", "list"],
    "doc remove": ["whole", "fair-2024.pdf"],
    "import": ["seed.yaml"],
    "export": ["list"],
    "backup": ["x.db"],
    "config get": ["lang"],
    "config set": ["lang", "az"],
    "config unset": ["lang"],
    "completion": ["bash"],
}
FILED = ("import", "export", "backup", "restore", "doc add")


@st.composite
def likely_lines(draw: st.DrawFn) -> list[str]:
    """Give what can be carried out, with an option or two beside it."""
    name = draw(st.sampled_from(LEAVES))
    said = draw(st.lists(options(name), max_size=2))
    return [*name.split(), *ENOUGH.get(name, ()), *(part for parts in said for part in parts)]


@st.composite
def wild_lines(draw: st.DrawFn) -> list[str]:
    name = draw(st.sampled_from(LEAVES))
    said = draw(st.lists(options(name), max_size=4))
    positional = st.sampled_from((*PLACES, SEED)) if name in FILED else LIKELY.map(tame)
    said += [[draw(positional)] for _ in range(draw(st.integers(0, 3)))]
    before = draw(st.lists(st.sampled_from((["--as-of", "2026-01-01"], ["-f", "json"], ["--no-pager"])), max_size=1))
    dashes = [["--"]] if draw(st.integers(0, 9)) == 0 else []
    return [part for parts in (*before, name.split(), *draw(st.permutations(said)), *dashes) for part in parts]


COMMAND_LINES = likely_lines() | wild_lines()


@effort(300)
@given(
    COMMAND_LINES,
    st.dictionaries(
        st.sampled_from(ENVIRONMENT), LIKELY.filter(lambda text: not set(text) & {"\0", "\ud800"}), max_size=1
    ),
)
@example(["--db", "~nosuch/x.db", "list"], {})
@example(["backup", "~nosuch/x.db"], {})
# What cannot be read is refused before anything is done, and not after it.
@example(["undo", "--format", "nope"], {})
@example(["import", "seed.yaml", "--format", "nope"], {})
@example(["backup", "copy.db", "--format", "nope"], {})
@example(["remove", "addendum", "--yes", "--format", "ics"], {})
@example(["export", "note.txt", "--lang", "nope"], {})
@example(["backup"], {"MOU_TIMEOUT": "nope"})
@example(["restore", "~nosuch/x.db"], {})
@example(["doc", "list", "--db", "postgresql://nobody@127.0.0.1:1/x"], {"MOU_DOCUMENTS": "~nosuch"})
def test_any_command_line_is_carried_out_or_refused(ordeal: Ordeal, line: list[str], env: dict[str, str]) -> None:
    ordeal.renew()
    ordeal.write("seed.yaml", SEED)
    answer = ordeal.call(*line, env={name: tame(text) for name, text in env.items()}, input=SEED.encode())
    event(f"exit code {answer.code}")
