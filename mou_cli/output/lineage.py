"""The lineage of an agreement as a tree: what it goes back to, and what goes back to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mou_cli.catalogue import translate
from mou_cli.output.column import said, told
from mou_cli.output.section import Branch, Part, Section
from mou_cli.vocabulary import AGREEMENT_TYPES, STATUSES, CodeList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mou_cli.output.column import Row

LINKED_KINDS: Final = CodeList(
    "link from the other side",
    {
        "amends": "amended by",
        "supersedes": "superseded by",
        "renews": "renewed by",
        "under": "under it",
    },
)


def lineage_section(row: Row, language: str) -> Section:
    """Give the section with the tree, empty for an agreement without links."""
    lines = row.get("lineage") or []
    return Section(
        translate("Lineage", language), tree=[_branch(lines, place, language) for place in range(len(lines))]
    )


def _branch(lines: Sequence[Row], place: int, language: str) -> Branch:
    line = lines[place]
    levels = tuple(_goes_on(lines, place, depth) for depth in range(1, line["depth"] + 1))
    link = LINKED_KINDS.label(line["link"], language) if line["link"] else ""
    return Branch(
        levels, Part(" ".join(filter(None, (link, _told(line, language)))), "bold" if line["is_this"] else "")
    )


def _goes_on(lines: Sequence[Row], place: int, depth: int) -> bool:
    """Say whether more stands at a depth below a line, under the same parent."""
    for line in lines[place + 1 :]:
        if line["depth"] <= depth:
            return bool(line["depth"] == depth)
    return False


def _told(line: Row, language: str) -> str:
    title = said(line, "title", language) or (line["key"] if line["key"] != line["ref"] else "")
    name = f"{line['ref']}  {title}".rstrip()
    if line["is_again"]:
        return told(name, translate("see above", language))
    return told(
        name,
        translate("this agreement", language) if line["is_this"] else "",
        AGREEMENT_TYPES.label(line["type"], language),
        STATUSES.label(line["status"], language),
        " – ".join(day for day in (line["starts_on"], line["ends_on"]) if day),
    )
