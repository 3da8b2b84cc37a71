"""Facts, figures, sentences and documents of chosen things, in the rows of the page's tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kg.ask.lookup import responsible
from kg.graph.naming import by_preference
from kg.graph.vocabulary import DCTERMS, KGO, KGR, PROV, QB, RDFS, SCHEMA, SKOS
from kg.view.links import Links
from kg.view.search_keys import search_key

if TYPE_CHECKING:
    from pyoxigraph import Store

RDFS_LABEL = RDFS + "label"
DERIVED = PROV + "wasDerivedFrom"

FACT_FIELDS = (
    "id", "s", "p", "o", "value", "date", "own", "confidence", "sentence", "from", "to", "quote", "rule", "basis",
)  # fmt: skip
FIGURE_FIELDS = (
    "id", "s", "indicator", "kind", "value", "unit", "bound", "period", "base", "scope", "quoted", "confidence",
    "sentence", "from", "to", "quote", "rule", "clues", "written", "responsible",
)  # fmt: skip
SENTENCE_FIELDS = ("text", "document", "start")
DOCUMENT_FIELDS = ("id", "title", "date", "source", "publisher", "path", "url")


def short(iri: str) -> str:
    """An IRI without the graph's own namespaces; any other stays whole."""
    return iri.removeprefix(KGR) if iri.startswith(KGR) else iri.removeprefix(KGO)


def indicator_name(written: Mapping[str, int], labels: Sequence[str]) -> str:
    """How an indicator is called that texts write so often in these ways: as its first label, in either script, if one does, else as most do."""
    canonical = search_key(labels[0]) if labels else ""
    return min(written, key=lambda name: (search_key(name) != canonical, -written[name], name))


_EVIDENCE = (
    *(KGO + name for name in ("value", "start", "end", "quote", "rule", "basis", "text")), DERIVED, DCTERMS + "isPartOf",
)  # fmt: skip


