"""Carries planned changes out: rows, lists, search words, terms and journal, in the transaction of the change."""

from __future__ import annotations

from collections import deque
from contextlib import closing
from typing import TYPE_CHECKING, Any, Final

from mou_cli.fields.nouns import SHAPES
from mou_cli.records.indexes import build, set_aside
from mou_cli.records.journal import Entry
from mou_cli.records.reference import References
from mou_cli.records.rows import (
    Addition,
    Rows,
    rows_of_addition,
    rows_of_list,
    rows_of_records,
    rows_of_spans,
    rows_of_words,
)
from mou_cli.records.search import FINDING_FIELDS, PartyNames
from mou_cli.store.search import ADD_WORDS, REMOVE_WORDS
from mou_cli.views.document import batches, documents
from mou_cli.views.query import select_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from sqlalchemy import Connection, Index, Table

    from mou_cli.fields.shape import Document, Shape
    from mou_cli.processes import Hands
    from mou_cli.records.change import Change
    from mou_cli.store.reader import Reader

# How a driver calls the place of a value.
_PLACES: Final = {"sqlite": "?", "postgresql": "%s"}


class Writer:
    """Writes the changes of one transaction. The journal's entry is opened by the first change that is one."""

    def __init__(self, connection: Connection, reader: Reader, actor: str, action: str, today: date) -> None:
        self._connection = connection
        self._reader = reader
        self._actor = actor
        self._action = action
        self._today = today
        self._entry: Entry | None = None
        self._undoes: int | None = None
        self._indexes: list[Index] = []
        self._party_names = PartyNames(reader)
        self._renamed: set[str] = set()
        self._indexed: set[str] = set()
        self.references = References(reader, today.year)

    @property
    def has_written(self) -> bool:
        """Say whether there is an entry of the journal by now."""
        return self._entry is not None

    def write(self, changes: Iterable[Change]) -> None:
        """Write changes of one noun, each of another record."""
        real = [change for change in changes if not change.is_nothing]
        if not real:
            return
        entry = self._open()
        shape = SHAPES[real[0].noun]
        self._delete(shape.table, "key", [change.key for change in real if change.after is None])
        for rows in rows_of_records(shape, [change.after for change in real if change.after and change.before is None]):
            self._insert(rows)
        self._alter([change for change in real if change.after and change.before], shape)
        gone = [change.key for change in real if change.before is not None]
        kept = [change.after for change in real if change.after is not None]
        self._note(shape.noun, (change.key for change in real if change.before and _is_found_otherwise(change)), kept)
        self._derive(gone, kept, shape)
        self._insert(entry.rows(real))

    def add(self, pages: Iterable[list[Change]], hands: Hands) -> Iterator[list[Change]]:
        """Write pages of records of one noun that are added; gives each page when it is written."""
        waiting: deque[list[Change]] = deque()

        def additions() -> Iterator[Addition]:
            for page in pages:
                waiting.append(page)
                yield self._addition(page)

        with closing(hands.map(rows_of_addition, additions())) as found:
            for all_rows, lines in found:
                for rows in all_rows:
                    if rows.table == "search_text":
                        self._insert_words(rows)
                    else:
                        self._insert(rows)
                self._open().seal_in(lines)
                yield waiting.popleft()

    def _addition(self, page: list[Change]) -> Addition:
        entry, noun = self._open(), page[0].noun
        documents = [change.after or {} for change in page]
        self._note(noun, [], documents)
        records = [(change.after or {}, change.source) for change in page]
        return Addition(
            noun, records, self._names(noun, documents), self._today, entry.number, entry.number_on(len(page))
        )

    def take_back(self, entry: int, action: str) -> None:
        """Say before anything is written that the change takes back an entry, and what the journal calls that."""
        self._undoes, self._action = entry, action
        self._open()

    def _open(self) -> Entry:
        if self._entry is None:
            self._indexes = set_aside(self._connection)
            self._entry = Entry(self._connection, self._reader, self._actor, self._action, self._undoes)
        return self._entry

    def derive(self, noun: str, keys: list[str]) -> None:
        """Reckon anew what follows from records of a noun, those that are gone included. They stay as they are."""
        for page in batches(keys):
            kept = list(documents(self._reader, SHAPES[noun], page).values())
            self._note(noun, page, kept)
            self._derive(page, kept, SHAPES[noun])

    def finish(self) -> None:
        """Bring up to date what depends on several records: counters, and agreements found by their parties' names."""
        self.references.save(self._connection)
        if self._renamed:
            self._reindex_agreements()
        build(self._connection, self._indexes)
        if self._entry is not None:
            self._insert(self._entry.seal())

    def _insert(self, rows: Rows) -> None:
        """Hand rows to the driver: Core would ask each value anew for its type, and drivers take these as they are."""
        if rows.values:
            columns = ", ".join(f'"{column}"' for column in rows.columns)
            places = ", ".join([_PLACES[self._connection.dialect.name]] * len(rows.columns))
            sql = f'INSERT INTO "{rows.table}" ({columns}) VALUES ({places})'  # noqa: S608 - fixed names
            self._connection.exec_driver_sql(sql, rows.values)

    @staticmethod
    def _table(name: str) -> Table:
        from mou_cli.models import metadata

        return metadata.tables[name]

    def _alter(self, altered: list[Change], shape: Shape) -> None:
        from sqlalchemy import bindparam, update

        if not altered:
            return
        table = self._table(shape.table)
        rows = [{**shape.row(change.after or {}), "this": change.key} for change in altered]
        values: dict[str, Any] = {name: bindparam(name) for name in rows[0] if name not in {"key", "this"}}
        self._connection.execute(update(table).where(table.c.key == bindparam("this")).values(values), rows)
        for name, kind in shape.lists.items():
            owners = [change for change in altered if (change.before or {}).get(name) != (change.after or {}).get(name)]
            self._delete(kind.table, kind.owner, [change.key for change in owners])
            self._insert(rows_of_list(shape, name, [change.after for change in owners if change.after]))

    def _derive(self, gone: list[str], kept: list[Document], shape: Shape) -> None:
        if shape.noun == "agreement":
            self._delete("agreement_span", "agreement", gone)
            self._insert(rows_of_spans(kept, self._today))
        if shape.searched:
            self._index(shape.noun, gone, kept)

    def _note(self, noun: str, renamed: Iterable[str], kept: list[Document]) -> None:
        """Note which agreements have to be found by other words because of these records."""
        if noun == "institution":
            # An agreement may have been written before the party that it names, or the party has another name now.
            others = {*renamed, *self._party_names.unknown.intersection(document["key"] for document in kept)}
            if others:
                self._renamed |= others
                self._party_names.forget(others)
                self._indexed.clear()
        if noun == "agreement" and self._renamed:
            self._indexed.update(document["key"] for document in kept)

    def _names(self, noun: str, documents: list[Document]) -> dict[str, str]:
        """Give the folded names of agreements' parties by their keys."""
        keys = {party["institution"] for document in documents for party in document.get("parties", ())}
        return self._party_names.of(keys) if noun == "agreement" else {}

    def _delete(self, table: str, column: str, keys: list[str]) -> None:
        from sqlalchemy import bindparam, delete

        if keys:
            rows = self._table(table)
            statement = delete(rows).where(rows.c[column] == bindparam("this"))
            self._connection.execute(statement, [{"this": key} for key in keys])

    def _index(self, noun: str, gone: list[str], kept: list[Document]) -> None:
        from sqlalchemy import delete, text

        table, dialect = self._table("search_text"), self._connection.dialect.name
        if gone:
            if dialect in REMOVE_WORDS:
                self._connection.execute(text(REMOVE_WORDS[dialect]), [{"noun": noun, "key": key} for key in gone])
            for keys in batches(gone):
                self._connection.execute(delete(table).where(table.c.noun == noun, table.c.key.in_(keys)))
        self._insert_words(rows_of_words(noun, kept, self._names(noun, kept)))

    def _insert_words(self, rows: Rows) -> None:
        from sqlalchemy import text

        if not rows.values:
            return
        sql = "SELECT coalesce(max(id), 0) AS last FROM search_text"
        last = next(self._reader.rows(sql))["last"]
        self._insert(rows)
        if (dialect := self._connection.dialect.name) in ADD_WORDS:
            self._connection.execute(text(ADD_WORDS[dialect]), {"last": last})

    def _reindex_agreements(self) -> None:
        for renamed in batches(sorted(self._renamed)):
            chosen, parameters = select_in(renamed)
            sql = f"SELECT DISTINCT agreement FROM agreement_party WHERE institution IN ({chosen}) ORDER BY agreement"  # noqa: S608 - names of parameters
            affected = (row["agreement"] for row in self._reader.rows(sql, **parameters))
            for keys in batches(key for key in affected if key not in self._indexed):
                found = documents(self._reader, SHAPES["agreement"], keys)
                self._index("agreement", keys, [found[key] for key in keys])
                if len(self._renamed) > len(renamed):
                    # Its other party may be on another page; where there is none, nobody has to remember.
                    self._indexed.update(keys)


def _is_found_otherwise(change: Change) -> bool:
    """Say whether agreements of an institution are found by other words than before."""
    return any(name in FINDING_FIELDS for name, _before, _after in change.fields())
