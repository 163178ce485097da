"""The audit itself: each passage read against the claims, the appraisals and the studies.

    audit_of(graph, document, as_of)     from a graph
    audited(document, grounds, as_of)    from domain values alone

`Grounds` is all that an audit looks at; two graphs with the same grounds give the same
audit, in whatever order they were read.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from kg import terms
from kg.audit import judging, words
from kg.audit.contradictions import PLANNED, SETTLED, SHOWN, contradictions_in
from kg.audit.evidence import sides_of
from kg.audit.types import (
    Audit,
    Judgement,
    Promise,
    Reading,
    Stance,
    Statement,
    Untraced,
)
from kg.errors import DataError
from kg.graph import Graph
from kg.model import (
    Allusion,
    Appraisal,
    Claim,
    ClaimKind,
    Direction,
    Document,
    Exclusion,
    Grading,
    Passage,
    Study,
)
from kg.verdicts import narrower_claims

__all__ = ["Grounds", "audit_of", "audited"]


@dataclass(frozen=True)
class Grounds:
    """What an audit is made from."""

    passages: tuple[Passage, ...]
    claims: Mapping[str, Claim]
    appraisals: Mapping[str, Appraisal]
    grading: Grading
    studies: Mapping[str, Study] = field(default_factory=dict)
    allusions: tuple[Allusion, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()

    @cached_property
    def narrower(self) -> Mapping[str, tuple[Claim, ...]]:
        """For each claim those that specialise it, however many steps away."""
        return narrower_claims(self.claims)

    @cached_property
    def implications(self) -> Mapping[str, tuple[str, ...]]:
        """For each relation in use the weaker ones that it implies in one step."""
        return {each.relation.iri: each.relation.implies for each in self.claims.values()}

    def implied_by(self, claim: Claim) -> frozenset[str]:
        """The weaker relations that hold wherever that of the claim does."""
        found: set[str] = set()
        waiting = set(claim.relation.implies)
        while waiting:
            found |= waiting
            waiting = {iri for each in waiting for iri in self.implications.get(each, ())} - found
        return frozenset(found)

    def of(self, document: Document) -> tuple[Passage, ...]:
        """The passages of a document in its order."""
        ours = (one for one in self.passages if one.document == document.iri)
        return tuple(sorted(ours, key=lambda one: (one.line, one.start, one.iri)))


def audit_of(graph: Graph, document: Document, as_of: date) -> Audit:
    """The document held against the graph, weighed as the graph weighs."""
    grounds = Grounds(
        passages=tuple(graph.passages.values()),
        claims=graph.claims,
        appraisals=graph.appraisals,
        grading=graph.grading,
        studies=graph.studies,
        allusions=tuple(graph.allusions.values()),
        exclusions=tuple(graph.exclusions.values()),
    )
    return audited(document, grounds, as_of)


def audited(document: Document, grounds: Grounds, as_of: date) -> Audit:
    """The document held against the grounds, on a day."""
    passages = grounds.of(document)
    allusions = _allusions_by_passage(grounds.allusions)
    untraced = tuple(_untraced(grounds, passages))
    return Audit(
        document=document,
        as_of=as_of,
        readings=tuple(_reading(one, allusions.get(one.iri, ()), grounds) for one in passages),
        contradictions=contradictions_in(passages, grounds.claims, grounds.exclusions),
        untraced=untraced,
        unnamed=tuple(_unnamed(passages, allusions)),
        promises=tuple(_promises(passages, allusions, as_of)),
    )


def _reading(passage: Passage, allusions: tuple[str, ...], grounds: Grounds) -> Reading:
    statements = tuple(_through_weaker(passage, list(_statements(passage, grounds)), grounds))
    judgements = [one.judgement for one in statements if not one.weaker_of]
    judgement = judging.combined(
        [*judgements, *(Judgement.UNTRACEABLE for _ in allusions)],
        is_hedged=_is_hedged(passage),
    )
    return Reading(
        passage=passage,
        judgement=judgement,
        comparison=words.passage_compared(judgement, statements, is_untraced=bool(allusions)),
        statements=statements,
        beside=tuple(
            _statement(grounds.claims[iri], Stance.ASSERTS, passage, grounds)
            for iri in passage.read_beside
            if iri in grounds.claims
        ),
        allusions=allusions,
    )


def _statements(passage: Passage, grounds: Grounds) -> Iterator[Statement]:
    used = (
        (Stance.ASSERTS, passage.asserts),
        (Stance.DENIES, passage.denies),
        (Stance.LEAVES_OPEN, passage.leaves_open),
    )
    for stance, iris in used:
        for iri in iris:
            if iri in grounds.claims:
                yield _statement(grounds.claims[iri], stance, passage, grounds)


def _statement(claim: Claim, stance: Stance, passage: Passage, grounds: Grounds) -> Statement:
    appraisal = grounds.appraisals[claim.iri]
    narrower = grounds.narrower.get(claim.iri, ())
    sides = sides_of(claim, narrower, appraisal, grounds.grading)
    judgement, comparison = _compared(claim, stance, passage, appraisal, grounds)
    pro, con = sides[Direction.SUPPORTS], sides[Direction.DISPUTES]
    if stance is Stance.DENIES:
        pro, con = con, pro
    undecided = sides[Direction.INCONCLUSIVE]
    return Statement(claim, stance, appraisal, judgement, comparison, pro, con, undecided)


def _compared(
    claim: Claim, stance: Stance, passage: Passage, appraisal: Appraisal, grounds: Grounds
) -> tuple[Judgement, str]:
    needed = _needed(appraisal.kind, stance, passage, grounds)
    if stance is Stance.LEAVES_OPEN:
        judgement = judging.judged_open(appraisal, grounds.grading.settled_level)
        return judgement, words.compared_open(appraisal, judgement)
    if passage.strength == PLANNED:
        studies = _studies_of(claim, grounds)
        return judging.judged_plan(studies), words.compared_plan(passage, studies)
    seen = judging.mirrored(appraisal) if stance is Stance.DENIES else appraisal
    judgement = judging.judged(seen, needed, is_hedged=_is_hedged(passage))
    return judgement, words.compared(passage, appraisal, judgement, needed, stance)


def _is_hedged(passage: Passage) -> bool:
    return passage.strength not in SETTLED


def _needed(kind: ClaimKind, stance: Stance, passage: Passage, grounds: Grounds) -> int:
    """The level that the wording needs: a warning may be plain, an all-clear may not."""
    wordings = grounds.grading.wordings
    if passage.strength not in wordings:
        raise DataError(
            f"{terms.shortened(passage.iri)} is put {passage.strength!r}; a passage is one of"
            f" {', '.join(sorted(wordings))}. Write its kg:strength, then run: kg check"
        )
    is_all_clear = kind is ClaimKind.HARM and stance is Stance.DENIES
    return wordings[passage.strength][ClaimKind.TREATMENT if is_all_clear else kind]


def _studies_of(claim: Claim, grounds: Grounds) -> int:
    """How many studies and registrations a claim and the narrower ones have, hearsay aside."""
    asked = (claim, *grounds.narrower.get(claim.iri, ()))
    items = (item for one in asked for item in one.evidence if not item.is_hearsay)
    return len({item.study.iri for item in items})


def _through_weaker(
    passage: Passage, statements: list[Statement], grounds: Grounds
) -> Iterator[Statement]:
    """Marks what a stronger claim of the passage implies, and lets it speak for that one."""
    asserted = [one for one in statements if one.stance is Stance.ASSERTS]
    weaker = {
        one.claim.iri: [other for other in asserted if _implies(one.claim, other.claim, grounds)]
        for one in asserted
    }
    stronger = {
        other.claim.iri: one.claim.iri for one in asserted for other in weaker[one.claim.iri]
    }
    for one in statements:
        if one.stance is not Stance.ASSERTS:
            yield one
            continue
        implied = weaker[one.claim.iri]
        if implied and one.judgement is Judgement.NOTHING_FOUND:
            best = min(implied, key=lambda each: (-each.judgement.rank, each.claim.iri))
            yield replace(
                one,
                judgement=judging.judged_through(best.judgement, is_hedged=_is_hedged(passage)),
                comparison=words.compared_through(passage, best),
            )
        else:
            yield replace(one, weaker_of=stronger.get(one.claim.iri, ""))


def _implies(one: Claim, other: Claim, grounds: Grounds) -> bool:
    """Whether the claims join the same things and the relation of one implies that of the other."""
    joined = (one.subject.iri, one.object.iri, one.scope, one.circumstance)
    if joined != (other.subject.iri, other.object.iri, other.scope, other.circumstance):
        return False
    return other.relation.iri in grounds.implied_by(one)


def _allusions_by_passage(allusions: Iterable[Allusion]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for allusion in sorted(allusions, key=lambda each: each.iri):
        for passage in allusion.passages:
            found.setdefault(passage, []).append(allusion.label)
    return {iri: tuple(labels) for iri, labels in found.items()}


def _untraced(grounds: Grounds, passages: tuple[Passage, ...]) -> Iterator[Untraced]:
    """In the order of the document."""
    place = {one.iri: index for index, one in enumerate(passages)}
    spoken = [each for each in grounds.allusions if place.keys() & set(each.passages)]
    spoken.sort(key=lambda each: (min(place.get(p, len(place)) for p in each.passages), each.iri))
    for allusion in spoken:
        named = tuple(one for one in passages if one.iri in allusion.passages)
        nearest = tuple(grounds.studies[iri] for iri in allusion.nearest if iri in grounds.studies)
        yield Untraced(allusion, named, nearest)


def _unnamed(
    passages: tuple[Passage, ...], allusions: Mapping[str, tuple[str, ...]]
) -> Iterator[Passage]:
    """The passages that say "studies have shown" and name none, not even vaguely."""
    for one in passages:
        if one.strength == SHOWN and not one.cites_source and one.iri not in allusions:
            yield one


def _promises(
    passages: tuple[Passage, ...], allusions: Mapping[str, tuple[str, ...]], as_of: date
) -> Iterator[Promise]:
    for one in passages:
        if one.expected_in is not None:
            yield Promise(one, one.expected_in, one.expected_in < as_of.year, one.iri in allusions)
