"use strict";
// Where names go on the picture: of one size on the screen at any zoom, beside their things, and never over each other.
// Units are pixels of the screen with the origin of the canvas; the same items in the same order give the same places.
KG.NAME_SIZE = 12.5;

// About how wide a text is, in units of its size. An estimate is enough, and costs nothing for thousands of names.
KG.textWidths = new Map();
KG.textWidth = (text) => {
  let width = KG.textWidths.get(text);
  if (width === undefined) {
    width = 0;
    for (const character of text) width += character.codePointAt(0) > 0x2e7f ? 1 : 0.57;
    KG.textWidths.set(text, width);
  }
  return width;
};

KG.nameHalf = (text) => (KG.textWidth(text) * KG.NAME_SIZE) / 2 + 2;

// Rectangles that are taken, in a grid of cells.
KG.room = () => {
  const cells = new Map();
  const [wide, high] = [96, 32];
  const over = (box, act) => {
    for (let i = Math.floor(box.left / wide); i <= Math.floor(box.right / wide); i++)
      for (let j = Math.floor(box.top / high); j <= Math.floor(box.bottom / high); j++) if (act(`${i},${j}`)) return true;
    return false;
  };
  const clash = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  return {
    free: (box) => !over(box, (cell) => cells.get(cell)?.some((other) => clash(box, other))),
    take: (box) => { over(box, (cell) => { if (cells.has(cell)) cells.get(cell).push(box); else cells.set(cell, [box]); }); },
  };
};

// Spots for the name of a thing of radius r at (x, y), the best first; each is the middle of the text.
KG.spotsOfThing = (x, y, r) => (half, high) => [
  [x, y + r + high + 2], [x, y - r - high - 2], [x + r + half + 3, y], [x - r - half - 3, y], [x, y + r + high * 2 + 4],
];
// On a link, else close above or below it; from the middle towards its far end first: around a hub there is more room
// away from it.
KG.spotsOfLink = (pointAt, fromFar) => (half, high) => [0, -1.6, 1.6].flatMap((aside) =>
  [0.5, 0.62, 0.38, 0.72, 0.8, 0.28].map((share) => { const { x, y } = pointAt(fromFar ? 1 - share : share); return [x, y + aside * high]; }));

// Items {text, spots(half, high), must} in the order of their weight → those that found room, with their boxes. `must` is
// written even where there is none. `sight` is the box that is seen: a name that it would cut is moved inside, or left out.
KG.placeNames = (items, taken, sight = null) => {
  const room = KG.room();
  taken.forEach(room.take);
  const high = KG.NAME_SIZE * 0.62;
  const placed = [];
  for (const item of items) {
    const half = KG.nameHalf(item.text);
    const boxes = item.spots(half, high).map(([x, y]) => ({ left: x - half, right: x + half, top: y - high, bottom: y + high, x, y }));
    const whole = (box) => !sight || (box.left >= sight.left && box.right <= sight.right && box.top >= sight.top && box.bottom <= sight.bottom);
    const moved = (box) => {
      const by = Math.max(0, sight.left - box.left) - Math.max(0, box.right - sight.right);
      return { ...box, left: box.left + by, right: box.right + by, x: box.x + by };
    };
    const inside = sight ? boxes.filter((one) => !whole(one)).map(moved).filter(whole) : [];
    const box = boxes.find((one) => whole(one) && room.free(one)) ?? inside.find(room.free) ?? (item.must ? boxes.find(whole) ?? inside[0] ?? boxes[0] : null);
    if (!box) continue;
    room.take(box);
    placed.push({ item, ...box });
  }
  return placed;
};
