"use strict";
// Small charts, drawn as SVG: bars for amounts by name, lines for amounts over time. Values are also in the table.
// On a narrow screen the drawing is narrower too, so that its words keep their size.
KG.chartSize = () => (innerWidth < 720 ? { width: 340, bar: 24, left: 92, right: 56, height: 220, letters: 7 }
  : { width: Math.max(680, Math.min(1112, innerWidth - 136)), bar: 24, left: 190, right: 90, height: 280, letters: 14 });

// Records that can be compared: of the period that most of the names have, one for each name.
KG.comparable = (records, nameOf, periodOf) => {
  const periods = new Map();
  for (const record of records) {
    const period = periodOf(record) ?? "";
    if (!periods.has(period)) periods.set(period, new Map());
    periods.get(period).set(nameOf(record), record);
  }
  const [period, found] = [...periods].sort((a, b) => b[1].size - a[1].size)[0] ?? ["", new Map()];
  return { period, records: [...found.values()] };
};

// items: [{label, value}]; at most thirty are drawn.
KG.barChart = (title, items) => {
  const shown = items.filter(({ value }) => Number.isFinite(value)).slice(0, 30);
  if (shown.length < 2) return null;
  const { width, bar, left, right, letters } = KG.chartSize();
  const [least, most] = [Math.min(0, ...shown.map(({ value }) => value)), Math.max(0, ...shown.map(({ value }) => value))];
  const place = (value) => left + ((value - least) / (most - least || 1)) * (width - left - right);
  const short = KG.shortenApart(shown.map(({ label }) => label), letters);
  const rows = shown.map(({ label, value }, i) => {
    const y = i * bar + 4;
    const [from, to] = [Math.min(place(0), place(value)), Math.max(place(0), place(value))];
    return KG.svg("g", {}, KG.svg("text", { x: left - 8, y: y + 13, "text-anchor": "end", class: "name" }, short[i]),
      KG.svg("rect", { x: from, y, width: Math.max(1, to - from), height: bar - 7, rx: 2 }, KG.svg("title", {}, `${KG.oneLine(label)}: ${value}`)),
      KG.svg("text", { x: to + 6, y: y + 13, class: "value" }, KG.shortNumber(value)));
  });
  return KG.svg("svg", { class: "chart", viewBox: `0 0 ${width} ${shown.length * bar + 8}`, role: "img", "aria-label": KG.t("chart-of", title, shown.length) }, ...rows);
};

// A figure with a caption: lines if that tells of most things, else bars of one period; null if there is neither. `dashes` says what
// whole and dashed lines are.
KG.bestChart = (title, period, series, items, dashes = "") => {
  const long = series.filter(({ points }) => new Set(points.map(([time]) => time)).size > 1).length;
  const lines = () => { const drawn = long ? KG.lineChart(title, series) : null; return drawn && [title + dashes, drawn]; };
  const bars = () => { const drawn = KG.barChart(title, items); return drawn && [[title, period].filter(Boolean).join(" · "), drawn]; };
  const best = long * 2 >= items.length ? lines() ?? bars() : bars() ?? lines();
  return best && KG.el("div", { class: "picture" }, KG.el("figure", {}, KG.el("figcaption", {}, KG.name(best[0])), best[1]));
};

// Three to six round numbers around what is drawn: 0, 5, 10 and not 0, 4.05, 8.1.
KG.ticks = (low, high) => {
  const least = (high - low) / 4 || Math.abs(high) / 4 || 1;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 2.5, 5, 10].map((times) => times * power).find((size) => size >= least * 0.999);
  const [from, to] = [Math.floor(low / step + 1e-9), Math.max(Math.ceil(high / step - 1e-9), Math.floor(low / step + 1e-9) + 1)];
  return Array.from({ length: to - from + 1 }, (_, i) => Number(((from + i) * step).toPrecision(12)));
};

