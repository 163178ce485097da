"""`kg explore`: the interactive page."""

from pathlib import Path

import click

import kg
from kg.cli._options import store_option
from kg.files import write_atomically
from kg.model import Verdict


@click.command()
@click.argument("entities", nargs=-1, metavar="[ENTITY]...")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("hairkg-explorer.html"),
    show_default=True,
    help="The file to write.",
)
@click.option(
    "--depth",
    type=click.IntRange(1, 6),
    default=1,
    show_default=True,
    help="How many steps around ENTITY the page opens with.",
)
@click.option(
    "--verdict",
    "verdicts",
    type=click.Choice([str(verdict) for verdict in Verdict]),
    multiple=True,
    help="Open with the claims of this verdict only; may be repeated.",
)
@click.option("--all", "whole", is_flag=True, help="Open with the whole graph.")
@click.option("--no-sparql", "plain", is_flag=True, help="Leave the query engine out: 1 MB, not 4.")
@click.option("--open", "opening", is_flag=True, help="Open the page in the browser.")
@store_option
def explore(  # noqa: PLR0913, PLR0917 - one parameter per option
    entities: tuple[str, ...],
    output: Path,
    depth: int,
    verdicts: tuple[str, ...],
    whole: bool,  # noqa: FBT001 - click passes flags so
    plain: bool,  # noqa: FBT001 - the same
    opening: bool,  # noqa: FBT001 - the same
    where: str | None,
) -> None:
    """Write the graph as one HTML file to look at, also without a network.

    Opens with the contested claims, or with what is known about ENTITY; every claim and
    its evidence is in the file. Prints where the file is. Exits 0 when it is written, 2
    when an ENTITY is unknown or the file cannot be written. What is in the page and how to
    use it: docs/explorer.md.

    \b
    Examples:
      kg explore
      kg explore minoxidil "hair density" -o minoxidil.html
      kg explore VEGF --depth 2 --open
      kg explore --verdict refuted -o refuted.html
    """
    # Late: with its libraries this page costs over a second, which --help need not pay.
    from kg.pages.views.ask import ask_part  # noqa: PLC0415 - see above
    from kg.pages.views.explore import Wish, html_of, page_of  # noqa: PLC0415 - see above
    from kg.pages.views.webgl import webgl_parts  # noqa: PLC0415 - see above

    graph = kg.load(where)
    wish = Wish(
        entities=tuple(graph.entity(name) for name in entities),
        depth=depth,
        verdicts=tuple(Verdict(verdict) for verdict in verdicts),
        whole=whole,
    )
    asking = [] if plain else [ask_part(graph)]
    page = page_of(graph, wish, [*asking, *webgl_parts(graph)])
    write_atomically(output, html_of(page))
    click.echo(output)
    opens = f"{page.start.label}: {_some(page.start.claims)}"
    click.echo(f"{page.claim_count} claims in the file; it opens with {opens}.", err=True)
    if opening:
        click.launch(output.resolve().as_uri())


def _some(claims: tuple[object, ...]) -> str:
    return f"{len(claims)} claims" if claims else "no claims, and says so"
