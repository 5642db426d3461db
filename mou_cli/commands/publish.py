"""Answers for everybody: only of records that are marked public, and of these only what may be published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.commands.option import option
from mou_cli.errors import NotFound, UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from mou_cli.commands.invocation import Invocation
    from mou_cli.store.reader import Reader, Row

PUBLIC = option("--public", "Only what may be published, of records that are marked public.", switch=True)


def published(call: Invocation, rows: Iterable[Row], noun: str) -> tuple[Iterable[Row], Sequence[str] | None]:
    """Give rows as they are to be shown: with --public no more of each than may be published, in these columns."""
    if not call.said.get("public"):
        return rows, None
    from mou_cli.fields.published import published_row
    from mou_cli.output.nouns import DEFAULT

    return (published_row(noun, row) for row in rows), _columns(call, noun, DEFAULT[noun])


def keys_asked(call: Invocation, noun: str) -> Collection[str] | None:
    """Give the keys of the row contract that an answer of many rows is made of; None for all."""
    if call.said.get("public"):
        from mou_cli.fields.published import PUBLISHED

        # Of numbers nothing is kept back.
        return PUBLISHED[noun].keys if noun in PUBLISHED else None
    if not call.columns:
        return None
    from mou_cli.output.nouns import keys_read

    return keys_read(noun, call.columns)


def show_published(call: Invocation, reader: Reader, noun: str, key: str) -> None:
    """Show what may be published of one record. Raises NotFound where nothing may."""
    from mou_cli.commands.whole import find_row  # lists do without
    from mou_cli.fields.published import published_row
    from mou_cli.output.nouns import COLUMNS
    from mou_cli.output.show import show_one

    row = next(find_row(call, reader, noun, key, public=True), None)
    if row is None:
        raise NotFound(f"{noun} {key} may not be published", "an agreement is marked by `mou edit REF --public`")
    columns, language = _columns(call, noun, COLUMNS[noun]), call.language
    show_one(
        published_row(noun, row), noun, form=call.shown_form, columns=columns, language=language, stream=call.stream
    )


def _columns(call: Invocation, noun: str, usual: Iterable[str]) -> list[str]:
    """Give the columns of an answer for everybody: those asked for, of the usual where people read it, or all.

    Raises UsageError for one that is for nobody else.
    """
    from mou_cli.fields.published import PUBLISHED
    from mou_cli.output.nouns import COLUMNS, tidy

    told = PUBLISHED[noun]
    named = [name for name, column in COLUMNS[noun].items() if column.key in told.keys or name in told.columns]
    for name in call.columns or ():
        if tidy(name) in COLUMNS[noun] and tidy(name) not in {*named, *told.keys}:
            raise UsageError(f"{name!r} is never published", f"columns are {', '.join(named)}")
    return list(call.columns or ([name for name in usual if name in named] if call.is_for_people else told.keys))
