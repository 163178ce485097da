"""The steps that a path in the page may take: those that `kg explain` takes, and no others.

    links_of(graph)      one list per step, in the order of `FIELDS`

What may carry a step, with which sign, and what follows from the vocabulary is decided in
`kg/paths/links.py`; the page only searches. A test holds both searches to the same answer.
"""

from kg.graph import Graph
from kg.knowledge import knowledge_of
from kg.pages.views.explore.records import short
from kg.paths import Step, steps_of

__all__ = ["FIELDS", "links_of"]

FIELDS = ("from", "to", "sign", "kind", "level", "doubt", "isKin", "own", "claims", "contrary")


def links_of(graph: Graph) -> list[list[object]]:
    """Every step there is, by claims and by definition."""
    return [_link(step) for step in steps_of(knowledge_of(graph))]


def _link(step: Step) -> list[object]:
    own = bool(step.claims) and step.claims[0].has_support_of_its_own
    ends = [short(step.source), short(step.target)]
    claims, contrary = (
        [short(judged.claim.iri) for judged in found] for found in (step.claims, step.contrary)
    )
    weight = [step.level, step.doubt, int(step.is_kin), int(own)]
    return [*ends, step.sign, str(step.kind), *weight, claims, contrary]
