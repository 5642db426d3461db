"""What the commands that record an agreement share: their options, and who the parties are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.catalogue import Sentence, translate
from mou_cli.commands.known_partner import refuse_contradiction
from mou_cli.commands.option import Named, option
from mou_cli.commands.record import declare_one
from mou_cli.commands.said import FieldOption, Names, texts_node
from mou_cli.errors import Conflict, NotFound, Resembling, UsageError
from mou_cli.fields.node import Mark, Node
from mou_cli.output.message import say
from mou_cli.rules.country import AmbiguousCountry, UnknownCountry, resolve_country
from mou_cli.rules.naming import looks_like, make_key, nearest
from mou_cli.views.choice import (
    choose_code,
    choose_institution,
    exact_institutions,
    existing,
    find_homes,
    institution_candidates,
)
from mou_cli.views.history import since
from mou_cli.vocabulary import AGREEMENT_TYPES, AREAS, PARTNER_TYPES, RENEWALS, STAGES

if TYPE_CHECKING:
    from collections.abc import Collection

    from mou_cli.commands.invocation import Invocation
    from mou_cli.fields.shape import Document
    from mou_cli.register import Register
    from mou_cli.store.reader import Reader, Row

NEW = option("--new", "A partner that is not found is a new institution, however alike others are.", switch=True)
COUNTRY = option("--country", "Country of a new partner.", metavar="NAME", complete=Named.ANY_COUNTRY)
PARTNER_TYPE = option("--partner-type", "Type of a new partner.", metavar="TYPE", complete=PARTNER_TYPES)
HOME = option(
    *("--home", "For which home, or homes; needed where the register has several."),
    many=True,
    metavar="NAME",
    complete=Named.HOME,
)
PARTNER = option("--partner", "A partner, by any name.", many=True, metavar="NAME", complete=Named.INSTITUTION)
_ALIKE = 80.0
PARTIES = (PARTNER, HOME, NEW, COUNTRY, PARTNER_TYPE)


def _signature(names: Names, text: str, mark: Mark) -> Node:
    """Read "name; position; party"; position and party may be left out."""
    parts = [part.strip() for part in text.split(";")]
    told = ("name", "position", "party")
    if len(parts) > len(told) or not parts[0]:
        message = Sentence('write "name; position; party"')
        raise UsageError(f"--signatory: {message}", reasons=(message,))
    said = {name: part for name, part in zip(told, parts, strict=False) if part}
    if "party" in said:
        said["party"] = names.institution(said["party"])
    return texts_node(said, mark)


FIELDS = (
    FieldOption(option("--title", "Title."), "title"),
    FieldOption(option("--type", "Type of agreement.", metavar="TYPE", complete=AGREEMENT_TYPES), "type"),
    FieldOption(option("--stage", "Stage: draft, negotiation, signed …", metavar="STAGE", complete=STAGES), "stage"),
    FieldOption(option("--signed", "Day of signature.", metavar="DATE"), "signed"),
    FieldOption(
        option("--starts", "First day, or `signed`: in effect from signature.", metavar="DATE", complete=("signed",)),
        "starts",
    ),
    FieldOption(
        option("--ends", "Last day, or `open`: the source says no end.", metavar="DATE", complete=("open",)), "ends"
    ),
    FieldOption(option("--term", "Length of the first term, such as 3y, 30m, 90d.", metavar="LENGTH"), "term"),
    FieldOption(option("--renewal", "none, tacit or express.", metavar="HOW", complete=RENEWALS), "renewal"),
    FieldOption(option("--renewal-term", "Length of every further term.", metavar="LENGTH"), "renewal_term"),
    FieldOption(option("--renewal-max", "How many renewals at most.", metavar="N"), "renewal_max"),
    FieldOption(option("--renewal-until", "Day that no renewal goes beyond.", metavar="DATE"), "renewal_until"),
    FieldOption(
        option(
            "--notice", "Notice to be given: a length, or academic-year.", metavar="LENGTH", complete=("academic-year",)
        ),
        "notice",
    ),
    FieldOption(option("--review", "Day of the next review.", metavar="DATE"), "review"),
    FieldOption(option("--terminated", "Last day in force, where it was ended early.", metavar="DATE"), "terminated"),
    FieldOption(option("--reason", "Why it was ended."), "reason"),
    FieldOption(option("--area", "Area of co-operation.", many=True, metavar="AREA", complete=AREAS), "areas"),
    FieldOption(
        option("--signatory", "Who signed.", many=True, metavar='"NAME; POSITION; PARTY"'),
        "signatures",
        build=_signature,
    ),
    FieldOption(option("--project", "Project it belongs to.", complete=Named.PROJECT), "project"),
    FieldOption(
        option("--event", "Event at which it was made.", metavar="NAME", complete=Named.EVENT),
        "event",
        find=Names.event,
    ),
    FieldOption(option("--unit", "Unit in charge.", complete=Named.UNIT), "unit"),
    FieldOption(option("--responsible", "Person in charge.", complete=Named.RESPONSIBLE), "responsible"),
    FieldOption(option("--backup", "Who stands in for that person."), "backup"),
    FieldOption(option("--region", "Region.", complete=Named.REGION), "region"),
    FieldOption(option("--place", "Place of signature."), "place"),
    FieldOption(option("--partner-ref", "The partner's own reference."), "partner_ref"),
    FieldOption(option("--tag", "A word of your own.", many=True), "tags"),
    FieldOption(option("--public/--not-public", "May be published.", switch=True), "public"),
    FieldOption(option("--note", "Note."), "note"),
)


def say_counted_from_signature(call: Invocation) -> None:
    """Say from which day a term counts that was said without one."""
    say(
        translate(
            "the term is counted from the day of signature (say --starts for another first day)", call.asking_language
        )
    )


def find_parties(call: Invocation, register: Register) -> list[Row]:
    """Give the parties that --home and --partner mean, homes first; new institutions are recorded on the way."""
    if "partner" not in call.said:
        raise UsageError("an agreement needs a partner", "say --partner NAME")
    return _listed(_find_homes(call, register), _find_partners(call, register), [])


def change_parties(call: Invocation, register: Register, parties: list[Row]) -> list[Row]:
    """Give the parties after --home or --partner: who is not said stays, and keeps its unit and role."""
    homes = find_homes(register.reader)
    keys = [party["institution"] for party in parties]
    ours = _find_homes(call, register) if "home" in call.said else [key for key in keys if key in homes]
    # Where all parties are homes, each is a partner of the others.
    theirs = [key for key in keys if key not in homes] or [key for key in keys if key not in ours]
    others = _find_partners(call, register) if "partner" in call.said else theirs
    return _listed(ours, others, parties)


def _listed(homes: list[str], partners: list[str], parties: list[Row]) -> list[Row]:
    known = {party["institution"]: party for party in parties}
    return [known.get(key, {"institution": key}) for key in dict.fromkeys([*homes, *partners])]


def _find_partners(call: Invocation, register: Register) -> list[str]:
    texts = list(dict.fromkeys(call.said["partner"]))
    if not all(text.strip() for text in texts):
        raise UsageError("--partner: a name is missing", "an agreement cannot be without a partner")
    keys = [_find_partner(call, register, text) for text in texts]
    if not {change.key for change in call.on_the_way}.intersection(keys):
        refuse_contradiction(call, register, keys)
    return keys


def _find_homes(call: Invocation, register: Register) -> list[str]:
    if "home" in call.said:
        if not all(text.strip() for text in call.said["home"]):
            raise UsageError("--home: a name is missing")
        return [_named_home(call, register, text) for text in dict.fromkeys(call.said["home"])]
    homes = find_homes(register.reader)
    if len(homes) == 1:
        return list(homes)
    if homes:
        listed = ", ".join(f"{name} ({key})" for key, name in homes.items())
        raise UsageError(f"the register has several homes: {listed}", "say which with --home")
    raise UsageError("the register has no home yet", "say --home NAME --new to record one with the agreement")


def _named_home(call: Invocation, register: Register, text: str) -> str:
    try:
        return choose_institution(register.reader, text, homes=True)
    except NotFound:
        if not call.said.get("new") and text not in call.newcomers:
            raise
    known = _newcomer_fields(call, register.reader, text)
    return _add_institution(call, register, text, {"home": True, "type": "university"} | known)


def _find_partner(call: Invocation, register: Register, text: str) -> str:
    reader = register.reader
    is_new = bool(call.said.get("new"))
    if new := Names(reader, call.on_the_way).new_institution(text):
        return new
    if text in call.newcomers:
        return _add_institution(call, register, text, _newcomer_fields(call, reader, text))
    try:
        if exact := exact_institutions(reader, text):
            return exact[0] if len(exact) == 1 else choose_institution(reader, text)
        if not is_new:
            return choose_institution(reader, text)
    except NotFound:
        _refuse_gone(reader, text)
        refuse_alike(reader, text)
    if "country" not in call.said:
        unknown = "where it is not known, `mou partner add` records the partner without one"
        raise UsageError(f"{text!r} is new to the register: it needs --country", unknown)
    fields: dict[str, object] = {"country": _country(call.said["country"])}
    if "partner_type" in call.said:
        fields["type"] = choose_code(call.said["partner_type"], PARTNER_TYPES)
    return _add_institution(call, register, text, fields)


def _refuse_gone(reader: Reader, key: str) -> None:
    """Raise NotFound for the key of an institution that there was: nobody means a new one by it."""
    if entries := since(reader, "institution", key, 0):
        actor = entries[-1]["actor"]
        raise NotFound(
            Sentence("institution {key} is no longer in the register: {actor} removed it", key=key, actor=actor)
        )


def _newcomer_fields(call: Invocation, reader: Reader, name: str) -> Document:
    """Give what is known of a new institution. Raises Resembling for one that somebody else has recorded meanwhile."""
    if name not in call.newcomers:
        return {}
    newcomer = call.newcomers[name]
    seen = newcomer.seen.union(change.key for change in call.on_the_way)
    refuse_alike(reader, name, seen, is_new=bool(call.said.get("new")))
    return newcomer.fields


def refuse_alike(reader: Reader, name: str, seen: Collection[str] = (), *, is_new: bool = False) -> None:
    """Raise Resembling when institutions have this name or one that looks like it: perhaps one of them is meant.

    Those that were `seen` when it was said to be new do not count; one that `is_new` may look like others.
    """
    exact = [key for key in exact_institutions(reader, name) if key not in seen]
    near = {} if is_new else {key: label for key, label in alike(reader, name).items() if key not in seen}
    keys = tuple(dict.fromkeys([*exact, *near]))
    if exact:
        message = f"there is an institution {name!r} already: {', '.join(exact)}"
        raise Resembling(message, "say --new for another", name, keys)
    if near:
        listed = "; ".join(f"{label} ({key})" for key, label in near.items())
        message = f"there is no institution {name!r}, but {listed}"
        raise Resembling(message, "say one of them, or --new for another", name, keys)


def resembling(reader: Reader, name: str) -> frozenset[str]:
    """Give the institutions that have this name or one that looks like it."""
    return frozenset([*exact_institutions(reader, name), *alike(reader, name)])


def alike(reader: Reader, name: str) -> dict[str, str]:
    """Give the institutions, key to label, whose names look like this one, the most alike first."""
    candidates, labels = institution_candidates(reader)
    near = looks_like(name, candidates) + nearest(name, candidates, limit=5, score=_ALIKE)
    return {key: labels[key] for key in dict.fromkeys(near)}


def _country(text: str) -> str:
    try:
        return resolve_country(text)
    except UnknownCountry as error:
        hint = f"did you mean {' or '.join(error.nearest)}?" if error.nearest else None
        raise NotFound(f"there is no country {text!r}", hint) from error
    except AmbiguousCountry as error:
        raise Conflict(f"{text!r} could be {' or '.join(error.candidates)}") from error


def _add_institution(call: Invocation, register: Register, name: str, fields: dict[str, object]) -> str:
    from mou_cli.fields.kind import Unreadable
    from mou_cli.fields.shape import Patch
    from mou_cli.fields.text import LINE, read_text

    # A rehearsal does not find in the register what it only would record.
    key = free_key(register.reader, name, {change.key for change in call.on_the_way})
    try:
        read = read_text(name, None, LINE)
    except Unreadable as error:
        raise UsageError(f"{name!r} cannot be a name: {error}") from error
    patch = Patch("institution", key, {"name": read, **fields})
    call.on_the_way.append(declare_one(register, patch))
    return key


def free_key(reader: Reader, name: str, taken: Collection[str] = ()) -> str:
    """Give a key made of a name that no institution has: Latin letters and digits, words joined by dashes."""
    made = make_key(name)
    key, number = made, 1
    while key in taken or existing(reader, "institution", [key]):
        number += 1
        key = f"{made}-{number}"
    return key
