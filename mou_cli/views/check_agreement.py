"""Agreements that may have something wrong with them, as a check asks for them."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from mou_cli.rules.language import choose_text, decode_texts
from mou_cli.views.agreement_filter import LAPSED, NOTICE_MISSED, agreement_source
from mou_cli.views.document import batches
from mou_cli.views.party import Parties
from mou_cli.views.query import select_in
from mou_cli.views.terms import STANDING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from mou_cli.store.reader import Reader, Row

_FIELDS = """a.key, a.ref, a.title, a.stage, a.signed, a.starts, a.ends, a.renewal_until, a.terminated,
    s.status, s.ends_on, s.ends_from, s.ends_to, s.ends_why, s.notice_by, COALESCE(s.renewal, a.renewal) AS renewal"""
_RUNNING = "s.status IN ('active', 'in-notice', 'future')"

# What each check asks of an agreement `a` and of how it stands on the day, `s`.
SUSPECTS: Final = {
    "ends-before-starts": """(a.starts IS NOT NULL
        AND (a.ends IS NOT NULL OR a.renewal_until IS NOT NULL OR a.terminated IS NOT NULL))""",
    "same-party": """a.key IN (SELECT agreement FROM agreement_party
        GROUP BY agreement, institution, COALESCE(unit, '') HAVING count(*) > 1)""",
    "lapsed": LAPSED,
    "notice-missed": NOTICE_MISSED,
    "signed-undated": """a.stage = 'signed' AND a.signed IS NULL AND NOT EXISTS (SELECT 1 FROM agreement_signature g
        WHERE g.agreement = a.key AND g.signed IS NOT NULL)""",
    "no-end": f"""s.review_on IS NULL AND s.ends_from IS NULL
        AND ({_RUNNING} OR s.status = 'unstated')""",
    "vacant": f"""a.responsible IS NULL
        AND ({_RUNNING} OR (s.status = 'unstated' AND a.stage = 'signed'))""",
    "homeless": """EXISTS (SELECT 1 FROM institution WHERE home = 1)
        AND NOT EXISTS (SELECT 1 FROM agreement_party p JOIN institution i ON i.key = p.institution
        WHERE p.agreement = a.key AND i.home = 1)""",
}


def find_suspects(reader: Reader, code: str, today: date) -> Iterator[Row]:
    """Give the agreements that the check of a code asks for, by reference, streamed, as they stand on a day.

    `name` is what people call an agreement: its partners, else its title.
    """
    sql = f"""SELECT {_FIELDS} FROM {agreement_source(reader, today)} WHERE {STANDING} AND {SUSPECTS[code]}
        ORDER BY a.ref_year, a.ref_number, a.key"""
    for page in batches(reader.rows(sql, today=today.isoformat())):
        yield from _named(reader, page)


def get_suspects(reader: Reader, keys: Iterable[str], today: date) -> dict[str, Row]:
    """Give the agreements that have one of the keys, as `find_suspects` does, by their keys."""
    source = agreement_source(reader, today)
    found: dict[str, Row] = {}
    for page in batches(keys):
        chosen, parameters = select_in(page)
        sql = f"SELECT {_FIELDS} FROM {source} WHERE {STANDING} AND a.key IN ({chosen})"
        rows = list(reader.rows(sql, today=today.isoformat(), **parameters))
        found |= {row["key"]: row for row in _named(reader, rows)}
    return found


def _named(reader: Reader, page: list[Row]) -> Iterator[Row]:
    parties = Parties(reader, [row["key"] for row in page])
    for row in page:
        partners, _homes = parties.seen_from(row["key"])
        title = choose_text(decode_texts(row.pop("title")))
        yield {**row, "name": "; ".join(partner["name"] for partner in partners) or title or ""}


def find_party_sets(reader: Reader, today: date) -> Iterator[Row]:
    """Give of every agreement how it stands on a day, its type, unit and project, and its `parties`, by key.

    These are institutions with their units, each once.
    """
    sql = f"""SELECT a.key, a.type, a.unit, a.project, a.signed, a.starts, s.status, s.ends_from, s.ends_to, s.ends_why,
            p.institution, COALESCE(p.unit, '') AS party_unit
        FROM {agreement_source(reader, today)} JOIN agreement_party p ON p.agreement = a.key
        WHERE {STANDING} ORDER BY a.key, p.institution, p.ordinal"""
    for _key, rows in groupby(reader.rows(sql, today=today.isoformat()), lambda row: row["key"]):
        parties = list(rows)
        yield {**parties[0], "parties": sorted({(row["institution"], row["party_unit"]) for row in parties})}


def find_links(reader: Reader) -> Iterator[Row]:
    """Give every link from an agreement to another, its `target`, by key."""
    return reader.rows("SELECT agreement, kind, target FROM agreement_link ORDER BY agreement, ordinal")
