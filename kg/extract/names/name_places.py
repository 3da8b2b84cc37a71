"""Places with whose names other names begin: 郑州大学, 烟台南站."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.knowledge.place_tables import RANKS
from kg.extract.names.gazetteer import Gazetteer

_PLACE = 4  # characters of a place that a name begins with, at most


def begins_in(gazetteer: Gazetteer, name: str, outer: str, levels: Sequence[str] = ()) -> bool | None:
    """Whether a name begins with that of a place in `outer`: 郑州大学 in 河南; None if it begins with no place (of `levels`, if any are given)."""
    heads = (name[:n] for n in range(min(len(name) - 1, _PLACE), 1, -1))
    places = [place for head in heads for place in gazetteer.names().get(head, ()) if not levels or place.level in levels]
    return any(gazetteer.contains(outer, place.code) for place in places) if places and outer else None


def begins_elsewhere(gazetteer: Gazetteer, name: str, area: str) -> bool:
    """Whether a name begins with that of a province, city or county neither in `area` nor around it."""
    for length in range(min(len(name) - 1, _PLACE), 1, -1):
        places = gazetteer.names().get(name[:length], ())
        if places:  # 永定河 before 永定
            ruled = area and gazetteer.use(name[:length]) == "name" and all(place.level in RANKS[1:4] for place in places)
            return bool(ruled) and not any(gazetteer.contains(area, p.code) or gazetteer.contains(p.code, area) for p in places)
    return False
