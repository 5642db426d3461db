"""`mou check --fix`: mending what cannot be wrong to mend."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from mou_cli.catalogue import translate
from mou_cli.commands.report import report
from mou_cli.output.message import say

if TYPE_CHECKING:
    from mou_cli.checks.finding import Check
    from mou_cli.commands.invocation import Invocation
    from mou_cli.fields.shape import Patch
    from mou_cli.records.change import Change
    from mou_cli.register import Register


def fix(call: Invocation, checks: list[Check]) -> None:
    """Carry out what the findings of some checks say would surely mend them, in one transaction; tell what changed."""

    def body(register: Register) -> list[Change]:
        patches: list[Patch] = [
            patch
            for check in checks
            for finding in check.find(register.reader, call.today)
            for patch in finding.patches
        ]
        nouns = groupby(patches, key=lambda patch: patch.noun)
        return [change for _noun, of_noun in nouns for change in register.declare(list(of_noun))]

    changes = call.change("check --fix", body)
    report(call, changes)
    if not changes:
        say(translate("nothing to mend", call.asking_language))
