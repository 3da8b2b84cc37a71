"use strict";
// The SPARQL editor: Yasgui where the installed oxigraph package has it, else a plain one. Examples, completion of the
// graph's own terms, and queries that are kept in this browser and in links.
KG.CLASSES = ["kgo:Statement", "kgo:Sentence", "kgo:Reference", "kgo:Document", "kgo:Indicator", "qb:Observation"];
KG.PROPERTIES = [
  "rdf:type", "rdf:subject", "rdf:predicate", "rdf:object", "rdfs:label", "skos:prefLabel", "skos:altLabel", "prov:wasDerivedFrom",
  "dcterms:title", "dcterms:date", "dcterms:publisher", "dcterms:identifier", "dcterms:isPartOf",
  ...["code", "scope", "mentionedIn", "refersTo", "antecedent", "distance", "value", "date", "start", "end", "quote", "rule", "confidence", "basis", "text", "subject", "indicator",
    "indicatorText", "kind", "unit", "bound", "period", "periodStart", "periodEnd", "base", "rankScope", "quoted"].map((name) => `kgo:${name}`),
];
KG.EXAMPLES = [
  ["example-sentences", `SELECT DISTINCT ?subject ?relation ?object ?quote ?sentence WHERE {
  ?fact a kgo:Statement ; rdf:subject ?s ; rdf:predicate ?relation ; rdf:object ?o ;
        kgo:quote ?quote ; prov:wasDerivedFrom/kgo:text ?sentence .
  ?s skos:prefLabel ?subject . ?o skos:prefLabel|skos:notation ?object .  # one name each; rdfs:label has all that texts write
} LIMIT 50`],
  ["example-classes", `SELECT ?class (COUNT(DISTINCT ?thing) AS ?things) WHERE {
  ?thing a ?class ; skos:prefLabel ?name .
} GROUP BY ?class ORDER BY DESC(?things)`],
  ["example-projects", `SELECT DISTINCT ?project ?area ?status ?date WHERE {
  ?p a kgo:Project ; skos:prefLabel ?project ; kgo:locatedIn/skos:prefLabel ?area .
  ?fact rdf:subject ?p ; rdf:predicate kgo:hasStatus ; rdf:object ?status .
  OPTIONAL { ?fact kgo:date ?date }
} ORDER BY ?area ?project LIMIT 200`],
  ["example-figures", `SELECT DISTINCT ?subject ?indicator ?value ?unit ?period WHERE {
  ?o a qb:Observation ; kgo:indicator/skos:prefLabel ?indicator ; kgo:value ?value ; kgo:unit/skos:notation ?unit .
  OPTIONAL { ?o kgo:subject/skos:prefLabel ?subject }
  OPTIONAL { ?o kgo:period ?period }
} ORDER BY ?indicator ?period LIMIT 200`],
  ["example-construct", `CONSTRUCT { ?a ?p ?b . ?a rdfs:label ?an . ?b rdfs:label ?bn } WHERE {
  ?fact rdf:subject ?a ; rdf:predicate ?p ; rdf:object ?b ; kgo:confidence ?sure .
  ?a rdfs:label ?an . ?b rdfs:label ?bn . FILTER(?sure >= 0.9)
} LIMIT 100`],
];

KG.saved = () => { try { return JSON.parse(KG.remember("queries") || "[]"); } catch { return []; } };
// A query in the address: what stands behind # is never sent to a server.
KG.queryInAddress = () => new URLSearchParams(location.hash.slice(1)).get("query");
KG.queryLink = (query) => `${location.origin}/query#query=${encodeURIComponent(query)}`;

KG.plainEditor = (box, first) => {
  const area = KG.el("textarea", { id: "editor", spellcheck: "false", rows: 12, "aria-label": "SPARQL" });
  const answer = KG.el("div", { class: "wide", "aria-live": "polite" });
  area.value = first;
  const run = async () => {
    answer.replaceChildren(KG.el("p", { class: "quiet" }, KG.t("asking")));
    try {
      const found = await fetch("/sparql", { method: "POST", body: area.value,
        headers: { "content-type": "application/sparql-query", accept: "application/sparql-results+json, text/turtle;q=0.9" } });
      if (!found.ok || !found.headers.get("content-type").includes("sparql-results")) { answer.replaceChildren(KG.el("pre", {}, await found.text())); return; }
      const { head, results, boolean } = await found.json();
      if (boolean !== undefined) { answer.replaceChildren(KG.el("p", {}, String(boolean))); return; }
      answer.replaceChildren(KG.el("p", {}, KG.t("rows-n", results.bindings.length)), KG.el("table", {}, KG.el("thead", {}, KG.el("tr", {}, ...head.vars.map((name) => KG.el("th", {}, name)))),
        KG.el("tbody", {}, ...results.bindings.slice(0, 1000).map((row) => KG.el("tr", {}, ...head.vars.map((name) => KG.el("td", {}, row[name] ? KG.name(row[name].value) : "")))))));
    } catch (error) { answer.replaceChildren(KG.failure(error)); }
  };
  area.addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run(); });
  box.append(area, KG.el("p", { class: "tools" }, KG.button(KG.t("ask"), run, { class: "main", id: "run" })), answer);
  return { get: () => area.value, set: (text) => { area.value = text; } };
};

