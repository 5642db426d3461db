"""What is shown of a register as a file: how it is, its backups, what a restore changes, what a check finds."""

from __future__ import annotations

from typing import Final

from mou_cli.catalogue import digits, translate
from mou_cli.output.column import Column, Row, index, plain
from mou_cli.output.document import size_in_words
from mou_cli.output.entry import moment
from mou_cli.output.layout import shorten
from mou_cli.output.number import listed_or_none
from mou_cli.vocabulary import CodeList

_ACTION: Final = 60  # columns of a screen that tell what was done; an import names all its files
SEVERITIES: Final = CodeList("severity", {"damage": "damage", "mendable": "mendable", "warning": "warning"})
# By the code of a fault: how bad it is.
_SEVERITY: Final = {
    **dict.fromkeys(("damaged", "schema"), "damage"),
    **dict.fromkeys(("readable", "open-to-group", "network", "stray"), "warning"),
}


def severity_of(code: str) -> str:
    """Give how bad a fault is: damage that only a backup mends, something to put right, or a mere warning."""
    return _SEVERITY.get(code, "mendable")


FAULTS: Final = CodeList(
    "fault",
    {
        "damaged": "the register is damaged: {about}",
        "readable": "what can still be read: {about}",
        "schema": "table {about} is not as the program makes it",
        "outdated": "the schema is that of an earlier program: {about}",
        "unfinished": "a program that died has left a change half done",
        "guard": "trigger {about} is missing: the journal could be rewritten",
        "index": "index {about} is missing",
        "search-index": "the index of words is not that of the records",
        "words": "records that are found by other words than they have: {number}",
        "spans": "agreements whose terms are wrongly reckoned: {number}",
        "counter": "the server would give numbers of {about} again that are taken",
        "open-to-all": "{about} can be read or written by everybody",
        "open-to-group": "{about} can be read or written by its group",
        "network": "the register is on a network file system: {about}",
        "stray": "{about} was left there by another program",
    },
)
_RESTORE: Final = "`mou restore` puts a backup in its place"
_CLOSE: Final = "`chmod go-rwx {about}` keeps others out"
_FIX: Final = "`mou db check --fix` puts it right"
_REMEDIES: Final = CodeList(
    "what to do about a fault",
    {
        "damaged": _RESTORE,
        "readable": "take a backup if there is one, else `mou export` for as long as it goes",
        "schema": _RESTORE,
        "outdated": "`mou db upgrade` brings it up to date",
        "open-to-all": _CLOSE,
        "open-to-group": _CLOSE,
        "network": "keep it on a disk of this machine: locks may not hold there",
        "stray": "remove it while nobody uses the register",
        **dict.fromkeys(("unfinished", "guard", "index", "search-index", "words", "spans", "counter"), _FIX),
    },
)


def fault_in_words(row: Row, language: str) -> str:
    """Say what was found."""
    return _filled(FAULTS, row, language)


def fault_hint(row: Row, language: str) -> str:
    """Say what to do about it."""
    return _filled(_REMEDIES, row, language)


def _filled(codes: CodeList, row: Row, language: str) -> str:
    number = digits(row["number"] or 0, language)
    return codes.label(row["code"], language).format(about=row["about"] or "", number=number)


FAULT_KEYS: Final = ("code", "severity", "about", "number", "sentence", "hint")
FAULT_COLUMNS: Final = index(
    plain("code", "Code", "code"),
    Column(
        "severity", "Severity", lambda row, language: SEVERITIES.label(row["severity"], language), "code", "severity"
    ),
    Column("sentence", "Finding", fault_in_words, key="sentence", weight=4),
    Column("hint", "What to do", fault_hint, key="hint", weight=3),
    plain("about", "About", weight=2),
    plain("number", "Number", "number"),
)
FAULT_DEFAULT: Final = ("severity", "sentence", "hint")


