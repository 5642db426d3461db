"""What can stand at the cursor: commands, options, codes, and what the register has by the name that is begun."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from mou_cli.catalogue import LANGUAGES, locale_language
from mou_cli.commands.option import Named
from mou_cli.errors import MouError
from mou_cli.rules.fold import fold
from mou_cli.rules.naming import begins_words
from mou_cli.settings import find_setting, named_registers
from mou_cli.store.location import find_register

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mou_cli.commands.cursor import Cursor
    from mou_cli.store.reader import Reader
    from mou_cli.vocabulary import CodeList

# Who has pressed a key does not wait for a register that somebody else is writing.
_TIMEOUT = 0.25


class Offer(NamedTuple):
    """A text that could stand at the cursor in place of what is typed there, and what it is, for people.

    `also` is another text that means the same, and that what is typed is the beginning of, however it is spelled.
    """

    text: str
    told: str = ""
    also: str = ""


def offers(cursor: Cursor) -> list[Offer]:
    """Give what could stand at the cursor. A register that cannot be read just now has nothing to offer."""
    if cursor.commands:
        commands = cursor.command.commands.items()
        return [Offer(name, _summary(each.help)) for name, each in commands if name.startswith(cursor.begun)]
    if cursor.options:
        flags = cursor.flags().items()
        return [Offer(flag, _summary(each.help)) for flag, each in flags if flag.startswith(cursor.begun)]
    found = [offer for offer in _values(cursor) if not _is_said(cursor, offer.text)]
    # A text that begins with a dash would be read as an option where an argument is expected.
    if cursor.option is None:
        found = [offer for offer in found if not offer.text.startswith("-")]
    return [Offer(cursor.head + text, told, also and cursor.head + also) for text, told, also in found]


def _summary(help_text: str | None) -> str:
    line, _, _rest = (help_text or "").partition("\n")
    sentence, _, _rest = line.partition(". ")
    return sentence.removesuffix(".")


def _is_said(cursor: Cursor, text: str) -> bool:
    return cursor.option is not None and cursor.option.multiple and text in cursor.said.get(cursor.option.name, ())


def _values(cursor: Cursor) -> Iterable[Offer]:
    complete = cursor.complete
    if complete is None or complete is Named.FILE:
        return ()
    if isinstance(complete, tuple):
        return _words(complete, cursor.begun)
    if complete is Named.REGISTER:
        return _registers(cursor.begun)
    if complete is Named.COLUMN:
        return _columns(cursor)
    if isinstance(complete, Named):
        found: list[Offer] = []
        with suppress(MouError):
            found = _ask(cursor, complete)
        return found
    return _codes(complete, cursor.begun, _language(cursor))


def _registers(begun: str) -> list[Offer]:
    """Give the registers of the config file whose names begin so; where there are none, it will be a file."""
    with suppress(MouError):
        return [Offer(name) for name in named_registers() if name.startswith(begun)]
    return []


def _said(cursor: Cursor, name: str) -> str | None:
    values = cursor.said.get(name)
    return values[-1] if values else None


def _language(cursor: Cursor) -> str:
    try:
        language = find_setting("lang", _said(cursor, "lang")).value
    except MouError:
        language = None
    return language if language in LANGUAGES else locale_language()


def _words(words: Iterable[str], begun: str) -> list[Offer]:
    # An order that a dash turns round is offered once the dash is typed.
    return [Offer(word) for word in words if word.startswith(begun) and (begun or not word.startswith("-"))]


def _codes(codes: CodeList, begun: str, language: str) -> list[Offer]:
    """Give the codes that begin so, or if none does those with such words in a label of any language."""
    labels = {code: codes.label(code, language) for code in codes.codes}
    by_code = [
        Offer(str(code), "" if labels[code] == code else labels[code])
        for code in labels
        if code.startswith(begun.lower())
    ]
    words = fold(begun)
    if by_code or not words:
        return by_code
    by_label = {
        code: next((each for each in named if begins_words(words, fold(each))), "")
        for code, named in codes.names.items()
    }
    return [Offer(str(code), labels[code], label) for code, label in by_label.items() if label]


def _columns(cursor: Cursor) -> list[Offer]:
    from mou_cli.output.nouns import COLUMNS, KEYS, tidy

    noun = cursor.command.noun
    if noun is None:
        return []
    before, comma, begun = cursor.begun.rpartition(",")
    chosen, columns, language = {tidy(name) for name in before.split(",")}, COLUMNS[noun], _language(cursor)
    labels = {name: column.label(language) for name, column in columns.items()}
    labels |= {key: "" for key in KEYS[noun] if key not in labels}
    begins = tidy(begun)
    return [
        Offer(before + comma + name, label)
        for name, label in labels.items()
        if name.startswith(begins) and name not in chosen
    ]


def _ask(cursor: Cursor, named: Named) -> list[Offer]:
    """Ask the register that is said before the cursor; there is nothing to offer of one that cannot be read."""
    import os
    import sqlite3

    from mou_cli.store.opening import open_as_it_is
    from mou_cli.store.reader import OutdatedRegister

    if named is Named.ANY_COUNTRY:
        return _countries(cursor, None)
    location = find_register(find_setting("db", _said(cursor, "db")))
    faults: tuple[type[Exception], ...] = (sqlite3.Error, OutdatedRegister, ValueError, OSError)
    if location.path is None:
        from sqlalchemy.exc import SQLAlchemyError

        faults += (SQLAlchemyError,)
        # Seconds after which a server that does not answer is given up.
        os.environ.setdefault("PGCONNECT_TIMEOUT", "2")
    try:
        with open_as_it_is(location, _TIMEOUT) as reader:
            return _countries(cursor, reader) if named is Named.COUNTRY else _records(cursor, named, reader)
    except faults:
        return []


def _records(cursor: Cursor, named: Named, reader: Reader) -> list[Offer]:
    from mou_cli.views import known

    begun, language = cursor.begun, _language(cursor)
    plan = _said(cursor, "plan")
    asked: dict[Named, Callable[[], list[known.Known]]] = {
        Named.INSTITUTION: lambda: known.known_institutions(reader, begun),
        Named.HOME: lambda: known.known_institutions(reader, begun, homes=True),
        Named.AGREEMENT: lambda: known.known_agreements(reader, begun),
        Named.EVENT: lambda: known.known_records(reader, "event", begun, language),
        Named.PLAN: lambda: known.known_records(reader, "plan", begun, language),
        Named.TASK: lambda: known.known_tasks(reader, begun, plan),
        Named.STRATEGY_CODE: lambda: known.known_strategy_codes(reader, begun),
    }
    find = asked.get(named) or (lambda: known.known_values(reader, named.value, begun))
    return [Offer(*each) for each in find()]


def _countries(cursor: Cursor, reader: Reader | None) -> list[Offer]:
    """Give countries by their names in the user's language: those of the register, or without one all there are.

    First those whose name begins so; if none does, those that are called so in another language. A territory of the
    register goes by its label; a country of the same name then goes by its code.
    """
    from mou_cli.rules.country import called, country_codes, country_name
    from mou_cli.views.known import is_begun
    from mou_cli.views.value import find_values

    begun, language = cursor.begun, _language(cursor)
    if begun and not fold(begun):
        return []
    codes = country_codes() if reader is None else list(find_values(reader, "country"))
    territories = [] if reader is None else list(find_values(reader, "territory"))
    taken = [fold(each) for each in territories]
    names = {code: country_name(code, language) for code in codes}
    also = {code: "" for code in codes if fold(names[code]).startswith(fold(begun))} or called(begun)
    offered = [
        Offer(code if fold(name) in taken else name, code, also[code]) for code, name in names.items() if code in also
    ]
    offered += [Offer(each) for each in territories if is_begun(begun, each) and taken.count(fold(each)) == 1]
    return sorted(offered)
