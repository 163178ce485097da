"""`kg show`: a card for one thing."""

import click

import kg
from kg import report
from kg.cli._options import format_option, store_option
from kg.errors import UnknownName


@click.command()
@click.argument("name", nargs=-1, required=True)
@format_option("text", "json")
@store_option
def show(name: tuple[str, ...], form: str, where: str | None) -> None:
    """Show what is known of an entity, claim, study, source, passage or mechanism.

    A name is a label, a synonym, an identifier or a short IRI. Claims are shown with
    the evidence for and against them, always both. Exits 2 when nothing has the name.

    \b
    Examples:
      kg show minoxidil
      kg show HGNC:12680
      kg show study:yano-2001 --format json
    """
    graph = kg.load(where)
    wanted = " ".join(name)
    iri = graph.names.resolve(wanted)
    if iri is None:
        raise UnknownName(graph.names.miss(wanted, "thing"))
    card = report.card_of(graph, iri)
    if form == "json":
        import json  # noqa: PLC0415 - only this form needs it

        click.echo(json.dumps(card, ensure_ascii=False, indent=2))
        return
    click.echo(report.card_text(card))
    click.echo(report.NOTICE, err=True)
