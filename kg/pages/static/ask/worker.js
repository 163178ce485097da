// The query engine in its worker, which the page may end at any moment.
//
//   { task: "start", engine, graph }   engine: packed WebAssembly, or the module of an earlier
//                                      worker; graph: packed TriG. Answers { module, size }
//   { task: "ask", text, format }      answers { text, triples } with the engine's own bytes
//
// Every message carries a number, and so does its answer; { error } is what went wrong, and
// { fatal: true } beside it says that this worker is of no more use.
(() => {
  "use strict";

  const LONGEST_ANSWER = 48_000_000;
  const TASKS = { start, ask };
  let store;

  self.onmessage = async ({ data: { number, task, ...rest } }) => {
    try {
      self.postMessage({ number, ...(await TASKS[task](rest)) });
    } catch (error) {
      const fatal = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
      self.postMessage({ number, error: error.message, fatal });
    }
  };

  async function unpacked(base64) {
    const binary = atob(base64);
    const bytes = new Uint8Array(binary.length);
    for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  async function start({ engine, graph }) {
    const packed = typeof engine === "string";
    const module = packed ? await WebAssembly.compile(await unpacked(engine)) : engine;
    oxigraph.initSync({ module });
    store = new oxigraph.Store();
    // It was written by the same engine, so nothing in it has to be proved again.
    store.load(await unpacked(graph), { format: "application/trig", lenient: true });
    return { module, size: store.size };
  }

  function ask({ text, format }) {
    const answer = store.query(text, { results_format: format });
    if (answer.length > LONGEST_ANSWER) {
      throw new Error("The answer is longer than 48 million characters. Add a LIMIT.");
    }
    return { text: answer, triples: format === "application/n-triples" ? triplesIn(answer) : undefined };
  }

  const triplesIn = (text) =>
    oxigraph.parse(text, { format: "application/n-triples" }).map(({ subject, predicate, object }) => ({
      subject: plain(subject),
      predicate: plain(predicate),
      object: plain(object),
    }));

  // A term as SPARQL's JSON results have it.
  function plain({ termType, value, language, datatype }) {
    if (termType === "NamedNode") return { type: "uri", value };
    if (termType === "BlankNode") return { type: "bnode", value };
    if (language) return { type: "literal", value, "xml:lang": language };
    return { type: "literal", value, datatype: datatype.value };
  }
})();
