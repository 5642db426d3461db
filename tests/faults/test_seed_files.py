"""Files that are broken, hostile or wrong: every complaint with its place, all in one go, and nothing imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.faults.conftest import Trial

    Write = Callable[[str, str | bytes], str]

HEAD = "format: mou/1\n"
ONE = "  - {key: a, name: A}\n"


class Refusal:
    """Holds imports to refusing a file with exact complaints, in a register and before there is one."""

    def __init__(self, bare: Trial, first: Trial, write: Write) -> None:
        self.trials = (bare, first)
        self.write = write

    def __call__(self, content: str | bytes, *complaints: str) -> None:
        """Import a file and compare the complaints: `line:column: sentence`, or the sentence alone."""
        file = self.write("seed.yaml", content)
        lines = [f"{file}:{c}" if c[:1].isdigit() else f"{file}: {c}" for c in complaints]
        for trial in self.trials:
            for arguments in (("import", file), ("import", file, "--dry-run"), ("import", file, "--overwrite")):
                answer = trial.call(*arguments, code=3)
                assert answer.err.splitlines() == [*lines, "mou: nothing was imported"]
                assert answer.out == ""
        data = content.encode() if isinstance(content, str) else content
        answer = self.trials[0].call("import", "-", code=3, input=data)
        assert answer.err.splitlines() == [line.replace(f"{file}:", "-:", 1) for line in lines] + [
            "mou: nothing was imported"
        ]


@pytest.fixture
def refuses(bare: Trial, first: Trial, write: Write) -> Refusal:
    return Refusal(bare, first, write)


def institution(fields: str) -> str:
    return f"{HEAD}institutions:\n  - key: a\n    name: A\n    {fields}\n"


def agreement(fields: str) -> str:
    return (
        f"{HEAD}institutions:\n  - {{key: a, name: A}}\n  - {{key: b, name: B}}\n"
        f"agreements:\n  - key: x\n    parties: [a, b]\n    {fields}\n"
    )


def test_everything_wrong_is_told_of_in_one_go(bare: Trial, write: Write) -> None:
    wrong = write(
        "wrong.yaml",
        """format: mou/1
home: [nobody]
institutions:
  - key: a
    name: A
    country: Qqqq
    colour: red
  - key: a
    name: Again
  - name: No key
  - key: b b
    name: B
  - key: c
agreements:
  - key: x
    parties: [a, missing]
    signed: 2024-02-30
    areas: [joint-research, joint-reserch]
    renewal_max: many
    signatures: [{position: Rector}]
    starts: 2025
    ends: 2024
  - key: y
    parties: a
institutes:
  - key: z
