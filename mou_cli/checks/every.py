"""Every check there is, and what they find together."""

from __future__ import annotations

from typing import Final

from mou_cli.checks.alike import ALIKE
from mou_cli.checks.circle import CIRCLE
from mou_cli.checks.code import UNKNOWN_CODE
from mou_cli.checks.contradiction import ENDS_BEFORE_STARTS
from mou_cli.checks.country import NO_COUNTRY
from mou_cli.checks.ending import NO_END
from mou_cli.checks.event import DECLARED_MORE
from mou_cli.checks.lapsed import LAPSED
from mou_cli.checks.near_name import NEAR_NAME
from mou_cli.checks.notice import NOTICE_MISSED
from mou_cli.checks.overlap import OVERLAP
from mou_cli.checks.party import HOMELESS, SAME_PARTY
from mou_cli.checks.signature import SIGNED_UNDATED
from mou_cli.checks.task import OVERDUE, PLAN_OPEN
from mou_cli.checks.untidy import UNTIDY
from mou_cli.checks.vacancy import VACANT

# The heaviest first: in this order they are told.
CHECKS: Final = {
    check.code: check
    for check in (
        *(ENDS_BEFORE_STARTS, UNKNOWN_CODE, SAME_PARTY, CIRCLE),
        *(LAPSED, NOTICE_MISSED, OVERLAP, SIGNED_UNDATED, NO_END, VACANT, HOMELESS, ALIKE, OVERDUE, PLAN_OPEN),
        *(UNTIDY, NO_COUNTRY, DECLARED_MORE, NEAR_NAME),
    )
}
