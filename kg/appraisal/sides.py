"""How results add up: independent studies, two sides, and the verdict between them.

    results ─▶ best per study and direction ─▶ for | against ─▶ outweighs? ─▶ verdict
                                                                  │ no, or the loser wins
                                                                  ▼ in some circumstance
                                                       context-dependent, or contested

Adding an independent supporting study never turns a verdict against the claim; the
weights, the rule for a level and the rule for circumstances are built so that this holds.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.appraisal.weighing import Weighed, kind_of, weighed_evidence
from kg.model import (
    Certainty,
    Claim,
    ClaimKind,
    Context,
    Direction,
    Evidence,
    Grading,
    Ladder,
    Move,
    Study,
    System,
    Verdict,
)

__all__ = [
    "SPEAKS",
    "Decision",
    "Side",
    "combined",
    "decided_by",
    "independent",
    "once_per_study",
    "passed_up",
    "sex_named",
    "sex_of",
    "sex_studied",
]

SPEAKS = frozenset({Verdict.SUPPORTED, Verdict.REFUTED})
OPPOSITE = {Verdict.SUPPORTED: Verdict.REFUTED, Verdict.REFUTED: Verdict.SUPPORTED}
WOMEN = re.compile(r"\b(?:women|woman|female|females|girls|postmenopausal)\b", re.IGNORECASE)
MEN = re.compile(r"\b(?:men|man|male|males|boys)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Side:
    """The studies that speak in one direction: their weight, and how certain they are."""

    members: tuple[Weighed, ...] = ()
    weight: int = 0
    level: int = 0
    deciding: tuple[Weighed, ...] = ()
    is_lone: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict with what it rests on. `level` is 0 where there is no certainty to speak of."""

    verdict: Verdict
    level: int = 0
    members: tuple[Weighed, ...] = ()
    pro: Side = Side()
    con: Side = Side()
    moves: tuple[Move, ...] = ()
    contexts: tuple[Context, ...] = ()
    is_indirect: bool = False

    @property
    def winner(self) -> Side:
        """The side that the verdict follows; an empty one where it follows neither."""
        sides = {Verdict.SUPPORTED: self.pro, Verdict.REFUTED: self.con}
        return sides.get(self.verdict, Side())

    @property
    def deciding(self) -> tuple[Weighed, ...]:
        """The results that the verdict and its certainty rest on."""
        return self.winner.deciding or self.pro.deciding + self.con.deciding or self.members


def independent(studies: Iterable[Study]) -> dict[str, str]:
    """Study → the name of its group: studies that share a registration or a cohort are one."""
    parent: dict[str, str] = {}

    def root_of(name: str) -> str:
        while parent.setdefault(name, name) != name:
            parent[name] = name = parent[parent[name]]
        return name

    for study in studies:
        shared = [study.registry_id] if study.registry_id else []
        shared += [f"cohort {study.cohort}"] if study.cohort else []
        one = root_of(study.iri)
        for name in shared:
            parent[root_of(f"shared {name}")] = one
            one = root_of(one)
    return {name: root_of(name) for name in list(parent)}


def once_per_study(weighed: list[Weighed]) -> list[Weighed]:
    """The best result of each independent study in each direction, best first."""
    best: dict[tuple[str, Direction, bool], Weighed] = {}
    for one in sorted(weighed, key=lambda one: one.rank):
        best.setdefault((one.root, one.direction, one.is_synthesis), one)
    return list(best.values())


def passed_up(
    narrower: Claim, claim: Claim, grading: Grading, roots: dict[str, str]
) -> Iterator[Weighed]:
    """What evidence on a narrower claim says of the broader one.

    That one harm is absent says nothing of the other harms of a treatment.
    """
    ladder = grading.ladders[kind_of(narrower, grading)]
    other_harm = ladder.kind is ClaimKind.HARM and narrower.object.iri != claim.object.iri
    for one in weighed_evidence(narrower, claim, ladder, grading, roots)[0]:
        if one.direction is Direction.SUPPORTS or not other_harm:
            yield one


def decided_by(members: Sequence[Weighed], ladder: Ladder, grading: Grading) -> Decision:
    """The verdict of these results, each from another study or in another direction."""
    plain = _outweighed(members, ladder, grading)
    if not plain.pro.weight or not plain.con.weight or _is_clear(plain, grading):
        return plain
    splits = list(_splits(plain, ladder, grading))
    loser = OPPOSITE.get(plain.verdict)
    told = any(c.value and c.verdict is loser for split in splits for c in split)
    if plain.verdict in SPEAKS and not told:
        return plain
    split = _told_apart(splits)
    return _context_dependent(plain, split) if split else _contested(plain, grading)


