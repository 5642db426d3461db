"""What is found of documents, evidence and the journal, and what comes close and is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.commands.papers import DIGEST, PDF, place, spoil

if TYPE_CHECKING:
    from pathlib import Path

    from tests.checks.conftest import Found
    from tests.conftest import Mou

SIGNED = """agreements:
  - {key: a, parties: [adu, uit], signed: 2024-05-01, starts: signed, ends: 2027-04-30}
"""
ID = f"a/{DIGEST[:12]}"


@pytest.fixture
def scanned(empty: Mou, found: Found, tmp_path: Path) -> Mou:
    """A register with an agreement that has a scan, an address, a paper and a document that is only named."""
    documents = "documents: [named.pdf, https://example.org/a, {paper: binder 12}]"
    found("document-missing", SIGNED.replace("}\n", f", {documents}}}\n"))
    (tmp_path / "scan.pdf").write_bytes(PDF)
    empty("doc", "add", "a", str(tmp_path / "scan.pdf"))
    return empty


def test_a_content_that_is_gone_is_found_and_nothing_else_is_looked_for(scanned: Mou, found: Found) -> None:
    assert found("document-missing") == []
    place(scanned).unlink()
    assert found("document-missing") == [f"document-missing:{ID}"]
    (row,) = scanned.call("check", "document-missing", "-f", "json").json
    assert row["sentence"] == "the content of its document scan.pdf is not in the store"
    assert row["do"] == "mou doc add 2025-001 FILE"
    assert found("document-changed") == []


def test_a_content_of_another_size_is_found_by_looking_and_one_of_the_same_by_reading(
    scanned: Mou, found: Found
) -> None:
    spoil(place(scanned))
    assert found("document-changed") == []
    assert scanned.fails(3, "doc", "verify", "-f", "json").json[0]["state"] == "changed"
    place(scanned).write_bytes(PDF + b"more")
    assert found("document-changed") == [f"document-changed:{ID}"]
    (row,) = scanned.call("check", "document-changed", "-f", "json").json
    assert row["sentence"] == "the content of its document scan.pdf is not what was added"
    assert row["do"] == "mou doc verify 2025-001"
    assert found("document-missing") == []


def test_what_is_no_file_is_a_content_that_was_changed(scanned: Mou, found: Found) -> None:
    place(scanned).unlink()
    place(scanned).mkdir()
    assert found("document-changed") == [f"document-changed:{ID}"]


def test_that_a_content_is_gone_can_be_accepted(scanned: Mou, found: Found) -> None:
    place(scanned).unlink()
    scanned("check", "--accept", f"document-missing:{ID}", "--reason", "burnt in 2024")
    assert found("document-missing") == []


def test_every_lack_of_evidence_is_a_finding_of_its_own(
    empty: Mou, found: Found, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert found("evidence", SIGNED) == []
    monkeypatch.setenv("MOU_REQUIRE", "signed-original, signatories")
    assert found("evidence") == ["evidence:a/signed-original", "evidence:a/signatories"]
    assert [row["sentence"] for row in empty.json("check", "evidence")] == [
        "it has no signed original",
        "nobody is said to have signed for Advent University; University of Tromsø",
    ]
    empty("check", "--accept", "evidence:a/signed-original", "--reason", "burnt in 2024")
    assert found("evidence") == ["evidence:a/signatories"]


@pytest.mark.parametrize(
    "said",
    [
        "starts: 2024-05-01, ends: 2025-05-09",
        "stage: draft",
        """starts: 2024-05-01, ends: 2026, documents: [{kind: signed-original, paper: binder 12}],
          signatures: [{party: adu, name: Ann}, {party: uit, name: Bo}]""",
    ],
)
def test_what_is_not_in_force_or_has_its_evidence_lacks_none(
    found: Found, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    monkeypatch.setenv("MOU_REQUIRE", "signed-original,signatories")
    assert found("evidence", f"agreements:\n  - {{key: a, parties: [adu, uit], {said}}}\n") == []


def test_an_entry_that_was_changed_from_outside_is_found(empty: Mou, found: Found) -> None:
    assert found("journal-broken", SIGNED) == []
    empty.spoil("UPDATE journal_entry SET actor = 'nobody' WHERE id = 2")
    assert found("journal-broken") == ["journal-broken:entry/2"]
    (row,) = empty.call("check", "journal-broken", "-f", "json").json
    assert row["sentence"] == "entry 2 of the journal is not as it was written"
    assert row["records"] == []
    assert empty.fails(3, "check").err == ""
