"""Triggers by which the database itself keeps the journal from being rewritten."""

from __future__ import annotations

_JOURNAL = ("journal_entry", "journal_change", "journal_seal")


def guards(dialect: str) -> list[str]:
    """Give the statements that make the journal's tables append-only; they may be run again."""
    return _sqlite() if dialect == "sqlite" else _postgresql()


def _sqlite() -> list[str]:
    return [
        f"""CREATE TRIGGER IF NOT EXISTS {table}_{act.lower()} BEFORE {act} ON {table}
            BEGIN SELECT RAISE(ABORT, 'the journal cannot be changed'); END"""
        for table in _JOURNAL
        for act in ("UPDATE", "DELETE")
    ]


def _postgresql() -> list[str]:
    statements = [
        """CREATE OR REPLACE FUNCTION keep_journal() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'the journal cannot be changed'; END $$"""
    ]
    for table in _JOURNAL:
        statements += [
            f"DROP TRIGGER IF EXISTS {table}_kept ON {table}",
            f"""CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
                FOR EACH STATEMENT EXECUTE FUNCTION keep_journal()""",
        ]
    return statements
