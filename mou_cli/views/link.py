"""How agreements stand to one another, seen from either end of a link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.rules.language import choose_text, decode_texts

if TYPE_CHECKING:
    from mou_cli.store.reader import Reader, Row

_LINKED = """SELECT l.kind, a.key, a.ref, a.title FROM agreement_link l JOIN agreement a ON a.key = l.{other}
    WHERE l.{this} = :key ORDER BY l.kind NULLS LAST, a.ref_year NULLS LAST, a.ref_number NULLS LAST, a.key"""


def linked_to(reader: Reader, key: str) -> list[Row]:
    """Give the agreements that an agreement amends, supersedes, renews or is made under, with the kind of each link."""
    return _linked(reader, key, this="agreement", other="target")


def linked_from(reader: Reader, key: str) -> list[Row]:
    """Give the agreements that amend, supersede or renew an agreement or are made under it."""
    return _linked(reader, key, this="target", other="agreement")


def _linked(reader: Reader, key: str, *, this: str, other: str) -> list[Row]:
    found = []
    for row in reader.rows(_LINKED.format(this=this, other=other), key=key):
        texts = decode_texts(row["title"])
        languages = {"title": texts} if isinstance(texts, dict) else {}
        found.append({**row, "title": choose_text(texts), "texts": languages})
    return found
