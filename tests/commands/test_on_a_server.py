"""A day's work on a register that is kept on a server: every change, and what it is told by, as in a file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.commands.conftest import SMALL
from tests.conftest import Mou

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Answer
    from tests.postgresql import Both

pytest_plugins = ("tests.postgresql",)

WORK = """\
import small.yaml
add --partner uit --starts 2024-05-01 --term 2y --renewal tacit --renewal-term 1y --notice 3m --stage draft
add --partner tsu --starts 2020-05-01 --ends 2025-04-30 --renewal express
sign 2025-001 --on 2024-05-01
renew 2025-001 --on 2024-06-01
renew --country GE --term 1y --yes
amend 2025-001 --notice 1m
review 2025-002 --outcome continue --next 2026-01-01
notice 2025-001
undo
redo
undo 8
terminate 2025-002 --on 2025-12-31 --reason Agreed
supersede 2025-001 --with 2025-002
doc add 2025-001 small.yaml --kind annex
doc remove 2025-001 small.yaml --yes
doc prune --yes
check --accept vacant:2025-002 --reason x
check --fix
partner merge uit tsu --yes
undo
due
due --overdue --explain
due -f ics
history 2025-001
doc list
doc verify
check
check --accepted
log
log 2025-001
log 2025-001 --blame
log --verify
export
""".splitlines()
# Of the journal, the instants, and with them the seals, are of their own; only a server knows who was let in; and only
# a file is backed up.
OWN = re.compile(r"(?<=\t)(postgres)?(?=\n)|\d{4}-\d\d-\d\dT[\d:.]+(\+00:00|Z)?|\d{8}T\d{6}Z|[0-9a-f]{64}")
SAFE = re.compile(r"^the register as it was is kept in .*\n", re.MULTILINE)


@pytest.fixture
def places(make_both: Callable[[], Both]) -> tuple[str, str]:
    """The addresses of a register in a file and of one on the server, both empty."""
    both = make_both()
    return str(both.sqlite.path), both.postgresql.url or ""


def test_what_is_done_in_a_file_is_done_on_a_server(
    places: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "small.yaml").write_text(SMALL, "utf-8")
    mou = Mou(tmp_path / "register.db")
    for line in WORK:
        in_a_file, on_a_server = (said(mou, place, line) for place in places)
        assert on_a_server == in_a_file, line
        assert in_a_file.code in {0, 3}, (line, in_a_file)


def said(mou: Mou, place: str, line: str) -> Answer:
    answer = mou.call(*line.split(), "--db", place, env={"MOU_DOCUMENTS": str(mou.folder / "documents")})
    return type(answer)(answer.code, OWN.sub("…", answer.out), OWN.sub("…", SAFE.sub("", answer.err)))
