"""The kinds of column the tables are made of, one word for each line of a table."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Text
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

# Text compares by code point on both databases, so that keys, dates and sort keys have one order.
TEXT = Text().with_variant(Text(collation="C"), "postgresql")


def string(*, key: bool = False, index: bool = False, unique: bool = False, default: str | None = None) -> Any:
    """Give a column of text; also for dates (ISO 8601, perhaps reduced) and for JSON."""
    if default is None:
        return Field(sa_type=TEXT, primary_key=key, index=index, unique=unique)
    return Field(sa_type=TEXT, index=index, unique=unique, default=default)


def integer(*, key: bool = False, index: bool = False, default: int | None = None) -> Any:
    """Give a column of whole numbers; also for flags, 0 or 1."""
    if default is None:
        # A number that is a key is given, never counted up by the database.
        return Field(primary_key=key, index=index, sa_column_kwargs={"autoincrement": False} if key else {})
    return Field(index=index, default=default)


def count() -> Any:
    """Give a column of whole numbers beyond two thousand million, such as bytes."""
    return Field(sa_type=BigInteger)


def owner(table: str) -> Any:
    """Give the first part of a list row's key: the record it belongs to and goes with."""
    return Field(sa_type=TEXT, primary_key=True, sa_column_args=(_reference(table, "CASCADE"),))


def reference(table: str, *, index: bool = True) -> Any:
    """Give a column with the key of another record, which cannot go while it is mentioned.

    There has to be an index that begins with it: of this column alone, or the table's own.
    """
    return Field(sa_type=TEXT, index=index, sa_column_args=(_reference(table, None),))


def _reference(table: str, ondelete: str | None) -> ForeignKey:
    # Deferred: records of one import may mention each other in any order; the commit proves them all.
    return ForeignKey(f"{table}.key", ondelete=ondelete, deferrable=True, initially="DEFERRED")
