"""How a text was read as a whole: its genre, whose it is, and of which years it tells. A slip in these runs through all that it says."""

from __future__ import annotations

from collections.abc import Mapping

from kg.extract.document.moods import Timing
from kg.extract.document.titles import Genre, Titles
from kg.extract.document.topics import About
from kg.model import Reading
from kg.text.calendar_spans import whole_years


def reading(genre: Genre, timing: Timing, about: About, numbers: Mapping[int, str]) -> Reading:
    """What is told of a text by its genre, its times and its areas; `numbers` are the ids of the areas that it names, by their numbers."""
    titles = genre.titles
    genres = {
        "law": genre.norms, "communique": titles.communique_year is not None, "plan": titles.plan_years is not None or titles.plan_end is not None and timing.plan,
        "report": genre.report or timing.moods is not None, "digest": bool(genre.stories),
    }  # fmt: skip
    name = next((name for name, holds in genres.items() if holds), "text")
    areas = tuple(numbers[area] for area in about.areas if area in numbers)
    return Reading(name, areas, about.by if areas else "", _period(titles, timing))


def _period(titles: Titles, timing: Timing) -> str:
    if titles.plan_years is not None:
        return titles.plan_period
    if timing.moods:
        years = {mood.year for mood in timing.moods}
        return whole_years(min(years), max(years))
    return timing.release or ""
