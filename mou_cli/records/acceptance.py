"""What becomes of accepted findings when the institutions that they are about become one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mou_cli.fields.nouns import SHAPES
from mou_cli.records.change import Change
from mou_cli.views.acceptance import find_acceptances
from mou_cli.views.choice import existing
from mou_cli.views.document import batches, documents

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mou_cli.store.reader import Reader

# That some institutions are two, whatever their names say, holds of the one that another has become.
_APART: Final = ("alike", "near-name")
# A circle is of institutions or of agreements, and its name does not say of which.
_OF_KEYS: Final = (*_APART, "no-country", "circle")
_OF_FIELDS: Final = ("untidy", "unknown-code")
_LONGEST: Final = 400


def turned_acceptances(reader: Reader, turned: Mapping[str, str]) -> list[Change]:
    """Give the changes of acceptances when institutions become others, by their keys.

    That two are apart is said of the one kept from now on; what was said of one alone goes with it.
    """
    known = {row["id"] for row in find_acceptances(reader)}
    changes: dict[str, Change] = {}
    for page in batches(sorted(name for name in known if _is_about(reader, name, turned))):
        recorded = documents(reader, SHAPES["acceptance"], page)
        for name in page:
            changes[name] = Change("acceptance", name, recorded[name], None)
            new = _turned(name, turned)
            if new and new not in known and new not in changes:
                changes[new] = Change("acceptance", new, None, recorded[name] | {"key": new})
    return list(changes.values())


def _keys(name: str) -> tuple[str, Sequence[str]]:
    """Give the code of a finding and the institutions that it may be about."""
    code, _, about = name.partition(":")
    if code in _OF_KEYS:
        return code, about.split(",")
    noun, _, rest = about.partition("/")
    return code, [rest.partition("/")[0]] if code in _OF_FIELDS and noun == "institution" else ()


def _is_about(reader: Reader, name: str, turned: Mapping[str, str]) -> bool:
    code, keys = _keys(name)
    return bool(turned.keys() & set(keys)) and not (code == "circle" and existing(reader, "agreement", list(keys)))


def _turned(name: str, turned: Mapping[str, str]) -> str | None:
    """Give the name of what is accepted in place of a finding; None where it is about one alone."""
    code, keys = _keys(name)
    kept = sorted({turned.get(key, key) for key in keys})
    about = ",".join(kept)
    return f"{code}:{about}" if code in _APART and len(kept) > 1 and len(about) <= _LONGEST else None
