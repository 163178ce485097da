"""One result at a time: does it count, where does it start, and what moves it.

A result starts at the level its design has on the ladder of the claim's kind. Each move
down or up has a reason that is kept beside it. Nulls are told apart here: measured and
absent, or too small to tell. How results add up is in `kg/appraisal/sides.py`.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.appraisal.counting import because, counted
from kg.model import (
    Certainty,
    Claim,
    ClaimKind,
    Direction,
    Evidence,
    Grading,
    Ladder,
    Move,
    NullKind,
    Observed,
    System,
)

__all__ = [
    "MODELS",
    "UPWARD",
    "Weighed",
    "interval_of",
    "kind_of",
    "left_out_as",
    "system_of",
    "weighed_evidence",
]

EXPERIMENTAL = frozenset({"loss", "block", "rescue"})
MODELS = frozenset({System.TISSUE, System.ANIMALS, System.CELLS, System.MATERIAL})
HIGHEST = len(Certainty)
STANDARDISED = "standardised"
UPWARD = frozenset({Move.NECESSITY, Move.LARGE})


@dataclass(frozen=True, slots=True)
class Weighed:
    """A counted result with its level: where it started, what moved it, where it stands.

    `direction` is the item's own, except that a null too small to tell is inconclusive.
    """

    item: Evidence
    root: str
    claim: Claim
    direction: Direction
    start: int
    moves: tuple[Move, ...]
    level: int
    system: System
    size: int | None
    is_synthesis: bool
    null: NullKind | None
    is_narrower: bool

    @property
    def rank(self) -> tuple[object, ...]:
        """Better results sort first; names come last, so that they decide only between equals."""
        item = self.item
        return (
            -self.level,
            -(self.size or 0),
            item.design,
            item.finding,
            len(self.moves),
            item.study.label,
            item.study.iri,
            item.iri,
        )


def kind_of(claim: Claim, grading: Grading) -> ClaimKind:
    """The kind of question the claim answers, by its relation and what it joins."""
    for rule in grading.kind_rules:
        if rule.fits(claim):
            return rule.kind
    return ClaimKind.MECHANISM


def weighed_evidence(
    claim: Claim, asked: Claim, ladder: Ladder, grading: Grading, roots: dict[str, str]
) -> tuple[list[Weighed], tuple[str, ...]]:
    """The counted results on a claim, and what was not counted, in words."""
    kept: list[Weighed] = []
    left_out: Counter[str] = Counter()
    for item in claim.evidence:
        mark = left_out_as(item, grading)
        if mark:
            left_out[mark] += 1
        else:
            kept.append(_levelled(item, claim, asked, ladder, grading, roots))
    covered = _adding_nothing(kept)
    left_out["review of studies counted here"] = len(covered)
    counting = [one for one in kept if one.item.study.iri not in covered or not one.is_synthesis]
    return counting, tuple(
        f"Not counted: {counted(number, mark)} ({because(mark)})"
        for mark, number in sorted(left_out.items())
        if number
    )


def left_out_as(item: Evidence, grading: Grading) -> str:
    """The mark for which a result is not counted; empty where it counts."""
    return next((mark for mark in _marks(item) if mark in grading.never_counted), "")


def _marks(item: Evidence) -> Iterator[str]:
    if item.source:
        yield item.source.retraction
    yield item.role
    yield item.design
    if item.source:
        yield item.source.kind


def _levelled(  # noqa: PLR0913, PLR0917 - one result needs its claim, the asker, and how to weigh
    item: Evidence,
    claim: Claim,
    asked: Claim,
    ladder: Ladder,
    grading: Grading,
    roots: dict[str, str],
) -> Weighed:
    system = system_of(item, grading)
    is_synthesis = item.design in grading.syntheses
    most = item.study.participants if item.sample_size is None else item.sample_size
    # What a review pooled in all is not what it pooled for this number; it only sets a bound.
    size = item.sample_size if is_synthesis else most
    null = _null_kind(item, system, most, ladder, grading)
    start = ladder.starts.get(item.design, 1)
    moves = list(_moves(item, claim, system, start, ladder, grading))
    if system is System.PEOPLE and ladder.small_below:
        moves += _size_moves(item, size, most, ladder, grading)
    level = start
    for move in moves:
        level += grading.steps[move] if move in UPWARD else -grading.steps[move]
    level, rated = _as_its_authors_rate_it(level, item, grading)
    moves += rated
    if claim is not asked:
        moves.append(Move.NARROWER)
        level -= grading.steps[Move.NARROWER]
    if ladder.needs_people and system in MODELS:
        level = 1
    return Weighed(
        item=item,
        root=roots[item.study.iri],
        claim=claim,
        direction=Direction.INCONCLUSIVE if null is NullKind.TOO_SMALL else item.direction,
        start=start,
        moves=tuple(moves),
        level=min(max(level, 1), HIGHEST),
        system=system,
        size=size,
        is_synthesis=is_synthesis,
        null=null,
        is_narrower=claim is not asked,
    )


def system_of(item: Evidence, grading: Grading) -> System:
    """What the result was obtained in, by its design and its organism."""
    system = grading.systems.get(item.design, System.UNSTATED)
    if system in {System.PEOPLE, System.TISSUE} and item.organism not in {"human", ""}:
        return System.ANIMALS
    if item.design in grading.syntheses and not item.organism:
        return System.UNSTATED
    return system


def _moves(  # noqa: PLR0913, PLR0917 - the reasons to move look at everything about a result
    item: Evidence,
    claim: Claim,
    system: System,
    start: int,
    ladder: Ladder,
    grading: Grading,
) -> Iterator[Move]:
    """Why the result is rated lower or higher than its design; each reason once."""
    marked = _marked_moves(item, grading)
    if marked:
        yield from (move for move in Move if move in marked)
    in_people = system is System.PEOPLE
    if item.study.has_conflict_of_interest and ladder.interest_gains in {None, item.direction}:
        yield Move.CONFLICT
    if ladder.needs_control and in_people:
        yield from _comparison_moves(item, grading)
    if item.observed is not Observed.NO_EFFECT and _includes_no_effect(item):
        yield Move.IMPRECISE
    if (
        not ladder.needs_people
        and item.organism not in {"human", "", claim.scope.taxon}
        and ladder.kind is not ClaimKind.STANDING
    ):
        yield Move.OTHER_SPECIES
    if ladder.necessity_counts and item.perturbation in EXPERIMENTAL:
        yield Move.NECESSITY
    if ladder.large_effect_counts and start < HIGHEST and _is_large(item, grading):
        yield Move.LARGE


def _as_its_authors_rate_it(level: int, item: Evidence, grading: Grading) -> tuple[int, list[Move]]:
    """The level, not above the certainty that the authors themselves state."""
    if item.authors_certainty is None or level <= item.authors_certainty.level:
        return level, []
    return max(item.authors_certainty.level, level - grading.steps[Move.OWN_RATING]), [
        Move.OWN_RATING
    ]


def _size_moves(
    item: Evidence, size: int | None, most: int | None, ladder: Ladder, grading: Grading
) -> Iterator[Move]:
    small = most is not None and most < ladder.small_below
    unseen = size is None and not small and interval_of(item) is None
    for move, applies in ((Move.SMALL, small), (Move.UNSEEN, unseen)):
        if applies and item.design not in grading.spared[move]:
            yield move


def _marked_moves(item: Evidence, grading: Grading) -> set[Move]:
    """What the marks on an item and its document say; doubts about the document count once."""
    marks = [item.directness, item.reading_depth, item.check_result]
    if item.source:
        marks += [item.source.kind, item.source.retraction]
    found = {grading.moves_of_marks[mark] for mark in marks if mark in grading.moves_of_marks}
    if item.second_hand or Move.SECOND_HAND in found:
        found = found - {Move.UNREVIEWED, Move.UNVERIFIED} | {Move.SECOND_HAND}
    return found


def _comparison_moves(item: Evidence, grading: Grading) -> Iterator[Move]:
    without = item.comparator.lower().startswith(("none", "baseline", "before"))
    unstated = item.design in grading.syntheses and not item.comparator
    for move, applies in ((Move.UNCONTROLLED, without), (Move.UNCOMPARED, unstated)):
        if applies and item.design not in grading.spared[move]:
            yield move


def _includes_no_effect(item: Evidence) -> bool:
    interval = interval_of(item)
    if interval is None:
        return False
    none = 1 if _is_ratio(item) else 0
    comparable = _is_ratio(item) or _is_difference(item)
    return comparable and interval[0] <= none <= interval[1]


def _is_large(item: Evidence, grading: Grading) -> bool:
    interval, value = interval_of(item), _number(item.effect.value)
    if not _is_ratio(item) or interval is None or value is None or value <= 0:
        return False
    excludes_none = interval[0] > 1 or interval[1] < 1
    is_narrow = interval[1] <= grading.widest_large_interval * interval[0]
    return excludes_none and is_narrow and max(value, 1 / value) >= grading.large_ratio


def _null_kind(
    item: Evidence, system: System, size: int | None, ladder: Ladder, grading: Grading
) -> NullKind | None:
    """Whether a null was measured and absent, or too small to tell; None where it is no null.

    The interval decides where it can be read; otherwise the number of people does.
    """
    if item.observed is not Observed.NO_EFFECT or item.direction is not Direction.DISPUTES:
        return None
    interval, important = interval_of(item), _important(item, grading)
    if interval is not None and important is not None:
        reaches = interval[0] < important[0] or interval[1] > important[1]
        return NullKind.TOO_SMALL if reaches else NullKind.ABSENT
    if system is System.PEOPLE and size is not None and size < ladder.null_needs:
        return NullKind.TOO_SMALL
    return NullKind.ABSENT


def _important(item: Evidence, grading: Grading) -> tuple[float, float] | None:
    """The effects, down and up, that would matter on the scale of the item; None if unknown."""
    if _is_ratio(item):
        return grading.important_ratio_low, grading.important_ratio_high
    measure = item.effect.measure.lower()
    scale = STANDARDISED if _is_standardised(measure) else item.effect.unit
    difference = grading.important_differences.get(scale)
    return None if difference is None else (-difference, difference)


def _is_ratio(item: Evidence) -> bool:
    measure = item.effect.measure.lower()
    return "ratio" in measure.split() or "relative risk" in measure


def _is_difference(item: Evidence) -> bool:
    measure = item.effect.measure.lower()
    return "difference" in measure or _is_standardised(measure)


def _is_standardised(measure: str) -> bool:
    return "smd" in measure.split() or STANDARDISED in measure


def interval_of(item: Evidence) -> tuple[float, float] | None:
    """The confidence interval; a range without a level is none."""
    low, high = _number(item.effect.low), _number(item.effect.high)
    return (low, high) if item.effect.level and low is not None and high is not None else None


@lru_cache(maxsize=4096)
def _number(text: str) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


def _adding_nothing(counted: list[Weighed]) -> set[str]:
    """Reviews that take up studies counted here and bring no more people than those have."""
    primary = {one.item.study.iri: one for one in counted if not one.is_synthesis}
    found = set()
    for one in counted:
        pooled = [primary[iri] for iri in one.item.study.reviews if iri in primary]
        covers = [other for other in pooled if other.direction is one.direction]
        if one.is_synthesis and covers:
            covered = sum(other.item.study.participants or other.size or 0 for other in covers)
            pooled_people = one.item.sample_size or one.item.study.participants
            if pooled_people is None or pooled_people <= covered:
                found.add(one.item.study.iri)
    return found
