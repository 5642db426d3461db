"""`mou doc`: documents of agreements, and what is kept of them."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.commands.papers import DIGEST, KEY, PDF, REF, documents, folder, kept, on_terminal, place, spoil
from tests.conftest import TODAY, Mou
from tests.terminal import see_the_end

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.commands.conftest import Write
    from tests.postgresql import Both


def test_a_file_is_recorded_and_its_content_kept(seeds: Mou, scan: str) -> None:
    answer = seeds(
        *("doc", "add", "2025-2", scan, "--kind", "signed original", "--language", "en", "--public"),
        *("--paper", "binder 12"),
    )
    assert (answer.out, answer.err) == ("scan.pdf\n", "")
    assert documents(seeds) == [
        {
            "agreement": KEY,
            "ref": REF,
            "file": "scan.pdf",
            "kind": "signed-original",
            "language": "en",
            "public": True,
            "paper": "binder 12",
            "sha256": DIGEST,
            "size": len(PDF),
            "media_type": "application/pdf",
            "added": TODAY,
            "stored": "yes",
        }
    ]
    assert place(seeds).read_bytes() == PDF
    assert Path(scan).read_bytes() == PDF


def test_what_is_kept_is_its_owners_alone_and_cannot_be_written(seeds: Mou, scan: str) -> None:
    seeds("doc", "add", REF, scan)
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (folder(seeds), place(seeds).parent, place(seeds))]
    assert modes == [0o700, 0o700, 0o400]
    assert [path.name for path in folder(seeds).iterdir()] == [DIGEST[:2]]


def test_a_change_to_documents_is_one_entry_of_the_journal(seeds: Mou, scan: str) -> None:
    before = seeds.json("show", REF)["history"]["changes"]
    seeds("doc", "add", REF, scan)
    assert seeds.json("show", REF)["history"]["changes"] == before + 1


def test_the_same_content_is_kept_once(seeds: Mou, scan: str, write: Write) -> None:
    seeds("doc", "add", REF, scan)
    seeds("doc", "add", "2025-003", write("copy.pdf", PDF))
    assert kept(seeds) == [DIGEST]
    assert documents(seeds, "2025-003")[0]["file"] == "copy.pdf"


def test_the_same_content_or_name_of_an_agreement_is_refused(seeds: Mou, scan: str, write: Write) -> None:
    seeds("doc", "add", REF, scan)
    again = seeds.fails(5, "doc", "add", REF, scan, "--name", "other.pdf")
    assert again.err == "mou: the agreement has the same content already, as scan.pdf\n"
    other = write("other.pdf", b"other")
    namesake = seeds.fails(5, "doc", "add", REF, other, "--name", "scan.pdf")
    assert namesake.err == (
        "mou: the agreement has a document scan.pdf already\n"
        "hint: --name calls it otherwise; `mou doc remove` takes the other away\n"
    )
    assert (kept(seeds), list(folder(seeds).glob(".*"))) == ([DIGEST], [])
    seeds("doc", "add", REF, other, "--name", "scan 2.pdf")
    assert [row["file"] for row in documents(seeds)] == ["scan.pdf", "scan 2.pdf"]


def test_an_address_is_recorded_and_nothing_fetched(seeds: Mou) -> None:
    assert seeds("doc", "add", REF, "https://example.org/news", "--kind", "press").out == "https://example.org/news\n"
    (row,) = documents(seeds)
    assert (row["file"], row["stored"], row["sha256"]) == ("https://example.org/news", "address", None)
    assert not folder(seeds).exists()
    again = seeds.fails(5, "doc", "add", REF, "https://example.org/news")
    assert again.err.startswith("mou: the agreement has a document https://example.org/news already\n")


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("ftp://example.org/x", "a document is a file or an http(s) address, not ftp:"),
        ("javascript:alert(1)", "a document is a file or an http(s) address, not javascript:"),
        ("file:///etc/passwd", "a document is a file or an http(s) address, not file:"),
        ("https://", "'https://' is not an address"),
        ("http://[x", "'http://[x' is not an address"),
        ("http://a b/c", "'http://a b/c' is not an address"),
    ],
)
def test_any_other_address_is_refused(seeds: Mou, file: str, says: str) -> None:
    assert seeds.fails(2, "doc", "add", REF, file).err.splitlines()[0] == f"mou: {says}"
    assert documents(seeds) == []


def test_a_file_whose_name_looks_like_an_address_is_added_by_its_path(
    seeds: Mou, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(Path(write("mou:1.pdf", PDF)).parent)
    assert "hint: a file of that name is ./mou:1.pdf\n" in seeds.fails(2, "doc", "add", REF, "mou:1.pdf").err
    assert seeds("doc", "add", REF, "./mou:1.pdf").out == "mou:1.pdf\n"


def test_a_mere_paper_is_recorded(seeds: Mou) -> None:
    assert seeds("doc", "add", REF, "--paper", "binder 12", "--kind", "signed-original").out == "binder 12\n"
    (row,) = documents(seeds)
    assert (row["file"], row["paper"], row["stored"]) == (None, "binder 12", "paper")
    assert "signed original  en" not in seeds("show", REF, "-f", "table").out
    assert "signed original  on paper: binder 12" in seeds("show", REF, "-f", "table").out
    assert seeds("doc", "list", REF, "-f", "table", "--columns", "file,stored").lines[2].split("  ")[0] == (
        "on paper: binder 12"
    )
    refused = seeds.fails(2, "doc", "add", REF)
    assert refused.err == (
        "mou: a document needs a file or an address\nhint: or say --paper where it lies on paper alone\n"
    )


@pytest.mark.parametrize("name", ["a/b.pdf", "..", "a\\b", " "])
def test_a_name_that_is_none_is_refused(seeds: Mou, scan: str, name: str) -> None:
    assert seeds.fails(2, "doc", "add", REF, scan, "--name", name).err == (
        f"mou: --name: {name!r} is not the name of a file\n"
    )


def test_what_cannot_be_recorded_is_refused_before_anything_is_copied(seeds: Mou, scan: str) -> None:
    for code, arguments, says in (
        (2, (REF, scan, "--kind", "sgined"), "--kind: 'sgined' is no kind of document; did you mean signed-original?"),
        (2, (REF, scan, "--language", "x" * 36), "--language: the text is 36 characters long; 35 is the limit"),
        (2, (REF, scan, "--name", "a\x1bb"), r"--name: the text contains \x1b, which cannot be stored"),
        (2, (REF, "https://example.org", "--name", "x"), "--name: an address is its own name"),
        (4, ("2025-999", scan), "there is no agreement 2025-999"),
    ):
        assert seeds.fails(code, "doc", "add", *arguments).err.splitlines()[0] == f"mou: {says}"
    assert not folder(seeds).exists()


def test_a_rehearsal_copies_nothing_and_says_what_would_change(seeds: Mou, scan: str) -> None:
    told = seeds("doc", "add", REF, scan, "--dry-run").out
    assert told.splitlines()[0] == f"change agreement {KEY}"
    assert DIGEST in told
    assert not folder(seeds).exists()
    assert documents(seeds) == []


def test_a_file_that_was_only_named_gets_its_content(seeds: Mou, scan: str, write: Write) -> None:
    named = f"format: mou/1\nagreements: [{{key: {KEY}, documents: [a.pdf, {{file: scan.pdf, kind: annex}}]}}]\n"
    seeds("import", write("named.yaml", named))
    assert [row["stored"] for row in documents(seeds)] == ["no", "no"]
    seeds("doc", "add", REF, scan, "--language", "az")
    found = documents(seeds)
    assert [row["file"] for row in found] == ["a.pdf", "scan.pdf"]
    assert (found[1]["kind"], found[1]["language"], found[1]["stored"]) == ("annex", "az", "yes")


def test_the_language_said_after_the_command_is_that_of_the_document(seeds: Mou, scan: str) -> None:
    seeds("--lang", "az", "doc", "add", REF, scan, "--lang", "de")
    assert [row["language"] for row in documents(seeds)] == ["de"]
    assert seeds("doc", "list", REF, "--lang", "az", "-f", "table").lines[0].split()[1] == "Sənəd"


def test_a_content_that_was_lost_or_changed_is_brought_back(seeds: Mou, scan: str) -> None:
    seeds("doc", "add", REF, scan)
    before = documents(seeds)
    for damage in (Path.unlink, spoil):
        damage(place(seeds))
        assert seeds("doc", "add", REF, scan).out == "scan.pdf\n"
        assert place(seeds).read_bytes() == PDF
    assert documents(seeds) == before


def test_documents_are_listed_by_what_is_asked(seeds: Mou, scan: str, write: Write) -> None:
    assert seeds("doc", "list", "-f", "table").err.startswith("no documents found: none is recorded yet; begin with")
    seeds("doc", "add", REF, scan, "--kind", "annex", "--public")
    seeds("doc", "add", REF, write("b.txt", "bb"), "--language", "az")
    seeds("doc", "add", "2025-003", "https://example.org/x", "--kind", "press")

    def listed(*arguments: str) -> list[str]:
        return [row["file"] for row in seeds.json("doc", "list", *arguments)]

    assert listed() == ["scan.pdf", "b.txt", "https://example.org/x"]
    assert listed("2025-3", REF) == ["scan.pdf", "b.txt", "https://example.org/x"]
    assert listed("--kind", "annex", "--kind", "press") == ["scan.pdf", "https://example.org/x"]
    assert listed("--language", "az") == ["b.txt"]
    assert listed("--public") == ["scan.pdf"]
    assert listed("--not-public", "--limit", "1") == ["b.txt"]
    assert listed("--sort", "-size") == ["scan.pdf", "b.txt", "https://example.org/x"]
    assert listed("--missing") == []
    place(seeds).unlink()
    assert listed("--missing") == ["scan.pdf"]
    assert seeds("doc", "list", "--missing", "--count").out == "1\n"
    nothing = seeds("doc", "list", "--missing", "--kind", "press", "-f", "table")
    assert nothing.err == (
        "no documents found: kind press, not in the store; without --kind there is one;"
        " without --missing there is one\n"
    )


def test_a_table_of_documents(seeds: Mou, write: Write) -> None:
    seeds("doc", "add", REF, write("big.pdf", b"%PDF-" + bytes(1_500_000)), "--kind", "annex", "--language", "az")
    assert seeds("doc", "list", "-f", "table", env={"COLUMNS": "100"}).out == (
        "Ref       Document  Kind   Language  Public    Size  Added       Stored\n"
        "───────────────────────────────────────────────────────────────────────\n"
        "2025-002  big.pdf   annex  az        no      1.5 MB  2025-05-10  stored\n"
        "\n"
        "1 document\n"
    )


def test_a_page_tells_of_a_document_and_leads_to_it(seeds: Mou, scan: str) -> None:
    seeds("doc", "add", REF, scan, "--kind", "annex", "--language", "en")
    assert "  annex  scan.pdf\n         16 B, en\n" in seeds("show", REF, "-f", "table").out
    assert seeds.json("show", REF)["documents"][0]["path"] == str(place(seeds))
    place(seeds).unlink()
    assert seeds.json("show", REF)["documents"][0]["path"] is None


def test_a_terminal_is_led_to_what_is_stored(seeds: Mou, scan: str) -> None:
    seeds("doc", "add", REF, scan)
    shown = see_the_end(on_terminal(seeds, "show", REF))
    assert f"\x1b]8;;{place(seeds).as_uri()}\x1b\\scan.pdf\x1b]8;;\x1b\\" in shown


@pytest.mark.file_only("a file may have several names")
def test_a_register_has_its_documents_under_every_name(seeds: Mou, scan: str, tmp_path: Path) -> None:
    seeds("doc", "add", REF, scan)
    link = tmp_path / "link.db"
    link.symlink_to(seeds.db)
    assert documents(Mou(link))[0]["stored"] == "yes"


def test_an_export_has_names_and_checksums_and_comes_back_to_the_byte(
    seeds: Mou, absent: Mou, scan: str, tmp_path: Path
) -> None:
    seeds("doc", "add", REF, scan, "--kind", "signed-original", "--paper", "binder 12")
    seeds("doc", "add", REF, "--paper", "box 3")
    exported = tmp_path / "all.yaml"
    seeds("export", str(exported))
    assert f"    sha256: {DIGEST}\n" in exported.read_text("utf-8") or f"sha256: '{DIGEST}'" in exported.read_text()
    absent("import", str(exported))
    assert absent("export").out.encode() == exported.read_bytes()
    # Its content comes with the folder, or with the file.
    assert absent.call("doc", "verify").code == 3
    # That of a server is made by whoever shares it.
    absent.documents.mkdir(exist_ok=True)
    absent("doc", "add", REF, scan)
    assert absent.call("doc", "verify").code == 0


@pytest.mark.parametrize("digest", ["../../etc/passwd", "A" * 64, "0" * 63, "0" * 65])
def test_what_is_no_checksum_is_not_taken_from_a_file(seeds: Mou, write: Write, digest: str) -> None:
    text = f'format: mou/1\nagreements: [{{key: {KEY}, documents: [{{file: x, sha256: "{digest}"}}]}}]\n'
    answer = seeds.fails(3, "import", write("bad.yaml", text))
    assert f"{digest!r} is not a SHA-256 checksum: 64 digits and letters a to f" in answer.err


def test_a_document_without_file_and_paper_is_refused(seeds: Mou, write: Write) -> None:
    text = f"format: mou/1\nagreements: [{{key: {KEY}, documents: [{{kind: annex}}]}}]\n"
    answer = seeds.fails(3, "import", write("bad.yaml", text))
    assert "a document has a file, an address or a place on paper" in answer.err


def test_a_document_is_taken_away_after_asking_and_its_content_stays(seeds: Mou, scan: str) -> None:
    seeds("doc", "add", REF, scan)
    refused = seeds.fails(2, "doc", "remove", REF, "scan.pdf")
    assert refused.err == "mou: removing scan.pdf has to be confirmed\nhint: say --yes\n"
    assert seeds("doc", "remove", REF, "scan", "--dry-run").lines[0] == f"change agreement {KEY}"
    assert len(documents(seeds)) == 1
    answer = seeds("doc", "remove", REF, "scan", "--yes")
    assert (answer.out, answer.err) == ("", f"scan.pdf is removed from agreement {KEY}\n")
    assert documents(seeds) == []
    assert place(seeds).read_bytes() == PDF


@pytest.mark.parametrize(("typed", "left"), [("y", 0), ("n", 1)])
def test_at_a_terminal_it_is_asked(seeds: Mou, scan: str, typed: str, left: int) -> None:
    seeds("doc", "add", REF, scan)
    terminal = on_terminal(seeds, "doc", "remove", REF, "scan")
    terminal.expect_exact("Remove scan.pdf? [y/N]: ")
    terminal.sendline(typed)
    see_the_end(terminal)
    assert (terminal.exitstatus, len(documents(seeds))) == (130 if left else 0, left)


@pytest.mark.parametrize("command", ["list", "verify", "prune", "add 2025-1 x.pdf", "open 2025-1", "remove 2025-1 x"])
def test_without_a_register_nothing_is_made(absent: Mou, command: str) -> None:
    for more in ([], ["--dry-run"] if command.split(maxsplit=1)[0] in {"prune", "add", "remove"} else []):
        answer = absent.fails(6, "doc", *command.split(), *more)
        assert answer.err.startswith(f"mou: there is no register at {absent.location}\n")
    assert not absent.exists
    assert list(absent.folder.iterdir()) == []


def test_a_register_on_a_server_keeps_documents_where_the_setting_says(
    make_both: Callable[[], Both], seeds: Mou, scan: str, tmp_path: Path
) -> None:
    server = make_both().postgresql.url or ""
    exported = tmp_path / "all.yaml"
    seeds("export", str(exported))
    env = {"MOU_DB": server.replace("+psycopg", "")}
    seeds("import", str(exported), env=env)
    refused = seeds.fails(2, "doc", "add", REF, scan, env=env)
    assert refused.err == (
        "mou: nobody has said where the documents of a register on a server are kept\n"
        "hint: say a folder: `mou config set documents FOLDER`, or MOU_DOCUMENTS\n"
    )
    seeds("doc", "add", REF, "https://example.org/x", env=env)
    assert "https://example.org/x" in seeds("show", REF, "-f", "table", env=env).out
    env["MOU_DOCUMENTS"] = str(tmp_path / "papers")
    seeds("doc", "add", REF, scan, env=env)
    assert (tmp_path / "papers" / DIGEST[:2] / DIGEST[2:]).read_bytes() == PDF
    assert seeds("doc", "verify", env=env).code == 0
    assert [row["stored"] for row in seeds.json("doc", "list", env=env)] == ["address", "yes"]
    assert seeds("doc", "prune", "--yes", env=env).err == "nothing was removed\n"
    assert seeds.json("show", REF, env=env)["documents"][1]["path"] == str(
        tmp_path / "papers" / DIGEST[:2] / DIGEST[2:]
    )
