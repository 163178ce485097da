"""The domain: what the graph speaks of, as frozen values.

    Document ─ Passage ──asserts──▶ Claim ◀──about── Evidence ──▶ Study ◀──▶ Source
                                      ▲
                        Mechanism ─ Step

Six things stay apart: the sign of a claim, the direction of evidence, the sign of a
result (`observed` × `perturbation`), its directness, its strength (design, size,
effect) and who said it (`role`, `second_hand`, the passage).

No RDF, no files, nothing of ours is imported. `kg/graph.py` builds these values.
"""

from dataclasses import dataclass, field
from enum import StrEnum

__all__ = [
    "Balance",
    "Claim",
    "Conflict",
    "Direction",
    "Document",
    "Effect",
    "Entity",
    "Evidence",
    "Mechanism",
    "Observed",
    "Passage",
    "PhaseFigure",
    "Relation",
    "Scope",
    "Source",
    "Study",
    "balance_of",
]


class Direction(StrEnum):
    """Whether a result speaks for a claim or against it."""

    SUPPORTS = "supports"
    DISPUTES = "disputes"
    INCONCLUSIVE = "inconclusive"


class Observed(StrEnum):
    """What was seen, compared with what the claim says."""

    AS_CLAIMED = "as claimed"
    NO_EFFECT = "no effect"
    OPPOSITE_EFFECT = "opposite effect"
    UNDECIDED = "undecided"


class Balance(StrEnum):
    """Which directions the evidence on a claim has. A count, not a verdict."""

    FOR_ONLY = "evidence for only"
    FOR_AND_AGAINST = "evidence for and against"
    AGAINST_ONLY = "evidence against only"
    ONLY_INCONCLUSIVE = "only inconclusive evidence"
    NO_EVIDENCE = "no evidence"


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing that claims are about: a molecule, a cell, a condition, a treatment."""

    iri: str
    label: str
    kind: str
    definition: str = ""
    synonyms: tuple[str, ...] = ()
    exact_matches: tuple[str, ...] = ()
    close_matches: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation a claim can state, with its causal sign: +1, -1, or 0 where no cause is stated."""

    iri: str
    label: str
    sign: int


@dataclass(frozen=True, slots=True)
class Scope:
    """What limits a claim; each field is empty where the claim is not limited."""

    population: str = ""
    site: str = ""
    condition: str = ""
    taxon: str = ""
    versus: str = ""
    dose: str = ""
    route: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """A reported number: a value with its unit, interval (level in per cent) and p value."""

    measure: str = ""
    value: str = ""
    unit: str = ""
    low: str = ""
    high: str = ""
    level: str = ""
    p: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A document that reports results."""

    iri: str
    title: str
    kind: str
    authors: str = ""
    year: str = ""
    container: str = ""
    doi: str = ""
    pmid: str = ""
    pmcid: str = ""
    registry_id: str = ""
    url: str = ""
    retraction: str = ""
    unverified: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Study:
    """The unit of independence, however many documents report it."""

    iri: str
    label: str
    designs: tuple[str, ...] = ()
    organisms: tuple[str, ...] = ()
    participants: int | None = None
    registry_id: str = ""
    registry_status: str = ""
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """One result of one study brought to bear on one claim.

    A study that reports both a benefit and a null result yields two items.
    """

    iri: str
    claim: str
    study: Study
    direction: Direction
    observed: Observed
    finding: str
    design: str
    locator: str = ""
    source: Source | None = None
    organism: str = ""
    system: str = ""
    sample_size: int | None = None
    comparator: str = ""
    dose: str = ""
    duration: str = ""
    outcome: str = ""
    effect: Effect = field(default_factory=Effect)
    perturbation: str = ""
    directness: str = ""
    role: str = ""
    reading_depth: str = ""
    second_hand: bool = False
    checked_on: str = ""
    check_result: str = ""
    remark: str = ""
    records: tuple[str, ...] = ()

    @property
    def is_null(self) -> bool:
        """It was measured and was not there."""
        return self.observed is Observed.NO_EFFECT


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement that can be true or false, whoever makes it."""

    iri: str
    label: str
    subject: Entity
    relation: Relation
    object: Entity
    scope: Scope = field(default_factory=Scope)
    specializes: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @property
    def evidence_for(self) -> tuple[Evidence, ...]:
        return self._directed(Direction.SUPPORTS)

    @property
    def evidence_against(self) -> tuple[Evidence, ...]:
        return self._directed(Direction.DISPUTES)

    @property
    def evidence_inconclusive(self) -> tuple[Evidence, ...]:
        return self._directed(Direction.INCONCLUSIVE)

    @property
    def balance(self) -> Balance:
        return balance_of({item.direction for item in self.evidence})

    @property
    def is_contested(self) -> bool:
        return self.balance is Balance.FOR_AND_AGAINST

    def studies(self, direction: Direction) -> frozenset[str]:
        """The different studies that speak in that direction; one study counts once."""
        return frozenset(item.study.iri for item in self._directed(direction))

    def _directed(self, direction: Direction) -> tuple[Evidence, ...]:
        return tuple(item for item in self.evidence if item.direction is direction)


@dataclass(frozen=True, slots=True)
class Mechanism:
    """A named, ordered chain of claims that is said to explain another claim."""

    iri: str
    label: str
    definition: str
    steps: tuple[Claim, ...]
    explains: Claim | None = None

    @property
    def net_sign(self) -> int:
        """The product of the signs of the steps; 0 as soon as one step states no cause."""
        sign = 1
        for step in self.steps:
            sign *= step.relation.sign
        return sign


@dataclass(frozen=True, slots=True)
class Document:
    """A text that makes statements to the public. Saying is never evidence."""

    iri: str
    label: str
    definition: str = ""
    interests: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A statement in a document: where it stands and, in our words, what it says."""

    iri: str
    document: str
    line: int
    section: str
    paraphrase: str
    strength: str
    cites_source: bool
    asserts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Results that pull apart, with our reading of why."""

    iri: str
    label: str
    one_side: tuple[Evidence, ...]
    other_side: tuple[Evidence, ...]
    reading: str = ""


@dataclass(frozen=True, slots=True)
class PhaseFigure:
    """A duration or share of follicles reported for a hair-cycle phase."""

    iri: str
    phase: str
    organism: str
    site: str
    duration: str
    share: str
    remark: str
    evidence: tuple[str, ...]


def balance_of(directions: set[Direction]) -> Balance:
    """Name the directions that are present."""
    if not directions:
        return Balance.NO_EVIDENCE
    supported, disputed = Direction.SUPPORTS in directions, Direction.DISPUTES in directions
    if supported and disputed:
        return Balance.FOR_AND_AGAINST
    if supported:
        return Balance.FOR_ONLY
    return Balance.AGAINST_ONLY if disputed else Balance.ONLY_INCONCLUSIVE
