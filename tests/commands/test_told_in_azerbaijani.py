"""What the program tells in Azerbaijani of what it has done or would do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.commands.test_remove import ask

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.conftest import Write
    from tests.conftest import Mou

LOCALE = {"LC_ALL": "az_AZ.UTF-8"}
PLAN = """\
format: mou/1
home: [adu]
institutions: [{key: adu, name: Advent University}]
plans:
  - {key: p, year: 2025, owner: adu, tasks: [{number: "1", task: A}, {number: "2", task: B}, {number: "3", task: C}]}
"""


def test_what_was_recorded_changed_and_removed(small: Mou) -> None:
    added = small("add", "--partner", "University of Oslo", "--new", "--country", "NO", "--term", "3y", env=LOCALE)
    assert (added.out, added.err.splitlines()) == (
        "2025-001\n",
        [
            "müddət imzalanma günündən hesablanır (başqa ilk gün üçün: --starts)",
            "əlavə edilir: qurum university-of-oslo",
            "  key: university-of-oslo",
            "  name: University of Oslo",
            "  country: NO",
        ],
    )
    edited = small("edit", "2025-001", "--term", "", "--unit", "Law", env=LOCALE)
    assert edited.err == "dəyişdirilir: saziş 2025-001\n  unit: Law\n  term: 3y → (təmizlənib)\n"
    again = small("edit", "2025-001", "--unit", "Law", env=LOCALE)
    assert again.err == "saziş 2025-001: heç nə dəyişmir\n"
    assert small("remove", "2025-001", "--yes", env=LOCALE).err == "silinir: saziş 2025-001\n"


def test_what_would_change_is_an_answer_in_its_own_language(small: Mou) -> None:
    rehearsed = ("partner", "edit", "adu", "--city", "Baku", "--dry-run")
    assert small(*rehearsed, env=LOCALE).out == "change institution adu\n  city: Baku\n"
    assert small(*rehearsed, "--lang", "az").out == "dəyişdirilir: qurum adu\n  city: Baku\n"


def test_what_was_imported(empty: Mou, write: Write) -> None:
    file = write("plan.yaml", PLAN)
    assert empty("import", file, "--dry-run", env=LOCALE).err == "əlavə ediləcək: 1 qurum, 1 plan, 3 tapşırıq\n"
    assert empty("import", file, env=LOCALE).err == "əlavə edildi: 1 qurum, 1 plan, 3 tapşırıq\n"
    assert empty("import", file, env=LOCALE).err == "heç nə dəyişmədi\n"
    empty("plan", "task", "edit", "1", "--task", "Mine")
    write("plan.yaml", PLAN.replace("task: A", "task: D").replace("task: B", "task: E"))
    told = empty("import", file, env=LOCALE).err.splitlines()
    assert told == [
        "tapşırıq p/1: task olduğu kimi qaldı (sonradan burada dəyişdirilib; --overwrite faylda yazılanı götürür)",
        "dəyişdirildi: 1 tapşırıq",
    ]


def test_what_is_left_of_a_plan(empty: Mou, write: Write) -> None:
    empty("import", write("plan.yaml", PLAN))
    done = empty("plan", "done", "1", env=LOCALE)
    assert done.err.startswith(
        "faktiki nəticə hələ qeydə alınmayıb (--result ilə yazılır)\ndəyişdirilir: tapşırıq p/1\n"
    )
    closed = empty("plan", "close", "p", env=LOCALE)
    assert closed.err.startswith("planın 2 tapşırığı nə yerinə yetirilib, nə də çıxarılıb\n")


def test_what_was_written_and_what_was_not_found(seeded: Mou, tmp_path: Path) -> None:
    file = str(tmp_path / "list.csv")
    assert seeded("list", "-o", file, env=LOCALE).err == f"{file} faylına 134 sətir yazıldı\n"
    nothing = seeded("stats", "--country", "Chile", "-f", "table", env=LOCALE)
    assert (nothing.out, nothing.err) == ("", "saziş tapılmadı: tərəfdaşlar Çilidən; --country olmadan: 134\n")


def test_what_was_set(small: Mou) -> None:
    assert small("config", "unset", "pager", "--lang", "az").err == (
        f"pager ayar faylında təyin edilməyib: {small.config}\n"
    )
    small("config", "set", "pager", "most")
    assert small("config", "unset", "pager", env=LOCALE | {"MOU_PAGER": "cat"}).err == (
        "pager artıq təyin edilməyib\nMOU_PAGER mühit dəyişəni ondan üstündür\n"
    )


@pytest.mark.parametrize(
    ("replies", "says", "left"), [(["bəlkə", "yox"], "heç nə silinmədi", True), (["bəli"], "silinir: saziş", False)]
)
def test_a_question_is_answered_in_the_language(seeds: Mou, replies: list[str], says: str, *, left: bool) -> None:
    child = ask(seeds, "remove", "khazar-miras-2024", "--lang", "az")
    title = "Xəzər Universiteti və “MİRAS” İctimai Birliyinin əməkdaşlıq memorandumu"
    for reply in replies:
        child.expect_exact(f"saziş khazar-miras-2024 ({title}) silinsin? [b/X]: ")
        child.sendline(reply)
    child.expect_exact(says)
    child.wait()
    assert seeds.call("show", "khazar-miras-2024").code == (0 if left else 4)


def test_a_language_that_is_not_spoken_is_refused_before_anything_is_recorded(small: Mou) -> None:
    answer = small.fails(2, "add", "--partner", "uit", "--lang", "xx")
    assert answer.err == "mou: --lang: 'xx' is none of en, az\n"
    assert small("list", "--count").out == "0\n"
