"use strict";
// What is known about the thing or link that is selected.
KG.FIRST = 4; // facts of a group that are shown at once

KG.panel = (app) => {
  const box = KG.el("aside", { id: "panel", class: "panel", "aria-label": KG.t("panel"), tabindex: -1 });
  const go = (thing) => KG.el("button", { type: "button", class: "thing link", on: { click: () => app.go(thing.id) } },
    KG.typeMark(app.types.get(thing.type)), KG.name(thing.label));

  const dateOf = (fact) => {
    if (!fact.date) return null;
    return KG.el("span", { class: "quiet" }, fact.ownDate ? KG.oneLine(fact.date) : KG.t("reported", KG.oneLine(fact.date)));
  };
  const later = (a, b) => (a.date === b.date ? 0 : (a.date || "") < (b.date || "") ? 1 : -1);
  // One line for each thing on the other side, below it each sentence that says so.
  const item = (facts, other) => {
    const [first, ...rest] = facts;
    const best = Math.max(...facts.map((fact) => fact.confidence));
    const line = KG.el("div", { class: "fact-head" },
      other ? go(other) : KG.el("strong", {}, KG.name(KG.code("status", first.value))),
      other && first.value ? KG.name(first.value, { class: "office" }) : null, KG.confidence(best), dateOf(first));
    const more = rest.length ? KG.el("details", {}, KG.el("summary", {}, KG.t("more-sentences", rest.length)),
      ...rest.map((fact) => KG.el("div", {}, KG.evidence(fact)))) : null;
    return KG.el("li", {}, line, KG.evidence(first), more);
  };
  const group = (title, items, more) => {
    const list = KG.el("ul", { class: "facts" }, ...items.slice(0, KG.FIRST));
    const all = items.length > KG.FIRST ? KG.button(KG.t("show-all", items.length), () => {
      list.append(...items.slice(KG.FIRST));
      items[KG.FIRST].querySelector("button")?.focus();
      all.remove();
    }, { class: "link more" }) : null;
    return KG.el("section", { class: "group" }, KG.el("h3", {}, title, KG.el("span", { class: "count" }, KG.number(items.length) + (more ? "+" : ""))), list, all);
  };
  const target = (figure) => KG.el("li", {}, KG.el("div", { class: "fact-head" }, figure.subject ? go(figure.subject) : null, KG.name(figure.indicator),
    KG.el("strong", {}, KG.figureText(figure)), figure.period ? KG.el("span", { class: "quiet" }, KG.periodText(figure.period)) : null, KG.confidence(figure.confidence)), KG.evidence(figure));
  // `totals`: how many facts a server has of each relation, of which it sends the first.
  const grouped = (id, facts, totals = []) => {
    const groups = new Map();
    for (const fact of facts) {
      const outgoing = fact.subject.id === id;
      const key = `${outgoing ? 0 : 1} ${fact.predicate}`;
      if (!groups.has(key)) groups.set(key, { outgoing, predicate: fact.predicate, others: new Map() });
      const other = outgoing ? fact.object : fact.subject;
      const of = other ? other.id : `= ${fact.value}`;
      const { others } = groups.get(key);
      if (!others.has(of)) others.set(of, { other, facts: [] });
      others.get(of).facts.push(fact);
    }
    // What it does before what others do with it; what only a reference table knows last.
    const fromTable = ({ others }) => [...others.values()].every(({ facts: own }) => own.every(({ basis }) => basis === "authority"));
    const place = (key) => `${fromTable(groups.get(key)) ? 1 : 0} ${key}`;
    return [...groups.keys()].sort((a, b) => (place(a) < place(b) ? -1 : 1)).map((key) => {
      const { outgoing, predicate, others } = groups.get(key);
      const name = KG.label(app.predicates.get(predicate));
      const items = [...others.values()];
      for (const entry of items) entry.facts.sort((a, b) => (entry.other ? 0 : later(a, b)) || b.confidence - a.confidence);
      // Of stages the one that was told last, as it is the present one; of things the one that most sentences name.
      items.sort((a, b) => (a.other ? b.facts.length - a.facts.length : later(a.facts[0], b.facts[0])));
      const title = outgoing ? name : KG.t("incoming", name);
      const { total = 0 } = totals.find((one) => one.predicate === predicate && one.out === outgoing) ?? {};
      return group(title, items.map(({ other, facts: own }) => item(own, other)), total > items.reduce((sum, { facts: own }) => sum + own.length, 0));
    });
  };

  const overview = () => {
    const { about } = app;
    // What is done before where: places everybody knows, and they are in the picture.
    const order = ["Project", "Policy", "Body", "Event", "Honor", "Person"];
    const place = ({ type }) => (order.includes(type) ? order.indexOf(type) : order.length);
    const leading = about.central.filter(({ things }) => things.length).sort((a, b) => place(a) - place(b));
    return [
      KG.el("h2", {}, about.title ? KG.name(about.title) : KG.t("untitled")),
      KG.el("p", {}, KG.t("overview", KG.number(about.carried), KG.number(about.facts), KG.number(about.figures))),
      about.totals.left_out ? KG.el("p", { class: "note" }, KG.t("capped", KG.number(about.carried), KG.number(about.totals.left_out))) : null,
      app.state.missing ? KG.el("p", { class: "note", role: "alert" }, KG.t("not-here", KG.oneLine(app.state.missing))) : null,
      ...about.notes.map((note) => KG.el("p", { class: "note" }, KG.t(...note.map(KG.oneLine)))),
      KG.el("h3", {}, KG.t("start-with")),
      ...leading.map(({ type, total, things }) => KG.el("section", { class: "leading" },
        KG.el("h4", { class: "kind" }, KG.typeMark(app.types.get(type)), KG.label(app.types.get(type)), KG.el("span", { class: "count" }, KG.number(total))),
        KG.el("p", {}, ...things.flatMap((thing, i) => [i ? " " : "",
          KG.button(KG.name(KG.shortenApart(things.map((one) => toldApart(one, things)), 20)[i]), () => app.go(thing.id), { class: "link", title: KG.oneLine(thing.label) })])))),
      KG.el("h3", {}, KG.t("how")),
      KG.el("ul", { class: "tips" }, ...["tip-click", "tip-badge", "tip-search", "tip-filter", "tip-link"].map((key) => KG.el("li", {}, KG.t(key)))),
      KG.el("h3", {}, KG.t("keys-title")),
      KG.el("p", { class: "quiet" }, KG.t("keys")),
    ];
  };
  // Of several things with one name, each with what tells which one it is: its fuller name (浙江省委) or its place.
  const toldApart = (thing, things) => {
    if (things.filter((other) => other.label === thing.label).length < 2) return thing.label;
    const fuller = thing.names.find((name) => name !== thing.label && name.endsWith(thing.label));
    return fuller ?? (thing.scope ? `${thing.label} · ${thing.scope}` : thing.label);
  };
  const thingView = ({ thing, facts, figures, answers, groups, totals }) => {
    const passing = facts.filter((fact) => KG.factPasses(app.state, fact));
    const sure = figures.filter((figure) => KG.figurePasses(app.state, figure));
    const duties = answers.filter((figure) => KG.figurePasses(app.state, figure));
    const type = app.types.get(thing.type);
    const hidden = app.hiddenAt(thing);
    const citations = () => passing.map(KG.citation).filter(Boolean);
    return [
      KG.el("p", { class: "kind" }, KG.typeMark(type), KG.label(type), thing.code ? KG.el("span", { class: "quiet" }, ` · ${thing.code}`) : null,
        thing.scope ? KG.el("span", { class: "quiet" }, " · ", KG.name(thing.scope)) : null),
      KG.el("h2", {}, KG.name(thing.label)),
      thing.names.length ? KG.el("p", { class: "names" }, KG.el("span", { class: "quiet" }, KG.t("also")),
        ...thing.names.flatMap((name, i) => [i ? " · " : "", KG.name(name)])) : null,
      KG.el("p", { class: "quiet" }, `${KG.t("links-n", KG.number(thing.neighbours))} · ${KG.t("mentions-n", KG.number(thing.mentions))}`),
      KG.el("p", { class: "tools" },
        hidden > 0 ? KG.button(`${KG.t("expand")} +${KG.number(hidden)}`, () => app.expand(thing.id), { class: "main", id: "expand" }) : null,
        app.state.open.has(thing.id) ? KG.button(KG.t("collapse"), () => app.collapse(thing.id), { id: "collapse" }) : null,
        KG.button(KG.t("only"), () => app.only(thing.id)),
        KG.button(KG.t("copy-link"), () => KG.copy(location.href)),
        KG.button(KG.t("copy-turtle"), () => KG.copy(KG.turtle(app.about, [thing], passing, sure))),
        citations().length ? KG.button(KG.t("copy-citations"), () => KG.copy(citations().join("\n"))) : null),
      sure.length ? KG.el("section", { class: "group" }, KG.el("h3", {}, KG.t("figures"), KG.el("span", { class: "count" }, KG.number(sure.length) + (totals?.figures > figures.length ? "+" : ""))), ...KG.figureTable(sure, (who) => KG.button(KG.name(who.label), () => app.go(who.id), { class: "link" }))) : null,
      duties.length ? group(KG.t("answers-for"), duties.map(target)) : null,
      ...grouped(thing.id, passing, groups),
      passing.length < facts.length ? KG.el("p", { class: "note" }, KG.t("filtered", facts.length - passing.length)) : null,
      sure.length < figures.length ? KG.el("p", { class: "note" }, KG.t("filtered-figures", figures.length - sure.length)) : null,
      !facts.length && !figures.length && !answers.length ? KG.el("p", { class: "quiet" }, KG.t("no-facts")) : null,
    ];
  };
  const linkView = (facts) => {
    const passing = facts.filter((fact) => KG.factPasses(app.state, fact));
    const { subject, object, predicate } = facts[0];
    return [
      KG.el("p", { class: "kind" }, KG.t("relation")),
      KG.el("h2", { class: "triple" }, go(subject), KG.el("span", { class: "predicate" }, KG.label(app.predicates.get(predicate)), " →"), go(object)),
      KG.el("p", { class: "tools" }, KG.button(KG.t("copy-link"), () => KG.copy(location.href)),
        KG.button(KG.t("copy-turtle"), () => KG.copy(KG.turtle(app.about, [subject, object], passing, [])))),
      KG.el("ul", { class: "facts" }, ...passing.map((fact) => KG.el("li", {}, KG.el("div", { class: "fact-head" },
        fact.value ? KG.name(fact.value, { class: "office" }) : null, KG.confidence(fact.confidence), dateOf(fact)), KG.evidence(fact)))),
    ];
  };

  let turn = 0;
  return {
    box,
    // `moveFocus`: the reader asked for the panel, by search or by keyboard.
    render: async ({ moveFocus = false } = {}) => {
      const mine = ++turn;
      const { selected, link } = app.state;
      const about = selected ? await app.source.thing(selected) : null;
      const facts = link ? await app.source.facts([link]) : [];
      if (mine !== turn) return;
      const content = about ? thingView(about) : facts.length ? linkView(facts) : overview();
      const focused = box.contains(document.activeElement) ? document.activeElement.id : null;
      const close = about || facts.length ? KG.button("×", () => app.select(null), { class: "close", "aria-label": KG.t("close") }) : null;
      box.replaceChildren(...[close, ...content].filter(Boolean));
      box.classList.toggle("filled", Boolean(about || facts.length));
      box.scrollTop = 0;
      // Who works in the panel by keyboard stays in it, whatever is drawn anew.
      if (moveFocus) box.focus({ preventScroll: true });
      else if (focused !== null) (box.querySelector(`[id="${focused}"]`) ?? box).focus({ preventScroll: true });
    },
  };
};
