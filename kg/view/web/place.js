"use strict";
// A first picture for the screen at hand. Places are computed beforehand, for one that is wider than high; each linked part keeps
// its own, but the parts are put together anew, with room for names, which have one size at any zoom.
KG.parts = (ids, links) => {
  const beside = new Map(ids.map((id) => [id, []]));
  for (const { from, to } of links) if (beside.has(from) && beside.has(to)) { beside.get(from).push(to); beside.get(to).push(from); }
  const seen = new Set();
  return ids.flatMap((first) => {
    if (seen.has(first)) return [];
    const part = [first];
    seen.add(first);
    for (const here of part) for (const other of beside.get(here)) if (!seen.has(other)) { seen.add(other); part.push(other); }
    return [part];
  });
};

// Boxes {wide, high} side by side and below each other in a strip, each as high up as it fits, then as far left; how high they stand.
KG.packed = (boxes, width) => {
  let line = [{ from: 0, to: width, top: 0 }]; // what is taken, seen from below
  let [high, wide] = [0, 0];
  for (const box of boxes) {
    let best = null;
    line.forEach(({ from }, i) => {
      if (from + box.wide > width && from > 0) return;
      let top = 0;
      for (const step of line.slice(i)) { if (step.from >= from + box.wide) break; top = Math.max(top, step.top); }
      if (!best || top < best.top) best = { from, top };
    });
    const to = best.from + box.wide;
    Object.assign(box, { left: best.from, top: best.top });
    [high, wide] = [Math.max(high, best.top + box.high), Math.max(wide, to)];
    line = [...line.flatMap((step) => [{ ...step, to: Math.min(step.to, best.from) }, { ...step, from: Math.max(step.from, to) }]).filter((step) => step.to > step.from),
      { from: best.from, to, top: best.top + box.high }].sort((a, b) => a.from - b.from);
  }
  return { high, wide };
};

// The largest value from `least` to `most` that fits, or `least`.
KG.largest = (least, most, fits) => {
  if (fits(most)) return most;
  let [low, high] = [least, most];
  for (let i = 0; i < 12; i++) { const middle = (low + high) / 2; if (fits(middle)) low = middle; else high = middle; }
  return low;
};

// spots: [{id, x, y}], halfOf(id): half the width of its name in pixels of the screen, room: {width, height} → spots
KG.arranged = (spots, links, halfOf, room) => {
  const at = new Map(spots.map((spot) => [spot.id, spot]));
  const parts = KG.parts(spots.map(({ id }) => id), links).sort((a, b) => b.length - a.length);
  const upright = room.height > room.width * 1.15;
  const arrange = (turned, share) => {
    const lying = parts.map((part) => {
      const own = part.map((id) => ({ id, x: at.get(id).x, y: at.get(id).y }));
      const span = (key) => Math.max(...own.map((one) => one[key])) - Math.min(...own.map((one) => one[key]));
      return turned && (upright ? span("x") > span("y") : span("y") > span("x")) ? own.map(({ id, x, y }) => ({ id, x: -y, y: x })) : own;
    });
    const half = (id) => Math.max(8, halfOf(id) * share);
    const boxesAt = (across, down) => lying.map((own) => {
      const [lefts, rights, tops, bottoms] = [own.map(({ id, x }) => x * across - half(id)), own.map(({ id, x }) => x * across + half(id)),
        own.map(({ y }) => y * down - 8 - 8 * share), own.map(({ y }) => y * down + 8 + 24 * share)];
      const [x0, y0] = [Math.min(...lefts), Math.min(...tops)];
      return { own, x0, y0, wide: Math.max(...rights) - x0 + 12, high: Math.max(...bottoms) - y0 };
    });
    // The largest part first, or the highest: what stands closer is better.
    const best = (boxes) => {
      const tries = [boxes, [...boxes].sort((a, b) => b.high - a.high), [...boxes].sort((a, b) => b.wide - a.wide)]
        .map((some) => { const own = some.map((box) => ({ ...box })); return { boxes: own, ...KG.packed(own, room.width) }; });
      return tries.reduce((one, other) => (other.high < one.high - 1 ? other : one));
    };
    const fits = (across, down) => { const { high, wide } = best(boxesAt(across, down)); return high <= room.height && wide <= room.width; };
    const scale = KG.largest(0.2, 1.3, (all) => fits(all, all));
    // What is left over above or beside is room for names.
    const down = KG.largest(scale, scale * 1.8, (more) => fits(scale, more));
    const across = KG.largest(scale, scale * 1.8, (more) => fits(more, down));
    const { boxes } = best(boxesAt(across, down));
    return { scale, spots: boxes.flatMap(({ own, x0, y0, left, top }) => own.map(({ id, x, y }) =>
      ({ id, x: Math.round((x * across - x0 + left) / scale), y: Math.round((y * down - y0 + top) / scale) }))) };
  };
  // Where there are too many for all names, things come before them.
  for (const share of [1, 0.6, 0.3, 0]) {
    const plain = arrange(false, share);
    const other = arrange(true, share);
    const best = other.scale > plain.scale * 1.1 ? other : plain;
    if (best.scale > 0.4 || !share) return best.spots;
  }
  return spots;
};

