"""`mou redo`: carry out again what was undone."""

from __future__ import annotations

from mou_cli.commands import undo
from mou_cli.commands.app import make_app
from mou_cli.commands.invocation import DRY_RUN
from mou_cli.commands.option import taking
from mou_cli.commands.record import YES

app = make_app()
app.command("redo", cls=taking((YES, DRY_RUN)))(undo.redo)
