// What is visible, to take away: PNG, SVG with real text, Turtle, CSV and GraphML. Every form
// carries each claim's verdict and the numbers of studies on both sides.
//
//   Explorer.exported(form)       { name, text, type } for every form but "png"
//   Explorer.save(form)           writes the file
//
// A further form is one more entry of FORMS and a button in the template.
"use strict";

Object.assign(Explorer, (() => {
  const { svg, download } = Explorer;
  const words = Explorer.texts;
  const FONT = "Arial, Helvetica, sans-serif";
  const LINE = 21;

  const visibleClaims = () => Explorer.contestedFirst(Explorer.now().claims);
  const visibleEntities = () => [...Explorer.now().entities].sort();
  const note = () => words.exported(Explorer.said(), Explorer.data.modified);

  // CSV. A cell that a spreadsheet would take for a formula gets an apostrophe in front.

  function csv() {
    const rows = visibleClaims().map((id) => claimValues(id));
    return [words.csvColumns, ...rows].map((row) => row.map(cell).join(",")).join("\r\n").concat("\r\n");
  }

  function claimValues(id) {
    const claim = Explorer.claimOf(id);
    return [
      id, Explorer.long(id), claim.label, Explorer.entityOf(claim.subject).label, claim.relation,
      Explorer.entityOf(claim.object).label, Explorer.scopeOf(claim), claim.sign, claim.verdict,
      claim.certainty ?? "", ...claim.studies, claim.onlyIn ?? "", (claim.reasons ?? []).join(" "),
    ];
  }

  function cell(value) {
    const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }

  // Turtle, in the terms of the graph itself.

  function turtle() {
    const claims = visibleClaims();
    const items = claims.flatMap((id) => Explorer.SIDES.flatMap((side) => (Explorer.claimOf(id)[side] ?? []).map((item) => [item, id, side])));
    const blocks = [
      ...visibleEntities().map(entityBlock),
      ...claims.map(claimBlock),
      ...items.map((item) => evidenceBlock(...item)),
    ];
    const used = new Set(blocks.join(" ").match(/(?<![\w:/#"])[a-z]+(?=:)/g));
    const prefixes = Object.entries(Explorer.data.prefixes).filter(([prefix]) => used.has(prefix)).map(([prefix, space]) => `@prefix ${prefix}: <${space}> .`);
    return [`# ${note().replaceAll(/[\r\n]/g, " ")}`, ...prefixes, "", ...blocks, ""].join("\n");
  }

  const entityBlock = (id) => block(id, [["a", "kg:Entity"], ["rdfs:label", quoted(Explorer.entityOf(id).label)]]);

  function claimBlock(id) {
    const claim = Explorer.claimOf(id);
    const { verdict, certainty } = Explorer.data.vocabulary;
    const [pro, con, open] = claim.studies;
    const scope = Explorer.scopeOf(claim);
    return block(id, [
      ["a", "kg:Claim"],
      ["rdfs:label", quoted(claim.label)],
      ["rdf:subject", name(claim.subject)],
      ["rdf:predicate", name(claim.predicate)],
      ["rdf:object", name(claim.object)],
      ["skos:scopeNote", scope && quoted(scope)],
      ["kg:verdict", verdict[claim.verdict]],
      ["kg:certainty", certainty[claim.certainty]],
      ["kg:supportingStudies", String(pro)],
      ["kg:disputingStudies", String(con)],
      ["kg:inconclusiveStudies", String(open)],
    ]);
  }

  const DIRECTION = { supporting: "supports", disputing: "disputes", inconclusive: "inconclusive" };

  function evidenceBlock(id, claim, side) {
    const item = Explorer.data.evidence[id];
    return block(id, [
      ["a", "kg:Evidence"],
      ["kg:about", name(claim)],
      ["kg:direction", Explorer.data.vocabulary.direction[DIRECTION[side]]],
      ["kg:finding", item.finding && quoted(item.finding)],
      ["kg:fromStudy", name(item.study)],
      ["kg:reportedIn", item.source && name(item.source)],
    ]);
  }

  function block(id, pairs) {
    const said = pairs.filter(([, value]) => value).map(([predicate, value]) => `${predicate} ${value}`);
    return `${name(id)} ${said.join(" ;\n    ")} .`;
  }

  const quoted = (text) => JSON.stringify(text);

  function name(id) {
    const isPlain = /^[a-z]+:[A-Za-z0-9_][A-Za-z0-9_-]*$/.test(id) && Explorer.long(id) !== id;
    const escape = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
    return isPlain ? id : `<${Explorer.long(id).replaceAll(/[\u0000-\u0020<>"{}|^`\\]/g, escape)}>`;
  }

  // GraphML: entities are nodes, each claim is an edge.

  function graphml() {
    const columns = words.csvColumns;
    const keys = columns.map((column) => `<key id="${column}" for="edge" attr.name="${column}" attr.type="${/^(studies|sign)/.test(column) ? "int" : "string"}"/>`);
    const nodeKeys = ["label", "kind"].map((key) => `<key id="node_${key}" for="node" attr.name="${key}" attr.type="string"/>`);
    const nodes = visibleEntities().map((id) => {
      const { label, kind = "" } = Explorer.entityOf(id);
      return `<node id="${xml(id)}"><data key="node_label">${xml(label)}</data><data key="node_kind">${xml(kind)}</data></node>`;
    });
    const edges = visibleClaims().map((id) => {
      const { subject, object } = Explorer.claimOf(id);
      const values = claimValues(id).map((value, index) => `<data key="${columns[index]}">${xml(value)}</data>`);
      return `<edge id="${xml(id)}" source="${xml(subject)}" target="${xml(object)}">${values.join("")}</edge>`;
    });
    return [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
      `<desc>${xml(note())}</desc>`,
      ...nodeKeys, ...keys,
      '<graph id="hairkg" edgedefault="directed">', ...nodes, ...edges, "</graph>", "</graphml>", "",
    ].join("\n");
  }

  const ENTITY = { "<": "&lt;", ">": "&gt;", "&": "&amp;", '"': "&quot;" };
  // XML has no way to write these at all.
  const NO_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
  const xml = (value) => String(value).replaceAll(NO_XML, "").replaceAll(/[<>&"]/g, (character) => ENTITY[character]);

  // SVG, drawn from the same places and looks as the picture.

  function svgText() {
    return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(drawing()).replaceAll(NO_XML, "")}\n`;
  }

  function drawing() {
    const { nodes, edges, places } = Explorer.picture();
    const colours = Explorer.palette();
    const caption = [note(), words.legendLine];
    const { left, right, top, bottom } = Explorer.extent(places);
    const [width, height] = [Math.max(right - left, 640), bottom - top + 30 * caption.length];
    const at = new Map(nodes.map((node) => [node.id, node]));
    const parts = [
      svg("rect", { x: left, y: top, width, height, fill: colours.page }),
      ...Explorer.backdrop(places, colours).map((shape) => BACKDROP[shape.kind](shape)),
      ...edges.map((edge) => edgeOf(edge, at, colours)),
      ...nodes.map((node) => nodeOf(node, colours)),
      ...caption.map((line, index) => svg("text", { x: left + 12, y: bottom + 20 + 26 * index, "font-size": 15, fill: colours.quiet }, line)),
    ];
    return svg("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: [left, top, width, height].join(" "), width, height, "font-family": FONT }, parts);
  }

  const BACKDROP = {
    stripe: ({ fill, ...box }) => svg("rect", { x: box.x, y: box.y, width: box.width, height: box.height, rx: 14, fill }),
    text: ({ x, y, size, text, fill, centred }) => svg("text", { x, y: y + size, "font-size": size, "font-weight": 600, fill, "text-anchor": centred ? "middle" : "start" }, text),
    arc: (arc) => {
      const { line, head } = Explorer.arcPoints(arc);
      return svg("g", {}, svg("polyline", { points: pairs(line), fill: "none", stroke: arc.stroke, "stroke-width": arc.width }), svg("polygon", { points: pairs(head), fill: arc.stroke }));
    },
  };

  const pairs = (points) => points.map((point) => point.map((value) => value.toFixed(1)).join(",")).join(" ");

  function edgeOf({ id, from, to, smooth, look }, at, colours) {
    const [start, end] = [at.get(from), at.get(to)];
    const curve = curveOf(start, end, smooth);
    const hue = colours[look.hue];
    const tip = curve.before(end, reach(end));
    const root = curve.after(start, reach(start));
    const middle = curve.point(0.5);
    return svg(
      "g",
      {},
      svg("title", {}, Explorer.claimOf(id) ? Explorer.tooltip(id) : Explorer.texts.byDefinition),
      svg("path", { d: `M${start.x} ${start.y}Q${curve.via.map((v) => v.toFixed(1)).join(" ")} ${tip.point.map((v) => v.toFixed(1)).join(" ")}`, fill: "none", stroke: hue, "stroke-width": look.width, "stroke-dasharray": look.dashes?.join(" ") }),
      headOf(look, tip, hue),
      look.tail ? tailOf(look.tail, root.point, hue) : null,
      look.mark ? svg("text", { x: middle[0], y: middle[1] + 7, "font-size": 21, "text-anchor": "middle", fill: hue, stroke: colours.page, "stroke-width": 5, "paint-order": "stroke" }, look.mark) : null,
    );
  }

  // The quadratic curve that vis-network draws for `curvedCW` and `curvedCCW`.
  function curveOf(start, end, { type, roundness }) {
    const [dx, dy] = [start.x - end.x, start.y - end.y];
    const radius = Math.hypot(dx, dy) * roundness;
    const turn = type === "curvedCW" ? 1 : -1;
    const [ux, uy] = radius ? [dx / Math.hypot(dx, dy), dy / Math.hypot(dx, dy)] : [0, 0];
    const middle = [(start.x + end.x) / 2, (start.y + end.y) / 2];
    const via = [middle[0] - turn * uy * radius, middle[1] + turn * ux * radius];
    const point = (t) => [start, end].length && [0, 1].map((axis) => {
      const [a, b] = axis ? [start.y, end.y] : [start.x, end.x];
      return (1 - t) ** 2 * a + 2 * t * (1 - t) * via[axis] + t ** 2 * b;
    });
    const walk = (node, far, order) => {
      const t = order.find((each) => Math.hypot(point(each)[0] - node.x, point(each)[1] - node.y) >= far) ?? 0.5;
      const [x, y] = point(t);
      const [beforeX, beforeY] = point(t - 0.02);
      return { point: [x, y], angle: Math.atan2(y - beforeY, x - beforeX) };
    };
    const steps = Array.from({ length: 101 }, (_, i) => i / 100);
    return { via, point, before: (node, far) => walk(node, far, [...steps].reverse()), after: (node, far) => walk(node, far, steps) };
  }

  const reach = ({ shape, label }) => (shape === "ellipse" || shape === "box" ? 18 + Math.min(label.length, 18) * 2.4 : 16);

  function headOf({ head, width }, { point: [x, y], angle }, hue) {
    const transform = `translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${((angle * 180) / Math.PI).toFixed(1)})`;
    const size = 6 + width;
    if (head === "arrow") return svg("path", { d: `M0 0L${-2 * size} ${-size}V${size}Z`, fill: hue, transform });
    if (head === "bar") return svg("path", { d: `M0 ${-size}V${size}`, stroke: hue, "stroke-width": 3.5, transform });
    return null;
  }

  function tailOf(tail, [x, y], hue) {
    if (tail === "circle") return svg("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: 4.5, fill: hue });
    return svg("rect", { x: (x - 4).toFixed(1), y: (y - 4).toFixed(1), width: 8, height: 8, fill: hue });
  }

  function nodeOf({ id, label, x, y, group, shape }, colours) {
    const isInside = shape === "ellipse" || shape === "box";
    const lines = wrapped(label, isInside ? 20 : 18);
    const fill = colours[`group-${group}`];
    const outline = { fill, stroke: colours.border, transform: `translate(${x} ${y})` };
    const top = isInside ? y - (lines.length * LINE) / 2 + 15 : y + 40;
    const halo = isInside ? {} : { stroke: colours.band, "stroke-width": 4, "paint-order": "stroke" };
    const text = lines.map((line, index) => svg("tspan", { x, y: top + index * LINE }, line));
    return svg("g", {}, svg("title", {}, label), outlineOf(shape, lines, outline), svg("text", { "font-size": isInside ? 20 : 18, "text-anchor": "middle", fill: colours.ink, ...halo }, text));
  }

  const OUTLINES = {
    dot: "M-12 0A12 12 0 1 0 12 0A12 12 0 1 0-12 0Z",
    diamond: "M0-12 12 0 0 12-12 0Z",
    hexagon: "M-6-10.4H6L12 0 6 10.4H-6L-12 0Z",
    triangleDown: "M-12-9H12L0 12Z",
    square: "M-12-12H12V12H-12Z",
    triangle: "M0-12 12 9H-12Z",
    star: "M0-13 3.4-4.4 12.4-4 5.4 1.7 7.7 10.5 0 5.6-7.7 10.5-5.4 1.7-12.4-4-3.4-4.4Z",
  };

  function outlineOf(shape, lines, looks) {
    if (OUTLINES[shape]) return svg("path", { d: OUTLINES[shape], ...looks });
    const width = Math.max(...lines.map((line) => measured(line, 19))) + 18;
    const height = lines.length * LINE + 18;
    if (shape === "box") return svg("rect", { x: -width / 2, y: -height / 2, width, height, rx: 6, ...looks });
    return svg("ellipse", { rx: width * 0.66, ry: height * 0.62, ...looks });
  }

  const ruler = document.createElement("canvas").getContext("2d");

  function measured(text, size) {
    ruler.font = `${size}px ${FONT}`;
    return ruler.measureText(text).width;
  }

  function wrapped(label, size) {
    const lines = [""];
    for (const word of label.split(/\s+/)) {
      const longer = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
      if (measured(longer, size) <= 140 || !lines.at(-1)) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines;
  }

  // PNG: the same drawing, at twice its size where that is not too large.

  async function png() {
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText())}`;
    await image.decode();
    const scale = Math.min(2, 8000 / Math.max(image.width, image.height));
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [Math.ceil(image.width * scale), Math.ceil(image.height * scale)];
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((done) => canvas.toBlob(done, "image/png"));
  }

  const FORMS = {
    png: { make: png, type: "image/png" },
    svg: { make: svgText, type: "image/svg+xml" },
    ttl: { make: turtle, type: "text/turtle" },
    csv: { make: csv, type: "text/csv;charset=utf-8" },
    graphml: { make: graphml, type: "application/graphml+xml" },
  };

  async function save(form) {
    const { make, type } = FORMS[form];
    const name = `${words.fileName}.${form}`;
    download(name, await make(), type);
    Explorer.say(words.saved(name));
  }

  return { save, exported: (form) => FORMS[form].make() };
})());
