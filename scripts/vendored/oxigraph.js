// The query engine's glue, which runs in a worker: global `oxigraph`.
export { initSync, parse, Store } from "oxigraph/web.js";
