"""The graphs that are no document's: what the graph is, the terms of the ontology, the rules."""

from __future__ import annotations

from pathlib import Path

from kg.errors import KgError
from kg.extract.names.mentions import CORRECTED
from kg.graph.literals import chinese, escape, integer, plain, simplified
from kg.graph.manifest import Manifest
from kg.graph.naming import folded
from kg.graph.quads import table_lines
from kg.graph.vocabulary import (
    DATASET,
    DCAT,
    DCTERMS,
    KGO,
    KGR,
    ONTOLOGY_GRAPH,
    OWL,
    QB,
    RDF,
    RDFS,
    RULES_GRAPH,
    SCHEMA,
    SKOS,
    VOID,
    digest,
    indicator_iri,
    rule_iri,
    term_iri,
    unit_iri,
)
from kg.ontology import Ontology

Row = tuple[str, str, str]
# What of the ontology's files is worth a place in the graph: names, hierarchy, code lists, the structure of the cube.
_KEPT_NAMESPACES = (QB, SKOS)
_KEPT = {
    RDF + "type",
    OWL + "versionInfo",
    KGO + "step",
    *(RDFS + name for name in ("label", "comment", "subClassOf", "subPropertyOf", "domain", "range", "seeAlso")),
}


def about_quads(manifest: Manifest, ontology: Ontology) -> bytes:
    """The quads of all these graphs. They depend on documents and ontology alone: no clock, no path, no machine."""
    return dataset_quads(manifest) + ontology_quads(ontology) + rules_quads(ontology) + decisions_quads(ontology)


def lexicon_rows(ontology: Ontology) -> set[Row]:
    """The indicators of the lexicon as concepts (name, other names, broader indicator, usual unit), and the units that measure."""
    from kg.extract.knowledge.indicator_table import read_indicators
    from kg.text.units import read_units

    rows: set[Row] = set()
    for label, indicator in read_indicators(ontology).indicators.items():
        iri = indicator_iri(label)
        rows |= {(iri, RDF + "type", f"<{KGO}Indicator>"), (iri, SKOS + "prefLabel", simplified(label))}
        rows |= {(iri, SKOS + "altLabel", simplified(alias)) for alias in indicator.aliases}
        if indicator.broader:
            rows.add((iri, SKOS + "broader", f"<{indicator_iri(indicator.broader)}>"))
        if indicator.unit:
            rows |= {(iri, KGO + "usualUnit", f"<{unit_iri(folded(indicator.unit))}>"), *_unit_rows(indicator.unit, "Unit")}
    for unit in read_units(ontology).measures:
        rows |= _unit_rows(unit, "Unit") | _unit_rows(unit, "MeasuringUnit")
    return rows


def _unit_rows(unit: str, of_class: str) -> set[Row]:
    iri = unit_iri(folded(unit))
    return {(iri, RDF + "type", f"<{KGO}{of_class}>"), (iri, SKOS + "notation", plain(folded(unit))), (iri, RDFS + "label", chinese(unit))}


def dataset_quads(manifest: Manifest) -> bytes:
    """What is in the graph, after VoID and DCAT; triples are those of the documents' graphs."""
    counts = manifest.counts
    rows: list[Row] = [
        (DATASET, RDF + "type", f"<{VOID}Dataset>"),
        (DATASET, RDF + "type", f"<{DCAT}Dataset>"),
        (DATASET, VOID + "vocabulary", f"<{KGO.removesuffix('#')}>"),
        (DATASET, VOID + "documents", integer(counts["documents"])),
        (DATASET, VOID + "triples", integer(counts["quads"])),
        (DATASET, DCTERMS + "conformsTo", f"<{KGO.removesuffix('#')}>"),
        (DATASET, KGO + "ontologyFingerprint", plain(manifest.ontology)),
        (DATASET, SCHEMA + "softwareVersion", plain(manifest.program)),
    ]
    for name, kind, number in (
        ("documents", KGO + "Document", counts["documents"]),
        ("sentences", KGO + "Sentence", counts["sentences"]),
        ("statements", KGO + "Statement", counts["relations"] + counts["attributes"]),
        ("observations", QB + "Observation", counts["observations"]),
    ):
        part = f"{DATASET}-{name}"
        rows += [
            (DATASET, VOID + "classPartition", f"<{part}>"),
            (part, VOID + "class", f"<{kind}>"),
            (part, VOID + "entities", integer(number)),
        ]
    return table_lines(rows, DATASET)


