"""The appraisal of every claim of a graph: gathers what each one needs, and weighs it.

    graph.appraisals                            the usual way to them
    appraise_all(claims, bundled_grading())     IRI of the claim → Appraisal

A claim is weighed together with the claims that specialise it, however many steps away;
those are found here. How it is weighed is in `kg/appraisal/`, the numbers in
`ontology/appraisal.ttl`. A circle of specialisations ends where it began.
"""

from collections.abc import Mapping

from kg.appraisal import appraise
from kg.model import Appraisal, Claim, Grading
from kg.reaching import reached

__all__ = ["appraise_all", "narrower_claims"]


def appraise_all(claims: Mapping[str, Claim], grading: Grading) -> dict[str, Appraisal]:
    """What the evidence on each claim comes to; claims and answer are keyed by IRI."""
    below = narrower_claims(claims)
    return {iri: appraise(claim, below.get(iri, ()), grading) for iri, claim in claims.items()}


def narrower_claims(claims: Mapping[str, Claim]) -> dict[str, tuple[Claim, ...]]:
    """For each claim that others specialise: all of those, however many steps away."""
    children: dict[str, list[str]] = {}
    for claim in claims.values():
        for broader in claim.specializes:
            children.setdefault(broader, []).append(claim.iri)
    return {
        iri: tuple(claims[one] for one in sorted(reached(iri, children)) if one in claims)
        for iri in children
        if iri in claims
    }
