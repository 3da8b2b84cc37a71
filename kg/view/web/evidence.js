"use strict";
// The sentence that says it, with the words in question marked, and where it stands.
KG.CONTEXT = 90; // characters of a long sentence shown on either side of the quote

// Offsets count code points; a JavaScript string counts half of some characters.
KG.cutSentence = ({ text, from, to }) => {
  const characters = [...text];
  return [characters.slice(0, from), characters.slice(from, to), characters.slice(to)].map((part) => part.join(""));
};

KG.sentence = (sentence) => {
  if (sentence.to <= sentence.from)
    return KG.el("p", { class: "sentence", lang: "zh" }, KG.el("bdi", {}, KG.el("mark", {}, sentence.quote || sentence.text)));
  const [before, quote, after] = KG.cutSentence(sentence);
  const paragraph = KG.el("p", { class: "sentence", lang: "zh" });
  const fill = (whole) => {
    const left = [...before];
    const right = [...after];
    const cut = !whole && (left.length > KG.CONTEXT * 1.5 || right.length > KG.CONTEXT * 1.5);
    const more = cut ? KG.button(KG.t("whole-sentence"), () => { fill(true); paragraph.focus(); }, { class: "link small" }) : null;
    paragraph.replaceChildren(KG.el("bdi", {},
      cut && left.length > KG.CONTEXT ? "…" + left.slice(-KG.CONTEXT).join("") : before, KG.el("mark", {}, quote),
      cut && right.length > KG.CONTEXT ? right.slice(0, KG.CONTEXT).join("") + "…" : after), ...(more ? [" ", more] : []));
  };
  paragraph.tabIndex = -1;
  fill(false);
  return paragraph;
};

KG.quoteOf = (record) => {
  if (!record.sentence) return "";
  return record.sentence.to > record.sentence.from ? KG.cutSentence(record.sentence)[1] : record.sentence.quote;
};

KG.offsets = (record) => {
  if (!record.sentence || record.sentence.to <= record.sentence.from) return "";
  return KG.t("characters", record.sentence.start + record.sentence.from, record.sentence.start + record.sentence.to);
};

KG.citation = (record) => {
  const { document } = record;
  const quote = record.sentence ? record.sentence.text.trim() || KG.quoteOf(record) : "";
  if (!document) return quote;
  const source = [document.publisher || document.source, document.date].filter(Boolean);
  const place = [document.path, KG.offsets(record)].filter(Boolean).join(", ");
  return KG.language === "en"
    ? `“${quote}” ${document.title || document.path}${source.length ? ". " + source.join(", ") : ""}. ${place}.`
    : `“${quote}”——《${document.title || document.path}》${source.length ? "，" + source.join("，") : ""}，${place}。`;
};

KG.sourceLine = (document, record) => {
  // Only plain web addresses become links; anything else that a document calls its source stays text.
  const address = [document.url, document.source].find((text) => /^https?:\/\//i.test(text)) ?? null;
  const title = KG.name(document.title || document.path, { class: "title" });
  return KG.el("p", { class: "source" },
    address ? KG.el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, title) : title,
    document.publisher ? [" · ", KG.name(document.publisher)] : [], document.date ? ` · ${KG.oneLine(document.date)}` : "",
    document.title ? [" · ", KG.name(document.path, { class: "path" })] : [], KG.offsets(record) ? ` · ${KG.offsets(record)}` : "");
};

KG.evidence = (record) =>
  KG.el("div", { class: "evidence" },
    record.sentence ? KG.sentence(record.sentence) : KG.el("p", { class: "quiet" }, KG.t(record.basis === "authority" ? "from-authority" : "no-sentence")),
    record.document && record.sentence ? KG.sourceLine(record.document, record) : null,
    record.sentence ? KG.el("p", { class: "tools" },
      KG.button(KG.t("copy-citation"), () => KG.copy(KG.citation(record)), { class: "link small" }),
      record.rule ? KG.el("span", { class: "quiet small" }, KG.t("rule", "") , KG.name(record.rule)) : null) : null,
    KG.clues(record));

// What the confidence of a figure rests on besides its rule, in words; a fact has none.
KG.clues = (record) => (record.clues?.length
  ? KG.el("p", { class: "clues" }, KG.t("clues", record.clues.map((clue) => KG.told("clue", clue) || clue).join(KG.t("clue-and")))) : null);

KG.confidence = (value) =>
  KG.el("span", { class: "confidence", title: KG.t("confidence") },
    KG.el("span", { class: "hidden-visually" }, KG.t("confidence") + " "),
    KG.el("meter", { min: 0, max: 1, value, "aria-hidden": "true" }), value.toFixed(2));
