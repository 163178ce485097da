// The table: every visible claim as text, with the same verdicts, counts and panels as the
// picture. A full alternative to it, always in step.
//
//   Explorer.fillTable()      after every change, while the table is in front
"use strict";

Object.assign(Explorer, (() => {
  const { element, textButton, button, at } = Explorer;
  const words = Explorer.texts;
  const PAGE = 400;
  const verdictOrder = (claim) => (Explorer.isDisputed(claim) ? -1 : Explorer.rankOf(claim));
  const COLUMNS = [
    { key: (claim) => Explorer.entityOf(claim.subject).label },
    { key: (claim) => claim.relation },
    { key: (claim) => Explorer.entityOf(claim.object).label },
    { key: verdictOrder, isNumber: true },
    { key: (claim) => -Explorer.levelOf(claim), isNumber: true },
    { key: (claim) => -claim.studies[0], isNumber: true, class: "number" },
    { key: (claim) => -claim.studies[1], isNumber: true, class: "number" },
    { key: (claim) => claim.onlyIn ?? "" },
  ];

  let sorting = { column: 3, down: true };
  let rows = PAGE;

  function fillTable() {
    const ids = sorted(Explorer.now().claims);
    const body = element("tbody", {}, ids.slice(0, rows).map(rowOf));
    const caption = element("caption", {}, words.tableCaption(Explorer.said()));
    const table = element("table", {}, caption, element("thead", {}, element("tr", {}, COLUMNS.map(header))), body);
    const rest = ids.length - rows;
    at("table").replaceChildren(table, rest > 0 ? button(words.more(Math.min(rest, PAGE)), showMore) : "");
  }

  function showMore() {
    rows += PAGE;
    fillTable();
  }

  function header(column, index) {
    const isSorted = sorting.column === index;
    const direction = isSorted ? (sorting.down ? "ascending" : "descending") : undefined;
    const mark = isSorted ? (sorting.down ? " ▾" : " ▴") : "";
    return element(
      "th",
      { scope: "col", class: column.class, "aria-sort": direction },
      element("button", { type: "button", class: "sort", click: () => sortBy(index) }, words.columns[index], element("span", { "aria-hidden": "true" }, mark)),
    );
  }

  function sortBy(index) {
    sorting = { column: index, down: sorting.column === index ? !sorting.down : true };
    fillTable();
    at("table").querySelectorAll("th button")[index].focus();
    Explorer.say(words.sortedBy(words.columns[index], sorting.down));
  }

  function sorted(ids) {
    const { key, isNumber } = COLUMNS[sorting.column];
    const value = new Map(ids.map((id) => [id, key(Explorer.claimOf(id))]));
    const compare = isNumber ? (a, b) => a - b : Explorer.byName;
    const turn = sorting.down ? 1 : -1;
    return [...ids].sort(
      (one, other) => turn * compare(value.get(one), value.get(other)) || Explorer.byName(Explorer.claimOf(one).label, Explorer.claimOf(other).label),
    );
  }

  function rowOf(id) {
    const claim = Explorer.claimOf(id);
    const scope = Explorer.scopeOf(claim);
    const isSelected = Explorer.state.selected === id;
    const thing = (end) => textButton(Explorer.entityOf(end).label, () => Explorer.open(end));
    const cell = (index, ...children) => element("td", { class: COLUMNS[index].class, "data-label": words.columns[index] }, children);
    return element(
      "tr",
      { "data-claim": id, "aria-current": isSelected ? "true" : undefined },
      cell(0, thing(claim.subject)),
      cell(1, textButton(claim.relation, () => Explorer.open(id), { "aria-label": claim.label })),
      cell(2, thing(claim.object), scope ? element("span", { class: "scope quiet" }, scope) : ""),
      cell(3, element("span", { class: `chip ${claim.verdict}` }, `${words.marks[claim.verdict]} ${claim.verdict}`)),
      cell(4, claim.certainty ?? words.none),
      cell(5, String(claim.studies[0])),
      cell(6, String(claim.studies[1])),
      cell(7, (claim.onlyIn ?? "").replace(/^only in /, "")),
    );
  }

  function markRow(selected) {
    for (const row of at("table").querySelectorAll("tr[data-claim]")) {
      if (row.dataset.claim === selected) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    }
  }

  return {
    fillTable,
    markRow,
    resetTable() {
      rows = PAGE;
    },
    showAllRows() {
      rows = Infinity;
      fillTable();
    },
  };
})());
