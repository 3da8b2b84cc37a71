"use strict";
// The named questions: a list, and each as a form with its answer as table and chart.
KG.OTHER_TYPES = ["day", "date", "from", "to", "text", "number", "confidence", "count", "choice", "indicator"];

// Values for a form that this graph may have an answer to: the question's own example, then the most central things, the commonest
// indicators and the days that it knows.
KG.examplesOf = async (question, about) => {
  const asked = question.parameters.find(({ name }) => Object.hasOwn(question.example, name));
  if (!asked) return [];
  const list = (path, pick) => KG.ask(path).then(pick, () => []);
  const own = { indicator: () => list("/api/indicators?limit=4", ({ indicators }) => indicators.map(({ name }) => name)) };
  own.day = own.date = () => list("/api/questions/timeline?top=6", ({ rows }) => rows.map(({ date }) => String(date)).filter((date) => /^\d{4}-\d\d-\d\d$/.test(date)));
  const things = () => {
    const kinds = asked.type.split("|");
    const lists = about.central.filter(({ type }) => asked.type === "Entity" || kinds.includes(type)).map(({ things: some }) => some.map(({ label }) => label));
    return [0, 1, 2, 3, 4, 5].flatMap((i) => lists.map((some) => some[i]).filter(Boolean));
  };
  const values = KG.OTHER_TYPES.includes(asked.type) ? await (own[asked.type] ?? (() => []))() : things();
  return [...new Set(values)].map((value) => ({ [asked.name]: value }));
};

