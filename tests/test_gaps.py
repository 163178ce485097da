"""What kg gaps puts into each cell of the map, and that nothing there is silently more than it is."""

import csv
import io
import json
from dataclasses import fields, replace
from itertools import product
from pathlib import Path
from zlib import crc32

import jinja2
import jinja2.meta
import pytest

import kg
from kg import resources
from kg.gap_formats import COLUMNS, cell_words, gaps_text, map_csv, map_json, map_text
from kg.gaps import ANY_DESIGN, Cell, GapMap, Population, Sight, Slice, in_tree_order
from kg.graph import Graph
from kg.model import ClaimKind, Entity, Verdict
from kg.pages.views.gaps import GapsPage, html_of, page_of

from .conftest import HEAD, ROOT, Run, graph_of

TINY = ROOT / "tests" / "tiny.ttl"
RCT = "randomised controlled trial"
PEOPLE = Slice()
ANYWHERE = Slice(Population.ANY, ANY_DESIGN)

WORLD = """
ent:human a kg:Entity , kg:Organism ; rdfs:label "human" .
ent:mouse a kg:Entity , kg:Organism ; rdfs:label "mouse" .
ent:pill a kg:Entity , kg:DrugClass ; rdfs:label "pill" .
ent:quark a kg:Entity , kg:Drug ; rdfs:label "quark" ; skos:broader ent:pill .
ent:charm a kg:Entity , kg:Drug ; rdfs:label "charm" ; skos:broader ent:quark .
ent:decay a kg:Entity , kg:Condition ; rdfs:label "decay" .
ent:slow a kg:Entity , kg:Condition ; rdfs:label "slow decay" ; skos:broader ent:decay .
ent:slower a kg:Entity , kg:Condition ; rdfs:label "slower decay" ; skos:broader ent:slow .
claim:c a kg:Claim ; rdfs:label "quark treats slow decay" ;
    rdf:subject ent:quark ; rdf:predicate kg:treats ; rdf:object ent:slow .
study:a a kg:Study ; rdfs:label "Trial A" .
study:b a kg:Study ; rdfs:label "Trial B" .
"""
FOR = "kg:direction kg:Supports ; kg:observed kg:AsClaimed"
AGAINST = "kg:direction kg:Disputes ; kg:observed kg:OppositeEffect"
NULL = "kg:direction kg:Disputes ; kg:observed kg:NoEffect"
OPEN = "kg:direction kg:Inconclusive ; kg:observed kg:Undecided"
TRIAL = 'kg:design kg:RandomizedControlledTrial ; kg:organism ent:human ; kg:comparator "placebo"'
REVIEW = "kg:design kg:SystematicReview ; kg:organism ent:human"
MICE = "kg:design kg:AnimalInVivo ; kg:organism ent:mouse"


def result(*parts: str, study: str = "a", claim: str = "c") -> str:
    said = " ; ".join(parts)
    name = f"ev:{crc32(repr((parts, study, claim)).encode())}"
    return (
        f"{name} a kg:Evidence ; kg:about claim:{claim} ; kg:fromStudy study:{study} ; {said} .\n"
    )


def claimed(name: str, subject: str, object_: str, *parts: str) -> str:
    ends = f"rdf:subject ent:{subject} ; rdf:predicate kg:treats ; rdf:object ent:{object_}"
    label = f'rdfs:label "{subject} treats {object_}"'
    return " ; ".join((f"claim:{name} a kg:Claim", label, ends, *parts)) + " .\n"


def map_of(graph: Graph, kind: ClaimKind = ClaimKind.TREATMENT) -> GapMap:
    return GapMap(graph.claims, graph.entities, graph.passages.values(), graph.grading, kind)


def cell_in(
    text: str, where: Slice = PEOPLE, treatment: str = "quark", outcome: str = "slow decay"
) -> Cell:
    graph = graph_of(WORLD + text)
    return map_of(graph).cell(graph.entity(treatment), graph.entity(outcome), where)


