"""Which claims a button of the explorer shows: the first view, and those beside it.

    views_of(graph, wish)      every `View`, the one to open with first
    Wish                       what `kg explore` was asked for

No view that the page can open with has more than `MOST_CLAIMS`; what a view leaves out
it counts, and the whole graph is a view of its own. To add a button, add a `View` to
`views_of`. Nothing here weighs evidence.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kg import terms
from kg.graph import Graph
from kg.model import Appraisal, Balance, Claim, Entity, Mechanism, Verdict

__all__ = ["MOST_CLAIMS", "View", "Wish", "hair_cycle", "views_of"]

Appraisals = Mapping[str, Appraisal]
Arrangement = Literal["bands", "chain", "cycle"]

MOST_CLAIMS, BESIDE_EACH = 300, 2
DISPUTED = {Verdict.CONTESTED, Verdict.CONTEXT_DEPENDENT}
WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the reader asked the page to open with; nothing at all means what is contested."""

    entities: tuple[Entity, ...] = ()
    depth: int = 1
    verdicts: tuple[Verdict, ...] = ()
    whole: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """A choice of claims that a button shows.

    `left_out` counts those it has no room for, `beside` those that are only there to show
    what the others touch.
    """

    name: str
    label: str
    about: str
    claims: tuple[Claim, ...]
    entities: tuple[Entity, ...] = ()
    mechanism: Mechanism | None = None
    arrangement: Arrangement = "bands"
    left_out: int = 0
    beside: int = 0

    @property
    def count(self) -> int:
        """The claims that the label speaks of."""
        return len(self.claims) - self.beside


def views_of(graph: Graph, wish: Wish) -> tuple[View, ...]:
    """The view to open with first, then what is contested, the cycle, each mechanism, everything."""
    standing = [
        _contested(graph),
        _cycle(graph),
        _article(graph),
        *(_mechanism(mechanism) for mechanism in graph.mechanisms.values()),
        View(WHOLE, "Whole graph", "Every claim in the graph.", tuple(graph.claims.values())),
    ]
    standing = [view for view in standing if view.claims or view.name in {"contested", WHOLE}]
    first = _first(graph, wish, standing)
    return (first, *(view for view in standing if view.name != first.name))


def hair_cycle(graph: Graph) -> list[str]:
    """The numbered phases in their order, each followed by the transitions that leave it."""
    order, leaves = terms.kg("phaseOrder"), terms.kg("fromPhase")
    phases = [iri for iri in graph.entities if order in graph.records[iri]]
    phases.sort(key=lambda iri: (int(graph.records[iri][order][0]), iri))
    return [iri for phase in phases for iri in (phase, *graph.subjects_of(leaves, phase))]


def _first(graph: Graph, wish: Wish, standing: Sequence[View]) -> View:
    """What was asked for; else what is contested; else the whole, or the surest part of it."""
    contested, whole = standing[0], standing[-1]
    if wish.whole:
        return whole
    if wish.entities or wish.verdicts:
        return _wished(graph, wish)
    if contested.claims:
        return contested
    return whole if len(whole.claims) <= MOST_CLAIMS else _surest(graph)


def _wished(graph: Graph, wish: Wish) -> View:
    """The neighbourhood of the entities, the claims of the verdicts, or both at once."""
    found: Iterable[Claim] = graph.claims.values()
    if wish.entities:
        found = _within(graph, {entity.iri for entity in wish.entities}, wish.depth)
    if wish.verdicts:
        found = [claim for claim in found if graph.appraisals[claim.iri].verdict in wish.verdicts]
    shown, left_out = _most_telling(found, graph.appraisals)
    return View(
        name="asked",
        label=" · ".join(filter(None, (_names(wish.entities), " or ".join(wish.verdicts)))),
        about=_about(wish, left_out),
        claims=shown,
        entities=wish.entities,
        left_out=left_out,
    )


def _surest(graph: Graph) -> View:
    shown, left_out = _most_telling(graph.claims.values(), graph.appraisals)
    about = f"The most certain claims; the whole graph has {left_out} more."
    return View("surest", "Surest claims", about, shown, left_out=left_out)


def _names(entities: Iterable[Entity]) -> str:
    return ", ".join(entity.label for entity in entities)


