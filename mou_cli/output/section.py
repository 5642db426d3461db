"""What a page is made of: sections under their headings, and in them labelled lines or a small table."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mou_cli.output.column import Row


class Part(NamedTuple):
    """A paragraph: its colour, where it leads to, and whether it is an identifier, which is not broken across lines."""

    text: str
    style: str = ""
    target: str | None = None
    is_code: bool = False


class Item(NamedTuple):
    """What stands beside one label, or without any, a paragraph below the other."""

    label: str
    parts: tuple[Part, ...]


class Grid(NamedTuple):
    """Rows of a noun as a table of these columns."""

    noun: str
    rows: Sequence[Row]
    columns: tuple[str, ...]


class Branch(NamedTuple):
    """A line of a tree. `levels` has, from the root on, whether more follows there: none for the root itself."""

    levels: tuple[bool, ...]
    part: Part


class Section(NamedTuple):
    """Items, a table below them, and a line that says what is left out; or a tree."""

    heading: str
    items: Sequence[Item] = ()
    grid: Grid | None = None
    more: str = ""
    tree: Sequence[Branch] = ()

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to show."""
        return not (self.items or self.more or self.tree or (self.grid and self.grid.rows))


class Page(NamedTuple):
    """A record as people read it: what it is, what is said of it in a word or two, and everything else."""

    heading: str
    facts: tuple[Part, ...]
    sections: tuple[Section, ...]


def item(label: str, *texts: str | Part) -> Item:
    """Give an item of the texts that are not empty."""
    parts = (Part(text) if isinstance(text, str) else text for text in texts)
    return Item(label, tuple(part for part in parts if part.text))


def section(heading: str, items: Iterable[Item] = (), grid: Grid | None = None, more: str = "") -> Section:
    """Give a section of the items that say something."""
    return Section(heading, [each for each in items if each.parts], grid, more)


def page(heading: str, facts: Iterable[str | Part], sections: Iterable[Section]) -> Page:
    """Give a page of the facts and sections that are not empty."""
    return Page(heading, item("", *facts).parts, tuple(each for each in sections if not each.is_empty))