@pytest.mark.parametrize(
    ("text", "sight"),
    [
        pytest.param("", Sight.NEVER, id="nobody"),
        pytest.param(result(FOR, TRIAL), Sight.SUPPORTED, id="one for"),
        pytest.param(
            result(FOR, TRIAL) + result(AGAINST, TRIAL, study="b"), Sight.DISPUTED, id="both ways"
        ),
        pytest.param(result(AGAINST, TRIAL), Sight.DISPUTED, id="the opposite"),
        pytest.param(result(NULL, TRIAL, "kg:sampleSize 900"), Sight.ABSENT, id="large null"),
        pytest.param(result(NULL, TRIAL, "kg:sampleSize 9"), Sight.TOO_SMALL, id="small null"),
        pytest.param(result(OPEN, TRIAL), Sight.INCONCLUSIVE, id="undecided"),
        pytest.param(result(FOR, MICE), Sight.NEVER, id="only in mice, asked for people"),
        pytest.param(
            result(FOR, "kg:design kg:TrialRegistration"), Sight.NEVER, id="only registered"
        ),
        pytest.param(
            result(FOR, TRIAL, "kg:role kg:BackgroundStatement"), Sight.NEVER, id="only hearsay"
        ),
    ],
)
def test_each_cell_says_what_was_seen(text: str, sight: Sight) -> None:
    assert cell_in(text).sight is sight


@pytest.mark.parametrize(
    ("text", "where", "sight"),
    [
        pytest.param(
            result(FOR, TRIAL), Slice(Population.WOMEN), Sight.NOT_TOLD, id="people of unstated sex"
        ),
        pytest.param(
            result(FOR, TRIAL, 'kg:system "women and men"'),
            Slice(Population.MEN),
            Sight.NOT_TOLD,
            id="both sexes together",
        ),
        pytest.param(
            result(FOR, TRIAL, 'kg:system "women"'), Slice(Population.MEN), Sight.NEVER, id="women"
        ),
        pytest.param(
            result(FOR, REVIEW), Slice(design=RCT), Sight.NOT_TOLD, id="a review may pool trials"
        ),
        pytest.param(
            result(FOR, REVIEW),
            Slice(design="meta-analysis"),
            Sight.NEVER,
            id="a review is no other synthesis",
        ),
        pytest.param(
            result(FOR, TRIAL), Slice(design="cohort"), Sight.NEVER, id="a trial is no cohort"
        ),
        pytest.param(
            result(FOR, "kg:design kg:NarrativeReview"),
            Slice(Population.ANIMALS),
            Sight.NOT_TOLD,
            id="a review that names no species",
        ),
        pytest.param(result(FOR, MICE), Slice(Population.ANIMALS), Sight.SUPPORTED, id="mice"),
        pytest.param(result(FOR, TRIAL), Slice(design=RCT), Sight.SUPPORTED, id="that design"),
    ],
)
def test_what_may_belong_to_a_slice_is_not_told_apart_rather_than_never_looked(
    text: str, where: Slice, sight: Sight
) -> None:
    cell = cell_in(text, where)
    assert cell.sight is sight
    assert bool(cell.pooled) is (sight is Sight.NOT_TOLD)


@pytest.mark.parametrize(
    ("treatment", "outcome"),
    [
        pytest.param("pill", "slow decay", id="broader treatment"),
        pytest.param("quark", "decay", id="broader outcome"),
        pytest.param("pill", "decay", id="both"),
    ],
)
def test_what_comes_from_narrower_things_is_marked_as_indirect(
    treatment: str, outcome: str
) -> None:
    cell = cell_in(result(FOR, TRIAL), treatment=treatment, outcome=outcome)
    assert (cell.sight, cell.is_indirect) == (Sight.SUPPORTED, True)
    assert cell.words.endswith(", indirect")
    assert [claim.rpartition("/")[2] for claim in cell.claims] == ["c"]


