"""Texts that are not in the form in which they are kept: blanks to no purpose, letters put together otherwise."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mou_cli.catalogue import Sentence
from mou_cli.checks.finding import Check, Finding, Mention
from mou_cli.fields.collection import Dictionary, Identifiers, Items, Strings, Values
from mou_cli.fields.kind import Unreadable
from mou_cli.fields.nouns import SHAPES
from mou_cli.fields.shape import Patch
from mou_cli.fields.text import LINE, Text, Texts, read_text
from mou_cli.rules.language import choose_text
from mou_cli.rules.text import normalise
from mou_cli.views.check_value import find_kept
from mou_cli.views.document import batches, documents
from mou_cli.vocabulary import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mou_cli.fields.kind import Kind
    from mou_cli.fields.shape import Document, Shape
    from mou_cli.store.reader import Reader

# Blanks at an end or more than one, of a text or of texts in JSON, and letters of which not all may stay.
_DOUBT = re.compile(r'  |^ | $|" |[^,:] "|[^ -~\u00a1-\u00ac\u00ae-\u02ff]')


def _find(reader: Reader, _today: date) -> Iterator[Finding]:
    for shape in SHAPES.values():
        for keys in batches(sorted(_doubtful(reader, shape))):
            found = documents(reader, shape, keys)
            for key in keys:
                if changed := _tidied(shape, found[key]):
                    yield _finding(shape, found[key], changed)


def _finding(shape: Shape, document: Document, changed: Document) -> Finding:
    name = choose_text(document.get("name") or document.get("title") or document.get("task")) or document["key"]
    return Finding(
        Sentence("blanks or letters are not as they are kept, in {fields}", fields=", ".join(changed)),
        (Mention(shape.noun, document["key"], name, document.get("ref")),),
        "mou check untidy --fix",
        (Patch(shape.noun, document["key"], changed),),
        about=f"{shape.noun}/{document['key']}",
    )


def _doubtful(reader: Reader, shape: Shape) -> set[str]:
    """Give the keys of the records in which any text is not surely as it is kept."""
    places = [(shape.table, "key", [f.column for f in shape.columns if _holds_text(f.kind)])]
    for kind in shape.lists.values():
        if isinstance(kind, Items):
            places.append((kind.table, kind.owner, [f.column for f in kind.fields if _holds_text(f.kind)]))
        elif isinstance(kind, Identifiers):
            places.append((kind.table, kind.owner, ["value"]))
        elif isinstance(kind, Values) and _holds_text(kind.item):
            places.append((kind.table, kind.owner, [kind.column]))
    return {
        row["key"]
        for table, owner, columns in places
        if columns
        for row in find_kept(reader, table, owner, columns)
        if any(row[column] and _is_doubtful(row[column]) for column in columns)
    }


def _is_doubtful(kept: str) -> bool:
    return bool(_DOUBT.search(kept)) and (kept[0] in "{[" or normalise(kept) != kept)


def _holds_text(kind: Kind) -> bool:
    if isinstance(kind, Strings):
        return _holds_text(kind.item)
    return isinstance(kind, (Text, Texts)) or (isinstance(kind, Dictionary) and _holds_text(kind.value))


def _tidied(shape: Shape, document: Document) -> Document:
    """Give the fields that differ from how they are kept, as they should be."""
    changed = {}
    for field in shape.fields:
        if field.written and field.name in document:
            tidied = _tidy(field.kind, document[field.name])
            if tidied != document[field.name]:
                changed[field.name] = tidied
    return changed


def _tidy(kind: Kind, value: Any) -> Any:
    if isinstance(value, str):
        return _tidy_text(kind, value)
    if isinstance(kind, Items):
        inner = {f.name: f.kind for f in kind.fields}
        return [{name: _tidy(inner[name], part) for name, part in item.items()} for item in value]
    if isinstance(kind, (Strings, Values)):
        return [_tidy(kind.item, item) for item in value]
    if isinstance(kind, Dictionary):
        return {name: _tidy(kind.value, item) for name, item in value.items()}
    if isinstance(kind, (Identifiers, Texts)):
        return {name: _tidy_text(kind, text) for name, text in value.items()}
    return value


def _tidy_text(kind: Kind, text: str) -> str:
    if not isinstance(kind, (Text, Texts, Identifiers)):
        return text
    try:
        # A text of blanks alone stays: what it should say is for a person to say.
        return read_text(text, None, LINE if isinstance(kind, Identifiers) else kind.longest) or text
    except Unreadable:
        return text


UNTIDY = Check(
    "untidy",
    Severity.HINT,
    Sentence("Another program wrote them so. Nobody sees it, and searching stumbles over it: --fix mends all at once."),
    _find,
)
