"""The map of what was studied, as text, CSV and JSON; the page is in `kg/pages/views/gaps.py`.

    map_text(cells)      by treatment: what was seen, then what nobody looked at
    gaps_text(cells)     only the empty cells, the most promising first
    map_csv(cells)       one line per cell
    map_json(cells)      the same as data

Every form gives the studies against beside those for, and says where a cell is indirect.
"""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from kg import terms
from kg.gaps import Cell, Sight, Slice
from kg.results import counted, printable

__all__ = [
    "NOTICE",
    "cell_words",
    "gaps_text",
    "map_csv",
    "map_json",
    "map_text",
    "notes_of",
    "slice_words",
    "tally_words",
]

NOTICE = (
    "Never looked means: no result is recorded in this graph. It does not mean that none exists."
)
MOST_NAMED = 5
COLUMNS = (
    "treatment",
    "treatment_id",
    "outcome",
    "outcome_id",
    "outcome_class",
    "population",
    "design",
    "seen",
    "certainty",
    "indirect",
    "only_compared",
    "studies_for",
    "studies_against",
    "studies_inconclusive",
    "designs",
    "claims",
    "may_contain",
    "said_in",
    "registered",
    "seen_in",
)


def map_text(cells: Sequence[Cell]) -> str:
    """Slice by slice and treatment by treatment; cells come in that order.

    Treatments of which nothing at all is known are named together.
    """
    return "\n".join(map(printable, _map_lines(cells)))


def gaps_text(cells: Iterable[Cell]) -> str:
    """One line per empty cell, with what speaks for looking there."""
    empty = [cell for cell in cells if cell.sight.is_empty]
    ranked = sorted(empty, key=lambda cell: cell.interest, reverse=True)
    return "\n".join(printable(_gap_line(cell)) for cell in ranked)


def map_csv(cells: Iterable[Cell]) -> str:
    """Texts as they stand in the graph; several values in one field are parted by ` | `."""
    written = io.StringIO()
    writer = csv.DictWriter(written, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for cell in cells:
        writer.writerow({name: _field(value) for name, value in _data(cell).items()})
    return written.getvalue().removesuffix("\n")


def map_json(cells: Iterable[Cell]) -> str:
    """What the keys mean is in docs/gaps.md; fields that say nothing are left out."""
    rows = [
        {key: value for key, value in _data(cell).items() if value not in ("", [], None, False)}
        for cell in cells
    ]
    content = {"version": 1, "notice": NOTICE, "cells": rows}
    return json.dumps(content, indent=1)  # plain ASCII, so that it is safe on a terminal, too


def slice_words(where: Slice) -> str:
    """`in people, by any design`."""
    return f"in {where.population}, by {where.design or 'any design'}"


def cell_words(cell: Cell) -> str:
    """`supported, very low certainty (1 for, 0 against; case series)`; bare where it is empty."""
    if cell.sight.is_empty:
        return cell.words
    said = f"{cell.studies_for} for, {cell.studies_against} against"
    said += f", {cell.studies_inconclusive} inconclusive" if cell.studies_inconclusive else ""
    return f"{cell.words} ({said}; {', '.join(cell.designs)})"


def notes_of(cell: Cell) -> tuple[str, ...]:
    """What else is known of a cell: who says so, what is planned, where it was seen."""
    registered = [study.registry_id or study.label for study in cell.planned]
    return tuple(
        f"{heading} {', '.join(parts)}"
        for heading, parts in (
            ("may be contained in", [study.label for study in cell.pooled]),
            ("claimed in", [counted(len(cell.said), "passage")] if cell.said else []),
            ("registered:", registered),
            ("seen in", cell.elsewhere if cell.sight.is_empty else []),
        )
        if parts
    )


def tally_words(cells: Iterable[Cell]) -> str:
    """`120 cells: 12 supported, 2 disputed, 106 never looked`."""
    tally = Counter(cell.sight for cell in cells)
    parts = ", ".join(f"{tally[sight]:,} {sight}" for sight in Sight if tally[sight])
    return f"{counted(tally.total(), 'cell')}: {parts}" if parts else "no cells"


def _map_lines(cells: Sequence[Cell]) -> Iterator[str]:
    for where, layer in groupby(cells, key=lambda cell: cell.slice):
        yield f"{slice_words(where).capitalize()}"
        rows = [list(row) for _, row in groupby(layer, key=lambda cell: cell.treatment)]
        for row in rows:
            if not _is_blank(row):
                yield from ("", row[0].treatment.label)
                yield from _row_lines(row)
        blank = [row[0].treatment.label for row in rows if _is_blank(row)]
        if blank:
            yield from ("", f"No outcome was ever looked at for ({len(blank)}): {'; '.join(blank)}")
        yield ""


def _is_blank(row: Iterable[Cell]) -> bool:
    return all(cell.sight is Sight.NEVER and not notes_of(cell) for cell in row)


def _row_lines(row: Sequence[Cell]) -> Iterator[str]:
    seen = [cell for cell in row if not cell.sight.is_empty]
    width = max((len(cell.outcome.label) for cell in seen), default=0)
    for cell in seen:
        yield f"  {cell.outcome.label:<{width}}  {cell_words(cell)}"
    for sight in (Sight.NOT_TOLD, Sight.NEVER):
        empty = [cell for cell in row if cell.sight is sight]
        if empty:
            yield f"  {sight} ({len(empty)}): {_most_promising(empty)}"


def _most_promising(empty: Sequence[Cell]) -> str:
    """The cells with the best reason to look there, and how many others there are."""
    ranked = sorted(empty, key=lambda cell: cell.interest, reverse=True)
    named = "; ".join(_name_with_notes(cell) for cell in ranked[:MOST_NAMED])
    others = len(empty) - MOST_NAMED
    return f"{named}; and {others} more (--empty lists them)" if others > 0 else named


def _name_with_notes(cell: Cell) -> str:
    notes = ", ".join(notes_of(cell))
    return f"{cell.outcome.label} [{notes}]" if notes else cell.outcome.label


def _gap_line(cell: Cell) -> str:
    where = f"{cell.treatment.label} × {cell.outcome.label} {slice_words(cell.slice)}"
    return "; ".join((f"{where}: {cell.sight}", *notes_of(cell)))


def _data(cell: Cell) -> dict[str, object]:
    return {
        "treatment": cell.treatment.label,
        "treatment_id": terms.shortened(cell.treatment.iri),
        "outcome": cell.outcome.label,
        "outcome_id": terms.shortened(cell.outcome.iri),
        "outcome_class": cell.outcome.kind,
        "population": str(cell.slice.population),
        "design": cell.slice.design or "any",
        "seen": str(cell.sight),
        "certainty": str(cell.certainty or ""),
        "indirect": cell.is_indirect,
        "only_compared": cell.is_comparison,
        "studies_for": cell.studies_for,
        "studies_against": cell.studies_against,
        "studies_inconclusive": cell.studies_inconclusive,
        "designs": list(cell.designs),
        "claims": [terms.shortened(iri) for iri in cell.claims],
        "may_contain": [terms.shortened(study.iri) for study in cell.pooled],
        "said_in": [terms.shortened(iri) for iri in cell.said],
        "registered": [study.registry_id or terms.shortened(study.iri) for study in cell.planned],
        "seen_in": list(cell.elsewhere),
    }


def _field(value: object) -> object:
    if isinstance(value, list):
        return " | ".join(value)
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value
