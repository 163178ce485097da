// The keyboard. Everything the mouse can do in the picture has a key while the picture has the
// focus; "/" and "?" work wherever nobody is typing, and all single keys can be switched off.
//
//   Explorer.listenToKeys()
"use strict";

Object.assign(Explorer, (() => {
  const { at } = Explorer;
  const words = Explorer.texts;
  const OFF = "hairkg-keys-off";

  const isTyping = (target) => /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable;

  function listenToKeys() {
    at("canvas").addEventListener("keydown", pictureKey);
    document.addEventListener("keydown", pageKey);
    at("keys").checked = !remembered();
    at("keys").addEventListener("change", () => remember(!at("keys").checked));
  }

  // A page opened from a file may have no storage; then the choice lasts as long as the page.
  let forgotten = false;

  function remembered() {
    try {
      return localStorage.getItem(OFF) === "yes";
    } catch {
      return forgotten;
    }
  }

  function remember(isOff) {
    forgotten = isOff;
    try {
      localStorage.setItem(OFF, isOff ? "yes" : "no");
    } catch {
      // See above.
    }
  }

  function pageKey(event) {
    if (isTyping(event.target) || event.altKey) return;
    const key = event.key.toLowerCase();
    if (event.ctrlKey || event.metaKey) {
      if (key === "z" && event.shiftKey) run(event, Explorer.redoAndSay);
      else if (key === "z") run(event, Explorer.undoAndSay);
      else if (key === "y") run(event, Explorer.redoAndSay);
      return;
    }
    if (remembered()) return;
    if (key === "/") run(event, () => at("search").focus());
    else if (key === "?") run(event, Explorer.toggleHelp);
  }

  const run = (event, action) => {
    event.preventDefault();
    action();
  };

  const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  const onThing = (act) => () => {
    const id = Explorer.state.selected;
    if (Explorer.entityOf(id)) act(id);
    return true;
  };

  const KEYS = {
    Enter: () => Explorer.readPanel(),
    Escape: () => Explorer.pick(""),
    e: onThing((id) => Explorer.expand(id)),
    c: onThing((id) => Explorer.collapse(id)),
    h: onThing((id) => Explorer.hide(id)),
    o: onThing((id) => Explorer.focus(id)),
    p: onThing((id) => Explorer.askPaths({ from: id })),
    1: onThing((id) => Explorer.focus(id, 1)),
    2: onThing((id) => Explorer.focus(id, 2)),
    3: onThing((id) => Explorer.focus(id, 3)),
    n: () => nextClaim(1),
    b: () => nextClaim(-1),
    f: () => Explorer.fit(),
    "+": () => Explorer.zoom(1.3),
    "=": () => Explorer.zoom(1.3),
    "-": () => Explorer.zoom(1 / 1.3),
  };

  function pictureKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (MOVES[event.key]) return run(event, () => walk(MOVES[event.key]));
    const act = KEYS[event.key] ?? KEYS[event.key.toLowerCase()];
    const isSingle = event.key.length === 1;
    if (act && !(isSingle && remembered())) run(event, act);
  }

  // The nearest thing in that direction; one that a claim joins to this one is nearer than it looks.
  function walk([dx, dy]) {
    const { places } = Explorer.picture();
    const from = placeOfSelected(places);
    if (!from) return arrive(firstThing(places));
    const { selected } = Explorer.state;
    const joined = new Set(Explorer.touching(selected).flatMap(Explorer.endsOf));
    let best = null;
    for (const [id, [x, y]] of Object.entries(places)) {
      const [along, aside] = dx ? [(x - from[0]) * dx, Math.abs(y - from[1])] : [(y - from[1]) * dy, Math.abs(x - from[0])];
      if (id === selected || along <= 0) continue;
      const cost = (along + 2.2 * aside) * (joined.has(id) ? 0.5 : 1);
      if (!best || cost < best.cost) best = { id, cost };
    }
    if (best) arrive(best.id);
  }

  function placeOfSelected(places) {
    const { selected } = Explorer.state;
    const claim = Explorer.claimOf(selected);
    return places[claim ? claim.subject : selected];
  }

  const firstThing = (places) => Object.keys(places).sort((one, other) => places[one][1] - places[other][1] || places[one][0] - places[other][0])[0];

  // Through the claims of the thing that was selected last, one after the other.
  let around = "";

  function nextClaim(step) {
    const { selected } = Explorer.state;
    if (Explorer.entityOf(selected)) around = selected;
    const visible = new Set(Explorer.now().claims);
    const claims = (around ? Explorer.touching(around) : [...visible]).filter((id) => visible.has(id));
    if (!claims.length) return;
    const position = claims.indexOf(selected);
    const next = position < 0 ? (step > 0 ? 0 : claims.length - 1) : (position + step + claims.length) % claims.length;
    arrive(claims[next]);
  }

  function arrive(id) {
    if (!id) return;
    Explorer.pick(id);
    const claim = Explorer.claimOf(id);
    Explorer.centreOn(claim ? claim.subject : id);
    Explorer.say(claim ? Explorer.tooltip(id).replaceAll("\n", "; ") : words.arrived(Explorer.entityOf(id), Explorer.touching(id).length));
  }

  return { listenToKeys };
})());
