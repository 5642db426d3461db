"""`mou config`: what is set, where it comes from, and setting it in the config file."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mou_cli.catalogue import locale_language, translate
from mou_cli.commands.app import make_group
from mou_cli.commands.filter import read_span
from mou_cli.commands.invocation import SHOWN, Invocation
from mou_cli.commands.option import MouCommand, taking
from mou_cli.errors import MouError, UsageError
from mou_cli.output.file import write_file
from mou_cli.output.form import Form
from mou_cli.output.message import say
from mou_cli.output.nouns import choose_columns, read_columns
from mou_cli.output.pager import read_command
from mou_cli.output.structured import write_json_lines
from mou_cli.rules.text import escape_controls, forbidden_characters
from mou_cli.settings import (
    SETTINGS,
    Setting,
    config_path,
    config_text,
    default_register,
    get_setting,
    named_register,
    named_registers,
    parse_config,
    read_config,
    read_evidence,
    read_language,
    read_seconds,
)
from mou_cli.store.location import Location, locate, typed_password
from mou_cli.store.lock import alone_at

if TYPE_CHECKING:
    from mou_cli.store.reader import Row

app = make_group()
_taking_name = taking(argument=tuple(SETTINGS))
_NAME = Annotated[str, typer.Argument(help="Name of the setting, such as lang or list.columns.")]


@app.command("list", cls=taking(SHOWN))
def list_settings(context: typer.Context) -> None:
    """List all settings. Beside each value stands where it comes from: option, environment, config file or default.

    What is said of one type of agreement (`lead.TYPE`) is listed where it is set.
    """
    call = Invocation.of(context)
    rows = [_row(call, setting) for setting in SETTINGS.values() if not _follows(call, setting)]
    rows += [_row(call, get_setting(f"registers.{name}")) for name in named_registers()]
    call.show_rows(rows, "setting")


@app.command("get", cls=_taking_name)
def get(context: typer.Context, name: _NAME) -> None:
    """Print the value of a setting. Without the password, if an address has one."""
    call = Invocation.of(context)
    row = _row(call, get_setting(name))
    if call.form is Form.AUTO:
        print(escape_controls(row["value"] or ""))  # noqa: T201 - data goes to standard output
    else:
        call.show_row(row, "setting")


@app.command("set", cls=_taking_name)
def set_value(
    context: typer.Context, name: _NAME, value: Annotated[str, typer.Argument(help="What to set it to.")]
) -> None:
    """Set a value in the config file. Its comments and order stay. A value that makes no sense is refused."""
    from mou_cli.formats.toml import with_value

    setting = get_setting(name)
    checked = _check(Invocation.of(context), setting, value)
    path = config_path()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with alone_at(path.parent):
        config = read_config(path)
        _write(path, with_value(config_text(path), name, checked), config | {name: checked})
    say(f"{name} = {checked}")
    _tell_of_environment(name, _language(context))


@app.command("unset", cls=_taking_name)
def unset(context: typer.Context, name: _NAME) -> None:
    """Take a setting out of the config file. A name that is no setting can be taken out, too."""
    from mou_cli.formats.toml import without_value

    path = config_path()
    with alone_at(path.parent):
        text = config_text(path)
        config = parse_config(text, path)
        is_set = name in config
        if is_set:
            del config[name]
            _write(path, without_value(text, name), config)
    if is_set:
        language = _language(context)
        say(translate("{name} is no longer set", language, name=name))
    else:
        get_setting(name)
        language = _language(context)
        say(translate("{name} is not set in the config file {file}", language, name=name, file=path))
    _tell_of_environment(name, language)


@app.command("path", cls=MouCommand)
def path(context: typer.Context) -> None:
    """Print where the config file is, or would be."""
    place = str(config_path())
    if Invocation.of(context).form in {Form.JSON, Form.JSONL}:
        write_json_lines([{"path": place}], sys.stdout)
    else:
        print(escape_controls(place))  # noqa: T201 - data goes to standard output


def _follows(call: Invocation, setting: Setting) -> bool:
    """Say whether nothing is set but what is usual."""
    return bool(setting.usual) and call.setting(setting.name) == call.setting(setting.usual)


def _row(call: Invocation, setting: Setting) -> Row:
    found = call.setting(setting.name)
    value = _default(call, setting) if found.origin == "default" else found.value
    return {
        "name": setting.name,
        "value": str(Location(url=value)) if value and "://" in value else value,  # without its password
        "origin": found.origin,
        "variable": setting.variable,
        "meaning": setting.meaning,
    }


def _default(call: Invocation, setting: Setting) -> str | None:
    """Give what counts where nobody has said anything; None where even that cannot be told."""
    if setting.kind == "columns":
        return ",".join(column.name for column in choose_columns(setting.noun, None))
    reckoned = {
        "register": lambda: str(default_register()),
        "day": lambda: date.today().isoformat(),  # noqa: DTZ011 - the user's own day
        "text": lambda: call.actor,
        "language": locale_language,
    }
    try:
        return reckoned[setting.kind]() if setting.kind in reckoned else setting.default
    except MouError:
        return None


def _check(call: Invocation, setting: Setting, value: str) -> str | float:
    """Give a value as it is kept. Raises UsageError for one that could not be used."""
    name = setting.name
    if wrong := forbidden_characters(value):
        raise UsageError(f"{name}: the value has characters that cannot be kept: {', '.join(wrong)}")
    if not value.strip() and setting.kind != "command":
        raise UsageError(f"{name}: the value is empty", f"`mou config unset {name}` takes it out of the config file")
    if setting.kind in {"register", "folder"}:
        return _check_place(setting, value)
    if setting.kind == "day":
        call.read_day(name, value, date.today())  # noqa: DTZ011 - the user's own day
    elif setting.kind == "language":
        read_language(value, name)
    elif setting.kind == "seconds":
        seconds = read_seconds(value, name)
        return int(seconds) if seconds.is_integer() else seconds
    elif setting.kind == "command":
        read_command(value, name)
    elif setting.kind == "length":
        return str(read_span(value, name))
    elif setting.kind in {"columns", "evidence"}:
        listed = read_evidence(value, name) if setting.kind == "evidence" else read_columns(value, setting.noun, name)
        return ",".join(listed)
    return value


def _check_place(setting: Setting, value: str) -> str:
    if setting.name == "db" and named_register(value):
        return value
    location = Location(path=Path(value)) if setting.kind == "folder" else locate(value)
    if location.has_password:
        raise typed_password(setting.name)
    # Below the folder one happens to be in it would be another file every time.
    return value if location.path is None or value.startswith("~") else str(location.path.absolute())


def _write(path: Path, text: str, expected: dict[str, Any]) -> None:
    if parse_config(text, path) != expected:
        raise UsageError(f"the config file {path} says the same in two places", "change it in an editor")
    write_file(path, lambda stream: stream.write(text))


def _language(context: typer.Context) -> str:
    """Give the language to tell in, also where something else in the config file is still wrong."""
    try:
        return Invocation.of(context).asking_language
    except MouError:
        return locale_language()


def _tell_of_environment(name: str, language: str) -> None:
    variable = SETTINGS[name].variable if name in SETTINGS else ""
    if os.environ.get(variable):
        say(translate("{variable} in the environment counts before it", language, variable=variable))
