"""A question to a view, and how it is answered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from mou_cli.errors import MouError
from mou_cli.views import task

if TYPE_CHECKING:
    from collections.abc import Callable

    from mou_cli.store.reader import Reader


class Question(NamedTuple):
    """A view, and a way of asking it."""

    view: Callable[..., object]
    asked: tuple[object, ...]
    ask: Callable[[Reader], object]

    def answer(self, reader: Reader) -> Any:
        """Give all that the view gives, or how it refuses."""
        try:
            found = self.ask(reader)
            if isinstance(found, task.Due):
                return [*found.tasks, found.running]
            return list(found) if isinstance(found, Iterator) else found
        except MouError as error:
            return type(error).__name__, error.message, error.hint

    def __str__(self) -> str:
        return f"{self.view.__name__}{self.asked}"[:120]


def question(view: Callable[..., object], *arguments: object, **named: object) -> Question:
    return Question(view, (*arguments, *named.values()), lambda reader: view(reader, *arguments, **named))
