"""The claims as a network: entities are nodes, each claim is one edge.

A node carries `label` and `kind`; an edge is keyed by the IRI of its claim and carries
`label`, `relation`, `sign`, `verdict`, `certainty` (empty where there is none), `words`
(the verdict as a phrase) and the numbers of studies `supporting`, `disputing` and
`inconclusive`. Parallel claims stay parallel edges, so a claim and its opposite are both
there. `facts_of` leaves out what is refuted, inconclusive or untested.
"""

from collections.abc import Iterable, Mapping

import networkx

from kg.model import Appraisal, Claim, Direction, Entity

__all__ = ["facts_of", "network_of"]


def network_of(
    claims: Iterable[Claim],
    appraisals: Mapping[str, Appraisal],
    entities: Iterable[Entity] = (),
) -> networkx.MultiDiGraph:
    """Every claim as an edge, whatever its verdict; `appraisals` are keyed by IRI of claim."""
    network = networkx.MultiDiGraph()
    for entity in entities:
        network.add_node(entity.iri, label=entity.label, kind=entity.kind)
    for claim in claims:
        for end in (claim.subject, claim.object):
            network.add_node(end.iri, label=end.label, kind=end.kind)
        appraisal = appraisals[claim.iri]
        network.add_edge(
            claim.subject.iri,
            claim.object.iri,
            key=claim.iri,
            label=claim.label,
            relation=claim.relation.label,
            sign=claim.relation.sign,
            verdict=str(appraisal.verdict),
            certainty=str(appraisal.certainty or ""),
            words=appraisal.words,
            supporting=len(claim.studies(Direction.SUPPORTS)),
            disputing=len(claim.studies(Direction.DISPUTES)),
            inconclusive=len(claim.studies(Direction.INCONCLUSIVE)),
        )
    return network


def facts_of(claims: Iterable[Claim], appraisals: Mapping[str, Appraisal]) -> networkx.MultiDiGraph:
    """Only the claims that hold, or hold somewhere; `verdict` says which."""
    return network_of(
        (claim for claim in claims if appraisals[claim.iri].verdict.holds_somewhere), appraisals
    )
