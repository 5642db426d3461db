"""How long to look: the same few examples every time, or with MOU_FUZZ=long many, and others each time."""

from __future__ import annotations

import os
from secrets import randbelow
from typing import TYPE_CHECKING, Any, Final

from hypothesis import HealthCheck, seed, settings

if TYPE_CHECKING:
    from collections.abc import Callable

IS_LONG: Final = os.environ.get("MOU_FUZZ") == "long"
# Where several processes share the work they begin with the same seed: whoever starts them has drawn it.
SEED: Final = int(os.environ.setdefault("MOU_FUZZ_SEED", str(randbelow(2**32)))) if IS_LONG else 0
_LONGER: Final = 60

settings.register_profile("short", deadline=None, derandomize=True, database=None)
settings.register_profile("long", deadline=None, print_blob=True)


def effort(examples: int) -> Callable[[Any], Any]:
    """Give the decorator of a test that looks at so many examples, and at far more in a long run."""
    profile = settings.get_profile("long" if IS_LONG else "short")
    number = examples * _LONGER if IS_LONG else examples
    # What is set up for all examples together is put right before each by the test itself.
    chosen = settings(profile, max_examples=number, suppress_health_check=list(HealthCheck))
    return lambda test: seed(SEED)(chosen(test)) if IS_LONG else chosen(test)
