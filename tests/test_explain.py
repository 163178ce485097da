"""`kg explain`: whole answers on the invented world in every form, hostile names, mistakes.

When an answer changes on purpose, renew its golden file:

    kg explain workbench "widget decay" --store tests/tiny.ttl --format FORM > tests/golden/explain/paths.FORM
    kg explain squark "slow widget decay" --min-certainty high --store tests/tiny.ttl > tests/golden/explain/gap.text
"""

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import click
import pytest
from click.testing import CliRunner, Result

from kg import resources
from kg.cli import kg
from kg.errors import KgError
from kg.pages.views.explain import Picture

from .conftest import ROOT, Run

TINY = ROOT / "tests" / "tiny.ttl"
GOLDEN = ROOT / "tests" / "golden" / "explain"
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = r"</text><script>alert(1)</script> \"q\" & `x` ]} --> \u001B[31m \u202E end"

Write = Callable[..., Path]


def answer(*arguments: object) -> Result:
    """The command in this process, which is quicker."""
    return CliRunner().invoke(kg, ["explain", *map(str, arguments)], standalone_mode=False)


@pytest.mark.parametrize("form", ["text", "json", "mermaid", "svg"])
def test_an_answer_is_its_golden_file(form: str) -> None:
    ended = answer("workbench", "widget decay", "--store", TINY, "--format", form)
    assert ended.stdout == (GOLDEN / f"paths.{form}").read_text(encoding="utf-8")
    assert ended.exception is None


def test_a_gap_is_told_with_what_would_close_it_and_ends_with_1(run: Run) -> None:
    ended = run(
        "explain", "squark", "slow widget decay", "--min-certainty", "high", "--store", TINY
    )
    golden = (GOLDEN / "gap.text").read_text(encoding="utf-8")
    assert (ended.returncode, ended.stdout) == (1, golden)


def test_a_gap_is_a_picture_and_data_too() -> None:
    asked = ["gloom", "rust", "--store", TINY, "--format"]
    assert "No path of up to 5 steps" in answer(*asked, "svg").stdout
    assert json.loads(answer(*asked, "json").stdout)["paths"] == []
    assert answer(*asked, "mermaid").stdout.startswith("flowchart LR\n")


def test_every_step_by_claims_says_both_counts_in_every_form() -> None:
    asked = ["rust", "up phase", "--store", TINY, "--format"]
    assert "2 studies for, 1 against" in answer(*asked, "text").stdout
    assert "2 for, 1 against" in answer(*asked, "mermaid").stdout
    assert "2 for, 1 against" in answer(*asked, "svg").stdout
    steps = json.loads(answer(*asked, "json").stdout)["paths"][1]["steps"]
    claim = steps[0]["claims"][0]
    assert claim["studies"] == {"supports": 2, "disputes": 1, "inconclusive": 0}
    assert claim["best_against"]["n_of_study"] == 5000


def test_one_organism_alone_is_said_beside_all_evidence() -> None:
    shown = answer("rust", "gluon", "--organism", "mouse", "--store", TINY).stdout
    assert shown.startswith("rust → gluon, by mouse evidence alone\n")
    assert "by all evidence: context-dependent, very low certainty" in shown


def test_the_template_takes_exactly_the_fields_of_the_picture() -> None:
    from jinja2 import Environment, meta

    text = (resources.TEMPLATES / "explain.svg").read_text(encoding="utf-8")
    used = meta.find_undeclared_variables(Environment(autoescape=True).parse(text))
    assert used == set(Picture.__dataclass_fields__)


@pytest.fixture
def hostile(write: Write) -> Path:
    """Two steps whose every name is made to break out."""
    text = (
        f'ent:a a kg:Entity , kg:Drug ; rdfs:label "{HOSTILE} a" .\n'
        f'ent:b a kg:Entity , kg:Outcome ; rdfs:label "{HOSTILE} b" .\n'
        f'ent:c a kg:Entity , kg:Outcome ; rdfs:label "c" .\n'
        f'study:s a kg:Study ; rdfs:label "{HOSTILE}" .\n'
        f'src:s a kg:Source ; kg:doi "{HOSTILE}" .\n'
    )
    for subject, thing in (("a", "b"), ("b", "c")):
        text += (
            f'claim:{subject} a kg:Claim ; rdfs:label "{HOSTILE}" ; kg:circumstance "{HOSTILE}" ;'
            f" rdf:subject ent:{subject} ; rdf:predicate kg:increases ; rdf:object ent:{thing} .\n"
            f"ev:{subject} a kg:Evidence ; kg:about claim:{subject} ; kg:fromStudy study:s ;"
            " kg:reportedIn src:s ; kg:direction kg:Supports ; kg:observed kg:AsClaimed ;"
            f' kg:finding "{HOSTILE}" ; kg:design kg:AnimalInVivo ; kg:organism ent:a .\n'
        )
    return write("hostile.ttl", text)


@pytest.mark.parametrize("form", ["text", "json", "mermaid", "svg"])
def test_no_name_can_move_the_cursor(hostile: Path, form: str) -> None:
    shown = answer("ent:a", "ent:c", "--store", hostile, "--format", form)
    assert not {"\x1b", "\u202e"} & set(shown.stdout)


def test_no_name_becomes_markup_in_the_picture(hostile: Path) -> None:
    shown = answer("ent:a", "ent:c", "--store", hostile, "--format", "svg").stdout
    root = ElementTree.fromstring(shown)  # noqa: S314 - our own output
    kinds = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert kinds == {"svg", "title", "desc", "style", "rect", "text", "g", "line", "path"}
    assert {name for element in root.iter() for name in element.attrib}.isdisjoint(
        {"onload", "onclick", "href"}
    )


def test_no_name_ends_its_quotes_in_mermaid(hostile: Path) -> None:
    shown = answer("ent:a", "ent:c", "--store", hostile, "--format", "mermaid").stdout
    for line in shown.splitlines():
        assert line.count('"') in {0, 2}
        inside = line.split('"')[1] if '"' in line else ""
        assert not set(inside) & set("<>&`[](){}|\\")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(["rusd", "gloom"], "Did you mean 'rust'", id="unknown start"),
        pytest.param(["rust", "therapy"], "'quark therapy'", id="half a name"),
        pytest.param(["rust", "gloom", "--avoid", "zzz"], "'zzz'", id="unknown to avoid"),
        pytest.param(["rust", "gloom", "--organism", "mose"], "'mouse'", id="unknown organism"),
        pytest.param(["rust", "gloom", "--organism", "gluon"], "no organism", id="not an organism"),
        pytest.param(["rust", "rust"], "two different things", id="one thing twice"),
        pytest.param(["rust", "gloom", "--max-steps", "0"], "0 is not in", id="no steps"),
    ],
)
def test_a_mistake_is_told(arguments: list[str], words: str) -> None:
    ended = answer(*arguments, "--store", TINY)
    assert isinstance(ended.exception, KgError | click.UsageError)
    assert words in str(ended.exception)
    assert ended.stdout == ""
