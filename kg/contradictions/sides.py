"""The values of a contradiction: two sides, and what tells them apart."""

from dataclasses import dataclass
from enum import StrEnum

from kg.model import Certainty, Claim, Direction, Entity, Evidence, Verdict
from kg.paths import Judged

__all__ = ["Contradiction", "Difference", "Kind", "Side", "lean_of", "side_of"]

LEANING = {"is positively associated with": 1, "is negatively associated with": -1}


class Kind(StrEnum):
    """What pulls apart."""

    CONTESTED = "studies on both sides of one claim"
    OPPOSITE = "two claims say opposite things"
    APART = "one claim holds, one like it is refuted"
    MECHANISM = "a chain disagrees with the claim it would explain"
    CHAINS = "two chains say opposite things of one outcome"


@dataclass(frozen=True, slots=True)
class Difference:
    """A circumstance in which the two sides have nothing in common.

    It is partial where one side is not limited by it, speaks of a kind of the other or uses
    another relation, or where only the words differ.
    """

    circumstance: str
    one: tuple[str, ...]
    other: tuple[str, ...]
    is_partial: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """One side: the claims it makes, a chain where there are several, and the results behind them."""

    claims: tuple[Judged, ...]
    results: tuple[Evidence, ...]
    sign: int
    certainty: Certainty | None
    mechanism: str = ""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two sides that cannot both hold everywhere, and what tells them apart."""

    kind: Kind
    start: Entity
    end: Entity
    one: Side
    other: Side
    differences: tuple[Difference, ...] = ()

    @property
    def is_explained(self) -> bool:
        """Some circumstance tells the sides apart, and not only in part."""
        return any(not difference.is_partial for difference in self.differences)

    @property
    def level(self) -> int:
        """How certain the less certain side is: 4 for high to 1 for very low, 0 for nothing."""
        return min(s.certainty.level if s.certainty else 0 for s in (self.one, self.other))


def side_of(judged: Judged) -> Side:
    """A claim with the results that made its verdict."""
    refuted = judged.appraisal.verdict is Verdict.REFUTED
    results = judged.results(Direction.DISPUTES if refuted else Direction.SUPPORTS)
    return Side((judged,), results, lean_of(judged.claim), judged.appraisal.certainty)


def lean_of(claim: Claim) -> int:
    """The sign of a claim, or the direction of an association."""
    return claim.relation.sign or LEANING.get(claim.relation.label, 0)
