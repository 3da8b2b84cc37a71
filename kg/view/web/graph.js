"use strict";
// The picture: vis-network without physics. Everything stands where it was put; only what changed is redrawn.
KG.LABELS_FROM = 1.25; // zoom at which all links carry their names
KG.NAMED = 40; // links at a thing beyond which their names say less than they cover
KG.MANY = 400; // things beyond which nothing is dimmed and no badges are drawn
KG.LEAST = 5; // pixels of the screen from the middle of a thing to its border: with much less its shape cannot be told

// What of the picture's box is free for things: not its borders, nor the buttons, which stand beside or, on a narrow screen, below.
KG.margins = (width) => (width < 600 ? { left: 8, right: 8, top: 12, bottom: 52 } : { left: 16, right: 56, top: 12, bottom: 12 });
KG.roomIn = ({ clientWidth, clientHeight }) => {
  const { left, right, top, bottom } = KG.margins(clientWidth);
  return { width: Math.max(100, clientWidth - left - right), height: Math.max(100, clientHeight - top - bottom) };
};

KG.colours = () => {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(name).trim();
  return { text: read("--text"), soft: read("--soft"), line: read("--edge"), paper: read("--paper"), accent: read("--accent"),
    font: getComputedStyle(document.body).fontFamily };
};

// By links, against the thing with the most of them; what is only mentioned often grows too, but less.
KG.thingSize = (thing, most) => 7 + 11 * Math.sqrt(Math.min(1, Math.max(thing.degree, thing.mentions / 4) / Math.max(most, 12)));

// Links between the same two things are bent by different amounts, whichever way each of them points.
KG.bends = (links) => {
  const groups = new Map();
  for (const link of links) {
    const pair = link.from < link.to ? `${link.from} ${link.to}` : `${link.to} ${link.from}`;
    if (!groups.has(pair)) groups.set(pair, []);
    groups.get(pair).push(link);
  }
  const bends = new Map();
  for (const group of groups.values())
    group.forEach((link, i) => {
      const bend = (i - (group.length - 1) / 2) * Math.min(0.28, 1 / group.length);
      bends.set(link.id, link.from < link.to ? bend : -bend);
    });
  return bends;
};

