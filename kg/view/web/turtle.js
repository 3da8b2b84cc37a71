"use strict";
// Things, facts and figures as Turtle, with the same IRIs as the graph they came from.
KG.turtleString = (text) => `"${text.replace(/["\\]/g, "\\$&").replace(/\n/g, "\\n").replace(/\r/g, "\\r")
  .replace(/[\u0000-\u001f\u007f]/g, (c) => "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0").toUpperCase())}"`;

KG.turtle = (about, things, facts, figures) => {
  const iri = (prefix, base, id) => {
    if (/^[A-Za-z][A-Za-z0-9_-]*$/.test(id)) return `${prefix}:${id}`;
    const whole = /^[a-z][a-z0-9+.-]*:/i.test(id) ? id : base + id;
    return `<${whole.replace(/[\u0000-\u0020<>"{}|^`\\]/g, (c) => "%" + c.charCodeAt(0).toString(16).padStart(2, "0").toUpperCase())}>`;
  };
  const thing = (id) => iri("kgr", about.base, id);
  const term = (id) => iri("kgo", about.vocabulary, id);
  const text = KG.turtleString;
  const blocks = [];
  const block = (subject, pairs) => blocks.push(`${subject} ${pairs.map(([p, o]) => `${p} ${o}`).join(" ;\n    ")} .`);
  const known = new Map(things.map((one) => [one.id, one]));
  for (const fact of facts) for (const end of [fact.subject, fact.object]) if (end) known.set(end.id, end);
  for (const one of known.values())
    block(thing(one.id), [["a", term(one.type)], ["rdfs:label", `${text(one.label)}@zh`],
      ...one.names.map((name) => ["skos:altLabel", `${text(name)}@zh`]), ...(one.code ? [["kgo:code", text(one.code)]] : [])]);
  const evidence = (record) => {
    const pairs = [["kgo:confidence", record.confidence.toFixed(3)]];
    if (record.sentence) {
      pairs.push(["kgo:quote", text(KG.quoteOf(record))]);
      if (record.sentence.to > record.sentence.from)
        pairs.push(["kgo:start", record.sentence.start + record.sentence.from], ["kgo:end", record.sentence.start + record.sentence.to]);
    }
    if (record.rule) pairs.push(["kgo:rule", thing(`rule-${record.rule}`)]);
    if (record.document) pairs.push(["kgo:statedIn", thing(record.document.id)]);
    return pairs;
  };
  const documents = new Map();
  for (const fact of facts) {
    const object = fact.object ? thing(fact.object.id)
      : fact.predicate === "hasStatus" ? term(`status-${fact.value}`) : text(fact.value);
    block(thing(fact.subject.id), [[term(fact.predicate), object]]);
    block(thing(fact.id), [["a", "kgo:Statement"], ["rdf:subject", thing(fact.subject.id)], ["rdf:predicate", term(fact.predicate)],
      ["rdf:object", object], ...(fact.object && fact.value ? [["kgo:value", text(fact.value)]] : []),
      ...(fact.ownDate ? [["kgo:date", text(fact.date)]] : []), ...evidence(fact)]);
    if (fact.document) documents.set(fact.document.id, fact.document);
  }
  for (const figure of figures) {
    const pairs = [["a", "qb:Observation"], ["kgo:indicatorText", `${text(figure.written)}@zh`], ["kgo:kind", term(`kind-${figure.kind}`)]];
    if (/^-?\d+(\.\d+)?$/.test(figure.value)) pairs.push(["kgo:value", figure.value.includes(".") ? figure.value : `${figure.value}.0`]);
    // As kg/graph/vocabulary.py writes the IRI of a unit.
    pairs.push(["kgo:unit", thing(`unit-${figure.unit === "%" ? "percent" : figure.unit.replace(/[^A-Za-z0-9_.~\p{L}-]/gu, encodeURIComponent)}`)], ["kgo:bound", term(`bound-${figure.bound}`)]);
    if (figure.base) pairs.push(["kgo:base", `${text(figure.base)}@zh`]);
    if (figure.scope) pairs.push(["kgo:rankScope", `${text(figure.scope)}@zh`]);
    for (const { id } of figure.responsible) if (id) pairs.push(["kgo:responsible", thing(id)]);
    if (figure.period) pairs.push(["kgo:period", text(figure.period)]);
    if (figure.quoted) pairs.push(["kgo:quoted", `${text(figure.quoted)}@zh`]);
    if (things.length === 1) pairs.push(["kgo:subject", thing(things[0].id)]);
    block(thing(figure.id), [...pairs, ...evidence(figure)]);
    if (figure.document) documents.set(figure.document.id, figure.document);
  }
  for (const document of documents.values())
    block(thing(document.id), [["a", "kgo:Document"], ["dcterms:identifier", text(document.path)],
      ...(document.title ? [["dcterms:title", `${text(document.title)}@zh`]] : []),
      ...["date", "publisher", "source"].filter((key) => document[key]).map((key) => [`dcterms:${key}`, text(document[key])])]);
  const prefixes = { kgr: about.base, kgo: about.vocabulary, rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    rdfs: "http://www.w3.org/2000/01/rdf-schema#", skos: "http://www.w3.org/2004/02/skos/core#",
    dcterms: "http://purl.org/dc/terms/", qb: "http://purl.org/linked-data/cube#" };
  return Object.entries(prefixes).map(([name, base]) => `@prefix ${name}: <${base}> .`).join("\n") + "\n\n" + blocks.join("\n") + "\n";
};
