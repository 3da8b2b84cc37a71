"use strict";
// Puts the parts together. All changes of state go through `change`, which loads what is missing, redraws and writes
// the address.
KG.start = async (source) => {
  const { about } = source;
  const app = { source, about, state: KG.newState(), places: KG.places(), largest: about.largest || 0,
    visible: { things: [], links: [], part: { things: [], links: [] } } };
  app.types = new Map(about.types.map((type) => [type.id, type]));
  app.predicates = new Map(about.predicates.map((predicate) => [predicate.id, predicate]));
  let parts = {};
  let turn = 0;
  let ownHash = "";
  let layoutOf = "";
  let basis = null;

  const load = async () => {
    const { state } = app;
    const key = JSON.stringify(state.base);
    if (key !== layoutOf) {
      layoutOf = key;
      basis = KG.basis(state.base, source, KG.roomIn(parts.stage)).then((spots) => {
        const places = KG.places();
        places.set(spots);
        return { places, first: spots.map(({ id }) => id) };
      });
      basis.catch(() => { layoutOf = ""; });
    }
    const { places, first } = await basis;
    app.places = places;
    const { ids, groups } = await KG.shownIds(state, source, first);
    for (const { anchor, ids: fresh } of groups) app.places.around(anchor ?? (state.base.kind === "only" ? state.base.id : null), fresh);
    return source.part(ids);
  };
  const draw = (visible) => {
    app.visible = visible;
    parts.graph.render(visible);
    parts.filters.render(visible);
    parts.timeline.render(visible);
    parts.tables.render(visible);
    for (const [view, tab] of parts.tabs) {
      tab.setAttribute("aria-selected", String(view === app.state.view));
      tab.tabIndex = view === app.state.view ? 0 : -1;
    }
    parts.stage.dataset.view = app.state.view === "graph" ? "graph" : "table";
    parts.empty.hidden = visible.things.length > 0;
    // The search box does not name what is no longer chosen.
    const search = document.getElementById("search");
    if (search !== document.activeElement && search.value !== visible.things.find(({ id }) => id === app.state.selected)?.label) search.value = "";
    parts.stage.setAttribute("aria-labelledby", `tab-${app.state.view}`);
  };
  // To another thing, relation, picture or table is a step to which the browser's Back leads; a filter or an expansion is none, nor is what an
  // address opens with.
  let step = "";
  let opening = true;
  const writeHash = () => {
    const before = step;
    step = JSON.stringify([app.state.selected, app.state.link, app.state.base, app.state.view]);
    ownHash = KG.stateToHash(app.state);
    history[opening || step === before ? "replaceState" : "pushState"](null, "", ownHash ? `#${ownHash}` : location.pathname + location.search);
  };
  const refresh = async (options = {}) => {
    const mine = ++turn;
    const part = await load();
    if (mine !== turn) return;
    draw(KG.visible(app.state, part));
    await parts.panel.render(options);
    writeHash();
    if (options.fit) parts.graph.fit();
    if (options.show) parts.graph.show(options.show);
    if (options.surround) parts.graph.surround(options.surround);
  };
  app.change = async (mutate, options) => { mutate(app.state); await refresh(options); };
  app.select = (id, options = {}) => app.change((state) => { state.selected = id; state.link = null; state.missing = null; }, { show: id, ...options });
  app.selectLink = (id) => app.change((state) => { state.link = id; state.selected = null; });
  // To a thing wherever it is: one that is not shown yet is fetched with its nearest surroundings.
  app.go = async (id, options = {}) => {
    const inSight = app.visible.part.things.some((thing) => thing.id === id);
    await app.change((state) => {
      if (!inSight) { state.extra = [...state.extra.filter((other) => other !== id), id]; state.open.set(id, 12); }
      state.selected = id;
      state.link = null;
    }, { [inSight ? "show" : "surround"]: id, moveFocus: true, ...options });
    const thing = app.visible.things.find((one) => one.id === id);
    if (thing) KG.say(KG.t("now-at", KG.oneLine(thing.label)), { aloudOnly: true });
  };
  app.expand = (id) => app.change((state) => { state.open.set(id, (state.open.get(id) ?? 0) + KG.EXPAND); state.selected = id; state.link = null; }, { surround: id });
  app.collapse = (id) => app.change((state) => {
    state.open.delete(id);
    state.extra = state.extra.filter((other) => other !== id || id === state.selected);
    state.selected = id;
  });
  // How many things linked to this one are not in the picture yet.
  app.hiddenAt = ({ id, neighbours }) => neighbours -
    new Set(app.visible.part.links.flatMap((link) => (link.from === id ? [link.to] : link.to === id ? [link.from] : []))).size;
  app.toggle = async (id) => {
    const thing = app.visible.things.find((one) => one.id === id);
    if (!thing) return;
    await (app.hiddenAt(thing) ? app.expand(id) : app.collapse(id));
    KG.say(KG.t("now-shown", app.visible.things.length), { aloudOnly: true });
  };
  app.only = (id) => app.change((state) => { Object.assign(state, { base: { kind: "only", id }, extra: [], open: new Map(), selected: id, link: null }); }, { fit: true });
  app.showMore = () => app.change((state) => {
    const n = state.base.kind === "all" ? state.base.n * 3 : Math.max(200, app.visible.part.things.length * 2);
    Object.assign(state, { base: { kind: "all", n: Math.min(n, about.carried) }, extra: [], open: new Map() });
  }, { fit: true });
  app.startAgain = () => app.change((state) => { Object.assign(state, KG.newState(), { view: state.view }); }, { fit: true });
  app.reset = () => app.change((state) => {
    state.hiddenTypes.clear();
    state.hiddenPredicates.clear();
    Object.assign(state, { since: "", until: "", least: 0 });
  });
  const passing = (facts) => facts.filter((fact) => KG.factPasses(app.state, fact) && !app.state.hiddenPredicates.has(fact.predicate));
  // Facts of the shown links that pass the filters, and facts without a second thing of the shown things.
  app.shownFacts = async () => {
    const { things, links } = app.visible;
    return passing(await source.facts(links.map(({ id }) => id), things.map(({ id }) => id)));
  };
  // Of the chosen thing, of those that are shown, or of the whole page; a server has its page of figures for that.
  app.figuresOf = async (ids) => (await source.figures(ids)).filter((figure) => KG.figurePasses(app.state, figure));
  app.wholePage = async () => {
    const shows = (thing) => !thing || !app.state.hiddenTypes.has(thing.type);
    const { facts, figures } = await source.everything();
    return { facts: passing(facts).filter(({ subject, object }) => shows(subject) && shows(object)),
      figures: figures.filter((figure) => shows(figure.subject) && KG.figurePasses(app.state, figure)) };
  };
  // What the table lists: the facts of the thing or relation that the panel beside it tells of, else all that are shown.
  app.listedFacts = async () => {
    const { selected, link } = app.state;
    const facts = selected ? (await source.thing(selected))?.facts : link ? await source.facts([link]) : null;
    return facts ? passing(facts) : app.shownFacts();
  };

  const setTheme = (choice) => {
    const dark = choice === "dark" || (choice !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
    document.documentElement.dataset.theme = dark ? "dark" : "light";
  };
  const fromHash = () => {
    const state = KG.hashToState(location.hash);
    if (state.language && Object.hasOwn(KG.words, state.language)) { KG.setLanguage(state.language); KG.languageChosen = true; }
    app.state = state;
  };
  const open = async () => {
    opening = true;
    await restore().finally(() => { opening = false; });
  };
  const restore = async () => {
    await refresh({ fit: true });
    const wanted = app.state.wanted;
    if (!wanted) return;
    // A link may name a thing by its id or, written by hand, by its name.
    const id = (/^(e|area)-/.test(wanted) && (await source.thing(wanted))) ? wanted : (await source.search(wanted, 1))[0]?.thing.id;
    if (id) await app.go(id, { moveFocus: false });
    else {
      app.state.missing = wanted;
      KG.say(KG.t("not-here", KG.oneLine(wanted)));
      await refresh();
    }
  };

  const build = () => {
    document.title = KG.oneLine(about.title) || KG.t("untitled");
    parts.graph?.destroy();
    parts = { graph: KG.graph(app), panel: KG.panel(app), filters: KG.filters(app), timeline: KG.timeline(app), tables: KG.tables(app) };
    app.network = parts.graph.network;
    app.names = parts.graph.names;
    parts.tabs = ["graph", "facts", "things"].map((view) => [view, KG.button(KG.t(`view-${view}`), () => app.change((state) => { state.view = view; }),
      { role: "tab", id: `tab-${view}`, "aria-controls": "stage" })]);
    const tabs = KG.el("div", { class: "tabs", role: "tablist", "aria-label": KG.t("views"), on: { keydown: (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const place = parts.tabs.findIndex(([view]) => view === app.state.view);
      const [, tab] = parts.tabs[(place + step + parts.tabs.length) % parts.tabs.length];
      tab.click();
      tab.focus();
    } } }, ...parts.tabs.map(([, tab]) => tab));
    const language = KG.el("select", { id: "language", "aria-label": KG.t("language"), on: { change: () => {
      KG.setLanguage(language.value);
      KG.languageChosen = true;
      KG.remember("language", language.value);
      build();
      refresh({ fit: true }).then(() => document.getElementById("language").focus());
    } } }, ...KG.languages.map(([code, name]) => KG.el("option", { value: code, lang: code, selected: code === KG.language }, name)));
    const theme = KG.button(KG.dark() ? "☀" : "☾", () => {
      const choice = KG.dark() ? "light" : "dark";
      KG.remember("theme", choice);
      setTheme(choice);
      build();
      refresh({ fit: true }).then(() => document.getElementById("theme").focus());
    }, { id: "theme", class: "icon", "aria-label": KG.t(KG.dark() ? "to-light" : "to-dark"), title: KG.t(KG.dark() ? "to-light" : "to-dark") });
    // On a narrow screen the filters lie over the picture; a touch beside them puts them away.
    parts.showFilters = (now) => {
      parts.body.classList.toggle("with-filters", now);
      filterToggle.setAttribute("aria-expanded", String(now));
    };
    const filterToggle = KG.button(KG.t("filters"), () => parts.showFilters(!parts.body.classList.contains("with-filters")), { class: "only-narrow", id: "filter-toggle", "aria-expanded": "false", "aria-controls": "filters" });
    const zoom = KG.el("div", { class: "zoom", role: "group", "aria-label": KG.t("zoom") },
      ...[["+", "zoom-in", () => parts.graph.zoom(1.3)], ["−", "zoom-out", () => parts.graph.zoom(1 / 1.3)], ["⤢", "fit", () => parts.graph.fit()]]
        .map(([sign, key, act]) => KG.button(sign, act, { "aria-label": KG.t(key), title: KG.t(key) })));
    parts.empty = KG.el("div", { class: "nothing", hidden: true }, ...(about.carried ? [KG.el("p", {}, KG.t("no-match")), KG.button(KG.t("reset"), () => app.reset(), { class: "main" })] : [KG.el("p", {}, KG.t("no-things"))]));
    parts.stage = KG.el("div", { class: "stage", id: "stage", role: "tabpanel" }, parts.graph.box, zoom, parts.tables.box, parts.empty);
    parts.main = KG.el("main", { id: "main" }, parts.stage, parts.timeline.box, KG.el("p", { id: "keys", class: "hidden-visually" }, KG.t("keys")));
    for (const beside of [parts.main, parts.panel.box]) beside.addEventListener("pointerdown", () => parts.showFilters(false));
    parts.body = KG.el("div", { class: "body" }, parts.filters.box, parts.main, parts.panel.box);
    document.getElementById("app").replaceChildren(
      KG.el("header", {}, KG.el("a", { class: "skip", href: "#search", on: { click: (event) => { event.preventDefault(); document.getElementById("search").focus(); } } }, KG.t("skip")), KG.el("h1", {}, about.title ? KG.name(about.title) : KG.t("untitled")), KG.searchBox(app), tabs, filterToggle, KG.downloads(app), language, theme),
      parts.body, KG.el("div", { id: "status", role: "status", "aria-live": "polite" }));
  };

  KG.setLanguage(KG.remember("language") || KG.preferredLanguage());
  setTheme(KG.remember("theme"));
  fromHash();
  build();
  addEventListener("hashchange", () => {
    if (location.hash.replace(/^#/, "") === ownHash) return;
    const language = KG.language;
    fromHash();
    if (language !== KG.language) build();
    open();
  });
  // A phone that was turned has room of another shape: the parts of the picture are put together for it anew, once it is there.
  screen.orientation?.addEventListener("change", () => requestAnimationFrame(() => requestAnimationFrame(() => {
    layoutOf = "";
    refresh({ fit: true });
  })));
  for (const turn of ["beforeprint", "afterprint"]) addEventListener(turn, () => parts.graph.theme());
  document.addEventListener("keydown", (event) => {
    const typing = /^(input|select|textarea)$/i.test(event.target.tagName) && event.target.type !== "checkbox" && event.target.type !== "range";
    if (event.key === "/" && !typing) { event.preventDefault(); document.getElementById("search").focus(); }
    if (event.key === "Escape" && parts.body.classList.contains("with-filters")) {
      parts.showFilters(false);
      document.getElementById("filter-toggle").focus();
    } else if (event.key === "Escape" && !typing && (app.state.selected || app.state.link)) app.select(null);
  });
  await open();
  document.documentElement.dataset.ready = "true";
  KG.app = app;
};

KG.readBlock = (id) => JSON.parse(document.getElementById(id).textContent);
if (document.getElementById("model")) {
  KG.words = KG.readBlock("words");
  KG.start(KG.embedded(KG.readBlock("model"), KG.readBlock("start")));
}
