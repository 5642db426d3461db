"""Rows as JSON, JSON lines and YAML."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from mou_cli.output.screen import takes_unicode
from mou_cli.rules.text import escape_controls

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from mou_cli.output.column import Row

_BEYOND_ASCII: Final = re.compile(r"[^\x00-\x7e]")
_NO_FOLDING: Final = 10**9


def write_json(rows: Iterable[Row], stream: TextIO) -> None:
    """Write an array, a row a line."""
    encode = json.JSONEncoder(ensure_ascii=not takes_unicode(stream)).encode
    before = "[\n"
    for row in rows:
        stream.write(before + _escaped(encode(row)))
        before = ",\n"
    stream.write("\n]\n" if before == ",\n" else "[]\n")


def write_json_lines(rows: Iterable[Row], stream: TextIO) -> None:
    """Write an object a line."""
    encode = json.JSONEncoder(ensure_ascii=not takes_unicode(stream)).encode
    stream.writelines(_escaped(encode(row)) + "\n" for row in rows)


def write_json_object(row: Row, stream: TextIO) -> None:
    """Write one row as an object, a key a line."""
    text = json.dumps(row, ensure_ascii=not takes_unicode(stream), indent=2)
    stream.write(_escaped(text) + "\n")


def write_yaml(rows: Iterable[Row], stream: TextIO) -> None:
    """Write a list of mappings, a row at a time."""
    from mou_cli.output.block_yaml import Unusual, write_block

    empty, write = True, stream.write
    takes_all = takes_unicode(stream)
    for row in rows:
        try:
            write(write_block(row, _dump) if takes_all else _yaml([row], stream))
        except Unusual:
            write(_yaml([row], stream))
        empty = False
    if empty:
        stream.write("[]\n")


def write_yaml_mapping(row: Row, stream: TextIO) -> None:
    """Write one row as a mapping."""
    stream.write(_yaml(row, stream))


def _escaped(text: str) -> str:
    r"""Write as `\u202e` what JSON lets pass though a terminal obeys it or it turns or hides text."""
    return text if text.isprintable() else _BEYOND_ASCII.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    return character if escape_controls(character) == character else json.dumps(character)[1:-1]


def _yaml(value: Any, stream: TextIO) -> str:
    # The emitter lets direction controls pass, so a row with any is written in ASCII.
    return _dump(value, plain=takes_unicode(stream) and _is_harmless(value))


def _dump(value: Any, *, plain: bool = True) -> str:
    import yaml

    return yaml.dump(value, Dumper=_dumper(fast=plain), allow_unicode=plain, sort_keys=False, width=_NO_FOLDING)


@cache
def _dumper(*, fast: bool) -> Any:
    """Give a dumper that writes what occurs twice twice, and several lines as they are.

    The one in C is fast, but refuses lone surrogates.
    """
    import yaml

    base = yaml.CSafeDumper if fast and yaml.__with_libyaml__ else yaml.SafeDumper
    dumper = type("_Dumper", (base,), {"ignore_aliases": lambda _self, _data: True})
    yaml.add_representer(str, _yaml_text, dumper)
    return dumper


def _yaml_text(dumper: Any, text: str) -> Any:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


def _is_harmless(value: object) -> bool:
    if isinstance(value, str):
        line = value.replace("\n", " ").replace("\t", " ")
        return escape_controls(line) == line
    if isinstance(value, dict):
        return all(map(_is_harmless, value)) and all(map(_is_harmless, value.values()))
    return not isinstance(value, list) or all(map(_is_harmless, value))
