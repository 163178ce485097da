// Paths between two entities: every chain of claims of up to `LONGEST` steps, with its sign
// and its weakest step, the best supported first.
//
// The search widens only where it finds nothing, and says how far it had to: first claims
// that state a cause and that evidence supports or disputes about; then any verdict; then
// claims without a causal sign; at last against the direction of the claims.
"use strict";

Object.assign(Explorer, (() => {
  const LONGEST = 5;
  const MOST_VISITS = 200_000;
  const SHOWN = 12;
  const CARRYING = new Set(["supported", "contested", "context-dependent"]);
  const WIDENINGS = [
    { keeps: (claim) => claim.sign !== 0 && CARRYING.has(claim.verdict) },
    { keeps: (claim) => claim.sign !== 0 },
    { keeps: () => true },
    { keeps: () => true, eitherWay: true },
  ];

  function pathsBetween(from, to) {
    for (const [index, widening] of WIDENINGS.entries()) {
      const found = chains(from, to, widening);
      if (found.length) return { widening: index, found: found.length, paths: ranked(found).slice(0, SHOWN) };
    }
    return { widening: WIDENINGS.length, found: 0, paths: [] };
  }

  function chains(from, to, widening) {
    const next = neighbours(widening);
    const left = distances(to, neighbours(widening, true));
    const found = [];
    const seen = new Set([from]);
    let visits = 0;
    const walk = (node, claims) => {
      if (node === to && claims.length) return void found.push(claims);
      if (visits++ > MOST_VISITS) return;
      for (const [claim, end] of next(node)) {
        if (seen.has(end) || !(claims.length + 1 + (left.get(end) ?? Infinity) <= LONGEST)) continue;
        seen.add(end);
        walk(end, [...claims, claim]);
        seen.delete(end);
      }
    };
    if (left.has(from) && from !== to) walk(from, []);
    return found;
  }

  function neighbours({ keeps, eitherWay }, backwards = false) {
    return (node) =>
      Explorer.touching(node).flatMap((id) => {
        const claim = Explorer.claimOf(id);
        if (!keeps(claim) || claim.subject === claim.object) return [];
        const [start, end] = backwards ? [claim.object, claim.subject] : [claim.subject, claim.object];
        if (start === node) return [[id, end]];
        return eitherWay ? [[id, start]] : [];
      });
  }

  function distances(start, next) {
    const found = new Map([[start, 0]]);
    const waiting = [start];
    for (const node of waiting) {
      if (found.get(node) === LONGEST) continue;
      for (const [, end] of next(node)) {
        if (found.has(end)) continue;
        found.set(end, found.get(node) + 1);
        waiting.push(end);
      }
    }
    return found;
  }

  // The best weakest step first, and the shorter of two.
  function ranked(found) {
    const carry = new Map(found.map((claims) => [claims, Explorer.strengthOf(Explorer.weakestOf(claims))]));
    return found
      .sort((one, other) => carry.get(other) - carry.get(one) || one.length - other.length || (one.join() < other.join() ? -1 : 1))
      .map((claims) => ({ claims, sign: signOf(claims), weakest: Explorer.weakestOf(claims) }));
  }

  const signOf = (claims) => claims.reduce((sign, id) => sign * Explorer.claimOf(id).sign, 1);

  return { pathsBetween, LONGEST };
})());
