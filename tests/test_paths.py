"""Paths: ranked as brute force ranks them, signs multiply, nothing avoided appears, cycles end."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.errors import QueryError
from kg.graph import Graph
from kg.knowledge import knowledge_of
from kg.model import Certainty, Entity
from kg.paths import Explanation, Knowledge, Obstacle, Question, StepKind, Ways, explain, steps_of
from kg.paths.search import Sought, rank, sign_of, weakest

Write = Callable[..., Path]

TINY = Path(__file__).parent / "tiny.ttl"
PLACES = "abcdef"


@dataclass(frozen=True, slots=True)
class Link:
    """A made-up link."""

    source: str
    target: str
    sign: int
    level: int
    doubt: int
    is_kin: bool = False

    def may_follow(self, kin: "Link") -> bool:
        return kin.is_kin and not self.is_kin


places = st.sampled_from(PLACES)
claimed = st.builds(
    Link, places, places, st.sampled_from((1, -1)), st.integers(1, 4), st.integers(0, 300)
)
kinship = st.builds(Link, places, places, st.just(1), st.just(5), st.just(200), st.just(True))  # noqa: FBT003 - positions of a dataclass
networks = st.lists(
    claimed | kinship, max_size=18, unique_by=lambda link: (link.source, link.target, link.sign)
)


def by_brute_force(links: Sequence[Link], sought: Sought) -> list[tuple[Link, ...]]:
    """Every path that networkx finds, kept where the rules allow it, sorted."""
    network = networkx.MultiDiGraph()
    network.add_nodes_from(PLACES)
    for number, link in enumerate(links):
        network.add_edge(link.source, link.target, key=number)
    found = []
    for edges in networkx.all_simple_edge_paths(
        network, sought.start, sought.end, cutoff=sought.longest
    ):
        path = tuple(links[number] for _, _, number in edges)
        is_sound = all(not one.is_kin or two.may_follow(one) for one, two in pairwise(path))
        if is_sound and weakest(path) < 5 and sign_of(path) == sought.sign:
            found.append(path)
    return sorted(found, key=rank)


@given(
    networks,
    st.permutations(PLACES),
    st.sampled_from((1, -1)),
    st.integers(1, 5),
    st.integers(1, 6),
)
@settings(max_examples=300, deadline=None)
def test_the_best_paths_are_those_of_brute_force(
    links: list[Link], ends: list[str], sign: int, longest: int, limit: int
) -> None:
    sought = Sought(ends[0], ends[1], sign, longest, limit)
    every = by_brute_force(links, sought)
    found = Ways(links).best(sought)
    assert [rank(path) for path in found.paths] == [rank(path) for path in every[:limit]]
    assert set(found.paths) <= set(every)
    assert len(set(found.paths)) == len(found.paths)
    assert found.more is (len(every) > limit)
    assert found.is_complete


@given(networks, st.integers(1, 4))
@settings(max_examples=100, deadline=None)
def test_walks_are_every_simple_path_from_a_place(links: list[Link], longest: int) -> None:
    walks = list(Ways(links).walks("a", longest))
    assert len(walks) == len(set(walks))
    for end in PLACES[1:]:
        for sign in (1, -1):
            expected = by_brute_force(links, Sought("a", end, sign, longest, 0))
            reached = [
                walk
                for walk in walks
                if walk[-1].target == end and sign_of(walk) == sign and weakest(walk) < 5
            ]
            assert set(reached) == set(expected)


def test_a_search_that_meets_too_much_stops_and_says_so() -> None:
    names = [f"p{n}" for n in range(12)]
    links = [Link(a, b, 1, 1, 0) for a in names for b in names if a != b]
    found = Ways(links).best(Sought("p0", "p1", -1, 12, 1, patience=1000))
    assert found.is_complete  # no link is negative, so nothing had to be walked
    found = Ways(links).best(Sought("p0", "p1", 1, 12, 10_000_000, patience=1000))
    assert not found.is_complete
    assert found.paths


def test_going_round_in_a_circle_ends() -> None:
    circle = [Link("a", "b", 1, 4, 0), Link("b", "c", -1, 4, 0), Link("c", "a", 1, 4, 0)]
    ways = Ways(circle)
    assert [len(p) for p in ways.best(Sought("a", "c", -1, 9, 9)).paths] == [2]
    assert ways.best(Sought("a", "c", 1, 9, 9)).paths == ()
    assert len(list(ways.walks("a", 9))) == 2


# The invented world.


@pytest.fixture(scope="module")
def tiny() -> Graph:
    return kg.load(TINY)


@pytest.fixture(scope="module")
def known(tiny: Graph) -> Knowledge:
    return knowledge_of(tiny)


def told(path: Sequence[object]) -> str:
    return " ".join(
        f"{s.kind if s.kind.is_given else s.claims[0].claim.relation.label} {s.end.label},"
        for s in path
    )  # type: ignore[attr-defined]


def asked(graph: Graph, start: str, end: str, **settings: object) -> Explanation:
    question = Question(graph.entity(start), graph.entity(end), **settings)  # type: ignore[arg-type]
    return explain(knowledge_of(graph), question)


def test_only_claims_that_hold_somewhere_carry_a_step(known: Knowledge) -> None:
    verdicts = {j.appraisal.verdict for step in steps_of(known) for j in step.claims}
    assert {str(verdict) for verdict in verdicts} == {"supported", "contested", "context-dependent"}


def test_a_step_knows_all_claims_of_its_ends_and_sign(known: Knowledge) -> None:
    for step in steps_of(known):
        for judged in step.claims:
            assert {judged.claim.subject, judged.claim.object} == {step.start, step.end}
            assert step.level >= judged.level
        for judged in step.contrary:
            assert judged.claim.relation.sign == -step.sign


def test_the_end_of_a_path_is_driven_with_the_product_of_the_signs(tiny: Graph) -> None:
    found = asked(tiny, "rust", "up phase")
    assert [(path.sign, str(path.certainty), told(path.steps)) for path in found.paths] == [
        (-1, "very low", "inhibits down-to-up transition, begins up phase,"),
        (-1, "very low", "decreases gluon, activates down-to-up transition, begins up phase,"),
    ]


def test_leaving_a_phase_turns_the_sign_round(tiny: Graph) -> None:
    best = asked(tiny, "rust", "down phase").paths[0]
    assert (best.sign, told(best.steps)) == (1, "inhibits down-to-up transition, ends down phase,")


def test_paths_that_say_the_opposite_stand_beside_the_others(tiny: Graph) -> None:
    found = asked(tiny, "workbench", "widget decay")
    assert [path.sign for path in found.main] == [1]
    assert [path.sign for path in found.opposite] == [-1]
    assert told(found.opposite[0].steps) == (
        "is derived from widget maker, is derived from widget vesicles, treats widget decay,"
    )


def test_a_kind_does_what_its_broader_thing_was_itself_shown_to_do(tiny: Graph) -> None:
    best = asked(tiny, "strange quark therapy", "widget count").paths[0]
    assert told(best.steps) == "is a kind of quark therapy, increases widget count,"
    assert best.organisms == ("mouse",)


def test_a_kind_does_not_inherit_what_only_another_kind_was_shown_to_do(write: Write) -> None:
    text = TINY.read_text(encoding="utf-8")
    # A sibling of the vesicles: that vesicles treat decay rests on widget vesicles alone.
    text += (
        'ent:sister a kg:Entity , kg:VesiclePreparation ; rdfs:label "sister vesicles" ;'
        " skos:broader ent:vesicle ."
    )
    graph = kg.load(write("sister.ttl", text.encode()))
    assert asked(graph, "vesicle", "widget decay").paths
    assert asked(graph, "sister vesicles", "widget decay").paths == ()
    assert asked(graph, "sister vesicles", "gluon").paths


def test_the_thing_asked_about_includes_its_kinds_and_nothing_else_does(tiny: Graph) -> None:
    best = asked(tiny, "quark therapy", "widget decay").paths[0]
    assert [step.kind for step in best.steps] == [
        StepKind.INCLUDES,
        StepKind.CLAIM,
        StepKind.KIND,
    ]
    every = [step for step in steps_of(knowledge_of(tiny)) if step.kind is StepKind.INCLUDES]
    assert every == []


names = st.sampled_from(sorted(e.label for e in kg.load(TINY).entities.values()))


@given(names, names, st.sets(names, max_size=4), st.sampled_from(list(Certainty)))
@settings(max_examples=60, deadline=None)
def test_what_is_avoided_never_appears_and_no_step_is_less_certain_than_asked(
    known: Knowledge, start: str, end: str, avoided: set[str], lowest: Certainty
) -> None:
    by_label = {entity.label: entity for entity in known.entities.values()}
    if start == end:
        return
    avoid = frozenset(by_label[name].iri for name in avoided - {start, end})
    question = Question(by_label[start], by_label[end], 6, lowest, avoid, 20)
    found = explain(known, question)
    for path in found.paths:
        things = [path.steps[0].start, *(step.end for step in path.steps)]
        assert (things[0].label, things[-1].label) == (start, end)
        assert not {thing.iri for thing in things} & avoid
        assert len(set(things)) == len(things)
        assert all(step.level >= lowest.level for step in path.steps)
        assert path.sign == sign_of(path.steps)
    for missing in found.missing:
        claim = missing.judged.claim
        assert not {claim.subject.iri, claim.object.iri} & avoid


def test_evidence_of_one_organism_is_weighed_alone(tiny: Graph) -> None:
    question = Question(tiny.entity("rust"), tiny.entity("gluon"))
    people = explain(knowledge_of(tiny, "human"), question)
    mice = explain(knowledge_of(tiny, "mouse"), question)
    assert people.paths[0].claimed[0].claims[0].organisms == ("human",)
    assert mice.paths[0].claimed[0].claims[0].organisms == ("mouse",)
    assert mice.paths[0].claimed[0].claims[0].appraisal.words.startswith("supported")
    iri = mice.paths[0].claimed[0].claims[0].claim.iri
    assert mice.overall[iri].words.startswith("context-dependent")


def test_a_gap_names_the_claims_that_would_close_it_and_why_they_do_not(tiny: Graph) -> None:
    found = asked(tiny, "squark", "slow widget decay", min_certainty=Certainty.HIGH)
    assert found.paths == ()
    assert [(m.judged.claim.label, m.obstacle) for m in found.missing] == [
        ("squark treats slow widget decay", Obstacle.TOO_UNSURE)
    ]


def test_what_was_seen_in_another_organism_only_is_not_called_untested(tiny: Graph) -> None:
    question = Question(tiny.entity("quark therapy"), tiny.entity("gluon"))
    found = explain(knowledge_of(tiny, "human"), question)
    assert found.paths == ()
    assert found.missing[0].obstacle is Obstacle.ELSEWHERE


def test_what_is_only_told_is_not_called_untested(write: Write) -> None:
    text = TINY.read_text(encoding="utf-8").replace(
        "kg:role kg:PrimaryResult", "kg:role kg:BackgroundStatement"
    )
    found = asked(kg.load(write("told.ttl", text.encode())), "widget decay", "gloom")
    assert [missing.obstacle for missing in found.missing] == [Obstacle.HEARSAY]


def test_a_transition_is_no_kind_of_anything_because_what_they_share_has_no_sign(
    write: Write,
) -> None:
    text = TINY.read_text(encoding="utf-8")
    text += (
        'ent:change a kg:Entity , kg:PhaseTransition ; rdfs:label "change" .'
        " ent:down-to-up skos:broader ent:change ."
    )
    graph = kg.load(write("change.ttl", text.encode()))
    assert asked(graph, "rust", "down-to-up transition").paths
    assert asked(graph, "rust", "change").paths == ()


def test_a_curated_mechanism_is_compared_with_the_paths(tiny: Graph) -> None:
    (compared,) = asked(tiny, "quark therapy", "up phase").mechanisms
    assert (compared.same_as, compared.sign, compared.failing) == (1, 1, ())
    assert compared.explains
    assert compared.explains.appraisal.verdict == "refuted"


@pytest.mark.parametrize(
    ("start", "end", "avoid", "words"),
    [
        pytest.param("rust", "rust", (), "is both ends", id="one thing twice"),
        pytest.param("rust", "gloom", ("gloom",), "cannot be avoided", id="an end avoided"),
    ],
)
def test_a_question_that_cannot_be_asked_says_why(
    tiny: Graph, start: str, end: str, avoid: tuple[str, ...], words: str
) -> None:
    avoided = frozenset(tiny.entity(name).iri for name in avoid)
    with pytest.raises(QueryError, match=words):
        asked(tiny, start, end, avoid=avoided)


# The real world: what will hold whatever is found next.


@pytest.fixture(scope="module")
def real_knowledge(real: Graph) -> Knowledge:
    return knowledge_of(real)


def things_on(found: Explanation) -> Iterator[Entity]:
    for path in found.paths:
        yield from (step.end for step in path.steps)


@pytest.mark.parametrize(
    ("start", "end", "sign"),
    [
        pytest.param("minoxidil", "VEGF", 1, id="minoxidil raises VEGF"),
        pytest.param("FGF-5", "hair length", -1, id="FGF-5 shortens hair"),
        pytest.param("JAK inhibitor", "alopecia areata", -1, id="JAK inhibitors treat it"),
        pytest.param("exosome", "anagen", 1, id="exosomes bring on anagen"),
        pytest.param("chemotherapy", "hair loss", 1, id="chemotherapy costs hair"),
        pytest.param("psychological stress", "anagen", -1, id="stress ends anagen"),
    ],
)
def test_a_known_mechanism_has_its_sign(
    real: Graph, real_knowledge: Knowledge, start: str, end: str, sign: int
) -> None:
    found = explain(real_knowledge, Question(real.entity(start), real.entity(end)))
    assert found.paths[0].sign == sign
    assert found.is_complete


def test_what_only_comes_before_is_no_cause(real: Graph, real_knowledge: Knowledge) -> None:
    ends = real.entity("COVID-19"), real.entity("telogen effluvium")
    found = explain(real_knowledge, Question(*ends))
    assert found.paths == ()
    assert (found.missing[0].obstacle, found.missing[0].before, found.missing[0].after) == (
        Obstacle.NO_CAUSE,
        0,
        0,
    )
