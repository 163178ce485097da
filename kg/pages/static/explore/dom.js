// Small tools: elements, links, text and downloads. Text from the graph becomes text, never
// markup, and an address becomes a link only where it is http or https.
"use strict";

Object.assign(Explorer, (() => {
  const SVG = "http://www.w3.org/2000/svg";
  const at = (id) => document.getElementById(id);

  // element("p", { class: "x" }, "text", child); a function among the attributes listens.
  function element(name, attributes = {}, ...children) {
    return filled(document.createElement(name), attributes, children);
  }

  function svg(name, attributes = {}, ...children) {
    return filled(document.createElementNS(SVG, name), attributes, children);
  }

  function filled(made, attributes, children) {
    for (const [key, value] of Object.entries(attributes)) {
      if (typeof value === "function") made.addEventListener(key, value);
      else if (value !== undefined && value !== null) made.setAttribute(key, value);
    }
    made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
    return made;
  }

  const button = (label, press, attributes = {}) =>
    element("button", { type: "button", click: press, ...attributes }, label);
  const textButton = (label, press, attributes = {}) => button(label, press, { class: "link", ...attributes });

  function link(text, address) {
    const target = webAddress(address);
    if (!target) return element("span", {}, text);
    return element("a", { href: target, rel: "noopener noreferrer", target: "_blank" }, text);
  }

  function webAddress(address) {
    try {
      const target = new URL(address);
      return /^https?:$/.test(target.protocol) ? target.href : null;
    } catch {
      return null;
    }
  }

  // A list of names and values; values are strings or elements.
  function facts(rows) {
    const known = rows.filter(([, value]) => value !== undefined && value !== "" && value?.length !== 0);
    if (!known.length) return null;
    const row = ([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, commas(value)));
    return element("dl", { class: "facts" }, known.map(row));
  }

  const commas = (value) =>
    Array.isArray(value) ? value.flatMap((each, index) => (index ? [", ", each] : [each])) : value;

  const folded = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/[\s_-]+/g, " ").trim();

  function download(name, content, type) {
    const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
    const anchor = element("a", { href: address, download: name });
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  }

  const isNarrow = () => window.innerWidth < 900;
  const isCalm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

  function say(text) {
    at("status").textContent = text;
  }

  return { at, element, svg, button, textButton, link, webAddress, facts, folded, download, isNarrow, isCalm, say };
})());
