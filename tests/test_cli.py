"""The real command: what it prints, how it ends, and what it says to mistakes."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import resources

from .conftest import ROOT, Run

Write = Callable[..., Path]
COMMANDS = sorted(path.stem for path in (ROOT / "kg" / "cli").glob("[a-z]*.py"))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_exit_codes_or_examples(run: Run, command: str) -> None:
    shown = run(command, "--help")
    assert shown.returncode == 0
    assert "Examples:" in shown.stdout
    assert f"kg {command}" in shown.stdout


def test_the_graph_is_consistent(run: Run) -> None:
    checked = run("check", "--as-of", "2026-11-22", "--severity", "warning")
    assert (checked.returncode, checked.stdout) == (0, "")
    assert " 0 errors, 0 warnings" in checked.stderr


def test_the_data_files_are_in_canonical_form(run: Run) -> None:
    formatted = run("fmt", "--check", resources.TRIPLES, resources.ONTOLOGY)
    assert (formatted.returncode, formatted.stdout) == (0, "")


def test_a_wrong_value_is_found_on_its_line(run: Run, write: Write) -> None:
    text = resources.TRIPLES.read_text(encoding="utf-8").splitlines(keepends=True)
    line = next(n for n, each in enumerate(text) if "kg:direction kg:Supports" in each)
    text[line] = text[line].replace("kg:Supports", "kg:Support")
    path = write("broken.nt", "".join(text).encode())
    checked = run("check", path)
    assert checked.returncode == 1
    assert f"{path}:{line + 1}:5: error: Direction is one of supports, disputes" in checked.stdout
    assert "kg:Support" in checked.stdout


def test_findings_come_as_json_too(run: Run, write: Write) -> None:
    path = write("x.ttl", "ent:a a kg:Entity , kg:Drug ; skos:definition 'x' .")
    found = json.loads(run("check", path, "--format", "json").stdout)
    assert found["version"] == 1
    assert {"rule", "severity", "message", "file", "line", "column", "focus"} <= set(
        found["findings"][0]
    )


def test_only_and_skip_choose_rules(run: Run, write: Write) -> None:
    path = write("x.ttl", "claim:a a kg:Claim .")
    only = run("check", path, "--only", "claim-without-evidence")
    assert "[claim-without-evidence]" in only.stdout
    assert "shape-" not in only.stdout
    skipped = run("check", path, "--skip", "claim-without-evidence")
    assert "[claim-without-evidence]" not in skipped.stdout


def test_a_rule_explains_itself(run: Run) -> None:
    shown = run("check", "--explain", "claim-without-evidence")
    assert "Why:" in shown.stdout
    assert "Mend it:" in shown.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(["check", "missing.ttl"], "missing.ttl: no such file", id="missing file"),
        pytest.param(["check", "."], "is a folder", id="folder"),
        pytest.param(
            ["check", "--only", "claim-without-evidnce"],
            "Did you mean 'claim-without-evidence'",
            id="misspelt rule",
        ),
        pytest.param(["chek"], "Did you mean 'check'", id="misspelt command"),
        pytest.param(["show", "minoxidill"], "Did you mean 'minoxidil'", id="unknown name"),
        pytest.param(["show", "http://a b"], "No thing is called", id="address with a space"),
        pytest.param(
            ["query", "contested-claim"], "Did you mean 'contested-claims'", id="misspelt question"
        ),
        pytest.param(
            ["query", "effects-of-treatment"], "needs --set treatment=", id="missing parameter"
        ),
        pytest.param(
            ["query", "effects-of-treatment", "--set", "treatment=zzzz"],
            "No thing is called 'zzzz'",
            id="unknown value",
        ),
        pytest.param(
            ["query", "contested-claims", "--set", "nonsense"],
            "write --set NAME=VALUE",
            id="setting without =",
        ),
        pytest.param(
            ["query", "contested-claims", "--set", "claim=minoxidil"],
            "contested-claims takes no values; it has no claim",
            id="setting the question does not have",
        ),
        pytest.param(
            ["query", "contested-claims", "--format", "turtle"],
            "A SELECT answers with rows",
            id="format that does not fit",
        ),
        pytest.param(["stats", "--store", "missing.ttl"], "no such file", id="missing store"),
        pytest.param(
            ["stats", "--store", "https://example.org/sparql"], "not supported", id="remote store"
        ),
        pytest.param(["explore", "minoxidill"], "Did you mean 'minoxidil'", id="explore unknown"),
    ],
)
def test_a_mistake_is_one_message_and_exit_2(run: Run, arguments: list[str], words: str) -> None:
    ended = run(*arguments)
    assert ended.returncode == 2
    assert words in ended.stderr
    assert "Traceback" not in ended.stderr
    assert ended.stdout == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("SELEC ?s { ?s ?p ?o }", "cannot be read", id="misspelt"),
        pytest.param("INSERT DATA { <a:a> <a:b> <a:c> }", "only reads", id="update"),
        pytest.param(
            "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE", id="service"
        ),
        pytest.param(
            "SELECT * { ?s <http://a b> ?o }", "cannot be read", id="address with a space"
        ),
        pytest.param("", "cannot be read", id="empty"),
        pytest.param("SELECT * " + "{" * 3000, "nests", id="nested to death"),
    ],
)
def test_a_wrong_query_is_one_line_and_exit_2(run: Run, text: str, words: str) -> None:
    ended = run("query", "-", stdin=text)
    assert ended.returncode == 2
    assert words in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"ent:a a kg:Claim .", "x.ttl:1:", id="unknown prefix"),
        pytest.param(b"<http://a> <http://b> .", "x.ttl:1:", id="broken line"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00\xff", "x.ttl:1:1:", id="not text"),
        pytest.param(b"<http://a b> a <http://c> .", "x.ttl:1:", id="address with a space"),
    ],
)
@pytest.mark.parametrize("command", ["check", "fmt", "stats"])
def test_a_broken_file_is_named_with_its_line_and_left_alone(
    run: Run, write: Write, command: str, content: bytes, words: str
) -> None:
    path = write("x.nt", content).rename(write("x.nt", content).with_name("x.ttl"))
    ended = run(
        command, "--store" if command == "stats" else path, *([path] if command == "stats" else [])
    )
    assert ended.returncode == 2
    assert words in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1
    assert path.read_bytes() == content


def test_an_empty_file_is_a_graph_without_anything_in_it(run: Run, write: Write) -> None:
    path = write("empty.nt", b"")
    assert run("check", path).returncode == 0
    assert run("fmt", "--check", path).returncode == 0
    assert (
        json.loads(run("stats", "--store", path, "--format", "json").stdout)["Records"]["claims"]
        == 0
    )


def test_fmt_rewrites_a_file_and_the_second_time_changes_nothing(run: Run, write: Write) -> None:
    path = write("x.ttl", "ent:b a kg:Entity .\n# about a\nent:a a kg:Entity .\n")
    before = path.read_bytes()
    assert run("fmt", "--check", path).returncode == 1
    assert path.read_bytes() == before
    assert run("fmt", path).returncode == 0
    once = path.read_bytes()
    assert b"# about a\nent:a a kg:Entity ;\n.\n" in once
    assert run("fmt", path).returncode == 0
    assert path.read_bytes() == once


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_an_error_and_leaves_no_scrap(run: Run, write: Write) -> None:
    path = write("x.ttl", "ent:b a kg:Entity .")
    path.parent.chmod(0o500)
    try:
        ended = run("fmt", path)
    finally:
        path.parent.chmod(0o700)
    assert ended.returncode == 2
    assert "cannot be written" in ended.stderr
    assert [each.name for each in path.parent.iterdir()] == ["x.ttl"]


@pytest.mark.parametrize(
    ("form", "start"),
    [
        ("csv", "claim\r\n"),
        ("tsv", "?claim\n"),
        ("json", '{"head":{"vars":["claim"]}'),
        ("xml", '<?xml version="1.0"?>'),
    ],
)
def test_rows_come_in_the_standard_formats(run: Run, form: str, start: str) -> None:
    asked = run("query", "-", "--format", form, stdin="SELECT ?claim { ?claim a kg:Claim } LIMIT 2")
    assert asked.stdout.startswith(start) or asked.stdout.replace("\n", "\r\n").startswith(start)


def test_a_construct_answers_with_turtle_and_an_ask_with_a_word(run: Run) -> None:
    text = "CONSTRUCT { ?c rdfs:label ?l } WHERE { ?c a kg:Claim ; rdfs:label ?l } LIMIT 1"
    assert "rdfs:label" in run("query", "-", stdin=text).stdout
    assert run("query", "-", stdin="ASK { ?c a kg:Claim }").stdout == "yes\n"


def test_no_text_of_the_graph_can_move_the_cursor(run: Run, write: Write) -> None:
    path = write("x.ttl", 'ent:a a kg:Entity , kg:Drug ; rdfs:label "red\\u001B[31m\\u202Eevil" .')
    for command in (["show", "ent:a"], ["search", "red"]):
        shown = run(*command, "--store", path)
        assert "\x1b" not in shown.stdout
        assert "\u202e" not in shown.stdout
        assert "\\u{1b}" in shown.stdout


def test_a_store_folder_answers_like_the_file(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    assert run("load", resources.TRIPLES, folder).returncode == 0
    asked = ["query", "contested-claims", "--format", "csv"]
    assert run(*asked, "--store", folder).stdout == run(*asked).stdout
    assert run("load", resources.TRIPLES, folder).returncode == 2


def test_show_gives_both_sides_even_where_one_is_empty(run: Run) -> None:
    shown = run("show", "claim:vegf-increases-hair-follicle-size").stdout
    assert "evidence for:" in shown
    assert "evidence against:" in shown
