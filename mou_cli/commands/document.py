"""The documents of an agreement: reading what is said of one, adding it, choosing it again."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mou_cli.catalogue import translate
from mou_cli.commands.option import option
from mou_cli.commands.record import check_basis, confirm_removal, declare_one, must_confirm
from mou_cli.commands.report import report
from mou_cli.commands.said import OptionMark, Said
from mou_cli.commands.store import documents_of, is_stored
from mou_cli.errors import Conflict, DatabaseUnavailable, NotFound, UsageError
from mou_cli.fields.node import Mapping, Mark, Node, Scalar
from mou_cli.output.form import Form
from mou_cli.output.message import say
from mou_cli.rules.naming import Candidate, find_by_name, nearest
from mou_cli.store.content import examine
from mou_cli.views.agreement_document import DocumentFilter, find_agreement_documents, is_address, mentioned_contents
from mou_cli.views.choice import choose_agreement
from mou_cli.vocabulary import DOCUMENT_KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mou_cli.commands.invocation import Invocation
    from mou_cli.fields.collection import Items
    from mou_cli.fields.shape import Document
    from mou_cli.records.change import Change
    from mou_cli.register import Register
    from mou_cli.store.content import Content
    from mou_cli.store.documents import DocumentStore, Incoming
    from mou_cli.store.reader import Reader, Row

# Here --lang is that of the document. That of the answers is said before the command, or by MOU_LANG.
SAID = (
    option("--kind", f"Kind: {', '.join(DOCUMENT_KINDS.codes)}.", metavar="KIND", complete=DOCUMENT_KINDS),
    option("--language --lang", "Language it is written in, such as az.", metavar="CODE"),
    option("--public/--not-public", "May be shown to everybody.", switch=True),
    option("--paper", "Where it lies on paper, such as binder 12; FILE may then be left out.", metavar="TEXT"),
)
NAME = option("--name", "Name to keep it under, instead of the file's own.", metavar="NAME")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)


def add_document(call: Invocation, ref: str, file: str | None) -> None:
    """Add a document to an agreement: a file, whose content is copied into the store, an address, or a mere paper."""
    item = _read_item(call, file)
    with call.reader() as reader:  # nothing is copied for what is refused anyway
        check_basis(call, reader, "agreement", choose_agreement(reader, ref))
        if file is not None and not is_address(file):
            _look_for_others(call, reader)
    if file is None or is_address(file):
        _record(call, ref, item)
    elif call.is_dry_run:
        _record(call, ref, item, content=examine(Path(file)))
    else:
        with documents_of(call).receive(Path(file)) as incoming:
            _record(call, ref, item, incoming)


def _look_for_others(call: Invocation, reader: Reader) -> None:
    """Look whether a server's store is the one in which the register's contents are: it may not be mounted.

    Raises DatabaseUnavailable where it is not there; where there is nothing in it, that is only told.
    """
    store = documents_of(call)
    if call.location.path is not None or any(True for _kept in store.contents()) or not mentioned_contents(reader):
        return
    if not store.folder.is_dir():
        raise DatabaseUnavailable(
            f"the documents of this register have been in {store.folder}, which is not there; nothing was recorded",
            "see whether it is mounted, or what `documents` is set to; where it is lost, make the folder anew",
        )
    say(
        translate(
            "in {folder} is none of the contents that the register has; see whether it is mounted",
            call.asking_language,
            folder=store.folder,
        )
    )


def _read_item(call: Invocation, file: str | None) -> Document:
    """Give what is said of the document as its fields, but for its content. Raises UsageError."""
    from mou_cli.fields.kind import Reading

    said, texts = Said(), _texts(call, file)
    marks: dict[str, Mark] = {name: OptionMark(flag, name) for name, (flag, _text) in texts.items()}
    nodes: dict[str, Node] = {name: Scalar(text, False, marks[name]) for name, (_flag, text) in texts.items()}
    reading = Reading(said.complain, said.mention, call.today)
    item: Document = _kind().read_item(Mapping(nodes, marks, OptionMark("FILE", "file")), reading)
    said.check()
    if not {"file", "paper"} & item.keys():
        raise UsageError("a document needs a file or an address", "or say --paper where it lies on paper alone")
    return item


def _texts(call: Invocation, file: str | None) -> dict[str, tuple[str, str]]:
    """Give the texts that were said, each by its field with the flag that says it."""
    texts = {"added": ("added", call.today.isoformat())}
    for name in ("kind", "language", "paper"):
        if call.said.get(name):
            texts[name] = (f"--{name}", call.said[name])
    if call.said.get("public"):
        texts["public"] = ("--public", "true")
    if file is not None:
        texts["file"] = _name(call, file)
    return texts


def _name(call: Invocation, file: str) -> tuple[str, str]:
    """Give the name of what is added, and what says it. Raises UsageError."""
    name = call.said.get("name")
    if _SCHEME.match(file):
        _check_address(file)
        if name is not None:
            raise UsageError("--name: an address is its own name")
        return "URL", file
    if name is None:
        return "FILE", Path(file).name or file
    if not name.strip() or name in {".", ".."} or re.search(r"[/\\]", name):
        raise UsageError(f"--name: {name!r} is not the name of a file")
    return "--name", name


def _check_address(text: str) -> None:
    from urllib.parse import urlsplit

    if not is_address(text):
        scheme = text.partition(":")[0]
        hint = "say the path of the file alone" if scheme.lower() == "file" else f"a file of that name is ./{text}"
        raise UsageError(f"a document is a file or an http(s) address, not {scheme}:", hint)
    try:
        host = urlsplit(text).hostname
    except ValueError:
        host = None
    if not host or re.search(r"\s", text):
        raise UsageError(f"{text!r} is not an address")


def _record(
    call: Invocation, ref: str, said: Document, incoming: Incoming | None = None, content: Content | None = None
) -> None:
    from mou_cli.fields.shape import Patch

    content = incoming.content if incoming else content
    about = {name: getattr(content, name) for name in ("sha256", "size", "media_type")} if content else {}

    def body(register: Register) -> tuple[Change, Document, Row]:
        key = choose_agreement(register.reader, ref)
        check_basis(call, register.reader, "agreement", key)
        recorded = register.get("agreement", key).get("documents", [])
        documents, item = _with(recorded, said | about, documents_of(call) if content else None)
        if incoming:
            incoming.keep()
        change = declare_one(register, Patch("agreement", key, {"documents": documents}))
        return change, item, _row_of(call, register.reader, key, item) if not call.is_dry_run else {}

    change, item, shown = call.change("add document", body)
    if call.is_dry_run:
        report(call, [change])
    elif call.form is not Form.AUTO:
        call.show_row(shown, "document")
    else:
        print(called(item))  # noqa: T201 - data goes to standard output


def _with(
    documents: Sequence[Document], item: Document, store: DocumentStore | None
) -> tuple[list[Document], Document]:
    """Give the documents with one more, and that one; one that had only its name gets its content.

    Raises Conflict if the same name, or the same content, is there already.
    """
    for place, other in enumerate(documents):
        is_same = "sha256" in item and other.get("sha256") == item["sha256"]
        if is_same and store is not None and store.look(item["sha256"]) != "sound":
            return list(documents), other  # its content was lost, and is brought back
        if is_same:
            raise Conflict(f"the agreement has the same content already, as {called(other)}")
        if called(other) != called(item) or ("file" in other) != ("file" in item):
            continue
        if "sha256" in other or "sha256" not in item:
            raise Conflict(f"the agreement has a document {called(item)} already", _otherwise(item))
        whole = _in_order(other | item)
        return [*documents[:place], whole, *documents[place + 1 :]], whole
    item = _in_order(item)
    return [*documents, item], item


def _in_order(item: Document) -> Document:
    """Give a document's fields in the order in which a file has them."""
    return {f.name: item[f.name] for f in _kind().fields if f.name in item}


