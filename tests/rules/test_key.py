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
            "natsionalnii-universitet-kiievo-mogilyanska-akademiya",
        ),
        ("Әл-Фараби атындағы Қазақ ұлттық университеті", "al-farabi-atyndaghy-qazaq-ulttyq-universiteti"),
        ("თბილისის სახელმწიფო უნივერსიტეტი", "tbilisis-sakhelmtsipo-universiteti"),
        ("Πανεπιστήμιο Αθηνών", "panepistimio-athinon"),
        ("Bakı Dövlət Universiteti", "baki-dovlet-universiteti"),
        ("北京大学", "bei-jing-da-xue"),
        ("北京大学2024年", "bei-jing-da-xue-2024-nian"),
        ("北京大学 PKU", "bei-jing-da-xue-pku"),
        ("서울대학교", "seo-ul-dae-hag-gyo"),
        ("جامعة القاهرة", "jmh-lqhrh"),
        ("Երևանի պետական համալսարան", "erewani-petakan-hamalsaran"),
        ("จุฬาลงกรณ์มหาวิทยาลัย", "chulalngkrnmhawithyalay"),
        ("Bə’sət ʻUniversiteti", "beset-universiteti"),
    ],
)
def test_key_is_the_name_in_latin_letters(name: str, key: str) -> None:
    assert make_key(name) == key


def test_what_no_letter_stands_for_is_called_by_what_it_is() -> None:
    assert make_key("☂ — ?", "event") == "event"
