"""What rests on a study: the verdicts and mechanisms that move when its results are taken away.

    ground = Ground(claims, mechanisms, appraisals, grading)
    ground.without(studies={iri})    as if its results had never been recorded
    ground.without(sources={iri})    as if a source were withdrawn today
    ground.each()                    every study alone, the one on which most rests first

Only the claims that a doomed result is about, and those that they specialise, can move:
an appraisal is a pure function of these. Everything else is left as it is, so that
asking for every study takes less than a second.

Nothing here reads a graph or a file. To follow another thing that rests on verdicts,
compute its standing from appraisals, as `standing_of` does for mechanisms, and compare.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from kg.appraisal import appraise
from kg.model import (
    Appraisal,
    Certainty,
    Claim,
    Direction,
    Entity,
    Evidence,
    Grading,
    Mechanism,
    Verdict,
)
from kg.paths import direction_of, way_of
from kg.verdicts import narrower_claims

__all__ = ["Ground", "Impact", "Link", "MechanismShift", "Shift", "Standing", "standing_of"]

RETRACTED = "retracted"


@dataclass(frozen=True, slots=True)
class Shift:
    """A claim of which the appraisal is another one."""

    claim: Claim
    before: Appraisal
    after: Appraisal

    @property
    def moves_verdict(self) -> bool:
        """Another verdict, or the same one in other circumstances."""
        return _verdict(self.before) != _verdict(self.after)

    @property
    def moves_certainty(self) -> bool:
        return self.before.certainty is not self.after.certainty

    @property
    def moves_null(self) -> bool:
        return self.before.null is not self.after.null

    @property
    def loses_all_support(self) -> bool:
        """Some study spoke for it, on the claim itself or a narrower one; now none does."""
        return _has_support(self.before) and not _has_support(self.after)

    @property
    def is_lasting(self) -> bool:
        """Verdict, certainty and kind of null stay; only numbers and reasons change."""
        return not (self.moves_verdict or self.moves_certainty or self.moves_null)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a mechanism is borne out: as far as its weakest step."""

    steps: int
    unsupported: tuple[Claim, ...] = ()
    weakest: Certainty | None = None

    @property
    def is_supported(self) -> bool:
        return self.steps > 0 and not self.unsupported

    @property
    def words(self) -> str:
        """`every step supported, the weakest with low certainty` or `2 of 5 steps supported`."""
        if self.is_supported:
            return f"every step supported, the weakest with {self.weakest} certainty"
        return f"{self.steps - len(self.unsupported)} of {self.steps} steps supported"


@dataclass(frozen=True, slots=True)
class MechanismShift:
    """A mechanism that is borne out less, or more, than before."""

    mechanism: Mechanism
    before: Standing
    after: Standing

    @property
    def falls(self) -> bool:
        """It was supported in every step, and is no longer."""
        return self.before.is_supported and not self.after.is_supported


@dataclass(frozen=True, slots=True)
class Link:
    """A step that mechanism paths can take, as long as some claim that says so holds somewhere."""

    start: Entity
    sign: int
    end: Entity


@dataclass(frozen=True, slots=True)
class Impact:
    """What moves when these studies or sources are taken away, and how many results they gave.

    Every path that runs over a link in `broken` breaks there: no claim carries it any more.
    """

    removed: tuple[str, ...]
    results: int
    shifts: tuple[Shift, ...] = ()
    mechanisms: tuple[MechanismShift, ...] = ()
    broken: tuple[Link, ...] = ()
    gained: tuple[Link, ...] = ()

    @property
    def losing_support(self) -> tuple[Shift, ...]:
        return tuple(shift for shift in self.shifts if shift.loses_all_support)

    @property
    def moving_verdict(self) -> tuple[Shift, ...]:
        return tuple(shift for shift in self.shifts if shift.moves_verdict)

    @property
    def moving_certainty(self) -> tuple[Shift, ...]:
        """Certainties that change under a verdict that stays."""
        return tuple(s for s in self.shifts if s.moves_certainty and not s.moves_verdict)

    @property
    def moving_null(self) -> tuple[Shift, ...]:
        """Nulls that change kind while verdict and certainty stay."""
        return tuple(
            s for s in self.shifts if s.moves_null and not s.moves_verdict and not s.moves_certainty
        )

    @property
    def lasting(self) -> tuple[Shift, ...]:
        return tuple(shift for shift in self.shifts if shift.is_lasting)

    @property
    def weight(self) -> tuple[int, ...]:
        """How much rests on it, for ranking: what falls counts before what moves."""
        return (
            len(self.moving_verdict),
            len(self.losing_support),
            sum(shift.falls for shift in self.mechanisms),
            len(self.broken),
            len(self.moving_certainty),
            len(self.mechanisms),
            len(self.moving_null),
            len(self.shifts),
        )


