"""Records: each line of a jsonl file and each row of a csv file or sheet is one document. A broken one is refused, and the rest read.

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
_MOST_RUNAWAYS = 20  # quotes that take all to the end of the file, each read on below
_QUOTES = "put texts that hold the delimiter or line ends in double quotes"
_NUMBER = re.compile(r"[-+−－<>≥≤]?\d[\d,]*(?:\.\d+)?%?")

Record = tuple[int, dict[str, str], bytes]  # line (from 1), column → value, the record's own bytes
RecordText = Rendered | KgError  # the text of a record, or why it is refused


class NoTexts(KgError):
    """No column is one of texts."""


def read_jsonl(data: bytes, file: str, options: ReadOptions) -> list[RecordText]:
    """One text a line, or why it has none."""
    # Not cleaned before it is parsed: JSON may hold U+2028 inside a string, and that ends no record.
    text = decode_raw(data, file=file, encoding=options.encoding)
    records: list[Record | KgError] = []
    for number, line in _json_lines(text, file):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            records.append(_no_json(error, file, number))
            continue
        if not isinstance(record, dict):
            records.append(KgError("is no JSON object", file=file, line=number))
            continue
        values = {key: clean(_plain(value)) for key, value in record.items()}
        records.append((number, values, line.encode("utf-8", "replace")))
    columns = list(dict.fromkeys(key for record in records if not isinstance(record, KgError) for key in record[1]))
    return list(documents(records, columns, file, options))


def _json_lines(text: str, file: str) -> Iterator[tuple[int, str]]:
    """The records of a file with their line numbers; those of one JSON array, or of an object that holds one, have their order instead.

    KgError if such an array or object is broken: its lines are no records.
    """
    lines = text.strip().split("\n")
    whole = None
    if lines[0].startswith("[") or lines[0].startswith("{") and not _is_json(lines[0]):
        try:
            whole = json.loads(text)
        except (ValueError, RecursionError) as error:
            if not (_is_json(lines[0]) or _is_json(lines[-1])):
                raise _no_json(error, file, getattr(error, "lineno", 1)) from error
    if isinstance(whole, dict):  # {"RECORDS": […]}
        lists = [value for value in whole.values() if isinstance(value, list)]
        whole = lists[0] if len(lists) == 1 else [whole]
    if isinstance(whole, list):
        return ((number, json.dumps(record, ensure_ascii=False)) for number, record in enumerate(whole, start=1))
    return enumerate(text.split("\n"), start=1)


def _no_json(error: Exception, file: str, line: int) -> KgError:
    return KgError(f"no valid JSON: {getattr(error, 'msg', error)}", file=file, line=line)


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def read_csv(data: bytes, file: str, options: ReadOptions) -> Sequence[RecordText]:
    """One text a row under the header row, or why it has none; or one text that is the table. The delimiter is the one that lines have most of."""
    text = decode(data, file=file, encoding=options.encoding)
    csv.field_size_limit(_LONGEST_FIELD)
    if (table := _figures(text, file, options)) is not None:
        return [table]
    header_line = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=header_line.count)
    records: list[Record | KgError] = []
    columns: list[str] = []
    sound = True  # quotes so far
    for line, row in _csv_rows(text, delimiter):
        if isinstance(row, str):
            if not columns:
                raise KgError(row, file=file, line=line, hint=_QUOTES)
            records.append(KgError(row, file=file, line=line, hint=_QUOTES))
            sound = False
        elif not columns:
            columns = [name.strip() for name in row]
        elif len(row) > len(columns) or not sound and any(row) and (len(row) < len(columns) or len(columns) == 1):
            # Below broken quotes, what is no whole row may be a piece of a text.
            records.append(KgError(f"has {len(row)} fields, the header {len(columns)}{'' if sound else ', below a broken record'}", file=file, line=line, hint=_QUOTES))
        elif any(value.strip() for value in row):
            records.append(record_of(line, columns, row))
    return list(documents(records, columns, file, options))


def _csv_rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str] | str]]:
    """The rows of a csv file by the lines on which they begin, or what is wrong there, and to which line.

    A quote that is never closed takes what stands below it along, at most the whole file: it is read on where the broken text surely ends.
    """
    lines = list(StringIO(text))
    ends: list[int] | None = None
    begins, at, runaways = 1, 0, 0
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        try:
            yield begins, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            ends = ends or _ends_of_broken(lines, delimiter)
            runaways += at + reader.line_num == len(lines)
            at = ends[begins] if runaways <= _MOST_RUNAWAYS else len(lines)
            yield begins, f"no valid CSV: {error}" + (f"; left out to line {at}" if at > begins else "")
            reader = csv.reader((lines[number] for number in range(at, len(lines))), delimiter=delimiter, strict=True)
        begins = at + reader.line_num + 1


def _ends_of_broken(lines: Sequence[str], delimiter: str) -> list[int]:
    """For each number of lines, of which the last begins a text with broken quotes, how many end with it.

    It goes on to a quote below that only closes, if no sound row with quotes stands before that.
    """
    field = rf'(?:"[^"]*+(?:""[^"]*+)*+"|[^"\n{re.escape(delimiter)}]*+)'
    sound = re.compile(rf'(?:{field}{re.escape(delimiter)})*+(?:{field}\n?|"[^"]*+(?:""[^"]*+)*+)')  # a row, or the first line of one
    ends = list(range(len(lines) + 1))
    closed = 0
    for number in range(len(lines) - 1, 0, -1):
        if '"' in (line := lines[number]):
            if sound.fullmatch(line):
                closed = 0
            elif line.count('"') % 2 and line.rpartition('"')[2][:1] in (delimiter, "\n", ""):
                closed = number + 1
        ends[number] = closed or number
    return ends


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


def documents(records: Sequence[Record | KgError], columns: Sequence[str], file: str, options: ReadOptions) -> Iterator[RecordText]:
    """A text for each record, or why it has none; KgError if there is no record, `NoTexts` if there is no column of texts."""
    if not records:
        _columns(columns, file, options)
        raise KgError("holds no records", file=file)
    if all(isinstance(record, KgError) for record in records):
        yield from (record for record in records if isinstance(record, KgError))
        return
    names = _columns(columns, file, options)
    seen: dict[str, int] = {}
    for order, record in enumerate(records, start=1):
        if isinstance(record, KgError):
            yield record
            continue
        try:
            yield _text_of(record, str(order), names, seen)
        except KgError as error:
            yield KgError(error.message, file=file, line=record[0], hint=error.hint)


def _text_of(record: Record, number: str, names: dict[str, str], seen: dict[str, int]) -> Rendered:
    """The text of a record, whose id is `number` where it states none; KgError if it has none. `seen`: ids by their lines."""
    line, values, raw = record
    fields = {field: values.get(name, "").strip() for field, name in names.items()}
    part = fields.pop("id", "") or number
    read = _rendered(fields.pop("text"))
    if not read.text.strip():
        raise KgError(f"the record has no text in its column {names['text']!r}", hint="leave the record out, or name another column with --text-column")
    if fields.get("date") and not parse_date(fields["date"]):
        raise KgError(f"the date {fields['date']!r} is no date", hint="write it as 2021-07-15")
    if (first := seen.setdefault(part, line)) != line:  # a broken one has taken none
        raise KgError(f"two records have the id {part!r}: lines {first} and {line}", hint="name a column of unique values with --id-column")
    if "title" in fields:
        fields["title"] = _rendered(fields["title"]).text.replace("\n", " ")  # a search marks its words: <em>…</em>
    return replace(read, fields={k: v for k, v in fields.items() if v}, part=part, record=raw, line=line)


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
