"""Institutions that may be recorded twice or lack something, as a check asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mou_cli.store.reader import Reader, Row

# Acronyms are no evidence: half the universities of a country are KU or ASU.
_NAMES = """SELECT key, name, name AS text, folded, country, parent, 0 AS ordinal FROM institution
    UNION ALL SELECT i.key, i.name, n.text, n.folded, i.country, i.parent, n.ordinal
    FROM institution_name n JOIN institution i ON i.key = n.institution WHERE n.kind <> 'acronym'"""


def find_shared_names(reader: Reader) -> Iterator[Row]:
    """Give the institutions that share a folded name or alias with another of the country: key, name, shared."""
    sql = f"""WITH named AS ({_NAMES}), shared AS (SELECT COALESCE(country, '') AS place, folded FROM named
            WHERE folded <> '' GROUP BY COALESCE(country, ''), folded HAVING count(DISTINCT key) > 1)
        SELECT n.key, n.name, n.parent, s.place, s.folded AS shared, min(n.text) AS text FROM named n
        JOIN shared s ON s.folded = n.folded AND s.place = COALESCE(n.country, '')
        GROUP BY n.key, n.name, n.parent, s.place, s.folded ORDER BY s.place, s.folded, n.key"""
    return reader.rows(sql)


def find_shared_identifiers(reader: Reader) -> Iterator[Row]:
    """Give the institutions that share an identifier with another, wherever they are: key, name, scheme, shared."""
    sql = """SELECT i.key, i.name, i.parent, d.scheme, lower(d.value) AS shared, d.value AS text
        FROM institution_identifier d JOIN institution i ON i.key = d.institution
        WHERE EXISTS (SELECT 1 FROM institution_identifier e WHERE e.scheme = d.scheme
            AND lower(e.value) = lower(d.value) AND e.institution <> d.institution)
        ORDER BY d.scheme, lower(d.value), i.key, d.ordinal"""
    return reader.rows(sql)


def find_names_by_country(reader: Reader) -> Iterator[Row]:
    """Give every name but acronyms of the institutions whose country is known, by country and key."""
    return reader.rows(f"SELECT * FROM ({_NAMES}) n WHERE country IS NOT NULL ORDER BY country, key, ordinal")


def find_parents(reader: Reader) -> Iterator[Row]:
    """Give every institution that belongs to another, its `parent`, by key."""
    return reader.rows("SELECT key, name, parent FROM institution WHERE parent IS NOT NULL ORDER BY key")


def find_placeless(reader: Reader) -> Iterator[Row]:
    """Give the institutions that are party to an agreement and have no country, though their kind is somewhere."""
    sql = """SELECT i.key, i.name FROM institution i WHERE i.country IS NULL
        AND COALESCE(i.type, '') NOT IN ('intergovernmental', 'programme', 'association')
        AND i.key IN (SELECT institution FROM agreement_party) ORDER BY i.sort NULLS LAST, i.key"""
    return reader.rows(sql)
