"""What was counted, as people read it: parts in order under their labels, and what the numbers mean."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from mou_cli.catalogue import translate, translate_number
from mou_cli.output.column import Column, Row
from mou_cli.output.form import Form
from mou_cli.output.result import TRAITS, counted
from mou_cli.rules.fold import sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import TextIO

    from mou_cli.views.stats import Counts


class Part(NamedTuple):
    """A line or a column: the value that it counts, its label, and its numbers; `partners` is 0 if nobody counted."""

    value: str | None
    label: str
    agreements: int
    partners: int


def parts(rows: Sequence[Row], by: str, years: int, language: str) -> list[Part]:
    """Give the parts most agreements first, then by label; years in their order, those that have none among them.

    What is not known comes last.
    """
    known = [_part(row, years, language) for row in rows if row["value"] is not None]
    unknown = [_part(row, years, language) for row in rows if row["value"] is None]
    if by != "year":
        return sorted(known, key=lambda part: (-part.agreements, sort_key(part.label), part.label)) + unknown
    found = {int(part.value or 0): part for part in known}
    if not found:
        return unknown
    every = range(min(found), max(found) + 1, years)
    return [found.get(year) or Part(str(year), _span(year, years), 0, 0) for year in every] + unknown


def _part(row: Row, years: int, language: str) -> Part:
    value = row["value"]
    label = _span(int(value), years) if years > 1 and row["by"] == "year" and value else counted(row, language)
    return Part(value, label, row["agreements"], row.get("partners", 0))


def _span(first: int, years: int) -> str:
    return str(first) if years == 1 else f"{first}-{first + years - 1}"


def notes(counts: Counts, understood: Iterable[str], language: str) -> Iterator[str]:
    """Give the lines below the numbers: how many there are in all of what was asked for, and what they mean."""
    agreements = translate_number("{number} agreement", "{number} agreements", counts.agreements, language)
    partners = translate_number("{number} partner", "{number} partners", counts.partners, language)
    yield ", ".join((agreements, partners, *understood))
    once = [sum(row["agreements"] for row in rows) == counts.agreements for rows in (counts.lines, counts.columns)]
    if not all(once[: len(counts.by)]):
        yield translate("an agreement counts in every part that it belongs to, and once in the total", language)
    elif len(counts.by) == 1 and sum(row["partners"] for row in counts.lines) > counts.partners:
        yield translate("a partner counts in every part that it belongs to, and once in the total", language)
    if "year" in counts.by:
        yield translate("the year is that of signing, else of the start", language)


def show_counts(counts: Counts, understood: Iterable[str], form: Form, language: str, stream: TextIO) -> None:
    """Draw what was counted for people, how the question was understood below; as Markdown a table without bars."""
    if form is Form.MARKDOWN:
        from mou_cli.output.markdown import write_columns

        columns, rows = tabulated(counts, language)
        write_columns(rows, columns, language, stream)
        return
    from mou_cli.output.layout import wrap
    from mou_cli.output.screen import screen_of

    screen = screen_of(stream)
    if len(counts.by) == 1:
        from mou_cli.output.bars import write_bars

        write_bars(counts, language, screen, stream)
        below = notes(counts, understood, language)
    else:
        from mou_cli.output.cross import write_cross

        below = chain(write_cross(counts, language, screen, stream), notes(counts, understood, language))
    told = list(below)
    stream.write("\n")
    for note in told:
        stream.writelines(f"{line}\n" for line in wrap(screen.text(note), screen.width))


def write_counts(path: Path, counts: Counts, language: str) -> int:
    """Write a table of what was counted to a Markdown or Excel file; give the number of lines."""
    from mou_cli.output.file import form_of, write_file

    columns, rows = tabulated(counts, language)
    if form_of(path) == "xlsx":
        from mou_cli.output.xlsx import write_sheet

        return write_sheet(rows, columns, "count", language, path)
    from mou_cli.output.markdown import write_columns

    write_file(path, lambda stream: write_columns(rows, columns, language, stream))
    return len(rows)


def tabulated(counts: Counts, language: str) -> tuple[list[Column], list[Row]]:
    """Give the columns and rows of what was counted, for a file: of two traits a column for each part of the second."""
    lines = parts(counts.lines, counts.by[0], counts.years, language)
    label = Column("label", TRAITS.labels[counts.by[0]], lambda row, _language: str(row["label"]), weight=4)
    if len(counts.by) == 1:
        names = (("agreements", "Agreements"), ("partners", "Partners"))
        columns = [_number(name, heading) for name, heading in names]
        return [label, *columns], [part._asdict() for part in lines]
    across = parts(counts.columns, counts.by[1], counts.years, language)
    columns = [_number(str(place), part.label) for place, part in enumerate(across)]
    columns.append(_number("total", translate("Total", language)))
    found = agreements_with(counts)
    rows = [
        {"label": part.label, "total": part.agreements}
        | {str(place): found.get((part.value, other.value), 0) for place, other in enumerate(across)}
        for part in lines
    ]
    total = {"label": translate("Total", language), "total": counts.agreements}
    return [label, *columns], [*rows, total | {str(place): part.agreements for place, part in enumerate(across)}]


def agreements_with(counts: Counts) -> dict[tuple[str | None, str | None], int]:
    """Give the agreements that have a value of the first trait and one of the second."""
    return {(row["value"], row["value2"]): row["agreements"] for row in counts.rows}


def _number(name: str, heading: str) -> Column:
    return Column(name, heading, lambda row, _language: str(row[name]), "number")
