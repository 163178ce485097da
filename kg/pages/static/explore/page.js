// The explorer page: picture, table and evidence panel over the same choice of claims.
//
//   data        what kg/pages/views/explore.py wrote; text from it reaches the page only
//               through textContent and through vis-network's canvas
//   shown       the one state: which claims and entities are visible
//   picture     vis-network over DataViews that filter by `shown`
//   table       the same claims as rows
//   panel       one claim, entity or mechanism in full
//
// Nothing is fetched. A new thing to look at is a `show…` function for the panel.
window.Explorer.registered = [];
window.Explorer.registerTab = (name, build) => window.Explorer.registered.push({ name, build });
window.Explorer.registerRenderer = () => undefined;
window.Explorer.ready = (async () => {
  "use strict";

  const data = await window.Explorer.unpacked("data");
  const at = (id) => document.getElementById(id);
  for (const claim of Object.values(data.claims)) {
    const [pro, con] = [claim.supporting, claim.disputing].map(Boolean);
    claim.balance = pro && con ? "for_and_against" : pro ? "for_only" : con ? "against_only"
      : claim.inconclusive ? "only_inconclusive" : "no_evidence";
  }
  data.balances = { for_only: "evidence for only", for_and_against: "evidence for and against",
    against_only: "evidence against only", only_inconclusive: "only inconclusive evidence",
    only_hearsay: "only hearsay", no_evidence: "no evidence" };
  const ORDER = ["for_and_against", "against_only", "for_only", "only_inconclusive", "only_hearsay", "no_evidence"];
  const shown = { claims: new Set(), entities: new Set(), places: {} };
  let selected = null;

  // Small tools.

  // element("p", { class: "x" }, "text", child): strings become text, never markup.
  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (typeof value === "function") made.addEventListener(key, value);
      else if (value !== undefined) made.setAttribute(key, value);
    }
    made.append(...children.flat().filter((child) => child !== null && child !== ""));
    return made;
  }

  const button = (label, press) =>
    element("button", { type: "button", class: "link", click: press }, label);

  function link(text, address) {
    let target;
    try {
      target = new URL(address);
    } catch {
      return element("span", {}, text);
    }
    if (!/^https?:$/.test(target.protocol)) return element("span", {}, text);
    return element("a", { href: target.href, rel: "noopener noreferrer", target: "_blank" }, text);
  }

  const counted = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;
  const studies = (number) => `${number} ${number === 1 ? "study" : "studies"}`;
  const folded = (text) =>
    text.normalize("NFKD").toLowerCase().replace(/[\s_-]+/g, " ").trim();

  const claimOf = (id) => data.claims[id];
  const entityOf = (id) => data.entities[id];
  const items = (claim, side) => claim[side] ?? [];
  const studyCount = (claim, side) =>
    new Set(items(claim, side).map((id) => data.evidence[id].study)).size;

  const rankOf = (id) => ORDER.indexOf(claimOf(id).balance);

  function contestedFirst(ids) {
    const label = (id) => claimOf(id).label;
    return ids.sort(
      (one, other) => rankOf(one) - rankOf(other) || label(one).localeCompare(label(other), "en"),
    );
  }

  const claimsOf = new Map();
  for (const [id, claim] of Object.entries(data.claims)) {
    for (const end of new Set([claim.subject, claim.object])) {
      if (!claimsOf.has(end)) claimsOf.set(end, []);
      claimsOf.get(end).push(id);
    }
  }
  const touching = (entity) => claimsOf.get(entity) ?? [];

  // How things look. Colours are read from the style sheet, so they follow the theme.

  const SIGN = { 1: "plus", "-1": "minus", 0: "none" };
  const HEAD = { 1: { type: "arrow", scaleFactor: 0.9 }, "-1": { type: "bar", scaleFactor: 1.1 } };
  const BALANCE = {
    for_only: { mark: "✓" },
    for_and_against: { mark: "≷", colour: "verdict-contested", dashes: [12, 7] },
    against_only: { mark: "✗", colour: "verdict-refuted", dashes: [4, 6], headless: true },
    only_inconclusive: { mark: "?", colour: "verdict-untested", dashes: [2, 8] },
    only_hearsay: { mark: "“", colour: "verdict-untested", dashes: [2, 8], headless: true },
    no_evidence: { mark: "–", colour: "verdict-untested", dashes: [2, 8], headless: true },
  };
  const probe = document.body.appendChild(element("span", { hidden: "" }));
  const bandNames = data.groups.map((group) => group.name);
  const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)").matches;

  function colour(name) {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  }

  function palette() {
    const names = ["ink", "quiet", "page", "band", "border", "accent", "rule"];
    const groups = bandNames.map((name) => `group-${name}`);
    const lines = ["plus", "minus", "none", "verdict-contested", "verdict-refuted", "verdict-untested"];
    return Object.fromEntries([...names, ...groups, ...lines].map((name) => [name, colour(name)]));
  }

  function nodeLook(node, colours) {
    const fill = colours[`group-${node.group}`];
    const inside = node.shape === "ellipse" || node.shape === "box";
    const chosen = { background: fill, border: colours.accent };
    return {
      id: node.id,
      size: 12,
      borderWidth: 1,
      borderWidthSelected: 4,
      margin: inside ? 8 : undefined,
      widthConstraint: { maximum: 158 },
      // A label stands a little off its shape, so that arrowheads from below stay visible.
      font: {
        size: 17,
        color: colours.ink,
        vadjust: inside ? 0 : 9,
        strokeWidth: inside ? 0 : 4,
        strokeColor: colours.band,
      },
      color: { background: fill, border: colours.border, highlight: chosen, hover: chosen },
    };
  }

  function edgeLabel(claim) {
    if (claim.balance === "for_and_against") return "≷";
    if (claim.balance === "against_only") return claim.null ? "✗∅" : "✗";
    return undefined;
  }

  function edgeLook(edge, colours) {
    const claim = claimOf(edge.id);
    const style = BALANCE[claim.balance];
    const hue = colours[style.colour ?? SIGN[claim.sign]];
    const head = style.headless ? undefined : HEAD[claim.sign];
    return {
      id: edge.id,
      label: edgeLabel(claim),
      dashes: style.dashes ?? false,
      width: 2,
      selectionWidth: 3,
      hoverWidth: 1,
      arrows: { to: head ? { enabled: true, ...head } : { enabled: false } },
      color: { color: hue, highlight: hue, hover: hue },
      font: { size: 22, color: hue, strokeWidth: 5, strokeColor: colours.band, align: "horizontal" },
    };
  }

  // The picture.

  const nodes = new vis.DataSet(data.nodes);
  // What is drawn last lies on top: the contested.
  const edges = new vis.DataSet(
    data.edges.toSorted((one, other) => rankOf(other.id) - rankOf(one.id)),
  );
  const nodesShown = new vis.DataView(nodes, { filter: (node) => shown.entities.has(node.id) });
  const edgesShown = new vis.DataView(edges, { filter: (edge) => shown.claims.has(edge.id) });
  let colours = palette();
  const network = drawn();

  function drawn() {
    paint();
    const options = {
      physics: false,
      interaction: { hover: true, multiselect: false, keyboard: { enabled: true, bindToWindow: false } },
      nodes: { shapeProperties: { interpolation: false } },
      edges: { arrowStrikethrough: false },
    };
    return new vis.Network(at("canvas"), { nodes: nodesShown, edges: edgesShown }, options);
  }

  function paint() {
    colours = palette();
    nodes.updateOnly(data.nodes.map((node) => nodeLook(node, colours)));
    edges.updateOnly(data.edges.map((edge) => edgeLook(edge, colours)));
  }

  function redraw() {
    const places = isNarrow() || !shown.places ? arranged() : shown.places;
    nodes.updateOnly(
      Object.entries(places)
        .filter(([id]) => shown.entities.has(id))
        .map(([id, [x, y]]) => ({ id, x, y })),
    );
    nodesShown.refresh();
    edgesShown.refresh();
    network.unselectAll();
    fit();
    if (isNarrow() && network.getScale() < LEGIBLE) showStart();
  }

  // On a phone a large choice would be dots: begin where the first claim is, at reading size.
  function showStart() {
    const [first] = contestedFirst([...shown.claims]);
    if (!first) return;
    network.moveTo({ position: network.getPosition(claimOf(first).subject), scale: LEGIBLE, animation: false });
  }

  // The whole of what is shown; vis-network's own fit does not know the bands.
  function fit() {
    const { left, right, top, bottom } = extent();
    const box = at("canvas");
    // Nothing to see, or the table is in front: the tab fits the picture when it returns.
    if (left > right || !box.clientWidth) return;
    const scale = Math.min(1.1, box.clientWidth / (right - left), box.clientHeight / (bottom - top));
    const position = { x: (left + right) / 2, y: (top + bottom) / 2 };
    network.moveTo({ position, scale: scale * 0.98, animation: false });
  }

  const MARGIN = { x: 150, top: 50, bottom: 72 };

  function extent(found = nodesShown.get({ fields: ["x", "y"] })) {
    const x = found.map((node) => node.x);
    const y = found.map((node) => node.y);
    return {
      left: Math.min(...x) - MARGIN.x,
      right: Math.max(...x) + MARGIN.x,
      top: Math.min(...y) - MARGIN.top,
      bottom: Math.max(...y) + MARGIN.bottom,
    };
  }

  const LEGIBLE = 0.55;
  const isNarrow = () => window.innerWidth < 900;

  function zoom(factor) {
    const animation = reducedMotion ? false : { duration: 200 };
    network.moveTo({ scale: network.getScale() * factor, animation });
  }

  // Places for a choice that Python did not foresee: its bands and order, the gaps closed.
  function arranged() {
    const box = at("canvas");
    const aspect = box.clientWidth / Math.max(box.clientHeight, 1) || 1.5;
    const { cell, row } = data.grid;
    const columns = Math.max(3, Math.ceil(Math.sqrt((shown.entities.size * aspect * row) / cell)));
    const few = shown.entities.size <= data.grid.few;
    const places = {};
    let top = 0;
    let used = 0;
    for (const band of bandNames) {
      const inside = orderedIn(band);
      if (!inside.length) continue;
      const rows = Math.ceil(inside.length / columns);
      const wide = Math.ceil(inside.length / rows);
      const stagger = few ? data.grid.stagger[used % data.grid.stagger.length] : 0;
      inside.forEach((id, index) => {
        const column = Math.floor(index / rows);
        const aside = rows > 1 ? ((index % rows) % 2 ? 0.25 : -0.25) : 0;
        const x = (column - (wide - 1) / 2 + aside + stagger) * cell;
        places[id] = [Math.round(x), top + (index % rows) * row];
      });
      top += rows * row + 70;
      used += 1;
    }
    return places;
  }

  function orderedIn(band) {
    const order = { ...data.views.whole.places, ...(shown.places ?? {}) };
    return data.nodes
      .filter((node) => node.group === band && shown.entities.has(node.id))
      .map((node) => node.id)
      .sort((one, other) => order[one][0] - order[other][0] || (one < other ? -1 : 1));
  }

  // Behind the picture: a stripe and a name for each band, and the circle of the hair cycle.
  function drawBands(context) {
    const all = nodesShown.get({ fields: ["group", "x", "y"] });
    const { left, right } = extent(all);
    for (const { name, label } of data.groups) {
      const inside = all.filter((node) => node.group === name);
      if (inside.length) drawBand(context, label, { ...extent(inside), left, right });
    }
    drawRing(context);
  }

  function drawBand(context, label, { left, right, top, bottom }) {
    context.fillStyle = colours.band;
    context.beginPath();
    context.roundRect(left, top, right - left, bottom - top, 14);
    context.fill();
    context.fillStyle = colours.quiet;
    context.font = "600 15px system-ui, sans-serif";
    context.textAlign = "left";
    context.textBaseline = "top";
    context.fillText(label, left + 10, top + 7);
  }

  function drawRing(context) {
    const ids = Object.keys(data.ring).filter((id) => shown.entities.has(id));
    if (ids.length < 3 || isNarrow() || !shown.places) return;
    const points = ids.map((id) => ({ ...nodes.get(id), offset: data.ring[id] }));
    const x = points[0].x - points[0].offset[0];
    const y = points[0].y - points[0].offset[1];
    const wide = Math.max(...points.map((point) => Math.abs(point.x - x)));
    const high = Math.max(...points.map((point) => Math.abs(point.y - y)));
    context.strokeStyle = colours.rule;
    context.lineWidth = 10;
    context.beginPath();
    context.ellipse(x, y, wide, high, 0, 0, 2 * Math.PI);
    context.stroke();
  }

  // What is shown.

  function showView(name) {
    const view = data.views[name];
    choose(view.claims ?? [], view.entities ?? [], view.places ?? {});
    if (name === "whole") shown.entities = new Set(data.nodes.map((node) => node.id));
    press(name);
    refresh();
    if (view.mechanism) showMechanism(view.mechanism);
    else if (view.entities?.length === 1) showEntity(view.entities[0]);
    else showViewAbout(view);
  }

  function showAround(entity) {
    choose(touching(entity), [entity], null);
    press(null);
    refresh();
    showEntity(entity);
  }

  function addNeighbours(entity) {
    choose([...shown.claims, ...touching(entity)], [...shown.entities, entity], null);
    press(null);
    refresh();
    showEntity(entity);
  }

  function choose(claims, entities, places) {
    shown.claims = new Set(claims);
    shown.entities = new Set(entities);
    shown.places = places;
    for (const id of shown.claims) {
      shown.entities.add(claimOf(id).subject).add(claimOf(id).object);
    }
  }

  function press(name) {
    for (const each of document.querySelectorAll("[data-view]")) {
      each.setAttribute("aria-pressed", String(each.dataset.view === name));
    }
  }

  function refresh() {
    redraw();
    fillTable();
    const claims = counted(shown.claims.size, "claim");
    const things = counted(shown.entities.size, "thing");
    const said = shown.claims.size ? `${claims} between ${things}` : "No claims to show here";
    at("status").textContent = said;
    at("canvas").setAttribute("aria-label", `${said}, as a network. The table has the same claims.`);
  }

  // The panel.

  function fillPanel(select, ...children) {
    selected = select;
    at("panel").replaceChildren(...children.flat().filter(Boolean));
    at("panel").scrollTop = 0;
    for (const row of document.querySelectorAll("#table tr[data-claim]")) {
      row.setAttribute("aria-current", String(row.dataset.claim === select));
    }
  }

  const heading = (text) => element("h2", { tabindex: "-1" }, text);
  const entityButton = (id) => button(entityOf(id).label, () => openEntity(id));

  // On a narrow screen the panel stands below: bring it up.
  function readPanel() {
    at("panel").querySelector("h2").focus({ preventScroll: true });
    at("panel").scrollIntoView({ block: isNarrow() ? "start" : "nearest" });
  }

  function openClaim(id) {
    showClaim(id);
    readPanel();
  }

  function openEntity(id) {
    if (!shown.entities.has(id)) return focusOn(id);
    showEntity(id);
    readPanel();
  }

  function focusOn(id) {
    showAround(id);
    // The picture is what was asked for: the heading is read out, and nothing scrolls.
    at("panel").querySelector("h2").focus({ preventScroll: true });
  }

  function showViewAbout(view) {
    fillPanel(
      null,
      heading(view.label),
      element("p", {}, view.about),
      view.claims?.length ? claimGroups(view.claims) : element("p", {}, "There is no such claim in this graph."),
    );
  }

  function showClaim(id) {
    const claim = claimOf(id);
    selectInPicture({ edges: [id] });
    fillPanel(
      id,
      element("p", { class: "about" }, "Claim"),
      heading(claim.label),
      element("p", {}, entityButton(claim.subject), ` ${claim.relation} `, entityButton(claim.object)),
      facts(claim.scope),
      tally(claim),
      element("div", { class: "sides" }, side(claim, "supporting", "for", "For"), side(claim, "disputing", "against", "Against")),
      claim.inconclusive && side(claim, "inconclusive", "open", "Inconclusive"),
      related("Broader claims", claim.broader),
      related("Narrower claims", narrower(id)),
    );
  }

  const narrower = (id) =>
    Object.keys(data.claims).filter((other) => claimOf(other).broader?.includes(id));

  function related(title, ids) {
    const known = (ids ?? []).filter(claimOf);
    return known.length ? element("div", {}, element("h3", {}, title), claimList(known)) : null;
  }

  function tally(claim) {
    const open = studyCount(claim, "inconclusive");
    const counts = [
      `${studies(studyCount(claim, "supporting"))} for`,
      `${studies(studyCount(claim, "disputing"))} against`,
      ...(open ? [`${open} inconclusive`] : []),
    ];
    return element("p", { class: `tally ${claim.balance}` }, balance(claim), ` – ${counts.join(", ")}`);
  }

  const balance = (claim) =>
    element("span", { class: `balance ${claim.balance}` }, `${BALANCE[claim.balance].mark} ${data.balances[claim.balance]}`);

  function side(claim, key, style, title) {
    const found = items(claim, key);
    const list = found.length
      ? element("ul", { class: "plain" }, found.map(evidenceItem))
      : element("p", { class: "about" }, `Nothing ${title.toLowerCase()} it in this graph.`);
    return element("section", { class: `side ${style}` }, element("h3", {}, `${title} (${found.length})`), list);
  }

  function evidenceItem(id) {
    const item = data.evidence[id];
    const source = data.sources[item.source] ?? {};
    return element(
      "li",
      { class: "item" },
      element("p", {}, item.finding ?? ""),
      marks(item, source),
      facts(item.facts),
      study(data.studies[item.study] ?? { label: item.study }, source),
    );
  }

  function marks(item, source) {
    const said = [
      item.secondHand && "second-hand",
      source.retraction && !/no notice/.test(source.retraction) && source.retraction,
      source.unverified && `not verified: ${source.unverified.join(", ")}`,
    ].filter(Boolean);
    return said.length
      ? element("p", { class: "marks" }, said.map((text) => element("span", { class: "mark" }, text)))
      : null;
  }

  function facts(named) {
    const rows = Object.entries(named ?? {});
    if (!rows.length) return null;
    const row = ([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, value));
    return element("dl", { class: "facts" }, rows.map(row));
  }

  function study(about, source) {
    const links = (source.links ?? []).map(([text, address]) => link(text, address));
    const registry = about.registry && (about.link ? link(about.registry, about.link) : about.registry);
    const cited = source.citation && source.citation !== about.label ? source.citation : "";
    return element(
      "div",
      { class: "study" },
      element("p", {}, `Study: ${about.label ?? ""}`),
      cited ? element("p", {}, `${cited}.`) : null,
      element("p", {}, links, registry ?? ""),
    );
  }

  function showEntity(id) {
    const entity = entityOf(id);
    if (shown.entities.has(id)) selectInPicture({ nodes: [id] });
    fillPanel(
      id,
      element("p", { class: "about" }, entity.kind ?? "thing"),
      heading(entity.label),
      entity.definition ? element("p", {}, entity.definition) : null,
      entity.synonyms ? element("p", { class: "about" }, `Also: ${entity.synonyms.join("; ")}`) : null,
      identifiers(entity),
      element(
        "div",
        { class: "actions" },
        element("button", { type: "button", click: () => addNeighbours(id) }, "Add its neighbours"),
        element("button", { type: "button", click: () => showAround(id) }, "Show only its neighbours"),
      ),
      entityClaims(id),
    );
  }

  function identifiers(entity) {
    const same = (entity.same ?? []).map(([text, address]) => link(text, address));
    const close = (entity.close ?? []).map(([text, address]) => link(text, address));
    const broader = (entity.broader ?? []).map(([text, id]) =>
      entityOf(id) ? button(text, () => openEntity(id)) : text,
    );
    const rows = [
      ["Same as", same.length ? same : ["not yet mapped"]],
      ["Close to", close],
      ["Kind of", broader],
    ].filter(([, values]) => values.length);
    const row = ([name, values]) =>
      element("div", {}, element("dt", {}, name), element("dd", {}, values.flatMap((each, i) => (i ? [", ", each] : [each]))));
    return element("dl", { class: "facts" }, rows.map(row));
  }

  function entityClaims(id) {
    const ids = touching(id);
    if (!ids.length) return element("p", { class: "about" }, "No claim in this graph is about it.");
    return claimGroups(ids);
  }

  // Claims by balance, the contested first.
  function claimGroups(ids) {
    return ORDER
      .map((key) => [key, ids.filter((id) => claimOf(id).balance === key)])
      .filter(([, found]) => found.length)
      .map(([key, found]) =>
        element("section", {}, element("h3", {}, `${BALANCE[key].mark} ${data.balances[key]} (${found.length})`), claimList(found)),
      );
  }

  function claimList(ids) {
    const line = (id) => {
      const claim = claimOf(id);
      const counts = `${studyCount(claim, "supporting")} for, ${studyCount(claim, "disputing")} against`;
      return element("li", {}, button(claim.label, () => openClaim(id)), " ", element("span", { class: "quiet" }, `(${counts})`));
    };
    return element("ul", { class: "claims" }, ids.map(line));
  }

  function showMechanism(id) {
    const mechanism = data.mechanisms[id];
    const net = { 1: "increases", "-1": "decreases", 0: "states no direction" }[mechanism.sign];
    fillPanel(
      id,
      element("p", { class: "about" }, "Mechanism"),
      heading(mechanism.label),
      mechanism.definition ? element("p", {}, mechanism.definition) : null,
      element("p", { class: "about" }, `Taken together it ${net}.`),
      element("ol", {}, (mechanism.steps ?? []).map(step)),
      related("It would explain", mechanism.explains ? [mechanism.explains] : []),
    );
  }

  function step(id) {
    return element("li", {}, button(claimOf(id).label, () => openClaim(id)), " ", balance(claimOf(id)));
  }

  function selectInPicture({ nodes: wanted = [], edges: lines = [] }) {
    network.setSelection(
      { nodes: wanted, edges: lines.filter((id) => shown.claims.has(id)) },
      { highlightEdges: false },
    );
  }

  // The table.

  const COLUMNS = ["Subject", "Relation", "Object", "Balance", "For", "Against"];

  function fillTable() {
    const caption = element("caption", {}, `${counted(shown.claims.size, "claim")}; numbers are studies. Choose a relation for its evidence.`);
    const head = element("tr", {}, COLUMNS.map((name, i) => element("th", { scope: "col", class: i > 3 ? "number" : undefined }, name)));
    const rows = contestedFirst([...shown.claims]).map(tableRow);
    at("table").replaceChildren(
      element("table", {}, caption, element("thead", {}, head), element("tbody", {}, rows)),
    );
  }

  function tableRow(id) {
    const claim = claimOf(id);
    return element(
      "tr",
      { "data-claim": id, "aria-current": String(selected === id) },
      element("td", {}, entityButton(claim.subject)),
      element("td", {}, button(claim.relation, () => openClaim(id))),
      element("td", {}, entityButton(claim.object), scopeNote(claim)),
      element("td", {}, balance(claim)),
      element("td", { class: "number", "data-label": "for" }, String(studyCount(claim, "supporting"))),
      element("td", { class: "number", "data-label": "against" }, String(studyCount(claim, "disputing"))),
    );
  }

  function scopeNote(claim) {
    const values = Object.values(claim.scope ?? {});
    return values.length ? element("span", { class: "scope quiet" }, values.join("; ")) : null;
  }

  const tabs = ["picture", "table"];

  function selectTab(name) {
    for (const tab of tabs) {
      const chosen = tab === name;
      at(`tab-${tab}`).setAttribute("aria-selected", String(chosen));
      at(`tab-${tab}`).tabIndex = chosen ? 0 : -1;
      at(tab).hidden = !chosen;
    }
    if (name === "picture") requestAnimationFrame(fit);
  }

  // What other scripts use: see explorer.js.

  const long = (id) => {
    const [prefix, ...rest] = id.split(":");
    return rest.length && data.prefixes[prefix] ? data.prefixes[prefix] + rest.join(":") : id;
  };
  const short = (iri) => {
    const known = Object.entries(data.prefixes).filter(([, space]) => iri.startsWith(space));
    const [best] = known.sort((a, b) => b[1].length - a[1].length);
    return best ? `${best[0]}:${iri.slice(best[1].length)}` : iri;
  };
  Object.assign(window.Explorer, {
    data, element, link, long, short,
    show(iris) {
      const ids = iris.map(short);
      const claims = ids.filter(claimOf);
      const things = ids.filter(entityOf);
      choose(claims, things, null);
      press(null);
      refresh();
      return claims.length + things.length;
    },
    light(iris) { network.selectEdges(iris.map(short).filter((id) => shown.claims.has(id))); },
    select(iri) {
      const id = short(iri);
      if (claimOf(id)) showClaim(id);
      else if (entityOf(id)) showEntity(id);
      else return false;
      return true;
    },
    visible: () => ({ claims: [...shown.claims], entities: [...shown.entities] }),
    on: () => undefined,
  });

  function addTab({ name, build }) {
    const id = name.toLowerCase();
    const tab = element("button", { type: "button", role: "tab", id: `tab-${id}`, "aria-controls": id, "aria-selected": "false", tabindex: "-1" }, name);
    const panel = element("div", { id, class: "table", role: "tabpanel", "aria-labelledby": `tab-${id}`, tabindex: "0", hidden: "" });
    document.querySelector("[role=tablist]").append(tab);
    document.querySelector(".stage").append(panel);
    tabs.push(id);
    let part;
    tab.addEventListener("click", () => {
      selectTab(id);
      part ??= build(panel) ?? {};
      part.shown?.();
    });
  }

  // Search.

  const named = Object.entries(data.entities).map(([id, entity]) => ({
    id,
    label: folded(entity.label),
    names: [entity.label, ...(entity.synonyms ?? [])].map(folded),
  }));

  function matches(text) {
    const asked = folded(text);
    if (!asked) return [];
    const rank = ({ label, names }) => {
      if (label === asked) return 0;
      if (names.includes(asked)) return 1;
      if (names.some((name) => name.startsWith(asked))) return 2;
      return names.some((name) => name.includes(asked)) ? 3 : 4;
    };
    return named
      .map((each) => ({ ...each, rank: rank(each) }))
      .filter((each) => each.rank < 4)
      .sort((a, b) => a.rank - b.rank || a.label.length - b.label.length || (a.id < b.id ? -1 : 1))
      .slice(0, 12);
  }

  function listMatches() {
    const found = matches(at("search").value);
    const option = ({ id }, index) =>
      element(
        "li",
        { id: `found-${index}`, role: "option", "data-entity": id, "aria-selected": String(index === 0), click: () => pick(id) },
        entityOf(id).label, " ", element("span", { class: "quiet" }, entityOf(id).kind ?? ""),
      );
    at("found").replaceChildren(...found.map(option));
    const asked = at("search").value.trim() !== "";
    if (asked && !found.length) at("found").append(element("li", { class: "quiet" }, "Nothing has this name."));
    expand(asked);
    mark(0);
  }

  function expand(open) {
    at("found").hidden = !open;
    at("search").setAttribute("aria-expanded", String(open));
  }

  function mark(index) {
    const options = [...at("found").querySelectorAll("[role=option]")];
    options.forEach((each, i) => each.setAttribute("aria-selected", String(i === index)));
    if (options[index]) {
      at("search").setAttribute("aria-activedescendant", options[index].id);
      options[index].scrollIntoView({ block: "nearest" });
    } else {
      at("search").removeAttribute("aria-activedescendant");
    }
  }

  function pick(id) {
    expand(false);
    at("search").value = "";
    focusOn(id);
  }

  function searchKey(event) {
    const options = [...at("found").querySelectorAll("[role=option]")];
    const index = options.findIndex((each) => each.getAttribute("aria-selected") === "true");
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in moves && options.length) {
      mark((index + moves[event.key] + options.length) % options.length);
    } else if (event.key === "Enter" && options[index]) {
      pick(options[index].dataset.entity);
    } else if (event.key === "Escape") {
      expand(false);
    } else {
      return;
    }
    event.preventDefault();
  }

  // Light and dark.

  const systemDark = matchMedia("(prefers-color-scheme: dark)");

  function isDark() {
    const theme = document.documentElement.dataset.theme;
    return theme ? theme === "dark" : systemDark.matches;
  }

  function switchTheme() {
    document.documentElement.dataset.theme = isDark() ? "light" : "dark";
    applyTheme();
  }

  function applyTheme() {
    at("theme").setAttribute("aria-pressed", String(isDark()));
    paint();
    network.redraw();
  }

  // What the reader does.

  function listen() {
    network.on("beforeDrawing", drawBands);
    network.on("click", ({ nodes: [node], edges: [edge] }) => {
      if (node) showEntity(node);
      else if (edge) showClaim(edge);
      if (node || edge) at("panel").scrollIntoView({ block: "nearest" });
    });
    network.on("doubleClick", ({ nodes: [node] }) => node && addNeighbours(node));
    for (const each of document.querySelectorAll("[data-view]")) {
      each.addEventListener("click", () => {
        each.closest("details")?.removeAttribute("open");
        showView(each.dataset.view);
      });
    }
    for (const name of ["picture", "table"]) {
      const tab = at(`tab-${name}`);
      const other = name === "picture" ? "table" : "picture";
      tab.addEventListener("click", () => selectTab(name));
      tab.addEventListener("keydown", ({ key }) => {
        if (key !== "ArrowLeft" && key !== "ArrowRight") return;
        selectTab(other);
        at(`tab-${other}`).focus();
      });
    }
    at("search").addEventListener("input", listMatches);
    at("search").addEventListener("keydown", searchKey);
    at("search").addEventListener("blur", () => setTimeout(() => expand(false), 200));
    at("theme").addEventListener("click", switchTheme);
    systemDark.addEventListener("change", applyTheme);
    at("zoom-in").addEventListener("click", () => zoom(1.3));
    at("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
    at("fit").addEventListener("click", fit);
    document.addEventListener("keydown", (event) => {
      if (event.key !== "/" || /^(INPUT|TEXTAREA)$/.test(event.target.tagName)) return;
      event.preventDefault();
      at("search").focus();
    });
  }

  listen();
  applyTheme();
  showView(data.start);
  window.Explorer.registered.forEach(addTab);
})();
