"""Shared by all tests: the real command, the real graph, and small graphs written in place."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import kg
from kg import terms
from kg.graph import Graph
from kg.store import OxigraphStore

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

ROOT = Path(__file__).parent.parent
HEAD = "".join(
    f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in terms.PREFIXES.items()
)

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def real() -> Graph:
    """The bundled graph."""
    return kg.load()


@pytest.fixture(scope="session")
def playwright() -> Iterator["Playwright"]:
    """What drives browsers; there can be only one in a process."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: "Playwright") -> Iterator["Browser"]:
    """An offline Chromium; see `browsing.py` for what its tests share."""
    chromium = playwright.chromium.launch(
        executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
    )
    yield chromium
    chromium.close()


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """The real command in an empty folder: `run("query", "name")`."""

    def command(
        *arguments: object, stdin: str = "", **settings: str
    ) -> subprocess.CompletedProcess[str]:
        inherited = {name: value for name, value in os.environ.items() if name != "KG_STORE"}
        environment = {**inherited, "PYTHONPATH": str(ROOT), **settings}
        return subprocess.run(
            [sys.executable, "-c", "from kg.cli import main; main()", *map(str, arguments)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            input=stdin,
            cwd=tmp_path,
            env=environment,
            check=False,
        )

    return command


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a file into the test's folder; `.ttl` files get our prefixes in front."""

    def writer(name: str, text: str | bytes) -> Path:
        path = tmp_path / name
        if isinstance(text, str):
            text = (HEAD * name.endswith(".ttl") + text).encode()
        path.write_bytes(text)
        return path

    return writer


def graph_of(text: str) -> Graph:
    """A graph from Turtle that may use our prefixes, with the vocabulary beside it."""
    from kg import resources

    store = OxigraphStore()
    store.load((HEAD + text).encode())
    store.load(resources.ONTOLOGY.read_bytes())
    return Graph(store)
