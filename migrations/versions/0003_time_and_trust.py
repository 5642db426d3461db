"""What happened to an agreement in more words, documents with their content, accepted findings, a sealed journal."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

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
