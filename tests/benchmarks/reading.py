"""What is asked of a register, of the program and of those beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tests.benchmarks.makedata import RARE
from tests.benchmarks.plain import DAY
from tests.benchmarks.programs import FLOOR, RECUTILS, TASKWARRIOR

if TYPE_CHECKING:
    from tests.benchmarks.rounds import Command
    from tests.benchmarks.stand import Stand

PAGE = ("--limit", "50")
_ROWS = "SELECT * FROM agreement"
_ORDER = "ORDER BY ref_year, ref_number LIMIT 50"
_FOUND = "rowid IN (SELECT rowid FROM agreement_fts WHERE agreement_fts MATCH '{}')"
_OPEN = "status IN ('planned', 'in-progress')"
_DUE = f"""SELECT ends_on AS day, 'end' AS kind, ref, title FROM agreement
    WHERE ends_on BETWEEN date('{DAY}', '-6 months') AND date('{DAY}', '6 months')
        AND (renewal <> 'tacit' OR ends_on < '{DAY}')
    UNION ALL SELECT notice_by, 'notice', ref, title FROM agreement
    WHERE notice_by BETWEEN date('{DAY}', '-6 months') AND date('{DAY}', '6 months')
    UNION ALL SELECT deadline, 'task', key, text FROM task WHERE deadline <= date('{DAY}', '30 days') AND {_OPEN}"""
_TASKS = f"SELECT * FROM task WHERE deadline <= date('{DAY}', '30 days') AND {_OPEN} ORDER BY deadline, key LIMIT 50"


class Read(NamedTuple):
    """A question: the program's words, and how others are asked the same, if they can be.

    `rec` selects from agreements and `tasks` from tasks as recsel does, which knows no first page of what it selects.
    """

    words: tuple[str, ...]
    sql: str = ""
    rec: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    task: tuple[str, ...] = ()
    floor: tuple[str, ...] = ()

    def commands(self, stand: Stand) -> dict[str, Command]:
        """Give the command of each program."""
        found = stand.mou(*self.words) | stand.on_server(*self.words)
        if self.sql:
            found |= stand.sql(self.sql)
        if self.rec:
            found |= stand.other(RECUTILS, *self.rec, stand.plain.agreements)
        if self.tasks:
            found |= stand.other(RECUTILS, *self.tasks, stand.plain.tasks)
        if self.task:
            found |= stand.other(TASKWARRIOR, *taskwarrior(stand.plain.taskwarrior), *self.task)
        if self.floor:
            found |= stand.floor(FLOOR, *self.floor)
        return found


def taskwarrior(folder: object) -> tuple[str, ...]:
    """Give the settings that come before what is asked: the data's folder, and nobody's own settings."""
    return ("rc:/dev/null", f"rc.data.location={folder}", "rc.confirmation=off", "rc.gc=off", "rc.verbose=nothing")


def _stats(side: str, sql: str, rec: str = "") -> Read:
    grouped = ("-G", rec, "-p", f"{rec},Count(ref)") if rec else ()
    return Read(("stats", "--by", side), sql, grouped)


def _counted(column: str) -> str:
    return f"SELECT {column}, count(*) FROM agreement GROUP BY 1 ORDER BY 2 DESC"


READS = {
    "list": Read(("list", *PAGE), f"{_ROWS} {_ORDER}", ("-n", "0-49")),
    "list-table": Read(("list", *PAGE, "-f", "table")),
    "list-country": Read(
        ("list", "--country", "Norway", *PAGE), f"{_ROWS} WHERE country = 'NO' {_ORDER}", ("-e", "country = 'NO'")
    ),
    "list-large-country": Read(
        ("list", "--country", "Turkey", *PAGE), f"{_ROWS} WHERE country = 'TR' {_ORDER}", ("-e", "country = 'TR'")
    ),
    "list-filters": Read(
        ("list", "--country", "Turkey", "--type", "exchange", "--status", "active", *PAGE),
        f"{_ROWS} WHERE country = 'TR' AND type = 'exchange' AND status = 'active' {_ORDER}",
        ("-e", "country = 'TR' && type = 'exchange' && status = 'active'"),
    ),
    "list-status": Read(
        ("list", "--status", "active", *PAGE), f"{_ROWS} WHERE status = 'active' {_ORDER}", ("-e", "status = 'active'")
    ),
    "list-ends": Read(
        ("list", "--ends-within", "90d", *PAGE),
        f"{_ROWS} WHERE ends_on BETWEEN '{DAY}' AND date('{DAY}', '90 days') {_ORDER}",
        ("-e", f"ends_on >> '{DAY}' && ends_on << '2027-02-21'"),
    ),
    "partner-list": Read(("partner", "list", *PAGE)),
    "plan-list": Read(("plan", "list", *PAGE)),
    "show": Read(
        ("show", "2026-1"), f"{_ROWS} WHERE ref = '2026-001'", ("-e", "ref = '2026-001'"), floor=("show", "2026-001")
    ),
    "search-rare": Read(("search", RARE), f"{_ROWS} WHERE {_FOUND.format(RARE)} {_ORDER}", ("-q", RARE)),
    "search-common": Read(
        ("search", "memorandum", *PAGE), f"{_ROWS} WHERE {_FOUND.format('memorandum')} {_ORDER}", ("-q", "memorandum")
    ),
    "due": Read(("due", *PAGE), f"{_DUE} ORDER BY day LIMIT 50"),
    "due-table": Read(("due", *PAGE, "-f", "table")),
    "due-count": Read(("due", "--count"), f"SELECT count(*) FROM ({_DUE})"),
    "plan-due": Read(
        ("plan", "due", *PAGE),
        _TASKS,
        tasks=("-S", "deadline", "-e", "#deadline && deadline << '2026-12-23' && status = 'planned'"),
        task=("status:pending", "due.before:2026-12-23", "limit:50", "list"),
    ),
    "stats-country": _stats("country", _counted("country"), "country"),
    "stats-region": _stats("region", ""),
    "stats-type": _stats("type", _counted("type"), "type"),
    "stats-area": _stats("area", ""),
    "stats-status": _stats("status", _counted("status"), "status"),
    "stats-year": _stats("year", _counted("substr(signed, 1, 4)")),
    "stats-partner-type": _stats("partner-type", ""),
    "overview": Read(("-f", "table")),
}
# Beside the floor only: what starting the program costs.
STARTS = {
    "start-help": Read(("--help",), floor=("--help",)),
    "start-list": Read(("list", "--country", "Turkey", "-f", "tsv"), floor=("list", "--country", "TR")),
    "start-json": Read(("list", "--country", "Turkey", "-f", "json"), floor=("list", "--country", "TR")),
    "start-table": Read(("list", "--country", "Turkey", "-f", "table"), floor=("list", "--country", "TR")),
    "start-plan": Read(("plan", "due", "--month", "May"), floor=("due", "--month", "May")),
    "start-due": Read(("due",), floor=("due", "--month", "May")),
    "start-stats": Read(("stats", "--by", "country", "-f", "table"), floor=("list", "--country", "TR")),
}
COMPLETED = {
    "complete-country": ("list", "--country", "N"),
    "complete-partner": ("list", "--partner", "uni"),
    "complete-agreement": ("show", "nansen"),
    "complete-command": ("li",),
}


def start(stand: Stand, read: Read) -> dict[str, Command]:
    """Give the program's command and the floor's."""
    return stand.mou(*read.words) | stand.floor(FLOOR, *read.floor)


def complete(stand: Stand, words: tuple[str, ...]) -> dict[str, Command]:
    """Give the command by which a shell asks for what could stand in place of the last word."""
    asked = ("completion", "zsh", "--", "mou", "--db", str(stand.register), *words)
    return stand.mou(*asked) | stand.floor(FLOOR, "list", "--country", "TR")
