"""Writes a register that nobody keeps, as YAML: the same bytes for the same seed number, in memory of a few records.

python -m tests.benchmarks.makedata FILE [--agreements 100000] [--institutions 2000] [--tasks 0] [--seed 1]
"""

from __future__ import annotations

import argparse
import json
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from tests.benchmarks.places import PLACES

if TYPE_CHECKING:
    from collections.abc import Iterator

HOME = "home-university"
SOURCE = "Register of the office, card file"
EPONYMS = ("Nizami", "Füzuli", "Lomonosov", "Copernicus", "Avicenna", "Humboldt", "Nansen", "Şövkət Məmmədova")
TYPES = {
    "memorandum": 50,
    "exchange": 14,
    "framework": 9,
    "cooperation": 8,
    "erasmus-iia": 7,
    "double-degree": 4,
    "protocol": 3,
    "letter-of-intent": 3,
    "contract": 2,
}
AREAS = {
    "student-exchange": 30,
    "joint-research": 22,
    "faculty-exchange": 16,
    "joint-events": 12,
    "information-exchange": 8,
    "joint-publications": 5,
    "internships": 3,
    "double-degree": 2,
    "cultural-programmes": 1,
    "library-support": 1,
}
UNITS = ("Faculty of Law", "Şərqşünaslıq fakültəsi", "Кафедра физики", "School of Engineering", "Graduate School")
GIVEN = ("Aysel", "Rəşad", "Leyla", "Иван", "Ольга", "Mehmet", "Şirin", "Jürgen", "Øyvind", "ნინო", "Anna", "Łukasz")
FAMILY = ("Əliyeva", "Məmmədov", "Петров", "Соколова", "Yıldız", "Müller", "Hansen", "ბერიძე", "Kowalski", "O'Brien")
NOTES = (
    "The signed original is kept in the rector's office; the partner holds the second copy.",
    "Danışıqlar üç il çəkib; tərəflər hər ilin sonunda görülən işləri birlikdə qiymətləndirirlər.",
    "Научный обмен приостановлен до назначения нового координатора, студенческий продолжается.",
    "Places are counted per academic year, whole years and halves together; tuition is waived on both sides.",
)
# A word of one agreement, however many there are.
RARE = "Spitsbergen"
# The day that is asked about lies in the last year of plans; what is before it is done but for a few tasks.
LAST_YEAR = 2026
TASKS_OF_A_PLAN = 50
TIMINGS = (
    ("{} ayında", ("yanvar", "fevral", "mart", "aprel", "may", "iyun", "iyul", "avqust", "sentyabr", "oktyabr")),
    ("{} ayında", ("noyabr", "dekabr")),
    ("15.{}", tuple(f"{month:02}.{{year}}" for month in range(1, 13))),
    ("{} rüb", ("I", "II", "III", "IV")),
    ("{}", ("Mütəmadi", "İl ərzində")),
)
TASKS = (
    ("Müqavilələrin icrasına dair hesabatın hazırlanması", "Report on how the agreements are carried out"),
    ("Tərəfdaş universitetlərlə görüşlərin keçirilməsi", "Meet partner universities"),
    ("Mübadilə proqramı üzrə tələbələrin seçilməsi", "Choose students for the exchange"),
    ("Подготовка совместного семинара с партнёрами", "Prepare a joint seminar with partners"),
)


