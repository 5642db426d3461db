"""What is told of a register that was just made, and of its place alone: once, and not whenever it is used."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from mou_cli.output.message import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mou_cli.commands.invocation import Invocation
    from mou_cli.store.location import Location


@contextmanager
def telling_of_place(call: Invocation, location: Location) -> Iterator[None]:
    """Tell, if a register's file is made within the `with`, that it lies on a network file system, where it does."""
    path = location.path
    is_new = path is not None and not path.exists()
    yield
    if path is None or not (is_new and path.exists()):
        return
    from mou_cli.output.register import network_in_words
    from mou_cli.store.mount import network_beneath

    if system := network_beneath(path):
        say(network_in_words(system, call.asking_language))