KG.yasgui = (box, first, terms) => {
  const { Yasqe } = Yasgui;
  const long = (name) => { const [prefix, local] = name.split(":"); return KG.PREFIXES[prefix] + local; };
  const completer = (name, list, fits) => ({
    name, bulk: true, autoShow: false, persistenceId: null,
    isValidCompletionPosition: (yasqe) => fits(yasqe), get: () => Promise.resolve(list.map(long)),
    // Its own way asks for the prefix to be declared; here the usual ones are known without.
    preProcessToken: (yasqe, token) => {
      const [, prefix, local] = /^(\w*):(.*)$/.exec(token.string.trim()) ?? [];
      const start = prefix === undefined ? null : yasqe.getPrefixesFromQuery()[prefix] ?? KG.PREFIXES[prefix];
      token.autocompletionString = start ? start + local : token.string.trim().replace(/^</, "");
      return token;
    },
    postProcessSuggestion: (yasqe, token, text) => {
      const found = Object.entries(KG.PREFIXES).find(([, start]) => text.startsWith(start));
      return found ? `${found[0]}:${text.slice(found[1].length)}` : `<${text}>`;
    },
  });
  const theirs = Yasqe.Autocompleters;
  const own = [
    completer("kg-classes", terms.classes, (yasqe) => theirs.class.isValidCompletionPosition(yasqe)),
    completer("kg-properties", terms.properties, (yasqe) => theirs.property.isValidCompletionPosition(yasqe)),
  ];
  Yasqe.defaults.autocompleters = ["variables"];
  Yasqe.defaults.resizeable = false; // its handle writes a style sheet into the page, which the page forbids
  own.forEach((one) => Yasqe.registerAutocompleter(one));
  const editor = new Yasgui(box, {
    requestConfig: { endpoint: `${location.origin}/sparql`, method: "POST", acceptHeaderGraph: "text/turtle,*/*;q=0.8" },
    copyEndpointOnNewTab: true, populateFromUrl: false, persistenceId: "kg-sparql",
    endpointCatalogueOptions: { getData: () => [{ endpoint: `${location.origin}/sparql` }], keys: [] },
    yasqe: { value: first, createShareableLink: (yasqe) => KG.queryLink(yasqe.getValue()) },
  });
  // Things and documents in an answer lead to the pages here, not to their IRIs, which nobody may serve.
  box.addEventListener("click", (event) => {
    const href = event.target.closest("a[href]")?.getAttribute("href") ?? "";
    const id = href.startsWith(KG.PREFIXES.kgr) ? href.slice(KG.PREFIXES.kgr.length) : "";
    const path = /^d-\w+$/.test(id) ? `/documents/${id}` : /^(e|area)-[\w-]+$/.test(id) ? `/#focus=${id}` : "";
    if (!path) return;
    event.preventDefault();
    open(path, "_blank", "noopener");
  }, true);
  const yasqe = () => editor.getTab().getYasqe();
  return { get: () => yasqe().getValue(), set: (text) => yasqe().setValue(text), editor };
};

KG.openPage("page-query", async (main) => {
  const { about } = await KG.loadTypes();
  const terms = {
    classes: [...about.types.map(({ id }) => `kgo:${id}`), ...KG.CLASSES],
    properties: [...about.predicates.map(({ id }) => `kgo:${id}`), ...KG.PROPERTIES],
  };
  const box = KG.el("div", { id: "yasgui" });
  const wanted = KG.queryInAddress();
  const first = wanted ?? KG.withPrefixes(KG.EXAMPLES[0][1]);
  const examples = KG.el("select", { id: "examples", "aria-label": KG.t("examples"), on: { change: () => { if (examples.value) editor.set(KG.withPrefixes(KG.EXAMPLES[Number(examples.value)][1])); examples.value = ""; } } },
    KG.el("option", { value: "" }, KG.t("examples")), ...KG.EXAMPLES.map(([key], i) => KG.el("option", { value: i }, KG.t(key))));
  const kept = KG.el("select", { id: "kept", "aria-label": KG.t("kept"), on: { change: () => { const found = KG.saved()[Number(kept.value)]; if (kept.value && found) editor.set(found.query); kept.value = ""; } } });
  const listKept = () => kept.replaceChildren(KG.el("option", { value: "" }, KG.t("kept")), ...KG.saved().map(({ name }, i) => KG.el("option", { value: i }, name)));
  listKept();
  const name = KG.el("input", { id: "name", type: "text", placeholder: KG.t("query-name"), "aria-label": KG.t("query-name"), maxlength: 60 });
  const keep = KG.el("form", { class: "tools", on: { submit: (event) => {
    event.preventDefault();
    if (!name.value.trim()) { name.focus(); return; }
    const rest = KG.saved().filter((one) => one.name !== name.value.trim());
    KG.remember("queries", JSON.stringify([...rest, { name: name.value.trim(), query: editor.get() }].slice(-50)));
    name.value = "";
    listKept();
    KG.say(KG.t("query-kept"));
  } } }, name, KG.el("button", { type: "submit" }, KG.t("keep")), KG.button(KG.t("copy-link"), () => KG.copy(KG.queryLink(editor.get())), { id: "link" }));
  main.classList.add("sparql");
  main.append(KG.el("div", { class: "head" }, KG.el("h1", {}, KG.t("page-query")), KG.el("p", { class: "quiet" }, KG.t("query-about")), KG.el("div", { class: "tools" }, examples, kept, keep)), box);
  const editor = typeof Yasgui === "function" ? KG.yasgui(box, first, terms) : KG.plainEditor(box, first);
  box.querySelectorAll("textarea").forEach((area) => area.setAttribute("aria-label", KG.t("page-query")));
  if (wanted !== null) editor.set(wanted);
  KG.editor = editor;
  window.onhashchange = () => { const query = KG.queryInAddress(); if (query !== null) editor.set(query); };
});
