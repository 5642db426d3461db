"""The first schema: institutions, events, agreements, plans, their lists, the journal and the search texts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Text compares by code point on both databases.
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    _institutions()
    _events()
    _agreements()
    _people_of_agreements()
    _papers_and_life_of_agreements()
    _plans()
    _lists_of_tasks()
    _journal()


def _text(*names: str, null: bool = False) -> list[sa.Column[str]]:
    return [sa.Column(name, TEXT, nullable=null) for name in names]


def _number(*names: str, null: bool = False) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer, nullable=null, autoincrement=False) for name in names]


def _counted(name: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer, nullable=False)]


def _key(*names: str) -> list[sa.PrimaryKeyConstraint]:
    return [sa.PrimaryKeyConstraint(*names)]


def _mentions(**tables: str) -> list[sa.ForeignKeyConstraint]:
    return [_foreign(column, table, None) for column, table in tables.items()]


def _foreign(column: str, table: str, ondelete: str | None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{table}.key"], ondelete=ondelete, deferrable=True, initially="DEFERRED")


def _list_of(owner: str) -> list[sa.schema.SchemaItem]:
    return [*_text(owner), *_number("ordinal"), *_key(owner, "ordinal"), _foreign(owner, owner, "CASCADE")]


def _indexes(table: str, *columns: str) -> None:
    for column in columns:
        _index(table, column)


def _index(table: str, *columns: str, unique: bool = False) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, columns, unique=unique)


def _institutions() -> None:
    op.create_table(
        "institution",
        *_text("key", "name", "sort", "folded"),
        *_number("home"),
        *_text("country", null=True),
        *_text("country_source"),
        *_text("territory", "type", "city", "region", null=True),
        *_text("website", "parent", "memberships", "note", "source", null=True),
        *_key("key"),
        *_mentions(parent="institution"),
    )
    _indexes("institution", "country", "folded", "parent", "sort", "type")
    op.create_table(
        "institution_name",
        *_list_of("institution"),
        *_text("text"),
        *_text("lang", null=True),
        *_text("kind", "folded"),
    )
    _indexes("institution_name", "folded")
    op.create_table(
        "institution_identifier",
        *_list_of("institution"),
        *_text("scheme", "value"),
    )


def _events() -> None:
    op.create_table(
        "event",
        *_text("key", "name", "sort"),
        *_text("held", "held_from", "held_to", "place", "host", "declared", "topics", "note", "source", null=True),
        *_key("key"),
        *_mentions(host="institution"),
    )
    _indexes("event", "held_from", "host", "sort")
    op.create_table(
        "event_person",
        *_list_of("event"),
        *_text("name"),
        *_text("names", null=True),
        *_text("role"),
        *_text("position", "party", null=True),
        *_mentions(party="institution"),
    )
    _indexes("event_person", "party")


def _agreements() -> None:
    op.create_table(
        "agreement",
        *_text("key", "ref"),
        *_number("ref_year", "ref_number"),
        *_text("title", "sort", null=True),
        *_text("type", "stage"),
        *_text("signed", "signed_from", "signed_to", "starts", "ends", "term", null=True),
        *_text("renewal"),
        *_text("renewal_term", null=True),
        *_number("renewal_max", null=True),
        *_text("renewal_until", "notice", "review", "terminated", "reason", "project", "event", null=True),
        *_text("unit", "responsible", "backup", "region", "languages", "place", "partner_ref", "tags", null=True),
        *_number("public"),
        *_text("note", "source", null=True),
        *_key("key"),
        *_mentions(event="event"),
        sa.UniqueConstraint("ref"),
    )
    _indexes("agreement", "event", "project", "review", "signed_from", "sort", "type")
    _index("agreement", "ref_year", "ref_number", unique=True)
    op.create_table(
        "agreement_party",
        *_list_of("agreement"),
        *_text("institution"),
        *_text("unit", "role", null=True),
        *_mentions(institution="institution"),
    )
    _indexes("agreement_party", "institution")
    op.create_table(
        "agreement_area",
        *_list_of("agreement"),
        *_text("area"),
    )
    _indexes("agreement_area", "area")
    op.create_table(
        "agreement_exchange",
        *_list_of("agreement"),
        *_text("sender", "receiver"),
        *_text("level", "isced", null=True),
        *_number("places", "months", null=True),
        *_text("language", "cefr", "years", null=True),
        *_mentions(sender="institution", receiver="institution"),
    )
    _indexes("agreement_exchange", "receiver", "sender")


def _people_of_agreements() -> None:
    op.create_table(
        "agreement_signature",
        *_list_of("agreement"),
        *_text("party", null=True),
        *_text("name"),
        *_text("position", "signed", null=True),
        *_mentions(party="institution"),
    )
    _indexes("agreement_signature", "party")
    op.create_table(
        "agreement_person",
        *_list_of("agreement"),
        *_text("name"),
        *_text("names", null=True),
        *_text("role"),
        *_text("position", "party", null=True),
        *_mentions(party="institution"),
    )
    _indexes("agreement_person", "party")
    op.create_table(
        "agreement_contact",
        *_list_of("agreement"),
        *_text("party", null=True),
        *_text("name", "role"),
        *_text("email", "phone", null=True),
        *_mentions(party="institution"),
    )
    _indexes("agreement_contact", "party")


def _papers_and_life_of_agreements() -> None:
    op.create_table(
        "agreement_link",
        *_list_of("agreement"),
        *_text("kind", "target"),
        *_mentions(target="agreement"),
    )
    _indexes("agreement_link", "target")
    op.create_table(
        "agreement_document",
        *_list_of("agreement"),
        *_text("file"),
        *_text("kind", "language", null=True),
        *_number("public"),
        *_text("paper", null=True),
    )
    op.create_table(
        "agreement_lifecycle",
        *_list_of("agreement"),
        *_text("kind", "date"),
        *_text("by", "until", "term", "note", null=True),
    )
    op.create_table(
        "agreement_span",
        *_text("agreement", "first_on", "last_on"),
        *_text("projected_to", null=True),
        *_text("status"),
        *_number("term_number", null=True),
        *_text("ends_on", "ends_from", "ends_to", null=True),
        *_text("ends_why"),
        *_text("notice_by", null=True),
        *_key("agreement", "first_on"),
        _foreign("agreement", "agreement", "CASCADE"),
    )
    _indexes("agreement_span", "projected_to")
    _index("agreement_span", "ends_to", "ends_from")
    _index("agreement_span", "status", "last_on")


def _plans() -> None:
    op.create_table(
        "plan",
        *_text("key"),
        *_text("title", null=True),
        *_number("year"),
        *_text("owner"),
        *_text("unit", "language", "responsible", null=True),
        *_text("status"),
        *_text("closed", "note", "source", null=True),
        *_key("key"),
        *_mentions(owner="institution"),
    )
    _indexes("plan", "owner", "year")
    op.create_table(
        "task",
        *_text("key", "plan"),
        *_number("year"),
        *_text("number", "number_sort"),
        *_text("section", "direction", null=True),
        *_text("text"),
        *_text("ways", "timing", null=True),
        *_text("due_kind"),
        *_text("due_from", "due_to", "deadline", "expected_result", null=True),
        *_text("status"),
        *_number("percent", null=True),
        *_text("done", "actual_result", "note", "source", null=True),
        *_key("key"),
        *_mentions(plan="plan"),
    )
    _indexes("task", "plan")
    _index("task", "deadline", "status")
    _index("task", "plan", "number", unique=True)


def _lists_of_tasks() -> None:
    op.create_table(
        "task_executor",
        *_list_of("task"),
        *_text("name", "folded"),
    )
    _indexes("task_executor", "folded")
    op.create_table(
        "task_strategy",
        *_list_of("task"),
        *_text("code"),
    )
    _indexes("task_strategy", "code")
    op.create_table(
        "task_agreement",
        *_list_of("task"),
        *_text("agreement"),
        *_mentions(agreement="agreement"),
    )
    _indexes("task_agreement", "agreement")
    op.create_table(
        "task_partner",
        *_list_of("task"),
        *_text("institution"),
        *_mentions(institution="institution"),
    )
    _indexes("task_partner", "institution")


def _journal() -> None:
    op.create_table(
        "journal_entry",
        *_counted("id"),
        *_text("at", "actor", "action"),
        *_key("id"),
    )
    op.create_table(
        "journal_change",
        *_number("entry", "ordinal"),
        *_text("noun", "key"),
        *_text("field", "before", "after", "source", null=True),
        *_key("entry", "ordinal"),
        sa.ForeignKeyConstraint(["entry"], ["journal_entry.id"]),
    )
    _index("journal_change", "noun", "key")
    op.create_table(
        "reference_counter",
        *_number("year", "last"),
        *_key("year"),
    )
    op.create_table(
        "search_text",
        *_counted("id"),
        *_text("noun", "key", "folded"),
        *_key("id"),
        sa.UniqueConstraint("noun", "key"),
    )
