"""The audit page: a document held against the evidence, as one file to read or to print.

    page_of(audit)      what the page shows: `AuditPage`, the context of its template
    html_of(page)       the page itself, as bytes

The body is the macro `report` in `templates/audit-report.html`, so that another page can
show the same report inside its own frame. No script runs and nothing is loaded. Colours are
in `static/theme.css`, everything else of the looks in `static/audit.css`.
"""

from dataclasses import dataclass
from urllib.parse import quote

from kg.audit.types import Audit, Judgement
from kg.audit.words import lines_named, side_words
from kg.citing import identifiers_of, web_address
from kg.model import Passage, Source
from kg.pages.parts import Assembly, Part, assembled, static_text
from kg.pages.rendering import environment, rendered

__all__ = ["FILTERS", "AuditPage", "address_of", "anchor_of", "html_of", "page_of"]


@dataclass(frozen=True, slots=True)
class AuditPage:
    """The context of `templates/audit.html`: every field is a variable of the template."""

    parts: Assembly
    audit: Audit
    judgements: tuple[Judgement, ...]


def page_of(audit: Audit) -> AuditPage:
    """The page of an audit."""
    return AuditPage(
        parts=assembled([Part(styles=static_text("theme.css", "audit.css"))]),
        audit=audit,
        judgements=tuple(Judgement),
    )


def html_of(page: AuditPage) -> bytes:
    """The page as one HTML file."""
    environment().filters.update(FILTERS)
    return rendered("audit.html", page)


def address_of(source: Source | None) -> str:
    """Where the source can be read: by identifier before by page; empty where nowhere is safe."""
    if source is None:
        return ""
    named = (address for _, address in identifiers_of(source) if address)
    return next(named, "") or web_address(source.url)


def anchor_of(passage: Passage) -> str:
    """The name of the place of a passage in the page: the last part of its IRI."""
    return "passage-" + quote(passage.iri.rpartition("/")[2], safe="-_.")


FILTERS = {
    "address": address_of,
    "anchor": anchor_of,
    "lines": lines_named,
    "side_words": side_words,
    "slug": lambda words: str(words).replace(" ", "-"),
}
