"""`kg stats`: what is in the graph."""

import click

import kg
from kg.cli._options import format_option, store_option
from kg.statistics import statistics_of


@click.command()
@format_option("text", "json")
@store_option
def stats(form: str, where: str | None) -> None:
    """Count what is in the graph: records, evidence by direction, designs, organisms, reading.

    \b
    Examples:
      kg stats
      kg stats --format json
    """
    counted = statistics_of(kg.load(where))
    if form == "json":
        import json  # noqa: PLC0415 - only this form needs it

        click.echo(json.dumps(counted, ensure_ascii=False, indent=2))
        return
    for heading, rows in counted.items():
        click.echo(heading)
        for name, number in rows.items():
            click.echo(f"  {number:>6,}  {name}")
