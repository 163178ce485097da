"""Contradictions: each kind is found in the invented world, and says whether scope explains it.

When the answer changes on purpose, renew its golden file:

    kg contradictions --store tests/tiny.ttl > tests/golden/contradictions.text
"""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

import kg
from kg.cli import kg as command
from kg.contradiction_formats import json_of, recorded_summary, recorded_text_of, text_of
from kg.contradictions import Contradiction, Kind, compared_with, contradictions_in
from kg.errors import UnknownName
from kg.graph import Graph
from kg.knowledge import knowledge_of

from .conftest import ROOT

TINY = ROOT / "tests" / "tiny.ttl"
GOLDEN = ROOT / "tests" / "golden" / "contradictions.text"

Write = Callable[..., Path]


@pytest.fixture(scope="module")
def tiny() -> Graph:
    return kg.load(TINY)


@pytest.fixture(scope="module")
def found(tiny: Graph) -> tuple[Contradiction, ...]:
    return contradictions_in(knowledge_of(tiny))


def between(found: tuple[Contradiction, ...], kind: Kind, start: str, end: str) -> Contradiction:
    (one,) = [c for c in found if (c.kind, c.start.label, c.end.label) == (kind, start, end)]
    return one


def differences(
    contradiction: Contradiction,
) -> list[tuple[str, tuple[str, ...], tuple[str, ...], bool]]:
    return [(d.circumstance, d.one, d.other, d.is_partial) for d in contradiction.differences]


def test_the_whole_answer_is_its_golden_file(found: tuple[Contradiction, ...]) -> None:
    assert text_of(found, 10) + "\n" == GOLDEN.read_text(encoding="utf-8")


def test_studies_on_both_sides_are_told_with_the_species_that_separates_them(
    found: tuple[Contradiction, ...],
) -> None:
    one = between(found, Kind.CONTESTED, "widget vesicles", "gluon")
    assert differences(one) == [("species", ("human",), ("mouse",), False)]
    assert one.is_explained


def test_a_disagreement_without_a_recorded_difference_is_not_explained(
    found: tuple[Contradiction, ...],
) -> None:
    one = between(found, Kind.CONTESTED, "workbench", "rust")
    assert (differences(one), one.is_explained) == ([], False)


def test_a_claim_that_is_refuted_for_the_broader_thing_may_hold_for_a_kind(
    found: tuple[Contradiction, ...],
) -> None:
    one = between(found, Kind.APART, "widget vesicles", "widget maker")
    assert differences(one) == [("subject", ("widget vesicles",), ("vesicle",), True)]
    assert not one.is_explained


def test_a_mechanism_drawn_for_a_refuted_claim_is_a_contradiction(
    found: tuple[Contradiction, ...],
) -> None:
    one = between(found, Kind.MECHANISM, "quark therapy", "down-to-up transition")
    assert one.one.claims[0].appraisal.verdict == "refuted"
    assert one.other.mechanism == "Quarks wake widgets through gluons"


def test_two_chains_to_one_outcome_may_disagree(found: tuple[Contradiction, ...]) -> None:
    one = between(found, Kind.CHAINS, "workbench", "widget decay")
    assert (one.one.sign, one.other.sign) == (1, -1)
    assert len(one.other.claims) == 3


OPPOSITE = """
ent:x a kg:Entity , kg:Drug ; rdfs:label "x" .
ent:xx a kg:Entity , kg:Drug ; rdfs:label "kind of x" ; skos:broader ent:x .
ent:y a kg:Entity , kg:Outcome ; rdfs:label "y" .
ent:{one} a kg:Entity , kg:Organism ; rdfs:label "{one}" .
ent:{other} a kg:Entity , kg:Organism ; rdfs:label "{other}" .
claim:up a kg:Claim ; rdfs:label "up" ; rdf:subject ent:x ; rdf:predicate kg:increases ; rdf:object ent:y .
claim:down a kg:Claim ; rdfs:label "down" ; {scope}
  rdf:subject ent:{subject} ; rdf:predicate kg:decreases ; rdf:object ent:y .
study:s a kg:Study ; rdfs:label "s" .
study:t a kg:Study ; rdfs:label "t" .
ev:up a kg:Evidence ; kg:about claim:up ; kg:fromStudy study:s ; kg:direction kg:Supports ;
  kg:observed kg:AsClaimed ; kg:finding "f" ; kg:design kg:AnimalInVivo ; kg:organism ent:{one} .
ev:down a kg:Evidence ; kg:about claim:down ; kg:fromStudy study:t ; kg:direction kg:Supports ;
  kg:observed kg:AsClaimed ; kg:finding "f" ; kg:design kg:AnimalInVivo ; kg:organism ent:{other} .
"""


