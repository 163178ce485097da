"""The picture of thousands of claims: a WebGL renderer that joins the explorer page.

    webgl_parts(graph)      the part, or none where the graph has too few claims for it

It draws what vis-network draws slowly; why Sigma, and from how many claims on, is in
`docs/decisions/0011-asking-and-webgl.md`. What it draws is in `static/webgl.js`.
"""

from kg.graph import Graph
from kg.pages.parts import Part, static_text, vendored

__all__ = ["FEWEST_CLAIMS", "webgl_parts"]

FEWEST_CLAIMS = 3_000


def webgl_parts(graph: Graph, fewest: int = FEWEST_CLAIMS) -> tuple[Part, ...]:
    """What a page needs that can show more claims at once than vis-network draws in a second."""
    if len(graph.claims) < fewest:
        return ()
    library = vendored("sigma")
    return (
        Part(
            scripts=(*library.scripts, *static_text("webgl.js")),
            data={"webgl-from": fewest},
            libraries=library.libraries,
        ),
    )
