"use strict";
// A document with every thing and every fact marked in it. Offsets count code points of the whole document.
KG.reader = (reading, types, predicates, select) => {
  const characters = [...reading.text];
  const facts = [...reading.facts.map((fact) => ({ ...fact, figure: false })), ...reading.figures.map((figure) => ({ ...figure, figure: true }))];
  const borders = new Set([reading.start, reading.end]);
  const clip = (offset) => Math.min(Math.max(offset, reading.start), reading.end);
  const spans = [
    ...reading.mentions.map(([start, end, thing]) => ({ start, end, thing: reading.things[thing] })),
    ...facts.map((fact) => ({ start: fact.start, end: fact.end, fact })),
    ...reading.headings.map(([start, end]) => ({ start, end, heading: true })),
    ...reading.noise.map(([start, end]) => ({ start, end, noise: true })),
  ].filter(({ start, end }) => end > start);
  for (const { start, end } of spans) borders.add(clip(start)).add(clip(end));
  for (let i = 0; i < characters.length; i++) if (characters[i] === "\n" || characters[i] === "\t") borders.add(reading.start + i).add(reading.start + i + 1);

  const opening = new Map();
  for (const span of spans) {
    const at = clip(span.start);
    if (!opening.has(at)) opening.set(at, []);
    opening.get(at).push(span);
  }
  const text = KG.el("div", { class: "text", lang: "zh" });
  let paragraph = KG.el("p");
  let cell = paragraph; // where the next piece goes: the paragraph, or the cell of a row
  let grid = null; // the table that is being drawn: lines with tabs, one after the other
  const end = () => {
    if (paragraph.childNodes.length) {
      const row = cell !== paragraph;
      if (row && !grid) text.append(grid = KG.el("div", { class: "grid" }));
      if (!row) grid = null;
      (grid ?? text).append(paragraph);
    }
    cell = paragraph = KG.el("p");
  };
  // A tab ends a cell: what stands before the first is put into one of its own.
  const next = (tab) => {
    if (cell === paragraph) {
      cell = KG.el("span", { class: "cell" });
      cell.append(...paragraph.childNodes);
      paragraph.append(cell);
    }
    cell.append(tab);
    paragraph.append(cell = KG.el("span", { class: "cell" }));
  };
  const reached = new Set(); // facts to which a key leads: to each once, however many pieces its words are in
  const ordered = [...borders].sort((a, b) => a - b);
  let active = [];
  ordered.slice(0, -1).forEach((at, i) => {
    const until = ordered[i + 1];
    active = [...active.filter((span) => span.end > at), ...(opening.get(at) ?? [])];
    const piece = characters.slice(at - reading.start, until - reading.start).join("");
    if (piece === "\n") { end(); return; }
    if (piece === "\t") { next(KG.el("span", { "data-at": at }, piece)); return; }
    // A cell without a figure or a word is no evidence, though the stretch from the head of its row to a figure goes over it.
    const [before, after] = [characters[at - reading.start - 1] ?? "\n", characters[until - reading.start] ?? "\n"];
    const blank = (before === "\t" || after === "\t") && /[\t\n]/.test(before) && /[\t\n]/.test(after) && !/[\p{L}\p{N}]/u.test(piece);
    const mention = active.filter((span) => span.thing).sort((a, b) => (a.end - a.start) - (b.end - b.start))[0];
    const said = blank ? [] : active.filter((span) => span.fact).map(({ fact }) => fact.id);
    if (active.some((span) => span.heading)) paragraph.classList.add("heading");
    if (active.some((span) => span.noise)) paragraph.classList.add("noise");
    const classes = [said.length ? "said" : "", mention ? "named" : ""].filter(Boolean).join(" ");
    if (!classes) { cell.append(KG.el("span", { "data-at": at }, piece)); return; }
    const type = mention ? mention.thing.type : null;
    const stop = !mention && said.some((id) => !reached.has(id));
    for (const id of said) reached.add(id);
    // A plain click tells what is said here; the panel then leads to the graph. With a key held, the link is followed.
    const tell = (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      select({ thing: mention?.thing ?? null, facts: said, at });
    };
    const mark = KG.el(mention ? "a" : "span", {
      class: classes, role: stop ? "button" : null, tabindex: stop ? 0 : null, "data-at": at, "data-facts": said.join(" ") || null, "data-type": type,
      href: mention ? `/#focus=${encodeURIComponent(mention.thing.id)}` : null,
      title: mention ? `${KG.oneLine(mention.thing.label)} · ${KG.label(types.get(type))}` : null,
      on: { click: tell, ...(stop ? { keydown: (event) => { if (event.key === "Enter" || event.key === " ") tell(event); } } : {}) },
    }, piece);
    if (mention) mark.style.setProperty("--mark-colour", KG.colourOf(types.get(type)));
    cell.append(mark);
  });
  end();
  return { text, facts, predicates };
};

