"""In a real browser, offline: what a person does with the explorer page, and what it must not do.

Every test ends without a request, a console error or a violation of the page's policy.
"""

import csv
import importlib.resources
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import networkx
import pyoxigraph as ox
import pytest

from kg import terms
from kg.graph import Graph
from kg.knowledge import knowledge_of
from kg.model import Direction
from kg.pages.parts import Part
from kg.pages.views.explore import Wish, html_of, page_of
from kg.paths import Question, explain
from kg.paths.search import rank

from .browsing import ADDRESSES, HOSTILE, Visit, offline, visited
from .conftest import graph_of
from .test_explore import WORLD

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

RICH = (
    WORLD
    + """
doc:d a kg:Document ; rdfs:label "The Quark Times" .
doc:d-1 a kg:Passage ; kg:inDocument doc:d ; kg:line 3 ; kg:paraphrase "Quarks are said to help." ;
    kg:asserts claim:up .
"""
)


@pytest.fixture(scope="module")
def world_page() -> bytes:
    return html_of(page_of(graph_of(RICH)))


@pytest.fixture(scope="module")
def real_page(real: Graph) -> bytes:
    return html_of(page_of(real))


@pytest.fixture(scope="module")
def context(browser: "Browser") -> Iterator["BrowserContext"]:
    made = offline(browser)
    yield made
    made.close()


@pytest.fixture(scope="module")
def window(context: "BrowserContext") -> Visit:
    """One window for all tests; each opens its page in it anew."""
    return Visit(context.new_page())


def opened(window: Visit, path: Path, html: bytes) -> Visit:
    """The page in the window, which is as wide and as light as at first."""
    path.write_bytes(html)
    window.errors.clear()
    window.requests.clear()
    window.page.emulate_media(color_scheme="light", media="screen")
    window.page.set_viewport_size({"width": 1300, "height": 850})
    window.open("about:blank")
    window.open(path.as_uri())
    return window


@pytest.fixture
def visit(window: Visit, tmp_path: Path, world_page: bytes) -> Iterator[Visit]:
    yield opened(window, tmp_path / "world.html", world_page)
    assert window.faults == []


@pytest.fixture
def real_visit(window: Visit, tmp_path: Path, real_page: bytes) -> Iterator[Visit]:
    yield opened(window, tmp_path / "real.html", real_page)
    assert window.faults == []


# Opening.


def test_it_opens_with_what_is_contested_and_counts_it(visit: Visit) -> None:
    assert visit.status.startswith("3 claims between 3 things, 3 results. Drawn in ")
    assert visit.heading == "Contested claims"
    assert visit.page.locator("#canvas canvas").count() == 1


def test_the_picture_draws_something(visit: Visit) -> None:
    colours = """async () => {
      const canvas = document.querySelector("#canvas canvas");
      const count = () => {
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        return new Set(new Uint32Array(data.buffer)).size;
      };
      for (let frame = 0; frame < 100 && count() < 20; frame += 1) {
        await new Promise(requestAnimationFrame);
      }
      return count();
    }"""
    assert visit.page.evaluate(colours) >= 20


def test_every_view_of_the_real_graph_can_be_shown(real_visit: Visit, real: Graph) -> None:
    shown = {}
    for button in real_visit.page.locator("[data-view]").all():
        button.evaluate("button => button.click()")
        shown[button.get_attribute("data-view")] = real_visit.status
    assert all("claim" in said for said in shown.values())
    assert shown["whole"].startswith(f"{len(real.claims):,} claims")


def test_it_opens_on_a_wish(context: "BrowserContext", tmp_path: Path) -> None:
    graph = graph_of(WORLD)
    wish = Wish((graph.entity("quark"),))
    visit = visited(context, tmp_path, html_of(page_of(graph, wish)))
    assert visit.heading == "quark"
    assert len(visit.visible["claims"]) == 4
    assert visit.faults == []


def test_without_a_claim_the_page_says_so(context: "BrowserContext", tmp_path: Path) -> None:
    visit = visited(context, tmp_path, html_of(page_of(graph_of(""))))
    assert visit.status.startswith("No claims to show here")
    assert "There is no such claim in this graph." in visit.panel
    assert visit.faults == []


# Finding.


def test_a_synonym_finds_the_entity_by_keyboard_alone(visit: Visit) -> None:
    visit.press("/")
    visit.page.keyboard.type("up qu")
    assert visit.page.get_by_role("option").first.inner_text() == "quark drug"
    visit.press("Enter")
    assert visit.focused == "quark"
    assert "contested (1)" in visit.panel
    assert visit.status.startswith("4 claims between 4 things")


