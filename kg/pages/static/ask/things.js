// What the graph calls things, and which claims an answer speaks of.
//
//   Ask.things(documents)   [{ curie, label, kind, names, about }] of everything with a name
//   Ask.named(things, text) the thing of that name, taken as `kg query --set` takes it: address,
//                           label, synonym or identifier, without regard to case
//   Ask.claimsIn(rows)      short identifiers of the claims, and of entities without one
//   Ask.labelOf(id)         the label of a thing that the page knows
(() => {
  "use strict";

  const { folded } = Explorer;

  Ask.things = (documents) => {
    const { entities, claims, mechanisms, studies, sources, conflicts } = Explorer.data;
    const each = (records, kind, label = "label") =>
      Object.entries(records).map(([curie, record]) => ({
        curie,
        label: record[label] ?? curie,
        kind: record.kind ?? kind,
        about: record.definition,
        names: [record[label] ?? "", ...(record.synonyms ?? []), local(curie), ...identifiers(record)].map(folded),
      }));
    const titled = Object.entries(documents).map(([curie, label]) => [curie, { label }]);
    return [
      ...each(entities, "entity"), ...each(claims, "claim"), ...each(mechanisms, "mechanism"),
      ...each(Object.fromEntries(titled), "document"), ...each(studies, "study"),
      ...each(sources, "source", "citation"), ...each(conflicts, "conflict"),
    ];
  };

  const local = (curie) => curie.slice(curie.indexOf(":") + 1);
  const identifiers = ({ same = [] }) => same.map(([text]) => text);

  Ask.named = (things, text) => {
    const asked = folded(text);
    const address = text.trim().replace(/^<|>$/g, "");
    return (
      things.find(({ curie }) => curie === address || Explorer.long(curie) === address) ??
      things.find(({ label }) => folded(label) === asked) ??
      things.find(({ names }) => names.includes(asked))
    );
  };

  Ask.labelOf = (id) => {
    const { entities, claims, mechanisms } = Explorer.data;
    return (entities[id] ?? claims[id] ?? mechanisms[id])?.label;
  };

  // For each kind of record, the claims that one of it speaks of.
  function claimsOf(id) {
    const { claims, mechanisms, passages, conflicts } = Explorer.data;
    if (claims[id]) return [id];
    if (mechanisms[id]) return [...(mechanisms[id].steps ?? []), ...[mechanisms[id].explains].filter(Boolean)];
    return (passages[id] ?? conflicts[id])?.claims ?? index().evidence.get(id) ?? [];
  }

  let made;

  // Built at the first answer: claims by evidence, study and source, and by what they are called.
  function index() {
    made ??= { evidence: claimsByEvidence(), called: called(), between: claimsByEnds() };
    return made;
  }

  function claimsByEvidence() {
    const found = new Map();
    const note = (key, claim) => found.set(key, [...(found.get(key) ?? []), claim]);
    for (const [id, { supporting = [], disputing = [], inconclusive = [] }] of Object.entries(Explorer.data.claims)) {
      for (const item of [...supporting, ...disputing, ...inconclusive]) {
        note(item, id);
        const { study, source } = Explorer.data.evidence[item] ?? {};
        for (const origin of new Set([study, source].filter(Boolean))) note(origin, id);
      }
    }
    return found;
  }

  function called() {
    const { claims, entities } = Explorer.data;
    const labels = (records) => new Map(Object.entries(records).map(([id, { label }]) => [label, id]));
    return { claims: labels(claims), entities: labels(entities) };
  }

  const ends = (one, other) => [one, other].sort().join(" ");

  function claimsByEnds() {
    const found = new Map();
    for (const [id, { subject, object }] of Object.entries(Explorer.data.claims)) {
      const key = ends(subject, object);
      found.set(key, [...(found.get(key) ?? []), id]);
    }
    return found;
  }

  Ask.claimsIn = (rows) => [...new Set(rows.flatMap(inRow))];

  // The claims that a row names, or those between the entities it names, or these.
  function inRow(row) {
    const { called: { claims, entities }, between } = index();
    const terms = row.filter(Boolean);
    const ids = terms.filter(({ type }) => type === "uri").map(({ value }) => Explorer.short(value));
    const labels = terms.filter(({ type }) => type === "literal").map(({ value }) => value);
    const spoken = [...ids.flatMap(claimsOf), ...labels.map((label) => claims.get(label)).filter(Boolean)];
    if (spoken.length) return spoken;
    const named = [...ids.filter((id) => Explorer.data.entities[id]), ...labels.map((label) => entities.get(label)).filter(Boolean)];
    const joined = named.flatMap((one, at) => named.slice(at + 1).flatMap((other) => between.get(ends(one, other)) ?? []));
    return joined.length ? joined : named;
  }
})();
