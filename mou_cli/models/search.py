"""The table of what can be searched."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from mou_cli.models.column import string


class SearchText(SQLModel, table=True):
    """The folded words of a record; the database's own full-text index stands over it."""

    __tablename__ = "search_text"
    __table_args__ = (UniqueConstraint("noun", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    noun: str = string()
    key: str = string()
    folded: str = string()
