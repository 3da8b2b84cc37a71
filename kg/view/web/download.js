"use strict";
// What is shown, as files: picture (PNG, SVG), graph (Turtle), tables (CSV); as tables also what the page holds beyond that.
KG.save = (name, blob) => {
  const address = URL.createObjectURL(blob);
  const link = KG.el("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
};

// A spreadsheet runs a cell that begins like a formula: such text gets an apostrophe before it. Numbers stay numbers.
KG.csvCell = (value) => {
  if (typeof value === "number") return String(value);
  const guarded = /^[\s\u0000-\u001f]*[=+\-@\t\r＝＋－＠]/u.test(value) ? "'" + value : value;
  return /[",\n\r]/.test(guarded) ? `"${guarded.replace(/"/g, '""')}"` : guarded;
};

// The mark at the beginning tells spreadsheets that this is UTF-8.
const csvText = (rows) => "\ufeff" + rows.map((row) => row.map(KG.csvCell).join(",")).join("\r\n") + "\r\n";
const placeOf = ({ sentence }) => (sentence && sentence.to > sentence.from ? [sentence.start + sentence.from, sentence.start + sentence.to] : ["", ""]);

// The columns that the tables of `kg export -f csv` have too are called as there.
KG.figuresCsv = (figures) => csvText([
  ["id", "subject", "subject_id", "subject_type", "indicator", "indicator_as_written", "kind", "bound", "value", "unit", "period", "base", "within", "responsible", "as_written", "confidence", "rule", "sentence", "document", "title", "start", "end"],
  ...figures.map((figure) => [figure.id, figure.subject.label, figure.subject.id, figure.subject.type, figure.indicator, figure.written, figure.kind, figure.bound, Number.isFinite(Number(figure.value)) ? Number(figure.value) : figure.value, figure.unit, figure.period, figure.base, figure.scope,
    figure.responsible.map(({ label }) => label).join("、"), figure.quoted, figure.confidence, figure.rule, figure.sentence?.text ?? "", figure.document?.path ?? "", figure.document?.title ?? "", ...placeOf(figure)])]);

KG.csv = (app, facts) => {
  const head = ["id", "subject", "subject_id", "subject_type", "predicate", "object", "object_id", "object_type", "value", "date", "confidence", "rule",
    "quote", "sentence", "document", "title", "start", "end"];
  const rows = facts.map((fact) => [fact.id, fact.subject.label, fact.subject.id, fact.subject.type, fact.predicate, fact.object?.label ?? fact.value, fact.object?.id ?? "", fact.object?.type ?? "", fact.object ? fact.value : "",
      fact.date, fact.confidence, fact.rule, KG.quoteOf(fact), fact.sentence?.text ?? "", fact.document?.path ?? "", fact.document?.title ?? "", ...placeOf(fact)]);
  return csvText([head, ...rows]);
};

// The whole shown part as SVG, drawn anew from places and looks (the canvas only knows pixels).
KG.picture = (app) => {
  const { things, links } = app.visible;
  const colours = KG.colours();
  const at = (id) => app.places.get(id);
  const xs = things.map((thing) => at(thing.id).x);
  const ys = things.map((thing) => at(thing.id).y);
  const least = (list) => list.reduce((a, b) => Math.min(a, b), Infinity);
  const most = (list) => list.reduce((a, b) => Math.max(a, b), -Infinity);
  const [left, top] = [least(xs) - 130, least(ys) - 60];
  const [width, height] = [most(xs) + 130 - left, most(ys) + 70 - top];
  const bends = KG.bends(links);
  const thingOf = new Map(things.map((thing) => [thing.id, thing]));
  const ends = new Map();
  const sizeOf = (thing) => KG.thingSize(thing, app.largest);
  const lines = links.map((link) => {
    const [a, b] = [at(link.from), at(link.to)];
    const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
    const bend = bends.get(link.id) * length;
    const middle = { x: (a.x + b.x) / 2 - ((b.y - a.y) / length) * bend, y: (a.y + b.y) / 2 + ((b.x - a.x) / length) * bend };
    ends.set(link.id, [a, middle, b]);
    const size = sizeOf(thingOf.get(link.to)) + 3;
    const last = Math.hypot(b.x - middle.x, b.y - middle.y) || 1;
    const end = { x: b.x - ((b.x - middle.x) / last) * size, y: b.y - ((b.y - middle.y) / last) * size };
    return KG.svg("path", { d: `M${a.x} ${a.y}Q${middle.x} ${middle.y} ${end.x} ${end.y}`, fill: "none", stroke: colours.line,
      "stroke-width": Math.min(4, 1 + 0.5 * Math.log2(link.facts.length)), "marker-end": "url(#arrow)" });
  });
  const marks = things.map((thing) => {
    const { x, y } = at(thing.id);
    return KG.svg("g", {}, KG.svg("title", {}, KG.oneLine(thing.label)),
      KG.svg("path", { d: KG.shapePath(app.types.get(thing.type).shape, sizeOf(thing)), transform: `translate(${x} ${y})`,
        fill: KG.colourOf(app.types.get(thing.type)), stroke: colours.paper, "stroke-width": 1.5 }));
  });
  // Every name of a thing, and those of links that find room.
  const pointAt = (link) => (share) => {
    const [a, m, b] = ends.get(link.id);
    const [u, v, w] = [(1 - share) ** 2, 2 * share * (1 - share), share ** 2];
    return { x: u * a.x + v * m.x + w * b.x, y: u * a.y + v * m.y + w * b.y };
  };
  const ranked = [...things].sort((a, b) => b.degree - a.degree);
  const short = KG.shortenApart(ranked.map(({ label }) => label));
  const items = ranked.map((thing, i) => ({ text: short[i], must: true,
    spots: KG.spotsOfThing(at(thing.id).x, at(thing.id).y, sizeOf(thing)), colour: colours.text, size: KG.NAME_SIZE }));
  if (links.length <= 250)
    items.push(...links.map((link) => ({ text: KG.label(app.predicates.get(link.predicate)), spots: KG.spotsOfLink(pointAt(link), false), colour: colours.soft, size: 10 })));
  const shapes = things.map((thing) => {
    const [{ x, y }, half] = [at(thing.id), sizeOf(thing)];
    return { left: x - half, right: x + half, top: y - half, bottom: y + half };
  });
  const names = KG.placeNames(items, shapes).map(({ item, x, y }) => KG.svg("text", { x, y: y + item.size * 0.36, "text-anchor": "middle",
    "font-size": item.size, fill: item.colour, stroke: colours.paper, "stroke-width": 3, "paint-order": "stroke", "stroke-linejoin": "round" }, item.text));
  const svg = KG.svg("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `${left} ${top} ${width} ${height}`, width, height,
    "font-family": "system-ui, 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif" },
  KG.svg("defs", {}, KG.svg("marker", { id: "arrow", viewBox: "0 0 10 10", refX: 9, refY: 5, markerWidth: 7, markerHeight: 7,
    markerUnits: "userSpaceOnUse", orient: "auto" }, KG.svg("path", { d: "M0 1L10 5L0 9z", fill: colours.line }))),
  KG.svg("rect", { x: left, y: top, width, height, fill: colours.paper }), ...lines, ...marks, ...names);
  return { text: new XMLSerializer().serializeToString(svg), width, height };
};

KG.pictureAsPng = async ({ text, width, height }) => {
  const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const scale = Math.min(2, 8000 / Math.max(width, height)); // browsers refuse larger canvases
    const canvas = KG.el("canvas", { width: Math.round(width * scale), height: Math.round(height * scale) });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  } finally {
    URL.revokeObjectURL(address);
  }
};

KG.downloads = (app) => {
  const plain = (words) => KG.oneLine(words).replace(/[\\/:*?"<>|\s]+/g, "-").slice(0, 60);
  const name = (ending) => `${plain(app.about.title || "graph") || "graph"}.${ending}`;
  const text = (content, type) => new Blob([content], { type: `${type};charset=utf-8` });
  const table = (ending, content) => KG.save(name(`${ending}csv`), text(content, "text/csv"));
  const facts = () => (app.state.view === "facts" ? app.listedFacts() : app.shownFacts());
  // What a file holds is said by its name and, where all is at hand, by how many rows it has.
  const ways = async () => {
    const pictures = [
      ["png", KG.t("download-png"), async () => KG.save(name("png"), await KG.pictureAsPng(KG.picture(app)))],
      ["svg", KG.t("download-svg"), () => KG.save(name("svg"), text(KG.picture(app).text, "image/svg+xml"))],
    ];
    const found = [
      ...(app.visible.things.length ? pictures : []), // of nothing there is no picture
      ["ttl", KG.t("download-ttl"), async () => KG.save(name("ttl"), text(KG.turtle(app.about, app.visible.things, await app.shownFacts(), []), "text/turtle"))],
    ];
    if (!app.source.everything) return [...found, ["csv", KG.t("download-csv"), async () => table("", KG.csv(app, await facts()))]];
    const chosen = app.visible.things.find(({ id }) => id === app.state.selected);
    const [shown, own, ofShown, whole] = [await facts(), chosen ? await app.figuresOf([chosen.id]) : [], await app.figuresOf(app.visible.things.map(({ id }) => id)), await app.wholePage()];
    const counted = (key, rows, ...values) => `${KG.t(key, ...values)} · ${KG.number(rows.length)}`;
    return [...found,
      ["csv", counted("download-csv", shown), () => table("", KG.csv(app, shown))],
      ["all-facts", counted("download-all-facts", whole.facts), () => table("all-facts.", KG.csv(app, whole.facts))],
      ...(own.length ? [["chosen-figures", counted("download-chosen-figures", own, KG.shorten(chosen.label)), () => table(`${plain(chosen.label)}.figures.`, KG.figuresCsv(own))]] : []),
      ["figures", counted("download-figures", ofShown), () => table("figures.", KG.figuresCsv(ofShown))],
      ["all-figures", counted("download-all-figures", whole.figures), () => table("all-figures.", KG.figuresCsv(whole.figures))]];
  };
  const sheet = KG.el("div", { class: "sheet" });
  const box = KG.el("details", { class: "menu", on: { toggle: async () => {
    if (!box.open) return sheet.replaceChildren(); // what is chosen and shown may be other then
    sheet.replaceChildren(...(await ways()).map(([way, label, save]) => KG.button(label, async () => {
      box.open = false;
      await save();
      KG.say(KG.t("saved"));
    }, { "data-way": way })));
  } } }, KG.el("summary", {}, KG.t("download")), sheet);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { box.open = false; box.firstChild.focus(); }
  });
  box.addEventListener("focusout", (event) => { if (!box.contains(event.relatedTarget)) box.open = false; });
  return box;
};
