"""A key is made of a name in another alphabet, too."""

from __future__ import annotations

import pytest

from mou_cli.rules.naming import make_key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Московский государственный университет", "moskovskii-gosudarstvennyi-universitet"),
        (
            "Національний університет «Києво-Могилянська академія»",
            "natsionalnii-universitet-kiyevo-mogilyanska-akademiya",
        ),
        ("Әл-Фараби атындағы Қазақ ұлттық университеті", "al-farabi-atyndaghy-qazaq-ulttyq-universiteti"),
        ("თბილისის სახელმწიფო უნივერსიტეტი", "tbilisis-sakhelmtsipo-universiteti"),
        ("Πανεπιστήμιο Αθηνών", "panepistimio-athinon"),
        ("Bakı Dövlət Universiteti", "baki-dovlet-universiteti"),
        ("北京大学", "institution"),
        ("北京大学 PKU", "pku"),
    ],
)
def test_key_is_the_name_in_latin_letters(name: str, key: str) -> None:
    assert make_key(name) == key


def test_what_no_letter_stands_for_is_called_by_what_it_is() -> None:
    assert make_key("会议", "event") == "event"
