"""The map of what was studied: treatment × outcome × population × design, with every empty cell.

    gap_map = GapMap(claims, entities, passages, grading)
    gap_map.cell(treatment, outcome, Slice(Population.WOMEN, "randomised controlled trial"))

A cell weighs only the results of its slice, with the same appraisal that gives verdicts;
the widest slice of a claim is its verdict. Results on narrower treatments, outcomes or
scopes reach a cell only where it has none of its own, and are marked as indirect.
Two kinds of "nothing" stay apart: *never looked*, and *not told apart*, where something
was studied that may belong here (a review that pools trials, people of unstated sex).
Never looked always means: not recorded in this graph. Nothing is said of what exists.

Nothing here reads a graph or a file. A new population is a member of `Population` with
a line in `_populations`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, cached_property

from kg.appraisal import appraise, kind_of, left_out_as, sex_studied, system_of
from kg.model import (
    Appraisal,
    Certainty,
    Claim,
    ClaimKind,
    Direction,
    Entity,
    Evidence,
    Grading,
    Passage,
    Relation,
    Study,
    System,
    Verdict,
)
from kg.reaching import reached
from kg.verdicts import narrower_claims

__all__ = [
    "ANY_DESIGN",
    "Cell",
    "GapMap",
    "Population",
    "Reading",
    "Sight",
    "Slice",
    "in_tree_order",
]

ANY_DESIGN = ""
REGISTRATION = "trial registration"


class Population(StrEnum):
    """In whom, or in what, a result was obtained."""

    ANY = "any population"
    PEOPLE = "people"
    WOMEN = "women"
    MEN = "men"
    TISSUE = "human tissue"
    ANIMALS = "animals"
    CELLS = "cells"


SEXES = frozenset({Population.WOMEN, Population.MEN})


class Sight(StrEnum):
    """What has been seen in a cell of the map."""

    SUPPORTED = "supported"
    DISPUTED = "disputed"
    ABSENT = "measured and absent"
    TOO_SMALL = "too small to tell"
    INCONCLUSIVE = "inconclusive"
    NOT_TOLD = "not told apart"
    NEVER = "never looked"

    @property
    def is_empty(self) -> bool:
        """Nothing was measured in this cell, as far as is recorded."""
        return self in {Sight.NEVER, Sight.NOT_TOLD}


@dataclass(frozen=True, slots=True)
class Slice:
    """One layer of the map: a population and a design, each of which may be any."""

    population: Population = Population.PEOPLE
    design: str = ANY_DESIGN


@dataclass(frozen=True, slots=True)
class Reading:
    """A claim of a cell, weighed on the results of one slice alone.

    It is indirect where the verdict or its certainty comes from narrower claims.
    """

    claim: Claim
    appraisal: Appraisal
    sight: Sight
    is_indirect: bool

    @property
    def stance(self) -> object:
        """Readings of one stance can contradict each other."""
        return self.claim.relation.sign or self.claim.relation.iri


@dataclass(frozen=True, slots=True)
class Cell:
    """One treatment and one outcome in one slice. `pooled` are studies that may belong here.

    `said` are passages that claim an effect, `planned` trials that were registered, and
    `elsewhere` where something was seen of it in any population and by any design.
    """

    treatment: Entity
    outcome: Entity
    slice: Slice
    sight: Sight
    readings: tuple[Reading, ...] = ()
    studies_for: int = 0
    studies_against: int = 0
    studies_inconclusive: int = 0
    designs: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    pooled: tuple[Study, ...] = ()
    said: tuple[str, ...] = ()
    planned: tuple[Study, ...] = ()
    elsewhere: tuple[str, ...] = ()

    @property
    def is_indirect(self) -> bool:
        """What it says rests on narrower treatments, outcomes or scopes."""
        return bool(self.readings) and all(reading.is_indirect for reading in self._telling)

    @property
    def is_comparison(self) -> bool:
        """It was only compared with another treatment."""
        return bool(self.readings) and all(reading.claim.scope.versus for reading in self.readings)

    @property
    def certainty(self) -> Certainty | None:
        """That of the most certain reading which has the sight of the cell."""
        levels = [r.appraisal.certainty.level for r in self._telling if r.appraisal.certainty]
        return Certainty.of(max(levels)) if levels else None

    @property
    def words(self) -> str:
        """`supported, very low certainty, indirect`."""
        certainty = f"{self.certainty} certainty" if self.certainty else ""
        indirect = "indirect" if self.is_indirect else ""
        compared = "only against another treatment" if self.is_comparison else ""
        return ", ".join(filter(None, (str(self.sight), certainty, indirect, compared)))

    @property
    def interest(self) -> tuple[int, ...]:
        """How much speaks for looking here; the emptiest promise first when sorted descending."""
        return (len(self.said), len(self.planned), len(self.elsewhere), len(self.pooled))

    @property
    def _telling(self) -> tuple[Reading, ...]:
        return tuple(r for r in self.readings if r.sight is self.sight) or self.readings


class GapMap:
    """All cells of one kind of claim: of benefit (`ClaimKind.TREATMENT`) or of harm."""

    def __init__(
        self,
        claims: Mapping[str, Claim],
        entities: Mapping[str, Entity],
        passages: Iterable[Passage],
        grading: Grading,
        kind: ClaimKind = ClaimKind.TREATMENT,
    ) -> None:
        self._entities = entities
        self._grading = grading
        self._claims = {i: c for i, c in claims.items() if kind_of(c, grading) is kind}
        self._below = narrower_claims(claims)
        broader = {
            iri: [above for above in entity.broader if above in entities]
            for iri, entity in entities.items()
        }
        self._above = {iri: reached(iri, broader) for iri in entities}
        self._said = _passages_by_claim(passages)
        self._seen: dict[tuple[str, str], tuple[str, ...]] = {}
        self._filtered: dict[tuple[str, Slice], Claim] = {}

    @cached_property
    def treatments(self) -> tuple[Entity, ...]:
        """What the claims are about, and the broader treatments these belong to."""
        subjects = {claim.subject.iri for claim in self._claims.values()}
        kinds = {claim.subject.kind for claim in self._claims.values()}
        broader = {b for iri in subjects for b in self._above.get(iri, ())}
        found = subjects | {b for b in broader if self._entities[b].kind in kinds}
        return self.in_order(found)

    @cached_property
    def outcomes(self) -> tuple[Entity, ...]:
        """What the claims name as outcome, and all that is narrower than what a study measured.

        So a condition that no treatment was ever studied for has its place, too.
        """
        objects = {claim.object.iri for claim in self._claims.values()}
        measured = {
            c.object for c in self._claims.values() if any(map(self._is_primary, c.evidence))
        }
        narrower = {
            iri
            for iri, above in self._above.items()
            if any(one.iri in above and one.kind == self._entities[iri].kind for one in measured)
        }
        return self.in_order(objects | narrower)

    @cached_property
    def designs(self) -> frozenset[str]:
        """Every design that can have a result, recorded or not."""
        return frozenset(self._grading.systems) - self._grading.never_counted

    def _is_primary(self, item: Evidence) -> bool:
        return item.design not in self._grading.syntheses and not left_out_as(item, self._grading)

    def in_order(self, iris: Iterable[str]) -> tuple[Entity, ...]:
        """The entities of the graph among these, as the map lists them."""
        known = (self._entities[iri] for iri in set(iris) if iri in self._entities)
        return in_tree_order(known, self._entities)

    def narrower(self, entity: Entity) -> frozenset[str]:
        """The entity and everything below it."""
        below = (iri for iri, above in self._above.items() if entity.iri in above)
        return frozenset({entity.iri, *below})

    def cell(self, treatment: Entity, outcome: Entity, where: Slice) -> Cell:
        """What is known of this treatment and outcome in this slice."""
        pair = treatment.iri, outcome.iri
        direct = self._direct.get(pair, ())
        risen = self._risen.get(pair, ())
        if not direct and not risen:
            return Cell(treatment, outcome, where, Sight.NEVER)
        readings = self._speaking(treatment, outcome, where)
        behind = {c.iri: c for r in readings for c in self._claims_behind(r, where)}
        items = [item for claim in behind.values() for item in claim.evidence]
        every = [(c, item) for c in self._family(direct, risen) for item in c.evidence]
        untold = [] if readings else [i for c, i in every if self._may_be_in(i, c, where)]
        return Cell(
            treatment=treatment,
            outcome=outcome,
            slice=where,
            sight=_combined(readings) or (Sight.NOT_TOLD if untold else Sight.NEVER),
            readings=readings,
            studies_for=_number(items, Direction.SUPPORTS),
            studies_against=_number(items, Direction.DISPUTES),
            studies_inconclusive=_number(items, Direction.INCONCLUSIVE),
            designs=tuple(sorted({item.design for item in items})),
            claims=tuple(sorted(behind)),
            pooled=_studies(untold),
            said=tuple(sorted({p for claim in direct for p in self._said.get(claim.iri, ())})),
            planned=_studies(item for _, item in every if item.design == REGISTRATION),
            elsewhere=self._seen_in(treatment, outcome),
        )

    def knows(self, treatment: Entity, outcome: Entity) -> bool:
        """Whether any claim, tested or not, is about the pair or something narrower."""
        pair = treatment.iri, outcome.iri
        return pair in self._direct or pair in self._risen

    def slices(self, treatment: Entity, outcome: Entity) -> frozenset[Slice]:
        """Every slice in which the pair has a result, its own or of something narrower."""
        return frozenset(
            Slice(population, design)
            for claim, item in self._results(treatment, outcome)
            for population in self._populations_of(item, claim)
            for design in (ANY_DESIGN, item.design)
        )

    def untold_slices(self, treatment: Entity, outcome: Entity) -> frozenset[Slice]:
        """Every slice of the pair that is *not told apart*."""
        possible = {
            Slice(population, design)
            for claim, item in self._results(treatment, outcome)
            for population in self._possible_populations(item, claim)
            for design in self._possible_designs(item)
        }
        return frozenset(possible - self.slices(treatment, outcome))

    def _results(self, treatment: Entity, outcome: Entity) -> Iterator[tuple[Claim, Evidence]]:
        pair = treatment.iri, outcome.iri
        for claim in self._family(self._direct.get(pair, ()), self._risen.get(pair, ())):
            for item in claim.evidence:
                if not left_out_as(item, self._grading):
                    yield claim, item

    @cached_property
    def _direct(self) -> Mapping[tuple[str, str], tuple[Claim, ...]]:
        """The claims about exactly this treatment and this outcome, whatever their scope."""
        found: dict[tuple[str, str], list[Claim]] = {}
        for claim in self._claims.values():
            found.setdefault((claim.subject.iri, claim.object.iri), []).append(claim)
        return {pair: tuple(claims) for pair, claims in found.items()}

    @cached_property
    def _risen(self) -> Mapping[tuple[str, str], tuple[Claim, ...]]:
        """The claims about a narrower treatment, a narrower outcome, or both."""
        found: dict[tuple[str, str], list[Claim]] = {}
        for claim in self._claims.values():
            subject, object_ = claim.subject.iri, claim.object.iri
            for treatment in (subject, *self._above.get(subject, ())):
                for outcome in (object_, *self._above.get(object_, ())):
                    if (treatment, outcome) != (subject, object_):
                        found.setdefault((treatment, outcome), []).append(claim)
        return {pair: tuple(claims) for pair, claims in found.items()}

    def _speaking(self, treatment: Entity, outcome: Entity, where: Slice) -> tuple[Reading, ...]:
        """The claims with results in the slice; those on narrower things only where none has.

        A comparison with another treatment speaks only where nothing else does.
        """
        pair = treatment.iri, outcome.iri
        asked = self._direct.get(pair, ())
        if found := self._readings(asked, self._below, where):
            return found
        risen = self._risen.get(pair, ())
        plain = [claim for claim in risen if not claim.scope.versus]
        rolled = {
            _rolled_up(treatment, relation, outcome): relation
            for relation in sorted({c.relation for c in plain}, key=lambda relation: relation.iri)
        }
        below = {
            claim.iri: tuple(c for c in plain if c.relation == relation)
            for claim, relation in rolled.items()
        }
        if found := self._readings(rolled, below, where):
            return found
        compared = self._readings(risen, self._below, where)
        return tuple(replace(reading, is_indirect=True) for reading in compared)

    def _readings(
        self, asked: Iterable[Claim], below: Mapping[str, tuple[Claim, ...]], where: Slice
    ) -> tuple[Reading, ...]:
        found = [
            reading
            for claim in asked
            if (reading := self._reading(claim, below.get(claim.iri, ()), where))
        ]
        own = tuple(r for r in found if r.appraisal.counts)
        return tuple(r for r in own if not r.claim.scope.versus) or own or tuple(found)

    def _reading(self, claim: Claim, below: Iterable[Claim], where: Slice) -> Reading | None:
        own = self._within(claim, where)
        narrower = [self._within(one, where) for one in below]
        appraisal = alone = appraise(own, narrower, self._grading)
        if appraisal.verdict is Verdict.UNTESTED:
            return None
        if appraisal.indirect:
            alone = appraise(own, (), self._grading)
        is_indirect = (alone.verdict, alone.certainty) != (appraisal.verdict, appraisal.certainty)
        deciding = [own, *narrower] if is_indirect else [own]
        return Reading(claim, appraisal, _sight_of(appraisal, deciding), is_indirect)

    def _within(self, claim: Claim, where: Slice) -> Claim:
        """The claim with the results of the slice alone."""
        key = claim.iri, where
        if key not in self._filtered:
            kept = tuple(item for item in claim.evidence if self._is_in(item, claim, where))
            self._filtered[key] = replace(claim, evidence=kept)
        return self._filtered[key]

    def _claims_behind(self, reading: Reading, where: Slice) -> Iterator[Claim]:
        """The claims with results that a reading rests on, with only these results."""
        claims = [reading.claim]
        if reading.is_indirect:
            pair = reading.claim.subject.iri, reading.claim.object.iri
            below = self._below.get(reading.claim.iri) or self._risen.get(pair, ())
            claims += [c for c in below if c.relation == reading.claim.relation]
        for claim in claims:
            kept = self._within(claim, where).evidence
            if kept:
                yield replace(claim, evidence=kept)

    def _family(self, direct: Iterable[Claim], risen: Iterable[Claim]) -> tuple[Claim, ...]:
        """The claims of a pair and all that these roll up, each once."""
        found = {claim.iri: claim for claim in (*direct, *risen)}
        for claim in direct:
            found |= {one.iri: one for one in self._below.get(claim.iri, ())}
        return tuple(found.values())

    def _is_in(self, item: Evidence, claim: Claim, where: Slice) -> bool:
        if left_out_as(item, self._grading):
            return False
        fits = where.design in {ANY_DESIGN, item.design}
        return fits and where.population in self._populations_of(item, claim)

    def _may_be_in(self, item: Evidence, claim: Claim, where: Slice) -> bool:
        """It counts, and may contain a study of the slice that it does not tell apart."""
        return (
            not left_out_as(item, self._grading)
            and where.design in self._possible_designs(item)
            and where.population in self._possible_populations(item, claim)
        )

    def _populations_of(self, item: Evidence, claim: Claim) -> frozenset[Population]:
        return _populations(system_of(item, self._grading), sex_studied(item, claim))

    def _possible_populations(self, item: Evidence, claim: Claim) -> frozenset[Population]:
        system, sex = system_of(item, self._grading), sex_studied(item, claim)
        return _populations(system, sex) | _untold_populations(system, sex)

    def _possible_designs(self, item: Evidence) -> frozenset[str]:
        """Its own; a synthesis may pool studies of any design that is none itself."""
        own = frozenset({ANY_DESIGN, item.design})
        return own | self._primary_designs if item.design in self._grading.syntheses else own

    @cached_property
    def _primary_designs(self) -> frozenset[str]:
        return self.designs - self._grading.syntheses

    def _seen_in(self, treatment: Entity, outcome: Entity) -> tuple[str, ...]:
        """Where anything at all was seen of it, as far as the results tell."""
        pair = treatment.iri, outcome.iri
        if pair not in self._seen:
            readings = self._speaking(treatment, outcome, Slice(Population.ANY))
            self._seen[pair] = _systems(readings)
        return self._seen[pair]


def in_tree_order(chosen: Iterable[Entity], entities: Mapping[str, Entity]) -> tuple[Entity, ...]:
    """By class and label, each followed by those that are narrower; nobody comes twice."""
    found = {entity.iri: entity for entity in chosen}
    children: dict[str, list[Entity]] = {}
    for entity in sorted(found.values(), key=lambda one: (one.kind, one.label.lower(), one.iri)):
        children.setdefault(_parent(entity, found, entities), []).append(entity)
    ordered: dict[str, Entity] = {}
    waiting = children.get("", [])[::-1]
    while waiting:
        entity = waiting.pop()
        ordered[entity.iri] = entity
        waiting += reversed(children.get(entity.iri, []))
    # Entities in a circle have parents and no root.
    return (*ordered.values(), *(one for iri, one in sorted(found.items()) if iri not in ordered))


def _parent(entity: Entity, found: Mapping[str, Entity], entities: Mapping[str, Entity]) -> str:
    """The nearest broader entity of its class that was chosen, too; empty where there is none."""
    seen, waiting = {entity.iri}, sorted(entity.broader)
    for iri in waiting:
        if iri in found and found[iri].kind == entity.kind and iri != entity.iri:
            return iri
        if iri in entities and iri not in seen:
            seen.add(iri)
            waiting += sorted(entities[iri].broader)
    return ""


def _systems(readings: Iterable[Reading]) -> tuple[str, ...]:
    seen = {system for reading in readings for system in reading.appraisal.seen_in}
    return tuple(str(s) for s in System if s in seen and s is not System.UNSTATED)


def _sight_of(appraisal: Appraisal, claims: Iterable[Claim]) -> Sight:
    """What a verdict comes to on the map; `claims` are those whose results decided."""
    against = [item for claim in claims for item in claim.evidence_against if not item.is_hearsay]
    nulls_only = bool(against) and all(item.is_null for item in against)
    if appraisal.verdict is Verdict.SUPPORTED:
        return Sight.SUPPORTED
    if appraisal.verdict is Verdict.REFUTED and nulls_only:
        return Sight.ABSENT
    if appraisal.verdict is Verdict.INCONCLUSIVE:
        # A null that counts as undecided is one that was too small to tell.
        return Sight.TOO_SMALL if nulls_only else Sight.INCONCLUSIVE
    return Sight.DISPUTED


def _combined(readings: Collection[Reading]) -> Sight | None:
    """One sight for several claims about a pair: disputed where they contradict each other."""
    supported = {r.stance for r in readings if r.sight is Sight.SUPPORTED}
    denied = {r.stance for r in readings if r.appraisal.verdict is Verdict.REFUTED}
    if supported & denied or {1, -1} <= supported or any(map(_is_mixed, readings)):
        return Sight.DISPUTED
    sights = {reading.sight for reading in readings}
    return next((sight for sight in Sight if sight in sights), None)


def _is_mixed(reading: Reading) -> bool:
    return reading.appraisal.verdict in {Verdict.CONTESTED, Verdict.CONTEXT_DEPENDENT}


@cache
def _populations(system: System, sex: str) -> frozenset[Population]:
    """Those that a result is certainly of."""
    names = {str(Population.ANY), str(system)} | ({sex} if system is System.PEOPLE else set())
    return frozenset(population for population in Population if population in names)


def _untold_populations(system: System, sex: str) -> frozenset[Population]:
    """Those that a result may also be of, without saying so."""
    if system is System.UNSTATED:
        return frozenset(Population)
    return SEXES if system is System.PEOPLE and sex not in SEXES else frozenset()


def _rolled_up(treatment: Entity, relation: Relation, outcome: Entity) -> Claim:
    """A claim that nobody recorded, for what narrower claims say of a broader pair."""
    label = f"{treatment.label} {relation.label} {outcome.label}"
    return Claim(
        f"{treatment.iri} {relation.iri} {outcome.iri}", label, treatment, relation, outcome
    )


def _passages_by_claim(passages: Iterable[Passage]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for passage in passages:
        for claim in passage.asserts:
            found.setdefault(claim, []).append(passage.iri)
    return found


def _studies(items: Iterable[Evidence]) -> tuple[Study, ...]:
    """The studies of the results, each once, by name."""
    found = {item.study.iri: item.study for item in items}
    return tuple(sorted(found.values(), key=lambda study: (study.label, study.iri)))


def _number(items: Iterable[Evidence], direction: Direction) -> int:
    return len({item.study.iri for item in items if item.direction is direction})
