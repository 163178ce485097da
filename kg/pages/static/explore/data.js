// What the page knows, and the questions that every other file asks of it.
//
//   Explorer.load(data)           takes the unpacked data; nothing below works before it
//   Explorer.facets               what claims can be filtered by; the legend is made from it
//   Explorer.strengthOf(id)       how far a claim carries a path: the weakest step is the least
//
// A further facet is one more entry of FACETS with its name in texts.js.
"use strict";

Object.assign(Explorer, (() => {
  const VERDICTS = ["contested", "context-dependent", "refuted", "supported", "inconclusive", "untested"];
  const CERTAINTIES = ["high", "moderate", "low", "very low", "none"];
  const DISPUTED = new Set(["contested", "context-dependent"]);
  const SIDES = ["supporting", "disputing", "inconclusive"];

  // Far faster than localeCompare, which matters when thousands are sorted.
  const byName = new Intl.Collator("en").compare;

  let data;
  let byLength = [];
  const touchedBy = new Map();
  const narrowerOf = new Map();
  const kindsOf = new Map();
  const toldIn = new Map();
  const conflictsOf = new Map();

  function load(loaded) {
    data = loaded;
    Explorer.data = data;
    byLength = Object.entries(data.prefixes).sort((one, other) => other[1].length - one[1].length);
    for (const [id, claim] of Object.entries(data.claims)) {
      for (const end of new Set([claim.subject, claim.object])) note(touchedBy, end, id);
      for (const broader of claim.broader ?? []) note(narrowerOf, broader, id);
    }
    for (const [id, entity] of Object.entries(data.entities)) {
      for (const [, broader] of entity.broader ?? []) note(kindsOf, broader, id);
    }
    for (const [id, passage] of Object.entries(data.passages)) {
      for (const claim of passage.claims ?? []) note(toldIn, claim, id);
    }
    for (const [id, conflict] of Object.entries(data.conflicts)) {
      for (const claim of conflict.claims) note(conflictsOf, claim, id);
    }
    groups = new Map(data.nodes.map((node) => [node.id, node.group]));
  }

  let groups = new Map();

  function note(map, key, value) {
    if (!map.has(key)) map.set(key, []);
    map.get(key).push(value);
  }

  function short(iri) {
    const found = byLength.find(([, space]) => iri.startsWith(space));
    return found ? `${found[0]}:${iri.slice(found[1].length)}` : iri;
  }

  function long(id) {
    const colon = id.indexOf(":");
    const space = colon > 0 && Object.hasOwn(data.prefixes, id.slice(0, colon)) && data.prefixes[id.slice(0, colon)];
    return space ? space + id.slice(colon + 1) : id;
  }

  const own = (kind) => (id) => (Object.hasOwn(data[kind], id) ? data[kind][id] : undefined);
  const claimOf = (id) => own("claims")(id);
  const entityOf = (id) => own("entities")(id);

  const itemsOf = (claim) => SIDES.flatMap((side) => claim[side] ?? []).map((id) => data.evidence[id]);
  const touching = (entity) => touchedBy.get(entity) ?? [];
  const isDisputed = (claim) => DISPUTED.has(claim.verdict) || Boolean(claim.studies[0] && claim.studies[1]);
  const scopeOf = (claim) => Object.values(claim.scope ?? {}).join("; ");
  const rankOf = (claim) => VERDICTS.indexOf(claim.verdict);

  function contestedFirst(ids) {
    const key = (id) => (isDisputed(claimOf(id)) ? -1 : rankOf(claimOf(id)));
    return [...ids].sort(
      (one, other) => key(one) - key(other) || byName(claimOf(one).label, claimOf(other).label),
    );
  }

  const levelOf = (claim) => 4 - CERTAINTIES.indexOf(claim.certainty ?? "none");

  // From a refuted step, the least, to a supported one of high certainty.
  function strengthOf(id) {
    const claim = claimOf(id);
    const base = { refuted: 0, untested: 10, inconclusive: 20, contested: 30, "context-dependent": 40, supported: 50 };
    return base[claim.verdict] + levelOf(claim);
  }

  const weakestOf = (ids) => ids.reduce((least, id) => (strengthOf(id) < strengthOf(least) ? id : least), ids[0]);

  // Facets. `of` names the values a claim has; a claim shows while one of them is on, and for
  // a class while both ends are.

  const valuesOfItems = (claim, value) => {
    const items = itemsOf(claim);
    if (!items.length) return [Explorer.texts.noStudy];
    return [...new Set(items.map((item) => value(item) || Explorer.texts.notStated))];
  };
  const yearOf = (item) => Number(data.sources[item.source]?.year) || null;

  const FACETS = [
    { name: "verdict", of: (claim) => [claim.verdict], order: VERDICTS, open: true },
    { name: "sign", of: (claim) => [String(claim.sign)], order: ["1", "-1", "0"], open: true, words: () => Explorer.texts.signs },
    { name: "certainty", of: (claim) => [claim.certainty ?? "none"], order: CERTAINTIES, open: true },
    {
      name: "group",
      of: (claim) => [...new Set([groups.get(claim.subject), groups.get(claim.object)])],
      every: true,
      order: () => data.groups.map((group) => group.name),
      words: () => Object.fromEntries(data.groups.map((group) => [group.name, group.label])),
      open: true,
    },
    { name: "seen", of: (claim) => claim.seenIn ?? [Explorer.texts.noStudy] },
    { name: "relation", of: (claim) => [claim.relation] },
    { name: "organism", of: (claim) => valuesOfItems(claim, (item) => item.facts?.Organism) },
    { name: "design", of: (claim) => valuesOfItems(claim, (item) => item.facts?.Design) },
  ];

  const valueCache = new Map();

  function valuesOf(facet, id) {
    if (!valueCache.has(facet.name)) valueCache.set(facet.name, new Map());
    const known = valueCache.get(facet.name);
    if (!known.has(id)) known.set(id, facet.of(claimOf(id)));
    return known.get(id);
  }

  // Every value of a facet in the whole graph, in its order or by frequency.
  function allValues(facet) {
    const counts = countsOf(facet, Object.keys(data.claims));
    const order = typeof facet.order === "function" ? facet.order() : facet.order;
    const values = [...counts.keys()];
    if (order) return order.filter((value) => counts.has(value));
    return values.sort((one, other) => counts.get(other) - counts.get(one) || (one < other ? -1 : 1));
  }

  function countsOf(facet, ids) {
    const counts = new Map();
    for (const id of ids) {
      for (const value of valuesOf(facet, id)) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return counts;
  }

  const yearsOf = (id) => itemsOf(claimOf(id)).map(yearOf).filter(Boolean);

  function yearSpan() {
    const years = Object.values(data.sources).map((source) => Number(source.year)).filter(Boolean);
    return years.length ? [Math.min(...years), Math.max(...years)] : null;
  }

  return {
    byName, VERDICTS, SIDES, load, short, long, claimOf, entityOf, itemsOf, touching, isDisputed, scopeOf,
    rankOf, contestedFirst, levelOf, strengthOf, weakestOf, facets: FACETS, valuesOf, allValues, countsOf, yearsOf,
    yearSpan,
    groupOf: (id) => groups.get(id) ?? "other",
    narrowerThan: (id) => narrowerOf.get(id) ?? [],
    kindsOf: (id) => kindsOf.get(id) ?? [],
    passagesOn: (id) => toldIn.get(id) ?? [],
    conflictsOn: (id) => conflictsOf.get(id) ?? [],
  };
})());
