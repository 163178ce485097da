"""What kg impact says would change is what does change when the evidence is really gone.

The results are removed from the store, and a fresh graph weighs what is left; none of that
goes through `kg.impact`. Studies whose claims have nothing to do with each other are
removed together, so that every study and every source of the real data is tried.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg
from kg import terms
from kg.changes import changes_between
from kg.graph import Graph
from kg.impact import Ground, Impact, Link, Standing, standing_of
from kg.impact_formats import impact_json, impact_text, ranking_json, ranking_text
from kg.knowledge import knowledge_of
from kg.model import Appraisal, Claim, Evidence
from kg.paths import steps_of

from .conftest import ROOT, Run, graph_of

TINY = ROOT / "tests" / "tiny.ttl"
RETRACTION = ox.NamedNode(terms.kg("retraction"))
Quads = tuple[list[ox.Quad], list[ox.Quad]]
Edit = Callable[[ox.Store, list[Evidence]], Quads]


def ground_of(graph: Graph) -> Ground:
    return Ground(graph.claims, graph.mechanisms.values(), graph.appraisals, graph.grading)


@pytest.fixture(scope="module")
def fresh() -> Graph:
    """The bundled graph in a store of its own, which these tests change and restore."""
    return kg.load()


@pytest.fixture(scope="module")
def ground(fresh: Graph) -> Ground:
    return ground_of(fresh)


@contextmanager
def edited(graph: Graph, items: list[Evidence], edit: Edit) -> Iterator[Graph]:
    """The graph after an edit of its store, read anew; the store is restored afterwards."""
    store = graph.store.oxigraph
    gone, come = edit(store, items)
    exchange(store, gone, come)
    try:
        yield Graph(graph.store)
    finally:
        exchange(store, come, gone)


def exchange(store: ox.Store, gone: list[ox.Quad], come: list[ox.Quad]) -> None:
    for quad in gone:
        store.remove(quad)
    store.extend(come)


def removed(store: ox.Store, items: list[Evidence]) -> Quads:
    nodes = [ox.NamedNode(item.iri) for item in items]
    return [q for node in nodes for q in store.quads_for_pattern(node, None, None, None)], []


def retracted(store: ox.Store, items: list[Evidence]) -> Quads:
    nodes = [ox.NamedNode(iri) for iri in {item.source.iri for item in items if item.source}]
    new = ox.NamedNode(terms.kg("Retracted"))
    return (
        [q for node in nodes for q in store.quads_for_pattern(node, RETRACTION, None, None)],
        [ox.Quad(node, RETRACTION, new) for node in nodes],
    )


def items_by(graph: Graph, name_of: Callable[[Evidence], str]) -> dict[str, list[Evidence]]:
    found: dict[str, list[Evidence]] = {}
    for item in graph.evidence.values():
        found.setdefault(name_of(item), []).append(item)
    return {name: items for name, items in found.items() if name}


def study_of(item: Evidence) -> str:
    return item.study.iri


def source_of(item: Evidence) -> str:
    return item.source.iri if item.source else ""


def above(claim: str, claims: Mapping[str, Claim]) -> set[str]:
    """The claim and all that it specialises."""
    found, waiting = {claim}, [claim]
    while waiting:
        new = {b for b in claims[waiting.pop()].specializes if b in claims} - found
        found |= new
        waiting += new
    return found


def batches_of(
    items: Mapping[str, list[Evidence]], claims: Mapping[str, Claim]
) -> Iterable[list[str]]:
    """The names, in lots whose claims have nothing to do with each other."""
    reach = {
        name: set().union(*(above(item.claim, claims) for item in each))
        for name, each in items.items()
    }
    lots: list[tuple[list[str], set[str]]] = []
    for name in sorted(reach, key=lambda name: (-len(reach[name]), name)):
        lot = next((lot for lot in lots if not lot[1] & reach[name]), None)
        if lot is None:
            lots.append(lot := ([], set()))
        lot[0].append(name)
        lot[1].update(reach[name])
    return [names for names, _ in lots]


def foretold(graph: Graph, impacts: Iterable[Impact]) -> dict[str, Appraisal]:
    """All appraisals as they should be then."""
    shifts = {shift.claim.iri: shift for impact in impacts for shift in impact.shifts}
    for iri, shift in shifts.items():
        assert shift.before == graph.appraisals[iri] != shift.after
    return {**graph.appraisals, **{iri: shift.after for iri, shift in shifts.items()}}


def standings(graph: Graph) -> dict[str, Standing]:
    return {
        iri: standing_of(mechanism, graph.appraisals) for iri, mechanism in graph.mechanisms.items()
    }


def links(graph: Graph) -> set[tuple[str, str, int]]:
    """The steps that kg explain can take on claims."""
    steps = steps_of(knowledge_of(graph))
    return {(step.source, step.target, step.sign) for step in steps if step.claims}


def ends(found: Iterable[Link]) -> set[tuple[str, str, int]]:
    return {(link.start.iri, link.end.iri, link.sign) for link in found}


def in_words(standing: Standing) -> tuple[object, ...]:
    return standing.steps, [claim.iri for claim in standing.unsupported], standing.weakest


@pytest.mark.parametrize(
    ("name_of", "edit"),
    [
        pytest.param(study_of, removed, id="every study removed"),
        pytest.param(source_of, retracted, id="every source retracted"),
    ],
)
def test_the_appraisals_that_change_are_exactly_those_foretold(
    fresh: Graph, ground: Ground, name_of: Callable[[Evidence], str], edit: Edit
) -> None:
    by_name = items_by(fresh, name_of)
    assert len(by_name) > 400
    tried = set()
    for names in batches_of(by_name, fresh.claims):
        impacts = [
            ground.without({name} if edit is removed else (), () if edit is removed else {name})
            for name in names
        ]
        assert sum(impact.results for impact in impacts) == sum(len(by_name[n]) for n in names)
        with edited(fresh, [item for name in names for item in by_name[name]], edit) as graph:
            assert graph.appraisals == foretold(fresh, impacts)
        tried |= set(names)
    assert tried == by_name.keys()


def test_a_study_removed_alone_changes_what_was_foretold_of_claims_and_mechanisms(
    fresh: Graph, ground: Ground
) -> None:
    by_study = items_by(fresh, study_of)
    was = standings(fresh)
    for impact in ground.each()[:3]:
        (study,) = impact.removed
        with edited(fresh, by_study[study], removed) as graph:
            assert graph.appraisals == foretold(fresh, [impact])
            assert ends(impact.broken) == links(fresh) - links(graph)
            assert ends(impact.gained) == links(graph) - links(fresh)
            now = {iri: in_words(standing) for iri, standing in standings(graph).items()}
        told = {shift.mechanism.iri: shift.after for shift in impact.mechanisms}
        assert now == {iri: in_words(told.get(iri, standing)) for iri, standing in was.items()}


def test_the_real_data_is_whole_again_after_these_tests(fresh: Graph, real: Graph) -> None:
    assert len(fresh.store) == len(real.store)
    assert Graph(fresh.store).appraisals == real.appraisals


def test_kg_diff_tells_the_same_verdicts_as_kg_impact(
    real: Graph, fresh: Graph, ground: Ground
) -> None:
    impact = ground.each()[0]
    (study,) = impact.removed
    with edited(fresh, items_by(fresh, study_of)[study], removed) as graph:
        moved = changes_between(real, graph).moved
    assert {one.id for one in moved if one.what == "verdict"} == {
        terms.shortened(shift.claim.iri) for shift in impact.moving_verdict
    }
    assert {one.id for one in moved if one.what == "mechanism"} == {
        terms.shortened(shift.mechanism.iri) for shift in impact.mechanisms
    }


def test_each_is_every_study_alone_and_the_heaviest_comes_first(
    fresh: Graph, ground: Ground
) -> None:
    every = ground.each()
    assert {impact.removed for impact in every} == {(s,) for s in items_by(fresh, study_of)}
    assert every == [ground.without(impact.removed) for impact in every]
    assert [impact.weight for impact in every] == sorted((i.weight for i in every), reverse=True)


def test_nothing_rests_on_what_has_no_result(ground: Ground) -> None:
    assert ground.without({"study:none"}, {"src:none"}) == Impact(("src:none", "study:none"), 0)


WORLD = """
ent:human a kg:Entity , kg:Organism ; rdfs:label "human" .
ent:quark a kg:Entity , kg:Drug ; rdfs:label "quark" .
ent:widget a kg:Entity , kg:Outcome ; rdfs:label "widget" .
claim:up a kg:Claim ; rdfs:label "quark increases widget" ;
    rdf:subject ent:quark ; rdf:predicate kg:increases ; rdf:object ent:widget .
