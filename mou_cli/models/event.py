"""The tables of events and of the people at them."""

from sqlmodel import SQLModel

from mou_cli.models.column import integer, owner, reference, string


class Event(SQLModel, table=True):
    """A ceremony or visit; `sort`, `held_from` and `held_to` are computed."""

    key: str = string(key=True)
    name: str = string()
    sort: str = string(index=True)
    held: str | None = string()
    held_from: str | None = string(index=True)
    held_to: str | None = string()
    place: str | None = string()
    host: str | None = reference("institution")
    declared: str | None = string()
    topics: str | None = string()
    note: str | None = string()
    source: str | None = string()


class EventPerson(SQLModel, table=True):
    """Who was present at an event, and as what."""

    __tablename__ = "event_person"

    event: str = owner("event")
    ordinal: int = integer(key=True)
    name: str = string()
    names: str | None = string()
    role: str = string()
    position: str | None = string()
    party: str | None = reference("institution")
