"""The pages of what was read: studies, sources, documents and their passages.

Pages of studies and sources show what rests on them: every claim with its verdict, and
what they brought for it or against it. A document only says; what it says is shown with
the verdict on each claim, and never as evidence.
"""

import textwrap
from collections import Counter
from dataclasses import dataclass
from typing import ClassVar

from kg.citing import registry_address
from kg.model import Passage, Source, Study
from kg.pages.addresses import address_of, audit_address
from kg.pages.views.site import metadata
from kg.pages.views.site.parts import (
    READING_ORDER,
    ClaimLine,
    Frame,
    Link,
    PassageLine,
    Resting,
    WebLink,
)
from kg.pages.views.site.shelf import Shelf, claims_in_explorer, doubt_about, source_links

__all__ = [
    "DocumentPage",
    "PassagePage",
    "SourceLine",
    "SourcePage",
    "StudyPage",
    "document_page",
    "passage_page",
    "source_page",
    "study_page",
    "verdict_counts",
]

LONGEST_LABEL = 80


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source as it is cited, with what to look it up by."""

    link: Link
    citation: str
    identifiers: tuple[WebLink, ...]
    doubt: str


@dataclass(frozen=True, slots=True)
class StudyPage:
    """The context of `site/study.html`. `resting` are the claims that it speaks to."""

    template: ClassVar[str] = "site/study.html"

    frame: Frame
    label: str
    facts: tuple[tuple[str, str], ...]
    registry: WebLink | None
    interests: tuple[str, ...]
    has_conflict_of_interest: bool
    sources: tuple[SourceLine, ...]
    reviews: tuple[Link, ...]
    reviewed_by: tuple[Link, ...]
    resting: tuple[Resting, ...]


@dataclass(frozen=True, slots=True)
class SourcePage:
    """The context of `site/source.html`. `doubt` is a retraction or the like, if there is one."""

    template: ClassVar[str] = "site/source.html"

    frame: Frame
    title: str
    kind: str
    citation: str
    identifiers: tuple[WebLink, ...]
    retraction: str
    doubt: str
    facts: tuple[tuple[str, str], ...]
    unverified: tuple[str, ...]
    studies: tuple[Link, ...]
    resting: tuple[Resting, ...]


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """The context of `site/document.html`. `verdicts` counts the claims that it makes."""

    template: ClassVar[str] = "site/document.html"

    frame: Frame
    label: str
    definition: str
    interests: tuple[str, ...]
    verdicts: tuple[tuple[str, int], ...]
    audit: Link
    passages: tuple[PassageLine, ...]


@dataclass(frozen=True, slots=True)
class PassagePage:
    """The context of `site/passage.html`."""

    template: ClassVar[str] = "site/passage.html"

    frame: Frame
    document: Link
    passage: PassageLine
    cites_source: bool
    remark: str
    before: Link | None
    after: Link | None


def study_page(shelf: Shelf, iri: str) -> StudyPage:
    """A study, where it is reported, and what rests on it."""
    study = shelf.graph.studies[iri]
    return StudyPage(
        frame=shelf.frame(
            address_of("studies", iri),
            "study",
            study.label,
            ", ".join(study.designs),
            metadata.medical_study(study),
            iri,
            claims_in_explorer(shelf.items_of_study.get(iri, ())),
        ),
        label=study.label,
        facts=tuple((name, value) for name, value in _study_facts(shelf, study).items() if value),
        registry=_registry(study.registry_id),
        interests=study.interests,
        has_conflict_of_interest=study.has_conflict_of_interest,
        sources=tuple(_source_line(shelf, source) for source in study.sources),
        reviews=shelf.links("studies", study.reviews),
        reviewed_by=shelf.links("studies", (s.iri for s in shelf.reviews_of_study.get(iri, ()))),
        resting=shelf.resting(shelf.items_of_study.get(iri, ())),
    )


def source_page(shelf: Shelf, iri: str) -> SourcePage:
    """A document that reports results, and what rests on it."""
    source = shelf.graph.sources[iri]
    return SourcePage(
        frame=shelf.frame(
            address_of("sources", iri),
            "source",
            source.title,
            source.reference,
            metadata.source_work(source),
            iri,
            claims_in_explorer(shelf.items_of_source.get(iri, ())),
        ),
        title=source.title,
        kind=source.kind,
        citation=source.reference,
        identifiers=source_links(source),
        retraction=source.retraction,
        doubt=doubt_about(source),
        facts=tuple((name, value) for name, value in _source_facts(shelf, iri).items() if value),
        unverified=source.unverified,
        studies=shelf.links("studies", (s.iri for s in shelf.studies_of_source.get(iri, ()))),
        resting=shelf.resting(shelf.items_of_source.get(iri, ())),
    )


def document_page(shelf: Shelf, iri: str) -> DocumentPage:
    """A text for the public, passage by passage."""
    document = shelf.graph.documents[iri]
    passages = tuple(map(shelf.passage_line, shelf.passages_of_document.get(iri, ())))
    return DocumentPage(
        frame=shelf.frame(
            address_of("documents", iri),
            "document",
            document.label,
            document.definition,
            metadata.document_work(document),
            iri,
        ),
        label=document.label,
        definition=document.definition,
        interests=document.interests,
        verdicts=_verdicts(passages),
        audit=Link("Audit", audit_address(iri)),
        passages=passages,
    )


def passage_page(shelf: Shelf, iri: str) -> PassagePage:
    """One statement of a document, with the claims that it makes."""
    passage = shelf.graph.passages[iri]
    line = shelf.passage_line(passage)
    around = shelf.passages_of_document[passage.document]
    here = around.index(passage)
    return PassagePage(
        frame=shelf.frame(
            address_of("passages", iri),
            "document",
            passage.paraphrase,
            f"{shelf.graph.label(passage.document)}, {line.place}",
            metadata.web_page(iri, passage.paraphrase, line.place),
            iri,
            (("claims", claim) for claim in passage.asserts),
        ),
        document=shelf.link("documents", passage.document),
        passage=line,
        cites_source=passage.cites_source,
        remark=passage.remark,
        before=_place(around[here - 1]) if here else None,
        after=_place(around[here + 1]) if here + 1 < len(around) else None,
    )


def verdict_counts(lines: tuple[ClaimLine, ...]) -> tuple[tuple[str, int], ...]:
    """How many of the claims have each verdict, each claim once."""
    counts = Counter(line.verdict for line in set(lines))
    return tuple((str(verdict), counts[verdict]) for verdict in READING_ORDER if counts[verdict])


def _verdicts(passages: tuple[PassageLine, ...]) -> tuple[tuple[str, int], ...]:
    said = (dict(passage.stances).get("says", ()) for passage in passages)
    return verdict_counts(tuple(line for lines in said for line in lines))


def _study_facts(shelf: Shelf, study: Study) -> dict[str, str]:
    return {
        "Design": ", ".join(study.designs),
        "Organism": ", ".join(study.organisms),
        "Participants": f"{study.participants:,}" if study.participants is not None else "",
        "Cohort": study.cohort,
        "Funder": study.funder,
        "Status": study.registry_status,
        "Started": shelf.said(study.iri, "started"),
        "Planned to end": shelf.said(study.iri, "plannedCompletion"),
        "Registry updated": shelf.said(study.iri, "registryUpdated"),
        "Status checked": shelf.said(study.iri, "statusCheckedOn"),
    }


def _source_facts(shelf: Shelf, iri: str) -> dict[str, str]:
    return {
        "Volume": shelf.said(iri, "volume"),
        "Pages": shelf.said(iri, "pages"),
        "Retraction checked": shelf.said(iri, "retractionCheckedOn"),
    }


def _registry(number: str) -> WebLink | None:
    return WebLink(number, registry_address(number)) if number else None


def _source_line(shelf: Shelf, source: Source) -> SourceLine:
    return SourceLine(
        link=shelf.link("sources", source.iri),
        citation=source.reference,
        identifiers=source_links(source),
        doubt=doubt_about(source),
    )


def _place(passage: Passage) -> Link:
    words = textwrap.shorten(passage.paraphrase, LONGEST_LABEL, placeholder=" …")
    return Link(words or f"line {passage.line}", address_of("passages", passage.iri))
