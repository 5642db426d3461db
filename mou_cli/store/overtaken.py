"""Carrying out anew what another program got in the way of on a server: a deadlock, or a conflict of what was read."""

from __future__ import annotations

from random import uniform
from time import sleep
from typing import TYPE_CHECKING, TypeVar

from mou_cli.errors import Overtaken

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
# The most seconds to wait before it is tried once more: not at the same moment as whoever got in the way.
_PAUSES = (0.05, 0.1, 0.2, 0.4)


def carry_out_anew(whole: Callable[[], T]) -> T:
    """Carry out a whole transaction, and all of it again where it was undone because another got in the way.

    Raises Overtaken where that happens again and again.
    """
    for pause in _PAUSES:
        try:
            return whole()
        except Overtaken:
            sleep(uniform(0, pause))  # noqa: S311 - no secret
    return whole()
