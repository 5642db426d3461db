"""The tables of the register."""

from sqlmodel import SQLModel

from mou_cli.models import acceptance, agreement, event, institution, journal, plan, reference, search

__all__ = ["acceptance", "agreement", "event", "institution", "journal", "plan", "reference", "search"]

metadata = SQLModel.metadata
