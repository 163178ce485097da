"""Where the triples are kept and asked: Oxigraph in memory or on disk.

    open_store("data/triples.ttl")   a file: Oxigraph in memory, vocabulary loaded beside it
    open_store("some/folder")        a folder written by `kg load`: Oxigraph on disk

The default graph holds the data and the vocabulary. What follows from them (verdicts,
counts of studies, plain edges) belongs into the named graph `graph:derived`; a store only
keeps it, `kg.graph.Graph` fills it.

Nothing is ever written back to a Turtle file from here: a store rewrites literals.
SERVICE, LOAD and updates are refused before a query reaches the engine.
Only `kg.store` opens graph files; to add an engine, write a class with the methods of `Store`.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Protocol, TypeAlias

import pyoxigraph as ox

from kg import resources, sparql, terms, turtle
from kg.errors import DataError, QueryError

__all__ = [
    "Answer",
    "Bindings",
    "OxigraphStore",
    "Store",
    "Table",
    "Term",
    "file_bytes",
    "open_store",
]

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Bindings: TypeAlias = Mapping[str, ox.NamedNode | ox.Literal]
Answer: TypeAlias = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
Row: TypeAlias = tuple[Term | None, ...]

DERIVED = ox.NamedNode(terms.DERIVED_GRAPH)
LARGEST_FILE = 2 * 1024**3


class Store(Protocol):
    """What every engine can do. Queries read; only `load` adds."""

    def select(self, text: str, bindings: Bindings | None = None) -> "Table": ...
    def ask(self, text: str, bindings: Bindings | None = None) -> bool: ...
    def construct(self, text: str, bindings: Bindings | None = None) -> Iterator[ox.Triple]: ...
    def load(self, text: bytes, name: str = "<data>") -> None: ...
    def __len__(self) -> int: ...


class Table:
    """The rows of a SELECT, in order, with the names of their columns."""

    def __init__(self, solutions: ox.QuerySolutions) -> None:
        self.columns = tuple(variable.value for variable in solutions.variables)
        self._solutions = solutions

    def __iter__(self) -> Iterator[Row]:
        for solution in self._solutions:
            yield tuple(solution[index] for index in range(len(self.columns)))

    def serialize(self, format: ox.QueryResultsFormat) -> bytes:  # noqa: A002 - the word the engine uses
        """All rows in a W3C results format."""
        written = self._solutions.serialize(format=format)
        return b"" if written is None else written


class OxigraphStore:
    """Oxigraph, in memory or in a folder."""

    def __init__(self, folder: Path | None = None, *, read_only: bool = True) -> None:
        self.oxigraph = _opened(folder, read_only=read_only)

    def __len__(self) -> int:
        return len(self.oxigraph)

    def load(self, text: bytes, name: str = "<data>") -> None:
        """Add the triples of a Turtle text to the default graph; what was derived is forgotten."""
        if self.has_derived:
            self.oxigraph.remove_graph(DERIVED)
        try:
            self.oxigraph.bulk_load(text, ox.RdfFormat.TURTLE)
        except SyntaxError:
            # Parse again for the message with file, line and column.
            for _ in turtle.triples(text, name):
                pass
            raise

    def select(self, text: str, bindings: Bindings | None = None) -> Table:
        answer = self.query(text, bindings)
        if not isinstance(answer, ox.QuerySolutions):
            raise QueryError("The query is not a SELECT query.")
        return Table(answer)

    def ask(self, text: str, bindings: Bindings | None = None) -> bool:
        answer = self.query(text, bindings)
        if not isinstance(answer, ox.QueryBoolean):
            raise QueryError("The query is not an ASK query.")
        return bool(answer)

    def construct(self, text: str, bindings: Bindings | None = None) -> Iterator[ox.Triple]:
        answer = self.query(text, bindings)
        if not isinstance(answer, ox.QueryTriples):
            raise QueryError("The query is not a CONSTRUCT or DESCRIBE query.")
        return answer

    def query(self, text: str, bindings: Bindings | None = None) -> Answer:
        """Any query form; raises QueryError where the text is wrong or refused."""
        sparql.refuse_unsafe(text)
        try:
            return self.oxigraph.query(
                text,
                prefixes=terms.PREFIXES,
                substitutions={
                    ox.Variable(name): value for name, value in (bindings or {}).items()
                },
            )
        except SyntaxError as error:
            raise QueryError(f"The query cannot be read: {error.msg}") from error
        except (RuntimeError, ValueError) as error:
            raise QueryError(f"The query cannot be answered: {error}") from error

    @property
    def has_derived(self) -> bool:
        """Whether what follows from the data is here already."""
        return self.oxigraph.contains_named_graph(DERIVED)

    def keep_derived(self, triples: Iterable[ox.Triple]) -> None:
        """Put triples into `graph:derived`."""
        self.oxigraph.add_graph(DERIVED)
        self.oxigraph.extend([ox.Quad(t.subject, t.predicate, t.object, DERIVED) for t in triples])


def open_store(where: str | os.PathLike[str] | None = None) -> OxigraphStore:
    """The store for a path, for the one in KG_STORE, or for the bundled graph."""
    path = Path(where or os.environ.get("KG_STORE") or resources.TRIPLES)
    if str(where or "").startswith(("http://", "https://")):
        raise DataError(
            f"{where}: remote endpoints are not supported yet. Give a file or a folder."
        )
    if path.is_dir():
        return OxigraphStore(path)
    store = OxigraphStore()
    store.load(file_bytes(path), str(path))
    store.load(resources.ONTOLOGY.read_bytes(), str(resources.ONTOLOGY))
    return store


def file_bytes(path: Path) -> bytes:
    """The content of a graph file; raises DataError where it cannot be read."""
    try:
        if path.is_char_device():
            raise DataError(f"{path}: is a device. Give a Turtle file.")
        if path.stat().st_size > LARGEST_FILE:
            raise DataError(
                f"{path}: is larger than 2 GiB. Load it into a folder with: kg load {path} FOLDER"
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise DataError(
            f"{path}: no such file. Give a Turtle file, or leave it out for the bundled graph."
        ) from error
    except IsADirectoryError as error:
        raise DataError(f"{path}: is a folder, and a Turtle file is needed here.") from error
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}).") from error


def _opened(folder: Path | None, *, read_only: bool) -> ox.Store:
    if folder is None:
        return ox.Store()
    try:
        return ox.Store.read_only(str(folder)) if read_only else ox.Store(str(folder))
    except OSError as error:
        raise DataError(
            f"{folder}: is not a store folder ({error}). Make one with: kg load data/triples.ttl {folder}"
        ) from error
