"""Making a register: the folder for it, and what is told of its place, once and not whenever it is used."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from mou_cli.output.message import say
from mou_cli.settings import default_register

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mou_cli.commands.invocation import Invocation
    from mou_cli.store.location import Location


def make_room(call: Invocation) -> None:
    """Make the folder of the register's usual place, which nobody has chosen and so may not be there."""
    path = call.location.path
    if path is not None and path == default_register() and not call.is_dry_run:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)


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