def _told_apart(splits: list[tuple[Context, ...]]) -> tuple[Context, ...]:
    """The first circumstance, known of every study, in whose values the verdicts differ.

    One that separates support from refutation is preferred.
    """
    known = [split for split in splits if all(context.value for context in split)]
    said = [(split, {context.verdict for context in split}) for split in known]
    opposed = [split for split, verdicts in said if verdicts >= SPEAKS]
    differing = [split for split, verdicts in said if len(verdicts) > 1]
    return next(iter(opposed + differing), ())


def _outweighed(members: Sequence[Weighed], ladder: Ladder, grading: Grading) -> Decision:
    """The verdict by weight alone, wherever the results come from."""
    pro = _side([m for m in members if m.direction is Direction.SUPPORTS], ladder, grading)
    con = _side([m for m in members if m.direction is Direction.DISPUTES], ladder, grading)
    kept = tuple(members)
    if not pro.weight and not con.weight:
        return Decision(Verdict.INCONCLUSIVE, 1, kept) if kept else Decision(Verdict.UNTESTED)
    if pro.weight >= grading.decisive_ratio * con.weight:
        return _won(Verdict.SUPPORTED, kept, pro, con, grading)
    if con.weight >= grading.decisive_ratio * pro.weight:
        return _won(Verdict.REFUTED, kept, pro, con, grading)
    return _contested(Decision(Verdict.CONTESTED, 1, kept, pro, con), grading)


def _won(
    verdict: Verdict, members: tuple[Weighed, ...], pro: Side, con: Side, grading: Grading
) -> Decision:
    winner = pro if verdict is Verdict.SUPPORTED else con
    won = Decision(verdict, winner.level, members, pro, con, (Move.LONE,) * winner.is_lone)
    if _is_clear(won, grading):
        return won
    level = max(won.level - grading.steps[Move.DISSENT], 1)
    return Decision(verdict, level, members, pro, con, (*won.moves, Move.DISSENT))


def _is_clear(decided: Decision, grading: Grading) -> bool:
    """Whether one side weighs so much more that the other changes nothing."""
    less, more = sorted((decided.pro.weight, decided.con.weight))
    return more >= grading.clear_ratio * less


def _contested(plain: Decision, grading: Grading) -> Decision:
    level = max(plain.pro.level, plain.con.level) - grading.steps[Move.CONTESTED]
    moves = (Move.CONTESTED,)
    return Decision(Verdict.CONTESTED, max(level, 1), plain.members, plain.pro, plain.con, moves)


def _context_dependent(plain: Decision, split: tuple[Context, ...]) -> Decision:
    """As certain as the least certain of the contexts that speak."""
    spoken = [c.certainty.level for c in split if c.certainty and c.verdict in SPEAKS]
    return Decision(
        Verdict.CONTEXT_DEPENDENT,
        min(spoken),
        plain.members,
        plain.pro,
        plain.con,
        contexts=split,
    )


def _side(members: list[Weighed], ladder: Ladder, grading: Grading) -> Side:
    if not members:
        return Side()
    primary = [one for one in members if not one.is_synthesis]
    syntheses = [one for one in members if one.is_synthesis]
    weight = max(_weight(primary, grading), *(grading.weights[s.level] for s in syntheses), 0)
    repeated = sorted((one.level for one in primary), reverse=True)[1:2]
    alone = [one.level - _lone_steps(one, ladder, grading) for one in primary]
    pooled = [one.level for one in syntheses]
    level = max(1, *repeated, *alone, *pooled)
    deciding = [one for one in syntheses if one.level >= level]
    is_lone = not deciding and (not repeated or repeated[0] < level)
    deciding += [one for one in primary if _carries(one, level, repeated, ladder, grading)]
    lone = is_lone and all(_lone_steps(one, ladder, grading) for one in deciding)
    return Side(tuple(members), weight, level, tuple(deciding) or tuple(members), lone)


def _carries(
    one: Weighed, level: int, repeated: list[int], ladder: Ladder, grading: Grading
) -> bool:
    """Whether a primary result holds up the level of its side, with others or alone."""
    if repeated and repeated[0] >= level:
        return one.level >= level
    return max(one.level - _lone_steps(one, ladder, grading), 1) >= level


