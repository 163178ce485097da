// The one state of the page: what is chosen, filtered, hidden, selected. Everything shown
// follows from it, it is the fragment of the address, and undo steps through its past.
//
//   Explorer.state                frozen; see EMPTY for its fields
//   Explorer.change(patch)        a new state and an undo step
//   Explorer.note(patch)          a new state without one: selection, tab, lens, places
//   Explorer.undo(), redo(), address(state), parsed(fragment)
//
// A fragment is read with a whitelist: unknown keys, unknown identifiers, unknown values and
// numbers that are none are dropped, never shown, never run.
"use strict";

Object.assign(Explorer, (() => {
  const VERSION = "1";
  const EMPTY = Object.freeze({
    view: "",         // a button's choice of claims
    around: [],       // or the neighbourhood of these entities
    hops: 1,
    claims: [],       // or exactly these claims, and these entities beside them
    things: [],
    route: null,      // or the paths [from, to]
    also: [],         // entities that were expanded
    less: [],         // entities that were collapsed
    hidden: [],
    off: {},          // facet → values that are switched off
    years: null,      // [first, last]
    article: false,   // the layer of what the article says
    selected: "",
    tab: "graph",
    moved: {},        // entity → place the reader dragged it to
    lens: null,       // [x, y, scale]
  });
  // What a choice of claims resets, so that nothing of the last one lingers.
  const CHOICE = { view: "", around: [], hops: 1, claims: [], things: [], route: null, also: [], less: [], hidden: [], moved: {}, lens: null };
  const MOST_STEPS = 200;

  const past = [];
  const future = [];

  function replace(state) {
    Explorer.state = Object.freeze(state);
    history.replaceState(null, "", address(state));
  }

  function change(patch) {
    past.push(Explorer.state);
    if (past.length > MOST_STEPS) past.shift();
    future.length = 0;
    become({ ...Explorer.state, lens: null, ...patch });
  }

  function become(state) {
    replace(state);
    Explorer.tell("change", state);
  }

  const choose = (patch) => change({ ...CHOICE, ...patch });

  function note(patch) {
    replace({ ...Explorer.state, ...patch });
  }

  function step(from, to) {
    if (!from.length) return false;
    to.push(Explorer.state);
    const { tab } = Explorer.state;
    become({ ...from.pop(), tab });
    return true;
  }

  // The fragment.

  function address(state) {
    const said = new URLSearchParams([["v", VERSION]]);
    for (const key of ["view", "selected", "tab"]) if (state[key] && state[key] !== EMPTY[key]) said.set(key, state[key]);
    for (const key of ["around", "claims", "things", "route", "also", "less", "hidden"]) {
      for (const id of state[key] ?? []) said.append(key, id);
    }
    if (state.hops !== 1) said.set("hops", state.hops);
    if (state.years) said.set("years", state.years.join("-"));
    if (state.article) said.set("article", "1");
    if (state.lens) said.set("lens", state.lens.join(","));
    for (const [id, place] of Object.entries(state.moved)) said.append("moved", `${place.join(",")},${id}`);
    for (const [facet, values] of Object.entries(state.off)) {
      for (const value of values) said.append(`not-${facet}`, value);
    }
    return `#${said}`;
  }

  function parsed(fragment) {
    const said = new URLSearchParams(fragment.replace(/^#/, ""));
    if (said.get("v") !== VERSION) return null;
    const known = (key, is) => [...new Set(said.getAll(key))].filter(is);
    const isEntity = (id) => Boolean(Explorer.entityOf(id));
    const isClaim = (id) => Boolean(Explorer.claimOf(id));
    const route = said.getAll("route").filter(isEntity);
    return {
      ...EMPTY,
      view: known("view", (name) => Object.hasOwn(Explorer.data.views, name))[0] ?? "",
      around: known("around", isEntity),
      hops: Math.min(3, Math.max(1, whole(said.get("hops")) ?? 1)),
      claims: known("claims", isClaim),
      things: known("things", isEntity),
      route: route.length === 2 ? route : null,
      also: known("also", isEntity),
      less: known("less", isEntity),
      hidden: known("hidden", isEntity),
      off: switchedOff(said),
      years: span(said.get("years")),
      article: said.get("article") === "1",
      selected: known("selected", (id) => isEntity(id) || isClaim(id) || Object.hasOwn(Explorer.data.mechanisms, id))[0] ?? "",
      tab: known("tab", (name) => Explorer.hasTab(name))[0] ?? "graph",
      moved: moves(said.getAll("moved")),
      lens: lens(said.get("lens")),
    };
  }

  function switchedOff(said) {
    const off = {};
    for (const facet of Explorer.facets) {
      const known = new Set(Explorer.allValues(facet));
      const values = said.getAll(`not-${facet.name}`).filter((value) => known.has(value));
      if (values.length) off[facet.name] = [...new Set(values)];
    }
    return off;
  }

  const whole = (text) => (/^-?\d{1,7}$/.test(text ?? "") ? Number(text) : null);

  function span(text) {
    const years = (text ?? "").split("-").map(whole);
    return years.length === 2 && years.every((year) => year !== null) ? years : null;
  }

  function lens(text) {
    const numbers = (text ?? "").split(",").map(Number);
    const [, , scale] = numbers;
    return text && numbers.length === 3 && numbers.every(Number.isFinite) && scale > 0.001 && scale < 50 ? numbers : null;
  }

  function moves(texts) {
    const found = {};
    for (const text of texts) {
      const [x, y, ...id] = text.split(",");
      const place = [whole(x), whole(y)];
      if (place.every((number) => number !== null) && Explorer.entityOf(id.join(","))) found[id.join(",")] = place;
    }
    return found;
  }

  return {
    EMPTY,
    state: EMPTY,
    change,
    choose,
    note,
    become,
    address,
    parsed,
    undo: () => step(past, future),
    redo: () => step(future, past),
    canUndo: () => past.length > 0,
    canRedo: () => future.length > 0,
    // Any link that would show nothing shows the page's first view.
    isEmpty: ({ view, around, claims, things, route }) => !(view || around.length || claims.length || things.length || route),
  };
})());
