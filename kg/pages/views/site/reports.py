"""The audit of a document and the map of what was studied, in the frame of the site.

What they show is put together in `kg/pages/views/audit.py` and `kg/pages/views/gaps.py`, and
stands in their templates; here they get the frame, and links to the pages of the claims.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from kg.audit import Audit, audit_of
from kg.audit.types import Judgement
from kg.gaps import GapMap, Population, Slice
from kg.model import ClaimKind
from kg.pages.addresses import address_of, audit_address
from kg.pages.rendering import environment
from kg.pages.views.audit import FILTERS
from kg.pages.views.gaps import GapsPage, page_of
from kg.pages.views.site import metadata
from kg.pages.views.site.parts import Frame, Link
from kg.pages.views.site.shelf import Shelf

__all__ = ["AuditInSite", "GapsInSite", "audit_page", "gaps_page"]

environment().filters.update(FILTERS)  # the macros of the report are written with them


@dataclass(frozen=True, slots=True)
class AuditInSite:
    """The context of `site/audit.html`. `link_of` leads from the IRI of a claim to its page."""

    template: ClassVar[str] = "site/audit.html"

    frame: Frame
    document: Link
    audit: Audit
    judgements: tuple[Judgement, ...]
    link_of: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class GapsInSite:
    """The context of `site/gaps.html`."""

    template: ClassVar[str] = "site/gaps.html"

    frame: Frame
    gaps: GapsPage


def audit_page(shelf: Shelf, iri: str, day: date) -> AuditInSite:
    """The document held against the evidence; promises are late or not as of that day."""
    document = shelf.graph.documents[iri]
    title, about = f"Audit: {document.label}", "Each statement beside the evidence on it."
    frame = shelf.frame(
        audit_address(iri),
        "audit",
        title,
        about,
        metadata.web_page(iri, title, about),
        iri,
        style="audit",
    )
    return AuditInSite(
        frame=frame,
        document=shelf.link("documents", iri),
        audit=audit_of(shelf.graph, document, day),
        judgements=tuple(Judgement),
        link_of=lambda claim: frame.root + address_of("claims", claim),
    )


def gaps_page(shelf: Shelf) -> GapsInSite:
    """Every treatment and every outcome: in whom, by which design, and what was seen."""
    graph = shelf.graph
    gap_map = GapMap(
        graph.claims,
        graph.entities,
        graph.passages.values(),
        graph.grading,
        ClaimKind.TREATMENT,
    )
    start = Slice(Population.ANY)
    rows, columns = gap_map.treatments, gap_map.outcomes
    gaps = page_of(graph, gap_map, rows, columns, start, lambda claim: address_of("claims", claim))
    about = metadata.web_page("", gaps.title, gaps.subtitle)
    frame = shelf.frame("gaps.html", "gaps", gaps.title, gaps.subtitle, about, style="gaps")
    return GapsInSite(frame=frame, gaps=gaps)
