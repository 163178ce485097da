"""The heat map of what was studied: one page for every population and design.

    page_of(graph, gap_map, treatments, outcomes, start)    what the page shows: `GapsPage`
    html_of(page)                                           the page itself, as bytes

The page stands without scripts in the slice it starts with, as a table and again in
words. Its script lets one choose other slices and walk the table with the arrow keys.
`templates/gaps/map.html` is the part between header and footer, for other pages to include
with the same context. A cell has a mark, a word and a colour, in that order of weight.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from kg import terms
from kg.gap_formats import NOTICE, cell_words, notes_of, slice_words
from kg.gaps import Cell, GapMap, Population, Sight, Slice
from kg.graph import Graph
from kg.model import Certainty, Entity
from kg.pages.parts import Assembly, Part, assembled, static_text
from kg.pages.rendering import rendered
from kg.results import counted

__all__ = ["MARKS", "GapsPage", "Group", "Key", "Row", "Spot", "html_of", "page_of"]

MARKS = {
    Sight.SUPPORTED: "✓",
    Sight.DISPUTED: "≷",
    Sight.ABSENT: "∅",
    Sight.TOO_SMALL: "∅?",
    Sight.INCONCLUSIVE: "?",
    Sight.NOT_TOLD: "…",
    Sight.NEVER: "·",
}
MEANINGS = {
    Sight.SUPPORTED: "studies speak for it; the figure is the certainty",
    Sight.DISPUTED: "studies speak for and against it, or find the opposite",
    Sight.ABSENT: "measured, and no effect was there",
    Sight.TOO_SMALL: "no effect was seen, by too few to exclude one",
    Sight.INCONCLUSIVE: "measured, and undecided",
    Sight.NOT_TOLD: "a review or a mixed study may contain it; no result of its own is recorded",
    Sight.NEVER: "no result is recorded here",
}
Links = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell as it is drawn: a class for its colour, a mark, and the same in words."""

    style: str
    mark: str
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    """A treatment with its spots, and the same in words."""

    label: str
    spots: tuple[Spot, ...]
    seen: tuple[tuple[str, str], ...]
    empty: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbouring rows, or columns, of one class."""

    label: str
    size: int
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Key:
    """A line of the legend."""

    spot: Spot
    label: str
    meaning: str


@dataclass(frozen=True, slots=True)
class GapsPage:
    """The context of `templates/gaps.html`: every field is a variable of the template."""

    parts: Assembly
    title: str
    subtitle: str
    notice: str
    tally: str
    keys: tuple[Key, ...]
    populations: tuple[str, ...]
    designs: tuple[str, ...]
    start_population: str
    start_design: str
    column_groups: tuple[Group, ...]
    columns: tuple[str, ...]
    row_groups: tuple[Group, ...]


def page_of(  # noqa: PLR0913, PLR0917 - which graph, which part of its map, and how to link
    graph: Graph,
    gap_map: GapMap,
    treatments: Sequence[Entity],
    outcomes: Sequence[Entity],
    start: Slice,
    link_of: Links | None = None,
) -> GapsPage:
    """The page of this part of the map; `link_of` gives the address of a claim's own page."""
    designs = ("", *sorted(gap_map.designs))
    rows = [[gap_map.cell(row, column, start) for column in outcomes] for row in treatments]
    tally = Counter(cell.sight for row in rows for cell in row)
    own = Part(
        scripts=static_text("gaps/gaps.js"),
        styles=static_text("theme.css", "gaps/gaps.css"),
        data={"gaps": _data(graph, gap_map, treatments, outcomes, designs, link_of)},
    )
    return GapsPage(
        parts=assembled([own]),
        title="What was studied, and what never was",
        subtitle=f"{counted(len(treatments), 'treatment')} × {counted(len(outcomes), 'outcome')}",
        notice=NOTICE,
        tally=", ".join(f"{tally[sight]:,} {sight}" for sight in Sight if tally[sight]),
        keys=tuple(_keys()),
        populations=tuple(Population),
        designs=designs,
        start_population=str(start.population),
        start_design=start.design,
        column_groups=tuple(
            Group(kind, len(list(group))) for kind, group in groupby(outcomes, key=_kind)
        ),
        columns=tuple(outcome.label for outcome in outcomes),
        row_groups=tuple(_row_groups(rows)),
    )


def html_of(page: GapsPage) -> bytes:
    """The page as one HTML file."""
    return rendered("gaps.html", page)


def _kind(entity: Entity) -> str:
    return entity.kind


