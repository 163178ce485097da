"""The site: a page for every entity, claim, study, source, mechanism, document and conflict.

    files_of(graph)      every file of the site, by its address, as bytes
    page_at(shelf, …)    one page, as a server would show it

    shelf.py      the graph with the ways back from each thing
    parts.py      what many pages show: links, claims as lines, results as cards
    claims.py, things.py, readings.py, lists.py, reports.py      the pages
    metadata.py   schema.org;  search.py   the index that the search box reads

Addresses are those of `kg/pages/addresses.py`; templates know no folder and no file.
A new kind of page is a dataclass with its template, a function in `PAGES`, and a line in
`kg/pages/addresses.py`.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import ClassVar, Protocol

from kg import terms
from kg.graph import Graph
from kg.pages.addresses import FOLDERS, address_of, audit_address
from kg.pages.parts import Part, static_text
from kg.pages.rendering import rendered
from kg.pages.views.site.claims import claim_page
from kg.pages.views.site.lists import index_page, list_pages, reading_page
from kg.pages.views.site.readings import document_page, passage_page, source_page, study_page
from kg.pages.views.site.reports import audit_page, gaps_page
from kg.pages.views.site.search import search_script
from kg.pages.views.site.shelf import Shelf
from kg.pages.views.site.things import conflict_page, entity_page, mechanism_page

__all__ = ["PAGES", "Page", "day_of", "files_of", "page_at"]

SELECTABLE = ("entities", "claims", "mechanisms")
ASSETS = {
    "frame.css": ("theme.css", "site/frame.css"),
    "site.css": ("site/site.css",),
    "audit.css": ("audit.css",),
    "gaps.css": ("gaps/gaps.css",),
    "site.js": ("site/site.js",),
    "gaps.js": ("gaps/gaps.js",),
}


class Page(Protocol):
    """The context of a template, which it names."""

    template: ClassVar[str]


PAGES: Mapping[str, Callable[[Shelf, str], Page]] = {
    "claims": claim_page,
    "entities": entity_page,
    "studies": study_page,
    "sources": source_page,
    "mechanisms": mechanism_page,
    "documents": document_page,
    "passages": passage_page,
    "conflicts": conflict_page,
}


def files_of(graph: Graph, day: date) -> Iterator[tuple[str, bytes]]:
    """Every file of the site by its address, one at a time; audits are as of that day."""
    shelf = Shelf(graph)
    for name, sources in ASSETS.items():
        yield f"assets/{name}", "".join(static_text(*sources)).encode()
    yield "assets/search-index.js", search_script(shelf)
    yield "explore.html", _explorer(graph)
    front: Mapping[str, Page] = {
        "index.html": index_page(shelf),
        "reading.html": reading_page(shelf),
        "gaps.html": gaps_page(shelf),
        **list_pages(shelf),
        **{audit_address(iri): audit_page(shelf, iri, day) for iri in graph.documents},
    }
    for address, page in front.items():
        yield address, rendered(page.template, page)
    for kind in FOLDERS:
        for iri in getattr(graph, kind):
            yield address_of(kind, iri), page_at(shelf, kind, iri)


def day_of(graph: Graph) -> date:
    """The day on which the data were changed last, as they say; today where they do not."""
    said = min(graph.records.get(terms.DATASET, {}).get(terms.MODIFIED, [""]))
    try:
        return date.fromisoformat(said)
    except ValueError:
        return date.today()


def page_at(shelf: Shelf, kind: str, iri: str) -> bytes:
    """The page of one thing."""
    page = PAGES[kind](shelf, iri)
    return rendered(page.template, page)


def _explorer(graph: Graph) -> bytes:
    """The explorer of `kg explore`, with a part that leads from each panel to its page."""
    # Late: with their libraries these cost a second.
    from kg.pages.views import explore  # noqa: PLC0415 - see above
    from kg.pages.views.ask import ask_part  # noqa: PLC0415 - see above
    from kg.pages.views.webgl import webgl_parts  # noqa: PLC0415 - see above

    addresses = {
        terms.shortened(iri): address_of(kind, iri)
        for kind in SELECTABLE
        for iri in getattr(graph, kind)
    }
    back = Part(scripts=static_text("site/explorer.js"), packed={"site": addresses})
    parts = [ask_part(graph), *webgl_parts(graph), back]
    return explore.html_of(explore.page_of(graph, parts=parts))
