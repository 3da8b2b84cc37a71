"use strict";
// The texts of the page in three languages.
KG.languages = [["zh-Hans", "简体中文"], ["zh-Hant", "繁體中文"], ["en", "English"]];

KG.preferredLanguage = () => {
  for (const tag of navigator.languages || [navigator.language || "en"]) {
    if (/^zh\b.*(hant|tw|hk|mo)/i.test(tag)) return "zh-Hant";
    if (/^zh\b/i.test(tag)) return "zh-Hans";
    if (/^en\b/i.test(tag)) return "en";
  }
  return "en";
};

KG.language = "en";
KG.setLanguage = (language) => {
  KG.language = Object.hasOwn(KG.words, language) ? language : "en";
  document.documentElement.lang = KG.language;
};

// KG.t("shown", 3, 10): the text of that key with {0}, {1} filled in; an unknown key shows as itself.
KG.t = (key, ...values) => {
  const text = KG.words[KG.language][key] ?? KG.words.en[key] ?? key;
  return text.replace(/\{(\d)(?:\|([^|}]*)\|([^}]*))?\}/g, (_, place, one, many) => (many === undefined ? String(values[place] ?? "") : String(values[place]) === "1" ? one : many));
};

KG.label = (term) => term.label[KG.language] || term.id;
KG.number = (value) => new Intl.NumberFormat(KG.language).format(value);
// What a graph keeps as a code (a clue) or as a word of the text (a base), by the words of its own or of what stands before its first
// hyphen, as kg/ask/wording.py tells it; "" where the language has none.
KG.told = (group, code) => {
  const words = KG.words[KG.language];
  const key = `${group}-${group === "base" && /^\d{4}$/.test(code) ? `year-${code}` : code}`;
  if (Object.hasOwn(words, key)) return words[key];
  const [, kind, rest] = /^([^-]*-[^-]*)-(.*)$/.exec(key) ?? [];
  return kind && Object.hasOwn(words, kind) ? words[kind].replace("{0}", () => rest) : "";
};
// A code of the vocabulary (a status, a kind of figure) in words, else as it is.
KG.code = (group, code) => KG.words[KG.language][`${group}-${code}`] ?? code;
