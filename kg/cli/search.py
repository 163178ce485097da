"""`kg search`: ranked text search."""

import click

import kg
from kg import terms
from kg.cli._options import format_option, store_option
from kg.results import printable


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--limit", default=20, show_default=True, type=click.IntRange(1, 1000), help="At most."
)
@format_option("text", "json")
@store_option
def search(words: tuple[str, ...], limit: int, form: str, where: str | None) -> None:
    """Search labels, synonyms, identifiers, findings and paraphrases, best first.

    Words match their beginnings and their stems; all must occur. Exits 0 also when
    nothing is found.

    \b
    Examples:
      kg search exosome density
      kg search PMID 11181640 --limit 5
    """
    graph = kg.load(where)
    hits = graph.names.search(" ".join(words), limit)
    if form == "json":
        import json  # noqa: PLC0415 - only this form needs it

        rows = [{"iri": hit.iri, "label": hit.label, "kind": hit.kind} for hit in hits]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for hit in hits:
        click.echo(f"{terms.shortened(hit.iri)}  {printable(hit.label)}  ({hit.kind})")
    if not hits:
        near = graph.names.near(" ".join(words))
        guess = f" Did you mean {', '.join(near)}?" if near else ""
        click.echo(f"Nothing found.{guess}", err=True)
