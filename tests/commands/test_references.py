"""References: given in order, compared as numbers, never given twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.commands.conftest import Write
    from tests.conftest import Mou


def add(mou: Mou, *options: str) -> str:
    return mou("add", "--partner", "uit", *options).out


def test_references_are_the_year_of_recording_and_a_number(small: Mou) -> None:
    assert [add(small), add(small), add(small, "--as-of", "2024-12-31"), add(small)] == [
        *("2025-001\n", "2025-002\n", "2024-001\n", "2025-003\n"),
    ]


def test_the_reference_of_an_added_agreement_is_its_key(small: Mou) -> None:
    add(small)
    row = small.json("show", "2025-001")
    assert (row["ref"], row["key"]) == ("2025-001", "2025-001")


def test_a_removed_reference_is_never_given_again(small: Mou) -> None:
    add(small)
    small("remove", "2025-001", "--yes")
    assert add(small) == "2025-002\n"
    small("remove", "2025-002", "--yes")
    assert add(small) == "2025-003\n"


def test_a_refused_agreement_burns_no_reference(small: Mou) -> None:
    small.fails(2, "add", "--partner", "uit", "--starts", "2025-01-02", "--ends", "2025-01-01")
    small("add", "--partner", "uit", "--dry-run")
    assert add(small) == "2025-001\n"


def test_references_are_compared_as_numbers(small: Mou, write: Write) -> None:
    agreements = "".join(
        f"  - {{key: k{n}, ref: 2025-{n:03}, parties: [adu, uit]}}\n" for n in (1000, 999, 2, 10000, 10)
    )
    small("import", write("numbers.yaml", f"format: mou/1\nagreements:\n{agreements}"))
    refs = ["2025-002", "2025-010", "2025-999", "2025-1000", "2025-10000"]
    assert [row["ref"] for row in small.json("list")] == refs
    assert [row["ref"] for row in small.json("list", "--sort", "-ref")] == refs[::-1]
    assert add(small) == "2025-10001\n"


@pytest.mark.parametrize("typed", ["2025-1", "2025-01", "2025-001", "2025-0001"])
def test_a_reference_is_found_however_many_noughts_it_has(small: Mou, typed: str) -> None:
    add(small)
    assert small.json("show", typed)["ref"] == "2025-001"


def test_imported_agreements_without_a_reference_are_given_one(small: Mou, write: Write) -> None:
    file = write(
        "two.yaml", "format: mou/1\nagreements: [{key: a, parties: [adu, uit]}, {key: b, parties: [adu, tsu]}]\n"
    )
    small("import", file)
    assert [(row["key"], row["ref"]) for row in small.json("list")] == [("a", "2025-001"), ("b", "2025-002")]
    small("import", file, "--as-of", "2026-01-01")
    assert [(row["key"], row["ref"]) for row in small.json("list")] == [("a", "2025-001"), ("b", "2025-002")]


def test_a_reference_that_a_file_brings_is_kept_and_passed_over(small: Mou, write: Write) -> None:
    small("import", write("one.yaml", "format: mou/1\nagreements: [{key: a, ref: 2025-007, parties: [adu, uit]}]\n"))
    assert small.json("show", "a")["ref"] == "2025-007"
    assert add(small) == "2025-008\n"


def test_a_reference_held_by_another_is_a_conflict(small: Mou, write: Write) -> None:
    add(small)
    file = write("one.yaml", "format: mou/1\nagreements: [{key: a, ref: 2025-001, parties: [adu, uit]}]\n")
    answer = small.fails(5, "import", file)
    assert answer.err == (
        f"mou: reference 2025-001 of a is held by 2025-001\nhint: {file}:2: leave ref out: a new one is given\n"
    )
    assert [row["key"] for row in small.json("list")] == ["2025-001"]


def test_two_of_one_file_cannot_have_one_reference(small: Mou, write: Write) -> None:
    file = write(
        "two.yaml",
        "format: mou/1\nagreements:\n- {key: a, ref: 2025-001, parties: [adu, uit]}\n"
        "- {key: b, ref: 2025-001, parties: [adu, tsu]}\n",
    )
    hint = f"{file}:4: leave ref out: a new one is given"
    assert small.fails(5, "import", file).err.endswith(f"held by a\nhint: {hint}\n")
    assert small.json("list") == []


def test_a_reference_in_place_of_another_held_by_a_third_is_a_conflict(small: Mou, write: Write) -> None:
    add(small)
    add(small)
    file = write("one.yaml", "format: mou/1\nagreements:\n- {key: 2025-001, ref: 2025-002}\n")
    hint = f"{file}:3: leave ref out: it keeps 2025-001"
    assert small.fails(5, "import", file).err.endswith(f"held by 2025-002\nhint: {hint}\n")


def test_the_counters_of_a_file_are_kept(small: Mou, write: Write) -> None:
    small("import", write("counters.yaml", "format: mou/1\nreferences: {2025: 131}\n"))
    assert add(small) == "2025-132\n"
    assert "references:\n  2025: 132\n" in small("export").out


def test_a_year_of_which_the_last_reference_is_taken_has_no_more(small: Mou, write: Write) -> None:
    one = "format: mou/1\nagreements: [{{key: {key}, parties: [adu, uit]{ref}}}]\n"
    small("import", write("last.yaml", one.format(key="last", ref=", ref: 2025-999999999")))
    told = "mou: no reference of 2025 is left\nhint: one that is free can be said in a file: `ref: 2025-NNN`\n"
    assert small.fails(5, "add", "--partner", "uit").err == told
    assert small.fails(5, "import", write("none.yaml", one.format(key="one", ref=""))).err == told
    small("import", write("free.yaml", one.format(key="one", ref=", ref: 2025-001")))
    assert small.json("show", "2025-001")["key"] == "one"


def test_a_reference_that_is_the_key_of_another_is_passed_over(small: Mou, write: Write) -> None:
    small(
        "import",
        write(
            "keys.yaml",
            "format: mou/1\nagreements: [{key: a, parties: [adu, uit]}, {key: 2025-003, parties: [adu, tsu]}]\n",
        ),
    )
    assert "ref: 2025-004\n" in small("add", "--partner", "uit", "--dry-run").out
    assert [add(small), add(small)] == ["2025-004\n", "2025-005\n"]


def test_the_key_of_one_that_is_the_reference_of_another_names_neither(small: Mou, write: Write) -> None:
    small(
        "import",
        write(
            "both.yaml",
            "format: mou/1\nagreements:\n- {key: 2025-009, ref: 2025-001, parties: [adu, uit]}\n"
            "- {key: other, ref: 2025-009, parties: [adu, tsu]}\n",
        ),
    )
    for command in (("show",), ("edit", "--note", "x"), ("remove", "--yes")):
        assert small.fails(5, command[0], "2025-009", *command[1:]).err == (
            "mou: 2025-009 is the key of 2025-001 and the reference of other\nhint: say 2025-001 or other\n"
        )
    assert [small.json("show", name)["ref"] for name in ("2025-001", "other", "2025-9")] == [
        *("2025-001", "2025-009", "2025-009"),
    ]


def test_an_import_passes_over_what_is_the_key_of_another_in_whatever_order(small: Mou, write: Write) -> None:
    file = """format: mou/1
