"""What a reader of changes has to see first: which way the evidence on a claim points now,
and which results against a claim are gone.

`SECTIONS` are the functions that say what moved. Each takes the graph before, the graph
after and the renamed IRIs, and is independent of the others; a section that has nothing
to say yields nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from kg import terms
from kg.changes.records import record_of
from kg.changes.renamings import Renamings
from kg.changes.values import Moved, Vanished
from kg.changes.views import View
from kg.graph import Graph
from kg.model import Direction, balance_of

__all__ = ["SECTIONS", "balances_moved", "vanished_between"]

Section = Callable[[Graph, Graph, Renamings], Iterable[Moved]]
Tally = Mapping[Direction, set[str]]

DIRECTIONS = {terms.kg(direction.name.capitalize()): direction for direction in Direction}
ABOUT, DIRECTION, OBSERVED = terms.kg("about"), terms.kg("direction"), terms.kg("observed")
DISPUTES, NO_EFFECT = terms.kg("Disputes"), terms.kg("NoEffect")


def balances_moved(old: Graph, new: Graph, renamed: Renamings) -> Iterator[Moved]:
    """The claims in both graphs whose balance of evidence is another one."""
    view = View(new)
    before = {renamed.get(claim, claim): tally for claim, tally in _tallies(View(old)).items()}
    after = _tallies(view)
    for claim in sorted(before.keys() & after.keys(), key=lambda iri: (view.name(iri), iri)):
        was, now = balance_of(set(before[claim])), balance_of(set(after[claim]))
        if was is not now:
            yield Moved(
                what="balance of evidence",
                id=terms.shortened(claim),
                name=view.name(claim),
                before=str(was),
                after=str(now),
                studies_before=_studies(before[claim]),
                studies_after=_studies(after[claim]),
            )


SECTIONS: tuple[Section, ...] = (balances_moved,)


def vanished_between(old: Graph, new: Graph, renamed: Renamings) -> Iterator[Vanished]:
    """Every null or disputing result that a claim had and has no longer as such."""
    before, after = View(old), View(new)
    for item in before.instances("Evidence"):
        if not (_disputes(before, item) or _is_null(before, item)):
            continue
        for claim in before.values(item, ABOUT):
            why = _why_gone(before, after, item, claim, renamed)
            if why:
                yield Vanished(
                    claim=record_of(before, claim),
                    evidence=record_of(before, item),
                    observed=before.words(item, "observed"),
                    why=why,
                )


def _why_gone(before: View, after: View, item: str, claim: str, renamed: Renamings) -> str:
    """What became of a result against a claim; nothing where it still stands."""
    now, owner = renamed.get(item, item), renamed.get(claim, claim)
    claim_is_gone = before.is_a(claim, "Claim") and not after.is_a(owner, "Claim")
    if not after.is_a(now, "Evidence"):
        return "removed with its claim" if claim_is_gone else "removed"
    if owner not in after.values(now, ABOUT):
        elsewhere = after.words(now, "about")
        return f"now about: {elsewhere}" if elsewhere else "no longer about any claim"
    if claim_is_gone:
        return "its claim was removed"
    if _disputes(before, item) and not _disputes(after, now):
        return f"direction is now: {after.words(now, 'direction') or 'not stated'}"
    if _is_null(before, item) and not _is_null(after, now):
        return f"observed is now: {after.words(now, 'observed') or 'not stated'}"
    return ""


def _disputes(view: View, item: str) -> bool:
    return DISPUTES in view.values(item, DIRECTION)


def _is_null(view: View, item: str) -> bool:
    return NO_EFFECT in view.values(item, OBSERVED)


def _tallies(view: View) -> dict[str, Tally]:
    """Each claim with the studies that speak in each direction; one study counts once."""
    tallies: dict[str, dict[Direction, set[str]]] = {c: {} for c in view.instances("Claim")}
    for item in view.instances("Evidence"):
        studies = view.values(item, terms.kg("fromStudy")) or ("",)
        known = [DIRECTIONS[d] for d in view.values(item, DIRECTION) if d in DIRECTIONS]
        for claim in view.values(item, ABOUT):
            for direction in known if claim in tallies else ():
                tallies[claim].setdefault(direction, set()).update(studies)
    return dict(tallies)


def _studies(tally: Tally) -> str:
    """`2 studies for, 1 against`; for and against are always said."""
    supports, disputes, open_ = (len(tally.get(direction, ())) for direction in Direction)
    said = f"{supports} {'study' if supports == 1 else 'studies'} for, {disputes} against"
    return f"{said}, {open_} inconclusive" if open_ else said
