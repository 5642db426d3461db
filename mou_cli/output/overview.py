"""What the register's overview says: its rows as keys for programs, its numbers as sentences, and what to type next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mou_cli.catalogue import digits, translate, translate_number
from mou_cli.views.overview import DAYS_AHEAD, LIVE
from mou_cli.vocabulary import STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mou_cli.output.column import Row

KEYS: Final = ("as_of", "homes", "live", "statuses", "notice", "ends", "overdue", "due", "missing", "next")
_LISTED: Final = {
    "notice": f"list --notice-within {DAYS_AHEAD}d",
    "ends": f"list --ends-within {DAYS_AHEAD}d",
    "overdue": "plan due --overdue",
    "due": "plan due --month {month}",
    "agenda": f"due --within {DAYS_AHEAD}d",
    "notice-missed": "list --notice-missed",
    "lapsed": "list --lapsed",
    "ends-unknown": "list --unknown ends",
    "country-unknown": "partner list --unknown country --not-home",
}


def commands_for(overview: Row, today: date) -> dict[str, str]:
    """Give the arguments of `mou` that list what each part of an overview counts, and as `next` those to type next."""
    commands = {name: arguments.format(month=f"{today:%Y-%m}") for name, arguments in _LISTED.items()}
    urgent = [name for name in ("overdue", "notice", "ends", "due") if overview[name]["count"]]
    if overview["is_empty"]:
        return commands | {"next": "import --examples"}
    if urgent:
        # The agenda has both kinds in one list, by the day.
        is_of_both = {"overdue", "due"} & {*urgent} and {"notice", "ends"} & {*urgent}
        return commands | {"next": commands["agenda"] if is_of_both else commands[urgent[0]]}
    return commands | {"next": "list" if overview["statuses"] else "add"}


def as_record(overview: Row, today: date, program: str) -> Row:
    """Give an overview as programs read it; every count has the command that lists what it counts."""
    commands = {name: f"{program} {arguments}" for name, arguments in commands_for(overview, today).items()}
    return {
        "as_of": today.isoformat(),
        "homes": [{"key": key, "name": name} for key, name in overview["homes"].items()],
        "live": overview["live"],
        "statuses": overview["statuses"],
        **{name: overview[name] | {"command": commands[name]} for name in ("notice", "ends", "overdue", "due")},
        "missing": [
            {"what": name, "count": number, "command": commands[name]} for name, number in overview["missing"].items()
        ],
        "next": commands["next"],
    }


def ways_to_begin(language: str) -> dict[str, str]:
    """Give the arguments of `mou` with which somebody may begin, and what each does."""
    return {
        "import --examples": translate("read the examples", language),
        "add": translate("record an agreement", language),
        "import FILE": translate("read a file", language),
    }


def live_sentence(live: Row, language: str) -> str:
    """Say how many agreements are in force, in how many countries, with how many partners."""
    if not live["agreements"]:
        return translate("no agreement is known to be in force", language)
    return ", ".join(
        (
            translate_number(
                "{number} agreement in force", "{number} agreements in force", live["agreements"], language
            ),
            translate_number("{number} country", "{number} countries", live["countries"], language),
            translate_number("{number} partner", "{number} partners", live["partners"], language),
        )
    )


def other_statuses(statuses: dict[str, int], language: str) -> str:
    """Say how the agreements stand that are not in force; empty where there is none."""
    counts = (
        f"{digits(number, language)} {STATUSES.label(status, language)}"
        for status, number in statuses.items()
        if status not in LIVE
    )
    return ", ".join(counts)


def missing_parts(overview: Row, language: str) -> Iterator[tuple[str, int, str]]:
    """Give for everything that is wrong or missing its name, how many there are, and what they are called."""
    counts: dict[str, int] = {"overdue": overview["overdue"]["count"], **overview["missing"]}
    for name, number in counts.items():
        if number:
            yield name, number, _called(name, number, language)


def _called(name: str, number: int, language: str) -> str:
    match name:
        case "overdue":
            return translate_number("overdue task", "overdue tasks", number, language)
        case "notice-missed":
            return translate("notice missed, renews itself", language)
        case "lapsed":
            return translate("expired, not renewed", language)
        case "ends-unknown":
            return translate("end not known", language)
        case _:
            return translate_number("partner without a country", "partners without a country", number, language)
