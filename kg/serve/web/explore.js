"use strict";
// The explorer over the whole graph: the page to send, with the server for a source, and ways to the reader.
{
  const plainSource = KG.sourceLine;
  KG.sourceLine = (document, record) => {
    const line = plainSource(document, record);
    const at = record.sentence ? `#at=${record.sentence.start + record.sentence.from}-${record.sentence.start + record.sentence.to}` : "";
    line.append(" · ", KG.el("a", { href: `/documents/${encodeURIComponent(document.id)}${at}`, class: "read" }, KG.t("read")));
    return line;
  };

  // Hubs have more facts than are sent at once; what was left out is named, and comes when asked for.
  const more = (app, { thing, groups, facts, figures, totals }) => {
    const shown = new Map();
    for (const fact of facts) {
      const key = `${fact.subject.id === thing.id} ${fact.predicate}`;
      shown.set(key, (shown.get(key) ?? 0) + 1);
    }
    const rows = groups.map((group) => ({ ...group, shown: shown.get(`${group.out} ${group.predicate}`) ?? 0 })).filter((group) => group.total > group.shown);
    const left = totals.figures - figures.length;
    const table = left > 0 ? KG.el("p", {}, KG.el("a", { href: `/figures${KG.query({ area: thing.code || thing.label })}` }, KG.t("more-figures", KG.number(left)))) : null;
    if (!rows.length && !table) return null;
    const row = (group) => {
      const name = KG.label(app.predicates.get(group.predicate));
      const list = KG.el("ul", { class: "facts" });
      const text = () => KG.t("more-facts", KG.number(group.total - group.shown), group.out ? name : KG.t("incoming", name));
      const button = KG.button(text(), async () => {
        const found = await KG.ask(`/api/things/${encodeURIComponent(thing.id)}/facts${KG.query({ predicate: group.predicate, direction: group.out ? "out" : "in", offset: group.shown })}`);
        group.shown += found.facts.length;
        list.append(...found.facts.map((fact) => {
          const other = group.out ? fact.object : fact.subject;
          return KG.el("li", {}, KG.el("div", { class: "fact-head" },
            other ? KG.button(KG.name(other.label), () => app.go(other.id), { class: "thing link" }) : KG.el("strong", {}, KG.name(KG.code("status", fact.value))),
            KG.confidence(fact.confidence), fact.date ? KG.el("span", { class: "quiet" }, KG.oneLine(fact.date)) : null), KG.evidence(fact));
        }));
        button.hidden = group.shown >= group.total || !found.facts.length;
        button.textContent = text();
      }, { class: "link" });
      return KG.el("div", {}, list, button);
    };
    return KG.el("section", { class: "group beyond" }, KG.el("h3", {}, KG.t("beyond")), ...rows.map(row), table);
  };
  const plainPanel = KG.panel;
  KG.panel = (app) => {
    const panel = plainPanel(app);
    return { ...panel, render: async (options) => {
      await panel.render(options);
      const { latest } = app.source;
      if (!app.state.selected || latest?.thing.id !== app.state.selected) return;
      panel.box.querySelector(".beyond")?.remove();
      const section = more(app, latest);
      if (section) panel.box.append(section);
    } };
  };

  const plainLanguage = KG.setLanguage;
  KG.setLanguage = (language) => {
    plainLanguage(language);
    KG.bar();
  };
}

(async () => {
  await KG.loadWords();
  await KG.start(KG.served(await KG.ask("/api/info")));
})().catch((error) => document.getElementById("app").append(KG.failure(error)));
