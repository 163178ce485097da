// The renderer for thousands of claims: Sigma, which draws with WebGL. It fulfils what graph.js
// asks of a renderer; where the browser has no WebGL, vis-network draws after all.
//
// At this number nobody reads a dash or a mark: a line has the colour of its claim, the width
// of its certainty, an arrow where it increases. The rest is in the panel, the table and the
// tooltip, and in vis-network's picture of any smaller choice. Claims of one pair lie side by
// side, so none hides behind its opposite. While the picture moves, a crowd of lines is left out.
(() => {
  "use strict";

  const { EdgeCurvedArrowProgram, EdgeCurveProgram, MultiDirectedGraph, Sigma } = webgl;
  const REACH = 8;
  const FADED = 0.12;
  const STEPS = 6;
  const STRAIGHT = 0.01;
  const ALL_OPAQUE = 2_000;
  // From here on no arrow can be seen, and only what would lie on another line is bowed.
  const CROWD = 20_000;
  const LEAST_VEIL = 0.15;

  Explorer.registerRenderer({
    from: JSON.parse(document.getElementById("webgl-from").textContent),
    make(container, hooks) {
      try {
        return renderer(container, hooks);
      } catch {
        container.replaceChildren();
        return Explorer.renderers.find(({ from }) => from === 0).make(container, hooks);
      }
    },
  });

  function renderer(container, { pick, open, looked }) {
    let palette = Explorer.palette();
    let lit = null;
    let litEnds = new Set();
    let marked = "";
    let veil = 1;
    const sigma = new Sigma(new MultiDirectedGraph(), container, {
      allowInvalidContainer: true,
      defaultEdgeType: "line",
      edgeProgramClasses: { curve: EdgeCurveProgram, "curved-arrow": EdgeCurvedArrowProgram },
      labelFont: "Arial, Helvetica, sans-serif",
      labelSize: 13,
      labelColor: { attribute: "ink" },
      labelRenderedSizeThreshold: 7,
      labelDensity: 0.6,
      minCameraRatio: 0.002,
      maxCameraRatio: 3,
      zIndex: true,
      hideEdgesOnMove: Explorer.now().claims.length > CROWD,
      nodeReducer: nodeLook,
      edgeReducer: edgeLook,
      defaultDrawNodeHover: drawHover,
    });
    const camera = sigma.getCamera();

    function setLights(ids) {
      lit = ids;
      litEnds = new Set([...(ids ?? [])].filter(Explorer.claimOf).flatMap(Explorer.endsOf));
    }

    const isLit = (id) => !lit || lit.has(id) || litEnds.has(id);

    function nodeLook(id, node) {
      const isMarked = id === marked;
      const colour = palette[`group-${node.group}`];
      return { ...node, color: isLit(id) ? colour : shaded(colour, FADED), ink: palette.ink, highlighted: isMarked, forceLabel: isMarked, zIndex: Number(isLit(id)) };
    }

    function edgeLook(id, edge) {
      const isMarked = id === marked;
      const colour = isMarked ? palette.accent : shaded(palette[edge.hue], isLit(id) ? veil : FADED);
      return { ...edge, color: colour, size: isMarked ? edge.size + 3 : edge.size, zIndex: isMarked ? 2 : Number(isLit(id)) };
    }

    const shaded = (colour, share) => colour.replace(/^rgb\((.*)\)$/, `rgba($1, ${share})`);

    // The name in a box, in the colours of the page; Sigma's own is white.
    function drawHover(context, { x, y, size, label }, settings) {
      context.font = `${settings.labelSize}px ${settings.labelFont}`;
      const wide = context.measureText(label).width;
      context.fillStyle = palette.raised;
      context.strokeStyle = palette.accent;
      context.lineWidth = 2;
      context.beginPath();
      context.roundRect(x - size - 3, y - 12, wide + 2 * size + 14, 24, 6);
      context.fill();
      context.stroke();
      context.fillStyle = palette.ink;
      context.fillText(label, x + size + 4, y + 5);
    }

    // The picture's y grows downwards, Sigma's upwards.
    function graphOf({ nodes, edges }) {
      const graph = new MultiDirectedGraph();
      for (const { id, label, x, y, group } of nodes) graph.addNode(id, { label, x, y: -y, size: 5, group });
      const isCrowd = edges.length > CROWD;
      const seen = numberOfEach(edges.map(pairOf));
      for (const edge of edges) {
        const { id, from, to, smooth, look } = edge;
        const bow = isCrowd && seen.get(pairOf(edge)) === 1 ? 0 : smooth.roundness;
        const curvature = smooth.type === "curvedCW" ? bow : -bow;
        const type = kindOf(!isCrowd && look.head === "arrow", bow > STRAIGHT);
        graph.addEdgeWithKey(id, from, to, { type, curvature, hue: look.hue, size: look.width / 2 });
      }
      return graph;
    }

    // What is under the pointer. Nodes are Sigma's business; for lines, looking through all of
    // them when asked costs less than painting each a second time to be picked.
    function edgeAt({ x, y }) {
      let found = "";
      let least = REACH;
      sigma.getGraph().forEachEdge((id, { curvature }, source, target, one, other) => {
        const far = distance([x, y], line(sigma.graphToViewport(one), sigma.graphToViewport(other), curvature), least);
        if (far < least) [found, least] = [id, far];
      });
      return found;
    }

    sigma.on("clickNode", ({ node }) => pick(node));
    sigma.on("clickStage", ({ event }) => pick(edgeAt(event)));
    sigma.on("doubleClickNode", ({ node, preventSigmaDefault }) => {
      preventSigmaDefault();
      open(node);
    });
    let waiting = 0;
    sigma.getMouseCaptor().on("mousemovebody", (event) => {
      clearTimeout(waiting);
      container.title = "";
      waiting = setTimeout(() => {
        const id = edgeAt(event);
        container.title = id ? Explorer.tooltip(id) : "";
      }, 150);
    });
    let settling = 0;
    camera.on("updated", () => {
      clearTimeout(settling);
      settling = setTimeout(looked, 300);
    });

    // Scale as vis-network counts it: pixels for one unit of the places.
    function scaleNow() {
      const [one, other] = [sigma.viewportToGraph({ x: 0, y: 0 }), sigma.viewportToGraph({ x: 100, y: 0 })];
      return 100 / Math.hypot(other.x - one.x, other.y - one.y);
    }

    function lens() {
      const { width, height } = sigma.getDimensions();
      const { x, y } = sigma.viewportToGraph({ x: width / 2, y: height / 2 });
      return [Math.round(x), Math.round(-y), Number(scaleNow().toFixed(4))];
    }

    function moveTo([x, y, scale]) {
      const ratio = (camera.ratio * scaleNow()) / scale;
      const place = sigma.viewportToFramedGraph(sigma.graphToViewport({ x, y: -y }));
      camera.setState({ x: place.x, y: place.y, ratio });
    }

    return {
      draw(next) {
        palette = next.palette;
        // The more lines, the more one has to see through each.
        veil = Math.min(1, Math.max(LEAST_VEIL, Math.sqrt(ALL_OPAQUE / next.edges.length)));
        setLights(next.lit);
        marked = "";
        // This draws, too.
        sigma.setGraph(graphOf(next));
      },
      repaint(next) {
        palette = next;
        sigma.refresh({ skipIndexation: true });
      },
      light(ids) {
        setLights(ids);
        sigma.refresh({ skipIndexation: true });
      },
      mark(id) {
        if (id === marked) return;
        marked = id;
        sigma.refresh({ skipIndexation: true });
      },
      fit() {
        camera.setState({ x: 0.5, y: 0.5, ratio: 1, angle: 0 });
      },
      zoom(factor) {
        const state = { ratio: camera.ratio / factor };
        if (Explorer.isCalm()) camera.setState(state);
        else camera.animate(state, { duration: 200 });
      },
      centreOn(id) {
        if (!sigma.getGraph().hasNode(id)) return;
        const { x, y } = sigma.getNodeDisplayData(id);
        camera.setState({ x, y });
      },
      lens,
      moveTo,
      destroy: () => sigma.kill(),
    };
  }

  const pairOf = ({ from, to }) => (from < to ? `${from} ${to}` : `${to} ${from}`);

  function numberOfEach(values) {
    const counts = new Map();
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    return counts;
  }

  function kindOf(hasArrow, isCurved) {
    if (hasArrow) return isCurved ? "curved-arrow" : "arrow";
    return isCurved ? "curve" : "line";
  }

  // A line as points: two, or the bow that the curve program draws.
  function line(one, other, curvature) {
    if (Math.abs(curvature) < STRAIGHT) return [one, other];
    const middle = {
      x: (one.x + other.x) / 2 + (other.y - one.y) * curvature,
      y: (one.y + other.y) / 2 - (other.x - one.x) * curvature,
    };
    return Array.from({ length: STEPS + 1 }, (_, step) => {
      const t = step / STEPS;
      const mix = (axis) => (1 - t) ** 2 * one[axis] + 2 * (1 - t) * t * middle[axis] + t ** 2 * other[axis];
      return { x: mix("x"), y: mix("y") };
    });
  }

  function distance([x, y], points, enough) {
    let least = enough;
    for (let index = 1; index < points.length; index += 1) {
      const { x: ax, y: ay } = points[index - 1];
      const [dx, dy] = [points[index].x - ax, points[index].y - ay];
      const share = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
      least = Math.min(least, Math.hypot(ax + share * dx - x, ay + share * dy - y));
    }
    return least;
  }
})();
