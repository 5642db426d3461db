"""What was asked of documents, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.catalogue import translate
from mou_cli.output.understood.part import Part, either, labels
from mou_cli.vocabulary import DOCUMENT_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mou_cli.store.reader import Reader
    from mou_cli.views.agreement_document import DocumentFilter


def document_parts(_reader: Reader, wanted: DocumentFilter, language: str) -> Iterator[Part]:
    """Give what was asked for, in the order in which a sentence says it."""
    if wanted.agreements:
        yield Part(translate("of agreement {name}", language, name=either(wanted.agreements, language)))
    if wanted.kinds:
        kinds = labels(wanted.kinds, DOCUMENT_KINDS, language)
        yield Part(translate("kind {names}", language, names=kinds), ("kind",), ("kinds",))
    if wanted.languages:
        languages = either(wanted.languages, language)
        yield Part(translate("in language {names}", language, names=languages), ("language",), ("languages",))
    if wanted.public is not None:
        told = translate("public", language) if wanted.public else translate("not public", language)
        yield Part(told, ("public",), ("public",), "--public" if wanted.public else "--not-public")
    if wanted.missing:
        yield Part(translate("not in the store", language), ("missing",), ("missing",))
