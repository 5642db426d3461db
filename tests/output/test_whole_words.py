"""Words stay whole on a screen of 80 columns, and what has the same name is told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Mou

REGISTER = """\
format: mou/1
home: [adu]
institutions:
  - {key: adu, name: Advent University, country: AZ, type: university}
  - {key: eou, name: Eskişehir Osmangazi Üniversitesi, country: TR, type: university}
  - {key: iur, name: International University of Reykjavik, country: IS, type: university}
agreements:
  - {key: one, parties: [adu, eou], type: inter-institutional, stage: signed, signed: 2024-01-01, starts: 2024-01-01,
     ends: 2025-08-28, renewal: tacit, renewal_term: 1y, notice: 2m}
  - {key: two, parties: [adu, iur], type: exchange, stage: signed, signed: 2024-01-01, starts: 2024-01-01,
     ends: 2025-07-28}
plans:
  - {key: p1, year: 2025, owner: adu, tasks: [{number: "1.8", task: Training, timing: March}]}
  - {key: p2, year: 2025, owner: adu, tasks: [{number: "1.8", task: Training, timing: March}]}
"""
EXPLAINED = """\
Day                 Left  What    Ref       With, or task  Why
────────────────────────────────────────────────────────────────────────────────
2025-03-31  overdue 40 d  task    p1/1.8    Training       March: between 1
                                                           March and 31 March
                                                           2025
2025-03-31  overdue 40 d  task    p2/1.8    Training       March: between 1
                                                           March and 31 March
                                                           2025
2025-06-28          49 d  notice  2025-001  Eskişehir      Notice: by 28 June
                                            Osmangazi      2025 (2 months before
                                            Üniversitesi   the end); 49 days
                                                           left; Ends: 28 August
                                                           2025, as stated
2025-07-28          79 d  ends    2025-002  International  Ends: 28 July 2025,
                                            University of  as stated
                                            Reykjavik

4 entries, up to 4 months ahead
"""
CROSS = """\
Ölkə       mübadilə  müəssisələrarası  Cəmi
             sazişi    Erasmus sazişi
───────────────────────────────────────────
İslandiya         1                 ·     1
Türkiyə           ·                 1     1
Cəmi              1                 1     2

2 saziş, 2 tərəfdaş
"""


@pytest.fixture
def known(empty: Mou, write: Callable[[str, str | bytes], str]) -> Mou:
    """The command line on a register of long words, and of two plans with the same task."""
    empty("import", write("known.yaml", REGISTER))
    return empty


def test_names_stay_whole_beside_what_explains_the_day(known: Mou) -> None:
    assert known("due", "--within", "4m", "--explain", "-f", "table").out == EXPLAINED


def test_a_long_word_that_heads_a_column_stays_whole(known: Mou) -> None:
    table = known("stats", "--by", "country", "--by", "type", "--lang", "az", "-f", "table").out
    assert table == CROSS


def test_a_number_is_not_parted_from_what_it_counts(known: Mou) -> None:
    columns = ("--columns", "entry,records,actor,role,at,action")
    for width in range(50, 100):
        lines = known("log", *columns, "-f", "table", env={"COLUMNS": str(width)}).lines
        assert not [line for line in lines if line.split()[-1:] == ["3"]]
    assert "2 agreements, 3 institutions, 2 plans, 2 tasks |" in known("log", "-f", "markdown").out


def test_overdue_tasks_of_the_same_text_are_told_apart(known: Mou) -> None:
    rows = known("check", "overdue", "--columns", "records,do", "-f", "table").lines[2:4]
    assert rows == [
        "p1/1.8 Training  mou plan done 1.8 --plan p1",
        "p2/1.8 Training  mou plan done 1.8 --plan p2",
    ]


def test_a_task_has_its_number_alone_where_all_are_of_one_plan(known: Mou) -> None:
    known("plan", "close", "p2")
    rows = known("due", "--kind", "task", "--columns", "which,plan", "-f", "table").lines
    assert rows[2] == "1.8  p1"
    # A program reads the column as it was asked for.
    assert known("due", "--kind", "task", "--columns", "which", "-f", "tsv").out == "which\n1.8\n"
