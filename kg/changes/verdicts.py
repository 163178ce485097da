"""Which verdicts, certainties, nulls and mechanisms are no longer what they were, and why.

A claim that both graphs have is told once: by its verdict, or else by its certainty, or
else by the kind of its nulls. What changed about it, about the claims that specialise it
and about their studies and sources can be the reason; each is tried alone on the old
graph, so that a change which is enough by itself can be told from one that only came
with it. Both graphs are weighed by the grading in use today.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from kg import terms
from kg.appraisal import appraise
from kg.changes.records import record_of
from kg.changes.renamings import Renamings
from kg.changes.values import Cause, Moved, RecordChange
from kg.changes.views import View
from kg.graph import Graph
from kg.impact import standing_of
from kg.model import Appraisal, Claim, Evidence, Mechanism, NullKind
from kg.verdicts import narrower_claims

__all__ = ["mechanisms_moved", "verdicts_moved"]

RecordChanges = Mapping[str, RecordChange]
WEIGHED = {"evidence item", "study", "source"}
REAL_NULLS = {NullKind.ABSENT, NullKind.TOO_SMALL}
SIGNS = {1: "+1", -1: "−1", 0: "none"}


def verdicts_moved(
    old: Graph, new: Graph, renamed: Renamings, changes: RecordChanges
) -> Iterator[Moved]:
    """The claims in both graphs whose verdict, certainty or null is another one."""
    before, after = _Weighed(old), _Weighed(new)
    formerly = {now: was for was, now in renamed.items()}
    view = View(new)
    for claim in sorted(new.appraisals, key=lambda iri: (view.name(iri), iri)):
        was = old.appraisals.get(formerly.get(claim, claim))
        now = new.appraisals[claim]
        what = _what_moved(was, now) if was else ""
        if was and what:
            reasons = _Reasons(before, after, claim, renamed, formerly)
            yield Moved(
                what=what,
                id=terms.shortened(claim),
                name=view.name(claim),
                before=_words(was),
                after=_words(now),
                studies_before=was.studies_in_words,
                studies_after=now.studies_in_words,
                why=tuple(reasons.among(changes)),
            )


def mechanisms_moved(old: Graph, new: Graph, renamed: Renamings) -> Iterator[Moved]:
    """The mechanisms in both graphs that have another net sign, or are borne out otherwise."""
    view = View(new)
    for was in old.mechanisms.values():
        now = new.mechanisms.get(renamed.get(was.iri, was.iri))
        if now is None:
            continue
        before, after = _standing(was, old), _standing(now, new)
        if before != after:
            yield Moved(
                what="mechanism",
                id=terms.shortened(now.iri),
                name=now.label,
                before=before,
                after=after,
                why=tuple(_steps_moved(was, now, old, new, renamed, view)),
            )


def _what_moved(was: Appraisal, now: Appraisal) -> str:
    if _verdict(was) != _verdict(now):
        return "verdict"
    if was.certainty is not now.certainty:
        return "certainty"
    return "null" if was.null is not now.null else ""


def _verdict(appraisal: Appraisal) -> tuple[object, ...]:
    inside = ((context.value, context.verdict) for context in appraisal.contexts)
    return (appraisal.verdict, *inside)


def _words(appraisal: Appraisal) -> str:
    null = f"null: {appraisal.null}" if appraisal.null in REAL_NULLS else ""
    return "; ".join(filter(None, (appraisal.words, null)))


def _standing(mechanism: Mechanism, graph: Graph) -> str:
    standing = standing_of(mechanism, graph.appraisals)
    return f"net sign {SIGNS[mechanism.net_sign]}; {standing.words}"


def _steps_moved(  # noqa: PLR0913, PLR0917 - both sides of a step, and how to name it
    was: Mechanism, now: Mechanism, old: Graph, new: Graph, renamed: Renamings, view: View
) -> Iterator[Cause]:
    before = {renamed.get(c.iri, c.iri): old.appraisals[c.iri].words for c in was.steps}
    after = {claim.iri: new.appraisals[claim.iri].words for claim in now.steps}
    for claim in dict.fromkeys((*before, *after)):
        if before.get(claim) != after.get(claim):
            how = f"{before.get(claim, 'no step')} → {after.get(claim, 'no step')}"
            yield Cause("step", how, record_of(view, claim), is_enough=True)


@dataclass(frozen=True, slots=True)
class _Family:
    """A claim with the claims that specialise it."""

    claim: Claim
    narrower: tuple[Claim, ...]

    @property
    def claims(self) -> tuple[Claim, ...]:
        return (self.claim, *self.narrower)

    @property
    def evidence(self) -> Iterator[Evidence]:
        return (item for claim in self.claims for item in claim.evidence)


class _Weighed:
    """The claims of a graph with those that specialise them."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._narrower = narrower_claims(graph.claims)

    def family(self, claim: str) -> _Family:
        return _Family(self.graph.claims[claim], self._narrower.get(claim, ()))


