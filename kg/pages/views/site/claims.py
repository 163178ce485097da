"""The page of a claim: what the evidence comes to, every result on both sides, who says it.

No page of a claim can leave out what disagrees: the results are one field each for the
three directions, and the template shows the three.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from kg.model import Claim, Context, Direction, Document, Passage, Tally
from kg.pages.addresses import address_of
from kg.pages.views.site import metadata
from kg.pages.views.site.parts import ClaimLine, Frame, Link, PassageLine, Result, Sides
from kg.pages.views.site.shelf import Shelf, pair_of, scope_of, stance_on

__all__ = ["ClaimPage", "ConflictNote", "DesignRow", "claim_page"]


@dataclass(frozen=True, slots=True)
class DesignRow:
    """The independent studies of one design, by direction."""

    design: str
    studies: Sides
    sizes: Sides


@dataclass(frozen=True, slots=True)
class ConflictNote:
    """Results that pull apart, with our reading of why."""

    link: Link
    reading: str


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """The context of `site/claim.html`.

    `designs` are the studies on the claim itself, `indirect_designs` those that reach it
    from narrower claims. `same_things` are the other claims about the same two things;
    `passages` come with how they stand to the claim.
    """

    template: ClassVar[str] = "site/claim.html"

    frame: Frame
    line: ClaimLine
    kind: str
    subject: Link
    relation: str
    sign: int
    object: Link
    scope: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...]
    not_counted: tuple[str, ...]
    null: str
    contexts: tuple[Context, ...]
    designs: tuple[DesignRow, ...]
    indirect_designs: tuple[DesignRow, ...]
    results_for: tuple[Result, ...]
    results_against: tuple[Result, ...]
    results_inconclusive: tuple[Result, ...]
    narrower: tuple[ClaimLine, ...]
    broader: tuple[ClaimLine, ...]
    same_things: tuple[ClaimLine, ...]
    conflicts: tuple[ConflictNote, ...]
    passages: tuple[tuple[str, PassageLine], ...]
    mechanisms: tuple[Link, ...]
    explained_by: tuple[Link, ...]


def claim_page(shelf: Shelf, iri: str) -> ClaimPage:
    """Everything on one claim."""
    claim = shelf.graph.claims[iri]
    appraisal = shelf.graph.appraisals[iri]
    return ClaimPage(
        frame=_frame(shelf, claim),
        line=shelf.line(claim),
        kind=str(appraisal.kind),
        subject=shelf.link("entities", claim.subject.iri, claim.subject.kind),
        relation=claim.relation.label,
        sign=claim.relation.sign,
        object=shelf.link("entities", claim.object.iri, claim.object.kind),
        scope=scope_of(claim),
        reasons=appraisal.reasons,
        not_counted=appraisal.not_counted,
        null=str(appraisal.null or ""),
        contexts=appraisal.contexts,
        designs=_design_rows(appraisal.counts),
        indirect_designs=_design_rows(appraisal.indirect),
        results_for=shelf.results(claim.evidence_for),
        results_against=shelf.results(claim.evidence_against),
        results_inconclusive=shelf.results(claim.evidence_inconclusive),
        narrower=shelf.lines(shelf.narrower_claims.get(iri, ())),
        broader=shelf.lines(claim.specializes),
        same_things=shelf.lines(_others(shelf, claim)),
        conflicts=tuple(
            ConflictNote(shelf.link("conflicts", conflict.iri), conflict.reading)
            for conflict in shelf.conflicts_of_claim.get(iri, ())
        ),
        passages=tuple(
            (stance_on(passage, iri), shelf.passage_line(passage))
            for passage in shelf.passages_of_claim.get(iri, ())
        ),
        mechanisms=_steps(shelf, claim),
        explained_by=shelf.links(
            "mechanisms", (m.iri for m in shelf.explanations_of_claim.get(iri, ()))
        ),
    )


def _frame(shelf: Shelf, claim: Claim) -> Frame:
    appraisal = shelf.graph.appraisals[claim.iri]
    counts = (f"{len(claim.studies(direction))} {direction}" for direction in Direction)
    review = metadata.claim_review(claim, appraisal, _said_in(shelf, claim), shelf.modified)
    return shelf.frame(
        address_of("claims", claim.iri),
        "claim",
        claim.label,
        f"{appraisal.words.capitalize()}. Studies: {', '.join(counts)}.",
        review,
        claim.iri,
        (("claims", claim.iri), ("selected", claim.iri)),
    )


def _said_in(shelf: Shelf, claim: Claim) -> Iterable[tuple[Document, Passage]]:
    documents = shelf.graph.documents
    for passage in shelf.passages_of_claim.get(claim.iri, ()):
        if passage.document in documents and claim.iri in passage.asserts:
            yield documents[passage.document], passage


def _design_rows(tallies: Iterable[Tally]) -> tuple[DesignRow, ...]:
    """One row for each design, its studies and the people or samples in them by direction."""
    studies: dict[str, dict[str, int]] = {}
    sizes: dict[str, dict[str, int]] = {}
    for tally in tallies:
        studies.setdefault(tally.design, {})[str(tally.direction)] = tally.studies
        sizes.setdefault(tally.design, {})[str(tally.direction)] = sum(tally.sizes)
    return tuple(
        DesignRow(design, Sides(**studies[design]), Sides(**sizes[design]))
        for design in sorted(studies)
    )


def _others(shelf: Shelf, claim: Claim) -> list[Claim]:
    """Other claims about the same two things that are neither narrower nor broader."""
    told = {claim.iri, *claim.specializes}
    told |= {other.iri for other in shelf.narrower_claims.get(claim.iri, ())}
    return [other for other in shelf.claims_of_pair[pair_of(claim)] if other.iri not in told]


def _steps(shelf: Shelf, claim: Claim) -> tuple[Link, ...]:
    return tuple(
        shelf.link("mechanisms", mechanism.iri, note=f"step {number} of {len(mechanism.steps)}")
        for mechanism in shelf.mechanisms_of_claim.get(claim.iri, ())
        for number, step in enumerate(mechanism.steps, 1)
        if step.iri == claim.iri
    )
