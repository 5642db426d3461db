"""What may be shown to everybody of records that may be: what is not named here never leaves by a public answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from mou_cli.fields.shape import Document

Row = dict[str, Any]


class Published(NamedTuple):
    """What is published of a noun: `fields` of its documents, `keys` of its rows, `parts` of what items there have.

    `columns` are those for people that are made of these keys without being called as one of them.
    """

    keys: tuple[str, ...]
    fields: tuple[str, ...] = ()
    parts: dict[str, tuple[str, ...]] = {}  # noqa: RUF012 - nobody changes it
    columns: tuple[str, ...] = ()


_BODY: Final = ("key", "name", "country", "territory", "type")
_INSTITUTION: Final = (*_BODY, "city", "region", "website")
_PAPER: Final = ("file", "kind", "language", "public")
PUBLISHED: Final[dict[str, Published]] = {
    "institution": Published(_INSTITUTION, _INSTITUTION),
    "event": Published(
        keys=("key", "name", "held_on", "place", "host", "declared", "topics", "texts"),
        fields=("key", "name", "held", "place", "host", "declared", "topics"),
        parts={"host": _BODY},
    ),
    "agreement": Published(
        keys=(
            *(
                "ref",
                "key",
                "title",
                "type",
                "status",
                "partners",
                "homes",
                "areas",
                "signed_on",
                "starts_on",
                "ends_on",
            ),
            *("ends_from", "ends_to", "ends_why", "term", "event", "project", "region", "texts", "documents"),
        ),
        fields=(
            *("key", "ref", "title", "type", "parties", "signed", "starts", "ends", "term", "areas", "documents"),
            *("project", "event", "region", "languages", "public"),
        ),
        parts={"partners": _BODY, "homes": _BODY, "parties": ("institution",), "documents": _PAPER},
        columns=("country", "territory", "partner_type"),
    ),
    # The key of an agreement that may itself not be public would tell with whom it is.
    "document": Published(("ref", *_PAPER)),
}


def published_row(noun: str, row: Row) -> Row:
    """Give what everybody may see of a row of the row contract."""
    told = PUBLISHED[noun]
    shown = {key: _part(row[key], key, told) for key in told.keys}
    if "texts" in shown:
        shown["texts"] = {name: text for name, text in row["texts"].items() if name in told.keys}
    return shown


def published_document(noun: str, document: Document) -> Document:
    """Give what everybody may see of a record as a file has it."""
    told = PUBLISHED[noun]
    return {name: _part(value, name, told) for name, value in document.items() if name in told.fields}


def _part(value: Any, name: str, told: Published) -> Any:
    parts = told.parts.get(name)
    if parts is None or not isinstance(value, (list, dict)):
        return value
    if name == "documents":
        value = [paper for paper in value if paper.get("public") and paper.get("file")]
    if isinstance(value, list):
        return [{part: item[part] for part in parts if part in item} for item in value]
    return {part: value[part] for part in parts}
