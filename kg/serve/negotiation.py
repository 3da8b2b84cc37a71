"""Content negotiation: which of the offered media types an Accept header prefers (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def preferred(accept: str, offered: Mapping[str, str]) -> str | None:
    """The offered type that the header likes best, or None if it takes none of them.

    `offered` maps names that clients may ask for to the type that is sent, best first. Without a header anything goes.
    """
    ranges = list(_ranges(accept)) or [("*/*", 1.0)]
    best, best_rank = None, (0.0, 0)
    names = list(offered)
    for place, name in enumerate(names):
        quality = _quality(name, ranges)
        rank = (quality, len(names) - place)
        if quality > 0 and rank > best_rank:
            best, best_rank = offered[name], rank
    return best


def _ranges(accept: str) -> Iterable[tuple[str, float]]:
    for part in accept.split(","):
        media_type, *parameters = (piece.strip() for piece in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip().lower() == "q":
                try:
                    quality = min(1.0, max(0.0, float(value)))
                except ValueError:
                    quality = 0.0
        if media_type:
            yield media_type.lower(), quality


def _quality(name: str, ranges: Iterable[tuple[str, float]]) -> float:
    """The quality of the most specific range that covers a type."""
    found, specific = 0.0, -1
    group = name.partition("/")[0] + "/*"
    for media_range, quality in ranges:
        level = {name: 2, group: 1, "*/*": 0}.get(media_range, -1)
        if level > specific:
            found, specific = quality, level
    return found
