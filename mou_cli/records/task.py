"""What a plan means for its tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.fields.nouns import SHAPES
from mou_cli.records.change import Change
from mou_cli.views.document import all_documents

if TYPE_CHECKING:
    from mou_cli.store.reader import Reader


def followed_years(reader: Reader, changes: list[Change]) -> list[Change]:
    """Give the changes of the tasks whose plan moves to another year: their timing means other days then."""
    moved = [
        change
        for change in changes
        if change.noun == "plan" and change.before and change.after and change.before["year"] != change.after["year"]
    ]
    return [
        Change("task", task["key"], task, task | {"year": (plan.after or {})["year"]}, plan.source)
        for plan in moved
        for task in all_documents(reader, SHAPES["task"], '"plan" = :plan', plan=plan.key)
    ]
