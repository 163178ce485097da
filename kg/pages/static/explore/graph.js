// The picture: what is visible, drawn by vis-network or by a registered renderer.
//
//   Explorer.draw()               draws `Explorer.now()` anew
//   Explorer.picture()            { nodes, edges, places }: what is drawn, also for exports
//   Explorer.fit(), zoom(factor), centreOn(id), mark(id), light(ids)
//
// A renderer is { from, make(container, hooks) }; the one with the largest `from` that is not
// more than the number of visible claims draws. `make` returns
//   draw({ nodes, edges, places, palette, lit, labelled })   nodes: id, label, x, y, group, shape; edges: id, from, to,
//                                     smooth (type, roundness), look (see looks.js)
//   fit(extent), zoom(factor), centreOn(id), mark(id or ""), light(Set or null), repaint(palette)
//   lens() → [x, y, scale], moveTo(lens), destroy()
// and calls hooks.pick(id or ""), hooks.open(entity), hooks.moved(entity, place), hooks.looked().
"use strict";

Object.assign(Explorer, (() => {
  const LEGIBLE = 0.55;
  const MOST_LABELLED = 8;
  const FADED = 0.13;
  const LABEL_WIDTH = 140;
  const STRAIGHT = { enabled: true, type: "curvedCW", roundness: 0 };
  const PHASE_WIDTH = 200;

  let renderer = null;
  let maker = null;
  let lit = null;
  let places = {};

  function picture() {
    const { claims, entities } = Explorer.now();
    const inside = new Set(entities);
    places = Explorer.placesOf(Explorer.now());
    const ids = new Set(claims);
    return {
      nodes: Explorer.data.nodes.filter((node) => inside.has(node.id)).map((node) => ({ ...node, x: places[node.id][0], y: places[node.id][1] })),
      // What is drawn last lies on top: the contested.
      edges: [
        ...givens(inside),
        ...Explorer.data.edges
          .filter((edge) => ids.has(edge.id))
          .map((edge) => ({ ...edge, look: Explorer.lookOf(Explorer.claimOf(edge.id)) }))
          .sort((one, other) => Explorer.rankOf(Explorer.claimOf(other.id)) - Explorer.rankOf(Explorer.claimOf(one.id))),
      ],
      places,
    };
  }

  // Steps of a path that hold by definition are drawn, too, though no claim stands behind them.
  function givens(inside) {
    const steps = (Explorer.now().routes?.paths ?? []).flatMap((path) => path.steps).filter((step) => !step.claims.length);
    const found = new Map();
    for (const { from, to, kind } of steps) {
      if (inside.has(from) && inside.has(to)) found.set(`${from} ${kind} ${to}`, { from, to, kind });
    }
    return [...found].map(([id, { from, to, kind }]) => ({ id, from, to, label: kind, smooth: STRAIGHT, look: Explorer.GIVEN_LOOK }));
  }

  function draw() {
    const started = performance.now();
    choose(Explorer.now().claims.length);
    lit = layer();
    renderer.draw({ ...picture(), palette: Explorer.palette(), lit, labelled: isLabelled() });
    if (Explorer.state.lens) renderer.moveTo(Explorer.state.lens);
    else begin();
    mark(Explorer.state.selected);
    return Math.round(performance.now() - started);
  }

  // Along a chain, or where there are few, each line says its relation.
  function isLabelled() {
    const { claims, routes, view, isAsPlanned } = Explorer.now();
    return claims.length <= MOST_LABELLED || Boolean(routes) || (isAsPlanned && view.arrangement === "chain");
  }

  function choose(count) {
    const fitting = Explorer.renderers.filter((each) => each.from <= count);
    const best = fitting.reduce((most, each) => (each.from >= most.from ? each : most));
    if (best === maker) return;
    renderer?.destroy();
    maker = best;
    const container = Explorer.element("div", { class: "renderer" });
    Explorer.at("canvas").replaceChildren(container);
    renderer = best.make(container, hooks);
  }

  const hooks = {
    pick: (id) => Explorer.pick(id),
    open: (id) => Explorer.expand(id),
    moved: (id, place) => Explorer.note({ moved: { ...Explorer.state.moved, [id]: place } }),
    looked: () => Explorer.note({ lens: renderer.lens() }),
  };

  // The layer of what the article says lights up the claims that a passage makes.
  function layer() {
    if (!Explorer.state.article) return null;
    return new Set(Explorer.now().claims.filter((id) => Explorer.passagesOn(id).length));
  }

  function light(ids) {
    const known = ids.map(Explorer.short);
    lit = known.length ? new Set(known) : layer();
    renderer.light(lit);
    Explorer.tell("light", lit);
  }

  function fit() {
    if (!Object.keys(places).length || !Explorer.at("canvas").clientWidth) return;
    renderer.fit(Explorer.extent(places));
  }

  // The whole; but on a phone a large choice would be dots: there it begins with the hair
  // cycle, or where the first claim is, at reading size.
  function begin() {
    fit();
    const box = Explorer.at("canvas");
    if (!Explorer.isNarrow() || !box.clientWidth || renderer.lens()[2] >= LEGIBLE) return;
    const { claims, view, isAsPlanned } = Explorer.now();
    const [first] = Explorer.contestedFirst(claims);
    if (isAsPlanned && view.arrangement === "cycle") renderer.moveTo([...view.ring.middle, box.clientWidth / (2 * view.ring.radii[0] + 260)]);
    else if (first) renderer.moveTo([...places[Explorer.claimOf(first).subject], LEGIBLE]);
  }

  const mark = (id) => renderer.mark(id);

  // vis-network.

  Explorer.renderers.push({ from: 0, make: visRenderer });

  function visRenderer(container, { pick, open, moved, looked }) {
    const options = {
      physics: false,
      interaction: { hover: true, multiselect: false, keyboard: false, tooltipDelay: 150 },
      nodes: { shapeProperties: { interpolation: false } },
    };
    let nodes = new vis.DataSet();
    let edges = new vis.DataSet();
    const network = new vis.Network(container, {}, options);
    let drawn = { nodes: [], edges: [], palette: {} };
    let lights = null;
    let litEnds = new Set();
    // The stage around it takes the keyboard.
    container.querySelector(".vis-network").tabIndex = -1;

    const isLit = (id) => !lights || lights.has(id) || litEnds.has(id);
    const nodeLooks = () => drawn.nodes.map((node) => visNode(node, drawn.palette, isLit(node.id)));
    const edgeLooks = () => drawn.edges.map((edge) => visEdge(edge, drawn.palette, isLit(edge.id), drawn.labelled));

    function looks() {
      nodes.updateOnly(nodeLooks());
      edges.updateOnly(edgeLooks());
    }

    function setLights(ids) {
      lights = ids;
      litEnds = new Set([...(ids ?? [])].filter((id) => Explorer.claimOf(id)).flatMap(Explorer.endsOf));
    }

    network.on("beforeDrawing", (context) => Explorer.paintBackdrop(context, Explorer.backdrop(placesNow(), drawn.palette, network.getScale())));
    network.on("click", ({ nodes: [node], edges: [edge] }) => pick(node ?? (Explorer.claimOf(edge) ? edge : "")));
    network.on("doubleClick", ({ nodes: [node] }) => node && open(node));
    network.on("dragEnd", ({ nodes: [node] }) => {
      if (node) moved(node, Object.values(network.getPosition(node)).map(Math.round));
      else looked();
    });
    let settling;
    network.on("zoom", () => {
      clearTimeout(settling);
      settling = setTimeout(looked, 300);
    });

    function fitTo({ left, right, top, bottom }) {
      const scale = Math.min(1.15, container.clientWidth / (right - left), container.clientHeight / (bottom - top));
      network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale: scale * 0.99, animation: false });
    }

    function placesNow() {
      const at = network.getPositions();
      return Object.fromEntries(Object.entries(at).map(([id, { x, y }]) => [id, [x, y]]));
    }

    return {
      draw(next) {
        drawn = next;
        setLights(drawn.lit);
        nodes = new vis.DataSet(nodeLooks());
        edges = new vis.DataSet(edgeLooks());
        network.setData({ nodes, edges });
        // vis-network measures a node when it first draws it, and misses with lines to the
        // others: so everything is drawn once before the picture moves to where it should be.
        if (drawn.nodes.length && container.clientWidth) {
          fitTo(Explorer.extent(drawn.places));
          network.redraw();
        }
      },
      repaint(palette) {
        drawn.palette = palette;
        looks();
        network.redraw();
      },
      light(ids) {
        setLights(ids);
        looks();
      },
      mark(id) {
        const isNode = nodes.get(id);
        const isEdge = !isNode && edges.get(id);
        network.setSelection({ nodes: isNode ? [id] : [], edges: isEdge ? [id] : [] }, { highlightEdges: false });
      },
      fit: fitTo,
      zoom(factor) {
        const animation = Explorer.isCalm() ? false : { duration: 200 };
        network.moveTo({ scale: network.getScale() * factor, animation });
        setTimeout(looked, 250);
      },
      centreOn(id) {
        if (!nodes.get(id)) return;
        const { x, y } = network.canvasToDOM(network.getPosition(id));
        const isInside = x > 40 && y > 40 && x < container.clientWidth - 40 && y < container.clientHeight - 40;
        if (!isInside) network.moveTo({ position: network.getPosition(id), animation: false });
      },
      lens() {
        const { x, y } = network.getViewPosition();
        return [Math.round(x), Math.round(y), Number(network.getScale().toFixed(3))];
      },
      moveTo: ([x, y, scale]) => network.moveTo({ position: { x, y }, scale, animation: false }),
      destroy: () => network.destroy(),
    };
  }

  const clear = (colour, share) => colour.replace(/^rgba?\((\d+), (\d+), (\d+).*$/, `rgba($1, $2, $3, ${share})`);

  function visNode(node, colours, isLit) {
    const fill = colours[`group-${node.group}`];
    const inside = node.shape === "ellipse" || node.shape === "box";
    const chosen = { background: fill, border: colours.accent };
    const isPhase = inside && node.shape === "ellipse";
    return {
      ...node,
      title: Explorer.texts.arrived(Explorer.entityOf(node.id), Explorer.touching(node.id).length),
      size: 12,
      opacity: isLit ? 1 : FADED,
      borderWidth: 1,
      borderWidthSelected: 4,
      margin: inside ? 9 : undefined,
      widthConstraint: { maximum: isPhase ? PHASE_WIDTH : LABEL_WIDTH },
      // A label stands a little off its shape, so that arrowheads from below stay visible.
      font: {
        size: isPhase ? 20 : 18,
        face: "Arial, Helvetica, sans-serif",
        color: isLit ? colours.ink : clear(colours.ink, 0.25),
        vadjust: inside ? 0 : 9,
        strokeWidth: inside ? 0 : 4,
        strokeColor: isLit ? colours.band : "rgba(0, 0, 0, 0)",
      },
      color: { background: fill, border: colours.border, highlight: chosen, hover: chosen },
    };
  }

  function visEdge({ look, ...edge }, colours, isLit, labelled) {
    const { id } = edge;
    const claim = Explorer.claimOf(id);
    const hue = colours[look.hue];
    const told = Explorer.state.article && isLit && Explorer.passagesOn(id).length;
    return {
      ...edge,
      title: claim ? Explorer.tooltip(id) : Explorer.texts.byDefinition,
      label: claim ? (labelled ? [claim.relation, look.mark].filter(Boolean).join(" ") : look.mark) || undefined : edge.label,
      dashes: look.dashes ?? false,
      width: look.width,
      selectionWidth: 3,
      hoverWidth: 1.5,
      chosen: { edge: (values, _, isSelected) => isSelected && Object.assign(values, { shadow: true, shadowColor: colours.accent, shadowSize: 14, shadowX: 0, shadowY: 0 }) },
      // A bar closes the line; an arrow's tip would show it.
      arrowStrikethrough: look.head === "bar",
      arrows: { to: headOf(look), from: { enabled: Boolean(look.tail), type: look.tail ?? "circle", scaleFactor: 0.45 } },
      color: { color: hue, highlight: hue, hover: hue, opacity: isLit ? 1 : FADED },
      background: { enabled: Boolean(told), color: told ? clear(colours[`verdict-${claim.verdict}`], 0.35) : hue, size: claim?.verdict === "untested" ? 4 : 11, dashes: false },
      font: {
        size: labelled ? 14 : 21,
        face: "Arial, Helvetica, sans-serif",
        color: isLit ? hue : clear(hue, FADED),
        strokeWidth: labelled ? 4 : 5,
        strokeColor: isLit ? colours.band : "rgba(0, 0, 0, 0)",
        align: "horizontal",
      },
    };
  }

  function headOf({ head, width }) {
    if (!head) return { enabled: false };
    const size = head === "bar" ? 1.1 : 0.9;
    return { enabled: true, type: head, scaleFactor: size / Math.max(1, width / 4) };
  }

  return {
    picture,
    draw,
    fit,
    mark,
    light,
    zoom: (factor) => renderer.zoom(factor),
    centreOn: (id) => renderer.centreOn(id),
    repaint: () => renderer.repaint(Explorer.palette()),
    lens: () => renderer.lens(),
    litNow: () => lit,
  };
})());
