"""How a group weighs evidence: `ontology/appraisal.ttl` as frozen values.

    grading = grading_in_use()               that of KG_GRADING, or the bundled one
    grading = bundled_grading()              the numbers this project uses
    grading = read_grading(Path("ours.ttl")) those of another group

The file has five sorts of block: `kg:KindRule` (which kind of question a claim answers),
`kg:Ladder` and `kg:Rung` (where each design starts), `kg:Setting` (weights, moves,
thresholds, lists) and `kg:Wording` (how certain a claim must be to be put so strongly). Designs, roles and other values are named by their IRI and become the
words that `kg.model` uses, through the vocabulary. A file that lacks a number, has a
negative one, leaves a design without a rung or a number without a reason is refused
with its line; nothing is filled in.

What the numbers do is in `kg/appraisal/`. To add a setting, add it to the file, to
`Grading` in `kg/model.py` and to `_Reader.grading`.
"""

import os
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import NoReturn, TypeVar

import pyoxigraph as ox

from kg import resources, terms, turtle
from kg.errors import DataError
from kg.model import Certainty, ClaimKind, Direction, Grading, KindRule, Ladder, Move, System

__all__ = ["bundled_grading", "grading_in_use", "grading_of", "read_grading"]

E = TypeVar("E", bound=StrEnum)

SUBCLASS = terms.RDFS + "subClassOf"
ANY_CLASS = terms.kg("Entity")
FLAGS = {
    "needs_people": "needsPeople",
    "needs_control": "needsControl",
    "one_study_settles": "oneStudySettles",
    "necessity_counts": "necessityCounts",
    "large_effect_counts": "largeEffectCounts",
}


@cache
def bundled_grading() -> Grading:
    """The grading that comes with the graph."""
    return read_grading(resources.APPRAISAL)


def grading_in_use() -> Grading:
    """The grading of the file that KG_GRADING names, or the bundled one."""
    path = os.environ.get("KG_GRADING")
    return read_grading(Path(path)) if path else bundled_grading()


def read_grading(path: Path) -> Grading:
    """A grading from a Turtle file; raises DataError with file and line where it is incomplete."""
    try:
        text = path.read_bytes()
    except OSError as error:
        raise DataError(
            f"{path}: cannot be read ({error.strerror}). Give a grading like ontology/appraisal.ttl."
        ) from error
    return grading_of(text, str(path))


def grading_of(text: bytes, name: str = "<grading>", vocabulary: bytes | None = None) -> Grading:
    """A grading from Turtle text; `vocabulary` is the bundled one when left out."""
    words = resources.ONTOLOGY.read_bytes() if vocabulary is None else vocabulary
    return _Reader(text, name, words).grading()


