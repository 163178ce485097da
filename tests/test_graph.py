"""The domain values say what the triples say."""

import networkx
import pytest
import rdflib

from kg import terms
from kg.errors import QueryError, UnknownName
from kg.graph import Graph
from kg.model import Balance, Direction, Observed
from kg.network import facts_of

from .conftest import graph_of

WORLD = """
ent:quark a kg:Entity , kg:Drug ; rdfs:label "quark" .
ent:widget a kg:Entity , kg:Outcome ; rdfs:label "widget" .
ent:ants a kg:Entity , kg:Population ; rdfs:label "ants" .
claim:up a kg:Claim ; rdfs:label "quark increases widget in ants" ; rdf:subject ent:quark ;
    rdf:predicate kg:increases ; rdf:object ent:widget ; kg:inPopulation ent:ants ; kg:atDose "5: low" .
claim:down a kg:Claim ; rdfs:label "quark decreases widget" ; rdf:subject ent:quark ;
    rdf:predicate kg:decreases ; rdf:object ent:widget .
study:a a kg:Study ; rdfs:label "A" ; kg:reportedIn src:a ; kg:participants 12 .
src:a a kg:Source ; dcterms:title "On quarks" ; dcterms:issued "2001"^^xsd:gYear .
ev:for a kg:Evidence ; kg:about claim:up ; kg:fromStudy study:a ; kg:reportedIn src:a ;
    kg:direction kg:Supports ; kg:observed kg:AsClaimed ; kg:finding "It rose." ;
    kg:effectValue 0.050 ; kg:sampleSize 9 ; kg:design kg:AnimalInVivo .
ev:against a kg:Evidence ; kg:about claim:up ; kg:fromStudy study:a ;
    kg:direction kg:Disputes ; kg:observed kg:NoEffect ; kg:finding "It stayed." .
path:p a kg:Mechanism ; rdfs:label "p" ; kg:explains claim:up .
path:p-2 a kg:Step ; kg:stepOf path:p ; kg:order 2 ; kg:via claim:up .
path:p-1 a kg:Step ; kg:stepOf path:p ; kg:order 1 ; kg:via claim:down .
"""


@pytest.fixture(scope="module")
def world() -> Graph:
    return graph_of(WORLD)


def test_a_claim_holds_the_evidence_on_both_sides(world: Graph) -> None:
    claim = world.claim("quark increases widget in ants")
    assert [item.direction for item in claim.evidence] == [Direction.DISPUTES, Direction.SUPPORTS]
    assert claim.balance is Balance.FOR_AND_AGAINST
    assert claim.is_contested
    assert claim.evidence_against[0].observed is Observed.NO_EFFECT
    assert claim.evidence_against[0].is_null


def test_a_scope_is_read_in_words_and_a_dose_with_a_colon_stays_text(world: Graph) -> None:
    scope = world.claim("claim:up").scope
    assert (scope.population, scope.dose, scope.site) == ("ants", "5: low", "")


def test_numbers_keep_their_spelling_as_far_as_the_store_does(world: Graph) -> None:
    item = world.claim("claim:up").evidence_for[0]
    assert (item.effect.value, item.sample_size, item.study.participants) == ("0.05", 9, 12)


def test_the_steps_of_a_mechanism_are_in_their_order_and_give_its_sign(world: Graph) -> None:
    mechanism = world.mechanisms[terms.expanded("path:p") or ""]
    assert [step.relation.sign for step in mechanism.steps] == [-1, 1]
    assert mechanism.net_sign == -1


def test_parallel_claims_stay_parallel_edges(world: Graph) -> None:
    network = world.networkx()
    assert isinstance(network, networkx.MultiDiGraph)
    assert network.number_of_edges() == 2
    signs = {data["label"]: data["sign"] for *_, data in network.edges(data=True)}
    assert signs == {"quark increases widget in ants": 1, "quark decreases widget": -1}


def test_a_claim_that_does_not_hold_is_no_fact(world: Graph) -> None:
    facts = facts_of(world.claims.values(), world.appraisals)
    assert [data["verdict"] for *_, data in facts.edges(data=True)] == ["contested"]


def test_rdflib_sees_the_same_triples(world: Graph) -> None:
    graph = world.rdflib()
    assert (
        rdflib.URIRef(terms.expanded("ent:quark")),
        rdflib.RDFS.label,
        rdflib.Literal("quark"),
    ) in graph
    assert len(graph) == len(world.store)


def test_an_unknown_entity_is_an_error_with_a_suggestion(world: Graph) -> None:
    with pytest.raises(UnknownName, match="Did you mean 'quark'"):
        world.entity("quarc")


def test_a_value_outside_its_list_is_an_error_that_says_to_check() -> None:
    graph = graph_of("ev:x a kg:Evidence ; kg:direction kg:Maybe ; kg:observed kg:NoEffect .")
    with pytest.raises(QueryError, match="kg check"):
        _ = graph.evidence


def test_hearsay_is_shown_but_counts_as_no_study() -> None:
    graph = graph_of("""
        claim:told a kg:Claim ; rdfs:label "told" ; rdf:subject ent:a ; rdf:object ent:b ;
            rdf:predicate kg:increases .
        ev:told a kg:Evidence ; kg:about claim:told ; kg:fromStudy study:a ; kg:finding "x" ;
            kg:direction kg:Supports ; kg:observed kg:AsClaimed ; kg:role kg:BackgroundStatement .
    """)
    claim = graph.claim("told")
    assert len(claim.evidence_for) == 1
    assert claim.studies(Direction.SUPPORTS) == frozenset()
    assert claim.balance is Balance.ONLY_HEARSAY
    rows = graph.query(
        "SELECT ?b ?n { GRAPH graph:derived { ?c kg:evidenceBalance ?b ; kg:supportingStudies ?n } }"
    )
    assert [[term.value.rpartition("/")[2] for term in row if term] for row in rows] == [
        ["OnlyHearsay", "0"]
    ]
    assert not graph.store.ask("ASK { GRAPH graph:derived { ent:a kg:increases ent:b } }")
