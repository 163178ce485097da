"""`kg explain`: how one thing may act on another, step by step."""

import click

import kg
from kg.cli._options import format_option, store_option
from kg.errors import UnknownName
from kg.graph import Graph
from kg.model import Certainty


@click.command()
@click.argument("start", metavar="FROM")
@click.argument("end", metavar="TO")
@click.option("--organism", metavar="NAME", help="Weigh only what was seen in this organism.")
@click.option(
    "--min-certainty",
    type=click.Choice([str(each) for each in Certainty]),
    default=str(Certainty.VERY_LOW),
    show_default=True,
    help="Leave out steps that are less certain.",
)
@click.option(
    "--max-steps",
    type=click.IntRange(1, 12),
    default=5,
    show_default=True,
    help="The longest path.",
)
@click.option("--avoid", multiple=True, metavar="ENTITY", help="Go round this one (repeatable).")
@click.option(
    "--limit",
    type=click.IntRange(1, 100),
    default=5,
    show_default=True,
    help="At most so many paths of each sign.",
)
@format_option("text", "json", "mermaid", "svg")
@store_option
def explain(  # noqa: PLR0913, PLR0917 - one parameter per option
    start: str,
    end: str,
    organism: str | None,
    min_certainty: str,
    max_steps: int,
    avoid: tuple[str, ...],
    limit: int,
    form: str,
    where: str | None,
) -> None:
    """Explain how one thing may act on another: signed paths, with the evidence on each step.

    A path is as certain as its weakest step; the surest come first, then the shortest,
    and the paths that say the opposite stand beside them. Only claims that are supported,
    contested or context-dependent carry a path; the others are listed as what is missing.
    Steps to a kind of a thing, and to a phase of the hair cycle, are shown as such.

    Exits 0 when there is a path, 1 when there is none, and 2 when a name is unknown.

    \b
    Examples:
      kg explain minoxidil "hair growth"
      kg explain exosome anagen --organism mouse --limit 3
      kg explain DHT "hair growth" --avoid TGF-beta1
      kg explain "chronic stress" anagen --format svg > stress.svg
    """
    from kg import path_formats  # noqa: PLC0415 - --help need not load the engine
    from kg.cli import FINDINGS  # noqa: PLC0415 - the same
    from kg.knowledge import knowledge_of  # noqa: PLC0415 - the same
    from kg.paths import Question, explain  # noqa: PLC0415 - the same

    graph = kg.load(where)
    question = Question(
        graph.entity(start),
        graph.entity(end),
        max_steps,
        Certainty(min_certainty),
        frozenset(graph.entity(name).iri for name in avoid),
        limit,
    )
    seen_in = _organism(graph, organism) if organism else ""
    explanation = explain(knowledge_of(graph, seen_in), question)
    if form == "svg":
        from kg.pages.views.explain import svg_of  # noqa: PLC0415 - only this form needs Jinja

        click.echo(svg_of(explanation), nl=False)
    else:
        written = {
            "text": path_formats.text_of,
            "json": path_formats.json_of,
            "mermaid": path_formats.mermaid_of,
        }
        click.echo(written[form](explanation))
    click.echo(path_formats.NOTICE, err=True)
    if not explanation.paths:
        raise click.exceptions.Exit(FINDINGS)


def _organism(graph: Graph, name: str) -> str:
    """The label of an organism that some result is about."""
    label = graph.entity(name).label
    known = sorted({item.organism for item in graph.evidence.values()} - {""})
    if label not in known:
        raise UnknownName(f"{label!r} is no organism that a result is about: {', '.join(known)}.")
    return label
