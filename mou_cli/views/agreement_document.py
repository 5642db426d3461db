"""The documents of agreements as rows, and what is not evidence enough of those in force."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from mou_cli.views.query import Conditions
from mou_cli.views.terms import STANDING, span_source, with_spans

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from datetime import date, datetime

    from mou_cli.store.reader import Reader, Row

SORTS: Final = {
    "ref": "a.ref_year {way}, a.ref_number {way}, d.ordinal",
    "added": "d.added {way} NULLS LAST",
    "size": "d.size {way} NULLS LAST",
    "kind": "d.kind {way} NULLS LAST",
}
_FIELDS: Final = """a.key AS agreement, a.ref, d.file, d.kind, d.language, d.public, d.paper, d.sha256, d.size,
    d.media_type, d.added"""
_SOURCE: Final = "agreement_document d JOIN agreement a ON a.key = d.agreement"
_ADDRESS: Final = "(lower(substr(d.file, 1, 7)) = 'http://' OR lower(substr(d.file, 1, 8)) = 'https://')"
_DIGEST: Final = re.compile(r'"sha256": "([0-9a-f]{64})"')


@dataclass(frozen=True)
class DocumentFilter:
    """What documents are asked for; everything said narrows.

    `missing` are those that ought to be in the store and are not.
    """

    agreements: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    public: bool | None = None
    missing: bool = False


def find_agreement_documents(
    reader: Reader,
    wanted: DocumentFilter,
    has: Callable[[str], bool | None],
    sort: str = "ref",
    limit: int | None = None,
) -> Iterator[Row]:
    """Give the documents that are asked for, streamed.

    `has` says whether the store has the content of a checksum, None where that cannot be seen. `stored` is then None,
    too; else `yes` or `no`, `address` for what is kept elsewhere, `paper` for what is nowhere else.
    """
    conditions = _conditions(wanted)
    ordered = conditions.ordered(SORTS, sort, "a.key, d.ordinal", None)
    sql = f"SELECT {_FIELDS} FROM {_SOURCE} {conditions.where} {ordered}"
    given = 0
    for row in reader.rows(sql, **conditions.parameters):
        if given == limit:
            return
        shown = row | {"public": bool(row["public"]), "stored": _stored(row, has)}
        if not wanted.missing or shown["stored"] == "no":
            given += 1
            yield shown


def count_agreement_documents(reader: Reader, wanted: DocumentFilter, has: Callable[[str], bool | None]) -> int:
    """Count the documents that are asked for."""
    return sum(1 for _row in find_agreement_documents(reader, wanted, has))


def _conditions(wanted: DocumentFilter) -> Conditions:
    conditions = Conditions()
    conditions.add_one_of("a.key", "agreement", wanted.agreements)
    conditions.add_one_of("d.kind", "kind", wanted.kinds)
    conditions.add_one_of("d.language", "language", wanted.languages)
    if wanted.public is not None:
        conditions.add("d.public = :public", public=int(wanted.public))
    if wanted.missing:
        conditions.add(f"d.file IS NOT NULL AND NOT {_ADDRESS}")
    return conditions


def _stored(row: Row, has: Callable[[str], bool | None]) -> str | None:
    if row["sha256"]:
        return {True: "yes", False: "no", None: None}[has(row["sha256"])]
    if row["file"] is None:
        return "paper"
    return "address" if is_address(row["file"]) else "no"


def is_address(name: str) -> bool:
    """Say whether a document is kept elsewhere, under an address."""
    return name.lower().startswith(("http://", "https://"))


def find_contents(reader: Reader) -> Iterator[Row]:
    """Give every document that has a content: its agreement, what it is called, the checksum and the size."""
    sql = """SELECT d.agreement, a.ref, COALESCE(d.file, d.paper, d.sha256) AS file, d.sha256, d.size
        FROM agreement_document d JOIN agreement a ON a.key = d.agreement
        WHERE d.sha256 IS NOT NULL ORDER BY a.ref_year, a.ref_number, a.key, d.ordinal"""
    return reader.rows(sql)


def has_contents(reader: Reader) -> bool:
    """Say whether any document has a content."""
    sql = "SELECT 1 AS one FROM agreement_document WHERE sha256 IS NOT NULL LIMIT 1"
    return any(True for _row in reader.rows(sql))


def mentioned_contents(reader: Reader) -> set[str]:
    """Give the checksums of all contents that a document has."""
    sql = "SELECT DISTINCT sha256 FROM agreement_document WHERE sha256 IS NOT NULL"
    return {row["sha256"] for row in reader.rows(sql)}


def contents_mentioned_since(reader: Reader, since: datetime) -> set[str]:
    """Give the checksums of all contents that a change since an instant mentions, before it or after it.

    To take that change back may need them.
    """
    found: set[str] = set()
    for side in ("before", "after"):
        sql = f"""SELECT c.{side} AS said FROM journal_change c JOIN journal_entry e ON e.id = c.entry
            WHERE e.at >= :since AND c.noun = 'agreement' AND c.{side} LIKE '%"sha256"%'"""
        at = since.isoformat(timespec="milliseconds")
        found.update(*(_DIGEST.findall(row["said"]) for row in reader.rows(sql, since=at)))
    return found


def lacking_evidence(reader: Reader, today: date, required: Collection[str]) -> Iterator[Row]:
    """Give the agreements that are active on a day and lack what is required, which is some of `settings.EVIDENCE`.

    `lacks` is some of these: a signed original counts if its content is recorded, or where it is, by address or on
    paper; signatories are one of each party. `parties` are the keys of those for which nobody signed.
    """
    lacking: dict[str, dict[str, Any]] = {}
    for name, find in (("signed-original", _without_original), ("signatories", _without_signatory)):
        for row in find(reader, today) if name in required else ():
            told = lacking.setdefault(
                row["key"], {"agreement": row["key"], "ref": row["ref"], "lacks": [], "parties": []}
            )
            told["lacks"] += [name] if name not in told["lacks"] else []
            told["parties"] += [row["party"]] if "party" in row else []
    yield from (lacking[key] for key in sorted(lacking))


def _active(reader: Reader, today: date) -> str:
    return f"{with_spans(span_source(reader, today))} AND {STANDING} AND s.status = 'active'"


def _without_original(reader: Reader, today: date) -> Iterator[Row]:
    sql = f"""SELECT a.key, a.ref FROM {_active(reader, today)}
        WHERE NOT EXISTS (SELECT 1 FROM agreement_document d WHERE d.agreement = a.key AND d.kind = 'signed-original'
            AND (d.sha256 IS NOT NULL OR d.paper IS NOT NULL OR {_ADDRESS}))
        ORDER BY a.key"""
    return reader.rows(sql, today=today.isoformat())


def _without_signatory(reader: Reader, today: date) -> Iterator[Row]:
    sql = f"""SELECT a.key, a.ref, p.institution AS party FROM {_active(reader, today)}
        JOIN agreement_party p ON p.agreement = a.key
        WHERE NOT EXISTS (SELECT 1 FROM agreement_signature g
            WHERE g.agreement = a.key AND g.party = p.institution)
        ORDER BY a.key, p.ordinal"""
    return reader.rows(sql, today=today.isoformat())
