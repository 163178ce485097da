// The page: joins the other files, and listens to its buttons, tabs, theme and address.
"use strict";

Explorer.ready = (async () => {
  const { at, element } = Explorer;
  const words = Explorer.texts;

  // Tabs: Graph and Table stand in the template, the others are registered.

  const tabs = [
    { id: "graph", shown: () => Explorer.draw() },
    { id: "table", shown: () => Explorer.fillTable() },
  ];

  function addTab({ name, build }) {
    const id = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
    const tab = element("button", { type: "button", role: "tab", id: `tab-${id}`, "aria-controls": id, "aria-selected": "false", tabindex: "-1" }, name);
    const panel = element("div", { id, class: "sheet", role: "tabpanel", "aria-labelledby": `tab-${id}`, hidden: "" });
    at("tabs").append(tab);
    at("stage").append(panel);
    let part;
    tabs.push({
      id,
      shown() {
        part ??= build(panel) ?? {};
        part.shown?.();
      },
      hidden: () => part?.hidden?.(),
    });
  }

  Explorer.hasTab = (id) => tabs.some((tab) => tab.id === id);

  Explorer.openTab = (id) => {
    const before = tabs.find((tab) => !at(tab.id).hidden);
    for (const tab of tabs) {
      const isOpen = tab.id === id;
      at(`tab-${tab.id}`).setAttribute("aria-selected", String(isOpen));
      at(`tab-${tab.id}`).tabIndex = isOpen ? 0 : -1;
      at(tab.id).hidden = !isOpen;
    }
    document.body.dataset.tab = id;
    if (before && before.id !== id) before.hidden?.();
    tabs.find((tab) => tab.id === id).shown();
    Explorer.note({ tab: id });
    Explorer.tell("tab", id);
  };

  function listenToTabs() {
    for (const [index, { id }] of tabs.entries()) {
      at(`tab-${id}`).addEventListener("click", () => Explorer.openTab(id));
      at(`tab-${id}`).addEventListener("keydown", ({ key }) => {
        const move = { ArrowRight: 1, ArrowLeft: -1 }[key];
        if (!move) return;
        const next = tabs[(index + move + tabs.length) % tabs.length].id;
        Explorer.openTab(next);
        at(`tab-${next}`).focus();
      });
    }
  }

  // What is shown, in words.

  Explorer.said = () => {
    const { claims, chosen, entities } = Explorer.now();
    if (!claims.length) return words.nothing;
    const results = new Set(claims.flatMap((id) => Explorer.itemsOf(Explorer.claimOf(id)))).size;
    return words.shown(claims.length, chosen.length, entities.length, results);
  };

  function refresh() {
    const time = Explorer.draw();
    Explorer.resetTable();
    if (Explorer.state.tab === "table") Explorer.fillTable();
    Explorer.countLegend();
    Explorer.showPanel();
    turnButtons();
    const said = Explorer.said();
    Explorer.say(`${said}. ${words.drawn(time)}`);
    at("canvas").setAttribute("aria-label", words.picture(said));
  }

  function turnButtons() {
    const { view, article, off, years, hidden, less } = Explorer.state;
    for (const each of document.querySelectorAll("[data-view]")) each.setAttribute("aria-pressed", String(each.dataset.view === view));
    at("article").setAttribute("aria-pressed", String(article));
    at("undo").disabled = !Explorer.canUndo();
    at("redo").disabled = !Explorer.canRedo();
    at("clear").disabled = !(Object.keys(off).length || years || hidden.length || less.length);
  }

  function selected(id) {
    Explorer.showPanel();
    Explorer.markRow(id);
  }

  Explorer.undoAndSay = () => Explorer.say(Explorer.undo() ? `${words.undone} ${Explorer.said()}.` : words.nothingToUndo);
  Explorer.redoAndSay = () => Explorer.say(Explorer.redo() ? `${words.redone} ${Explorer.said()}.` : words.nothingToRedo);

  // Light and dark: the system, unless the reader says otherwise.

  const systemDark = matchMedia("(prefers-color-scheme: dark)");

  function applyTheme() {
    const chosen = at("theme").value;
    if (chosen === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = chosen;
    Explorer.repaint();
    Explorer.tell("theme", chosen === "auto" ? (systemDark.matches ? "dark" : "light") : chosen);
  }

  // Menus close when something else is chosen, and on Escape.

  function listenToMenus() {
    const menus = [...document.querySelectorAll("details.menu")];
    const closeOthers = (target) => menus.filter((menu) => !menu.contains(target)).forEach((menu) => menu.removeAttribute("open"));
    document.addEventListener("pointerdown", ({ target }) => closeOthers(target));
    document.addEventListener("focusin", ({ target }) => closeOthers(target));
    for (const menu of menus) {
      menu.addEventListener("keydown", ({ key }) => {
        if (key !== "Escape" || !menu.open) return;
        menu.removeAttribute("open");
        menu.querySelector("summary").focus();
      });
    }
  }

  const closeMenu = (button) => button.closest("details.menu")?.removeAttribute("open");

  // Paths: two fields, each with the same search.

  const ends = { from: "", to: "" };

  function listenToPaths() {
    for (const end of ["from", "to"]) {
      const input = at(`path-${end}`);
      Explorer.searchField(input, at(`path-${end}-found`), { kinds: ["entity"], pick: (id) => setEnd(end, id) });
      input.addEventListener("input", () => (ends[end] = ""));
    }
    at("find-paths").addEventListener("click", findPaths);
  }

  function setEnd(end, id) {
    ends[end] = id;
    at(`path-${end}`).value = Explorer.entityOf(id).label;
    (end === "from" && !ends.to ? at("path-to") : at("find-paths")).focus();
  }

  function findPaths() {
    // What was typed but not picked counts when a thing has exactly that name.
    for (const end of ["from", "to"]) ends[end] ||= Explorer.found(at(`path-${end}`).value, ["entity"])[0]?.id ?? "";
    if (!ends.from || !ends.to || ends.from === ends.to) return void (at("paths-said").textContent = words.pathsNeedTwo);
    at("paths-said").textContent = "";
    at("paths").removeAttribute("open");
    Explorer.showPaths(ends.from, ends.to);
    Explorer.readPanel();
  }

  Explorer.askPaths = (known) => {
    at("paths").setAttribute("open", "");
    for (const [end, id] of Object.entries(known)) {
      ends[end] = id;
      at(`path-${end}`).value = Explorer.entityOf(id).label;
    }
    at(known.from ? "path-to" : "path-from").focus();
  };

  // The link to this view.

  async function copyLink() {
    try {
      await navigator.clipboard.writeText(location.href);
      Explorer.say(words.linkCopied);
    } catch {
      Explorer.say(words.linkInBar);
    }
  }

  Explorer.toggleHelp = () => (at("help").open ? at("help").close() : at("help").showModal());

  function listen() {
    const click = (id, act) => at(id).addEventListener("click", act);
    for (const each of document.querySelectorAll("[data-view]")) {
      each.addEventListener("click", () => {
        closeMenu(each);
        Explorer.showView(each.dataset.view);
      });
    }
    for (const each of document.querySelectorAll("[data-export]")) {
      each.addEventListener("click", () => {
        closeMenu(each);
        Explorer.save(each.dataset.export);
      });
    }
    click("zoom-in", () => Explorer.zoom(1.3));
    click("zoom-out", () => Explorer.zoom(1 / 1.3));
    click("fit", () => (Explorer.note({ lens: null }), Explorer.fit()));
    click("undo", Explorer.undoAndSay);
    click("redo", Explorer.redoAndSay);
    click("clear", Explorer.clearFilters);
    click("article", () => Explorer.setArticle(!Explorer.state.article));
    click("link", copyLink);
    click("open-help", Explorer.toggleHelp);
    click("close-help", Explorer.toggleHelp);
    at("theme").addEventListener("change", applyTheme);
    systemDark.addEventListener("change", applyTheme);
    window.addEventListener("hashchange", () => Explorer.parsed(location.hash) && Explorer.become(stateOf(location.hash)));
    for (const skip of document.querySelectorAll(".skip")) skip.addEventListener("click", skipTo);
    new ResizeObserver(resized()).observe(at("canvas"));
    window.addEventListener("beforeprint", () => Explorer.showAllRows());
    Explorer.searchField(at("search"), at("found"), { pick: found });
    Explorer.on("change", refresh);
    Explorer.on("select", selected);
    listenToTabs();
    listenToMenus();
    listenToPaths();
    Explorer.listenToKeys();
  }

  // The fragment is the view, so these links move the focus themselves.
  function skipTo(event) {
    event.preventDefault();
    document.querySelector(event.target.getAttribute("href")).focus();
  }

  // A picture that the reader has not moved fits its room again.
  function resized() {
    let waiting;
    let before = at("canvas").clientWidth;
    return () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        const now = at("canvas").clientWidth;
        if (now && now !== before && !Explorer.state.lens) Explorer.draw();
        before = now || before;
      }, 150);
    };
  }

  function found(id) {
    at("search").value = "";
    if (Explorer.entityOf(id)) Explorer.focus(id);
    else if (Object.hasOwn(Explorer.data.mechanisms, id)) Explorer.showView(id);
    else showClaim(id);
    // The picture is what was asked for: the heading is read out, and nothing scrolls.
    at("panel").querySelector("h2").focus({ preventScroll: true });
  }

  function showClaim(id) {
    if (Explorer.now().claims.includes(id)) return Explorer.pick(id);
    Explorer.choose({ claims: [id], selected: id });
  }

  function stateOf(fragment) {
    const asked = Explorer.parsed(fragment);
    if (asked && !Explorer.isEmpty(asked)) return asked;
    const start = Explorer.data.views[Explorer.data.start];
    const only = start.arrangement === "bands" && start.entities?.length === 1 ? start.entities[0] : "";
    return { ...Explorer.EMPTY, ...asked, view: Explorer.data.start, selected: asked?.selected || only };
  }

  // Start.

  // The data may be there before a long page has been read, and its last scripts register tabs.
  function read() {
    if (document.readyState !== "loading") return null;
    return new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve, { once: true }));
  }

  Explorer.load(await Explorer.unpacked("data"));
  await read();
  Explorer.tabs.forEach(addTab);
  Explorer.buildLegend();
  at("rail").open = !Explorer.isNarrow();
  listen();
  const { lens, ...start } = stateOf(location.hash);
  document.body.dataset.tab = start.tab;
  Explorer.state = { ...start, lens };
  if (start.tab !== "graph") Explorer.openTab(start.tab);
  Explorer.become({ ...start, lens });
  document.documentElement.dataset.ready = "yes";
  const later = window.requestIdleCallback ?? ((work) => setTimeout(work, 300));
  later(() => Explorer.warmSearch());
})();