def test_a_name_that_is_nobodys_says_so_and_suggests(visit: Visit) -> None:
    visit.page.locator("#search").fill("quarck")
    assert "Nothing has this name. Did you mean:" in visit.page.locator("#found").inner_text()
    assert visit.page.get_by_role("option").first.inner_text() == "quark drug"
    visit.page.locator("#search").fill("zzz")
    assert visit.page.locator("#found").inner_text() == "Nothing has this name."


def test_a_plural_and_an_identifier_find_things_too(real_visit: Visit) -> None:
    for asked, label in (
        ("exosomes", "exosome"),
        ("HGNC:12680", "VEGF"),
        ("ent:minoxidil", "minoxidil"),
    ):
        found = real_visit.page.evaluate("text => Explorer.found(text)[0].label", asked)
        assert found.startswith(label)


def test_expanding_collapsing_hiding_and_undoing(visit: Visit) -> None:
    visit.find("miR-0")
    assert visit.visible["claims"] == ["claim:far"]
    visit.page.get_by_role("button", name="Expand").click()
    visit.tab("Table")
    visit.page.locator("#table").get_by_role("button", name="one", exact=True).click()
    visit.page.get_by_role("button", name="Expand").click()
    assert visit.visible["claims"] == ["claim:far", "claim:turn"]
    assert visit.rows == 2
    visit.page.get_by_role("button", name="Collapse").click()
    assert visit.visible["claims"] == ["claim:far"]
    visit.page.get_by_role("button", name="Undo").click()
    assert (visit.visible["claims"], visit.rows) == (["claim:far", "claim:turn"], 2)
    visit.page.get_by_role("button", name="Hide").click()
    assert visit.visible == {"claims": [], "entities": ["ent:mir"]}
    visit.press("Control+z", "Control+z")
    assert visit.visible["claims"] == ["claim:far"]
    visit.press("Control+y")
    assert visit.visible["claims"] == ["claim:far", "claim:turn"]


def test_more_steps_reach_further(visit: Visit) -> None:
    visit.find("miR-0")
    visit.page.get_by_role("button", name="Show only this: 2 steps").click()
    assert visit.visible["claims"] == ["claim:far", "claim:turn"]


def test_paths_say_their_sign_and_their_weakest_step(visit: Visit) -> None:
    visit.page.get_by_text("Paths", exact=True).click()
    visit.page.locator("#path-from").fill("miR")
    visit.press("Enter")
    visit.page.locator("#path-to").fill("two")
    visit.press("Enter", "Enter")
    assert visit.heading == "From miR-0 to two"
    assert "These also pass claims that are undecided, refuted or untested" in visit.panel
    assert "Paths that say it increases (1)" in visit.panel
    assert "weakest step" in visit.panel
    assert visit.visible["claims"] == ["claim:far", "claim:turn"]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("exosome", "anagen"),
        ("minoxidil", "hair growth"),
        ("DHT", "hair growth"),
        ("androgen", "anagen-to-catagen transition"),
        ("chronic stress", "anagen"),
        ("finasteride", "hair loss"),
    ],
)
def test_paths_are_those_of_kg_explain(
    real_visit: Visit, real: Graph, start: str, end: str
) -> None:
    ends = real.entity(start), real.entity(end)
    told = explain(knowledge_of(real), Question(*ends, limit=5))
    found = real_visit.page.evaluate(
        """([from, to]) => {
          const { widening, paths } = Explorer.pathsBetween(from, to);
          const sum = (steps, key) => steps.reduce((total, step) => total + step[key], 0);
          return widening ? [] : paths.map(({ sign, steps }) => [
            sign, Math.min(...steps.map(({ level }) => level)), steps.length, sum(steps, "doubt"),
          ]);
        }""",
        [terms.shortened(one.iri) for one in ends],
    )
    ranks = [[path.sign, *map(abs, rank(path.steps))] for path in told.paths]
    assert sorted(found) == sorted(ranks)


def test_no_path_is_said_to_be_no_evidence_of_none(visit: Visit) -> None:
    visit.page.evaluate("Explorer.showPaths('ent:mir', 'ent:ant')")
    assert "That is not evidence that there is none." in visit.panel


def test_a_mechanism_is_shown_step_by_step(visit: Visit) -> None:
    visit.page.get_by_text("Mechanisms").click()
    visit.page.get_by_role("button", name="how quarks turn").click()
    assert visit.page.locator("#panel ol li").count() == 2
    assert "quark increases widget" in visit.panel
    assert "Taken together it increases" in visit.panel


# Reading.


