"""hairkg: a knowledge graph of mechanisms and evidence for hair biology and hair loss.

    import kg
    g = kg.load()                      the bundled graph, or a path
    g.entity("VEGF"), g.claim("...")   domain values, see kg.model
    g.appraisals[claim.iri]            verdict, certainty and reasons
    g.query("SELECT ...")              SPARQL; our prefixes are known
    g.rdflib(), g.networkx()           the same graph in other tools

The command line is in `kg.cli`. Not medical advice.
"""

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.model import Grading

__all__ = ["__version__", "load"]
__version__ = "0.1.0"


def load(
    where: str | os.PathLike[str] | None = None, *, grading: "Grading | None" = None
) -> "Graph":
    """Load a Turtle file or a store folder; the bundled graph when nothing is given.

    `grading` says how evidence weighs (`kg.grading.read_grading`).
    Raises kg.errors.DataError where the file is missing or wrong.
    """
    from kg.graph import Graph  # noqa: PLC0415 - `import kg` stays instant
    from kg.store import open_store  # noqa: PLC0415 - the same

    return Graph(open_store(where), grading)