def ontology_quads(ontology: Ontology) -> bytes:
    """Classes, properties and concepts with labels, hierarchy and allowed ends, and the indicators of the lexicon;
    anonymous classes are left out.

    KgError for a class, relation or attribute that is not in the namespace kgo:, since facts name them by local name.
    """
    from pyoxigraph import BlankNode, NamedNode, RdfFormat, parse

    rows: set[Row] = set()
    for path in _term_files(ontology):
        for quad in parse(path=str(path), format=RdfFormat.TURTLE):
            subject, predicate, target = quad.subject, quad.predicate.value, quad.object
            if not isinstance(subject, NamedNode) or isinstance(target, BlankNode):
                continue
            if predicate in _KEPT or predicate.startswith(_KEPT_NAMESPACES):
                # Language tags in lower case, as everywhere in the graph.
                rows.add((subject.value, predicate, str(target)))
    terms = ontology.terms
    known = {subject for subject, _, _ in rows}
    for name in sorted(terms.types | set(terms.relations) | set(terms.attributes)):
        if term_iri(name) not in known:
            raise KgError(f"the term {name!r} is not in the namespace {KGO}", hint="write it with the prefix kgo:")
    above = _superclasses(rows)
    for name, ends in terms.relations.items():
        for predicate, allowed in zip(("domainIncludes", "rangeIncludes"), ends, strict=True):
            # Classes below an allowed one are written out: a search for them in every query would take minutes.
            below = {iri for iri, supers in above.items() if supers & {_class_iri(c) for c in allowed}}
            own = {_class_iri(c) for c in allowed}
            rows.update((term_iri(name), SCHEMA + predicate, f"<{iri}>") for iri in own | below)
    rows.add((KGO.removesuffix("#"), RDF + "type", f"<{OWL}Ontology>"))
    return table_lines(rows | lexicon_rows(ontology), ONTOLOGY_GRAPH)


def _superclasses(rows: set[Row]) -> dict[str, set[str]]:
    """Class → all classes above it."""
    parents: dict[str, set[str]] = {}
    for subject, predicate, target in rows:
        if predicate == RDFS + "subClassOf":
            parents.setdefault(subject, set()).add(target.strip("<>"))
    above: dict[str, set[str]] = {}
    for name in parents:
        pending = [name]
        above[name] = set()
        while pending:
            new = parents.get(pending.pop(), set()) - above[name]
            above[name] |= new
            pending.extend(new)
    return above


def _term_files(ontology: Ontology) -> list[Path]:
    """Files of classes and properties; shapes are not part of the graph."""
    return [path for path in ontology.files("", ".ttl") if not path.name.startswith("shapes")]


def _class_iri(name: str) -> str:
    return SKOS + name if name == "Concept" else term_iri(name)


def rules_quads(ontology: Ontology) -> bytes:
    """The rules that the ontology has: id and, where there is one, the note."""
    rows: list[Row] = []
    for rule, note in rule_notes(ontology).items():
        iri = rule_iri(rule)
        rows += [(iri, RDF + "type", f"<{KGO}Rule>"), (iri, RDFS + "label", plain(rule))]
        if note:
            rows.append((iri, RDFS + "comment", f'"{escape(note)}"@en'))
    return table_lines(rows, RULES_GRAPH)


def decisions_quads(ontology: Ontology) -> bytes:
    """What was decided by hand about names, beside the rules; what is wrong or missing is told by the statements themselves."""
    from kg.graph.decisions import about_names

    rows: list[Row] = []
    for one in about_names(ontology):
        iri = f"{KGR}decision-{digest(*one)}"
        rows += [
            (iri, RDF + "type", f"<{KGO}Decision>"),
            (iri, KGO + "decides", plain(one.decides)),
            (iri, KGO + "decidedClass", f"<{term_iri(one.type)}>"),
            (iri, KGO + "written", simplified(one.written)),
            (iri, KGO + "other", simplified(one.other)),
            (iri, DCTERMS + "creator", plain(one.author)),
            (iri, DCTERMS + "date", plain(one.date)),
        ]
        if one.document:
            rows.append((iri, DCTERMS + "source", plain(one.document)))
    return table_lines(rows, RULES_GRAPH)


def rule_notes(ontology: Ontology) -> dict[str, str]:
    """Rule id → note ("" if there is none), over all rule files; a later folder's rule replaces an earlier one."""
    notes = {CORRECTED: "Added by hand, in corrections.yaml of an ontology folder."}
    tables = [*(file.data for file in ontology.yaml("rules")), *({"references": file.data.get("references")} for file in ontology.yaml("lexicon"))]
    for table in tables:
        for entries in table.values():
            for entry in entries if isinstance(entries, list) else ():
                if isinstance(entry, dict) and "id" in entry:
                    notes[str(entry["id"])] = str(entry.get("note") or "")
    return notes
