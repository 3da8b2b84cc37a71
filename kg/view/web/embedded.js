"use strict";
// A source of graph data that reads the view model inside the page. Every source answers the same questions, each with
// a promise, so that a server can stand behind the same explorer:
//   about              {title, types, predicates, totals, carried, facts, figures, largest, notes, base, vocabulary};
//                      `carried` things can be reached, `largest` is the largest degree, if known;
//                      central: for each type its most central things, {type, total, things}
//   start()            what is shown at first: [{id, x, y}]
//   ranked(n)          the n most central things with their places on the great map: [{id, x, y}]
//   neighbours(id, n)  ids of the n most central things linked to one
//   part(ids)          {things, links} among these; a link has {id, from, to, predicate, facts: [{date, confidence}]}
//   search(text, n)    [{thing, name}]; `name` is the further name that matched, or ""
//   thing(id)          {thing, facts, figures, answers: the targets that it answers for} with evidence, or null
//   facts(links, ids)  facts with evidence of these links, and those of these things that have no second thing
// and, as all is at hand, two more, for files:
//   figures(ids)       figures of these things
//   everything()       {facts, figures}
KG.embedded = (model, start) => {
  const read = (table) => table.rows.map((row) => Object.fromEntries(table.fields.map((field, i) => [field, row[i]])));
  const things = read(model.things);
  const documents = read(model.documents);
  const sentences = model.sentences.rows;
  const facts = read(model.facts);
  const figures = read(model.figures);
  const byId = new Map(things.map((thing, place) => [thing.id, place]));
  const links = new Map();
  const linksOf = things.map(() => []);
  const factsOf = things.map(() => []);
  const figuresOf = things.map(() => []);

  for (const fact of facts) {
    factsOf[fact.s].push(fact);
    if (fact.o < 0) continue;
    if (fact.o !== fact.s) factsOf[fact.o].push(fact);
    const id = `${things[fact.s].id} ${fact.p} ${things[fact.o].id}`;
    let link = links.get(id);
    if (!link) {
      link = { id, from: things[fact.s].id, to: things[fact.o].id, predicate: fact.p, facts: [], ends: [fact.s, fact.o] };
      links.set(id, link);
      linksOf[fact.s].push(link);
      linksOf[fact.o].push(link);
    }
    link.facts.push(fact);
  }
  const answersOf = new Map(); // id → the targets that it answers for
  for (const figure of figures) for (const [id] of figure.responsible) answersOf.set(id, [...(answersOf.get(id) ?? []), figure]);
  const uses = new Map();
  for (const { indicator } of figures) uses.set(indicator, (uses.get(indicator) ?? 0) + 1);
  for (const figure of figures) figuresOf[figure.s].push(figure);
  // What is measured of many things comes first.
  for (const own of figuresOf) own.sort((a, b) => uses.get(b.indicator) - uses.get(a.indicator));
  const beside = linksOf.map((own, place) => {
    const others = new Set(own.map((link) => link.ends[link.ends[0] === place ? 1 : 0]));
    return [...others].sort((a, b) => a - b);
  });
  things.forEach((thing, place) => { thing.neighbours = beside[place].length; });
  const fold = KG.folder(model.fold);
  const index = KG.searchIndex(things, fold);

  const evidence = (record) => {
    if (record.sentence < 0) return { sentence: null, document: null };
    const [text, document, begin] = sentences[record.sentence];
    const sentence = { text, from: record.from, to: record.to, quote: record.quote, start: begin };
    return { sentence, document: documents[document] ?? null };
  };
  const fullFigure = (figure) => ({ ...figure, subject: things[figure.s], clues: model.clues[figure.clues] ?? [], ...evidence(figure),
    responsible: figure.responsible.map(([id, label]) => things[byId.get(id)] ?? { id: null, label }) });
  const full = (fact) => ({
    id: fact.id, predicate: fact.p, subject: things[fact.s], object: fact.o < 0 ? null : things[fact.o],
    value: fact.value, date: fact.date, ownDate: fact.own === 1, confidence: fact.confidence,
    rule: fact.rule, basis: fact.basis, ...evidence(fact),
  });

  const central = model.types.map(({ id }) => {
    const own = things.filter(({ type }) => type === id);
    return { type: id, total: own.length, things: own.slice(0, model.leading) };
  });
  return {
    about: {
      central,
      title: model.title, types: model.types, predicates: model.predicates, totals: model.totals, notes: model.notes,
      focus: model.focus, base: model.base, vocabulary: model.vocabulary, carried: things.length,
      facts: facts.length, figures: figures.length, largest: things.reduce((most, { degree }) => Math.max(most, degree), 0),
    },
    start: async () => start,
    ranked: async (n) => things.slice(0, n).map(({ id, x, y }) => ({ id, x, y })),
    neighbours: async (id, n) => (beside[byId.get(id)] ?? []).slice(0, n).map((place) => things[place].id),
    part: async (ids) => {
      const inside = new Set(ids.filter((id) => byId.has(id)));
      const found = [];
      for (const id of inside) {
        const place = byId.get(id);
        for (const link of linksOf[place]) if (link.ends[0] === place && inside.has(link.to)) found.push(link);
      }
      return { things: [...inside].map((id) => things[byId.get(id)]), links: found };
    },
    search: async (text, n) => KG.find(index, fold(text), n),
    thing: async (id) => {
      const place = byId.get(id);
      if (place === undefined) return null;
      return {
        thing: things[place],
        facts: factsOf[place].map(full),
        figures: figuresOf[place].map(fullFigure),
        answers: (answersOf.get(id) ?? []).map(fullFigure),
      };
    },
    figures: async (ids) => ids.flatMap((id) => (figuresOf[byId.get(id)] ?? []).map(fullFigure)),
    everything: async () => ({ facts: facts.map(full), figures: figures.map(fullFigure) }),
    facts: async (linkIds, ids = []) => [
      ...linkIds.flatMap((id) => links.get(id)?.facts ?? []),
      ...ids.flatMap((id) => (factsOf[byId.get(id)] ?? []).filter((fact) => fact.o < 0)),
    ].map(full),
  };
};
