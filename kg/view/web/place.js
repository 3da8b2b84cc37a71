"use strict";
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
