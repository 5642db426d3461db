"""What active agreements lack of the evidence that is required."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from mou_cli.settings import EVIDENCE
from mou_cli.views.agreement_document import lacking_evidence

if TYPE_CHECKING:
    from mou_cli.store.reader import Reader

DAY = date(2025, 5, 10)
SMALL = """\
format: mou/1
home: [h]
institutions: [{key: h, name: H}, {key: p, name: P}, {key: q, name: Q}]
agreements:
  - {key: nothing, parties: [h, p], starts: 2024-01-01, ends: 2026-12-31}
  - {key: named, parties: [h, p], starts: 2024-01-01, ends: 2026-12-31,
     documents: [{file: scan.pdf, kind: signed-original}], signatures: [{name: A, party: h}]}
  - {key: other, parties: [h, p, q], starts: 2024-01-01, ends: 2026-12-31,
     documents: [{paper: binder 1, kind: annex}], signatures: [{name: A, party: h}, {name: B}, {name: C, party: q}]}
  - {key: stored, parties: [h, p], starts: 2024-01-01, ends: 2026-12-31, signatures: [A],
     documents: [{file: scan.pdf, kind: signed-original,
                  sha256: 5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9}]}
  - {key: paper, parties: [h, p], starts: 2024-01-01, ends: 2026-12-31,
     documents: [{paper: binder 2, kind: signed-original}], signatures: [{name: A, party: h}, {name: B, party: p}]}
  - {key: address, parties: [h, p], starts: 2024-01-01, ends: 2026-12-31,
     documents: [{file: "HTTPS://example.org/x", kind: signed-original}],
     signatures: [{name: A, party: p}, {name: B, party: h}, {name: C, party: p}]}
  - {key: expired, parties: [h, p], starts: 2020-01-01, ends: 2021-12-31}
  - {key: future, parties: [h, p], starts: 2027-01-01, ends: 2028-12-31}
  - {key: unstated, parties: [h, p], signed: 2024-01-01}
"""


@pytest.mark.parametrize(
    ("day", "required", "found"),
    [
        (DAY, (), {}),
        (
            DAY,
            EVIDENCE[:1],
            {
                "nothing": (["signed-original"], []),
                "named": (["signed-original"], []),
                "other": (["signed-original"], []),
            },
        ),
        (
            DAY,
            EVIDENCE,
            {
                "named": (["signed-original", "signatories"], ["p"]),
                "nothing": (["signed-original", "signatories"], ["h", "p"]),
                "other": (["signed-original", "signatories"], ["p"]),
                "stored": (["signatories"], ["h", "p"]),
            },
        ),
        (date(2021, 6, 1), EVIDENCE[:1], {"expired": (["signed-original"], [])}),
        (date(2028, 6, 1), EVIDENCE[1:], {"future": (["signatories"], ["h", "p"])}),
    ],
)
def test_active_agreements_lack_what_is_required_and_not_recorded(
    small: Reader, day: date, required: tuple[str, ...], found: dict[str, tuple[list[str], list[str]]]
) -> None:
    rows = list(lacking_evidence(small, day, required))
    assert {row["agreement"]: (row["lacks"], row["parties"]) for row in rows} == found
    assert [row["agreement"] for row in rows] == sorted(found)
    assert all(row["ref"].startswith("2026-") for row in rows)
