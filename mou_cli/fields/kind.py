"""What a field may hold: each kind reads what was written, keeps it in a column and gives it back."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from mou_cli.catalogue import Sentence
from mou_cli.fields.node import NULLS, Mapping, Mark, Node, Scalar
from mou_cli.rules.complaint import CODE_LISTS, Framed, NotUnderstood, coded, one_of
from mou_cli.rules.country import AmbiguousCountry, UnknownCountry, resolve_country
from mou_cli.rules.date import read_date, read_stated_date
from mou_cli.rules.length import read_length, read_notice
from mou_cli.rules.naming import Candidate, find_by_name, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from mou_cli.vocabulary import CodeList

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_MOST = 2**31 - 1


class Unreadable(ValueError):
    """What was written is not what the field holds. `mark` is its place, None when it came from the command line."""

    def __init__(self, message: str, mark: Mark | None) -> None:
        super().__init__(message)
        self.message = message
        self.mark = mark


@dataclass(slots=True)
class Reading:
    """What a kind may know while it reads.

    `today` is given only where a person types (then `+90d` is a date); `refer` is told of every mention of another
    record: its noun, its key and the place; `complain` takes what is wrong inside a list without ending the reading.
    `find` gives the key of the record of a noun that a text names, where others than keys may be written; it raises
    Unreadable.
    """

    complain: Callable[[Mark | None, str], None]
    refer: Callable[[str, str, Mark | None], None]
    today: date | None = None
    find: Callable[[str, str, Mark | None], str] | None = None


class Kind:
    """A field of one value in one column. `plain` says that YAML may show it without quotes.

    Only kinds that have fields of their own are dataclasses: every read pays for making one.
    """

    plain: ClassVar[bool] = False

    def read(self, node: Node, reading: Reading) -> Any:
        """Give the canonical value, None to clear. Raises Unreadable."""
        # Asked without a call: nearly all that a file holds passes here.
        scalar = node if isinstance(node, Scalar) else expect_scalar(node)
        return None if scalar.plain and scalar.value in NULLS else self.parse(scalar.value, scalar.mark, reading)

    def parse(self, text: str, mark: Mark | None, reading: Reading) -> Any:
        """Give the canonical value of a text that is not null. Raises Unreadable."""
        raise NotImplementedError

    def encode(self, value: Any) -> str | int | None:
        """Give what the column keeps of a canonical value."""
        kept: str | int | None = value
        return kept

    def decode(self, kept: Any) -> Any:
        """Give the canonical value back from the column; None and what means "not said" are left out of a document."""
        return kept


def expect_scalar(node: Node) -> Scalar:
    """Give the node as a single value. Raises Unreadable for a list or a mapping."""
    if isinstance(node, Scalar):
        return node
    written = "a mapping" if isinstance(node, Mapping) else "a list"
    raise Unreadable(f"one value is expected, not {written}", node.mark)


@dataclass(frozen=True)
class Day(Kind):
    """A date, whole or reduced, or one of the words the field allows instead."""

    plain: ClassVar[bool] = True
    words: tuple[str, ...] = ()

    def parse(self, text: str, mark: Mark | None, reading: Reading) -> str:
        if text in self.words:
            return text
        try:
            return read_stated_date(text) if reading.today is None else read_date(text, reading.today)
        except NotUnderstood as error:
            message = error.message
            if self.words:
                message = Sentence("{complaint}; or write {words}", complaint=message, words=one_of(self.words))
            raise Unreadable(message, mark) from error


class Span(Kind):
    """A length of time such as 3y, 30m or 90d."""

    plain: ClassVar[bool] = True

    def parse(self, text: str, mark: Mark | None, reading: Reading) -> str:
        try:
            return str(read_length(text))
        except NotUnderstood as error:
            raise Unreadable(error.message, mark) from error


class Notice(Kind):
    """How long before the end notice must be given: a length, or `academic-year`."""

    plain: ClassVar[bool] = True

    def parse(self, text: str, mark: Mark | None, reading: Reading) -> str:
        try:
            return read_notice(text)
        except NotUnderstood as error:
            raise Unreadable(error.message, mark) from error


@dataclass(frozen=True)
class Code(Kind):
    """A code of a list, written as the code or its label. `unsaid` is the code that stands for "not said"."""

    plain: ClassVar[bool] = True
    codes: CodeList = field(kw_only=True)
    unsaid: str | None = None

    def parse(self, text: str, mark: Mark | None, reading: Reading) -> str | None:
        code = text if text in self.codes else read_code(text, self.codes, mark)
        return None if code == self.unsaid else code

    def encode(self, value: Any) -> str | None:
        return self.unsaid if value is None else value

    def decode(self, kept: Any) -> str | None:
        return None if kept == self.unsaid else kept


def read_code(text: str, codes: CodeList, mark: Mark | None) -> str:
    """Give the code that a text names by code, label or unambiguous part. Raises Unreadable with the nearest ones."""
    candidates = [Candidate(code, names) for code, names in codes.names.items()]
    found = find_by_name(text, candidates)
    if len(found) == 1:
        return found[0]
    if found:
        meant = one_of(coded(code, codes) for code in found)
        listed = coded(codes.name, CODE_LISTS)
        raise Unreadable(Sentence("{text!r} could be the {codes} {meant}", text=text, codes=listed, meant=meant), mark)
    complaint = Sentence("{text!r} is no {codes}", text=text, codes=coded(codes.name, CODE_LISTS))
    if near := nearest(text, candidates):
        raise Unreadable(_guessing(complaint, [coded(code, codes) for code in near]), mark)
    raise Unreadable(Framed(complaint, after=f"; known are {', '.join(codes.codes)}"), mark)


def _guessing(complaint: str, near: Iterable[str]) -> Sentence:
    return Sentence("{complaint}; did you mean {names}?", complaint=complaint, names=one_of(near))


class Country(Kind):
    """A country by any known name, alpha-2 or alpha-3; kept as alpha-2."""

    plain: ClassVar[bool] = True

    def parse(self, text: str, mark: Mark | None, reading: Reading) -> str:
        try:
            return resolve_country(text)
        except UnknownCountry as error:
            complaint = Sentence("{text!r} is no country", text=text)
            raise Unreadable(_guessing(complaint, error.nearest) if error.nearest else complaint, mark) from error
        except AmbiguousCountry as error:
            meant = one_of(error.candidates)
            raise Unreadable(Sentence("{text!r} could be {meant}", text=text, meant=meant), mark) from error


@dataclass(frozen=True)
class Number(Kind):
    """A whole number, both ends included."""

    plain: ClassVar[bool] = True
    least: int = 0
    most: int = _MOST

    def parse(self, text: str, mark: Mark | None, reading: Reading) -> int:
        if not re.fullmatch(r"-?[0-9]{1,18}", text):
            raise Unreadable(Sentence("{text!r} is not a whole number", text=text), mark)
        if not self.least <= int(text) <= self.most:
            limits = {"least": self.least, "most": self.most}
            raise Unreadable(Sentence("{text} is not between {least} and {most}", text=text, **limits), mark)
        return int(text)


class Flag(Kind):
    """True, or not said: false is the same as left out."""

    plain: ClassVar[bool] = True

    def parse(self, text: str, mark: Mark | None, reading: Reading) -> bool | None:
        if text.lower() in {"true", "yes"}:
            return True
        if text.lower() in {"false", "no"}:
            return None
        raise Unreadable(f"{text!r} is neither true nor false", mark)

    def encode(self, value: Any) -> int:
        return int(bool(value))

    def decode(self, kept: Any) -> bool | None:
        return bool(kept) or None


def check_key(text: str, mark: Mark | None) -> str:
    """Give the text if it can be a key: letters, digits, dot, dash and underscore. Raises Unreadable."""
    if not _KEY.fullmatch(text):
        message = Sentence(
            "{text!r} is not a key: letters a–z, digits, dot, dash and underscore, at most 100, no space", text=text
        )
        raise Unreadable(message, mark)
    return text


class Checksum(Kind):
    """The SHA-256 of a content, in hexadecimal: under that name it is kept, so that nothing else may stand there."""

    def parse(self, text: str, mark: Mark | None, reading: Reading) -> str:
        if not re.fullmatch(r"[0-9a-f]{64}", text):
            raise Unreadable(f"{text!r} is not a SHA-256 checksum: 64 digits and letters a to f", mark)
        return text


class Key(Kind):
    """The record's own key."""

    def parse(self, text: str, mark: Mark | None, reading: Reading) -> str:
        return check_key(text, mark)


@dataclass(frozen=True)
class Reference(Kind):
    """The key of another record."""

    noun: str = field(kw_only=True)

    def parse(self, text: str, mark: Mark | None, reading: Reading) -> str:
        key = reading.find(self.noun, text, mark) if reading.find else check_key(text, mark)
        reading.refer(self.noun, key, mark)
        return key
