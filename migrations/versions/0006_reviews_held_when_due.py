"""A review that was due in a month or year is settled by one held in it: terms of agreements that had one say so.

And the few agreements with a region of their own are found by it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # What is taken away here is reckoned anew when the last revision is reached.
    reviewed = "SELECT agreement FROM agreement_lifecycle WHERE kind = 'review'"
    op.execute(f"DELETE FROM agreement_span WHERE agreement IN ({reviewed})")  # noqa: S608 - fixed text
    has_one = sa.text("region IS NOT NULL")
    op.create_index(
        op.f("ix_agreement_region"), "agreement", ["region"], sqlite_where=has_one, postgresql_where=has_one
    )
