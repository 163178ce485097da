"""Mechanisms that curators drew, compared with the paths."""

from collections.abc import Iterable, Iterator, Sequence

from kg.model import Claim, Entity, Mechanism
from kg.paths.answers import Compared, Path
from kg.paths.links import Knowledge, direction_of, kinds_of
from kg.paths.search import sign_of

__all__ = ["compared_mechanisms"]


def compared_mechanisms(
    knowledge: Knowledge, start: Entity, end: Entity, paths: tuple[Path, ...]
) -> Iterator[Compared]:
    """The mechanisms that lead from the one thing to the other, or from and to kinds of them."""
    entities = knowledge.entities
    starts = {start.iri} | kinds_of(start.iri, entities)
    ends = {end.iri} | kinds_of(end.iri, entities)
    ends |= {e.iri for e in entities.values() if end.iri in {e.from_phase, e.to_phase}}
    for mechanism in knowledge.mechanisms:
        part = _between(mechanism.steps, starts, ends)
        if part:
            yield _comparison(mechanism, part, knowledge, paths)


def _between(steps: Sequence[Claim], starts: set[str], ends: set[str]) -> tuple[Claim, ...]:
    """The part of a chain that leads from a start to an end; empty where none does."""
    for first, one in enumerate(steps):
        if direction_of(one)[0].iri in starts:
            for last in range(first, len(steps)):
                if direction_of(steps[last])[1].iri in ends:
                    return tuple(steps[first : last + 1])
    return ()


def _comparison(
    mechanism: Mechanism, part: tuple[Claim, ...], knowledge: Knowledge, paths: tuple[Path, ...]
) -> Compared:
    explains = mechanism.explains
    sign = 1
    for claim in part:
        sign *= claim.relation.sign or abs(claim.relation.passes)
    same = next((n for n, path in enumerate(paths, 1) if _is_same(path, part)), 0)
    steps = (knowledge.claims[claim.iri] for claim in mechanism.steps)
    stated = mechanism.net_sign and explains and explains.relation.sign
    return Compared(
        mechanism=mechanism,
        explains=knowledge.claims.get(explains.iri) if explains else None,
        sign=sign,
        same_as=same,
        failing=tuple(judged for judged in steps if not judged.holds),
        agrees_with_claim=mechanism.net_sign == stated if stated else None,
        agrees_with_paths=_agrees(sign, part, paths),
    )


def _agrees(sign: int, part: tuple[Claim, ...], paths: Iterable[Path]) -> bool | None:
    """Whether the best path between the same two things has the sign of the curated chain."""
    for path in paths:
        claimed = path.claimed
        ends = (claimed[0].start.iri, claimed[-1].end.iri)
        if ends == (direction_of(part[0])[0].iri, direction_of(part[-1])[1].iri):
            return sign == sign_of(claimed)
    return None


def _is_same(path: Path, part: tuple[Claim, ...]) -> bool:
    if len(path.claimed) != len(part):
        return False
    return all(
        claim.iri in {judged.claim.iri for judged in step.claims}
        for step, claim in zip(path.claimed, part, strict=True)
    )
