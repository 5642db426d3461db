"""What programs read: exact, complete, and nothing in it runs."""

from __future__ import annotations

import csv
import json
import re
from io import BytesIO, StringIO, TextIOWrapper
from typing import TYPE_CHECKING

import pytest
import yaml  # noqa: TID253 - what is written is read back
from hypothesis import given
from hypothesis import strategies as st

from mou_cli.errors import UsageError
from mou_cli.output.delimited import clean, guard, unguard
from mou_cli.output.form import Form
from mou_cli.output.nouns import KEYS
from mou_cli.output.show import show_many, show_one

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mou_cli.output.column import Row

    MakeRow = Callable[..., Row]

HOSTILE = st.text(
    st.one_of(st.characters(), st.sampled_from("\t\n\r\\'\"=+-@;,| \x1b\x7f\x85\x9b\u200b\u202e\u2066\ufeff<&")),
    max_size=30,
)
OBEYED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def many(
    rows: list[Row], form: Form, columns: Sequence[str] | None = None, noun: str = "agreement", language: str = "en"
) -> str:
    stream = StringIO(newline="")
    count = show_many(rows, noun, form=form, columns=columns, language=language, stream=stream, width=80)
    assert count == len(rows)
    return stream.getvalue()


def one(row: Row, form: Form, columns: Sequence[str] | None = None, noun: str = "agreement") -> str:
    stream = StringIO(newline="")
    show_one(row, noun, form=form, columns=columns, stream=stream)
    return stream.getvalue()


PLAN = {
    "key": "p",
    "title": 'Plan, "new"; ə',
    "year": 2025,
    "owner": "mdu",
    "unit": None,
    "language": "az",
    "responsible": None,
    "status": "open",
    "closed_on": None,
    "tasks": 10,
    "done": 0,
    "note": "One\tline\nand \\ two",
    "texts": {"title": {"az": "Plan"}},
    "source": {"document": "plan.yaml", "line": 3},
}
AS_JSON_LINE = (
    '{"key": "p", "title": "Plan, \\"new\\"; ə", "year": 2025, "owner": "mdu", "unit": null, "language": "az", '
    '"responsible": null, "status": "open", "closed_on": null, "tasks": 10, "done": 0, '
    '"note": "One\\tline\\nand \\\\ two", "texts": {"title": {"az": "Plan"}}, '
    '"source": {"document": "plan.yaml", "line": 3}}'
)
AS_TSV = (
    "key\ttitle\tyear\towner\tunit\tlanguage\tresponsible\tstatus\tclosed_on\ttasks\tdone\tnote\ttexts\tsource\n"
    'p\tPlan, "new"; ə\t2025\tmdu\t\taz\t\topen\t\t10\t0\tOne\\tline\\nand \\\\ two\t'
    '{"title":{"az":"Plan"}}\t{"document":"plan.yaml","line":3}\n'
)
AS_CSV = (
    "key,title,year,owner,unit,language,responsible,status,closed_on,tasks,done,note,texts,source\r\n"
    'p,"Plan, ""new""; ə",2025,mdu,,az,,open,,10,0,"One\tline\nand \\ two",'
    '"{""title"":{""az"":""Plan""}}","{""document"":""plan.yaml"",""line"":3}"\r\n'
)
AS_YAML = """\
key: p
title: Plan, "new"; ə
year: 2025
owner: mdu
unit: null
language: az
responsible: null
status: open
closed_on: null
tasks: 10
done: 0
note: "One\\tline\\nand \\\\ two"
texts:
  title:
    az: Plan
source:
  document: plan.yaml
  line: 3
"""


def test_json_is_an_array_with_a_row_a_line() -> None:
    assert many([PLAN, PLAN], Form.JSON, noun="plan") == f"[\n{AS_JSON_LINE},\n{AS_JSON_LINE}\n]\n"
    assert many([], Form.JSON) == "[]\n"


