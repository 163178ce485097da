"""What follows from the claims and their appraisals, as triples for `graph:derived`.

    claim  kg:verdict …            the verdict as a concept, and `kg:certainty`, `kg:claimKind`
    claim  kg:verdictInWords "…"   the same as a phrase, with where it was seen and holds
    claim  kg:reason "…"           each reason, as a sentence
    claim  kg:decidedBy study      the studies that the verdict rests on
    claim  kg:supportingStudies n  independent of the verdict: how many studies speak which way
    subject relation object        the plain edge, with `claim kg:sign` beside it

A plain edge is there only where the verdict is supported, contested or context-dependent;
`kg:verdict` of the claim, in the same graph, says which. What is refuted, inconclusive or
untested yields none, so that it can never be read as a fact.
To derive more, add a triple here and its property to `ontology/hairkg.ttl`.
"""

from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from kg import terms
from kg.model import Appraisal, Claim, Direction

__all__ = ["derived_triples"]

COUNTS = {
    Direction.SUPPORTS: "supportingStudies",
    Direction.DISPUTES: "disputingStudies",
    Direction.INCONCLUSIVE: "inconclusiveStudies",
}

Concepts = Mapping[tuple[str, str], str]
Value = ox.NamedNode | ox.Literal


def derived_triples(
    claims: Iterable[Claim], appraisals: Mapping[str, Appraisal], concepts: Concepts
) -> Iterator[ox.Triple]:
    """Everything that is derived; `concepts` gives the IRI for a scheme and a label."""
    for claim in claims:
        appraisal = appraisals[claim.iri]
        node = ox.NamedNode(claim.iri)
        for name, value in _said(claim, appraisal, concepts):
            yield ox.Triple(node, ox.NamedNode(terms.kg(name)), value)
        if appraisal.verdict.holds_somewhere:
            yield from _edge(claim)


def _said(claim: Claim, appraisal: Appraisal, concepts: Concepts) -> Iterator[tuple[str, Value]]:
    for direction, name in COUNTS.items():
        yield name, ox.Literal(len(claim.studies(direction)))
    for name, scheme, word in (
        ("evidenceBalance", "BalanceScheme", claim.balance),
        ("verdict", "VerdictScheme", appraisal.verdict),
        ("certainty", "CertaintyScheme", appraisal.certainty),
        ("claimKind", "ClaimKindScheme", appraisal.kind),
        ("nullKind", "NullScheme", appraisal.null),
    ):
        # A graph without our vocabulary has no concepts; the words below still say it.
        concept = concepts.get((terms.kg(scheme), str(word)))
        if concept:
            yield name, ox.NamedNode(concept)
    yield "verdictInWords", ox.Literal(appraisal.words)
    for reason in appraisal.reasons:
        yield "reason", ox.Literal(reason)
    for study in map(_node, appraisal.deciding):
        if study:
            yield "decidedBy", study


def _edge(claim: Claim) -> Iterator[ox.Triple]:
    subject, relation, object_ = map(
        _node, (claim.subject.iri, claim.relation.iri, claim.object.iri)
    )
    if subject and relation and object_:
        yield ox.Triple(subject, relation, object_)
        sign = ox.NamedNode(terms.kg("sign"))
        yield ox.Triple(ox.NamedNode(claim.iri), sign, ox.Literal(claim.relation.sign))


def _node(iri: str) -> ox.NamedNode | None:
    """The node; None where a graph under repair has something else in the place of an IRI."""
    try:
        return ox.NamedNode(iri)
    except ValueError:
        return None
