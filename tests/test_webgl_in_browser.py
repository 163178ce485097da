"""In a real browser, offline: thousands of claims are drawn with WebGL, and without it all the same."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.graph import Graph
from kg.pages.views.explore import Wish, html_of, page_of
from kg.pages.views.webgl import FEWEST_CLAIMS, webgl_parts

from .browsing import CHROMIUM, Visit, offline, visited
from .conftest import graph_of
from .test_explore import WORLD

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

WITHOUT_WEBGL = """
const original = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
  return kind.includes("webgl") ? null : original.call(this, kind, ...rest);
};
"""


@pytest.fixture(scope="module")
def gpu(playwright: "Playwright") -> Iterator["Browser"]:
    """A browser with WebGL, drawn by the processor."""
    flags = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
    chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=flags)
    yield chromium
    chromium.close()


@pytest.fixture(scope="module")
def world() -> Graph:
    return graph_of(WORLD)


@pytest.fixture(scope="module")
def page(world: Graph) -> bytes:
    """The whole of a small world, drawn as if it were large."""
    return html_of(page_of(world, Wish(whole=True), webgl_parts(world, fewest=1)))


@pytest.fixture
def visit(gpu: "Browser", page: bytes, tmp_path: Path) -> Iterator[Visit]:
    context = offline(gpu)
    yield visited(context, tmp_path, page)
    context.close()


def drawn_with(visit: Visit) -> str:
    return "webgl" if visit.page.locator("canvas.sigma-edges").count() else "vis-network"


def place(visit: Visit, thing: str) -> tuple[float, float]:
    """Where a thing stands on the screen, by the page's own lens."""
    x, y, scale = visit.page.evaluate("Explorer.state.lens ?? (Explorer.zoom(1.001), null)") or (
        0,
        0,
        0,
    )
    assert scale, "no lens yet"
    there = visit.page.evaluate(f"Explorer.picture().places[{thing!r}]")
    box = visit.page.locator("#canvas").bounding_box()
    assert box
    return (
        box["x"] + box["width"] / 2 + (there[0] - x) * scale,
        box["y"] + box["height"] / 2 + (there[1] - y) * scale,
    )


def look_at(visit: Visit, thing: str, scale: float = 1.0) -> None:
    """Point the lens at a thing, and wait until the page has noted it."""
    x, y = visit.page.evaluate(f"Explorer.picture().places[{thing!r}]")
    visit.page.evaluate(
        f"""async () => {{
          const lens = [{x}, {y}, {scale}];
          Explorer.become({{ ...Explorer.state, lens }});
          while (!Explorer.state.lens) await new Promise((done) => setTimeout(done, 20));
        }}"""
    )


def test_only_a_graph_of_thousands_of_claims_carries_the_renderer(
    world: Graph, real: Graph
) -> None:
    assert webgl_parts(world) == ()
    assert len(real.claims) < FEWEST_CLAIMS
    assert webgl_parts(real) == ()


def test_it_draws_and_fetches_nothing(visit: Visit) -> None:
    assert drawn_with(visit) == "webgl"
    painted = """() => {
      const canvas = document.querySelector("canvas.sigma-nodes");
      const pixels = new Uint8Array(4 * canvas.width * canvas.height);
      Explorer.repaint();
      const context = canvas.getContext("webgl2");
      context.readPixels(0, 0, canvas.width, canvas.height, context.RGBA, context.UNSIGNED_BYTE, pixels);
      return new Set(new Uint32Array(pixels.buffer)).size;
    }"""
    assert visit.page.evaluate(painted) > 4
    assert visit.faults == []


def test_a_smaller_choice_goes_back_to_vis_network_and_the_whole_to_webgl(
    gpu: "Browser", world: Graph, tmp_path: Path
) -> None:
    html = html_of(page_of(world, Wish(whole=True), webgl_parts(world, fewest=len(world.claims))))
    context = offline(gpu)
    visit = visited(context, tmp_path, html)
    seen = [drawn_with(visit)]
    visit.page.evaluate("Explorer.focus('ent:mir')")
    seen.append(drawn_with(visit))
    visit.page.evaluate("Explorer.showView('whole')")
    seen.append(drawn_with(visit))
    assert seen == ["webgl", "vis-network", "webgl"]
    assert visit.faults == []
    context.close()


def test_a_click_on_a_thing_and_on_a_line_opens_their_panels(visit: Visit) -> None:
    look_at(visit, "ent:mir")
    x, y = place(visit, "ent:mir")
    visit.page.mouse.click(x, y)
    visit.page.wait_for_timeout(400)
    assert visit.heading == "miR-0"
    look_at(visit, "ent:one")
    one, other = place(visit, "ent:mir"), place(visit, "ent:one")
    visit.page.mouse.click((one[0] + other[0]) / 2, (one[1] + other[1]) / 2)
    visit.page.wait_for_timeout(100)
    assert "miR-0 increases one" in visit.panel
    assert visit.faults == []


def test_the_lens_is_the_one_of_the_link(visit: Visit) -> None:
    look_at(visit, "ent:mir", 0.7)
    address = visit.page.url
    lens = visit.page.evaluate("Explorer.state.lens")
    visit.page.goto("about:blank")
    visit.open(address)
    assert visit.page.evaluate("Explorer.state.lens") == pytest.approx(lens, abs=1)


def test_where_there_is_no_webgl_vis_network_draws(
    gpu: "Browser", page: bytes, tmp_path: Path
) -> None:
    context = offline(gpu)
    context.add_init_script(WITHOUT_WEBGL)
    visit = visited(context, tmp_path, page)
    assert drawn_with(visit) == "vis-network"
    assert visit.faults == []
    context.close()
