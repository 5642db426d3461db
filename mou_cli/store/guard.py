"""Triggers by which the database itself keeps the journal from being rewritten, and a server from being lied to."""

from __future__ import annotations

JOURNAL = ("journal_entry", "journal_change", "journal_seal")

# Whoever may change every table that is made here may read the journal and add to it, and read which schema there is.
_LEAVE_THE_REST_TO_THE_OWNER = f"""DO $$ DECLARE given record; BEGIN
    FOR given IN SELECT DISTINCT a.privilege_type AS privilege, c.oid::regclass AS name,
            CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END AS role
        FROM pg_class c, aclexplode(c.relacl) a
        WHERE c.oid IN ({", ".join(f"to_regclass('{table}')" for table in ("alembic_version", *JOURNAL))})
        AND a.grantee <> c.relowner AND a.privilege_type <> 'SELECT'
        AND (a.privilege_type <> 'INSERT' OR c.oid = to_regclass('alembic_version'))
    LOOP EXECUTE 'REVOKE ' || given.privilege || ' ON ' || given.name || ' FROM ' || given.role;
    END LOOP; END $$"""  # noqa: S608 - fixed names


def guards(dialect: str) -> list[str]:
    """Give the statements that make the journal's tables append-only; they may be run again.

    On a server an entry says who was logged in, and nobody else; only the owner may copy those of another register.
    """
    return _sqlite() if dialect == "sqlite" else _postgresql()


def _sqlite() -> list[str]:
    return [
        f"""CREATE TRIGGER IF NOT EXISTS {table}_{act.lower()} BEFORE {act} ON {table}
            BEGIN SELECT RAISE(ABORT, 'the journal cannot be changed'); END"""
        for table in JOURNAL
        for act in ("UPDATE", "DELETE")
    ]


def _postgresql() -> list[str]:
    statements = [
        """CREATE OR REPLACE FUNCTION keep_journal() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'the journal cannot be changed'; END $$"""
    ]
    for table in JOURNAL:
        statements += [
            f"DROP TRIGGER IF EXISTS {table}_kept ON {table}",
            f"""CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
                FOR EACH STATEMENT EXECUTE FUNCTION keep_journal()""",
        ]
    return [
        *statements,
        """CREATE OR REPLACE FUNCTION keep_role() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF NEW.role IS DISTINCT FROM session_user::text AND NOT pg_has_role(
                session_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') THEN
                RAISE insufficient_privilege USING MESSAGE = 'the journal says who was logged in';
            END IF;
            RETURN NEW;
        END $$""",
        "DROP TRIGGER IF EXISTS journal_entry_role ON journal_entry",
        """CREATE TRIGGER journal_entry_role BEFORE INSERT ON journal_entry
            FOR EACH ROW EXECUTE FUNCTION keep_role()""",
        _LEAVE_THE_REST_TO_THE_OWNER,
    ]
