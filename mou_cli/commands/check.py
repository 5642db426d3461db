"""`mou check`: what may be wrong with the records."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, Annotated

import typer

from mou_cli.catalogue import translate
from mou_cli.checks.document import OF_CONTENTS
from mou_cli.checks.every import every_check
from mou_cli.commands.accepted import ACCEPTING, accept, reopen, show_accepted
from mou_cli.commands.app import make_app
from mou_cli.commands.fix import fix
from mou_cli.commands.invocation import DRY_RUN, SHOWN, Invocation
from mou_cli.commands.option import option, taking
from mou_cli.commands.store import documents_of, has_store
from mou_cli.commands.tally import Tally
from mou_cli.errors import FAILED_CHECK, UsageError
from mou_cli.output.form import Form
from mou_cli.output.message import say
from mou_cli.output.nouns import DEFAULT
from mou_cli.output.progress import progress
from mou_cli.output.show import show_many
from mou_cli.settings import read_evidence
from mou_cli.views.acceptance import find_acceptances
from mou_cli.views.agreement_document import has_contents
from mou_cli.views.choice import choose_code
from mou_cli.vocabulary import FINDINGS, SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from mou_cli.checks.finding import Check, Finding
    from mou_cli.store.documents import DocumentStore
    from mou_cli.store.reader import Row

_TOLD_ONE_BY_ONE = 3
_EXPLAIN = option("--explain", "Say what each code means and what to do, and how many there are.", switch=True)
_FIX = option("--fix", "Mend what cannot be wrong to mend: blanks, and how letters are put together.", switch=True)
_SEVERITY = option(
    "--severity", "Only what weighs at least so much: error, warning or hint.", metavar="WEIGHT", complete=SEVERITIES
)
_COLUMNS_OF_CODES = ("records", "sentence", "do", "id")
_WAYS = ("explain", "fix", "accept", "accepted", "reopen")
app = make_app()


@app.command(cls=taking((_EXPLAIN, _FIX, *ACCEPTING, _SEVERITY, DRY_RUN), SHOWN, argument=FINDINGS, noun="finding"))
def check(
    context: typer.Context,
    code: Annotated[list[str] | None, typer.Argument(help="Only findings of these codes.")] = None,
) -> None:
    """Look for what is wrong with the records: silent when all is well, exit code 3 when something cannot be so."""
    call = Invocation.of(context)
    ways = [way for way in _WAYS if way in call.said]
    if len(ways) > 1:
        raise UsageError(f"--{ways[0]} and --{ways[1]} are two different things", "say one of them")
    if "reason" in call.said and "accept" not in call.said:
        raise UsageError("--reason is said of what is accepted", "--accept FINDING says what that is")
    every = every_check(_looking(call), _required(call))
    checks = _choose_checks(call, every, code or [])
    if "accept" in call.said:
        accept(call, every)
    elif "reopen" in call.said:
        reopen(call)
    elif "accepted" in call.said:
        show_accepted(call, checks, every, _unseen(call))
    elif "fix" in call.said:
        fix(call, [check for check in checks if check.code not in OF_CONTENTS])
    elif "explain" in call.said:
        _explain(call, checks)
    elif _show(call, _possible(call, checks, is_named=bool(code)), one_by_one=bool(code)):
        raise typer.Exit(FAILED_CHECK)


def _required(call: Invocation) -> tuple[str, ...]:
    """Give what an agreement in force has to have, by the settings."""
    found = call.setting("require")
    return read_evidence(found.value or "", found.place)


def _looking(call: Invocation) -> Callable[[str, int | None], str]:
    """Give what says how a content is in the store, for which there has to be one only when it is asked."""

    def look(digest: str, size: int | None) -> str:
        if not stores:
            stores.append(documents_of(call))
        return stores[0].glance(digest, size)

    stores: list[DocumentStore] = []
    return look


def _unseen(call: Invocation) -> frozenset[str]:
    """Give the codes that nobody can look for: contents of documents, where nobody has said where they are kept."""
    if not has_store(call):
        with call.reader() as reader:
            if has_contents(reader):
                return OF_CONTENTS
    return frozenset()


def _possible(call: Invocation, checks: list[Check], *, is_named: bool) -> list[Check]:
    """Give the checks that can be carried out, and tell of the others. Raises UsageError where these were named."""
    unseen = _unseen(call)
    possible = [check for check in checks if check.code not in unseen]
    if len(possible) < len(checks):
        if is_named:
            documents_of(call)
        say(
            translate(
                "contents of documents were not looked at: nobody has said where they are kept (say a folder: "
                "`mou config set documents FOLDER`, or MOU_DOCUMENTS)",
                call.asking_language,
            )
        )
    return possible


def _choose_checks(call: Invocation, every: Mapping[str, Check], codes: list[str]) -> list[Check]:
    chosen = {choose_code(code, FINDINGS) for code in codes}
    weights = list(SEVERITIES.codes)
    said = call.said.get("severity")
    least = weights.index(choose_code(said, SEVERITIES)) if said else len(weights)
    return [
        check
        for check in every.values()
        if (not chosen or check.code in chosen) and weights.index(check.severity) <= least
    ]


def _show(call: Invocation, checks: list[Check], *, one_by_one: bool) -> bool:
    """Show the findings, and tell whether there is an error among them. Where there are none nothing is said."""
    is_file = "output" in call.said
    is_screen = call.shown_form in {Form.TABLE, Form.MARKDOWN} and not is_file
    language = call.language if call.is_for_people else "en"
    together = is_screen and not one_by_one
    with call.reader() as reader:
        accepted = {row["id"] for row in find_acceptances(reader)}
        tally = Tally(call.language, accepted, _TOLD_ONE_BY_ONE if together else None)
        # On a terminal rows run past, and show how far it is; the few of each code are waited for.
        with progress(lambda: call.asking_language, quiet=not together) as line:
            tell = line.stage(lambda language: translate("Checking", language), len(checks))

            def find() -> Iterator[Row]:
                for check in checks:
                    yield from _rows(
                        check, tally.open(check, check.find(reader, call.today)), language, together=together
                    )
                    tell(1)

            rows = iter(list(find())) if together else find()
        first = next(rows, None)
        # A file or a form that was asked for is given, though nothing be in it.
        if first is not None or is_file or not (is_screen or call.form is Form.AUTO):
            found = chain([first], rows) if first is not None else iter(())
            call.show_rows(found, "finding", _COLUMNS_OF_CODES if one_by_one else None, tally)
    return tally.has_errors


def _rows(check: Check, findings: Iterator[Finding], language: str, *, together: bool) -> Iterator[Row]:
    """Give the findings of a check; where there are many, people who asked for all are told how to list them."""
    if not together:
        yield from (check.row(finding, language) for finding in findings)
        return
    few = list(islice(findings, _TOLD_ONE_BY_ONE + 1))
    if len(few) <= _TOLD_ONE_BY_ONE:
        yield from (check.row(finding, language) for finding in few)
        return
    number = len(few) + sum(1 for _finding in findings)
    yield {
        "code": check.code,
        "severity": str(check.severity),
        "sentence": FINDINGS.label(check.code, language),
        "number": number,
        "do": f"mou check {check.code}",
    }


def _explain(call: Invocation, checks: list[Check]) -> None:
    language = call.language if call.is_for_people else "en"
    unseen = _unseen(call)
    with call.reader() as reader:
        tally = Tally(language, {row["id"] for row in find_acceptances(reader)})
        rows = (
            _explained(
                check,
                None if check.code in unseen else tally.open(check, check.find(reader, call.today)),
                language,
            )
            for check in checks
        )
        if call.shown_form is Form.TABLE and not call.said.keys() & {"columns", "output"}:
            # Columns that are asked for are shown whole, and half an explanation is none.
            columns = DEFAULT["check"]
            show_many(rows, "check", form=Form.TABLE, columns=columns, language=language, stream=call.stream)
        else:
            call.show_rows(rows, "check")


def _explained(check: Check, findings: Iterator[Finding] | None, language: str) -> Row:
    return {
        "code": check.code,
        "severity": str(check.severity),
        "label": FINDINGS.label(check.code, language),
        "meaning": str(check.meaning.said_in(language)),
        "found": None if findings is None else sum(1 for _finding in findings),
    }
