"""Undo against a plain dictionary: two people change, undo and redo in any order, and the register is as the model."""

from __future__ import annotations

import shutil
import tempfile
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from mou_cli.fields.nouns import SHAPES
from mou_cli.records.rows import rows_of_words
from mou_cli.records.search import PartyNames
from mou_cli.records.terms import span_rows
from mou_cli.store.location import Location
from mou_cli.store.opening import open_reader
from mou_cli.views.departure import find_departures
from mou_cli.views.document import all_documents
from mou_cli.views.seal import check_seals
from tests.conftest import TODAY, Mou
from tests.memory import MEMORY

if TYPE_CHECKING:
    from mou_cli.store.reader import Reader

ACTORS = st.sampled_from(["anar", "leyla"])
KEYS = st.sampled_from(["oslo", "bergen"])
REFS = st.integers(1, 4).map(lambda number: f"2025-{number:03}")
NUMBERS = st.sampled_from(["1.1", "1.2"])
NOTES = st.sampled_from(["a", "b", ""])
HOME = """format: mou/1
home: [home]
institutions:
  - {key: home, name: Home}
plans:
  - {key: p, year: 2025, owner: home}
"""

Key = tuple[str, str]
State = dict[Key, dict[str, Any]]


class Step(NamedTuple):
    """An entry as the model has it: the records before and after it, those alone that it has touched."""

    actor: str
    before: dict[Key, dict[str, Any] | None]
    after: dict[Key, dict[str, Any] | None]
    undoes: int | None


