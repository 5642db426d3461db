"""Making one institution of several: what each record that mentions them becomes, and what the one kept takes over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mou_cli.errors import Conflict, NotFound
from mou_cli.fields.nouns import SHAPES
from mou_cli.fields.text import PARAGRAPHS
from mou_cli.records.acceptance import turned_acceptances
from mou_cli.records.change import Change
from mou_cli.records.declare import objections_to
from mou_cli.records.mention import find_acted, mentioning, redirected
from mou_cli.views.document import batches, documents

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mou_cli.fields.shape import Document
    from mou_cli.store.reader import Reader

_INSTITUTION = SHAPES["institution"]
# Where a body is, is said by these together.
_PLACE = ("country", "country_source", "territory")
# What is taken over in its own way, or, as the place in a document where it was found, is of the other record alone.
_OWN_WAY = {"key", "name", "names", "parent", "identifiers", "memberships", "note", "source", *_PLACE}
_SHOWN = 5


@dataclass(frozen=True)
class Clash:
    """A field that two institutions say otherwise: the value that stays, and that of the other, which goes."""

    other: str
    field: str
    kept: Any
    dropped: Any


@dataclass(frozen=True)
class Merge:
    """All that changes when some institutions become one.

    `keep` is the change of the one that stays, `moved` are those of the records that mentioned the others, which are
    `removed`; `accepted` are those of accepted findings. `doubled` names those that said one thing of several of them
    and say it once now: noun, key and field.
    """

    keep: Change
    moved: tuple[Change, ...]
    accepted: tuple[Change, ...]
    removed: tuple[Change, ...]
    clashes: tuple[Clash, ...]
    doubled: tuple[tuple[str, str, str], ...]

    @property
    def changes(self) -> list[Change]:
        """Every change, the removals last."""
        return [self.keep, *self.moved, *self.accepted, *self.removed]

    @property
    def names(self) -> list[str]:
        """The names that the one kept has from the others."""
        before = {name["text"] for name in (self.keep.before or {}).get("names", ())}
        return [name["text"] for name in (self.keep.after or {}).get("names", ()) if name["text"] not in before]


def plan_merge(reader: Reader, keep: str, others: Sequence[str], kind: str) -> Merge:
    """Plan to make one institution of several; `kind` is what the others' names are to the one that is kept.

    Raises NotFound, and Conflict for an institution with itself or one above it, for records that can be of two of them
    alone, and for more names or memberships than one may have.
    """
    if keep in others:
        raise Conflict(f"institution {keep} cannot be merged with itself")
    known = documents(reader, _INSTITUTION, [keep, *others])
    for key in (keep, *others):
        if key not in known:
            raise NotFound(f"there is no institution {key}")
    _refuse_circle(reader, known[keep], others)
    gone = [known[key] for key in others]
    after = known[keep]
    for other in gone:
        after = _joined(after, other, kind)
    if "parent" not in after:
        after = _INSTITUTION.merge(after, {"parent": _find_parent(reader, keep, gone)})
    for _field, message in objections_to(_INSTITUTION, after):
        raise Conflict(f"institution {keep} would be wrong ({message})", "take some away before")
    moved = tuple(_moved(reader, keep, others))
    _refuse_alone(moved)
    return Merge(
        keep=Change("institution", keep, known[keep], after),
        moved=moved,
        accepted=tuple(turned_acceptances(reader, dict.fromkeys(others, keep))),
        removed=tuple(Change("institution", other["key"], other, None) for other in gone),
        clashes=tuple(clash for other in gone for clash in _clashes(after, other, {keep, *others})),
        doubled=tuple(_doubled(moved)),
    )


def _above(reader: Reader, key: str | None) -> Iterator[str]:
    """Give an institution and those above it, each once."""
    seen: set[str] = set()
    while key is not None and key not in seen:
        seen.add(key)
        yield key
        key = documents(reader, _INSTITUTION, [key]).get(key, {}).get("parent")


def _refuse_circle(reader: Reader, keep: Document, others: Sequence[str]) -> None:
    """Raise Conflict where one of those that go is above the one that stays: it would come to belong to itself."""
    for above in _above(reader, keep.get("parent")):
        if above in others:
            raise Conflict(
                f"institution {keep['key']} belongs to {above} and would belong to itself",
                f'merge it the other way round, or first `mou partner edit {keep["key"]} --parent ""`',
            )


def _find_parent(reader: Reader, keep: str, others: Sequence[Document]) -> str | None:
    """Give what one of the others belongs to, where the one kept can belong to it without belonging to itself."""
    merged = {keep, *(other["key"] for other in others)}
    parents = (other["parent"] for other in others if "parent" in other)
    return next((parent for parent in parents if not merged & set(_above(reader, parent))), None)


def _joined(keep: Document, other: Document, kind: str) -> Document:
    """Give the institution that is kept with what another one adds to it."""
    said: Document = {name: value for name, value in other.items() if name not in _OWN_WAY and name not in keep}
    if not {"country", "territory"} & keep.keys():
        said |= {name: other.get(name) for name in _PLACE}
    said["names"] = _names(keep, other, kind)
    said["identifiers"] = {**other.get("identifiers", {}), **keep.get("identifiers", {})}
    said["memberships"] = list(dict.fromkeys([*keep.get("memberships", ()), *other.get("memberships", ())]))
    said["note"] = _note(keep.get("note"), other.get("note"))
    return _INSTITUTION.merge(keep, {name: value or None for name, value in said.items()})


def _clashes(after: Document, other: Document, merged: set[str]) -> Iterator[Clash]:
    """Give what an institution that goes says otherwise than the one kept in the end."""
    for name, value in other.items():
        is_compared = name in {"country", "territory", "parent"} or name not in _OWN_WAY
        if is_compared and value not in (after.get(name), *(merged if name == "parent" else ())):
            yield Clash(other["key"], name, after.get(name), value)
    for scheme, value in other.get("identifiers", {}).items():
        if after["identifiers"][scheme] != value:
            yield Clash(other["key"], f"identifiers.{scheme}", after["identifiers"][scheme], value)
    theirs, note = other.get("note"), after.get("note")
    if theirs and (type(theirs) is not type(note) or _note(note, theirs) != note):
        yield Clash(other["key"], "note", note, theirs)


def _names(keep: Document, other: Document, kind: str) -> list[Document] | None:
    """Give all names, each once; what only the other knows of a name, its language or kind, is taken over."""
    own = {} if kind == "label" else {"kind": kind}
    names: dict[str, Document] = {name["text"]: name for name in keep.get("names", ())}
    for name in ({"text": other["name"], **own}, *other.get("names", ())):
        if name["text"] != keep["name"]:
            known = {**name, **names.get(name["text"], {})}
            names[name["text"]] = {part: known[part] for part in ("text", "lang", "kind") if part in known}
    return list(names.values()) or None


def _note(keep: Any, other: Any) -> Any:
    """Give both notes in one; that of the one kept alone, where the two cannot be put together."""
    if isinstance(keep, dict) and isinstance(other, dict):
        return {**keep, **{language: _note(keep.get(language), text) for language, text in other.items()}}
    if keep is None or other is None:
        return keep or other
    if not (isinstance(keep, str) and isinstance(other, str)) or other in keep:
        return keep
    both = f"{keep}\n\n{other}"
    return both if len(both) <= PARAGRAPHS else keep


def _moved(reader: Reader, keep: str, others: Sequence[str]) -> Iterator[Change]:
    """Give the changes of all records that mention the others, and are none of them."""
    turned = dict.fromkeys(others, keep)
    found: dict[str, dict[str, None]] = {}
    for other in others:
        for noun, keys in mentioning(reader, "institution", other).items():
            found.setdefault(noun, {}).update(dict.fromkeys(keys))
    found.setdefault("agreement", {}).update(dict.fromkeys(find_acted(reader, others)))
    for noun in SHAPES:
        for page in batches(key for key in found.get(noun, ()) if noun != "institution" or key not in others):
            recorded = documents(reader, SHAPES[noun], page)
            for key in page:
                after = _acted(redirected(noun, recorded[key], "institution", turned), turned)
                yield Change(noun, key, recorded[key], _once(recorded[key], after))


def _acted(document: Document, turned: dict[str, str]) -> Document:
    """Give a record with what some institutions did in its life done by others."""
    if "lifecycle" not in document:
        return document
    facts = [fact | {"by": turned[fact["by"]]} if fact.get("by") in turned else fact for fact in document["lifecycle"]]
    return document | {"lifecycle": facts}


def _once(before: Document, after: Document) -> Document:
    """Give a record that says nothing twice, where it did not before."""
    for name, value in after.items():
        if isinstance(value, list) and value != before[name]:
            once = [item for place, item in enumerate(value) if item not in value[:place]]
            after[name] = _parties(once) if name == "parties" else once
    return after


def _parties(parties: list[Document]) -> list[Document]:
    """Make one of two parties that are the same, as far as is said: an institution may stand there for two units."""
    joined: list[Document] = []
    for party in parties:
        for place, known in enumerate(joined):
            if all(known.get(name, value) == value for name, value in party.items()):
                both = known | party
                joined[place] = {name: both[name] for name in ("institution", "unit", "role") if name in both}
                break
        else:
            joined.append(party)
    return joined


def _doubled(moved: Sequence[Change]) -> Iterator[tuple[str, str, str]]:
    for change in moved:
        for name, before, after in change.fields():
            if isinstance(after, list) and len(after) < len(before):
                yield change.noun, change.key, name


def _refuse_alone(moved: Sequence[Change]) -> None:
    """Raise Conflict for agreements that are between the merged ones alone, and for places from one to another."""
    alone = [change.key for change in moved if change.noun == "agreement" and _is_alone(change)]
    if alone:
        listed = f"{', '.join(alone[:_SHOWN])}{' …' if alone[_SHOWN:] else ''}"
        raise Conflict(
            f"the institutions have agreements or exchange places with each other: {listed}",
            "change or remove those first",
        )


def _is_alone(change: Change) -> bool:
    before, after = change.before or {}, change.after or {}
    if len({party["institution"] for party in after["parties"]}) < 2:  # noqa: PLR2004 - two make an agreement
        return True
    return any(
        line["from"] == line["to"] and line not in before.get("exchange", ()) for line in after.get("exchange", ())
    )
