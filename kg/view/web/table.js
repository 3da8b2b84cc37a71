"use strict";
// A table whose rows are cards on a narrow screen (page.css). Cards are no table to a browser, so the roles are said, and each
// cell carries the head of its column: `heads` are <th> elements, `cells` {key, label, show}, with further attributes.
KG.recordTable = (heads, body, caption = null) => KG.el("table", { class: "records", role: "table" }, caption && KG.el("caption", {}, ...[caption].flat()),
  KG.el("thead", { role: "rowgroup" }, KG.el("tr", { role: "row" }, ...heads)), body);
KG.recordHead = (content, properties = {}) => KG.el("th", { scope: "col", role: "columnheader", ...properties }, content);
KG.recordBody = () => KG.el("tbody", { role: "rowgroup" });
KG.recordRow = (cells) => KG.el("tr", { role: "row" }, ...cells.map(({ key, label, show, class: more, ...rest }) => {
  const content = [show].flat().filter((part) => part !== null && part !== undefined && part !== "");
  return KG.el("td", { role: "cell", class: [`col-${key}`, more].filter(Boolean).join(" "), "data-label": label, ...rest },
    content.length ? KG.el("div", {}, ...content) : null);
}));

// What is shown, as tables: facts and things. The way in for readers who do not see, or do not want, the picture.
KG.PAGE_ROWS = 200;

KG.tables = (app) => {
  const box = KG.el("div", { class: "tables", id: "tables", tabindex: -1 });
  const order = { facts: [3, -1], things: [2, -1] }; // the newest facts first, the most linked things first
  const link = (thing) => KG.button(KG.name(thing.label), () => app.select(thing.id, { moveFocus: true }), { class: "link" });
  const text = (key, get) => ({ key, get, show: get });

  const factColumns = [
    { key: "subject", get: (fact) => fact.subject.label, show: (fact) => link(fact.subject) },
    text("relation", (fact) => KG.label(app.predicates.get(fact.predicate))),
    // A thing, a value (how far a project is) or both (a person's office): seldom worth a column each.
    { key: "object", head: "object-or-value", get: (fact) => fact.object?.label ?? KG.code("status", fact.value), show: (fact) => [fact.object ? link(fact.object) : "",
      fact.value ? KG.el("div", fact.object ? { class: "office" } : {}, KG.name(KG.code("status", fact.value))) : ""] },
    text("date", (fact) => KG.oneLine(fact.date)),
    { key: "confidence", get: (fact) => fact.confidence, show: (fact) => fact.confidence.toFixed(2) },
    { key: "sentence", get: (fact) => fact.sentence?.text ?? "", show: (fact) => (fact.sentence ? KG.sentence(fact.sentence) : KG.el("span", { class: "quiet" }, KG.t(fact.basis === "authority" ? "from-authority" : "no-sentence"))) },
    { key: "file", get: (fact) => fact.document?.title || fact.document?.path || "", show: (fact) => (fact.document ? KG.name(fact.document.title || fact.document.path) : "") },
  ];
  const thingColumns = [
    { key: "name", get: (thing) => thing.label, show: (thing) => link(thing) },
    { key: "type", get: (thing) => KG.label(app.types.get(thing.type)), show: (thing) => [KG.typeMark(app.types.get(thing.type)), KG.label(app.types.get(thing.type))] },
    { key: "links", get: (thing) => thing.degree, show: (thing) => KG.number(thing.degree) },
    { key: "mentions", get: (thing) => thing.mentions, show: (thing) => KG.number(thing.mentions) },
    { key: "names", get: (thing) => thing.names.join(), show: (thing) => thing.names.flatMap((name, i) => [i ? " · " : "", KG.name(name)]) },
  ];

  // The table holds what the picture shows, which is seldom all, or what is chosen: it says so.
  const chosen = () => {
    const { selected, link } = app.state;
    const relation = app.visible.part.links.find(({ id }) => id === link);
    const ends = selected ? [selected] : relation ? [relation.from, relation.to] : [];
    return ends.map((id) => app.visible.part.things.find((thing) => thing.id === id)?.label).filter(Boolean).map(KG.oneLine).join(" – ");
  };
  // A server sends the first facts of a hub, and knows where all are listed.
  const ofChosen = (length) => {
    const rest = app.source.rest?.(app.state.selected);
    return [...(rest ? [KG.t("facts-of-chosen-first", KG.number(length), chosen(), KG.number(rest.total)), " ", KG.el("a", { href: rest.href }, KG.t("facts-all-of-it"))]
      : [KG.t("facts-of-chosen", KG.number(length), chosen())]), " · ", KG.button(KG.t("facts-of-all"), () => app.select(null), { class: "link" })];
  };
  const caption = (kind, { length }) => (kind === "facts" && chosen() ? ofChosen(length) : kind === "facts" && length < app.about.facts
    ? KG.t("facts-of", KG.number(length), KG.number(app.about.facts)) : KG.t(`${kind}-n`, KG.number(length)));
  const draw = (kind, columns, records) => {
    const [by, way] = order[kind];
    const collator = new Intl.Collator("zh");
    const compare = (a, b) => (typeof a === "number" ? a - b : collator.compare(a, b));
    const sorted = [...records].sort((a, b) => way * compare(columns[by].get(a), columns[by].get(b)));
    const heads = columns.map((column, i) => KG.recordHead(
      KG.button([KG.t(column.head ?? column.key), i === by ? (way > 0 ? " ▲" : " ▼") : ""].join(""), () => {
        order[kind] = [i, i === by ? -way : 1];
        draw(kind, columns, records);
        box.querySelectorAll("th button")[i].focus();
      }, { class: "link" }), { "aria-sort": i === by ? (way > 0 ? "ascending" : "descending") : null }));
    const body = KG.recordBody();
    let upTo = 0;
    const more = KG.button(KG.t("more-rows"), () => add(), { class: "more" });
    const add = () => {
      const next = sorted.slice(upTo, upTo + KG.PAGE_ROWS);
      body.append(...next.map((record) => KG.recordRow(columns.map((column) => ({ key: column.key, label: KG.t(column.head ?? column.key), show: column.show(record) })))));
      upTo += next.length;
      more.hidden = upTo >= sorted.length;
    };
    add();
    box.replaceChildren(KG.recordTable(heads, body, caption(kind, records)), more);
  };
  let turn = 0;
  return {
    box,
    render: async (visible) => {
      const mine = ++turn;
      const { view } = app.state;
      if (view === "things") draw("things", thingColumns, visible.things);
      if (view !== "facts") return;
      const facts = await app.listedFacts();
      if (mine === turn) draw("facts", factColumns, facts);
    },
  };
};
