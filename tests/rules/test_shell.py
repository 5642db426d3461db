"""A line that is still being typed is read as a shell would read it; what is quoted is one word, and literal."""

from __future__ import annotations

import subprocess
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mou_cli.rules.shell import UnreadableLine, quote, read_line
from mou_cli.rules.text import escape_controls

HOSTILE = (
    *(
        "$(touch /tmp/x)",
        'a"; touch x; "',
        "`touch x`",
        "it's",
        "a\\",
        "\\",
        "$HOME",
        "${HOME}",
        "~",
        "~root",
        "-x",
        "#",
    ),
    *("a b", " a", "a ", "!!", "!touch", "a!b", "*", "[a]", "{a,b}", "a&b", "a|b", "a;b", "<a>", "(a)", "a=b", "a:b"),
    *(
        "Xəzər Universiteti",
        "東京大学",
        "%s",
        "^a^b",
        "a\u00a0b",
        "?",
        "$'\\n'",
        '$"a"',
        "''",
        '""',
        "\\'",
        '\\"',
        "a,b",
    ),
)


@pytest.mark.parametrize(
    ("text", "words", "last", "mark"),
    [
        ("", [], "", ""),
        ("mou", [], "mou", ""),
        ("mou ", ["mou"], "", ""),
        ("mou  list\t--co", ["mou", "list"], "--co", ""),
        ("mou list --country=Nor", ["mou", "list"], "--country=Nor", ""),
        ("mou show a:b", ["mou", "show"], "a:b", ""),
        ('mou show "Univ of', ["mou", "show"], "Univ of", '"'),
        ("mou show 'Univ of", ["mou", "show"], "Univ of", "'"),
        ('mou show "Univ of" ', ["mou", "show", "Univ of"], "", ""),
        ("mou show Univ\\ of", ["mou", "show"], "Univ of", ""),
        ("mou show Univ\\", ["mou", "show"], "Univ", ""),
        ("mou show \"Univ\"ers' of'", ["mou", "show"], "Univers of", ""),
        ('mou show "" x', ["mou", "show", ""], "x", ""),
        ('mou show "a\\"b \\$ \\x', ["mou", "show"], 'a"b $ \\x', '"'),
        ("mou show 'a\\'b", ["mou", "show"], "a\\b", ""),
        ("mou show 'a`b $(c)", ["mou", "show"], "a`b $(c)", "'"),
        ("mou show $HOME/x", ["mou", "show"], "$HOME/x", ""),
        ("mou show a$", ["mou", "show"], "a$", ""),
        ("mou list 2>x --co", ["mou", "list"], "--co", ""),
        ("mou list <x y", ["mou", "list"], "y", ""),
        ("mou show 5> x 2", ["mou", "show"], "2", ""),
    ],
)
def test_a_line_is_read_as_a_shell_reads_it(text: str, words: list[str], last: str, mark: str) -> None:
    line = read_line(text)
    assert (line.words, line.last, line.quote, line.into_file) == (words, last, mark, False)


@pytest.mark.parametrize("text", ["mou list >", "mou list > ", "mou list 2> er", "mou list >> 'a b", "mou list < x"])
def test_the_file_of_a_redirection_is_no_word(text: str) -> None:
    line = read_line(text)
    assert (line.words, line.into_file) == (["mou", "list"], True)


@pytest.mark.parametrize(
    "text",
    *[
        [
            "mou `a",
            'mou "`a',
            "mou $(a",
            'mou "$(a',
            "mou ${a",
            "mou $'a",
            'mou $"a',
            "a; mou",
            "a | mou",
            "a & b",
            "(a",
        ]
    ],
)
def test_what_is_known_only_when_it_is_run_is_not_read(text: str) -> None:
    with pytest.raises(UnreadableLine):
        read_line(text)


def test_a_shell_takes_what_is_quoted_for_one_word_and_obeys_nothing_in_it() -> None:
    cases = [(text, mark) for text, mark in product(HOSTILE, ("", "'", '"')) if quote(text, mark) is not None]
    assert len(cases) > 3 * len(HOSTILE) - 5
    script = "\n".join(f"printf '%s\\0' {mark}{quote(text, mark)}{mark}" for text, mark in cases)
    done = subprocess.run(["bash", "--norc", "-c", script], capture_output=True, check=True, env={"HOME": "/"})
    assert done.stdout.decode().split("\0") == [*(text for text, _mark in cases), ""]


@given(st.text().filter(lambda text: escape_controls(text) == text), st.sampled_from(["", "'", '"']))
def test_what_is_quoted_is_read_as_it_was(text: str, mark: str) -> None:
    if quote(text, mark) is None:
        assert mark == '"'
        assert "!" in {text[0], text[-1]}
        return
    line = read_line(f"mou {mark}{quote(text, mark)}{mark} x")
    assert line.words == ["mou", *([text] if text or mark else [])]
    assert read_line(f"mou {mark}{quote(text, mark)}").last == text
