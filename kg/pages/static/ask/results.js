// An answer as a table: sorted, filtered, shown piece by piece, and written as a file.
//
//   Ask.rows(text)                          { columns, rows } of SPARQL JSON results
//   Ask.csv(columns, rows)                  the same as the W3C's CSV
//   Ask.json(columns, rows)                 the same as the W3C's JSON
//   Ask.ntriples(term)                      one term of a triple as text
//   const table = Ask.table({ cell, changed })
//   table.element   table.fill({ columns, rows })   table.filter(text)   table.shown()
//
// A term is what SPARQL's JSON has: { type, value, datatype }. `cell(term)` makes the content of
// one; `changed` is told whenever other rows are shown.
(() => {
  "use strict";

  const AT_ONCE = 200;
  const NUMBER = /#(integer|decimal|double|float|(non(Negative|Positive)|negative|positive)Integer|(unsigned)?(Int|Long|Short|Byte)|int|long|short|byte)$/i;
  const compare = new Intl.Collator("en", { numeric: true }).compare;

  Ask.rows = (text) => {
    const { head, results } = JSON.parse(text);
    return { columns: head.vars, rows: results.bindings.map((row) => head.vars.map((name) => row[name])) };
  };

  Ask.csv = (columns, rows) => {
    const field = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    const plain = (term) => (term === undefined ? "" : `${term.type === "bnode" ? "_:" : ""}${term.value}`);
    const lines = [columns, ...rows.map((row) => row.map(plain))].map((line) => line.map(field).join(","));
    return lines.map((line) => `${line}\r\n`).join("");
  };

  Ask.json = (columns, rows) => {
    const binding = (row) => Object.fromEntries(columns.map((name, at) => [name, row[at]]).filter(([, term]) => term));
    return JSON.stringify({ head: { vars: columns }, results: { bindings: rows.map(binding) } });
  };

  // One term as N-Triples writes it.
  Ask.ntriples = ({ type, value, datatype, "xml:lang": language }) => {
    if (type === "uri") return `<${value}>`;
    if (type === "bnode") return `_:${value}`;
    const text = JSON.stringify(value);
    if (language) return `${text}@${language}`;
    return datatype && datatype !== "http://www.w3.org/2001/XMLSchema#string" ? `${text}^^<${datatype}>` : text;
  };

  function compareTerms(one, other) {
    if (!one || !other) return Number(Boolean(one)) - Number(Boolean(other));
    const numbers = [one, other].map(({ value, datatype }) => (NUMBER.test(datatype ?? "") ? Number(value) : NaN));
    if (numbers.every(Number.isFinite)) return numbers[0] - numbers[1];
    return compare(one.value, other.value);
  }

  Ask.table = ({ cell, changed }) => {
    const { element } = Explorer;
    const head = element("tr");
    const body = element("tbody");
    const more = element("button", { type: "button", click: () => extend() });
    const table = element("table", { class: "answers" }, element("thead", {}, head), body);
    const scroller = element("div", { class: "scroller", role: "region", "aria-label": "Rows", tabindex: "0" }, table);
    const state = { columns: [], rows: [], shown: [], words: "", sorted: { column: -1, down: false } };

    function fill({ columns, rows }) {
      Object.assign(state, { columns, rows, words: "", sorted: { column: -1, down: false } });
      head.replaceChildren(...columns.map(header));
      arrange();
    }

    function header(name, column) {
      const sort = element("button", { type: "button", class: "sort", click: () => sortBy(column) }, name);
      return element("th", { scope: "col", "aria-sort": "none" }, sort);
    }

    // Up, down, and back to the order of the answer.
    function sortBy(column) {
      const { sorted } = state;
      if (sorted.column !== column) state.sorted = { column, down: false };
      else state.sorted = sorted.down ? { column: -1, down: false } : { column, down: true };
      arrange();
    }

    function filter(words) {
      state.words = words;
      arrange();
    }

    function arrange() {
      const { rows, sorted, words } = state;
      const asked = Explorer.folded(words);
      const has = (row) => row.some((term) => term && Explorer.folded(`${Explorer.short(term.value)} ${term.value}`).includes(asked));
      const kept = asked ? rows.filter(has) : [...rows];
      const turn = sorted.down ? -1 : 1;
      if (sorted.column >= 0) kept.sort((one, other) => turn * compareTerms(one[sorted.column], other[sorted.column]));
      state.shown = kept;
      [...head.children].forEach((each, column) => {
        each.ariaSort = column !== sorted.column ? "none" : sorted.down ? "descending" : "ascending";
      });
      body.replaceChildren();
      extend();
      changed();
    }

    function extend() {
      const from = body.children.length;
      body.append(...state.shown.slice(from, from + AT_ONCE).map(line));
      const left = state.shown.length - body.children.length;
      more.hidden = left <= 0;
      more.textContent = `Show ${Math.min(left, AT_ONCE)} more of ${left}`;
    }

    const line = (row) =>
      element("tr", {}, ...row.map((term) => element("td", { class: isNumber(term) ? "number" : undefined }, term ? cell(term) : "")));
    const isNumber = (term) => NUMBER.test(term?.datatype ?? "");

    const all = () => state.sorted.column < 0 && state.shown.length === state.rows.length;
    const shown = () => ({ columns: state.columns, rows: state.shown, total: state.rows.length, all: all() });
    return { element: element("div", { class: "results" }, scroller, more), fill, filter, shown };
  };
})();
