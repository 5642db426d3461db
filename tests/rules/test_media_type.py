"""Media types: by content, and by name only where the content cannot tell."""

from __future__ import annotations

import pytest

from mou_cli.rules.media_type import HEAD, UNKNOWN, media_type

OFFICE = "application/vnd.openxmlformats-officedocument"


@pytest.mark.parametrize(
    ("name", "head", "found"),
    [
        ("scan.pdf", b"%PDF-1.7\n", "application/pdf"),
        ("scan.exe", b"junk before\n%PDF-1.7\n", "application/pdf"),
        ("scan", b"\x89PNG\r\n\x1a\n\0", "image/png"),
        ("scan.pdf", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("scan.jpg", b"GIF89a", "image/gif"),
        ("scan.tif", b"II*\0", "image/tiff"),
        ("scan.tif", b"MM\0*", "image/tiff"),
        ("letter.rtf", rb"{\rtf1", "application/rtf"),
        ("letter.DOCX", b"PK\x03\x04", f"{OFFICE}.wordprocessingml.document"),
        ("list.xlsx", b"PK\x03\x04", f"{OFFICE}.spreadsheetml.sheet"),
        ("all.zip", b"PK\x03\x04", "application/zip"),
        ("docx", b"PK\x03\x04", f"{OFFICE}.wordprocessingml.document"),
        ("letter.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword"),
        ("letter", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", UNKNOWN),
        ("page.txt", b"\xef\xbb\xbf \n<!DOCTYPE HTML>", "text/html"),
        ("page", b"<html><body>", "text/html"),
        ("list.csv", "Xəzər;1\n".encode(), "text/csv"),
        ("note.pdf", b"no PDF at all", "text/plain"),
        ("note.txt", b"a\0b", UNKNOWN),
        ("note.txt", b"\xff\xfea", UNKNOWN),
        ("note.txt", b"", "text/plain"),
        ("note.txt", ("x" * (HEAD - 1) + "ə").encode()[:HEAD], "text/plain"),
        ("note.txt", "xə".encode()[:2], UNKNOWN),
    ],
)
def test_a_content_is_known_by_how_it_begins(name: str, head: bytes, found: str) -> None:
    assert media_type(name, head) == found