def test_an_edge_shows_its_verdict_and_the_evidence_on_both_sides(visit: Visit) -> None:
    visit.tab("Table")
    visit.page.locator("#table").get_by_role("button", name="quark increases widget").press("Enter")
    assert visit.focused == "quark increases widget"
    verdict = visit.page.locator("#panel .verdict").inner_text()
    assert verdict.split("\n\n")[:2] == [
        "≷ contested, very low certainty",
        "1 study for, 1 study against",
    ]
    assert "neither side outweighs the other" in verdict
    against = visit.page.locator("#panel .side.disputing").inner_text()
    assert "It fell." in against
    assert "second-hand" in against
    assert "decides the verdict" in against
    assert "It rose." in visit.page.locator("#panel .side.supporting").inner_text()
    assert "Quarks are said to help." in visit.panel


def test_hovering_a_line_tells_the_numbers_for_and_against(visit: Visit) -> None:
    x, y = visit.page.evaluate("""() => {
      const { nodes, edges } = Explorer.picture();
      const edge = edges.find(({ id }) => id === "claim:bite");
      const [from, to] = [edge.from, edge.to].map((id) => nodes.find((node) => node.id === id));
      const [left, top, scale] = Explorer.lens();
      const box = document.getElementById("canvas").getBoundingClientRect();
      const middle = [(from.x + to.x) / 2, (from.y + to.y) / 2];
      return [box.x + box.width / 2 + (middle[0] - left) * scale, box.y + box.height / 2 + (middle[1] - top) * scale];
    }""")
    visit.page.mouse.move(x, y)
    tooltip = visit.page.locator(".vis-tooltip")
    tooltip.wait_for()
    assert tooltip.inner_text() == (
        "quark has adverse effect ant bite\nuntested\n0 studies for, 0 studies against"
    )


def test_kinds_of_claim_differ_without_their_colour(visit: Visit) -> None:
    kinds = [
        {"verdict": verdict, "sign": sign, "certainty": "low", "onlyIn": where, "null": null}
        for verdict, sign, where, null in (
            ("supported", 1, "", ""),
            ("supported", -1, "", ""),
            ("supported", 0, "", ""),
            ("supported", 1, "only in animals", ""),
            ("supported", 1, "only in cells", ""),
            ("contested", 1, "", ""),
            ("context-dependent", 1, "", ""),
            ("refuted", 1, "", "measured and absent"),
            ("refuted", 1, "", ""),
            ("inconclusive", 1, "", "too small to tell"),
            ("inconclusive", 1, "", ""),
            ("untested", 1, "", "never measured"),
        )
    ]
    looks = visit.page.evaluate(
        "kinds => kinds.map((kind) => ({ ...Explorer.lookOf(kind), hue: '' }))", kinds
    )
    assert len({json.dumps(look) for look in looks}) == len(kinds)


def test_width_is_certainty_and_never_how_often_something_was_studied(visit: Visit) -> None:
    width = "([certainty, studies]) => Explorer.lookOf({ verdict: 'supported', sign: 1, certainty, studies }).width"
    widths = [
        visit.page.evaluate(width, [word, [1, 0, 0]])
        for word in ("very low", "low", "moderate", "high")
    ]
    assert widths == sorted(set(widths))
    assert visit.page.evaluate(width, ["low", [90, 0, 0]]) == widths[1]


def test_parallel_claims_are_two_arcs(visit: Visit) -> None:
    curves = visit.page.evaluate(
        "Explorer.picture().edges.filter(({ to }) => to === 'ent:widget').map(({ smooth }) => `${smooth.type} ${smooth.roundness}`)"
    )
    assert len(set(curves)) == len(curves) == 2


def test_the_legend_filters_picture_and_table_alike(visit: Visit) -> None:
    visit.tab("Table")
    assert visit.rows == 3
    visit.page.locator("#facets label", has_text="untested").click()
    assert (visit.rows, visit.visible["claims"]) == (2, ["claim:down", "claim:up"])
    assert visit.status.startswith("2 of 3 claims")
    visit.page.get_by_role("button", name="only contested").focus()
    visit.press("Enter")
    assert (visit.rows, visit.visible["claims"]) == (1, ["claim:up"])
    visit.page.get_by_role("button", name="Show all again").click()
    assert visit.rows == 3


def test_every_facet_of_the_issue_is_in_the_legend(real_visit: Visit) -> None:
    titles = [
        each.inner_text().split("(")[0].strip()
        for each in real_visit.page.locator(".facet > summary").all()
    ]
    assert titles == [
        "Verdict", "What it says", "Certainty", "Class", "Seen in",
        "Relation", "Organism", "Study design", "Year",
    ]  # fmt: skip


