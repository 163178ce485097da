"""What many pages of the site show: links, claims as lines, results as cards, the frame.

    Link            to a page of the site, by its address below the root; none without a page
    WebLink         to the web; an address that is not http or https is no link
    ClaimLine       a claim with its verdict and the studies on both sides, always both
    Result          one evidence item in full
    Frame           what stands around every page

Values only, without HTML and without a way to hide one side: whoever shows a `ClaimLine`
or a group of results shows what disagrees as well. `kg/pages/views/site/shelf.py` makes them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model import Certainty, Direction, Verdict

if TYPE_CHECKING:
    from markupsafe import Markup

__all__ = [
    "CERTAINTIES",
    "READING_ORDER",
    "ClaimGroup",
    "ClaimLine",
    "Frame",
    "Link",
    "PassageLine",
    "Resting",
    "Result",
    "Sides",
    "WebLink",
    "grouped_by_verdict",
]

READING_ORDER = (
    Verdict.CONTESTED,
    Verdict.CONTEXT_DEPENDENT,
    Verdict.REFUTED,
    Verdict.SUPPORTED,
    Verdict.INCONCLUSIVE,
    Verdict.UNTESTED,
)
CERTAINTIES = (*(str(certainty) for certainty in reversed(Certainty)), "")


@dataclass(frozen=True, slots=True)
class Link:
    """A page of the site; `address` is relative to the root, and empty where there is none."""

    label: str
    address: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class WebLink:
    """An identifier or a page elsewhere; `address` is http or https, or empty."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Sides:
    """Independent studies for a claim, against it, and inconclusive on it."""

    supports: int = 0
    disputes: int = 0
    inconclusive: int = 0

    def __bool__(self) -> bool:
        return bool(self.supports or self.disputes or self.inconclusive)


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A claim in one line. `indirect` are studies that reach it from narrower claims."""

    label: str
    address: str
    verdict: Verdict
    certainty: str
    only_in: str
    direct: Sides
    indirect: Sides


@dataclass(frozen=True, slots=True)
class ClaimGroup:
    """Claims under a heading."""

    title: str
    anchor: str
    claims: tuple[ClaimLine, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """One evidence item: what was found, by whom, how, and how it was read.

    `decides` says that the verdict on its claim rests on this study.
    """

    anchor: str
    finding: str
    direction: Direction
    observed: str
    marks: tuple[str, ...]
    decides: bool
    facts: tuple[tuple[str, str], ...]
    study: Link
    source: Link | None
    citation: str
    identifiers: tuple[WebLink, ...]


@dataclass(frozen=True, slots=True)
class Resting:
    """A claim, and the results on it that one study or one source brought."""

    claim: ClaimLine
    results: tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class PassageLine:
    """What a document says, in our words, with the claims that it takes a stand on.

    `stances` are pairs of how it stands to claims (says, denies, leaves open, …) and those.
    """

    address: str
    document: str
    place: str
    paraphrase: str
    strength: str
    stances: tuple[tuple[str, tuple[ClaimLine, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a page. `root` leads from the page to the root of the site.

    `styles` are the names of style sheets among the assets. `metadata` is JSON-LD that is safe inside a script element. `explorer` is the address of
    the explorer at this thing, and `iri` the persistent name of what the page is about.
    """

    root: str
    section: str
    title: str
    description: str
    iri: str
    explorer: str
    styles: tuple[str, ...]
    metadata: "Markup"
    modified: str
    licence: WebLink


def grouped_by_verdict(lines: Sequence[ClaimLine]) -> tuple[ClaimGroup, ...]:
    """The lines under their verdicts: what is disputed first, then by certainty and name."""
    groups = (
        ClaimGroup(
            title=str(verdict),
            anchor=str(verdict),
            claims=tuple(sorted((x for x in lines if x.verdict is verdict), key=_by_certainty)),
        )
        for verdict in READING_ORDER
    )
    return tuple(group for group in groups if group.claims)


def _by_certainty(line: ClaimLine) -> tuple[int, str, str]:
    return (CERTAINTIES.index(line.certainty), line.label.casefold(), line.address)
