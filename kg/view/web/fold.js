"use strict";
// Search: one script, one width, one case; names, further names, pinyin initials and full pinyin.
KG.folder = (map) => (text) => {
  let folded = "";
  for (const character of text.normalize("NFKC")) folded += map[character] ?? character;
  return folded.toLowerCase().replace(/\s+/gu, "");
};

KG.searchIndex = (things, fold) =>
  things.map((thing) => ({
    thing,
    key: fold(thing.label),
    others: thing.names.map((name) => [fold(name), name]),
    // A name with a character of two readings has variants, separated by spaces.
    initials: thing.initials.split(" "),
    pinyin: thing.pinyin.split(" "),
  }));

// How well an entry answers the folded query: higher is better, 0 is not at all; and the name that did it.
KG.match = (entry, query) => {
  if (entry.key === query || entry.thing.code === query) return [100, ""];
  for (const [key, name] of entry.others) if (key === query) return [95, name];
  if (entry.key.startsWith(query)) return [80, ""];
  if (/^[a-z0-9]+$/.test(query)) {
    const some = (list, fits) => list.some((variant) => fits.call(variant, query));
    if (entry.initials.includes(query)) return [75, ""];
    if (some(entry.initials, String.prototype.startsWith)) return [65, ""];
    if (some(entry.pinyin, String.prototype.startsWith)) return [60, ""];
    if (query.length > 1 && some(entry.initials, String.prototype.includes)) return [35, ""];
    if (query.length > 3 && some(entry.pinyin, String.prototype.includes)) return [30, ""];
  }
  for (const [key, name] of entry.others) if (key.startsWith(query)) return [58, name];
  if (entry.key.includes(query)) return [50, ""];
  for (const [key, name] of entry.others) if (key.includes(query)) return [40, name];
  return [0, ""];
};

KG.find = (index, query, limit) => {
  if (!query) return [];
  const found = [];
  for (const entry of index) {
    const [score, name] = KG.match(entry, query);
    if (score) found.push({ thing: entry.thing, score, name, length: entry.key.length });
  }
  // Of names that begin alike the shortest comes first; else things keep the order in which they come, by rank.
  found.sort((a, b) => b.score - a.score || (a.score >= 58 ? a.length - b.length : 0));
  return found.slice(0, limit);
};
