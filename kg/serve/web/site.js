"use strict";
// What all served pages share: the bar with the other pages, language, colours, asking the server.

// The answer to a request as data; an Error with the server's own sentence where there is none.
KG.ask = async (path, options = {}) => {
  const answer = await fetch(path, { headers: { accept: "application/json", ...options.headers }, ...options });
  if (answer.ok) return answer.json();
  const problem = await answer.json().catch(() => ({}));
  throw Object.assign(new Error(problem.title || `${answer.status} ${answer.statusText}`), { ...problem, status: answer.status });
};
KG.send = (path, body) =>
  KG.ask(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

// Parameters as a query string, without those that are empty.
KG.query = (values) => {
  const parts = new URLSearchParams();
  for (const [name, value] of Object.entries(values))
    for (const one of [value].flat()) if (one !== "" && one !== null && one !== undefined) parts.append(name, one);
  return parts.size ? `?${parts}` : "";
};

KG.PAGES = [["/", "page-explorer"], ["/documents", "page-documents"], ["/questions", "page-questions"], ["/figures", "page-figures"], ["/query", "page-query"]];

KG.loadWords = async () => {
  const [theirs, own] = await Promise.all([KG.ask("/assets/words.json"), KG.ask("/assets/site-words.json")]);
  KG.words = Object.fromEntries(KG.languages.map(([code]) => [code, { ...theirs[code], ...own[code] }]));
};

KG.setTheme = (choice) => {
  const dark = choice === "dark" || (choice !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
};

// The bar. `redraw` draws the page anew in another language; without it the page has choices of its own.
KG.bar = (redraw) => {
  const here = (path) => (path === "/" ? location.pathname === "/" : location.pathname.startsWith(path));
  const links = KG.PAGES.map(([path, key]) => KG.el("a", { href: path, "aria-current": here(path) ? "page" : null }, KG.t(key)));
  const choices = [];
  if (redraw) {
    const language = KG.el("select", { id: "language", "aria-label": KG.t("language"), on: { change: () => {
      KG.setLanguage(language.value);
      KG.remember("language", language.value);
      KG.bar(redraw);
      redraw();
      document.getElementById("language").focus();
    } } }, ...KG.languages.map(([code, name]) => KG.el("option", { value: code, lang: code, selected: code === KG.language }, name)));
    const to = KG.dark() ? "light" : "dark";
    const theme = KG.button(KG.dark() ? "☀" : "☾", () => {
      KG.remember("theme", to);
      KG.setTheme(to);
      KG.bar(redraw);
      redraw();
      document.getElementById("theme").focus();
    }, { id: "theme", class: "icon", "aria-label": KG.t(`to-${to}`), title: KG.t(`to-${to}`) });
    choices.push(language, theme);
  }
  const bar = document.getElementById("site");
  bar.setAttribute("aria-label", KG.t("pages"));
  bar.replaceChildren(KG.el("div", { class: "pages" }, ...links), KG.el("div", { class: "choices" }, ...choices));
};

// Starts a page that is no explorer: `draw(main)` fills it, now and again whenever language or colours change.
KG.openPage = async (titleKey, draw) => {
  await KG.loadWords();
  KG.setLanguage(KG.remember("language") || KG.preferredLanguage());
  KG.setTheme(KG.remember("theme"));
  const app = document.getElementById("app");
  const redraw = async () => {
    document.title = KG.t(titleKey);
    const main = KG.el("main", { id: "main", class: "sheet", tabindex: -1 });
    app.replaceChildren(main, KG.el("div", { id: "status", role: "status", "aria-live": "polite" }));
    try {
      await draw(main);
    } catch (error) {
      main.append(KG.failure(error));
    }
    document.documentElement.dataset.ready = "true";
  };
  KG.bar(redraw);
  await redraw();
};

// What went wrong, in the reader's language: the server says it in parts (docs/server.md), and in English for programs.
KG.failure = (error) => KG.el("p", { class: "note failure", role: "alert" }, KG.oneLine(KG.whatFailed(error)));
KG.whatFailed = (error) => {
  if (error.status === 404) return KG.t("error-404");
  if (error.fault) {
    const allowed = (error.allowed ?? []).map(KG.choiceName);
    const bounds = error.most === undefined ? "" : KG.t(error.measured === "length" ? "value-lengths" : "value-bounds", error.least ?? 0, error.most);
    const more = [allowed.length ? KG.t("value-allowed", allowed.join(KG.t("value-and"))) : bounds, error.near ? KG.t("value-near", error.near.join(KG.t("value-and"))) : ""];
    return [KG.t(`value-${error.fault}`, KG.parameterName(error.parameter), error.value ?? ""), ...more].filter(Boolean).join(" ");
  }
  const key = `failed-${error.kind}`;
  return KG.t(key) === key ? KG.t("failed", error.message) : KG.t(key, error.message);
};
KG.choiceName = (value) => ["status", "kind", "genre"].map((group) => KG.code(group, value)).find((text) => text !== value) ?? value;
KG.parameterName = (name) => (KG.t(`parameter-${name}`) === `parameter-${name}` ? name : KG.t(`parameter-${name}`));

KG.field = (label, control) => KG.el("label", { class: "field" }, KG.el("span", {}, label), control);

// A choice; what the address asks for and is none of the options stays chosen, so that the server says what there is.
KG.choose = (attributes, options, asked) => {
  const all = asked && !options.some(([value]) => value === asked) ? [...options, [asked, asked]] : options;
  return KG.el("select", attributes, KG.el("option", { value: "" }, KG.t("any")), ...all.map(([value, shown]) => KG.el("option", { value, selected: value === asked }, shown)));
};

// To the explorer and to the reader, wherever a thing or a document is named.
KG.thingLink = (thing) => KG.el("a", { href: `/#focus=${encodeURIComponent(thing.id)}` }, KG.name(thing.label));
KG.documentLink = (document, sentence) => {
  const at = sentence && sentence.to > sentence.from ? `#at=${sentence.start + sentence.from}-${sentence.start + sentence.to}` : "";
  return KG.el("a", { href: `/documents/${encodeURIComponent(document.id)}${at}` }, KG.name(document.title || document.path));
};
// The day of the newest document, as an example of a day; "" where none has one.
KG.latestDay = () => KG.ask("/api/documents?limit=1").then(({ documents }) => documents[0]?.date ?? "", () => "");
KG.loadTypes = async () => {
  const about = await KG.ask("/api/info");
  return { about, types: new Map(about.types.map((type) => [type.id, type])), predicates: new Map(about.predicates.map((one) => [one.id, one])) };
};

// A box with suggestions: `ask(text)` gives [{value, show}], `take(value)` is told what was chosen.
KG.suggestBox = (input, ask, take) => {
  const list = KG.el("ul", { class: "suggestions", role: "listbox", id: `${input.id}-list`, hidden: true });
  let found = [];
  let current = -1;
  const mark = (place) => {
    current = place;
    [...list.children].forEach((row, i) => row.setAttribute("aria-selected", String(i === place)));
    input.setAttribute("aria-activedescendant", place < 0 ? "" : `${input.id}-${place}`);
  };
  const close = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); };
  const choose = (place) => { if (found[place]) { input.value = found[place].value; close(); take(found[place].value); } };
  const open = async () => {
    const text = input.value;
    const answer = text.trim() ? await ask(text.trim()).catch(() => []) : [];
    if (text !== input.value || document.activeElement !== input) return;
    found = answer;
    list.replaceChildren(...found.map(({ show }, i) => KG.el("li", { id: `${input.id}-${i}`, role: "option", "aria-selected": "false",
      on: { mousedown: (event) => { event.preventDefault(); choose(i); } } }, ...[show].flat())));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark(-1);
  };
  for (const [name, value] of Object.entries({ role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id }))
    input.setAttribute(name, value);
  input.addEventListener("input", open);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return; // an input method is choosing characters: its keys are not ours
    if (event.key === "ArrowDown" || event.key === "ArrowUp") mark((current + (event.key === "ArrowDown" ? 1 : -1) + found.length) % found.length);
    else if (event.key === "Enter" && current >= 0) choose(current);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  return KG.el("span", { class: "suggest" }, input, list);
};
KG.suggestThings = (types, kinds) => async (text) => {
  const answers = await Promise.all((kinds.length ? kinds : [""]).map((type) => KG.ask(`/api/search${KG.query({ q: text, limit: 8, type })}`)));
  return answers.flatMap(({ results }) => results).map(({ thing, name }) => ({ value: thing.label,
    show: [KG.typeMark(types.get(thing.type)), KG.name(thing.label), name ? KG.el("span", { class: "quiet" }, "= ", KG.name(name)) : "",
      KG.el("span", { class: "quiet end" }, KG.label(types.get(thing.type)))] }));
};

KG.PREFIXES = {
  kgo: "https://w3id.org/kgo/ns#", kgr: "https://w3id.org/kgo/id/", rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
  rdfs: "http://www.w3.org/2000/01/rdf-schema#", skos: "http://www.w3.org/2004/02/skos/core#", prov: "http://www.w3.org/ns/prov#",
  dcterms: "http://purl.org/dc/terms/", qb: "http://purl.org/linked-data/cube#", xsd: "http://www.w3.org/2001/XMLSchema#",
};
// With the prefixes declared that it uses: the server knows them, but other endpoints, and the editor's check, do not.
KG.withPrefixes = (query) => {
  const used = Object.entries(KG.PREFIXES).filter(([name]) => new RegExp(`(^|[^\\w:])${name}:`).test(query) && !new RegExp(`prefix\\s+${name}:`, "i").test(query));
  return used.map(([name, start]) => `PREFIX ${name}: <${start}>\n`).join("") + query;
};
