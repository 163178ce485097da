// Paths between two things, with the sign of each and its weakest step.
//
//   Explorer.pathsBetween(from, to)      { widening, more, paths: [{ steps, sign, weakest }] }
//
// The steps are those of `kg explain` (kg/pages/views/explore/links.py) and so is the order:
// the surer weakest step first, then the shorter path, then the one with less doubt; up to
// MOST of each sign. Only where there is none does the search widen, and says so: to claims of
// any verdict, then to claims without a sign, at last against the direction of the claims.
"use strict";

Object.assign(Explorer, (() => {
  const LONGEST = 5;
  const MOST = 5;
  const MOST_VISITS = 300_000;
  const SUREST = 4;
  const WIDENINGS = [{ keeps: (claim) => claim.sign !== 0 }, { keeps: () => true }, { keeps: () => true, eitherWay: true }];

  let links = null;

  function pathsBetween(from, to) {
    const signed = from === to ? [] : [1, -1].map((sign) => surest(from, to, sign));
    const paths = signed.flatMap((found) => found.slice(0, MOST));
    if (paths.length) return { widening: 0, more: signed.some((found) => found.length > MOST), paths };
    for (const [index, widening] of WIDENINGS.entries()) {
      const found = from === to ? [] : ranked(walks(from, to, claimSteps(widening)));
      if (found.length) return { widening: index + 1, more: found.length > MOST, paths: found.slice(0, MOST) };
    }
    return { widening: WIDENINGS.length + 1, more: false, paths: [] };
  }

  // Over the steps that hold, level by level, until there are enough.

  function surest(from, to, sign) {
    const steps = stepsFor(from, to);
    const kept = [];
    for (let level = SUREST; level > 0 && kept.length <= MOST; level -= 1) {
      const fit = new Map([...steps].map(([start, list]) => [start, list.filter((step) => step.level >= level)]));
      const found = walks(from, to, fit).filter((path) => signOf(path) === sign && leastLevel(path) === level);
      kept.push(...ranked(found));
    }
    return kept;
  }

  function stepsFor(from, to) {
    links ??= known();
    const steps = new Map(links.map(([start, list]) => [start, [...list]]));
    for (const step of around(from, to)) add(steps, step);
    return steps;
  }

  function known() {
    const steps = new Map();
    const { fields, rows } = Explorer.data.links;
    for (const row of rows) add(steps, Object.fromEntries(fields.map((field, index) => [field, row[index]])));
    return [...steps];
  }

  function add(steps, step) {
    if (!steps.has(step.from)) steps.set(step.from, []);
    steps.get(step.from).push(step);
  }

  // Only at the start may a path go down to a kind; and from far kinds it goes up in one step.
  function around(from, to) {
    const kinds = links.flatMap(([, list]) => list.filter((step) => step.kind === "is a kind of"));
    const direct = new Set(kinds.map((step) => `${step.from} ${step.to}`));
    const reach = (start, near, far) => {
      const seen = new Set([start]);
      for (const at of seen) for (const step of kinds) if (step[near] === at) seen.add(step[far]);
      seen.delete(start);
      return [...seen].filter((id) => id !== from && id !== to);
    };
    const given = (start, end, kind) => ({ from: start, to: end, kind, sign: 1, level: 5, doubt: 200, isKin: 1, own: 0, claims: [], contrary: [] });
    return [
      ...reach(from, "to", "from").map((kind) => given(from, kind, "includes")),
      ...reach(from, "from", "to").filter((broad) => !direct.has(`${from} ${broad}`)).map((broad) => given(from, broad, "is a kind of")),
      ...reach(to, "to", "from").filter((kind) => !direct.has(`${kind} ${to}`)).map((kind) => given(kind, to, "is a kind of")),
    ];
  }

  // Two steps of kinship never follow one another, and what rests on kinds alone says nothing
  // of another kind.
  function mayFollow(before, step) {
    if (!before?.isKin) return true;
    if (step.isKin) return false;
    return before.kind === "includes" || !step.claims.length || Boolean(step.own);
  }

  // Every simple path of up to LONGEST steps.
  function walks(from, to, steps) {
    const left = distances(to, steps);
    const found = [];
    const seen = new Set([from]);
    const path = [];
    let visits = 0;
    const walk = (at) => {
      for (const step of steps.get(at) ?? []) {
        if (seen.has(step.to) || path.length + 1 + (left.get(step.to) ?? Infinity) > LONGEST) continue;
        if (!mayFollow(path.at(-1), step) || visits++ > MOST_VISITS) continue;
        path.push(step);
        if (step.to === to) {
          found.push([...path]);
        } else {
          seen.add(step.to);
          walk(step.to);
          seen.delete(step.to);
        }
        path.pop();
      }
    };
    walk(from);
    return found;
  }

  function distances(to, steps) {
    const into = new Map();
    for (const list of steps.values()) for (const step of list) add(into, { from: step.to, to: step.from });
    const found = new Map([[to, 0]]);
    for (const at of found.keys()) {
      for (const { to: before } of into.get(at) ?? []) if (!found.has(before)) found.set(before, found.get(at) + 1);
    }
    return found;
  }

  // Where nothing holds: claims as they are.
  function claimSteps({ keeps, eitherWay }) {
    const steps = new Map();
    for (const [id, claim] of Object.entries(Explorer.data.claims)) {
      if (!keeps(claim) || claim.subject === claim.object) continue;
      const step = { from: claim.subject, to: claim.object, kind: "claim", sign: claim.sign, level: 0, doubt: 60 - Explorer.strengthOf(id), claims: [id], contrary: [] };
      add(steps, step);
      if (eitherWay) add(steps, { ...step, from: step.to, to: step.from });
    }
    return steps;
  }

  const leastLevel = (path) => Math.min(...path.map((step) => step.level));
  const signOf = (path) => path.reduce((sign, step) => sign * step.sign, 1);
  const doubtOf = (path) => path.reduce((doubt, step) => doubt + step.doubt, 0);

  function ranked(found) {
    const keyed = found.map((steps) => [leastLevel(steps), steps.length, doubtOf(steps), steps]);
    keyed.sort((one, other) => other[0] - one[0] || one[1] - other[1] || one[2] - other[2]);
    return keyed.map(([, , , steps]) => ({ steps, sign: signOf(steps), weakest: weakestStep(steps) }));
  }

  function weakestStep(steps) {
    const claimed = steps.filter((step) => step.claims.length);
    return claimed.reduce((least, step) => (step.level < least.level || (step.level === least.level && step.doubt > least.doubt) ? step : least), claimed[0]);
  }

  return { pathsBetween, LONGEST };
})());
