"""The vocabulary is complete, consistent, and the same in its three homes."""

import os
import re
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import resources, terms
from kg.store import OxigraphStore

OURS = terms.VOCABULARY
DEFINED_KINDS = (
    "owl:Class",
    "owl:ObjectProperty",
    "owl:DatatypeProperty",
    "owl:AnnotationProperty",
)


@pytest.fixture(scope="module")
def vocabulary() -> OxigraphStore:
    store = OxigraphStore()
    store.load(resources.ONTOLOGY.read_bytes())
    return store


def values(store: OxigraphStore, text: str) -> set[str]:
    return {row[0].value for row in store.select(text)}  # type: ignore[union-attr]


def terms_of(store: OxigraphStore) -> set[str]:
    kinds = " ".join(DEFINED_KINDS)
    return {
        iri
        for iri in values(store, f"SELECT DISTINCT ?t {{ VALUES ?k {{ {kinds} }} ?t a ?k }}")
        if iri.startswith(OURS)
    }


@pytest.mark.parametrize(
    "saying",
    [
        pytest.param("rdfs:label", id="label"),
        pytest.param("skos:definition", id="definition"),
        pytest.param("skos:example", id="example"),
        pytest.param(
            "skos:exactMatch|skos:closeMatch|kg:mappingStatus", id="mapping or its absence"
        ),
    ],
)
def test_every_class_and_property_has_its(vocabulary: OxigraphStore, saying: str) -> None:
    said = values(vocabulary, f"SELECT DISTINCT ?t {{ ?t {saying} ?v }}")
    assert terms_of(vocabulary) - said == set()


def test_every_relation_has_a_sign_and_the_classes_it_joins(vocabulary: OxigraphStore) -> None:
    relations = values(vocabulary, "SELECT ?r { ?r rdfs:subPropertyOf kg:relation }")
    complete = values(
        vocabulary,
        "SELECT DISTINCT ?r { ?r kg:sign ?s ; kg:subjectClass ?a ; kg:objectClass ?b"
        " FILTER(?s IN (-1, 0, 1)) }",
    )
    assert len(relations) > 20
    assert relations == complete


def test_the_shapes_offer_exactly_the_values_of_the_schemes(vocabulary: OxigraphStore) -> None:
    shapes = resources.SHAPES.read_text(encoding="utf-8")
    lists = {frozenset(found.split()) for found in re.findall(r"sh:in \(([^)]*)\)", shapes)}
    schemes: dict[str, set[str]] = {}
    for concept, scheme in vocabulary.select("SELECT ?c ?s { ?c skos:inScheme ?s }"):
        schemes.setdefault(str(scheme), set()).add(terms.shortened(concept.value))  # type: ignore[union-attr]
    relations = values(vocabulary, "SELECT ?r { ?r rdfs:subPropertyOf kg:relation }")
    allowed = {frozenset(members) for members in schemes.values()}
    allowed.add(frozenset(map(terms.shortened, relations)))
    assert lists <= allowed
    derived = ("Balance", "Verdict", "ClaimKind", "Null")  # never written
    assert allowed - lists == {frozenset(schemes[f"<{OURS}{name}Scheme>"]) for name in derived}


def test_every_property_a_shape_names_is_defined(vocabulary: OxigraphStore) -> None:
    shapes = resources.SHAPES.read_text(encoding="utf-8")
    named = {OURS + name for name in re.findall(r"sh:path kg:(\w+)", shapes)}
    assert named - terms_of(vocabulary) == set()


@pytest.mark.skipif(
    shutil.which("java") is None and not os.environ.get("CI"),
    reason="no Java on this machine, which HermiT needs; CI installs it",
)
@pytest.mark.filterwarnings("default")
def test_hermit_finds_the_vocabulary_consistent_and_every_class_satisfiable(tmp_path: Path) -> None:
    import owlready2

    triples = ox.parse(path=str(resources.ONTOLOGY), format=ox.RdfFormat.TURTLE)
    path = tmp_path / "hairkg.nt"
    path.write_bytes(
        ox.serialize((quad.triple for quad in triples), format=ox.RdfFormat.N_TRIPLES) or b""
    )
    world = owlready2.World()
    ontology = world.get_ontology(path.as_uri()).load()
    assert len(list(ontology.classes())) > 40
    owlready2.sync_reasoner_hermit(world, debug=0)
    assert list(world.inconsistent_classes()) == []


@pytest.mark.skipif(
    shutil.which("java") is None and not os.environ.get("CI"),
    reason="no Java on this machine, which HermiT needs; CI installs it",
)
@pytest.mark.filterwarnings("default")
def test_hermit_would_notice_a_class_that_cannot_have_members(tmp_path: Path) -> None:
    import owlready2

    path = tmp_path / "broken.nt"
    triples = [
        quad.triple for quad in ox.parse(path=str(resources.ONTOLOGY), format=ox.RdfFormat.TURTLE)
    ]
    subclass = ox.NamedNode(terms.RDFS + "subClassOf")
    triples.append(ox.Triple(ox.NamedNode(OURS + "Drug"), subclass, ox.NamedNode(OURS + "Claim")))
    path.write_bytes(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"")
    world = owlready2.World()
    world.get_ontology(path.as_uri()).load()
    owlready2.sync_reasoner_hermit(world, debug=0)
    assert "Drug" in {cls.name for cls in world.inconsistent_classes()}
