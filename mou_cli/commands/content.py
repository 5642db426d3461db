"""The contents of documents: opening one, looking whether all are sound, taking away what nothing mentions."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from mou_cli.catalogue import translate, translate_number
from mou_cli.commands.document import choose_document, rows_of
from mou_cli.commands.filter import read_span
from mou_cli.commands.option import option
from mou_cli.commands.record import confirm_removal, must_confirm
from mou_cli.commands.store import documents_of, has_store
from mou_cli.errors import FAILED_CHECK, Conflict, NotFound, UsageError
from mou_cli.output.document import size_in_words
from mou_cli.output.form import Form
from mou_cli.output.message import say
from mou_cli.output.progress import progress
from mou_cli.rules.length import add
from mou_cli.views.agreement_document import (
    DocumentFilter,
    contents_mentioned_since,
    find_agreement_documents,
    mentioned_contents,
)
from mou_cli.views.choice import choose_agreement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mou_cli.commands.invocation import Invocation
    from mou_cli.register import Register
    from mou_cli.store.documents import DocumentStore, Kept
    from mou_cli.store.reader import Reader, Row

OUTPUT = option("--output -o", "Write a copy to a file instead.", metavar="FILE")
OLDER = option("--older", "Only what nothing has mentioned for so long; 30d unless said.", metavar="LENGTH")
_USUAL_AGE = "30d"
# What a program is writing now is younger.
_LITTER_AGE = timedelta(days=1)
_MOST_BYTES = 255


def open_document(call: Invocation, ref: str, text: str | None) -> None:
    """Open a document, or write a copy of it. Raises DatabaseUnusable if its content is not what was put there."""
    from mou_cli.asking.opener import open_with

    with call.reader() as reader:
        row = _choose(call, reader, ref, text)
    target = call.said.get("output")
    if row["stored"] == "address" and target is None:
        open_with(call.setting("opener"), row["file"])
        return
    digest = _digest(row)
    store = documents_of(call)
    if target is None:
        open_with(call.setting("opener"), str(_shown_copy(store, digest, row["file"])))
        return
    from mou_cli.output.file import replacing

    with replacing(Path(target)) as aside, aside.open("wb") as stream:
        store.give(digest, stream.write)


def _choose(call: Invocation, reader: Reader, ref: str, text: str | None) -> Row:
    rows = rows_of(call, reader, choose_agreement(reader, ref))
    if text is not None:
        return rows[choose_document(rows, text, ref)]
    if len(rows) == 1:
        return rows[0]
    if rows:
        names = "; ".join(row["file"] or row["paper"] for row in rows)
        raise Conflict(f"agreement {ref} has several documents: {names}", "say which")
    raise NotFound(f"agreement {ref} has no documents", "`mou doc add` adds one")


def _digest(row: Row) -> str:
    if row["sha256"]:
        return str(row["sha256"])
    if row["stored"] == "address":
        raise UsageError(f"{row['file']} is an address; nothing is fetched from it")
    if row["stored"] == "paper":
        raise NotFound(f"the document is on paper alone: {row['paper']}")
    raise NotFound(f"{row['file']} is only named, its content was never added", "`mou doc add REF FILE` adds it")


def _shown_copy(store: DocumentStore, digest: str, name: str) -> Path:
    """Give a copy under the document's own name: by that programs know what it is, and none writes into the store."""
    last = name.replace("\\", "/").rpartition("/")[2].encode()[-_MOST_BYTES:].decode(errors="ignore")
    copy = Path(tempfile.mkdtemp(prefix="mou-")) / (last if last not in {"", ".", ".."} else "document")
    try:
        with copy.open("xb") as stream:
            store.give(digest, stream.write)
        copy.chmod(0o400)
    except BaseException:
        copy.unlink(missing_ok=True)
        copy.parent.rmdir()
        raise
    return copy


