"""Which agreements belong together because they have something in common, in little memory."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from mou_cli.views.check_agreement import find_party_sets

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from mou_cli.store.reader import Reader, Row


def find_companions(reader: Reader, common: Callable[[Row], Hashable]) -> dict[str, list[str]]:
    """Give of each agreement that is not alone with what `common` gives of it the keys of all that have it.

    All are read twice: most have nothing in common with another, and of those only a number is kept.
    """
    counted = Counter(hash(common(row)) for row in find_party_sets(reader))
    several = {number for number, times in counted.items() if times > 1}
    together: dict[Hashable, list[str]] = {}
    for row in find_party_sets(reader):
        if hash(common(row)) in several:
            together.setdefault(common(row), []).append(row["key"])
    return {key: keys for keys in together.values() if len(keys) > 1 for key in keys}
