"""Where the contents of the register's documents are kept, if anybody has said so."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from mou_cli.commands.invocation import Invocation
    from mou_cli.store.documents import DocumentStore


def documents_of(call: Invocation) -> DocumentStore:
    """Give the store of the register that is meant. Raises UsageError."""
    from mou_cli.store.documents import store_of

    return store_of(call.location, call.setting("documents").value)


def has_store(call: Invocation) -> bool:
    """Say whether it is known where the contents of the register's documents are."""
    return call.location.path is not None or bool(call.setting("documents").value)


def is_stored(call: Invocation) -> Callable[[str], bool | None]:
    """Give what says whether a content is in the store; None where nobody has said where that is."""
    return documents_of(call).has if has_store(call) else lambda _digest: None
