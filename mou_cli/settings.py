"""What can be set, and where a value comes from: option, environment, config file, default."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mou_cli.errors import DatabaseUnavailable, UsageError


@dataclass(frozen=True)
class Setting:
    """One thing that can be set: its option, its environment variable, its name in the config file, its meaning."""

    name: str
    variable: str
    meaning: str


SETTINGS = {
    setting.name: setting
    for setting in (
        Setting("db", "MOU_DB", "the register: path of a file, or a postgresql:// address"),
        Setting("today", "MOU_TODAY", "the day the answers are for, instead of today"),
        Setting("actor", "MOU_ACTOR", "who makes the changes"),
        Setting("lang", "MOU_LANG", "language of labels: en or az"),
        Setting("timeout", "MOU_TIMEOUT", "seconds to wait for a locked register"),
    )
}
_TIMEOUT = 10.0


def read_setting(name: str, option: str | None = None) -> str | None:
    """Give the value of a setting: the option, else the environment, else the config file, else None."""
    if option is not None:
        return option
    variable = SETTINGS[name].variable
    stated = os.environ.get(variable)
    if stated and any("\ud800" <= letter <= "\udfff" for letter in stated):
        raise UsageError(f"{variable} is not text: it is not in the terminal's encoding")
    return stated or _configured(name)


def _configured(name: str) -> str | None:
    folder = _folder("XDG_CONFIG_HOME", ".config")
    if folder is None:
        return None
    path = folder / "mou" / "config.toml"
    value = _read_config(path).get(name)
    if isinstance(value, (dict, list)):
        raise UsageError(f"the config file {path} sets {name!r} to more than one value")
    return None if value is None else str(value)


def _read_config(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise DatabaseUnavailable(f"the config file {path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"the config file {path} is not UTF-8 text") from error
    import tomllib

    try:
        config = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"the config file {path} is not TOML: {error}") from error
    for name in config:
        if name not in SETTINGS:
            raise UsageError(f"the config file {path} sets {name!r}; known are {', '.join(SETTINGS)}")
    return config


def _folder(variable: str, fallback: str) -> Path | None:
    # Four lines instead of platformdirs, whose import takes 18 to 39 ms of a read's 60.
    stated = os.environ.get(variable)
    if stated and Path(stated).is_absolute():
        return Path(stated)
    try:
        return Path.home() / fallback
    except RuntimeError:
        return None


def _users_folder(variable: str, fallback: str) -> Path | None:
    if sys.platform == "win32":
        return Path(os.environ["LOCALAPPDATA"]) if "LOCALAPPDATA" in os.environ else None
    return _folder(variable, "Library/Application Support" if sys.platform == "darwin" else fallback)


def drafts_folder() -> Path | None:
    """Give the place for what a user is writing and has not recorded yet; None where there is no home folder."""
    folder = _users_folder("XDG_STATE_HOME", ".local/state")
    return None if folder is None else folder / "mou"


def default_register() -> Path:
    """Give the register's place where nobody has said one: the platform's folder for a user's data."""
    folder = _users_folder("XDG_DATA_HOME", ".local/share")
    if folder is None:
        raise DatabaseUnavailable("there is no home folder to keep a register in", "say where with --db PATH or MOU_DB")
    return folder / "mou" / "mou.db"


def read_timeout() -> float:
    """Give the seconds to wait for a locked register. Raises UsageError for what is no number."""
    text = read_setting("timeout")
    if text is None:
        return _TIMEOUT
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= 3600:  # noqa: PLR2004 - an hour is more than anybody waits
        raise UsageError(f"{text!r} is no number of seconds between 0 and 3600", "see MOU_TIMEOUT and the config file")
    return seconds
