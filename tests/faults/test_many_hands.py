"""Many who change one register on a server at the same moment: nothing is lost, nothing is done twice."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from mou_cli.store.upgrade import run_migrations
from tests.faults.cluster import Cluster, own_cluster
from tests.faults.conftest import no_traceback
from tests.faults.test_server import ended

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

    from tests.conftest import Answer

MANY = 32
EACH = 5
# What a program does again and again, begun when all have started.
ADDING = f"""
import sys
from mou_cli.main import run
print("ready", flush=True)
sys.stdin.readline()
for number in range({EACH}):
    title = f"by {{sys.argv[1]}}, number {{number}}"
    code = run(["add", "--home", "home", "--partner", "other", "--title", title])
    if code:
        sys.exit(code)
"""
REGISTER = b"format: mou/1\nhome: [home]\ninstitutions: [{key: home, name: Home}, {key: other, name: Other}]\n"


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A server for these tests alone; there is less room than they ask for."""
    with own_cluster() as made:
        yield made


def fill(cluster: Cluster, database: str) -> None:
    process = cluster.start_mou(database, "import", "-")
    process.communicate(REGISTER, timeout=60)
    assert process.returncode == 0


def at_once(processes: list[subprocess.Popen[bytes]]) -> list[Answer]:
    """Let programs that are ready begin, and wait for them."""
    for process in processes:
        assert process.stdout
        assert process.stdout.readline() == b"ready\n"
    for process in processes:
        assert process.stdin
        process.stdin.write(b"begin\n")
        process.stdin.flush()
    return [no_traceback(ended(process)) for process in processes]


def asked(cluster: Cluster, database: str, *arguments: str) -> Answer:
    answer = ended(cluster.start_mou(database, *arguments))
    assert answer.code == 0, answer
    return answer


def test_of_32_who_add_again_and_again_nobody_loses_anything(cluster: Cluster) -> None:
    database = cluster.make_database()
    fill(cluster, database)
    answers = at_once([cluster.start_mou(database, str(who), program=ADDING) for who in range(MANY)])
    assert [answer.code for answer in answers] == [0] * MANY, answers
    references = sorted(reference for answer in answers for reference in answer.out.split())
    assert references == [f"2025-{number:03}" for number in range(1, MANY * EACH + 1)]
    rows = json.loads(asked(cluster, database, "list", "-f", "json").out)
    titles = {f"by {who}, number {number}" for who in range(MANY) for number in range(EACH)}
    assert sorted(row["ref"] for row in rows) == references
    assert {row["title"] for row in rows} == titles
    assert asked(cluster, database, "log", "--count").out == f"{MANY * EACH + 1}\n"
    assert asked(cluster, database, "log", "--verify").err.startswith(f"{MANY * EACH + 1} entries, none ")


def test_of_those_who_make_a_register_at_once_all_find_it_made(cluster: Cluster) -> None:
    database = cluster.make_database()
    names = [f"University {letter}" for letter in "ABCDEFGH"]
    answers = [
        ended(process) for process in [cluster.start_mou(database, "partner", "add", name, "--new") for name in names]
    ]
    assert [answer.code for answer in answers] == [0] * len(names), answers
    assert asked(cluster, database, "partner", "list", "--count").out == f"{len(names)}\n"
    assert asked(cluster, database, "log", "--verify").err.startswith(f"{len(names)} entries, none ")


def test_of_those_who_bring_a_register_up_to_date_at_once_all_find_it_so(cluster: Cluster) -> None:
    database = cluster.make_database()
    with cluster.connected(database) as connection, connection.begin():
        run_migrations(connection, "0003")
    reads = [cluster.start_mou(database, "list", "--count") for _ in range(4)]
    writes = [cluster.start_mou(database, "partner", "add", f"University {letter}", "--new") for letter in "ABCD"]
    read, written = ([ended(process) for process in processes] for processes in (reads, writes))
    assert [(answer.code, answer.out) for answer in read] == [(0, "0\n")] * 4, read
    assert [answer.code for answer in written] == [0] * 4, written
    assert asked(cluster, database, "partner", "list", "--count").out == "4\n"


def test_of_changes_based_on_the_same_entry_one_is_taken(cluster: Cluster) -> None:
    database = cluster.make_database()
    fill(cluster, database)
    edit = ("partner", "edit", "other", "--based-on", "1", "--city")
    answers = [ended(process) for process in [cluster.start_mou(database, *edit, f"City {n}") for n in range(8)]]
    assert sorted(answer.code for answer in answers) == [0, *[5] * 7]
    (taken,) = [number for number, answer in enumerate(answers) if answer.code == 0]
    for number, answer in enumerate(answers):
        if number != taken:
            assert f"\n  city: City {taken}\nas you would have had it:\n" in answer.err
            assert f"\n  city: City {number}\n" in answer.err