def entry_in_words(entry: Row | None, language: str) -> str:
    """Give an entry of the journal as text: its number, when, by whom, and what was done."""
    if entry is None:
        return translate("none", language, context="entry")
    return f"{entry['entry']}, {moment(entry, language)}, {entry['actor']}: {shorten(entry['action'], _ACTION, '…')}"


def _records(key: str) -> Column:
    return Column("records", "Records", lambda row, language: listed_or_none(row[key], language), key=key, weight=4)


def _contents(row: Row, language: str) -> str:
    documents = row["documents"]
    if documents is None:
        return ""
    return f"{digits(documents['count'], language)} ({size_in_words(documents['bytes'], language)})"


def network_in_words(system: str, language: str) -> str:
    """Say that a register lies on a network file system of a kind, and what to do about it."""
    fault = {"code": "network", "about": system, "number": None}
    return f"{fault_in_words(fault, language)}; {fault_hint(fault, language)}"


def _network(row: Row, language: str) -> str:
    return network_in_words(row["network"], language) if row["network"] else ""


_SIZE: Final = Column("size", "Size", lambda row, language: size_in_words(row["size"], language), "number", "size")
_LAST: Final = Column(
    "last_entry", "Last change", lambda row, language: entry_in_words(row["last_entry"], language), key="last_entry"
)
_SHARED: Final = (
    _SIZE,
    plain("revision", "Schema", "code"),
    _records("records"),
    plain("entries", "Changes", "number"),
    _LAST,
    Column("documents", "Contents of documents", _contents, key="documents"),
)
KEYS: Final = (
    *("path", "size", "revision", "records", "entries", "last_entry", "documents", "backups", "last_backup", "mode"),
    *("network", "sqlite", "postgresql", "mou"),
)
COLUMNS: Final = index(
    plain("path", "Register", "code"),
    *_SHARED,
    plain("backups", "Backups", "number"),
    plain("last_backup", "Last backup", "code"),
    plain("mode", "Mode", "code"),
    Column("network", "Network", _network, key="network"),
    plain("sqlite", "SQLite", "code"),
    plain("postgresql", "PostgreSQL", "code"),
    plain("mou", "mou", "code"),
)
DEFAULT: Final = tuple(COLUMNS)

BACKUP_KEYS: Final = (
    *("file", "size", "revision", "records", "entries", "last_entry", "documents", "lost", "removed"),
)
BACKUP_COLUMNS: Final = index(
    plain("file", "Backup", "code"),
    *_SHARED,
    plain("lost", "Contents not found", weight=2),
    plain("removed", "Removed", weight=2),
)
BACKUP_DEFAULT: Final = tuple(BACKUP_COLUMNS)

COPY_KEYS: Final = ("from", "to", "revision", "records", "entries", "last_entry", "documents", "lost")
COPY_COLUMNS: Final = index(
    plain("from", "From", "code"),
    plain("to", "To", "code"),
    *_SHARED[1:],
    plain("lost", "Contents not found", weight=2),
)
COPY_DEFAULT: Final = tuple(COPY_COLUMNS)

RESTORE_KEYS: Final = ("file", "revision", "before", "after", "documents", "lost", "kept")
RESTORE_COLUMNS: Final = index(
    plain("file", "Backup", "code"),
    plain("revision", "Schema", "code"),
    Column("before", "Before", lambda row, language: _state(row["before"], language), key="before", weight=3),
    Column("after", "After", lambda row, language: _state(row["after"], language), key="after", weight=3),
    Column("documents", "Contents of documents", _contents, key="documents"),
    plain("lost", "Contents not found", weight=2),
    plain("kept", "Kept in", "code"),
)
RESTORE_DEFAULT: Final = tuple(RESTORE_COLUMNS)


def _state(contents: Row | None, language: str) -> str:
    if contents is None:
        return ""
    return f"{listed_or_none(contents['records'], language)}\n{entry_in_words(contents['last_entry'], language)}"
