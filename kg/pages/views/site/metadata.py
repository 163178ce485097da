"""What the pages tell machines: JSON-LD in the words of schema.org.

    index    Dataset          claim    ClaimReview      study    MedicalStudy, or the trial
    entity   DefinedTerm      source   ScholarlyArticle …        or observation that it is

A claim review carries the verdict in words and no rating in numbers: no single number is
published for how true a claim is. Its text always has the studies on both sides.
"""

from collections.abc import Iterable, Mapping

from kg import __version__, terms
from kg.citing import identifiers_of, web_address
from kg.model import Appraisal, Claim, Direction, Document, Entity, Passage, Source, Study
from kg.results import counted

__all__ = [
    "claim_review",
    "dataset",
    "defined_term",
    "document_work",
    "medical_study",
    "source_work",
    "web_page",
]

Json = dict[str, object]

CONTEXT = "https://schema.org"
SCHEMA = terms.PREFIXES["schema"]
US = {"@type": "Organization", "name": "hairkg"}
TRIALS = {"randomised controlled trial": "RandomizedTrial", "single-arm trial": "OpenTrial"}
OBSERVATIONS = {
    "cohort": "CohortStudy",
    "case series": "CaseSeries",
    "case report": "CaseSeries",
    "cross-sectional study": "CrossSectional",
    "case-control study": "Observational",
}
WORKS = {
    "journal article": "ScholarlyArticle",
    "letter": "ScholarlyArticle",
    "preprint": "ScholarlyArticle",
    "news report": "NewsArticle",
    "web page": "WebPage",
    "product page": "WebPage",
    "book chapter": "Chapter",
    "guideline": "Report",
    "regulatory notice": "Report",
}


def dataset(record: Mapping[str, list[str]], iri: str, counts: Iterable[tuple[int, str]]) -> Json:
    """The whole graph."""
    size = ", ".join(f"{number:,} {noun}" for number, noun in counts)
    return _filled(
        type_="Dataset",
        id_=iri,
        name=_first(record, terms.LABEL) or "hairkg",
        description=_first(record, terms.DEFINITION),
        license=web_address(_first(record, terms.LICENCE)),
        dateModified=_first(record, terms.MODIFIED),
        version=__version__,
        size=size,
        isAccessibleForFree=True,
        inLanguage="en",
        creator=US,
        keywords=["hair biology", "hair loss", "alopecia", "mechanisms", "evidence"],
        measurementTechnique="appraisal of published evidence for and against each claim",
    )


def claim_review(
    claim: Claim,
    appraisal: Appraisal,
    said_in: Iterable[tuple[Document, Passage]],
    published: str,
) -> Json:
    """The claim, what the evidence on it comes to, and who says it."""
    appearances = {document.iri: document for document, _ in said_in}.values()
    works = {item.source.iri: item.source for item in claim.evidence if item.source}
    return _filled(
        type_="ClaimReview",
        id_=f"{claim.iri}#review",
        claimReviewed=claim.label,
        datePublished=published,
        inLanguage="en",
        author=US,
        itemReviewed=_part(
            type_="Claim",
            id_=claim.iri,
            name=claim.label,
            appearance=[_part("CreativeWork", d.iri, name=d.label) for d in appearances],
            about=[_part("Thing", e.iri, name=e.label) for e in (claim.subject, claim.object)],
        ),
        reviewRating=_part(
            type_="Rating",
            alternateName=appraisal.words,
            ratingExplanation=" ".join(appraisal.reasons),
        ),
        reviewBody=f"{appraisal.words}. {_both_sides(claim)}.",
        citation=[_cited(source) for source in works.values()],
    )


def medical_study(study: Study) -> Json:
    """The study, as the kind of study that schema.org has for its design."""
    trial = next((TRIALS[d] for d in study.designs if d in TRIALS), "")
    observation = next((OBSERVATIONS[d] for d in study.designs if d in OBSERVATIONS), "")
    kind = "MedicalTrial" if trial else "MedicalObservationalStudy" if observation else ""
    return _filled(
        type_=kind or "MedicalStudy",
        id_=study.iri,
        name=study.label,
        description=_study_in_words(study),
        identifier=study.registry_id,
        status=study.registry_status,
        trialDesign=SCHEMA + trial if trial else "",
        studyDesign=SCHEMA + observation if observation and not trial else "",
        sponsor=_part("Organization", name=study.funder) if study.funder else "",
        subjectOf=[_cited(source) for source in study.sources],
    )


def source_work(source: Source) -> Json:
    """The document."""
    return {"@context": CONTEXT, **_work(source)}


def defined_term(entity: Entity) -> Json:
    """The entity, with what it is called elsewhere."""
    return _filled(
        type_="DefinedTerm",
        id_=entity.iri,
        name=entity.label,
        description=entity.definition,
        alternateName=list(entity.synonyms),
        sameAs=list(filter(None, map(web_address, entity.exact_matches))),
    )


def document_work(document: Document) -> Json:
    """A text that makes statements to the public."""
    return _filled(
        type_="CreativeWork", id_=document.iri, name=document.label, description=document.definition
    )


def web_page(iri: str, name: str, description: str) -> Json:
    """Anything that schema.org has no better word for."""
    about = _part("Thing", iri, name=name) if iri else ""
    return _filled(type_="WebPage", name=name, description=description, about=about)


def _work(source: Source) -> Json:
    container = _part("CreativeWork", name=source.container) if source.container else ""
    return _part(
        type_=WORKS.get(source.kind, "CreativeWork"),
        id_=source.iri,
        name=source.title,
        author=source.authors and [_part("Person", name=n) for n in _names(source.authors)],
        datePublished=source.year,
        isPartOf=container,
        identifier=[text for text, _ in identifiers_of(source)],
        sameAs=[address for _, address in identifiers_of(source) if address],
        url=web_address(source.url),
    )


def _cited(source: Source) -> Json:
    """A work as it is cited by another: enough to find it."""
    work = _work(source)
    return {key: work[key] for key in ("@type", "@id", "name", "sameAs") if key in work}


def _names(authors: str) -> list[str]:
    names = (name.strip().rstrip(".") for name in authors.split(";"))
    return [name for name in names if name and name != "et al"]


def _study_in_words(study: Study) -> str:
    people = f"{study.participants:,} participants" if study.participants else ""
    return "; ".join(filter(None, (*study.designs, ", ".join(study.organisms), people)))


def _both_sides(claim: Claim) -> str:
    supports, disputes, undecided = (len(claim.studies(direction)) for direction in Direction)
    return f"{counted(supports, 'study')} for, {disputes} against, {undecided} inconclusive"


def _filled(type_: str, id_: str = "", **said: object) -> Json:
    return {"@context": CONTEXT, **_part(type_, id_, **said)}


def _part(type_: str, id_: str = "", **said: object) -> Json:
    """A thing of schema.org without the properties that say nothing; names only IRIs of ours."""
    named = {"@id": id_} if web_address(id_) else {}
    return {"@type": type_, **named, **{k: v for k, v in said.items() if v not in ("", [])}}


def _first(record: Mapping[str, list[str]], predicate: str) -> str:
    return min(record.get(predicate, [""]))
