"""What a list of records has lost and gained."""

from __future__ import annotations

from typing import Any


def taken_and_added(before: Any, after: Any) -> tuple[list[Any], list[Any]] | None:
    """Give the items that only the one list has, and those that only the other has, each in its order.

    None where that would not say it all, or not more clearly than both lists: those that stay have another order, or
    there are none, or these are no lists of records.
    """
    if not (_are_records(before) and _are_records(after)):
        return None
    stays = [item for item in before if item in after]
    if not stays or stays != [item for item in after if item in before]:
        return None
    return [item for item in before if item not in after], [item for item in after if item not in before]


def _are_records(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)
