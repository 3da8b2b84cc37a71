"use strict";
// The legend, which counts and filters: types, relations, confidence.
KG.filters = (app) => {
  const types = KG.el("ul", { class: "legend" });
  const predicates = KG.el("ul", { class: "legend" });
  const least = KG.el("input", { type: "range", id: "least", min: 0, max: 1, step: 0.05, value: app.state.least, on: { input: () => {
    value.textContent = Number(least.value).toFixed(2);
    app.change((state) => { state.least = Number(least.value); });
  } } });
  const value = KG.el("output", { for: "least" }, app.state.least.toFixed(2));
  const reset = KG.button(KG.t("reset"), () => app.reset(), { class: "link" });
  const summary = KG.el("p", { class: "quiet", id: "shown-count" });

  // Rows are made once and then updated, so that keyboard focus stays on the box that was just ticked.
  const rows = new Map();
  const tick = (group, term, hidden, mark, key) => {
    const input = KG.el("input", { type: "checkbox", on: { change: () => app.change((state) => {
      input.checked ? state[hidden].delete(term.id) : state[hidden].add(term.id);
    }) } });
    const count = KG.el("span", { class: "count" });
    const row = KG.el("li", {}, KG.el("label", {}, input, mark, KG.el("span", { class: "label" }, KG.label(term)), count));
    rows.set(`${key} ${term.id}`, { row, input, count });
    group.append(row);
  };
  for (const type of app.about.types) tick(types, type, "hiddenTypes", KG.typeMark(type), "t");
  for (const predicate of app.about.predicates) tick(predicates, predicate, "hiddenPredicates", null, "p");

  const tally = (list, key) => {
    const counts = new Map();
    for (const one of list) counts.set(one[key], (counts.get(one[key]) ?? 0) + 1);
    return counts;
  };
  const update = (key, term, shown, inPart, hidden) => {
    const { row, input, count } = rows.get(`${key} ${term.id}`);
    const [now, all] = [shown.get(term.id) ?? 0, inPart.get(term.id) ?? 0];
    input.checked = !hidden.has(term.id);
    count.textContent = now === all ? KG.number(all) : `${KG.number(now)}/${KG.number(all)}`;
    row.hidden = !all && !hidden.has(term.id);
  };
  const box = KG.el("nav", { class: "filters", id: "filters", "aria-label": KG.t("filters") },
    summary,
    KG.el("h2", {}, KG.t("types")), types,
    KG.el("details", {}, KG.el("summary", {}, KG.t("relations")), predicates),
    KG.el("h2", {}, KG.el("label", { for: "least" }, KG.t("min-confidence"))), KG.el("div", { class: "slider" }, least, value),
    KG.el("p", { class: "tools" },
      KG.button(KG.t("show-more"), () => app.showMore(), { id: "more" }),
      KG.button(KG.t("start-again"), () => app.startAgain(), { id: "again" })), reset);
  return {
    box,
    render: ({ things, links, part }) => {
      const { state, about } = app;
      const [shownTypes, partTypes] = [tally(things, "type"), tally(part.things, "type")];
      const [shownPredicates, partPredicates] = [tally(links, "predicate"), tally(part.links, "predicate")];
      for (const type of about.types) update("t", type, shownTypes, partTypes, state.hiddenTypes);
      for (const predicate of about.predicates) update("p", predicate, shownPredicates, partPredicates, state.hiddenPredicates);
      least.value = state.least;
      value.textContent = state.least.toFixed(2);
      summary.textContent = KG.t("shown", KG.number(things.length), KG.number(about.carried), KG.number(links.length));
      box.querySelector("#more").disabled = part.things.length >= about.carried;
      reset.hidden = !(state.hiddenTypes.size || state.hiddenPredicates.size || state.least > 0 || state.since || state.until);
    },
  };
};
