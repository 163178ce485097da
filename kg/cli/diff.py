"""`kg diff`: what changed between two graphs."""

import click

from kg.cli import FINDINGS
from kg.cli._options import format_option


@click.command()
@click.argument("old", default="HEAD")
@click.argument("new", required=False)
@format_option("text", "markdown", "json")
def diff(old: str, new: str | None, form: str) -> None:
    """Say what changed between two graphs: claims, evidence and the rest, in words.

    OLD and NEW are Turtle files, store folders or git revisions. A revision alone means
    data/triples.ttl in it; REVISION:PATH means another file. OLD is HEAD when left out,
    and NEW the data/triples.ttl of the working copy.

    First comes which claims have another balance of evidence, and, with a warning, which
    nulls and disputing results are gone. Order, comments and formatting are no change.
    The vocabulary is not compared.

    Exits 0 when nothing changed, 1 when something did, and 2 when a graph cannot be read.

    \b
    Examples:
      kg diff
      kg diff HEAD~1 HEAD
      kg diff main --format markdown
      kg diff v0.1.0:data/triples.ttl data/triples.ttl --format json
    """
    from kg import change_formats  # noqa: PLC0415 - --help need not load the engine
    from kg.changes import changes_between  # noqa: PLC0415 - the same
    from kg.revisions import graph_at, working_copy  # noqa: PLC0415 - the same

    new = new or working_copy()
    changes = changes_between(graph_at(old), graph_at(new))
    written = {
        "text": change_formats.text_of,
        "markdown": change_formats.markdown_of,
        "json": change_formats.json_of,
    }
    click.echo(written[form](changes, old, new))
    if changes:
        raise click.exceptions.Exit(FINDINGS)
