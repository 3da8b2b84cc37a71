"use strict";
// The one global name; each module adds its functions to it. Text from documents reaches the page only as text nodes and
// attribute values, never as markup.
const KG = {};

KG.el = (tag, properties = {}, ...children) => KG.fill(document.createElement(tag), properties, children);
KG.svg = (tag, properties = {}, ...children) =>
  KG.fill(document.createElementNS("http://www.w3.org/2000/svg", tag), properties, children);

KG.fill = (element, properties, children) => {
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "on") for (const [event, handler] of Object.entries(value)) element.addEventListener(event, handler);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
};

KG.button = (label, action, properties = {}) =>
  KG.el("button", { type: "button", ...properties, on: { click: action } }, label);

// A name from a document: isolated, so that right-to-left marks in it cannot turn the text around it.
KG.name = (text, properties = {}) => KG.el("bdi", { lang: "zh", ...properties }, text || "–");

// For the canvas and for attributes, where nothing can be isolated: one line, without control and direction characters.
KG.oneLine = (text) =>
  text.replace(/\s+/gu, " ").replace(/[\p{Cc}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/gu, "").trim();

KG.shorten = (text, length = 12) => {
  const characters = [...KG.oneLine(text)];
  return characters.length > length ? characters.slice(0, length - 1).join("") + "…" : characters.join("");
};

// Several names shortened; those that would then look alike are cut before what tells them apart: 甲市二〇…十四个五年规划….
KG.shortenApart = (texts, length = 12) => {
  const whole = texts.map((text) => [...KG.oneLine(text)]);
  const plain = texts.map((text) => KG.shorten(text, length));
  const alike = new Map();
  plain.forEach((short, i) => alike.set(short, [...(alike.get(short) ?? []), i]));
  const alikeUpTo = (a, b) => { let i = 0; while (i < a.length && a[i] === b[i]) i++; return i; };
  return plain.map((short, i) => {
    const others = alike.get(short).filter((j) => texts[j] !== texts[i]);
    if (!others.length || whole[i].length <= length) return short;
    // Two characters before the place tell what it is about: 第十|四个.
    const from = Math.max(...others.map((j) => alikeUpTo(whole[i], whole[j]))) - 2;
    const head = Math.floor(length / 4);
    const room = length - head - 1;
    const rest = whole[i].slice(from);
    const tail = rest.length > room ? [...rest.slice(0, room - 1), "…"] : whole[i].slice(-room);
    return [...whole[i].slice(0, head), "…", ...tail].join("");
  });
};

// Shapes as vis-network draws them, for legend, panel and downloads; `size` is half the height.
KG.shapePath = (shape, size) => {
  const corner = (turn, radius) => {
    const angle = turn * 2 * Math.PI - Math.PI / 2;
    return `${(radius * Math.cos(angle)).toFixed(2)} ${(radius * Math.sin(angle)).toFixed(2)}`;
  };
  const polygon = (n, radius, start = 0) =>
    "M" + Array.from({ length: n }, (_, i) => corner(start + i / n, radius)).join("L") + "Z";
  switch (shape) {
    case "square": return polygon(4, size * 1.3, 1 / 8);
    case "diamond": return polygon(4, size * 1.2);
    case "triangle": return polygon(3, size * 1.25);
    case "triangleDown": return polygon(3, size * 1.25, 1 / 2);
    case "hexagon": return polygon(6, size * 1.1, 1 / 12);
    case "star":
      return "M" + Array.from({ length: 10 }, (_, i) => corner(i / 10, i % 2 ? size * 0.55 : size * 1.3)).join("L") + "Z";
    default: return `M${-size} 0a${size} ${size} 0 1 0 ${2 * size} 0a${size} ${size} 0 1 0 ${-2 * size} 0Z`;
  }
};

KG.typeMark = (type) =>
  KG.svg("svg", { class: "mark", viewBox: "-10 -10 20 20", width: 16, height: 16, "aria-hidden": "true" },
    KG.svg("path", { d: KG.shapePath(type.shape, 7), fill: KG.colourOf(type) }));

// On paper the colours are the light ones.
addEventListener("beforeprint", () => { KG.onScreen = document.documentElement.dataset.theme; document.documentElement.dataset.theme = "light"; });
addEventListener("afterprint", () => { document.documentElement.dataset.theme = KG.onScreen; });
KG.dark = () => document.documentElement.dataset.theme === "dark";
KG.colourOf = (type) => type.colour[KG.dark() ? 1 : 0];

KG.copy = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Pages opened from disk may not use the clipboard directly in every browser.
    const area = KG.el("textarea", { class: "hidden-visually", "aria-hidden": "true" });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  KG.say(KG.t("copied"));
};

// Tells screen readers, and the eye for a moment (unless it is plain to see), what just happened.
KG.say = (text, { aloudOnly = false } = {}) => {
  const status = document.getElementById("status");
  if (!status) return;
  status.textContent = text;
  if (aloudOnly) return status.classList.remove("fresh");
  status.classList.add("fresh");
  clearTimeout(KG.sayTimer);
  KG.sayTimer = setTimeout(() => status.classList.remove("fresh"), 2500);
};

KG.remember = (key, value) => {
  try {
    if (value === undefined) return localStorage.getItem("kg-" + key);
    localStorage.setItem("kg-" + key, value);
  } catch {
    // Storage is closed to pages from disk in some browsers: the choice then lasts for this visit.
  }
  return null;
};
