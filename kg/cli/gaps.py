"""`kg gaps`: which treatments were never studied for what, in whom, and how."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

import kg
from kg.cli._options import format_option, store_option
from kg.errors import UnknownName, did_you_mean
from kg.files import write_atomically

if TYPE_CHECKING:
    from kg.gaps import GapMap, Population
    from kg.graph import Graph
    from kg.model import Entity

EACH = "each"
POPULATIONS = ("any", "people", "women", "men", "tissue", "animals", "cells", EACH)


@click.command()
@click.option(
    "--treatment",
    "treatments",
    metavar="NAME",
    multiple=True,
    help="A treatment with all narrower ones, or a class such as 'drug'.",
)
@click.option(
    "--outcome",
    "outcomes",
    metavar="NAME",
    multiple=True,
    help="An outcome or condition with all narrower ones, or a class such as 'condition'.",
)
@click.option(
    "--population",
    "populations",
    type=click.Choice(POPULATIONS),
    multiple=True,
    default=("people",),
    show_default=True,
    help="In whom, or in what.",
)
@click.option(
    "--design",
    "designs",
    metavar="NAME",
    multiple=True,
    default=("any",),
    show_default=True,
    help="A study design, or its initials such as RCT; 'each' for all of them.",
)
@click.option("--harms", is_flag=True, help="The map of harms, not that of benefits.")
@click.option(
    "--empty", is_flag=True, help="Only where nothing was measured, most promising first."
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Write to this file, not to stdout."
)
@format_option("text", "csv", "json", "html")
@store_option
def gaps(  # noqa: PLR0913, PLR0917 - one parameter per option
    treatments: tuple[str, ...],
    outcomes: tuple[str, ...],
    populations: tuple[str, ...],
    designs: tuple[str, ...],
    harms: bool,  # noqa: FBT001 - click passes flags so
    empty: bool,  # noqa: FBT001 - the same
    output: Path | None,
    form: str,
    where: str | None,
) -> None:
    """Map what was studied: each treatment and outcome, in whom, by which design, and what was seen.

    A cell is supported, disputed, measured and absent, too small to tell, inconclusive,
    not told apart (a study may belong here and does not say so) or never looked. What
    comes from narrower treatments or outcomes is marked as indirect. Never looked means
    that nothing is recorded here, not that nothing exists. The page (--format html) has
    every population and every design to choose from.

    Exits 0, also when every cell is empty, and 2 when a name is unknown.

    \b
    Examples:
      kg gaps --treatment "exosome therapy" --outcome condition
      kg gaps --treatment minoxidil --population women --design RCT
      kg gaps --empty --outcome "hair loss" --format csv
      kg gaps --format html -o gaps.html
    """
    from kg import gap_formats  # noqa: PLC0415 - --help need not load the engine
    from kg.gaps import GapMap, Slice  # noqa: PLC0415 - the same
    from kg.model import ClaimKind  # noqa: PLC0415 - the same

    graph = kg.load(where)
    kind = ClaimKind.HARM if harms else ClaimKind.TREATMENT
    gap_map = GapMap(graph.claims, graph.entities, graph.passages.values(), graph.grading, kind)
    rows = _chosen(graph, gap_map, treatments, gap_map.treatments)
    columns = _chosen(graph, gap_map, outcomes, gap_map.outcomes)
    slices = [
        Slice(population, design)
        for population in _populations(populations)
        for design in _designs(designs, gap_map)
    ]
    if form == "html":
        from kg.pages.views.gaps import html_of, page_of  # noqa: PLC0415 - only the page needs Jinja

        text = html_of(page_of(graph, gap_map, rows, columns, slices[0]))
    else:
        cells = [gap_map.cell(r, c, s) for s in slices for r in rows for c in columns]
        click.echo(f"{gap_formats.tally_words(cells)}. {gap_formats.NOTICE}", err=True)
        if alike := _named_alike(treatments, rows, gap_map.treatments):
            click.echo(f"Not included, and named alike: {', '.join(alike)}.", err=True)
        kept = [cell for cell in cells if cell.sight.is_empty] if empty else cells
        written = {
            "text": gap_formats.gaps_text if empty else gap_formats.map_text,
            "csv": gap_formats.map_csv,
            "json": gap_formats.map_json,
        }
        text = f"{written[form](kept)}\n".encode()
    if output is None:
        click.echo(text, nl=False)
        return
    write_atomically(output, text)
    click.echo(output)


def _chosen(
    graph: "Graph", gap_map: "GapMap", names: Iterable[str], every: "tuple[Entity, ...]"
) -> "tuple[Entity, ...]":
    """What is called so, and all that is narrower; a class stands for its members on the map."""
    chosen: set[str] = set()
    for name in names:
        of_class = {entity.iri for entity in every if entity.kind == name.casefold()}
        if not of_class:
            entity = graph.entity(name)
            below = gap_map.narrower(entity)
            of_class = {entity.iri, *(one.iri for one in every if one.iri in below)}
        chosen |= of_class
    return gap_map.in_order(chosen) if chosen else every


def _named_alike(
    names: Iterable[str], chosen: "tuple[Entity, ...]", every: "tuple[Entity, ...]"
) -> list[str]:
    """Treatments with a name that was asked for in theirs: a preparation, and a therapy with it."""
    asked = [name.casefold().removesuffix("s") for name in names]
    others = (entity.label for entity in every if entity not in chosen)
    return [label for label in others if any(name in label.casefold() for name in asked)]


def _populations(names: Iterable[str]) -> "list[Population]":
    from kg.gaps import Population  # noqa: PLC0415 - --help need not load the engine

    every = list(Population)
    return every if EACH in names else [Population[name.upper()] for name in names]


def _designs(names: Iterable[str], gap_map: "GapMap") -> list[str]:
    """The designs of these names or initials; raises UnknownName."""
    from kg.gaps import ANY_DESIGN  # noqa: PLC0415 - --help need not load the engine

    known = {design.casefold(): design for design in sorted(gap_map.designs)}
    known |= {_initials(design): design for design in sorted(gap_map.designs, reverse=True)}
    known["any"] = ANY_DESIGN
    if EACH in names:
        return sorted({*known.values()})
    for name in names:
        if name.casefold() not in known:
            guess = did_you_mean(name.casefold(), known)
            every = ", ".join(sorted(filter(None, gap_map.designs)))
            raise UnknownName(f"No study design is called {name!r}.{guess} There are: {every}.")
    return [known[name.casefold()] for name in names]


def _initials(design: str) -> str:
    """`rct` for a randomised controlled trial."""
    return "".join(word[0] for word in design.replace("-", " ").casefold().split())
