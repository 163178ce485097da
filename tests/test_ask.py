"""What the explorer page carries for asking: the store as it is, the engine, and no more permission than that."""

import base64
import gzip
import json
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg
from kg import terms
from kg.pages.views.ask import ask_part
from kg.pages.views.explore import html_of, page_of

from .conftest import Run, graph_of
from .test_explore import WORLD, Parts
from .test_queries import TINY


def blocks(page: bytes) -> dict[str, str]:
    """The JSON blocks of a page by their ids."""
    parts = Parts(page)
    scripts = [attributes for tag, attributes in parts.elements if tag == "script"]
    pairs = zip(scripts, parts.texts["script"], strict=True)
    return {attributes["id"] or "": text for attributes, text in pairs if "id" in attributes}


def test_every_triple_travels_and_the_derived_ones_in_their_graph() -> None:
    graph = kg.load(TINY)
    page = html_of(page_of(graph, parts=[ask_part(graph)]))
    packed = json.loads(blocks(page)["ask-graph"])
    text = gzip.decompress(base64.b64decode(packed))
    travelled = set(ox.parse(text, format=ox.RdfFormat.TRIG))
    assert travelled == set(graph.store.oxigraph)
    derived = ox.NamedNode(terms.DERIVED_GRAPH)
    assert sum(quad.graph_name == derived for quad in travelled) > 100


def test_only_the_page_that_asks_may_compile_and_start_a_worker() -> None:
    graph = graph_of(WORLD)
    with_engine = Parts(html_of(page_of(graph, parts=[ask_part(graph)]))).policy
    without = Parts(html_of(page_of(graph))).policy
    for added in ("'wasm-unsafe-eval'", "worker-src blob:"):
        assert added in with_engine
        assert added not in without
    for policy in (with_engine, without):
        assert "'unsafe-inline'" not in policy
        assert "'unsafe-eval'" not in policy
        assert "nonce-" not in policy
        assert "connect-src 'none'" in policy


@pytest.mark.parametrize(
    ("options", "largest"),
    [
        pytest.param([], 6_000_000, id="with the query engine"),
        pytest.param(["--no-sparql"], 1_500_000, id="without"),
    ],
)
def test_the_file_is_no_larger_than_promised_and_the_same_again(
    run: Run, tmp_path: Path, options: list[str], largest: int
) -> None:
    pages = []
    for seed in ("1", "2"):
        done = run("explore", "-o", f"{seed}.html", *options, PYTHONHASHSEED=seed)
        assert done.returncode == 0, done.stderr
        pages.append((tmp_path / f"{seed}.html").read_bytes())
    assert pages[0] == pages[1]
    assert len(pages[0]) < largest
    assert ("ask-engine" in blocks(pages[0])) == (not options)


def test_a_store_folder_is_asked_like_a_file(run: Run, tmp_path: Path) -> None:
    assert run("load", TINY, "folder").returncode == 0
    done = run("explore", "--store", "folder", "-o", "page.html")
    assert (done.returncode, done.stdout) == (0, "page.html\n"), done.stderr
    assert "ask-graph" in blocks((tmp_path / "page.html").read_bytes())
