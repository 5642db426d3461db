"""What a field takes, said for the one who fills it in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.catalogue import translate
from mou_cli.fields.collection import Dictionary, Identifiers, Items, Links, Strings, Values
from mou_cli.fields.kind import Checksum, Code, Country, Day, Flag, Kind, Notice, Number, Reference, Span
from mou_cli.fields.plan import StrategyCode
from mou_cli.fields.text import Text, Texts
from mou_cli.rules.length import ACADEMIC_YEAR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mou_cli.vocabulary import CodeList

_EXAMPLES = {"declared": "{memoranda: 40, universities: 17}", "names": "{az: …, ru: …}"}
_ENGLISH = "en"


def taken(name: str, kind: Kind, language: str) -> str:
    """Say what a field of this name and kind takes."""
    if isinstance(kind, (Items, Links, Strings, Values)):
        return _list(kind, language)
    if isinstance(kind, (Dictionary, Identifiers)):
        return _mapping(name, kind, language)
    if isinstance(kind, (Day, Notice)):
        words = kind.words if isinstance(kind, Day) else (ACADEMIC_YEAR,)
        return _or(_simple(kind, language), words, language)
    if isinstance(kind, Code):
        return _code(kind, language)
    return _simple(kind, language)


def parts(kind: Kind, language: str) -> Iterator[tuple[str, str]]:
    """Give the fields of one item of a list, each with what it takes; none where the items have no fields."""
    if isinstance(kind, Items):
        for part in kind.fields:
            yield part.name, taken(part.name, part.kind, language)


def _simple(kind: Kind, language: str) -> str:
    length = translate("a length: 3y, 18m, 1y6m or 90d", language)
    sayings: dict[type[Kind], str] = {
        Day: translate("a date: 2024-05-01, 2024-05, 2024 or 1 May 2024", language),
        Span: length,
        Notice: length,
        Country: translate("any name or code of it", language),
        Flag: translate("true or false", language),
        Checksum: translate("a SHA-256 checksum, which the program sets", language),
        StrategyCode: translate("a code such as 2.3.1", language),
        Texts: translate("text, or one for each language: {example}", language, example="{en: …, az: …}"),
        Text: translate("text", language),
    }
    if isinstance(kind, Number):
        return _number(kind, language)
    return _reference(kind, language) if isinstance(kind, Reference) else sayings[type(kind)]


def _number(kind: Number, language: str) -> str:
    if kind.most == Number().most:
        return translate("a whole number", language)
    return translate("a whole number, {least} to {most}", language, least=kind.least, most=kind.most)


def _mapping(name: str, kind: Dictionary | Identifiers, language: str) -> str:
    if isinstance(kind, Identifiers):
        return translate("schemes with values, as in {example}", language, example="{ror: 00wge5k78}")
    return translate(
        "names with values, as in {example}; the value: {taken}",
        language,
        example=_EXAMPLES[name],
        taken=taken(name, kind.value, language),
    )


def _or(said: str, words: tuple[str, ...], language: str) -> str:
    for word in words:
        said = translate("{taken}; or the word {word}", language, taken=said, word=word)
    return said


def _reference(kind: Reference, language: str) -> str:
    if kind.noun == "agreement":
        return translate("reference or key of an agreement", language)
    if kind.noun == "event":
        return translate("key of an event, or words of its name", language)
    return translate("key or any name of an institution", language)


def _code(kind: Code, language: str) -> str:
    said = translate("one of {codes}", language, codes=_codes(kind.codes, language))
    if kind.unsaid is None:
        return said
    return translate("{taken}; {code} unless said", language, taken=said, code=kind.unsaid)


def _codes(codes: CodeList, language: str) -> str:
    # The codes are English words; whoever reads another language is told what they mean.
    return ", ".join(f"{c} ({codes.label(c, language)})" if language != _ENGLISH else c for c in codes.codes)


def _list(kind: Items | Links | Strings | Values, language: str) -> str:
    if isinstance(kind, Links):
        codes = _codes(kind.kind.codes, language)
        return translate(
            "a list, as in {example}; the codes: {codes}", language, example="[{amends: 2024-001}]", codes=codes
        )
    if isinstance(kind, (Strings, Values)):
        item = taken("", kind.item, language)
        return translate("a list, as in {example}; each: {taken}", language, example="[…, …]", taken=item)
    example = "{" + ", ".join(f"{part.name}: …" for part in kind.fields) + "}"
    if kind.short is None:
        return translate("a list; each, as far as it is known: {example}", language, example=example)
    return translate(
        "a list; each, as far as it is known: {example}, or the {name} alone",
        language,
        example=example,
        name=kind.short,
    )
