"""Namespaces of the graph and how the IRIs of its nodes are made.

IRIs are flat and say what a thing is: a readable name where there is one (`area-330114`, `rule-policy-title`), else one
letter and the first 20 hex digits of a SHA-256. Twenty digits are 80 bits: among a hundred million nodes the chance of
any two falling together is below one in two hundred million.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

import kg.ontology

KGO = kg.ontology.KGO
KGR = "https://w3id.org/kgo/id/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
PROV = "http://www.w3.org/ns/prov#"
DCTERMS = "http://purl.org/dc/terms/"
QB = "http://purl.org/linked-data/cube#"
SCHEMA = "https://schema.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"
VOID = "http://rdfs.org/ns/void#"
DCAT = "http://www.w3.org/ns/dcat#"
UNIT = "http://qudt.org/vocab/unit/"
SH = "http://www.w3.org/ns/shacl#"

# Known to every query without being declared, and bound in every serialisation.
PREFIXES: dict[str, str] = {
    "kgo": KGO,
    "kgr": KGR,
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "skos": SKOS,
    "prov": PROV,
    "dcterms": DCTERMS,
    "qb": QB,
    "oa": "http://www.w3.org/ns/oa#",
    "schema": SCHEMA,
    "org": "http://www.w3.org/ns/org#",
    "xsd": XSD,
    "void": VOID,
    "dcat": DCAT,
    "time": "http://www.w3.org/2006/time#",
    "unit": UNIT,
    "sh": SH,
}

# Graphs that are no document's.
DATASET = KGR + "dataset"
ONTOLOGY_GRAPH = KGR + "graph-ontology"
RULES_GRAPH = KGR + "graph-rules"

AREA = "area-"  # before the code of a place, in its IRI
BOUNDS = {"=": "exact", ">": "above", "<": "below", "~": "about"}
_LISTS = ("status-", "kind-", "bound-", "genre-", "basis-")  # how the concepts of each code list begin

_PLAIN_CODE = re.compile(r"[A-Za-z0-9_-]+")


def term_name(iri: str) -> str:
    """What a term of the ontology is called: `implements` of `kgo:implements`, of a concept of a code list `underway` of `kgo:status-underway`."""
    local = iri.removeprefix(KGO)
    return next((local.removeprefix(begin) for begin in _LISTS if local.startswith(begin)), local)


def digest(*fields: str) -> str:
    """20 hex digits of SHA-256 over the fields, each with its length, so that no two lists of fields run together."""
    # Lone surrogates cannot be encoded; two names that differ in nothing else are one name.
    content = "".join([f"{len(field)}:{field}" for field in fields]).encode("utf-8", "replace")
    return hashlib.sha256(content).hexdigest()[:20]


@lru_cache(maxsize=65536)
def iri_part(text: str) -> str:
    """`text` as the last part of an IRI (RFC 3987): letters and digits of any script stay, the rest is percent-encoded.

    >>> iri_part("万人/km²"), iri_part("%")
    ('万人%2Fkm%C2%B2', '%25')
    """
    if text.isascii() and text.isalnum():
        return text
    kept = []
    for char in text:
        if char in "-_.~" or (char.isalnum() and (char.isascii() or (ord(char) >= 0xA0 and char.isalpha()))):
            kept.append(char)
        else:
            kept.extend(f"%{byte:02X}" for byte in char.encode("utf-8", "replace"))
    return "".join(kept)


def document_iri(document: str) -> str:
    """IRI of a document, which is the name of its graph too, from `Document.id`."""
    return f"{KGR}d-{digest(document)}"


@lru_cache(maxsize=65536)
def entity_iri(type_: str, key: str, scope: str = "", code: str = "") -> str:
    """IRI of an entity: its administrative code if it has one, else what it is and is called, within its scope."""
    if code and _PLAIN_CODE.fullmatch(code):
        return f"{KGR}{AREA}{code}"
    return f"{KGR}e-{digest(type_, key, scope)}"


def area_code(part: str) -> str:
    """The code of a place by the last part of its IRI; "" for that of any other thing."""
    return part.removeprefix(AREA) if part.startswith(AREA) else ""


def indicator_iri(key: str) -> str:
    """IRI of an indicator from its canonical name."""
    return f"{KGR}i-{digest(key)}"


def unit_iri(unit: str) -> str:
    """IRI of a unit or classifier from its folded name: `kgr:unit-千瓦`, `kgr:unit-percent`, `kgr:unit-` for a bare number."""
    return f"{KGR}unit-{'percent' if unit == '%' else iri_part(unit)}"


@lru_cache(maxsize=4096)
def rule_iri(rule: str) -> str:
    """IRI of a rule or table from its id."""
    return f"{KGR}rule-{iri_part(rule)}"


@lru_cache(maxsize=4096)
def term_iri(name: str) -> str:
    """IRI of a class, property or concept of the ontology from its local name."""
    return KGO + iri_part(name)
