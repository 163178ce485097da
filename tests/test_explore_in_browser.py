"""In a real browser, offline: the explorer page opens, answers, and runs nothing it was told."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from kg.graph import Graph
from kg.pages.views.explore import html_of, page_of

from .conftest import graph_of
from .test_explore import WORLD

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


@pytest.fixture
def context(browser: "Browser") -> Iterator["BrowserContext"]:
    made = offline(browser)
    yield made
    made.close()


def visited(context: "BrowserContext", folder: Path, html: bytes) -> Visit:
    path = folder / "page.html"
    path.write_bytes(html)
    visit = Visit(context.new_page())
    visit.page.goto(path.as_uri())
    return visit


@pytest.fixture(scope="module")
def world_page() -> bytes:
    return html_of(page_of(graph_of(WORLD)))


@pytest.fixture
def visit(context: "BrowserContext", tmp_path: Path, world_page: bytes) -> Visit:
    return visited(context, tmp_path, world_page)


def test_it_opens_without_a_request_an_error_or_a_violation(visit: Visit) -> None:
    assert visit.page.get_by_role("status").inner_text() == "4 claims between 4 things"
    assert visit.page.locator("#canvas canvas").count() == 1
    assert visit.faults == []


def test_the_real_graph_opens_and_every_view_can_be_shown(
    context: "BrowserContext", tmp_path: Path, real: Graph
) -> None:
    visit = visited(context, tmp_path, html_of(page_of(real)))
    shown = {}
    for view in visit.page.locator("[data-view]").all():
        view.evaluate("button => button.click()")
        shown[view.get_attribute("data-view")] = visit.page.get_by_role("status").inner_text()
    assert all("claim" in said for said in shown.values())
    assert shown["whole"].startswith(f"{len(real.claims)} claims")
    assert visit.faults == []


def test_the_picture_draws_something(visit: Visit) -> None:
    painted = """() => {
      const canvas = document.querySelector("#canvas canvas");
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      return new Set(new Uint32Array(data.buffer)).size;
    }"""
    visit.page.wait_for_function(f"({painted})() > 20")


def test_a_synonym_finds_the_entity_by_keyboard_alone(visit: Visit) -> None:
    visit.page.keyboard.press("/")
    visit.page.keyboard.type("up qu")
    assert visit.page.get_by_role("option").first.inner_text() == "quark drug"
    visit.page.keyboard.press("Enter")
    assert visit.page.evaluate("document.activeElement.textContent") == "quark"
    assert "evidence for and against (1)" in visit.panel
    assert visit.page.get_by_role("status").inner_text() == "4 claims between 4 things"


def test_a_name_that_is_nobodys_says_so(visit: Visit) -> None:
    visit.page.get_by_role("combobox").fill("gluon")
    assert visit.page.get_by_role("listbox").inner_text() == "Nothing has this name."


def test_the_table_leads_to_the_evidence_on_both_sides(visit: Visit) -> None:
    visit.page.get_by_role("tab", name="Table").click()
    assert visit.page.locator("#table tbody tr").count() == 4
    first = visit.page.locator("#table tbody tr").first
    assert first.inner_text().split("\t")[:3] == ["quark", "increases", "widget"]
    first.get_by_role("button", name="increases").press("Enter")
    assert "1 study for, 1 study against" in visit.panel
    against = visit.page.locator("#panel .side.against")
    assert "It fell." in against.inner_text()
    assert "second-hand" in against.inner_text()
    assert against.is_visible()
    assert "It rose." in visit.page.locator("#panel .side.for").inner_text()
    assert visit.faults == []


def test_adding_neighbours_keeps_picture_and_table_in_step(visit: Visit) -> None:
    visit.find("miR-0")
    assert visit.page.get_by_role("status").inner_text() == "1 claim between 2 things"
    visit.page.get_by_role("tab", name="Table").press("Enter")
    visit.page.locator("#table").get_by_role("button", name="one").click()
    visit.page.get_by_role("button", name="Add its neighbours").click()
    assert visit.page.get_by_role("status").inner_text() == "2 claims between 3 things"
    assert visit.page.locator("#table tbody tr").count() == 2
    assert visit.faults == []


def test_a_mechanism_is_shown_step_by_step(visit: Visit) -> None:
    visit.page.get_by_text("Mechanisms").click()
    visit.page.get_by_role("button", name="how quarks turn").click()
    assert visit.page.locator("#panel ol li").count() == 2
    assert "quark increases widget" in visit.panel


def test_light_and_dark_follow_the_system_and_the_switch(visit: Visit) -> None:
    background = "getComputedStyle(document.body).backgroundColor"
    light = visit.page.evaluate(background)
    visit.page.get_by_role("button", name="Dark").click()
    dark = visit.page.evaluate(background)
    assert light != dark
    visit.page.get_by_role("button", name="Dark").click()
    assert visit.page.evaluate(background) == light
    visit.page.evaluate("document.documentElement.removeAttribute('data-theme')")
    visit.page.emulate_media(color_scheme="dark")
    assert visit.page.evaluate(background) == dark
    assert visit.faults == []


@pytest.mark.parametrize("width", [360, 800, 1600])
def test_nothing_sticks_out_sideways(visit: Visit, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 800})
    visit.page.get_by_role("tab", name="Table").click()
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width


def test_every_control_has_a_name(visit: Visit) -> None:
    nameless = visit.page.evaluate("""() =>
      [...document.querySelectorAll("button, input, summary, a")]
        .filter((each) => !(each.textContent.trim() || each.ariaLabel || each.labels?.length))
        .map((each) => each.outerHTML)""")
    assert nameless == []


def test_without_a_claim_the_page_says_so(context: "BrowserContext", tmp_path: Path) -> None:
    visit = visited(context, tmp_path, html_of(page_of(graph_of(""))))
    assert visit.page.get_by_role("status").inner_text() == "No claims to show here"
    assert "There is no such claim in this graph." in visit.panel
    assert visit.faults == []


def victim(number: int, text: str) -> str:
    """A small world whose every text is the hostile one."""
    said = str(ox.Literal(text))
    return f"""
