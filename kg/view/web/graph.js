"use strict";
// The picture: vis-network without physics. Everything stands where it was put; only what changed is redrawn.
KG.LABELS_FROM = 1.25; // zoom at which all links carry their names
KG.NAMED = 16; // links at a thing beyond which their names would cover each other
KG.MANY = 400; // things beyond which nothing is dimmed and no badges are drawn

KG.colours = () => {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(name).trim();
  return { text: read("--text"), soft: read("--soft"), line: read("--edge"), paper: read("--paper"), accent: read("--accent"),
    font: getComputedStyle(document.body).fontFamily };
};

// By links, against the thing with the most of them; what is only mentioned often grows too, but less.
KG.thingSize = (thing, most) => 7 + 14 * Math.sqrt(Math.min(1, Math.max(thing.degree, thing.mentions / 4) / Math.max(most, 12)));

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
    nodes: { borderWidth: 1.5, borderWidthSelected: 3, scaling: { label: { drawThreshold: 6 } } },
    edges: { smooth: false, arrows: { to: { enabled: true, scaleFactor: 0.45 } }, selectionWidth: 1, hoverWidth: 0.5, arrowStrikethrough: false },
  });
  // vis-network makes its canvas a stop of its own; the box around it is the one that has a name and keys.
  network.canvas.frame.tabIndex = -1;
  network.canvas.frame.setAttribute("aria-hidden", "true");

  let shown = { things: [], links: [] };
  let colours = KG.colours();
  let hovered = null;
  let badges = [];
  let links = new Map();
  let labelled = false;

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
    const size = KG.thingSize(thing, app.largest);
    return {
      id: thing.id, ...app.places.get(thing.id), label: KG.shorten(thing.label), shape: types.get(thing.type).shape, size,
      opacity: dim ? 0.25 : 1,
      borderWidth: chosen ? 4 : 1.5,
      color: { background: colour, border: chosen ? colours.accent : colours.paper,
        highlight: { background: colour, border: colours.accent }, hover: { background: colour, border: colours.text } },
      font: { color: dim ? colours.soft : colours.text, size: size > 15 ? 15 : 13, face: colours.font, strokeWidth: 3,
        strokeColor: colours.paper, vadjust: 0 },
    };
  };
  const edgeItem = (link, bend, dim, few) => {
    const scale = network.getScale();
    // A blank, not an empty text: vis-network keeps the label it had when given none.
    const direct = link.id === app.state.link || link.id === hovered;
    const touched = direct || [app.state.selected, hovered].some((id) => id && (link.from === id || link.to === id));
    const label = direct || (touched && few && scale > 0.6) || labelled ? KG.label(app.predicates.get(link.predicate)) : " ";
    return {
      id: link.id, from: link.from, to: link.to, label,
      width: Math.min(4, 1 + 0.5 * Math.log2(link.facts.length)) + (link.id === app.state.link ? 1.5 : 0),
      smooth: Math.abs(bend) < 0.01 ? false : { enabled: true, type: bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(bend) },
      color: { color: touched ? colours.soft : colours.line, highlight: colours.accent, hover: colours.text, opacity: dim ? 0.3 : 1 },
      font: { color: colours.text, size: touched && scale < 1 ? Math.min(18, Math.round(12 / scale)) : 12, face: colours.font, strokeWidth: 4,
        strokeColor: colours.paper, align: "horizontal" },
    };
  };
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
    const ends = [chosen, hovered];
    const few = shown.links.filter((link) => ends.includes(link.from) || ends.includes(link.to)).length <= KG.NAMED;
    const edgeItems = shown.links.map((link) => edgeItem(link, bends.get(link.id), isDim(link), few));
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
      if (more > 0) badges.push({ id: thing.id, size: KG.thingSize(thing, app.largest), text: more > 99 ? "99+" : `+${more}` });
      else if (app.state.open.has(thing.id)) badges.push({ id: thing.id, size: KG.thingSize(thing, app.largest), text: "−" });
    }
  };
  const badgeAt = (badge) => {
    const place = network.body.nodes[badge.id];
    return place ? { x: place.x + badge.size * 0.85 + 5, y: place.y - badge.size * 0.85 - 3 } : null;
  };
  network.on("afterDrawing", (context) => {
    if (network.getScale() < 0.5) return;
    context.font = `600 9.5px ${colours.font}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    for (const badge of badges) {
      const at = badgeAt(badge);
      if (!at) continue;
      const half = Math.max(8, context.measureText(badge.text).width / 2 + 4);
      context.beginPath();
      context.roundRect(at.x - half, at.y - 7.5, 2 * half, 15, 7.5);
      context.fillStyle = colours.paper;
      context.fill();
      context.strokeStyle = colours.soft;
      context.lineWidth = 0.8;
      context.stroke();
      context.fillStyle = colours.text;
      context.fillText(badge.text, at.x, at.y + 0.5);
    }
  });

  network.on("click", ({ pointer, nodes: hitNodes, edges: hitEdges }) => {
    const { x, y } = pointer.canvas;
    const hit = network.getScale() < 0.5 ? null : badges.find((badge) => {
      const at = badgeAt(badge);
      return at && Math.abs(at.x - x) < 14 && Math.abs(at.y - y) < 11;
    });
    if (hit) app.toggle(hit.id);
    else if (hitNodes.length) (hitNodes[0] === app.state.selected ? app.toggle : app.select)(hitNodes[0]);
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
  };
  const leave = () => { hovered = null; tip.hidden = true; paint(); };
  const thingOf = (id) => shown.things.find((thing) => thing.id === id);
  network.on("hoverNode", (event) => {
    const thing = thingOf(event.node);
    if (!thing) return;
    point(event.node, [
      KG.name(thing.label, { class: "strong" }),
      KG.el("div", {}, `${KG.label(types.get(thing.type))} · ${KG.t("links-n", thing.degree)} · ${KG.t("mentions-n", thing.mentions)}`),
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
  const onZoom = () => {
    if (!alive) return; // a later call may come after the picture was replaced
    const wanted = network.getScale() >= KG.LABELS_FROM && shown.links.length <= 600;
    if (wanted !== labelled) { labelled = wanted; paint(); }
  };
  network.on("zoom", onZoom);

  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const motion = () => (calm.matches || shown.things.length > KG.MANY ? false : { duration: 280, easingFunction: "easeInOutQuad" });
  const whenDrawn = (act) => requestAnimationFrame(() => requestAnimationFrame(() => { if (alive) act(); }));
  // How much of the picture lies under the panel, on screens too small for both.
  const covered = () => {
    const [here, panel] = [box.getBoundingClientRect(), document.getElementById("panel").getBoundingClientRect()];
    if (!panel.width || panel.left >= here.right || panel.top >= here.bottom) return { right: 0, below: 0 };
    return panel.left > here.left + 40 ? { right: here.right - panel.left, below: 0 } : { right: 0, below: here.bottom - panel.top };
  };
  const view = {
    box, network,
    destroy: () => { alive = false; network.destroy(); },
    render: (visible) => {
      shown = visible;
      // A source that does not know the largest degree is believed by what it has shown.
      if (!app.about.largest) app.largest = visible.things.reduce((largest, { degree }) => Math.max(largest, degree), app.largest);
      links = new Map(visible.links.map((link) => [link.id, link]));
      const many = visible.links.length > 1500;
      network.setOptions({ interaction: { hideEdgesOnDrag: many, hideEdgesOnZoom: many } });
      markBadges();
      paint();
    },
    theme: () => { colours = KG.colours(); paint(); },
    // Again once it was drawn: before, vis-network knows neither the size of the box nor the widths of labels.
    fit: () => {
      const fit = (animation) => { network.fit({ animation, maxZoomLevel: 1.4 }); setTimeout(onZoom, 320); };
      fit(false);
      whenDrawn(() => fit(motion()));
    },
    zoom: (factor) => { network.moveTo({ scale: Math.min(4, Math.max(0.05, network.getScale() * factor)), animation: motion() }); setTimeout(onZoom, 320); },
    // Brings a thing and what is linked to it into sight; if they are, nothing moves.
    surround: (id) => whenDrawn(() => {
      const group = [id, ...network.getConnectedNodes(id)];
      const inside = group.every((one) => {
        const { x, y } = network.canvasToDOM(network.getPosition(one));
        return x > 0 && y > 0 && x < box.clientWidth && y < box.clientHeight;
      });
      if (!inside) { network.fit({ nodes: group, animation: motion(), maxZoomLevel: Math.max(0.6, network.getScale()) }); setTimeout(onZoom, 320); }
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
      setTimeout(onZoom, 320);
    }),
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
