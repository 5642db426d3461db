"""A database that is used for one test after the other, and rows that are kept to be written into it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from mou_cli.store.location import Location

# What is deleted stays in the files until they are cleaned, and is passed over by every query.
_MOST_USES, _MOST_WRITTEN = 50, 10_000_000
_TABLES = """SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'
    ORDER BY 1"""
_COUNTED = """SELECT sequencename, last_value FROM pg_sequences
    WHERE schemaname = 'public' AND last_value IS NOT NULL"""
_COUNT_ANEW = """SELECT setval(format('%I', sequencename)::regclass, start_value, false) FROM pg_sequences
    WHERE schemaname = 'public'"""
_TURN_OUT = """SELECT pg_terminate_backend(pid, 1000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""
_MADE = """SELECT relname FROM pg_class WHERE oid >= 16384
    UNION ALL SELECT proname FROM pg_proc WHERE oid >= 16384
    UNION ALL SELECT nspname FROM pg_namespace WHERE oid >= 16384
        OR nspname = 'public' AND nspacl::text IS DISTINCT FROM
            format('{%1$s=UC/%1$s,=U/%1$s}', nspowner::regrole)
    UNION ALL SELECT datname FROM pg_database WHERE datname = current_database() AND datacl IS NOT NULL
    UNION ALL SELECT setconfig::text FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase
        WHERE datname = current_database() LIMIT 1"""
# Tables and indexes with their files and rights, guards, functions, and the revision of the schema.
_FORM = """SELECT oid, relname, relfilenode::text, relacl::text FROM pg_class
        WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT oid, tgname, tgenabled::text, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT oid, proname, prosrc, NULL FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT NULL, version_num, NULL, NULL FROM alembic_version ORDER BY 1, 2"""


class Kept(NamedTuple):
    """The rows of a register, as the server writes them out, by table, and how far it has counted."""

    tables: dict[str, bytes]
    counted: dict[str, int]


def keep(location: Location) -> Kept:
    """Read all the rows of a register, for other databases with the same tables."""
    import psycopg

    with psycopg.connect(_driver_address(location)) as connection:
        tables = {}
        for (table,) in connection.execute(_TABLES).fetchall():
            with connection.cursor().copy(f'COPY "{table}" TO STDOUT'.encode()) as rows:
                tables[table] = b"".join(bytes(block) for block in rows)
        counted: dict[str, int] = dict(connection.execute(_COUNTED).fetchall())
    return Kept({table: rows for table, rows in tables.items() if rows}, counted)


def _driver_address(location: Location) -> str:
    return (location.url or "").replace("+psycopg", "")


NOTHING = Kept({}, {})


def is_blank(location: Location) -> bool:
    """Say whether nobody has made or allowed anything in a database."""
    import psycopg

    with psycopg.connect(_driver_address(location)) as connection:
        found = connection.execute(_MADE).fetchone()
    return found is None


class Emptied:
    """A database that is used for one test after the other. Its tables have to be as they were, and are emptied."""

    def __init__(self, location: Location) -> None:
        import psycopg

        self.location = location
        self._uses = self._written = 0
        # The driver itself takes several statements at once.
        self._connection = psycopg.connect(_driver_address(location), autocommit=True)
        self._connection.execute("SET session_replication_role = replica; SET lock_timeout = 5000")
        self._form = self._look()
        tables = [table for (table,) in self._connection.execute(_TABLES)]
        self._emptying = ";".join(f'DELETE FROM "{table}"' for table in tables)

    def _look(self) -> list[tuple[object, ...]]:
        return self._connection.execute(_FORM).fetchall()

    def fill(self, kept: Kept) -> None:
        """Write rows that were kept of another into it, past all guards."""
        if not kept.tables:
            return
        with self._connection.transaction(), self._connection.cursor() as cursor:
            for table, rows in kept.tables.items():
                with cursor.copy(f'COPY "{table}" FROM STDIN'.encode()) as copy:
                    copy.write(rows)
            for counter, number in kept.counted.items():
                cursor.execute("SELECT setval(%s, %s)", (f'"{counter}"', number))
        self._written += sum(map(len, kept.tables.values()))

    def empty(self) -> bool:
        """Empty it for the next test; says whether it can be used again."""
        self._uses += 1
        self._connection.execute(_TURN_OUT)
        if self._uses == _MOST_USES or self._written > _MOST_WRITTEN or self._look() != self._form:
            return False
        self._connection.execute(f"{self._emptying};{_COUNT_ANEW}".encode())
        return True

    def close(self) -> None:
        """Let go of it."""
        self._connection.close()
