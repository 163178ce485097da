"""The answer to "how may this act on that?".

explain(knowledge, question)
    paths        the best of each sign, ranked together
    direct       what is claimed of the two themselves, whatever its verdict
    missing      claims that would connect the two, and why they do not
    onward       where the start leads; inward: what leads to the end
    mechanisms   curated chains between the two, compared with the paths
"""

from collections.abc import Iterator

from kg.errors import QueryError
from kg.model import Entity
from kg.paths.answers import Explanation, Path, Question
from kg.paths.curated import compared_mechanisms
from kg.paths.gaps import missing_claims, nearest
from kg.paths.links import Judged, Knowledge, kinds_of, steps_around, steps_of
from kg.paths.search import Sought, Ways, rank

__all__ = ["explain"]

MOST_MISSING = 8


def explain(knowledge: Knowledge, question: Question) -> Explanation:
    """Every way the knowledge has from the start to the end, and what it lacks."""
    start, end = question.start, question.end
    if start.iri == end.iri:
        raise QueryError(f"{start.label!r} is both ends. Give two different things.")
    for asked in (start, end):
        if asked.iri in question.avoid:
            raise QueryError(f"{asked.label!r} is asked about and cannot be avoided.")
    ways = Ways(
        [
            *steps_of(knowledge, question.min_certainty.level, question.avoid),
            *steps_around(start, end, knowledge.entities, question.avoid),
        ]
    )
    found = [
        ways.best(Sought(start.iri, end.iri, sign, question.max_steps, question.limit))
        for sign in (1, -1)
    ]
    paths = tuple(
        Path(steps) for steps in sorted((p for each in found for p in each.paths), key=rank)
    )
    shortest = min((len(path.steps) for path in paths), default=question.max_steps)
    longest = min(shortest + 1, question.max_steps)
    return Explanation(
        question=question,
        organism=knowledge.organism,
        paths=paths,
        more=any(each.more for each in found),
        is_complete=all(each.is_complete for each in found),
        direct=tuple(_direct(knowledge, start, end)),
        missing=tuple(missing_claims(knowledge, question, ways, longest))[:MOST_MISSING],
        onward=nearest(ways.out_of(start.iri), ways, end.kind, onward=True),
        inward=nearest(ways.into(end.iri), ways, start.kind, onward=False),
        mechanisms=tuple(compared_mechanisms(knowledge, start, end, paths)),
        overall=knowledge.overall,
        distance=ways.distances(start.iri).get(end.iri, 0),
    )


def _direct(knowledge: Knowledge, start: Entity, end: Entity) -> Iterator[Judged]:
    """Claims between the two, either way round, or between kinds of them."""
    starts = {start.iri} | kinds_of(start.iri, knowledge.entities)
    ends = {end.iri} | kinds_of(end.iri, knowledge.entities)
    found = [
        judged
        for judged in knowledge.claims.values()
        if (judged.claim.subject.iri in starts and judged.claim.object.iri in ends)
        or (judged.claim.subject.iri in ends and judged.claim.object.iri in starts)
    ]
    asked = {start.iri, end.iri}
    yield from sorted(
        found,
        key=lambda judged: (
            {judged.claim.subject.iri, judged.claim.object.iri} != asked,
            not judged.holds,
            -judged.level,
            judged.claim.label,
        ),
    )
