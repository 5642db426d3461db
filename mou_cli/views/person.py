"""The people of an institution: who signed, was present or is to be asked for it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from mou_cli.rules.language import choose_text, decode_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mou_cli.store.reader import Reader, Row

# A contact has an e-mail address where others have a position; each is named once for every agreement or event.
_PEOPLE = """SELECT 'agreement' AS noun, s.agreement AS key, a.ref, 'signatory' AS role, s.name, NULL AS names,
        s.position, NULL AS email, NULL AS phone, s.ordinal
    FROM agreement_signature s JOIN agreement a ON a.key = s.agreement WHERE s.party = :institution
    UNION ALL SELECT 'agreement', p.agreement, a.ref, p.role, p.name, p.names, p.position, NULL, NULL, p.ordinal
    FROM agreement_person p JOIN agreement a ON a.key = p.agreement WHERE p.party = :institution
    UNION ALL SELECT 'agreement', c.agreement, a.ref, c.role, c.name, NULL, NULL, c.email, c.phone, c.ordinal
    FROM agreement_contact c JOIN agreement a ON a.key = c.agreement WHERE c.party = :institution
    UNION ALL SELECT 'event', p.event, NULL, p.role, p.name, p.names, p.position, NULL, NULL, p.ordinal
    FROM event_person p WHERE p.party = :institution
    ORDER BY name NULLS LAST, noun NULLS LAST, key NULLS LAST, role NULLS LAST, ordinal"""


def find_people(reader: Reader, institution: str) -> Iterator[Row]:
    """Give who stands for an institution, by name: once for every agreement or event and role there.

    `role` is signatory, one of those present, or one of a contact.
    """
    for row in reader.rows(_PEOPLE, institution=institution):
        position = decode_texts(row["position"])
        yield {
            **{name: row[name] for name in ("name", "role", "noun", "key", "ref", "email", "phone")},
            "names": json.loads(row["names"]) if row["names"] else {},
            "position": choose_text(position),
            "texts": {"position": position} if isinstance(position, dict) else {},
        }
