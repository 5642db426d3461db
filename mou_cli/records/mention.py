"""Who mentions a record, and by which fields: it cannot go while somebody does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from mou_cli.fields.collection import Items, Links, Values
from mou_cli.fields.kind import Reference
from mou_cli.fields.nouns import SHAPES
from mou_cli.views.query import select_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mou_cli.fields.shape import Document, Shape
    from mou_cli.store.reader import Reader


_ALL: Final = 2**31  # more records than there can be


@dataclass(frozen=True)
class Mention:
    """A field by which records of a noun mention those of the noun `target`.

    `part` is what the key is called in each item of the field, empty where the field has nothing but keys. The keys
    stand in `column` of `table`, beside that of the record that mentions them in `owner`.
    """

    noun: str
    field: str
    part: str
    target: str
    table: str
    column: str
    owner: str


def _mentions(shape: Shape) -> Iterator[Mention]:
    for field in shape.fields:
        kind = field.kind
        if isinstance(kind, Reference):
            yield Mention(shape.noun, field.name, "", kind.noun, shape.table, field.column, "key")
        elif isinstance(kind, Values) and isinstance(kind.item, Reference):
            yield Mention(shape.noun, field.name, "", kind.item.noun, kind.table, kind.column, kind.owner)
        elif isinstance(kind, Links):
            yield Mention(shape.noun, field.name, "", kind.target.noun, kind.table, "target", kind.owner)
        elif isinstance(kind, Items):
            for part in kind.fields:
                if isinstance(part.kind, Reference):
                    to = part.kind.noun
                    yield Mention(shape.noun, field.name, part.name, to, kind.table, part.column, kind.owner)


# A test holds them to the tables: every column that refers to a record is one of these.
MENTIONS: Final = tuple(mention for shape in SHAPES.values() for mention in _mentions(shape))


def find_mentions(reader: Reader, noun: str, key: str, most: int) -> list[str]:
    """Name the first records, `most` of them, that mention a record, as noun and key.

    A task does not hold its own plan back.
    """
    found = mentioning(reader, noun, key, most)
    if noun == "plan":
        found.pop("task", None)
    return sorted(f"{owner} {each}" for owner, keys in found.items() for each in keys)[:most]


def mentioning(reader: Reader, noun: str, key: str, most: int = _ALL) -> dict[str, list[str]]:
    """Give the keys of the records that mention a record, by their noun and in their order; itself left out.

    Of each field by which they do, `most` at the most.
    """
    found: dict[str, set[str]] = {}
    for mention in MENTIONS:
        if mention.target == noun:
            other = f'AND "{mention.owner}" <> :key' if mention.noun == noun else ""
            sql = f"""SELECT DISTINCT "{mention.owner}" AS owner FROM "{mention.table}"
                WHERE "{mention.column}" = :key {other} ORDER BY owner LIMIT :most"""  # noqa: S608 - fixed names
            found.setdefault(mention.noun, set()).update(row["owner"] for row in reader.rows(sql, key=key, most=most))
    return {owner: sorted(keys) for owner, keys in found.items() if keys}


def find_acted(reader: Reader, institutions: Iterable[str]) -> list[str]:
    """Give the agreements in whose life an institution did something: there its key may stand, as mere words may."""
    chosen, parameters = select_in(institutions)
    sql = f'SELECT DISTINCT agreement FROM agreement_lifecycle WHERE "by" IN ({chosen}) ORDER BY agreement'  # noqa: S608 - names of parameters
    return [row["agreement"] for row in reader.rows(sql, **parameters)]


def find_mentioning(reader: Reader, noun: str, keys: Iterable[str]) -> set[tuple[str, str, str]]:
    """Give who mentions one of a page of records of a noun: their noun and key, and the key that they mention."""
    chosen, parameters = select_in(keys)
    found: set[tuple[str, str, str]] = set()
    for mention in MENTIONS:
        if mention.target == noun and parameters:
            sql = f"""SELECT DISTINCT "{mention.owner}" AS owner, "{mention.column}" AS mentioned FROM "{mention.table}"
                WHERE "{mention.column}" IN ({chosen})"""  # noqa: S608 - fixed names
            rows = reader.rows(sql, **parameters)
            found |= {(mention.noun, row["owner"], row["mentioned"]) for row in rows}
    return found


def mentioned_by(noun: str, document: Document) -> set[tuple[str, str]]:
    """Give noun and key of the records that a record mentions."""
    return {
        (mention.target, key)
        for mention in MENTIONS
        if mention.noun == noun and mention.field in document
        for key in _keys(document[mention.field], mention.part)
    }


def _keys(value: Any, part: str) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _keys(item, part)
    elif isinstance(value, dict):
        yield from (key for name, key in value.items() if part in {"", name})
    else:
        yield value


def redirected(noun: str, document: Document, target: str, keys: dict[str, str]) -> Document:
    """Give the document of a record with every mention of some records of the noun `target` turned to others."""
    turned = dict(document)
    for mention in MENTIONS:
        if (mention.noun, mention.target) == (noun, target) and mention.field in turned:
            turned[mention.field] = _turned(turned[mention.field], mention.part, keys)
    return turned


def _turned(value: Any, part: str, keys: dict[str, str]) -> Any:
    if isinstance(value, list):
        return [_turned(item, part, keys) for item in value]
    if isinstance(value, dict):
        return {name: keys.get(key, key) if part in {"", name} else key for name, key in value.items()}
    return keys.get(value, value)
