"""Findings that somebody has accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mou_cli.store.reader import Reader, Row


def find_acceptances(reader: Reader) -> Iterator[Row]:
    """Give the findings that were accepted, with their reason, by whom and when, in the order of their codes."""
    sql = """SELECT key AS id, code, reason, "by" AS accepted_by, accepted AS accepted_on FROM acceptance
        ORDER BY code, key"""
    return reader.rows(sql)
