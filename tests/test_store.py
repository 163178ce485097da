"""The store answers, derives what follows, and leaves everything else alone."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import terms
from kg.errors import DataError, QueryError
from kg.store import OxigraphStore, open_store

from .conftest import graph_of

WORLD = """
ent:quark a kg:Entity . ent:widget a kg:Entity . ent:gadget a kg:Entity .
claim:up a kg:Claim ; rdf:subject ent:quark ; rdf:predicate kg:increases ; rdf:object ent:widget .
claim:down a kg:Claim ; rdf:subject ent:quark ; rdf:predicate kg:decreases ; rdf:object ent:widget .
claim:never a kg:Claim ; rdf:subject ent:quark ; rdf:predicate kg:causes ; rdf:object ent:gadget .
ev:1 a kg:Evidence ; kg:about claim:up ; kg:direction kg:Supports ; kg:observed kg:AsClaimed ; kg:fromStudy study:a .
ev:2 a kg:Evidence ; kg:about claim:up ; kg:direction kg:Supports ; kg:observed kg:AsClaimed ; kg:fromStudy study:a .
ev:3 a kg:Evidence ; kg:about claim:up ; kg:direction kg:Disputes ; kg:observed kg:OppositeEffect ; kg:fromStudy study:b .
ev:4 a kg:Evidence ; kg:about claim:down ; kg:direction kg:Disputes ; kg:observed kg:OppositeEffect ; kg:fromStudy study:b .
"""


def derived(pattern: str) -> list[tuple[str, ...]]:
    table = graph_of(WORLD).query(f"SELECT * {{ GRAPH graph:derived {{ {pattern} }} }}")
    return sorted(tuple(terms.shortened(term.value) for term in row if term) for row in table)


def test_two_items_of_one_study_count_as_one_study() -> None:
    assert derived("claim:up kg:supportingStudies ?n ; kg:disputingStudies ?m") == [("1", "1")]


@pytest.mark.parametrize(
    ("claim", "balance"),
    [
        ("claim:up", "kg:ForAndAgainst"),
        ("claim:down", "kg:AgainstOnly"),
        ("claim:never", "kg:NoEvidence"),
    ],
)
def test_the_balance_names_the_directions_present(claim: str, balance: str) -> None:
    assert derived(f"{claim} kg:evidenceBalance ?b") == [(balance,)]


def test_only_a_supported_claim_yields_a_plain_edge_and_it_carries_its_sign() -> None:
    assert derived("ent:quark ?relation ?o") in (
        [("ent:widget", "kg:increases")],
        [("kg:increases", "ent:widget")],
    )
    assert derived("claim:up kg:sign ?sign") == [("1",)]


def test_the_derived_graph_does_not_leak_into_the_default_graph() -> None:
    graph = graph_of(WORLD)
    list(graph.query("SELECT * { GRAPH graph:derived { ?s ?p ?o } }"))
    assert not graph.store.ask("ASK { ent:quark kg:increases ent:widget }")


def test_values_are_bound_and_never_pasted() -> None:
    graph = graph_of('ent:a rdfs:label "x" .')
    hostile = ox.Literal('x" } ; DROP ALL #')
    assert list(graph.query("SELECT ?s ?l { ?s rdfs:label ?l }", l=hostile)) == []
    assert len(graph.store) > 0


def test_a_folder_answers_like_the_file_it_was_loaded_from(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    writer = OxigraphStore(folder, read_only=False)
    writer.load(b"<http://a> <http://b> <http://c> .")
    writer.oxigraph.flush()
    del writer
    assert open_store(folder).ask("ASK { <http://a> <http://b> <http://c> }")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        pytest.param(lambda folder: folder / "missing.ttl", "no such file", id="missing"),
        pytest.param(lambda _: "/dev/null", "is a device", id="a device"),
        pytest.param(lambda folder: folder, "not a store folder", id="a folder of something else"),
    ],
)
def test_a_path_that_is_no_graph_is_an_error_that_says_what_to_do(tmp_path, make, words) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - pytest parameters
    (tmp_path / "x").write_text("x")
    with pytest.raises(DataError, match=words):
        open_store(make(tmp_path))


def test_the_form_of_a_query_must_fit_what_is_asked() -> None:
    with pytest.raises(QueryError, match="not a SELECT"):
        graph_of("").query("ASK { ?s ?p ?o }")
