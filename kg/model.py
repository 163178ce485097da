"""The domain: what the graph speaks of, as frozen values.

    Document ─ Passage ──asserts──▶ Claim ◀──about── Evidence ──▶ Study ◀──▶ Source
                                      ▲
                        Mechanism ─ Step

Six things stay apart: the sign of a claim, the direction of evidence, the sign of a
result (`observed` × `perturbation`), its directness, its strength (design, size,
effect) and who said it (`role`, `second_hand`, the passage).

No RDF, no files, nothing of ours is imported. `kg/graph.py` builds these values.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

__all__ = [
    "Allusion",
    "Appraisal",
    "Balance",
    "Certainty",
    "Claim",
    "ClaimKind",
    "Conflict",
    "Context",
    "Direction",
    "Document",
    "Effect",
    "Entity",
    "Evidence",
    "Exclusion",
    "Grading",
    "KindRule",
    "Ladder",
    "Mechanism",
    "Move",
    "NullKind",
    "Observed",
    "Passage",
    "PhaseFigure",
    "Relation",
    "Scope",
    "Source",
    "Study",
    "System",
    "Tally",
    "Verdict",
    "balance_of",
    "studies_in_words",
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
    ONLY_HEARSAY = "only hearsay"
    NO_EVIDENCE = "no evidence"


class Verdict(StrEnum):
    """What the evidence on a claim comes to."""

    SUPPORTED = "supported"
    REFUTED = "refuted"
    CONTESTED = "contested"
    CONTEXT_DEPENDENT = "context-dependent"
    INCONCLUSIVE = "inconclusive"
    UNTESTED = "untested"

    @property
    def holds_somewhere(self) -> bool:
        """It may be read as a fact that somebody disputes or limits, or nobody does."""
        return self in {Verdict.SUPPORTED, Verdict.CONTESTED, Verdict.CONTEXT_DEPENDENT}


class Certainty(StrEnum):
    """How far one may rely on a verdict, in the words of GRADE."""

    VERY_LOW = "very low"
    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"

    @property
    def level(self) -> int:
        """1 for very low to 4 for high."""
        return tuple(Certainty).index(self) + 1

    @classmethod
    def of(cls, level: int) -> "Certainty":
        """The certainty of that level; a level off the scale is its nearest end."""
        return tuple(cls)[min(max(level, 1), len(cls)) - 1]


class ClaimKind(StrEnum):
    """What sort of question a claim answers; each sort has its own ladder of designs."""

    TREATMENT = "treatment"
    HARM = "harm"
    CAUSE = "cause or risk"
    MECHANISM = "mechanism"
    COMPOSITION = "composition"
    COURSE = "course in time"
    STANDING = "regulatory standing"


class NullKind(StrEnum):
    """Three ways in which nothing was found, which must never look alike."""

    ABSENT = "measured and absent"
    TOO_SMALL = "too small to tell"
    NEVER = "never measured"


class System(StrEnum):
    """What a result was obtained in, from the nearest to a patient to the farthest."""

    PEOPLE = "people"
    TISSUE = "human tissue"
    ANIMALS = "animals"
    CELLS = "cells"
    MATERIAL = "material or computation"
    UNSTATED = "not stated"


class Move(StrEnum):
    """A reason to rate evidence down or up, as it is written in the reasons."""

    INDIRECT = "indirect"
    NARROWER = "from narrower claims only"
    CONFLICT = "conflict of interest"
    SECOND_HAND = "read at second hand"
    SMALL = "few people"
    UNSEEN = "number of people not seen"
    UNCONTROLLED = "no control group"
    UNCOMPARED = "comparison not stated"
    IMPRECISE = "interval includes no effect"
    OTHER_SPECIES = "another species"
    UNREVIEWED = "not a reviewed paper"
    CONCERN = "expression of concern"
    UNVERIFIED = "page not found again"
    OWN_RATING = "rated lower by its own authors"
    LONE = "a single study"
    DISSENT = "other studies disagree"
    CONTESTED = "neither side outweighs the other"
    NECESSITY = "shown by removing or restoring it"
    LARGE = "a large effect"


HEARSAY = frozenset({"background statement", "opinion"})


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
    from_phase: str = ""
    to_phase: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation a claim can state, with its causal sign: +1, -1, or 0 where no cause is stated.

    `passes` is 1 or -1 where no cause is stated and yet a chain of effects goes on along it,
    to the object or back to the subject: a vesicle acts through what it contains.
    `implies` are the weaker relations that hold wherever it does: cause implies association.
    """

    iri: str
    label: str
    sign: int
    passes: int = 0
    implies: tuple[str, ...] = ()


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

    @property
    def words(self) -> str:
        """`mean difference 15.27 hairs/cm2 (95 % 10.1 to 26.5), p<0.001`."""
        text = " ".join(part for part in (self.measure, self.value, self.unit) if part)
        if self.low or self.high:
            level = f"{self.level.removesuffix('.0')} % " if self.level else ""
            text += f" ({level}{self.low or '?'} to {self.high or '?'})"
        if self.p:
            sign = "" if self.p[:1] in "<>=≤≥" else "="
            text += f", p{sign}{self.p}" if text else f"p{sign}{self.p}"
        return text


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
    other_identifier: str = ""
    url: str = ""
    retraction: str = ""
    unverified: tuple[str, ...] = ()

    @property
    def reference(self) -> str:
        """Authors, year, title and container, as far as they are known."""
        parts = (self.authors, self.year, self.title, self.container)
        return " ".join(f"{part.rstrip('.')}." for part in parts if part)

    @property
    def identifiers(self) -> tuple[str, ...]:
        """What to look it up by, as it is cited."""
        identifiers = (
            f"doi:{self.doi}" if self.doi else "",
            f"PMID {self.pmid}" if self.pmid else "",
            self.pmcid,
            self.registry_id,
            self.other_identifier,
        )
        return tuple(filter(None, identifiers))

    @property
    def citation(self) -> str:
        """The reference with the identifiers."""
        told = (self.reference, *(f"{each.rstrip('.')}." for each in self.identifiers))
        return " ".join(filter(None, told))


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
    cohort: str = ""
    funder: str = ""
    interests: tuple[str, ...] = ()
    reviews: tuple[str, ...] = ()

    @property
    def has_conflict_of_interest(self) -> bool:
        """Interests are stated, and the statement is not that there are none."""
        return any(not text.lower().startswith("none") for text in self.interests)


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
    authors_certainty: Certainty | None = None
    checked_on: str = ""
    check_result: str = ""
    remark: str = ""
    records: tuple[str, ...] = ()

    @property
    def is_hearsay(self) -> bool:
        """It tells other people's work, or a view; no study stands behind it here."""
        return self.role in HEARSAY

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
    circumstance: str = ""

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
        """Which directions the studies have; hearsay decides only where there is nothing else."""
        told = {item.direction for item in self.evidence if not item.is_hearsay}
        return Balance.ONLY_HEARSAY if self.evidence and not told else balance_of(told)

    @property
    def is_contested(self) -> bool:
        return self.balance is Balance.FOR_AND_AGAINST

    def studies(self, direction: Direction) -> frozenset[str]:
        """The different studies that speak in that direction; one counts once, hearsay never."""
        return frozenset(
            item.study.iri for item in self._directed(direction) if not item.is_hearsay
        )

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
    text_hash: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A statement in a document: where it stands and, in our words, what it says.

    It asserts claims, denies others, and leaves others open; `read_beside` are claims that
    are close to what it says and not the same. `text_hash` is that of its words, from
    character `start` up to `end`; the words themselves are not kept.
    """

    iri: str
    document: str
    line: int
    section: str
    paraphrase: str
    strength: str
    cites_source: bool
    asserts: tuple[str, ...] = ()
    denies: tuple[str, ...] = ()
    leaves_open: tuple[str, ...] = ()
    read_beside: tuple[str, ...] = ()
    expected_in: int | None = None
    remark: str = ""
    start: int = 0
    end: int = 0
    text_hash: str = ""


@dataclass(frozen=True, slots=True)
class Allusion:
    """A study that passages speak of without enough to find it, and what came of looking."""

    iri: str
    label: str
    passages: tuple[str, ...]
    looked_for: str
    checked_on: str
    nearest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Two claims that cannot both be so as they stand, by our reading, with the reason."""

    iri: str
    label: str
    one: str
    other: str
    reason: str


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


