r"""The search index of the site: every page by its names, as one script that is loaded on demand.

    globalThis.hairkgIndex = {"kinds": [["entity", "entity/"], …],
                              "pages": [[0, "VEGF", "vegf", "VEGFA\nHGNC:12680"], …]}

A page is its kind, its label, its file without `.html`, and what else it is known by.
It is a script because a page from `file://` may load a script beside it and nothing else.
Ranking is in `static/site/site.js`; things come first here that should win between equals.
"""

from collections.abc import Iterable, Iterator, Mapping

from kg import terms
from kg.model import Entity, Source, Study
from kg.pages.addresses import FOLDERS, slug_of
from kg.pages.parts import json_markup
from kg.pages.views.site.shelf import Shelf
from kg.results import printable

__all__ = ["search_index", "search_script"]

KINDS = (
    ("entities", "entity"),
    ("claims", "claim"),
    ("mechanisms", "mechanism"),
    ("studies", "study"),
    ("sources", "source"),
    ("conflicts", "conflict"),
    ("documents", "document"),
    ("passages", "passage"),
)
LONGEST_NAME = 400


def search_script(shelf: Shelf) -> bytes:
    """The index as a script, with JSON that no text can leave."""
    return f"globalThis.hairkgIndex = {json_markup(search_index(shelf))};\n".encode()


def search_index(shelf: Shelf) -> dict[str, object]:
    """Every page by its names."""
    return {
        "kinds": [[word, f"{FOLDERS[kind]}/"] for kind, word in KINDS],
        "pages": [
            page for number, (kind, _) in enumerate(KINDS) for page in _pages(shelf, number, kind)
        ],
    }


def _pages(shelf: Shelf, number: int, kind: str) -> Iterator[list[object]]:
    things: Mapping[str, object] = getattr(shelf.graph, kind)
    for iri, thing in things.items():
        label = shelf.graph.names.title(iri)
        if kind == "passages":
            label = shelf.graph.passages[iri].paraphrase
        also = "\n".join(name[:LONGEST_NAME] for name in _also(thing))
        yield [number, printable(label[:LONGEST_NAME]), slug_of(kind, iri), also]


def _also(thing: object) -> Iterable[str]:
    if isinstance(thing, Entity):
        return (*thing.synonyms, *map(terms.curie, thing.exact_matches))
    if isinstance(thing, Source):
        numbers = (thing.doi, thing.pmid, thing.pmcid, thing.registry_id, thing.other_identifier)
        return (thing.authors, thing.year, *filter(None, numbers))
    if isinstance(thing, Study):
        return tuple(filter(None, (thing.registry_id,)))
    return ()
