"""`kg site`: the graph as a folder of pages."""

from datetime import datetime
from pathlib import Path

import click

import kg
from kg.cli._options import store_option
from kg.folders import refuse_foreign, write_folder

MARKER = ".hairkg-site"


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Write between the files of others in DIR; they stay.")
@click.option("--open", "opening", is_flag=True, help="Open the front page in the browser.")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The day by which promises are late in audits; that of the data when left out.",
)
@store_option
def site(
    folder: Path,
    force: bool,  # noqa: FBT001 - click passes flags so
    opening: bool,  # noqa: FBT001 - the same
    as_of: datetime | None,
    where: str | None,
) -> None:
    """Write the graph as a folder of pages: one for each entity, claim, study and source.

    The pages need no network and no server, link only to each other, and may be moved
    as a whole, also to a USB stick. Written again, DIR changes only where the graph did. Prints
    the front page. Exits 0 when the folder is written, 2 when it cannot be, or is not
    empty and was not made by this command; then nothing in it has changed.

    \b
    Examples:
      kg site hairkg-site
      kg site hairkg-site --open
      kg site public --store my-graph.ttl
    """
    # Late: with its libraries this costs over a second, which --help need not pay.
    from kg.pages.views.site import day_of, files_of  # noqa: PLC0415 - see above

    refuse_foreign(folder, MARKER, forced=force)
    graph = kg.load(where)
    day = as_of.date() if as_of else day_of(graph)
    written = write_folder(folder, files_of(graph, day), marker=MARKER, forced=force)
    front = folder / "index.html"
    click.echo(front)
    click.echo(f"{written:,} files written.", err=True)
    if opening:
        click.launch(front.resolve().as_uri())