// As many of these as have room with their names: those that hang on one other thing go first, from the least central on.
KG.fewer = (ids, links, most) => {
  let kept = ids;
  while (kept.length > most) {
    const inside = new Set(kept);
    const others = new Map(kept.map((id) => [id, new Set()]));
    for (const { from, to } of links) if (inside.has(from) && inside.has(to) && from !== to) { others.get(from).add(to); others.get(to).add(from); }
    const alone = kept.filter((id) => !others.get(id).size);
    const goes = alone.at(-1) ?? kept.findLast((id) => others.get(id).size === 1) ?? kept.at(-1);
    kept = kept.filter((id) => id !== goes);
  }
  return kept;
};

// Places for things that join the picture: near the thing they were brought by, on the side away from the crowd, and
// never on another label. What stands stays where it is. The same steps give the same places.
KG.ROOM = { x: 118, y: 62 };

KG.places = () => {
  const places = new Map();
  const cells = new Map();
  const cellOf = (x, y) => `${Math.floor(x / KG.ROOM.x)},${Math.floor(y / KG.ROOM.y)}`;
  const put = (id, x, y) => {
    places.set(id, { x: Math.round(x), y: Math.round(y) });
    const cell = cellOf(x, y);
    if (!cells.has(cell)) cells.set(cell, []);
    cells.get(cell).push(id);
  };
  const free = (x, y) => {
    const column = Math.floor(x / KG.ROOM.x);
    const row = Math.floor(y / KG.ROOM.y);
    for (let i = column - 1; i <= column + 1; i++)
      for (let j = row - 1; j <= row + 1; j++)
        for (const id of cells.get(`${i},${j}`) ?? []) {
          const other = places.get(id);
          if (Math.abs(other.x - x) < KG.ROOM.x && Math.abs(other.y - y) < KG.ROOM.y) return false;
        }
    return true;
  };
  const centre = () => {
    let x = 0;
    let y = 0;
    for (const place of places.values()) { x += place.x; y += place.y; }
    return { x: x / (places.size || 1), y: y / (places.size || 1) };
  };
  // Rings around the anchor, on each the directions nearest to outward first. Every other ring is turned by half a step:
  // a thing right behind another would look linked to it.
  const around = (anchor, ids) => {
    const at = anchor && places.get(anchor) ? places.get(anchor) : centre();
    const middle = centre();
    const outward = Math.atan2(at.y - middle.y, at.x - middle.x) || 0;
    let ring = anchor ? 1 : 0;
    let steps = [];
    for (const id of ids) {
      for (;;) {
        if (!steps.length) {
          const count = Math.max(1, ring * 9);
          const half = ring > 1 ? 0.5 : 0;
          steps = Array.from({ length: count }, (_, i) => ((i % 2 ? 1 : -1) * Math.ceil(i / 2) + half) * (2 * Math.PI / count));
          steps = steps.map((turn) => [at.x + Math.cos(outward + turn) * ring * 125, at.y + Math.sin(outward + turn) * ring * 88]);
          ring += 1;
        }
        const [x, y] = steps.shift();
        if (free(x, y)) { put(id, x, y); break; }
      }
    }
  };
  return {
    get: (id) => places.get(id),
    has: (id) => places.has(id),
    set: (known) => known.forEach(({ id, x, y }) => { if (!places.has(id)) put(id, x, y); }),
    move: (id, { x, y }) => put(id, x, y), // by hand; the old spot stays taken, which does no harm
    around: (anchor, ids) => around(anchor, ids.filter((id) => !places.has(id))),
  };
};
