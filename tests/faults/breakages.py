"""What the program would be without one of its guarantees: a change of one line each, and the tests that must notice.

`test_breakages.py` makes the change in a copy and sees those tests fail, and the very same pass in a copy without it.
"""

from __future__ import annotations

from typing import NamedTuple

FAULTS = "tests/faults"


class Breakage(NamedTuple):
    """A file of the program, text that stands in it once, what to put in its place, and who must notice.

    Of a test that has many cases one is named: every other would notice the same, and be tried once more.
    """

    file: str
    text: str
    instead: str
    noticed_by: tuple[str, ...]


BREAKAGES = {
    "a change is committed in two halves": Breakage(
        "mou_cli/records/writer.py",
        "self._insert(entry.rows(real))",
        'self._connection.exec_driver_sql("COMMIT"); self._connection.exec_driver_sql("BEGIN IMMEDIATE"); '
        "self._insert(entry.rows(real))",
        (f"{FAULTS}/test_every_write.py::test_a_command_killed_at_any_write_has_happened_or_not[edit]",),
    ),
    "a change begins without the lock": Breakage(
        "mou_cli/store/engine.py",
        'exec_driver_sql("BEGIN IMMEDIATE")',
        'exec_driver_sql("BEGIN")',
        (f"{FAULTS}/test_at_once.py::test_eight_who_add_again_and_again_lose_nothing",),
    ),
    "foreign keys are off": Breakage(
        "mou_cli/store/reader.py",
        '"foreign_keys=ON"',
        '"foreign_keys=OFF"',
        ("tests/commands/test_two_hands.py::test_what_is_mentioned_and_gone_is_told[sqlite]",),
    ),
    "nothing is waited for until it is on the disk": Breakage(
        "mou_cli/store/reader.py",
        '"synchronous=EXTRA"',
        '"synchronous=OFF"',
        (f"{FAULTS}/test_failing_writes.py::test_what_has_happened_is_on_the_disk_before_it_counts",),
    ),
    "a document has its name before it is on the disk": Breakage(
        "mou_cli/store/documents.py",
        "os.fsync(descriptor)",
        "pass",
        (f"{FAULTS}/test_failing_writes.py::test_what_has_happened_is_on_the_disk_before_it_counts",),
    ),
    "a document is handed out whatever has become of it": Breakage(
        "mou_cli/store/documents.py",
        'if state != "sound":\n            wrong =',
        'if state == "":\n            wrong =',
        (f"{FAULTS}/test_documents.py::test_a_byte_that_was_changed_is_found_and_the_document_not_opened",),
    ),
    "a file is written in place": Breakage(
        "mou_cli/output/file.py",
        "yield aside",
        "yield target",
        (
            f"{FAULTS}/test_failing_writes.py::test_a_command_of_which_a_write_fails_has_happened_or_not[export]",
            "tests/output/test_file_written.py::test_error_while_writing_leaves_what_was_there",
        ),
    ),
    "a file can be read by everybody": Breakage(
        "mou_cli/output/file.py",
        "0o600",
        "0o644",
        ("tests/output/test_file_written.py::test_only_the_owner_may_read_it",),
    ),
    "a register can be read by everybody": Breakage(
        "mou_cli/store/disk.py",
        "os.O_RDWR, 0o600",
        "os.O_RDWR, 0o644",
        (f"{FAULTS}/test_environment.py::test_the_usual_place_is_made_for_the_first_register",),
    ),
    "an upgrade makes no backup": Breakage(
        "mou_cli/store/outdated.py",
        'backup = back_up(original_of(location, timeout), "upgrade")\n        migrate_file',
        "backup = location.path\n        migrate_file",
        ("tests/test_upgrade.py::test_upgrade_keeps_everything_and_a_backup",),
    ),
    "a newer register is taken": Breakage(
        "mou_cli/store/reader.py",
        "if versions == [HEAD]:",
        "if versions:",
        (f"{FAULTS}/test_register_file.py::test_a_newer_register_is_not_touched[9999]",),
    ),
    "another program's database is taken": Breakage(
        "mou_cli/store/reader.py",
        "if application != APPLICATION_ID:",
        "if application < 0:",
        (f"{FAULTS}/test_register_file.py::test_another_programs_database_is_left_alone[PRAGMA user_version=1]",),
    ),
    "a backup is not proved": Breakage(
        "mou_cli/store/pages.py",
        "if damage := damage_of(path, timeout, tell):",
        "if damage := list[str]():",
        (f"{FAULTS}/test_backups.py::test_damage_that_only_a_proof_can_meet_is_not_backed_up",),
    ),
    "the journal can be rewritten": Breakage(
        "mou_cli/store/guard.py",
        "SELECT RAISE(ABORT, 'the journal cannot be changed')",
        "SELECT 'the journal cannot be changed'",
        ("tests/test_schema.py::test_journal_cannot_be_rewritten[sqlite-DELETE FROM {}-journal_entry]",),
    ),
    "seals are not looked at": Breakage(
        "mou_cli/views/seal.py",
        'if seal.digest == entry["digest"]:',
        "if seal.digest:",
        (
            (
                "tests/commands/test_log.py::test_what_was_changed_from_outside_is_found"
                "[sqlite-DELETE FROM journal_change WHERE entry = 3 AND ordinal = 2-3-it was changed]"
            ),
        ),
    ),
    "what steers a terminal is shown as it is": Breakage(
        "mou_cli/rules/text.py",
        "if text.isprintable() or _HARMFUL.search(text) is None:",
        "if text or _HARMFUL.search(text) is None:",
        (
            f"{FAULTS}/test_hostile_text.py::test_what_steers_a_terminal_is_escaped_even_if_it_is_in_the_register[\\x1b[2J]",
        ),
    ),
    "markup is obeyed": Breakage(
        "mou_cli/output/table.py",
        "Text(text, spans=[Span(0, len(text), column.tone(row))])",
        "Text.from_markup(text)",
        (f"{FAULTS}/test_hostile_text.py::test_markup_is_shown_as_it_was_written[[red]]",),
    ),
    "a formula is a formula": Breakage(
        "mou_cli/output/delimited.py",
        "return _GUARD + text if _FORMULA",
        "return text if _FORMULA",
        (f"{FAULTS}/test_hostile_text.py::test_a_spreadsheet_is_given_no_formula[=1+1]",),
    ),
    "an alias is passed over": Breakage(
        "mou_cli/formats/yaml_reader.py",
        'self.complain(event.start_mark, f"the alias *{event.anchor} is not supported; write the value out")',
        "pass",
        (
            (
                f"{FAULTS}/test_seed_files.py::test_yaml_that_means_more_or_less_than_it_says_is_refused"
                r"[format: mou/1\ninstitutions:\n  - key: a\n    name: A\n"
                r"    city: &x Baku\n    region: *x\n-complaints4]"
            ),
        ),
    ),
    "a change goes over what it was not based on": Breakage(
        "mou_cli/commands/basis.py",
        "if not later:",
        "if later or not later:",
        (f"{FAULTS}/test_at_once.py::test_of_eight_changes_based_on_the_same_entry_one_is_taken",),
    ),
    "a reader that leaves is an error": Breakage(
        "mou_cli/main.py",
        "except BrokenPipeError:",
        "except ZeroDivisionError:",
        (f"{FAULTS}/test_streams.py::test_a_reader_that_leaves_an_export_is_no_error",),
    ),
}
