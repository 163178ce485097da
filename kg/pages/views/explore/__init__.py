"""The explorer page: the graph as a picture, a table and an evidence panel, in one file.

    page_of(graph, wish, parts)      what the page shows: `ExplorePage`, the context of its template
    html_of(page)                    the page itself, as bytes

    groups.py    classes that share a band, a colour and a shape
    choices.py   which claims a button shows, and the page opens with
    records.py   what the page knows of each thing, with verdicts
    links.py     the steps that paths may take
    picture.py   nodes, edges and places;  layout.py   the places themselves

One edge is one claim; the file carries every claim with all its evidence, and a `View`
says which claims a button shows. What moves is in `static/explore/`, one file per concern,
joined in the order of `SCRIPTS`; its global `Explorer` is documented in `explorer.js`.
Another module adds a tab by passing a `Part` whose script calls `Explorer.registerTab`.
Nothing here weighs evidence.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from kg import terms
from kg.graph import Graph
from kg.pages.parts import Assembly, Part, assembled, static_text, vendored
from kg.pages.rendering import rendered
from kg.pages.views.explore.choices import View, Wish, views_of
from kg.pages.views.explore.groups import GROUPS, Group
from kg.pages.views.explore.links import FIELDS, links_of
from kg.pages.views.explore.records import records_of, vocabulary_of

__all__ = ["GROUPS", "SCRIPTS", "ExplorePage", "Group", "View", "Wish", "html_of", "page_of"]

NOT_STATED = "not stated"
STYLES = ("theme.css", "explore/explore.css")
SCRIPTS = (
    "explorer",
    "texts",
    "dom",
    "data",
    "state",
    "paths",
    "visible",
    "looks",
    "places",
    "backdrop",
    "actions",
    "graph",
    "panel",
    "legend",
    "search",
    "table",
    "export",
    "keyboard",
    "page",
)


@dataclass(frozen=True, slots=True)
class ExplorePage:
    """The context of `templates/explore.html`: every field is a variable of the template."""

    parts: Assembly
    views: tuple[View, ...]
    start: View
    modified: str
    licence: str
    entity_count: int
    claim_count: int
    evidence_count: int


def page_of(graph: Graph, wish: Wish | None = None, parts: Iterable[Part] = ()) -> ExplorePage:
    """The page that opens with what was wished for; `parts` add features to it."""
    views = views_of(graph, wish or Wish())
    dataset = graph.records.get(terms.DATASET, {})
    modified = min(dataset.get(terms.MODIFIED, [NOT_STATED]))
    licence = min(dataset.get(terms.LICENCE, [NOT_STATED]))
    data = {**records_of(graph), **_picture(graph, views), "start": views[0].name}
    data["links"] = {"fields": FIELDS, "rows": links_of(graph)}
    data |= {"modified": modified, "licence": licence}
    data |= {"prefixes": terms.PREFIXES, "vocabulary": vocabulary_of(graph)}
    own = Part(
        scripts=static_text(*(f"explore/{name}.js" for name in SCRIPTS)),
        styles=static_text(*STYLES),
        packed={"data": data},
    )
    return ExplorePage(
        parts=assembled([vendored("vis-network"), own, *parts]),
        views=views,
        start=views[0],
        modified=modified,
        licence=licence,
        entity_count=len(graph.entities),
        claim_count=len(graph.claims),
        evidence_count=len(graph.evidence),
    )


def html_of(page: ExplorePage) -> bytes:
    """The page as one HTML file."""
    return rendered("explore.html", page)


def _picture(graph: Graph, views: tuple[View, ...]) -> dict[str, object]:
    from kg.pages.views.explore.picture import picture_of  # noqa: PLC0415 - networkx costs 0.8 s

    return picture_of(graph, views)
