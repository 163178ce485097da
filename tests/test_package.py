"""The shape of the package: what it imports when, and what each module says of itself."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import ROOT

MODULES = sorted((ROOT / "kg").rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_says_what_is_here(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_all_names_the_public_functions_and_classes(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    declared = next(
        (
            set(ast.literal_eval(node.value))
            for node in tree.body
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
        ),
        None,
    )
    if declared is None:
        pytest.skip("a command or a list of names, used by name")
    defined = {
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    }
    assert defined <= declared


@pytest.mark.parametrize(
    ("arguments", "forbidden"),
    [
        pytest.param(
            ["query", "contested-claims"], "rdflib networkx pyvis jinja2 shacl", id="query"
        ),
        pytest.param(["check"], "rdflib networkx pyvis jinja2 pyshacl", id="check"),
        pytest.param(["show", "VEGF"], "rdflib networkx pyvis jinja2 shacl", id="show"),
        pytest.param(
            ["explain", "VEGF", "hair growth"], "rdflib networkx pyvis jinja2 shacl", id="explain"
        ),
        pytest.param(["fmt", "--check"], "rdflib networkx pyvis jinja2 shacl sqlite3", id="fmt"),
    ],
)
def test_a_command_imports_only_what_it_uses(arguments: list[str], forbidden: str) -> None:
    code = (
        "import sys; sys.argv[1:] = " + repr(arguments) + "\n"
        "from kg.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print('LOADED', *sorted(sys.modules), file=sys.stderr)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    loaded = set(ended.stderr.rpartition("LOADED")[2].split())
    assert loaded & set(forbidden.split()) == set()


SCRIPTS = sorted(
    path
    for path in (ROOT / "scripts").iterdir()
    if path.is_file() and path.read_bytes().startswith(b"#!/usr/bin/env python3")
)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_every_script_can_be_read_and_says_what_it_does(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def test_every_iri_of_ours_is_spelled_in_one_module() -> None:
    elsewhere = [
        str(path.relative_to(ROOT))
        for path in MODULES
        if path.name != "terms.py" and "https://w3id.org/hairkg" in path.read_text(encoding="utf-8")
    ]
    assert elsewhere == []
