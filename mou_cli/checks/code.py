"""Countries and codes that the program does not know: another program wrote them, or a newer one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.catalogue import Sentence
from mou_cli.checks.finding import Check, Finding, Mention, edit_command
from mou_cli.fields.collection import Items, Links, Values
from mou_cli.fields.kind import Code, Country
from mou_cli.fields.nouns import SHAPES
from mou_cli.rules.country import country_codes
from mou_cli.views.check_value import find_other_values
from mou_cli.vocabulary import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mou_cli.fields.kind import Kind
    from mou_cli.fields.shape import Shape
    from mou_cli.store.reader import Reader


def _find(reader: Reader, _today: date) -> Iterator[Finding]:
    for shape in SHAPES.values():
        for table, owner, column, known in _coded(shape):
            for row in find_other_values(reader, table, owner, column, known):
                key = row["key"]
                yield Finding(
                    Sentence("{field} has the code {value}, which is not known", field=column, value=row["value"]),
                    (Mention(shape.noun, key, key),),
                    edit_command(shape.noun, key),
                    about=f"{shape.noun}/{key}/{table}.{column}",
                )


def _coded(shape: Shape) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """Give every column of a noun that holds codes: its table, the column of the record's key, itself, the codes."""
    for field in shape.columns:
        if known := _known(field.kind):
            yield shape.table, "key", field.column, known
    for kind in shape.lists.values():
        if isinstance(kind, Links):
            yield kind.table, kind.owner, "kind", kind.kind.codes.codes
        elif isinstance(kind, Values) and (known := _known(kind.item)):
            yield kind.table, kind.owner, kind.column, known
        elif isinstance(kind, Items):
            for field in kind.fields:
                if known := _known(field.kind):
                    yield kind.table, kind.owner, field.column, known


def _known(kind: Kind) -> tuple[str, ...]:
    if isinstance(kind, Country):
        return country_codes()
    return tuple(map(str, kind.codes.codes)) if isinstance(kind, Code) else ()


UNKNOWN_CODE = Check(
    "unknown-code",
    Severity.ERROR,
    Sentence("No filter finds it. Another program wrote it, or a newer mou. Give the record a code that is known."),
    _find,
)
