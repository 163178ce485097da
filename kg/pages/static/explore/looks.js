// How a claim and a thing look, once, for the picture, the legend and every export.
//
//   colour    a supported claim: what it says (increases, decreases, no direction);
//             any other: its verdict
//   dash      the verdict;  mark  the verdict again, and ∅ where the effect was measured and absent
//   head      an arrow increases, a bar decreases; a refuted or untested claim has none
//   tail      a ring: seen only in animals; a box: only in cells, tissue or material
//   width     certainty, and never how often something was studied
//
// Colours are properties of theme.css, read when they are needed, so they follow the theme.
"use strict";

Object.assign(Explorer, (() => {
  const SIGN = { 1: "plus", "-1": "minus", 0: "none" };
  const HEAD = { 1: "arrow", "-1": "bar", 0: null };
  const WIDTH = [1.1, 1.5, 2.6, 4.2, 6];
  const DASHES = {
    supported: null,
    contested: [12, 6],
    "context-dependent": [16, 4, 3, 4],
    refuted: [4, 5],
    inconclusive: [7, 9],
    untested: [1.5, 8],
  };
  const HEADLESS = new Set(["refuted", "untested"]);
  const MARKED = new Set(["contested", "context-dependent", "refuted", "inconclusive"]);

  const GIVEN_LOOK = { hue: "quiet", dashes: [1, 4], width: 1.2, head: "arrow", tail: null, mark: "" };

  const hueOf = (claim) => (claim.verdict === "supported" ? SIGN[claim.sign] : `verdict-${claim.verdict}`);

  function lookOf(claim) {
    return {
      hue: hueOf(claim),
      dashes: DASHES[claim.verdict],
      width: WIDTH[Explorer.levelOf(claim)],
      head: HEADLESS.has(claim.verdict) ? null : HEAD[claim.sign],
      tail: tailOf(claim),
      mark: markOf(claim),
    };
  }

  function tailOf({ onlyIn }) {
    if (!onlyIn) return null;
    return onlyIn.includes("animals") ? "circle" : "box";
  }

  function markOf(claim) {
    if (!MARKED.has(claim.verdict)) return "";
    const { marks, nulls } = Explorer.texts;
    const absent = nulls[claim.null] ?? "";
    return claim.verdict === "inconclusive" && absent ? absent : marks[claim.verdict] + absent;
  }

  const verdictWords = (claim) =>
    [claim.verdict, claim.certainty ? Explorer.texts.certainty(claim.certainty) : ""].filter(Boolean).join(", ");

  // A verdict as a chip: mark, word, and the certainty.
  function chip(claim) {
    const text = `${Explorer.texts.marks[claim.verdict]} ${verdictWords(claim)}`;
    return Explorer.element("span", { class: `chip ${claim.verdict}` }, text);
  }

  // Numbers of independent studies on both sides, and on narrower claims where there are any.
  const tallies = (claim) =>
    [Explorer.texts.tally(claim.studies), claim.narrowerStudies ? Explorer.texts.indirectly(claim.narrowerStudies) : ""].filter(Boolean);

  function tooltip(id) {
    const claim = Explorer.claimOf(id);
    const lines = [claim.label, verdictWords(claim), ...tallies(claim), claim.onlyIn];
    return lines.filter(Boolean).join("\n");
  }

  // The palette, by the names of theme.css.

  const probe = document.body.appendChild(Explorer.element("span", { hidden: "" }));

  function colour(name) {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  }

  const NAMES = ["ink", "quiet", "page", "raised", "band", "border", "accent", "rule", "plus", "minus", "none"];

  function palette() {
    const groups = Explorer.data.groups.map((group) => `group-${group.name}`);
    const verdicts = Explorer.VERDICTS.map((verdict) => `verdict-${verdict}`);
    return Object.fromEntries([...NAMES, ...groups, ...verdicts].map((name) => [name, colour(name)]));
  }

  return { GIVEN_LOOK, lookOf, verdictWords, chip, tallies, tooltip, palette };
})());
