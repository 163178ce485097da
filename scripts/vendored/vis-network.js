// The picture of a choice of claims: global `vis`.
export { Network } from "vis-network/esnext/esm/vis-network.js";
export { DataSet, DataView } from "vis-data/esnext/esm/vis-data.js";
