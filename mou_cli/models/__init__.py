"""The tables of the register."""

from sqlmodel import SQLModel

from mou_cli.models import agreement, event, institution, journal, plan, reference, search

__all__ = ["agreement", "event", "institution", "journal", "plan", "reference", "search"]

metadata = SQLModel.metadata
