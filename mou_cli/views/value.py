"""The values that the register has met of a thing: units, regions, people in charge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mou_cli.store.reader import Reader

VALUES: Final = {
    "project": "SELECT DISTINCT project AS value FROM agreement",
    "unit": "SELECT DISTINCT unit AS value FROM agreement",
    "responsible": "SELECT DISTINCT responsible AS value FROM agreement",
    "region": "SELECT region AS value FROM institution UNION SELECT region FROM agreement",
    "city": "SELECT DISTINCT city AS value FROM institution",
    "country": "SELECT DISTINCT country AS value FROM institution",
    "territory": "SELECT DISTINCT territory AS value FROM institution",
    "executor": "SELECT DISTINCT name AS value FROM task_executor",
    "strategy code": "SELECT DISTINCT code AS value FROM task_strategy",
}


def find_values(reader: Reader, what: str) -> Iterator[str]:
    """Give the values of a thing in VALUES, each once, in order."""
    sql = f"SELECT value FROM ({VALUES[what]}) v WHERE value IS NOT NULL ORDER BY value NULLS LAST"
    return (row["value"] for row in reader.rows(sql))
