"""The named questions: whole answers on an invented world, in both engines; headers; documentation.

A golden table is what the command prints. When a question changes on purpose, renew it, with
the values of `ASKED`:

    kg query NAME --store tests/tiny.ttl --set … --format csv > tests/golden/queries/NAME.csv

rdflib never ends on patterns that are apart: what follows a UNION, a GRAPH or a subselect in a
group must hang together by itself.
"""

import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

import kg
from kg import resources, sparql, terms
from kg.graph import Graph
from kg.results import TABLE_FORMATS
from kg.sparql import Parameter, Query
from kg.store import Term

ROOT = Path(__file__).parent.parent
TINY = ROOT / "tests" / "tiny.ttl"
GOLDEN = ROOT / "tests" / "golden" / "queries"
QUESTIONS = sparql.catalogue(resources.QUERIES)

# What each parameter is set to in the invented world.
ASKED = {
    "about": "quark therapy",
    "claim": "quark therapy treats widget decay",
    "condition": "widget decay",
    "date": "2026-11-22",
    "document": "Leaflet on quarks",
    "entity": "quark therapy",
    "for": "slow widget decay",
    "from": "quark therapy",
    "one": "quark therapy",
    "other": "squark",
    "to": "down-to-up transition",
    "treatment": "quark therapy",
}

each_question = pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)

Bindings = dict[str, ox.NamedNode | ox.Literal]


@pytest.fixture(scope="module")
def tiny() -> Graph:
    return kg.load(TINY)


@pytest.fixture(scope="module")
def tiny_in_rdflib(tiny: Graph) -> rdflib.Dataset:
    """The same world in rdflib, with the same derived graph."""
    tiny.derive()
    dataset = rdflib.Dataset()
    for path in (TINY, resources.ONTOLOGY):
        dataset.default_graph.parse(path, format="turtle")
    derived = dataset.graph(rdflib.URIRef(terms.DERIVED_GRAPH))
    pattern = (None, None, None, ox.NamedNode(terms.DERIVED_GRAPH))
    for quad in tiny.store.oxigraph.quads_for_pattern(*pattern):
        derived.add((in_rdflib(quad.subject), in_rdflib(quad.predicate), in_rdflib(quad.object)))
    return dataset


def in_rdflib(term: Term) -> rdflib.term.Identifier:
    if isinstance(term, ox.Literal):
        return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value))
    assert isinstance(term, ox.NamedNode)
    return rdflib.URIRef(term.value)


def term_of(parameter: Parameter, value: str, graph: Graph) -> ox.NamedNode | ox.Literal:
    if parameter.kind == "date":
        return ox.Literal(value, datatype=ox.NamedNode(terms.XSD + "date"))
    assert parameter.kind == "entity", (
        f"no question has a {parameter.kind} yet; say here what it is"
    )
    iri = graph.names.resolve(value)
    assert iri is not None, graph.names.miss(value, "thing")
    return ox.NamedNode(iri)


def asked(question: Query, graph: Graph) -> Bindings:
    return {p.name: term_of(p, ASKED[p.name], graph) for p in question.parameters}


def as_in_the_example(question: Query, graph: Graph) -> Bindings:
    return {p.name: term_of(p, p.example, graph) for p in question.parameters}


def columns_of(question: Query, graph: Graph) -> tuple[str, ...]:
    return graph.query(question.text).columns


def test_there_are_questions_and_each_has_its_golden_table() -> None:
    assert len(QUESTIONS) >= 28
    assert {path.stem for path in GOLDEN.iterdir()} == {question.name for question in QUESTIONS}


@each_question
def test_a_question_answers_with_its_golden_table(question: Query, tiny: Graph) -> None:
    table = tiny.query(question.text, **asked(question, tiny))
    answer = table.serialize(TABLE_FORMATS["csv"]).decode().splitlines()
    golden = (GOLDEN / f"{question.name}.csv").read_text(encoding="utf-8").splitlines()
    assert answer == golden
    assert len(golden) > 1, "a table without a row proves nothing"


# rdflib 7.6 uses its own deprecated attribute when it answers over a dataset.
@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning")
@each_question
def test_both_engines_give_the_same_rows_in_the_same_order(
    question: Query, tiny: Graph, tiny_in_rdflib: rdflib.Dataset
) -> None:
    bindings = asked(question, tiny)
    rows = [
        tuple(None if term is None else term.value for term in row)  # type: ignore[union-attr]
        for row in tiny.query(question.text, **bindings)
    ]
    found = tiny_in_rdflib.query(
        question.text,
        initNs=terms.PREFIXES,
        initBindings={name: in_rdflib(term) for name, term in bindings.items()},
    )
    assert [
        tuple(None if term is None else str(term) for term in row)  # type: ignore[union-attr]
        for row in found
    ] == rows


@each_question
def test_every_example_is_in_the_real_graph_and_no_row_comes_twice(
    question: Query, real: Graph
) -> None:
    rows = list(real.query(question.text, **as_in_the_example(question, real)))
    assert len(rows) == len(set(rows))


@each_question
def test_a_header_is_complete(question: Query, tiny: Graph) -> None:
    known = {"summary", "topic", "why", *(f"param {p.name}" for p in question.parameters)}
    assert set(question.header) <= known
    assert question.summary.endswith(".")
    assert question.header["topic"]
    for parameter in question.parameters:
        assert parameter.example
        # The engine binds only what the answer shows.
        assert parameter.name in columns_of(question, tiny)


@each_question
def test_support_is_never_shown_without_what_disputes_it(question: Query, tiny: Graph) -> None:
    columns = set(columns_of(question, tiny))
    against = {f"{name.removesuffix('For')}Against" for name in columns if name.endswith("For")}
    assert against <= columns
    if "finding" in columns:
        assert columns & {"direction", "studiesAgainst"}


@each_question
def test_a_claim_is_never_shown_without_its_verdict(question: Query, tiny: Graph) -> None:
    columns = set(columns_of(question, tiny))
    if "statement" in columns:
        assert "verdict" in columns


def test_a_mechanism_can_be_asked_for_by_its_name_or_by_what_takes_part(tiny: Graph) -> None:
    question = sparql.named(resources.QUERIES, "steps-of-mechanism")
    assert question

    def names(about: str) -> set[str]:
        iri = tiny.names.resolve(about)
        assert iri
        table = tiny.query(question.text, about=ox.NamedNode(iri))
        return {str(row[table.columns.index("name")]) for row in table}

    quarks = '"Quarks wake widgets through gluons"'
    assert names("Quarks wake widgets through gluons") == {quarks}
    assert names("gluon") == {quarks, '"Rust keeps widgets down through gluons"'}
    assert names("gloom") == set()


def test_the_generated_documentation_is_current() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "make-docs"), "--check"]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")
