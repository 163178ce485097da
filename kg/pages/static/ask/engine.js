// The query engine as the page sees it: asked, limited in time, stopped, and started again.
//
//   const engine = Ask.engine({ script, engine, graph });
//   await engine.ask(text, { form, seconds })   { text, triples, milliseconds }
//   engine.stop()                                ends what is running
//
// The engine cannot be interrupted, so it runs in a worker that is ended instead; the next one
// takes over the compiled module and is ready in about a tenth of a second plus the loading.
"use strict";

const Ask = {};

Ask.engine = ({ script, engine, graph }) => {
  const FORMATS = { select: "json", ask: "json", construct: "application/n-triples", describe: "application/n-triples" };
  const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  let module = engine;
  let running = null;

  // A worker with the graph loaded; made when first needed.
  function started() {
    running ??= begun();
    return running.ready;
  }

  function begun() {
    const worker = new Worker(address);
    const waiting = new Map();
    let count = 0;
    const call = (task, rest) =>
      new Promise((resolve, reject) => {
        waiting.set(++count, { resolve, reject });
        worker.postMessage({ number: count, task, ...rest });
      });
    worker.onmessage = ({ data: { number, error, fatal, ...rest } }) => {
      const { resolve, reject } = waiting.get(number);
      waiting.delete(number);
      if (error === undefined) resolve(rest);
      else reject(problem(fatal ? "crash" : "wrong", error));
    };
    worker.onerror = (event) => {
      event.preventDefault();
      end(problem("crash", event.message ?? "The engine did not start."));
    };
    const end = (why) => {
      worker.terminate();
      for (const { reject } of waiting.values()) reject(why);
    };
    const ready = call("start", { engine: module, graph }).then((told) => {
      module = told.module;
      return { call, size: told.size };
    });
    ready.catch(() => {});
    return { ready, end };
  }

  function problem(kind, message) {
    return Object.assign(new Error(message), { kind });
  }

  async function ask(text, { form, seconds }) {
    const { call } = await started();
    const before = performance.now();
    const late = () => stop(problem("time", `Stopped after ${seconds} seconds.`));
    const clock = setTimeout(late, 1000 * seconds);
    try {
      const answer = await call("ask", { text, format: FORMATS[form] });
      return { ...answer, milliseconds: performance.now() - before };
    } catch (error) {
      if (error.kind === "crash") stop(error);
      throw error;
    } finally {
      clearTimeout(clock);
    }
  }

  // Ends what is running and makes ready for the next question.
  function stop(why = problem("stopped", "Stopped.")) {
    running?.end(why);
    running = null;
    started();
  }

  return { ask, start: started, stop };
};
