// What a reader, a permalink or another script can do; each is one change of the state.
"use strict";

Object.assign(Explorer, (() => {
  const isKnown = (id) => Boolean(Explorer.claimOf(id) || Explorer.entityOf(id) || Object.hasOwn(Explorer.data.mechanisms, id));

  function showView(name) {
    const { mechanism, entities = [], arrangement } = Explorer.data.views[name];
    const only = arrangement === "bands" && entities.length === 1 ? entities[0] : "";
    Explorer.choose({ view: name, selected: mechanism ?? only, article: name === "article" });
  }

  const focus = (id, hops = 1) => Explorer.choose({ around: [id], hops, selected: id });

  function showPaths(from, to) {
    if (![from, to].every(Explorer.entityOf)) return;
    Explorer.choose({ route: [from, to], selected: "" });
  }

  function expand(id) {
    const { also, less, hidden } = Explorer.state;
    const without = (list) => list.filter((each) => each !== id);
    Explorer.change({ also: [...without(also), id], less: without(less), hidden: without(hidden), selected: id });
  }

  function collapse(id) {
    const { also, less } = Explorer.state;
    const wasExpanded = also.includes(id);
    Explorer.change({
      also: also.filter((each) => each !== id),
      less: wasExpanded ? less : [...less, id],
      selected: id,
    });
  }

  function hide(id) {
    const { hidden, also } = Explorer.state;
    Explorer.change({ hidden: [...hidden, id], also: also.filter((each) => each !== id), selected: "" });
  }

  function show(iris) {
    const ids = [...new Set(iris.map(Explorer.short))];
    const claims = ids.filter(Explorer.claimOf);
    const things = ids.filter(Explorer.entityOf);
    if (claims.length + things.length) Explorer.choose({ claims, things, selected: "" });
    return claims.length + things.length;
  }

  // Opens the panel; the picture and the table mark it. Nothing moves the focus.
  function pick(id) {
    Explorer.note({ selected: id });
    Explorer.mark(id);
    Explorer.tell("select", id);
  }

  function select(iri) {
    const id = Explorer.short(iri);
    if (!isKnown(id)) return false;
    pick(id);
    return true;
  }

  // From a link in a panel or a table: brings the thing into the picture, and reads the panel.
  function open(id) {
    if (Explorer.entityOf(id) && !Explorer.now().entities.includes(id)) focus(id);
    else pick(id);
    Explorer.readPanel();
  }

  function setOff(facet, values) {
    const { off } = Explorer.state;
    const { [facet]: _, ...others } = off;
    Explorer.change({ off: values.length ? { ...others, [facet]: values } : others });
  }

  return {
    showView, focus, showPaths, expand, collapse, hide, show, pick, select, open, setOff,
    setYears: (years) => Explorer.change({ years }),
    setArticle: (article) => Explorer.change({ article }),
    clearFilters: () => Explorer.change({ off: {}, years: null, hidden: [], less: [] }),
  };
})());
