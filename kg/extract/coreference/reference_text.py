"""What is known of a whole text before it is read whom its words refer to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kg.extract.document.main_area import Speakers
from kg.extract.names.rows import Draft
from kg.model import Table

_BESIDE = 2  # lines back in which a thing must be named that the text neither heads nor tells to take place


class ReferenceText(NamedTuple):
    """One text: whose it is, and which areas it names."""

    folded: str
    mains: Speakers  # the area that it says most of; of several reports that of each
    report: bool
    norms: bool  # a statute: it speaks of all of a kind
    headline: int  # its end
    areas: Mapping[str, Draft]  # the first mention of each that it names, by its name in full
    visited: frozenset[str]  # keys of areas that one's own (我省) meets or visits, and so is none of
    tables: Sequence[Table] = ()

    def in_table(self, position: int) -> bool:
        """Whether a place of the text is in a table."""
        return any(table.start <= position < table.end for table in self.tables)

    def beside(self, draft: Draft, sentence: int) -> bool:
        """Whether `draft` is named in the line of a sentence that begins at `sentence`, or in the two before."""
        return self.folded.count("\n", draft.start, sentence) <= _BESIDE
