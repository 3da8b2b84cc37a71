"""Time grows as the input does: twice the input takes no more than about twice the time."""

from __future__ import annotations

import gc
import time
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.read import ReadOptions, SourceFile, read_bytes

SHAPES = {
    "brackets": ("md", "["),
    "images": ("md", "![a]("),
    "open comments": ("md", "<!--"),
    "open tags": ("md", "<p"),
    "nested quotes": ("md", "> "),
    "stars": ("md", "**a "),
    "table rows": ("md", "|a|b|\n|-|-|\n"),
    "html nesting": ("html", "<div><b>甲"),
    "html links": ("html", "<div><a href=x>甲</a><a>乙</a>"),
    "html teasers": ("html", "<div><p><a href=x>甲</a>乙…</p>"),
    "html tables": ("html", "<table><tr><td>甲<td>乙"),
    "signed papers": ("txt", "工作已经完成。\n某县人民政府\n2023年1月1日\n某县各项工作情况\n"),
    "numbered papers": ("txt", "某县关于加快发展的意见\n某政发〔2023〕1号\n"),
    "laws": ("txt", "某市管理条例\n第一条 为了\n"),
    "articles": ("txt", "某县召开会议\n本报讯 某县召开会议，部署了工作。\n"),
    "one long line": ("txt", "钱塘区建设工程，"),
    "round brackets": ("txt", "（"),
    "labels": ("txt", "来源："),
    "bylines": ("txt", "记者 "),
    "short lines": ("txt", "记者\n"),
    "blank lines": ("txt", "\n"),
    "dashes": ("txt", "---\n"),
    "keys": ("txt", "---\na: b\n"),
    "json nesting": ("jsonl", '{"text":['),
    "quotes": ("csv", 'text\n"'),
    "columns": ("csv", "text,"),
}


TRIES = 4


def seconds(suffix: str, data: bytes) -> float:
    """Processor time of reading; what the collector of garbage makes of other tests' objects is no part of it."""
    gc.collect()
    gc.disable()
    start = time.process_time()
    try:
        read_bytes(data, SourceFile(Path(f"a.{suffix}"), "x/a"), ReadOptions())
    except KgError:
        pass
    finally:
        gc.enable()
    return time.process_time() - start


@pytest.mark.parametrize("shape", SHAPES)
def test_linear_in_the_input(shape: str) -> None:
    suffix, unit = SHAPES[shape]
    seconds(suffix, (unit * 50).encode())  # imports and tables are loaded once
    small = (unit * 2_000).encode()
    # Quadratic time would be sixteen times as long, in every try; the constant covers the clock's grain on tiny times.
    # A machine that is slow for a moment is so in one of them.
    measured = []
    for _ in range(TRIES):
        once, fourfold = seconds(suffix, small), seconds(suffix, small * 4)
        if fourfold < 8 * once + 0.25:
            return
        measured.append((once, fourfold))
    pytest.fail(f"seconds for once and for four times the input: {measured}")