@pytest.mark.parametrize(
    ("subject", "one", "other", "scope", "expected"),
    [
        pytest.param("x", "mouse", "mouse", "", [], id="nothing tells them apart"),
        pytest.param(
            "x", "mouse", "rat", "", [("species", ("mouse",), ("rat",), False)], id="species"
        ),
        pytest.param(
            "x",
            "mouse",
            "mouse",
            'kg:circumstance "at night" ;',
            [("circumstance", (), ("at night",), True)],
            id="only one side is limited",
        ),
        pytest.param(
            "xx",
            "mouse",
            "mouse",
            "",
            [("subject", ("kind of x",), ("x",), True)],
            id="a kind of the other",
        ),
    ],
)
def test_claims_of_opposite_sign_say_what_tells_them_apart(  # noqa: PLR0913, PLR0917 - one parameter per column
    write: Write, subject: str, one: str, other: str, scope: str, expected: list[object]
) -> None:
    text = OPPOSITE.format(subject=subject, one=one, other=other, scope=scope)
    found = contradictions_in(knowledge_of(kg.load(write("pair.ttl", text))))
    (pair,) = [each for each in found if each.kind is Kind.OPPOSITE]
    told = [(d.circumstance, *sorted((d.one, d.other)), d.is_partial) for d in pair.differences]
    assert told == [(name, *sorted((a, b)), part) for name, a, b, part in expected]  # type: ignore[misc]


def test_recorded_conflicts_are_set_beside_what_was_found(
    tiny: Graph, found: tuple[Contradiction, ...]
) -> None:
    recorded = compared_with(found, tiny.conflicts.values())
    assert recorded_summary(recorded) == (
        "2 conflicts recorded by curators: 2 found by computation, 0 not."
    )
    assert recorded_text_of(recorded).splitlines() == [
        "found: Do quarks help widgets? (studies on both sides of one claim)",
        "found: Is the workbench rusty? (studies on both sides of one claim)",
    ]


def test_the_data_have_what_the_text_has(tiny: Graph, found: tuple[Contradiction, ...]) -> None:
    recorded = compared_with(found, tiny.conflicts.values())
    data = json.loads(json_of(found, recorded))
    kinds = Counter(each["kind"] for each in data["contradictions"])
    assert kinds == Counter(each.kind.name.lower() for each in found)
    for each, shown in zip(found, data["contradictions"], strict=True):
        assert shown["explained"] is each.is_explained
        assert len(shown["one"]["evidence"]) == len(each.one.results)
    assert {"found_as", "why_not", "reading"} <= data["recorded"][0].keys()


@pytest.mark.parametrize(
    ("arguments", "kinds"),
    [
        pytest.param(["--kind", "chains"], {"chains"}, id="one kind"),
        pytest.param(["--about", "workbench"], {"contested", "chains"}, id="about one thing"),
        pytest.param(["--about", "gloom"], set(), id="about a thing without any"),
        pytest.param(
            ["--unexplained", "--kind", "contested"], {"contested"}, id="unexplained only"
        ),
    ],
)
def test_what_is_asked_for_is_what_is_shown(arguments: list[str], kinds: set[str]) -> None:
    asked = ["contradictions", "--store", str(TINY), "--format", "json", *arguments]
    shown = json.loads(CliRunner().invoke(command, asked).stdout)["contradictions"]
    assert {each["kind"] for each in shown} == kinds
    if "--unexplained" in arguments:
        assert not any(each["explained"] for each in shown)


def test_an_unknown_name_gets_a_suggestion() -> None:
    asked = ["contradictions", "--about", "rusd", "--store", str(TINY)]
    ended = CliRunner().invoke(command, asked, standalone_mode=False)
    assert isinstance(ended.exception, UnknownName)
    assert "Did you mean 'rust'" in str(ended.exception)


def test_known_disagreements_of_the_field_are_found(real: Graph) -> None:
    found = contradictions_in(knowledge_of(real))
    told = {(each.kind, each.start.label, each.end.label) for each in found}
    assert {
        (Kind.CONTESTED, "childbirth", "telogen effluvium"),
        (Kind.APART, "IFN-gamma", "alopecia areata"),
        (Kind.CHAINS, "macrophage", "hair growth"),
    } <= told
    recorded = compared_with(found, real.conflicts.values())
    assert sum(bool(each.found) for each in recorded) >= 20
    assert all(each.found or each.why_not for each in recorded)
