"""What can be set, and where a value comes from: option, environment, config file, default."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from mou_cli.catalogue import LANGUAGES
from mou_cli.errors import DatabaseUnavailable, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = Literal["register", "day", "text", "language", "seconds", "command", "columns", "folder", "evidence", "length"]
Origin = Literal["option", "environment", "config-file", "default"]


@dataclass(frozen=True)
class Setting:
    """One thing that can be set: its name in the config file, its meaning, and what kind of value it takes.

    A dot in the name stands for a table of the file. `option` is the global option that says it for one command.
    `elsewhere` is a variable of the environment that other programs share, asked after the config file. The columns of
    a table belong to a `command` and show a `noun`. Where one is not set that has a `usual` one, that counts.
    """

    name: str
    kind: Kind
    meaning: str
    option: str = ""
    default: str | None = None
    elsewhere: str = ""
    command: str = ""
    noun: str = ""
    usual: str = ""

    @property
    def variable(self) -> str:
        """The variable of the environment that says it; empty for the name of a register."""
        return "" if self.name not in SETTINGS else f"MOU_{self.name.upper().replace('.', '_').replace('-', '_')}"


# The types of agreements, which a test holds to the vocabulary: it stands beside this room, not below it.
_TYPES = (
    *("memorandum", "framework", "exchange", "double-degree", "joint-degree", "erasmus-iia", "project", "protocol"),
    *("letter-of-intent", "preliminary", "contract", "licence", "addendum", "membership", "cooperation"),
)

# What can be required as evidence of an agreement.
EVIDENCE = ("signed-original", "signatories")
SETTINGS = {
    setting.name: setting
    for setting in (
        Setting("db", "register", "the register: path of a file, or a postgresql:// address", "db"),
        Setting("today", "day", "the day the answers are for, instead of today", "as_of"),
        Setting("actor", "text", "who makes the changes", "actor"),
        Setting("lang", "language", "language of labels: en or az", "lang"),
        Setting("timeout", "seconds", "seconds to wait for a locked register", default="10"),
        Setting("pager", "command", "what shows long answers, or off", "no_pager", "less", elsewhere="PAGER"),
        Setting("documents", "folder", "where the documents of a register on a server are kept"),
        Setting("opener", "command", "what opens documents; the desktop's own, unless said"),
        Setting("require", "evidence", "what an active agreement has to have: signed-original, signatories"),
        *(
            Setting(f"{table}.columns", "columns", f"columns of mou {command}", command=command, noun=noun)
            for table, command, noun in (
                ("list", "list", "agreement"),
                ("partner", "partner list", "institution"),
                ("event", "event list", "event"),
                ("plan", "plan list", "plan"),
                ("due", "plan due", "task"),
                ("agenda", "due", "agenda"),
            )
        ),
        Setting("lead.agreement", "length", "how long before its day mou due tells of an agreement", default="6m"),
        Setting("lead.task", "length", "how long before its deadline mou due tells of a task", default="30d"),
        *(
            Setting(
                f"lead.{kind}", "length", "likewise, of agreements of this type", default="6m", usual="lead.agreement"
            )
            for kind in _TYPES
        ),
    )
}
# Where settings are listed, one stands for those that it counts for.
LISTED = [name for name, setting in SETTINGS.items() if not setting.usual] + ["lead.TYPE"]
COLUMN_SETTINGS = {setting.command: setting for setting in SETTINGS.values() if setting.command}
OFF = "off"
REGISTER = Setting("registers.", "register", "a register by its name, for --db")
_NAMED = re.compile(r"registers\.[^\W\d_][\w-]*")  # a plain word, what else is a path


@dataclass(frozen=True)
class Found:
    """The value of a setting and where it comes from; `place` tells a person where to change it."""

    value: str | None
    origin: Origin
    place: str


def find_setting(name: str, option: str | None = None) -> Found:
    """Give the value of a setting: the option, else the environment, else the config file, else its default."""
    setting = get_setting(name)
    if option is not None:
        return Found(option, "option", f"--{setting.option.replace('_', '-')}")
    stated = _in_environment(setting.variable)
    # Elsewhere an empty value says nothing; an empty pager is none.
    if stated or (stated is not None and setting.kind == "command"):
        return Found(stated, "environment", setting.variable)
    path = _config_path()
    configured = read_config(path).get(name) if path else None
    if configured is not None:
        return Found(_as_text(setting, configured, path), "config-file", f"{name} in the config file {path}")
    if setting.elsewhere and (stated := _in_environment(setting.elsewhere)) is not None:
        return Found(stated, "environment", setting.elsewhere)
    return find_setting(setting.usual) if setting.usual else Found(setting.default, "default", name)


def get_setting(name: str) -> Setting:
    """Give the setting of a name. Raises UsageError."""
    if _NAMED.fullmatch(name):
        return replace(REGISTER, name=name)
    if name not in SETTINGS:
        raise unknown_setting(f"there is no setting {name!r}", name)
    return SETTINGS[name]


def unknown_setting(message: str, name: str) -> UsageError:
    """Give the error for a name that is no setting; its hint is the nearest, or all there are."""
    from difflib import get_close_matches

    near = get_close_matches(name.casefold(), SETTINGS, n=1)
    return UsageError(message, f"did you mean {near[0]}?" if near else f"settings are {', '.join(LISTED)}")


def _in_environment(variable: str) -> str | None:
    stated = os.environ.get(variable)
    if stated and any("\ud800" <= letter <= "\udfff" for letter in stated):
        raise UsageError(f"{variable} is not text: it is not in the terminal's encoding")
    return stated


def _as_text(setting: Setting, value: Any, path: Path | None) -> str:
    if (
        isinstance(value, list)
        and setting.kind in {"columns", "evidence"}
        and all(isinstance(name, str) for name in value)
    ):
        return ",".join(value)
    if isinstance(value, bool) or not isinstance(value, (str, int, float, date)) or "\0" in str(value):
        raise UsageError(
            f"the config file {path} sets {setting.name!r} to what is no single text or number",
            f"`mou config set {setting.name} VALUE` puts it right",
        )
    return str(value)


def config_path() -> Path:
    """Give the place of the config file, whether it is there or not."""
    path = _config_path()
    if path is None:
        raise DatabaseUnavailable("there is no home folder to keep settings in", "say where with XDG_CONFIG_HOME")
    return path


def _config_path() -> Path | None:
    folder = _folder("XDG_CONFIG_HOME", ".config")
    return folder / "mou" / "config.toml" if folder else None


def config_text(path: Path) -> str:
    """Give the config file's text, its line ends as they are; nothing where there is no file."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError as error:
        raise DatabaseUnavailable(f"the config file {path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"the config file {path} is not UTF-8 text") from error


def parse_config(text: str, path: Path) -> dict[str, Any]:
    """Give what the text of a config file sets, by name, whether there is such a setting or not."""
    if not text:
        return {}
    import tomllib

    try:
        config = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        end = f"at line {text.count(chr(10)) + 1}, column {len(text) - text.rfind(chr(10))}"
        wrong = str(error).replace("at end of document", end)
        raise UsageError(f"the config file {path} is not TOML: {wrong}") from error
    except RecursionError as error:
        raise UsageError(f"the config file {path} is not TOML: too many lists in one another") from error
    return dict(_flattened(config, ""))


def _flattened(table: dict[str, Any], before: str) -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flattened(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value


def read_config(path: Path) -> dict[str, Any]:
    """Give what the config file sets, by name. Raises UsageError for a name that is no setting."""
    config = parse_config(config_text(path), path)
    for name in config:
        if name not in SETTINGS and not _NAMED.fullmatch(name):
            raise unknown_setting(f"the config file {path} sets {name!r}, which is no setting", name)
    return config


def named_registers() -> list[str]:
    """Give the names that registers have in the config file."""
    path = _config_path()
    return [name.removeprefix(REGISTER.name) for name in read_config(path) if _NAMED.fullmatch(name)] if path else []


def named_register(text: str) -> str | None:
    """Give the path or address that a name stands for in the config file; None for what is no such name."""
    name = REGISTER.name + text
    return find_setting(name).value if _NAMED.fullmatch(name) else None


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
    found = find_setting("timeout")
    return read_seconds(found.value or "", found.place)


def read_seconds(text: str, place: str) -> float:
    """Read a number of seconds that stands at a place. Raises UsageError."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= 3600:  # noqa: PLR2004 - an hour is more than anybody waits
        raise UsageError(f"{place}: {text!r} is no number of seconds between 0 and 3600")
    return seconds


def read_language(text: str, place: str) -> str:
    """Read the code of a language that the program speaks. Raises UsageError."""
    if text not in LANGUAGES:
        raise UsageError(f"{place}: {text!r} is none of {', '.join(LANGUAGES)}")
    return text


def read_evidence(text: str, place: str) -> tuple[str, ...]:
    """Read what is required as evidence: names of EVIDENCE, separated by commas. Raises UsageError."""
    names = tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    for name in names:
        if name not in EVIDENCE:
            raise UsageError(f"{place}: {name!r} is none of {', '.join(EVIDENCE)}")
    return names
