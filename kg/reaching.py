"""Where a relation leads in any number of steps: `reached(start, neighbours)`.

For relations that are simply followed (narrower, specializes). Signed paths with their
evidence are in `kg/paths/`.
"""

from collections.abc import Iterable, Mapping

__all__ = ["reached"]


def reached(start: str, neighbours: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """Everything that some number of steps leads to; a circle ends where it began."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        new = set(neighbours.get(waiting.pop(), ())) - found - {start}
        found |= new
        waiting += new
    return frozenset(found)
