"""What tests in a real browser share: an offline Chromium, a page that is watched, hostile texts."""

import os
from collections.abc import Iterator
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
HOSTILE = (
    "<script>window.pwned=1</script>",
    "</script><script>window.pwned=1</script>",
    "<img src=x onerror=window.pwned=1>",
    '"><svg onload=window.pwned=1>',
    "' onmouseover='window.pwned=1' autofocus onfocus='window.pwned=1",
    "<iframe srcdoc='<script>parent.pwned=1</script>'></iframe>",
    "javascript:window.pwned=1",
    "data:text/html,<script>window.pwned=1</script>",
    "<a href=javascript:window.pwned=1>x</a>",
    "--><script>window.pwned=1</script><!--",
    "]]><script>window.pwned=1</script>",
    "{{ constructor.constructor('window.pwned=1')() }}",
    "</style><style>@import 'x'</style><body onload=window.pwned=1>",
    "\u2028window.pwned=1;//\u2029<b>",
)


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
        if not address.startswith("file:"):
            self.requests.append(address)

    @property
    def faults(self) -> list[str]:
        violations: list[str] = self.page.evaluate("window.violations")
        return [*self.requests, *self.errors, *violations]

    def find(self, name: str) -> None:
        self.page.get_by_role("combobox").fill(name)
        self.page.keyboard.press("Enter")

    @property
    def panel(self) -> str:
        return self.page.locator("#panel").inner_text()


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"]
        )
        yield chromium
        chromium.close()


def offline(browser: "Browser") -> "BrowserContext":
    """A context that lets nothing but files through and notes what the policy stops."""
    made = browser.new_context(
        offline=True, color_scheme="light", viewport={"width": 1300, "height": 850}
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
    visit.page.goto(path.as_uri())
    return visit
