"""Who stands on which side of an agreement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mou_cli.views.choice import find_homes
from mou_cli.views.query import select_in, values_of_lists

if TYPE_CHECKING:
    from mou_cli.store.reader import Reader, Row

_MOST_KEPT = 500

Bodies = dict[str, "tuple[bool, Row]"]

# A party is a partner that is no home; or any, where all parties are homes.
_IS_NO_HOME: Final = "{}.institution NOT IN (SELECT key FROM institution WHERE home = 1)"
_ALL_ARE_HOMES: Final = f"""NOT EXISTS (SELECT 1 FROM agreement_party q
    WHERE q.agreement = p.agreement AND {_IS_NO_HOME.format("q")})"""


def partner_condition(reader: Reader) -> str:
    """Give the fragment that a party `p` is a partner, seen from nobody, and told without its institution."""
    # One home alone is never all the parties of an agreement, which are two institutions or more.
    several = f" OR {_ALL_ARE_HOMES}" if len(find_homes(reader)) > 1 else ""
    return f"({_IS_NO_HOME.format('p')}{several})"


class Parties:
    """The parties of a page of agreements, each with what a list shows of it.

    `bodies` keeps the institutions for further pages, with whether they are homes: a few are parties again and again.
    """

    def __init__(self, reader: Reader, agreements: list[str], bodies: Bodies | None = None) -> None:
        self._keys = values_of_lists(reader, "agreement_party", "agreement", "institution", agreements)
        self._bodies = {} if bodies is None else bodies
        if len(self._bodies) > _MOST_KEPT:
            self._bodies.clear()
        unknown = {key for keys in self._keys.values() for key in keys} - self._bodies.keys()
        chosen, parameters = select_in(sorted(unknown))
        sql = f"SELECT key, name, country, territory, type, home FROM institution WHERE key IN ({chosen})"
        for row in reader.rows(sql, **parameters) if parameters else ():
            self._bodies[row["key"]] = bool(row.pop("home")), row

    def seen_from(self, agreement: str, home: str | None = None) -> tuple[list[Row], list[Row]]:
        """Give partners and homes: seen from one home everyone else is a partner; where all are homes, each is."""
        # An institution may be a party through several of its units; it is one partner all the same.
        parties = [self._bodies[key] for key in dict.fromkeys(self._keys.get(agreement, ()))]
        if home is not None:
            homes = [party for _, party in parties if party["key"] == home]
            return [party for _, party in parties if party["key"] != home], homes
        homes = [party for is_home, party in parties if is_home]
        partners = [party for is_home, party in parties if not is_home]
        return partners or homes.copy(), homes
