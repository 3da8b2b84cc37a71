"""Facts as JSON: the format of gold annotations, with offsets, rules and confidence as further keys.

A reader that knows only the annotation format (doc, date, entities, relations, observations) reads these files too.
`from_json` gives back exactly the Facts that `to_json` was given.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from kg.errors import KgError
from kg.model import Antecedent, Attribute, Document, Entity, Facts, Mention, Observation, Reading, Relation, Sentence

Json = dict[str, Any]


def to_json(document: Document, facts: Facts) -> Json:
    """What `kg extract` writes for one document; offsets count code points of `document.text`.

    `evidence` is copied from the document's text. Keys that hold nothing (no code, no date) are left out.
    """
    text = document.text
    return {
        "doc": document.stem,
        "date": facts.date,
        "document": facts.document,
        "title": document.title,
        "sha256": document.sha256,
        "reading": _reading(facts.reading),
        "entities": [_entity(entity, text) for entity in facts.entities],
        "relations": [_relation(relation, text) for relation in facts.relations],
        "observations": [_observation(observation, text) for observation in facts.observations],
        "attributes": [_attribute(attribute, text) for attribute in facts.attributes],
        "sentences": [[s.start, s.end, 1] if s.heading else [s.start, s.end] for s in facts.sentences],
    }


def _reading(reading: Reading) -> Json:
    found: Json = {"genre": reading.genre}
    found |= {"areas": list(reading.areas), "areas_basis": reading.areas_basis} if reading.areas else {}
    return found | ({"period": reading.period} if reading.period else {})


def _place(fact: Relation | Observation | Attribute, text: str) -> Json:
    return {
        "evidence": text[fact.start : fact.end],
        "start": fact.start,
        "end": fact.end,
        "sentence": fact.sentence,
        "found_by": fact.found_by,
        "confidence": fact.confidence,
    }


def _entity(entity: Entity, text: str) -> Json:
    found: Json = {"id": entity.id, "type": entity.type, "name": entity.name, "surfaces": list(entity.surfaces)}
    found |= {"key": entity.key}
    found |= {name: value for name in ("scope", "code") if (value := getattr(entity, name))}
    found |= {"confidence": entity.confidence, "found_by": entity.found_by} | _clues(entity)
    found["mentions"] = [
        {"start": m.start, "end": m.end, "text": text[m.start : m.end], "sentence": m.sentence, "found_by": m.found_by}
        | ({"reference": m.reference} if m.reference else {})
        | (_antecedent(m.antecedent, text) if m.antecedent else {})
        for m in entity.mentions
    ]
    return found


def _antecedent(antecedent: Antecedent, text: str) -> Json:
    start, end = antecedent.start, antecedent.end
    return {"distance": antecedent.distance, "antecedent": {"start": start, "end": end, "text": text[start:end]}}


def _relation(relation: Relation, text: str) -> Json:
    found: Json = {"s": relation.subject, "p": relation.predicate, "o": relation.object}
    found |= {name: value for name in ("value", "date") if (value := getattr(relation, name)) is not None}
    if relation.object is None:
        del found["o"]
    return found | _place(relation, text) | ({} if relation.basis == "text" else {"basis": relation.basis}) | _clues(relation)


def _observation(observation: Observation, text: str) -> Json:
    value = _number(observation.value)
    found: Json = {
        "subject": observation.subject,
        "indicator": observation.indicator,
        "kind": observation.kind,
        "value": value,
        "unit": observation.unit,
        "bound": observation.bound,
        "period": observation.period,
    }
    if str(value) != str(observation.value):  # 12.80, or more digits than a float holds
        found["decimal"] = str(observation.value)
    found |= {name: text_ for name in ("quoted", "period_basis", "base", "scope") if (text_ := getattr(observation, name))}
    if observation.responsible:
        found["responsible"] = list(observation.responsible)
    found |= _place(observation, text) | ({} if observation.basis == "text" else {"basis": observation.basis})
    return found | _clues(observation)


def _attribute(attribute: Attribute, text: str) -> Json:
    found: Json = {"subject": attribute.subject, "property": attribute.property}
    found |= {name: value for name in ("value", "object") if (value := getattr(attribute, name)) is not None}
    return found | _place(attribute, text) | ({} if attribute.basis == "text" else {"basis": attribute.basis})


def _clues(fact: Entity | Relation | Observation) -> Json:
    return {"clues": list(fact.clues)} if fact.clues else {}


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def from_json(data: Json) -> Facts:
    """The Facts that were written by `to_json`; KgError naming the key if something is missing."""
    try:
        return Facts(
            document=data["document"],
            date=data["date"],
            sentences=tuple(Sentence(i, s[0], s[1], len(s) > 2) for i, s in enumerate(data["sentences"])),
            entities=tuple(map(_read_entity, data["entities"])),
            relations=tuple(map(_read_relation, data["relations"])),
            observations=tuple(map(_read_observation, data["observations"])),
            attributes=tuple(map(_read_attribute, data.get("attributes", ()))),
            reading=_read_reading(data.get("reading", {})),
        )
    except KeyError as error:
        hint = "gold annotations have no offsets; only the output of kg extract can be read as facts"
        raise KgError(f"facts without {error}", file=data.get("document"), hint=hint) from error


def _read_reading(data: Json) -> Reading:
    return Reading(data.get("genre", "text"), tuple(data.get("areas", ())), data.get("areas_basis", ""), data.get("period", ""))


def _common(data: Json) -> Json:
    """What relations, observations and attributes have alike: where they are told, by which rule, and on what that rests."""
    return {name: data[name] for name in ("start", "end", "sentence", "found_by", "confidence")} | {"basis": data.get("basis", "text")}


def _read_clues(data: Json) -> tuple[str, ...]:
    return tuple(data.get("clues", ()))


def _read_entity(data: Json) -> Entity:
    mentions = tuple(
        Mention(m["start"], m["end"], m["sentence"], m["found_by"], m.get("reference", ""), _read_antecedent(m))
        for m in data["mentions"]
    )
    told = {name: data[name] for name in ("id", "type", "name", "key", "confidence", "found_by")}
    told |= {name: data.get(name, "") for name in ("scope", "code")}
    return Entity(surfaces=tuple(data["surfaces"]), mentions=mentions, clues=_read_clues(data), **told)


def _read_antecedent(mention: Json) -> Antecedent | None:
    place = mention.get("antecedent")
    return Antecedent(place["start"], place["end"], mention["distance"]) if place else None


def _read_relation(data: Json) -> Relation:
    value, date = data.get("value"), data.get("date")
    return Relation(subject=data["s"], predicate=data["p"], object=data.get("o"), value=value, date=date, clues=_read_clues(data), **_common(data))


def _read_observation(data: Json) -> Observation:
    value = Decimal(data.get("decimal", str(data["value"])))
    told = {name: data[name] for name in ("subject", "indicator", "kind", "unit", "bound", "period")}
    told |= {name: data.get(name, "") for name in ("quoted", "period_basis", "base", "scope")}
    return Observation(value=value, responsible=tuple(data.get("responsible", ())), clues=_read_clues(data), **told, **_common(data))


def _read_attribute(data: Json) -> Attribute:
    return Attribute(subject=data["subject"], property=data["property"], value=data.get("value"), object=data.get("object"), **_common(data))