class _Reader:
    """Looks up blocks by name, and knows the line of each when something is wrong."""

    def __init__(self, text: bytes, name: str, vocabulary: bytes) -> None:
        self.text = text
        self.name = name
        self.blocks = turtle.records(turtle.triples(text, name))
        self.vocabulary = turtle.records(turtle.triples(vocabulary, "ontology/hairkg.ttl"))

    def grading(self) -> Grading:
        self.refuse_unreasoned()
        never = self.marks(self.setting("never-counted"))
        return Grading(
            kind_rules=self.kind_rules(),
            ladders=self.ladders(never),
            systems=self.systems(),
            weights=self.weights(),
            steps={move: self.whole(self.move(move), "steps") for move in Move},
            moves_of_marks={m: move for move in Move for m in self.marks(self.move(move))},
            spared={m: self.labels(self.move(m), "exceptDesign") for m in Move},
            never_counted=never,
            syntheses=self.marks(self.setting("syntheses")),
            most_counted_per_level=self.whole(
                self.setting("most-counted-per-level"), "settingValue"
            ),
            decisive_ratio=self.value("decisive-ratio"),
            clear_ratio=self.value("clear-ratio"),
            large_study=self.whole(self.setting("large-study"), "settingValue"),
            large_ratio=self.value("large-ratio"),
            widest_large_interval=self.value("widest-large-interval"),
            important_ratio_low=self.value("important-ratio-low"),
            important_ratio_high=self.value("important-ratio-high"),
            important_differences=self.important_differences(),
            wordings=self.wordings(),
            settled_level=self.whole(self.setting("settled-level"), "settingValue"),
        )

    def refuse_unreasoned(self) -> None:
        for iri in self.blocks:
            if not self.of(iri, "reason"):
                self.refuse(iri, "", "has no reason", 'kg:reason "why it is so" ;')

    def kind_rules(self) -> tuple[KindRule, ...]:
        ranked = sorted(self.each("KindRule"), key=lambda iri: self.whole(iri, "rank"))
        return tuple(
            KindRule(
                kind=self.member(iri, "claimKind", ClaimKind),
                relations=frozenset(self.of(iri, "ofRelation")),
                subjects=self.classes(iri, "subjectClass"),
                objects=self.classes(iri, "objectClass"),
            )
            for iri in ranked
        )

    def classes(self, iri: str, name: str) -> frozenset[str]:
        """The labels of the classes and all below them; empty for any class."""
        found = set(self.of(iri, name))
        if not found:
            self.refuse(iri, "", f"has no {name}", f"kg:{name} kg:Entity ;")
        while below := {
            cls
            for cls, about in self.vocabulary.items()
            if cls not in found and found & set(about.get(SUBCLASS, ()))
        }:
            if ANY_CLASS in found:
                return frozenset()
            found |= below
        return frozenset(self.word(iri, name, cls) for cls in found)

    def ladders(self, never: frozenset[str]) -> Mapping[ClaimKind, Ladder]:
        by_kind = {self.member(iri, "claimKind", ClaimKind): iri for iri in self.each("Ladder")}
        for kind in ClaimKind:
            if kind not in by_kind:
                self.refuse("", "", f"has no ladder for claims of {kind}", "a kg:Ladder ;")
        return {
            kind: Ladder(
                kind=kind,
                starts=self.starts(kind, iri, never),
                small_below=self.whole(iri, "smallBelow"),
                null_needs=self.whole(iri, "nullNeeds"),
                interest_gains=self.gaining(iri),
                **{field: self.of(iri, name) == ["true"] for field, name in FLAGS.items()},
            )
            for kind, iri in by_kind.items()
        }

    def gaining(self, ladder: str) -> Direction | None:
        if not self.of(ladder, "interestGains"):
            return None
        return self.member(ladder, "interestGains", Direction)

    def starts(self, kind: ClaimKind, ladder: str, never: frozenset[str]) -> Mapping[str, int]:
        found: dict[str, int] = {}
        for iri in self.each("Rung"):
            if self.member(iri, "claimKind", ClaimKind) is kind:
                level = self.member(iri, "startsAt", Certainty).level
                for design in self.labels(iri, "design"):
                    if design in found:
                        self.refuse(
                            iri, "", f"places {design!r} on a second rung", "it on one rung only"
                        )
                    found[design] = level
        for design in sorted(self.designs() - found.keys() - never):
            self.refuse(
                ladder, "", f"has no rung for {design!r}", "kg:design of it to one of its rungs"
            )
        return found

    def designs(self) -> frozenset[str]:
        return self.scheme("DesignScheme")

    def scheme(self, name: str) -> frozenset[str]:
        """The labels of the values in a scheme of the vocabulary."""
        return frozenset(
            self.word("", "", iri)
            for iri, about in self.vocabulary.items()
            if terms.kg(name) in about.get(terms.IN_SCHEME, ())
        )

    def systems(self) -> Mapping[str, System]:
        found = {}
        for system in System:
            if system is not System.UNSTATED:
                for design in self.marks(self.labelled(str(system))):
                    found[design] = system
        return found

    def weights(self) -> Mapping[int, int]:
        by_level = {
            self.member(iri, "certainty", Certainty).level: iri
            for iri in self.each("Setting")
            if self.of(iri, "certainty")
        }
        for certainty in Certainty:
            if certainty.level not in by_level:
                self.refuse("", "", f"has no weight for {certainty} certainty", "kg:weight 4 ;")
        return {level: self.whole(iri, "weight") for level, iri in by_level.items()}

    def important_differences(self) -> Mapping[str, float]:
        prefix = terms.PREFIXES["grade"] + "important-difference-"
        return {
            self.vocable(iri): self.number(iri, "settingValue")
            for iri in self.each("Setting")
            if iri.startswith(prefix)
        }

    def wordings(self) -> Mapping[str, Mapping[ClaimKind, int]]:
        """The level that each strength of wording needs, for each kind of claim."""
        general: dict[str, int] = {}
        special: dict[tuple[str, ClaimKind], int] = {}
        for iri in self.each("Wording"):
            level = 0
            if self.of(iri, "certainty"):
                level = self.member(iri, "certainty", Certainty).level
            for strength in self.labels(iri, "strength"):
                if self.of(iri, "claimKind"):
                    special[strength, self.member(iri, "claimKind", ClaimKind)] = level
                else:
                    general[strength] = level
        for strength in sorted(self.scheme("StrengthScheme") - general.keys()):
            self.refuse("", "", f"has no wording for {strength!r}", "a kg:Wording ;")
        return {
            strength: {kind: special.get((strength, kind), level) for kind in ClaimKind}
            for strength, level in general.items()
        }

    def move(self, move: Move) -> str:
        return self.labelled(str(move))

    def labelled(self, label: str) -> str:
        """The setting of that label; refused where there is none."""
        labelled = [
            iri for iri in self.each("Setting") if label in self.blocks[iri].get(terms.LABEL, ())
        ]
        if not labelled:
            self.refuse("", "", f"has no setting labelled {label!r}", f'rdfs:label "{label}" ;')
        return labelled[0]

    def setting(self, name: str) -> str:
        iri = terms.PREFIXES["grade"] + name
        if iri not in self.blocks:
            self.refuse("", "", f"has no grade:{name}", f"grade:{name} a kg:Setting ;")
        return iri

    def marks(self, iri: str) -> frozenset[str]:
        return self.labels(iri, "appliesTo")

    def labels(self, iri: str, name: str) -> frozenset[str]:
        return frozenset(self.word(iri, name, value) for value in self.of(iri, name))

    def value(self, name: str) -> float:
        return self.number(self.setting(name), "settingValue")

    def whole(self, iri: str, name: str) -> int:
        number = self.number(iri, name)
        if number != int(number):
            self.refuse(iri, name, f"has kg:{name} {number}", "a whole number")
        return int(number)

    def number(self, iri: str, name: str) -> float:
        """The number a block gives; refused where it is missing, negative or none."""
        given = self.of(iri, name)
        if len(given) != 1:
            how_many = "no" if not given else "more than one"
            self.refuse(iri, name if given else "", f"has {how_many} kg:{name}", f"kg:{name} 1 ;")
        try:
            number = float(given[0])
        except ValueError:
            self.refuse(iri, name, f"has kg:{name} {given[0]!r}", "a number")
        if not 0 <= number < float("inf"):
            self.refuse(iri, name, f"has kg:{name} {given[0]}", "a number that is not negative")
        return number

    def member(self, iri: str, name: str, enum: type[E]) -> E:
        given = self.of(iri, name)
        word = self.word(iri, name, given[0]) if given else ""
        if word not in set(enum):
            self.refuse(
                iri, name if given else "", f"has kg:{name} {word!r}", f"one of {', '.join(enum)}"
            )
        return enum(word)

    def word(self, iri: str, name: str, value: str) -> str:
        """The label of a vocabulary term."""
        labels = self.vocabulary.get(value, {}).get(terms.LABEL)
        if not labels:
            short = terms.shortened(value)
            self.refuse(iri, name, f"names {short}, which is not in the vocabulary", "another term")
        return labels[0]

    def vocable(self, iri: str) -> str:
        labels = self.blocks[iri].get(terms.LABEL)
        if not labels:
            self.refuse(iri, "", "has no label", 'rdfs:label "hairs/cm2" ;')
        return labels[0]

    def each(self, cls: str) -> list[str]:
        wanted = terms.kg(cls)
        return [iri for iri, about in self.blocks.items() if wanted in about.get(terms.TYPE, ())]

    def of(self, iri: str, name: str) -> list[str]:
        return self.blocks.get(iri, {}).get(terms.kg(name), [])

    def refuse(self, iri: str, name: str, what: str, right: str) -> NoReturn:
        """Raise DataError for a block, at the line of the property or of the block."""
        who = f"{terms.shortened(iri)} " if iri else "the grading "
        raise DataError(f"{self.name}:{self.line(iri, name)}: {who}{what}. Write {right}")

    def line(self, iri: str, name: str) -> int:
        predicate = terms.kg(name) if name else terms.TYPE
        lines = [
            place.line
            for triple, place in turtle.places(self.text).items()
            if isinstance(triple.subject, ox.NamedNode)
            and (triple.subject.value, triple.predicate.value) == (iri, predicate)
        ]
        return min(lines, default=1)