def test_years_narrow_the_choice(real_visit: Visit) -> None:
    real_visit.page.get_by_text("Year", exact=True).click()
    before = len(real_visit.visible["claims"])
    real_visit.page.get_by_label("year, from").fill("2024")
    real_visit.press("Tab")
    assert 0 < len(real_visit.visible["claims"]) < before
    assert "years=2024-" in real_visit.page.url


def test_the_article_is_a_layer(visit: Visit) -> None:
    visit.page.get_by_role("button", name="Article layer").click()
    assert visit.page.evaluate("[...Explorer.litNow()]") == ["claim:up"]
    visit.page.get_by_role("button", name="What the article says").click()
    assert "The Quark Times, line 3" in visit.panel
    assert visit.visible["claims"] == ["claim:up"]


def test_the_table_sorts_by_every_column(visit: Visit) -> None:
    visit.tab("Table")
    first = visit.page.locator("#table tbody tr").first
    visit.page.get_by_role("button", name="Against").click()
    assert "quark" in first.inner_text()
    assert visit.page.locator("th[aria-sort=ascending]").inner_text().startswith("Against")
    visit.page.get_by_role("button", name="Object").click()
    assert first.inner_text().split("\t")[2] == "ant bite"
    visit.page.get_by_role("button", name="Object").click()
    assert first.inner_text().split("\t")[2] == "widget"


# Keeping.


def test_the_address_is_the_view_and_opens_it_again(
    visit: Visit, context: "BrowserContext"
) -> None:
    visit.find("miR-0")
    visit.page.get_by_role("button", name="Show only this: 2 steps").click()
    visit.page.locator("#facets label", has_text="untested").click()
    visit.page.get_by_role("button", name="Undo").click()
    visit.page.get_by_role("button", name="Zoom in").click()
    visit.tab("Table")
    visit.page.locator("#table").get_by_role("button", name="one increases two").click()
    visit.page.wait_for_url("**lens=**")
    again = Visit(context.new_page())
    again.open(visit.page.url)
    assert again.visible == visit.visible
    assert again.heading == "one increases two"
    assert again.page.evaluate("Explorer.state") == visit.page.evaluate("Explorer.state")
    assert again.page.locator("#table tr[aria-current=true]").count() == 1
    assert again.faults == []


@pytest.mark.parametrize(
    "fragment",
    [
        pytest.param("#v=1&view=<img src=x onerror=pwned=1>", id="no such view"),
        pytest.param("#v=1&around=ent:nobody&hops=99999999999", id="no such entity"),
        pytest.param("#v=9&view=whole", id="another version"),
        pytest.param("#v=1&view=__proto__&not-verdict=nonsense&not-__proto__=x", id="prototype"),
        pytest.param(
            "#v=1&view=contested&lens=1,NaN,Infinity&years=a-b&tab=constructor", id="no numbers"
        ),
        pytest.param("#%E0%A4%A", id="broken escapes"),
    ],
)
def test_a_broken_address_shows_the_first_view(visit: Visit, fragment: str) -> None:
    visit.page.evaluate("fragment => { location.hash = fragment }", fragment)
    visit.page.reload()
    visit.wait()
    assert visit.heading == "Contested claims"
    assert len(visit.visible["claims"]) == 3


def test_a_table_for_spreadsheets_has_verdict_and_both_counts(visit: Visit) -> None:
    rows = list(csv.DictReader(io.StringIO(visit.page.evaluate("Explorer.exported('csv')"))))
    up = next(row for row in rows if row["id"] == "claim:up")
    assert len(rows) == 3
    assert (up["verdict"], up["certainty"]) == ("contested", "very low")
    assert (up["studies_for"], up["studies_against"]) == ("1", "1")
    assert "neither side outweighs" in up["reasons"]


def test_turtle_of_the_real_graph_parses_and_says_what_the_graph_says(
    real_visit: Visit, real: Graph
) -> None:
    real_visit.page.evaluate("Explorer.showView('whole')")
    told = ox.Store()
    told.load(
        real_visit.page.evaluate("Explorer.exported('ttl')").encode(), format=ox.RdfFormat.TURTLE
    )
    claims = {
        quad.subject.value
        for quad in told.quads_for_pattern(None, ox.NamedNode(terms.kg("verdict")), None)
    }
    assert claims == set(real.claims)
    iri, appraisal = next((i, a) for i, a in real.appraisals.items() if a.verdict == "contested")
    counts = {
        name: next(
            told.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(terms.kg(name)), None)
        ).object.value
        for name in ("supportingStudies", "disputingStudies")
    }
    assert counts == {
        "supportingStudies": str(appraisal.studies(Direction.SUPPORTS)),
        "disputingStudies": str(appraisal.studies(Direction.DISPUTES)),
    }
    items = list(told.quads_for_pattern(None, ox.NamedNode(terms.kg("direction")), None))
    assert len(items) == len(real.evidence)


