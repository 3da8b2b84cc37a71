"""Content negotiation: which of the offered media types an Accept header prefers (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

PAGE = "text/html"
_PAGES = {PAGE: PAGE, "application/xhtml+xml": PAGE}


def preferred(accept: str, offered: Mapping[str, str]) -> str | None:
    """The offered type that the header likes best, or None if it takes none of them.

    `offered` maps names that clients may ask for to the type that is sent, best first. Without a header anything goes; of types that it likes
    equally, one that it names goes before one that it takes with others (`*/*`).
    """
    ranges = list(_ranges(accept)) or [("*/*", 1.0)]
    ranks = [(*_quality(name, ranges), -place, name) for place, name in enumerate(offered)]
    quality, _, _, best = max(ranks, default=(0.0, 0, 0, ""))
    return offered[best] if quality > 0 else None


def preferred_or_page(accept: str, offered: Mapping[str, str]) -> str | None:
    """As `preferred`, but PAGE where the header likes a web page best; who takes anything gets what is offered."""
    return preferred(accept, {**offered, **_PAGES})


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


def _quality(name: str, ranges: Iterable[tuple[str, float]]) -> tuple[float, int]:
    """The quality of the most specific range that covers a type, and how specific that is; (0, -1) if none does."""
    found, specific = 0.0, -1
    group = name.partition("/")[0] + "/*"
    for media_range, quality in ranges:
        level = {name: 2, group: 1, "*/*": 0}.get(media_range, -1)
        if level > specific:
            found, specific = quality, level
    return found, specific
