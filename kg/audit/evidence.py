"""The best result on each side of a claim, weighed as the appraisal weighs it.

Results on narrower claims take part with their step down. A null too small to tell is shown
on the side of nobody, as in the appraisal. What does not count at all is never "best".
"""

from collections.abc import Iterable

from kg.appraisal.sides import independent, once_per_study, passed_up
from kg.appraisal.weighing import Weighed, kind_of, weighed_evidence
from kg.audit.types import Result, Side
from kg.model import Appraisal, Certainty, Claim, Direction, Grading

__all__ = ["sides_of"]


def sides_of(
    claim: Claim, narrower: Iterable[Claim], appraisal: Appraisal, grading: Grading
) -> dict[Direction, Side]:
    """For each direction: the best result, and the numbers of studies as the appraisal has them."""
    ranked = _ranked(claim, narrower, grading)
    return {
        direction: Side(
            best=next((_result(one) for one in ranked if one.direction is direction), None),
            studies=appraisal.studies(direction),
            narrower=appraisal.narrower_studies(direction),
        )
        for direction in Direction
    }


def _ranked(claim: Claim, narrower: Iterable[Claim], grading: Grading) -> list[Weighed]:
    ladder = grading.ladders[kind_of(claim, grading)]
    below = [other for other in narrower if other.evidence and other.iri != claim.iri]
    roots = independent(item.study for one in (claim, *below) for item in one.evidence)
    own, _ = weighed_evidence(claim, claim, ladder, grading, roots)
    risen = [one for other in below for one in passed_up(other, claim, grading, roots)]
    return sorted(
        [*once_per_study(own), *once_per_study(risen)],
        key=lambda one: (-one.level, one.is_narrower, one.rank),
    )


def _result(one: Weighed) -> Result:
    return Result(one.item, one.claim, Certainty.of(one.level), one.null, one.is_narrower)
