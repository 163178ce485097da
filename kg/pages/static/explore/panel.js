// The panel: one claim, thing, mechanism, view or set of paths in full.
//
//   Explorer.showPanel()      whatever the state has selected, or the choice itself
//   Explorer.readPanel()      moves the focus to its heading, and on a phone brings it up
//
// A new thing to look at is one more function in PANELS.
"use strict";

Object.assign(Explorer, (() => {
  const { element, button, textButton, link, facts } = Explorer;
  const words = Explorer.texts;

  // A list longer than this goes on in the table.
  const MOST_LINES = 60;

  function showPanel() {
    const { selected } = Explorer.state;
    const panel = Explorer.at("panel");
    const focused = panel.contains(document.activeElement) ? document.activeElement.textContent : null;
    panel.replaceChildren(...(panelOf(selected) ?? choicePanel()).flat(Infinity).filter(Boolean));
    panel.scrollTop = 0;
    if (focused !== null) keepFocus(panel, focused);
  }

  // What was pressed is made anew: the keyboard goes on from the same button, or the heading.
  function keepFocus(panel, text) {
    const same = [...panel.querySelectorAll("button")].find((each) => each.textContent === text);
    (same ?? panel.querySelector("h2"))?.focus({ preventScroll: true });
  }

  function panelOf(id) {
    if (Explorer.claimOf(id)) return claimPanel(id);
    if (Explorer.entityOf(id)) return entityPanel(id);
    if (Object.hasOwn(Explorer.data.mechanisms, id)) return mechanismPanel(id);
    return null;
  }

  function readPanel() {
    const heading = Explorer.at("panel").querySelector("h2");
    heading?.focus({ preventScroll: true });
    Explorer.at("panel").scrollIntoView({ block: Explorer.isNarrow() ? "start" : "nearest" });
  }

  const heading = (text) => element("h2", { tabindex: "-1" }, text);
  const about = (text) => element("p", { class: "about" }, text);
  const entityLink = (id) => textButton(Explorer.entityOf(id).label, () => Explorer.open(id));
  const section = (title, ...children) => element("section", {}, element("h3", {}, title), children);

  // A claim.

  function claimPanel(id) {
    const claim = Explorer.claimOf(id);
    const said = element("p", {}, entityLink(claim.subject), ` ${claim.relation} `, entityLink(claim.object));
    return [
      about(words.claim),
      heading(claim.label),
      said,
      facts(Object.entries(claim.scope ?? {})),
      verdict(claim),
      designs(claim),
      contexts(claim),
      element("div", { class: "sides" }, ["supporting", "disputing"].map((side) => sideOf(claim, side))),
      claim.inconclusive ? sideOf(claim, "inconclusive") : null,
      passages(id),
      readings(id),
      related(words.broader, claim.broader),
      related(words.narrower, Explorer.narrowerThan(id)),
      identifier(id),
    ];
  }

  function verdict(claim) {
    const reasons = (claim.reasons ?? []).map((reason) => element("li", {}, reason));
    return element(
      "section",
      { class: `verdict ${claim.verdict}` },
      element("p", { class: "headline" }, Explorer.chip(claim), claim.onlyIn ? ` ${claim.onlyIn}` : ""),
      Explorer.tallies(claim).map((line) => element("p", {}, line)),
      reasons.length ? [element("h3", {}, words.why), element("ul", { class: "reasons" }, reasons)] : null,
    );
  }

  // Counts of independent studies by design, on the claim itself and on narrower ones.
  function designs(claim) {
    const rows = [
      ...(claim.counts ?? []).map((tally) => tallyRow(tally, words.directly)),
      ...(claim.indirect ?? []).map((tally) => tallyRow(tally, words.fromNarrower)),
    ];
    if (!rows.length) return null;
    return element("details", { class: "designs" }, element("summary", {}, words.designs), element("ul", {}, rows));
  }

  function tallyRow([direction, design, number, sizes], where) {
    const people = sizes.length ? ` (n = ${sizes.join(", ")})` : "";
    return element("li", {}, `${direction}: ${number} × ${design}${people}, ${where}`);
  }

  function contexts(claim) {
    if (!claim.contexts) return null;
    const rows = claim.contexts.map(([dimension, value, verdict, certainty]) =>
      element("li", {}, `${words.contextLine(dimension, value)} – `, Explorer.chip({ verdict, certainty })),
    );
    return section(words.contexts, element("ul", {}, rows));
  }

  function sideOf(claim, side) {
    const items = claim[side] ?? [];
    const list = items.length
      ? element("ul", {}, items.map((id) => evidenceItem(Explorer.data.evidence[id], claim)))
      : about(words.noSide[side]);
    return element("section", { class: `side ${side}` }, element("h3", {}, `${words.sides[side]} (${items.length})`), list);
  }

  function evidenceItem(item, claim) {
    const source = Explorer.data.sources[item.source] ?? {};
    const study = Explorer.data.studies[item.study] ?? { label: item.study };
    return element(
      "li",
      { class: "item" },
      element("p", { class: "finding" }, item.finding ?? ""),
      marks(item, source, claim),
      facts(Object.entries(item.facts ?? {})),
      citation(study, source),
    );
  }

  function marks(item, source, claim) {
    const isRetracted = source.retraction && !/no notice|not checked/.test(source.retraction);
    const said = [
      [claim.deciding?.includes(item.study), words.decides, "decides"],
      [claim.notCounted?.includes(item.study), words.notCounted],
      [item.hearsay, words.hearsay],
      [item.secondHand, words.secondHand],
      [isRetracted, source.retraction],
      [source.unverified, words.notVerified((source.unverified ?? []).join(", "))],
    ].filter(([holds]) => holds);
    if (!said.length) return null;
    return element("p", { class: "marks" }, said.map(([, text, kind]) => element("span", { class: `mark ${kind ?? ""}` }, text)));
  }

  function citation(study, source) {
    const links = (source.links ?? []).map(([text, address]) => link(text, address));
    const registry = study.registry ? (study.link ? link(study.registry, study.link) : study.registry) : "";
    const cited = source.citation && source.citation !== study.label ? `${source.citation}.` : "";
    return element(
      "div",
      { class: "study" },
      element("p", {}, `${words.study}: ${study.label ?? ""}`),
      cited ? element("p", {}, cited) : null,
      element("p", { class: "links" }, links, registry),
      facts([[words.funder, study.funder], [words.interests, study.interests?.join("; ")]]),
    );
  }

  function passages(id) {
    const found = Explorer.passagesOn(id);
    return found.length ? section(words.articleSays, element("ul", { class: "passages" }, found.map(passage))) : null;
  }

  function passage(id) {
    const told = Explorer.data.passages[id];
    return element(
      "li",
      {},
      element("p", {}, told.paraphrase),
      about(`${words.passage(told)}: ${words.manner(told)}`),
    );
  }

  function readings(id) {
    const found = Explorer.conflictsOn(id).map((each) => Explorer.data.conflicts[each]);
    if (!found.length) return null;
    const reading = (conflict) =>
      element("li", {}, element("p", {}, conflict.reading ?? conflict.label), claimList(conflict.claims.filter((other) => other !== id)));
    return section(words.readings, element("ul", {}, found.map(reading)));
  }

  function related(title, ids) {
    const known = (ids ?? []).filter(Explorer.claimOf);
    return known.length ? section(title, claimList(known)) : null;
  }

  const identifier = (id) => facts([[words.identifier, link(id, Explorer.long(id))]]);

  // A thing.

  function entityPanel(id) {
    const entity = Explorer.entityOf(id);
    return [
      about(entity.kind ?? words.thing),
      heading(entity.label),
      entity.definition ? element("p", {}, entity.definition) : null,
      entity.synonyms ? about(`${words.also}: ${entity.synonyms.join("; ")}`) : null,
      identifiers(id, entity),
      actions(id),
      entityClaims(id),
    ];
  }

  function identifiers(id, entity) {
    const links = (pairs) => (pairs ?? []).map(([text, address]) => link(text, address));
    const same = links(entity.same);
    const broader = (entity.broader ?? []).map(([text, other]) => (Explorer.entityOf(other) ? textButton(text, () => Explorer.open(other)) : text));
    return facts([
      [words.same, same.length ? same : words.notMapped],
      [words.close, links(entity.close)],
      [words.kindOf, broader],
      [words.kinds, Explorer.kindsOf(id).map(entityLink)],
      [words.figures, entity.figures?.join("; ")],
      [words.identifier, link(id, Explorer.long(id))],
    ]);
  }

  function actions(id) {
    const hops = [1, 2, 3].map((number) =>
      button(words.steps(number), () => Explorer.focus(id, number), { "aria-label": `${words.focus}: ${words.steps(number)}` }),
    );
    return element(
      "div",
      { class: "actions", role: "group", "aria-label": Explorer.entityOf(id).label },
      element("span", { class: "together" }, element("span", { class: "quiet" }, words.focus), hops),
      button(words.expand, () => Explorer.expand(id)),
      button(words.collapse, () => Explorer.collapse(id)),
      button(words.hide, () => Explorer.hide(id)),
      button(words.pathFrom, () => Explorer.askPaths({ from: id })),
      button(words.pathTo, () => Explorer.askPaths({ to: id })),
    );
  }

  function entityClaims(id) {
    const ids = Explorer.touching(id);
    return ids.length ? claimGroups(ids) : about(words.noClaimsOf);
  }

  // Claims by verdict, the disputed first.
  function claimGroups(ids) {
    return Explorer.VERDICTS.map((verdict) => {
      const found = ids.filter((id) => Explorer.claimOf(id).verdict === verdict);
      return found.length ? section(`${words.marks[verdict]} ${verdict} (${found.length})`, claimList(found)) : null;
    });
  }

  function claimList(ids) {
    const rest = ids.length - MOST_LINES;
    const more = rest > 0 ? element("li", {}, textButton(words.moreInTable(rest), () => Explorer.openTab("table"))) : null;
    return element("ul", { class: "claims" }, ids.slice(0, MOST_LINES).map((id) => claimLine(id)), more);
  }

  function claimLine(id, note) {
    const claim = Explorer.claimOf(id);
    return element(
      "li",
      { class: claim.verdict },
      textButton(claim.label, () => Explorer.open(id)),
      " ",
      element("span", { class: "quiet" }, [Explorer.verdictWords(claim), words.tallyShort(claim.studies), claim.narrowerStudies && words.indirectly(claim.narrowerStudies), note].filter(Boolean).join("; ")),
    );
  }

  // A mechanism, the choice that is shown, paths.

  function mechanismPanel(id) {
    const mechanism = Explorer.data.mechanisms[id];
    const steps = mechanism.steps ?? [];
    const weakest = steps.length ? Explorer.weakestOf(steps) : "";
    return [
      about(words.mechanism),
      heading(mechanism.label),
      mechanism.definition ? element("p", {}, mechanism.definition) : null,
      about(words.taken(mechanism.sign)),
      chain(steps, weakest),
      related(words.explains, mechanism.explains ? [mechanism.explains] : []),
    ];
  }

  const chain = (steps, weakest) =>
    element("ol", { class: "claims" }, steps.map((id) => claimLine(id, id === weakest && steps.length > 1 ? words.weakest : "")));

  function choicePanel() {
    const { routes, view, claims } = Explorer.now();
    if (routes) return pathsPanel(routes);
    if (view?.mechanism) return mechanismPanel(view.mechanism);
    const told = view?.label ? [heading(view.label), element("p", {}, view.about)] : [heading(words.claims(claims.length))];
    const more = view?.leftOut ? about(words.leftOut(view.leftOut)) : null;
    const list = Explorer.state.view === "article" ? allPassages() : claimGroups(claims);
    return [...told, more, claims.length ? list : element("p", {}, words.noClaims)];
  }

  function allPassages() {
    const visible = new Set(Explorer.now().claims);
    const told = Object.entries(Explorer.data.passages).filter(([, each]) => (each.claims ?? []).some((id) => visible.has(id)));
    const item = ([id, { claims }]) => element("div", { class: "told" }, element("ul", { class: "passages" }, passage(id)), claimList(claims.filter((each) => visible.has(each))));
    return told.map(item);
  }

  function pathsPanel({ widening, more, paths }) {
    const [from, to] = Explorer.state.route.map((id) => Explorer.entityOf(id).label);
    const said = [heading(words.pathsBetween(from, to))];
    if (!paths.length) return [...said, element("p", {}, words.noPath(Explorer.LONGEST))];
    const groups = [1, -1, 0].map((sign) => {
      const saying = paths.filter((path) => path.sign === sign);
      return saying.length ? section(`${words.pathsSaying[sign]} (${saying.length})`, saying.map(onePath)) : null;
    });
    return [...said, element("p", {}, words.pathsWidened[widening]), about(words.pathCount(paths.length, more)), ...groups];
  }

  function onePath({ steps, weakest }) {
    const claims = steps.flatMap((step) => step.claims);
    return element(
      "div",
      { class: "path" },
      element("ol", { class: "claims" }, steps.map((step) => stepLine(step, step === weakest && steps.length > 1))),
      button(words.lightPath, () => Explorer.light(claims), { "aria-label": `${words.lightPath}: ${claims.map((id) => Explorer.claimOf(id).label).join(", ")}` }),
    );
  }

  // The surest claim of the step, then the others that say the same, then those that say the opposite.
  function stepLine({ from, to, kind, claims, contrary }, isWeakest) {
    if (!claims.length) return element("li", {}, entityLink(from), ` ${kind} `, entityLink(to), " ", element("span", { class: "quiet" }, words.byDefinition));
    const line = claimLine(claims[0], isWeakest ? words.weakest : "");
    const further = [...claims.slice(1).map((id) => [words.likewise, id]), ...contrary.map((id) => [words.opposite, id])];
    line.append(...further.map(([word, id]) => element("div", { class: "further" }, element("span", { class: "quiet" }, `${word} `), textButton(Explorer.claimOf(id).label, () => Explorer.open(id)), ` (${Explorer.verdictWords(Explorer.claimOf(id))})`)));
    return line;
  }

  return { showPanel, readPanel };
})());
