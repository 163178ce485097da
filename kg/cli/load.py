"""`kg load`: a store folder on disk."""

from pathlib import Path

import click

from kg import resources
from kg.errors import DataError
from kg.graph import Graph
from kg.store import OxigraphStore, file_bytes


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("folder", type=click.Path(path_type=Path))
def load(file: Path, folder: Path) -> None:
    """Load a graph file into a new store folder, with the vocabulary beside it.

    The folder is what --store and KG_STORE take for graphs too large for memory.
    Exits 2 when the folder is not empty or the file is not Turtle.

    \b
    Examples:
      kg load data/triples.ttl /tmp/hairkg-store
      kg query contested-claims --store /tmp/hairkg-store
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise DataError(f"{folder}: is not an empty folder. Give a new one.")
    text = file_bytes(file)
    store = OxigraphStore(folder, read_only=False)
    store.load(text, str(file))
    store.load(resources.ONTOLOGY.read_bytes(), str(resources.ONTOLOGY))
    Graph(store).derive()
    click.echo(f"{folder}: {len(store):,} triples", err=True)
