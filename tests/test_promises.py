"""The three promises, kept for every claim of the bundled graph in every form that shows it.

No relation without a source; no evidence hidden because it disagrees; every verdict
traceable to its studies. Named questions are held to it in `test_queries.py`, the pages,
the audit and the explorer in the tests of each.
"""

import json
from collections.abc import Mapping

import pyoxigraph as ox
import pytest

from kg import terms
from kg.graph import Graph
from kg.model import Claim, Direction, Verdict
from kg.report import card_of, card_text, evidence_data


@pytest.fixture(scope="module")
def cards(real: Graph) -> Mapping[str, dict[str, object]]:
    """The card of every claim, as JSON gives it back."""
    return {iri: json.loads(json.dumps(card_of(real, iri))) for iri in real.claims}


def listed(card: dict[str, object], heading: str) -> object:
    """What a card lists under a heading; it says "none" rather than leave a side out."""
    found = card.get(heading, [])
    return [] if found == "none" else found


def test_every_result_names_its_study_and_where_it_was_read(real: Graph) -> None:
    assert [
        item.iri
        for item in real.evidence.values()
        if not (item.study.iri in real.studies and item.source and item.locator and item.finding)
    ] == []


def test_a_card_of_a_claim_has_both_sides_whole(
    real: Graph, cards: Mapping[str, dict[str, object]]
) -> None:
    for iri, claim in real.claims.items():
        sides = {
            "evidence for": claim.evidence_for,
            "evidence against": claim.evidence_against,
            "inconclusive": claim.evidence_inconclusive,
        }
        for heading, items in sides.items():
            assert listed(cards[iri], heading) == [evidence_data(item) for item in items], iri


def test_a_card_for_people_leaves_nothing_out_that_a_machine_gets(real: Graph) -> None:
    for iri, claim in real.claims.items():
        text = card_text(card_of(real, iri))
        for item in claim.evidence:
            assert f"id: {terms.shortened(item.iri)}\n" in text, iri
        assert f"verdict: {real.appraisals[iri].words}\n" in text


def test_a_line_that_names_a_claim_says_how_many_studies_are_against_it(real: Graph) -> None:
    for iri, entity in real.entities.items():
        grouped = card_of(real, iri).get("claims", {})
        assert isinstance(grouped, dict)
        lines = [line for group in grouped.values() for line in group]
        assert len(lines) == len(real.claims_about(entity))
        assert all(" for, " in line and " against" in line for line in lines)


def test_every_edge_of_the_network_carries_verdict_and_both_counts(real: Graph) -> None:
    edges = {key: about for *_, key, about in real.networkx().edges(keys=True, data=True)}
    assert edges.keys() == real.claims.keys()
    for iri, about in edges.items():
        claim = real.claims[iri]
        assert about["words"] == real.appraisals[iri].words
        assert about["supporting"] == len(claim.studies(Direction.SUPPORTS))
        assert about["disputing"] == len(claim.studies(Direction.DISPUTES))


def test_a_plain_edge_is_there_exactly_where_a_claim_holds_somewhere(real: Graph) -> None:
    real.derive()
    graph = ox.NamedNode(terms.DERIVED_GRAPH)

    def ends(claim: Claim) -> tuple[str, str, str]:
        return claim.subject.iri, claim.relation.iri, claim.object.iri

    plain = {
        (quad.subject.value, quad.predicate.value, quad.object.value)
        for quad in real.store.oxigraph.quads_for_pattern(None, None, None, graph)
        if isinstance(quad.object, ox.NamedNode) and quad.subject.value in real.entities
    }
    holding = [c for iri, c in real.claims.items() if real.appraisals[iri].verdict.holds_somewhere]
    assert plain == {ends(claim) for claim in holding}


def test_a_verdict_rests_on_studies_that_are_in_the_graph(real: Graph) -> None:
    for iri, appraisal in real.appraisals.items():
        assert set(appraisal.deciding) <= real.studies.keys()
        assert bool(appraisal.deciding) is (appraisal.verdict is not Verdict.UNTESTED), iri
        assert appraisal.reasons, iri
