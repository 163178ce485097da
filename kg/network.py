"""The claims as a network: entities are nodes, each claim is one edge.

A node carries `label` and `kind`; an edge is keyed by the IRI of its claim and carries
`label`, `relation`, `sign`, `balance` and the numbers of studies `supporting`,
`disputing` and `inconclusive`. Parallel claims stay parallel edges, so a claim and its
opposite are both there. An edge whose balance is not "evidence for only" or "evidence
for and against" is no fact; `facts_of` leaves it out.
"""

from collections.abc import Iterable

import networkx

from kg.model import Balance, Claim, Direction, Entity

__all__ = ["facts_of", "network_of"]


def network_of(claims: Iterable[Claim], entities: Iterable[Entity] = ()) -> networkx.MultiDiGraph:
    """Every claim as an edge, whatever its evidence says."""
    network = networkx.MultiDiGraph()
    for entity in entities:
        network.add_node(entity.iri, label=entity.label, kind=entity.kind)
    for claim in claims:
        for end in (claim.subject, claim.object):
            network.add_node(end.iri, label=end.label, kind=end.kind)
        network.add_edge(
            claim.subject.iri,
            claim.object.iri,
            key=claim.iri,
            label=claim.label,
            relation=claim.relation.label,
            sign=claim.relation.sign,
            balance=str(claim.balance),
            supporting=len(claim.studies(Direction.SUPPORTS)),
            disputing=len(claim.studies(Direction.DISPUTES)),
            inconclusive=len(claim.studies(Direction.INCONCLUSIVE)),
        )
    return network


def facts_of(claims: Iterable[Claim]) -> networkx.MultiDiGraph:
    """Only the claims that have supporting evidence; contested ones say so in `balance`."""
    stated = {Balance.FOR_ONLY, Balance.FOR_AND_AGAINST}
    return network_of(claim for claim in claims if claim.balance in stated)
