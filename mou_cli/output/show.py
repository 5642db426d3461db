"""Records on a stream, in the form asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.output.form import Form, resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import TextIO

    from mou_cli.output.column import Row


def show_many(  # noqa: PLR0913 - each is an option of the command line
    rows: Iterable[Row],
    noun: str,
    *,
    form: Form = Form.AUTO,
    columns: Sequence[str] | None = None,
    usual: Sequence[str] | None = None,
    language: str = "en",
    stream: TextIO,
    footer: Callable[[int], str] | None = None,
) -> int:
    """Write rows as they come, and give their number.

    `columns` are names of columns or keys of the row contract; an unknown one is a UsageError before anything is
    written. `usual` are those of people where none are asked for; a narrow table does without some of them. `footer`
    gets the number of rows, if there are any, and gives the line below a table; other forms have none.
    """
    form, counted = resolve(form, stream), _Counted(rows)
    if form is Form.TABLE:
        from mou_cli.output.screen import screen_of
        from mou_cli.output.table import write_footer, write_table

        screen = screen_of(stream)
        write_table(counted, noun, columns or usual, language, screen, stream, whole=bool(columns))
        if footer and counted.count:
            write_footer(footer(counted.count), screen, stream)
    elif form is Form.MARKDOWN:
        from mou_cli.output.markdown import write_markdown

        write_markdown(counted, noun, columns or usual, language, stream)
    elif form in {Form.CSV, Form.TSV}:
        from mou_cli.output.delimited import write_csv, write_tsv
        from mou_cli.output.field import choose_fields

        write = write_csv if form is Form.CSV else write_tsv
        write(counted, choose_fields(noun, columns, language), stream)
    else:
        from mou_cli.output.structured import write_json, write_json_lines, write_yaml

        write_rows = {Form.JSON: write_json, Form.JSONL: write_json_lines, Form.YAML: write_yaml}[form]
        write_rows(_picked(counted, noun, columns, language), stream)
    return counted.count


def show_one(
    row: Row,
    noun: str,
    *,
    form: Form = Form.AUTO,
    columns: Sequence[str] | None = None,
    language: str = "en",
    stream: TextIO,
) -> None:
    """Write one row: an object, a mapping, a line below a header; for people a page of labels and what is set."""
    form = resolve(form, stream)
    if form is Form.TABLE:
        from mou_cli.output.page import write_page
        from mou_cli.output.screen import screen_of

        write_page(row, noun, columns, language, screen_of(stream), stream)
    elif form is Form.MARKDOWN:
        from mou_cli.output.markdown import write_markdown_page

        write_markdown_page(row, noun, columns, language, stream)
    elif form in {Form.JSON, Form.YAML}:
        from mou_cli.output import structured

        write = structured.write_json_object if form is Form.JSON else structured.write_yaml_mapping
        write(next(iter(_picked([row], noun, columns, language))), stream)
    else:
        show_many([row], noun, form=form, columns=columns, language=language, stream=stream)


class _Counted:
    """Rows that are counted as they pass."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[Row]:
        for self.count, row in enumerate(self.rows, 1):  # noqa: B020 - it is the count that is wanted
            yield row


def _picked(rows: Iterable[Row], noun: str, columns: Sequence[str] | None, language: str) -> Iterable[Row]:
    if not columns:
        return rows
    from mou_cli.output.field import choose_fields, records

    return records(rows, choose_fields(noun, columns, language))
