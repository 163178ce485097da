"""A name finds its thing, an exact one before a near one, and a miss suggests."""

import pytest

from .conftest import graph_of

NAMES = graph_of("""
ent:quark-engine a kg:Entity , kg:Drug ; rdfs:label "quark engine" ; skos:altLabel "QE-1" , "turbo" ;
    skos:exactMatch obo:CHEBI_1 , hgnc:7 ; skos:definition "Drives a widget." .
ent:turbo a kg:Entity , kg:Drug ; rdfs:label "turbo" .
src:doe-2001 a kg:Source ; dcterms:title "On quark engines" ; kg:doi "10.1000/qe" ; kg:pmid "123" .
ev:doe-2001-f1 a kg:Evidence ; kg:finding "The engines drove 9 of 10 widgets." .
claim:x a kg:Claim ; rdfs:label "quark engine drives widget" .
""").names


@pytest.mark.parametrize(
    ("name", "found"),
    [
        pytest.param("quark engine", "entity/quark-engine", id="label"),
        pytest.param("QUARK_Engine", "entity/quark-engine", id="case and underscore"),
        pytest.param("qe 1", "entity/quark-engine", id="synonym with a space for the hyphen"),
        pytest.param("turbo", "entity/turbo", id="a label wins over a synonym"),
        pytest.param("CHEBI:1", "entity/quark-engine", id="identifier of an OBO ontology"),
        pytest.param("HGNC:7", "entity/quark-engine", id="identifier in capitals"),
        pytest.param("ent:quark-engine", "entity/quark-engine", id="short IRI"),
        pytest.param("<https://w3id.org/hairkg/entity/turbo>", "entity/turbo", id="whole IRI"),
        pytest.param("10.1000/QE", "source/doe-2001", id="DOI"),
        pytest.param("doe-2001-f1", "evidence/doe-2001-f1", id="slug"),
    ],
)
def test_a_thing_is_found_by_any_of_its_names(name: str, found: str) -> None:
    assert NAMES.resolve(name) == f"https://w3id.org/hairkg/{found}"


def test_a_miss_suggests_the_nearest_name_and_the_search() -> None:
    assert NAMES.resolve("quork engine") is None
    assert NAMES.miss("quork engine", "thing") == (
        "No thing is called 'quork engine'. Did you mean 'quark engine' or 'On quark engines'?"
        ' Search with: kg search "quork engine"'
    )


def test_search_ranks_a_label_before_a_text_and_matches_stems() -> None:
    hits = [hit.iri.rpartition("/")[2] for hit in NAMES.search("engine")]
    assert hits[0] in {"quark-engine", "x", "doe-2001"}
    assert hits[-1] == "doe-2001-f1"
    assert len(hits) == 4


@pytest.mark.parametrize("words", ['"', "AND OR (", "*", "", "label:x", "\x00"])
def test_search_takes_any_text_for_words(words: str) -> None:
    assert NAMES.search(words) == []


def test_a_part_of_a_name_suggests_the_names_that_have_it() -> None:
    assert NAMES.near("engine") == [
        "quark engine",
        "On quark engines",
        "quark engine drives widget",
    ]
    assert NAMES.near("ngine") == []
