"""Which records may be published: agreements that are marked so, what was held for them, and who is named there."""

from __future__ import annotations

from typing import Final

_AGREEMENTS: Final = "SELECT key FROM agreement WHERE public = 1"
_EVENTS: Final = "SELECT event FROM agreement WHERE public = 1 AND event IS NOT NULL"
_PARTIES: Final = f"SELECT institution FROM agreement_party WHERE agreement IN ({_AGREEMENTS})"
_HOSTS: Final = f"SELECT host FROM event WHERE host IS NOT NULL AND key IN ({_EVENTS})"
# The keys of a noun's records that may be published.
PUBLIC: Final = {"institution": f"{_PARTIES} UNION {_HOSTS}", "event": _EVENTS, "agreement": _AGREEMENTS}
