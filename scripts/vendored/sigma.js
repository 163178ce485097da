// The picture of thousands of claims: global `webgl`.
export { EdgeCurvedArrowProgram, default as EdgeCurveProgram } from "@sigma/edge-curve";
export { MultiDirectedGraph } from "graphology";
export { default as Sigma } from "sigma";
