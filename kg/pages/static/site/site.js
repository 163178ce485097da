// The site's two conveniences: search, and light or dark. Every page works without them.
//
//   search      the index is a script beside this one, loaded when the search box is first used;
//               text from it reaches the page through textContent only
//   theme       kept in local storage where the browser allows it
//
// "/" goes to the search box, arrows move through what was found, Escape leaves.
(() => {
  "use strict";

  const ROOT = new URL("..", document.currentScript.src);
  const INDEX = new URL("search-index.js", document.currentScript.src);
  const THEME = "hairkg-theme";
  const MOST_SHOWN = 30;

  const at = (id) => document.getElementById(id);

  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  // Light and dark.

  function remembered() {
    try {
      return localStorage.getItem(THEME);
    } catch {
      return null;
    }
  }

  function isDark() {
    const { theme } = document.documentElement.dataset;
    return theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }

  function turn(theme) {
    document.documentElement.dataset.theme = theme;
    try {
      localStorage.setItem(THEME, theme);
    } catch {
      // A page from a folder may have no storage; the choice then holds for this page.
    }
  }

  function labelTheme() {
    at("theme").textContent = isDark() ? "Light" : "Dark";
  }

  const chosen = remembered();
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;

  // The index.

  let loading;

  function index() {
    loading ??= new Promise((done, failed) => {
      const script = element("script", { src: INDEX.href });
      script.addEventListener("load", () => done(prepared(globalThis.hairkgIndex)));
      script.addEventListener("error", failed);
      document.head.append(script);
    });
    return loading;
  }

  const folded = (text) =>
    text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[\s_–—-]+/g, " ").trim();

  function prepared({ kinds, pages }) {
    return pages.map(([kind, label, file, also]) => ({
      kind,
      label,
      also,
      word: kinds[kind][0],
      address: new URL(`${kinds[kind][1]}${file}.html`, ROOT).href,
      name: folded(label),
      names: also ? also.split("\n").map(folded) : [],
      text: ` ${folded(`${label} ${also}`)}`,
    }));
  }

  // Every word must begin a word of the page. Exact names win, then names that begin so.
  function search(pages, asked) {
    const wanted = folded(asked);
    const words = wanted.split(" ").filter(Boolean);
    if (!words.length) return [];
    return pages
      .filter((page) => words.every((word) => page.text.includes(` ${word}`) || page.text.includes(`:${word}`) || page.text.includes(`(${word}`)))
      .map((page) => ({ page, rank: rankOf(page, wanted, words) }))
      .sort((one, other) => one.rank - other.rank || one.page.kind - other.page.kind || one.page.name.length - other.page.name.length)
      .map(({ page }) => page);
  }

  function rankOf(page, wanted, words) {
    if (page.name === wanted) return 0;
    if (page.names.includes(wanted)) return 1;
    if (page.names.some((name) => name.endsWith(`:${wanted}`))) return 1;
    if (page.name.startsWith(wanted)) return 2;
    if (page.names.some((name) => name.startsWith(wanted))) return 3;
    return words.every((word) => ` ${page.name}`.includes(` ${word}`)) ? 4 : 5;
  }

  // What was found.

  let asked = 0;

  async function find() {
    const box = at("search");
    const turnOf = (asked += 1);
    if (!box.value.trim()) return close();
    let pages;
    try {
      pages = await index();
    } catch {
      return tell([element("li", { class: "none" }, "The search index is missing from this folder.")], "The search index is missing.");
    }
    // Slow answers to what was typed before must not replace the answer to what is typed now.
    if (turnOf !== asked) return undefined;
    const found = search(pages, box.value);
    const rows = found.slice(0, MOST_SHOWN).map(row);
    if (found.length > MOST_SHOWN) rows.push(element("li", { class: "none" }, `and ${found.length - MOST_SHOWN} more; type another word`));
    if (!found.length) rows.push(element("li", { class: "none" }, "Nothing has this name."));
    return tell(rows, found.length === 1 ? "1 page found" : `${found.length} pages found`);
  }

  function row(page) {
    const label = element("bdi", {}, page.label);
    const kind = element("span", { class: "quiet" }, ` ${page.word}`);
    return element("li", {}, element("a", { href: page.address }, label, kind));
  }

  function tell(rows, status) {
    at("found").replaceChildren(...rows);
    at("found").hidden = false;
    at("search-status").textContent = status;
  }

  function close() {
    at("found").replaceChildren();
    at("found").hidden = true;
    at("search-status").textContent = "";
  }

  function move(event) {
    const stops = [at("search"), ...at("found").querySelectorAll("a")];
    const here = stops.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") {
      close();
      at("search").focus();
    } else if (event.key === "Enter" && here === 0 && stops.length > 1) {
      stops[1].click();
    } else if (step && here >= 0) {
      stops[(here + step + stops.length) % stops.length].focus();
    } else {
      return;
    }
    event.preventDefault();
  }

  function shortcut(event) {
    const writes = event.target.closest?.("input, textarea, [contenteditable]");
    if (event.key !== "/" || writes || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    at("search").focus();
  }

  document.addEventListener("DOMContentLoaded", () => {
    const box = document.querySelector(".search");
    box.hidden = false;
    at("search").addEventListener("input", find);
    at("search").addEventListener("focus", () => index().catch(() => {}));
    box.addEventListener("keydown", move);
    document.addEventListener("keydown", shortcut);
    document.addEventListener("click", (event) => box.contains(event.target) || close());
    at("theme").hidden = false;
    at("theme").addEventListener("click", () => {
      turn(isDark() ? "light" : "dark");
      labelTheme();
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", labelTheme);
    labelTheme();
  });
})();
