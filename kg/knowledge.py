"""What mechanism paths and contradictions are looked for in: claims of a graph with their verdicts.

    knowledge_of(graph)                       all evidence
    knowledge_of(graph, organism="human")     each claim weighed by its human evidence alone

Nothing is decided here; how claims are weighed is in `kg/appraisal/`.
"""

from collections.abc import Mapping
from dataclasses import replace

from kg.graph import Graph
from kg.model import Claim
from kg.paths import Judged, Knowledge
from kg.verdicts import appraise_all, narrower_claims

__all__ = ["knowledge_of"]


def knowledge_of(graph: Graph, organism: str = "") -> Knowledge:
    """The claims with their verdicts; of one organism's evidence where that is named."""
    claims = _seen_in(graph.claims, organism) if organism else graph.claims
    appraisals = appraise_all(claims, graph.grading) if organism else graph.appraisals
    below = narrower_claims(claims)
    return Knowledge(
        entities=graph.entities,
        claims={
            iri: Judged(
                claim,
                appraisals[iri],
                tuple(item for one in below.get(iri, ()) for item in one.evidence),
            )
            for iri, claim in claims.items()
        },
        mechanisms=tuple(graph.mechanisms.values()),
        organism=organism,
        overall=graph.appraisals,
    )


def _seen_in(claims: Mapping[str, Claim], organism: str) -> dict[str, Claim]:
    return {
        iri: replace(
            claim, evidence=tuple(item for item in claim.evidence if item.organism == organism)
        )
        for iri, claim in claims.items()
    }
