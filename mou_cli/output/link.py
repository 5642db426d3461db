"""Where a text leads to: addresses that a terminal may open, written so that nothing in them can steer it."""

from __future__ import annotations

import os.path
import re
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlsplit

# Reserved and unreserved characters (RFC 3986, section 2) and the sign of what is encoded already.
_KEPT: Final = ":/?#[]@!$&'()*+,;=-._~%"
_HOST: Final = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[:/?#].*)?", re.IGNORECASE | re.ASCII)
_ADDRESS: Final = re.compile(r"[^@\s]+@[^@\s]+")


def document_target(name: str, path: str | None = None) -> str | None:
    """Give the address of a document: of its content at `path`, a web address as it is, or a file at its name."""
    if path is not None:
        return Path(path).as_uri()
    if re.match(r"[a-z][a-z0-9+.-]+:", name, re.IGNORECASE):
        return _address(name)
    # A name that no file system takes is no error here, as it is for Path.
    return Path(name).absolute().as_uri() if os.path.isfile(name) else None  # noqa: PTH113


def web_target(website: str) -> str | None:
    """Give the address of a website, also where people left `https://` out."""
    return _address(f"https://{website}" if _HOST.fullmatch(website) else website)


def mail_target(email: str) -> str | None:
    """Give the address that writes an e-mail."""
    return f"mailto:{quote(email, safe='@.+-_', errors='replace')}" if _ADDRESS.fullmatch(email) else None


def _address(text: str) -> str | None:
    try:
        scheme, host, *_ = urlsplit(text)
    except ValueError:  # brackets in the host that hold no address
        return None
    # A file of another machine would be fetched from there by whoever opens it.
    is_safe = bool(host) if scheme in {"http", "https"} else scheme == "file" and host in {"", "localhost"}
    return quote(text, safe=_KEPT, errors="replace") if is_safe else None