class Undoing(RuleBasedStateMachine):
    """Every rule is a command line; the model says beforehand whether it may succeed, and what is recorded then."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=MEMORY))
        self.mou = Mou(self.folder / "register.db")
        self.file = self.folder / "file.yaml"
        self.import_text(HOME)
        self.state = self.recorded()
        self.steps: dict[int, Step] = {}
        self.references = 0

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    def import_text(self, text: str, actor: str = "tester") -> int:
        self.file.write_text(text, "utf-8")
        return self.mou.call("import", str(self.file), "--overwrite", "--actor", actor).code

    def recorded(self) -> State:
        with open_reader(Location(path=self.mou.db), 5.0) as reader:
            return {
                (noun, document["key"]): document
                for noun, shape in SHAPES.items()
                for document in all_documents(reader, shape)
            }

    def newest(self) -> int:
        number: int = self.mou.json("log", "--limit", "1")[0]["entry"]
        return number

    def done(self, actor: str, state: State, undoes: int | None = None) -> None:
        """Take down what a command has changed; nothing, where there is no entry of it."""
        touched = [key for key in {**self.state, **state} if self.state.get(key) != state.get(key)]
        if touched or undoes:
            before = {key: deepcopy(self.state.get(key)) for key in touched}
            self.steps[self.newest()] = Step(actor, before, {key: deepcopy(state.get(key)) for key in touched}, undoes)
        self.state = state

    def change(self, actor: str, expected: dict[Key, dict[str, Any] | None], *arguments: str) -> None:
        """Run a command that succeeds; `expected` has the records after it, None for one that is gone."""
        self.mou(*arguments, "--actor", actor)
        self.done(actor, {key: doc for key, doc in (self.state | expected).items() if doc is not None})

    def is_mentioned(self, noun: str, key: str, state: State) -> bool:
        return any(target == (noun, key) for record in state.values() for target in mentions(record))

    # What people do.

    @rule(actor=ACTORS, key=KEYS)
    def add_institution(self, actor: str, key: str) -> None:
        if ("institution", key) in self.state:
            self.mou.fails(5, "partner", "add", key.title(), "--new", "--key", key, "--actor", actor)
            return
        document = {"key": key, "name": key.title()}
        self.change(actor, {("institution", key): document}, "partner", "add", key.title(), "--new", "--key", key)

    @rule(actor=ACTORS, key=KEYS, city=NOTES, name=st.sampled_from(["North", "South"]))
    def edit_institution(self, actor: str, key: str, city: str, name: str) -> None:
        old = self.state.get(("institution", key))
        if old is not None:
            new = merged(old, name=f"{name} {key}", city=city or None)
            self.change(
                actor, {("institution", key): new}, "partner", "edit", key, "--name", new["name"], "--city", city
            )

    @rule(actor=ACTORS, key=KEYS)
    def remove_institution(self, actor: str, key: str) -> None:
        if ("institution", key) in self.state:
            arguments = ("partner", "remove", key, "--yes")
            if self.is_mentioned("institution", key, self.state):
                self.mou.fails(5, *arguments, "--actor", actor)
            else:
                self.change(actor, {("institution", key): None}, *arguments)

    @rule(actor=ACTORS, key=KEYS, note=NOTES)
    def add_agreement(self, actor: str, key: str, note: str) -> None:
        if ("institution", key) in self.state:
            self.references += 1
            ref = f"2025-{self.references:03}"
            parties = [{"institution": "home"}, {"institution": key}]
            document = merged({"key": ref, "ref": ref, "parties": parties}, note=note or None)
            self.change(actor, {("agreement", ref): document}, "add", "--partner", key, "--note", note)

    @rule(actor=ACTORS, ref=REFS, note=NOTES, ends=st.sampled_from(["2026-01-01", "2024-01-01", ""]))
    def edit_agreement(self, actor: str, ref: str, note: str, ends: str) -> None:
        old = self.state.get(("agreement", ref))
        if old is not None:
            new = merged(old, note=note or None, ends=ends or None)
            self.change(actor, {("agreement", ref): new}, "edit", ref, "--note", note, "--ends", ends)

    @rule(actor=ACTORS, ref=REFS, key=KEYS)
    def change_partner(self, actor: str, ref: str, key: str) -> None:
        old = self.state.get(("agreement", ref))
        if old is not None and ("institution", key) in self.state:
            new = merged(old, parties=[{"institution": "home"}, {"institution": key}])
            self.change(actor, {("agreement", ref): new}, "edit", ref, "--partner", key)

    @rule(actor=ACTORS, ref=REFS)
    def remove_agreement(self, actor: str, ref: str) -> None:
        if ("agreement", ref) in self.state:
            if self.is_mentioned("agreement", ref, self.state):
                self.mou.fails(5, "remove", ref, "--yes", "--actor", actor)
            else:
                self.change(actor, {("agreement", ref): None}, "remove", ref, "--yes")

    @rule(actor=ACTORS, number=NUMBERS, ref=REFS)
    def add_task(self, actor: str, number: str, ref: str) -> None:
        key = f"p/{number}"
        if ("task", key) not in self.state and ("agreement", ref) in self.state:
            document = {"key": key, "plan": "p", "year": 2025, "number": number, "task": "Do", "agreements": [ref]}
            arguments = ("plan", "task", "add", number, "--plan", "p", "--task", "Do", "--agreement", ref)
            self.change(actor, {("task", key): document}, *arguments)

    @rule(actor=ACTORS, number=NUMBERS)
    def remove_task(self, actor: str, number: str) -> None:
        if ("task", f"p/{number}") in self.state:
            self.change(
                actor, {("task", f"p/{number}"): None}, "plan", "task", "remove", number, "--plan", "p", "--yes"
            )

    @rule(actor=ACTORS, keys=st.sets(KEYS, min_size=1), note=st.sampled_from(["file", "other file"]))
    def import_file(self, actor: str, keys: set[str], note: str) -> None:
        """A file with institutions and an agreement of each; keys that are there already are changed."""
        lines = [f"  - {{key: {key}, name: {key.title()}, note: {note}}}\n" for key in sorted(keys)]
        parts = [f"  - {{key: with-{key}, parties: [home, {key}], note: {note}}}\n" for key in sorted(keys)]
        code = self.import_text(f"format: mou/1\ninstitutions:\n{''.join(lines)}agreements:\n{''.join(parts)}", actor)
        assert code == 0
        expected = deepcopy(self.state)
        for key in sorted(keys):
            name = ("institution", key)
            expected[name] = merged(expected.get(name, {"key": key}), name=key.title(), note=note)
            agreement = ("agreement", f"with-{key}")
            if agreement not in expected:
                self.references += 1
                expected[agreement] = {"key": f"with-{key}", "ref": f"2025-{self.references:03}"}
            parties = [{"institution": "home"}, {"institution": key}]
            expected[agreement] = merged(expected[agreement], parties=parties, note=note)
        found = self.recorded()
        for noun, key in expected:  # where each was read is the file's affair
            if "source" in found[noun, key]:
                expected[noun, key] = expected[noun, key] | {"source": found[noun, key]["source"]}
        self.done(actor, expected)

    # What takes it back.

    def undoer(self, number: int) -> int | None:
        undos = [n for n, step in self.steps.items() if step.undoes == number]
        return next((n for n in undos if not any(s.undoes == n for s in self.steps.values())), None)

    def origin(self, number: int) -> int:
        undone = self.steps[number].undoes
        return number if undone is None else self.origin(undone)

    def is_undo(self, number: int) -> bool:
        undone = self.steps[number].undoes
        return undone is not None and self.steps[undone].undoes is None

    def taken_back(self, number: int) -> State | None:
        """Give the state without an entry; None where something stands on it."""
        step, state = self.steps[number], deepcopy(self.state)
        for key, before in step.before.items():
            after, now = step.after[key], state.get(key)
            if before is None or after is None:
                if now != after:
                    return None
                state = {k: doc for k, doc in (state | {key: before}).items() if doc is not None}
                continue
            if now is None:
                return None
            for name in before | after:
                if before.get(name) != after.get(name):
                    if now.get(name) != after.get(name):
                        return None
                    state[key] = merged(state[key], **{name: before.get(name)})
        there = set(state)
        return state if all(target in there for record in state.values() for target in mentions(record)) else None

    def take_back(self, actor: str, number: int | None, *arguments: str) -> None:
        if number is None:
            self.mou.fails(4, *arguments, "--actor", actor)
            return
        state = self.taken_back(number)
        rehearsed = self.mou.call(*arguments, "--dry-run", "--actor", actor)
        if state is None:
            refused = self.mou.fails(5, *arguments, "--actor", actor)
            assert " cannot be " in refused.err
            assert refused.err == rehearsed.err
            return
        assert rehearsed.code == 0
        self.mou(*arguments, "--actor", actor)
        self.done(actor, state, undoes=number)

    @rule(actor=ACTORS)
    def undo(self, actor: str) -> None:
        own = [n for n, step in self.steps.items() if step.actor == actor and not self.is_undo(n)]
        newest = max((n for n in own if self.undoer(self.origin(n)) is None), default=None)
        self.take_back(actor, newest and self.origin(newest), "undo")

    @rule(actor=ACTORS)
    def redo(self, actor: str) -> None:
        own = [n for n, step in self.steps.items() if step.actor == actor]
        last_change = max((n for n in own if self.steps[n].undoes is None), default=0)
        undos = [n for n in own if n > last_change and self.is_undo(n) and self.undoer(n) is None]
        self.take_back(actor, max(undos, default=None), "redo")

    @precondition(lambda self: self.steps)
    @rule(actor=ACTORS, data=st.data())
    def undo_any(self, actor: str, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(sorted(self.steps)))
        origin = self.origin(number)
        if not self.is_undo(number) and self.undoer(origin) is None:
            self.take_back(actor, origin, "undo", str(number))
        else:
            self.mou.fails(5, "undo", str(number), "--actor", actor)

    # What holds after each step.

    @invariant()
    def the_register_holds_what_the_model_does(self) -> None:
        assert self.recorded() == self.state

    @invariant()
    def what_is_computed_is_as_if_computed_anew(self) -> None:
        with open_reader(Location(path=self.mou.db), 5.0) as reader:
            assert spans(reader) == sorted(
                tuple(row.values())
                for (noun, _key), record in self.state.items()
                if noun == "agreement"
                for row in span_rows(record, date.fromisoformat(TODAY))
            )
            assert words(reader) == self.searched(reader)

    @invariant()
    def the_journal_is_whole(self) -> None:
        with open_reader(Location(path=self.mou.db), 5.0) as reader:
            assert [seal.wrong for seal in check_seals(reader) if seal.wrong] == []
            assert list(find_departures(reader)) == []

    def searched(self, reader: Reader) -> dict[Key, set[str]]:
        names = PartyNames(reader).of({key for noun, key in self.state if noun == "institution"})
        return {
            (noun, key): set(folded.split())
            for (noun, _), record in self.state.items()
            for _noun, key, folded in rows_of_words(noun, [record], names).values
        }


def mentions(record: dict[str, Any]) -> list[Key]:
    return [
        *(("institution", party["institution"]) for party in record.get("parties", ())),
        *(("agreement", key) for key in record.get("agreements", ())),
    ]


def merged(record: dict[str, Any], **fields: object) -> dict[str, Any]:
    return {name: value for name, value in (record | fields).items() if value is not None}


def spans(reader: Reader) -> list[tuple[Any, ...]]:
    columns = span_rows({"key": "x", "parties": []}, date.fromisoformat(TODAY))[0]
    return sorted(tuple(row[name] for name in columns) for row in reader.rows("SELECT * FROM agreement_span"))


def words(reader: Reader) -> dict[Key, set[str]]:
    rows = reader.rows("SELECT noun, key, folded FROM search_text")
    return {(row["noun"], row["key"]): set(row["folded"].split()) for row in rows}


TestUndoing = Undoing.TestCase
# A failure is not made smaller: each of its steps is a handful of command lines.
TestUndoing.settings = settings(
    max_examples=20,
    stateful_step_count=25,
    suppress_health_check=list(HealthCheck),
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
)
