// Where things stand. Python has placed every view; here are the choices that it could not
// foresee: the same bands with the gaps closed, and paths from left to right.
//
//   Explorer.placesOf(seen)     entity → [x, y] for what is visible
"use strict";

Object.assign(Explorer, (() => {
  const BAND_GAP = 48;
  const LINK = 300;

  function placesOf(seen) {
    const places = planned(seen) ?? (seen.routes ? routed(seen) : arranged(seen));
    return { ...places, ...moved(places) };
  }

  // On a narrow screen only the small arrangements of Python are kept; bands are made anew.
  function planned({ isAsPlanned, view, places, entities }) {
    if (!isAsPlanned || (Explorer.isNarrow() && view.arrangement === "bands")) return null;
    return Object.fromEntries(entities.filter((id) => places[id]).map((id) => [id, places[id]]));
  }

  function moved(places) {
    const known = Object.entries(Explorer.state.moved).filter(([id]) => places[id]);
    return Object.fromEntries(known);
  }

  function arranged({ entities, places }) {
    const { cell, row, few, stagger, wide: room } = Explorer.data.grid;
    const columns = Math.max(3, Math.ceil(Math.sqrt((entities.length * aspect() * row) / cell)));
    const found = {};
    let top = 0;
    let used = 0;
    for (const { name, shape } of Explorer.data.groups) {
      const inside = orderedIn(name, entities, places ?? {});
      if (!inside.length) continue;
      const across = shape === "ellipse" ? cell * room : cell;
      const rows = Math.ceil((inside.length * across) / cell / columns);
      const wide = Math.ceil(inside.length / rows);
      const aside = entities.length <= few ? stagger[used % stagger.length] : 0;
      inside.forEach((id, index) => {
        const interlocked = rows > 1 ? ((index % rows) % 2 ? 0.25 : -0.25) : 0;
        const x = (Math.floor(index / rows) - (wide - 1) / 2 + interlocked + aside) * across;
        found[id] = [Math.round(x), top + (index % rows) * row];
      });
      top += rows * row + BAND_GAP;
      used += 1;
    }
    return found;
  }

  function aspect() {
    const box = Explorer.at("canvas");
    return box.clientWidth / Math.max(box.clientHeight, 1) || 1.5;
  }

  function orderedIn(group, entities, places) {
    const order = { ...Explorer.data.views.whole.places, ...places };
    return entities
      .filter((id) => Explorer.groupOf(id) === group)
      .sort((one, other) => order[one][0] - order[other][0] || (one < other ? -1 : 1));
  }

  // Each thing as far to the right as it is steps from the start; the end stands last.
  function routed({ entities, routes }) {
    const { row } = Explorer.data.grid;
    const [from, to] = Explorer.state.route;
    const layer = new Map([[from, 0]]);
    for (const { steps } of routes.paths) {
      for (const [index, step] of steps.entries()) layer.set(step.to, Math.max(layer.get(step.to) ?? 0, index + 1));
    }
    const last = Math.max(1, ...layer.values());
    layer.set(to, last);
    return stacked(entities, (id) => layer.get(id) ?? 0, row, last);
  }

  function stacked(entities, layerOf, row, last) {
    const found = {};
    for (let layer = 0; layer <= last; layer += 1) {
      const inside = entities.filter((id) => layerOf(id) === layer);
      const sag = layer % 2 ? row / 2 : 0;
      inside.forEach((id, index) => {
        found[id] = [layer * LINK, Math.round((index - (inside.length - 1) / 2) * row + sag)];
      });
    }
    return found;
  }

  return { placesOf };
})());