def _keys() -> Iterator[Key]:
    for sight, meaning in MEANINGS.items():
        level = Certainty.LOW.level if sight is Sight.SUPPORTED else 0
        yield Key(_spot(sight, level), str(sight), meaning)
    yield Key(
        Spot("never indirect", "↑", ""), "indirect", "only from narrower treatments or outcomes"
    )


def _row_groups(rows: Iterable[Sequence[Cell]]) -> Iterator[Group]:
    for kind, group in groupby(rows, key=lambda row: row[0].treatment.kind if row else ""):
        members = tuple(_row(cells) for cells in group)
        yield Group(kind, len(members), members)


def _row(cells: Sequence[Cell]) -> Row:
    return Row(
        label=cells[0].treatment.label,
        spots=tuple(map(_spot_of, cells)),
        seen=tuple((c.outcome.label, cell_words(c)) for c in cells if not c.sight.is_empty),
        empty=tuple((c.outcome.label, _notes(c)) for c in cells if c.sight.is_empty),
    )


def _notes(cell: Cell) -> str:
    told = (str(cell.sight),) if cell.sight is Sight.NOT_TOLD else ()
    return ", ".join((*told, *notes_of(cell)))


def _spot_of(cell: Cell) -> Spot:
    level = cell.certainty.level if cell.certainty else 0
    spot = _spot(cell.sight, level, is_indirect=cell.is_indirect)
    return Spot(spot.style, spot.mark, cell_words(cell))


def _spot(sight: Sight, level: int, *, is_indirect: bool = False) -> Spot:
    style = f"{_style(sight)} level-{level}" if level else _style(sight)
    figure = str(level) if sight is Sight.SUPPORTED and level else ""
    arrow = "↑" if is_indirect else ""
    return Spot(f"{style} indirect" if is_indirect else style, f"{MARKS[sight]}{figure}{arrow}", "")


def _data(  # noqa: PLR0913, PLR0917 - the same as the page
    graph: Graph,
    gap_map: GapMap,
    treatments: Sequence[Entity],
    outcomes: Sequence[Entity],
    designs: Sequence[str],
    link_of: Links | None,
) -> dict[str, object]:
    """What the script needs to draw any slice: only pairs of which something is known."""
    pairs = [
        _pair(gap_map, (row, treatment), (column, outcome), designs)
        for row, treatment in enumerate(treatments)
        for column, outcome in enumerate(outcomes)
        if gap_map.knows(treatment, outcome)
    ]
    named = sorted({iri for pair in pairs for iri in pair.claims})
    places = {iri: index for index, iri in enumerate(named)}
    return {
        "names": {_style(sight): str(sight) for sight in Sight},
        "never": _drawn(_spot(Sight.NEVER, 0), str(Sight.NEVER)),
        "untold": _drawn(_spot(Sight.NOT_TOLD, 0), str(Sight.NOT_TOLD)),
        "claims": [
            [graph.claims[iri].label, terms.shortened(iri), link_of(iri) if link_of else ""]
            for iri in named
        ],
        "pairs": [[*pair[:-1], [places[iri] for iri in pair.claims]] for pair in pairs],
    }


class _Pair(NamedTuple):
    """A pair as the script gets it; slices are told by their place among all slices."""

    row: int
    column: int
    drawn: list[list[str | int]]
    untold: list[int]
    notes: list[str]
    claims: list[str]


def _pair(
    gap_map: GapMap,
    row: tuple[int, Entity],
    column: tuple[int, Entity],
    designs: Sequence[str],
) -> _Pair:
    order = [Slice(population, design) for population in Population for design in designs]
    places = {where: place for place, where in enumerate(order)}
    ends = row[1], column[1]
    cells = [gap_map.cell(*ends, where) for where in gap_map.slices(*ends)]
    return _Pair(
        row=row[0],
        column=column[0],
        drawn=sorted([places[c.slice], *_drawn(_spot_of(c), slice_words(c.slice))] for c in cells),
        untold=sorted(places[where] for where in gap_map.untold_slices(*ends)),
        notes=list(notes_of(gap_map.cell(*ends, Slice(Population.ANY)))),
        claims=sorted({iri for cell in cells for iri in cell.claims}),
    )


def _style(sight: Sight) -> str:
    """The class of the style sheet: `too-small`."""
    return sight.name.lower().replace("_", "-")


def _drawn(spot: Spot, where: str) -> list[str]:
    return [spot.style, spot.mark, spot.words or where, where]
