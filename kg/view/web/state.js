"use strict";
// What the reader has chosen, what follows from it, and its form in the address, so that a link restores a view.
KG.EXPAND = 24; // neighbours that one step of expanding brings

KG.newState = () => ({
  base: { kind: "start" }, // or {kind: "only", id} or {kind: "all", n}
  extra: [], // things fetched by search or from the panel
  open: new Map(), // expanded thing → how many neighbours
  selected: null, // id of a thing
  link: null, // id of a link
  hiddenTypes: new Set(), hiddenPredicates: new Set(),
  since: "", until: "", least: 0,
  view: "graph",
});

KG.firstDay = (date) => {
  const start = date.split("/")[0];
  return start.length === 4 ? `${start}-01-01` : start.length === 7 ? `${start}-01` : start.slice(0, 10);
};
KG.lastDay = (date) => {
  const end = date.split("/").pop();
  if (end.length === 7) return `${end}-${new Date(Date.UTC(Number(end.slice(0, 4)), Number(end.slice(5, 7)), 0)).getUTCDate()}`; // no 31st of June: Firefox takes it for no date
  return end.length === 4 ? `${end}-12-31` : end.slice(0, 10);
};

const passes = (state, confidence, date) => {
  if (confidence < state.least) return false;
  if (!state.since && !state.until) return true;
  if (!date) return false;
  return (!state.since || KG.lastDay(date) >= KG.firstDay(state.since)) &&
    (!state.until || KG.firstDay(date) <= KG.lastDay(state.until));
};
KG.factPasses = (state, fact) => passes(state, fact.confidence, fact.date);
// A figure is of its period, else, as a fact is, of the day of the document that tells it.
KG.figurePasses = (state, figure) => passes(state, figure.confidence, figure.period || figure.document?.date);

// Of a loaded part, what the filters leave. A filter on facts also hides the things that it leaves alone.
KG.visible = (state, part) => {
  const typeOf = new Map(part.things.map((thing) => [thing.id, thing.type]));
  const shows = (id) => !state.hiddenTypes.has(typeOf.get(id));
  const links = part.links.filter((link) =>
    !state.hiddenPredicates.has(link.predicate) && shows(link.from) && shows(link.to) &&
    link.facts.some((fact) => KG.factPasses(state, fact)));
  const linked = new Set(links.flatMap((link) => [link.from, link.to]));
  const strict = Boolean(state.since || state.until || state.least > 0 || state.hiddenPredicates.size);
  const things = part.things.filter((thing) =>
    shows(thing.id) && (!strict || linked.has(thing.id) || thing.id === state.selected));
  return { things, links, part };
};

// What the picture is made from, with places for the screen at hand: [{id, x, y}].
KG.PER_THING = 10000; // pixels of the screen that a thing and its name take in a picture that can be read
KG.basis = async (base, source, room) => {
  if (base.kind === "only") return [{ id: base.id, x: 0, y: 0 }];
  const spots = base.kind === "all" ? await source.ranked(base.n) : await source.start();
  if (spots.length > KG.MANY) return room.height > room.width * 1.15 ? spots.map(({ id, x, y }) => ({ id, x: -y, y: x })) : spots;
  const { things, links } = await source.part(spots.map(({ id }) => id));
  // A page about one thing shows all of its surroundings; any other can begin with less where there is less room.
  const few = base.kind === "start" && !source.about.focus;
  const kept = new Set(KG.fewer(spots.map(({ id }) => id), links, few ? Math.max(12, (room.width * room.height) / KG.PER_THING) : Infinity));
  const names = KG.shortenApart(things.map(({ label }) => label));
  const half = new Map(things.map(({ id }, i) => [id, KG.nameHalf(names[i])]));
  return KG.arranged(spots.filter(({ id }) => kept.has(id)), links, (id) => half.get(id) ?? 0, room);
};

// The ids shown: the base, what was fetched, and the neighbours of what was expanded. In a fixed order.
KG.shownIds = async (state, source, first) => {
  const base = state.base.kind === "only" ? [state.base.id, ...(await source.neighbours(state.base.id, 60))] : first;
  const shown = new Set(base);
  const groups = [{ anchor: null, ids: base }];
  const bring = (anchor, ids) => {
    const fresh = ids.filter((id) => !shown.has(id));
    fresh.forEach((id) => shown.add(id));
    groups.push({ anchor, ids: fresh });
  };
  for (const id of state.extra) {
    const near = shown.has(id) ? [] : (await source.neighbours(id, 200)).filter((other) => shown.has(other));
    bring(near[0] ?? null, [id]);
  }
  for (const [id, n] of state.open) if (shown.has(id)) bring(id, await source.neighbours(id, n));
  return { ids: [...shown], groups };
};

KG.stateToHash = (state) => {
  const parts = new URLSearchParams();
  if (state.selected) parts.set("focus", state.selected);
  if (state.link) parts.set("link", state.link);
  if (state.base.kind === "only") parts.set("only", state.base.id);
  if (state.base.kind === "all") parts.set("all", state.base.n);
  if (state.extra.length) parts.set("add", state.extra.join(","));
  if (state.open.size) parts.set("open", [...state.open].map(([id, n]) => (n === KG.EXPAND ? id : `${id}~${n}`)).join(","));
  if (state.hiddenTypes.size) parts.set("hide", [...state.hiddenTypes].sort().join(","));
  if (state.hiddenPredicates.size) parts.set("without", [...state.hiddenPredicates].sort().join(","));
  if (state.since) parts.set("since", state.since);
  if (state.until) parts.set("until", state.until);
  if (state.least > 0) parts.set("min", state.least);
  if (state.view !== "graph") parts.set("view", state.view);
  if (KG.languageChosen) parts.set("lang", KG.language);
  // Commas and tildes may stand in a fragment as they are, which keeps links readable.
  return parts.toString().replace(/%2C/g, ",").replace(/%7E/g, "~");
};

KG.hashToState = (hash) => {
  const parts = new URLSearchParams(hash.replace(/^#/, ""));
  const state = KG.newState();
  const list = (key) => (parts.get(key) || "").split(",").filter(Boolean);
  const date = (key) => (/^\d{4}(-\d\d(-\d\d)?)?$/.test(parts.get(key) || "") ? parts.get(key) : "");
  state.wanted = parts.get("focus") || "";
  state.link = state.wanted ? null : parts.get("link");
  if (parts.get("only")) state.base = { kind: "only", id: parts.get("only") };
  else if (Number(parts.get("all")) > 0) state.base = { kind: "all", n: Number(parts.get("all")) };
  state.extra = list("add");
  for (const item of list("open")) {
    const [id, n] = item.split("~");
    state.open.set(id, Number(n) > 0 ? Number(n) : KG.EXPAND);
  }
  state.hiddenTypes = new Set(list("hide"));
  state.hiddenPredicates = new Set(list("without"));
  state.since = date("since");
  state.until = date("until");
  state.least = Math.min(1, Math.max(0, Number(parts.get("min")) || 0));
  if (["graph", "facts", "things"].includes(parts.get("view"))) state.view = parts.get("view");
  state.language = parts.get("lang");
  return state;
};
