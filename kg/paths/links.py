"""Steps from one thing to the next, made of claims, of kinds and of phases of the hair cycle.

    claim       DHT increases TGF-beta1               its relation has a sign; it holds
    carries     exosome contains miR-22               states no cause, passes an effect on
    is a kind   DHT ⊂ androgen                        what is true of androgens is said of DHT
    includes    exosome ⊃ adipose exosomes            only from the thing that was asked about
    begins      telogen-to-anagen transition, anagen  sign kept
    ends        anagen-to-catagen transition, anagen  sign turned round

A claim carries a step only where its verdict is supported, contested or context-dependent;
each step says which. Claims with the same ends and sign are one step, the surest first, and
a step knows the claims that say the opposite of the same two things. Going from a broader
thing to a narrower one is sound for the thing asked about (one kind of it does this) and
unsound anywhere else, where it is never done. Going up is sound only where the broader
claim has evidence of its own: "antiandrogens lower DHT" that rests on finasteride alone
says nothing of spironolactone. Two steps of kinship never follow one another.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kg.model import Appraisal, Certainty, Claim, Direction, Entity, Evidence, Mechanism, Verdict
from kg.paths.search import GIVEN
from kg.reaching import reached

__all__ = [
    "Judged",
    "Knowledge",
    "Step",
    "StepKind",
    "broader_than",
    "direction_of",
    "kinds_of",
    "steps_around",
    "steps_of",
    "way_of",
]

FROM_PLAIN_TO_DISPUTED = (Verdict.SUPPORTED, Verdict.CONTEXT_DEPENDENT, Verdict.CONTESTED)
DOUBT_OF_A_GIVEN = 200
# Entering anagen and leaving it are both transitions: what they share has no sign.
WITHOUT_KINDS = frozenset({"hair-cycle phase", "phase transition"})


class StepKind(StrEnum):
    """What a step rests on: evidence, or what the vocabulary says."""

    CLAIM = "claim"
    CARRIES = "carries"
    KIND = "is a kind of"
    INCLUDES = "includes"
    BEGINS = "begins"
    ENDS = "ends"

    @property
    def is_given(self) -> bool:
        """It follows from the vocabulary, and no study stands behind it."""
        return self not in {StepKind.CLAIM, StepKind.CARRIES}


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim with what its evidence comes to, and the evidence on its narrower claims."""

    claim: Claim
    appraisal: Appraisal
    narrower: tuple[Evidence, ...] = ()

    @property
    def holds(self) -> bool:
        return self.appraisal.verdict.holds_somewhere

    @property
    def level(self) -> int:
        """4 for high certainty to 1 for very low; 0 where there is none to speak of."""
        return self.appraisal.certainty.level if self.appraisal.certainty else 0

    @property
    def ends(self) -> tuple[str, str]:
        """Subject and object."""
        return self.claim.subject.iri, self.claim.object.iri

    @property
    def organisms(self) -> tuple[str, ...]:
        """Where it was seen to be so."""
        told = {item.organism for item in self.results(Direction.SUPPORTS)}
        return tuple(sorted(told - {""}))

    @property
    def has_support_of_its_own(self) -> bool:
        """A study supports the claim itself, and not only narrower ones."""
        return bool(self.claim.studies(Direction.SUPPORTS))

    def results(self, direction: Direction) -> tuple[Evidence, ...]:
        """What studies found in that direction, on the claim itself and on narrower ones."""
        every = (*self.claim.evidence, *self.narrower)
        return tuple(i for i in every if i.direction is direction and not i.is_hearsay)

    def best(self, direction: Direction) -> Evidence | None:
        """The result of the study that decides, or else of the largest one."""
        deciding = set(self.appraisal.deciding)
        return min(
            self.results(direction),
            key=lambda item: (
                item.study.iri not in deciding,
                item.claim != self.claim.iri,
                -(item.sample_size or item.study.participants or 0),
                item.iri,
            ),
            default=None,
        )


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What a question is put to: things, claims and what their evidence comes to.

    With an `organism`, claims and appraisals know only the evidence of that organism, and
    `overall` is what all evidence comes to.
    """

    entities: Mapping[str, Entity]
    claims: Mapping[str, Judged]
    mechanisms: tuple[Mechanism, ...] = ()
    organism: str = ""
    overall: Mapping[str, Appraisal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """From one thing to the next, with a sign. `level` and `doubt` are what paths are ranked by."""

    start: Entity
    end: Entity
    sign: int
    kind: StepKind
    claims: tuple[Judged, ...] = ()
    contrary: tuple[Judged, ...] = ()
    source: str = ""
    target: str = ""
    level: int = GIVEN
    doubt: int = DOUBT_OF_A_GIVEN
    is_kin: bool = False

    @property
    def certainty(self) -> Certainty | None:
        """None where nothing is in doubt."""
        return None if self.kind.is_given else Certainty.of(self.level)

    @property
    def organisms(self) -> frozenset[str]:
        """Where any of its claims was seen to be so."""
        return frozenset(o for judged in self.claims for o in judged.organisms)

    def may_follow(self, kin: "Step") -> bool:
        """Whether a chain may go on with this step after one of kinship."""
        if self.is_kin:
            return False
        rests_on_kinds = self.claims and not self.claims[0].has_support_of_its_own
        return kin.kind is StepKind.INCLUDES or not rests_on_kinds


def steps_of(
    knowledge: Knowledge, lowest: int = 1, avoid: Collection[str] = frozenset()
) -> Iterator[Step]:
    """Every step of at least that level that does not touch what is to be avoided."""
    for step in (*_claimed(knowledge, lowest), *_given(knowledge.entities)):
        if step.source not in avoid and step.target not in avoid:
            yield step


def steps_around(
    start: Entity, end: Entity, entities: Mapping[str, Entity], avoid: Collection[str] = frozenset()
) -> Iterator[Step]:
    """From the start to its kinds, and from far kinds to what they are kinds of, in one step."""
    avoided = {*avoid, start.iri, end.iri}
    if start.kind not in WITHOUT_KINDS:
        for iri in sorted(kinds_of(start.iri, entities) - avoided):
            yield _given_step(start, entities[iri], 1, StepKind.INCLUDES)
    far = broader_than(start.iri, entities) - avoided - set(start.broader)
    yield from _kinds(start, sorted(far), entities)
    for iri in sorted(kinds_of(end.iri, entities) - avoided):
        if end.iri not in entities[iri].broader:
            yield from _kinds(entities[iri], (end.iri,), entities)


def direction_of(claim: Claim) -> tuple[Entity, Entity]:
    """From where to where a chain of effects goes along the claim."""
    is_backwards = claim.relation.passes < 0
    return (claim.object, claim.subject) if is_backwards else (claim.subject, claim.object)


def kinds_of(iri: str, entities: Mapping[str, Entity]) -> frozenset[str]:
    """Everything that is a kind of it, however many levels below."""
    below: dict[str, list[str]] = {}
    for entity in entities.values():
        for broader in entity.broader:
            below.setdefault(broader, []).append(entity.iri)
    return reached(iri, below)


def broader_than(iri: str, entities: Mapping[str, Entity]) -> frozenset[str]:
    """Everything that it is a kind of, however many levels above."""
    above = {
        entity.iri: [b for b in entity.broader if b in entities] for entity in entities.values()
    }
    return reached(iri, above)


def _claimed(knowledge: Knowledge, lowest: int) -> Iterator[Step]:
    groups: dict[tuple[str, str, int], list[Judged]] = {}
    for judged in knowledge.claims.values():
        way = way_of(judged.claim) if judged.holds and judged.level >= lowest else None
        if way:
            groups.setdefault(way, []).append(judged)
    for (source, target, sign), members in groups.items():
        members.sort(key=lambda judged: (-judged.level, _doubt(judged), judged.claim.iri))
        contrary = sorted(groups.get((source, target, -sign), ()), key=lambda j: j.claim.iri)
        yield _claimed_step(members, sign, tuple(contrary))


def way_of(claim: Claim) -> tuple[str, str, int] | None:
    """Where a chain of effects starts and ends along the claim, and its sign."""
    relation, (start, end) = claim.relation, direction_of(claim)
    if start == end or not (relation.sign or relation.passes):
        return None
    return start.iri, end.iri, relation.sign or 1


def _claimed_step(members: list[Judged], sign: int, contrary: tuple[Judged, ...]) -> Step:
    best = members[0]
    start, end = direction_of(best.claim)
    kind = StepKind.CLAIM if best.claim.relation.sign else StepKind.CARRIES
    level, doubt = best.level, _doubt(best)
    claims = tuple(members)
    return Step(start, end, sign, kind, claims, contrary, start.iri, end.iri, level, doubt)


def _doubt(judged: Judged) -> int:
    """What sorts steps of one certainty: verdict, comparisons last, then the number of studies."""
    studies = len({item.study.iri for item in judged.results(Direction.SUPPORTS)})
    verdict = FROM_PLAIN_TO_DISPUTED.index(judged.appraisal.verdict)
    comparison = 10 * bool(judged.claim.scope.versus)
    return 100 * (4 - judged.level) + 30 * verdict + comparison + max(0, 9 - studies)


def _given(entities: Mapping[str, Entity]) -> Iterator[Step]:
    for entity in entities.values():
        yield from _kinds(entity, entity.broader, entities)
        yield from _to(entity, (entity.to_phase,), entities, 1, StepKind.BEGINS)
        yield from _to(entity, (entity.from_phase,), entities, -1, StepKind.ENDS)


def _to(
    entity: Entity,
    others: Iterable[str],
    entities: Mapping[str, Entity],
    sign: int,
    kind: StepKind,
) -> Iterator[Step]:
    for iri in others:
        if iri in entities and iri != entity.iri:
            yield _given_step(entity, entities[iri], sign, kind)


def _kinds(
    entity: Entity, broader: Iterable[str], entities: Mapping[str, Entity]
) -> Iterator[Step]:
    if entity.kind not in WITHOUT_KINDS:
        yield from _to(entity, broader, entities, 1, StepKind.KIND)


def _given_step(start: Entity, end: Entity, sign: int, kind: StepKind) -> Step:
    is_kin = kind in {StepKind.KIND, StepKind.INCLUDES}
    return Step(start, end, sign, kind, source=start.iri, target=end.iri, is_kin=is_kin)
