"""A mention as the later stages of extraction see it: where it stands, and which entity it names."""

from __future__ import annotations

from typing import NamedTuple


class MentionRef(NamedTuple):
    """Offsets are those of the text."""

    start: int
    end: int
    entity: str  # id of the entity
    type: str  # its class: Area, Body …


NATION = "Nation"  # the type of a mark at which a text turns to the whole country
NAMELESS = "Nameless"  # that of a thing which a text tells of without a name, or by one that was not found


def nameless(at: int) -> MentionRef:
    """The thing without a name of which a text tells at `at`."""
    return MentionRef(at, at, "", NAMELESS)


# How a mention is resolved that no reference of the lexicon resolves; rules/ways.yaml says what each means.
SHORT_FORM = "ref-short"
SAME_HEAD = "ref-head"
SHORT_TITLE = "ref-title"
EDITION = "ref-edition"
SESSION = "ref-session"
OWN_ORGAN = "ref-organ"
SHORT_PLACE = "ref-place"
OWN_REGION = "ref-own-region"
CORRECTED = "correction"  # by a correction by hand
TOLD = "policy-short-name"  # by the text: 以下简称《…》
NAMES = frozenset({"", SHORT_FORM, EDITION, SHORT_PLACE, CORRECTED, TOLD})  # what is so resolved is a name of the thing, if a short one
