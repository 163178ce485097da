"""The answer to "how may this act on that?": paths, what is missing, and what curators drew.

explain(knowledge, question)
    paths        the best of each sign, ranked together
    direct       what is claimed of the two themselves, whatever its verdict
    missing      claims that would connect the two, and why they do not
    onward       where the start leads; inward: what leads to the end
    mechanisms   curated chains between the two, compared with the paths
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kg.errors import QueryError
from kg.model import Appraisal, Certainty, Claim, Entity, Mechanism, Verdict
from kg.paths.links import Judged, Knowledge, Step, StepKind, kinds_of, steps_around, steps_of
from kg.paths.search import Sought, Ways, rank, sign_of, weakest

__all__ = [
    "Compared",
    "Explanation",
    "Missing",
    "Near",
    "Obstacle",
    "Path",
    "Question",
    "explain",
]

HINTING = frozenset(
    {
        "is associated with",
        "is positively associated with",
        "is negatively associated with",
        "precedes",
        "binds",
    }
)
MOST_MISSING = 8
MOST_NEAR = 6


@dataclass(frozen=True, slots=True)
class Question:
    """How may the start act on the end?"""

    start: Entity
    end: Entity
    max_steps: int = 5
    min_certainty: Certainty = Certainty.VERY_LOW
    avoid: frozenset[str] = frozenset()
    limit: int = 5


@dataclass(frozen=True, slots=True)
class Path:
    """A chain of steps. It is no surer than its weakest one."""

    steps: tuple[Step, ...]

    @property
    def sign(self) -> int:
        """+1 where the start drives the end up, -1 where it drives it down."""
        return sign_of(self.steps)

    @property
    def certainty(self) -> Certainty:
        """The certainty of the weakest step."""
        return Certainty.of(weakest(self.steps))

    @property
    def weakest(self) -> tuple[Step, ...]:
        """The steps that are as weak as the path."""
        return tuple(step for step in self.steps if step.level == weakest(self.steps))

    @property
    def claimed(self) -> tuple[Step, ...]:
        """The steps that rest on claims."""
        return tuple(step for step in self.steps if step.claims)

    @property
    def organisms(self) -> tuple[str, ...]:
        """The organisms in which every step was seen."""
        return tuple(sorted(frozenset.intersection(*(step.organisms for step in self.claimed))))


class Obstacle(StrEnum):
    """Why a claim that would connect two things does not."""

    ELSEWHERE = "not seen in that organism"
    UNTESTED = "untested"
    HEARSAY = "only told, by no study here"
    INCONCLUSIVE = "inconclusive"
    TOO_UNSURE = "less certain than asked for"
    NO_CAUSE = "states no cause"
    REFUTED = "refuted"


@dataclass(frozen=True, slots=True)
class Missing:
    """A claim that would close the gap, with the steps from the start to it and from it to the end."""

    judged: Judged
    obstacle: Obstacle
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Near:
    """A thing that the start reaches, or that reaches the end, by its best step."""

    entity: Entity
    step: Step


@dataclass(frozen=True, slots=True)
class Compared:
    """A curated mechanism beside the paths.

    `same_as` counts the paths from 1; 0 where none has exactly its steps. `failing` are
    the steps that do not hold.
    """

    mechanism: Mechanism
    explains: Judged | None
    sign: int
    same_as: int
    failing: tuple[Judged, ...]
    agrees_with_claim: bool | None
    agrees_with_paths: bool | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer. `paths` are ranked, the surest first, up to `limit` of each sign.

    `distance` is the number of links between the two where they are joined at all, be it
    by a chain that is too long or turns from kind to kind; 0 where they are not.
    """

    question: Question
    organism: str
    paths: tuple[Path, ...]
    more: bool
    is_complete: bool
    direct: tuple[Judged, ...]
    missing: tuple[Missing, ...]
    onward: tuple[Near, ...]
    inward: tuple[Near, ...]
    mechanisms: tuple[Compared, ...]
    overall: Mapping[str, Appraisal]
    distance: int

    @property
    def main(self) -> tuple[Path, ...]:
        """The paths that say what the best one says."""
        return tuple(path for path in self.paths if path.sign == self.paths[0].sign)

    @property
    def opposite(self) -> tuple[Path, ...]:
        """The paths that say the opposite of the best one."""
        return tuple(path for path in self.paths if path.sign != self.paths[0].sign)


