"""Contradictions of claims: studies on both sides of one, and two that pull apart."""

from collections.abc import Iterator

from kg.contradictions.scope import differences_between, partial_differences
from kg.contradictions.sides import Contradiction, Difference, Kind, Side, lean_of, side_of
from kg.model import Direction, Verdict
from kg.paths import Judged, Knowledge
from kg.paths.links import broader_than

__all__ = ["contested_claims", "pairs_apart"]


def contested_claims(knowledge: Knowledge) -> Iterator[Contradiction]:
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
            _by_context(judged) or differences_between(pro, con, knowledge),
        )


def _by_context(judged: Judged) -> tuple[Difference, ...]:
    """What the appraisal says the disagreement follows."""
    contexts = judged.appraisal.contexts
    pro = tuple(c.value for c in contexts if c.verdict is Verdict.SUPPORTED)
    con = tuple(c.value for c in contexts if c.verdict is Verdict.REFUTED)
    return (Difference(contexts[0].dimension, pro, con),) if pro and con else ()


def pairs_apart(knowledge: Knowledge) -> Iterator[Contradiction]:
    """Claims whose subjects and whose objects are the same, or one a kind of the other."""
    above = {iri: broader_than(iri, knowledge.entities) | {iri} for iri in knowledge.entities}
    by_ends: dict[tuple[str, str], list[Judged]] = {}
    for judged in knowledge.claims.values():
        if judged.level:
            by_ends.setdefault(judged.ends, []).append(judged)
    for judged in [each for members in by_ends.values() for each in members]:
        subject, thing = judged.ends
        for wider in sorted(above.get(subject, {subject})):
            for whole in sorted(above.get(thing, {thing})):
                for other in by_ends.get((wider, whole), ()):
                    yield from _pair(judged, other, knowledge)


def _pair(judged: Judged, other: Judged, knowledge: Knowledge) -> Iterator[Contradiction]:
    same_ends = judged.ends == other.ends
    # Better than something else, and better than nothing, are different questions.
    is_other_question = bool(judged.claim.scope.versus) != bool(other.claim.scope.versus)
    if is_other_question or (same_ends and judged.claim.iri >= other.claim.iri):
        return
    lean, contrary = lean_of(judged.claim), lean_of(other.claim)
    is_alike = lean == contrary and (lean or judged.claim.relation == other.claim.relation)
    if lean * contrary < 0 and judged.holds and other.holds:
        yield _of_claims(Kind.OPPOSITE, judged, other, knowledge)
    elif is_alike and _is_apart(judged, other):
        yield _of_claims(Kind.APART, judged, other, knowledge)


def _is_apart(judged: Judged, other: Judged) -> bool:
    verdicts = {judged.appraisal.verdict, other.appraisal.verdict}
    return verdicts == {Verdict.SUPPORTED, Verdict.REFUTED}


def _of_claims(kind: Kind, one: Judged, other: Judged, knowledge: Knowledge) -> Contradiction:
    sides = side_of(one), side_of(other)
    differences = (
        *differences_between(sides[0].results, sides[1].results, knowledge),
        *partial_differences(one.claim, other.claim),
    )
    return Contradiction(kind, one.claim.subject, one.claim.object, *sides, differences)
