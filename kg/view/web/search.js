"use strict";
// The search box: a combobox (WAI-ARIA pattern "editable combobox with list autocomplete").
KG.searchBox = (app) => {
  const list = KG.el("ul", { id: "suggestions", class: "suggestions", role: "listbox", "aria-label": KG.t("suggestions"), hidden: true });
  // Two things of this graph, so that what is proposed can be found.
  const hint = app.about.central.flatMap(({ things }) => things.map(({ label }) => KG.oneLine(label)).find((name) => name.length < 9) ?? []).slice(0, 2).join(KG.language === "en" ? ", " : "、");
  const input = KG.el("input", {
    id: "search", type: "search", role: "combobox", autocomplete: "off", spellcheck: "false", "aria-label": KG.t("search"),
    "aria-controls": "suggestions", "aria-expanded": "false", "aria-autocomplete": "list", placeholder: KG.t("search-hint", hint),
  });
  let found = [];
  let current = -1;

  const close = () => {
    list.hidden = true;
    current = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (place) => {
    current = place;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === current)));
    if (current < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", `suggestion-${current}`);
    list.children[current].scrollIntoView({ block: "nearest" });
  };
  const take = (place) => {
    const choice = found[place];
    if (!choice) return;
    input.value = choice.thing.label;
    close();
    app.go(choice.thing.id);
  };
  const row = ({ thing, name }, place) =>
    KG.el("li", { id: `suggestion-${place}`, role: "option", "aria-selected": "false",
      on: { mousedown: (event) => { event.preventDefault(); take(place); } } },
    KG.typeMark(app.types.get(thing.type)), KG.name(thing.label),
    name ? KG.el("span", { class: "quiet" }, "= ", KG.name(name)) : null,
    thing.scope ? KG.el("span", { class: "quiet" }, "· ", KG.name(thing.scope)) : null,
    KG.el("span", { class: "quiet end" }, `${KG.label(app.types.get(thing.type))} · ${KG.number(thing.degree)}`));
  const ask = async () => {
    const text = input.value;
    const answer = text.trim() ? await app.source.search(text, 12) : [];
    if (text !== input.value) return;
    found = answer;
    list.replaceChildren(...found.map(row));
    if (text.trim() && !found.length) list.replaceChildren(KG.el("li", { class: "none", role: "option", "aria-disabled": "true" }, KG.t("nothing-found")));
    list.hidden = !text.trim();
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark(found.length ? 0 : -1);
  };
  input.addEventListener("input", ask);
  input.addEventListener("focus", () => { if (input.value.trim()) ask(); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // an input method is choosing characters: its keys are not ours
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) ask();
      else if (found.length) mark((current + (event.key === "ArrowDown" ? 1 : -1) + found.length) % found.length);
    } else if (event.key === "Enter") take(Math.max(0, current));
    else if (event.key === "Escape") { if (list.hidden) input.value = ""; close(); }
    else return;
    event.preventDefault();
  });
  return KG.el("div", { class: "search", role: "search" }, input, list);
};