def _about(wish: Wish, left_out: int) -> str:
    steps = "one step" if wish.depth == 1 else f"{wish.depth} steps"
    where = f" within {steps} of {_names(wish.entities)}" if wish.entities else ""
    which = f" whose verdict is {' or '.join(wish.verdicts)}" if wish.verdicts else ""
    rest = f" The {left_out} least certain of them are left out here." if left_out else ""
    return f"Claims{where}{which}.{rest}"


def _most_telling(claims: Iterable[Claim], appraisals: Appraisals) -> tuple[tuple[Claim, ...], int]:
    """As many as a picture can show: the disputed, then the most certain; and how many are left."""
    ranked = sorted(claims, key=lambda claim: (*_rank(appraisals[claim.iri]), claim.iri))
    return _in_order(ranked[:MOST_CLAIMS]), max(0, len(ranked) - MOST_CLAIMS)


def _rank(appraisal: Appraisal) -> tuple[int, int]:
    level = appraisal.certainty.level if appraisal.certainty else 0
    return (appraisal.verdict not in DISPUTED, -level)


def _contested(graph: Graph) -> View:
    """What is disputed, and some of what touches it, the refuted before the rest."""
    disputed = [claim for claim in graph.claims.values() if _is_disputed(claim, graph.appraisals)]
    ends = {end.iri for claim in disputed for end in (claim.subject, claim.object)}
    keys = {claim.iri for claim in disputed}
    beside = [claim for claim in _touching(graph, ends) if claim.iri not in keys]
    beside.sort(key=lambda claim: (-_ends_in(claim, ends), not claim.evidence_against, claim.iri))
    beside = _few_for_each(beside, ends)[: max(0, MOST_CLAIMS - len(disputed))]
    about = (
        "Claims on which results disagree, each with a few other claims about the same "
        "things. Expand a thing to see all of its claims."
    )
    claims = _in_order([*disputed, *beside])
    return View("contested", "Contested claims", about, claims, beside=len(beside))


def _is_disputed(claim: Claim, appraisals: Appraisals) -> bool:
    both = claim.balance is Balance.FOR_AND_AGAINST
    return both or appraisals[claim.iri].verdict in DISPUTED


def _few_for_each(claims: Iterable[Claim], ends: set[str]) -> list[Claim]:
    """The first claims of each thing, so that one with a hundred does not fill the picture."""
    used = dict.fromkeys(ends, 0)
    found = []
    for claim in claims:
        touched = [end.iri for end in (claim.subject, claim.object) if end.iri in used]
        if all(used[iri] < BESIDE_EACH for iri in touched):
            found.append(claim)
            used.update({iri: used[iri] + 1 for iri in touched})
    return found


def _cycle(graph: Graph) -> View:
    ring = hair_cycle(graph)
    claims = _in_order(_touching(graph, set(ring)))
    phases = tuple(graph.entities[iri] for iri in ring if iri in graph.entities)
    about = "The phases of the hair cycle in their order, and what is claimed to act on each."
    return View("cycle", "Hair cycle", about, claims, entities=phases, arrangement="cycle")


def _article(graph: Graph) -> View:
    told = {iri for passage in graph.passages.values() for iri in passage.asserts}
    claims = _in_order(claim for claim in graph.claims.values() if claim.iri in told)
    about = (
        "What the article says, coloured by what the evidence comes to. "
        "Saying is never evidence: a passage adds nothing to a verdict."
    )
    return View("article", "What the article says", about, claims)


def _mechanism(mechanism: Mechanism) -> View:
    explained = [mechanism.explains] if mechanism.explains else []
    return View(
        name=terms.shortened(mechanism.iri),
        label=mechanism.label,
        about=mechanism.definition or "The steps of this mechanism.",
        claims=_in_order([*mechanism.steps, *explained]),
        mechanism=mechanism,
        arrangement="chain",
    )


def _within(graph: Graph, reached: set[str], depth: int) -> list[Claim]:
    found: list[Claim] = []
    for _ in range(depth):
        found = _touching(graph, reached)
        reached = reached | {end.iri for claim in found for end in (claim.subject, claim.object)}
    return found


def _touching(graph: Graph, ends: set[str]) -> list[Claim]:
    return [claim for claim in graph.claims.values() if _ends_in(claim, ends)]


def _ends_in(claim: Claim, ends: set[str]) -> int:
    return (claim.subject.iri in ends) + (claim.object.iri in ends)


def _in_order(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    return tuple(sorted({claim.iri: claim for claim in claims}.values(), key=lambda c: c.iri))