def test_graphml_keeps_parallel_claims_with_verdict_and_counts(visit: Visit) -> None:
    network = networkx.parse_graphml(
        visit.page.evaluate("Explorer.exported('graphml')"), force_multigraph=True
    )
    edges = network.get_edge_data("ent:quark", "ent:widget")
    assert {edge["verdict"] for edge in edges.values()} == {"contested", "refuted"}
    assert {(edge["studies_for"], edge["studies_against"]) for edge in edges.values()} == {
        (1, 1),
        (0, 1),
    }


def test_the_vector_picture_has_real_text_and_verdicts(visit: Visit) -> None:
    root = ElementTree.fromstring(visit.page.evaluate("Explorer.exported('svg')"))  # noqa: S314 - ours
    texts = {
        "".join(each.itertext()) for each in root.iter() if each.tag.endswith(("text", "title"))
    }
    assert {"quark", "widget", "≷", "✗∅"} <= texts
    assert any(
        "contested, very low certainty\n1 study for, 1 study against" in text for text in texts
    )


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("PNG", b"\x89PNG"),
        ("SVG", b"<?xml"),
        ("CSV", b"id,iri"),
        ("Turtle", b"# 3 claims"),
        ("GraphML", b"<?xml"),
    ],
)
def test_every_form_is_saved_as_a_file(visit: Visit, name: str, start: bytes) -> None:
    visit.page.get_by_text("Export", exact=True).click()
    with visit.page.expect_download() as saved:
        visit.page.locator("[data-export]", has_text=name).click()
    assert Path(saved.value.path()).read_bytes().startswith(start)
    visit.page.get_by_text("is saved.").wait_for()


def test_a_print_has_picture_table_and_panel(visit: Visit) -> None:
    visit.page.emulate_media(media="print")
    visit.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert visit.page.locator("#canvas").is_visible()
    assert visit.rows == 3
    assert visit.page.locator("#table tbody tr").first.is_visible()
    assert visit.page.locator("#panel h2").is_visible()
    assert not visit.page.locator("#search").is_visible()


def test_light_and_dark_follow_the_system_and_the_switch(visit: Visit) -> None:
    background = "getComputedStyle(document.body).backgroundColor"
    light = visit.page.evaluate(background)
    visit.page.get_by_label("Colours").select_option("dark")
    dark = visit.page.evaluate(background)
    assert light != dark
    visit.page.get_by_label("Colours").select_option("light")
    assert visit.page.evaluate(background) == light
    visit.page.get_by_label("Colours").select_option("auto")
    visit.page.emulate_media(color_scheme="dark")
    assert visit.page.evaluate(background) == dark


# For everybody.


def test_the_whole_tour_by_keyboard_alone(real_visit: Visit) -> None:
    visit, page = real_visit, real_visit.page
    visit.press("/")
    page.keyboard.type("exosomes")
    visit.press("Enter")
    assert visit.focused == "exosome"
    page.locator("#canvas").focus()
    visit.press("n", "Enter")
    assert visit.focused in {
        each["label"] for each in page.evaluate("Object.values(Explorer.data.claims)")
    }
    page.locator("#canvas").focus()
    visit.press("Escape", "ArrowDown")
    thing = page.evaluate("Explorer.state.selected")
    assert page.evaluate("id => Boolean(Explorer.entityOf(id))", thing)
    before = len(visit.visible["claims"])
    visit.press("e")
    assert len(visit.visible["claims"]) >= before
    visit.press("h")
    assert thing not in visit.visible["entities"]
    visit.press("Control+z", "p")
    page.keyboard.type("telogen-to-anagen")
    visit.press("Enter", "Enter")
    assert visit.heading.endswith("to telogen-to-anagen transition")
    page.locator("#tab-graph").focus()
    visit.press("ArrowRight")
    assert page.locator("#table").is_visible()
    visit.press("?")
    assert page.get_by_role("dialog").is_visible()
    visit.press("Escape")
    assert not page.get_by_role("dialog").is_visible()


