"""The graph as the pages of the site need it: what touches what, ready to be shown.

    shelf = Shelf(graph)
    shelf.line(claim)         the claim with its verdict and both counts
    shelf.result(item)        an evidence item as a card
    shelf.link("studies", x)  the page of a thing

Every inverse (who rests on this study, which mechanism has this step) is found once for
all pages. What one page shows is put together in the other modules of this package.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from functools import cached_property
from typing import TypeVar
from urllib.parse import urlencode

from kg import terms
from kg.citing import identifiers_of, web_address
from kg.graph import SCOPE, Graph
from kg.model import (
    Appraisal,
    Claim,
    Conflict,
    Direction,
    Evidence,
    Mechanism,
    Passage,
    PhaseFigure,
    Source,
    Study,
    Verdict,
)
from kg.pages.addresses import address_of, anchor_of
from kg.pages.parts import json_markup
from kg.pages.views.site.parts import (
    ClaimLine,
    Frame,
    Link,
    PassageLine,
    Resting,
    Result,
    Sides,
    WebLink,
)

__all__ = [
    "Shelf",
    "claims_in_explorer",
    "doubt_about",
    "pair_of",
    "scope_of",
    "source_links",
    "stance_on",
]

T = TypeVar("T")

EXPLORER = "explore.html"
LONGEST_TITLE = 300
MOST_IN_ADDRESS = 40
SPEAKS = {Verdict.SUPPORTED: Direction.SUPPORTS, Verdict.REFUTED: Direction.DISPUTES}
NO_DOUBT = {"", "no notice seen", "not checked"}


class Shelf:
    """A graph with the ways back from each thing to what is said of it."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._lines: dict[str, ClaimLine] = {}
        self._results: dict[str, Result] = {}

    def link(self, kind: str, iri: str, note: str = "") -> Link:
        """The page of a thing of that kind, by its label; no address where there is no page."""
        known = iri in getattr(self.graph, kind)
        label = self.graph.names.title(iri)
        return Link(label, address_of(kind, iri) if known else "", note)

    def links(self, kind: str, iris: Iterable[str]) -> tuple[Link, ...]:
        return tuple(self.link(kind, iri) for iri in iris)

    def line(self, claim: Claim) -> ClaimLine:
        if claim.iri not in self._lines:
            self._lines[claim.iri] = self._line(claim)
        return self._lines[claim.iri]

    def lines(self, claims: Iterable[Claim | str]) -> tuple[ClaimLine, ...]:
        """Lines for claims, or for the IRIs of those that the graph has."""
        known = self.graph.claims
        found = (known.get(claim) if isinstance(claim, str) else claim for claim in claims)
        return tuple(self.line(claim) for claim in found if claim)

    def result(self, item: Evidence) -> Result:
        if item.iri not in self._results:
            self._results[item.iri] = self._result(item)
        return self._results[item.iri]

    def results(self, items: Iterable[Evidence]) -> tuple[Result, ...]:
        return tuple(self.result(item) for item in items)

    def resting(self, items: Iterable[Evidence]) -> tuple[Resting, ...]:
        """The claims that these results speak to, each with its results."""
        groups: dict[str, list[Evidence]] = {}
        for item in items:
            groups.setdefault(item.claim, []).append(item)
        return tuple(
            Resting(self.line(self.graph.claims[iri]), self.results(group))
            for iri, group in sorted(groups.items())
            if iri in self.graph.claims
        )

    def passage_line(self, passage: Passage) -> PassageLine:
        return PassageLine(
            address=address_of("passages", passage.iri),
            document=self.graph.label(passage.document),
            place=", ".join(filter(None, (passage.section, f"line {passage.line}"))),
            paraphrase=passage.paraphrase,
            strength=passage.strength,
            stances=tuple(
                (stance, self.lines(claims)) for stance, claims in _stances(passage) if claims
            ),
        )

    def frame(  # noqa: PLR0913, PLR0917 - what stands around a page differs in this much
        self,
        address: str,
        section: str,
        title: str,
        description: str,
        metadata: Mapping[str, object],
        iri: str = "",
        explorer: Iterable[tuple[str, str]] = (),
        style: str = "site",
    ) -> Frame:
        """What stands around the page at that address."""
        return Frame(
            root="../" * address.count("/"),
            section=section,
            title=_cut(title),
            description=_cut(description),
            iri=iri,
            explorer=_explorer_address(explorer),
            styles=("frame", style),
            metadata=json_markup(metadata),
            modified=self.modified,
            licence=WebLink(self.licence, web_address(self.licence)),
        )

    @cached_property
    def dataset(self) -> Mapping[str, list[str]]:
        """What the graph says of itself."""
        return self.graph.records.get(terms.DATASET, {})

    @cached_property
    def modified(self) -> str:
        return min(self.dataset.get(terms.MODIFIED, [""]))

    @cached_property
    def licence(self) -> str:
        return min(self.dataset.get(terms.LICENCE, [""]))

    def said(self, iri: str, name: str) -> str:
        """What the graph says under one of our properties, for what the domain types leave out."""
        values = self.graph.records.get(iri, {}).get(terms.kg(name), ())
        return ", ".join(sorted(values))

    # The ways back.

    @cached_property
    def claims_of_entity(self) -> Mapping[str, list[Claim]]:
        return _by(self.graph.claims.values(), lambda c: {c.subject.iri, c.object.iri})

    @cached_property
    def claims_limited_to(self) -> Mapping[str, list[Claim]]:
        """The claims that hold in or for an entity only: a site, a population, a taxon."""
        records = self.graph.records
        return _by(
            self.graph.claims.values(),
            lambda claim: {
                iri for name in SCOPE.values() for iri in records[claim.iri].get(terms.kg(name), ())
            },
        )

    @cached_property
    def narrower_claims(self) -> Mapping[str, list[Claim]]:
        """The claims one step narrower."""
        return _by(self.graph.claims.values(), lambda claim: claim.specializes)

    @cached_property
    def claims_of_pair(self) -> Mapping[str, list[Claim]]:
        return _by(self.graph.claims.values(), lambda claim: [pair_of(claim)])

    @cached_property
    def items_of_study(self) -> Mapping[str, list[Evidence]]:
        return _by(self.graph.evidence.values(), lambda item: [item.study.iri])

    @cached_property
    def items_of_source(self) -> Mapping[str, list[Evidence]]:
        return _by(self.graph.evidence.values(), lambda i: [i.source.iri] if i.source else [])

    @cached_property
    def studies_of_source(self) -> Mapping[str, list[Study]]:
        return _by(self.graph.studies.values(), lambda study: [s.iri for s in study.sources])

    @cached_property
    def reviews_of_study(self) -> Mapping[str, list[Study]]:
        return _by(self.graph.studies.values(), lambda study: study.reviews)

    @cached_property
    def mechanisms_of_claim(self) -> Mapping[str, list[Mechanism]]:
        return _by(self.graph.mechanisms.values(), lambda m: {step.iri for step in m.steps})

    @cached_property
    def explanations_of_claim(self) -> Mapping[str, list[Mechanism]]:
        return _by(self.graph.mechanisms.values(), lambda m: [m.explains.iri] if m.explains else [])

    @cached_property
    def passages_of_claim(self) -> Mapping[str, list[Passage]]:
        """The passages that take a stand on the claim, whichever."""
        return _by(
            self.graph.passages.values(),
            lambda passage: {claim for _, claims in _stances(passage) for claim in claims},
        )

    @cached_property
    def passages_of_document(self) -> Mapping[str, list[Passage]]:
        inside = _by(self.graph.passages.values(), lambda passage: [passage.document])
        return {
            iri: sorted(passages, key=lambda p: (p.line, p.iri)) for iri, passages in inside.items()
        }

    @cached_property
    def conflicts_of_claim(self) -> Mapping[str, list[Conflict]]:
        return _by(
            self.graph.conflicts.values(),
            lambda conflict: {item.claim for item in (*conflict.one_side, *conflict.other_side)},
        )

    @cached_property
    def figures_of_entity(self) -> Mapping[str, list[PhaseFigure]]:
        return _by(
            self.graph.phase_figures.values(),
            lambda figure: self.graph.records[figure.iri].get(terms.kg("figureFor"), ()),
        )

    # How they are shown.

    def _line(self, claim: Claim) -> ClaimLine:
        appraisal = self.graph.appraisals[claim.iri]
        return ClaimLine(
            label=claim.label,
            address=address_of("claims", claim.iri),
            verdict=appraisal.verdict,
            certainty=str(appraisal.certainty or ""),
            only_in=appraisal.only_in,
            direct=Sides(**{str(way): len(claim.studies(way)) for way in Direction}),
            indirect=Sides(**{str(way): appraisal.narrower_studies(way) for way in Direction}),
        )

    def _result(self, item: Evidence) -> Result:
        appraisal = self.graph.appraisals.get(item.claim)
        identifiers = identifiers_of(item.source) if item.source else ()
        return Result(
            anchor=anchor_of(item.iri),
            finding=item.finding,
            direction=item.direction,
            observed=str(item.observed),
            marks=tuple(_marks(item)),
            decides=appraisal is not None and _decides(item, appraisal),
            facts=tuple((name, value) for name, value in _facts(item).items() if value),
            study=self.link("studies", item.study.iri),
            source=self.link("sources", item.source.iri) if item.source else None,
            citation=item.source.reference if item.source else "",
            identifiers=tuple(WebLink(*each) for each in identifiers),
        )


