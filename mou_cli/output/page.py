"""One record whole: in sections under their headings, or a label and what it says in every line."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING, Final

from mou_cli.output.layout import GAP, LEAST, cells, pad, widest, wrap
from mou_cli.output.nouns import choose_columns
from mou_cli.output.stack import beside_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import TextIO

    from mou_cli.output.column import Column, Row
    from mou_cli.output.screen import Screen
    from mou_cli.output.section import Branch, Grid, Item, Page, Part, Section

_READABLE: Final = 24  # columns in which a sentence can be read; with fewer it has the line below its label
_LONGEST: Final = 100  # columns after which the eye loses the line


def write_page(row: Row, noun: str, names: Sequence[str] | None, language: str, screen: Screen, stream: TextIO) -> None:
    """Write one row whole, in sections; or the columns of these names, of a noun without a page its own."""
    from mou_cli.output.whole import PAGES

    if names or noun not in PAGES:
        columns = [column for column in choose_columns(noun, names) if column.show(row, language)]
        stream.writelines(f"{line}\n" for line in _columns(row, columns, language, screen))
        return
    narrow = screen._replace(width=min(screen.width, _LONGEST))
    stream.writelines(f"{line}\n" for line in _page(PAGES[noun](row, language), language, narrow))


def _page(page: Page, language: str, screen: Screen) -> Iterator[str]:
    for line in wrap(screen.text(page.heading), screen.width):
        yield screen.paint(line, "bold")
    yield from _facts(page.facts, screen)
    for section in page.sections:
        yield ""
        yield screen.paint(screen.text(section.heading), "bold")
        yield from _section(section, language, screen)


def _facts(facts: Iterable[Part], screen: Screen) -> Iterator[str]:
    """Set the facts beside each other, as many as a line holds."""
    line, width = "", 0
    for fact in facts:
        for text in wrap(screen.text(fact.text), screen.width):
            if line and width + GAP + cells(text) > screen.width:
                yield line
                line, width = "", 0
            gap = GAP if line else 0
            line += " " * gap + screen.paint(text, fact.style)
            width += gap + cells(text)
    if line:
        yield line


def _section(section: Section, language: str, screen: Screen) -> Iterator[str]:
    labels = widest(screen.text(item.label) for item in section.items)
    for item in section.items:
        yield from _item(item, labels, screen, is_list=not labels and len(section.items) > 1)
    for branch in section.tree:
        yield from _branch(branch, screen)
    if section.grid and section.grid.rows:
        yield from _grid(section.grid, language, screen)
    if section.more:
        yield from (" " * GAP + line for line in wrap(screen.text(section.more), max(screen.width - GAP, LEAST)))


def _item(item: Item, labels: int, screen: Screen, *, is_list: bool) -> Iterator[str]:
    """Set the paragraphs beside the label, or below it where there is no room beside it."""
    label = screen.text(item.label)
    indent = GAP + (labels + GAP if labels else 0)
    start = " " * GAP + pad(label, indent - GAP)
    if labels and screen.width - indent < _READABLE:
        indent = 2 * GAP
        if label:
            yield start.rstrip()
        start = " " * indent
    # In a list without labels, what goes on in the next line stands further in.
    further = " " * (indent + (GAP if is_list else 0))
    for part in item.parts:
        text = screen.text(part.text, keep_newlines=True)
        lines = wrap(text, max(screen.width - len(further), LEAST))
        if part.is_code and len(lines) > 1:  # an identifier too long for its place is set to be copied whole
            if start.strip():
                yield start.rstrip()
            start, lines = further, wrap(text, max(screen.width, LEAST))
            yield from (screen.link(line, part.target) for line in lines)
            continue
        for line in lines:
            yield (start + screen.link(screen.paint(line, part.style), part.target)).rstrip()
            start = further


def _branch(branch: Branch, screen: Screen) -> Iterator[str]:
    """Set a line of a tree; what goes on in the next line stands under its beginning."""
    stem, open_fork, last_fork = ("│  ", "├─ ", "└─ ") if screen.encoding is None else ("|  ", "+- ", "`- ")
    indent, further = " " * GAP, " " * GAP
    if branch.levels:
        *above, goes_on = branch.levels
        outer = "".join(stem if level else " " * len(stem) for level in above)
        indent += outer + (open_fork if goes_on else last_fork)
        further += outer + (stem if goes_on else " " * len(stem))
    for line in wrap(screen.text(branch.part.text), max(screen.width - cells(indent), LEAST)):
        yield indent + screen.paint(screen.isolate(line), branch.part.style)
        indent = further


def _grid(grid: Grid, language: str, screen: Screen) -> Iterator[str]:
    from mou_cli.output.table import write_table

    drawing = StringIO()
    narrow = screen._replace(width=max(screen.width - GAP, LEAST))
    write_table(grid.rows, grid.noun, grid.columns, language, narrow, drawing)
    yield from (f"{' ' * GAP}{line}".rstrip() for line in drawing.getvalue().splitlines())


def _columns(row: Row, columns: Sequence[Column], language: str, screen: Screen) -> Iterator[str]:
    """Set what each column shows beside its label."""
    labels = [screen.text(column.label(language)) for column in columns]
    width = widest(labels)
    for column, label in zip(columns, labels, strict=True):
        text = screen.text(column.show(row, language), keep_newlines=True)
        yield from beside_label([pad(label, width)], width, text, column.kind, column.tone(row), screen)
