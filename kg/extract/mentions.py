"""A mention as the later stages of extraction see it: where it stands, and which entity it names."""

from __future__ import annotations

from typing import NamedTuple


class MentionRef(NamedTuple):
    start: int
    end: int
    entity: str  # id of the entity
    type: str  # its class: Area, Body …


NATION = "Nation"  # the type of a mark at which a text turns to the whole country
SHORT_FORM = "ref-short"  # how a mention is resolved that is a shorter name of the thing
CORRECTED = "correction"  # by a correction by hand
