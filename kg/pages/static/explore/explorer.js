// Explorer: the one global of the explorer page, and how another script joins in.
//
//   Explorer.ready                a promise: the data is there and the first picture is drawn
//   Explorer.unpacked(id)         a promise of the JSON that a Part carries as `packed`
//   Explorer.data                 what the page knows, by short identifier ("claim:…", "ent:…"):
//                                   claims      label, subject, relation, object, sign, verdict,
//                                               certainty, studies: [for, against, undecided] …
//                                   entities    label, kind, definition, synonyms …
//                                   evidence, studies, sources, mechanisms, passages, conflicts
//                                   prefixes    { ent: "https://…", … };  modified;  licence
//   Explorer.short(iri)           "https://w3id.org/hairkg/claim/x" → "claim:x";
//   Explorer.long(id)             and back. Both leave alone what they do not know.
//   Explorer.show(iris)           show exactly these claims in the graph and the table, and what
//                                   entities are among the IRIs; answers how many of them it knows.
//                                   An undo step; works with full IRIs and short identifiers.
//   Explorer.light(iris)          light up those of the claims and entities that are in the
//                                   picture and let the rest fade; an empty list ends it.
//   Explorer.select(iri)          open the panel of a claim, entity or mechanism; false if unknown
//   Explorer.visible()            { claims: [ids], entities: [ids] } after every filter
//   Explorer.on(event, listener)  "change" (what is visible changed), "select", "light", "theme",
//                                   "tab"
//   Explorer.registerTab(name, build)
//                                 adds a tab after Graph and Table. `build(panel)` is called once,
//                                   when the tab is first opened, with its empty tabpanel element;
//                                   it may return { shown(), hidden() }, called as the tab turns.
//   Explorer.registerRenderer({ from, make })
//                                 draws instead of vis-network when at least `from` claims are
//                                   visible: see graph.js
//   Explorer.element(name, attributes, ...children), Explorer.link(text, address)
//                                 make elements; strings become text, never markup, and only
//                                   http and https become links: see dom.js
//   Explorer.say(text)            tells it to screen readers and in the status line
//
// A script that joins in is the `scripts` of a kg.pages.parts.Part. Scripts of parts run after
// these files and before the data is unpacked, so register at the top level and read
// `Explorer.data` later. The files of this folder are joined in the order of SCRIPTS in
// kg/pages/views/explore/__init__.py; each adds properties to `Explorer`, and what one needs
// of a later one it takes when it is called, never when it is read.
"use strict";

window.Explorer = (() => {
  const listeners = {};

  return {
    tabs: [],
    renderers: [],

    unpacked(id) {
      const packed = atob(JSON.parse(document.getElementById(id).textContent));
      // A plain loop: a function called for each of millions of characters takes a second.
      const bytes = new Uint8Array(packed.length);
      for (let at = 0; at < packed.length; at += 1) bytes[at] = packed.charCodeAt(at);
      const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
      return new Response(stream).json();
    },

    on(event, listener) {
      (listeners[event] ??= []).push(listener);
    },

    tell(event, value) {
      for (const listener of listeners[event] ?? []) listener(value);
    },

    registerTab(name, build) {
      this.tabs.push({ name, build });
    },

    registerRenderer(renderer) {
      this.renderers.push(renderer);
    },
  };
})();
