"""Registers to be copied and looked after, in files and in databases of their own, and looks into either."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from mou_cli.store.engine import make_engine
from mou_cli.store.location import locate
from tests.conftest import Mou

JOURNAL = {
    "journal_entry": "SELECT * FROM journal_entry ORDER BY id",
    "journal_change": "SELECT * FROM journal_change ORDER BY entry, ordinal",
    "journal_seal": "SELECT * FROM journal_seal ORDER BY entry",
}


def copy_of_seeds(templates: Path, folder: Path) -> Mou:
    """Give the command line on a register file with the seeds."""
    return Mou(Path(shutil.copy(templates / "seeds.db", folder / "seeds.db")))


def rows(place: str | Path, sql: str) -> list[tuple[Any, ...]]:
    with make_engine(locate(str(place)), 10.0).connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(sql)]


def run(place: str, *statements: str) -> None:
    with make_engine(locate(place), 10.0).begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def tables(address: str) -> list[Any]:
    return [name for (name,) in rows(address, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
