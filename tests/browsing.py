"""What tests in a real browser share: an offline Chromium, a page that is watched, hostile texts."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

CHROMIUM = Path("/usr/bin/chromium")

if not CHROMIUM.exists() and not os.environ.get("CI"):
    pytest.skip(f"{CHROMIUM} is missing; install chromium to run these", allow_module_level=True)

WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
"""


class Visit:
    """A page in an offline browser, with everything it did that it should not."""

    def __init__(self, page: "Page") -> None:
        self.page = page
        self.requests: list[str] = []
        self.errors: list[str] = []
        page.on("request", lambda request: self._note(request.url))
        page.on("console", lambda said: said.type == "error" and self.errors.append(said.text))
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _note(self, address: str) -> None:
        # A picture that is exported is drawn from a data address, which is no request.
        if not address.startswith(("file:", "data:image/svg+xml", "blob:")):
            self.requests.append(address)

    @property
    def faults(self) -> list[str]:
        violations: list[str] = self.page.evaluate("window.violations")
        return [*self.requests, *self.errors, *violations]

    def open(self, address: str) -> None:
        self.page.goto(address)
        if address != "about:blank":
            self.wait()

    def wait(self) -> None:
        self.page.wait_for_selector("html[data-ready]", state="attached")

    def find(self, name: str) -> None:
        self.page.locator("#search").fill(name)
        self.page.keyboard.press("Enter")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def tab(self, name: str) -> None:
        self.page.get_by_role("tab", name=name).click()

    @property
    def panel(self) -> str:
        return self.page.locator("#panel").inner_text()

    @property
    def heading(self) -> str:
        return self.page.locator("#panel h2").inner_text()

    @property
    def status(self) -> str:
        return self.page.get_by_role("status").inner_text()

    @property
    def visible(self) -> dict[str, list[str]]:
        seen: dict[str, list[str]] = self.page.evaluate("Explorer.visible()")
        return {name: sorted(ids) for name, ids in seen.items()}

    @property
    def rows(self) -> int:
        return self.page.locator("#table tbody tr").count()

    @property
    def focused(self) -> str:
        text: str = self.page.evaluate("document.activeElement.textContent")
        return text


def offline(browser: "Browser") -> "BrowserContext":
    """A context that lets nothing but files through and notes what the policy stops."""
    made = browser.new_context(
        offline=True,
        color_scheme="light",
        reduced_motion="reduce",
        viewport={"width": 1300, "height": 850},
    )
    made.route(
        "**/*",
        lambda route: route.continue_() if route.request.url.startswith("file:") else route.abort(),
    )
    made.add_init_script(WATCH)
    return made


def visited(context: "BrowserContext", folder: Path, html: bytes) -> Visit:
    path = folder / "page.html"
    path.write_bytes(html)
    visit = Visit(context.new_page())
    visit.open(path.as_uri())
    return visit


RUN = "window.pwned=1"
MARKUP = (
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f'"><svg onload={RUN}>',
    f"' onmouseover='{RUN}' autofocus onfocus='{RUN}",
    "<iframe srcdoc='<script>parent.pwned=1</script>'></iframe>",
    f"<a href=javascript:{RUN}>x</a>",
    f"--><script>{RUN}</script><!--",
    f"]]><script>{RUN}</script>",
    f"</style><style>@import 'x'</style><body onload={RUN}>",
    f"</title><script>{RUN}</script>",
    f"</textarea><script>{RUN}</script>",
    f"<details open ontoggle={RUN}>",
    f"<video><source onerror={RUN}></video>",
    f"<math><mtext></mtext><script>{RUN}</script></math>",
    f"<object data=javascript:{RUN}></object>",
    f"<embed src=javascript:{RUN}>",
    f"<form action=javascript:{RUN}><button>x</button></form>",
    f"<base href=javascript:{RUN}//>",
    "<meta http-equiv=refresh content='0;url=https://example.org/'>",
    "<link rel=stylesheet href=https://example.org/x.css>",
    f"<template><script>{RUN}</script></template>",
    f"<noscript><p title='</noscript><img src=x onerror={RUN}>'>",
    f"<svg><use href='data:image/svg+xml,<svg id=x onload={RUN} />#x'/></svg>",
    f"<input autofocus onfocus={RUN}>",
    f"<marquee onstart={RUN}>",
    f"<xss style=animation-name:x onanimationstart={RUN}>",
)
SCRIPTS_AND_TEMPLATES = (
    f"javascript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    f"vbscript:{RUN}",
    f"JaVaScRiPt:{RUN}",
    f"java\tscript:{RUN}",
    f"{{{{ constructor.constructor('{RUN}')() }}}}",
    f"${{{RUN}}}",
    "{% raw %}{{ 7 * 7 }}{% endraw %}",
    f"<%= {RUN} %>",
    f"#{{{RUN}}}",
    f"'-({RUN})-'",
    f'"-({RUN})-"',
    f"`-({RUN})-`",
    f"\\u003cscript\\u003e{RUN}",
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    "__proto__",
    "constructor",
)
CHARACTERS = (
    f"\u2028{RUN};//\u2029<b>",
    "\u202egnihtyna\u202c\u2066x\u2069",
    "nul\u0000nul",
    "bell\u0007 escape\u001b[31m",
    '=HYPERLINK("https://example.org")',
    "<b>" + "x" * 10_000,
    "\U0001f9ea" * 40 + "\u200b\ufeff\u0301",
)
HOSTILE = (*MARKUP, *SCRIPTS_AND_TEMPLATES, *CHARACTERS)
ADDRESSES = (
    "javascript:window.pwned=1",
    "data:text/html,%3Cscript%3Ewindow.pwned=1%3C/script%3E",
    "vbscript:window.pwned=1",
    "https://example.org/?'onclick='window.pwned=1",
    "https://example.org/#&lt;script&gt;",
)
