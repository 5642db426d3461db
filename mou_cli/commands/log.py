"""`mou log`: who changed what and when, where a value comes from, and whether the journal is as it was written."""

from __future__ import annotations

from functools import partial
from string import hexdigits
from typing import TYPE_CHECKING, Annotated

import typer

from mou_cli.catalogue import translate, translate_number
from mou_cli.commands.app import make_app
from mou_cli.commands.invocation import SHOWN, Invocation
from mou_cli.commands.option import Named, option, taking
from mou_cli.commands.order import COUNT, LIMIT, read_limit
from mou_cli.commands.understood import Understood
from mou_cli.errors import InvalidData, NotFound, UsageError
from mou_cli.output.form import Form
from mou_cli.output.message import say
from mou_cli.output.progress import progress
from mou_cli.output.result import NOUNS
from mou_cli.rules.number import read_number
from mou_cli.views.blame import blame
from mou_cli.views.choice import choose_code
from mou_cli.views.departure import find_departures
from mou_cli.views.entry import EntryFilter, count_entries, find_changes, find_entries
from mou_cli.views.record import choose_any
from mou_cli.views.seal import check_seals

if TYPE_CHECKING:
    from mou_cli.store.reader import Reader, Row

app = make_app()
_OPTIONS = (
    option("--since", "Since this day.", metavar="DATE"),
    option("--until", "Until this day, which counts.", metavar="DATE"),
    option("--noun", "Entries with records of a kind, such as agreement.", metavar="NOUN", complete=NOUNS),
    option("--entry", "One entry, field by field.", metavar="NUMBER"),
    option("--blame", "Of each field of REF the last change, and where it came from.", switch=True),
    option(
        "--verify", "See whether journal and records are as they were written; prints the newest digest.", switch=True
    ),
    option("--expect", "With --verify: a digest that was noted earlier must be there.", metavar="DIGEST"),
)
_SHOWN = 10
_DIGITS = 64  # of a SHA-256
_OF_RECORD = ("entry", "at", "actor", "action", "changes", "state")


@app.command(cls=taking(_OPTIONS, (LIMIT, COUNT), SHOWN, argument=Named.AGREEMENT, noun="entry"))
def log(
    context: typer.Context,
    ref: Annotated[
        str | None, typer.Argument(help="Reference, key or name of a record, also of one that was removed.")
    ] = None,
) -> None:
    """Show the journal, the newest entry first: who changed what and when. --actor asks for those of one person.

    With REF only the entries that changed this record, and what of it.
    """
    call = Invocation.of(context)
    question = _question(call, ref)
    with call.reader() as reader:
        match question:
            case "verify":
                _verify(call, reader)
            case "entry":
                _show_entry(call, reader)
            case "blame":
                noun, key = choose_any(reader, ref or "", _noun(call))
                wanted = EntryFilter(noun=noun, key=key)
                call.show_rows(blame(reader, noun, key), "blame", understood=_understood(call, reader, "blame", wanted))
            case _:
                _show_entries(call, reader, ref)


def _question(call: Invocation, ref: str | None) -> str:
    asked = [name for name in ("entry", "blame", "verify") if name in call.said]
    if len(asked) > 1:
        raise UsageError(f"--{asked[0]} and --{asked[1]} are two different questions", "say one of them")
    if "expect" in call.said and "verify" not in asked:
        raise UsageError("--expect says what --verify is to find", "say --verify as well")
    if "blame" in asked and ref is None:
        raise UsageError("--blame is said of a record", "mou log REF --blame")
    if ref is not None and asked in (["entry"], ["verify"]):
        raise UsageError(f"--{asked[0]} is not said of a record", f"leave {ref} out")
    return asked[0] if asked else ""


def _noun(call: Invocation) -> str | None:
    return choose_code(call.said["noun"], NOUNS) if "noun" in call.said else None


def _understood(
    call: Invocation, reader: Reader, noun: str, wanted: EntryFilter, limit: int | None = None
) -> Understood:
    return Understood(call, reader, noun, wanted, EntryFilter(), partial(count_entries, reader), limit)


