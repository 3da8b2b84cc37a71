"""What the API's answers look like: JSON Schemas by name, for the OpenAPI document."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer", "minimum": 0}
SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
PLACE: Schema = {"type": ["integer", "null"]}


def ref(name: str) -> Schema:
    """A reference to the schema of that name."""
    return {"$ref": f"#/components/schemas/{name}"}


def listed(schema: Schema) -> Schema:
    """An array of these."""
    return {"type": "array", "items": schema}


def record(**fields: Schema) -> Schema:
    """An object that has all of these keys."""
    return {"type": "object", "required": list(fields), "properties": fields}


def maybe(schema: Schema) -> Schema:
    """One of these, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


_TERM = record(id=TEXT, label={"type": "object", "additionalProperties": TEXT})
_COUNT = {"type": "object", "additionalProperties": WHOLE}
_EVIDENCE = {"sentence": maybe(ref("Sentence")), "document": maybe(ref("Document"))}
_FACT = {
    "id": TEXT, "predicate": TEXT, "subject": ref("Thing"), "object": maybe(ref("Thing")), "value": TEXT, "date": TEXT,
    "ownDate": {"type": "boolean"}, "confidence": SHARE, "rule": TEXT, "basis": TEXT,
}  # fmt: skip
_FIGURE = {
    "id": TEXT, "subject": maybe(ref("Thing")), "indicator": TEXT, "kind": TEXT, "value": TEXT, "unit": TEXT, "bound": TEXT,
    "period": TEXT, "base": TEXT, "scope": TEXT, "quoted": TEXT, "confidence": SHARE, "rule": TEXT, "clues": listed(TEXT), "written": TEXT,
    "responsible": listed(ref("Thing")),
}  # fmt: skip
# What a request or a value does not fit: only what applies is there.
_PROBLEM = {
    "status": WHOLE, "title": TEXT, "kind": TEXT, "parameter": TEXT, "value": TEXT, "fault": {"enum": ["missing", "unfit", "unknown"]},
    "allowed": listed(TEXT), "near": listed(TEXT), "least": WHOLE, "most": WHOLE, "measured": {"enum": ["length"]},
}  # fmt: skip
_SPAN = {"start": WHOLE, "end": WHOLE}
_PAGE = {"total": WHOLE, "offset": WHOLE}

SCHEMAS: dict[str, Schema] = {
    "Thing": record(
        id=TEXT, label=TEXT, type=TEXT, names=listed(TEXT), code=TEXT, scope=TEXT, degree=WHOLE, mentions=WHOLE, neighbours=WHOLE,
        x=PLACE, y=PLACE, initials=TEXT, pinyin=TEXT,
    ),
    "Spot": record(id=TEXT, x=PLACE, y=PLACE),
    "Document": record(id=TEXT, title=TEXT, date=TEXT, source=TEXT, publisher=TEXT, path=TEXT),
    "ListedDocument": record(
        id=TEXT, title=TEXT, date=TEXT, source=TEXT, publisher=TEXT, path=TEXT, facts=WHOLE, figures=WHOLE
    ),
    "Sentence": record(text=TEXT, **{"from": WHOLE, "to": WHOLE}, quote=TEXT, start=WHOLE),
    "Fact": record(**_FACT, **_EVIDENCE),
    "Figure": record(**_FIGURE, **_EVIDENCE),
    "Link": record(
        **{"id": TEXT, "from": TEXT, "to": TEXT}, predicate=TEXT, count=WHOLE,
        facts=listed(record(date=TEXT, confidence=SHARE)),
    ),
    "Part": record(things=listed(ref("Thing")), links=listed(ref("Link"))),
    "ThingWithFacts": record(
        thing=ref("Thing"), facts=listed(ref("Fact")), figures=listed(ref("Figure")), answers=listed(ref("Figure")),
        groups=listed(record(predicate=TEXT, out={"type": "boolean"}, total=WHOLE)),
        totals=record(facts=WHOLE, figures=WHOLE),
    ),
    "Found": record(results=listed(record(thing=ref("Thing"), name=TEXT))),
    "Facts": record(facts=listed(ref("Fact")), **_PAGE),
    "Figures": record(
        figures=listed(ref("Figure")), **_PAGE, subjects=maybe(listed(ref("Thing"))),
    ),
    "Documents": record(documents=listed(ref("ListedDocument")), **_PAGE),
    "Reading": record(
        document=ref("ListedDocument"), read_as=record(genre=TEXT, areas=listed(WHOLE), basis=TEXT, period=TEXT), text=TEXT, **_SPAN, next={"type": ["integer", "null"]},
        headings=listed(listed(WHOLE)), noise=listed(listed(WHOLE)), things=listed(ref("Thing")),
        mentions=listed(listed(WHOLE)), facts=listed(record(**_FACT, **_SPAN)), figures=listed(record(**_FIGURE, **_SPAN)),
    ),
    "Indicators": record(indicators=listed(record(name=TEXT, figures=WHOLE)), units=listed(record(name=TEXT, figures=WHOLE))),
    "About": record(
        title=TEXT, types=listed(_TERM), predicates=listed(_TERM), totals=_COUNT, notes=listed(listed(TEXT)), focus=maybe(TEXT),
        base=TEXT, vocabulary=TEXT, carried=WHOLE, most=WHOLE, facts=WHOLE, figures=WHOLE, generation=TEXT, fold={"type": "object"},
        central=listed(record(type=TEXT, total=WHOLE, things=listed(ref("Thing")))),
    ),
    "Question": record(
        id=TEXT, about=TEXT, titles={"type": "object", "additionalProperties": TEXT}, example={"type": "object", "additionalProperties": TEXT},
        parameters=listed(record(name=TEXT, type=TEXT, help=TEXT, required={"type": "boolean"}, choices=listed(TEXT))),
        sparql=TEXT,
    ),
    "Answer": record(question=TEXT, columns=listed(TEXT), rows=listed({"type": "object"}), parameters={"type": "object"}, sparql=TEXT),
    "Problem": {**record(status=WHOLE, title=TEXT), "properties": _PROBLEM},
}  # fmt: skip
