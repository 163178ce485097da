"""`kg impact`: what rests on a study or a source."""

from typing import TYPE_CHECKING

import click

import kg
from kg.cli._options import format_option, store_option
from kg.errors import UnknownName

if TYPE_CHECKING:
    from kg.graph import Graph


@click.command()
@click.argument("names", nargs=-1, metavar="[STUDY|SOURCE]...")
@click.option("--each", is_flag=True, help="Every study alone, the one on which most rests first.")
@format_option("text", "json")
@store_option
def impact(
    names: tuple[str, ...],
    each: bool,  # noqa: FBT001 - click passes flags so
    form: str,
    where: str | None,
) -> None:
    """Say which verdicts and mechanisms change, or lose all support, without a study or source.

    A study is taken away with all its results. A source is treated as if it were
    retracted today: its results no longer count. Several are taken away together. A
    name is a label, a DOI, a PMID, a registration or a short IRI; where a study and a
    source share it, the study is meant.

    Exits 0, also when nothing would change, and 2 when nothing has the name.

    \b
    Examples:
      kg impact study:yano-2001
      kg impact src:castellana-2014 --format json
      kg impact --each
    """
    from kg import impact_formats  # noqa: PLC0415 - --help need not load the engine
    from kg.impact import Ground  # noqa: PLC0415 - the same

    if each == bool(names):
        raise click.UsageError("Give a STUDY or SOURCE, or --each, and not both.")
    graph = kg.load(where)
    chosen = [_found(graph, name) for name in names]
    ground = Ground(graph.claims, graph.mechanisms.values(), graph.appraisals, graph.grading)
    label = graph.names.title
    if each:
        written = {"text": impact_formats.ranking_text, "json": impact_formats.ranking_json}
        click.echo(written[form](ground.each(), label))
    else:
        found = ground.without(
            studies={iri for iri in chosen if iri in graph.studies},
            sources={iri for iri in chosen if iri in graph.sources},
        )
        told = {"text": impact_formats.impact_text, "json": impact_formats.impact_json}
        click.echo(told[form](found, label))
    click.echo(impact_formats.NOTICE, err=True)


def _found(graph: "Graph", name: str) -> str:
    for things in (graph.studies, graph.sources):
        iri = graph.names.resolve(name, within=things.keys())
        if iri:
            return iri
    known = {**graph.studies, **graph.sources}
    raise UnknownName(graph.names.miss(name, "study or source", within=known.keys()))