def _show_entries(call: Invocation, reader: Reader, ref: str | None) -> None:
    noun, key = (_noun(call), None) if ref is None else choose_any(reader, ref, _noun(call))
    wanted = EntryFilter(
        actor=call.actor if call.globals.get("actor") else None,
        since=call.read_day("--since", call.said["since"]) if "since" in call.said else None,
        until=call.read_day("--until", call.said["until"]) if "until" in call.said else None,
        noun=noun,
        key=key,
    )
    limit = read_limit(call.said)
    question = _understood(call, reader, "entry", wanted, limit)
    question.answer(lambda: find_entries(reader, wanted, limit), _OF_RECORD if key else None)


def read_entry(text: str) -> int:
    """Read the number of an entry. Raises UsageError."""
    if (number := read_number(text)) is None:
        raise UsageError(f"{text!r} is no number of an entry", "`mou log` shows the numbers")
    return number


def get_entry(reader: Reader, number: int) -> Row:
    """Give an entry. Raises NotFound."""
    for entry in find_entries(reader, EntryFilter(number=number)):
        return entry
    raise NotFound(f"there is no entry {number}", "`mou log` shows the numbers")


def _show_entry(call: Invocation, reader: Reader) -> None:
    number = int(get_entry(reader, read_entry(call.said["entry"]))["entry"])
    understood = _understood(call, reader, "change", EntryFilter(number=number))
    call.show_rows(find_changes(reader, number), "change", understood=understood)


def _verify(call: Invocation, reader: Reader) -> None:
    expected = _read_digest(call.said["expect"]) if "expect" in call.said else ""
    row: Row = {"entries": 0, "entry": None, "digest": None, "broken": []}
    found = not expected
    with progress(lambda: call.asking_language) as line:
        for seal in check_seals(reader, line.stage(lambda language: translate("Verifying", language))):
            row["entries"] += 1
            if seal.wrong:
                row["broken"].append({"entry": seal.entry, "wrong": seal.wrong})
            row |= {"entry": seal.entry, "digest": seal.digest}
            found = found or seal.digest == expected
        tell = line.stage(lambda language: translate("Comparing", language))
        # What a journal says that was changed proves nothing of the records.
        row["departures"] = None if row["broken"] else [each._asdict() for each in find_departures(reader, tell)]
    if call.form not in {Form.AUTO, Form.TABLE, Form.MARKDOWN}:
        call.show_row(row, "seal")
    if row["broken"]:
        complaints = tuple(f"entry {each['entry']}: {each['wrong']}" for each in row["broken"][:_SHOWN])
        raise InvalidData("the journal was changed from outside", "a backup has it as it was", complaints)
    records = [_told(each) for each in row["departures"][:_SHOWN]]
    if not found:
        gone = "what was there when it was noted is not whole"
        raise InvalidData(f"no entry has the digest {expected}", gone, tuple(records))
    if records:
        raise InvalidData("records were changed from outside", "`mou log REF` tells how they were", tuple(records))
    if call.form in {Form.AUTO, Form.TABLE, Form.MARKDOWN} and row["digest"]:
        print(row["digest"])  # noqa: T201 - data goes to standard output
    say(
        translate_number(
            "{number} entry, none was changed from outside",
            "{number} entries, none was changed from outside",
            row["entries"],
            call.asking_language,
        )
    )


def _read_digest(text: str) -> str:
    """Read a digest as `--verify` prints it. Raises UsageError."""
    digest = text.strip().lower()
    if len(digest) != _DIGITS or not set(digest) <= set(hexdigits):
        raise UsageError(f"--expect: {text!r} is no digest", f"it has {_DIGITS} digits 0 to 9 and a to f")
    return digest


def _told(departure: Row) -> str:
    """Give a sentence saying how a record departs from what the journal says."""
    record = f"{departure['noun']} {departure['key']}"
    match departure["happened"]:
        case "added":
            return f"{record}: it was put in"
        case "removed":
            return f"{record}: it was removed"
        case _:
            return f"{record}: changed in {', '.join(departure['fields'])}"
