"use strict";
// The list of documents, the newest first.
KG.openPage("page-documents", async (main) => {
  const asked = new URLSearchParams(location.search);
  const input = KG.el("input", { type: "search", id: "words", value: asked.get("q") ?? "", placeholder: KG.t("documents-hint"), "aria-label": KG.t("documents-hint") });
  const count = KG.el("p", { class: "quiet", role: "status" });
  const list = KG.el("ol", { class: "documents" });
  // Words that no title has may stand in the texts.
  const inTexts = KG.el("p");
  const next = KG.button(KG.t("more-rows"), () => add());
  let offset = 0;
  let turn = 0;
  const row = (document) => KG.el("li", {},
    KG.el("h2", {}, KG.documentLink(document)),
    KG.el("p", { class: "quiet" }, ...[document.date && KG.oneLine(document.date), document.publisher && KG.name(document.publisher), KG.name(document.path, { class: "path" })]
      .filter(Boolean).flatMap((part, i) => (i ? [" · ", part] : [part])),
    ` · ${KG.t("facts-n", KG.number(document.facts))} · ${KG.t("figures-n", KG.number(document.figures))}`));
  const add = async () => {
    const mine = ++turn;
    const found = await KG.ask(`/api/documents${KG.query({ q: input.value.trim(), limit: 50, offset })}`);
    if (mine !== turn) return;
    list.append(...found.documents.map(row));
    offset += found.documents.length;
    count.textContent = KG.t("documents-n", KG.number(found.total));
    next.hidden = offset >= found.total;
    const words = input.value.trim();
    inTexts.replaceChildren(words ? KG.el("a", { href: `/questions/sentences-with${KG.query({ words })}` }, KG.t("in-texts", KG.oneLine(words))) : "");
  };
  const again = () => {
    offset = 0;
    list.replaceChildren();
    history.replaceState(null, "", `/documents${KG.query({ q: input.value.trim() })}`);
    return add();
  };
  input.addEventListener("input", again);
  main.append(KG.el("h1", {}, KG.t("page-documents")), KG.el("div", { class: "form" }, input), count, inTexts, list, next);
  await add();
});