KG.openPage("page-questions", async (main) => {
  const id = location.pathname.startsWith("/questions/") ? decodeURIComponent(location.pathname.split("/").pop()) : null;
  const questions = await KG.ask("/api/questions");
  const title = (question) => question.titles[KG.language] ?? question.titles.en ?? question.id;
  if (!id) {
    const list = KG.el("div", { class: "questions" });
    const subjects = ["projects", "policies", "figures", "places", "events", "texts"];
    const groupOf = ({ about }) => (subjects.includes(about) ? about : "others");
    const card = (question) => KG.el("li", {}, KG.el("a", { href: `/questions/${question.id}` }, title(question)), KG.el("span", { class: "quiet small" }, question.id));
    const fits = (question) => {
      const words = filter.value.trim().toLowerCase();
      return !words || [question.id, ...Object.values(question.titles)].some((text) => text.toLowerCase().includes(words));
    };
    const filter = KG.el("input", { type: "search", id: "filter", placeholder: KG.t("questions-hint"), "aria-label": KG.t("questions-hint") });
    // By what they are about: a list in the order of ids, which are English, is in no order to its reader.
    const draw = () => list.replaceChildren(...[...subjects, "others"].flatMap((subject) => {
      const own = questions.filter((question) => groupOf(question) === subject && fits(question));
      return own.length ? [KG.el("h2", {}, KG.t(`about-${subject}`)), KG.el("ul", { class: "cards" }, ...own.map(card))] : [];
    }));
    filter.addEventListener("input", draw);
    main.append(KG.el("h1", {}, KG.t("page-questions")), KG.el("p", { class: "quiet" }, KG.t("questions-about")), KG.el("div", { class: "form" }, filter), list);
    draw();
    return;
  }
  const question = questions.find((one) => one.id === id);
  if (!question) { main.append(KG.el("h1", {}, KG.t("page-questions")), KG.el("p", { class: "note" }, KG.t("no-question"))); return; }
  document.title = title(question);
  const { about, types, predicates } = await KG.loadTypes();
  const [examples, latest] = await Promise.all([KG.examplesOf(question, about), KG.latestDay()]);
  const asked = new URLSearchParams(location.search);
  // An address may name a parameter as the command line does (min-confidence).
  const names = (parameter) => [parameter.name, parameter.name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)];
  const askedOf = (parameter) => names(parameter).map((name) => asked.get(name)).find(Boolean) ?? "";
  const foreign = [...asked.keys()].filter((name) => !question.parameters.some((parameter) => names(parameter).includes(name)));
  const kinds = (parameter) => (KG.OTHER_TYPES.includes(parameter.type) || parameter.type === "Entity" ? [] : parameter.type.split("|"));
  const control = (parameter) => {
    const value = askedOf(parameter);
    const name = { id: `p-${parameter.name}`, name: parameter.name };
    if (parameter.type === "choice")
      return KG.choose(name, parameter.choices.map((choice) => [choice, KG.choiceName(choice)]), value);
    const type = ["number", "confidence", "count"].includes(parameter.type) ? "number" : "text";
    const input = KG.el("input", { ...name, type, value, step: type === "number" && parameter.type !== "count" ? "any" : null, min: type === "number" ? 0 : null, max: parameter.type === "confidence" ? 1 : null, maxlength: 200, required: parameter.required,
      placeholder: examples[0]?.[parameter.name] ?? parameter.default ?? (["date", "from", "to"].includes(parameter.type) ? latest : "") });
    if (parameter.type === "indicator")
      return KG.suggestBox(input, async (text) => (await KG.ask(`/api/indicators${KG.query({ q: text, limit: 10 })}`)).indicators.map(({ name: found, figures }) => ({ value: found, show: [KG.name(found), KG.el("span", { class: "quiet end" }, KG.number(figures))] })), () => {});
    return KG.OTHER_TYPES.includes(parameter.type) ? input : KG.suggestBox(input, KG.suggestThings(types, kinds(parameter).filter((kind) => types.has(kind))), () => {});
  };
  const label = ({ name, required }) => `${KG.parameterName(name)}${required ? " *" : ""}`;
  const form = KG.el("form", { class: "form fields", autocomplete: "off", on: { submit: (event) => { event.preventDefault(); foreign.length = 0; run("pushState"); } } },
    ...question.parameters.map((parameter) => KG.field(label(parameter), control(parameter))),
    KG.el("div", { class: "tools" }, KG.el("button", { type: "submit", class: "main" }, KG.t("ask")),
      Object.keys(question.example).length ? KG.button(KG.t("example"), () => showExample(), { id: "example" }) : null));
  const answer = KG.el("section", { id: "answer", "aria-live": "polite" });
  const values = () => Object.fromEntries(new FormData(form));
  let turn = 0;
  // `way`: what is asked by hand is a step to which the browser's Back leads.
  const run = async (way = "replaceState") => {
    const mine = ++turn;
    const query = KG.query(values());
    const address = `/questions/${id}${query}`;
    if (!foreign.length && address !== location.pathname + location.search) history[way](null, "", address);
    answer.replaceChildren(KG.el("p", { class: "quiet" }, KG.t("asking")));
    try {
      const found = await KG.ask(`/api/questions/${id}${query}`);
      if (mine === turn) show(found, query);
    } catch (error) {
      if (mine === turn) answer.replaceChildren(KG.failure(error));
    }
  };
  // The first example that has an answer here.
  const showExample = async () => {
    const mine = ++turn;
    answer.replaceChildren(KG.el("p", { class: "quiet" }, KG.t("asking")));
    let chosen = null;
    for (const example of [question.example, ...examples].slice(0, 12)) {
      const found = await KG.ask(`/api/questions/${id}${KG.query(example)}`).catch(() => null);
      if (mine !== turn) return;
      if (found && (found.rows.length || !chosen)) chosen = example;
      if (found?.rows.length) break;
    }
    form.reset();
    for (const input of form.querySelectorAll("input, select")) input.value = "";
    for (const [name, value] of Object.entries(chosen ?? {})) form.elements.namedItem(name).value = value;
    if (chosen) await run("pushState");
    else answer.replaceChildren(KG.el("p", { class: "note" }, KG.t("no-example")));
  };
  const cell = (row, column) => {
    const value = row[column];
    const iri = row[`${column}_iri`];
    if (value === null || value === undefined) return "";
    const thing = /^https:\/\/w3id\.org\/kgo\/id\/((?:e|area)-[\w-]+)$/.exec(iri ?? "");
    if (thing) return KG.el("a", { href: `/#focus=${thing[1]}` }, KG.name(String(value)));
    const document = /^https:\/\/w3id\.org\/kgo\/id\/(d-\w+)$/.exec(iri ?? "");
    if (document) return KG.el("a", { href: `/documents/${document[1]}` }, KG.name(String(value)));
    if (/^source|Source$/.test(column)) {
      const sentence = row[column === "source" ? "sentence" : column.replace("Source", "Sentence")];
      return KG.el("a", { href: `/documents/${encodeURIComponent(value)}${sentence ? `#says=${encodeURIComponent(sentence)}` : ""}` }, KG.name(String(value)));
    }
    const term = /^https:\/\/w3id\.org\/kgo\/ns#(\w+)$/.exec(iri ?? "")?.[1];
    if (predicates.has(term) || types.has(term)) return KG.label(predicates.get(term) ?? types.get(term));
    if (/^\d{4}-\d\d-\d\d\/\d{4}-\d\d-\d\d$/.test(value)) return KG.periodText(value);
    if (typeof value === "number") return KG.shortNumber(value);
    if (column === "base") return KG.told("base", String(value)) || KG.name(String(value));
    if (column === "unit") return KG.name(KG.code("unit", String(value)) || String(value));
    if (["outcome", "bound", "aspect", "genre", "basis", "dateBasis"].includes(column)) return KG.name(KG.code(column, String(value)));
    return KG.name(KG.code("status", KG.code("kind", String(value))));
  };
  const chart = ({ columns, rows: found, parameters }) => {
    const all = found.filter(({ within, kind }) => within === undefined && kind !== "rank"); // of ranks the longest bar would be the worst
    // Amounts of what is not said are no chart: of each body the targets that it answers for.
    if (!all.length || (columns.includes("unit") && !columns.includes("indicator"))) return null;
    // Amounts of different kinds or in different units are no chart, nor of many things those of different indicators: what
    // most rows have is drawn.
    const many = ["area", "subject"].some((column) => new Set(all.map((row) => row[column])).size > 1);
    const sort = (row) => JSON.stringify([row.kind ?? "", row.unit ?? "", many ? row.indicator ?? "" : ""]);
    const sorts = new Map();
    for (const row of all) sorts.set(sort(row), (sorts.get(sort(row)) ?? 0) + 1);
    const chosen = [...sorts].sort((a, b) => b[1] - a[1])[0]?.[0];
    const rows = all.filter((row) => sort(row) === chosen);
    const [kind, unit, indicator] = JSON.parse(chosen);
    const about = Object.values(parameters).flat().map(({ name }) => KG.oneLine(name)).filter((name) => name !== indicator);
    const heading = [title(question), ...about, indicator, KG.code("kind", kind), KG.code("unit", unit)].filter(Boolean).join(" · ");
    const value = columns.find((column) => rows.length > 1 && rows.every((row) => row[column] === null || typeof row[column] === "number") && rows.some((row) => typeof row[column] === "number") && !/confidence/i.test(column));
    if (!value) return null;
    const period = columns.find((column) => /period|date|year/i.test(column) && rows.every((row) => !row[column] || /^\d{4}/.test(row[column])));
    const name = columns.find((column) => column !== value && column !== period && rows.every((row) => typeof row[column] === "string" || row[column] === null));
    // What differs names a line: of one place not its name before every indicator.
    const parts = ["area", "subject", "indicator"].filter((part) => new Set(rows.map((row) => row[part])).size > 1);
    const series = new Map();
    const results = new Map(); // beside targets
    const dated = period ? rows.filter((row) => row[period]) : [];
    for (const row of unit ? KG.alikeLong(dated, unit, (one) => String(one[period])) : dated) {
      const key = (parts.length ? parts : ["area", "subject", "indicator"]).map((part) => row[part]).filter(Boolean).join(" ") || String(row[name] ?? value);
      if (!series.has(key)) [series, results].forEach((map) => map.set(key, []));
      const day = Date.parse(KG.lastDay(String(row[period])));
      series.get(key).push([day, row[value]]);
      if (value === "target" && typeof row.result === "number") results.get(key).push([day, row.result]);
    }
    const drawn = [...series].flatMap(([own, points]) => {
      const came = results.get(own);
      return came.length > 1 ? [{ name: own, points: came, of: own }, { name: own, points, of: own, aimed: true }] : [{ name: own, points, of: own, aimed: value === "target" }];
    }).sort((a, b) => results.get(b.of).length - results.get(a.of).length);
    for (const one of drawn) if (one.aimed) one.aim = drawn.findIndex(({ of }) => of === one.of);
    const { period: when, records } = KG.comparable(name ? rows : [], (row) => row[name], (row) => (period && row[period] ? KG.periodText(String(row[period])) : ""));
    const dashes = drawn.some(({ aimed }) => aimed) ? ` (— ${KG.t("column-result")}  ┄ ${KG.t("column-target")})` : "";
    return KG.bestChart(heading, when, drawn,
      records.map((row) => ({ label: String(row[name] ?? ""), value: row[value] })).sort((a, b) => b.value - a.value), dashes);
  };
  const show = (found, query) => {
    const understood = Object.values(found.parameters).flat();
    const more = KG.button(KG.t("more-rows"), () => add());
    const body = KG.recordBody();
    const heading = (column) => { const key = `column-${column}`; return KG.t(key) === key ? column : KG.t(key); };
    let upTo = 0;
    const add = () => {
      body.append(...found.rows.slice(upTo, upTo + 200).map((row) => KG.recordRow(found.columns.map((column) => ({ key: column, label: heading(column), show: cell(row, column),
        ...(typeof row[column] === "number" ? { class: "number", title: row[column] } : {}) })))));
      upTo += 200;
      more.hidden = upTo >= found.rows.length;
    };
    add();
    // As many rows as were asked for: there may be more.
    const top = question.parameters.find(({ type }) => type === "count");
    const cut = top && found.rows.length >= Number(values()[top.name] || top.default);
    // Where else to look for what was asked about: figures of an indicator, facts of a thing.
    const elsewhere = (thing) => (thing.type === "Indicator" ? KG.el("a", { href: `/figures${KG.query({ indicator: thing.name })}` }, KG.t("figures-of-it", KG.oneLine(thing.name)))
      : KG.el("a", { href: `/#focus=${encodeURIComponent(thing.iri.split("/").pop())}` }, KG.t("see-in-graph", KG.oneLine(thing.name))));
    const csv = query ? `${query}&format=csv` : "?format=csv";
    answer.replaceChildren(...[
      understood.length ? KG.el("p", { class: "quiet" }, KG.t("understood"), ...understood.flatMap((thing, i) => [i ? " · " : " ", KG.name(thing.name), thing.type ? ` (${types.has(thing.type) ? KG.label(types.get(thing.type)) : thing.type === "Indicator" ? KG.t("indicator") : thing.type})` : ""])) : null,
      foreign.length ? KG.el("p", { class: "note" }, KG.t("no-parameter", foreign.map(KG.oneLine).join(KG.t("value-and")))) : null,
      KG.el("p", { id: "rows" }, KG.t(cut ? "rows-cut" : found.rows.length ? "rows-n" : "rows-none", KG.number(found.rows.length), KG.parameterName("top"))),
      found.rows.length ? null : KG.el("ul", {}, ...understood.slice(0, 5).map((thing) => KG.el("li", {}, elsewhere(thing)))),
      KG.el("p", { class: "tools" }, KG.el("a", { class: "button", href: `/api/questions/${id}${csv}`, download: "" }, "CSV"),
        KG.el("a", { class: "button", id: "as-sparql", href: `/query#query=${encodeURIComponent(KG.withPrefixes(found.sparql))}` }, KG.t("as-sparql")), KG.button(KG.t("copy-link"), () => KG.copy(location.href))),
      found.rows.length ? chart(found) : null,
      found.rows.length ? KG.el("div", { class: "wide" }, KG.recordTable(found.columns.map((column) => KG.recordHead(heading(column))), body)) : null,
      more,
    ].filter(Boolean));
  };
  main.append(KG.el("p", {}, KG.el("a", { href: "/questions" }, "← ", KG.t("page-questions"))), KG.el("h1", {}, title(question)), form, answer);
  // An address that gives some parameter asks; what is missing then, the answer says.
  const asks = () => question.parameters.every((parameter) => !parameter.required) || Object.values(values()).some(Boolean);
  window.onpopstate = () => {
    const back = new URLSearchParams(location.search);
    for (const { name } of question.parameters) form.elements.namedItem(name).value = back.get(name) ?? "";
    if (asks()) run();
    else answer.replaceChildren();
  };
  if (asks()) await run();
});
