"""YAML front matter of a text or markdown file: title, date, source, publisher, url between two `---` lines."""

from __future__ import annotations

import re
from datetime import date, datetime

from kg.errors import KgError
from kg.read.page_words import page_words

FIELDS = ("title", "date", "source", "publisher", "url")
_BLOCK = re.compile(r"\A---[ \t]*\n(.{0,20000}?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_KEY_LINE = re.compile(r"(?:\s+.*|#.*|[A-Za-z_\u4e00-\u9fff][\w-]{0,40}\s*:(?:\s.*)?|-\s.*)?")


def split_front_matter(text: str, *, file: object) -> tuple[dict[str, str], str]:
    """The known fields of the front matter and the text after it; ({}, text) if there is none.

    Raises KgError, with the line, if there is a block of keys that is no valid YAML.
    """
    found = _BLOCK.match(text)
    if not found or not all(_KEY_LINE.fullmatch(line) for line in found[1].split("\n")) or ":" not in found[1]:
        return {}, text
    import yaml

    try:
        data = yaml.load(found[1], getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise KgError(
            f"the front matter is not valid YAML: {getattr(error, 'problem', error)}",
            file=file,
            line=mark.line + 2 if mark else 1,
            hint="put values that hold ': ' or '#' in quotes",
        ) from error
    except (ValueError, RecursionError) as error:  # an impossible day such as 2021-02-30; nesting beyond reason
        raise KgError(f"the front matter cannot be read: {error}", file=file, line=1) from error
    if not isinstance(data, dict):
        return {}, text
    fields = {name: next((value for key in (name, *page_words().columns[name]) if (value := _scalar(data.get(key)))), "") for name in FIELDS}
    if not any(fields.values()) and any(_CHINESE.match(str(key)) for key in data):
        return {}, text  # two lines of dashes around a text
    return {name: value for name, value in fields.items() if value}, text[found.end() :]


def _scalar(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
