"""The statements by which the owner of a database on a server lets people in: to read, to change, to keep it."""

from __future__ import annotations

import re
from textwrap import fill
from typing import TYPE_CHECKING, Final

from mou_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

GROUPS: Final = ("readers", "editors", "keepers")
_CREATE: Final = """    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = {literal}) THEN
        CREATE ROLE {name} NOLOGIN;
    END IF;"""
_ROLES: Final = """BEGIN;
-- Three groups. Nobody logs in as one of them: GRANT {readers} TO anna;
DO $mou$ BEGIN
{create}
END $mou$;
-- Tables are made as {keepers}, whoever of them makes one; so whoever runs this is one of them.
GRANT {keepers} TO CURRENT_USER;
DO $mou$
DECLARE
    here text := quote_ident(current_schema());
    base text := quote_ident(current_database());
    part text;
BEGIN
    EXECUTE format('GRANT CONNECT, TEMPORARY ON DATABASE %s TO {readers}, {editors}, {keepers}', base);
    EXECUTE format('REVOKE CREATE ON SCHEMA %s FROM PUBLIC', here);
    EXECUTE format('GRANT USAGE ON SCHEMA %s TO {readers}, {editors}', here);
    EXECUTE format('GRANT USAGE, CREATE ON SCHEMA %s TO {keepers}', here);
    EXECUTE format('ALTER SCHEMA %s OWNER TO {keepers}', here);
    -- Tables that come with the first record, or with a later version of the program. From those of the journal, and
    -- from alembic_version, the program itself takes away what follows here.
    EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE {keepers} IN SCHEMA %s'
        ' GRANT SELECT ON TABLES TO {readers}', here);
    EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE {keepers} IN SCHEMA %s'
        ' GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {editors}', here);
    EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE {keepers} IN SCHEMA %s'
        ' GRANT USAGE ON SEQUENCES TO {editors}', here);
    -- Tables that are there.
    FOREACH part IN ARRAY ARRAY[
{tables}
    ] LOOP
        CONTINUE WHEN to_regclass(part) IS NULL;
        EXECUTE format('ALTER TABLE %s OWNER TO {keepers}', part);
        EXECUTE format('REVOKE ALL ON %s FROM PUBLIC, {readers}, {editors}', part);
        EXECUTE format('GRANT SELECT ON %s TO {readers}, {editors}', part);
        IF part LIKE 'journal~_%' ESCAPE '~' THEN
            EXECUTE format('GRANT INSERT ON %s TO {editors}', part);
        ELSIF part <> 'alembic_version' THEN
            EXECUTE format('GRANT INSERT, UPDATE, DELETE ON %s TO {editors}', part);
        END IF;
    END LOOP;
    FOR part IN SELECT s.oid::regclass FROM pg_class s JOIN pg_depend d ON d.objid = s.oid AND d.deptype = 'a'
        WHERE s.relkind = 'S' AND d.refobjid IN ({counted}) LOOP
        EXECUTE format('GRANT USAGE ON SEQUENCE %s TO {editors}', part);
    END LOOP;
    FOREACH part IN ARRAY ARRAY['keep_journal()', 'keep_role()'] LOOP
        CONTINUE WHEN to_regprocedure(part) IS NULL;
        EXECUTE format('ALTER FUNCTION %s OWNER TO {keepers}', part);
    END LOOP;
END $mou$;
COMMIT;
"""


# No quotes, percent or dollar signs: the names stand in statements that are put together on the server.
_PREFIX: Final = re.compile(r"[^\W\d][\w-]*")
_LONGEST: Final = 63 - len("_keepers")


def roles_sql(prefix: str, tables: Sequence[str], counted: Sequence[str]) -> str:
    """Give the statements, for an empty database as for one with a register; they may be run again.

    The groups are called `prefix_readers`, `prefix_editors` and `prefix_keepers`. The server counts up the keys of the
    tables that are `counted`. Raises UsageError.
    """
    if not _PREFIX.fullmatch(prefix) or len(prefix.encode()) > _LONGEST:
        raise UsageError(
            f"--prefix: {prefix!r} is no beginning of a name", f"letters, digits, _ and -, {_LONGEST} at most"
        )

    names = {group: f"{prefix}_{group}" for group in GROUPS}
    listed = ", ".join(map(_literal, ("alembic_version", *tables)))
    return _ROLES.format(
        create="\n".join(_CREATE.format(literal=_literal(name), name=_identifier(name)) for name in names.values()),
        tables=fill(listed, 110, initial_indent=" " * 8, subsequent_indent=" " * 8),
        counted=", ".join(f"to_regclass({_literal(table)})" for table in counted),
        **{group: _identifier(name) for group, name in names.items()},
    )


def _identifier(name: str) -> str:
    return f'"{name}"'


def _literal(text: str) -> str:
    return f"'{text}'"
