"use strict";
// Figures about a thing: a small table by indicator, with a line where one was measured over several periods.
KG.SIGNS = { exact: "", above: "≥", below: "≤", about: "≈" }; // 以上 and 以内 hold the number itself

// 5842.91亿, 1.2万亿. In Traditional script too: Intl writes 1.2兆, which is another number to readers on the mainland and in Hong Kong.
KG.shortNumber = (value) => {
  const size = Math.abs(value);
  if (size < 1e5) return new Intl.NumberFormat(KG.language, { maximumFractionDigits: 4 }).format(value);
  const compact = new Intl.NumberFormat(KG.language, { notation: "compact", maximumFractionDigits: 2 });
  return KG.language === "zh-Hant" && size >= 1e12 && size < 1e16 ? `${new Intl.NumberFormat(KG.language, { maximumFractionDigits: 2 }).format(value / 1e12)}萬億` : compact.format(value);
};

// 前三: third at worst. Planned ranks are told by what they are within.
KG.isAmongFirst = ({ kind, scope, unit, bound }) => (kind === "rank" || Boolean(scope && !unit)) && bound === "below";

KG.figureText = (figure) => {
  const value = Number(figure.value);
  if (KG.isAmongFirst(figure)) return KG.t("rank-first", KG.shortNumber(value));
  if (figure.kind === "rank") return KG.t("rank-n", KG.shortNumber(value));
  const unit = figure.unit === "percent" ? "%" : KG.code("unit", figure.unit);
  const written = KG.shortNumber(value);
  const sign = KG.SIGNS[figure.bound] ?? "";
  return `${sign}${sign ? " " : ""}${written}${unit && unit !== "%" && KG.language === "en" ? " " : ""}${unit}`;
};

// 2021-01-01/2021-12-31 is a year, 2021-01-01/2021-06-30 its months 01 to 06, 2021-01-01/2025-12-31 the years 2021 to 2025.
KG.periodText = (period) => {
  const [start, end] = period.split("/");
  if (!end) return start;
  const [first, last] = [start.slice(0, 4), end.slice(0, 4)];
  if (start.endsWith("-01-01") && end.endsWith("-12-31")) return first === last ? first : `${first} – ${last}`;
  const endsMonth = new Date(Date.parse(end) + 864e5).getUTCDate() === 1; // the day behind it is a first
  if (!start.endsWith("-01") || !endsMonth) return `${start} – ${end}`;
  const month = start.slice(0, 7);
  if (first !== last) return `${month} – ${end.slice(0, 7)}`;
  return month === end.slice(0, 7) ? month : `${month} – ${end.slice(5, 7)}`;
};

// The records that make a course: amounts over periods of one length, the commonest, of equals the longest. A year beside its half would
// look like a fall; of rates the length does not matter so.
KG.alikeLong = (records, unit, periodOf) => {
  if (unit === "%" || unit === "‰") return records;
  const months = (period) => Math.round((Date.parse(KG.lastDay(period)) - Date.parse(KG.firstDay(period))) / 2629800000); // 0 for a day
  const groups = new Map();
  for (const record of records) {
    const length = months(periodOf(record));
    if (!groups.has(length)) groups.set(length, []);
    groups.get(length).push(record);
  }
  const times = (group) => new Set(group.map(periodOf)).size;
  return [...groups].sort((a, b) => times(b[1]) - times(a[1]) || b[0] - a[0])[0]?.[1] ?? [];
};

KG.sparkline = (figures) => {
  // Of ranks a rising line would be a fall.
  const course = figures.filter((figure) => figure.period && figure.kind !== "rank" && !KG.isAmongFirst(figure) && Number.isFinite(Number(figure.value)));
  const dated = KG.alikeLong(course, figures[0]?.unit, ({ period }) => period)
    .map((figure) => [Date.parse(KG.lastDay(figure.period)), Number(figure.value)])
    .filter(([time]) => Number.isFinite(time)).sort((a, b) => a[0] - b[0]);
  // Two sentences about one period are no course, and the same value twice is no line to look at.
  if ([0, 1].some((part) => new Set(dated.map((point) => point[part])).size < 2)) return null;
  const [times, values] = [dated.map(([t]) => t), dated.map(([, v]) => v)];
  const scale = (value, list, size) => ((value - Math.min(...list)) / (Math.max(...list) - Math.min(...list) || 1)) * size;
  const points = dated.map(([t, v]) => [3 + scale(t, times, 84), 23 - scale(v, values, 20)].map((n) => n.toFixed(1)));
  const [lastX, lastY] = points[points.length - 1];
  return KG.svg("svg", { class: "spark", viewBox: "0 0 90 26", width: 90, height: 26, role: "img",
    "aria-label": KG.t("spark", values[0], values[values.length - 1]) },
  KG.svg("polyline", { points: points.map((point) => point.join(",")).join(" ") }),
  KG.svg("circle", { cx: lastX, cy: lastY, r: 2.5 }));
};

