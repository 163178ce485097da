"""Graphs as they are in a file, in a store folder, or in a git revision.

    HEAD~1                      data/triples.ttl as it was in that revision
    v0.1.0:data/triples.ttl     any file as it was in any revision
    data/triples.ttl            a file; a path that exists is never taken for a revision

git is asked in the repository of the current folder, or else in that of the bundled
graph. It runs without a shell, gets no name that starts with `-`, and only reads blobs:
nothing is checked out, and nothing is fetched.
"""

import os
import subprocess
from pathlib import Path

import kg
from kg import resources
from kg.errors import DataError
from kg.graph import Graph
from kg.store import OxigraphStore

__all__ = ["graph_at", "working_copy"]

TRIPLES = "data/triples.ttl"
QUIET = {"GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}


def graph_at(where: str) -> Graph:
    """The graph in a file, a store folder or a git revision; raises DataError."""
    if os.path.lexists(where) or where.startswith(("http://", "https://")):
        return kg.load(where)
    name, text = _committed(where)
    store = OxigraphStore()
    store.load(text, name)
    store.load(resources.ONTOLOGY.read_bytes(), str(resources.ONTOLOGY))
    return Graph(store)


def working_copy() -> str:
    """data/triples.ttl of the repository one is in; the bundled graph where there is none."""
    try:
        path = _repository() / TRIPLES
    except DataError:
        return str(resources.TRIPLES)
    return os.path.relpath(path) if path.is_file() else str(resources.TRIPLES)


def _committed(where: str) -> tuple[str, bytes]:
    """REVISION:PATH in full, and the bytes of that file in that revision."""
    if not where or where.startswith("-") or "\0" in where:
        raise DataError(f"{where!r} is no file and cannot be a git revision. {_right('Give')}")
    revision, colon, path = where.partition(":")
    name = where if colon else f"{revision}:{TRIPLES}"
    folder = _repository(where)
    blob = _git(folder, "cat-file", "blob", name)
    if blob.returncode == 0:
        return name, blob.stdout
    if _git(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").returncode:
        missing = f"no such file, and no revision {revision!r} in the git repository"
        raise DataError(f"{where}: {missing} {folder}. {_right('Give')}")
    raise DataError(
        f"{where}: revision {revision!r} has no file {path or TRIPLES!r}."
        f" See what it has with: git ls-tree -r --name-only {revision}"
    )


def _repository(where: str = "HEAD") -> Path:
    """The top folder of the repository; raises DataError where there is none."""
    for folder in (Path.cwd(), resources.TRIPLES.parent):
        found = _git(folder, "rev-parse", "--show-toplevel")
        if found.returncode == 0:
            return Path(os.fsdecode(found.stdout).rstrip("\r\n"))
    reason = os.fsdecode(found.stderr).strip().partition("\n")[0]
    raise DataError(
        f"{where}: no such file, and no git repository to look in ({reason}). {_right('Give')}"
    )


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(  # noqa: S603 - no shell, and no argument begins with a dash of the user's
            ["git", *arguments],  # noqa: S607 - the git that the user has
            cwd=folder,
            env={**os.environ, **QUIET},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError as error:
        raise DataError(
            "git is not installed, and only git can look up a revision. "
            "Install it, or give two Turtle files."
        ) from error


def _right(verb: str) -> str:
    return f"{verb} a Turtle file, a store folder, or a revision such as HEAD~1 or main:{TRIPLES}."