@pytest.mark.parametrize(
    ("treatment", "outcome"),
    [
        pytest.param("charm", "slow decay", id="narrower treatment"),
        pytest.param("quark", "slower decay", id="narrower outcome"),
    ],
)
def test_nothing_flows_to_narrower_things(treatment: str, outcome: str) -> None:
    cell = cell_in(result(FOR, TRIAL), treatment=treatment, outcome=outcome)
    assert cell.sight is Sight.NEVER


def test_a_result_of_its_own_keeps_narrower_ones_out() -> None:
    text = claimed("n", "charm", "slow") + result(FOR, TRIAL, claim="n")
    assert cell_in(text).is_indirect
    both = cell_in(text + result(NULL, TRIAL, "kg:sampleSize 900", study="b"))
    assert (both.sight, both.is_indirect) == (Sight.ABSENT, False)
    assert (both.studies_for, both.studies_against) == (0, 1)


def test_a_claim_limited_to_men_is_about_the_pair_and_not_indirect() -> None:
    text = claimed("men", "quark", "slow", "kg:specializes claim:c")
    text = text.replace("claim:men a", "claim:men kg:inPopulation ent:men ; a")
    cell = cell_in('ent:men rdfs:label "men" .' + text + result(FOR, TRIAL, claim="men"))
    assert cell.sight is Sight.SUPPORTED
    assert not cell.is_indirect


def test_a_comparison_speaks_only_where_nothing_else_does() -> None:
    versus = claimed("v", "quark", "slow", "kg:versus ent:charm")
    alone = cell_in(versus + result(NULL, TRIAL, "kg:sampleSize 900", claim="v"))
    assert (alone.sight, alone.is_comparison) == (Sight.ABSENT, True)
    assert "only against another treatment" in alone.words
    beside = cell_in(
        versus + result(NULL, TRIAL, "kg:sampleSize 900", claim="v") + result(FOR, TRIAL, study="b")
    )
    assert (beside.sight, beside.is_comparison) == (Sight.SUPPORTED, False)


def test_claims_of_opposite_sign_about_a_pair_dispute_each_other() -> None:
    opposite = claimed("o", "quark", "slow").replace("kg:treats", "kg:increases")
    both = cell_in(opposite + result(FOR, TRIAL) + result(FOR, TRIAL, study="b", claim="o"))
    assert both.sight is Sight.DISPUTED
    refuted = cell_in(
        opposite
        + result(FOR, TRIAL)
        + result(NULL, TRIAL, "kg:sampleSize 900", study="b", claim="o")
    )
    assert refuted.sight is Sight.SUPPORTED


def test_an_empty_cell_says_who_claims_it_what_is_planned_and_where_it_was_seen() -> None:
    plan = result(OPEN, "kg:design kg:TrialRegistration ; kg:organism ent:human", study="plan")
    cell = cell_in(
        'study:plan a kg:Study ; rdfs:label "Plan" ; kg:registryId "NCT1" .'
        "doc:d a kg:Document . doc:d-1 a kg:Passage ; kg:inDocument doc:d ; kg:asserts claim:c ."
        + plan
        + result(FOR, MICE)
    )
    assert gaps_text([cell]) == (
        "quark × slow decay in people, by any design: never looked; claimed in 1 passage; "
        "registered: NCT1; seen in animals"
    )


def test_a_condition_nobody_studied_is_on_the_map_where_a_broader_one_was() -> None:
    graph = graph_of(WORLD + result(FOR, TRIAL))
    assert [entity.label for entity in map_of(graph).outcomes] == ["slow decay", "slower decay"]
    unmeasured = graph_of(WORLD)
    assert [entity.label for entity in map_of(unmeasured).outcomes] == ["slow decay"]


