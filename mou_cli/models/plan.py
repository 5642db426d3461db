"""The tables of plans and of the tasks under them."""

from sqlalchemy import Index
from sqlmodel import SQLModel

from mou_cli.models.column import integer, owner, reference, string


class Plan(SQLModel, table=True):
    """What a unit means to do in a year."""

    key: str = string(key=True)
    title: str | None = string()
    year: int = integer(index=True)
    owner: str = reference("institution")
    unit: str | None = string()
    language: str | None = string()
    responsible: str | None = string()
    status: str = string()
    closed: str | None = string()
    note: str | None = string()
    source: str | None = string()


class Task(SQLModel, table=True):
    """One line of a plan; `number_sort` and what its timing means (`due_kind` to `deadline`) are computed."""

    __table_args__ = (
        Index(None, "plan", "number", unique=True),
        Index(None, "plan", "deadline", "status"),
        Index(None, "deadline", "status"),
    )

    key: str = string(key=True)
    plan: str = reference("plan")
    year: int = integer()
    number: str = string()
    number_sort: str = string()
    section: str | None = string()
    direction: str | None = string()
    text: str = string()
    ways: str | None = string()
    timing: str | None = string()
    due_kind: str = string()
    due_from: str | None = string()
    due_to: str | None = string()
    deadline: str | None = string()
    expected_result: str | None = string()
    status: str = string()
    percent: int | None = integer()
    done: str | None = string()
    actual_result: str | None = string()
    note: str | None = string()
    source: str | None = string()


class TaskExecutor(SQLModel, table=True):
    """A person or unit that carries the task out."""

    __tablename__ = "task_executor"

    task: str = owner("task")
    ordinal: int = integer(key=True)
    name: str = string()
    folded: str = string(index=True)


class TaskStrategy(SQLModel, table=True):
    """A code of the strategy the task serves."""

    __tablename__ = "task_strategy"

    task: str = owner("task")
    ordinal: int = integer(key=True)
    code: str = string(index=True)


class TaskAgreement(SQLModel, table=True):
    """An agreement the task carries out."""

    __tablename__ = "task_agreement"

    task: str = owner("task")
    ordinal: int = integer(key=True)
    agreement: str = reference("agreement")


class TaskPartner(SQLModel, table=True):
    """An institution the task is done with."""

    __tablename__ = "task_partner"

    task: str = owner("task")
    ordinal: int = integer(key=True)
    institution: str = reference("institution")