class _Reasons:
    """What can be the reason that one claim is read otherwise."""

    def __init__(
        self,
        before: _Weighed,
        after: _Weighed,
        claim: str,
        renamed: Renamings,
        formerly: Renamings,
    ) -> None:
        self._old, self._new = before.graph, after.graph
        self._was, self._is = before.family(formerly.get(claim, claim)), after.family(claim)
        self._renamed, self._formerly = renamed, formerly
        self._goal = _reading(self._new.appraisals[claim])

    def among(self, changes: RecordChanges) -> Iterator[Cause]:
        """The changes that touch the claim's family, with those that are enough alone first."""
        touched = sorted(i for i in self._touched() if i in changes and changes[i].fields)
        found = [(self._is_enough(iri, changes[iri]), changes[iri]) for iri in touched]
        for is_enough, change in sorted(found, key=lambda pair: not pair[0]):
            fields = (
                tuple(field.field for field in change.fields) if change.how == "changed" else ()
            )
            yield Cause(
                kind=change.kind,
                how=change.how,
                record=change.record,
                fields=fields,
                is_enough=is_enough or len(found) == 1,
            )

    def _touched(self) -> set[str]:
        """Every record that the reading of the claim rests on, by its IRI of today."""
        before = {self._renamed.get(iri, iri) for iri in _resting_on(self._was)}
        return before | set(_resting_on(self._is))

    def _is_enough(self, iri: str, change: RecordChange) -> bool:
        """Whether this change alone, on the old graph, gives the reading of today."""
        if change.kind not in WEIGHED:
            return False
        then = self._formerly.get(iri, iri)
        changed = {
            "evidence item": self._with_evidence,
            "study": self._with_study,
            "source": self._with_source,
        }[change.kind]
        claim, *narrower = (changed(claim, then, iri) for claim in self._was.claims)
        return _reading(appraise(claim, narrower, self._new.grading)) == self._goal

    def _with_evidence(self, claim: Claim, then: str, now: str) -> Claim:
        kept = [item for item in claim.evidence if item.iri != then]
        item = self._new.evidence.get(now)
        if item and item.claim == self._renamed.get(claim.iri, claim.iri):
            kept.append(item)
        return replace(claim, evidence=tuple(sorted(kept, key=lambda one: one.iri)))

    def _with_study(self, claim: Claim, then: str, now: str) -> Claim:
        study = self._new.studies.get(now)
        return _each(
            claim,
            lambda item: replace(item, study=study) if study and item.study.iri == then else item,
        )

    def _with_source(self, claim: Claim, then: str, now: str) -> Claim:
        source = self._new.sources.get(now)
        return _each(
            claim,
            lambda item: (
                replace(item, source=source) if item.source and item.source.iri == then else item
            ),
        )


def _each(claim: Claim, change: Callable[[Evidence], Evidence]) -> Claim:
    return replace(claim, evidence=tuple(map(change, claim.evidence)))


def _reading(appraisal: Appraisal) -> tuple[object, ...]:
    return (*_verdict(appraisal), appraisal.certainty, appraisal.null)


def _resting_on(family: _Family) -> Iterable[str]:
    for claim in family.claims:
        yield claim.iri
        yield from (claim.subject.iri, claim.object.iri)
    for item in family.evidence:
        yield from (item.iri, item.study.iri)
        if item.source:
            yield item.source.iri