def test_harms_have_a_map_of_their_own() -> None:
    text = claimed("h", "quark", "slow").replace("kg:treats", "kg:hasAdverseEffect")
    graph = graph_of(WORLD + text + result(FOR, TRIAL, claim="h"))
    ends = graph.entity("quark"), graph.entity("slow decay"), Slice()
    assert map_of(graph).cell(*ends).sight is Sight.NEVER
    assert map_of(graph, ClaimKind.HARM).cell(*ends).sight is Sight.SUPPORTED


# The real data.


@pytest.fixture(scope="module")
def real_map(real: Graph) -> GapMap:
    return map_of(real)


def test_the_widest_slice_of_a_claim_is_its_verdict(real: Graph, real_map: GapMap) -> None:
    told = 0
    for treatment, outcome in product(real_map.treatments, real_map.outcomes):
        for reading in real_map.cell(treatment, outcome, ANYWHERE).readings:
            if reading.claim.iri in real.appraisals:
                appraisal = real.appraisals[reading.claim.iri]
                assert reading.appraisal.verdict is appraisal.verdict
                assert reading.appraisal.certainty is appraisal.certainty
                assert reading.appraisal.counts == appraisal.counts
                told += 1
    tested = [
        claim
        for claim in real.claims.values()
        if real.appraisals[claim.iri].kind is ClaimKind.TREATMENT
        and real.appraisals[claim.iri].verdict is not Verdict.UNTESTED
        and not claim.scope.versus
        and real.appraisals[claim.iri].counts
    ]
    assert told >= len(tested) > 100


def test_no_result_on_a_treatment_is_missing_from_its_cell(real: Graph, real_map: GapMap) -> None:
    for claim in real.claims.values():
        appraisal = real.appraisals[claim.iri]
        if appraisal.kind is ClaimKind.TREATMENT and appraisal.counts:
            cell = real_map.cell(claim.subject, claim.object, ANYWHERE)
            assert not cell.sight.is_empty, claim.label


def test_every_slice_agrees_with_the_lists_of_slices(real_map: GapMap) -> None:
    designs = (ANY_DESIGN, RCT, "systematic review", "animal experiment")
    every = [Slice(population, design) for population in Population for design in designs]
    for treatment, outcome in product(real_map.treatments[::9], real_map.outcomes[::3]):
        seen = real_map.slices(treatment, outcome)
        untold = real_map.untold_slices(treatment, outcome)
        for where in every:
            sight = real_map.cell(treatment, outcome, where).sight
            assert (where in seen) is (not sight.is_empty)
            assert (where in untold) is (sight is Sight.NOT_TOLD)


def test_support_is_never_told_without_the_studies_against(real_map: GapMap) -> None:
    for treatment, outcome in product(real_map.treatments, real_map.outcomes):
        cell = real_map.cell(treatment, outcome, Slice())
        if not cell.sight.is_empty:
            assert f" {cell.studies_against} against" in cell_words(cell)


def test_exosomes_in_telogen_effluvium_were_never_looked_at_in_people(
    real: Graph, real_map: GapMap
) -> None:
    pair = real.entity("exosome therapy for hair loss"), real.entity("telogen effluvium")
    cell = real_map.cell(*pair, Slice(Population.PEOPLE, RCT))
    assert (cell.sight, cell.pooled) == (Sight.NEVER, ())
    assert cell.said  # an article says that it helps


# Order, names and forms.


def test_the_map_lists_narrower_things_after_the_broader_one_and_survives_a_circle() -> None:
    def thing(name: str, *broader: str, kind: str = "k") -> Entity:
        return Entity(name, name, kind, broader=broader)

    chosen = [thing("b", "gap"), thing("a"), thing("c", "x"), thing("x", "c"), thing("d", "b")]
    every = {one.iri: one for one in [*chosen, thing("gap", "a")]}
    ordered = [entity.label for entity in in_tree_order(chosen, every)]
    assert ordered == ["a", "b", "d", "c", "x"]


