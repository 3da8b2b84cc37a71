"use strict";
// The figures of the whole graph as a table that is filtered by subject, indicator, kind, unit and period, with charts.
KG.openPage("page-figures", async (main) => {
  const { about, types } = await KG.loadTypes();
  const asked = new URLSearchParams(location.search);
  // The field is headed Subject, so that an address may say subject; the address then becomes the page's own.
  if (asked.get("subject") && !asked.get("area")) asked.set("area", asked.get("subject"));
  const [{ units, indicators }, latest] = await Promise.all([KG.ask("/api/indicators?limit=1"), KG.latestDay()]);
  const central = about.central.find(({ things }) => things.length)?.things[0].label ?? "";
  const text = (name, hint) => KG.el("input", { id: name, name, type: "text", value: asked.get(name) ?? "", placeholder: hint, maxlength: 200 });
  const choice = (name, options) => KG.choose({ id: name, name }, options, asked.get(name));
  let timer = null;
  const soon = () => { clearTimeout(timer); timer = setTimeout(again, 250); };
  const area = KG.suggestBox(text("area", central), KG.suggestThings(types, []), () => again());
  const indicator = KG.suggestBox(text("indicator", indicators[0]?.name ?? ""), async (words) => (await KG.ask(`/api/indicators${KG.query({ q: words, limit: 10 })}`)).indicators
    .map(({ name, figures }) => ({ value: name, show: [KG.name(name), KG.el("span", { class: "quiet end" }, KG.number(figures))] })), () => again());
  const kind = choice("kind", ["level", "growth", "share", "change", "rank", "target"].map((value) => [value, KG.code("kind", value)]));
  const unit = choice("unit", units.filter(({ name }) => name).map(({ name }) => [name, KG.oneLine(KG.code("unit", name) || name)]));
  const [since, until] = ["since", "until"].map((name) => KG.el("input", { id: name, name, type: "text", value: asked.get(name) ?? "", placeholder: latest.slice(0, 4), size: 10, pattern: "\\d{4}(-\\d\\d(-\\d\\d)?)?", title: "2021 · 2021-06 · 2021-06-28" }));
  const least = KG.el("input", { id: "min-confidence", name: "min-confidence", type: "number", min: 0, max: 1, step: "any", value: asked.get("min-confidence") ?? "", placeholder: "0.7" });
  const sort = KG.el("select", { id: "sort", name: "sort" }, ...["", "largest", "smallest", "latest", "surest"]
    .map((value) => KG.el("option", { value, selected: value === (asked.get("sort") ?? "") }, KG.t(`sort-${value || "indicator"}`))));
  const form = KG.el("form", { class: "form fields", autocomplete: "off", on: { submit: (event) => { event.preventDefault(); again(); }, input: soon, change: soon } },
    KG.field(KG.t("subject"), area), KG.field(KG.t("indicator"), indicator), KG.field(KG.t("kind"), kind), KG.field(KG.t("unit"), unit), KG.field(KG.t("since"), since), KG.field(KG.t("until"), until), KG.field(KG.t("min-confidence"), least), KG.field(KG.t("sort"), sort));
  const status = KG.el("p", { id: "rows", role: "status" });
  const picture = KG.el("div");
  const body = KG.recordBody();
  const more = KG.button(KG.t("more-rows"), () => add());
  const wide = KG.el("div", { class: "wide" }, KG.recordTable(["subject", "indicator", "kind", "value", "period", "confidence", "sentence", "file"].map((key) => KG.recordHead(KG.t(key))), body));
  const nothing = KG.el("p", { class: "note", hidden: true }, KG.t("no-match"), " ", KG.el("a", { href: "/figures" }, KG.t("reset")));
  const csv = KG.el("a", { class: "button", download: "figures.csv" }, "CSV");
  // One answer has at most so many rows: a longer table is asked for in pieces, so that the file never lacks its end unnoticed.
  const MOST = 1000;
  csv.addEventListener("click", async (event) => {
    if (total <= MOST) return;
    event.preventDefault();
    if (csv.getAttribute("aria-disabled")) return;
    csv.setAttribute("aria-disabled", "true");
    const values = Object.fromEntries(new FormData(form));
    try {
      const parts = [];
      for (let offset = 0; offset < total; offset += MOST) {
        const answer = await fetch(`/api/figures${KG.query({ ...values, limit: MOST, offset, format: "csv" })}`);
        if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
        const text = await answer.text(); // without its byte order mark
        parts.push(offset ? text.slice(text.indexOf("\r\n") + 2) : `\ufeff${text}`);
      }
      KG.save("figures.csv", new Blob(parts, { type: "text/csv;charset=utf-8" }));
    } catch (error) {
      status.replaceChildren(KG.failure(error));
    } finally {
      csv.removeAttribute("aria-disabled");
    }
  });
  let rows = [];
  let total = 0;
  let turn = 0;

  const row = (figure) => KG.recordRow([
    { key: "subject", show: figure.subject ? KG.thingLink(figure.subject) : KG.el("span", { class: "quiet" }, "–") },
    { key: "indicator", show: [KG.name(figure.indicator), KG.responsible(figure, KG.thingLink)] },
    { key: "kind", show: KG.code("kind", figure.kind) },
    { key: "value", class: "number", title: figure.value, show: KG.figureText(figure) },
    { key: "period", show: [figure.period ? KG.periodText(figure.period) : "–", KG.base(figure)] },
    { key: "confidence", show: KG.confidence(figure.confidence) },
    { key: "sentence", show: [figure.sentence ? KG.sentence(figure.sentence) : null, KG.clues(figure)] },
    { key: "file", show: figure.document
      // Titles are often alike: every year's report is 政府工作报告.
      ? [KG.documentLink(figure.document, figure.sentence), figure.document.date ? KG.el("span", { class: "quiet day" }, KG.oneLine(figure.document.date)) : null] : null },
  ].map((cell) => ({ label: KG.t(cell.key), ...cell })));
  const chart = () => {
    // One chart for what can be compared: the commonest indicator, kind and unit of what is shown.
    const groups = new Map();
    for (const figure of rows.filter(({ kind: own }) => own !== "rank")) { // of ranks the longest bar would be the worst
      const key = JSON.stringify([figure.indicator, figure.kind, figure.unit]);
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(figure);
    }
    // What tells most: many things, or many periods, that can be told apart.
    const telling = (group) => Math.max(...["subject", "period"].map((name) => new Set(group.map((figure) => figure[name]?.label ?? figure[name]).filter(Boolean)).size));
    const [key, group] = [...groups].map(([name, all]) => [name, all.filter(({ subject }) => subject)]).sort((a, b) => telling(b[1]) - telling(a[1]))[0] ?? [null, []];
    if (!key) return null;
    const [name, own, measure] = JSON.parse(key);
    const title = `${name} · ${KG.code("kind", own)}${KG.code("unit", measure) ? ` (${KG.code("unit", measure)})` : ""}`;
    const series = new Map();
    for (const figure of KG.alikeLong(group.filter(({ period }) => period), measure, ({ period }) => period)) {
      const label = figure.subject?.label ?? "–";
      if (!series.has(label)) series.set(label, []);
      series.get(label).push([Date.parse(KG.lastDay(figure.period)), Number(figure.value)]);
    }
    // Things are compared in one period: the one that most of them have.
    const { period, records } = KG.comparable(group, ({ subject }) => subject.label, (figure) => KG.periodText(figure.period));
    return KG.bestChart(title, period, [...series].map(([label, points]) => ({ name: label, points })),
      records.map((figure) => ({ label: figure.subject.label, value: Number(figure.value) })).sort((a, b) => b.value - a.value));
  };
  const add = async () => {
    const mine = ++turn;
    const values = Object.fromEntries(new FormData(form));
    try {
      const found = await KG.ask(`/api/figures${KG.query({ ...values, limit: 100, offset: rows.length })}`);
      if (mine !== turn) return;
      rows = rows.concat(found.figures);
      total = found.total;
      body.append(...found.figures.map(row));
      wide.hidden = csv.hidden = !rows.length;
      nothing.hidden = rows.length > 0;
      status.textContent = KG.t("figures-n", KG.number(found.total)) + (found.subjects?.length ? ` · ${found.subjects.map((thing) => KG.oneLine(thing.label)).join("、")}` : "");
      more.hidden = rows.length >= found.total;
      csv.href = `/api/figures${KG.query({ ...values, limit: MOST, format: "csv" })}`;
      picture.replaceChildren(...[chart()].filter(Boolean));
    } catch (error) {
      if (mine !== turn) return;
      status.replaceChildren(KG.failure(error));
      wide.hidden = csv.hidden = more.hidden = nothing.hidden = true;
      picture.replaceChildren();
    }
  };
  const again = () => {
    clearTimeout(timer);
    rows = [];
    body.replaceChildren();
    history.replaceState(null, "", `/figures${KG.query(Object.fromEntries(new FormData(form)))}`);
    return add();
  };
  main.append(KG.el("h1", {}, KG.t("page-figures")), form, status,
    KG.el("p", { class: "tools" }, csv, KG.button(KG.t("copy-link"), () => KG.copy(location.href))), picture, nothing, wide, more);
  await add();
});