// What a growth or change is measured against, in words of the reader's language, else in those of the text; or what a rank is within.
KG.base = (figure) => {
  const words = figure.base ? [KG.told("base", figure.base) || KG.name(figure.base)] : figure.scope ? [KG.t("within"), KG.name(figure.scope)] : null;
  return words && KG.el("div", { class: "quiet base" }, ...words);
};

// Who answers for a target. `link` makes the way to one; a page need not hold them all.
KG.responsible = ({ responsible }, link = (who) => KG.name(who.label)) => (responsible?.length
  ? KG.el("div", { class: "quiet" }, KG.t("responsible"), ...responsible.map((who) => KG.el("div", { class: "responsible" }, who.id ? link(who) : KG.name(who.label)))) : null);

KG.FIRST_FIGURES = 6; // series that are shown at once

KG.figureTable = (figures, link) => {
  const series = new Map();
  for (const figure of figures) {
    const key = JSON.stringify([figure.indicator, figure.kind, figure.unit]);
    if (!series.has(key)) series.set(key, []);
    series.get(key).push(figure);
  }
  // Known indicators come first; of these, as of the others, what was measured for most periods, then what has a period; else in the
  // order of the text, of the latest first. Of a table's figures nobody asks whether their indicators are known.
  const weight = (group) => new Set(group.map(({ period }) => period)).size * 2 + (group.some(({ period }) => period) ? 1 : 0);
  const place = ({ sentence }) => (sentence ? sentence.start + sentence.from : 0);
  const order = (a, b) => {
    const [one, other] = [a.document?.date || "", b.document?.date || ""];
    return one === other ? place(a) - place(b) : one > other ? -1 : 1;
  };
  const known = (group) => Number(group.some(({ clues }) => !clues?.length || clues.includes("indicator-listed")));
  const first = (group) => [...group].sort(order)[0];
  const groups = [...series.values()].sort((a, b) => known(b) - known(a) || weight(b) - weight(a) || order(first(a), first(b)));
  const rows = groups.map((group) => {
    group.sort((a, b) => (a.period < b.period ? -1 : a.period > b.period ? 1 : 0));
    // One row for what several sentences say alike.
    const lines = new Map();
    for (const figure of group) {
      const key = JSON.stringify([figure.value, figure.bound, figure.period, figure.base, figure.scope]);
      if (!lines.has(key)) lines.set(key, []);
      lines.get(key).push(figure);
    }
    return [...lines.values()].map((alike, i) => {
      const [figure] = alike;
      const sure = KG.confidence(Math.max(...alike.map(({ confidence }) => confidence)));
      const detail = KG.el("tr", { class: "detail", hidden: true }, KG.el("td", { colspan: lines.size > 1 ? 2 : 3 },
        ...alike.flatMap((one) => [alike.length > 1 ? KG.confidence(one.confidence) : null, KG.evidence(one)])));
      const opener = KG.button(KG.figureText(figure), () => {
        detail.hidden = !detail.hidden;
        opener.setAttribute("aria-expanded", String(!detail.hidden));
      }, { class: "link", "aria-expanded": "false", title: KG.oneLine(figure.quoted || "") });
      const heading = i ? null : KG.el("th", { scope: "rowgroup", rowspan: lines.size > 1 ? lines.size * 2 : 1 }, KG.name(figure.indicator),
        KG.el("div", { class: "quiet" }, KG.code("kind", figure.kind)), KG.sparkline(group));
      return [KG.el("tr", {}, heading, KG.el("td", { class: "amount" }, opener, alike.length > 1 ? KG.el("span", { class: "quiet small" }, ` ×${alike.length}`) : null, KG.el("div", {}, sure)),
        KG.el("td", {}, KG.periodText(figure.period) || "–", KG.base(figure), KG.responsible(alike.find(({ responsible }) => responsible?.length) ?? {}, link))), detail];
    });
  });
  const bodies = rows.map((group) => KG.el("tbody", {}, ...group.flat()));
  const table = KG.el("table", { class: "figures" }, KG.el("thead", {}, KG.el("tr", {},
    ...["indicator", "value", "period"].map((key) => KG.el("th", { scope: "col" }, KG.t(key))))),
  ...bodies.slice(0, KG.FIRST_FIGURES));
  if (bodies.length <= KG.FIRST_FIGURES) return [table];
  const more = KG.button(KG.t("show-figures", KG.number(figures.length)), () => {
    table.append(...bodies.slice(KG.FIRST_FIGURES));
    bodies[KG.FIRST_FIGURES].querySelector("button")?.focus();
    more.remove();
  }, { class: "link more" });
  return [table, more];
};
