"""What is shown of an entry of the agenda."""

from __future__ import annotations

from typing import Final

from mou_cli.catalogue import translate
from mou_cli.output import agreement
from mou_cli.output.column import TEXTS, Column, Row, as_text, coded, index, places, plain, status_tone, warning
from mou_cli.output.days_left import short_days_left
from mou_cli.vocabulary import AGENDA_KINDS, AGREEMENT_TYPES, STATUSES, TASK_STATUSES


def what(row: Row, language: str) -> str:
    """Say what happens on the day, or should have happened."""
    if row["kind"] != "end":
        return AGENDA_KINDS.label(row["kind"], language)
    if row["overdue"]:
        return translate("ended", language)
    return translate("renews itself", language) if row["goes_on"] else translate("ends", language)


def about(row: Row, language: str) -> str:
    """Name what an entry is about: the partners of an agreement, what a task is to do."""
    return as_text(row["partners"], language) if row["kind"] != "task" else title(row, language)


def title(row: Row, language: str) -> str:
    """Give the title of an agreement, or what a task is to do."""
    return _TITLE.show(row, language)


def responsible(row: Row, language: str) -> str:
    """Name who is in charge."""
    return as_text(row["executors"] or row["responsible"], language)


def day(row: Row, language: str) -> str:
    """Give the day, or the month or year in which it lies."""
    exact = row["date"] if row["date"] == row["date_from"] else None
    return agreement.COLUMNS["ends"].show(
        {"ends_on": exact, "ends_from": row["date_from"], "ends_to": row["date"]}, language
    )


def reasons(row: Row, language: str) -> str:
    """Say in sentences where the day comes from."""
    return "; ".join(text for reason in row["reasons"] if (text := _reason(reason, language)))


def _reason(reason: Row, language: str) -> str:
    from mou_cli.output.reason import reason_items  # few ask
    from mou_cli.rules.wording import long_date, long_interval

    if reason["topic"] == "timing":
        days = long_interval(reason["first"] or reason["last"], reason["last"], language)
        return f"{reason['text']}: {days}" if reason.get("text") else days
    if reason["topic"] == "review":
        return translate("{date}, as stated", language, date=long_date(reason["date"], language))
    return "; ".join(f"{item.label}: {part.text}" for item in reason_items([reason], language) for part in item.parts)


def _days_left(row: Row) -> int | None:
    days: int | None = row["days_left"]
    return days


def _left(row: Row, language: str) -> str:
    return short_days_left(row["days_left"], language, overdue=row["overdue"])


def _which(row: Row, _language: str) -> str:
    return row["ref"] or row["number"] or ""


def _status(row: Row, language: str) -> str:
    statuses = TASK_STATUSES if row["kind"] == "task" else STATUSES
    return statuses.label(row["status"], language)


_TITLE: Final = plain("title", "Title", weight=4)
KEYS: Final = (
    *("date", "date_from", "days_left", "overdue", "kind", "ref", "plan", "number", "key", "title", "type", "status"),
    *("partners", "homes", "unit", "responsible", "executors", "term", "goes_on", "lead", "reasons", "texts"),
)
COLUMNS: Final = index(
    Column("date", "Day", day, "date", "date", tone=warning(_days_left)),
    Column("left", "Left", _left, "number", "days_left", tone=warning(_days_left)),
    Column("what", "What", what, key="kind"),
    Column("which", "Ref", _which, "code"),
    Column("about", "With, or task", about, weight=2),
    Column("responsible", "Responsible", responsible, key="responsible", weight=2),
    plain("date_from", "From", "date"),
    plain("overdue", "Overdue"),
    plain("ref", "Reference", "code"),
    plain("plan", "Plan", "code"),
    plain("number", "No.", "code"),
    plain("key", "Key", "code"),
    _TITLE,
    coded("type", "Type", AGREEMENT_TYPES),
    Column("status", "Status", _status, key="status", tone=status_tone),
    plain("partner", "Partner", key="partners", weight=4),
    Column("country", "Country", lambda row, language: places(row["partners"], language), weight=2),
    plain("home", "Home", key="homes", weight=3),
    plain("unit", "Unit", weight=2),
    plain("executors", "Executors", weight=3),
    plain("term", "Term", "number"),
    plain("goes_on", "Goes on"),
    plain("lead", "Told ahead"),
    Column("reasons", "Why", reasons, key="reasons", weight=9),
    TEXTS,
)
DEFAULT: Final = ("date", "what", "which", "about", "responsible")
# Where tasks of several plans stand together a number says too little.
WHICH_OF_PLANS: Final = COLUMNS["which"]._replace(show=lambda row, _language: row["ref"] or row["key"])
EXPLAINED: Final = ("date", "left", "what", "which", "about", "reasons")