def test_json_of_one_is_an_object() -> None:
    assert one(PLAN, Form.JSON, noun="plan") == json.dumps(PLAN, ensure_ascii=False, indent=2) + "\n"
    assert one(PLAN, Form.JSON, ["year", "note"], "plan") == (
        '{\n  "year": 2025,\n  "note": "One\\tline\\nand \\\\ two"\n}\n'
    )


def test_json_lines_are_objects() -> None:
    assert many([PLAN, PLAN], Form.JSONL, noun="plan") == f"{AS_JSON_LINE}\n{AS_JSON_LINE}\n"
    assert one(PLAN, Form.JSONL, noun="plan") == f"{AS_JSON_LINE}\n"
    assert many([], Form.JSONL) == ""


def test_tsv_is_a_header_and_a_line_a_row() -> None:
    assert many([PLAN], Form.TSV, noun="plan") == AS_TSV
    assert one(PLAN, Form.TSV, noun="plan") == AS_TSV
    assert many([PLAN], Form.AUTO, noun="plan") == AS_TSV


def test_csv_is_a_header_and_a_record_a_row() -> None:
    assert many([PLAN], Form.CSV, noun="plan") == AS_CSV
    assert one(PLAN, Form.CSV, noun="plan") == AS_CSV


def test_yaml_is_a_list_of_mappings_and_of_one_a_mapping() -> None:
    assert one(PLAN, Form.YAML, noun="plan") == AS_YAML
    lines = AS_YAML.splitlines()
    item = "\n".join([f"- {lines[0]}", *(f"  {line}" for line in lines[1:])]) + "\n"
    assert many([PLAN, PLAN], Form.YAML, noun="plan") == item + item
    assert many([], Form.YAML) == "[]\n"


def test_yaml_repeats_what_is_repeated(agreements: list[Row]) -> None:
    row = agreements[0]
    row["homes"] = row["partners"]
    text = many([row], Form.YAML)
    assert "&" not in text
    assert yaml.safe_load(text) == [row]


@pytest.mark.parametrize("noun", sorted(KEYS))
@pytest.mark.parametrize(("form", "gap", "end"), [(Form.CSV, ",", "\r\n"), (Form.TSV, "\t", "\n")])
def test_header_has_every_key_also_above_nothing(noun: str, form: Form, gap: str, end: str) -> None:
    assert many([], form, noun=noun) == gap.join(KEYS[noun]) + end


def test_lists_are_joined_and_objects_are_their_keys(agreements: list[Row], make_row: MakeRow) -> None:
    assert many(agreements[1:2], Form.TSV, ["partners", "homes", "areas", "documents", "texts"]) == (
        "partners\thomes\tareas\tdocuments\ttexts\ntsu; ciu\tadu\tstudent-exchange; joint-research\t\t\n"
    )
    event = make_row(
        "event",
        host={"key": "adu", "name": "ADA University"},
        people=[{"name": "A", "role": "speaker"}],
        topics=["one", "two"],
        declared={"memoranda": 40},
    )
    assert many([event], Form.TSV, ["host", "people", "topics", "declared"], "event") == (
        'host\tpeople\ttopics\tdeclared\nadu\t[{"name":"A","role":"speaker"}]\tone; two\t{"memoranda":40}\n'
    )
    task = make_row("task", overdue=True, percent=0)
    assert many([task], Form.CSV, ["overdue", "percent", "deadline"], "task") == (
        "overdue,percent,deadline\r\ntrue,0,\r\n"
    )


