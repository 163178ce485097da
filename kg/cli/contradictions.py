"""`kg contradictions`: what in the graph pulls apart."""

import click

import kg
from kg.cli._options import format_option, store_option

KINDS = ("contested", "opposite", "apart", "mechanism", "chains")


@click.command()
@click.option("--about", metavar="ENTITY", help="Only those that begin or end at this one.")
@click.option(
    "--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Only these (repeatable)."
)
@click.option("--unexplained", is_flag=True, help="Only those that no scope tells apart.")
@click.option("--recorded", is_flag=True, help="List the conflicts that curators recorded.")
@click.option(
    "--limit",
    type=click.IntRange(1, 10_000),
    default=10,
    show_default=True,
    help="At most so many of each kind.",
)
@format_option("text", "json")
@store_option
def contradictions(  # noqa: PLR0913, PLR0917 - one parameter per option
    about: str | None,
    kinds: tuple[str, ...],
    unexplained: bool,  # noqa: FBT001 - click passes flags so
    recorded: bool,  # noqa: FBT001 - the same
    limit: int,
    form: str,
    where: str | None,
) -> None:
    """Show what in the graph pulls apart, and whether scope explains it.

    KIND is contested (studies for and against one claim), opposite (two claims of
    opposite sign), apart (one claim holds, one like it is refuted), mechanism (a chain
    disagrees with the claim it would explain) or chains (two chains disagree about one
    outcome). Scope is species, tissue, sex, population, condition, dose, route,
    comparison or circumstance. JSON has all of them.

    Exits 0 also when there are some, 2 when ENTITY is unknown.

    \b
    Examples:
      kg contradictions
      kg contradictions --about VEGF
      kg contradictions --kind contested --unexplained --limit 100
      kg contradictions --recorded
    """
    from kg import contradiction_formats  # noqa: PLC0415 - --help need not load the engine
    from kg.contradictions import compared_with, contradictions_in  # noqa: PLC0415 - the same
    from kg.knowledge import knowledge_of  # noqa: PLC0415 - the same

    graph = kg.load(where)
    wanted = graph.entity(about) if about else None
    every = contradictions_in(knowledge_of(graph))
    compared = compared_with(every, graph.conflicts.values())
    found = [
        each
        for each in every
        if (wanted is None or wanted in {each.start, each.end})
        and (not kinds or each.kind.name.lower() in kinds)
        and not (unexplained and each.is_explained)
    ]
    if form == "json":
        click.echo(contradiction_formats.json_of(found, compared))
    elif recorded:
        click.echo(contradiction_formats.recorded_text_of(compared))
    elif found:
        click.echo(contradiction_formats.text_of(found, limit))
    else:
        click.echo("Nothing found that pulls apart.", err=True)
    if compared:
        click.echo(contradiction_formats.recorded_summary(compared), err=True)
    click.echo(contradiction_formats.NOTICE, err=True)
