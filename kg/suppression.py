"""Findings that a curator has judged and excused, in the data and for a time.

    suppression:trial-1 a kg:Suppression ;
        kg:suppresses study:nct01234567 ;
        kg:ofRule "trial-overdue" ;
        kg:reason "The registry was asked on 2026-11-20; no answer yet." ;
        kg:expires "2027-06-01"^^xsd:date ;
    .

A suppression hides the findings of one rule on the things it names, until the day it expires.
Without a rule, a reason or a day it hides nothing. One that has nothing to hide is a finding
(`idle-suppression`), and one whose day is past is another (the rule `expired-suppression`).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from kg import terms
from kg.findings import Finding
from kg.rulebook import BUILT_IN

__all__ = ["Suppressed", "Suppression", "apply", "detach"]

# A mistake in a rule or in a suppression cannot be excused by a suppression.
NEVER_SUPPRESSED = {*BUILT_IN, "expired-suppression"} - {"inconsistent"}
SUPPRESSES = ox.NamedNode(terms.kg("suppresses"))


@dataclass(frozen=True, slots=True)
class Suppression:
    """An excuse for the findings of one rule on some things."""

    iri: str
    of: frozenset[str]
    rule: str
    reason: str
    expires: date | None

    def covers(self, finding: Finding) -> bool:
        return finding.rule == self.rule and finding.focus in self.of

    def is_in_force(self, today: date) -> bool:
        return bool(self.reason.strip() and self.expires and self.expires >= today)


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A finding that is not shown, and what hides it."""

    finding: Finding
    by: Suppression


def detach(store: ox.Store) -> list[Suppression]:
    """The suppressions of a store, whose links to the things they excuse are taken out of it.

    Otherwise a rule that looks for things nobody mentions would see the excuse as a mention.
    """
    links = list(store.quads_for_pattern(None, SUPPRESSES, None, ox.DefaultGraph()))
    found = [_suppression(store, subject) for subject in _unique(link.subject for link in links)]
    for link in links:
        store.remove(link)
    return found


def apply(
    found: Iterable[Finding],
    suppressions: Iterable[Suppression],
    today: date,
    has_run: Callable[[str], bool],
) -> tuple[list[Finding], list[Suppressed]]:
    """The findings that stay, with one for each idle suppression, and those that are hidden.

    `has_run` says whether a rule of that name has run to its end; only then can nothing to
    hide mean something.
    """
    in_force = [each for each in suppressions if each.is_in_force(today)]
    shown: list[Finding] = []
    hidden: list[Suppressed] = []
    for finding in found:
        excuse = next((each for each in in_force if each.covers(finding)), None)
        if excuse is None or finding.rule in NEVER_SUPPRESSED:
            shown.append(finding)
        else:
            hidden.append(Suppressed(finding, excuse))
    return [*shown, *_idle(in_force, hidden, has_run)], hidden


def _idle(
    in_force: Iterable[Suppression], hidden: Iterable[Suppressed], has_run: Callable[[str], bool]
) -> Iterator[Finding]:
    busy = {(each.by.iri, each.finding.focus) for each in hidden}
    rule = BUILT_IN["idle-suppression"]
    for suppression in in_force:
        if not has_run(suppression.rule):
            continue
        for iri in sorted(suppression.of):
            if (suppression.iri, iri) not in busy:
                yield Finding(
                    rule=rule.name,
                    severity=rule.severity,
                    focus=suppression.iri,
                    predicate=SUPPRESSES.value,
                    value=f"<{iri}>",
                    message=f"hides nothing: {suppression.rule} has no finding on {terms.shortened(iri)}",
                )


def _suppression(store: ox.Store, subject: ox.NamedNode | ox.BlankNode) -> Suppression:
    def values(name: str) -> list[str]:
        node = ox.NamedNode(terms.kg(name))
        quads = store.quads_for_pattern(subject, node, None, ox.DefaultGraph())
        return sorted(getattr(quad.object, "value", "") for quad in quads)

    return Suppression(
        iri=subject.value,
        of=frozenset(values("suppresses")),
        rule=next(iter(values("ofRule")), ""),
        reason=next(iter(values("reason")), ""),
        expires=_day(next(iter(values("expires")), "")),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _unique(
    subjects: Iterable[ox.NamedNode | ox.BlankNode | ox.Triple],
) -> list[ox.NamedNode | ox.BlankNode]:
    named = {each.value: each for each in subjects if not isinstance(each, ox.Triple)}
    return [named[value] for value in sorted(named)]
