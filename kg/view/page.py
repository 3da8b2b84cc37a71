"""Writes the page: view model, style sheet, scripts and vis-network in one HTML file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.collector import no_cycle_search
from kg.errors import KgError
from kg.view.options import DEFAULT_LIMIT, PageOptions
from kg.whole_file import whole_file

if TYPE_CHECKING:
    from kg.graph.store import GraphView

# In a JSON data block these could end the element or open a comment; escaped they are the same JSON.
_UNSAFE = {
    b"<": b"\\u003c",
    b">": b"\\u003e",
    b"&": b"\\u0026",
    "\u2028".encode(): b"\\u2028",
    "\u2029".encode(): b"\\u2029",
}


@dataclass(frozen=True, slots=True)
class PageReport:
    """What was written. `shown` counts the things the page opens with, `left_out` those cut off by the limit."""

    path: Path
    things: int
    facts: int
    figures: int
    shown: int
    left_out: int
    bytes: int
    notes: tuple[str, ...]  # in English
    without_subject: int = 0  # figures of the graph that no page carries, for they are about no thing


def write_page(
    view: GraphView,
    output: str | Path,
    *,
    focus: str | None = None,
    hops: int = 1,
    types: Sequence[str] = (),
    area: str | None = None,
    since: str | None = None,
    until: str | None = None,
    min_confidence: float = 0.0,
    title: str | None = None,
    limit: int = DEFAULT_LIMIT,
    labels: Mapping[str, Mapping[str, str]] | None = None,
) -> PageReport:
    """Writes one self-contained HTML file with the part of the graph that fits.

    `focus` (a name in either script) and `hops` say what is shown at first; `types`, `area`, `since`, `until` and
    `min_confidence` what is in the page at all; `limit` how many things it carries at most, the most central ones
    (with a focus: the nearest). `labels` are the terms' labels by language, by default those of the shipped ontology and
    of the one that the graph was built with.
    KgError for a name or type that the graph does not have, an empty selection, or a file that cannot be written.
    """
    from kg.view.assets import english
    from kg.view.model import view_model
    from kg.view.records import figures_without_subject

    options = PageOptions(focus, hops, tuple(types), area, since, until, min_confidence, limit)
    with no_cycle_search():
        model = view_model(view.store, options, title=title or "", labels=labels or _labels(view))
    if not model["things"]["rows"]:
        hint = "ask for less with the filters" if options != PageOptions(hops=hops, limit=limit) else "no document of it names a thing"
        raise KgError("nothing in the graph fits, so there is no page to write", hint=hint)
    target = Path(output)
    content = page_html(model).encode("utf-8", "replace")
    with whole_file(target) as file:
        file.write(content)
    return PageReport(
        path=target,
        things=len(model["things"]["rows"]),
        facts=len(model["facts"]["rows"]),
        figures=len(model["figures"]["rows"]),
        shown=len(model["core"]),
        left_out=model["totals"]["left_out"],
        bytes=len(content),
        notes=tuple(english(*note) for note in model["notes"]),
        without_subject=figures_without_subject(view.store),
    )


def page_html(model: Mapping[str, Any]) -> str:
    """The page of a view model. Everything that comes from documents stands in JSON data blocks, nothing in markup."""
    from markupsafe import Markup
    from pyvis.network import Network  # type: ignore[import-untyped]

    from kg.view.assets import WEB, inline_hash, inlined, program, style, vis_network, words

    scripts = [inlined(vis_network(), "script"), inlined(program(), "script")]
    sheet = inlined(style(), "style")
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(map(inline_hash, scripts))}",
            f"style-src {inline_hash(sheet)}",
            "img-src blob: data:",  # the downloads of the picture are drawn through a blob
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    network = Network(directed=True, cdn_resources="in_line")
    # Filled by hand with what is shown first; the rest comes from the view model as it is asked for (add_edge compares
    # with every edge before it, which takes minutes for a large graph).
    network.nodes = start_nodes(model)
    network.set_template_dir(str(WEB), "page.html")
    network.templateEnv.autoescape = True
    network.templateEnv.globals.update(
        policy=policy,
        title=model["title"] or "Knowledge graph",
        style=Markup(sheet),
        library=Markup(scripts[0]),
        program=Markup(scripts[1]),
        words=Markup(words().replace("<", "\\u003c")),
        model=Markup(safe_json(model)),
    )
    html: str = network.generate_html()
    return html


def start_nodes(model: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The core as vis-network nodes at their places; labels and looks follow from the view model."""
    rows = model["things"]["rows"]
    return [{"id": rows[i][0], "x": x, "y": y} for i, x, y in model["core"]]


def safe_json(data: object) -> str:
    """JSON that no character sequence inside can turn into markup."""
    import orjson

    text = orjson.dumps(data)
    for found, wanted in _UNSAFE.items():
        text = text.replace(found, wanted)
    return text.decode()


def _labels(view: GraphView) -> dict[str, dict[str, str]]:
    from pyoxigraph import RdfFormat, parse

    from kg.ontology import Ontology
    from kg.view.terms import ontology_quads, term_labels

    shipped = (parse(path=str(file), format=RdfFormat.TURTLE) for file in Ontology.load().files("", ".ttl"))
    return term_labels(*shipped, ontology_quads(view.store))
