"""What tells two sides apart: circumstances in which they have nothing in common."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from kg.appraisal.sides import sex_named
from kg.contradictions.sides import Difference, lean_of
from kg.model import Claim, Evidence
from kg.paths import Knowledge

__all__ = ["differences_between", "partial_differences"]


def differences_between(
    one: Sequence[Evidence], other: Sequence[Evidence], knowledge: Knowledge
) -> tuple[Difference, ...]:
    return tuple(_apart_by(one, other, knowledge))


def partial_differences(one: Claim, other: Claim) -> Iterator[Difference]:
    """In what only one of two claims is limited, or speaks of a kind, or says it otherwise."""
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
    verbs = one.relation, other.relation
    if verbs[0] != verbs[1] and lean_of(one) == lean_of(other):
        yield Difference("relation", (verbs[0].label,), (verbs[1].label,), is_partial=True)


def _apart_by(
    one: Sequence[Evidence], other: Sequence[Evidence], knowledge: Knowledge
) -> Iterator[Difference]:
    told = [[(knowledge.claims[item.claim].claim, item) for item in side] for side in (one, other)]
    for name, of_result in OF_A_RESULT.items():
        yield from _told_apart(name, *({of_result(*each) for each in side} for side in told))
    for name, of_claim in OF_A_CLAIM.items():
        values = [{of_claim(claim) for claim, _ in side} for side in told]
        # Of a chain, and of several claims, some are limited and some are not.
        is_partial = "" in values[0] | values[1]
        yield from _told_apart(name, *(each - {""} for each in values), is_partial=is_partial)
    for name, in_words in IN_WORDS.items():
        words = [{in_words(item) for item in side} for side in (one, other)]
        if max(map(len, words)) == 1:
            yield from _told_apart(name, *words, is_partial=True)


def _told_apart(
    name: str, one: set[str], other: set[str], *, is_partial: bool = False
) -> Iterator[Difference]:
    if one and other and "" not in one | other and not one & other:
        yield Difference(name, tuple(sorted(one)), tuple(sorted(other)), is_partial)


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
