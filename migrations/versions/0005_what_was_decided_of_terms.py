"""Terms say until when recorded renewals let the agreement go on after them, and what somebody has decided of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# Text compares by code point on both databases.
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

# Of the others nothing was decided, and whether another term follows by itself was told right but where nobody says
# how long it is. What is taken away here is reckoned anew when the last revision is reached.
_OTHERWISE = (
    "SELECT agreement FROM agreement_lifecycle",
    "SELECT key FROM agreement WHERE renewal = 'tacit' AND renewal_term IS NULL",
)


def upgrade() -> None:
    for name in ("renewed_until_from", "renewed_until_to", "decision"):
        op.add_column("agreement_span", sa.Column(name, TEXT))
    for agreements in _OTHERWISE:
        op.execute(f"DELETE FROM agreement_span WHERE agreement IN ({agreements})")  # noqa: S608 - fixed text
