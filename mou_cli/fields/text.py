"""Fields of text: one text, or one for each language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from mou_cli.catalogue import Sentence
from mou_cli.fields.kind import Kind, Reading, Unreadable, expect_scalar
from mou_cli.fields.node import Mapping, Mark, Node
from mou_cli.rules.language import decode_texts, encode_texts
from mou_cli.rules.text import forbidden_characters, normalise

LINE = 300
PARAGRAPHS = 20_000
_CLEAN = re.compile(r"[ -~\u00a1-\u00ac\u00ae-\u02ff]*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def read_text(text: str, mark: Mark | None, longest: int) -> str | None:
    """Give a text as it is stored: normalised, without control characters, within its length. Empty gives None."""
    if len(text) > longest:
        message = Sentence("the text is {length} characters long; {most} is the limit", length=len(text), most=longest)
        raise Unreadable(message, mark)
    if _CLEAN.fullmatch(text) and "  " not in text:
        return text.strip() or None
    clean = normalise(text)
    if longest <= LINE and "\n" in clean:
        clean = " ".join(clean.split())
    forbidden = forbidden_characters(clean, multiline=longest > LINE)
    if forbidden:
        listed = ", ".join(forbidden[:3])
        raise Unreadable(Sentence("the text contains {characters}, which cannot be stored", characters=listed), mark)
    return clean or None


@dataclass(frozen=True)
class Text(Kind):
    """Text in one form. Up to LINE characters it is one line."""

    longest: int = LINE

    def parse(self, text: str, mark: Mark | None, reading: Reading) -> str | None:
        return read_text(text, mark, self.longest)


@dataclass(frozen=True)
class Texts(Kind):
    """Text, or one text per language: a string or {language: text}."""

    longest: int = PARAGRAPHS

    def read(self, node: Node, reading: Reading) -> str | dict[str, str] | None:
        if not isinstance(node, Mapping):
            return super().read(node, reading)  # type: ignore[no-any-return]  # parse gives str | None
        texts = {}
        for language, item in node.items.items():
            if not _LANGUAGE.fullmatch(language):
                raise Unreadable(f"{language!r} is not a language code such as en or az", node.key_marks[language])
            scalar = expect_scalar(item)
            text = None if scalar.is_null else read_text(scalar.value, scalar.mark, self.longest)
            if text:
                texts[language] = text
        return texts or None

    def parse(self, text: str, mark: Mark | None, reading: Reading) -> str | None:
        return read_text(text, mark, self.longest)

    def encode(self, value: Any) -> str | None:
        return encode_texts(value)

    def decode(self, kept: Any) -> Any:
        return decode_texts(kept)
