"""Who stands on which side of an agreement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.views.query import select_in

if TYPE_CHECKING:
    from mou_cli.store.reader import Reader, Row


class Parties:
    """The parties of a page of agreements, each with what a list shows of it."""

    def __init__(self, reader: Reader, agreements: list[str]) -> None:
        chosen, parameters = select_in(agreements)
        sql = f"""SELECT p.agreement, i.key, i.name, i.country, i.territory, i.type, i.home
            FROM agreement_party p JOIN institution i ON i.key = p.institution
            WHERE p.agreement IN ({chosen}) ORDER BY p.agreement NULLS LAST, p.ordinal"""
        self._parties: dict[str, list[Row]] = {}
        for row in reader.rows(sql, **parameters) if parameters else ():
            parties = self._parties.setdefault(row["agreement"], [])
            # An institution may be a party through several of its units; it is one partner all the same.
            if all(row["key"] != party["key"] for party in parties):
                parties.append(row)

    def seen_from(self, agreement: str, home: str | None = None) -> tuple[list[Row], list[Row]]:
        """Give partners and homes: seen from one home everyone else is a partner; where all are homes, each is."""
        parties = self._parties.get(agreement, [])
        if home is not None:
            homes = [party for party in parties if party["key"] == home]
            partners = [party for party in parties if party["key"] != home]
        else:
            homes = [party for party in parties if party["home"]]
            partners = [party for party in parties if not party["home"]] or parties
        return [_shown(party) for party in partners], [_shown(party) for party in homes]


def _shown(party: Row) -> Row:
    return {name: party[name] for name in ("key", "name", "country", "territory", "type")}