def test_focus_is_always_visible_and_never_trapped(visit: Visit) -> None:
    seen = []
    for _ in range(70):
        visit.press("Tab")
        seen.append(
            visit.page.evaluate("""() => {
              const { activeElement: it } = document;
              const { outlineStyle, outlineWidth } = getComputedStyle(it);
              const name = it.id || it.getAttribute("aria-label") || it.textContent.trim().slice(0, 40);
              return [it === document.body ? "" : name, outlineStyle !== "none" && outlineWidth !== "0px"];
            }""")
        )
    assert [name for name, shown in seen if name and not shown] == []
    assert {"search", "theme", "canvas", "tab-graph", "open-help"} <= {name for name, _ in seen}


def test_the_skip_links_lead_on_and_keep_the_view(visit: Visit) -> None:
    visit.find("miR-0")
    view = visit.page.url
    for name, target in (("Skip to the picture", "canvas"), ("Skip to the evidence", "panel")):
        visit.page.get_by_role("link", name=name).press("Enter")
        assert visit.page.evaluate("document.activeElement.id") == target
    assert visit.page.url == view


def test_a_pressed_button_of_the_panel_keeps_the_focus(visit: Visit) -> None:
    visit.find("miR-0")
    visit.page.get_by_role("button", name="Expand").press("Enter")
    assert visit.focused == "Expand"


def test_a_picture_that_nobody_moved_fits_a_new_size(visit: Visit) -> None:
    before = visit.page.evaluate("Explorer.lens()[2]")
    visit.page.set_viewport_size({"width": 1300, "height": 500})
    visit.page.locator("#rail > summary").click()
    smaller = (
        "async () => { while (Explorer.lens()[2] >= %s) await new Promise(requestAnimationFrame); }"
    )
    visit.page.evaluate(smaller % before)


def test_single_keys_can_be_switched_off(visit: Visit) -> None:
    visit.page.get_by_role("button", name="Help").click()
    visit.page.get_by_label("Keys that are a single character work").uncheck()
    visit.page.get_by_role("button", name="Close").click()
    visit.press("/")
    assert visit.page.evaluate("document.activeElement.id") != "search"
    visit.page.locator("#canvas").focus()
    visit.press("ArrowDown", "h")
    assert visit.page.evaluate("Explorer.state.hidden") == []


SCENES = {
    "first view": "0",
    "a claim": "Explorer.select('claim:up')",
    "a thing": "Explorer.focus('ent:quark')",
    "a mechanism": "Explorer.showView('path:p')",
    "paths": "Explorer.showPaths('ent:mir', 'ent:two')",
    "the article": "Explorer.showView('article')",
    "the table": "Explorer.openTab('table')",
    "all facets": "document.querySelectorAll('.facet, footer details').forEach((each) => { each.open = true })",
    "the menus": "Explorer.askPaths({ from: 'ent:mir' })",
    "the search": "(() => { const field = document.getElementById('search'); field.focus(); field.value = 'qu'; field.dispatchEvent(new Event('input')) })()",
    "the help": "Explorer.toggleHelp()",
}


AXE = """async () => {
  const { violations, passes } = await axe.run(document, { resultTypes: ["violations"] });
  const faults = violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html.slice(0, 160))]);
  return [faults, passes.map(({ id }) => id)];
}"""


@pytest.fixture(scope="module")
def axe() -> str:
    package = importlib.resources.files("axe_playwright_python")
    return package.joinpath("axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("look", ["light", "dark", "narrow"])
def test_axe_finds_no_fault(
    window: Visit, tmp_path: Path, world_page: bytes, axe: str, look: str
) -> None:
    visit = opened(window, tmp_path / "axe.html", world_page)
    visit.page.evaluate(axe)
    if look == "narrow":
        visit.page.set_viewport_size({"width": 360, "height": 740})
    else:
        visit.page.get_by_label("Colours").select_option(look)
    found = {}
    for scene, script in SCENES.items():
        visit.page.evaluate(f"void ({script})")
        faults, passed = visit.page.evaluate(AXE)
        found[scene] = faults
        assert {"color-contrast", "button-name", "label"} <= set(passed)
    assert {scene: faults for scene, faults in found.items() if faults} == {}
    assert visit.faults == []


@pytest.mark.parametrize("width", [360, 800, 1600, 3840])
def test_nothing_sticks_out_sideways(visit: Visit, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 800})
    for script in ("0", "Explorer.select('claim:up')", "Explorer.openTab('table')"):
        visit.page.evaluate(f"void ({script})")
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width


# Joining in.


