"""Which way the evidence on a claim points, and which results against a claim are gone.

Nothing is weighed here; which verdicts moved is in `kg/changes/verdicts.py`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg import terms
from kg.changes.records import record_of
from kg.changes.renamings import Renamings
from kg.changes.values import Fate, Moved, Vanished
from kg.changes.views import View
from kg.graph import Graph
from kg.model import HEARSAY, Balance, Direction, balance_of, studies_in_words

__all__ = ["balances_moved", "vanished_between"]

DISPUTES, NO_EFFECT = terms.kg("Disputes"), terms.kg("NoEffect")
NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Standing:
    """What the evidence on a claim is, without weighing it."""

    balance: str
    studies: str


def balances_moved(old: Graph, new: Graph, renamed: Renamings) -> Iterator[Moved]:
    """The claims in both graphs whose balance of evidence is another one."""
    view = View(new)
    before = {renamed.get(claim, claim): was for claim, was in _standings(old).items()}
    after = _standings(new)
    for claim in sorted(before.keys() & after.keys(), key=lambda iri: (view.name(iri), iri)):
        was, now = before[claim], after[claim]
        if was.balance != now.balance:
            yield Moved(
                what="balance of evidence",
                id=terms.shortened(claim),
                name=view.name(claim),
                before=was.balance,
                after=now.balance,
                studies_before=was.studies,
                studies_after=now.studies,
            )


def vanished_between(old: Graph, new: Graph, renamed: Renamings) -> list[Vanished]:
    """Every null or disputing result that a claim had and has no longer as such, the worst first."""
    before, after = View(old), View(new)
    fates = _Fates(before, after, renamed)
    found = [
        Vanished(
            claim=record_of(before, claim),
            evidence=record_of(before, item),
            observed=before.words(item, "observed"),
            fate=became[0],
            why=became[1],
        )
        for item in before.instances("Evidence")
        if _disputes(before, item) or _is_null(before, item)
        for claim in sorted(before.column("about").get(item, NOTHING))
        if (became := fates.of(item, claim))
    ]
    return sorted(found, key=lambda gone: list(Fate).index(gone.fate))


class _Fates:
    """What became of the results that spoke against claims."""

    def __init__(self, before: View, after: View, renamed: Renamings) -> None:
        self.before, self.after, self.renamed = before, after, renamed
        self._claims_before = set(before.instances("Claim"))
        self._claims = set(after.instances("Claim"))
        self._evidence = set(after.instances("Evidence"))

    def of(self, item: str, claim: str) -> tuple[Fate, str] | None:
        """Its fate and the reason in words; nothing where the result still stands."""
        now, owner = self.renamed.get(item, item), self.renamed.get(claim, claim)
        claim_is_gone = claim in self._claims_before and owner not in self._claims
        abouts = self.after.column("about").get(now, NOTHING)
        if now not in self._evidence:
            return Fate.REMOVED, "removed with its claim" if claim_is_gone else "removed"
        if owner in abouts and claim_is_gone:
            return Fate.REMOVED, "its claim was removed"
        if owner not in abouts and not abouts & self._claims:
            return Fate.REMOVED, "no longer about any claim"
        moved = "" if owner in abouts else f"now about: {self.after.words(now, 'about')}"
        turned = self._turn(item, now)
        if turned:
            return Fate.TURNED, "; ".join(filter(None, (turned, moved)))
        return (Fate.MOVED, moved) if moved else None

    def _turn(self, item: str, now: str) -> str:
        """How a result speaks now, where that is no longer against."""
        if _disputes(self.before, item) and not _disputes(self.after, now):
            return f"direction is now: {self.after.words(now, 'direction') or 'not stated'}"
        if _is_null(self.before, item) and not _is_null(self.after, now):
            return f"observed is now: {self.after.words(now, 'observed') or 'not stated'}"
        if _is_hearsay(self.after, now) and not _is_hearsay(self.before, item):
            return f"counts as hearsay now, its role is: {self.after.words(now, 'role')}"
        return ""


def _disputes(view: View, item: str) -> bool:
    return DISPUTES in view.column("direction").get(item, NOTHING)


def _is_null(view: View, item: str) -> bool:
    return NO_EFFECT in view.column("observed").get(item, NOTHING)


def _is_hearsay(view: View, item: str) -> bool:
    return any(view.name(role) in HEARSAY for role in view.column("role").get(item, NOTHING))


def _standings(graph: Graph) -> dict[str, _Standing]:
    """Each claim with its balance and counts, also in a graph with wrong values."""
    view = View(graph)
    told: dict[str, dict[Direction, set[str]]] = {}
    heard: set[str] = set()
    for item, abouts in view.column("about").items():
        if _is_hearsay(view, item):
            heard |= abouts
            continue
        studies = view.column("fromStudy").get(item, NOTHING)
        for direction in (d for d in Direction if d == view.words(item, "direction")):
            for claim in abouts:
                told.setdefault(claim, {}).setdefault(direction, set()).update(studies)
    return {
        claim: _standing(told.get(claim, {}), is_heard=claim in heard)
        for claim in view.instances("Claim")
    }


def _standing(told: Mapping[Direction, set[str]], *, is_heard: bool) -> _Standing:
    counts = [len(told.get(direction, ())) for direction in Direction]
    only_hearsay = is_heard and not told
    balance = Balance.ONLY_HEARSAY if only_hearsay else balance_of(set(told))
    return _Standing(str(balance), studies_in_words(*counts))
