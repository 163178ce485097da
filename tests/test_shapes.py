"""Two SHACL engines, one opinion: `shacl`, which `kg check` uses, and pySHACL, the reference.

Both validate the bundled graph, the surroundings of every seeded defect, and the bad graphs
of the rules, which leave out most of what a record needs. A disagreement about what conforms,
or about a focus node, path or constraint, fails.
"""

from pathlib import Path
from typing import NamedTuple

import pyshacl
import pytest
import rdflib
import shacl
from rdflib.namespace import SH

from kg import resources
from kg.store import file_bytes

from .conftest import ROOT
from .defects.seeding import Defect, Ground, defects

DEFECTS = defects()
SMALL = [ROOT / "tests" / "tiny.ttl", *sorted(resources.RULES.glob("*/bad.ttl"))]


class Opinion(NamedTuple):
    """What an engine says of a graph: whether it conforms, and each focus, path and constraint."""

    conforms: bool
    results: frozenset[tuple[str, str, str]]


@pytest.fixture(scope="module")
def ground() -> Ground:
    return Ground(file_bytes(resources.TRIPLES))


@pytest.fixture(scope="module")
def ours() -> shacl.Shapes:
    return shacl.Shapes.from_file(str(resources.SHAPES))


@pytest.fixture(scope="module")
def reference() -> rdflib.Graph:
    return rdflib.Graph().parse(resources.SHAPES, format="turtle")


def opinion_of_shacl(text: bytes, shapes: shacl.Shapes) -> Opinion:
    report = shapes.validate_turtle(text.decode())
    results = {
        (
            result.focus_node.strip("<>"),
            (result.path or "").strip("<>"),
            result.component_iri.strip("<>"),
        )
        for result in report.results
    }
    return Opinion(report.conforms, frozenset(results))


def opinion_of_pyshacl(text: bytes, shapes: rdflib.Graph) -> Opinion:
    graph = rdflib.Graph().parse(data=text, format="turtle")
    conforms, report, _ = pyshacl.validate(graph, shacl_graph=shapes)
    assert isinstance(report, rdflib.Graph)
    results = {
        tuple(str(report.value(result, part) or "") for part in PARTS)
        for result in report.subjects(rdflib.RDF.type, SH.ValidationResult)
    }
    return Opinion(conforms, frozenset(results))  # type: ignore[arg-type] - three parts each


PARTS = (SH.focusNode, SH.resultPath, SH.sourceConstraintComponent)


def test_both_engines_find_that_the_bundled_graph_conforms(
    ground: Ground, ours: shacl.Shapes, reference: rdflib.Graph
) -> None:
    conforms = Opinion(conforms=True, results=frozenset())
    assert opinion_of_shacl(ground.text, ours) == conforms
    assert opinion_of_pyshacl(ground.text, reference) == conforms


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.name)
def test_both_engines_find_the_same_around_a_defect(
    defect: Defect, ground: Ground, ours: shacl.Shapes, reference: rdflib.Graph
) -> None:
    seeded = ground.seeded(defect)
    part = ground.around(seeded)
    opinion = opinion_of_shacl(part, ours)
    assert opinion_of_pyshacl(part, reference) == opinion
    if any(rule.startswith("shape-") for rule, _ in seeded.expected):
        assert seeded.subject in {focus for focus, _, _ in opinion.results}


@pytest.mark.parametrize("path", SMALL, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_both_engines_find_the_same_in_small_graphs(
    path: Path, ours: shacl.Shapes, reference: rdflib.Graph
) -> None:
    text = path.read_bytes()
    assert opinion_of_pyshacl(text, reference) == opinion_of_shacl(text, ours)
