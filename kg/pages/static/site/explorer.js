// In a site, the explorer leads back: to the front page, and from each panel to its page.
// The addresses are what kg/pages/views/site wrote as the packed block "site".
"use strict";

(() => {
  const { element } = Explorer;
  const own = "own-page";
  let addresses = {};

  // The panel is made anew whenever something is selected, so the link is put in anew as well.
  function addLink() {
    const panel = document.getElementById("panel");
    const address = addresses[Explorer.state?.selected];
    if (!address || panel.querySelector(`.${own}`)) return;
    panel.querySelector("h2")?.after(element("p", { class: own }, element("a", { href: address }, "Its own page")));
  }

  document.querySelector("header .notice")?.append(" ", element("a", { href: "index.html" }, "All pages"));
  new MutationObserver(addLink).observe(document.getElementById("panel"), { childList: true });
  Explorer.unpacked("site").then((found) => {
    addresses = found;
    addLink();
  });
})();
