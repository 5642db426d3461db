"""Documents whose content is not in the store as it was added, as far as that is seen without reading it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.catalogue import Sentence
from mou_cli.checks.finding import Check, Finding, mention
from mou_cli.views.agreement_document import find_contents
from mou_cli.views.check_agreement import get_suspects
from mou_cli.views.document import batches
from mou_cli.vocabulary import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from mou_cli.store.reader import Reader, Row

    Look = Callable[[str, int | None], str]

# The codes of what only who can look into the store can tell.
OF_CONTENTS = frozenset({"document-missing", "document-changed"})


def _find(reader: Reader, today: date, look: Look, states: set[str]) -> Iterator[tuple[Row, Row]]:
    """Give the documents in one of some states, each with its agreement."""
    amiss = (row for row in find_contents(reader) if look(row["sha256"], row["size"]) in states)
    for page in batches(amiss):
        agreements = get_suspects(reader, {row["agreement"] for row in page}, today)
        yield from ((row, agreements[row["agreement"]]) for row in page)


def missing_contents(look: Look) -> Check:
    """Give the check for contents that are not there. `look` says of a checksum and a size how the content is."""

    def find(reader: Reader, today: date) -> Iterator[Finding]:
        for row, agreement in _find(reader, today, look, {"missing", "unreadable"}):
            sentence = Sentence("the content of its document {file} is not in the store", file=row["file"])
            do = f"mou doc add {row['ref']} FILE"
            yield Finding(sentence, (mention(agreement),), do, about=_about(row))

    meaning = Sentence("It was added, and is gone from the folder of documents: add the file again, or bring it back.")
    return Check("document-missing", Severity.ERROR, meaning, find)


def changed_contents(look: Look) -> Check:
    """Give the check for contents that are there, and are not what was added; `look` is as above."""

    def find(reader: Reader, today: date) -> Iterator[Finding]:
        for row, agreement in _find(reader, today, look, {"changed"}):
            sentence = Sentence("the content of its document {file} is not what was added", file=row["file"])
            do = f"mou doc verify {row['ref']}"
            yield Finding(sentence, (mention(agreement),), do, about=_about(row))

    meaning = Sentence("Its size is another. mou doc verify reads all contents and compares their checksums as well.")
    return Check("document-changed", Severity.ERROR, meaning, find)


def _about(row: Row) -> str:
    return f"{row['agreement']}/{row['sha256'][:12]}"
