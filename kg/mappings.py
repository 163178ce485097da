"""The table of standard identifiers as triples, so that a rule can ask it.

    ent:vegf  VEGF  skos:exactMatch  hgnc:12680  VEGFA …       a line of mappings.sssom.tsv
         │
         ▼
    row 412   owl:annotatedSource ent:vegf ; owl:annotatedProperty skos:exactMatch ;
              owl:annotatedTarget hgnc:12680 ; sssom:object_label "VEGFA" .

This is the RDF form of SSSOM, without what no rule reads. A row is named after its line, so
that a finding can point at it: `line_of` gives the line back. Whether the whole table is valid
SSSOM is for `sssom-py`, in the tests.
"""

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from kg import resources, terms
from kg.errors import DataError

__all__ = ["line_of", "triples"]

ROW = "urn:kg-mapping-row:"
COLUMNS = ("subject_id", "predicate_id", "object_id", "object_label")
CURIE = re.compile(r'#\s+(?P<prefix>[\w.-]+):\s*"(?P<namespace>[^"]+)"\s*')
SOURCE = ox.NamedNode(terms.PREFIXES["owl"] + "annotatedSource")
PROPERTY = ox.NamedNode(terms.PREFIXES["owl"] + "annotatedProperty")
TARGET = ox.NamedNode(terms.PREFIXES["owl"] + "annotatedTarget")
CALLED = ox.NamedNode("https://w3id.org/sssom/object_label")


@cache
def triples(path: Path = resources.MAPPINGS) -> tuple[ox.Triple, ...]:
    """Every row of a table; raises DataError at the line that cannot be read."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: cannot be read ({error}).") from error
    head = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    matches = filter(None, map(CURIE.fullmatch, lines[:head]))
    prefixes = {match["prefix"]: match["namespace"] for match in matches}
    return tuple(_triples(path, lines, head, prefixes))


def line_of(iri: str) -> int:
    """The line of the table that a row stands on; 0 for what is no row."""
    return int(iri.removeprefix(ROW)) if iri.startswith(ROW) else 0


def _triples(
    path: Path, lines: list[str], head: int, prefixes: dict[str, str]
) -> Iterator[ox.Triple]:
    rows = csv.DictReader(lines[head:], delimiter="\t", quoting=csv.QUOTE_NONE)
    missing = [column for column in COLUMNS if column not in (rows.fieldnames or ())]
    if missing:
        raise DataError(f"{path}:{head + 1}:1: the table has no column {', '.join(missing)}.")
    for number, row in enumerate(rows, start=head + 2):
        name = ox.NamedNode(f"{ROW}{number}")
        for predicate, column in zip((SOURCE, PROPERTY, TARGET), COLUMNS[:3], strict=True):
            prefix, colon, local = (row[column] or "").partition(":")
            if not colon or prefix not in prefixes:
                raise DataError(
                    f"{path}:{number}:1: {column} is {row[column]!r}; "
                    "it must be a CURIE with a prefix of the table's curie_map."
                )
            yield ox.Triple(name, predicate, ox.NamedNode(prefixes[prefix] + local))
        if row["object_label"]:
            yield ox.Triple(name, CALLED, ox.Literal(row["object_label"]))
