"""Query answers as text: a table for people, CSV, TSV, JSON and XML for machines, RDF for CONSTRUCT.

The machine forms are the W3C ones, written by the engine and exact.
The table shortens IRIs to our prefixes and shows control characters as escapes, so that
no text of the graph can move the cursor or colour the terminal.
"""

import unicodedata
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg import terms
from kg.store import Table, Term

__all__ = ["GRAPH_FORMATS", "TABLE_FORMATS", "counted", "graph_text", "printable", "table_text"]

TABLE_FORMATS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
GRAPH_FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
WIDEST_COLUMN = 60
INVISIBLE = {"Cc", "Cf", "Zl", "Zp"}


def table_text(table: Table, width: int | None = None) -> Iterator[str]:
    """Lines of an aligned table; cells longer than a share of `width` are cut, unless it is None."""
    rows = [[_cell(term) for term in row] for row in table]
    widths = [
        max([len(name), *(len(row[column]) for row in rows)])
        for column, name in enumerate(table.columns)
    ]
    if width is not None:
        widths = _fitted(widths, width)
    yield _line(table.columns, widths)
    yield "  ".join("─" * w for w in widths)
    for row in rows:
        yield _line(row, widths)


def graph_text(triples: Iterable[ox.Triple], form: str) -> bytes:
    """Triples in an RDF syntax, with our prefixes where the syntax has any."""
    written = ox.serialize(triples, format=GRAPH_FORMATS[form], prefixes=terms.PREFIXES)
    return written or b""


def counted(number: int, noun: str) -> str:
    """`1 study`, `2 studies`, `3 claims`."""
    if number == 1:
        return f"{number} {noun}"
    return f"{number} {noun[:-1]}ies" if noun.endswith("y") else f"{number} {noun}s"


def printable(text: str) -> str:
    """The text with control, direction and line characters as visible escapes."""
    if text.isprintable():  # the usual case, and much faster to tell
        return text
    return "".join(
        f"\\u{{{ord(char):x}}}" if unicodedata.category(char) in INVISIBLE else char
        for char in text
    )


def _cell(term: Term | None) -> str:
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        return printable(terms.shortened(term.value))
    return printable(term.value if isinstance(term, ox.Literal) else str(term))


def _fitted(widths: list[int], width: int) -> list[int]:
    """Narrow the widest columns until the line fits."""
    gaps = 2 * (len(widths) - 1)
    fitted = list(widths)
    while sum(fitted) + gaps > width and max(fitted) > 8:  # noqa: PLR2004 - below 8 a cell says nothing
        widest = fitted.index(max(fitted))
        fitted[widest] -= 1
    return fitted


def _line(cells: Iterable[str], widths: list[int]) -> str:
    shown = (
        cell if len(cell) <= width else cell[: width - 1] + "…"
        for cell, width in zip(cells, widths, strict=True)
    )
    return "  ".join(f"{cell:<{width}}" for cell, width in zip(shown, widths, strict=True)).rstrip()
