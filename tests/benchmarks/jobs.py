"""All jobs that are measured, in the order in which they are told of."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from tests.benchmarks import changing
from tests.benchmarks.programs import FLOOR, POSTGRESQL, RECUTILS
from tests.benchmarks.reading import COMPLETED, PAGE, READS, STARTS, complete, start

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.benchmarks.rounds import Command
    from tests.benchmarks.stand import Stand


class Job(NamedTuple):
    """Something to be done by each program that can do it.

    Up to `largest` agreements; a program named in `fewer` only up to so many.
    """

    name: str
    title: str
    group: str
    commands: Callable[[Stand], dict[str, Command]]
    largest: int = 10**9
    fewer: tuple[tuple[str, int], ...] = ()


READING, WHOLE, CHANGING, STARTING = "Reading", "The whole register", "Changing", "Starting, beside the floor"
SMALL, MIDDLING, LARGE = 100, 10_000, 100_000
_FORMS = {"csv": 10**9, "json": 10**9, "jsonl": 10**9, "yaml": 10**9, "xlsx": LARGE}
# The floor of completing is that of starting: a short list.
_SMALL_FLOOR = ((FLOOR, SMALL),)
_FEW_RECORDS = ((RECUTILS, LARGE),)


def _jobs() -> list[Job]:
    # At a million recsel takes five gigabytes and half a minute for every question: it is asked one.
    reads = [
        Job(name, f"`mou {' '.join(read.words)}`", READING, read.commands, fewer=() if name == "list" else _FEW_RECORDS)
        for name, read in READS.items()
    ]
    journal = [
        Job(name, f"`mou {' '.join(words)}`, so many entries", READING, partial(changing.journal, words=words))
        for name, words in {"log": ("log", *PAGE), "log-record": ("log", "2026-1", *PAGE)}.items()
    ]
    starts = [
        Job(name, f"`mou {' '.join(read.words)}`", STARTING, partial(start, read=read), SMALL)
        for name, read in STARTS.items()
    ]
    completed = [
        Job(name, f"completing `mou {' '.join(words)}`", STARTING, partial(complete, words=words), fewer=_SMALL_FLOOR)
        for name, words in COMPLETED.items()
    ]
    return [*reads, *journal, *_whole(), *_changes(), *starts, *completed]


def _whole() -> list[Job]:
    forms = {form: ("`mou list -o FILE.xlsx`" if form == "xlsx" else f"`mou list -f {form}`") for form in _FORMS}
    return [
        *(
            Job(f"list-{form}", title, WHOLE, partial(changing.write_all, form=form), _FORMS[form], _FEW_RECORDS)
            for form, title in forms.items()
        ),
        Job("list-columns", "`mou list -f csv --columns …`, fifteen that both have", WHOLE, changing.write_columns),
        Job("export", "`mou export`", WHOLE, changing.export),
        Job("import", "`mou import`", WHOLE, changing.import_all, fewer=((POSTGRESQL, LARGE),)),
        Job("import-again", "`mou import`, the same again", WHOLE, changing.import_again, LARGE),
        Job("undo-import", "`mou undo` of that", WHOLE, changing.undo_import, LARGE),
        Job("backup", "`mou backup`", WHOLE, changing.backup, fewer=((POSTGRESQL, MIDDLING),)),
        Job("db-copy", "`mou db copy`", WHOLE, changing.copy, MIDDLING),
        Job("check", "`mou check`", WHOLE, partial(changing.ask, words=("check",))),
        Job("db-check", "`mou db check`", WHOLE, partial(changing.ask, words=("db", "check"))),
        Job("log-verify", "`mou log --verify`", WHOLE, partial(changing.ask, words=("log", "--verify"))),
    ]


def _changes() -> list[Job]:
    return [
        Job("add", "`mou add`", CHANGING, changing.add, fewer=_FEW_RECORDS),
        Job("add-task", "`mou plan task add`", CHANGING, changing.add_task),
        Job("undo", "`mou undo` of an agreement added", CHANGING, changing.undo),
    ]


JOBS = {job.name: job for job in _jobs()}
