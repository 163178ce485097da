"""In a real browser, offline: the map of what was studied, by pointer, by keyboard and on paper.

Every test ends without a request, a console error or a violation of the page's policy.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Self

import pyoxigraph as ox
import pytest

from kg.gaps import Slice
from kg.graph import Graph
from kg.pages.views.gaps import html_of, page_of

from . import browsing
from .conftest import graph_of
from .test_gaps import FOR, NULL, TRIAL, WORLD, claimed, map_of, result

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CONTRASTS = """
() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const pixel = (colour) => {
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const channel = (value) => (value <= 10 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  const light = (rgb) => rgb.map(channel).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const page = getComputedStyle(document.body).backgroundColor;
  return [...document.querySelectorAll("#gaps-map td:not(.corner)")].map((cell) => {
    const style = getComputedStyle(cell);
    pixel(page);
    const [dark, bright] = [pixel(style.backgroundColor), pixel(style.color)].map(light).sort((a, b) => a - b);
    return [cell.className, (bright + 0.05) / (dark + 0.05)];
  });
}
"""
FEW = WORLD + result(FOR, TRIAL) + result(NULL, TRIAL, "kg:sampleSize 900", study="b")


class Visit(browsing.Visit):
    """A map in an offline browser. On leaving it must have done nothing that it should not."""

    def __init__(self, browser: "Browser", path: Path, graph: Graph, **settings: object) -> None:
        found = map_of(graph)
        page = page_of(graph, found, found.treatments, found.outcomes, Slice())
        path.write_bytes(html_of(page))
        self._context = browser.new_context(offline=True, **settings)  # type: ignore[arg-type]
        self._context.add_init_script(browsing.WATCH)
        super().__init__(self._context.new_page())
        self.page.goto(path.as_uri())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        faults, pwned = self.faults, self.page.evaluate("window.pwned")
        self._context.close()
        assert (faults, pwned) == ([], None)

    def cell(self, row: int, column: int) -> str:
        rows = self.page.locator("#gaps-map tbody tr:not(.group)")
        return rows.nth(row).locator("td").nth(column).get_attribute("aria-label") or ""

    @property
    def panel(self) -> str:
        return self.page.locator("#gaps-panel").inner_text()


def test_another_population_and_design_redraw_every_cell(
    browser: "Browser", tmp_path: Path
) -> None:
    with Visit(browser, tmp_path / "gaps.html", graph_of(FEW)) as visit:
        before = visit.cell(0, 0)
        assert before.startswith("disputed, low certainty (1 for, 1 against")
        visit.page.select_option("#gaps-population", "women")
        assert visit.cell(0, 0) == "not told apart"
        assert (
            "In women, by any design: 1 not told apart, 1 never looked."
            in visit.page.inner_text("#gaps-slice")
        )
        visit.page.select_option("#gaps-population", "people")
        visit.page.select_option("#gaps-design", "cohort")
        assert visit.cell(0, 0) == "never looked"
        visit.page.select_option("#gaps-design", "")
        assert visit.cell(0, 0) == before


def test_the_arrow_keys_walk_the_table_and_the_panel_follows(
    browser: "Browser", tmp_path: Path
) -> None:
    with Visit(browser, tmp_path / "gaps.html", graph_of(FEW)) as visit:
        visit.page.locator("#gaps-map td[tabindex]").focus()
        assert "quark × slow decay" in visit.panel
        assert "quark treats slow decay" in visit.panel
        visit.page.keyboard.press("ArrowRight")
        assert "quark × slower decay" in visit.panel
        assert "No result is recorded for this pair" in visit.panel
        visit.page.keyboard.press("ArrowRight")  # there is nothing further
        assert "quark × slower decay" in visit.panel
        assert visit.page.locator("#gaps-map td[tabindex]").count() == 1


def test_rows_and_columns_without_results_can_be_put_away(
    browser: "Browser", tmp_path: Path
) -> None:
    with Visit(browser, tmp_path / "gaps.html", graph_of(FEW)) as visit:
        heads = visit.page.locator("#gaps-map thead tr:last-child th:visible")
        assert heads.all_inner_texts() == ["slow decay", "slower decay"]
        visit.page.check("#gaps-studied")
        assert heads.all_inner_texts() == ["slow decay"]
        visit.page.select_option("#gaps-population", "animals")
        assert heads.count() == 0
        visit.page.uncheck("#gaps-studied")
        assert heads.count() == 2


def test_what_is_indirect_can_be_left_out(browser: "Browser", tmp_path: Path) -> None:
    text = FEW.replace("ent:pill a kg:Entity , kg:DrugClass", "ent:pill a kg:Entity , kg:Drug")
    with Visit(browser, tmp_path / "gaps.html", graph_of(text)) as visit:
        assert ", indirect (" in visit.cell(0, 0)
        visit.page.check("#gaps-direct")
        assert visit.cell(0, 0) == "never looked"
        assert visit.cell(1, 0).startswith("disputed")


@pytest.mark.parametrize("width", [360, 1400])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_never_scrolls_sideways_and_every_mark_can_be_read(
    browser: "Browser", tmp_path: Path, real: Graph, width: int, scheme: str
) -> None:
    settings = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    with Visit(browser, tmp_path / "gaps.html", real, **settings) as visit:
        assert visit.page.evaluate("document.documentElement.scrollWidth") == width
        assert visit.page.evaluate(
            "(box => box.scrollWidth > box.clientWidth)(document.querySelector('.scroll'))"
        )
        faint = {name for name, contrast in visit.page.evaluate(CONTRASTS) if contrast < 4.5}
        assert faint == set()


def test_the_page_can_be_read_without_scripts(browser: "Browser", tmp_path: Path) -> None:
    graph = graph_of(FEW)
    found = map_of(graph)
    path = tmp_path / "gaps.html"
    path.write_bytes(html_of(page_of(graph, found, found.treatments, found.outcomes, Slice())))
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(path.as_uri())
    assert page.locator("#gaps-map td.disputed").count() == 1
    assert not page.locator("#gaps-choose").is_visible()
    page.locator(".words summary").click()
    words = page.locator(".words").inner_text()
    assert "disputed, low certainty (1 for, 1 against" in words
    assert "Without a result: slower decay." in words
    context.close()


def test_no_text_of_the_graph_runs_as_code(browser: "Browser", tmp_path: Path) -> None:
    world = WORLD
    for number, evil in enumerate(browsing.HOSTILE):
        drug = f"ent:x{number} a kg:Entity , kg:Drug ; rdfs:label {ox.Literal(evil)} .\n"
        world += drug + claimed(f"x{number}", f"x{number}", "slow")
        world += result(FOR, TRIAL, claim=f"x{number}")
    with Visit(browser, tmp_path / "gaps.html", graph_of(world)) as visit:
        cells = visit.page.locator("#gaps-map tbody tr:not(.group) td:first-of-type")
        assert cells.count() == len(browsing.HOSTILE) + 1
        for cell in cells.all()[::5]:
            cell.click()
        visit.page.select_option("#gaps-population", "women")
        assert "not told apart" in visit.page.inner_text("#gaps-slice")
