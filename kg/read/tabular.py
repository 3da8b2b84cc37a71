"""Records: each line of a jsonl file and each row of a csv file or sheet is one document.

A csv file or sheet without a column of texts is a table of figures, if that is what it holds: one document, with its cells.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from io import StringIO
from pathlib import PurePath

from kg.errors import KgError
from kg.read.dates import parse_date
from kg.read.encoding import clean, decode, decode_raw
from kg.read.html_fragment import html_lines
from kg.read.line_joining import join_hard_wraps
from kg.read.options import ReadOptions
from kg.read.page_words import page_words
from kg.read.rendering import Rendered, TextBuilder

_LONGEST_FIELD = 2**31 - 1  # the file's own size is the limit; csv would stop at 131,072 characters
_SHOWN_FAULTS = 5
DELIMITERS = ",\t;|"
_HEAD_LINES = 10
# One cell in so many holds a number; in a list of works, with place, builder and stage beside the amounts, few do.
_MANY_NUMBERS, _FEW_NUMBERS = 3, 5
_MOST_CELLS = 1_000_000  # of a table, with those of its short rows
_LONGEST_CELL = 40  # characters; a longer one is a text
_DEEPEST_HEADING = 6  # html_lines gives 7 to a line in bold
_MARKUP = re.compile(r"</?(?:p|br|div|span|table|strong|b|em|i|a|img|font|section|h[1-6]|ul|ol|li|center|style|script)(?:\s[^<>]{0,2000})?/?>|&(?:[a-z]{2,8}|#\d{1,6});", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_NUMBER = re.compile(r"[-+−－<>≥≤]?\d[\d,]*(?:\.\d+)?%?")

Record = tuple[int, dict[str, str], bytes]  # line (from 1), column → value, the record's own bytes


class NoTexts(KgError):
    """No column is one of texts."""


def read_jsonl(data: bytes, file: str, options: ReadOptions) -> list[Rendered]:
    """One text a line; KgError naming the lines that hold no JSON object or no text."""
    # Not cleaned before it is parsed: JSON may hold U+2028 inside a string, and that ends no record.
    text = decode_raw(data, file=file, encoding=options.encoding)
    records: list[Record] = []
    faults: list[tuple[int, str]] = []
    for number, line in _json_lines(text):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            faults.append((number, f"no valid JSON: {getattr(error, 'msg', error)}"))
            continue
        if not isinstance(record, dict):
            faults.append((number, "is no JSON object"))
            continue
        values = {key: clean(_plain(value)) for key, value in record.items()}
        records.append((number, values, line.encode("utf-8", "replace")))
    _report(faults, file)
    columns = list(dict.fromkeys(key for _, values, _ in records for key in values))
    return list(documents(records, columns, file, options))


def _json_lines(text: str) -> Iterator[tuple[int, str]]:
    """The records of a file with their line numbers; those of one JSON array, or of an object that holds one, have their order instead."""
    first = text.lstrip()[:1]
    whole = None
    if first == "[" or first == "{" and not _is_json(text.lstrip().split("\n", 1)[0]):
        try:
            whole = json.loads(text)
        except (ValueError, RecursionError):
            whole = None  # told line by line
    if isinstance(whole, dict):  # {"RECORDS": […]}
        lists = [value for value in whole.values() if isinstance(value, list)]
        whole = lists[0] if len(lists) == 1 else [whole]
    if isinstance(whole, list):
        return ((number, json.dumps(record, ensure_ascii=False)) for number, record in enumerate(whole, start=1))
    return enumerate(text.split("\n"), start=1)


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def read_csv(data: bytes, file: str, options: ReadOptions) -> list[Rendered]:
    """One text a row under the header row, or one text that is the table; the delimiter is the one that lines have most of."""
    text = decode(data, file=file, encoding=options.encoding)
    csv.field_size_limit(_LONGEST_FIELD)
    if (table := _figures(text, file, options)) is not None:
        return [table]
    header_line = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=header_line.count)
    reader = csv.reader(StringIO(text), delimiter=delimiter, strict=True)
    records: list[Record] = []
    faults: list[tuple[int, str]] = []
    columns: list[str] = []
    begins = 1
    try:
        for row in reader:
            if not columns:
                columns = [name.strip() for name in row]
            elif len(row) > len(columns):
                faults.append((begins, f"has {len(row)} fields, the header {len(columns)}"))
            elif any(value.strip() for value in row):
                records.append(record_of(begins, columns, row))
            begins = reader.line_num + 1
    except csv.Error as error:
        faults.append((begins, f"no valid CSV: {error}"))
    _report(faults, file, hint="put texts that hold the delimiter or line ends in double quotes")
    return list(documents(records, columns, file, options))


def _figures(text: str, file: str, options: ReadOptions) -> Rendered | None:
    """The whole file as one table, None if it is none of figures."""
    lines = text.split("\n", _HEAD_LINES)[:_HEAD_LINES]
    delimiter = max(DELIMITERS, key=lambda mark: max(line.count(mark) for line in lines))
    try:
        return figures([[value.strip() for value in row] for row in csv.reader(StringIO(text), delimiter=delimiter)], PurePath(file).stem, options)
    except csv.Error:
        return None


def figures(given: Iterable[Sequence[str]], name: str, options: ReadOptions) -> Rendered | None:
    """Rows as one table, None unless they have no column of texts and a third of their cells hold numbers; a fifth where no cell is as long as a text.

    A table of works needs no numbers. Where no line of its own says what a table is of, or of which year, `name` stands above it.
    """
    rows = [list(row) for row in given if any(row)]
    while rows and not rows[0][0]:  # a first column without a name is one of row heads
        rows[0][0] = page_words().row_heads
    named = {name.lower() for row in rows[:1] for name in row}
    noted: list[list[str]] = []
    if options.text_column is not None or named & set(page_words().columns["text"]):
        return None
    while rows and _is_note(rows[0]) and any(sum(map(bool, row)) > 1 and not _is_note(row) for row in rows[1:]):
        noted.append(rows.pop(0))
    body = [row for row in rows if sum(map(bool, row)) > 1]
    values = [value for row in body[1:] for value in row[1:] if value]
    few = _FEW_NUMBERS if values and max(map(len, values)) <= _LONGEST_CELL else _MANY_NUMBERS
    width = max(map(len, body), default=0)
    if len(body) < 2 or width * len(rows) > _MOST_CELLS or not values:
        return None
    works = few == _FEW_NUMBERS and any(page_words().works.fullmatch("".join(value.split())) for value in body[0])
    if not works and sum(_NUMBER.fullmatch(value) is not None for value in values) * few < len(values):
        return None
    builder = TextBuilder()
    titles = noted
    if _CHINESE.search(name) and (not titles or _YEAR.search(name) and not any(map(_YEAR.search, map("".join, titles)))):
        builder.paragraph(name)
    for row in titles:
        builder.paragraph(" ".join(filter(None, row)))
    builder.table([row + [""] * (width - len(row)) for row in rows])
    return builder.rendered()


def _is_note(row: Sequence[str]) -> bool:
    """Whether a row says what the table is of, or who filled it in and when: one cell, or all of them with a colon (填报单位：某局)."""
    cells = [cell for cell in row if cell]
    return len(cells) == 1 or all("：" in cell or ":" in cell for cell in cells)


def record_of(line: int, columns: Sequence[str], row: Sequence[str]) -> Record:
    """A row of a table as a record."""
    return line, dict(zip(columns, row, strict=False)), "\x1f".join(row).encode("utf-8", "replace")


def documents(records: Sequence[Record], columns: Sequence[str], file: str, options: ReadOptions) -> Iterator[Rendered]:
    """A text for each record; KgError naming its line if it has none, `NoTexts` if there is no column of them."""
    names = _columns(columns, file, options)
    if not records:
        raise KgError("holds no records", file=file)
    seen: dict[str, int] = {}
    for order, (line, values, raw) in enumerate(records, start=1):
        fields = {field: values.get(name, "").strip() for field, name in names.items()}
        part = fields.pop("id", "") or str(order)
        read = _rendered(fields.pop("text"))
        if part in seen:
            raise KgError(
                f"two records have the id {part!r}: lines {seen[part]} and {line}",
                file=file,
                line=line,
                hint="name a column of unique values with --id-column",
            )
        seen[part] = line
        if not read.text.strip():
            hint = "leave the record out, or name another column with --text-column"
            raise KgError(f"the record has no text in its column {names['text']!r}", file=file, line=line, hint=hint)
        if fields.get("date") and not parse_date(fields["date"]):
            raise KgError(
                f"the date {fields['date']!r} is no date", file=file, line=line, hint="write it as 2021-07-15"
            )
        if "title" in fields:
            fields["title"] = _rendered(fields["title"]).text.replace("\n", " ")  # a search marks its words: <em>…</em>
        yield replace(read, fields={k: v for k, v in fields.items() if v}, part=part, record=raw)


def _rendered(value: str) -> Rendered:
    """A field as a reader sees it: archives export the HTML of their pages, or lines broken at one width."""
    text = clean(value).strip("\n")
    if not _MARKUP.search(text):
        return Rendered(join_hard_wraps(text), structured=False)
    builder = TextBuilder()
    if "<table" in text.lower():
        from kg.read.html import render_fragment

        render_fragment(text, builder)
    else:
        for line, level in html_lines(text):
            if 0 < level <= _DEEPEST_HEADING:
                builder.heading(line, level)
            else:
                builder.paragraph(line)
    rendered = builder.rendered()
    return replace(rendered, structured=bool(rendered.headings))


def _columns(columns: Sequence[str], file: str, options: ReadOptions) -> dict[str, str]:
    """Field → column, as named in the options or by a usual name; KgError for one that is not there, `NoTexts` if there is no column of texts."""
    lowered = {name.lower(): name for name in reversed(columns)}
    chosen: dict[str, str] = {}
    for field, usual in page_words().columns.items():
        named: str | None = getattr(options, f"{field}_column")
        if named is not None and named not in columns:
            raise KgError(
                f"has no column {named!r}", file=file, hint=f"its columns are: {', '.join(columns)[:200] or 'none'}"
            )
        column = named or next((lowered[name] for name in usual if name in lowered), None)
        if column is not None:
            chosen[field] = column
    if "text" not in chosen:
        raise NoTexts(
            "has no column of texts",
            file=file,
            hint=f"name it with --text-column; its columns are: {', '.join(columns)[:200] or 'none'}",
        )
    return chosen


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def _report(faults: list[tuple[int, str]], file: str, *, hint: str = "") -> None:
    """KgError for the first fault, with the lines of the others; nothing if there are none."""
    if not faults:
        return
    line, what = faults[0]
    others = [str(number) for number, _ in faults[1 : 1 + _SHOWN_FAULTS]]
    more = f"; also line {', '.join(others)}" if others else ""
    if len(faults) > 1 + _SHOWN_FAULTS:
        more += f" and {len(faults) - 1 - _SHOWN_FAULTS} more"
    raise KgError(what + more, file=file, line=line, hint=hint)
