"""What a plan means for its tasks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mou_cli.fields.nouns import SHAPES
from mou_cli.records.change import Change
from mou_cli.views.document import all_documents

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mou_cli.fields.shape import Document, Patch
    from mou_cli.store.reader import Reader


def in_the_years_of_plans(patches: list[Patch], years: Mapping[str, int]) -> list[Patch]:
    """Give patches of tasks the year that their plan has: that of its file may have been changed by hand, and kept."""
    return [
        replace(patch, fields=patch.fields | {"year": years[patch.fields["plan"]]})
        if patch.noun == "task" and patch.fields.get("plan") in years
        else patch
        for patch in patches
    ]


def moved_to_the_years(recorded: dict[str, Document], years: Mapping[str, int]) -> dict[str, Document]:
    """Give recorded tasks as they are once they have followed their plans: a rehearsal has not written that."""
    return {
        key: document | {"year": years[document["plan"]]} if document.get("plan") in years else document
        for key, document in recorded.items()
    }


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