// Places for labels beside a line's end: as near to it as they can stand without covering each other.
KG.spread = (places, apart, low, high) => {
  const order = places.map((y, i) => [y, i]).sort((a, b) => a[0] - b[0]);
  let last = -Infinity;
  for (const one of order) last = one[0] = Math.max(one[0], last + apart, low);
  last = high + apart;
  for (const one of [...order].reverse()) last = one[0] = Math.min(one[0], last - apart);
  return order.sort((a, b) => a[1] - b[1]).map(([y]) => y);
};

// series: [{name, points: [[time in milliseconds, value]], aim}]; at most eight are drawn. One with `aim`, the number of
// another, has that one's colour and name and is dashed: what was aimed at, beside what came of it.
KG.lineChart = (title, series) => {
  const drawn = series.map((one, i) => ({ ...one, colour: one.aim ?? i, points: one.points.filter(([t, v]) => Number.isFinite(t) && Number.isFinite(v)).sort((a, b) => a[0] - b[0]) }))
    .filter(({ points }) => new Set(points.map(([t]) => t)).size > 1).slice(0, 8);
  if (!drawn.length) return null;
  const { width, height, letters } = KG.chartSize();
  const box = { left: letters < 10 ? 48 : 70, right: letters < 10 ? 92 : 150, top: 12, bottom: 28 };
  const [times, values] = [drawn.flatMap(({ points }) => points.map(([t]) => t)), drawn.flatMap(({ points }) => points.map(([, v]) => v))];
  const span = (list) => [Math.min(...list), Math.max(...list)];
  const [[t0, t1], [low, high]] = [span(times), span(values)];
  const ticks = KG.ticks(low > 0 && low < high * 0.6 ? 0 : low, high);
  const [v0, v1] = [ticks[0], ticks[ticks.length - 1]];
  const x = (t) => box.left + ((t - t0) / (t1 - t0 || 1)) * (width - box.left - box.right);
  const y = (v) => height - box.bottom - ((v - v0) / (v1 - v0 || 1)) * (height - box.top - box.bottom);
  const years = [...new Set(times.map((t) => new Date(t).getUTCFullYear()))].sort();
  const step = Math.ceil(years.length / 8);
  const colours = [...new Set(drawn.map(({ colour }) => colour))];
  // One name for each colour, where its longest line ends.
  const ends = colours.map((colour) => drawn.filter((one) => one.colour === colour)
    .map(({ name, points }) => [name, ...points[points.length - 1]]).reduce((a, b) => (b[1] > a[1] ? b : a)));
  const short = KG.shortenApart(ends.map(([name]) => name), letters < 10 ? 7 : 11);
  const places = KG.spread(ends.map(([, , v]) => y(v)), 15, box.top, height - box.bottom);
  const names = ends.map(([, t], i) => KG.svg("g", { class: `series s${i}` }, KG.svg("text", { x: x(t) + 8, y: places[i] + 4, class: "name" }, short[i])));
  const lines = drawn.map(({ name, points, aim, colour }) => {
    const ofColour = `series s${colours.indexOf(colour)}`;
    return KG.svg("g", { class: aim === undefined ? ofColour : `${ofColour} aim` },
      KG.svg("polyline", { points: points.map(([t, v]) => `${x(t).toFixed(1)},${y(v).toFixed(1)}`).join(" ") }),
      ...points.map(([t, v]) => KG.svg("circle", { cx: x(t).toFixed(1), cy: y(v).toFixed(1), r: 3 }, KG.svg("title", {}, `${KG.oneLine(name)} ${new Date(t).toISOString().slice(0, 10)}: ${v}`))));
  });
  return KG.svg("svg", { class: "chart", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": KG.t("chart-of", title, drawn.length) },
    ...ticks.map((v) => KG.svg("g", { class: "tick" }, KG.svg("line", { x1: box.left, x2: width - box.right, y1: y(v), y2: y(v) }), KG.svg("text", { x: box.left - 8, y: y(v) + 4, "text-anchor": "end" }, KG.shortNumber(v)))),
    ...years.filter((_, i) => i % step === 0).map((year) => KG.svg("text", { class: "year", x: x(Math.min(Math.max(Date.UTC(year, 11, 31), t0), t1)), y: height - 8, "text-anchor": "middle" }, year)),
    ...lines, ...names);
};