class Ground:
    """All claims with their appraisals, to ask what would be without some of the evidence."""

    def __init__(
        self,
        claims: Mapping[str, Claim],
        mechanisms: Iterable[Mechanism],
        appraisals: Mapping[str, Appraisal],
        grading: Grading,
    ) -> None:
        self._claims = claims
        self._appraisals = appraisals
        self._grading = grading
        self._narrower = narrower_claims(claims)
        self._broader = _inverse(self._narrower)
        self._mechanisms = tuple(mechanisms)
        self._carriers = _carriers(claims.values())
        self._by_study = _claims_by(claims.values(), lambda item: item.study.iri)
        self._by_source = _claims_by(
            claims.values(), lambda item: item.source.iri if item.source else ""
        )

    def without(
        self, studies: Collection[str] = frozenset(), sources: Collection[str] = frozenset()
    ) -> Impact:
        """What moves where no result of the studies is recorded, and the sources are withdrawn.

        The results in a withdrawn source stay on record and count no more.
        """
        touched = {
            iri
            for names, claims_of in ((studies, self._by_study), (sources, self._by_source))
            for name in names
            for iri in claims_of.get(name, ())
        }
        return self._impact({*studies, *sources}, touched, _Without(studies, sources))

    def each(self) -> list[Impact]:
        """Every study that gave a result, alone, the one on which most rests first."""
        found = [self.without({study}) for study in self._by_study]
        return sorted(found, key=lambda one: (*(-part for part in one.weight), one.removed))

    def _impact(self, removed: Collection[str], touched: set[str], change: "_Without") -> Impact:
        now = {iri: _changed(self._claims[iri], change) for iri in touched}
        after = dict(self._reappraised(now))
        held, holding = self._links_held(after, self._appraisals), self._links_held(after, after)
        return Impact(
            removed=tuple(sorted(removed)),
            results=sum(
                change(item) is not item for iri in touched for item in self._claims[iri].evidence
            ),
            shifts=tuple(
                Shift(self._claims[iri], self._appraisals[iri], appraisal)
                for iri, appraisal in sorted(after.items())
                if appraisal != self._appraisals[iri]
            ),
            mechanisms=tuple(self._mechanism_shifts(after)),
            broken=tuple(link for link in held if link not in holding),
            gained=tuple(link for link in holding if link not in held),
        )

    def _reappraised(self, now: Mapping[str, Claim]) -> Iterator[tuple[str, Appraisal]]:
        """The claims that changed, and those that they specialise, weighed again."""
        above = {broader for iri in now for broader in self._broader.get(iri, ())}
        for iri in now.keys() | above:
            narrower = (now.get(one.iri, one) for one in self._narrower.get(iri, ()))
            yield iri, appraise(now.get(iri, self._claims[iri]), narrower, self._grading)

    def _links_held(
        self, touched: Iterable[str], appraisals: Mapping[str, Appraisal]
    ) -> tuple[Link, ...]:
        """The links around these claims that some claim carries, by these appraisals."""
        links = {_link_of(self._claims[iri]): None for iri in sorted(touched)}
        return tuple(link for link in links if link and self._is_held(link, appraisals))

    def _is_held(self, link: Link, appraisals: Mapping[str, Appraisal]) -> bool:
        carriers = self._carriers[link]
        return any(
            appraisals.get(iri, self._appraisals[iri]).verdict.holds_somewhere for iri in carriers
        )

    def _mechanism_shifts(self, after: Mapping[str, Appraisal]) -> Iterator[MechanismShift]:
        for mechanism in self._mechanisms:
            if any(step.iri in after for step in mechanism.steps):
                was = standing_of(mechanism, self._appraisals)
                now = standing_of(mechanism, {**self._appraisals, **after})
                if was != now:
                    yield MechanismShift(mechanism, was, now)


@dataclass(frozen=True, slots=True)
class _Without:
    """What becomes of a result: gone, as in a withdrawn source, or the very same."""

    studies: Collection[str]
    sources: Collection[str]

    def __call__(self, item: Evidence) -> Evidence | None:
        if item.study.iri in self.studies:
            return None
        if item.source is None or item.source.iri not in self.sources:
            return item
        return replace(item, source=replace(item.source, retraction=RETRACTED))


def standing_of(mechanism: Mechanism, appraisals: Mapping[str, Appraisal]) -> Standing:
    """How far the verdicts on its steps bear a mechanism out."""
    found = [(step, appraisals[step.iri]) for step in mechanism.steps]
    supported = [one for _, one in found if one.verdict is Verdict.SUPPORTED]
    levels = [one.certainty.level for one in supported if one.certainty]
    return Standing(
        steps=len(found),
        unsupported=tuple(step for step, one in found if one.verdict is not Verdict.SUPPORTED),
        weakest=Certainty.of(min(levels)) if levels else None,
    )


def _verdict(appraisal: Appraisal) -> tuple[object, ...]:
    inside = ((context.value, context.verdict) for context in appraisal.contexts)
    return (appraisal.verdict, *inside)


def _link_of(claim: Claim) -> Link | None:
    way = way_of(claim)
    if way is None:
        return None
    start, end = direction_of(claim)
    return Link(start, way[2], end)


def _carriers(claims: Iterable[Claim]) -> dict[Link, list[str]]:
    """The claims that say the same of the same two things, in any scope."""
    found: dict[Link, list[str]] = {}
    for claim in claims:
        if link := _link_of(claim):
            found.setdefault(link, []).append(claim.iri)
    return found


def _has_support(appraisal: Appraisal) -> bool:
    tallies = (*appraisal.counts, *appraisal.indirect)
    return any(tally.direction is Direction.SUPPORTS for tally in tallies)


def _changed(claim: Claim, change: "_Without") -> Claim:
    kept = (change(item) for item in claim.evidence)
    return replace(claim, evidence=tuple(item for item in kept if item is not None))


def _claims_by(
    claims: Iterable[Claim], name_of: Callable[[Evidence], str]
) -> dict[str, frozenset[str]]:
    """The claims that each study, or each source, has a result on."""
    found: dict[str, set[str]] = {}
    for claim in claims:
        for item in claim.evidence:
            found.setdefault(name_of(item), set()).add(claim.iri)
    return {name: frozenset(iris) for name, iris in sorted(found.items())}


def _inverse(narrower: Mapping[str, Iterable[Claim]]) -> dict[str, set[str]]:
    """Each claim with all the claims that it specialises, however many steps away."""
    found: dict[str, set[str]] = {}
    for broader, below in narrower.items():
        for claim in below:
            found.setdefault(claim.iri, set()).add(broader)
    return found