def _explorer_address(shown: Iterable[tuple[str, str]]) -> str:
    """The explorer, opened at these things: pairs of what it does and the IRI of a thing."""
    asked = [(what, terms.shortened(iri)) for what, iri in shown]
    return f"{EXPLORER}#{urlencode([('v', '1'), *asked])}" if asked else EXPLORER


def claims_in_explorer(items: Iterable[Evidence]) -> tuple[tuple[str, str], ...]:
    """What opens the explorer at the claims that these results speak to."""
    claims = sorted({item.claim for item in items})
    return tuple(("claims", claim) for claim in claims[:MOST_IN_ADDRESS])


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_TITLE else text[:LONGEST_TITLE].rstrip() + "…"


def pair_of(claim: Claim) -> str:
    """The two ends of a claim, whichever way it points."""
    return " ".join(sorted((claim.subject.iri, claim.object.iri)))


def source_links(source: Source) -> tuple[WebLink, ...]:
    """What to look a source up by, with its page on the web last."""
    page = web_address(source.url)
    own = tuple(WebLink(*each) for each in identifiers_of(source))
    if source.url:
        return (*own, WebLink("web page" if page else source.url, page))
    return own


def doubt_about(source: Source) -> str:
    """`retracted`, `expression of concern` …; empty where no notice is known."""
    return "" if source.retraction in NO_DOUBT else source.retraction


