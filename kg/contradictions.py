"""Contradictions: results, claims and chains of claims that pull apart, and what tells them apart.

    contradictions_in(knowledge)          every one, the unexplained and the surest first
    compared_with(found, conflicts)       those that curators recorded: found here, or not

    contested    studies for and against one claim
    opposite     two claims of opposite sign about the same two things, or kinds of them
    apart        one claim holds, and one like it about the same things, or kinds, is refuted
    mechanism    a chain of claims whose sign is not that of the claim it would explain
    chains       two chains of opposite sign from one thing to one outcome

Each says whether scope tells the two sides apart, and which: species, tissue, sex,
population, condition, dose, route, comparison, circumstance. It does where it is known of
both sides and nothing is common; it may where only one side is limited, where one is about
a kind of the other, or where what was studied or measured is worded otherwise.
That it does is no proof that it is the reason.
Pure: domain values in, domain values out.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kg.appraisal.sides import sex_named
from kg.model import Certainty, Claim, Conflict, Direction, Entity, Evidence, Mechanism, Verdict
from kg.paths import Judged, Knowledge, Step, Ways, steps_of
from kg.paths.links import broader_than
from kg.paths.search import rank, sign_of, weakest

__all__ = [
    "Contradiction",
    "Difference",
    "Kind",
    "Recorded",
    "Side",
    "compared_with",
    "contradictions_in",
]

LEANING = {"is positively associated with": 1, "is negatively associated with": -1}
OUTCOMES = frozenset({"outcome", "condition", "hair-cycle phase", "phase transition"})
LONGEST = 3


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

    It is partial where one side is not limited by it, or speaks of a kind of the other, or
    where only the words differ.
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


@dataclass(frozen=True, slots=True)
class Recorded:
    """A conflict that curators recorded, with what computation found of it, or why it did not."""

    conflict: Conflict
    found: tuple[Contradiction, ...]
    why_not: str = ""


def contradictions_in(knowledge: Knowledge) -> tuple[Contradiction, ...]:
    """Every contradiction, by kind; in each the unexplained first, then the surest."""
    chains = _best_chains(knowledge)
    drawn = list(_curated_mechanisms(knowledge))
    told = {each.other.claims for each in drawn}
    found = [
        *_contested(knowledge),
        *_pairs(knowledge),
        *drawn,
        *(m for m in _computed_mechanisms(knowledge, chains) if m.other.claims not in told),
        *_opposed_chains(knowledge, chains),
    ]
    return tuple(sorted(found, key=_order))


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


def _order(contradiction: Contradiction) -> tuple[object, ...]:
    kind = tuple(Kind).index(contradiction.kind)
    length = len(contradiction.one.claims) + len(contradiction.other.claims)
    names = (contradiction.start.label, contradiction.end.label)
    return kind, contradiction.is_explained, -contradiction.level, length, names


# Two sides of one claim.


def _contested(knowledge: Knowledge) -> Iterator[Contradiction]:
    told: set[tuple[frozenset[str], frozenset[str]]] = set()
    for judged in sorted(knowledge.claims.values(), key=lambda j: (len(j.narrower), j.claim.iri)):
        pro, con = judged.results(Direction.SUPPORTS), judged.results(Direction.DISPUTES)
        sides = frozenset(i.iri for i in pro), frozenset(i.iri for i in con)
        # A broader claim that only passes on the dispute of a narrower one is told once.
        if not (pro and con) or sides in told:
            continue
        told.add(sides)
        sign, certainty = judged.claim.relation.sign, judged.appraisal.certainty
        yield Contradiction(
            Kind.CONTESTED,
            judged.claim.subject,
            judged.claim.object,
            Side((judged,), pro, sign, certainty),
            Side((judged,), con, sign, certainty),
            _by_context(judged) or _differences(pro, con, knowledge),
        )


def _by_context(judged: Judged) -> tuple[Difference, ...]:
    """What the appraisal says the disagreement follows."""
    contexts = judged.appraisal.contexts
    pro = tuple(c.value for c in contexts if c.verdict is Verdict.SUPPORTED)
    con = tuple(c.value for c in contexts if c.verdict is Verdict.REFUTED)
    return (Difference(contexts[0].dimension, pro, con),) if pro and con else ()


# Two claims about the same two things.


def _pairs(knowledge: Knowledge) -> Iterator[Contradiction]:
    """Claims whose subjects and whose objects are the same, or one a kind of the other."""
    above = {iri: broader_than(iri, knowledge.entities) | {iri} for iri in knowledge.entities}
    by_ends: dict[tuple[str, str], list[Judged]] = {}
    for judged in knowledge.claims.values():
        if judged.level:
            by_ends.setdefault(_ends(judged.claim), []).append(judged)
    for judged in [each for members in by_ends.values() for each in members]:
        subject, thing = _ends(judged.claim)
        for wider in sorted(above.get(subject, {subject})):
            for whole in sorted(above.get(thing, {thing})):
                for other in by_ends.get((wider, whole), ()):
                    yield from _pair(judged, other, knowledge)


def _pair(judged: Judged, other: Judged, knowledge: Knowledge) -> Iterator[Contradiction]:
    same_ends = _ends(judged.claim) == _ends(other.claim)
    if same_ends and judged.claim.iri >= other.claim.iri:
        return
    lean, contrary = _lean(judged.claim), _lean(other.claim)
    is_alike = lean == contrary and (lean or judged.claim.relation == other.claim.relation)
    if lean * contrary < 0 and judged.holds and other.holds:
        yield _of_claims(Kind.OPPOSITE, judged, other, knowledge)
    elif is_alike and _is_apart(judged, other):
        yield _of_claims(Kind.APART, judged, other, knowledge)


def _is_apart(judged: Judged, other: Judged) -> bool:
    verdicts = {judged.appraisal.verdict, other.appraisal.verdict}
    return verdicts == {Verdict.SUPPORTED, Verdict.REFUTED}


def _of_claims(kind: Kind, one: Judged, other: Judged, knowledge: Knowledge) -> Contradiction:
    sides = _side_of(one), _side_of(other)
    differences = (
        *_differences(sides[0].results, sides[1].results, knowledge),
        *_partial(one.claim, other.claim),
    )
    return Contradiction(kind, one.claim.subject, one.claim.object, *sides, differences)


def _side_of(judged: Judged) -> Side:
    """A claim with the results that made its verdict."""
    refuted = judged.appraisal.verdict is Verdict.REFUTED
    results = judged.results(Direction.DISPUTES if refuted else Direction.SUPPORTS)
    return Side((judged,), results, _lean(judged.claim), judged.appraisal.certainty)


def _lean(claim: Claim) -> int:
    """The sign of a claim, or the direction of an association."""
    return claim.relation.sign or LEANING.get(claim.relation.label, 0)


def _ends(claim: Claim) -> tuple[str, str]:
    return claim.subject.iri, claim.object.iri


# Chains of claims.

Chain = tuple[Step, ...]


def _best_chains(knowledge: Knowledge) -> dict[tuple[str, str, int], Chain]:
    """From each thing to each other, the best chain of each sign that has two claims at least."""
    ways = Ways(list(steps_of(knowledge)))
    best: dict[tuple[str, str, int], Chain] = {}
    for start in sorted(knowledge.entities):
        for chain in ways.walks(start, LONGEST):
            if sum(bool(step.claims) for step in chain) > 1:
                ends = (start, chain[-1].target, sign_of(chain))
                if ends not in best or rank(chain) < rank(best[ends]):
                    best[ends] = chain
    return best


def _curated_mechanisms(knowledge: Knowledge) -> Iterator[Contradiction]:
    """Mechanisms drawn for a claim of another sign, or for one that is refuted."""
    for mechanism in knowledge.mechanisms:
        explained = mechanism.explains and knowledge.claims.get(mechanism.explains.iri)
        if explained and mechanism.net_sign and _disagree(explained, mechanism.net_sign):
            chain = _side_of_mechanism(mechanism, knowledge)
            yield _against(explained, chain, knowledge)


def _side_of_mechanism(mechanism: Mechanism, knowledge: Knowledge) -> Side:
    steps = tuple(knowledge.claims[claim.iri] for claim in mechanism.steps)
    certainty = min(
        (s.appraisal.certainty for s in steps if s.appraisal.certainty),
        key=lambda certainty: certainty.level,
        default=None,
    )
    return Side(steps, _supporting(steps), mechanism.net_sign, certainty, mechanism.label)


def _computed_mechanisms(
    knowledge: Knowledge, chains: Mapping[tuple[str, str, int], Chain]
) -> Iterator[Contradiction]:
    """Claims of which some chain says the opposite, or refuted ones that a chain would explain."""
    for judged in knowledge.claims.values():
        sign = judged.claim.relation.sign
        against = sign if judged.appraisal.verdict is Verdict.REFUTED else -sign
        chain = chains.get((*_ends(judged.claim), against))
        if sign and chain and _disagree(judged, against):
            yield _against(judged, _side_of_chain(chain), knowledge)


def _disagree(explained: Judged, sign: int) -> bool:
    """Whether a chain of that sign would explain what is refuted, or the opposite of what holds."""
    if explained.appraisal.verdict is Verdict.REFUTED:
        return sign == explained.claim.relation.sign
    return explained.holds and sign == -explained.claim.relation.sign


def _against(explained: Judged, chain: Side, knowledge: Knowledge) -> Contradiction:
    claim, side = explained.claim, _side_of(explained)
    differences = _differences(side.results, chain.results, knowledge)
    return Contradiction(Kind.MECHANISM, claim.subject, claim.object, side, chain, differences)


def _opposed_chains(
    knowledge: Knowledge, chains: Mapping[tuple[str, str, int], Chain]
) -> Iterator[Contradiction]:
    claimed = {_ends(judged.claim) for judged in knowledge.claims.values() if judged.holds}
    for (start, end, sign), chain in chains.items():
        other = chains.get((start, end, -1))
        outcome = chain[-1].end
        if sign < 0 or not other or (start, end) in claimed or outcome.kind not in OUTCOMES:
            continue
        # What both share at an end is told of the thing behind it.
        if any(chain[at] == other[at] and chain[at].kind.is_given for at in (0, -1)):
            continue
        sides = _side_of_chain(chain), _side_of_chain(other)
        differences = _differences(sides[0].results, sides[1].results, knowledge)
        yield Contradiction(Kind.CHAINS, knowledge.entities[start], outcome, *sides, differences)


def _side_of_chain(chain: Chain) -> Side:
    claims = tuple(step.claims[0] for step in chain if step.claims)
    return Side(claims, _supporting(claims), sign_of(chain), Certainty.of(weakest(chain)))


def _supporting(claims: Iterable[Judged]) -> tuple[Evidence, ...]:
    return tuple(item for judged in claims for item in judged.results(Direction.SUPPORTS))


def _results(side: Side) -> frozenset[str]:
    return frozenset(item.iri for item in side.results)


# What tells the sides apart.


def _dose(claim: Claim, item: Evidence) -> str:
    """The numbers of a dose with their units, however it is worded."""
    numbers = re.findall(r"\d[\d.]*\s*(?:%|[a-zµ]+(?:/\w+)?)?", claim.scope.dose or item.dose)
    return ", ".join(re.sub(r"\s+", " ", number) for number in numbers)


def _sex(claim: Claim, item: Evidence) -> str:
    if item.organism != "human":
        return ""
    return sex_named(f"{claim.scope.population} {claim.object.label} {item.system}")


OF_A_CLAIM: Mapping[str, Callable[[Claim], str]] = {
    "tissue": lambda claim: claim.scope.site,
    "population": lambda claim: claim.scope.population,
    "condition": lambda claim: claim.scope.condition,
    "route": lambda claim: claim.scope.route,
    "comparison": lambda claim: claim.scope.versus,
    "circumstance": lambda claim: claim.circumstance,
}
OF_A_RESULT: Mapping[str, Callable[[Claim, Evidence], str]] = {
    "species": lambda _, item: item.organism,
    "sex": _sex,
    "dose": _dose,
}


IN_WORDS: Mapping[str, Callable[[Evidence], str]] = {
    "what was studied": lambda item: item.system,
    "what was measured": lambda item: item.outcome,
}


def _differences(
    one: Sequence[Evidence], other: Sequence[Evidence], knowledge: Knowledge
) -> tuple[Difference, ...]:
    return tuple(_apart_by(one, other, knowledge))


def _apart_by(
    one: Sequence[Evidence], other: Sequence[Evidence], knowledge: Knowledge
) -> Iterator[Difference]:
    told = [[(knowledge.claims[item.claim].claim, item) for item in side] for side in (one, other)]
    for name, of_result in OF_A_RESULT.items():
        yield from _told_apart(name, *({of_result(*each) for each in side} for side in told))
    for name, of_claim in OF_A_CLAIM.items():
        yield from _told_apart(name, *({of_claim(claim) for claim, _ in side} for side in told))
    for name, in_words in IN_WORDS.items():
        words = [{in_words(item) for item in side} for side in (one, other)]
        if max(map(len, words)) == 1:
            yield from _told_apart(name, *words, is_partial=True)


def _told_apart(
    name: str, one: set[str], other: set[str], *, is_partial: bool = False
) -> Iterator[Difference]:
    if one and other and "" not in one | other and not one & other:
        yield Difference(name, tuple(sorted(one)), tuple(sorted(other)), is_partial)


def _partial(one: Claim, other: Claim) -> Iterator[Difference]:
    """In what only one of two claims is limited, or one speaks of a kind of the other."""
    for name, value_of in OF_A_CLAIM.items():
        values = value_of(one), value_of(other)
        if any(values) and not all(values):
            one_value, other_value = ((value,) if value else () for value in values)
            yield Difference(name, one_value, other_value, is_partial=True)
    for name, ends in (
        ("subject", (one.subject, other.subject)),
        ("object", (one.object, other.object)),
    ):
        if ends[0] != ends[1]:
            yield Difference(name, (ends[0].label,), (ends[1].label,), is_partial=True)


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
