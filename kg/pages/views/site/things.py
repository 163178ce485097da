"""The pages of an entity, of a mechanism, and of results that pull apart."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from kg import terms
from kg.citing import web_address
from kg.model import Claim, Mechanism, PhaseFigure, Verdict
from kg.pages.addresses import address_of
from kg.pages.views.site import metadata
from kg.pages.views.site.parts import (
    CERTAINTIES,
    ClaimGroup,
    ClaimLine,
    Frame,
    Link,
    Resting,
    WebLink,
    grouped_by_verdict,
)
from kg.pages.views.site.shelf import Shelf, claims_in_explorer, scope_of

__all__ = [
    "ConflictPage",
    "EntityPage",
    "FigureLine",
    "MechanismPage",
    "StepLine",
    "conflict_page",
    "entity_page",
    "mechanism_page",
]

WEAKEST_FIRST = (
    Verdict.REFUTED,
    Verdict.UNTESTED,
    Verdict.INCONCLUSIVE,
    Verdict.CONTESTED,
    Verdict.CONTEXT_DEPENDENT,
    Verdict.SUPPORTED,
)


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A duration or a share reported for a hair-cycle phase, and the studies it is from."""

    said: str
    where: str
    remark: str
    studies: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class EntityPage:
    """The context of `site/entity.html`.

    `limited_to_it` are claims whose scope names it; `mechanisms` have a step about it.
    """

    template: ClassVar[str] = "site/entity.html"

    frame: Frame
    label: str
    kind: str
    definition: str
    synonyms: tuple[str, ...]
    exact: tuple[WebLink, ...]
    close: tuple[WebLink, ...]
    broader: tuple[Link, ...]
    narrower: tuple[Link, ...]
    figures: tuple[FigureLine, ...]
    groups: tuple[ClaimGroup, ...]
    claim_count: int
    limited_to_it: tuple[ClaimLine, ...]
    mechanisms: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step of a mechanism: from what, with which sign, to what, and how good it is."""

    subject: Link
    relation: str
    sign: int
    object: Link
    scope: tuple[tuple[str, str], ...]
    claim: ClaimLine


@dataclass(frozen=True, slots=True)
class MechanismPage:
    """The context of `site/mechanism.html`.

    `net_sign` is the product of the signs of the steps; `explains_sign` that of the claim.
    """

    template: ClassVar[str] = "site/mechanism.html"

    frame: Frame
    label: str
    definition: str
    steps: tuple[StepLine, ...]
    net_sign: int
    explains: ClaimLine | None
    explains_sign: int
    weakest: ClaimLine | None


@dataclass(frozen=True, slots=True)
class ConflictPage:
    """The context of `site/conflict.html`."""

    template: ClassVar[str] = "site/conflict.html"

    frame: Frame
    label: str
    reading: str
    one_side: tuple[Resting, ...]
    other_side: tuple[Resting, ...]


def entity_page(shelf: Shelf, iri: str) -> EntityPage:
    """What a thing is and what is claimed about it."""
    entity = shelf.graph.entities[iri]
    claims = shelf.claims_of_entity.get(iri, [])
    return EntityPage(
        frame=shelf.frame(
            address_of("entities", iri),
            "entity",
            entity.label,
            entity.definition or entity.kind,
            metadata.defined_term(entity),
            iri,
            (("around", iri), ("selected", iri)),
        ),
        label=entity.label,
        kind=entity.kind,
        definition=entity.definition,
        synonyms=entity.synonyms,
        exact=_identifiers(entity.exact_matches),
        close=_identifiers(entity.close_matches),
        broader=shelf.links("entities", entity.broader),
        narrower=shelf.links("entities", shelf.graph.subjects_of(terms.BROADER, iri)),
        figures=tuple(_figure(shelf, each) for each in shelf.figures_of_entity.get(iri, ())),
        groups=grouped_by_verdict(shelf.lines(claims)),
        claim_count=len(claims),
        limited_to_it=shelf.lines(shelf.claims_limited_to.get(iri, ())),
        mechanisms=shelf.links("mechanisms", _mechanisms_of(shelf, claims)),
    )


def mechanism_page(shelf: Shelf, iri: str) -> MechanismPage:
    """The chain from left to right, and the claim it is said to explain."""
    mechanism = shelf.graph.mechanisms[iri]
    explained = mechanism.explains
    return MechanismPage(
        frame=shelf.frame(
            address_of("mechanisms", iri),
            "mechanism",
            mechanism.label,
            mechanism.definition,
            metadata.web_page(iri, mechanism.label, mechanism.definition),
            iri,
            (("view", iri), ("selected", iri)),
        ),
        label=mechanism.label,
        definition=mechanism.definition,
        steps=tuple(_step(shelf, step) for step in mechanism.steps),
        net_sign=mechanism.net_sign,
        explains=shelf.line(explained) if explained else None,
        explains_sign=explained.relation.sign if explained else 0,
        weakest=_weakest(shelf, mechanism),
    )


def conflict_page(shelf: Shelf, iri: str) -> ConflictPage:
    """The two sides, and our reading of why they differ."""
    conflict = shelf.graph.conflicts[iri]
    return ConflictPage(
        frame=shelf.frame(
            address_of("conflicts", iri),
            "conflict",
            conflict.label,
            conflict.reading,
            metadata.web_page(iri, conflict.label, conflict.reading),
            iri,
            claims_in_explorer((*conflict.one_side, *conflict.other_side)),
        ),
        label=conflict.label,
        reading=conflict.reading,
        one_side=shelf.resting(conflict.one_side),
        other_side=shelf.resting(conflict.other_side),
    )


def _identifiers(iris: Iterable[str]) -> tuple[WebLink, ...]:
    return tuple(WebLink(terms.curie(iri), web_address(iri)) for iri in iris)


def _figure(shelf: Shelf, figure: PhaseFigure) -> FigureLine:
    evidence = shelf.graph.evidence
    studies = {evidence[iri].study.iri for iri in figure.evidence if iri in evidence}
    return FigureLine(
        said="; ".join(filter(None, (figure.duration, figure.share))),
        where=", ".join(filter(None, (figure.organism, figure.site))),
        remark=figure.remark,
        studies=shelf.links("studies", sorted(studies)),
    )


def _mechanisms_of(shelf: Shelf, claims: Iterable[Claim]) -> list[str]:
    touched = (m.iri for claim in claims for m in shelf.mechanisms_of_claim.get(claim.iri, ()))
    return sorted(set(touched))


def _step(shelf: Shelf, step: Claim) -> StepLine:
    return StepLine(
        subject=shelf.link("entities", step.subject.iri),
        relation=step.relation.label,
        sign=step.relation.sign,
        object=shelf.link("entities", step.object.iri),
        scope=scope_of(step),
        claim=shelf.line(step),
    )


def _weakest(shelf: Shelf, mechanism: Mechanism) -> ClaimLine | None:
    """The step that the chain hangs on: the worst verdict, then the lowest certainty."""
    lines = shelf.lines(mechanism.steps)
    return min(
        lines,
        key=lambda x: (WEAKEST_FIRST.index(x.verdict), -CERTAINTIES.index(x.certainty)),
        default=None,
    )