def _by(things: Iterable[T], keys: Callable[[T], Iterable[str]]) -> dict[str, list[T]]:
    """The things by each of their keys, in the order of the things."""
    found: dict[str, list[T]] = {}
    for thing in things:
        for key in keys(thing):
            found.setdefault(key, []).append(thing)
    return found


def stance_on(passage: Passage, claim: str) -> str:
    """How a passage stands to a claim."""
    return next(stance for stance, claims in _stances(passage) if claim in claims)


def _stances(passage: Passage) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (
        ("says", passage.asserts),
        ("denies", passage.denies),
        ("leaves open", passage.leaves_open),
        ("is close to, and does not say", passage.read_beside),
    )


def _decides(item: Evidence, appraisal: Appraisal) -> bool:
    """The study is one that the verdict rests on, and this is the side it took there."""
    spoke = SPEAKS.get(appraisal.verdict, item.direction)
    return (
        item.study.iri in appraisal.deciding
        and not item.is_hearsay
        and item.direction is spoke
        and appraisal.studies(spoke) > 0
    )


def _marks(item: Evidence) -> Iterable[str]:
    """What a reader must know before believing the result."""
    if item.is_hearsay:
        yield f"{item.role}: does not count"
    if item.second_hand:
        yield "read at second hand"
    if item.source and doubt_about(item.source):
        yield doubt_about(item.source)
    if item.check_result == "page not found":
        yield "page not found again"


def _facts(item: Evidence) -> dict[str, str]:
    """In the order in which they are read."""
    return {
        "Design": item.design,
        "Organism": item.organism,
        "Studied": item.system,
        "n": "" if item.sample_size is None else f"{item.sample_size:,}",
        "Compared with": item.comparator,
        "Dose": item.dose,
        "Duration": item.duration,
        "Outcome": item.outcome,
        "Effect": item.effect.words,
        "Intervention": item.perturbation,
        "Directness": item.directness,
        "Role": item.role,
        "Where": item.locator,
        "Read": item.reading_depth,
        "Checked": ", ".join(filter(None, (item.checked_on, item.check_result))),
        "Remark": item.remark,
    }


def scope_of(claim: Claim) -> tuple[tuple[str, str], ...]:
    """What limits the claim, by name."""
    scope = claim.scope
    limits = ((field.name, getattr(scope, field.name)) for field in fields(scope))
    return tuple(
        (name, value) for name, value in (*limits, ("circumstance", claim.circumstance)) if value
    )
