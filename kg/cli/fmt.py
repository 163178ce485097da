"""`kg fmt`: canonical Turtle."""

from pathlib import Path

import click

from kg import resources, turtle
from kg.cli import FINDINGS
from kg.files import write_atomically
from kg.store import file_bytes


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--check", "checking", is_flag=True, help="Change nothing; only say what would change."
)
def fmt(files: tuple[Path, ...], checking: bool) -> None:  # noqa: FBT001 - click passes flags so
    """Write graph files in canonical form: one triple a line, blocks sorted.

    Exits 0 when every file is (now) canonical, 1 when --check finds one that is not,
    and 2 when a file is not Turtle or has a comment that cannot be placed; such a
    file is left as it is.

    \b
    Examples:
      kg fmt data/triples.ttl
      kg fmt --check
    """
    changed = 0
    for path in files or (resources.TRIPLES,):
        before = file_bytes(path)
        after = turtle.canonical(before, str(path)).encode()
        if before == after:
            continue
        changed += 1
        if checking:
            click.echo(f"{path} is not in canonical form. Run: kg fmt {path}")
        else:
            write_atomically(path, after)
            click.echo(f"{path} rewritten", err=True)
    if checking and changed:
        raise click.exceptions.Exit(FINDINGS)
