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
_INDEXES: tuple[tuple[str, list[str], list[str]], ...] = (
    ("agreement_party", ["institution"], ["institution", "agreement"]),
    ("agreement_area", ["area"], ["area", "agreement"]),
    ("agreement_span", ["status", "last_on"], ["status", "last_on", "first_on"]),
    ("agreement_span", ["ends_on", "ends_to"], ["ends_on", "ends_to", "first_on", "last_on"]),
    ("agreement_span", ["notice_by"], ["notice_by", "first_on", "last_on"]),
    ("task", [], ["plan", "deadline", "status"]),
)
# Another term follows by itself where nothing is known of what begins after this one, or that runs.
_GOING_ON = """UPDATE agreement_span SET goes_on = CASE WHEN ends_to IS NOT NULL AND status IN ('active', 'in-notice')
    AND COALESCE(renewal, (SELECT a.renewal FROM agreement a WHERE a.key = agreement_span.agreement)) = 'tacit'
    AND COALESCE((SELECT n.status FROM agreement_span n WHERE n.agreement = agreement_span.agreement
        AND n.first_on > agreement_span.ends_to ORDER BY n.first_on LIMIT 1), 'active') IN ('active', 'in-notice')
    THEN 1 ELSE 0 END"""


def upgrade() -> None:
    op.add_column("journal_entry", sa.Column("role", TEXT))
    op.add_column("agreement_span", sa.Column("goes_on", sa.Integer))
    op.execute(_GOING_ON)
    for table, before, columns in _INDEXES:
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, columns)
        if before:
            op.drop_index(op.f(f"ix_{table}_{'_'.join(before)}"), table)
