"""Values that nobody can have recorded: the register is called damaged, and the program not at fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.faults.conftest import Trial

RESTORE = "hint: restore it from a backup"


def test_a_value_that_no_field_takes_is_told_of(trial: Trial) -> None:
    trial.sql("UPDATE agreement SET notice = 'soon' WHERE key = 'khazar-miras-2024'")
    told = 'agreement khazar-miras-2024, notice: "soon" is not a length: write 3y, 18m, 1y6m or 90d'
    says = f"mou: {{db}} is damaged: {told}, or academic-year\n{RESTORE}"
    assert trial.call("show", "khazar-miras-2024", "-f", "table", code=7, says=says).out == ""
    assert trial.call("list", "--count").out == "134\n"


def test_a_mention_of_what_is_not_there_is_told_of(trial: Trial) -> None:
    trial.sql("UPDATE agreement_party SET institution = 'gone' WHERE institution = 'miras'")
    says = f"mou: {{db}} is damaged: agreement_party mentions a row of institution that is not there\n{RESTORE}"
    trial.call("show", "khazar-miras-2024", "-f", "json", code=7, says=says)


def test_what_is_reckoned_can_be_reckoned_anew(trial: Trial) -> None:
    trial.sql("UPDATE agreement_span SET ends_from = 'x', ends_to = 'x' WHERE agreement = 'khazar-miras-2024'")
    says = (
        "mou: {db} is damaged: what is reckoned of the agreement khazar-miras-2024\n"
        "hint: `mou db check --fix` reckons it anew"
    )
    trial.call("list", "miras", "-f", "table", code=7, says=says)
    trial.call("db", "check", "--fix", changes=True)
    assert "2025-002" in trial.call("list", "miras", "-f", "table").out