@dataclass(frozen=True, slots=True)
class KindRule:
    """Claims of these relations between these classes answer this kind of question.

    `subjects` and `objects` are empty where any class will do.
    """

    kind: ClaimKind
    relations: frozenset[str]
    subjects: frozenset[str]
    objects: frozenset[str]

    def fits(self, claim: Claim) -> bool:
        """Whether relation, subject and object are all among those named."""
        return (
            claim.relation.iri in self.relations
            and (not self.subjects or claim.subject.kind in self.subjects)
            and (not self.objects or claim.object.kind in self.objects)
        )


@dataclass(frozen=True, slots=True)
class Ladder:
    """For one kind of claim: where each design starts, and which moves apply.

    `starts` maps a design to a level, 4 for high to 1 for very low. `interest_gains` is the
    direction that pleases whoever has an interest; None where that may be either.
    """

    kind: ClaimKind
    starts: Mapping[str, int]
    small_below: int
    null_needs: int
    needs_people: bool = False
    needs_control: bool = False
    one_study_settles: bool = False
    necessity_counts: bool = False
    large_effect_counts: bool = False
    interest_gains: Direction | None = None


@dataclass(frozen=True, slots=True)
class Grading:
    """How a group weighs evidence: every number that an appraisal uses.

    Read from `ontology/appraisal.ttl`, where each number has its reason. `wordings` says
    which level a supported claim of a kind needs to be put so strongly; 0 for a plan.
    """

    kind_rules: tuple[KindRule, ...]
    ladders: Mapping[ClaimKind, Ladder]
    systems: Mapping[str, System]
    weights: Mapping[int, int]
    steps: Mapping[Move, int]
    moves_of_marks: Mapping[str, Move]
    spared: Mapping[Move, frozenset[str]]
    never_counted: frozenset[str]
    syntheses: frozenset[str]
    most_counted_per_level: int
    decisive_ratio: float
    clear_ratio: float
    large_study: int
    large_ratio: float
    widest_large_interval: float
    important_ratio_low: float
    important_ratio_high: float
    important_differences: Mapping[str, float]
    wordings: Mapping[str, Mapping[ClaimKind, int]]
    settled_level: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How many independent studies of one design speak in one direction, and their sizes."""

    direction: Direction
    design: str
    studies: int
    sizes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """What the evidence says where one circumstance holds: in women, in mice, in cells."""

    dimension: str
    value: str
    verdict: Verdict
    certainty: Certainty | None


@dataclass(frozen=True, slots=True)
class Appraisal:
    """Our reading of the evidence on a claim. Computed, never typed in by hand.

    `counts` are the independent studies on the claim itself, `indirect` those on narrower
    claims; `deciding` are the studies that the verdict and its certainty rest on.
    """

    claim: str
    kind: ClaimKind
    verdict: Verdict
    certainty: Certainty | None
    reasons: tuple[str, ...]
    counts: tuple[Tally, ...] = ()
    indirect: tuple[Tally, ...] = ()
    null: NullKind | None = None
    contexts: tuple[Context, ...] = ()
    deciding: tuple[str, ...] = ()
    not_counted: tuple[str, ...] = ()
    seen_in: tuple[System, ...] = ()
    only_in: str = ""

    @property
    def words(self) -> str:
        """The verdict as a phrase: `supported, very low certainty, only in animals or cells`."""
        certainty = f"{self.certainty} certainty" if self.certainty else ""
        where = "; ".join(f"{context.value}: {context.verdict}" for context in self.contexts)
        return ", ".join(filter(None, (str(self.verdict), certainty, self.only_in, where)))

    @property
    def studies_in_words(self) -> str:
        """`2 studies for, 1 against; 3 on narrower claims`; for and against are always said."""
        said = studies_in_words(*map(self.studies, Direction))
        narrower = sum(map(self.narrower_studies, Direction))
        return f"{said}; {narrower} on narrower claims" if narrower else said

    def studies(self, direction: Direction) -> int:
        """The number of independent studies on the claim itself in that direction."""
        return _studies(self.counts, direction)

    def narrower_studies(self, direction: Direction) -> int:
        """The number of independent studies on narrower claims in that direction."""
        return _studies(self.indirect, direction)


def _studies(tallies: tuple[Tally, ...], direction: Direction) -> int:
    return sum(tally.studies for tally in tallies if tally.direction is direction)


def studies_in_words(supports: int, disputes: int, undecided: int) -> str:
    """`3 studies for, 1 against, 2 inconclusive`; for and against are always said."""
    said = f"{supports} {'study' if supports == 1 else 'studies'} for, {disputes} against"
    return f"{said}, {undecided} inconclusive" if undecided else said


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
