"""The page of every noun, on which a record is shown whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mou_cli.output.agreement_page import agreement_page
from mou_cli.output.event_page import event_page
from mou_cli.output.institution_page import institution_page
from mou_cli.output.plan_page import plan_page
from mou_cli.output.task_page import task_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from mou_cli.output.column import Row
    from mou_cli.output.section import Page

PAGES: Final[dict[str, Callable[[Row, str], Page]]] = {
    "agreement": agreement_page,
    "institution": institution_page,
    "event": event_page,
    "plan": plan_page,
    "task": task_page,
}
