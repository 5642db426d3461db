"""A finding: what is wrong, with which records, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from mou_cli.catalogue import Told, said_in
from mou_cli.rules.command import command
from mou_cli.rules.complaint import Worded
from mou_cli.rules.wording import long_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from mou_cli.fields.shape import Patch
    from mou_cli.store.reader import Reader, Row
    from mou_cli.vocabulary import Severity

_LONGEST = 400


class Mention(NamedTuple):
    """A record that a finding is about; `ref` is an agreement's, `name` what people call it."""

    noun: str
    key: str
    name: str
    ref: str | None = None


@dataclass(frozen=True)
class Finding:
    """One finding. `do` is a command that mends it or shows more, `patches` what surely mends it.

    `about` tells it from others of its code, where the keys of its records would not.
    """

    sentence: str
    records: tuple[Mention, ...]
    do: str
    patches: tuple[Patch, ...] = ()
    about: str = ""


@dataclass(frozen=True)
class Check:
    """A kind of finding. `meaning` says what it means and what to do; `find` gives the findings of a day, streamed."""

    code: str
    severity: Severity
    meaning: Told
    find: Callable[[Reader, date], Iterator[Finding]]

    def id_of(self, finding: Finding) -> str:
        """Give what names a finding as long as it is the same: its code and the keys it is about, in their order."""
        about = finding.about or ",".join(sorted(record.key for record in finding.records))
        if len(about) > _LONGEST:
            about = sha256(about.encode()).hexdigest()[:16]
        return f"{self.code}:{about}"

    def row(self, finding: Finding, language: str) -> Row:
        """Give the finding as a row, its sentence in a language."""
        return {
            "id": self.id_of(finding),
            "code": self.code,
            "severity": str(self.severity),
            # Not the sentence itself, which knows more than its text.
            "sentence": str(said_in(finding.sentence, language)),
            "records": [record._asdict() for record in finding.records],
            "do": finding.do,
            "fixable": bool(finding.patches),
        }


def edit_command(noun: str, key: str) -> str:
    """Give the command that changes a record."""
    if noun == "task":
        plan, _, number = key.rpartition("/")
        return f"{command(noun, 'edit')} {number} --plan {plan}"
    return f"{command(noun, 'edit')} {key}"


def mention(row: Row) -> Mention:
    """Give the mention of an agreement's row."""
    return Mention("agreement", row["key"], row["name"], row["ref"])


def day(stored: str) -> Told:
    """Give a stored date, perhaps reduced, as a part of a sentence."""
    return Worded(long_date(stored, "en"), lambda language: long_date(stored, language))
