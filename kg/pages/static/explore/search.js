// Search as you type over labels, synonyms and identifiers, in every field that asks for a
// thing: the field above all, and the two ends of a path.
//
//   Explorer.found(text, kinds)          [{ id, kind, label, note }], the best first
//   Explorer.searchField(input, list, { kinds, pick })
"use strict";

Object.assign(Explorer, (() => {
  const { element, folded } = Explorer;
  const words = Explorer.texts;
  const MOST = 14;
  const EXACT = 0, NAME = 1, START = 2, WORD = 3, INSIDE = 4, MISS = 5;

  let index = null;

  // Built once, when somebody first searches or the page has nothing else to do.
  function names() {
    index ??= [...entityNames(), ...mechanismNames(), ...claimNames()];
    return index;
  }

  const entityNames = () =>
    Object.entries(Explorer.data.entities).map(([id, entity]) => {
      const ids = [id, ...[...(entity.same ?? []), ...(entity.close ?? [])].map(([text]) => text)];
      return entry(id, "entity", entity.label, entity.kind ?? words.thing, [...(entity.synonyms ?? []), ...ids, ...ids.map((each) => each.split(":").at(-1))]);
    });

  const mechanismNames = () =>
    Object.entries(Explorer.data.mechanisms).map(([id, mechanism]) => entry(id, "mechanism", mechanism.label, words.mechanism, [id]));

  const claimNames = () =>
    Object.entries(Explorer.data.claims).map(([id, claim]) => entry(id, "claim", claim.label, claim.verdict, [id]));

  const entry = (id, kind, label, note, others) => {
    const name = folded(label);
    return { id, kind, label, note, name, names: [name, ...others.map(folded)] };
  };

  const KINDS = ["entity", "mechanism", "claim"];

  function found(text, kinds = KINDS) {
    const asked = folded(text);
    if (!asked) return [];
    const parts = asked.split(" ");
    const hits = [];
    for (const each of names()) {
      if (!kinds.includes(each.kind)) continue;
      const rank = rankOf(each, asked, parts);
      if (rank < MISS) hits.push({ ...each, rank });
    }
    return hits.sort(order).slice(0, MOST);
  }

  const order = (one, other) =>
    one.rank + KINDS.indexOf(one.kind) * 2.5 - other.rank - KINDS.indexOf(other.kind) * 2.5 ||
    one.label.length - other.label.length || (one.id < other.id ? -1 : 1);

  function rankOf({ name, names: all }, asked, parts) {
    if (name === asked) return EXACT;
    if (all.includes(asked)) return NAME;
    if (all.some((each) => each.startsWith(asked))) return START;
    if (all.some((each) => each.includes(` ${asked}`))) return WORD;
    if (all.some((each) => parts.every((part) => each.includes(part)))) return INSIDE;
    // "exosomes" should find "exosome".
    const singular = asked.replace(/e?s$/, "");
    return singular.length > 3 && all.some((each) => each.includes(singular)) ? INSIDE + 0.5 : MISS;
  }

  // The nearest labels by shared pairs of letters, for a name that nothing has.
  function nearest(text, kinds) {
    const asked = pairs(folded(text));
    const likeness = ({ name }) => {
      const theirs = pairs(name);
      return (2 * [...asked].filter((pair) => theirs.has(pair)).length) / (asked.size + theirs.size || 1);
    };
    return names()
      .filter(({ kind }) => kind === "entity" && kinds.includes(kind))
      .map((each) => ({ ...each, likeness: likeness(each) }))
      .filter((each) => each.likeness > 0.35)
      .sort((one, other) => other.likeness - one.likeness || (one.id < other.id ? -1 : 1))
      .slice(0, 3);
  }

  const pairs = (text) => new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, i) => text.slice(i, i + 2)));

  // A combobox as ARIA describes it: the field keeps the focus, the list follows.
  function searchField(input, list, { kinds = KINDS, pick }) {
    let options = [];

    function refill() {
      const hits = found(input.value, kinds);
      const asked = input.value.trim() !== "";
      const near = asked && !hits.length ? nearest(input.value, kinds) : [];
      options = (hits.length ? hits : near).map(option);
      const note = asked && !hits.length ? [element("li", { class: "quiet", role: "presentation" }, near.length ? `${words.noName} ${words.nearest}` : words.noName)] : [];
      list.replaceChildren(...note, ...options);
      open(asked);
      mark(hits.length ? 0 : -1);
    }

    function option({ id, label, note }, position) {
      return element(
        "li",
        { id: `${list.id}-${position}`, role: "option", "data-id": id, "aria-selected": "false", mousedown: (event) => event.preventDefault(), click: () => choose(id) },
        label, " ", element("span", { class: "quiet" }, note),
      );
    }

    function open(isOpen) {
      list.hidden = !isOpen;
      input.setAttribute("aria-expanded", String(isOpen));
    }

    function mark(position) {
      options.forEach((each, i) => each.setAttribute("aria-selected", String(i === position)));
      if (options[position]) {
        input.setAttribute("aria-activedescendant", options[position].id);
        options[position].scrollIntoView({ block: "nearest" });
      } else {
        input.removeAttribute("aria-activedescendant");
      }
    }

    function choose(id) {
      open(false);
      pick(id);
    }

    function key(event) {
      const position = options.findIndex((each) => each.getAttribute("aria-selected") === "true");
      const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (move && options.length && !list.hidden) mark((position + move + options.length) % options.length);
      else if (event.key === "Enter" && options[position] && !list.hidden) choose(options[position].dataset.id);
      else if (event.key === "Escape" && !list.hidden) open(false);
      else return;
      event.preventDefault();
      event.stopPropagation();
    }

    input.addEventListener("input", refill);
    input.addEventListener("keydown", key);
    input.addEventListener("blur", () => open(false));
    return { refill, close: () => open(false) };
  }

  return { found, searchField, warmSearch: names };
})());
