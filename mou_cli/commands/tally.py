"""How many findings there are: what is open is counted as it passes, what was accepted is left out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from mou_cli.catalogue import digits, translate, translate_number
from mou_cli.vocabulary import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mou_cli.checks.finding import Check, Finding


class Tally:
    """Counts findings by their weight; told below the table.

    Of a code that has more than `most` findings, only their number is told above.
    """

    def __init__(self, language: str, accepted: set[str], most: int | None = None) -> None:
        self._language = language
        self._accepted = accepted
        self._open: Counter[Severity] = Counter()
        self._by_code: Counter[str] = Counter()
        self._quiet = 0
        self._most = most

    def open(self, check: Check, findings: Iterator[Finding]) -> Iterator[Finding]:
        """Give the findings that nobody has accepted."""
        for finding in findings:
            if self._accepted and check.id_of(finding) in self._accepted:
                self._quiet += 1
            else:
                self._open[check.severity] += 1
                self._by_code[check.code] += 1
                yield finding

    @property
    def has_errors(self) -> bool:
        """Say whether an error was among them."""
        return bool(self._open[Severity.ERROR])

    def footer(self, _shown: int) -> str:
        """Give how many there are of each weight, and how many stay quiet."""
        errors, warnings, hints = (self._open[severity] for severity in Severity)
        told = [
            translate_number("{number} error", "{number} errors", errors, self._language) if errors else "",
            translate_number("{number} warning", "{number} warnings", warnings, self._language) if warnings else "",
            translate_number("{number} hint", "{number} hints", hints, self._language) if hints else "",
        ]
        counted = ", ".join(text for text in told if text)
        if self._quiet:
            number = digits(self._quiet, self._language)
            counted += translate("; accepted: {number} (mou check --accepted)", self._language, number=number)
        if self._most is not None and any(number > self._most for number in self._by_code.values()):
            counted += translate("; mou check CODE lists what there is of a code", self._language)
        return counted

    def nothing(self) -> str:
        """Give what is said where there is nothing: a check is silent when all is well, so nobody asks."""
        return self.footer(0)
