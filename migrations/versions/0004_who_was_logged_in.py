"""The journal says which role of the server a change was made by; indexes that hold what is asked of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# Text compares by code point on both databases.
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

# What was indexed before, and what is now: what is asked most often is answered by an index without looking at rows.
_INDEXES = (
    ("agreement_party", ["institution"], ["institution", "agreement"]),
    ("agreement_area", ["area"], ["area", "agreement"]),
    ("agreement_span", ["status", "last_on"], ["status", "last_on", "first_on"]),
    ("agreement_span", ["ends_on", "ends_to"], ["ends_on", "ends_to", "first_on", "last_on"]),
    ("agreement_span", ["notice_by"], ["notice_by", "first_on", "last_on"]),
    ("task", [], ["plan", "deadline", "status"]),
)


def upgrade() -> None:
    op.add_column("journal_entry", sa.Column("role", TEXT))
    for table, before, columns in _INDEXES:
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, columns)
        if before:
            op.drop_index(op.f(f"ix_{table}_{'_'.join(before)}"), table)
