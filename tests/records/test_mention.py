"""What mentions what: no column that refers to a record is forgotten."""

from __future__ import annotations

from mou_cli.fields.nouns import SHAPES
from mou_cli.models import metadata
from mou_cli.records.mention import MENTIONS


def test_every_column_that_refers_to_a_record_is_a_mention() -> None:
    nouns = {shape.table: shape.noun for shape in SHAPES.values()}
    # A row that goes with its record belongs to it, and the journal is of all records.
    columns = {
        (table.name, column.name, nouns[foreign.column.table.name])
        for table in metadata.sorted_tables
        for column in table.columns
        for foreign in column.foreign_keys
        if not foreign.ondelete and foreign.column.table.name in nouns
    }
    assert {(mention.table, mention.column, mention.target) for mention in MENTIONS} == columns
    assert len(MENTIONS) == len(columns)


def test_a_mention_names_a_field_of_its_noun() -> None:
    for mention in MENTIONS:
        shape = SHAPES[mention.noun]
        assert mention.field in shape.by_name
        assert mention.table == (shape.lists[mention.field].table if mention.field in shape.lists else shape.table)
