"""The tables of the journal: who changed what, when, from what to what."""

from sqlalchemy import ForeignKey, Index
from sqlmodel import Field, SQLModel

from mou_cli.models.column import integer, string


class JournalEntry(SQLModel, table=True):
    """One change that was made as a whole. `at` is the instant in UTC, ISO 8601; `undoes` the entry it takes back.

    `actor` is who somebody says to be, `role` who the server knew them as; a file knows nobody.
    """

    __tablename__ = "journal_entry"

    id: int | None = Field(default=None, primary_key=True)
    at: str = string()
    actor: str = string()
    action: str = string()
    undoes: int | None = integer(index=True)
    role: str | None = string()


class JournalChange(SQLModel, table=True):
    """One record added or removed (`field` is null, the whole record as JSON), or one field changed.

    `source` says where the new value was read: JSON with file, line and the file's SHA-256.
    """

    __tablename__ = "journal_change"
    __table_args__ = (Index(None, "noun", "key"),)

    entry: int = Field(primary_key=True, sa_column_args=(ForeignKey("journal_entry.id"),))
    ordinal: int = integer(key=True)
    noun: str = string()
    key: str = string()
    field: str | None = string()
    before: str | None = string()
    after: str | None = string()
    source: str | None = string()


class JournalSeal(SQLModel, table=True):
    """The checksum of an entry with all its changes and of the seal before it."""

    __tablename__ = "journal_seal"

    entry: int = Field(
        primary_key=True, sa_column_args=(ForeignKey("journal_entry.id"),), sa_column_kwargs={"autoincrement": False}
    )
    digest: str = string()
