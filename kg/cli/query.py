"""`kg query`: a named question, a query file, or a query from standard input."""

import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pyoxigraph as ox

from kg import resources, results, sparql, terms
from kg.cli._options import store_option
from kg.errors import QueryError, did_you_mean
from kg.sparql import Query
from kg.store import OxigraphStore, Table, open_store

if TYPE_CHECKING:
    from kg.graph import Graph

FORMATS = ("table", *results.TABLE_FORMATS, *results.GRAPH_FORMATS)


@click.command()
@click.argument("name", required=False)
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="Bind a variable.")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), help="table, or turtle for CONSTRUCT."
)
@click.option("--show", is_flag=True, help="Print the query itself and stop.")
@store_option
def query(
    name: str | None,
    settings: tuple[str, ...],
    form: str | None,
    show: bool,  # noqa: FBT001 - click passes flags so
    where: str | None,
) -> None:
    """Ask a named question, a .rq file, or SPARQL from standard input (-).

    Without a name, lists the named questions. Our prefixes need no declaration;
    values of --set may be names ("minoxidil"), identifiers (HGNC:12680) or plain text.
    Exits 0 also when there are no rows, 2 when the query or a value is wrong.

    \b
    Examples:
      kg query
      kg query effects-of-treatment --set treatment=minoxidil
      echo 'SELECT ?claim { ?claim a kg:Claim } LIMIT 3' | kg query - --format csv
    """
    if name is None:
        click.echo(_listing())
        return
    asked = _found(name)
    if show:
        click.echo(asked.text, nl=False)
        return
    store = open_store(where)
    bindings = _bindings(asked, settings, store)
    # The engine cannot be interrupted inside an aggregate; let Ctrl-C end the process.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if sparql.names_a_graph(asked.text):
        _graph_of(store).derive()
    answer = store.query(asked.text, bindings)
    if isinstance(answer, ox.QueryBoolean):
        click.echo("yes" if answer else "no")
    elif isinstance(answer, ox.QueryTriples):
        _echo_graph(answer, form)
    else:
        _echo_table(Table(answer), form)


def _echo_graph(answer: ox.QueryTriples, form: str | None) -> None:
    form = form or "turtle"
    if form not in results.GRAPH_FORMATS:
        raise QueryError(
            f"A CONSTRUCT answers with triples; --format is one of {', '.join(results.GRAPH_FORMATS)}."
        )
    click.echo(results.graph_text(answer, form), nl=False)


def _echo_table(table: Table, form: str | None) -> None:
    form = form or "table"
    if form in results.TABLE_FORMATS:
        click.echo(table.serialize(results.TABLE_FORMATS[form]), nl=form in {"json", "xml"})
        return
    if form != "table":
        raise QueryError(
            f"A SELECT answers with rows; --format is table, {', '.join(results.TABLE_FORMATS)}."
        )
    lines = list(results.table_text(table, _terminal_width()))
    click.echo("\n".join(lines))
    click.echo(f"{len(lines) - 2} rows", err=True)


def _terminal_width() -> int | None:
    """Columns of the terminal; None when the output goes elsewhere, and nothing is cut."""
    import shutil  # noqa: PLC0415 - only a table on a terminal needs it

    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def _found(name: str) -> Query:
    """The query called so, in the file of that name, or on standard input."""
    try:
        if name == "-":
            return Query("-", sys.stdin.buffer.read().decode("utf-8"))
        found = sparql.named(resources.QUERIES, name)
        if found:
            return found
        if not Path(name).is_file():
            raise QueryError(_miss(name))
        return sparql.read(Path(name))
    except UnicodeDecodeError as error:
        raise QueryError(f"{name}: is not text. Give SPARQL in UTF-8.") from error


def _miss(name: str) -> str:
    guess = did_you_mean(name, (path.stem for path in resources.QUERIES.glob("*.rq")))
    return f"No question or file is called {name!r}.{guess} List the questions with: kg query"


def _listing() -> str:
    questions = sparql.catalogue(resources.QUERIES)
    lines = []
    for question in questions:
        wanted = " ".join(f"--set {p.name}={_quoted(p.example)}" for p in question.parameters)
        lines.append(f"{question.name} {wanted}".rstrip())
        lines.append(f"    {question.summary}")
    return "\n".join(lines)


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value or "…"


def _bindings(
    asked: Query, settings: tuple[str, ...], store: OxigraphStore
) -> dict[str, ox.NamedNode | ox.Literal]:
    given = dict(_pair(setting) for setting in settings)
    kinds = {parameter.name: parameter for parameter in asked.parameters}
    for parameter in asked.parameters:
        if parameter.name not in given:
            raise QueryError(
                f"{asked.name} needs --set {parameter.name}=…, "
                f"for example: kg query {asked.name} --set {parameter.name}={_quoted(parameter.example)}"
            )
    if asked.header and set(given) - set(kinds):
        takes = ", ".join(kinds) or "no values"
        raise QueryError(
            f"{asked.name} takes {takes}; it has no {', '.join(sorted(set(given) - set(kinds)))}."
        )
    return {
        name: _term(value, kinds[name].kind if name in kinds else "entity", store)
        for name, value in given.items()
    }


def _pair(setting: str) -> tuple[str, str]:
    name, equals, value = setting.partition("=")
    if not (equals and name.isidentifier()):
        raise QueryError(f"--set {setting}: write --set NAME=VALUE.")
    return name, value


def _term(value: str, kind: str, store: OxigraphStore) -> ox.NamedNode | ox.Literal:
    """The RDF term a user's value means."""
    if kind == "text":
        return ox.Literal(value)
    if kind in {"date", "number"}:
        datatype = "date" if kind == "date" else "decimal"
        return ox.Literal(value, datatype=ox.NamedNode(terms.XSD + datatype))
    graph = _graph_of(store)
    iri = graph.names.resolve(value)
    if iri is None:
        raise QueryError(graph.names.miss(value, "thing"))
    return ox.NamedNode(iri)


def _graph_of(store: OxigraphStore) -> "Graph":
    from kg.graph import Graph  # noqa: PLC0415 - many queries need no domain values

    return Graph(store)