@pytest.fixture(scope="module")
def few() -> list[Cell]:
    graph = graph_of(
        WORLD + result(FOR, TRIAL) + result(NULL, TRIAL, study="b") + result(OPEN, REVIEW)
    )
    found = map_of(graph)
    return [
        found.cell(treatment, outcome, Slice(Population.PEOPLE, RCT))
        for treatment in found.treatments
        for outcome in found.outcomes
    ]


def test_the_whole_text_lists_what_was_seen_and_then_what_was_not(few: list[Cell]) -> None:
    assert map_text(few) == (
        f"In people, by {RCT}\n"
        "\n"
        "quark\n"
        "  slow decay  disputed, very low certainty (1 for, 1 against; randomised controlled trial)\n"
        "  never looked (1): slower decay\n"
    )


def test_of_many_empty_cells_the_most_promising_are_named_and_the_others_counted(
    few: list[Cell],
) -> None:
    seen, empty = few
    many = [
        replace(empty, outcome=replace(empty.outcome, label=f"o{n}"), elsewhere=("mice",) * (n > 5))
        for n in range(7)
    ]
    assert map_text([seen, *many]).splitlines()[-1] == (
        "  never looked (7): o6 [seen in mice]; o0; o1; o2; o3; and 2 more (--empty lists them)"
    )


def test_treatments_of_which_nothing_is_known_are_named_together() -> None:
    text = claimed("n", "charm", "slow").replace("ent:charm", "ent:odd").replace("charm", "odd")
    graph = graph_of(WORLD + 'ent:odd a kg:Entity , kg:Drug ; rdfs:label "odd" .' + text)
    found = map_of(graph)
    cells = [found.cell(t, o, PEOPLE) for t in found.treatments for o in found.outcomes]
    assert map_text(cells) == (
        "In people, by any design\n\nNo outcome was ever looked at for (2): odd; quark\n"
    )


def test_csv_and_json_say_the_same_of_every_cell(few: list[Cell]) -> None:
    rows = list(csv.DictReader(io.StringIO(map_csv(few))))
    told = json.loads(map_json(few))
    assert tuple(rows[0]) == COLUMNS
    assert [(row["outcome"], row["seen"], row["studies_against"]) for row in rows] == [
        ("slow decay", "disputed", "1"),
        ("slower decay", "never looked", "0"),
    ]
    assert [cell["seen"] for cell in told["cells"]] == [row["seen"] for row in rows]
    assert told["cells"][0]["claims"] == ["claim:c"]
    assert "does not mean that none exists" in told["notice"]


def test_the_documentation_names_every_column() -> None:
    page = (ROOT / "docs" / "gaps.md").read_text(encoding="utf-8")
    assert {name for name in COLUMNS if f"`{name}`" not in page} == set()
    assert {str(sight) for sight in Sight if f"| {sight} |" not in page} == set()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(["--treatment", "quark therap"], "'quark therapy'", id="treatment"),
        pytest.param(["--outcome", "widget deca"], "'widget decay'", id="outcome"),
        pytest.param(["--design", "cohrt"], "Did you mean 'cohort'", id="design"),
        pytest.param(["--population", "womn"], "'women'", id="population"),
    ],
)
def test_an_unknown_name_is_one_message_and_exit_2(
    run: Run, arguments: list[str], words: str
) -> None:
    ended = run("gaps", *arguments, "--store", TINY)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert words in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("options", "labels"),
    [
        pytest.param(["--treatment", "drug"], {"squark"}, id="a class"),
        pytest.param(
            ["--treatment", "quark therapy"],
            {"quark therapy", "strange quark therapy"},
            id="narrower",
        ),
        pytest.param(["--treatment", "gluon"], {"gluon"}, id="not a treatment so far"),
    ],
)
def test_treatments_are_chosen_by_name_or_class_with_narrower_ones(
    run: Run, options: list[str], labels: set[str]
) -> None:
    asked = run("gaps", *options, "--design", "RCT", "--format", "json", "--store", TINY)
    assert {cell["treatment"] for cell in json.loads(asked.stdout)["cells"]} == labels
    assert {cell["design"] for cell in json.loads(asked.stdout)["cells"]} == {RCT}


