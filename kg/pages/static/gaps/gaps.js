// The map of what was studied: other slices, the panel of a cell, and the arrow keys.
// Every text of the graph goes in as text; nothing here makes markup of it.
"use strict";

(() => {
  const at = (id) => document.getElementById(id);
  const data = JSON.parse(at("gaps").textContent);
  const table = at("gaps-map");
  const population = at("gaps-population");
  const design = at("gaps-design");
  const rows = [...table.querySelectorAll("tbody tr:not(.group)")];
  const columns = [...table.querySelectorAll("thead tr:last-child th")];
  const cells = rows.map((row) => [...row.querySelectorAll("td")]);
  const known = new Map(data.pairs.map(([row, column, ...pair]) => [`${row} ${column}`, pair]));
  let current = cells[0]?.[0];

  const sliceWords = () =>
    `in ${population.value}, by ${design.selectedOptions[0].textContent}`;

  // A slice is coded as population × number of designs + design.
  const slice = () => population.selectedIndex * design.options.length + design.selectedIndex;

  function drawnAt(row, column) {
    const pair = known.get(`${row} ${column}`);
    if (!pair) return data.never;
    const [drawn, untold] = pair;
    const found = drawn.find(([code]) => code === slice());
    if (found) return isLeftOut(found[1]) ? data.never : found.slice(1);
    return untold.includes(slice()) ? data.untold : data.never;
  }

  const isLeftOut = (style) => at("gaps-direct").checked && style.split(" ").includes("indirect");

  function draw() {
    const tally = new Map();
    cells.forEach((row, i) => row.forEach((cell, j) => {
      const [style, mark, words] = drawnAt(i, j);
      cell.className = style;
      cell.textContent = mark;
      cell.setAttribute("aria-label", words);
      const name = data.names[style.split(" ")[0]];
      tally.set(name, (tally.get(name) ?? 0) + 1);
    }));
    hideEmpty();
    keepReachable();
    const counted = Object.values(data.names).filter((name) => tally.has(name))
      .map((name) => `${tally.get(name).toLocaleString("en")} ${name}`);
    at("gaps-slice").textContent = `${capital(sliceWords())}: ${counted.join(", ")}.`;
    if (!at("gaps-panel").hidden) show(current);
  }

  const capital = (words) => words[0].toUpperCase() + words.slice(1);
  const isEmpty = (cell) => cell.classList.contains("never") || cell.classList.contains("not-told");

  function hideEmpty() {
    const only = at("gaps-studied").checked;
    rows.forEach((row, i) => { row.hidden = only && cells[i].every(isEmpty); });
    columns.forEach((head, j) => {
      const hidden = only && cells.every((row) => isEmpty(row[j]));
      head.hidden = hidden;
      cells.forEach((row) => { row[j].hidden = hidden; });
    });
    let from = 0;
    for (const group of table.querySelectorAll("thead .group")) {
      group.dataset.size ??= group.colSpan;
      const members = columns.slice(from, from += Number(group.dataset.size));
      const shown = members.filter((head) => !head.hidden).length;
      group.hidden = shown === 0;
      group.colSpan = Math.max(shown, 1);
    }
    for (const body of table.tBodies)
      body.querySelector(".group").hidden = [...body.querySelectorAll("tr:not(.group)")].every((row) => row.hidden);
  }

  // A hidden cell cannot be reached with the tab key.
  function keepReachable() {
    if (isShown(...place(current))) return;
    const shown = cells.flatMap((row, i) => row.filter((_, j) => isShown(i, j)));
    at("gaps-panel").hidden = true;
    if (shown.length) select(shown[0]);
  }

  // The panel.

  function element(name, text, ...children) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    made.append(...children);
    return made;
  }

  function place(cell) {
    const row = cells.findIndex((each) => each.includes(cell));
    return [row, cells[row].indexOf(cell)];
  }

  function show(cell) {
    const [row, column] = place(cell);
    const pair = known.get(`${row} ${column}`);
    const panel = at("gaps-panel");
    const treatment = rows[row].querySelector("th").textContent;
    panel.replaceChildren(
      element("h2", `${treatment} × ${columns[column].textContent.trim()}`),
      element("p", `${capital(sliceWords())}: ${cell.getAttribute("aria-label")}.`),
    );
    if (pair) panel.append(...more(pair));
    else panel.append(element("p", "No result is recorded for this pair in any population or by any design."));
    panel.hidden = false;
  }

  function more([drawn, , notes, claims]) {
    const parts = notes.map((note) => element("p", capital(note)));
    if (drawn.length) parts.push(element("h3", "In every population and design with results"), slices(drawn));
    if (claims.length) parts.push(element("h3", "The claims behind it"), element("ul", "", ...claims.map(claim)));
    return parts;
  }

  function slices(drawn) {
    const sorted = [...drawn].sort((a, b) => a[0] - b[0]);
    return element("ul", "", ...sorted.map(([, , , words, where]) => element("li", `${where}: ${words}`)));
  }

  function claim(index) {
    const [label, id, address] = data.claims[index];
    const name = element(address ? "a" : "span", label);
    if (address) name.href = address;
    return element("li", "", name, " ", element("code", id));
  }

  // The arrow keys: one cell of the table is in the tab order.

  const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

  function moved(cell, key) {
    let [row, column] = place(cell);
    const [down, right] = STEPS[key];
    do { row += down; column += right; } while (cells[row]?.[column] && !isShown(row, column));
    return cells[row]?.[column];
  }

  const isShown = (row, column) => !rows[row].hidden && !columns[column].hidden;

  function select(cell) {
    current?.removeAttribute("tabindex");
    current = cell;
    cell.tabIndex = 0;
  }

  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("tbody td");
    if (cell && event.key in STEPS) {
      event.preventDefault();
      const next = moved(cell, event.key);
      if (next) { select(next); next.focus(); }
    }
  });
  table.addEventListener("click", (event) => {
    const cell = event.target.closest("tbody td");
    if (cell) { select(cell); cell.focus(); }
  });
  table.addEventListener("focusin", (event) => {
    const cell = event.target.closest("tbody td");
    if (cell) show(cell);
  });
  at("gaps-choose").addEventListener("change", draw);
  at("gaps-choose").addEventListener("submit", (event) => event.preventDefault());
  at("gaps-choose").hidden = false;
  if (matchMedia("(max-width: 640px)").matches) document.querySelector(".legend").open = false;
  if (current) select(current);
})();