agreements:
- {key: a, parties: [adu, uit]}
- {key: 2025-001, parties: [adu, tsu]}
- {key: b, parties: [adu, uit]}
- {key: 2025-6, parties: [adu, tsu]}
"""
    small("import", write("keys.yaml", file))
    refs = {row["key"]: row["ref"] for row in small.json("list")}
    assert refs == {"a": "2025-002", "2025-001": "2025-003", "b": "2025-004", "2025-6": "2025-005"}
    assert add(small) == "2025-007\n"
    small("import", write("one.yaml", "format: mou/1\nagreements: [{key: c, parties: [adu, uit]}]\n"))
    assert [small.json("show", name)["key"] for name in ("c", "2025-008")] == ["c", "c"]
    assert [small.json("show", name)["ref"] for name in ("2025-001", "2025-6")] == ["2025-003", "2025-005"]


@pytest.mark.parametrize("between", [0, 600, 5_000])
def test_none_is_given_that_a_later_record_of_the_file_brings(small: Mou, write: Write, between: int) -> None:
    lines = [
        "format: mou/1\nagreements:\n- {key: a, parties: [adu, uit]}\n",
        *(f"- {{key: k{n}, parties: [adu, uit], note: {'x' * 400}}}\n" for n in range(between)),
        "- {key: b, ref: 2025-003, parties: [adu, tsu]}\n- {key: 2025-5, ref: 2025-001, parties: [adu, tsu]}\n",
    ]
    small("import", write("late.yaml", "".join(lines)))
    assert [small.json("show", key)["ref"] for key in ("a", "b", "2025-5")] == ["2025-004", "2025-003", "2025-001"]
    # 2025-005 is a key.
    assert add(small) == f"2025-{between + 6:03}\n"


def test_a_reference_that_is_cleared_stays(small: Mou, write: Write) -> None:
    small("import", write("a.yaml", "format: mou/1\nagreements: [{key: a, ref: 2025-004, parties: [adu, uit]}]\n"))
    file = write("cleared.yaml", "format: mou/1\nagreements: [{key: a, ref: null}]\n")
    assert small("import", file, "--dry-run").err == "nothing changed\n"
    assert small("import", file).err == "nothing changed\n"
    assert small.json("show", "a")["ref"] == "2025-004"
    assert add(small) == "2025-005\n"


@pytest.mark.parametrize("between", [0, 600])
def test_what_one_agreement_lets_go_no_other_of_the_file_takes(small: Mou, write: Write, between: int) -> None:
    keys = ["a", *(f"k{n}" for n in range(between))]
    lines = [f"- {{key: {key}, parties: [adu, uit]}}\n" for key in keys]
    small("import", write("some.yaml", f"format: mou/1\nagreements:\n{''.join(lines)}"))
    lines = [f"- {{key: {key}, note: x}}\n" for key in keys[1:]]
    taken = "- {key: b, ref: 2025-001, parties: [adu, tsu]}\n"
    file = write("taken.yaml", f"format: mou/1\nagreements:\n- {{key: a, ref: 2025-900}}\n{''.join(lines)}{taken}")
    before = small.content()
    foreseen = small.fails(5, "import", file, "--dry-run")
    assert small.fails(5, "import", file).err == foreseen.err
    assert foreseen.err.startswith("mou: reference 2025-001 of b is held by a\n")
    assert small.content() == before
