"""What an audit consists of, as frozen values; nothing is worked out here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kg.model import (
    Allusion,
    Appraisal,
    Certainty,
    Claim,
    Document,
    Evidence,
    NullKind,
    Passage,
    Study,
)

__all__ = [
    "Audit",
    "Contradiction",
    "Copy",
    "Found",
    "Judgement",
    "Match",
    "Promise",
    "Reading",
    "Result",
    "Side",
    "Stance",
    "Statement",
    "Untraced",
]


class Judgement(StrEnum):
    """What the evidence makes of a passage; what a reader should see first comes first."""

    CONTRADICTED = "contradicted"
    UNTRACEABLE = "cannot be traced"
    OVERSTATED = "overstated"
    ONLY_MODELS = "only in animals or cells"
    INCONCLUSIVE = "inconclusive"
    NOTHING_FOUND = "nothing found"
    SUPPORTED = "supported"
    NO_CLAIM = "no claim recorded"

    @property
    def rank(self) -> int:
        """0 for what a reader should see first."""
        return tuple(Judgement).index(self)


class Stance(StrEnum):
    """What a passage does with a claim."""

    ASSERTS = "says"
    DENIES = "denies"
    LEAVES_OPEN = "leaves open"


@dataclass(frozen=True, slots=True)
class Result:
    """One study's result as it weighs here; `claim` is the narrower claim it is about, if it is."""

    item: Evidence
    claim: Claim
    certainty: Certainty
    null: NullKind | None = None
    is_narrower: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """What speaks in one direction: the best result, and how many independent studies."""

    best: Result | None = None
    studies: int = 0
    narrower: int = 0


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim as a passage uses it. For and against mean: what the passage says of it.

    `weaker_of` is a stronger claim of the same passage that implies this one; such a
    statement is shown and does not count by itself.
    """

    claim: Claim
    stance: Stance
    appraisal: Appraisal
    judgement: Judgement
    comparison: str
    pro: Side = Side()
    con: Side = Side()
    undecided: Side = Side()
    weaker_of: str = ""

    @property
    def standing(self) -> str:
        """What the evidence on the claim comes to, said of the claim and not of its denial."""
        what = "what it denies is " if self.stance is Stance.DENIES else ""
        return what + self.appraisal.words

    @property
    def evidence_key(self) -> tuple[str, bool]:
        """Statements with the same key have the same evidence on the same sides."""
        return self.claim.iri, self.stance is Stance.DENIES


@dataclass(frozen=True, slots=True)
class Reading:
    """A passage with its judgement. `beside` are claims close to it and not the same."""

    passage: Passage
    judgement: Judgement
    comparison: str
    statements: tuple[Statement, ...] = ()
    beside: tuple[Statement, ...] = ()
    allusions: tuple[str, ...] = ()


class Found(StrEnum):
    """How a contradiction came to light."""

    DENIED = "one passage says what another denies"
    OPPOSITE = "the passages state opposite effects"
    OPEN = "one passage calls settled what another calls open"
    CURATED = "by our reading"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two groups of passages of one document that cannot both be right."""

    found: Found
    about: str
    one_side: tuple[Passage, ...]
    other_side: tuple[Passage, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Untraced:
    """Something the document refers to that cannot be found, with the studies nearest to it."""

    allusion: Allusion
    passages: tuple[Passage, ...]
    nearest: tuple[Study, ...] = ()


@dataclass(frozen=True, slots=True)
class Promise:
    """A result the document expects in a year."""

    passage: Passage
    year: int
    is_overdue: bool
    is_untraced: bool


class Match(StrEnum):
    """Whether the words of a passage are in a copy of the document."""

    IN_PLACE = "in place"
    MOVED = "moved"
    GONE = "no longer there"


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of the document: for each passage whether and where its words still stand.

    `words` holds those of the passages that were found, for showing; they are never stored.
    """

    name: str
    is_whole: bool
    matches: Mapping[str, Match] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def gone(self) -> tuple[str, ...]:
        """The passages whose words are not in the copy."""
        return tuple(iri for iri, match in self.matches.items() if match is Match.GONE)


@dataclass(frozen=True, slots=True)
class Audit:
    """A document held against the evidence on a day."""

    document: Document
    as_of: date
    readings: tuple[Reading, ...]
    contradictions: tuple[Contradiction, ...] = ()
    untraced: tuple[Untraced, ...] = ()
    unnamed: tuple[Passage, ...] = ()
    promises: tuple[Promise, ...] = ()
    copy: Copy | None = None

    @property
    def counts(self) -> Mapping[Judgement, int]:
        """How many passages have each judgement, for those that occur."""
        judgements = [reading.judgement for reading in self.readings]
        return {each: judgements.count(each) for each in Judgement if each in judgements}

    @property
    def whole_at(self) -> Mapping[tuple[str, bool], Passage]:
        """Where the evidence behind a statement is shown whole: where it is first met.

        A document says the same many times; forms for readers point back from there on.
        """
        found: dict[tuple[str, bool], Passage] = {}
        for reading in self.readings:
            for statement in (*reading.statements, *reading.beside):
                found.setdefault(statement.evidence_key, reading.passage)
        return found

    def judged(self, judgement: Judgement) -> tuple[Reading, ...]:
        """The passages with that judgement, in the order of the document."""
        return tuple(reading for reading in self.readings if reading.judgement is judgement)