claim:up-in-men a kg:Claim ; rdfs:label "quark increases widget in men" ; kg:specializes claim:up ;
    rdf:subject ent:quark ; rdf:predicate kg:increases ; rdf:object ent:widget .
study:a a kg:Study ; rdfs:label "Trial A" .
study:b a kg:Study ; rdfs:label "Trial B" .
src:a a kg:Source ; dcterms:title "On quarks" .
ev:a a kg:Evidence ; kg:about claim:up-in-men ; kg:fromStudy study:a ; kg:direction kg:Supports ;
    kg:observed kg:AsClaimed ; kg:design kg:RandomizedControlledTrial ; kg:sampleSize 900 ;
    kg:organism ent:human ; kg:reportedIn src:a ; kg:comparator "placebo" .
ev:b a kg:Evidence ; kg:about claim:up ; kg:fromStudy study:b ; kg:direction kg:Inconclusive ;
    kg:observed kg:Undecided ; kg:design kg:CaseReport ; kg:organism ent:human .
path:p a kg:Mechanism ; rdfs:label "how quarks lift" .
path:p-1 a kg:Step ; kg:stepOf path:p ; kg:order 1 ; kg:via claim:up .
"""


@pytest.fixture(scope="module")
def world() -> Graph:
    return graph_of(WORLD)


def test_the_whole_text_says_what_moves_with_both_readings(world: Graph) -> None:
    impact = ground_of(world).without({world.names.resolve("Trial A") or ""})
    assert impact_text(impact, world.names.title) == (
        "Without Trial A (study:a): 1 result fewer; 2 verdicts, 1 mechanism, 1 link changed; "
        "2 claims left without any support.\n"
        "\n"
        "Verdicts that change (2)\n"
        "  quark increases widget claim:up\n"
        "    is:   supported, moderate certainty (0 studies for, 0 against, 1 inconclusive; "
        "1 on narrower claims)\n"
        "    then: inconclusive, very low certainty (0 studies for, 0 against, 1 inconclusive)\n"
        "    no study is left that supports it\n"
        "  quark increases widget in men claim:up-in-men\n"
        "    is:   supported, high certainty (1 study for, 0 against)\n"
        "    then: untested (0 studies for, 0 against)\n"
        "    no study is left that supports it\n"
        "\n"
        "Mechanisms that change (1)\n"
        "  how quarks lift path:p\n"
        "    is:   every step supported, the weakest with moderate certainty\n"
        "    then: 0 of 1 steps supported\n"
        "    no longer supported: quark increases widget\n"
        "\n"
        "Links that break, and every path over them (1)\n"
        "  quark → widget (+)"
    )


def test_the_ranking_is_one_line_per_study(world: Graph) -> None:
    assert ranking_text(ground_of(world).each(), world.names.title).splitlines() == [
        "verdicts  no support  mechanisms  links  certainties  results  study",
        "       2           2           1      1            0        1  Trial A (study:a)",
        "       0           0           0      0            0        1  Trial B (study:b)",
    ]


def test_json_has_both_readings_of_every_claim_and_is_plain_ascii(world: Graph) -> None:
    ground = ground_of(world)
    source = world.names.resolve("On quarks") or ""
    found = json.loads(impact_json(ground.without(sources={source}), world.names.title))
    assert found["removed"] == [{"id": "src:a", "label": "On quarks"}]
    (claim, _) = found["claims"]
    assert (claim["id"], claim["moves"], claim["loses_all_support"]) == (
        "claim:up",
        ["verdict", "certainty"],
        True,
    )
    assert claim["before"]["studies"] == {"supports": 0, "disputes": 0, "inconclusive": 1}
    assert found["links_broken"] == [{"from": "ent:quark", "to": "ent:widget", "sign": 1}]
    assert [mechanism["falls"] for mechanism in found["mechanisms"]] == [True]
    ranked = ranking_json(ground.each(), world.names.title)
    assert ranked.isascii()
    assert [one["results"] for one in json.loads(ranked)["studies"]] == [1, 1]


def test_the_documentation_names_every_key_of_the_json(world: Graph) -> None:
    page = (ROOT / "docs" / "impact.md").read_text(encoding="utf-8")
    impact = ground_of(world).without({world.names.resolve("Trial A") or ""})
    told = json.loads(impact_json(impact, world.names.title))
    claim, mechanism, link = (told[k][0] for k in ("claims", "mechanisms", "links_broken"))
    keys = {*told, *claim, *claim["before"], *mechanism, *link} - {"version"}
    assert {key for key in keys if f"`{key}`" not in page} == set()


def test_no_label_can_move_the_cursor() -> None:
    evil = graph_of(WORLD.replace('"Trial A"', '"red\\u001B[31m\\u202Eevil"'))
    written = ranking_text(ground_of(evil).each(), evil.names.title)
    assert "\\u{1b}[31m\\u{202e}evil" in written
    assert "\x1b" not in written


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(["Quarks for widgts"], "Did you mean 'Quarks for widgets'", id="near miss"),
        pytest.param(["quark therapy"], "No study or source is called", id="an entity"),
        pytest.param([], "Give a STUDY or SOURCE, or --each", id="nothing"),
        pytest.param(["study:trial-a", "--each"], "and not both", id="both"),
    ],
)
def test_a_wrong_name_is_one_message_and_exit_2(run: Run, arguments: list[str], words: str) -> None:
    ended = run("impact", *arguments, "--store", TINY)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert words in ended.stderr


def test_the_command_takes_studies_and_sources_together(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "world.ttl"
    path.write_text((ROOT / "tests" / "tiny.ttl").read_text(encoding="utf-8"), encoding="utf-8")
    ended = run("impact", "study:trial-a", "src:trial-b", "--format", "json", "--store", path)
    assert ended.returncode == 0
    assert [one["id"] for one in json.loads(ended.stdout)["removed"]] == [
        "src:trial-b",
        "study:trial-a",
    ]
    assert "this is about the graph, not the field" in ended.stderr
