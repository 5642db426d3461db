"""Accepted findings: told once with a reason, quiet from then on, and opened again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.commands.option import option
from mou_cli.commands.report import report
from mou_cli.errors import NotFound, UsageError
from mou_cli.views.acceptance import find_acceptances

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date

    from mou_cli.checks.finding import Check
    from mou_cli.commands.invocation import Invocation
    from mou_cli.records.change import Change
    from mou_cli.register import Register
    from mou_cli.store.reader import Reader, Row

ACCEPTING = (
    option(
        "--accept", "Let a finding be quiet from now on; it is named as in the column id.", many=True, metavar="FINDING"
    ),
    option("--reason", "Why it is accepted.", metavar="TEXT"),
    option("--accepted", "List what was accepted: why, by whom, when, and whether it is still found.", switch=True),
    option("--reopen", "Tell of an accepted finding again.", many=True, metavar="FINDING"),
)


def accept(call: Invocation, every: Mapping[str, Check]) -> None:
    """Accept the findings that were said. Raises UsageError without a reason, NotFound for what is not found."""
    reason = (call.said.get("reason") or "").strip()
    if not reason:
        raise UsageError("what is accepted needs a reason", 'say it: --reason "they are two institutions"')
    named = list(dict.fromkeys(map(_canonical, call.said["accept"])))
    # Looking through a large register takes a while: nobody else is kept waiting for that.
    with call.reader() as reader:
        for name in named:
            _find(reader, name, every, call.today)

    def body(register: Register) -> list[Change]:
        return [_declare(register, name, call, reason) for name in named]

    report(call, call.change(f"check --accept {' '.join(named)}", body))


def _declare(register: Register, name: str, call: Invocation, reason: str) -> Change:
    from mou_cli.commands.record import declare_one
    from mou_cli.commands.said import read_typed
    from mou_cli.fields.shape import Patch
    from mou_cli.fields.text import Text

    said = read_typed(Text(), reason, "--reason")
    fields = {"reason": said, "by": call.actor, "accepted": call.today.isoformat()}
    return declare_one(register, Patch("acceptance", name, fields))


def _canonical(name: str) -> str:
    """Give a finding's name with what it is about in its order, however it was typed."""
    code, colon, about = name.strip().partition(":")
    return f"{code}{colon}{about}" if "/" in about else f"{code}{colon}{','.join(sorted(about.split(',')))}"


def _find(reader: Reader, name: str, every: Mapping[str, Check], today: date) -> None:
    check = every.get(name.partition(":")[0])
    if check is None or not any(found == name for found in _ids(check, reader, today)):
        code = check.code if check else "[CODE]"
        raise NotFound(f"there is no finding {name}", f"`mou check {code} --columns id,sentence` lists them")


def _ids(check: Check, reader: Reader, today: date) -> Iterator[str]:
    return (check.id_of(finding) for finding in check.find(reader, today))


def reopen(call: Invocation) -> None:
    """Take back that findings were accepted. Raises NotFound for one that was not."""
    named = list(dict.fromkeys(map(_canonical, call.said["reopen"])))

    def body(register: Register) -> list[Change]:
        accepted = {row["id"] for row in find_acceptances(register.reader)}
        for name in named:
            if name not in accepted:
                raise NotFound(f"the finding {name} was not accepted", "`mou check --accepted` lists what was")
        return [change for name in named for change in register.remove("acceptance", name)]

    report(call, call.change(f"check --reopen {' '.join(named)}", body))


def show_accepted(call: Invocation, checks: list[Check], every: Mapping[str, Check], unseen: Collection[str]) -> None:
    """List what was accepted, and whether it is still found; of codes that are `unseen` nobody knows."""
    with call.reader() as reader:
        codes = {check.code for check in checks}
        rows = [row for row in find_acceptances(reader) if row["code"] in codes or row["code"] not in every]
        call.show_rows(_with_found(rows, reader, every, unseen, call.today), "acceptance")


def _with_found(
    rows: list[Row], reader: Reader, every: Mapping[str, Check], unseen: Collection[str], today: date
) -> Iterator[Row]:
    found: dict[str, set[str]] = {}
    for row in rows:
        code = row["code"]
        if code not in found and code not in unseen:
            found[code] = set(_ids(every[code], reader, today)) if code in every else set()
        yield {**row, "found": None if code in unseen else row["id"] in found[code]}
