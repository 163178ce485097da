"""The best simple paths through signed links: by the certainty of the weakest link, then length.

    ways = Ways(links)
    ways.best(Sought(start, end, sign=-1, longest=5, limit=10))

Certainty decides first, so the search runs once per level of certainty, over the links
that reach it; within a level it asks for one length after the other. For a length it first
works out, from both ends to the middle, which places lie on a walk of exactly so many
links with the sign that is wanted, and then walks through those only:

    start ──▶ {places 2 links from the end} ──▶ {places 1 link from the end} ──▶ end

No place is visited twice, so a cycle ends where it began. A link of kinship says which
links may follow it: up to a kind and down to another of its members proves nothing.

Two limits: a search that has walked `PATIENCE` links stops, and the answer says that it is
not complete; of more than `MOST_TIES` paths that are equally sure and long the first are
taken, and doubt sorts only those.
What a link stands for is not known here; `kg/paths/links.py` makes them of claims.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, takewhile
from typing import Generic, Protocol, Self, TypeVar

__all__ = ["Found", "Linked", "Sought", "Ways", "rank", "sign_of", "weakest"]

GIVEN = 5
PATIENCE = 1_000_000
MOST_TIES = 5_000


class Linked(Protocol):
    """A way from one place to another.

    `level` is 1 to 4, or GIVEN where nothing is in doubt; `is_kin` where it only goes from a
    thing to a broader or narrower one.
    """

    @property
    def source(self) -> str: ...
    @property
    def target(self) -> str: ...
    @property
    def sign(self) -> int: ...
    @property
    def level(self) -> int: ...
    @property
    def doubt(self) -> int: ...
    @property
    def is_kin(self) -> bool: ...
    def may_follow(self, kin: Self) -> bool: ...


L = TypeVar("L", bound=Linked)
Layer = set[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Sought:
    """Which paths are asked for."""

    start: str
    end: str
    sign: int
    longest: int
    limit: int
    patience: int = PATIENCE


@dataclass(frozen=True, slots=True)
class Found(Generic[L]):
    """The best paths, best first. `more` where there are others behind them."""

    paths: tuple[tuple[L, ...], ...]
    more: bool = False
    is_complete: bool = True


def sign_of(path: Iterable[Linked]) -> int:
    """The product of the signs."""
    sign = 1
    for link in path:
        sign *= link.sign
    return sign


def weakest(path: Iterable[Linked]) -> int:
    """The lowest level on the path."""
    return min(link.level for link in path)


def rank(path: Sequence[Linked]) -> tuple[int, int, int]:
    """What paths are sorted by: the surer weakest link, then the shorter, then the less doubtful."""
    return (-weakest(path), len(path), sum(link.doubt for link in path))


class Ways(Generic[L]):
    """Links by where they start and where they end, the surest first."""

    def __init__(self, links: Iterable[L]) -> None:
        self._out: dict[str, list[L]] = {}
        self._into: dict[str, list[L]] = {}
        for link in sorted(links, key=lambda link: (-link.level, link.doubt)):
            self._out.setdefault(link.source, []).append(link)
            self._into.setdefault(link.target, []).append(link)

    def out_of(self, place: str) -> Sequence[L]:
        """The links that start there, the surest first."""
        return self._out.get(place, ())

    def into(self, place: str) -> Sequence[L]:
        """The links that end there, the surest first."""
        return self._into.get(place, ())

    def distances(self, start: str, *, backwards: bool = False) -> dict[str, int]:
        """How many links each place is from `start`, or `start` from it."""
        steps = {start: 0}
        waiting = [start]
        for place in waiting:
            for link in self.into(place) if backwards else self.out_of(place):
                onward = link.source if backwards else link.target
                if onward not in steps:
                    steps[onward] = steps[place] + 1
                    waiting.append(onward)
        return steps

    def walks(self, start: str, longest: int) -> Iterator[tuple[L, ...]]:
        """Every simple path from there of up to that many links; for small networks only."""
        waiting: list[tuple[L, ...]] = [()]
        while waiting:
            path = waiting.pop()
            visited = {start, *(link.target for link in path)}
            for link in self.out_of(path[-1].target if path else start):
                if link.target in visited or not _may_go_on(path, link):
                    continue
                yield (*path, link)
                if len(path) + 1 < longest:
                    waiting.append((*path, link))

    def best(self, sought: Sought) -> Found[L]:
        """The best paths; one that rests on nothing but givens is none."""
        search = _Search(self, sought, sought.patience)
        kept: list[tuple[L, ...]] = []
        for level in range(GIVEN - 1, 0, -1):
            for length in range(1, sought.longest + 1):
                ties = (path for path in search.paths(level, length) if weakest(path) == level)
                kept += sorted(islice(ties, MOST_TIES), key=rank)
                if len(kept) > sought.limit or search.is_tired:
                    more = len(kept) > sought.limit
                    return Found(tuple(kept[: sought.limit]), more, not search.is_tired)
        return Found(tuple(kept))


@dataclass(slots=True)
class _Search(Generic[L]):
    """One question to the ways, and how far it has got."""

    ways: Ways[L]
    sought: Sought
    patience: int
    _ahead: dict[int, list[Layer]] = field(default_factory=dict)
    _behind: dict[int, list[Layer]] = field(default_factory=dict)

    @property
    def is_tired(self) -> bool:
        return self.patience <= 0

    def paths(self, level: int, length: int) -> Iterator[tuple[L, ...]]:
        """Every simple path of exactly that length over links of at least that level."""
        layers = self._on_a_walk(level, length)
        walked: list[L] = []
        visited = {self.sought.start, self.sought.end}
        # A place is passed many times; which of its links lead on is worked out once.
        onward: dict[tuple[str, int, int], list[L]] = {}

        def leading_on(place: str, wanted: int, left: int) -> list[L]:
            links = takewhile(lambda link: link.level >= level, self.ways.out_of(place))
            return [link for link in links if (link.target, wanted * link.sign) in layers[left]]

        def walk(place: str, wanted: int) -> Iterator[tuple[L, ...]]:
            left = length - len(walked) - 1
            state = place, wanted, left
            if state not in onward:
                onward[state] = leading_on(*state)
            for link in onward[state]:
                if self.is_tired:
                    return
                if (left and link.target in visited) or not _may_go_on(walked, link):
                    continue
                self.patience -= 1
                if not left:
                    yield (*walked, link)
                    continue
                walked.append(link)
                visited.add(link.target)
                yield from walk(link.target, wanted * link.sign)
                visited.discard(link.target)
                walked.pop()

        return walk(self.sought.start, self.sought.sign) if layers[-1] else iter(())

    def _on_a_walk(self, level: int, length: int) -> Sequence[Layer]:
        """By number of links left: the places on a walk of that length, with the sign wanted there."""
        sign, half = self.sought.sign, length // 2 or 1
        behind = self._behind.setdefault(level, [{(self.sought.end, 1)}])
        while len(behind) <= length - half:
            behind.append(set(self._before(behind[-1], level)))
        if length == 1:
            return behind[:1]
        ahead = self._ahead.setdefault(level, [{(self.sought.start, 1)}])
        while len(ahead) <= half:
            ahead.append(set(self._after(ahead[-1], level)))
        layers = behind[: length - half]
        layers.append({each for each in behind[length - half] if _met(each, sign) in ahead[half]})
        for depth in range(half - 1, 0, -1):
            before = self._before(layers[-1], level)
            layers.append({each for each in before if _met(each, sign) in ahead[depth]})
        return layers

    def _before(self, layer: Layer, level: int) -> Iterator[tuple[str, int]]:
        for place, wanted in layer:
            for link in self.ways.into(place):
                if link.level < level:
                    break
                if link.source not in {self.sought.start, self.sought.end}:
                    yield link.source, wanted * link.sign

    def _after(self, layer: Layer, level: int) -> Iterator[tuple[str, int]]:
        for place, so_far in layer:
            for link in self.ways.out_of(place):
                if link.level < level:
                    break
                if link.target not in {self.sought.start, self.sought.end}:
                    yield link.target, so_far * link.sign


def _met(place: tuple[str, int], sign: int) -> tuple[str, int]:
    """A place with the sign that leads there, given the sign wanted from there on."""
    return place[0], sign * place[1]


def _may_go_on(walked: Sequence[L], link: L) -> bool:
    return not walked or not walked[-1].is_kin or link.may_follow(walked[-1])