def test_what_is_named_alike_and_not_narrower_is_mentioned(run: Run, tmp_path: Path) -> None:
    therapy = 'ent:t a kg:Entity , kg:Treatment ; rdfs:label "charm therapy" .'
    text = HEAD + WORLD + therapy + claimed("n", "charm", "slow") + claimed("t", "t", "slow")
    path = tmp_path / "world.ttl"
    path.write_text(text, encoding="utf-8")
    asked = run("gaps", "--treatment", "charm", "--store", path)
    assert "Not included, and named alike: charm therapy.\n" in asked.stderr
    assert "named alike" not in run("gaps", "--treatment", "quark", "--store", path).stderr


def test_only_empty_cells_come_with_empty(run: Run) -> None:
    options = ["gaps", "--population", "each", "--format", "csv", "--store", TINY]
    every = list(csv.DictReader(io.StringIO(run(*options).stdout)))
    empty = list(csv.DictReader(io.StringIO(run(*options, "--empty").stdout)))
    assert {row["population"] for row in every} == set(Population)
    nothing = {str(Sight.NEVER), str(Sight.NOT_TOLD)}
    assert empty == [row for row in every if row["seen"] in nothing]
    assert len(empty) < len(every)


# The page.


def page_for(graph: Graph, found: GapMap | None = None) -> GapsPage:
    found = found or map_of(graph)
    return page_of(graph, found, found.treatments, found.outcomes, Slice())


def test_the_templates_use_exactly_the_fields_of_the_page() -> None:
    environment = jinja2.Environment(autoescape=True)
    used: set[str] = set()
    for name in ("_alone.html", "gaps.html", "gaps/map.html"):
        text = (resources.TEMPLATES / name).read_text(encoding="utf-8")
        used |= jinja2.meta.find_undeclared_variables(environment.parse(text))
    assert used == {field.name for field in fields(GapsPage)}


def test_the_page_stands_without_scripts_and_names_no_file() -> None:
    graph = kg.load(TINY)
    written = html_of(page_for(graph)).decode()
    assert "does not mean that none exists" in written
    assert written.count("<td class=") == len(map_of(graph).treatments) * len(
        map_of(graph).outcomes
    )
    assert str(ROOT) not in written
    assert 'href="http' not in written


@pytest.mark.parametrize("sight", Sight)
def test_every_sight_has_a_mark_of_its_own_and_a_rule_in_the_style_sheet(sight: Sight) -> None:
    from kg.pages.views.gaps import MARKS, MEANINGS

    styles = (resources.STATIC / "gaps" / "gaps.css").read_text(encoding="utf-8")
    assert f".{sight.name.lower().replace('_', '-')} {{" in styles
    assert list(MARKS.values()).count(MARKS[sight]) == 1
    assert MEANINGS[sight]


def test_a_hostile_label_stays_text_in_the_page() -> None:
    evil = "</script><script>window.pwned=1</script><img src=x onerror=window.pwned=1>"
    graph = graph_of(WORLD.replace('"quark"', f'"{evil}"') + result(FOR, TRIAL))
    written = html_of(page_for(graph)).decode()
    assert "<script>window" not in written
    assert "<img" not in written


def test_links_to_pages_of_claims_travel_with_the_map() -> None:
    graph = graph_of(WORLD + result(FOR, TRIAL))
    found = map_of(graph)

    def address(iri: str) -> str:
        return f"claims/{iri.rpartition('/')[2]}.html"

    page = page_of(graph, found, found.treatments, found.outcomes, Slice(), address)
    (block,) = page.parts.blocks
    assert json.loads(block.json)["claims"] == [
        ["quark treats slow decay", "claim:c", "claims/c.html"]
    ]