def explain(knowledge: Knowledge, question: Question) -> Explanation:
    """Every way the knowledge has from the start to the end, and what it lacks."""
    start, end = question.start, question.end
    if start.iri == end.iri:
        raise QueryError(f"{start.label!r} is both ends. Give two different things.")
    for asked in (start, end):
        if asked.iri in question.avoid:
            raise QueryError(f"{asked.label!r} is asked about and cannot be avoided.")
    ways = Ways(
        [
            *steps_of(knowledge, question.min_certainty.level, question.avoid),
            *steps_around(start, end, knowledge.entities, question.avoid),
        ]
    )
    found = [
        ways.best(Sought(start.iri, end.iri, sign, question.max_steps, question.limit))
        for sign in (1, -1)
    ]
    paths = tuple(
        Path(steps) for steps in sorted((p for each in found for p in each.paths), key=rank)
    )
    shortest = min((len(path.steps) for path in paths), default=question.max_steps)
    longest = min(shortest + 1, question.max_steps)
    return Explanation(
        question=question,
        organism=knowledge.organism,
        paths=paths,
        more=any(each.more for each in found),
        is_complete=all(each.is_complete for each in found),
        direct=tuple(_direct(knowledge, start, end)),
        missing=tuple(_missing(knowledge, question, ways, longest))[:MOST_MISSING],
        onward=_near(ways.out_of(start.iri), ways, end.kind, onward=True),
        inward=_near(ways.into(end.iri), ways, start.kind, onward=False),
        mechanisms=tuple(_compared(knowledge, start, end, paths)),
        overall=knowledge.overall,
        distance=ways.distances(start.iri).get(end.iri, 0),
    )


def _direct(knowledge: Knowledge, start: Entity, end: Entity) -> Iterator[Judged]:
    """Claims between the two, either way round, or between kinds of them."""
    starts = {start.iri} | kinds_of(start.iri, knowledge.entities)
    ends = {end.iri} | kinds_of(end.iri, knowledge.entities)
    found = [
        judged
        for judged in knowledge.claims.values()
        if (judged.claim.subject.iri in starts and judged.claim.object.iri in ends)
        or (judged.claim.subject.iri in ends and judged.claim.object.iri in starts)
    ]
    asked = {start.iri, end.iri}
    yield from sorted(
        found,
        key=lambda judged: (
            {judged.claim.subject.iri, judged.claim.object.iri} != asked,
            not judged.holds,
            -judged.level,
            judged.claim.label,
        ),
    )


def _missing(
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
    """From where to where a chain of effects would go along the claim."""
    ends = (claim.subject.iri, claim.object.iri)
    return ends if claim.relation.passes >= 0 else (ends[1], ends[0])


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


def _near(
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


def _compared(
    knowledge: Knowledge, start: Entity, end: Entity, paths: tuple[Path, ...]
) -> Iterator[Compared]:
    """The mechanisms that lead from the one thing to the other, or from and to kinds of them."""
    entities = knowledge.entities
    starts = {start.iri} | kinds_of(start.iri, entities)
    ends = {end.iri} | kinds_of(end.iri, entities)
    ends |= {e.iri for e in entities.values() if end.iri in {e.from_phase, e.to_phase}}
    for mechanism in knowledge.mechanisms:
        part = _between(mechanism.steps, starts, ends)
        if part:
            yield _comparison(mechanism, part, knowledge, paths)


def _between(steps: Sequence[Claim], starts: set[str], ends: set[str]) -> tuple[Claim, ...]:
    """The part of a chain that leads from a start to an end; empty where none does."""
    for first, one in enumerate(steps):
        if one.subject.iri in starts:
            for last in range(first, len(steps)):
                if steps[last].object.iri in ends:
                    return tuple(steps[first : last + 1])
    return ()


def _comparison(
    mechanism: Mechanism, part: tuple[Claim, ...], knowledge: Knowledge, paths: tuple[Path, ...]
) -> Compared:
    explains = mechanism.explains
    sign = 1
    for claim in part:
        sign *= claim.relation.sign or claim.relation.passes
    same = next((n for n, path in enumerate(paths, 1) if _is_same(path, part)), 0)
    steps = (knowledge.claims[claim.iri] for claim in mechanism.steps)
    stated = mechanism.net_sign and explains and explains.relation.sign
    return Compared(
        mechanism=mechanism,
        explains=knowledge.claims.get(explains.iri) if explains else None,
        sign=sign,
        same_as=same,
        failing=tuple(judged for judged in steps if not judged.holds),
        agrees_with_claim=mechanism.net_sign == stated if stated else None,
        agrees_with_paths=_agrees(sign, part, paths),
    )


def _agrees(sign: int, part: tuple[Claim, ...], paths: Iterable[Path]) -> bool | None:
    """Whether the best path between the same two things has the sign of the curated chain."""
    for path in paths:
        claimed = path.claimed
        ends = (claimed[0].start.iri, claimed[-1].end.iri)
        if ends == (part[0].subject.iri, part[-1].object.iri):
            return sign == sign_of(claimed)
    return None


def _is_same(path: Path, part: tuple[Claim, ...]) -> bool:
    if len(path.claimed) != len(part):
        return False
    return all(
        claim.iri in {judged.claim.iri for judged in step.claims}
        for step, claim in zip(path.claimed, part, strict=True)
    )
