// What is visible: a pure function of the state. First the choice (a view, a neighbourhood,
// paths, a list), then what was expanded, collapsed and hidden, then the filters.
//
//   Explorer.seen(state)      { claims, entities, chosen, view, places, paths }
//   Explorer.now()            the same for the present state, kept until it changes
"use strict";

Object.assign(Explorer, (() => {
  function seen(state) {
    const base = baseOf(state);
    const chosen = collapsed(expanded(base.claims, state), state).filter(isNotHidden(state));
    const claims = chosen.filter(passes(state));
    return {
      ...base,
      chosen,
      claims,
      entities: entitiesOf(claims, [...base.things, ...state.also], state),
      isAsPlanned: Boolean(base.places) && !state.also.length,
    };
  }

  function baseOf(state) {
    const { data } = Explorer;
    if (state.route) {
      const routes = Explorer.pathsBetween(...state.route);
      const steps = routes.paths.flatMap((path) => path.steps);
      const claims = steps.flatMap((step) => [...step.claims, ...step.contrary]);
      return { claims: [...new Set(claims)], things: [...state.route, ...steps.flatMap((step) => [step.from, step.to])], routes };
    }
    if (state.around.length) return { claims: around(state.around, state.hops), things: state.around };
    if (state.claims.length || state.things.length) return { claims: state.claims, things: state.things };
    const view = data.views[state.view] ?? data.views[data.start];
    const things = state.view === "whole" ? data.nodes.map((node) => node.id) : view.entities ?? [];
    return { claims: view.claims ?? [], things, view, places: view.places ?? {} };
  }

  function around(entities, hops) {
    let reached = new Set(entities);
    let claims = new Set();
    for (let hop = 0; hop < hops; hop += 1) {
      claims = new Set([...reached].flatMap(Explorer.touching));
      reached = new Set([...reached, ...[...claims].flatMap(endsOf)]);
    }
    return [...claims];
  }

  const endsOf = (id) => [Explorer.claimOf(id).subject, Explorer.claimOf(id).object];
  const expanded = (claims, { also }) => [...new Set([...claims, ...also.flatMap(Explorer.touching)])];

  // Collapsing takes away the claims that lead from the thing to one with no other claim here.
  function collapsed(claims, { less }) {
    if (!less.length) return claims;
    const degree = new Map();
    for (const end of claims.flatMap(endsOf)) degree.set(end, (degree.get(end) ?? 0) + 1);
    const isLeaf = (end) => degree.get(end) === 1;
    return claims.filter((id) => {
      const [subject, object] = endsOf(id);
      return !((less.includes(subject) && isLeaf(object)) || (less.includes(object) && isLeaf(subject)));
    });
  }

  const isNotHidden = ({ hidden }) => (id) => !endsOf(id).some((end) => hidden.includes(end));

  function passes({ off, years }) {
    const filters = Explorer.facets.filter((facet) => off[facet.name]?.length);
    const isOn = (facet, id) => {
      const values = Explorer.valuesOf(facet, id);
      const stays = (value) => !off[facet.name].includes(value);
      return facet.every ? values.every(stays) : values.some(stays);
    };
    const inYears = (id) => !years || Explorer.yearsOf(id).some((year) => year >= years[0] && year <= years[1]);
    return (id) => inYears(id) && filters.every((facet) => isOn(facet, id));
  }

  function entitiesOf(claims, things, { hidden, off }) {
    const ends = new Set(claims.flatMap(endsOf));
    for (const id of things) {
      if (!hidden.includes(id) && !off.group?.includes(Explorer.groupOf(id))) ends.add(id);
    }
    return [...ends];
  }

  let known;

  return {
    seen,
    endsOf,
    now() {
      if (known?.state !== Explorer.state) known = { state: Explorer.state, seen: seen(Explorer.state) };
      return known.seen;
    },
    visible() {
      const { claims, entities } = Explorer.now();
      return { claims: [...claims], entities: [...entities] };
    },
  };
})());
