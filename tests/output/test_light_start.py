"""Machine forms load nothing heavy, in a process of their own."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {"rich", "yaml", "openpyxl", "sqlalchemy", "sqlmodel", "pydantic", "rapidfuzz", "alembic", "typer"}
PROGRAM = """
import sys
from mou_cli.output.form import Form
from mou_cli.output.show import show_many, show_one
form, columns = Form(sys.argv[1]), sys.argv[2].split()
row = {"key": "p", "title": "Plan", "tasks": 1, "texts": {}, "country": "NO"}
show_many([row], "institution", form=form, columns=columns, stream=sys.stdout)
show_one(row, "institution", form=form, columns=columns, stream=sys.stdout)
sys.stderr.write(" ".join(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def heavy_modules(form: str, columns: str) -> set[str]:
    done = subprocess.run([sys.executable, "-c", PROGRAM, form, columns], capture_output=True, text=True, check=True)
    assert done.stdout
    return HEAVY & set(done.stderr.split())


@pytest.mark.parametrize("columns", ["", "key country"])
@pytest.mark.parametrize("form", ["auto", "json", "jsonl", "csv", "tsv", "markdown"])
def test_machine_forms_load_nothing_heavy(form: str, columns: str) -> None:
    assert heavy_modules(form, columns) == set()


@pytest.mark.parametrize(("form", "module"), [("yaml", "yaml"), ("table", "rich")])
def test_other_forms_load_what_they_need_alone(form: str, module: str) -> None:
    assert heavy_modules(form, "") == {module}
