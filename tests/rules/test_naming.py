from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mou_cli.rules.naming import Candidate, find_by_name, looks_like, nearest, nearest_word
from mou_cli.vocabulary import AREAS

INSTITUTIONS = [
    Candidate("york-ca", ("York University",)),
    Candidate("york-uk", ("University of York",)),
    Candidate("khazar", ("Khazar University", "Xəzər Universiteti")),
    Candidate("uit", ("University of Tromsø", "UiT The Arctic University of Norway", "UiT")),
    Candidate("bsu", ("Bakı Dövlət Universiteti", "BDU")),
    Candidate("bath", ("University of Bath",)),
    Candidate("vienna", ("University of Vienna", "Universität Wien")),
    Candidate("tuw", ("Vienna University of Technology", "TU Wien")),
    Candidate("rezekne", ("Rezekne's Academy of Technologies",)),
    Candidate("todai", ("東京大学",)),
    Candidate("ada", ("ADA University",)),
    Candidate("azda", ("Academy of Public Administration", "ADA")),
    Candidate("school-5", ("Secondary School No. 5",)),
]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("york-uk", ["york-uk"]),
        ("YORK-CA", ["york-ca"]),
        ("York University", ["york-ca"]),
        ("university of york", ["york-uk"]),
        ("University York", ["york-ca", "york-uk"]),
        ("York", ["york-ca", "york-uk"]),
        ("xezer", ["khazar"]),
        ("XƏZƏR UNİVERSİTETİ", ["khazar"]),
        ("University of Tromso", ["uit"]),
        ("uit", ["uit"]),
        ("baki dov", ["bsu"]),
        ("dovlet baki", ["bsu"]),
        ("bdu", ["bsu"]),
        ("wien", ["vienna", "tuw"]),
        ("Universitat Wien", ["vienna"]),
        ("tu wien", ["tuw"]),
        ("rezeknes", ["rezekne"]),
        ("東京", ["todai"]),
        ("school 5", ["school-5"]),
        ("iversity", []),
        ("Khazar Univeristy", []),
    ],
)
def test_names_aliases_and_parts_of_words_find(text: str, keys: list[str]) -> None:
    assert find_by_name(text, INSTITUTIONS) == keys


def test_key_wins_over_the_same_word_as_a_name() -> None:
    assert find_by_name("ADA", INSTITUTIONS) == ["ada"]


def test_whole_name_wins_over_a_part() -> None:
    candidates = [Candidate("a", ("Oslo",)), Candidate("b", ("Oslo Metropolitan University",))]
    assert find_by_name("oslo", candidates) == ["a"]
    assert find_by_name("oslo met", candidates) == ["b"]


def test_name_of_several_gives_them_all() -> None:
    candidates = [Candidate("one", ("State University",)), Candidate("two", ("STATE UNIVERSITY",))]
    assert find_by_name("state university", candidates) == ["one", "two"]


@pytest.mark.parametrize("text", ["", " ", "--", "'", "…"])
def test_empty_fold_matches_nothing(text: str) -> None:
    candidates = [*INSTITUTIONS, Candidate("odd", ("—",))]
    assert find_by_name(text, candidates) == []
    assert nearest(text, candidates) == []
    assert looks_like(text, candidates) == []


def test_areas_are_found_by_code_label_and_part() -> None:
    areas = [Candidate(code, labels) for code, labels in AREAS.names.items()]
    assert find_by_name("joint-research", areas) == ["joint-research"]
    assert find_by_name("Birgə tədqiqat", areas) == ["joint-research"]
    assert find_by_name("birge nesr", areas) == ["joint-publications"]
    assert find_by_name("twin", areas) == ["twinning"]
    assert "student-exchange" in find_by_name("exchange", areas)


@given(st.sampled_from(INSTITUTIONS), st.data())
def test_every_name_finds_its_owner(candidate: Candidate, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(candidate.names))
    expected = "ada" if name == "ADA" else candidate.key
    assert expected in find_by_name(name, INSTITUTIONS)
    words = data.draw(st.permutations(name.split()))
    assert expected in find_by_name(" ".join(words), INSTITUTIONS)


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("Khazar Univeristy", "khazar"),
        ("khazr", "khazar"),
        ("University of Tromsoe", "uit"),
        ("Vienna Technology University", "tuw"),
        ("Baki Dovlet Universitet", "bsu"),
        ("yrok-uk", "york-uk"),
        ("rezekne academy", "rezekne"),
    ],
)
def test_misspelling_offers_what_was_meant_first(text: str, best: str) -> None:
    assert nearest(text, INSTITUTIONS)[0] == best


def test_nothing_is_offered_for_noise_and_no_more_than_asked() -> None:
    assert nearest("qqqq zzzz", INSTITUTIONS) == []
    assert nearest("York University", INSTITUTIONS, limit=1) == ["york-ca"]
    assert nearest("York Univercity", INSTITUTIONS, score=99) == []


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Khazar Univeristy", ["khazar"]),
        ("The Khazar University", ["khazar"]),
        ("Xezer Universiteti", ["khazar"]),
        ("University of Tromso", ["uit"]),
        ("University of York", ["york-ca", "york-uk"]),
        ("York University", ["york-ca", "york-uk"]),
        ("Universität Vienna", ["vienna"]),
        ("Baku State University", []),
        ("Bakı Slavyan Universiteti", []),
        ("University of Bari", []),
        ("University of Siena", []),
        ("Vienna University of Economics", []),
        ("Secondary School No 5", ["school-5"]),
        ("Secondary School No 6", []),
        ("University", []),
    ],
)
def test_only_a_strong_likeness_is_asked_about(text: str, keys: list[str]) -> None:
    assert looks_like(text, INSTITUTIONS) == keys


def test_names_without_a_telling_word_are_compared_whole() -> None:
    candidates = [Candidate("the", ("The University",))]
    assert looks_like("The University", candidates) == ["the"]
    assert looks_like("The Oslo University", candidates) == []


@given(st.sampled_from(INSTITUTIONS), st.data())
def test_every_name_looks_like_itself(candidate: Candidate, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(candidate.names))
    assert candidate.key in looks_like(name.swapcase(), INSTITUTIONS)
    assert candidate.key in nearest(name, INSTITUTIONS)


def test_nearest_word_mends_a_code_or_field() -> None:
    assert nearest_word("studnt-exchange", AREAS.codes) == "student-exchange"
    assert nearest_word("Student_Exchange ", AREAS.codes) == "student-exchange"
    assert nearest_word("partners", ["place", "partner_ref", "parties"]) == "parties"
    assert nearest_word("exchnage", ["Exchanges", "exchange"]) == "exchange"
    assert nearest_word("zzz", AREAS.codes) is None
    assert nearest_word("", AREAS.codes) is None
