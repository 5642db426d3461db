"""What is found of institutions: which are alike, which only look so, and what they lack."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.checks.conftest import Found
    from tests.conftest import Mou


def institutions(*said: str) -> str:
    return "institutions:\n" + "".join(f"  - {{{each}}}\n" for each in said)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("name: Baku State University, country: AZ", "name: BAKU  state-university, country: AZ"),
        ("name: Bakı Dövlət Universiteti, country: AZ", "name: Baki Dovlet Universiteti, country: AZ"),
        ("name: One, names: [Third], country: AZ", "name: Two, names: [{text: third, kind: former}], country: AZ"),
        ("name: One, names: [Two], country: AZ", "name: Two, country: AZ"),
        ("name: One", "name: ONE"),
        ("name: One, country: AZ, identifiers: {ror: 01Xtt}", "name: Two, country: NO, identifiers: {ror: 01xtt}"),
    ],
)
def test_the_same_name_or_identifier_is_alike(found: Found, one: str, other: str) -> None:
    assert found("alike", institutions(f"key: a, {one}", f"key: b, {other}")) == ["alike:a,b"]
    assert found("near-name") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("name: York University, country: CA", "name: University of York, country: GB"),
        ("name: One, country: AZ", "name: One, country: NO"),
        ("name: One, country: AZ", "name: One"),
        ("name: Kars University, country: TR, names: [{text: KU, kind: acronym}]", "name: KU, country: GB"),
        (
            "name: Kars University, country: TR, names: [{text: KU, kind: acronym}]",
            "name: Koch University, country: TR, names: [{text: KU, kind: acronym}]",
        ),
        ("name: One, country: AZ", "name: One, country: AZ, parent: a"),
        ("name: One, identifiers: {pic: '1'}", "name: Two, identifiers: {pic: '1'}, parent: a"),
        ("name: One, identifiers: {pic: '1'}", "name: Two, identifiers: {ror: '1'}"),
        ("name: '!?', country: AZ", "name: '?!', country: AZ"),
    ],
)
def test_what_only_looks_so_is_not_alike(found: Found, one: str, other: str) -> None:
    assert found("alike", institutions(f"key: a, {one}", f"key: b, {other}")) == []


def test_several_of_one_name_are_told_once(found: Found) -> None:
    said = (f"key: {key}, name: One, names: [Uno], country: AZ" for key in "cab")
    assert found("alike", institutions(*said)) == ["alike:a,b,c"]


@pytest.mark.parametrize(
    ("one", "other", "score"),
    [
        ("Baku State University", "Bakı Dövlət Universiteti", "100.0"),
        ("Azerbaijan State University of Economics", "Azərbaycan Dövlət İqtisad Universiteti", "97.0"),
        ("University of Gothenburg", "University of Gothenberg", "90.9"),
        ("Miami University", "University of Miami", "97.0"),
        ("Nizami Institute of Literature", "Nizami Institut of Literature", "100.0"),
    ],
)
def test_names_of_a_country_that_look_alike_are_shown_with_their_score(
    empty: Mou, found: Found, one: str, other: str, score: str
) -> None:
    ids = found("near-name", institutions(f"key: a, name: {one}, country: US", f"key: b, name: {other}, country: US"))
    assert ids == ["near-name:a,b"]
    (row,) = empty.json("check", "near-name")
    assert row["sentence"] == f"{one} and {other} are alike by {score} of 100"
    assert row["severity"] == "hint"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("name: York University, country: CA", "name: University of York, country: GB"),
        ("name: Georgia State University, country: US", "name: University of Georgia, country: US"),
        ("name: Baku State University, country: AZ", "name: Baku Technical University, country: AZ"),
        ("name: Baku State University, country: AZ", "name: Ganja State University, country: AZ"),
        ("name: Lyceum 12, country: AZ", "name: Lyceum 13, country: AZ"),
        ("name: State University, country: AZ", "name: National University, country: AZ"),
        (
            'name: "California State University, Los Angeles", country: US',
            'name: "University of California, Los Angeles", country: US',
        ),
        ("name: University of Miami, country: US", "name: Miami University, country: US, parent: a"),
        ("name: University of Miami", "name: Miami University"),
    ],
)
def test_names_that_tell_institutions_apart_are_not_near(found: Found, one: str, other: str) -> None:
    assert found("near-name", institutions(f"key: a, {one}", f"key: b, {other}")) == []


def test_a_partner_without_a_country_is_found(found: Found) -> None:
    listed = institutions("key: a, name: A", "key: b, name: B, type: intergovernmental", "key: c, name: C")
    parties = "agreements:\n  - {key: x, parties: [adu, a, b]}\n"
    assert found("no-country", listed + parties) == ["no-country:a"]


def test_institutions_that_belong_to_one_another_are_a_circle(found: Found) -> None:
    listed = institutions("key: a, name: A, parent: b", "key: b, name: B, parent: a", "key: c, name: C, parent: a")
    assert found("circle", listed) == ["circle:a,b"]