// As what the whole text was read: work report · 浙江省 (title) · 2024 – 2025.
const readAs = ({ read_as: { genre, areas, basis, period }, things }) => [
  KG.code("genre", genre),
  areas.length && `${areas.map((place) => KG.oneLine(things[place].label)).join("、")} (${KG.code("basis", basis)})`,
  period && KG.periodText(period),
].filter(Boolean).join(" · ");

KG.openPage("page-document", async (main) => {
  const id = decodeURIComponent(location.pathname.slice("/documents/".length));
  const { types, predicates } = await KG.loadTypes();
  const wanted = () => (/^#at=(\d+)-(\d+)$/.exec(location.hash) ?? []).slice(1).map(Number);
  const says = () => { try { return decodeURIComponent(/^#says=(.+)$/.exec(location.hash)?.[1] ?? ""); } catch { return ""; } }; // an address cut in the middle of a character has none
  const load = (from) => KG.ask(`/api/documents/${encodeURIComponent(id)}${KG.query({ from: from || null })}`);
  let reading = await load(0).catch((error) => {
    if (error.status !== 404) throw error;
    main.append(KG.el("p", {}, KG.el("a", { href: "/documents" }, "← ", KG.t("page-documents"))), KG.el("h1", {}, KG.t("page-missing")), KG.el("p", {}, KG.t("no-document")));
    return null;
  });
  if (!reading) return;
  const about = reading.document;
  document.title = KG.oneLine(about.title || about.path);

  const side = KG.el("aside", { class: "side", "aria-label": KG.t("panel"), tabindex: -1 });
  const body = KG.el("article", { class: "reading" });
  let records = [];

  const other = (thing) => KG.el("span", { class: "thing" }, KG.typeMark(types.get(thing.type)), KG.thingLink(thing));
  const factCard = (fact) => {
    const words = fact.figure
      ? [fact.subject ? other(fact.subject) : KG.t("nation"), " ", KG.name(fact.indicator), " ", KG.el("strong", {}, KG.figureText(fact)), fact.period ? ` (${KG.periodText(fact.period)})` : "", KG.base(fact)]
      : [other(fact.subject), KG.el("span", { class: "predicate" }, ` ${KG.label(predicates.get(fact.predicate))} → `),
        fact.object ? other(fact.object) : KG.el("strong", {}, KG.name(KG.code("status", fact.value))), fact.object && fact.value ? [" ", KG.name(fact.value, { class: "office" })] : ""];
    return KG.el("li", { "data-fact": fact.id }, KG.el("div", { class: "fact-head" }, KG.el("div", {}, ...words.flat().filter(Boolean)), KG.confidence(fact.confidence)), KG.responsible(fact, KG.thingLink),
      KG.el("p", { class: "tools" }, KG.button(KG.t("show-in-text"), () => go(fact.start, fact.end), { class: "link small" }),
        KG.button(KG.t("copy-link"), () => KG.copy(`${location.origin}${location.pathname}#at=${fact.start}-${fact.end}`), { class: "link small" }),
        KG.el("span", { class: "quiet small" }, KG.t("rule", ""), KG.name(fact.rule))), KG.clues(fact));
  };
  let opener = null; // where the keyboard was when the panel was asked for
  const close = () => {
    side.classList.remove("filled");
    overview();
    opener?.focus({ preventScroll: true });
  };
  const select = ({ thing, facts, at }) => {
    if (!side.contains(document.activeElement)) opener = document.activeElement;
    const own = records.filter((fact) => facts.includes(fact.id));
    const about = thing ? records.filter((fact) => !facts.includes(fact.id) && [fact.subject?.id, fact.object?.id].includes(thing.id)) : [];
    side.replaceChildren(...[
      thing ? KG.el("p", { class: "kind" }, KG.typeMark(types.get(thing.type)), KG.label(types.get(thing.type))) : null,
      thing ? KG.el("h2", {}, KG.name(thing.label)) : KG.el("h2", {}, KG.t("said-here")),
      thing ? KG.el("p", { class: "tools" }, KG.el("a", { class: "button main", id: "to-graph", href: `/#focus=${encodeURIComponent(thing.id)}` }, KG.t("in-graph"))) : null,
      own.length && thing ? KG.el("h3", {}, KG.t("said-here")) : null,
      own.length ? KG.el("ul", { class: "facts" }, ...own.map(factCard)) : null,
      about.length ? KG.el("h3", {}, KG.t("said-elsewhere")) : null,
      about.length ? KG.el("ul", { class: "facts" }, ...about.slice(0, 50).map(factCard)) : null,
      !own.length && !about.length ? KG.el("p", { class: "quiet" }, KG.t("only-named")) : null,
    ].filter(Boolean));
    side.prepend(KG.button("×", close, { class: "close", "aria-label": KG.t("close") }));
    side.classList.add("filled");
    body.querySelectorAll(".chosen").forEach((mark) => mark.classList.remove("chosen"));
    if (own.length) for (const mark of body.querySelectorAll("[data-facts]"))
      if (mark.dataset.facts.split(" ").some((one) => facts.includes(one))) mark.classList.add("chosen");
    if (at !== undefined) body.querySelector(`[data-at="${at}"]`)?.scrollIntoView({ block: "nearest" });
    side.focus({ preventScroll: true });
  };
  const overview = () => {
    const counts = new Map();
    for (const [, , thing] of reading.mentions) counts.set(thing, (counts.get(thing) ?? 0) + 1);
    const top = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 30);
    side.replaceChildren(KG.el("h2", {}, KG.t("in-document")), KG.el("p", { class: "quiet" }, KG.t("reader-hint")),
      KG.el("ul", { class: "legend" }, ...top.map(([place, n]) => KG.el("li", {}, KG.button(
        [KG.typeMark(types.get(reading.things[place].type)), KG.name(reading.things[place].label), KG.el("span", { class: "count" }, KG.number(n))],
        () => select({ thing: reading.things[place], facts: [] }), { class: "link row" })))));
  };
  const go = (start, end) => {
    history.replaceState(null, "", `#at=${start}-${end}`);
    const inside = [...body.querySelectorAll("[data-at]")].filter((mark) => Number(mark.dataset.at) < end && Number(mark.dataset.at) + [...mark.textContent].length > start);
    body.querySelectorAll(".chosen").forEach((mark) => mark.classList.remove("chosen"));
    inside.forEach((mark) => mark.classList.add("chosen"));
    inside[0]?.scrollIntoView({ block: "center" });
    return inside;
  };
  const draw = () => {
    const drawn = KG.reader(reading, types, predicates, select);
    records = records.concat(drawn.facts);
    body.append(drawn.text);
    if (reading.next === null) return;
    const next = KG.button(KG.t("read-on"), async () => { next.remove(); reading = await load(reading.next); draw(); }, { class: "more" });
    body.append(next);
  };

  main.classList.add("reader");
  main.append(KG.el("div", { class: "head" }, KG.el("p", {}, KG.el("a", { href: "/documents" }, "← ", KG.t("page-documents"))), KG.el("h1", {}, KG.name(about.title || about.path)),
    KG.el("p", { class: "quiet" }, [about.date && KG.oneLine(about.date), about.publisher && KG.oneLine(about.publisher), KG.oneLine(about.path), KG.t("facts-n", KG.number(about.facts)), KG.t("figures-n", KG.number(about.figures))].filter(Boolean).join(" · ")),
    KG.el("p", { class: "quiet read-as", title: KG.t("read-as-hint") }, KG.t("read-as", readAs(reading)))),
  KG.el("div", { class: "columns" }, body, side));
  draw();
  overview();
  const readOn = async () => { body.querySelector("button.more")?.remove(); reading = await load(reading.next); draw(); };
  // Where the words stand that the address quotes, [] if nowhere: tables of answers know a sentence, not its place.
  const placeOf = async (words) => {
    while (!reading.text.includes(words) && reading.next !== null) await readOn();
    const at = reading.text.indexOf(words);
    if (at < 0) { KG.say(KG.t("not-said")); return []; }
    const start = reading.start + [...reading.text.slice(0, at)].length;
    return [start, start + [...words].length];
  };
  const find = async () => {
    const [start, end] = says() ? await placeOf(says()) : wanted();
    if (start === undefined) return;
    while (start >= reading.end && reading.next !== null) await readOn();
    const marks = go(start, end);
    const facts = records.filter((fact) => fact.start < end && fact.end > start).map((fact) => fact.id);
    if (facts.length) select({ thing: null, facts });
    marks[0]?.scrollIntoView({ block: "center" });
  };
  await find();
  window.onhashchange = find;
  main.addEventListener("keydown", ({ key }) => { if (key === "Escape" && side.classList.contains("filled")) close(); });
});
