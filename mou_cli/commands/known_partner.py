"""Options that say something of a new partner, said of one that is known: they have to say what is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.catalogue import Sentence, Told
from mou_cli.errors import Conflict, UsageError
from mou_cli.rules.complaint import Worded, coded
from mou_cli.rules.country import country_name
from mou_cli.views.choice import Place, choose_code, choose_place
from mou_cli.vocabulary import PARTNER_TYPES

if TYPE_CHECKING:
    from mou_cli.commands.invocation import Invocation
    from mou_cli.fields.shape import Document
    from mou_cli.register import Register

_SAID_OF_NEW = {"country", "partner_type"}


def refuse_without_partner(call: Invocation) -> None:
    """Raise UsageError where something is said of a new partner, and none is said."""
    if "partner" not in call.said and call.said.keys() & _SAID_OF_NEW:
        raise UsageError(
            "--country and --partner-type are said of a new --partner",
            "`mou partner edit NAME` changes one that is recorded",
        )


def refuse_contradiction(call: Invocation, register: Register, keys: list[str]) -> None:
    """Raise Conflict where what is said of a new partner is not what is recorded of these, which all are known.

    Raises NotFound and UsageError for what is no country and no type.
    """
    if not call.said.keys() & _SAID_OF_NEW:
        return
    partners = [register.get("institution", key) for key in keys]
    if "country" in call.said:
        place = choose_place(register.reader, call.said["country"])
        for known in partners:
            _refuse_country(known, place)
    if "partner_type" in call.said:
        said = choose_code(call.said["partner_type"], PARTNER_TYPES)
        for known in partners:
            _refuse_type(known, said)


def _refuse_country(known: Document, place: Place) -> None:
    country, territory = known.get("country"), known.get("territory")
    if place.territory == territory if place.territory else place.country == country:
        return
    if not country and not territory:
        raise Conflict(
            Sentence("no country of {name} ({key}) is recorded", name=known["name"], key=known["key"]),
            f"`mou partner edit {known['key']} --country {place.country or 'NAME'}` records it",
        )
    raise _other(
        known,
        Sentence(
            "{name} ({key}) is in {recorded}, not in {said}",
            name=known["name"],
            key=known["key"],
            recorded=_place(Place(country, territory)),
            said=_place(place),
        ),
    )


def _refuse_type(known: Document, said: str) -> None:
    recorded = known.get("type")
    if recorded == said:
        return
    if not recorded:
        raise Conflict(
            Sentence("no type of {name} ({key}) is recorded", name=known["name"], key=known["key"]),
            f"`mou partner edit {known['key']} --type {said}` records it",
        )
    raise _other(
        known,
        Sentence(
            "{name} ({key}) is of the type {recorded}, not {said}",
            name=known["name"],
            key=known["key"],
            recorded=coded(recorded, PARTNER_TYPES),
            said=coded(said, PARTNER_TYPES),
        ),
    )


def _other(known: Document, message: Sentence) -> Conflict:
    key = known["key"]
    return Conflict(message, f"`mou partner edit {key}` changes what is recorded, `mou partner add` records another")


def _place(place: Place) -> str | Told:
    code = place.country or ""
    return place.territory or Worded(country_name(code), lambda language: country_name(code, language))
