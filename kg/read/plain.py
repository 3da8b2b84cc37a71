"""Plain text: the text as read is the file's own, decoded, its front matter set apart, and lines broken at one width joined."""

from __future__ import annotations

from kg.read.encoding import decode
from kg.read.front_matter import split_front_matter
from kg.read.line_joining import join_hard_wraps
from kg.read.options import ReadOptions
from kg.read.rendering import Rendered


def read_plain(data: bytes, file: str, options: ReadOptions) -> list[Rendered]:
    """One text; KgError if it cannot be decoded or its front matter is broken."""
    fields, text = split_front_matter(decode(data, file=file, encoding=options.encoding), file=file)
    return [Rendered(join_hard_wraps(text), fields=fields, structured=False)]
