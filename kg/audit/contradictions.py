"""Where a document disagrees with itself.

It is computed from what its passages assert, deny and leave open, and from the signs of
relations; curated only where the claims cannot show it.

    denied      asserts X or something narrower      ×  denies X
    opposite    asserts X drives Y up                ×  asserts X drives Y down
    open        asserts X as fact or as shown        ×  leaves X open
    curated     asserts one claim of an Exclusion    ×  asserts the other

Each kind is a generator; `contradictions_in` runs them all. A passage that stands on both
sides (it tells of both) is on neither.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from kg.audit.types import Contradiction, Found
from kg.model import Claim, Exclusion, Passage
from kg.reaching import reached

__all__ = ["PLANNED", "SETTLED", "SHOWN", "contradictions_in"]

FACT, SHOWN, PLANNED = "stated as fact", "stated as shown", "stated as planned"
SETTLED = frozenset({FACT, SHOWN})

Wider = Mapping[str, frozenset[str]]  # a claim with all that it specializes


def contradictions_in(
    passages: Iterable[Passage], claims: Mapping[str, Claim], exclusions: Iterable[Exclusion]
) -> tuple[Contradiction, ...]:
    """Every contradiction, in the order in which its first passage stands in the document."""
    told = [passage for passage in passages if passage.strength != PLANNED]
    specializes = {iri: claim.specializes for iri, claim in claims.items()}
    wider = {iri: reached(iri, specializes) | {iri} for iri in claims}
    found = [
        *_denied(told, claims, wider),
        *_opposite(told, claims),
        *_open(told, claims, wider),
        *_curated(told, wider, exclusions),
    ]
    return tuple(sorted(found, key=_place))


def _place(contradiction: Contradiction) -> tuple[object, ...]:
    both = contradiction.one_side + contradiction.other_side
    order = tuple(Found).index(contradiction.found)
    return (order, min((p.line, p.iri) for p in both), contradiction.about)


def _denied(
    passages: list[Passage], claims: Mapping[str, Claim], wider: Wider
) -> Iterator[Contradiction]:
    for iri in sorted({iri for passage in passages for iri in passage.denies}):
        yield from _between(
            Found.DENIED,
            _label(claims, iri),
            (passage for passage in passages if _says(passage, iri, wider)),
            (passage for passage in passages if iri in passage.denies),
        )


def _opposite(passages: list[Passage], claims: Mapping[str, Claim]) -> Iterator[Contradiction]:
    asserted = sorted({iri for passage in passages for iri in passage.asserts} & claims.keys())
    for one, other in combinations(asserted, 2):
        if _are_opposite(claims[one], claims[other]):
            yield from _between(
                Found.OPPOSITE,
                f"{claims[one].label}; {claims[other].label}",
                (passage for passage in passages if one in passage.asserts),
                (passage for passage in passages if other in passage.asserts),
            )


def _are_opposite(one: Claim, other: Claim) -> bool:
    return (
        one.subject.iri == other.subject.iri
        and one.object.iri == other.object.iri
        and one.scope == other.scope
        and one.circumstance == other.circumstance
        and one.relation.sign * other.relation.sign < 0
    )


def _open(
    passages: list[Passage], claims: Mapping[str, Claim], wider: Wider
) -> Iterator[Contradiction]:
    for iri in sorted({iri for passage in passages for iri in passage.leaves_open}):
        yield from _between(
            Found.OPEN,
            _label(claims, iri),
            (p for p in passages if p.strength in SETTLED and _says(p, iri, wider)),
            (p for p in passages if iri in p.leaves_open),
        )


def _curated(
    passages: list[Passage], wider: Wider, exclusions: Iterable[Exclusion]
) -> Iterator[Contradiction]:
    for exclusion in exclusions:
        yield from _between(
            Found.CURATED,
            exclusion.label,
            (passage for passage in passages if _says(passage, exclusion.one, wider)),
            (passage for passage in passages if _says(passage, exclusion.other, wider)),
            exclusion.reason,
        )


def _says(passage: Passage, iri: str, wider: Wider) -> bool:
    """Whether the passage asserts the claim or a narrower one."""
    return any(iri in wider.get(asserted, ()) for asserted in passage.asserts)


def _between(
    found: Found,
    about: str,
    one_side: Iterable[Passage],
    other_side: Iterable[Passage],
    reason: str = "",
) -> Iterator[Contradiction]:
    one, other = tuple(one_side), tuple(other_side)
    ours = tuple(passage for passage in one if passage not in other)
    theirs = tuple(passage for passage in other if passage not in one)
    if ours and theirs:
        yield Contradiction(found, about, ours, theirs, reason)


def _label(claims: Mapping[str, Claim], iri: str) -> str:
    return claims[iri].label if iri in claims else iri
