"""Who is meant: short forms, titles whose holder the document fixes, the area a passage is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.extract.names import NameTable
from kg.extract.relations import Link
from kg.extract.rows import Draft, Row
from kg.extract.symbols import Symbols
from kg.model import Document
from kg.ontology import Ontology


class References:
    def __init__(self, ontology: Ontology, symbols: Symbols, names: NameTable) -> None:
        self._symbols, self._names = symbols, names

    def resolve(self, document: Document, rows: Sequence[Row], drafts: list[Draft], folded: str) -> None:
        """Add the mentions that refer to things named elsewhere."""

    def topics(
        self, document: Document, rows: Sequence[Row], members: Sequence[Sequence[Draft]], folded: str
    ) -> dict[int, int | None]:
        """For each sentence the area (entity number) that it is about."""
        return {row.sentence.index: None for row in rows}

    def links(self, rows: Sequence[Row], members: Sequence[Sequence[Draft]], topics: Mapping[int, int | None]) -> list[Link]:
        return []

    def scope(
        self, type: str, key: str, members: Sequence[Draft], all_members: Sequence[Sequence[Draft]], document: Document
    ) -> str:
        return ""
