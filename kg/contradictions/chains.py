"""Contradictions of chains: against the claim they would explain, and against each other."""

from collections.abc import Iterable, Iterator, Mapping

from kg.contradictions.scope import differences_between
from kg.contradictions.sides import Contradiction, Kind, Side, side_of
from kg.model import Certainty, Direction, Evidence, Mechanism, Verdict
from kg.paths import Judged, Knowledge, Step, Ways, steps_of
from kg.paths.search import rank, sign_of, weakest

__all__ = ["against_chains", "best_chains", "opposed_chains"]

OUTCOMES = frozenset(
    {
        "outcome",
        "condition",
        "biological process",
        "effect on the person",
        "hair-cycle phase",
        "phase transition",
    }
)
LONGEST = 3

Chain = tuple[Step, ...]


def best_chains(knowledge: Knowledge) -> dict[tuple[str, str, int], Chain]:
    """From each thing to each other, the best chain of each sign."""
    ways = Ways(list(steps_of(knowledge)))
    best: dict[tuple[str, str, int], Chain] = {}
    for start in sorted(knowledge.entities):
        for chain in ways.walks(start, LONGEST):
            if _is_a_chain(chain):
                ends = (start, chain[-1].target, sign_of(chain))
                if ends not in best or rank(chain) < rank(best[ends]):
                    best[ends] = chain
    return best


def _is_a_chain(steps: Chain) -> bool:
    """Two claims, or a claim and a phase that it begins or ends; with a kind it is a pair."""
    return sum(not step.is_kin for step in steps) > 1


def against_chains(
    knowledge: Knowledge, chains: Mapping[tuple[str, str, int], Chain]
) -> Iterator[Contradiction]:
    """Chains drawn by curators, then computed ones that are not the same."""
    drawn = list(_curated_mechanisms(knowledge))
    told = {each.other.claims for each in drawn}
    yield from drawn
    for each in _computed_mechanisms(knowledge, chains):
        if each.other.claims not in told:
            yield each


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
        chain = chains.get((*judged.ends, against))
        if sign and chain and _disagree(judged, against):
            yield _against(judged, _side_of_chain(chain), knowledge)


def _disagree(explained: Judged, sign: int) -> bool:
    """Whether a chain of that sign would explain what is refuted, or the opposite of what holds."""
    if explained.appraisal.verdict is Verdict.REFUTED:
        return sign == explained.claim.relation.sign
    return explained.holds and sign == -explained.claim.relation.sign


def _against(explained: Judged, chain: Side, knowledge: Knowledge) -> Contradiction:
    claim, side = explained.claim, side_of(explained)
    differences = differences_between(side.results, chain.results, knowledge)
    return Contradiction(Kind.MECHANISM, claim.subject, claim.object, side, chain, differences)


def opposed_chains(
    knowledge: Knowledge, chains: Mapping[tuple[str, str, int], Chain]
) -> Iterator[Contradiction]:
    claimed = {judged.ends for judged in knowledge.claims.values() if judged.holds}
    for (start, end, sign), chain in chains.items():
        other = chains.get((start, end, -1))
        outcome = chain[-1].end
        if sign < 0 or not other or (start, end) in claimed or outcome.kind not in OUTCOMES:
            continue
        # Chains that begin or end alike pull apart between: that is told of the things there.
        if chain[0] == other[0] or chain[-1] == other[-1]:
            continue
        sides = _side_of_chain(chain), _side_of_chain(other)
        differences = differences_between(sides[0].results, sides[1].results, knowledge)
        yield Contradiction(Kind.CHAINS, knowledge.entities[start], outcome, *sides, differences)


def _side_of_chain(chain: Chain) -> Side:
    claims = tuple(step.claims[0] for step in chain if step.claims)
    return Side(claims, _supporting(claims), sign_of(chain), Certainty.of(weakest(chain)))


def _supporting(claims: Iterable[Judged]) -> tuple[Evidence, ...]:
    return tuple(item for judged in claims for item in judged.results(Direction.SUPPORTS))
