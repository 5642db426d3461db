from __future__ import annotations

import io

import pytest
import yaml  # noqa: TID253 -- the parser whose limits are compared
from hypothesis import given
from hypothesis import strategies as st

from mou_cli.formats.encoding import TextStream, UnreadableError


def text_of(stream: io.BytesIO) -> tuple[str, tuple[int, int, str] | None]:
    """Return the text up to the end or the first fault, and that fault with line and column counted from 1."""
    text = ""
    pieces = TextStream(stream)
    try:
        while piece := pieces.read():
            text += piece
    except UnreadableError as fault:
        line, column = (fault.mark.line, fault.mark.column) if fault.mark else (-1, -1)
        return text, (line + 1, column + 1, fault.message)
    return text, None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_text_with_a_byte_order_mark_and_any_line_end_is_read(encoding: str, line_end: str) -> None:
    text = line_end.join(["ad: Bakı", "", "😀", ""])
    assert text_of(io.BytesIO(text.encode(encoding))) == ("ad: Bakı\n\n😀\n", None)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
        (b"\xff\xfe\0\0", "utf-32-le"),
        (b"\0\0\xfe\xff", "utf-32-be"),
    ],
)
def test_the_byte_order_mark_says_the_encoding(mark: bytes, encoding: str) -> None:
    assert text_of(io.BytesIO(mark + "ad: Bakı".encode(encoding))) == ("ad: Bakı", None)


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xff\xfe\0\0"])
def test_an_empty_file_is_an_empty_text(data: bytes) -> None:
    assert text_of(io.BytesIO(data)) == ("", None)


def undecodable(byte: int, offset: int, encoding: str = "UTF-8") -> str:
    return f"byte 0x{byte:02X} at offset {offset} is not {encoding}; the file must be saved as UTF-8"


@pytest.mark.parametrize(
    ("data", "text", "fault"),
    [
        ("a: 1\nb: Çay".encode("cp1254"), "a: 1\nb: ", (2, 4, undecodable(0xC7, 8))),
        (b"a: 1\r\nb: x\xff", "a: 1\nb: x", (2, 5, undecodable(0xFF, 10))),
        (b"\xef\xbb\xbfa: \xff", "a: ", (1, 4, undecodable(0xFF, 6))),
        (b"a: \xc5", "a: ", (1, 4, undecodable(0xC5, 3))),
        (b"a: \xed\xa0\xbd", "a: ", (1, 4, undecodable(0xED, 3))),
        (
            b"# " + b"\xc3\xa9" * 50_000 + b"\ra\r\r\n# \x80",
            f"# {'é' * 50_000}\na\n\n# ",
            (4, 3, undecodable(0x80, 100_009)),
        ),
        (b"\xff\xfea\0\x00\xd8x\0", "a", (1, 2, undecodable(0x00, 4, "UTF-16-LE"))),
        (b"\xff\xfea\0b", "a", (1, 2, undecodable(0x62, 4, "UTF-16-LE"))),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "", (1, 1, undecodable(0x89, 0))),
    ],
)
def test_bytes_that_are_no_text_are_named_with_their_place(data: bytes, text: str, fault: tuple[int, int, str]) -> None:
    assert text_of(io.BytesIO(data)) == (text, fault)


NUL = "a NUL character: the file is binary or lacks a byte order mark; it must be saved as UTF-8"


def forbidden(code: str) -> str:
    return f"the character {code} cannot stand in a text file; remove it"


@pytest.mark.parametrize(
    ("data", "text", "fault"),
    [
        (bytes(range(256)), "", (1, 1, NUL)),
        ("a: b".encode("utf-16-le"), "a", (1, 2, NUL)),
        (b"a: 1\nb: x\0y", "a: 1\nb: x", (2, 5, NUL)),
        (b'a: "\x1b[31m"', 'a: "', (1, 5, forbidden("U+001B"))),
        ("a: \x85\u2028 x\x9by".encode(), "a: \x85\u2028 x", (3, 3, forbidden("U+009B"))),
        ("a: 1\nb: x\ufeffy".encode(), "a: 1\nb: x", (2, 5, forbidden("U+FEFF"))),
        ("a: 1\nb: \x07".encode("utf-16"), "a: 1\nb: ", (2, 4, forbidden("U+0007"))),
    ],
)
def test_a_control_character_is_named_with_its_place(data: bytes, text: str, fault: tuple[int, int, str]) -> None:
    assert text_of(io.BytesIO(data)) == (text, fault)


def is_refused_by_the_parser(character: str) -> bool:
    try:
        for _ in yaml.parse(f"x{character}", Loader=yaml.CSafeLoader):
            pass
    except yaml.reader.ReaderError:
        return True
    except yaml.MarkedYAMLError:
        return False
    return False


def test_no_character_gets_past_us_that_the_parser_refuses() -> None:
    characters = [chr(code) for code in (*range(0xD800), *range(0xE000, 0x10000), 0x10000, 0x1F600, 0x1FFFF, 0x10FFFF)]
    # The parser takes a byte order mark within a text for a letter; we don't.
    assert [
        f"U+{ord(character):04X}"
        for character in characters
        if (text_of(io.BytesIO(f"x{character}".encode()))[1] is not None) is not is_refused_by_the_parser(character)
    ] == ["U+FEFF"]


class OneByteAtATime(io.BytesIO):
    def read(self, _size: int | None = -1, /) -> bytes:
        return super().read(1)


@given(
    st.text(st.sampled_from("aé😀\ufeff\0\x9b\n\r\u2028")),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
    st.binary(max_size=4),
)
def test_the_size_of_the_pieces_makes_no_difference(text: str, encoding: str, end: bytes) -> None:
    data = text.encode(encoding) + end
    assert text_of(OneByteAtATime(data)) == text_of(io.BytesIO(data))
