"""Pages of the web that a browser saved whole (MHTML, RFC 2557): the page itself is read as html, its pictures and frames are not."""

from __future__ import annotations

from dataclasses import replace

from kg.errors import KgError
from kg.read.options import ReadOptions
from kg.read.rendering import Rendered


def read_mht(data: bytes, file: str, options: ReadOptions) -> list[Rendered]:
    """As `read_html`, for the first page in it; KgError if there is none."""
    from email import message_from_bytes
    from email.policy import default

    from kg.read.html import read_html

    for part in message_from_bytes(data, policy=default).walk():
        if part.get_content_type() == "text/html" and isinstance(page := part.get_payload(decode=True), bytes) and page.strip():
            (text,) = read_html(page, file, options)
            address = str(part.get("Content-Location", ""))
            return [replace(text, fields={"url": address, **text.fields}) if address.startswith("http") else text]
    raise KgError("is a saved page without any html in it", file=file, hint="save the page as html")
