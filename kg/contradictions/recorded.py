"""Conflicts that curators recorded, set beside what was computed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.contradictions.sides import Contradiction, Side
from kg.model import Conflict, Direction

__all__ = ["Recorded", "compared_with"]


@dataclass(frozen=True, slots=True)
class Recorded:
    """A conflict that curators recorded, with what computation found of it, or why it did not."""

    conflict: Conflict
    found: tuple[Contradiction, ...]
    why_not: str = ""


def compared_with(
    found: Sequence[Contradiction], conflicts: Iterable[Conflict]
) -> tuple[Recorded, ...]:
    """Each recorded conflict with the contradictions that have a result of each of its sides."""
    told = [(_results(each.one), _results(each.other), each) for each in found]
    recorded = []
    for conflict in conflicts:
        one = {item.iri for item in conflict.one_side}
        other = {item.iri for item in conflict.other_side}
        hits = tuple(c for a, b, c in told if (a & one and b & other) or (a & other and b & one))
        recorded.append(Recorded(conflict, hits, "" if hits else _why_not(conflict)))
    return tuple(recorded)


def _results(side: Side) -> frozenset[str]:
    return frozenset(item.iri for item in side.results)


def _why_not(conflict: Conflict) -> str:
    """Why no computation can see it, as far as its records tell."""
    one, other = (
        {item.claim for item in side} for side in (conflict.one_side, conflict.other_side)
    )
    if not one or not other:
        return "one side has no results in the graph"
    directions = {item.direction for item in (*conflict.one_side, *conflict.other_side)}
    if Direction.INCONCLUSIVE in directions:
        return "a side rests on inconclusive results, which contradict nothing"
    if one == other:
        return "both sides support the same claim; they differ in how much"
    return "the sides speak of different things, whose tension is in the reading"
