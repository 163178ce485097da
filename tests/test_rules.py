"""Every rule accepts its good graph and finds exactly the expected nodes of its bad one, in both engines."""

import re
from pathlib import Path

import pytest
import rdflib

from kg import resources, terms
from kg.check import check_text, rule_named, rules

FOLDERS = sorted(path.parent for path in resources.RULES.glob("*/rule.rq"))


def expected(folder: Path) -> set[str]:
    return set(re.findall(r"# expect: (\S+)", (folder / "bad.ttl").read_text()))


def found(folder: Path, name: str) -> set[str]:
    rule = rule_named(folder.name)
    return {f.focus for f in check_text((folder / name).read_bytes(), name, [rule])}


def found_by_rdflib(folder: Path, name: str) -> set[str]:
    graph = rdflib.Graph()
    graph.parse(folder / name, format="turtle")
    graph.parse(resources.ONTOLOGY, format="turtle")
    today = {"today": rdflib.Literal("2026-11-22", datatype=rdflib.XSD.date)}
    text = rule_named(folder.name).text
    rows = graph.query(text, initNs=terms.PREFIXES, initBindings=today if "?today" in text else {})
    return {str(row["focus"]) for row in rows}  # type: ignore[index]


def test_there_are_rules_and_every_folder_has_its_three_files() -> None:
    folders = sorted(path for path in resources.RULES.iterdir() if path.is_dir())
    assert folders == FOLDERS
    assert len(FOLDERS) >= 12
    for folder in folders:
        assert {path.name for path in folder.iterdir()} == {"rule.rq", "good.ttl", "bad.ttl"}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_rule_accepts_its_good_graph(folder: Path) -> None:
    assert found(folder, "good.ttl") == set()


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_rule_finds_exactly_the_bad_nodes(folder: Path) -> None:
    assert found(folder, "bad.ttl") == expected(folder) != set()


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
@pytest.mark.parametrize("name", ["good.ttl", "bad.ttl"])
def test_both_engines_find_the_same(folder: Path, name: str) -> None:
    assert found_by_rdflib(folder, name) == found(folder, name)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_finding_stands_on_a_line_of_its_node(folder: Path) -> None:
    text = (folder / "bad.ttl").read_bytes()
    lines = text.decode().splitlines()
    for finding in check_text(text, "bad.ttl", [rule_named(folder.name)]):
        assert finding.line > 0
        assert lines[finding.line - 1].strip()
        assert "{" not in finding.message


def test_every_rule_says_why_and_how_to_mend_it() -> None:
    for rule in rules():
        assert len(rule.why) > 40, rule.name
        assert len(rule.fix) > 15, rule.name
