"""Texts that lead somewhere are links in a terminal, and nothing in them steers it."""

from __future__ import annotations

import re
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mou_cli.output.form import Form
from mou_cli.output.link import document_target, mail_target, web_target
from mou_cli.output.screen import Screen
from mou_cli.output.show import show_one
from tests.output.streams import Terminal, columns_of

if TYPE_CHECKING:
    from pathlib import Path

    from mou_cli.output.column import Row

HYPERLINK = re.compile("\x1b]8;;([^\x1b]*)\x1b\\\\(.*?)\x1b]8;;\x1b\\\\", re.DOTALL)
AGREEMENT: Row = {
    "ref": "2024-001",
    "key": "a",
    "title": "Agreement",
    "type": "memorandum",
    "status": "active",
    "documents": [{"file": "https://uit.example/b.pdf", "kind": "annex"}],
    "contacts": [{"name": "Fay", "email": "fay@uit.example"}],
}


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("https://example.org/a.pdf", "https://example.org/a.pdf"),
        ("HTTP://example.org/a b?x=ə&y=%41#z", "HTTP://example.org/a%20b?x=%C9%99&y=%41#z"),
        ("https://example.org/\x1b]8;;\x07\x9c", "https://example.org/%1B]8;;%07%C2%9C"),
        ("https://example.org/\x1b\\\n\u202e", "https://example.org/%1B%5C%0A%E2%80%AE"),
        ("file:///srv/scan.pdf", "file:///srv/scan.pdf"),
        ("file://other.example/scan.pdf", None),
        ("javascript:alert(1)", None),
        ("mailto:a@example.org", None),
        ("ssh://example.org", None),
        ("https://", None),
        ("https://[", None),
        ("scan.pdf", None),
        ("no such folder/scan.pdf", None),
        ("x" * 5000, None),
        ("", None),
    ],
)
def test_only_web_addresses_and_files_lead_somewhere(name: str, target: str | None) -> None:
    assert document_target(name) == target


def test_a_file_that_lies_where_its_name_says_is_linked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "əsli 1.pdf").write_text("x", "utf-8")
    monkeypatch.chdir(tmp_path)
    uri = (tmp_path / "əsli 1.pdf").as_uri()
    assert document_target("əsli 1.pdf") == document_target(str(tmp_path / "əsli 1.pdf")) == uri
    assert uri.isascii()


@pytest.mark.parametrize(
    ("website", "target"),
    [
        ("www.uit.example", "https://www.uit.example"),
        ("uit.example/en?x=1", "https://uit.example/en?x=1"),
        ("http://uit.example", "http://uit.example"),
        ("see the page", None),
        ("/etc/passwd", None),
        ("javascript:alert(1)", None),
    ],
)
def test_a_website_is_linked_with_and_without_its_scheme(website: str, target: str | None) -> None:
    assert web_target(website) == target


@pytest.mark.parametrize(
    ("email", "target"),
    [
        ("fay@uit.example", "mailto:fay@uit.example"),
        ("fay@uit.example?cc=all@uit.example", None),
        ("fay@uit.example?bcc=x", "mailto:fay@uit.example%3Fbcc%3Dx"),
        ("fay at uit", None),
    ],
)
def test_an_address_is_linked_and_says_nothing_but_itself(email: str, target: str | None) -> None:
    assert mail_target(email) == target


@given(st.text(st.one_of(st.characters(), st.sampled_from("\x1b\x07\x9c\\;]% \n")), max_size=40))
def test_a_target_holds_nothing_that_steers_a_terminal(text: str) -> None:
    for target in (document_target(f"https://x.example/{text}"), web_target(f"x.example/{text}"), mail_target(text)):
        assert target is None or re.fullmatch(r"[!#-~]*", target.replace("'", ""))


def shown(row: Row, stream: StringIO) -> str:
    with columns_of(60):
        show_one(row, "agreement", stream=stream, form=Form.TABLE)
    return stream.getvalue()


@pytest.fixture
def _colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.mark.usefixtures("_colour")
def test_documents_and_addresses_are_links_on_a_terminal() -> None:
    text = shown(AGREEMENT, Terminal(60))
    assert HYPERLINK.findall(text) == [
        ("mailto:fay@uit.example", "fay@uit.example"),
        ("https://uit.example/b.pdf", "https://uit.example/b.pdf"),
    ]
    assert HYPERLINK.sub(r"\2", text).count("\x1b]") == 0


@pytest.mark.usefixtures("_colour")
@pytest.mark.parametrize(("variable", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_there_are_no_links_without_colour(monkeypatch: pytest.MonkeyPatch, variable: str, value: str) -> None:
    assert "\x1b" not in shown(AGREEMENT, StringIO())
    monkeypatch.setenv(variable, value)
    assert "\x1b" not in shown(AGREEMENT, Terminal(60))


@pytest.mark.usefixtures("_colour")
def test_a_hostile_address_is_shown_escaped_and_leads_nowhere_else() -> None:
    hostile = "https://x.example/\x1b]8;;https://evil.example\x1b\\click\x07\x1b[2J"
    text = shown(AGREEMENT | {"documents": [{"file": hostile, "kind": "annex"}], "contacts": []}, Terminal(60))
    links = HYPERLINK.findall(text)
    assert {target for target, _ in links} == {
        "https://x.example/%1B]8;;https://evil.example%1B%5Cclick%07%1B[2J",
    }
    assert "".join(label for _, label in links) == hostile.replace("\x1b", r"\x1b").replace("\x07", r"\x07")
    bare = re.sub("\x1b\\[[0-9;]*m", "", HYPERLINK.sub(r"\2", text))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", bare)


def test_a_link_that_goes_on_in_the_next_line_is_whole_in_each() -> None:
    address = "https://uit.example/" + "a" * 100
    text = shown(AGREEMENT | {"documents": [{"file": address}]}, StringIO())
    assert address in text.replace("\n", "")
    assert Screen(80, colour=False, encoding=None).link("a", "https://x") == "a"
    assert Screen(80, colour=True, encoding=None).link("a", None) == "a"
