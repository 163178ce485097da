"""What is missing between two things: claims that would connect them, and the nearest things."""

from collections.abc import Iterator, Sequence

from kg.model import Claim, Verdict
from kg.paths.answers import Missing, Near, Obstacle, Question
from kg.paths.links import Judged, Knowledge, Step, StepKind, direction_of
from kg.paths.search import Ways

__all__ = ["missing_claims", "nearest"]

HINTING = frozenset(
    {
        "is associated with",
        "is positively associated with",
        "is negatively associated with",
        "precedes",
        "binds",
    }
)
MOST_NEAR = 6


def missing_claims(
    knowledge: Knowledge, question: Question, ways: Ways[Step], longest: int
) -> Iterator[Missing]:
    """The claims that would connect, those that need the fewest other steps first."""
    before = ways.distances(question.start.iri)
    after = ways.distances(question.end.iri, backwards=True)
    joined = {(step.source, step.target) for iri in before for step in ways.out_of(iri)}
    found = []
    for judged in knowledge.claims.values():
        obstacle, ends = _obstacle(judged, question, knowledge), _ends(judged.claim)
        if obstacle is None or not _could_connect(judged.claim, question):
            continue
        if ends[0] not in before or ends[1] not in after:
            continue
        is_told = ends in joined and obstacle is not Obstacle.REFUTED
        missing = Missing(judged, obstacle, before[ends[0]], after[ends[1]])
        if not is_told and missing.before + 1 + missing.after <= longest:
            found.append(missing)
    yield from sorted(found, key=_urgency)


def _ends(claim: Claim) -> tuple[str, str]:
    start, end = direction_of(claim)
    return start.iri, end.iri


def _could_connect(claim: Claim, question: Question) -> bool:
    """Whether it says or hints that one thing acts on another, and does not turn back.

    Where a thing is, and what marks it, connects nothing.
    """
    relation, (source, target) = claim.relation, _ends(claim)
    acts = bool(relation.sign or relation.passes) or relation.label in HINTING
    turns_back = source == question.end.iri or target in {question.start.iri, source}
    return acts and not turns_back and not question.avoid & {source, target}


def _urgency(missing: Missing) -> tuple[int, int, int, str]:
    obstacle = tuple(Obstacle).index(missing.obstacle)
    judged = missing.judged
    return missing.before + missing.after, obstacle, -judged.level, judged.claim.label


def _obstacle(judged: Judged, question: Question, knowledge: Knowledge) -> Obstacle | None:
    relation, verdict = judged.claim.relation, judged.appraisal.verdict
    if verdict is Verdict.UNTESTED:
        return _untested(judged, knowledge)
    if verdict is Verdict.REFUTED:
        return Obstacle.REFUTED
    if verdict is Verdict.INCONCLUSIVE:
        return Obstacle.INCONCLUSIVE
    if judged.level < question.min_certainty.level:
        return Obstacle.TOO_UNSURE
    return None if relation.sign or relation.passes else Obstacle.NO_CAUSE


def _untested(judged: Judged, knowledge: Knowledge) -> Obstacle:
    """Nobody looked, nobody looked in this organism, or it is only told."""
    overall = knowledge.overall.get(judged.claim.iri, judged.appraisal)
    if overall.verdict is not Verdict.UNTESTED:
        return Obstacle.ELSEWHERE
    return Obstacle.HEARSAY if judged.claim.evidence else Obstacle.UNTESTED


def nearest(
    steps: Sequence[Step], ways: Ways[Step], wanted: str, *, onward: bool
) -> tuple[Near, ...]:
    """The nearest things, those of the wanted class first; kinds are looked through."""
    found: dict[str, Near] = {}
    through = [
        further
        for step in steps
        if step.kind.is_given
        for further in (ways.out_of(step.target) if onward else ways.into(step.source))
    ]
    for step in (*steps, *through):
        entity = step.end if onward else step.start
        if step.claims and entity.iri not in found:
            found[entity.iri] = Near(entity, step)
    surest = sorted(
        found.values(),
        key=lambda near: (
            near.entity.kind != wanted,
            near.step.kind is StepKind.CARRIES,
            -near.step.level,
            near.step.doubt,
        ),
    )
    return tuple(surest[:MOST_NEAR])
