"""The table of identifiers as rules see it is what sssom-py reads in it, and a broken table names its line."""

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg import mappings, resources
from kg.check import Location, check_text
from kg.errors import DataError

from .conftest import HEAD

Write = Callable[..., Path]

TABLE = """\
# curie_map:
#   ent: "https://w3id.org/hairkg/entity/"
#   skos: "http://www.w3.org/2004/02/skos/core#"
#   hgnc: "https://example.org/hgnc/"
subject_id\tpredicate_id\tobject_id\tobject_label
ent:quark\tskos:exactMatch\thgnc:1\tquark "top"
"""


@pytest.mark.filterwarnings("default")
def test_the_rows_are_those_of_the_reference() -> None:
    from sssom.parsers import parse_sssom_table
    from sssom.writers import to_rdf_graph

    reference = to_rdf_graph(parse_sssom_table(resources.MAPPINGS))
    text = ox.serialize(mappings.triples(), format=ox.RdfFormat.N_TRIPLES)
    ours = rdflib.Graph().parse(data=text, format="nt")
    assert rows(ours) == rows(reference)
    assert len(rows(ours)) > 600


def rows(graph: rdflib.Graph) -> set[frozenset[tuple[str, str]]]:
    """Each row as what is said of it, without its name."""
    wanted = {"annotatedSource", "annotatedProperty", "annotatedTarget", "object_label"}
    named = set(graph.subjects(rdflib.OWL.annotatedSource))
    return {
        frozenset(
            (str(predicate), str(thing))
            for predicate, thing in graph.predicate_objects(row)
            if str(predicate).replace("#", "/").rsplit("/", 1)[1] in wanted
        )
        for row in named
    }


def test_a_quotation_mark_in_a_label_is_a_letter(write: Write) -> None:
    *_, label = mappings.triples(write("m.tsv", TABLE))
    assert label.object.value == 'quark "top"'
    assert mappings.line_of(label.subject.value) == 6


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        pytest.param("object_id", "object", r"m\.tsv:5:1: .*no column object_id", id="column"),
        pytest.param("hgnc:1", "hugo:1", r"m\.tsv:6:1: object_id is 'hugo:1'", id="prefix"),
        pytest.param("hgnc:1", "", r"m\.tsv:6:1: object_id is ''", id="empty cell"),
    ],
)
def test_a_broken_table_names_its_line(write: Write, old: str, new: str, told: str) -> None:
    with pytest.raises(DataError, match=told):
        mappings.triples(write("m.tsv", TABLE.replace(old, new)))


def test_a_missing_table_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        mappings.triples(tmp_path / "m.tsv")


def test_a_finding_names_the_graph_and_the_row_of_the_table() -> None:
    text = HEAD + 'ent:x a kg:Entity ; rdfs:label "x" ;\n  skos:exactMatch obo:GO_0006915 .'
    [found] = [
        f for f in check_text(text.encode(), "x.ttl") if f.rule == "identifier-named-otherwise"
    ]
    lines = resources.MAPPINGS.read_text(encoding="utf-8").splitlines()
    row = next(number for number, line in enumerate(lines, 1) if "\tGO:0006915\t" in line)
    assert found.places == (
        Location("x.ttl", HEAD.count("\n") + 2, 3),
        Location(str(resources.MAPPINGS), row, 1, "its row"),
    )
