"use strict";
// Dated facts of what is shown, counted by month or year; a stretch of it filters.
KG.BARS = 48; // more buckets than this and years take the place of months

KG.buckets = (dates) => {
  const sorted = dates.filter((date) => /^\d{4}/.test(date)).sort();
  if (!sorted.length) return [];
  const [first, last] = [KG.firstDay(sorted[0]), KG.lastDay(sorted[sorted.length - 1])];
  const [from, to] = [Number(first.slice(0, 4)), Number(last.slice(0, 4))];
  const months = [];
  for (let year = from; year <= to; year++)
    for (let month = 1; month <= 12; month++) {
      const name = `${year}-${String(month).padStart(2, "0")}`;
      if (name >= first.slice(0, 7) && name <= last.slice(0, 7)) months.push(name);
    }
  let names = months;
  if (months.length > KG.BARS) names = Array.from({ length: Math.min(to - from + 1, 400) }, (_, i) => String(from + i));
  const size = names[0].length;
  const count = new Map(names.map((name) => [name, 0]));
  // A date less exact than the bars counts at its beginning.
  for (const date of sorted) {
    const name = KG.firstDay(date).slice(0, size);
    if (count.has(name)) count.set(name, count.get(name) + 1);
  }
  return [...count].map(([name, n]) => ({ name, n }));
};

KG.timeline = (app) => {
  const bars = KG.el("div", { class: "bars" });
  const since = KG.el("input", { type: "range", min: 0, step: 1, "aria-label": KG.t("since") });
  const until = KG.el("input", { type: "range", min: 0, step: 1, "aria-label": KG.t("until") });
  const label = KG.el("output", { class: "range" });
  const clear = KG.button(KG.t("all-dates"), () => app.change((state) => { state.since = state.until = ""; }), { class: "link" });
  const undated = KG.el("span", { class: "quiet" });
  const box = KG.el("section", { class: "timeline", id: "timeline", "aria-label": KG.t("timeline") },
    KG.el("div", { class: "timeline-head" }, KG.el("h2", {}, KG.t("timeline")), label, clear, undated), bars,
    KG.el("div", { class: "ends" }, since, until));
  let buckets = [];
  let anchor = null;

  const choose = (a, b) => {
    const [low, high] = [Math.min(a, b), Math.max(a, b)];
    const whole = low === 0 && high === buckets.length - 1;
    app.change((state) => {
      state.since = whole ? "" : buckets[low].name;
      state.until = whole ? "" : buckets[high].name;
    });
  };
  const placeOf = (event) => {
    const { left, width } = bars.getBoundingClientRect();
    return Math.max(0, Math.min(buckets.length - 1, Math.floor(((event.clientX - left) / width) * buckets.length)));
  };
  bars.addEventListener("pointerdown", (event) => {
    if (!buckets.length) return;
    anchor = placeOf(event);
    bars.setPointerCapture(event.pointerId);
  });
  bars.addEventListener("pointermove", (event) => {
    if (anchor === null) return;
    const here = placeOf(event);
    [...bars.children].forEach((bar, i) => bar.classList.toggle("on", i >= Math.min(anchor, here) && i <= Math.max(anchor, here)));
  });
  bars.addEventListener("pointerup", (event) => {
    if (anchor !== null) choose(anchor, placeOf(event));
    anchor = null;
  });
  since.addEventListener("input", () => choose(Number(since.value), Math.max(Number(since.value), Number(until.value))));
  until.addEventListener("input", () => choose(Math.min(Number(since.value), Number(until.value)), Number(until.value)));

  // As many names under the bars as there is room for.
  const nameBars = () => {
    const room = Math.max(1, Math.floor(bars.clientWidth / 72));
    const step = Math.ceil(buckets.length / room);
    [...bars.children].forEach((bar, i) => { bar.lastChild.hidden = i % step !== 0; });
  };
  new ResizeObserver(nameBars).observe(bars);

  return {
    box,
    render: (visible) => {
      const { state } = app;
      // Counted before the date filter, so that the strip does not shrink under the hand that drags it.
      const undatedFilter = { ...state, since: "", until: "" };
      const facts = KG.visible(undatedFilter, visible.part).links.flatMap((link) => link.facts.filter((fact) => KG.factPasses(undatedFilter, fact)));
      const next = KG.buckets(facts.map((fact) => fact.date));
      if (JSON.stringify(next) !== JSON.stringify(buckets) || !bars.children.length) {
        buckets = next;
        const highest = Math.max(1, ...buckets.map(({ n }) => n));
        bars.replaceChildren(...buckets.map(({ name, n }, i) => {
          const bar = KG.el("div", { class: "bar", title: `${name}: ${KG.number(n)}` }, KG.el("span", { class: "fill" }));
          bar.firstChild.style.height = n ? `${Math.max(6, (n / highest) * 100)}%` : "0";
          bar.append(KG.el("span", { class: "tick" }, name));
          return bar;
        }));
        nameBars();
        since.max = until.max = Math.max(0, buckets.length - 1);
      }
      const inside = ({ name }) => (!state.since || KG.lastDay(name) >= KG.firstDay(state.since)) && (!state.until || KG.firstDay(name) <= KG.lastDay(state.until));
      const on = buckets.map(inside);
      [...bars.children].forEach((bar, i) => bar.classList.toggle("on", on[i]));
      const low = Math.max(0, on.indexOf(true));
      const high = on.lastIndexOf(true) < 0 ? buckets.length - 1 : on.lastIndexOf(true);
      since.value = low;
      until.value = high;
      since.setAttribute("aria-valuetext", buckets[low]?.name ?? "");
      until.setAttribute("aria-valuetext", buckets[high]?.name ?? "");
      const filtered = Boolean(state.since || state.until);
      label.textContent = filtered ? `${state.since || "…"} – ${state.until || "…"}` : "";
      clear.hidden = !filtered;
      const without = facts.filter((fact) => !fact.date).length;
      undated.textContent = !buckets.length ? KG.t("no-dates") : buckets.length === 1 ? `${buckets[0].name}: ${KG.t("facts-n", KG.number(buckets[0].n))}` : without ? KG.t(filtered ? "undated-hidden" : "undated", KG.number(without)) : "";
      box.classList.toggle("empty", buckets.length < 2);
    },
  };
};
