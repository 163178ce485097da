// What the page's scripts say, in one place; the template and the data say the rest.
// To translate the page, translate this file, the template and kg/pages/views/explore.
"use strict";

Explorer.texts = (() => {
  const counted = (number, one, many = `${one}s`) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
  const studies = (number) => counted(number, "study", "studies");
  const claims = (number) => counted(number, "claim");
  const things = (number) => counted(number, "thing");

  return {
    counted,
    studies,
    claims,
    things,

    // Status.
    nothing: "No claims to show here",
    shown: (part, whole, ends, results) => {
      const of = part === whole ? claims(part) : `${part.toLocaleString("en")} of ${claims(whole)}`;
      return `${of} between ${things(ends)}, ${counted(results, "result")}`;
    },
    drawn: (milliseconds) => `Drawn in ${milliseconds} ms.`,
    hairCycle: "hair cycle",
    picture: (said) => `${said}, as a network. The table has the same claims.`,
    linkCopied: "The link to this view is copied.",
    linkInBar: "The link to this view is in the address bar.",
    saved: (name) => `${name} is saved.`,
    undone: "Undone.",
    redone: "Redone.",
    nothingToUndo: "There is nothing to undo.",
    nothingToRedo: "There is nothing to redo.",

    arrived: ({ label, kind }, number) => `${label}, ${kind ?? "thing"}, ${claims(number)}`,

    // Verdicts and sides.
    sides: { supporting: "For", disputing: "Against", inconclusive: "Undecided" },
    none: "none",
    certainty: (word) => `${word} certainty`,
    tally: ([pro, con, open]) =>
      [`${studies(pro)} for`, `${studies(con)} against`, open ? `${open} undecided` : ""].filter(Boolean).join(", "),
    tallyShort: ([pro, con]) => `${pro} for, ${con} against`,
    indirectly: ([pro, con]) => `${pro} for and ${con} against on narrower claims`,
    noSide: { supporting: "No result for it in this graph.", disputing: "No result against it in this graph.", inconclusive: "" },

    // Panels.
    claim: "Claim",
    mechanism: "Mechanism",
    thing: "thing",
    why: "Why this verdict",
    designs: "Independent studies by design",
    directly: "on the claim itself",
    fromNarrower: "on narrower claims",
    contexts: "It depends",
    contextLine: (dimension, value) => `${dimension}: ${value}`,
    articleSays: "What the article says",
    passage: ({ document, line, section }) => [document, `line ${line}`, section].filter(Boolean).join(", "),
    manner: ({ strength, cites }) => [strength, cites ? "cites a source" : "cites no source"].filter(Boolean).join("; "),
    noClaims: "There is no such claim in this graph.",
    noClaimsOf: "No claim in this graph is about it.",
    leftOut: (number) => `${claims(number)} more; the whole graph has them.`,
    moreInTable: (number) => `${counted(number, "more claim")} in the table`,
    broader: "Broader claims",
    narrower: "Narrower claims",
    readings: "Where results pull apart",
    also: "Also",
    same: "Same as",
    close: "Close to",
    kindOf: "Kind of",
    kinds: "Kinds of it",
    notMapped: "not yet mapped",
    identifier: "Identifier",
    figures: "Reported",
    study: "Study",
    funder: "Funder",
    interests: "Interests",
    decides: "decides the verdict",
    notCounted: "not counted",
    secondHand: "second-hand",
    hearsay: "hearsay, counts as no study",
    notVerified: (fields) => `not verified: ${fields}`,
    taken: (sign) => `Taken together it ${{ 1: "increases", "-1": "decreases", 0: "states no direction of" }[sign]} what stands at its end.`,
    weakest: "weakest step",
    explains: "It would explain",

    // Doing.
    focus: "Show only this",
    steps: (number) => counted(number, "step"),
    expand: "Expand",
    collapse: "Collapse",
    hide: "Hide",
    pathFrom: "Paths from here",
    pathTo: "Paths to here",
    only: "only",
    onlyLabel: (value) => `only ${value}`,
    all: "all",
    allLabel: (facet) => `all of ${facet}`,
    from: "from",
    to: "to",
    yearsLabel: (end) => `year, ${end}`,

    // Search.
    noName: "Nothing has this name.",
    nearest: "Did you mean:",

    // Paths.
    pathsBetween: (from, to) => `From ${from} to ${to}`,
    pathsNeedTwo: "Choose where the path starts and where it ends.",
    pathsWidened: [
      "Through claims that evidence supports or disagrees about, and what holds by definition; the same steps as kg explain. That every step holds does not make a path true: nobody may have tested it as a whole.",
      "No path through claims that hold. These also pass claims that are undecided, refuted or untested: they carry nothing.",
      "No path through claims that state a cause. These also pass claims that state no direction: they carry nothing.",
      "No path in the direction of the claims. These are connections in either direction, and no mechanism.",
    ],
    noPath: (steps) => `There is no connection of up to ${steps} steps in this graph. That is not evidence that there is none.`,
    pathsSaying: { 1: "Paths that say it increases", "-1": "Paths that say it decreases", 0: "Paths that state no direction" },
    pathCount: (shown, more) => (more ? `The ${counted(shown, "surest path")}; there are more.` : counted(shown, "path")),
    byDefinition: "by definition",
    likewise: "also",
    opposite: "but",
    lightPath: "Light up",

    // Table.
    tableCaption: (said) => `${said}. Numbers are independent studies. Choose a claim for its evidence.`,
    columns: ["Subject", "Claim", "Object", "Verdict", "Certainty", "For", "Against", "Seen only in"],
    more: (number) => `Show ${counted(number, "more row")}`,
    sortedBy: (column, down) => `Sorted by ${column}, ${down ? "downwards" : "upwards"}.`,

    // Facets.
    facets: {
      verdict: "Verdict", sign: "What it says", certainty: "Certainty", group: "Class", relation: "Relation",
      seen: "Seen in", organism: "Organism", design: "Study design", year: "Year",
    },
    signs: { 1: "increases, causes, activates", "-1": "decreases, inhibits, treats", 0: "states no direction" },
    noStudy: "no study",
    notStated: "not stated",
    marks: {
      supported: "✓", contested: "≷", "context-dependent": "⋔", refuted: "✗", inconclusive: "?", untested: "○",
    },
    nulls: { "measured and absent": "∅", "too small to tell": "?∅" },

    // Export.
    fileName: "hairkg",
    exported: (said, modified) => `${said}. hairkg, data of ${modified}. Not medical advice.`,
    legendLine: "Arrow: increases. Bar: decreases. Dashed: contested (≷) or context-dependent (⋔). Dotted without a head: refuted (✗), untested. ∅: measured and absent. Ring or box at the start: only in animals, only in cells. Width: certainty.",
    csvColumns: ["id", "iri", "claim", "subject", "relation", "object", "scope", "sign", "verdict", "certainty",
      "studies_for", "studies_against", "studies_undecided", "seen_only_in", "reasons"],
  };
})();
