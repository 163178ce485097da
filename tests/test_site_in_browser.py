"""In a real browser, offline, from a folder: the pages are readable, findable and run nothing they were told."""

import importlib.resources
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.folders import write_folder
from kg.graph import Graph
from kg.pages.addresses import FOLDERS
from kg.pages.views.site import files_of
from kg.results import printable

from .browsing import HOSTILE, Visit, offline
from .conftest import graph_of
from .test_site import DAY, TINY, victim

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

ONE_OF_EACH = (
    "index.html",
    "claims.html",
    "entities.html",
    "reading.html",
    "claim/quark-increases-count.html",
    "entity/quark-therapy.html",
    "study/{study}.html",
    "source/{source}.html",
    "mechanism/quarks-wake-widgets.html",
    "conflict/do-quarks-help.html",
    "document/{document}.html",
    "document/{passage}.html",
    "audit/{document}.html",
    "gaps.html",
)


AXE = """async () => {
  const { violations, passes } = await axe.run(document, { resultTypes: ["violations"] });
  const faults = violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html.slice(0, 160))]);
  return [faults, passes.map(({ id }) => id)];
}"""
LOOK = """() => [
  document.documentElement.scrollWidth,
  [...new Set([...document.links].map((link) => link.protocol))],
  window.pwned,
]"""
ALLOWED = {"file:", "https:", "http:"}


