"""From what is declared to what changes: the same for an import, an added record, an edit and a dry run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mou_cli.fields.nouns import SHAPES
from mou_cli.fields.shape import Fate
from mou_cli.records.change import Change
from mou_cli.records.journal import changed_by_hand
from mou_cli.views.document import documents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mou_cli.fields.shape import Document, Patch, Shape
    from mou_cli.store.reader import Reader


@dataclass(frozen=True)
class Objection:
    """Why a patch cannot become a record: the field and what is wrong with it."""

    patch: Patch
    field: str
    message: str


def plan(reader: Reader, patches: list[Patch], *, overwrite: bool = False) -> tuple[list[Change], list[Objection]]:
    """Give the change of every patch, and what stands against any of them: one at least, at most a page, of one noun.

    What was read from a file leaves alone the values that a person has changed since the record was last imported,
    unless it is to overwrite them.
    """
    shape = SHAPES[patches[0].noun]
    recorded = documents(reader, shape, [patch.key for patch in patches if patch.fate is Fate.UNKNOWN])
    changes, objections = [], []
    for patch in patches:
        if patch.fate is Fate.SAME:
            changes.append(Change(patch.noun, patch.key, patch.fields, patch.fields, patch.source))
            continue
        if patch.fate is Fate.ADDED:
            whole = {name: value for name, value in patch.fields.items() if value is not None}
            changes.append(Change(patch.noun, patch.key, None, whole, patch.source))
            continue
        before = recorded.get(patch.key)
        after = shape.merge(before or {"key": patch.key}, patch.fields)
        kept: dict[str, Any] = {}
        if before and patch.source is not None and not overwrite and before != after:
            kept = _keep(reader, shape, before, after)
            after = shape.merge(after, {name: before.get(name) for name in kept})
        objections += [Objection(patch, name, message) for name, message in objections_to(shape, after)]
        changes.append(Change(patch.noun, patch.key, before, after, patch.source, kept))
    return changes, objections


def objections_to(shape: Shape, document: Document) -> Iterator[tuple[str, str]]:
    """Give what stands against a whole document: fields it lacks, and fields that contradict each other."""
    missing = shape.missing(document)
    yield from ((name, f"{name} is missing") for name in missing)
    if not missing:
        yield from shape.contradictions(document)


def _keep(reader: Reader, shape: Shape, before: Document, after: Document) -> dict[str, Any]:
    by_hand = changed_by_hand(reader, shape.noun, before["key"])
    return {name: after.get(name) for name in by_hand if before.get(name) != after.get(name)}
