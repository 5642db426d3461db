"""What is wrong with an answer is said in the language in which is asked; of an option, in English."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mou_cli.catalogue import Sentence, said_in
from mou_cli.rules.complaint import one_of

if TYPE_CHECKING:
    from tests.asking.conftest import Terminal
    from tests.conftest import Mou

AZ = {"TERM": "dumb", "MOU_LANG": "az"}
INTERRUPT = "\x03"
SIGNED = (("Tərəfdaş", "uib"), ("Daha bir tərəfdaş", ""), ("Növü", ""), ("Sahələr", ""), ("Adı", ""))


DATES = {
    "sabahkı gün": (
        "“sabahkı gün” tarix deyil: 2024-05-01, 01.05.2024 və ya 1 may 2024 yazın; daha dəqiq bilinmirsə, 2024-05 və "
        "ya 2024"
    ),
    "05/06/2024": (
        "“05/06/2024” iki cür oxunur: 5 iyun 2024-cü il (2024-06-05) və ya 6 may 2024-cü il (2024-05-06) yazın"
    ),
    "2024-02-30": "“2024-02-30” adlı gün yoxdur: fevral 2024-cü il, günlər 1–29",
    "--02-30": "“--02-30” adlı gün yoxdur: fevral, günlər 1–29",
    "2024-13-01": "“2024-13-01”: 13 nömrəli ay yoxdur, 1-dən 12-yə qədər yazın",
    "01.05.24": "“01.05.24” yazısında il iki rəqəmlidir: 01.05.1924 və ya 01.05.2024 yazın",
    "1 May": "“1 May”: il yazılmayıb; onu əlavə edin, bilinmirsə, --05-01 yazın",
    "5000-01-01": "5000 ili mümkün deyil: 1000 ilə 2999 arasında il yazın",
    "+3 moons": "“moons” müddət vahidi deyil: 3y, 18m, 1y6m və ya 90d yazın",
}
TYPES = {"nonsense": "“nonsense” adlı saziş növü yoxdur", "99": "1 ilə 15 arasında bir nömrə və ya söz yazın"}
AREAS = {
    "1, xyzzyq": "“xyzzyq” adlı sahə yoxdur",
    "joint": "“joint” bunlardan biri ola bilər (sahə): ",
    "zzzzz, qqqqq": "“zzzzz” adlı sahə yoxdur; “qqqqq” adlı sahə yoxdur",
}


@pytest.mark.parametrize(("label", "answers"), [("İmza tarixi", DATES), ("Növü", TYPES), ("Sahələr", AREAS)])
def test_an_answer_is_complained_of_in_the_language(terminal: Terminal, label: str, answers: dict[str, str]) -> None:
    asked = [name for name, _typed in SIGNED]
    steps = SIGNED[: asked.index(label) if label in asked else len(asked)]
    wrong = [(label, typed) for typed in answers]
    talk = terminal.talk("add", steps=[*steps, *wrong, (label, INTERRUPT)], env=AZ, width=200)
    for told in answers.values():
        assert f"\n  {told}" in talk.shown


def test_a_country_is_complained_of_in_the_language(terminal: Terminal) -> None:
    steps = [("Adı", "Ganja State University"), ("Ölkə", "Koreya"), ("Ölkə", "Norwy"), ("Ölkə", "zzzzzz")]
    talk = terminal.talk("partner", "add", steps=[*steps, ("Ölkə", INTERRUPT)], env=AZ, width=200)
    told = [line.strip() for line in talk.shown.splitlines()]
    assert "“Koreya” bunlardan biri ola bilər: Şimali Koreya (KP) və ya Cənubi Koreya (KR)" in told
    assert "“Norwy” adlı ölkə yoxdur; bunu nəzərdə tuturdunuz: Norveç (NO)?" in told
    assert "“zzzzzz” adlı ölkə yoxdur" in told


def test_an_end_is_complained_of_in_the_language(terminal: Terminal) -> None:
    steps = [*SIGNED, ("İmza tarixi", "2024-05-01"), ("Başlama tarixi", "birdən"), ("Başlama tarixi", "signed")]
    ends = [("Bitmə tarixi", typed) for typed in ("3 yaers", "never", "2020-01-01", INTERRUPT)]
    talk = terminal.talk("add", steps=[*steps, *ends], env=AZ, width=250)
    told = [line.strip() for line in talk.shown.splitlines()]
    date = "tarix deyil: 2024-05-01, 01.05.2024 və ya 1 may 2024 yazın; daha dəqiq bilinmirsə, 2024-05 və ya 2024"
    assert f"“birdən” {date}; yaxud signed yazın" in told
    assert "“yaers” müddət vahidi deyil: 3y, 18m, 1y6m və ya 90d yazın" in told
    assert f"“never” {date}; yaxud open yazın; yaxud müddət, məsələn, 3y" in told
    assert "Qüvvədə olduğu son gün, 2020-01-01, sazişin başladığı 2024-05-01 tarixindən əvvəldir" in told


def test_who_is_asked_for_in_vain_is_told_of_in_the_language(terminal: Terminal) -> None:
    steps = [("Adı", ""), ("Adı", "Görüş"), ("Keçirilmə tarixi", ""), ("Yer", ""), ("Ev sahibi", "nobody")]
    talk = terminal.talk("event", "add", steps=[*steps, ("Ev sahibi", INTERRUPT)], env=AZ, width=200)
    assert "\n  cavab lazımdır\n" in talk.shown
    assert "\n  “nobody” adlı qurum yoxdur\n" in talk.shown


def test_a_task_is_complained_of_in_the_language(terminal: Terminal) -> None:
    terminal.mou("plan", "add", "p26", "--year", "2026", "--owner", "adu")
    steps = [("Plan", "no such"), ("Plan", "p25"), ("Nömrə", "!"), ("Nömrə", "5.1"), ("Nömrə", INTERRUPT)]
    talk = terminal.talk("plan", "task", "add", steps=steps, env=AZ, width=200)
    told = [line.strip() for line in talk.shown.splitlines()]
    assert "“no such” adlı plan yoxdur" in told
    assert "“!” 5.1 kimi tapşırıq nömrəsi deyil" in told
    assert "p25/5.1 tapşırığı artıq var" in told


def test_of_options_is_complained_in_english_whatever_the_language(known: Mou) -> None:
    asked = ("add", "--partner", "uib", "--lang", "az")
    assert known.fails(2, *asked, "--type", "nonsense").err.startswith(
        "mou: --type: 'nonsense' is no agreement type; known are "
    )
    assert known.fails(2, *asked, "--signed", "05/06/2024", "--area", "zzzzz").err.startswith(
        'mou: --signed: "05/06/2024" reads two ways: write 5 June 2024 (2024-06-05) or 6 May 2024 (2024-05-06); '
        "--area: 'zzzzz' is no area; known are "
    )
    assert known.fails(2, *asked, "--ends", "never").err == (
        'mou: --ends: "never" is not a date: write 2024-05-01, 01.05.2024 or 1 May 2024, or 2024-05 or 2024 where no '
        "more is known; or write open\n"
    )


def test_a_sentence_is_english_as_it_stands_and_knows_itself_in_other_languages() -> None:
    names = one_of(("a", "b", "{c}"))
    sentence = Sentence("did you mean {names}?", names=names)
    assert sentence == "did you mean a or b or {c}?"
    assert said_in(sentence, "az") == "bunu nəzərdə tuturdunuz: a və ya b və ya {c}?"
    assert said_in(sentence, "en") == sentence
    assert said_in("plain", "az") == "plain"
