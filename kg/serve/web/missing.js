"use strict";
// An address at which there is nothing: said in the reader's language, with ways on.
KG.openPage("page-missing", async (main) => {
  main.append(KG.el("h1", {}, KG.t("page-missing")), KG.el("p", {}, KG.t("error-404")),
    KG.el("p", { class: "tools" }, ...KG.PAGES.map(([path, key]) => KG.el("a", { class: "button", href: path }, KG.t(key)))));
});
