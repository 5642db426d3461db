"""How every page closes: the note, the other languages, and where the record comes from."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from mou_cli.catalogue import translate, translate_number
from mou_cli.output.column import SOURCE, as_text, details, said
from mou_cli.output.nouns import COLUMNS
from mou_cli.output.section import Item, Part, Section, item, section
from mou_cli.rules.wording import long_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mou_cli.output.column import Row


def closing(row: Row, noun: str, language: str) -> tuple[Section, ...]:
    """Give the sections that records of every kind end in."""
    return (
        section(translate("Note", language), [item("", said(row, "note", language))]),
        section(translate("In other languages", language), _others(row, noun, language)),
        section(translate("Record", language), _record(row, language)),
    )


def _others(row: Row, noun: str, language: str) -> Iterator[Item]:
    texts: dict[str, dict[str, object]] = row.get("texts") or {}
    for name, versions in texts.items():
        label = COLUMNS[noun][name].label(language) if name in COLUMNS[noun] else name
        shown = said(row, name, language)
        for other, text in versions.items():
            if other != language and as_text(text, other) != shown:
                yield item(f"{label} ({other})", as_text(text, other))


def _record(row: Row, language: str) -> Iterator[Item]:
    key = row.get("key") or ""
    yield item(translate("Key", language), Part(key, is_code=True) if key != row.get("ref") else "")
    yield item(translate("Source", language), SOURCE.show(row, language))
    history = row.get("history")
    if not history:
        return
    origin = history["recorded_from"] or {}
    file = ":".join(str(part) for part in (origin.get("file"), origin.get("line")) if part)
    recorded = (_day(history["recorded_at"], language), history["recorded_by"])
    yield item(translate("Recorded", language), details(*recorded, file))
    if history["changes"]:
        number = translate_number("{number} change", "{number} changes", history["changes"], language)
        changed = (_day(history["changed_at"], language), history["changed_by"])
        yield item(translate("Last changed", language), f"{details(*changed)} ({number})")


def _day(instant: str, language: str) -> str:
    """Give the day of an instant where the program runs."""
    return long_day(datetime.fromisoformat(instant).astimezone().date(), language)