class Records:
    """Reads records from a store and numbers the sentences and documents that they rest on as they come."""

    def __init__(self, store: Store, *, everything: bool = False) -> None:
        """`everything`: most of the store will be asked for, so reading it predicate by predicate is quicker."""
        self._store = store
        self._tables = {name: self._table(name) for name in _EVIDENCE} if everything else {}
        self.sentences: list[list[Any]] = []
        self.documents: list[list[Any]] = []
        self.clues: list[list[str]] = []  # each that some figure has, once: there are far fewer than figures
        self._sentence_index: dict[str, int] = {}
        self._document_index: dict[str, int] = {}
        self._clue_index: dict[str, int] = {}
        self._indicators: dict[str, str] = {}
        self._units: dict[str, str] = {}
        self._responsible = responsible(store)

    def _properties(self, iri: str) -> dict[str, str]:
        """Predicate → value of one node; of several values the first by text."""
        from pyoxigraph import DefaultGraph, NamedNode

        found: dict[str, str] = {}
        for quad in self._store.quads_for_pattern(NamedNode(iri), None, None, DefaultGraph()):
            predicate, value = quad.predicate.value, quad.object.value  # type: ignore[union-attr]
            if predicate not in found or value < found[predicate]:
                found[predicate] = value
        return found

    def _table(self, predicate: str) -> dict[str, str]:
        """Node → value of one predicate over the whole store; of several values the first by text."""
        from pyoxigraph import DefaultGraph, NamedNode

        found: dict[str, str] = {}
        for quad in self._store.quads_for_pattern(None, NamedNode(predicate), None, DefaultGraph()):
            node, value = quad.subject.value, quad.object.value  # type: ignore[union-attr]
            if node not in found or value < found[node]:
                found[node] = value
        return found

    def _evident(self, iri: str) -> dict[str, str]:
        """What a statement or a sentence says about its evidence."""
        if not self._tables:
            return self._properties(iri)
        return {name: table[iri] for name, table in self._tables.items() if iri in table}

    def names(self, iri: str, type_: str, key: str) -> list[str]:
        """The names of a thing, the one that most documents write first; its key stands last unless it is one of them."""
        from pyoxigraph import NamedNode

        written: Counter[str] = Counter()
        for rank, predicate in ((1000, RDFS_LABEL), (1, SKOS + "altLabel")):
            for quad in self._store.quads_for_pattern(NamedNode(iri), NamedNode(predicate), None, None):
                written[quad.object.value] += rank  # type: ignore[union-attr]
        ordered = by_preference(written, type_, key)
        return ordered if key in written else [*ordered, key]

    def mentions(self, iri: str) -> int:
        """In how many sentences a thing is mentioned."""
        from pyoxigraph import DefaultGraph, NamedNode

        node, predicate = NamedNode(iri), NamedNode(KGO + "mentionedIn")
        return sum(1 for _ in self._store.quads_for_pattern(node, predicate, None, DefaultGraph()))

    def facts(self, links: Links, statements: Iterable[int], position: dict[int, int]) -> list[list[Any]]:
        """Rows of FACT_FIELDS; `s` and `o` are positions on the page, `o` is -1 where `value` alone is the object."""
        rows = []
        for i in statements:
            target = links.targets[i]
            own = self._evident(links.statements[i])
            value = own.get(KGO + "value", "")
            if target < 0 and not value:
                value = short(links.objects[i])
            rows.append(
                [
                    short(links.statements[i]),
                    position[links.sources[i]],
                    links.predicates[i],
                    -1 if target < 0 else position[target],
                    value.removeprefix("status-"),
                    links.dates[i],
                    int(links.own_date[i]),
                    round(links.confidences[i], 3),
                    *self._evidence(own, links.documents[i]),
                    short(own.get(KGO + "rule", "")).removeprefix("rule-"),
                    own.get(KGO + "basis", ""),
                ]
            )
        return rows

    def figures(self, iris: Sequence[str], least: float = 0.0) -> list[list[Any]]:
        """Rows of FIGURE_FIELDS for the observations about these things that are at least so sure, by subject, indicator and period."""
        from pyoxigraph import DefaultGraph, NamedNode

        subject = NamedNode(KGO + "subject")
        kept: list[tuple[str, dict[str, str], int]] = []
        names: dict[str, Counter[str]] = {}  # by the IRI of an indicator how often figures call it so
        for position, iri in enumerate(iris):
            quads = self._store.quads_for_pattern(None, subject, NamedNode(iri), DefaultGraph())
            found = [(q.subject.value, self._properties(q.subject.value)) for q in quads]  # type: ignore[union-attr]
            # By what a figure is, before its sentence and clues are numbered: the store's order is no part of the page.
            for figure, own in sorted(found, key=lambda one: one[0]):
                if _confidence(own) >= least:
                    kept.append((figure, own, position))
                    names.setdefault(own.get(KGO + "indicator", ""), Counter())[self._written(own)] += 1
        shown = {about: indicator_name(written, [self._indicator(about)]) for about, written in names.items()}
        rows = [self._figure(figure, own, position, shown[own.get(KGO + "indicator", "")]) for figure, own, position in kept]
        return sorted(rows, key=lambda row: (row[1], row[2], row[3], row[7], row[0]))

    def _written(self, own: dict[str, str]) -> str:
        """What the text calls the indicator of a figure."""
        return own.get(KGO + "indicatorText") or self._indicator(own.get(KGO + "indicator", ""))

    def _figure(self, iri: str, own: dict[str, str], position: int, indicator: str) -> list[Any]:
        """A row of FIGURE_FIELDS; `indicator` is what the page calls its indicator."""
        return [
            short(iri),
            position,
            indicator,
            short(own.get(KGO + "kind", "")).removeprefix("kind-"),
            own.get(KGO + "value", ""),
            self._unit(own.get(KGO + "unit", "")),
            short(own.get(KGO + "bound", "")).removeprefix("bound-"),
            own.get(KGO + "period", ""),
            own.get(KGO + "base", ""),
            own.get(KGO + "rankScope", ""),
            own.get(KGO + "quoted", ""),
            round(_confidence(own), 3),
            *self._evidence(own, ""),
            short(own.get(KGO + "rule", "")).removeprefix("rule-"),
            self._clues(own.get(KGO + "clues", "")),
            self._written(own),
            [[short(who.iri), who.name] for who in self._responsible.get(iri, ())],
        ]

    def _clues(self, codes: str) -> int:
        """The number of a figure's clues, -1 if it has none."""
        if not codes:
            return -1
        if codes not in self._clue_index:
            self._clue_index[codes] = len(self.clues)
            self.clues.append(codes.split())
        return self._clue_index[codes]

    def _indicator(self, iri: str) -> str:
        if iri and iri not in self._indicators:
            own = self._properties(iri)
            self._indicators[iri] = own.get(SKOS + "prefLabel") or own.get(RDFS_LABEL) or short(iri)
        return self._indicators.get(iri, "")

    def _unit(self, iri: str) -> str:
        """A unit as a reader writes it, which its IRI may hold percent-encoded."""
        if iri and iri not in self._units:
            self._units[iri] = self._properties(iri).get(SKOS + "notation", short(iri).removeprefix("unit-"))
        return self._units.get(iri, "")

    def _evidence(self, own: dict[str, str], document: str) -> list[Any]:
        """Sentence number (-1: none), start and end of the quote in the sentence, and the quote where it is not that.

        Offsets count code points. A quote that does not stand in its sentence (a table's cell) has offsets 0, 0.
        """
        quote = own.get(KGO + "quote", "")
        sentence = own.get(DERIVED, "")
        if not sentence:
            return [-1, 0, 0, quote]
        number = self._sentence(sentence, document)
        text, _, begin = self.sentences[number]
        start, end = (int(own.get(KGO + name, "0")) - begin for name in ("start", "end"))
        if quote and not (0 <= start < end and text[start:end] == quote):
            start = text.find(quote)
            end = start + len(quote)
        if not 0 <= start < end <= len(text):
            return [number, 0, 0, quote]
        return [number, start, end, ""]

    def _sentence(self, iri: str, document: str) -> int:
        if iri not in self._sentence_index:
            own = self._evident(iri)
            document = own.get(DCTERMS + "isPartOf", document)
            self._sentence_index[iri] = len(self.sentences)
            self.sentences.append(
                [own.get(KGO + "text", ""), self._document(document), int(own.get(KGO + "start", "0"))]
            )
        return self._sentence_index[iri]

    def _document(self, iri: str) -> int:
        if not iri:
            return -1
        if iri not in self._document_index:
            own = self._properties(iri)
            names = ("title", "date", "source", "publisher", "identifier")
            self._document_index[iri] = len(self.documents)
            known = [own.get(DCTERMS + name, "") for name in names]
            self.documents.append([short(iri), *known, own.get(SCHEMA + "url", "")])
        return self._document_index[iri]


def _confidence(own: dict[str, str]) -> float:
    return float(own.get(KGO + "confidence", "1"))


def figures_without_subject(store: Store) -> int:
    """How many figures of the graph are said of no thing, told by the data sets that they belong to."""
    from pyoxigraph import DefaultGraph, NamedNode

    data_set = NamedNode(QB + "dataSet")
    without = [NamedNode(f"{KGO}figures{known}") for known in ("", "-p", "-b", "-pb")]
    return sum(1 for one in without for _ in store.quads_for_pattern(None, data_set, one, DefaultGraph()))