def test_columns_are_keys_or_texts_of_columns(agreements: list[Row], make_row: MakeRow) -> None:
    asked = ["ref", "country", "status", "ends", "ends_on", "Partner-Type"]
    assert many(agreements[1:2], Form.TSV, asked) == (
        "ref\tcountry\tstatus\tends\tends_on\tpartner_type\n"
        "2024-002\tGeorgia; North Cyprus\tin-notice\t~2027\t\tuniversity\n"
    )
    assert many(agreements[1:2], Form.JSONL, ["ref", "country", "partners"], language="az") == (
        '{"ref": "2024-002", "country": "Gürcüstan; North Cyprus", "partners": '
        '[{"key": "tsu", "name": "თბილისის სახელმწიფო უნივერსიტეტი", "country": "GE", "territory": null, '
        '"type": "university"}, {"key": "ciu", "name": "Cyprus International University", "country": "CY", '
        '"territory": "North Cyprus", "type": "university"}]}\n'
    )
    institution = make_row("institution", key="uit", country="NO")
    assert many([institution], Form.CSV, ["country", "key"], "institution") == "country,key\r\nNO,uit\r\n"


@pytest.mark.parametrize("form", [form for form in Form if form not in {Form.AUTO, Form.TABLE}])
def test_unknown_column_is_an_error_before_anything_is_written(form: Form) -> None:
    stream = StringIO()
    with pytest.raises(UsageError, match="agreement has no column 'reff'"):
        show_many([], "agreement", form=form, columns=["reff"], stream=stream)
    assert stream.getvalue() == ""


def tsv_meaning(cell: str) -> str:
    named = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}
    escape = re.compile(r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|(.))")
    return escape.sub(lambda m: named[m[4]] if m[4] else chr(int(m[1] or m[2] or m[3], 16)), cell)


@given(HOSTILE, HOSTILE)
def test_tsv_cells_give_back_the_text(first: str, second: str) -> None:
    text = many([{"note": first, "unit": second}], Form.TSV, ["note", "unit"], "plan")
    header, line, end = text.split("\n")
    assert (header, end) == ("note\tunit", "")
    assert [tsv_meaning(cell) for cell in line.split("\t")] == [first, second]
    assert OBEYED.search(text) is None


@given(HOSTILE)
def test_csv_cells_give_back_the_text_with_controls_made_visible(note: str) -> None:
    text = many([{"note": note, "key": "p"}], Form.CSV, ["key", "note"], "plan")
    rows = list(csv.reader(StringIO(text, newline="")))
    assert [len(row) for row in rows] == [2, 2]
    assert unguard(rows[1][1]) == clean(note)
    assert OBEYED.search(text.replace("\r\n", "")) is None


