"""A review that was due in a month or year is settled by one held in it: terms of agreements that had one say so."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # What is taken away here is reckoned anew when the last revision is reached.
    reviewed = "SELECT agreement FROM agreement_lifecycle WHERE kind = 'review'"
    op.execute(f"DELETE FROM agreement_span WHERE agreement IN ({reviewed})")  # noqa: S608 - fixed text
