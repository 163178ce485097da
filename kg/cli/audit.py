"""`kg audit`: a document held against the evidence."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

import kg
from kg.cli import FINDINGS
from kg.cli._options import format_option, store_option
from kg.errors import DataError, UnknownName

if TYPE_CHECKING:
    from kg.audit import Audit
    from kg.graph import Graph
    from kg.model import Document

LARGEST_TEXT = 5_000_000


@click.command()
@click.argument("document", nargs=-1)
@format_option("text", "json", "html")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file to write.")
@click.option(
    "--text",
    "copy",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A copy of the document: says which passages still match, and shows their words.",
)
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The day by which promises are late; today when left out.",
)
@store_option
def audit(  # noqa: PLR0913, PLR0917 - one parameter per option
    document: tuple[str, ...],
    form: str,
    output: Path | None,
    copy: Path | None,
    as_of: datetime | None,
    where: str | None,
) -> None:
    """Hold a document against the evidence, passage by passage.

    Each passage has its verdict, the best study for it and against it, and how its wording
    compares with the certainty. Then: where the document disagrees with itself, what it
    cites that nobody can find, what it promised, and what its publisher earns by it.
    DOCUMENT may be left out where the graph has one. The words of a document are never
    stored; they are shown only from the copy given with --text.

    Exits 0 when the report is written, 1 when the copy no longer has the words of every
    passage, 2 when the document is unknown or a file cannot be read or written.

    \b
    Examples:
      kg audit
      kg audit "Consumer article on exosomes and hair loss" --format json
      kg audit --format html -o audit.html
      kg audit --as-of 2025-06-30
    """
    graph = kg.load(where)
    audited = _audited(graph, _document(graph, " ".join(document)), as_of, copy)
    _write(_rendered(audited, form), output)
    if audited.copy and audited.copy.gone:
        count = len(audited.copy.gone)
        click.echo(f"{copy}: the words of {count} passages are no longer there.", err=True)
        raise click.exceptions.Exit(FINDINGS)


def _document(graph: "Graph", name: str) -> "Document":
    documents = graph.documents
    if not documents:
        raise DataError("The graph has no document. See how to add one: docs/audit.md")
    here = f"This graph has: {'; '.join(document.label for document in documents.values())}."
    if not name and len(documents) > 1:
        raise UnknownName(f"Which document? {here} Run: kg audit NAME")
    iri = graph.names.resolve(name, within=documents.keys()) if name else next(iter(documents))
    if iri is None:
        miss = graph.names.miss(name, "document", within=documents.keys())
        raise UnknownName(f"{miss}\n{here}")
    return documents[iri]


def _audited(
    graph: "Graph", document: "Document", as_of: datetime | None, copy: Path | None
) -> "Audit":
    from kg.audit import audit_of  # noqa: PLC0415 - --help need not load the appraisal

    audited = audit_of(graph, document, as_of.date() if as_of else date.today())
    if not audited.readings:
        raise DataError(_without_passages(document))
    return audited if copy is None else _with_copy(audited, copy)


def _without_passages(document: "Document") -> str:
    from kg import terms  # noqa: PLC0415 - only this mistake needs it

    iri = terms.shortened(document.iri)
    return (
        f"{document.label} ({iri}) has no passages, so there is nothing to hold against the"
        f" evidence. Add a block for each statement to data/triples.ttl, such as"
        f" {iri}-001 a kg:Passage ; kg:inDocument {iri} ; with kg:line, kg:paraphrase,"
        " kg:strength and kg:asserts, as docs/audit.md shows. Then run: kg check"
    )


def _with_copy(audited: "Audit", path: Path) -> "Audit":
    from dataclasses import replace  # noqa: PLC0415 - only --text needs it

    from kg.audit.texts import copy_of  # noqa: PLC0415 - the same

    passages = [reading.passage for reading in audited.readings]
    return replace(audited, copy=copy_of(_text(path), path.name, audited.document, passages))


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_TEXT:
            raise DataError(f"{path}: larger than 5 MB. Give the text of the document alone.")
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise DataError(
            f"{path}: cannot be read ({error.strerror}). Give a plain-text copy of the document."
        ) from error
    except UnicodeDecodeError as error:
        raise DataError(
            f"{path}: not UTF-8 at byte {error.start}. Save the copy as UTF-8 plain text."
        ) from error


def _rendered(audited: "Audit", form: str) -> bytes:
    if form == "html":
        from kg.pages.views.audit import html_of, page_of  # noqa: PLC0415 - only the page needs it

        return html_of(page_of(audited))
    from kg import audit_formats  # noqa: PLC0415 - --help need not load it

    written = {"text": audit_formats.text_of, "json": audit_formats.json_of}[form](audited)
    return f"{written}\n".encode()


def _write(content: bytes, output: Path | None) -> None:
    if output is None:
        click.echo(content.decode(), nl=False)
        return
    from kg.files import write_atomically  # noqa: PLC0415 - only -o needs it

    write_atomically(output, content)
    click.echo(output)
