"""What the commands share that record what happens to an agreement: a fact with its day, and how it stands then."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from mou_cli.catalogue import translate
from mou_cli.commands.option import Named, option
from mou_cli.commands.record import answered, check_basis, declare_all
from mou_cli.commands.report import report
from mou_cli.commands.said import FieldOption, Names, Said, read_options
from mou_cli.commands.whole import show_record
from mou_cli.errors import Conflict, UsageError
from mou_cli.output.form import Form
from mou_cli.output.message import say
from mou_cli.rules.date import interval
from mou_cli.rules.known import since
from mou_cli.rules.naming import Candidate, find_by_name
from mou_cli.views.choice import choose_agreement, choose_referred
from mou_cli.views.terms import facts_of
from mou_cli.vocabulary import LIFECYCLE_KINDS, STOPPED, Status

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from mou_cli.commands.invocation import Invocation
    from mou_cli.fields.shape import Document, Patch
    from mou_cli.records.change import Change
    from mou_cli.register import Register
    from mou_cli.rules.standing import Standing
    from mou_cli.rules.term import Facts
    from mou_cli.store.reader import Reader, Row

ON = FieldOption(option("--on", "The day of it, today unless said.", metavar="DATE"), "date")
BY = FieldOption(option("--by", "Who: a party by any name, or words.", metavar="WHO", complete=Named.INSTITUTION), "by")
EVIDENCE = FieldOption(
    option("--evidence", "What proves it: the name of a document of the agreement, or words.", metavar="TEXT"),
    "evidence",
)
NOTE = FieldOption(option("--note", "Note."), "note")
DATED = (ON, BY, EVIDENCE, NOTE)
# There is nothing yet that an empty value could clear: an empty text says no more than none, and all else is a slip.
_MAY_BE_EMPTY = {"by", "evidence", "note"}


@dataclass
class Happening:
    """A fact that is about to be recorded of an agreement; `fields` and `others` are what else changes with it."""

    register: Register
    before: Document
    fact: Document
    fields: Document = field(default_factory=dict)
    others: list[Patch] = field(default_factory=list)
    # The last day that is told, where it is another than that of the running term.
    until: str | None = None

    @property
    def ref(self) -> str:
        """The reference of the agreement."""
        return str(self.before["ref"])

    @property
    def day(self) -> date:
        """The day since when the fact counts."""
        day = since(self.fact["date"])
        assert day is not None  # noqa: S101 - for the type checker: `read_fact` refuses what has no year
        return day

    @cached_property
    def facts(self) -> Facts:
        """What was recorded before."""
        return facts_of(self.before)

    @cached_property
    def standing(self) -> Standing:
        """How the agreement stood on that day without the fact."""
        from mou_cli.rules.standing import standing

        return standing(self.facts, self.day)

    @property
    def after(self) -> Document:
        """The agreement with the fact."""
        from mou_cli.fields.agreement import LIFECYCLE

        fact = {part.name: self.fact[part.name] for part in LIFECYCLE.fields if self.fact.get(part.name) is not None}
        return self.before | self.fields | {"lifecycle": [*self.before.get("lifecycle", ()), fact]}

    def refuse_stopped(self, hint: str | None = None) -> None:
        """Raise Conflict where the agreement had been cancelled, superseded or terminated by that day."""
        status, last = self.standing.status, self.standing.known.terminated
        if status is Status.TERMINATED and last:
            raise Conflict(f"{self.ref} is terminated, with {last} as the last day in force", hint)
        if status in STOPPED:
            raise Conflict(f"{self.ref} is {status} on {self.day}", hint)

    def refuse_terminated(self, hint: str | None = None) -> None:
        """Raise Conflict where the agreement had been stopped by that day, or it was decided that it will be."""
        self.refuse_stopped(hint)
        if last := self.standing.known.terminated:
            raise Conflict(f"{self.ref} is terminated already, with {last} as the last day in force", hint)

    def refuse_draft(self) -> None:
        """Raise Conflict where the agreement had not been signed by that day."""
        self.refuse_unsigned()
        if self.standing.status is Status.DRAFT:
            raise Conflict(f"{self.ref} is not signed on {self.day}", f"`mou sign {self.ref}` records the signature")

    def refuse_unsigned(self) -> None:
        """Raise Conflict where the day lies before that of the signature; where none is recorded, nobody knows."""
        signed = interval(self.facts.signed)
        if signed and self.day < signed[0]:
            raise Conflict(f"{self.ref} is not signed on {self.day}", f"its signature is of {self.facts.signed}")

    def refuse_twice(self) -> None:
        """Raise Conflict where this very fact is recorded already."""
        kept = {name: value for name, value in self.after["lifecycle"][-1].items() if name not in {"evidence", "note"}}
        if any(kept.items() <= fact.items() for fact in self.before.get("lifecycle", ())):
            kind = LIFECYCLE_KINDS.label(self.fact["kind"], "en")
            raise Conflict(f"the {kind} of {self.fact['date']} of {self.ref} is recorded already")

    def patches(self) -> list[Patch]:
        """Give what is to be declared."""
        from mou_cli.fields.shape import Patch

        changed = {name: self.after[name] for name in (*self.fields, "lifecycle")}
        return [Patch("agreement", self.before["key"], changed), *self.others]


def happen(
    call: Invocation,
    verb: str,
    ref: str,
    kind: str,
    options: tuple[FieldOption, ...],
    settle: Callable[[Happening], None],
) -> None:
    """Record a fact of a kind of an agreement, after `settle` has completed it or raised what speaks against it."""
    with call.reader() as reader:
        key, name = choose_referred(reader, ref)

    def body(register: Register) -> tuple[Happening, list[Change], Row]:
        check_basis(call, register.reader, "agreement", key)
        happening = begin(register, key, read_fact(call, register.reader, kind, options))
        settle(happening)
        changes = declare_all(register, happening.patches())
        return happening, changes, answered(call, register, "agreement", key)

    _answer(call, *call.change(f"{verb} {name}", body))


def begin(register: Register, key: str, fact: Document) -> Happening:
    """Give the fact as one of an agreement; who did it is the party that is meant, if it is one."""
    before = register.get("agreement", key)
    if "by" in fact:
        fact = fact | {"by": _who(register.reader, before, fact["by"])}
    return Happening(register, before, fact)


def say_if_ahead(call: Invocation, fact: Document) -> None:
    """Say of a fact that is about to be recorded, or was, that its day is yet to come."""
    day = since(fact["date"])
    if day and day > call.today and fact["kind"] not in {"amendment", "supersession"}:
        say(translate("{date} is yet to come: it counts from then on", call.asking_language, date=fact["date"]))


def _say_if_no_party(call: Invocation, happening: Happening) -> None:
    who = happening.fact.get("by")
    if who and who not in {party["institution"] for party in happening.before["parties"]}:
        say(translate("--by: {who} is none of the parties, and is kept as words", call.asking_language, who=who))


def say_if_early(call: Invocation, happening: Happening) -> None:
    """Say of a fact that its day comes before the agreement begins: it can be, but is seldom what was meant."""
    starts = happening.standing.starts_from
    if happening.standing.status is Status.FUTURE and starts:
        language, day = call.asking_language, happening.fact["date"]
        say(translate("{date} comes before the first day, {starts}", language, date=day, starts=str(starts)))


def read_fact(call: Invocation, reader: Reader, kind: str, options: tuple[FieldOption, ...]) -> Document:
    """Read a fact from its options. Raises what is wrong with them; an empty value is, and a day without a year."""
    from mou_cli.fields.agreement import LIFECYCLE
    from mou_cli.fields.shape import Shape

    said = Said()
    shape = Shape("lifecycle", "", LIFECYCLE.table, LIFECYCLE.fields)
    read_options(said, Names(reader), shape, options, call.said, call.today)
    for row in options:
        if row.field not in _MAY_BE_EMPTY and said.document.get(row.field, "") is None:
            raise UsageError(f"--{row.option.name.replace('_', '-')}: a value is missing")
    told = {name: value for name, value in said.document.items() if value is not None}
    fact = {"kind": kind, "date": call.today.isoformat(), **told}
    if since(fact["date"]) is None:
        flag = next(row.option.name for row in options if row.field == "date")
        raise UsageError(f"--{flag}: {fact['date']} has no year, and so would count on no day")
    return fact


def _who(reader: Reader, document: Document, text: str) -> str:
    from mou_cli.views.name import names_by_key

    parties = {party["institution"] for party in document["parties"]}
    if text in parties:
        return text
    found = find_by_name(text, [Candidate(key, texts) for key, texts in names_by_key(reader, parties).items()])
    return found[0] if len(found) == 1 else text


def link_to(happening: Happening, flag: str, text: str, kind: str) -> str:
    """Let another agreement have a link of a kind to this one, and give its key.

    Raises UsageError for the agreement itself, and Conflict where links of the kind would go round in a circle.
    """
    from mou_cli.fields.shape import Patch
    from mou_cli.views.lineage import find_linked

    reader, this = happening.register.reader, happening.before["key"]
    other = choose_agreement(reader, text)
    if other == this:
        raise UsageError(f"{flag}: {happening.ref} cannot be an agreement that {kind} itself")
    document = happening.register.get("agreement", other)
    if other in find_linked(reader, this, kind):
        raise Conflict(f"{happening.ref} itself {kind} {document['ref']}: that would go round in a circle")
    links: list[dict[str, str]] = document.get("links", [])
    if {kind: this} not in links:
        happening.others.append(Patch("agreement", other, {"links": [*links, {kind: this}]}))
    return other


def _answer(call: Invocation, happening: Happening, changes: list[Change], row: Row) -> None:
    from mou_cli.output.standing import standing_in_words

    say_if_ahead(call, happening.fact)
    _say_if_no_party(call, happening)
    language = call.asking_language
    stands = standing_in_words(facts_of(happening.after), call.today, language, happening.until)
    if call.is_dry_run:
        report(call, changes)
        say(translate("{ref} would be: {standing}", language, ref=happening.ref, standing=stands))
        return
    kind = LIFECYCLE_KINDS.label(happening.fact["kind"], language)
    say(translate("{ref}: {fact} recorded; {standing}", language, ref=happening.ref, fact=kind, standing=stands))
    if call.form is not Form.AUTO:
        show_record(call, "agreement", row)