def verify_contents(call: Invocation, refs: list[str]) -> None:
    """Read every content, show what is wrong, and end with a failed check if something is missing or changed."""
    with call.reader() as reader:
        keys = tuple(dict.fromkeys(choose_agreement(reader, ref) for ref in refs))
        wanted = DocumentFilter(agreements=keys)
        rows = [row for row in find_agreement_documents(reader, wanted, lambda _digest: True) if row["sha256"]]
        mentioned = mentioned_contents(reader)
    store = documents_of(call) if rows or has_store(call) else None
    states = _states(call, store, rows) if store else {}
    found = [_finding(states[row["sha256"]], row) for row in rows if states[row["sha256"]] != "sound"]
    orphans = [kept for kept in store.contents() if kept.sha256 not in mentioned] if store and not refs else []
    findings = [*found, *map(_orphan, orphans)]
    if findings or call.shown_form is not Form.TABLE:
        call.show_rows(findings, "content")
    _say_verified(call, len(rows), len(found))
    if found:
        raise typer.Exit(FAILED_CHECK)


def _states(call: Invocation, store: DocumentStore, rows: Iterable[Row]) -> dict[str, str]:
    sizes = {row["sha256"]: row["size"] or 0 for row in rows}
    with progress(lambda: call.asking_language) as line:
        tell = line.stage(lambda language: translate("Verifying", language), sum(sizes.values()), in_bytes=True)
        return {digest: store.look(digest, tell) for digest in sizes}


def _finding(state: str, row: Row) -> Row:
    return {"state": state, **{name: row[name] for name in ("agreement", "ref", "file", "sha256", "size")}}


def _orphan(kept: Kept) -> Row:
    nowhere = dict.fromkeys(("agreement", "ref", "file"))
    return {"state": "orphaned", **nowhere, "sha256": kept.sha256, "size": kept.size}


def _say_verified(call: Invocation, number: int, wrong: int) -> None:
    language = call.asking_language
    if wrong:
        told = translate_number(
            "{number} document is not as it was added", "{number} documents are not as they were added", wrong, language
        )
    else:
        told = translate_number(
            "{number} document is as it was added", "{number} documents are as they were added", number, language
        )
    say(told)


def prune_contents(call: Invocation) -> None:
    """Take away, after asking, the contents that nothing mentions and nothing mentioned of late."""
    since = _since(call)
    store = documents_of(call)
    with call.reader() as reader:
        found = list(_unmentioned(store, reader, since))
    if found and must_confirm(call, "removing contents"):
        confirm_removal(call, _removal_in_words(call, found))

    # The register is locked meanwhile: nobody records a document whose content is just being taken away.
    def body(register: Register) -> list[Kept]:
        pruned = list(_unmentioned(store, register.reader, since))
        if not call.is_dry_run:
            for kept in pruned:
                store.remove(kept.sha256)
            _sweep(store)
        return pruned

    pruned = call.change("prune documents", body)
    if call.form is not Form.AUTO or call.is_dry_run:
        call.show_rows(map(_orphan, pruned), "content")
    if not call.is_dry_run:
        _say_pruned(call, pruned)


def _since(call: Invocation) -> datetime:
    """Give the instant since when nothing may have mentioned what goes; by the clock, for the journal is, too."""
    age = read_span(call.said.get("older", _USUAL_AGE), "--older")
    now = datetime.now(UTC)
    return datetime.combine(add(now.date(), -age.months, -age.days), now.timetz())


def _unmentioned(store: DocumentStore, reader: Reader, since: datetime) -> Iterator[Kept]:
    needed = mentioned_contents(reader) | contents_mentioned_since(reader, since)
    for kept in store.contents():
        if kept.sha256 not in needed and kept.at < since.timestamp():
            yield kept


def _removal_in_words(call: Invocation, found: list[Kept]) -> str:
    language = call.asking_language
    return translate_number(
        "Remove {number} content ({size}) that nothing mentions?",
        "Remove {number} contents ({size}) that nothing mentions?",
        len(found),
        language,
        size=_size(found, language),
    )


def _sweep(store: DocumentStore) -> None:
    """Take away what programs that died have left behind."""
    latest = (datetime.now(UTC) - _LITTER_AGE).timestamp()
    for path in store.litter():
        with suppress(FileNotFoundError):  # another program has named it, or given it up
            if path.lstat().st_mtime < latest:
                path.unlink()


def _say_pruned(call: Invocation, pruned: list[Kept]) -> None:
    language = call.asking_language
    if not pruned:
        say(translate("nothing was removed", language))
        return
    say(
        translate_number(
            "{number} content removed ({size})",
            "{number} contents removed ({size})",
            len(pruned),
            language,
            size=_size(pruned, language),
        )
    )


def _size(found: Iterable[Kept], language: str) -> str:
    return size_in_words(sum(kept.size for kept in found), language)
