"""What ends and what needs notice in a time that lies ahead is found by index."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index(op.f("ix_agreement_span_ends_to_ends_from"), "agreement_span")
    op.create_index(op.f("ix_agreement_span_ends_on_ends_to"), "agreement_span", ["ends_on", "ends_to"])
    op.create_index(op.f("ix_agreement_span_notice_by"), "agreement_span", ["notice_by"])
