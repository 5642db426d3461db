"""What a row shows of a document: every key, always, so that programs need not ask which are there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mou_cli.fields.collection import Dictionary, Identifiers, Items, Strings, TableList
from mou_cli.fields.kind import Code, Flag
from mou_cli.fields.text import Texts
from mou_cli.rules.language import choose_text

if TYPE_CHECKING:
    from mou_cli.fields.collection import Row
    from mou_cli.fields.kind import Kind


def shown(kind: Kind, value: Any) -> Any:
    """Give a value of a document as rows have it: lists and mappings never null, codes that are not said said."""
    if isinstance(kind, Items):
        return [_shown_item(kind, item) for item in value or ()]
    if isinstance(kind, (Identifiers, Dictionary)):
        return value or {}
    if isinstance(kind, (TableList, Strings)):
        return value or []
    if isinstance(kind, Code):
        return value or kind.unsaid
    if isinstance(kind, Flag):
        return bool(value)
    return choose_text(value) if isinstance(kind, Texts) else value


def _shown_item(kind: Items, item: Row) -> Row:
    row = {f.name: shown(f.kind, item.get(f.name)) for f in kind.fields}
    if any(isinstance(f.kind, Texts) for f in kind.fields):
        texts = {f.name: item.get(f.name) for f in kind.fields if isinstance(f.kind, Texts)}
        row["texts"] = {name: text for name, text in texts.items() if isinstance(text, dict)}
    return row
