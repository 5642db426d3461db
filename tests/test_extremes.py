"""The longest and strangest that may be recorded is kept, found and exported alike on both databases."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from mou_cli.formats.exporting import export
from mou_cli.store.opening import open_reader
from mou_cli.views.search import find_anything

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mou_cli.store.reader import Reader
    from tests.postgresql import Both

DAY = date(2026, 11, 22)
IDEOGRAPHS = "".join(chr(0x20000 + n) for n in range(20_000))
# Half a million letters: more than the index of either database takes of a record.
MANY_WORDS = {f"a{a}": " ".join(f"word{a}{n:04}" for n in range(1_900)) for a in "bcdefghijklmnopqrstuvwxyz"}
LARGEST = 2**31 - 1
RECORDS: dict[str, Any] = {
    "home": ["home"],
    "references": {"2999": LARGEST},
    "institutions": [
        {"key": "home", "name": "Home"},
        {"key": "long-name", "name": IDEOGRAPHS[:300], "city": "\ufdfa" * 300},
        {"key": "k" * 100, "name": "x" * 300, "names": [{"text": "y" * 300}] * 1000, "country": "AZ"},
        # 2048 letters of a word are none to an index that counts them in eleven bits.
        {"key": "long-word", "name": "Lone", "note": f"{'m' * 2048} alpha {IDEOGRAPHS[:5000]} omega"},
        {"key": "many-words", "name": "Verbose", "note": MANY_WORDS},
        {"key": "paragraphs", "name": "é\u0301 שלום \U0001f393", "note": "a\n\n" + "b " * 9000},
    ],
    "events": [{"key": "event", "name": "e", "declared": {"d" * 300: LARGEST}, "topics": ["t" * 300] * 1000}],
    "agreements": [
        {
            "key": "agreement",
            "parties": ["home", {"institution": "long-name", "unit": IDEOGRAPHS[300:600]}, "many-words"],
            "starts": "1000-01-01",
            "term": "1d",
            "renewal": "tacit",
            "renewal_term": "1y",
            "exchange": [{"from": "home", "to": "long-name", "places": LARGEST, "months": 1200}],
            "note": MANY_WORDS,
        }
    ],
    "plans": [
        {
            "key": "plan",
            "year": 2999,
            "owner": "home",
            "tasks": [{"number": "1" * 20, "task": "t" * 20_000, "executors": [IDEOGRAPHS[:300]], "timing": "x" * 300}],
        }
    ],
}


@pytest.fixture(scope="module")
def readers(make_both: Callable[[], Both], tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Reader, Reader]]:
    file = tmp_path_factory.mktemp("extremes") / "extremes.json"
    file.write_text(json.dumps({"format": "mou/1", **RECORDS}, ensure_ascii=False), "utf-8")
    both = make_both()
    both.import_files(file)
    with open_reader(both.sqlite, 10.0) as sqlite, open_reader(both.postgresql, 10.0) as postgresql:
        yield sqlite, postgresql


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("alpha", ["long-word"]),
        ("omega alpha lone", ["long-word"]),
        ("m" * 500, ["long-word"]),
        ("m" * 501, []),
        (IDEOGRAPHS[:300], ["long-name", "long-word", "agreement", "plan/" + "1" * 20]),
        (IDEOGRAPHS[:500], ["long-word"]),
        ("wordb0000 wordb1899 verbose", ["many-words", "agreement"]),
        ("home verbose", ["agreement"]),
        ("wordz1899", []),
        ("t" * 500, ["plan/" + "1" * 20]),
        ("x" * 300, ["k" * 100, "plan/" + "1" * 20]),
        ("é", ["paragraphs", "event"]),
        ("שלום", ["paragraphs"]),
        ("🎓", []),
    ],
)
def test_extremes_are_found_on_both_databases(readers: tuple[Reader, Reader], words: str, keys: list[str]) -> None:
    sqlite, postgresql = (list(find_anything(reader, words, DAY)) for reader in readers)
    assert sqlite == postgresql
    assert [row["key"] for row in sqlite] == keys


def test_extremes_are_exported_alike(readers: tuple[Reader, Reader]) -> None:
    streams = io.StringIO(), io.StringIO()
    for reader, stream in zip(readers, streams, strict=True):
        export(reader, stream)
    assert streams[0].getvalue() == streams[1].getvalue()
    assert "m" * 2048 in streams[0].getvalue().replace("\n", "")
