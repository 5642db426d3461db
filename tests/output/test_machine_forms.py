"""What programs read is exact and complete."""

from __future__ import annotations

import json
from io import BytesIO, StringIO, TextIOWrapper
from typing import TYPE_CHECKING

import pytest
import yaml  # noqa: TID253 - what is written is read back

from mou_cli.errors import UsageError
from mou_cli.output.form import Form
from mou_cli.output.nouns import KEYS
from mou_cli.output.show import show_many, show_one

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mou_cli.output.column import Row

    MakeRow = Callable[..., Row]


def many(
    rows: list[Row], form: Form, columns: Sequence[str] | None = None, noun: str = "agreement", language: str = "en"
) -> str:
    stream = StringIO(newline="")
    count = show_many(rows, noun, form=form, columns=columns, language=language, stream=stream)
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


@pytest.mark.parametrize("form", [form for form in Form if form not in {Form.AUTO, Form.TABLE, Form.ICS}])
def test_unknown_column_is_an_error_before_anything_is_written(form: Form) -> None:
    stream = StringIO()
    with pytest.raises(UsageError, match="agreement has no column 'reff'"):
        show_many([], "agreement", form=form, columns=["reff"], stream=stream)
    assert stream.getvalue() == ""


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


def test_markdown_of_one_is_a_page_of_what_is_set() -> None:
    row = PLAN | {"title": "a|b <script> & `c` *d* _e_"}
    assert one(row, Form.MARKDOWN, noun="plan") == (
        "# a\\|b &lt;script&gt; &amp; \\`c\\` \\*d\\* \\_e\\_\n\n2025, open\n"
        "\n## Progress\n\n- 0 of 10 tasks done\n"
        "\n## Details\n\n- **Owner:** mdu\n- **Language:** az\n"
        "\n## Note\n\n- One\\\\tline<br>and \\\\ two\n"
        "\n## In other languages\n\n- **Title (az):** Plan\n"
        "\n## Record\n\n- **Key:** p\n- **Source:** plan.yaml, line 3\n"
    )
    assert one(row, Form.MARKDOWN, ["done"], "plan") == "| Field | Value |\n| --- | --- |\n| Done | 0 |\n"


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
