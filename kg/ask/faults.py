"""What is wrong in a graph, told for who mends it: the thing by its name, where its text says it, and what to do."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from pyoxigraph import DefaultGraph, NamedNode

from kg.ask.lookup import describe
from kg.graph.vocabulary import DCTERMS, KGO, KGR, PROV, QB, RDF

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.graph.validate import ValidateReport

_ANEW = "the graph is not as a build writes it: kg build the texts into a new folder (-o)"
_OTHER_ONTOLOGY = "the graph was built with another ontology folder: kg build it again, with the --ontology that has it"
_ALLOWED = "narrow the rule {rule}, or let the relation have that class (rdfs:domain, rdfs:range in a .ttl of your ontology folder), and kg build again"
_OF_A_THING = "see kg explain '{name}'; give its right name in corrections.yaml or authority.csv of your ontology folder (docs/corrections.md), and kg build again"
_OF_A_FACT = (
    "see kg rules trace on the sentence; mend the rule {rule}, or write it under `wrong` in corrections.yaml of your ontology folder "
    "(docs/corrections.md), and kg build again"
)
_OF_A_DOCUMENT = "mend its head (docs/reading.md), or tell it: kg build … --date, --title-column, and so on"
_BY_CHECK = {"domain": _ALLOWED, "range": _ALLOWED, "known-term": _OTHER_ONTOLOGY, "known-rule": _OTHER_ONTOLOGY}
_WRITTEN_BY_THE_BUILD = frozenset({"prefLabel", "label", "mentionedIn", "rule", "wasDerivedFrom", "quote", "start", "end", "statedIn", "identifier", "sha256", "format"})
# From what a check finds to a fact that has it: a rule, a class or a relation stands in no text itself.
_USED_BY = (f"{KGO}rule", f"{RDF}predicate", f"{RDF}type")
_SAYS = ((f"{RDF}subject", f"{KGO}subject", f"{KGO}refersTo"), (f"{RDF}predicate", f"{KGO}indicatorText"), (f"{RDF}object", f"{KGO}quoted"))
_SAID_IN = (f"{PROV}wasDerivedFrom", f"{KGO}mentionedIn")


@dataclass(frozen=True)
class Fault:
    """One node that is not as it must be; what is not known of it is ""."""

    found_by: str  # shape, or the id of a check
    message: str  # what does not hold
    value: str  # the property and the value that break it
    name: str  # of a thing its name, of a fact what it says
    document: str
    sentence: str
    way_out: str
    node: str  # IRI

    def as_data(self) -> dict[str, Any]:
        """For JSON: all fields by their names."""
        return asdict(self)


def faults(store: Store, report: ValidateReport) -> list[Fault]:
    """All that the shapes found, and of each check what it found first."""
    found = [_fault(store, one.node, "shape", one.message, " ".join(filter(None, map(_short, (one.path, one.value))))) for one in report.violations]
    for result in report.checks:
        found += [_fault(store, node, result.check.id, f"it does not hold that {result.check.title}", "") for node in result.nodes]
    return list(dict.fromkeys(found))  # a thing of many documents is checked with each


def _fault(store: Store, node: str, found_by: str, message: str, value: str) -> Fault:
    type_ = _one(store, node, f"{RDF}type").removeprefix(KGO)
    told = node if _one(store, node, *_SAID_IN) else next((user for used in _USED_BY if (user := _user(store, used, node))), node)
    sentence = told if type_ == "Sentence" else _one(store, told, *_SAID_IN)
    document = told if type_ == "Document" else _one(store, sentence, f"{DCTERMS}isPartOf") or _one(store, told, f"{KGO}statedIn")
    return Fault(
        found_by, message, value, _name(store, node), _one(store, document, f"{DCTERMS}identifier"), _one(store, sentence, f"{KGO}text"),
        _way_out(store, node, type_, found_by, value), node,
    )  # fmt: skip


def _name(store: Store, node: str) -> str:
    """A thing's name, or what a fact says: its subject, relation and object, or its indicator and amount."""
    ends = [_one(store, node, *names) for names in _SAYS]
    return " ".join(_short(end) if not end.startswith(KGR) else describe(store, end).name for end in ends if end) or describe(store, node).name


def _way_out(store: Store, node: str, type_: str, found_by: str, value: str) -> str:
    if found_by != "shape":
        way = _BY_CHECK.get(found_by, _ANEW)
    elif value.partition(" ")[0] in _WRITTEN_BY_THE_BUILD:
        way = _ANEW
    elif type_ == "Document":
        way = _OF_A_DOCUMENT
    elif type_ in ("Statement", f"{QB}Observation"):
        way = _OF_A_FACT
    else:
        way = _ANEW if type_ in ("", "Sentence", "Reference") else _OF_A_THING
    return way.format(name=describe(store, node).name, rule=_one(store, node, f"{KGO}rule").removeprefix(f"{KGR}rule-"))


def _one(store: Store, node: str, *predicates: str) -> str:
    """The first value of the first of these properties that the node has, "" for none."""
    for predicate in predicates if node else ():
        if found := sorted(quad.object.value for quad in store.quads_for_pattern(NamedNode(node), NamedNode(predicate), None, DefaultGraph())):  # type: ignore[union-attr]
            return found[0]
    return ""


def _user(store: Store, predicate: str, node: str) -> str:
    return min((quad.subject.value for quad in store.quads_for_pattern(None, NamedNode(predicate), NamedNode(node), DefaultGraph())), default="")  # type: ignore[union-attr]


def _short(value: str) -> str:
    """An IRI without its namespace, other text as it is."""
    return value.rpartition("/")[2].rpartition("#")[2] if value.startswith(("http://", "https://")) else value