KG.graph = (app) => {
  const holder = KG.el("div", { class: "canvas" });
  const tip = KG.el("div", { class: "tip", role: "tooltip", hidden: true });
  const box = KG.el("div", {
    id: "graph", class: "graph", tabindex: 0, role: "application", "aria-label": KG.t("graph"), "aria-describedby": "keys",
  }, holder, tip);
  const nodes = new vis.DataSet();
  const edges = new vis.DataSet();
  const network = new vis.Network(holder, { nodes, edges }, {
    physics: false, layout: { improvedLayout: false }, autoResize: true,
    interaction: { hover: true, tooltipDelay: 1e9, hideEdgesOnDrag: false, keyboard: false, selectConnectedEdges: false, dragNodes: true, zoomSpeed: 0.7 },
    nodes: { borderWidth: 1.5, borderWidthSelected: 3 },
    edges: { smooth: false, arrows: { to: { enabled: true, scaleFactor: 0.45 } }, selectionWidth: 1, hoverWidth: 0.5, arrowStrikethrough: false },
  });
  // vis-network makes its canvas a stop of its own; the box around it is the one that has a name and keys.
  network.canvas.frame.tabIndex = -1;
  network.canvas.frame.setAttribute("aria-hidden", "true");

  let shown = { things: [], links: [] };
  let colours = KG.colours();
  let hovered = null;
  let badges = [];
  let names = [];
  let ranked = [];
  let short = new Map(); // id → its name as it stands in the picture
  let least = 0; // size that things are drawn with at least, so that their shapes can be told from afar
  const sizeOf = (thing) => Math.max(KG.thingSize(thing, app.largest), least);
  let links = new Map();

  const types = new Map(app.about.types.map((type) => [type.id, type]));
  const near = () => {
    const state = app.state;
    if (state.link && links.has(state.link)) return new Set([links.get(state.link).from, links.get(state.link).to]);
    if (!state.selected) return null;
    const around = new Set([state.selected]);
    for (const link of shown.links) {
      if (link.from === state.selected) around.add(link.to);
      if (link.to === state.selected) around.add(link.from);
    }
    return around;
  };

  const nodeItem = (thing, dim) => {
    const colour = KG.colourOf(types.get(thing.type));
    const chosen = thing.id === app.state.selected;
    return {
      id: thing.id, ...app.places.get(thing.id), shape: types.get(thing.type).shape, size: sizeOf(thing),
      opacity: dim ? 0.25 : 1,
      borderWidth: chosen ? 4 : 1.5,
      color: { background: colour, border: chosen ? colours.accent : colours.paper,
        highlight: { background: colour, border: colours.accent }, hover: { background: colour, border: colours.text } },
    };
  };
  const touches = (link) => [link.from, link.to, link.id].some((id) => id === app.state.selected || id === app.state.link || id === hovered);
  const edgeItem = (link, bend, dim) => ({
    id: link.id, from: link.from, to: link.to,
    width: Math.min(4, 1 + 0.5 * Math.log2(link.facts.length)) + (link.id === app.state.link ? 1.5 : 0),
    smooth: Math.abs(bend) < 0.01 ? false : { enabled: true, type: bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(bend) },
    color: { color: touches(link) ? colours.soft : colours.line, highlight: colours.accent, hover: colours.text, opacity: dim ? 0.3 : 1 },
  });
  // Only items whose look changed are handed over: a data set redraws for each.
  const looks = { nodes: new Map(), edges: new Map() };
  const hand = (set, known, items) => {
    const fresh = new Map(items.map((item) => [item.id, JSON.stringify(item)]));
    const gone = [...known.keys()].filter((id) => !fresh.has(id));
    if (gone.length) set.remove(gone);
    const changed = items.filter((item) => known.get(item.id) !== fresh.get(item.id));
    if (changed.length) set.update(changed);
    known.clear();
    fresh.forEach((look, id) => known.set(id, look));
  };
  const paint = () => {
    const around = shown.things.length <= KG.MANY ? near() : null;
    const bends = KG.bends(shown.links);
    const chosen = app.state.selected;
    const isDim = (link) => around !== null &&
      (app.state.link ? link.id !== app.state.link : link.from !== chosen && link.to !== chosen);
    const edgeItems = shown.links.map((link) => edgeItem(link, bends.get(link.id), isDim(link)));
    // Links first out and last in: an edge without its nodes is an error in vis-network.
    const kept = new Set(edgeItems.map((item) => item.id));
    edges.remove([...looks.edges.keys()].filter((id) => !kept.has(id)));
    hand(nodes, looks.nodes, shown.things.map((thing) => nodeItem(thing, around !== null && !around.has(thing.id))));
    hand(edges, looks.edges, edgeItems);
  };

  const markBadges = () => {
    badges = [];
    if (shown.things.length > KG.MANY) return;
    const count = new Map();
    const pairs = new Set();
    for (const link of shown.part.links) {
      const pair = link.from < link.to ? `${link.from} ${link.to}` : `${link.to} ${link.from}`;
      if (pairs.has(pair)) continue;
      pairs.add(pair);
      for (const id of [link.from, link.to]) count.set(id, (count.get(id) ?? 0) + 1);
    }
    for (const thing of shown.things) {
      const more = thing.neighbours - (count.get(thing.id) ?? 0);
      if (more > 0) badges.push({ thing, text: more > 99 ? "99+" : `+${more}` });
      else if (app.state.open.has(thing.id)) badges.push({ thing, text: "−" });
    }
  };
  // Badges and names are drawn over the picture in pixels of the screen, so that they can be read at any zoom.
  const badgeBoxes = (scale, around, edge) => badges.flatMap((badge) => {
    const place = network.body.nodes[badge.thing.id];
    if (!place || (around && !around.has(badge.thing.id))) return [];
    const half = Math.max(8, KG.textWidth(badge.text) * 5.2 + 4);
    const own = [place.x * scale, place.y * scale];
    const [dx, dy] = [sizeOf(badge.thing) * 0.85 * scale + 6, sizeOf(badge.thing) * 0.85 * scale + 3];
    // On the other side of a thing that stands at the right or upper edge, so that the badge is not cut off.
    const x = own[0] + dx + half > edge.right && own[0] < edge.right ? own[0] - dx : own[0] + dx;
    const y = own[1] - dy - 8 < edge.top && own[1] > edge.top ? own[1] + dy : own[1] - dy;
    return [{ badge, x, y, left: x - half, right: x + half, top: y - 7.5, bottom: y + 7.5 }];
  });
  const nameItems = (scale, around) => {
    const [from, to] = [network.DOMtoCanvas({ x: 0, y: 0 }), network.DOMtoCanvas({ x: box.clientWidth, y: box.clientHeight })];
    const inSight = ({ x, y }) => x > from.x && x < to.x && y > from.y && y < to.y;
    const first = (id) => id === app.state.selected || id === hovered;
    const thingItem = (thing) => {
      const place = network.body.nodes[thing.id];
      if (!place || !inSight(place)) return [];
      return [{ id: thing.id, text: first(thing.id) ? KG.shorten(thing.label, 24) : short.get(thing.id), must: first(thing.id),
        spots: KG.spotsOfThing(place.x * scale, place.y * scale, sizeOf(thing) * scale),
        colour: around && !around.has(thing.id) && !first(thing.id) ? colours.soft : colours.text, strong: first(thing.id) }];
    };
    const linkItem = (link) => {
      const edge = network.body.edges[link.id];
      if (!edge?.connected) return [];
      const pointAt = (share) => { const { x, y } = edge.edgeType.getPoint(share); return { x: x * scale, y: y * scale }; };
      const direct = link.id === app.state.link || link.id === hovered;
      if (!direct && !inSight(edge.edgeType.getPoint(0.5))) return [];
      return [{ text: KG.label(app.predicates.get(link.predicate)), must: direct, spots: KG.spotsOfLink(pointAt, first(link.to)),
        colour: direct ? colours.text : colours.soft, small: true }];
    };
    const near = around ? ranked.filter(({ id }) => around.has(id)) : [];
    const rest = around ? ranked.filter(({ id }) => !around.has(id)) : ranked;
    const touched = shown.links.filter(touches);
    const zoomedIn = scale >= KG.LABELS_FROM && shown.links.length <= 600;
    const others = zoomedIn ? shown.links.filter((link) => !touches(link)) : [];
    const lead = [...near, ...rest].filter(({ id }) => first(id));
    const named = (touched.length <= KG.NAMED ? touched : touched.filter(({ id }) => id === hovered || id === app.state.link)).flatMap(linkItem);
    const beside = rest.filter(({ id }) => !first(id)).flatMap(thingItem);
    // Around what is selected its links count more than things that are dimmed; else no link takes the place of a thing.
    return [...lead, ...near.filter(({ id }) => !first(id))].flatMap(thingItem)
      .concat(around ? [named, beside] : [beside, named]).flat().concat(others.flatMap(linkItem));
  };
  // The zoom buttons lie over the picture.
  const buttons = (scale) => {
    const [own, other] = [box.getBoundingClientRect(), box.parentElement?.querySelector(".zoom")?.getBoundingClientRect()];
    if (!other?.width) return [];
    const [from, to] = [network.DOMtoCanvas({ x: other.left - own.left, y: other.top - own.top }), network.DOMtoCanvas({ x: other.right - own.left, y: other.bottom - own.top })];
    return [{ left: from.x * scale, top: from.y * scale, right: to.x * scale, bottom: to.y * scale }];
  };
  // In steps, so that not every turn of the wheel hands all things over anew.
  const leastAt = (scale) => (shown.things.length > KG.MANY ? 0 : Math.ceil((shown.things.length > 100 ? 0.8 : 1) * KG.LEAST / scale));
  network.on("afterDrawing", (context) => {
    const scale = network.getScale();
    if (leastAt(scale) !== least) {
      least = leastAt(scale);
      requestAnimationFrame(() => { if (alive) paint(); });
    }
    const around = shown.things.length <= KG.MANY ? near() : null;
    badges.forEach((badge) => { badge.box = null; });
    const [from, to] = [network.DOMtoCanvas({ x: 6, y: 6 }), network.DOMtoCanvas({ x: box.clientWidth - 6, y: box.clientHeight - 6 })];
    const edge = { left: from.x * scale, top: from.y * scale, right: to.x * scale, bottom: to.y * scale };
    const marks = scale < 0.4 ? [] : badgeBoxes(scale, around, edge);
    const shapes = shown.things.length > 2000 ? [] : shown.things.flatMap((thing) => {
      const place = network.body.nodes[thing.id];
      const half = sizeOf(thing) * scale;
      return place ? [{ left: place.x * scale - half, right: place.x * scale + half, top: place.y * scale - half, bottom: place.y * scale + half }] : [];
    });
    names = KG.placeNames(nameItems(scale, around), [...marks, ...shapes, ...buttons(scale)], edge);
    context.save();
    context.scale(1 / scale, 1 / scale);
    // From afar a thing would be smaller than a point.
    if (scale < 0.25 && shown.things.length > KG.MANY)
      for (const thing of shown.things) {
        const place = network.body.nodes[thing.id];
        if (!place) continue;
        context.beginPath();
        context.arc(place.x * scale, place.y * scale, Math.max(2, sizeOf(thing) * scale), 0, 2 * Math.PI);
        context.fillStyle = KG.colourOf(types.get(thing.type));
        context.fill();
      }
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.strokeStyle = colours.paper;
    for (const { item, x, y } of names) {
      context.font = `${item.strong ? 600 : 400} ${item.small ? KG.NAME_SIZE - 1 : KG.NAME_SIZE}px ${colours.font}`;
      context.lineWidth = 4;
      context.strokeText(item.text, x, y);
      context.fillStyle = item.colour;
      context.fillText(item.text, x, y);
    }
    context.font = `600 9.5px ${colours.font}`;
    context.lineWidth = 0.8;
    context.strokeStyle = colours.soft;
    for (const mark of marks) {
      mark.badge.box = mark;
      context.beginPath();
      context.roundRect(mark.left, mark.top, mark.right - mark.left, mark.bottom - mark.top, 7.5);
      context.fillStyle = colours.paper;
      context.fill();
      context.stroke();
      context.fillStyle = colours.text;
      context.fillText(mark.badge.text, mark.x, mark.y + 0.5);
    }
    context.restore();
  });

  network.on("click", ({ pointer, nodes: hitNodes, edges: hitEdges }) => {
    const [x, y] = [pointer.canvas.x * network.getScale(), pointer.canvas.y * network.getScale()];
    const inside = (area, margin) => area && x > area.left - margin && x < area.right + margin && y > area.top - margin && y < area.bottom + margin;
    const hit = badges.find((badge) => inside(badge.box, 3));
    const name = names.find((one) => one.item.id && inside(one, 1));
    const id = hitNodes[0] ?? name?.item.id;
    if (hit) app.toggle(hit.thing.id);
    else if (id) (id === app.state.selected ? app.toggle : app.select)(id);
    else if (hitEdges.length) app.selectLink(hitEdges[0]);
    else app.select(null);
  });
  network.on("dragEnd", ({ nodes: moved }) => {
    for (const id of moved) app.places.move(id, network.getPosition(id));
    network.unselectAll();
  });
  const point = (id, lines, event) => {
    hovered = id;
    tip.replaceChildren(...lines);
    tip.hidden = false;
    const { x, y } = event.pointer ? event.pointer.DOM : { x: 0, y: 0 };
    tip.style.left = `${Math.min(x + 14, box.clientWidth - tip.offsetWidth - 8)}px`;
    tip.style.top = `${Math.min(y + 14, box.clientHeight - tip.offsetHeight - 8)}px`;
    paint();
    network.body.emitter.emit("_requestRedraw");
  };
  const leave = () => { hovered = null; tip.hidden = true; paint(); network.body.emitter.emit("_requestRedraw"); };
  const thingOf = (id) => shown.things.find((thing) => thing.id === id);
  network.on("hoverNode", (event) => {
    const thing = thingOf(event.node);
    if (!thing) return;
    point(event.node, [
      KG.name(thing.label, { class: "strong" }),
      KG.el("div", {}, `${KG.label(types.get(thing.type))} · ${KG.t("links-n", thing.neighbours)} · ${KG.t("mentions-n", thing.mentions)}`),
    ], event);
  });
  network.on("hoverEdge", (event) => {
    const link = links.get(event.edge);
    if (!link || hovered === link.id) return;
    point(link.id, [KG.el("div", {}, KG.name(thingOf(link.from).label), ` ${KG.label(app.predicates.get(link.predicate))} → `,
      KG.name(thingOf(link.to).label)), KG.el("div", {}, KG.t("facts-n", link.facts.length))], event);
  });
  network.on("blurNode", leave);
  network.on("blurEdge", leave);
  network.on("dragStart", () => { tip.hidden = true; });
  let alive = true;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const motion = () => (calm.matches || shown.things.length > KG.MANY ? false : { duration: 280, easingFunction: "easeInOutQuad" });
  const whenDrawn = (act) => requestAnimationFrame(() => requestAnimationFrame(() => { if (alive) act(); }));
  // How much of the picture lies under the panel, on screens too small for both.
  const covered = () => {
    const [here, panel] = [box.getBoundingClientRect(), document.getElementById("panel").getBoundingClientRect()];
    if (!panel.width || panel.left >= here.right || panel.top >= here.bottom) return { right: 0, below: 0 };
    return panel.left > here.left + 40 ? { right: here.right - panel.left, below: 0 } : { right: 0, below: here.bottom - panel.top };
  };
  // All of these things in sight, with room for their names, beside the panel.
  const frame = (ids, animation, most = 1.4) => {
    const placed = ids.filter((id) => app.places.has(id));
    const spots = placed.map((id) => app.places.get(id));
    if (!spots.length || !box.clientWidth) return;
    const [left, right, top, bottom] = spots.reduce(([a, b, c, d], { x, y }) => [Math.min(a, x), Math.max(b, x), Math.min(c, y), Math.max(d, y)],
      [Infinity, -Infinity, Infinity, -Infinity]);
    const hidden = covered();
    const edge = KG.margins(box.clientWidth);
    const [wide, high] = [box.clientWidth - edge.left - edge.right - hidden.right, box.clientHeight - edge.top - edge.bottom - hidden.below];
    // Names reach beyond their things by as many pixels at any zoom: those that stand outermost count.
    // (Of many things not all names are written, and a name that would be cut moves inside.)
    const halves = placed.map((id) => Math.min(placed.length > 100 ? 24 : 100, wide / 5, KG.nameHalf(short.get(id) ?? "")));
    const spanAt = (scale) => [Math.min(...spots.map(({ x }, i) => x * scale - halves[i])), Math.max(...spots.map(({ x }, i) => x * scale + halves[i]))];
    const scale = KG.largest(0.02, most, (one) => { const [from, to] = spanAt(one); return to - from <= wide && (bottom - top) * one + 48 <= high; });
    const [from, to] = spanAt(scale);
    // The middle of what is free stands where the middle of the things shall be.
    const position = { x: ((from + to) / 2 + (edge.right - edge.left + hidden.right) / 2) / scale,
      y: ((top + bottom) / 2 * scale + 8 + (edge.bottom - edge.top + hidden.below) / 2) / scale };
    network.moveTo({ position, scale, animation });
  };
  const view = {
    box, network,
    destroy: () => { alive = false; network.destroy(); },
    render: (visible) => {
      shown = visible;
      // A source that does not know the largest degree is believed by what it has shown.
      if (!app.about.largest) app.largest = visible.things.reduce((largest, { degree }) => Math.max(largest, degree), app.largest);
      links = new Map(visible.links.map((link) => [link.id, link]));
      ranked = [...visible.things].sort((a, b) => b.degree - a.degree);
      const shortNames = KG.shortenApart(visible.things.map(({ label }) => label));
      short = new Map(visible.things.map(({ id }, i) => [id, shortNames[i]]));
      const many = visible.links.length > 1500;
      network.setOptions({ interaction: { hideEdgesOnDrag: many, hideEdgesOnZoom: many } });
      markBadges();
      paint();
      network.body.emitter.emit("_requestRedraw");
    },
    theme: () => { colours = KG.colours(); paint(); network.redraw(); },
    // Again once it was drawn: before, the size of the box is not known.
    fit: () => {
      frame(shown.things.map(({ id }) => id), false);
      whenDrawn(() => frame(shown.things.map(({ id }) => id), motion()));
    },
    zoom: (factor) => network.moveTo({ scale: Math.min(4, Math.max(0.05, network.getScale() * factor)), animation: motion() }),
    // Brings a thing and what is linked to it into sight; if they are, nothing moves.
    surround: (id) => whenDrawn(() => {
      if (!nodes.get(id)) return; // gone again before it was drawn
      const group = [id, ...network.getConnectedNodes(id)];
      const { right, below } = covered();
      const inside = group.every((one) => {
        const { x, y } = network.canvasToDOM(network.getPosition(one));
        return x > 0 && y > 0 && x < box.clientWidth - right && y < box.clientHeight - below;
      });
      if (!inside) frame(group, motion(), Math.max(0.6, network.getScale()));
    }),
    // Brings a thing into sight; one that is in sight already stays where it is.
    show: (id) => whenDrawn(() => {
      if (!nodes.get(id)) return;
      const { x, y } = network.canvasToDOM(network.getPosition(id));
      const { right, below } = covered();
      const inside = x > 60 && y > 60 && x < box.clientWidth - right - 60 && y < box.clientHeight - below - 60;
      if (inside && network.getScale() >= 0.5) return;
      const scale = Math.max(0.8, Math.min(1.4, network.getScale()));
      network.focus(id, { scale, offset: { x: -right / 2, y: -below / 2 }, animation: motion() });
    }),
    // Names that are written on the picture now.
    names: () => names.map(({ item, left, top, right, bottom }) => ({ id: item.id ?? null, text: item.text, left, top, right, bottom })),
    // The nearest thing that lies in a direction, for the arrow keys.
    towards: (dx, dy) => {
      const from = app.state.selected && nodes.get(app.state.selected) ? network.getPosition(app.state.selected) : network.getViewPosition();
      let best = null;
      for (const thing of shown.things) {
        if (thing.id === app.state.selected) continue;
        const at = network.getPosition(thing.id);
        const along = (at.x - from.x) * dx + (at.y - from.y) * dy;
        const aside = Math.abs((at.x - from.x) * dy) + Math.abs((at.y - from.y) * dx);
        if (app.state.selected && along <= Math.max(1, aside * 0.5)) continue;
        const cost = app.state.selected ? along + 2 * aside : Math.abs(along) + aside;
        if (!best || cost < best.cost) best = { id: thing.id, cost };
      }
      return best?.id ?? null;
    },
  };
  const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  box.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = moves[event.key];
    if (move && event.shiftKey) {
      const { x, y } = network.getViewPosition();
      const step = 120 / network.getScale();
      network.moveTo({ position: { x: x + move[0] * step, y: y + move[1] * step } });
    } else if (move) app.select(view.towards(...move) ?? app.state.selected);
    else if (event.key === "Enter" || event.key === " ") { if (app.state.selected) app.toggle(app.state.selected); }
    else if (event.key === "+" || event.key === "=") view.zoom(1.3);
    else if (event.key === "-") view.zoom(1 / 1.3);
    else if (event.key === "0") view.fit();
    else return;
    event.preventDefault();
  });
  return view;
};
