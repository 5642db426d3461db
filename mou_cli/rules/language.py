"""Texts that may exist in several languages: how a column keeps them, and which one to show."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

Texts = str | dict[str, str]
_PREFERRED = ("en", "az")


def encode_texts(texts: Texts | None) -> str | None:
    """Give the column's form: the text itself, or JSON when there is one per language."""
    if isinstance(texts, dict):
        return json.dumps(texts, ensure_ascii=False)
    if texts is not None and texts.startswith("{"):
        return json.dumps({"": texts}, ensure_ascii=False)
    return texts


def decode_texts(kept: str | None) -> Texts | None:
    """Give a column back as one text or as {language: text}."""
    if kept is None or not kept.startswith("{"):
        return kept
    texts: dict[str, str] = json.loads(kept)
    return texts.get("", texts)


def choose_text(texts: Texts | None, languages: Iterable[str] = ()) -> str | None:
    """Give the text in the first of the languages it exists in, else English, Azerbaijani, or any other by its code."""
    if not isinstance(texts, dict):
        return texts
    for language in (*languages, *_PREFERRED):
        if language in texts:
            return texts[language]
    return texts[min(texts)] if texts else None


def split_texts(row: dict[str, Any], names: Iterable[str], languages: Iterable[str] = ()) -> dict[str, dict[str, str]]:
    """Leave in a row, of each of these columns, the text that `choose_text` gives.

    Gives the columns that exist in several languages, with {language: text}.
    """
    versions = {}
    for name in names:
        kept = row[name]
        if kept and kept[0] == "{":
            texts = decode_texts(kept)
            row[name] = choose_text(texts, languages)
            if isinstance(texts, dict):
                versions[name] = texts
    return versions