def test_another_script_adds_a_tab_and_lights_up_the_graph(
    context: "BrowserContext", tmp_path: Path
) -> None:
    script = """
    Explorer.registerTab("My rows", (panel) => {
      panel.append(Explorer.element("p", {}, `${Object.keys(Explorer.data.claims).length} claims`));
      return { shown: () => (window.turns = (window.turns ?? 0) + 1) };
    });
    """
    page = page_of(graph_of(RICH), parts=[Part(scripts=(script,))])
    visit = visited(context, tmp_path, html_of(page))
    iris = [f"{terms.BASE}claim/far", f"{terms.BASE}entity/ant", "https://example.org/unknown"]
    assert visit.page.evaluate("iris => Explorer.show(iris)", iris) == 2
    assert visit.visible == {"claims": ["claim:far"], "entities": ["ent:ant", "ent:mir", "ent:one"]}
    visit.page.evaluate("iris => Explorer.light(iris)", iris[:1])
    assert visit.page.evaluate("[...Explorer.litNow()]") == ["claim:far"]
    assert visit.page.evaluate("iri => Explorer.select(iri)", iris[0]) is True
    assert visit.heading == "miR-0 increases one"
    assert visit.page.evaluate("Explorer.select('nonsense')") is False
    visit.tab("My rows")
    assert visit.page.get_by_role("tabpanel", name="My rows").inner_text() == "6 claims"
    again = Visit(context.new_page())
    again.open(visit.page.url)
    assert again.page.get_by_role("tabpanel", name="My rows").is_visible()
    assert visit.page.evaluate("window.turns") == 1
    assert visit.faults == again.faults == []


# Hostile text.


def victim(number: int, text: str) -> str:
    """A small world whose every text, and every address, is a hostile one."""
    said = str(ox.Literal(text))
    address = ADDRESSES[number % len(ADDRESSES)]
    return f"""
ent:v{number} a kg:Entity , ent:class{number} ; rdfs:label {said} ; skos:definition {said} ;
    skos:altLabel "victim {number}" ; skos:altLabel {said} ; skos:exactMatch <{address}> ;
    skos:closeMatch <{address}> ; skos:broader <{address}> .
ent:class{number} rdfs:subClassOf kg:Drug ; rdfs:label {said} .
ent:relation{number} rdfs:label {said} ; kg:sign 1 .
ent:design{number} rdfs:label {said} .
ent:organism{number} rdfs:label {said} .
claim:v{number} a kg:Claim ; rdfs:label {said} ; rdf:subject ent:v{number} ;
    rdf:predicate ent:relation{number} ; rdf:object ent:w{number} ; kg:atDose {said} ;
    kg:atSite {said} ; kg:inPopulation {said} .
ent:w{number} a kg:Entity ; rdfs:label {said} .
study:v{number} a kg:Study ; rdfs:label {said} ; kg:registryId {said} ; kg:funder {said} ;
    kg:registryStatus {said} ; kg:conflictOfInterest {said} .
src:v{number} a kg:Source ; dcterms:title {said} ; dcterms:creator {said} ; kg:doi {said} ;
    dcterms:issued {said} ; kg:container {said} ; kg:pmid {said} ; kg:pmcid {said} ;
    kg:url "{address}" ; kg:registryId {said} ; kg:unverifiedField {said} .
ev:v{number} a kg:Evidence ; kg:about claim:v{number} ; kg:fromStudy study:v{number} ;
    kg:reportedIn src:v{number} ; kg:direction kg:Supports ; kg:observed kg:AsClaimed ;
    kg:design ent:design{number} ; kg:organism ent:organism{number} ; kg:system {said} ;
    kg:finding {said} ; kg:remark {said} ; kg:locator {said} ; kg:effectMeasure {said} ;
    kg:comparator {said} ; kg:dose {said} ; kg:duration {said} ; kg:outcome {said} .
path:v{number} a kg:Mechanism ; rdfs:label {said} ; skos:definition {said} .
path:v{number}-1 a kg:Step ; kg:stepOf path:v{number} ; kg:order 1 ; kg:via claim:v{number} .
doc:v{number} a kg:Document ; rdfs:label {said} .
doc:v{number}-1 a kg:Passage ; kg:inDocument doc:v{number} ; kg:line 1 ; kg:section {said} ;
    kg:paraphrase {said} ; kg:asserts claim:v{number} .
conflict:v{number} a kg:Conflict ; rdfs:label {said} ; kg:oneSide ev:v{number} ; kg:reading {said} .
"""


def test_there_are_fifty_of_them() -> None:
    assert len(set(HOSTILE)) == len(HOSTILE) >= 50


