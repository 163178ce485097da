"""What a check says: a finding, where it stands, and which findings have one cause.

    Finding ── places: the guilty triple first, then the others it clashes with
    grouped ── four hundred triples with one undefined word are one finding, with a count

Values only: nothing here reads a graph (`kg/check.py` does) or writes an answer
(`kg/finding_formats.py` does).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from kg import terms

__all__ = ["Finding", "Location", "Severity", "grouped"]

# A cause is told once when it was found more often than this. Findings that blame the thing
# itself (a claim without evidence) are work apart, until they are a flood.
FEW_OF_ONE_CAUSE = 3
FEW_WITHOUT_CAUSE = 20


class Severity(StrEnum):
    """How much a finding matters; only an error fails a check."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file, and what stands there; line and column count from 1."""

    file: str
    line: int = 1
    column: int = 1
    what: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong, where, and by which rule.

    `focus` is the thing that is wrong, `predicate` and `value` the guilty triple where there
    is one, `others` the things it clashes with. `places` are empty until the finding has been
    looked up in its file. A `count` above 1 says that so many findings have this one cause.
    """

    rule: str
    severity: Severity
    focus: str
    message: str
    predicate: str = ""
    value: str = ""
    others: tuple[str, ...] = ()
    places: tuple[Location, ...] = ()
    count: int = 1

    @property
    def file(self) -> str:
        return self.places[0].file if self.places else ""

    @property
    def line(self) -> int:
        return self.places[0].line if self.places else 0

    @property
    def column(self) -> int:
        return self.places[0].column if self.places else 0

    @property
    def sort_key(self) -> tuple[str, int, str, str, str]:
        return (self.file, self.line, self.rule, self.focus, self.message)


def grouped(found: Iterable[Finding]) -> list[Finding]:
    """The findings with those of one cause told once: a count, and the first few places."""
    causes: dict[tuple[str, ...], list[Finding]] = {}
    for finding in found:
        causes.setdefault(_cause(finding), []).append(finding)
    told = [each for alike in causes.values() for each in _told(alike)]
    return sorted(told, key=lambda finding: finding.sort_key)


def _told(alike: list[Finding]) -> list[Finding]:
    first = alike[0]
    if len(alike) <= (FEW_OF_ONE_CAUSE if _blames_a_value(first) else FEW_WITHOUT_CAUSE):
        return alike
    places = tuple(place for each in alike[:FEW_OF_ONE_CAUSE] for place in each.places[:1])
    return [replace(first, places=places, count=len(alike), message=_common_message(alike))]


def _common_message(alike: list[Finding]) -> str:
    first = alike[0]
    namespace = _foreign(first.value)
    if not namespace or all(each.message == first.message for each in alike):
        return first.message
    return f"{first.message}; so it is with everything in {namespace}: is the prefix right?"


def _cause(finding: Finding) -> tuple[str, ...]:
    """What has to be mended once: a wrong namespace, or one value in one file."""
    foreign = _foreign(finding.value)
    told = ("namespace", foreign) if foreign else ("message", _template(finding))
    return (finding.file, finding.rule, finding.predicate, *told)


def _template(finding: Finding) -> str:
    """The message without the name of the thing it is about."""
    return finding.message.replace(terms.shortened(finding.focus), "{focus}")


def _blames_a_value(finding: Finding) -> bool:
    """Whether the message is about a value that others may share, and not about the thing."""
    return bool(finding.predicate) and _template(finding) == finding.message


def _foreign(value: str) -> str:
    """The namespace of an IRI that none of our prefixes covers; empty for anything else."""
    if not (value.startswith("<") and value.endswith(">")):
        return ""
    iri = value[1:-1]
    if any(iri.startswith(known) for known in terms.PREFIXES.values()):
        return ""
    return iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]