ent:v{number} a kg:Entity , kg:Drug ; rdfs:label {said} ; skos:definition {said} ;
    skos:altLabel "victim {number}" ; skos:altLabel {said} .
claim:v{number} a kg:Claim ; rdfs:label {said} ; rdf:subject ent:v{number} ;
    rdf:predicate kg:increases ; rdf:object ent:v{number} ; kg:atDose {said} .
study:v{number} a kg:Study ; rdfs:label {said} ; kg:registryId {said} .
src:v{number} a kg:Source ; dcterms:title {said} ; dcterms:creator {said} ; kg:doi {said} ;
    kg:url {said} ; kg:registryId {said} ; kg:unverifiedField {said} .
ev:v{number} a kg:Evidence ; kg:about claim:v{number} ; kg:fromStudy study:v{number} ;
    kg:reportedIn src:v{number} ; kg:direction kg:Supports ; kg:observed kg:AsClaimed ;
    kg:finding {said} ; kg:remark {said} ; kg:locator {said} ; kg:effectMeasure {said} .
path:v{number} a kg:Mechanism ; rdfs:label {said} ; skos:definition {said} .
path:v{number}-1 a kg:Step ; kg:stepOf path:v{number} ; kg:order 1 ; kg:via claim:v{number} .
"""


@pytest.fixture(scope="module")
def hostile(browser: "Browser", tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visit]:
    """One page full of hostile text, opened on one of its victims."""
    graph = graph_of("".join(victim(*each) for each in enumerate(HOSTILE)))
    context = offline(browser)
    html = html_of(page_of(graph, [graph.entity("victim 0")]))
    yield visited(context, tmp_path_factory.mktemp("hostile"), html)
    context.close()


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_text_is_shown_and_never_run(hostile: Visit, number: int) -> None:
    page, text = hostile.page, HOSTILE[number]
    hostile.find(f"victim {number}")
    assert page.locator("#panel h2").text_content() == text
    page.get_by_role("tab", name="Table").click()
    page.locator(f"#table tr[data-claim='claim:v{number}'] td:nth-child(2) button").click()
    assert text in (page.locator("#panel .side.for").text_content() or "")
    for link in page.locator("#panel a").all():
        assert (link.get_attribute("href") or "").startswith("https:")
        assert link.get_attribute("rel") == "noopener noreferrer"
    page.get_by_role("tab", name="Picture").click()
    page.locator("#canvas").hover()
    page.locator(f"[data-view='path:v{number}']").evaluate("button => button.click()")
    assert page.locator("#panel h2").text_content() == text
    assert page.evaluate("window.pwned") is None
    assert hostile.faults == []


def test_the_hostile_text_would_be_noticed_if_it_ran(
    context: "BrowserContext", tmp_path: Path
) -> None:
    visit = visited(context, tmp_path, f"<!DOCTYPE html><p>{HOSTILE[0]}".encode())
    assert visit.page.evaluate("window.pwned") == 1


def test_a_handler_that_slips_in_is_stopped_by_the_policy_and_noticed(visit: Visit) -> None:
    visit.page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=pwned=1>')"
    )
    visit.page.wait_for_function("window.violations.length > 0")
    assert visit.page.evaluate("window.pwned") is None
    assert any("script-src" in fault for fault in visit.faults)
