// The legend, which is the filter: each line shows how a value looks, how many of the chosen
// claims have it, and whether they are shown.
//
//   Explorer.buildLegend()        once;  Explorer.countLegend()   after every change
"use strict";

Object.assign(Explorer, (() => {
  const { element, svg, textButton, at } = Explorer;
  const words = Explorer.texts;
  const boxes = [];

  function buildLegend() {
    const { facets } = Explorer;
    at("facets").replaceChildren(...facets.map(facetOf), yearsOf() ?? "");
  }

  // A closed facet is filled when it is first opened: going through all results takes time.
  function facetOf(facet) {
    if (!Explorer.data.edges.length) return "";
    const title = words.facets[facet.name];
    const list = element("ul");
    const fill = () => list.append(...Explorer.allValues(facet).map((value) => rowOf(facet, value)));
    const opened = () => {
      if (list.children.length) return;
      fill();
      countLegend();
    };
    if (facet.open) fill();
    const all = textButton(words.all, () => Explorer.setOff(facet.name, []), { "aria-label": words.allLabel(title) });
    return element(
      "details",
      { class: "facet", open: facet.open ? "" : undefined, toggle: opened },
      element("summary", {}, title, " ", element("span", { class: "quiet", "data-facet": facet.name })),
      element("div", { role: "group", "aria-label": title }, list, all),
    );
  }

  function rowOf(facet, value) {
    const known = facet.words?.() ?? {};
    const text = Object.hasOwn(known, value) ? known[value] : value;
    const box = element("input", { type: "checkbox", change: () => turn(facet, value, box.checked) });
    const count = element("span", { class: "count" });
    boxes.push({ facet, value, box, count });
    return element(
      "li",
      {},
      element("label", {}, box, keyOf(facet.name, value), element("span", { class: "value" }, text), count),
      textButton(words.only, () => Explorer.setOff(facet.name, others(facet, value)), { class: "link only", "aria-label": words.onlyLabel(text) }),
    );
  }

  const others = (facet, value) => Explorer.allValues(facet).filter((each) => each !== value);

  function turn(facet, value, isOn) {
    const off = Explorer.state.off[facet.name] ?? [];
    Explorer.setOff(facet.name, isOn ? off.filter((each) => each !== value) : [...off, value]);
  }

  // How the value looks in the picture, where it has a look of its own.
  function keyOf(facet, value) {
    if (facet === "group") {
      const { shape } = Explorer.data.groups.find((group) => group.name === value);
      return svg("svg", { class: `key group-${value}`, "aria-hidden": "true" }, svg("use", { href: `#shape-${shape}` }));
    }
    if (facet === "verdict") return lineOf({ verdict: value, sign: 1, certainty: "low" });
    if (facet === "sign") return lineOf({ verdict: "supported", sign: Number(value), certainty: "low" });
    if (facet === "certainty") return lineOf({ verdict: "supported", sign: 0, certainty: value });
    if (facet === "seen" && TAILS[value]) return lineOf({ verdict: "supported", sign: 0, certainty: "low", onlyIn: TAILS[value] });
    return "";
  }

  const TAILS = { animals: "only in animals", cells: "only in cells" };

  function lineOf(claim) {
    const look = Explorer.lookOf({ studies: [0, 0, 0], ...claim });
    const line = svg("path", { d: "M3 8H37", "stroke-width": look.width, "stroke-dasharray": look.dashes?.map((dash) => dash / 1.6).join(" ") });
    const head = { arrow: svg("path", { class: "head", d: "M34 3 44 8 34 13Z" }), bar: svg("path", { d: "M40 2V14", "stroke-width": 2.5 }) }[look.head];
    const tail = { circle: svg("circle", { class: "tail", cx: 5, cy: 8, r: 4 }), box: svg("rect", { class: "tail", x: 1, y: 4, width: 8, height: 8 }) }[look.tail];
    const mark = look.mark ? svg("text", { x: 20, y: 13 }, look.mark) : "";
    return svg("svg", { class: "line", viewBox: "0 0 46 16", "data-hue": look.hue, "aria-hidden": "true" }, line, head, tail, mark);
  }

  // Years.

  function yearsOf() {
    const span = Explorer.yearSpan();
    if (!span) return null;
    const field = (end, index) =>
      element("input", {
        type: "number", id: `year-${index}`, min: span[0], max: span[1], placeholder: span[index],
        "aria-label": words.yearsLabel(end), change: () => readYears(span),
      });
    return element(
      "details",
      { class: "facet" },
      element("summary", {}, words.facets.year),
      element("div", { class: "years" }, words.from, field(words.from, 0), words.to, field(words.to, 1)),
    );
  }

  function readYears(span) {
    const years = span.map((edge, index) => Number(at(`year-${index}`).value) || edge);
    Explorer.setYears(years.join() === span.join() ? null : years);
  }

  // After every change: the counts in the present choice, and which boxes are ticked.
  function countLegend() {
    const { chosen } = Explorer.now();
    const filled = new Set(boxes.map(({ facet }) => facet));
    const counts = new Map([...filled].map((facet) => [facet, Explorer.countsOf(facet, chosen)]));
    for (const { facet, value, box, count } of boxes) {
      const number = counts.get(facet).get(value) ?? 0;
      count.textContent = number.toLocaleString("en");
      box.checked = !Explorer.state.off[facet.name]?.includes(value);
      box.closest("li").classList.toggle("absent", !number);
    }
    for (const note of document.querySelectorAll("[data-facet]")) {
      const off = Explorer.state.off[note.dataset.facet]?.length ?? 0;
      note.textContent = off ? `(−${off})` : "";
    }
    for (const index of [0, 1]) if (at(`year-${index}`)) at(`year-${index}`).value = Explorer.state.years?.[index] ?? "";
  }

  return { buildLegend, countLegend };
})());
