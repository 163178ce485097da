"""The values a comparison returns: frozen, in words, without RDF."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

__all__ = [
    "Cause",
    "Changes",
    "Fate",
    "FieldChange",
    "Group",
    "Moved",
    "Record",
    "RecordChange",
    "Value",
    "Vanished",
]


@dataclass(frozen=True, slots=True)
class Value:
    """A value in words; `form` is the id of a thing, or the type or language of a literal."""

    text: str
    form: str = ""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """The values of one field that went, and those that came."""

    field: str
    before: tuple[Value, ...]
    after: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """How a record is called: an evidence item by its finding, a passage by its paraphrase.

    `note` is the class of an entity, the study of an evidence item, the year of a source;
    `direction` is only an evidence item's.
    """

    id: str
    name: str
    note: str = ""
    direction: str = ""


@dataclass(frozen=True, slots=True)
class RecordChange:
    """A record that came, went or changed; one that came or went lists all its fields.

    `followed_by` are the claims whose labels changed only because this entity's did.
    """

    kind: str
    before: Record | None
    after: Record | None
    fields: tuple[FieldChange, ...]
    followed_by: tuple[str, ...] = ()

    @property
    def how(self) -> str:
        """added, removed or changed."""
        if self.before and self.after:
            return "changed"
        return "added" if self.after else "removed"

    @property
    def record(self) -> Record:
        """The record as it is now, or as it was before it went."""
        return self.after or self.before or Record("", "")

    @property
    def has_new_id(self) -> bool:
        return bool(self.before and self.after and self.before.id != self.after.id)

    @property
    def label_move(self) -> tuple[str, str] | None:
        """The label before and after, where a record has another one."""
        for field in self.fields:
            if field.field == "label" and len(field.before) == len(field.after) == 1:
                return field.before[0].text, field.after[0].text
        return None


@dataclass(frozen=True, slots=True)
class Group:
    """A record with the changes to itself, if any, and to what belongs to it."""

    kind: str
    record: Record
    change: RecordChange | None
    parts: tuple[RecordChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Cause:
    """A change that can be the reason for a move; `is_enough` where it explains it alone."""

    kind: str
    how: str
    record: Record
    fields: tuple[str, ...] = ()
    is_enough: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """A claim or mechanism of which what follows from the evidence is no longer what it was."""

    what: str
    id: str
    name: str
    before: str
    after: str
    studies_before: str = ""
    studies_after: str = ""
    why: tuple[Cause, ...] = ()


class Fate(StrEnum):
    """What became of a result against a claim, the worst first."""

    REMOVED = "removed"
    TURNED = "turned"
    MOVED = "moved to another claim"


@dataclass(frozen=True, slots=True)
class Vanished:
    """A null or disputing result that a claim no longer has as such, and what became of it."""

    claim: Record
    evidence: Record
    observed: str
    fate: Fate
    why: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that differs between two graphs; false where nothing does.

    `unweighed` says why verdicts could not be compared; empty where they were.
    """

    moved: tuple[Moved, ...] = ()
    vanished: tuple[Vanished, ...] = ()
    groups: tuple[Group, ...] = ()
    unweighed: str = ""

    def __bool__(self) -> bool:
        return bool(self.moved or self.vanished or self.groups)

    @property
    def records(self) -> frozenset[RecordChange]:
        """Every record that changed, once, wherever it is shown."""
        return frozenset(
            change
            for group in self.groups
            for change in (group.change, *group.parts)
            if change is not None
        )

    @property
    def counts(self) -> Mapping[tuple[str, str], int]:
        """How many records of each kind were added, removed or changed, sorted."""
        counted = Counter((change.kind, change.how) for change in self.records)
        followers = sum(len(change.followed_by) for change in self.records)
        return dict(sorted((counted + Counter({("claim", "changed"): followers})).items()))
