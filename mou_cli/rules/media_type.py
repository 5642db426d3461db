"""What kind of content bytes are: by how they begin, and by the name only what that cannot tell apart."""

from __future__ import annotations

from typing import Final

# How many bytes tell what a content is: a PDF may have its mark as late as this.
HEAD: Final = 1024
UNKNOWN: Final = "application/octet-stream"
_BEGINNINGS: Final = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
    b"II*\0": "image/tiff",
    b"MM\0*": "image/tiff",
    b"{\\rtf": "application/rtf",
}
_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
_ZIPPED: Final = {
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "pptx": f"{_OFFICE}.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "asice": "application/vnd.etsi.asic-e+zip",
}
_OLD_OFFICE: Final = {
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "msg": "application/vnd.ms-outlook",
}
_WRITTEN: Final = {"csv": "text/csv", "md": "text/markdown", "xml": "application/xml", "eml": "message/rfc822"}
# A browser takes it for a page if a text begins so.
_PAGE: Final = (b"<!doctype html", b"<html")


def media_type(name: str, head: bytes) -> str:
    """Give the media type of a content that begins with `head`, of which HEAD bytes are enough."""
    ending = name.rpartition(".")[2].lower()
    if b"%PDF-" in head:
        return "application/pdf"
    for beginning, found in _BEGINNINGS.items():
        if head.startswith(beginning):
            return found
    if head.startswith(b"PK\x03\x04"):
        return _ZIPPED.get(ending, "application/zip")
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _OLD_OFFICE.get(ending, UNKNOWN)
    if not _is_text(head):
        return UNKNOWN
    is_page = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_PAGE)
    return "text/html" if is_page else _WRITTEN.get(ending, "text/plain")


def _is_text(head: bytes) -> bool:
    if b"\0" in head:
        return False
    try:
        head.decode()
    except UnicodeDecodeError as error:
        # The head may end in the middle of a letter.
        return error.reason == "unexpected end of data" and len(head) >= HEAD
    return True
