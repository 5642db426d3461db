"""A column: what a person sees of a row, under which label."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal, NamedTuple

from mou_cli.catalogue import translate
from mou_cli.output.days_left import LATE, SOON, SOON_DAYS, tone_of_days
from mou_cli.vocabulary import CodeList

COUNTED = CodeList("what is counted", {thing: thing for thing in ("memoranda", "agreements", "universities")})
Row = dict[str, Any]
Kind = Literal["text", "date", "number", "code"]
Show = Callable[[Row, str], str]
Tone = Callable[[Row], str]

_TONES = {
    "active": "green",
    "done": "green",
    "in-notice": SOON,
    "expired": LATE,
    "terminated": LATE,
    "cancelled": LATE,
}


class Column(NamedTuple):
    """One column.

    `heading` is the label in English. `show` takes the row and the language and gives the text, empty where nothing
    is known; control characters are still in it. A `code` is an identifier, which is not broken across lines. `key` is
    the key of the row contract that the column shows; `--columns` takes that too. The wider columns have more weight.
    `tone` gives the colour of a cell, which only underlines what its words say; empty for none. `reads` are further
    keys of the row contract that the column is made of.
    """

    name: str
    heading: str
    show: Show
    kind: Kind = "text"
    key: str = ""
    weight: int = 1
    tone: Tone = lambda _row: ""
    reads: tuple[str, ...] = ()

    def label(self, language: str) -> str:
        """Give the heading."""
        return translate(self.heading, language)


def plain(name: str, heading: str, kind: Kind = "text", *, key: str = "", weight: int = 1) -> Column:
    """Give the column that shows the value of one key as it is; a text in the language asked for if it exists."""
    source = key or name
    return Column(name, heading, lambda row, language: said(row, source, language), kind, source, weight)


def coded(name: str, heading: str, codes: CodeList) -> Column:
    """Give the column that shows the label of a code, or of each code in a list."""

    def show(row: Row, language: str) -> str:
        value = row.get(name) or []
        return labels_of([value] if isinstance(value, str) else value, codes, language)

    return Column(name, heading, show, key=name)


def warning(days: Callable[[Row], int | None], soon: int = SOON_DAYS) -> Tone:
    """Give the tone that warns of a day which is so many days off, from `soon` days before it on."""
    return lambda row: tone_of_days(days(row), soon)


def status_tone(row: Row) -> str:
    """Give the colour of how an agreement or a task stands."""
    return LATE if row.get("overdue") else _TONES.get(row.get("status") or "", "")


def index(*columns: Column) -> dict[str, Column]:
    """Give the columns by name."""
    return {column.name: column for column in columns}


def said(row: Row, name: str, language: str) -> str:
    """Give the text of a key, in the language if it exists in that."""
    return as_text((row.get("texts") or {}).get(name, {}).get(language) or row.get(name), language)


def details(*texts: str) -> str:
    """Give the texts that are not empty, with commas between."""
    return ", ".join(text for text in texts if text)


def told(name: str, *more: str) -> str:
    """Give a name with what is said of it in brackets."""
    listed = details(*more)
    return f"{name} ({listed})" if listed else name


def as_text(value: object, language: str) -> str:
    """Give any value of a row as a person reads it; what is unknown or empty is the empty text."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return translate("yes", language) if value else translate("no", language)
    if isinstance(value, list):
        return "; ".join(text for item in value if (text := as_text(item, language)))
    if isinstance(value, dict):
        named = value.get(language) or value.get("name") or value.get("text") or value.get("key")
        return as_text(named, language) if named else _pairs(value, language)
    return str(value)


def labels_of(codes: Iterable[str], vocabulary: CodeList, language: str) -> str:
    """Give the labels of the codes, each once."""
    return ", ".join(dict.fromkeys(vocabulary.label(code, language) for code in codes))


def places(bodies: Iterable[Row], language: str) -> str:
    """Give the countries of the institutions, each once; a territory's label stands in place of its country."""
    from mou_cli.rules.country import country_name  # lists without countries need no country names

    named = (body.get("territory") or country_name(body.get("country") or "", language) for body in bodies)
    return "; ".join(dict.fromkeys(name for name in named if name))


def counts(numbers: Row | None, language: str) -> str:
    """Give numbers of things as text, such as "40 memoranda, 17 universities"."""
    return ", ".join(f"{number} {COUNTED.label(thing, language)}" for thing, number in (numbers or {}).items())


def _pairs(value: Row, language: str) -> str:
    return ", ".join(f"{name} {text}" for name, inner in value.items() if (text := as_text(inner, language)))


def _other_languages(row: Row, language: str) -> str:
    texts: dict[str, dict[str, object]] = row.get("texts") or {}
    return "\n".join(
        f"{field} ({other}): {as_text(text, other)}"
        for field, versions in texts.items()
        for other, text in versions.items()
        if other != language
    )


def _source(row: Row, language: str) -> str:
    source = row.get("source") or {}
    line = translate("line {number}", language, number=source["line"]) if source.get("line") else ""
    return details(source.get("document") or "", line)


# Records of every kind end in these.
NOTE = plain("note", "Note", weight=4)
TEXTS = Column("texts", "In other languages", _other_languages, key="texts", weight=4)
SOURCE = Column("source", "Source", _source, key="source", weight=2)
