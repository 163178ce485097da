"""The front page, the lists of everything, and how to read the rest.

index.html       what is here, what is contested, where to go
claims.html …    every page of one kind, so that nothing needs a search to be found
reading.html     what a verdict and a certainty mean, in the words of the vocabulary
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from kg import terms
from kg.model import Certainty, Source, Verdict
from kg.pages.addresses import audit_address
from kg.pages.views.site import metadata
from kg.pages.views.site.parts import (
    CERTAINTIES,
    READING_ORDER,
    ClaimGroup,
    ClaimLine,
    Frame,
    Link,
    grouped_by_verdict,
)
from kg.pages.views.site.readings import verdict_counts
from kg.pages.views.site.shelf import Shelf
from kg.results import counted

__all__ = [
    "ClaimsPage",
    "IndexPage",
    "LinkGroup",
    "LinksPage",
    "MechanismLine",
    "ReadingPage",
    "SpokenFor",
    "VerdictRow",
    "index_page",
    "list_pages",
    "reading_page",
]

MOST_NAMED = 24


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """How many claims have a verdict, by certainty in the order of `CERTAINTIES`."""

    verdict: Verdict
    claims: int
    by_certainty: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MechanismLine:
    """A mechanism and the claim that it is said to explain."""

    link: Link
    explains: ClaimLine | None


@dataclass(frozen=True, slots=True)
class SpokenFor:
    """A document, and how many of the claims that it makes have each verdict."""

    link: Link
    audit: Link
    definition: str
    verdicts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class IndexPage:
    """The context of `site/index.html`. `counts` are numbers, what they count, and its list."""

    template: ClassVar[str] = "site/index.html"

    frame: Frame
    title: str
    description: str
    counts: tuple[tuple[int, str, str], ...]
    certainties: tuple[str, ...]
    verdicts: tuple[VerdictRow, ...]
    disputed: tuple[ClaimLine, ...]
    named: tuple[Link, ...]
    mechanisms: tuple[MechanismLine, ...]
    documents: tuple[SpokenFor, ...]


@dataclass(frozen=True, slots=True)
class ClaimsPage:
    """The context of `site/claims.html`."""

    template: ClassVar[str] = "site/claims.html"

    frame: Frame
    title: str
    groups: tuple[ClaimGroup, ...]


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """Pages under a heading."""

    title: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class LinksPage:
    """The context of `site/links.html`."""

    template: ClassVar[str] = "site/links.html"

    frame: Frame
    title: str
    groups: tuple[LinkGroup, ...]


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """The context of `site/reading.html`: pairs of a word and what it means."""

    template: ClassVar[str] = "site/reading.html"

    frame: Frame
    verdicts: tuple[tuple[str, str], ...]
    certainties: tuple[tuple[str, str], ...]


def index_page(shelf: Shelf) -> IndexPage:
    """The front door: what is disputed comes first."""
    graph = shelf.graph
    counts = _counts(shelf)
    about = metadata.dataset(
        shelf.dataset, terms.DATASET, ((number, noun) for number, noun, _ in counts)
    )
    title = graph.label(terms.DATASET) if shelf.dataset else "A graph of claims and evidence"
    description = min(shelf.dataset.get(terms.DEFINITION, [""]))
    groups = grouped_by_verdict(shelf.lines(graph.claims))
    return IndexPage(
        frame=shelf.frame("index.html", "home", title, description, about, terms.DATASET),
        title=title,
        description=description,
        counts=counts,
        certainties=CERTAINTIES,
        verdicts=tuple(map(_verdict_row, groups)),
        disputed=tuple(
            line
            for group in groups
            for line in group.claims
            if line.verdict in {Verdict.CONTESTED, Verdict.CONTEXT_DEPENDENT}
        ),
        named=_most_named(shelf),
        mechanisms=tuple(
            MechanismLine(
                shelf.link("mechanisms", iri),
                shelf.line(mechanism.explains) if mechanism.explains else None,
            )
            for iri, mechanism in graph.mechanisms.items()
        ),
        documents=tuple(
            SpokenFor(
                shelf.link("documents", iri),
                Link("Audit", audit_address(iri)),
                document.definition,
                _spoken(shelf, iri),
            )
            for iri, document in graph.documents.items()
        ),
    )


def list_pages(shelf: Shelf) -> Mapping[str, ClaimsPage | LinksPage]:
    """Every list of the site by its address."""
    graph = shelf.graph
    return {
        "claims.html": _claims_page(shelf),
        "entities.html": _links_page(
            shelf,
            "entities",
            (
                (e.kind or "of no class", shelf.link("entities", e.iri, _claims_of(shelf, e.iri)))
                for e in graph.entities.values()
            ),
        ),
        "studies.html": _links_page(
            shelf,
            "studies",
            (
                (
                    ", ".join(s.designs) or "design not stated",
                    shelf.link("studies", s.iri, _results_of(shelf.items_of_study.get(s.iri, ()))),
                )
                for s in graph.studies.values()
            ),
        ),
        "sources.html": _links_page(
            shelf,
            "sources",
            (
                (s.kind or "of no kind", shelf.link("sources", s.iri, _without_title(s)))
                for s in graph.sources.values()
            ),
        ),
        "mechanisms.html": _links_page(
            shelf,
            "mechanisms",
            (
                ("mechanisms", shelf.link("mechanisms", m.iri, m.definition))
                for m in graph.mechanisms.values()
            ),
        ),
        "conflicts.html": _links_page(
            shelf,
            "conflicts",
            (
                ("results that pull apart", shelf.link("conflicts", c.iri, c.reading))
                for c in graph.conflicts.values()
            ),
        ),
        "documents.html": _links_page(
            shelf,
            "documents",
            (
                ("documents", shelf.link("documents", d.iri, d.definition))
                for d in graph.documents.values()
            ),
        ),
    }


def reading_page(shelf: Shelf) -> ReadingPage:
    """What the words on the other pages mean, from the vocabulary itself."""
    title = "How to read these pages"
    description = "What a verdict, a certainty and a count of studies mean here."
    return ReadingPage(
        frame=shelf.frame(
            "reading.html", "reading", title, description, metadata.web_page("", title, description)
        ),
        verdicts=_meanings(shelf, "VerdictScheme", map(str, READING_ORDER)),
        certainties=_meanings(shelf, "CertaintyScheme", map(str, reversed(Certainty))),
    )


def _counts(shelf: Shelf) -> tuple[tuple[int, str, str], ...]:
    graph = shelf.graph
    return (
        (len(graph.claims), "claims", "claims.html"),
        (len(graph.evidence), "results for or against them", "claims.html"),
        (len(graph.studies), "studies", "studies.html"),
        (len(graph.sources), "sources", "sources.html"),
        (len(graph.entities), "entities", "entities.html"),
        (len(graph.mechanisms), "mechanisms", "mechanisms.html"),
        (len(graph.conflicts), "conflicts", "conflicts.html"),
    )


def _verdict_row(group: ClaimGroup) -> VerdictRow:
    told = [line.certainty for line in group.claims]
    by_certainty = tuple(told.count(certainty) for certainty in CERTAINTIES)
    return VerdictRow(group.claims[0].verdict, len(told), by_certainty)


def _most_named(shelf: Shelf) -> tuple[Link, ...]:
    """The things that most claims are about."""
    sizes = {iri: len(claims) for iri, claims in shelf.claims_of_entity.items()}
    chosen = sorted(
        (iri for iri in shelf.graph.entities if iri in sizes), key=lambda iri: (-sizes[iri], iri)
    )
    return tuple(
        shelf.link("entities", iri, counted(sizes[iri], "claim")) for iri in chosen[:MOST_NAMED]
    )


def _spoken(shelf: Shelf, document: str) -> tuple[tuple[str, int], ...]:
    passages = shelf.passages_of_document.get(document, ())
    return verdict_counts(tuple(x for p in passages for x in shelf.lines(p.asserts)))


def _claims_page(shelf: Shelf) -> ClaimsPage:
    return ClaimsPage(
        frame=_list_frame(shelf, "claims"),
        title="claims",
        groups=grouped_by_verdict(shelf.lines(shelf.graph.claims)),
    )


def _links_page(shelf: Shelf, title: str, links: Iterable[tuple[str, Link]]) -> LinksPage:
    groups: dict[str, list[Link]] = {}
    for heading, link in links:
        groups.setdefault(heading, []).append(link)
    return LinksPage(
        frame=_list_frame(shelf, title),
        title=title,
        groups=tuple(
            LinkGroup(heading, tuple(sorted(inside, key=lambda x: (x.label.casefold(), x.address))))
            for heading, inside in sorted(groups.items())
        ),
    )


def _list_frame(shelf: Shelf, title: str) -> Frame:
    description = f"Every page of the {title} of this graph."
    about = metadata.web_page("", title, description)
    return shelf.frame(f"{title}.html", title, f"All {title}", description, about)


def _without_title(source: Source) -> str:
    return ". ".join(filter(None, (source.authors, source.year, source.container)))


def _claims_of(shelf: Shelf, iri: str) -> str:
    about = {claim.iri for claim in shelf.claims_of_entity.get(iri, ())}
    limited = {claim.iri for claim in shelf.claims_limited_to.get(iri, ())}
    return counted(len(about | limited), "claim")


def _results_of(items: Iterable[object]) -> str:
    return counted(len(tuple(items)), "result")


def _meanings(shelf: Shelf, scheme: str, order: Iterable[str]) -> tuple[tuple[str, str], ...]:
    graph = shelf.graph
    concepts = graph.subjects_of(terms.IN_SCHEME, terms.kg(scheme))
    meant = {
        graph.label(iri): min(graph.records[iri].get(terms.DEFINITION, [""])) for iri in concepts
    }
    return tuple((word, meant.get(word, "")) for word in order)