def sections(seed: int, institutions: int, agreements: int, tasks: int) -> Iterator[str]:
    """Give the file's text, a record at a time."""
    draw = Random(seed)  # noqa: S311 - the same numbers again are what is wanted
    yield f"format: mou/1\nhome: [{HOME}]\n\ninstitutions:\n"
    yield f"  - key: {HOME}\n    name: Home University\n    country: Azerbaijan\n    type: university\n"
    for number in range(1, institutions):
        yield _institution(draw, number)
    yield "\nagreements:\n"
    for number in range(1, agreements + 1):
        yield _agreement(draw, number, institutions)
    if tasks:
        yield "\nplans:\n"
    for number in range(0, tasks, TASKS_OF_A_PLAN):
        yield _plan(draw, number // TASKS_OF_A_PLAN, min(TASKS_OF_A_PLAN, tasks - number))


def _institution(draw: Random, number: int) -> str:
    place = draw.choices(PLACES, [place.share for place in PLACES])[0]
    english, own = draw.choice(place.cities)
    pattern, own_pattern = draw.choice(place.patterns)
    eponym = f" named after {draw.choice(EPONYMS)}" if draw.random() < 0.4 else ""
    names = [f"{{text: {_quoted(own_pattern.format(own))}, lang: {place.language}, kind: label}}"]
    if draw.random() < 0.4:
        names.append(f"{{text: {_quoted(''.join(w[0] for w in pattern.format(english).split()))}, kind: acronym}}")
    lines = [
        f"  - key: {_key(number)}",
        f"    name: {_quoted(pattern.format(english) + eponym + f' ({number})')}",
        f"    names: [{', '.join(names)}]",
        f"    country: {place.country}",
        f"    type: {draw.choices(('university', 'research-institute', 'company'), (90, 7, 3))[0]}",
        f"    city: {_quoted(english)}",
    ]
    return "\n".join(lines) + "\n"


def _agreement(draw: Random, number: int, institutions: int) -> str:
    # A few partners have many agreements, most have few.
    partner = _key(1 + int((institutions - 1) * draw.random() ** 2))
    signed = date(1993, 1, 1) + timedelta(days=int(12000 * draw.random() ** 0.5))
    kind = draw.choices(tuple(TYPES), tuple(TYPES.values()))[0]
    lines = [f"  - key: agreement-{number:06}"]
    if draw.random() < 0.4:
        english, own = f"Agreement {number} on co-operation", f"{number} saylı əməkdaşlıq müqaviləsi"
        lines.append(f"    title: {{en: {_quoted(english)}, az: {_quoted(own)}}}")
    lines.append(f"    type: {kind}")
    lines += _parties(draw, partner) + _validity(draw, signed)
    if chosen := dict.fromkeys(draw.choices(tuple(AREAS), tuple(AREAS.values()), k=draw.randrange(5))):
        lines.append(f"    areas: [{', '.join(chosen)}]")
    if kind in {"exchange", "erasmus-iia"} and draw.random() < 0.7:
        places = f'level: [6, 7], isced: ["0421"], places: {draw.randrange(1, 9)}, months: {draw.randrange(5, 41, 5)}'
        lines.append(f"    exchange: [{{from: {HOME}, to: {partner}, {places}, language: en, cefr: B2}}]")
    if draw.random() < 0.3:
        lines.append("    signatures:")
        for party in (HOME, partner):
            lines.append(
                f"      - {{party: {party}, name: {_quoted(_person(draw))}, position: Rector, signed: {signed}}}"
            )
    if draw.random() < 0.25:
        lines.append(f"    note: {_quoted(draw.choice(NOTES))}")
    if number == 1:
        lines.append(f"    place: {RARE}")
    lines.append(f"    source: {{document: {_quoted(SOURCE)}, line: {number}}}")
    return "\n".join(lines) + "\n"


def _parties(draw: Random, partner: str) -> list[str]:
    unit = f", unit: {_quoted(draw.choice(UNITS))}" if draw.random() < 0.2 else ""
    return [f"    parties: [{HOME}, {f'{{institution: {partner}{unit}}}' if unit else partner}]"]


def _validity(draw: Random, signed: date) -> list[str]:
    if draw.random() < 0.15:
        return []
    # An old one is known only to the year.
    known = signed.isoformat() if signed.year > 2000 or draw.random() < 0.5 else str(signed.year)
    lines = ["    stage: signed", f"    signed: {known}"]
    chance = draw.random()
    if chance < 0.2:
        lines += ["    starts: signed", f"    term: {draw.choice(('1y', '2y', '3y', '5y'))}", "    renewal: tacit"]
        lines += [
            f"    renewal_term: {draw.choice(('1y', '2y', '5y'))}",
            f"    notice: {draw.choice(('90d', '3m', '6m'))}",
        ]
        if draw.random() < 0.3:
            lines.append(f"    renewal_max: {draw.randrange(1, 4)}")
    elif chance < 0.6:
        lines += ["    starts: signed", f"    ends: {signed + timedelta(days=365 * draw.randrange(1, 8))}"]
        if draw.random() < 0.5:
            lines.append("    renewal: express")
    elif chance < 0.7:
        lines += ["    starts: signed", "    ends: open"]
    return lines


def _plan(draw: Random, number: int, tasks: int) -> str:
    # Every tenth plan is this year's; the others are closed.
    year = LAST_YEAR if number % 10 == 0 else LAST_YEAR - 1 - number // 10 % 18
    lines = [
        f"  - key: plan-{number:05}",
        f"    title: {{az: {_quoted(f'{year}-ci il üçün plan ({number})')}, en: Plan {number} for {year}}}",
        f"    year: {year}",
        f"    owner: {HOME}",
        f"    unit: {_quoted(draw.choice(UNITS))}",
        f"    status: {'open' if year == LAST_YEAR else 'closed'}",
        "    tasks:",
    ]
    for place in range(tasks):
        lines += _task(draw, f"{place // 10 + 1}.{place % 10 + 1}", year)
    return "\n".join(lines) + "\n"


def _task(draw: Random, number: str, year: int) -> list[str]:
    own, english = draw.choice(TASKS)
    chosen = draw.choices(range(len(TIMINGS)), (40, 10, 20, 15, 15))[0]
    pattern, times = TIMINGS[chosen]
    past = year < LAST_YEAR or chosen == 0
    lines = [
        f'      - number: "{number}"',
        f"        task: {{az: {_quoted(own)}, en: {english}}}",
        f"        executors: [{_quoted(draw.choice(UNITS))}, {_quoted(_person(draw))}]",
        f"        timing: {_quoted(pattern.format(draw.choice(times)).format(year=year))}",
        f'        strategy: ["{draw.randrange(1, 6)}.{draw.randrange(1, 9)}"]',
    ]
    if past and draw.random() < 0.95:
        lines += ["        status: done", f"        actual_result: {_quoted(draw.choice(NOTES))}"]
    return lines


def _person(draw: Random) -> str:
    return f"{draw.choice(GIVEN)} {draw.choice(FAMILY)}"


def _key(number: int) -> str:
    return f"institution-{number:05}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def write(path: Path, agreements: int, institutions: int = 2000, seed: int = 1, tasks: int = 0) -> None:
    """Write a file with so many records."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(sections(seed, institutions, agreements, tasks))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Write an invented register as YAML.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--agreements", type=int, default=100_000)
    parser.add_argument("--institutions", type=int, default=2000)
    parser.add_argument("--tasks", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    write(asked.file, asked.agreements, asked.institutions, asked.seed, asked.tasks)
