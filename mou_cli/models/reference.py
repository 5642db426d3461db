"""The table of reference counters."""

from sqlmodel import SQLModel

from mou_cli.models.column import integer


class ReferenceCounter(SQLModel, table=True):
    """The highest number given in a year; it never goes back, so no reference is used twice."""

    __tablename__ = "reference_counter"

    year: int = integer(key=True)
    last: int = integer()
