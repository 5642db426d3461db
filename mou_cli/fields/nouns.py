"""The nouns of the register, in the order in which they may refer to those before them."""

from __future__ import annotations

from mou_cli.fields.acceptance import ACCEPTANCE
from mou_cli.fields.agreement import AGREEMENT
from mou_cli.fields.event import EVENT
from mou_cli.fields.institution import INSTITUTION
from mou_cli.fields.plan import PLAN, TASK

SHAPES = {shape.noun: shape for shape in (INSTITUTION, EVENT, AGREEMENT, PLAN, TASK, ACCEPTANCE)}
