"""What was asked of documents, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.catalogue import translate
from mou_cli.output.understood.part import Part, either, labels, parts_of
from mou_cli.vocabulary import DOCUMENT_KINDS

if TYPE_CHECKING:
    from mou_cli.store.reader import Reader
    from mou_cli.views.agreement_document import DocumentFilter


def document_parts(_reader: Reader, wanted: DocumentFilter, language: str) -> list[Part]:
    """Give what was asked for, in the order in which a sentence says it."""
    refs, languages = wanted.agreements, wanted.languages
    kinds = labels(wanted.kinds, DOCUMENT_KINDS, language) if wanted.kinds else ""
    return parts_of(
        Part(translate("of agreement {name}", language, name=either(refs, language))) if refs else None,
        Part(translate("kind {names}", language, names=kinds), ("kind",), ("kinds",)) if kinds else None,
        Part(
            translate("in language {names}", language, names=either(languages, language)), ("language",), ("languages",)
        )
        if languages
        else None,
        _public(wanted, language),
        Part(translate("not in the store", language), ("missing",), ("missing",)) if wanted.missing else None,
    )


def _public(wanted: DocumentFilter, language: str) -> Part | None:
    if wanted.public is None:
        return None
    told = translate("public", language) if wanted.public else translate("not public", language)
    return Part(told, ("public",), ("public",), "--public" if wanted.public else "--not-public")