""",
    )
    other = write("other.yaml", "format: mou/1\ninstitutions:\n  - {key: a, name: Third}\n  - just text\n")
    answer = bare.call("import", wrong, other, code=3)
    assert answer.err.replace(wrong, "W").replace(other, "O").splitlines() == [
        "W:2:8: there is no institution 'nobody'",
        "W:6:14: country: 'Qqqq' is no country",
        "W:7:5: unknown field 'colour'; did you mean 'country'?",
        "W:8:5: institution 'a' stands at W:4 already",
        "W:10:5: key is missing",
        "W:11:10: key: 'b b' is not a key: letters a–z, digits, dot, dash and underscore, at most 100, no space",
        "W:13:5: name is missing",
        "W:16:18: there is no institution 'missing'",
        'W:17:13: signed: "2024-02-30" is not a day: February 2024 has days 1 to 29',
        "W:18:29: 'joint-reserch' is no area; did you mean joint-research?",
        "W:19:18: renewal_max: 'many' is not a whole number",
        "W:20:18: name is missing",
        "W:22:5: ends 2024 is before the agreement starts, 2025-01-01",
        "W:24:5: an agreement has two parties or more",
        "W:25:1: unknown field 'institutes'; did you mean 'institutions'?",
        "O:3:6: institution 'a' stands at W:4 already",
        "O:4:5: a mapping with the fields of one institution is expected",
        "mou: nothing was imported",
    ]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "the file is empty"),
        (b"\n \n# only a comment\n", "the file is empty"),
        (b"\xef\xbb\xbf", "the file is empty"),
        (b"text", "1:1: the file must start with a section such as 'agreements:'"),
        (b"- a\n", "1:1: the file must start with a section such as 'agreements:'"),
        (b"home: []\n", "the file does not begin with `format: mou/1`"),
        (b"format: mou/2\n", "1:9: this program reads mou/1, not 'mou/2'"),
        (b"format: {mou: 1}\n", "1:9: one value is expected, not a mapping"),
        (
            b"format: mou/1\n\x00",
            "2:1: a NUL character: the file is binary or lacks a byte order mark; it must be saved as UTF-8",
        ),
        (b"format: mou/1\nx\x1b: 1\n", "2:2: the character U+001B cannot stand in a text file; remove it"),
        (
            "format: mou/1\nhome: é\n".encode("cp1252"),
            "2:7: byte 0xE9 at offset 20 is not UTF-8; the file must be saved as UTF-8",
        ),
        (
            "format: mou/1\nhome: ş\n".encode("cp1254"),
            "2:7: byte 0xFE at offset 20 is not UTF-8; the file must be saved as UTF-8",
        ),
        (b"PK\x03\x04" + bytes(range(256)), "this is an Excel, Word or zip file, not a text file"),
    ],
)
def test_what_is_no_seed_file_is_refused(refuses: Refusal, content: bytes, complaint: str) -> None:
    refuses(content, complaint)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_unicode_encoding_and_line_end_is_read(bare: Trial, write: Write, encoding: str, end: str) -> None:
    text = f"{HEAD}institutions:\n  - {{key: a, name: Şəki 北京}}\n".replace("\n", end)
    bare.call("import", write("seed.yaml", text.encode(encoding)), changes=True)
    assert "name: Şəki 北京" in bare.sound()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_its_mark_is_refused(refuses: Refusal, encoding: str) -> None:
    place = "1:2" if encoding == "utf-16-le" else "1:1"
    sentence = "a NUL character: the file is binary or lacks a byte order mark; it must be saved as UTF-8"
    refuses(HEAD.encode(encoding), f"{place}: {sentence}")


@pytest.mark.parametrize(
    ("content", "complaints"),
    [
        (f"{HEAD}format: mou/1\n", ["2:1: 'format' is given twice: first in line 1, again in line 2"]),
        (institution("name: B"), ["5:5: 'name' is given twice: first in line 4, again in line 5"]),
        (
            f"{HEAD}institutions:\n{ONE}institutions:\n  - {{key: b, name: B}}\n",
            ["4:1: 'institutions' is given twice: first in line 2, again in line 4"],
        ),
        (institution("note: {en: x, en: y}"), ["5:19: 'en' is given twice: first in line 5, again in line 5"]),
        (
            institution("city: &x Baku\n    region: *x"),
            [
                "5:11: the anchor &x is not supported; remove it",
                "6:13: the alias *x is not supported; write the value out",
            ],
        ),
        (institution("<<: {city: Baku}"), ["5:5: the merge key << is not supported; write the values out"]),
        (
            institution("city: !!python/object/apply:os.system [id]"),
            [
                "5:11: city: one value is expected, not a list",
                "5:11: the tag !!python/object/apply:os.system is not supported; write the value without it",
            ],
        ),
        (institution("city: !x Baku"), ["5:11: the tag !x is not supported; write the value without it"]),
        (institution("city: Baku\n---\nformat: mou/1"), ["6:1: a second document starts here; a file holds one"]),
        (institution("city: 'Baku"), ["5:11: the quotation mark is never closed"]),
        (
            institution("city: a: b"),
            ["5:12: a ':' cannot stand here: put a text that contains ': ' in quotes, or correct the indentation"],
        ),
        (
            institution("\tcity: Baku"),
            ["5:5: indent with spaces, not with tabs"],
        ),
        (institution("? [a]\n    : b"), ["5:7: a key must be a text, not a list or a mapping"]),
    ],
)
def test_yaml_that_means_more_or_less_than_it_says_is_refused(
    refuses: Refusal, content: str, complaints: list[str]
) -> None:
    refuses(content, *complaints)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "{a: " * 100_000,
        "- " * 100_000,
        "\n".join(" " * n + "a:" for n in range(2, 2000)).lstrip(),
        "[" * 65 + "]" * 65,
        '{"a":' * 10_000 + "1" + "}" * 10_000,
    ],
    ids=["brackets", "braces", "dashes", "blocks", "one too deep", "json"],
)
def test_deep_nesting_is_refused(bare: Trial, write: Write, text: str) -> None:
    file = write("deep.yaml", f"{HEAD}agreements:\n  {text}\n")
    answer = bare.run("import", file, code=3)
    assert ": nested more than 64 levels deep" in answer.err
    assert answer.err.endswith("mou: nothing was imported\n")
    bare.run("add", "--from", file, code=3)


def test_a_billion_laughs_are_refused_at_the_first(bare: Trial, write: Write) -> None:
    lines = ["a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)]
    answer = bare.run("import", write("laughs.yaml", "\n".join(lines)), code=3)
    assert ":1:4: the anchor &a is not supported; remove it" in answer.err


def test_no_more_than_a_thousand_complaints_are_listed(bare: Trial, write: Write) -> None:
    file = write("many.yaml", f"{HEAD}institutions:\n" + "  - {key: a, nam: A}\n" * 1500)
    lines = bare.call("import", file, code=3).err.splitlines()
    assert len(lines) == 1001
    assert lines[-1].startswith("mou: nothing was imported; ")
    assert lines[-1].endswith(" more complaints are not listed")


def test_a_wrong_file_among_right_ones_holds_all_of_them_back(bare: Trial, write: Write) -> None:
    right = write("right.yaml", f"{HEAD}institutions:\n{ONE}")
    wrong = write("wrong.yaml", f"{HEAD}institutions:\n  - {{key: b}}\n")
    says = f"{wrong}:3:5: name is missing\nmou: nothing was imported"
    bare.call("import", right, wrong, code=3, says=says)
    bare.call("import", wrong, right, code=3, says=says)
    bare.call("import", right, changes=True)


@pytest.mark.parametrize("name", ["missing.yaml", "folder", "", "/dev/null/x", "a\0b", "x" * 300])
def test_a_file_that_is_not_there_is_a_fault_of_the_command(bare: Trial, name: str) -> None:
    (bare.folder.parent / "folder").mkdir()
    bare.call("import", str(bare.folder.parent / name) if name == "folder" else name, code=2)


def test_a_file_that_may_not_be_read_is_a_fault_of_the_command(bare: Trial) -> None:
    path = bare.folder.parent / "secret.yaml"
    path.write_text(HEAD)
    path.chmod(0)
    bare.run("import", str(path), powerless=True, code=2, says=f"mou: {path} cannot be read: Permission denied")
    bare.run("add", "--from", str(path), powerless=True, code=2)