@pytest.fixture(scope="module")
def tiny() -> Graph:
    return graph_of(TINY.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def folder(tiny: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the tiny graph, written and then moved, as to a USB stick."""
    home = tmp_path_factory.mktemp("site")
    write_folder(home / "here", files_of(tiny, DAY), marker=".site")
    return Path(shutil.move(home / "here", home / "another place"))


@pytest.fixture(scope="module")
def addresses(tiny: Graph) -> list[str]:
    """One page of each kind."""
    first = {
        "study": next(iter(tiny.studies)),
        "source": next(iter(tiny.sources)),
        "document": next(iter(tiny.documents)),
        "passage": next(iter(tiny.passages)),
    }
    slugs = {name: iri.rpartition("/")[2] for name, iri in first.items()}
    return [address.format(**slugs) for address in ONE_OF_EACH]


@pytest.fixture
def context(browser: "Browser") -> Iterator["BrowserContext"]:
    made = offline(browser)
    yield made
    made.close()


@pytest.fixture
def visit(context: "BrowserContext", folder: Path) -> Visit:
    visit = Visit(context.new_page())
    visit.page.goto((folder / "index.html").as_uri())
    return visit


def found(page: "Page", text: str) -> list[str]:
    """What the search box offers for a text."""
    page.get_by_role("searchbox").fill(text)
    page.wait_for_function("document.querySelector('#search-status').textContent")
    return page.locator("#found li").all_inner_texts()


def test_every_kind_of_page_opens_without_a_request_an_error_or_a_violation(
    visit: Visit, folder: Path, addresses: list[str]
) -> None:
    for address in addresses:
        visit.page.goto((folder / address).as_uri())
        assert visit.page.get_by_role("heading", level=1).is_visible()
        assert visit.page.evaluate("document.styleSheets.length") == 2
        assert visit.faults == [], address


def test_search_finds_by_name_synonym_and_identifier_from_the_keyboard_alone(visit: Visit) -> None:
    visit.page.keyboard.press("/")
    visit.page.keyboard.type("strange qu")
    visit.page.wait_for_selector("#found a")
    visit.page.keyboard.press("ArrowDown")
    assert visit.page.evaluate("document.activeElement.textContent").startswith("strange quark")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url("**/entity/strange-quark-therapy.html")
    assert found(visit.page, "squark pill")[0] == "squark entity"
    assert found(visit.page, "HGNC:99999999")[0] == "gluon entity"
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url("**/entity/gluon.html")
    assert visit.faults == []


def test_a_name_that_is_nobodys_says_so_and_escape_closes_the_search(visit: Visit) -> None:
    assert found(visit.page, "zzzz") == ["Nothing has this name."]
    visit.page.keyboard.press("Escape")
    assert not visit.page.locator("#found").is_visible()


def test_a_missing_index_is_told_and_breaks_nothing(
    context: "BrowserContext", folder: Path, tmp_path: Path
) -> None:
    copy = shutil.copytree(folder, tmp_path / "copy")
    (copy / "assets" / "search-index.js").unlink()
    visit = Visit(context.new_page())
    visit.page.goto((copy / "index.html").as_uri())
    assert found(visit.page, "quark") == ["The search index is missing from this folder."]


def test_without_scripts_everything_but_search_is_there(
    browser: "Browser", folder: Path, addresses: list[str]
) -> None:
    context = browser.new_context(offline=True, java_script_enabled=False)
    page = context.new_page()
    for address in addresses:
        page.goto((folder / address).as_uri())
        assert page.get_by_role("heading", level=1).is_visible()
        assert not page.locator("#search").is_visible()
        assert not page.locator("#theme").is_visible()
    page.goto((folder / "index.html").as_uri())
    page.get_by_role("navigation", name="Site").get_by_role("link", name="Entities").click()
    page.get_by_role("link", name="quark therapy", exact=True).click()
    page.locator("a.claim").first.click()
    assert page.get_by_role("heading", name="Against").is_visible()
    context.close()


def test_a_page_and_the_explorer_lead_to_each_other(visit: Visit, folder: Path) -> None:
    visit.page.goto((folder / "entity" / "quark-therapy.html").as_uri())
    visit.page.get_by_role("link", name="Show in the explorer").click()
    visit.page.wait_for_selector("#panel .own-page a")
    assert visit.page.locator("#panel h2").inner_text() == "quark therapy"
    visit.page.locator("#panel .own-page a").click()
    visit.page.wait_for_url("**/entity/quark-therapy.html")
    assert visit.faults == []


def test_light_and_dark_follow_the_system_and_a_choice_is_kept(visit: Visit, folder: Path) -> None:
    background = "getComputedStyle(document.body).backgroundColor"
    light = visit.page.evaluate(background)
    visit.page.emulate_media(color_scheme="dark")
    dark = visit.page.evaluate(background)
    assert light != dark
    visit.page.get_by_role("button", name="Light").click()
    assert visit.page.evaluate(background) == light
    visit.page.goto((folder / "claims.html").as_uri())
    assert visit.page.evaluate(background) == light


@pytest.mark.parametrize("width", [360, 800, 1600])
def test_nothing_sticks_out_sideways(
    visit: Visit, folder: Path, addresses: list[str], width: int
) -> None:
    visit.page.set_viewport_size({"width": width, "height": 800})
    for address in addresses:
        visit.page.goto((folder / address).as_uri())
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width, address


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault(
    browser: "Browser", folder: Path, addresses: list[str], scheme: str
) -> None:
    script = importlib.resources.files("axe_playwright_python").joinpath("axe.min.js")
    context = browser.new_context(offline=True, color_scheme=scheme)
    page = context.new_page()
    found = {}
    for address in addresses:
        page.goto((folder / address).as_uri())
        page.evaluate(script.read_text(encoding="utf-8"))
        found[address], passed = page.evaluate(AXE)
        assert "color-contrast" in passed
    context.close()
    assert {address: faults for address, faults in found.items() if faults} == {}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site in which each hostile text is every text of one thing of each kind."""
    graph = graph_of("".join(victim(text, f"v{n}") for n, text in enumerate(HOSTILE)))
    folder = tmp_path_factory.mktemp("hostile") / "site"
    write_folder(folder, files_of(graph, DAY), marker=".site")
    return folder


@pytest.mark.parametrize("kind", [*sorted(set(FOLDERS.values())), "audit", "."])
def test_hostile_text_is_shown_on_every_page_of_a_kind_and_never_run(
    context: "BrowserContext", hostile: Path, kind: str
) -> None:
    paths = sorted(path for path in (hostile / kind).glob("*.html") if path.name != "explore.html")
    assert len(paths) >= (8 if kind == "." else len(HOSTILE))
    visit = Visit(context.new_page())
    visit.page.set_viewport_size({"width": 360, "height": 800})
    for path in paths:
        visit.page.goto(path.as_uri())
        width, protocols, pwned = visit.page.evaluate(LOOK)
        assert (width <= 360, set(protocols) - ALLOWED, pwned) == (True, set(), None), path.name
        assert visit.faults == [], path.name


def test_hostile_text_is_found_as_text_and_never_run(
    context: "BrowserContext", hostile: Path
) -> None:
    visit = Visit(context.new_page())
    visit.page.goto((hostile / "index.html").as_uri())
    assert found(visit.page, "known")[-1] == f"and {len(HOSTILE) - 30} more; type another word"
    for number, text in enumerate(HOSTILE):
        shown = found(visit.page, f"known as v{number}")[0]
        assert shown.split() == [*printable(text[:400]).split(), "entity"]
        visit.page.get_by_role("searchbox").fill(text[:60])
        assert visit.page.evaluate("window.pwned") is None
    assert visit.faults == []


def test_the_hostile_text_would_be_noticed_if_it_ran(
    context: "BrowserContext", tmp_path: Path
) -> None:
    page = context.new_page()
    for number, text in enumerate(HOSTILE[:3]):
        path = tmp_path / f"{number}.html"
        path.write_text(f"<!DOCTYPE html><p>{text}", encoding="utf-8")
        page.goto(path.as_uri())
        page.wait_for_function("window.pwned === 1")


def test_a_script_that_slips_in_is_stopped_by_the_policy_and_noticed(visit: Visit) -> None:
    visit.page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=pwned=1>')"
    )
    visit.page.wait_for_function("window.violations.length > 0")
    assert visit.page.evaluate("window.pwned") is None
    assert any("script-src" in fault for fault in visit.faults)
