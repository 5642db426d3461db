"""The indexes of an empty register, built once it is filled: a sort costs less than a search for each row."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Connection, Index


def set_aside(connection: Connection) -> list[Index]:
    """Drop the indexes that only reading needs, if the register has no records yet; gives them, for `build`.

    Both happen in the transaction of the change: an error gives them back. Those that a change itself needs stay:
    unique ones, and those by which the database finds who mentions a record. On a server all stay, for dropping one
    would lock its readers out.
    """
    from mou_cli.models import metadata

    if connection.dialect.name != "sqlite" or connection.exec_driver_sql("SELECT 1 FROM journal_entry").first():
        return []
    indexes = [index for table in metadata.sorted_tables for index in table.indexes if _is_for_reading(index)]
    for index in indexes:
        index.drop(connection)
    return indexes


def build(connection: Connection, indexes: list[Index]) -> None:
    """Make the indexes that were set aside."""
    for index in sorted(indexes, key=lambda index: str(index.name)):
        index.create(connection)


def _is_for_reading(index: Index) -> bool:
    return not index.unique and not any(column.foreign_keys for column in index.columns)
