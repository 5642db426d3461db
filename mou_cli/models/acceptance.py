"""The table of findings that somebody has accepted."""

from sqlmodel import SQLModel

from mou_cli.models.column import string


class Acceptance(SQLModel, table=True):
    """A finding that stays quiet: its code and the records it is about in the key, who accepted it, when and why."""

    key: str = string(key=True)
    code: str = string()
    reason: str = string()
    by: str = string()
    accepted: str = string()
