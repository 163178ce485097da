// The Ask tab: a question, its values, the query, and the answer.
//
//   question    one of the named questions, or none; its parameters are a form
//   editor      the text that is asked; a question puts its own there, and it may be changed
//   answer      rows that sort, filter, download and light up the graph
//
// The engine starts when the tab is first opened. A new kind of answer is a function in `ANSWERS`.
(() => {
  "use strict";

  const FREE = `# What is said about vesicles, and how the evidence stands.
SELECT ?claim ?statement ?verdict ?studiesFor ?studiesAgainst
WHERE {
  ?thing skos:broader* ent:extracellular-vesicles .
  ?claim rdf:subject|rdf:object ?thing ; rdfs:label ?statement .
  GRAPH graph:derived {
    ?claim kg:verdictInWords ?verdict ;
           kg:supportingStudies ?studiesFor ; kg:disputingStudies ?studiesAgainst .
  }
}
ORDER BY DESC(?studiesAgainst) ?statement
`;
  const ABOUT = "SPARQL over the whole graph. Names complete as you type: `minoxidil`, `kg:direction`, `?claim`.";
  const LIMITS = [2, 10, 60];
  const XSD = "http://www.w3.org/2001/XMLSchema#";
  const ANSWERS = { select: rowsOf, ask: yesOrNo, construct: triplesOf, describe: triplesOf };
  const block = (id) => JSON.parse(document.getElementById(id).textContent);
  const counted = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;

  Explorer.registerTab("Ask", (panel) => {
    const { element } = Explorer;
    const engine = Ask.engine({ script: block("ask-worker"), engine: block("ask-engine"), graph: block("ask-graph") });
    const at = {};
    let data = null;
    let things = [];
    let editor = null;
    let fields = [];
    let turn = 0;

    // What stands in the tab.

    const keep = (name, made) => (at[name] = made);
    const button = (name, label, click, more = {}) => keep(name, element("button", { type: "button", click, ...more }, label));
    const table = Ask.table({ cell, changed: tell });

    panel.classList.add("ask");
    panel.append(
      element("div", { class: "ask-line" },
        element("label", { for: "ask-question" }, "Question"),
        keep("question", element("select", { id: "ask-question", change: choose })),
      ),
      keep("about", element("p", { class: "ask-about" })),
      keep("values", element("div", { class: "ask-values" })),
      // What is typed there is text: the page's own keys stay out of it.
      keep("editor", element("div", { class: "ask-editor", keydown: (event) => event.stopPropagation() })),
      element("div", { class: "ask-line" },
        button("run", "Run", run, { class: "primary", "aria-keyshortcuts": "Control+Enter", disabled: "" }),
        button("stop", "Stop", () => engine.stop(), { disabled: "" }),
        element("label", { for: "ask-limit" }, "Time limit"),
        keep("limit", element("select", { id: "ask-limit" }, ...LIMITS.map((seconds) =>
          element("option", { value: seconds, selected: seconds === 10 ? "" : undefined }, `${seconds} s`)))),
        keep("status", element("p", { role: "status", class: "ask-status" }, "Starting the query engine …")),
      ),
      keep("problem", element("div", { class: "ask-problem", role: "alert", hidden: "" })),
      keep("answer", element("div", { class: "ask-answer", hidden: "" },
        element("div", { class: "ask-line" },
          element("label", { for: "ask-filter" }, "Filter rows"),
          keep("filter", element("input", { id: "ask-filter", type: "search", autocomplete: "off", input: () => table.filter(at.filter.value) })),
          button("graph", "Show in the graph", showInGraph),
          button("csv", "CSV", () => save("csv")),
          button("json", "JSON", () => save("json")),
          button("triples", "N-Triples", () => save("nt")),
          keep("count", element("span", { class: "quiet", "aria-live": "polite" })),
        ),
        table.element,
        keep("terminal", element("p", { class: "quiet", hidden: "" })),
      )),
    );
    async function begin() {
      data = await Explorer.unpacked("ask-data");
      things = Ask.things(data.documents);
      const terms = [...things.filter(({ curie }) => curie.startsWith("ent:")), ...vocabulary()];
      const words = { prefixes: Object.keys(Explorer.data.prefixes), terms };
      editor = Ask.editor({ parent: at.editor, label: "SPARQL query", text: FREE, words, run });
      listQuestions();
      choose();
      const { size } = await engine.start();
      say(`${counted(size, "triple")} ready. Ask with Run, or Ctrl+Enter in the editor.`);
      at.run.disabled = false;
    }

    const vocabulary = () =>
      data.vocabulary.map(([curie, label, kind, about]) => ({
        curie, label, kind, about, names: [curie.slice(curie.indexOf(":") + 1), label].map(Explorer.folded),
      }));

    // Questions and their values.

    function listQuestions() {
      const topics = [...new Set(data.questions.map(({ topic }) => topic))].sort();
      const group = (topic) =>
        element("optgroup", { label: topic }, ...data.questions.filter((each) => each.topic === topic).map(({ name }) =>
          element("option", { value: name }, name.replaceAll("-", " "))));
      at.question.append(element("option", { value: "" }, "a query of your own"), ...topics.map(group));
    }

    const question = () => data.questions.find(({ name }) => name === at.question.value);

    function choose() {
      const chosen = question();
      at.about.replaceChildren(...marked(chosen ? `${chosen.summary} ${chosen.why}` : ABOUT));
      fields = (chosen?.parameters ?? []).map(field);
      at.values.replaceChildren(...fields.map((each) => each.element));
      if (chosen) editor.write(chosen.text);
      editor.point(null);
    }

    function field({ name, kind, example }) {
      const id = `ask-value-${name}`;
      const label = element("label", { for: id }, name);
      if (kind === "entity") return named(name, id, label, example);
      const types = { date: "date", number: "number", text: "text" };
      const input = element("input", { id, type: types[kind], step: "any", value: example });
      const datatype = { date: `${XSD}date`, number: `${XSD}decimal` }[kind];
      return {
        name,
        input,
        term: () => ({ type: "literal", value: input.value, datatype }),
        element: element("div", { class: "ask-line" }, label, input),
      };
    }

    // A thing by its name, with the suggestions that the page's own search gives.
    function named(name, id, label, example) {
      const list = element("ul", { id: `${id}-found`, class: "found", role: "listbox", "aria-label": "Suggestions", hidden: "" });
      const input = element("input", {
        id, type: "text", role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list",
        autocomplete: "off", spellcheck: "false", value: example,
      });
      const pick = (chosen) => (input.value = Ask.named(things, Ask.labelOf(chosen)).curie === chosen ? Ask.labelOf(chosen) : chosen);
      Explorer.searchField(input, list, { pick });
      const term = () => {
        const found = Ask.named(things, input.value);
        if (!found) throw nobody(input.value);
        return { type: "uri", value: Explorer.long(found.curie) };
      };
      return { name, input, term, element: element("div", { class: "ask-line" }, label, element("div", { class: "ask-name" }, input, list)) };
    }

    function nobody(text) {
      const near = Ask.ranked(text, things).slice(0, 3).map(({ label }) => `“${label}”`);
      const hint = near.length ? ` Did you mean ${near.join(" or ")}?` : " Type a name and choose from the list.";
      return new Error(`Nothing is called “${text}”.${hint}`);
    }

    // Asking.

    async function run() {
      if (at.run.disabled) return;
      const mine = ++turn;
      await working(true);
      try {
        const bindings = Object.fromEntries(fields.map(({ name, term }) => [name, term()]));
        const asked = Ask.question(editor.text(), { prefixes: Explorer.data.prefixes, bindings });
        say("Asking …");
        const answer = await engine.ask(asked.text, { form: asked.form, seconds: Number(at.limit.value) });
        if (mine === turn) await ANSWERS[asked.form](answer, show);
      } catch (error) {
        complain(error);
      } finally {
        await working(false);
      }
    }

    async function working(on) {
      at.run.disabled = on;
      at.stop.disabled = !on;
      if (!on) return;
      at.problem.hidden = true;
      at.problem.replaceChildren();
      at.answer.hidden = true;
      editor.point(null);
      Explorer.light([]);
    }

    function show({ columns, rows, milliseconds, raw, triples, verdict }) {
      const took = milliseconds < 1000 ? `${Math.max(1, Math.round(milliseconds))} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
      say(verdict ?? `${counted(rows.length, triples ? "triple" : "row")} in ${took}`);
      if (verdict) return;
      at.raw = raw;
      at.filter.value = "";
      at.triples.hidden = !triples;
      at.json.hidden = Boolean(triples);
      at.csv.hidden = Boolean(triples);
      at.answer.hidden = false;
      table.fill({ columns, rows });
      showTerminal();
      Explorer.light(Ask.claimsIn(rows).map(Explorer.long));
      at.answer.scrollIntoView({ block: "nearest" });
    }

    const KINDS = { time: "It took too long.", stopped: "Stopped.", crash: "The engine gave up and was started again." };

    function complain({ message, kind }) {
      const fault = Ask.fault(message);
      const place = fault.line ? `Line ${fault.line}, column ${fault.column}: ` : "";
      const help = kind === "time" ? "Ask for less, or raise the time limit." : "";
      const said = kind === "stopped" ? [] : [element("span", {}, place + fault.message)];
      say(KINDS[kind] ?? "No answer.");
      at.problem.replaceChildren(...said, element("span", {}, ` ${help}`));
      at.problem.hidden = !said.length;
      editor?.point(fault);
    }

    const say = (text) => (at.status.textContent = text);

    // The answer.

    function cell(term) {
      const { type, value } = term;
      if (type !== "uri") return type === "bnode" ? `_:${value}` : value;
      const id = Explorer.short(value);
      const label = Ask.labelOf(id);
      if (label) return element("button", { type: "button", class: "link", title: label, click: () => Explorer.select(value) }, id);
      return id === value ? Explorer.link(value, value) : element("span", { title: value }, id);
    }

    function tell() {
      const { rows, total } = table.shown();
      const lit = Ask.claimsIn(rows);
      at.count.textContent = rows.length === total ? "" : `${rows.length} of ${total}`;
      at.graph.disabled = lit.length === 0;
      at.graph.textContent = `Show in the graph (${lit.length})`;
    }

    function showInGraph() {
      const lit = Ask.claimsIn(table.shown().rows).map(Explorer.long);
      Explorer.show(lit);
      Explorer.openTab("graph");
    }

    function save(form) {
      const { columns, rows, all } = table.shown();
      const texts = {
        csv: () => Ask.csv(columns, rows),
        json: () => (all ? at.raw : Ask.json(columns, rows)),
        nt: () => rows.map((row) => `${row.map(Ask.ntriples).join(" ")} .\n`).join(""),
      };
      const types = { csv: "text/csv", json: "application/sparql-results+json", nt: "application/n-triples" };
      Explorer.download(`${question()?.name ?? "answer"}.${form}`, texts[form](), types[form]);
    }

    // The same in a terminal, where the question is asked as it is.
    function showTerminal() {
      const chosen = question();
      const same = chosen && editor.text() === chosen.text;
      at.terminal.hidden = !same;
      if (!same) return;
      const settings = fields.map(({ name, input }) => ` --set ${name}=${quoted(input.value)}`);
      at.terminal.replaceChildren("The same rows in a terminal: ", element("code", {}, `kg query ${chosen.name}${settings.join("")}`));
    }

    begin().catch(complain);
  });

  // What stands between backticks is code.
  const marked = (text) =>
    text.split("`").map((part, at) => (at % 2 ? Explorer.element("code", {}, part) : part)).filter((part) => part !== "");

  const quoted = (text) => (/^[\w:.-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

  function rowsOf({ text, milliseconds }, show) {
    show({ ...Ask.rows(text), raw: text, milliseconds });
  }

  function yesOrNo({ text, milliseconds }, show) {
    show({ verdict: JSON.parse(text).boolean ? "Yes." : "No.", milliseconds });
  }

  function triplesOf({ triples, milliseconds }, show) {
    const columns = ["subject", "predicate", "object"];
    show({ columns, rows: triples.map((triple) => columns.map((name) => triple[name])), milliseconds, triples: true });
  }
})();
