"""Countries in the order in which people see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.rules.fold import sort_key

if TYPE_CHECKING:
    from mou_cli.store.reader import Reader
    from mou_cli.views.query import Conditions


def country_rank(reader: Reader, conditions: Conditions, language: str) -> str:
    """Give the place of an institution `i` in the order of what is shown as its country, as an expression."""
    from mou_cli.rules.country import country_name  # few lists are in this order

    sql = "SELECT DISTINCT country, territory FROM institution ORDER BY country NULLS LAST, territory NULLS LAST"
    shown = {
        ("territory", row["territory"]) if row["territory"] else ("country", row["country"])
        for row in reader.rows(sql)
        if row["territory"] or row["country"]
    }
    labels = {each: each[1] if each[0] == "territory" else country_name(each[1], language) for each in shown}
    ranked = sorted(shown, key=lambda each: (sort_key(labels[each]), labels[each], each))
    whens = {"territory": "", "country": ""}
    for rank, (column, value) in enumerate(ranked):
        # Numbers and names of parameters alone stand in the text.
        whens[column] += f" WHEN i.{column} = :rank{rank} THEN {rank}"
        conditions.parameters[f"rank{rank}"] = value
    return f"CASE{whens['territory']}{whens['country']} END" if shown else "i.country"
