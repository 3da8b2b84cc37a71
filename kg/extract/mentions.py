"""A mention as the later stages of extraction see it: where it stands, and which entity it names."""

from __future__ import annotations

from typing import NamedTuple


class MentionRef(NamedTuple):
    start: int
    end: int
    entity: str  # id of the entity
    type: str  # its class: Area, Body …


NATION = "Nation"  # the type of a mark at which a text turns to the whole country
SHORT_FORM = "ref-short"
SAME_HEAD = "ref-head"
SHORT_TITLE = "ref-title"
EDITION = "ref-edition"
OWN_ORGAN = "ref-organ"
SHORT_PLACE = "ref-place"
# How a mention is resolved that no reference of the lexicon resolves, and what that means.
WAYS = {
    SHORT_FORM: "A shorter or longer name of a thing that the document also calls otherwise: 京雄高速 for 京雄高速公路.",
    SAME_HEAD: "The last word of a name stands for it: 大桥 behind 乌江特大桥.",
    SHORT_TITLE: "A title in fewer words is the one that the document gives in full: 《意见》.",
    EDITION: "An event named without its edition, or with less of it, is the one edition that the document names.",
    OWN_ORGAN: "An organ without its area is that of the area that the document names: 省委.",
    SHORT_PLACE: "The short form of a place (浙江) in a document that also has its name in full (浙江省).",
}
CORRECTED = "correction"  # by a correction by hand