@given(st.text(st.sampled_from("'=+-@\t\r\n 1a.,%"), max_size=8))
def test_guard_can_be_taken_off_again(text: str) -> None:
    assert unguard(guard(text)) == text
    assert guard(text) in {text, f"'{text}"}


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        " =1",
        "  -x",
        "\xa0=1",
        "\n@x",
        "'=1",
        "'-5",
        "=",
        "+994 12 421",
        "-",
    ],
)
def test_formulas_are_guarded(text: str) -> None:
    assert guard(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a=1", "-5", "+3.5", "-3,5", "-5%", "--03-04", "2024-05-01", "'a", "1-2"])
def test_plain_texts_numbers_and_dates_are_not_guarded(text: str) -> None:
    assert guard(text) == text
    assert unguard(text) == text


def test_guard_is_for_csv_alone() -> None:
    row = {"note": "=1+1", "title": " @x"}
    assert many([row], Form.CSV, ["note", "title"], "plan") == "note,title\r\n'=1+1,' @x\r\n"
    assert many([row], Form.TSV, ["note", "title"], "plan") == "note\ttitle\n=1+1\t @x\n"
    assert many([row], Form.JSONL, ["note", "title"], "plan") == '{"note": "=1+1", "title": " @x"}\n'


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | HOSTILE,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(HOSTILE, inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(st.dictionaries(HOSTILE, JSON_VALUES, max_size=4), max_size=4))
def test_json_gives_back_the_rows(rows: list[Row]) -> None:
    text = many(rows, Form.JSON)
    assert json.loads(text) == rows
    assert OBEYED.search(text) is None
    lines = many(rows, Form.JSONL)
    assert [json.loads(line) for line in lines.split("\n")[:-1]] == rows
    text.encode()


@given(st.dictionaries(HOSTILE, JSON_VALUES, min_size=1, max_size=4))
def test_yaml_gives_back_the_row(row: Row) -> None:
    text = many([row], Form.YAML)
    assert OBEYED.search(text) is None
    assert yaml.load(text, Loader=yaml.SafeLoader) == [row]
    text.encode()


def test_json_escapes_what_a_terminal_obeys_and_nothing_else() -> None:
    row = {"name": "Xəzər \u202eabc \x1b[2J \x9b \u200d \U000e0001 \ud800"}
    assert many([row], Form.JSONL) == ('{"name": "Xəzər \\u202eabc \\u001b[2J \\u009b \u200d \U000e0001 \\ud800"}\n')


@pytest.mark.parametrize("encoding", ["latin-1", "ascii", "cp1252"])
def test_json_and_yaml_can_be_read_from_any_encoding(agreements: list[Row], encoding: str) -> None:
    for form, read in ((Form.JSON, json.loads), (Form.YAML, yaml.safe_load)):
        raw = BytesIO()
        stream = TextIOWrapper(raw, encoding=encoding, errors="backslashreplace")
        show_many(agreements, "agreement", form=form, stream=stream)
        stream.flush()
        assert read(raw.getvalue().decode("ascii")) == agreements


def test_markdown_is_a_table_of_labels(agreements: list[Row]) -> None:
    assert many(agreements[1:2] + agreements[4:], Form.MARKDOWN) == (
        "| Ref | Partner | Country | Type | Areas | Status | Ends |\n"
        "| --- | --- | --- | --- | --- | --- | --- |\n"
        "| 2024-002 | თბილისის სახელმწიფო უნივერსიტეტი; Cyprus International University | Georgia; North Cyprus "
        "| memorandum | student exchange, joint research | in notice | \\~2027 |\n"
        "| 2024-005 | \\[red\\] \\[/\\] :smile: \\\\x1b\\[2J<br>end\\\\ |  | memorandum |  | unstated |  |\n"
    )
    assert many([], Form.MARKDOWN, ["key", "tasks"], "plan", "az") == "| Açar | Tapşırıqlar |\n| --- | ---: |\n"


def test_markdown_of_one_lists_what_is_set() -> None:
    row = PLAN | {"title": "a|b <script> & `c` *d* _e_"}
    assert one(row, Form.MARKDOWN, noun="plan") == (
        "| Field | Value |\n| --- | --- |\n| Key | p |\n"
        "| Title | a\\|b &lt;script&gt; &amp; \\`c\\` \\*d\\* \\_e\\_ |\n"
        "| Year | 2025 |\n| Owner | mdu |\n| Language | az |\n| Status | open |\n| Tasks | 10 |\n| Done | 0 |\n"
        "| Note | One\\\\tline<br>and \\\\ two |\n| In other languages | title (az): Plan |\n| Source | plan.yaml:3 |\n"
    )
    assert one(row, Form.MARKDOWN, ["done"], "plan") == "| Field | Value |\n| --- | --- |\n| Done | 0 |\n"


@given(HOSTILE)
def test_markdown_row_is_one_line_of_its_cells(note: str) -> None:
    text = many([{"key": "p", "note": note}], Form.MARKDOWN, ["key", "note"], "plan")
    assert len(text.splitlines()) == 3
    line = text.splitlines()[2]
    assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) == 3
    assert "<" not in line.replace("<br>", "")
    assert OBEYED.search(line) is None


@pytest.mark.parametrize("form", [Form.JSON, Form.JSONL, Form.CSV, Form.TSV, Form.YAML, Form.MARKDOWN])
def test_rows_are_written_as_they_come(form: Form) -> None:
    stream = StringIO()
    written: list[int] = []

    def rows() -> Iterator[Row]:
        for _ in range(1000):
            written.append(stream.tell())
            yield PLAN

    assert show_many(rows(), "plan", form=form, stream=stream) == 1000
    assert written[-1] > 900 * (stream.tell() / 1000) * 0.9
    assert len(set(written)) > 600
