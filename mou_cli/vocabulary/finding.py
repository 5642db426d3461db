"""The codes of what `mou check` finds, and how much each weighs."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from mou_cli.vocabulary.code_list import CodeList


class Severity(StrEnum):
    """How much a finding weighs, the heaviest first: it cannot be so, it should not be so, it may be so."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


SEVERITIES: Final = CodeList("severity", {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "hint"})

FINDINGS: Final = CodeList(
    "finding",
    {
        "ends-before-starts": "ends before it starts",
        "unknown-code": "a code that the program does not know",
        "same-party": "the same party twice",
        "circle": "tied in a circle",
        "document-missing": "a document whose content is gone",
        "document-changed": "a document whose content was changed",
        "journal-broken": "a journal that was changed from outside",
        "lapsed": "expired, neither renewed nor closed",
        "notice-missed": "the last day for notice was missed",
        "overlap": "the same parties and type in overlapping terms",
        "signed-undated": "signed, but nobody knows when",
        "no-end": "neither an end nor a day of review",
        "vacant": "nobody is responsible",
        "homeless": "no home among the parties",
        "evidence": "evidence that is required is lacking",
        "alike": "the same name or identifier",
        "overdue": "a task that is overdue",
        "plan-open": "a plan that is open after its year",
        "timing-unclear": "a timing that is not understood",
        "untidy": "blanks or letters that are not as they are kept",
        "no-country": "a partner without a country",
        "declared-more": "more declared than recorded",
        "near-name": "names that look alike",
    },
)
