// Blocks of a page that travel as base64 of gzip: unpacked here, in the page and in its workers.
//
//   Packed.bytes(base64)   the bytes inside
//   Packed.text(base64)    the same as text
const Packed = (() => {
  "use strict";

  function decoded(base64) {
    if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
    const binary = atob(base64);
    const bytes = new Uint8Array(binary.length);
    for (let index = 0; index < binary.length; index += 1) bytes[index] = binary.charCodeAt(index);
    return bytes;
  }

  function opened(base64) {
    const stream = new Blob([decoded(base64)]).stream();
    return new Response(stream.pipeThrough(new DecompressionStream("gzip")));
  }

  return {
    bytes: async (base64) => new Uint8Array(await opened(base64).arrayBuffer()),
    text: (base64) => opened(base64).text(),
  };
})();
