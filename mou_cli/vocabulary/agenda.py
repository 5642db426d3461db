"""The codes of what an agenda tells of."""

from __future__ import annotations

from typing import Final

from mou_cli.vocabulary.code_list import CodeList

AGENDA_KINDS: Final = CodeList("kind of entry", {"end": "end", "notice": "notice", "review": "review", "task": "task"})
