"""`mou check --fix`: mending what cannot be wrong to mend."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from mou_cli.catalogue import translate
from mou_cli.commands.record import report
from mou_cli.output.message import say

if TYPE_CHECKING:
    from mou_cli.checks.finding import Check
    from mou_cli.commands.invocation import Invocation
    from mou_cli.fields.shape import Patch
    from mou_cli.records.change import Change


def fix(call: Invocation, checks: list[Check]) -> None:
    """Carry out what the findings of some checks say would surely mend them, in one transaction; tell what changed."""
    changes: list[Change] = []
    with call.register("check --fix") as register:
        patches: list[Patch] = [
            patch
            for check in checks
            for finding in check.find(register.reader, call.today)
            for patch in finding.patches
        ]
        for _noun, of_noun in groupby(patches, key=lambda patch: patch.noun):
            changes += register.declare(list(of_noun))
    if changes:
        report(call, changes)
    else:
        say(translate("nothing to mend", call.asking_language))