@pytest.fixture(scope="module")
def hostile(browser: "Browser", tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visit]:
    """One page full of hostile text, opened on one of its victims."""
    graph = graph_of("".join(victim(*each) for each in enumerate(HOSTILE)))
    context = offline(browser)
    html = html_of(page_of(graph, Wish((graph.entity("victim 0"),))))
    yield visited(context, tmp_path_factory.mktemp("hostile"), html)
    context.close()


# Everything that shows a victim, one after the other, and what the page then says.
TOUR = """(number) => {
  const at = (id) => document.getElementById(id);
  const panel = () => at("panel").textContent;
  const [thing, other, claim] = [`ent:v${number}`, `ent:w${number}`, `claim:v${number}`];
  const links = () => [...document.querySelectorAll("#panel a, #facets a")].map((each) => [each.href, each.rel]);
  const told = {};
  Explorer.focus(thing);
  told.thing = panel();
  told.links = links();
  Explorer.select(claim);
  told.claim = panel();
  told.links.push(...links());
  Explorer.openTab("table");
  told.row = document.querySelector(`#table tr[data-claim="${claim}"]`).textContent;
  Explorer.openTab("graph");
  Explorer.showView(`path:v${number}`);
  told.mechanism = panel();
  Explorer.showPaths(thing, other);
  told.paths = panel();
  Explorer.askPaths({ from: thing });
  told.field = at("path-from").value;
  at("search").value = `victim ${number}`;
  at("search").dispatchEvent(new Event("input"));
  told.search = at("found").textContent;
  told.tooltip = Explorer.tooltip(claim);
  return told;
}"""


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_text_is_shown_and_never_run(hostile: Visit, number: int) -> None:
    text = HOSTILE[number]
    told = hostile.page.evaluate(TOUR, number)
    for address, relation in told.pop("links"):
        assert re.match(r"https?:", address)
        assert relation == "noopener noreferrer"
    # An input field has one line and no NUL.
    assert told.pop("field") == re.sub(r"[\r\n]", "", text)
    assert [place for place, said in told.items() if text not in said] == []
    assert told["claim"].count(text) >= 20
    assert hostile.page.evaluate("window.pwned") is None
    assert hostile.faults == []


def test_hostile_text_stays_text_in_every_export_and_legend(hostile: Visit) -> None:
    page = hostile.page
    page.evaluate("Explorer.showView('whole')")
    page.evaluate("document.querySelectorAll('.facet').forEach((each) => { each.open = true })")
    legend = page.locator("#facets").text_content() or ""
    assert all(text in legend for text in HOSTILE)
    svg = page.evaluate("Explorer.exported('svg')")
    graphml = page.evaluate("Explorer.exported('graphml')")
    turtle = page.evaluate("Explorer.exported('ttl')")
    rows = csv.reader(io.StringIO(page.evaluate("Explorer.exported('csv')"), newline=""))
    assert ElementTree.fromstring(graphml) is not None  # noqa: S314 - ours
    assert "<script" not in svg
    assert ElementTree.fromstring(svg) is not None  # noqa: S314 - ours
    labels = {triple.object.value for triple in ox.parse(turtle, format=ox.RdfFormat.TURTLE)}
    assert set(HOSTILE) <= labels
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r"))]
    assert page.evaluate("window.pwned") is None
    assert hostile.faults == []


def test_hovering_hostile_text_runs_nothing(hostile: Visit) -> None:
    page = hostile.page
    page.evaluate("Explorer.showView('path:v2')")
    box = page.locator("#canvas").bounding_box() or {}
    for step in range(20):
        page.mouse.move(box["x"] + box["width"] * (0.1 + 0.04 * step), box["y"] + box["height"] / 2)
    assert page.evaluate("window.pwned") is None
    assert hostile.faults == []


def test_the_hostile_text_would_be_noticed_if_it_ran(
    context: "BrowserContext", tmp_path: Path
) -> None:
    path = tmp_path / "open.html"
    path.write_text(f"<!DOCTYPE html><p>{HOSTILE[0]}", encoding="utf-8")
    visit = Visit(context.new_page())
    visit.page.goto(path.as_uri())
    assert visit.page.evaluate("window.pwned") == 1


def test_a_handler_that_slips_in_is_stopped_by_the_policy_and_noticed(
    context: "BrowserContext", tmp_path: Path, world_page: bytes
) -> None:
    visit = visited(context, tmp_path, world_page)
    visit.page.evaluate("""() => new Promise((stopped) => {
      document.addEventListener("securitypolicyviolation", stopped);
      document.body.insertAdjacentHTML("beforeend", "<img src=x onerror=pwned=1>");
    })""")
    assert visit.page.evaluate("window.pwned") is None
    assert any("script-src" in fault for fault in visit.faults)
