"use strict";
// A source of graph data that asks the server; it answers the same questions as the one inside a page to send
// (embedded.js). Things asked for in one go are asked for together.
KG.served = (about) => {
  let waiting = new Map();
  const several = () => {
    const asked = waiting;
    waiting = new Map();
    const ids = [...asked.keys()];
    for (let i = 0; i < ids.length; i += 200)
      KG.send("/api/things", { ids: ids.slice(i, i + 200) }).then((found) => {
        const byId = new Map(found.map((one) => [one.thing.id, one]));
        for (const id of ids.slice(i, i + 200)) asked.get(id).forEach(([done]) => done(byId.get(id) ?? { thing: null, facts: [], figures: [] }));
      }, (error) => ids.slice(i, i + 200).forEach((id) => asked.get(id).forEach(([, fail]) => fail(error))));
  };
  const one = async (id) => {
    try {
      return await KG.ask(`/api/things/${encodeURIComponent(id)}`);
    } catch (error) {
      if (error.status === 404 || error.status === 400) return null;
      throw error;
    }
  };
  const source = {
    about,
    latest: null, // the thing that was asked for last, with the numbers of its facts that were not sent
    start: () => KG.ask("/api/start"),
    ranked: (n) => KG.ask(`/api/ranked${KG.query({ limit: Math.min(n, about.most) })}`),
    neighbours: (id, n) => KG.ask(`/api/things/${encodeURIComponent(id)}/neighbours${KG.query({ limit: Math.min(n, 2000) })}`).catch(() => []),
    part: (ids) => KG.send("/api/part", { ids }),
    search: async (text, n) => (await KG.ask(`/api/search${KG.query({ q: text.slice(0, 200), limit: n })}`)).results,
    thing: async (id) => { source.latest = await one(id); return source.latest; },
    // Of the thing asked for last, if not all of its facts were sent: how many there are, and where they are listed.
    rest: (id) => (id && source.latest?.thing.id === id && source.latest.totals.facts > source.latest.facts.length
      ? { total: source.latest.totals.facts, href: `/questions/facts-of${KG.query({ thing: `${about.base}${id}`, top: source.latest.totals.facts })}` } : null),
    // Each with few facts: for tables of all that is shown.
    things: (ids) => Promise.all(ids.map((id) => new Promise((done, fail) => {
      if (!waiting.size) setTimeout(several);
      if (!waiting.has(id)) waiting.set(id, []);
      waiting.get(id).push([done, fail]);
    }))),
    facts: async (links, ids = []) => {
      const linked = await KG.send("/api/facts", { links: links.slice(0, 6000) });
      const things = ids.length > 1000 ? [] : await source.things(ids);
      return [...linked, ...things.flatMap(({ facts }) => facts.filter((fact) => !fact.object))];
    },
  };
  return source;
};
