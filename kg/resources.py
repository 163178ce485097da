"""Where the files that travel with the package are.

In a checkout they lie in `ontology/` and `data/` beside `kg/`; in a wheel they are
inside the package, where the build puts them. Nothing else in kg builds such a path.
"""

from pathlib import Path

PACKAGE = Path(__file__).parent
QUERIES = PACKAGE / "queries"
RULES = PACKAGE / "rules"
TEMPLATES = PACKAGE / "pages" / "templates"
STATIC = PACKAGE / "pages" / "static"


def _home(folder: str) -> Path:
    inside = PACKAGE / folder
    return inside if inside.is_dir() else PACKAGE.parent / folder


TRIPLES = _home("data") / "triples.ttl"
ONTOLOGY = _home("ontology") / "hairkg.ttl"
SHAPES = _home("ontology") / "shapes.ttl"
APPRAISAL = _home("ontology") / "appraisal.ttl"
MAPPINGS = _home("ontology") / "mappings.sssom.tsv"