def _lone_steps(one: Weighed, ladder: Ladder, grading: Grading) -> int:
    """How far the result is moved down when no other study repeats it."""
    is_large = one.size is not None and one.size >= grading.large_study
    in_people = one.system is System.PEOPLE
    return 0 if ladder.one_study_settles or (is_large and in_people) else grading.steps[Move.LONE]


def _weight(primary: list[Weighed], grading: Grading) -> int:
    """Weights added up; only so many studies of a level count that none outvote a better one."""
    numbers = Counter(one.level for one in primary)
    return sum(
        grading.weights[level] * min(number, grading.most_counted_per_level)
        for level, number in numbers.items()
    )


def combined(here: Decision, there: Decision) -> Decision:
    """Evidence on the claim itself decides; narrower evidence where there is none.

    Where both say the same, the more certain of the two stands.
    """
    silent = {Verdict.UNTESTED, Verdict.INCONCLUSIVE}
    if there.verdict not in silent and here.verdict in silent:
        return _as_indirect(there)
    if here.verdict is Verdict.UNTESTED:
        return _as_indirect(there)
    if here.verdict is there.verdict and here.verdict in SPEAKS and there.level > here.level:
        return _as_indirect(there)
    return here


def _as_indirect(there: Decision) -> Decision:
    return Decision(
        there.verdict,
        there.level,
        there.members,
        there.pro,
        there.con,
        there.moves,
        there.contexts,
        is_indirect=bool(there.members),
    )


def _species(one: Weighed) -> str:
    return one.item.organism


def _setting(one: Weighed) -> str:
    return "" if one.system is System.UNSTATED else f"in {one.system}"


def sex_of(one: Weighed) -> str:
    return sex_studied(one.item, one.claim)


def sex_studied(item: Evidence, claim: Claim) -> str:
    """women, men, both, or empty where neither the claim nor the result tells."""
    if item.organism != "human":
        return ""
    return sex_named(f"{claim.scope.population} {claim.object.label} {item.system}")


@lru_cache(maxsize=65536)
def sex_named(text: str) -> str:
    women, men = WOMEN.search(text), MEN.search(text)
    if women and men:
        return "women and men"
    return "women" if women else "men" if men else ""


OF_RESULTS: dict[str, Callable[[Weighed], str]] = {"species": _species, "setting": _setting}
OF_PEOPLE: dict[str, Callable[[Weighed], str]] = {"sex": sex_of}
OF_SCOPES: dict[str, Callable[[Weighed], str]] = {
    "condition": lambda one: one.claim.scope.condition,
    "tissue": lambda one: one.claim.scope.site,
    "route": lambda one: one.claim.scope.route,
    "dose": lambda one: one.claim.scope.dose,
    "comparison": lambda one: one.claim.scope.versus,
    "circumstance": lambda one: one.claim.circumstance,
    "subject": lambda one: one.claim.subject.label if one.is_narrower else "",
    "object": lambda one: one.claim.object.label if one.is_narrower else "",
}
OF_POPULATIONS: dict[str, Callable[[Weighed], str]] = {
    "population": lambda one: one.claim.scope.population
}
WITHIN_A_CLAIM = OF_RESULTS | OF_PEOPLE
ACROSS_CLAIMS = OF_RESULTS | OF_POPULATIONS | OF_PEOPLE | OF_SCOPES


def _splits(plain: Decision, ladder: Ladder, grading: Grading) -> Iterator[tuple[Context, ...]]:
    """For each circumstance that differs: its values, with the verdict where each holds.

    An empty value stands for the studies that do not tell.
    """
    speaking = [*plain.pro.members, *plain.con.members]
    # The results on one claim share its scope, which therefore tells nothing apart.
    one_claim = len({one.claim.iri for one in speaking}) == 1
    dimensions = WITHIN_A_CLAIM if one_claim else ACROSS_CLAIMS
    for dimension, value_of in dimensions.items():
        groups: dict[str, list[Weighed]] = {}
        for one in speaking:
            groups.setdefault(value_of(one), []).append(one)
        if len(groups) > 1:
            found = []
            for value, members in sorted(groups.items()):
                inside = _outweighed(members, ladder, grading)
                found.append(Context(dimension, value, inside.verdict, Certainty.of(inside.level)))
            yield tuple(found)
