"""What is shown of a setting."""

from __future__ import annotations

from typing import Final

from mou_cli.output.column import Column, Row, coded, index, plain
from mou_cli.settings import REGISTER, SETTINGS, get_setting
from mou_cli.vocabulary import CodeList

_MEANINGS = CodeList("setting", {setting.name: setting.meaning for setting in (*SETTINGS.values(), REGISTER)})
_ORIGINS = CodeList(
    "origin",
    {"option": "option", "environment": "environment", "config-file": "config file", "default": "default"},
)


def _meaning(row: Row, language: str) -> str:
    return _MEANINGS.label(row["name"] if row["name"] in SETTINGS else REGISTER.name, language)


def _value(row: Row, _language: str) -> str:
    value: str = row["value"] or ""
    # Blanks, so that a list of columns can go on in the next line.
    return value.replace(",", ", ") if get_setting(row["name"]).kind == "columns" else value


KEYS: Final = ("name", "value", "origin", "variable", "meaning")
COLUMNS: Final = index(
    plain("name", "Setting", "code"),
    Column("value", "Value", _value, key="value", weight=4),
    coded("origin", "From", _ORIGINS)._replace(kind="code"),
    plain("variable", "Variable", "code"),
    Column("meaning", "Meaning", _meaning, key="meaning", weight=3),
)
DEFAULT: Final = ("name", "value", "origin")
