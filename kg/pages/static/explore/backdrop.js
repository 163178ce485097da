// What lies behind the picture: a stripe with a name for each band, and the circle of the
// hair cycle with its direction. Shapes are listed once; the canvas and the SVG draw them.
//
//   Explorer.backdrop(places, palette, scale)      [{ kind: "stripe" | "arc" | "text", … }]
//   Explorer.extent(places)                 the room a picture needs
"use strict";

Object.assign(Explorer, (() => {
  const MARGIN = { x: 110, top: 46, bottom: 74 };
  const ARC_PARTS = 10;

  function backdrop(places, colours, scale = 1) {
    const shapes = arrangementNow() === "bands" ? bands(places, colours, scale) : [];
    return [...shapes, ...ring(places, colours)];
  }

  function arrangementNow() {
    const { view, isAsPlanned, routes } = Explorer.now();
    if (routes) return "chain";
    return isAsPlanned ? view.arrangement : "bands";
  }

  // The name of a band stays readable when the picture is small.
  function bands(places, colours, scale) {
    const { left, right } = extent(places);
    const size = Math.max(15, 10 / scale);
    return Explorer.data.groups.flatMap(({ name, label }) => {
      const inside = Object.entries(places).filter(([id]) => Explorer.groupOf(id) === name);
      if (!inside.length) return [];
      const { top, bottom } = extent(Object.fromEntries(inside));
      return [
        { kind: "stripe", x: left, y: top, width: right - left, height: bottom - top, fill: colours.band },
        { kind: "text", x: left + 12, y: top + 9, size, text: label, fill: colours.quiet },
      ];
    });
  }

  // The circle, as arcs from one phase to the next with a head where each ends.
  function ring(places, colours) {
    const { view, isAsPlanned } = Explorer.now();
    const plan = isAsPlanned && view.ring;
    if (!plan || !plan.ids.every((id) => places[id])) return [];
    const turn = (2 * Math.PI) / plan.ids.length;
    const isCycle = view.arrangement === "cycle";
    const looks = { stroke: colours["group-phase"], width: isCycle ? 14 : 9 };
    const arcs = plan.ids.map((_, index) => ({ kind: "arc", ...plan, from: index * turn, to: (index + 1) * turn, ...looks }));
    const [x, y] = plan.middle;
    const name = { kind: "text", x, y: y - 14, size: isCycle ? 30 : 18, text: Explorer.texts.hairCycle, fill: colours.quiet, centred: true };
    return [...arcs, name];
  }

  // Points of an arc that stops short of the next phase, and the triangle at its end.
  function arcPoints({ middle, radii, from, to }) {
    const start = from + 0.16 * (to - from);
    const end = from + 0.8 * (to - from);
    const point = (angle) => [middle[0] + radii[0] * Math.sin(angle), middle[1] - radii[1] * Math.cos(angle)];
    const line = Array.from({ length: ARC_PARTS + 1 }, (_, i) => point(start + ((end - start) * i) / ARC_PARTS));
    return { line, head: headAt(line.at(-1), line.at(-2)) };
  }

  function headAt([x, y], [beforeX, beforeY]) {
    const angle = Math.atan2(y - beforeY, x - beforeX);
    const at = (turn, far) => [x + far * Math.cos(angle + turn), y + far * Math.sin(angle + turn)];
    return [at(0, 26), at(2.2, 20), at(-2.2, 20)];
  }

  function paint(context, shapes) {
    for (const shape of shapes) PAINT[shape.kind](context, shape);
  }

  const PAINT = {
    stripe(context, { x, y, width, height, fill }) {
      context.fillStyle = fill;
      context.beginPath();
      context.roundRect(x, y, width, height, 14);
      context.fill();
    },
    text(context, { x, y, size, text, fill, centred }) {
      context.fillStyle = fill;
      context.font = `600 ${size}px Arial, Helvetica, sans-serif`;
      context.textAlign = centred ? "center" : "left";
      context.textBaseline = "top";
      context.fillText(text, x, y);
    },
    arc(context, arc) {
      const { line, head } = arcPoints(arc);
      context.strokeStyle = context.fillStyle = arc.stroke;
      context.lineWidth = arc.width;
      context.setLineDash([]);
      trace(context, line);
      context.stroke();
      trace(context, head);
      context.fill();
    },
  };

  function trace(context, points) {
    context.beginPath();
    points.forEach(([x, y], index) => (index ? context.lineTo(x, y) : context.moveTo(x, y)));
  }

  function extent(places) {
    const all = Object.values(places);
    const x = all.map(([left]) => left);
    const y = all.map(([, top]) => top);
    return {
      left: least(x) - MARGIN.x, right: -least(x.map((value) => -value)) + MARGIN.x,
      top: least(y) - MARGIN.top, bottom: -least(y.map((value) => -value)) + MARGIN.bottom,
    };
  }

  const least = (values) => values.reduce((low, value) => (value < low ? value : low), Infinity);

  return { backdrop, extent, paintBackdrop: paint, arcPoints };
})());