def _kind() -> Items:
    from mou_cli.fields.collection import Items
    from mou_cli.fields.nouns import SHAPES

    kind = SHAPES["agreement"].by_name["documents"].kind
    assert isinstance(kind, Items)  # noqa: S101 - for the type checker
    return kind


def _otherwise(item: Document) -> str:
    if "sha256" in item:
        return "--name calls it otherwise; `mou doc remove` takes the other away"
    return "`mou doc remove` takes it away"


def called(document: Document) -> str:
    """Give what a document is called: its file or address, or where it lies on paper."""
    return str(document.get("file") or document.get("paper"))


def rows_of(call: Invocation, reader: Reader, key: str) -> list[Row]:
    """Give the rows of an agreement's documents, in their order."""
    return list(find_agreement_documents(reader, DocumentFilter(agreements=(key,)), is_stored(call)))


def _row_of(call: Invocation, reader: Reader, key: str, item: Document) -> Row:
    return next(row for row in rows_of(call, reader, key) if called(row) == called(item))


def choose_document(documents: Sequence[dict[str, Any]], text: str, ref: str) -> int:
    """Give the place of the one document that a text names, wholly or by an unambiguous part.

    Raises NotFound, and Conflict for several.
    """
    names = [called(document) for document in documents]
    # A paper may lie where a file is called so: whoever says the name of a file means that.
    for same in ([d.get("file") for d in documents], names):
        if same.count(text) == 1:
            return same.index(text)
    found = find_by_name(text, [Candidate(str(place), (name,)) for place, name in enumerate(names)])
    if len(found) == 1:
        return int(found[0])
    if found:
        listed = [names[int(place)] for place in found]
        more = "say more of the name" if len(set(listed)) > 1 else f"`mou edit {ref}` tells them apart"
        raise Conflict(f"{text!r} could be {'; '.join(listed)}", more)
    near = nearest(text, [Candidate(name, (name,)) for name in names])
    hint = f"did you mean {'; '.join(near)}?" if near else "; ".join(names) or None
    raise NotFound(f"agreement {ref} has no document {text!r}", hint)


def remove_document(call: Invocation, ref: str, text: str) -> None:
    """Take a document from an agreement after asking; its content stays until it is pruned."""
    from mou_cli.fields.shape import Patch

    with call.reader() as reader:
        key = choose_agreement(reader, ref)
        check_basis(call, reader, "agreement", key)
        documents = rows_of(call, reader, key)
    name = called(documents[choose_document(documents, text, ref)])
    language = call.asking_language
    if must_confirm(call, f"removing {name}"):
        confirm_removal(call, translate("Remove {name}?", language, name=name))

    def body(register: Register) -> Change:
        key = choose_agreement(register.reader, ref)
        check_basis(call, register.reader, "agreement", key)
        recorded = register.get("agreement", key).get("documents", [])
        place = choose_document(recorded, name, ref)
        left = [*recorded[:place], *recorded[place + 1 :]]
        return declare_one(register, Patch("agreement", key, {"documents": left or None}))

    change = call.change("remove document", body)
    if call.is_dry_run:
        report(call, [change])
    else:
        say(translate("{name} is removed from agreement {key}", language, name=name, key=key))
