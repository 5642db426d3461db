"""From what is declared to what changes: the same for an import, an added record, an edit and a dry run."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from mou_cli.fields.collection import MOST, too_many
from mou_cli.fields.nouns import SHAPES
from mou_cli.fields.shape import Fate
from mou_cli.records.change import Change
from mou_cli.records.journal import changed_by_hand
from mou_cli.records.task import in_the_years_of_plans, moved_to_the_years
from mou_cli.rules.complaint import Framed
from mou_cli.views.document import documents

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mou_cli.fields.shape import Document, Patch, Shape
    from mou_cli.store.reader import Reader

_NO_YEARS: Final[Mapping[str, int]] = MappingProxyType({})


@dataclass(frozen=True)
class Objection:
    """Why a patch cannot become a record: the field and what is wrong with it; `kept` if it is not as was declared."""

    patch: Patch
    field: str
    message: str
    kept: bool = False


def plan(
    reader: Reader, patches: list[Patch], *, overwrite: bool = False, years: Mapping[str, int] = _NO_YEARS
) -> tuple[list[Change], list[Objection]]:
    """Give the change of every patch, and what stands against any of them: one at least, at most a page, of one noun.

    What was read from a file leaves alone the values that a person has changed since the record was last imported,
    unless it is to overwrite them. `years` has those of plans that this change has declared: their tasks are of them.
    """
    shape = SHAPES[patches[0].noun]
    patches = in_the_years_of_plans(patches, years)
    unknown = [patch for patch in patches if patch.fate is Fate.UNKNOWN]
    recorded = moved_to_the_years(documents(reader, shape, [patch.key for patch in unknown]), years)
    declared = {patch.key: shape.merge(recorded.get(patch.key, {"key": patch.key}), patch.fields) for patch in unknown}
    by_hand = {} if overwrite else _by_hand(reader, unknown, recorded, declared)
    changes, objections = [], []
    for patch in patches:
        if patch.fate is Fate.SAME:
            changes.append(Change(patch.noun, patch.key, patch.fields, patch.fields, patch.source))
            continue
        if patch.fate is Fate.ADDED:
            whole = {name: value for name, value in patch.fields.items() if value is not None}
            changes.append(Change(patch.noun, patch.key, None, whole, patch.source))
            continue
        before, after = recorded.get(patch.key), declared[patch.key]
        kept: dict[str, Any] = {}
        if before and patch.key in by_hand:
            kept = {name: after.get(name) for name in by_hand[patch.key] if before.get(name) != after.get(name)}
            after = shape.merge(after, {name: before.get(name) for name in kept})
        found = objections_to(shape, after)
        objections += [Objection(patch, name, _framed(message, kept), name in kept) for name, message in found]
        changes.append(Change(patch.noun, patch.key, before, after, patch.source, kept))
    return changes, objections


def objections_to(shape: Shape, document: Document) -> Iterator[tuple[str, str]]:
    """Give what stands against a whole document: fields it lacks, lists that grew too long, and contradictions."""
    missing = shape.missing(document)
    for name, value in document.items():
        if isinstance(value, list) and len(value) > MOST:
            yield name, f"{name}: {too_many(value)}"
    yield from ((name, f"{name} is missing") for name in missing)
    if not missing:
        yield from shape.contradictions(document)


def _by_hand(
    reader: Reader, patches: list[Patch], recorded: dict[str, Document], declared: dict[str, Document]
) -> dict[str, set[str]]:
    """Give the fields that persons have changed in records of which files say something else."""
    differing = [
        patch.key
        for patch in patches
        if patch.source is not None and patch.key in recorded and recorded[patch.key] != declared[patch.key]
    ]
    return changed_by_hand(reader, patches[0].noun, differing) if differing else {}


def _framed(message: str, kept: dict[str, Any]) -> str:
    if not kept:
        return message
    return Framed(message, after=f" ({', '.join(kept)}: changed here since; --overwrite takes the file's)")
