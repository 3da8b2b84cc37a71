"""Terms as N-Quads text. Whatever characters a document holds, what is written here is valid and says the same.

Control characters are written as escapes. A lone surrogate is no character and cannot stand in UTF-8: it becomes U+FFFD.
Numbers and dates are written as the store gives them back, so that quads survive a round trip byte for byte.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from kg.graph.vocabulary import XSD
from kg.text.calendar_spans import is_day

_SPECIAL = re.compile('["\\\\\x00-\x1f\x7f\ud800-\udfff]')
_LONE = re.compile("[\ud800-\udfff]")
# Characters that no XML 1.0 document may hold, not even as a reference.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}


def escape(text: str) -> str:
    """`text` as it stands between the quotation marks of a literal."""
    return _SPECIAL.sub(_escaped, text) if _SPECIAL.search(text) else text


def _escaped(found: re.Match[str]) -> str:
    char = found[0]
    if "\ud800" <= char <= "\udfff":
        return "\ufffd"
    return _SHORT.get(char) or f"\\u{ord(char):04X}"


def as_stored(text: str) -> str:
    """`text` as a graph can hold it: lone surrogates as U+FFFD."""
    return _LONE.sub("\ufffd", text)


def xml_text(text: str) -> str:
    """`text` with U+FFFD for what XML cannot hold."""
    return _NOT_XML.sub("\ufffd", text)


def sound_xml(written: bytes) -> bytes:
    """XML as Oxigraph writes it, well-formed whatever its literals hold: it writes all characters as they are, and a reader would take a carriage return for a line feed."""
    return xml_text(written.decode()).replace("\r", "&#13;").encode()


def plain(text: str) -> str:
    """A literal without a language: numbers of documents, names of formats, dates."""
    return f'"{escape(text)}"'


@lru_cache(maxsize=16384)
def chinese(text: str) -> str:
    """A literal in Chinese as a text writes it."""
    return f'"{escape(text)}"@zh'


@lru_cache(maxsize=16384)
def simplified(text: str) -> str:
    """A literal in folded, Simplified form. The tag is in lower case, as the store gives it back (BCP 47 ignores case)."""
    return f'"{escape(text)}"@zh-hans'


def integer(value: int) -> str:
    """An xsd:integer."""
    return f'"{value}"^^<{XSD}integer>'


def decimal(value: Decimal) -> str:
    """An xsd:decimal in its canonical form (XML Schema 1.1: no exponent, no zeros at the ends); ValueError for NaN."""
    if not value.is_finite():
        raise ValueError(f"{value} is no number")
    written = format(value, "f")
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    negative, digits = written.startswith("-"), written.lstrip("-").lstrip("0")
    if not digits or digits.startswith("."):
        digits = "0" + digits
    return f'"{"-" if negative and digits != "0" else ""}{digits}"^^<{XSD}decimal>'


@lru_cache(maxsize=4096)
def confidence(value: float) -> str:
    """A confidence to four places."""
    return decimal(Decimal(f"{value:.4f}"))


def day(value: str) -> str | None:
    """An xsd:date, or None if `value` is no ISO day that there was."""
    return f'"{value}"^^<{XSD}date>' if is_day(value) else None


def day_or_text(value: str) -> str:
    """An xsd:date where `value` is a day, else a plain literal."""
    return day(value) or plain(value)
