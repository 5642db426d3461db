"""Every check there is, and what they find together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.checks.alike import ALIKE
from mou_cli.checks.circle import CIRCLE
from mou_cli.checks.code import UNKNOWN_CODE
from mou_cli.checks.contradiction import ENDS_BEFORE_STARTS
from mou_cli.checks.country import NO_COUNTRY
from mou_cli.checks.document import changed_contents, missing_contents
from mou_cli.checks.ending import NO_END
from mou_cli.checks.event import DECLARED_MORE
from mou_cli.checks.evidence import lacking
from mou_cli.checks.journal import JOURNAL_BROKEN
from mou_cli.checks.lapsed import LAPSED
from mou_cli.checks.near_name import NEAR_NAME
from mou_cli.checks.notice import NOTICE_MISSED
from mou_cli.checks.overlap import OVERLAP
from mou_cli.checks.party import HOMELESS, SAME_PARTY
from mou_cli.checks.signature import SIGNED_UNDATED
from mou_cli.checks.task import OVERDUE, PLAN_OPEN, TIMING_UNCLEAR
from mou_cli.checks.untidy import UNTIDY
from mou_cli.checks.vacancy import VACANT

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from mou_cli.checks.finding import Check


def every_check(look: Callable[[str, int | None], str], required: Collection[str]) -> dict[str, Check]:
    """Give all checks by their code, the heaviest first: in this order they are told.

    `look` says of a checksum and a size how that content is in the store, and `required` what the office asks of an
    agreement in force.
    """
    contents = (missing_contents(look), changed_contents(look))
    return {
        check.code: check
        for check in (
            *(ENDS_BEFORE_STARTS, UNKNOWN_CODE, SAME_PARTY, CIRCLE, *contents, JOURNAL_BROKEN),
            *(LAPSED, NOTICE_MISSED, OVERLAP, SIGNED_UNDATED, NO_END, VACANT, HOMELESS, lacking(required), ALIKE),
            *(OVERDUE, PLAN_OPEN, TIMING_UNCLEAR, UNTIDY, NO_COUNTRY, DECLARED_MORE, NEAR_NAME),
        )
    }
