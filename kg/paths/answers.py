"""The values of an answer: what was asked, the paths, and what stands beside them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kg.model import Appraisal, Certainty, Entity, Mechanism
from kg.paths.links import Judged, Step
from kg.paths.search import sign_of, weakest

__all__ = ["Compared", "Explanation", "Missing", "Near", "Obstacle", "Path", "Question"]


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
