// The picture of thousands of claims: global `webgl`.
export { MultiDirectedGraph } from "graphology";
export { default as Sigma } from "sigma";
