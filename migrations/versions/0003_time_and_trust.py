"""What happened to an agreement in more words, documents with their content, accepted findings, a sealed journal."""

from __future__ import annotations

import hashlib
import json
from itertools import groupby
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from alembic import op

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# Text compares by code point on both databases.
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    for name in ("form", "evidence", "outcome", "renewal", "renewal_term", "notice", "review"):
        op.add_column("agreement_lifecycle", sa.Column(name, TEXT))
    for name in ("sha256", "media_type", "added"):
        op.add_column("agreement_document", sa.Column(name, TEXT))
    op.add_column("agreement_document", sa.Column("size", sa.BigInteger))
    with op.batch_alter_table("agreement_document") as table:
        # A document may be on paper alone.
        table.alter_column("file", existing_type=TEXT, existing_nullable=False, nullable=True)
    op.create_index(op.f("ix_agreement_document_sha256"), "agreement_document", ["sha256"])
    op.create_table(
        "acceptance",
        *(sa.Column(name, TEXT, nullable=False) for name in ("key", "code", "reason", "by", "accepted")),
        sa.PrimaryKeyConstraint("key"),
    )
    for name in ("renewal", "review_on", "instead"):
        op.add_column("agreement_span", sa.Column(name, TEXT))
    # Nothing has changed a day of review yet.
    op.execute("""UPDATE agreement_span SET review_on = (SELECT review FROM agreement
        WHERE agreement.key = agreement_span.agreement)""")
    op.create_index(op.f("ix_agreement_span_review_on"), "agreement_span", ["review_on"])
    op.add_column("journal_entry", sa.Column("undoes", sa.Integer))
    op.create_index(op.f("ix_journal_entry_undoes"), "journal_entry", ["undoes"])
    op.create_table(
        "journal_seal",
        sa.Column("entry", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("digest", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("entry"),
        sa.ForeignKeyConstraint(["entry"], ["journal_entry.id"]),
    )
    seal_what_there_is(op.get_bind())


def seal_what_there_is(connection: sa.Connection) -> None:
    """Seal the entries that were made before there were seals, a page at a time."""
    changes = groupby(_paged(connection, _CHANGES, ("entry", "ordinal")), key=lambda row: row["entry"])
    waiting = next(changes, None)
    digest = None
    for entry in _paged(connection, _ENTRIES, ("id",)):
        seal = hashlib.sha256(_line(digest))
        seal.update(_line([entry[name] for name in ("id", "at", "actor", "action", "undoes")]))
        if waiting and waiting[0] == entry["id"]:
            for change in waiting[1]:
                names = ("ordinal", "noun", "key", "field", "before", "after", "source")
                seal.update(_line([change[name] for name in names]))
            waiting = next(changes, None)
        digest = seal.hexdigest()
        values = {"entry": entry["id"], "digest": digest}
        connection.execute(sa.text("INSERT INTO journal_seal (entry, digest) VALUES (:entry, :digest)"), values)


_ENTRIES = "SELECT * FROM journal_entry WHERE id > :id ORDER BY id LIMIT 500"
_CHANGES = """SELECT * FROM journal_change WHERE (entry, ordinal) > (:entry, :ordinal)
    ORDER BY entry, ordinal LIMIT 500"""


def _paged(connection: sa.Connection, sql: str, names: Iterable[str]) -> Iterator[Any]:
    after = dict.fromkeys(names, 0)
    while page := connection.execute(sa.text(sql), after).mappings().all():
        yield from page
        after = {name: page[-1][name] for name in after}


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
