"""A review that was due in a month or year is settled by one held in it: terms of agreements that had one say so.

And few agreements have a region of their own, and few three parties or more: indexes find them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_FEW = (("agreement", "region", "region IS NOT NULL"), ("agreement_party", "agreement", "ordinal = 3"))


def upgrade() -> None:
    # What is taken away here is reckoned anew when the last revision is reached.
    reviewed = "SELECT agreement FROM agreement_lifecycle WHERE kind = 'review'"
    op.execute(f"DELETE FROM agreement_span WHERE agreement IN ({reviewed})")  # noqa: S608 - fixed text
    for table, column, condition in _FEW:
        where = sa.text(condition)
        name = op.f(f"ix_{table}_{column}")
        op.create_index(name, table, [column], sqlite_where=where, postgresql_where=where)
