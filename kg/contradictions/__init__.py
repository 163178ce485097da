"""Contradictions: results, claims and chains of claims that pull apart, and what tells them apart.

    contradictions_in(knowledge)          every one, the unexplained and the surest first
    compared_with(found, conflicts)       those that curators recorded: found here, or not

    contested    studies for and against one claim
    opposite     two claims of opposite sign about the same two things, or kinds of them
    apart        one claim holds, and one like it about the same things, or kinds, is refuted
    mechanism    a chain of claims whose sign is not that of the claim it would explain
    chains       two chains of opposite sign from one thing to one outcome

Each says whether scope tells the two sides apart, and which: species, tissue, sex,
population, condition, dose, route, comparison, circumstance. It does where it is known of
both sides and nothing is common; it may where only one side is limited, where one is about
a kind of the other, or where what was studied or measured is worded otherwise.
That it does is no proof that it is the reason.
Pure: domain values in, domain values out.
"""

from kg.contradictions.chains import against_chains, best_chains, opposed_chains
from kg.contradictions.claims import contested_claims, pairs_apart
from kg.contradictions.recorded import Recorded, compared_with
from kg.contradictions.sides import Contradiction, Difference, Kind, Side
from kg.paths import Knowledge

__all__ = [
    "Contradiction",
    "Difference",
    "Kind",
    "Recorded",
    "Side",
    "compared_with",
    "contradictions_in",
]


def contradictions_in(knowledge: Knowledge) -> tuple[Contradiction, ...]:
    """Every contradiction, by kind; in each the unexplained first, then the surest."""
    chains = best_chains(knowledge)
    found = [
        *contested_claims(knowledge),
        *pairs_apart(knowledge),
        *against_chains(knowledge, chains),
        *opposed_chains(knowledge, chains),
    ]
    return tuple(sorted(found, key=_order))


def _order(contradiction: Contradiction) -> tuple[object, ...]:
    kind = tuple(Kind).index(contradiction.kind)
    length = len(contradiction.one.claims) + len(contradiction.other.claims)
    names = (contradiction.start.label, contradiction.end.label)
    return kind, contradiction.is_explained, -contradiction.level, length, names
