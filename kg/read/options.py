"""What a user may say about how files are read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.errors import KgError
from kg.read.dates import parse_date

DEFAULT_MAX_BYTES = 64 * 1024 * 1024  # a text of this size is some twenty million characters


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Options of `read`. Columns are those of jsonl, csv and spreadsheet files; None means: look for a usual name."""

    date: str | None = None  # overrides every other date: ISO day, year-month or year
    encoding: str | None = None  # overrides the detection; any name Python knows
    split_heading: int | None = None  # 1 to 6: each section under a heading of that level is a document
    whole: bool = False  # each file is one document, even if it surely holds several papers or articles
    max_bytes: int = DEFAULT_MAX_BYTES  # of a file, and of the unpacked text inside a docx
    text_column: str | None = None
    id_column: str | None = None
    title_column: str | None = None
    date_column: str | None = None
    source_column: str | None = None
    publisher_column: str | None = None
    url_column: str | None = None
    noise: tuple[Path, ...] | None = None  # noise tables; None is the shipped one

    def __post_init__(self) -> None:
        if self.date is not None and parse_date(str(self.date)) != self.date:
            raise KgError(f"the date {self.date!r} is no date", hint="write it as 2021-07-15, 2021-07 or 2021, as text")
        if self.split_heading is not None and not 1 <= self.split_heading <= 6:
            raise KgError(f"there is no heading level {self.split_heading}", hint="levels are 1 to 6")
        if self.encoding is not None:
            try:
                "".encode(self.encoding)
            except (LookupError, ValueError) as error:
                raise KgError(
                    f"the encoding {self.encoding!r} is not known", hint="for example utf-8, gb18030, big5, utf-16"
                ) from error
