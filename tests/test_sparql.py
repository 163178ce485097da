"""What a query may do, and what its header says."""

from pathlib import Path

import pytest

from kg import sparql
from kg.errors import QueryError


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "SELECT ?service { ?service ?p 'SERVICE' } # service", id="the word elsewhere"
        ),
        pytest.param(
            "PREFIX insert: <http://e/> SELECT * { insert:a ?p ?o }", id="a prefix named so"
        ),
        pytest.param("SELECT * { ?s ?p ?o FILTER(?o < 3 && ?o > 1) }", id="comparison"),
        pytest.param("ASK { <http://service/> ?delete ?o }", id="in an address"),
    ],
)
def test_a_harmless_query_passes(text: str) -> None:
    sparql.refuse_unsafe(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("INSERT DATA { <a:a> <a:b> <a:c> }", "update", id="insert"),
        pytest.param(
            "PREFIX a: <http://a/> DELETE WHERE { ?s ?p ?o }", "update", id="delete after prefix"
        ),
        pytest.param("# SELECT\nDROP ALL", "update", id="drop after comment"),
        pytest.param("LOAD <http://127.0.0.1/x>", "update", id="load"),
        pytest.param(
            "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "SERVICE", id="service"
        ),
        pytest.param(
            "SELECT * {service silent ?x {?s ?p ?o}}", "SERVICE", id="service without spaces"
        ),
        pytest.param("SELECT * " + "{" * 3000 + "}" * 3000, "nests", id="braces"),
        pytest.param("SELECT * { FILTER(" + "!" * 5000 + "true) }", "nests", id="negations"),
        pytest.param(
            "SELECT * { FILTER(" + "(" * 200 + "1" + ")" * 200 + ") }", "nests", id="parentheses"
        ),
        pytest.param("SELECT * { }" + " " * 70_000, "characters", id="too long"),
    ],
)
def test_an_unsafe_query_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(QueryError, match=reason):
        sparql.refuse_unsafe(text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("SELECT * { graph ?g { ?s ?p ?o } }", True, id="GRAPH"),
        pytest.param("SELECT * FROM <http://g/> { ?s ?p ?o }", True, id="FROM"),
        pytest.param(
            "# a graph\nSELECT ?graph { ?graph ?p 'graph' }", False, id="the word elsewhere"
        ),
    ],
)
def test_only_a_query_that_looks_into_a_named_graph_says_so(text: str, names: bool) -> None:  # noqa: FBT001 - a case
    assert sparql.names_a_graph(text) is names


def test_a_header_gives_summary_parameters_and_folded_text(tmp_path: Path) -> None:
    path = tmp_path / "widgets.rq"
    path.write_text(
        "# summary: What a widget does.\n"
        "# why: >\n"
        "#   First line\n"
        "#   second line.\n"
        "# param widget: entity, as quark engine\n"
        "SELECT ?widget { ?widget ?p ?o }\n"
        "# summary: not this one\n"
    )
    query = sparql.read(path)
    assert query.summary == "What a widget does."
    assert query.header["why"] == "First line second line."
    assert query.parameters == (sparql.Parameter("widget", "entity", "quark engine"),)


def test_a_parameter_of_unknown_kind_is_an_error_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "x.rq"
    path.write_text("# param widget: thing\nASK { }")
    with pytest.raises(QueryError, match=r"x\.rq: cannot read"):
        sparql.read(path)


@pytest.mark.parametrize("name", ["../secrets", "a/b", "", "A"])
def test_a_name_is_never_a_path(tmp_path: Path, name: str) -> None:
    assert sparql.named(tmp_path, name) is None
