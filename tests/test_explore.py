"""The explorer page holds every claim as data, the same bytes each time, and fetches nothing."""

import base64
import hashlib
import json
import zlib
from collections.abc import Callable
from dataclasses import fields
from html.parser import HTMLParser
from itertools import combinations, pairwise
from pathlib import Path

import jinja2
import networkx
import pytest
from jinja2 import meta

from kg import resources
from kg.graph import Graph
from kg.model import Verdict
from kg.pages.parts import Part
from kg.pages.views.explore import GROUPS, SCRIPTS, ExplorePage, Wish, html_of, layout, page_of
from kg.pages.views.explore.choices import MOST_CLAIMS

from .conftest import Run, graph_of

Write = Callable[..., Path]

VENDOR = resources.STATIC / "vendor"
WORLD = r"""
<https://w3id.org/hairkg/dataset> a schema:Dataset ; dcterms:modified "2001-02-03"^^xsd:date ;
    dcterms:license <https://example.org/licence> .
ent:quark a kg:Entity , kg:Drug ; rdfs:label "quark" ; skos:altLabel "up quark" .
ent:widget a kg:Entity , kg:Outcome ; rdfs:label "widget" .
ent:mir a kg:Entity , kg:MicroRNA ; rdfs:label "miR-0" .
ent:ant a kg:Entity , kg:AdverseEvent ; rdfs:label "ant bite" .
ent:one a kg:Entity , kg:HairCyclePhase ; rdfs:label "one" ; kg:phaseOrder 1 .
ent:two a kg:Entity , kg:HairCyclePhase ; rdfs:label "two" ; kg:phaseOrder 2 .
ent:one-two a kg:Entity , kg:PhaseTransition ; rdfs:label "one to two" ; kg:fromPhase ent:one .
claim:up a kg:Claim ; rdfs:label "quark increases widget" ; rdf:subject ent:quark ;
    rdf:predicate kg:increases ; rdf:object ent:widget .
claim:down a kg:Claim ; rdfs:label "quark decreases widget" ; rdf:subject ent:quark ;
    rdf:predicate kg:decreases ; rdf:object ent:widget .
claim:bite a kg:Claim ; rdfs:label "quark has adverse effect ant bite" ; rdf:subject ent:quark ;
    rdf:predicate kg:hasAdverseEffect ; rdf:object ent:ant .
claim:far a kg:Claim ; rdfs:label "miR-0 increases one" ; rdf:subject ent:mir ;
    rdf:predicate kg:increases ; rdf:object ent:one .
claim:turn a kg:Claim ; rdfs:label "one increases two" ; rdf:subject ent:one ;
    rdf:predicate kg:increases ; rdf:object ent:two .
claim:last a kg:Claim ; rdfs:label "quark increases one to two" ; rdf:subject ent:quark ;
    rdf:predicate kg:increases ; rdf:object ent:one-two .
study:a a kg:Study ; rdfs:label "A" .
study:b a kg:Study ; rdfs:label "B" .
ev:for a kg:Evidence ; kg:about claim:up ; kg:fromStudy study:a ; kg:sampleSize 9 ;
    kg:direction kg:Supports ; kg:observed kg:AsClaimed ; kg:finding "It rose." .
ev:against a kg:Evidence ; kg:about claim:up ; kg:fromStudy study:b ; kg:secondHand true ;
    kg:direction kg:Disputes ; kg:observed kg:OppositeEffect ; kg:finding "It fell." .
ev:null a kg:Evidence ; kg:about claim:down ; kg:fromStudy study:a ;
    kg:direction kg:Disputes ; kg:observed kg:NoEffect ; kg:finding "It stayed." .
path:p a kg:Mechanism ; rdfs:label "how quarks turn" ; kg:explains claim:up .
path:p-1 a kg:Step ; kg:stepOf path:p ; kg:order 1 ; kg:via claim:far .
path:p-2 a kg:Step ; kg:stepOf path:p ; kg:order 2 ; kg:via claim:turn .
"""
HOSTILE = '</script><img src=x onerror="window.pwned=1"><!--\u2028&amp;'


class Parts(HTMLParser):
    """The elements of a page, and the text of its scripts and styles."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {"script": [], "style": []}
        self.open = ""
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.open = tag
        if tag in self.texts:
            self.texts[tag].append("")

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the parser's signature
        self.open = ""

    def handle_data(self, data: str) -> None:
        if self.open in self.texts:
            self.texts[self.open][-1] += data

    @property
    def data(self) -> dict:
        packed = base64.b64decode(json.loads(self.texts["script"][0]))
        return json.loads(zlib.decompress(packed))

    @property
    def policy(self) -> str:
        return next(
            attributes["content"] or ""
            for tag, attributes in self.elements
            if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
        )


@pytest.fixture(scope="module")
def world() -> Graph:
    return graph_of(WORLD)


@pytest.fixture(scope="module")
def parts(world: Graph) -> Parts:
    return Parts(html_of(page_of(world)))


@pytest.fixture(scope="module")
def real_parts(real: Graph) -> Parts:
    return Parts(html_of(page_of(real)))


def hostile_graph() -> Graph:
    said = json.dumps(HOSTILE, ensure_ascii=False)
    return graph_of(WORLD.replace('"quark"', said).replace('"It rose."', said))


def test_a_claim_and_its_opposite_are_two_edges_that_bend_apart(parts: Parts) -> None:
    edges = {edge["id"]: edge for edge in parts.data["edges"]}
    up, down = edges["claim:up"], edges["claim:down"]
    assert (up["from"], up["to"]) == (down["from"], down["to"]) == ("ent:quark", "ent:widget")
    assert up["smooth"] != down["smooth"]


def test_the_evidence_for_and_against_a_claim_both_travel(parts: Parts) -> None:
    claim = parts.data["claims"]["claim:up"]
    assert (claim["supporting"], claim["disputing"]) == (["ev:for"], ["ev:against"])
    assert (claim["verdict"], claim["certainty"]) == ("contested", "very low")
    assert claim["studies"] == [1, 1, 0]
    assert claim["deciding"] == ["study:a", "study:b"]
    assert claim["reasons"][-1] == "Contested: neither side outweighs the other."
    assert parts.data["evidence"]["ev:against"] == {
        "finding": "It fell.",
        "facts": {"Observed": "opposite effect"},
        "secondHand": True,
        "study": "study:b",
    }


def test_a_null_result_is_told_from_an_opposite_one(parts: Parts) -> None:
    assert parts.data["claims"]["claim:down"]["null"] == "measured and absent"
    assert parts.data["claims"]["claim:bite"]["null"] == "never measured"
    assert "null" not in parts.data["claims"]["claim:up"]


def test_the_page_opens_with_what_is_contested(parts: Parts) -> None:
    assert parts.data["start"] == "contested"
    assert parts.data["views"]["contested"]["claims"] == [
        "claim:bite",
        "claim:down",
        "claim:up",
    ]


def test_without_a_contested_claim_the_page_opens_with_the_whole(world: Graph) -> None:
    calm = graph_of(WORLD.replace("kg:Disputes", "kg:Supports"))
    assert page_of(calm).start.name == "whole"
    assert page_of(world, Wish(whole=True)).start.name == "whole"


def test_a_large_graph_without_a_contested_claim_opens_with_the_surest_part_of_it() -> None:
    many = "".join(
        f"claim:n{i} a kg:Claim ; rdf:subject ent:ant ; rdf:predicate kg:increases ;"
        f" rdf:object ent:n{i} .\nent:n{i} a kg:Entity ."
        for i in range(MOST_CLAIMS)
    )
    start = page_of(graph_of(WORLD.replace("kg:Disputes", "kg:Supports") + many)).start
    assert (start.name, len(start.claims), start.left_out) == ("surest", MOST_CLAIMS, 6)
    assert {"up", "down"} <= {claim.iri.rpartition("/")[2] for claim in start.claims}


@pytest.mark.parametrize(
    ("depth", "claims"),
    [
        pytest.param(1, {"far"}, id="what touches it"),
        pytest.param(2, {"far", "turn"}, id="and what touches that"),
    ],
)
def test_an_entity_opens_with_its_neighbourhood(world: Graph, depth: int, claims: set[str]) -> None:
    start = page_of(world, Wish((world.entity("miR-0"),), depth)).start
    assert {claim.iri.rpartition("/")[2] for claim in start.claims} == claims


def test_a_verdict_opens_with_the_claims_that_have_it(world: Graph) -> None:
    start = page_of(world, Wish(verdicts=(Verdict.REFUTED, Verdict.CONTESTED))).start
    assert [claim.iri.rpartition("/")[2] for claim in start.claims] == ["down", "up"]
    quark = page_of(world, Wish((world.entity("quark"),), verdicts=(Verdict.REFUTED,))).start
    assert [claim.iri.rpartition("/")[2] for claim in quark.claims] == ["down"]


def test_no_opening_view_is_a_hairball_and_it_says_what_it_leaves_out(real: Graph) -> None:
    start = page_of(real, Wish(verdicts=(Verdict.SUPPORTED,))).start
    supported = [a for a in real.appraisals.values() if a.verdict is Verdict.SUPPORTED]
    assert len(start.claims) == MOST_CLAIMS
    assert start.left_out == len(supported) - MOST_CLAIMS
    assert str(start.left_out) in start.about


def test_each_mechanism_has_its_button_with_the_claim_it_explains(parts: Parts) -> None:
    view = parts.data["views"]["path:p"]
    assert (view["label"], view["mechanism"]) == ("how quarks turn", "path:p")
    assert view["claims"] == ["claim:far", "claim:turn", "claim:up"]
    assert any(each.get("data-view") == "path:p" for _, each in parts.elements)


def test_the_first_view_of_the_real_graph_has_every_contested_claim_and_is_no_hairball(
    real: Graph,
) -> None:
    shown = page_of(real).start.claims
    disputed = {
        iri
        for iri, appraisal in real.appraisals.items()
        if appraisal.verdict in {Verdict.CONTESTED, Verdict.CONTEXT_DEPENDENT}
    }
    assert disputed <= {claim.iri for claim in shown}
    assert len(shown) <= MOST_CLAIMS


def test_the_variables_of_the_template_are_the_fields_of_its_context() -> None:
    text = (resources.TEMPLATES / "explore.html").read_text(encoding="utf-8")
    used = meta.find_undeclared_variables(jinja2.Environment(autoescape=True).parse(text))
    assert used == {field.name for field in fields(ExplorePage)}


def test_hostile_text_stays_data() -> None:
    page = html_of(page_of(hostile_graph()))
    hostile = Parts(page)
    assert hostile.data["entities"]["ent:quark"]["label"] == HOSTILE
    assert hostile.data["evidence"]["ev:for"]["finding"] == HOSTILE
    assert not set("<>&\u2028") & set(hostile.texts["script"][0])
    assert [tag for tag, _ in hostile.elements] == [
        tag for tag, _ in Parts(html_of(page_of(graph_of(WORLD)))).elements
    ]


def test_hostile_text_stays_text_in_the_parts_that_python_writes() -> None:
    graph = hostile_graph()
    hostile = Parts(html_of(page_of(graph, Wish((graph.entity("ent:quark"),)))))
    assert "img" not in [tag for tag, _ in hostile.elements]


def test_the_page_names_no_address_to_fetch_and_has_no_inline_handler(parts: Parts) -> None:
    for _, attributes in parts.elements:
        for name, value in attributes.items():
            assert name not in {"src", "style", "action", "srcset", "xlink:href"}
            assert not name.startswith("on")
            assert name != "href" or (value or "").startswith("#")


def test_the_policy_allows_exactly_the_scripts_and_the_style_of_the_page(parts: Parts) -> None:
    def allowed(text: str) -> str:
        digest = hashlib.sha256(text.encode()).digest()
        return f"'sha256-{base64.b64encode(digest).decode()}'"

    directives = dict(each.strip().split(" ", 1) for each in parts.policy.split(";"))
    _, *scripts = parts.texts["script"]
    assert directives["script-src"].split() == [allowed(text) for text in scripts]
    assert directives["style-src"].split()[0] == allowed(parts.texts["style"][0])
    assert directives["default-src"] == directives["connect-src"] == "'none'"
    assert "unsafe" not in parts.policy


@pytest.mark.parametrize("name", SCRIPTS)
def test_our_scripts_put_text_into_the_page_as_text_only(name: str) -> None:
    script = (resources.STATIC / "explore" / f"{name}.js").read_text(encoding="utf-8")
    sinks = ("innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(", "Function(")
    assert [sink for sink in sinks if sink in script] == []


def test_every_script_of_the_folder_is_in_the_page() -> None:
    folder = resources.STATIC / "explore"
    assert sorted(SCRIPTS) == sorted(path.stem for path in folder.glob("*.js"))


def test_another_module_can_add_a_part(world: Graph) -> None:
    extra = Part(
        scripts=("Explorer.registerTab('Other', () => {});",),
        styles=(".other { color: red }",),
        data={"small": {"a": "</script>"}},
        packed={"large": [1, 2]},
        policy={"worker-src": ("blob:",), "connect-src": ("'none'",)},
    )
    page = Parts(html_of(page_of(world, parts=[extra])))
    plain = Parts(html_of(page_of(world)))
    assert "worker-src blob:" in page.policy
    assert page.policy.count("'none'") == plain.policy.count("'none'")
    assert [attributes.get("id") for tag, attributes in page.elements if tag == "script"][:3] == [
        "data",
        "small",
        "large",
    ]
    assert page.texts["script"][-1] == extra.scripts[0]


def test_every_group_has_a_colour_and_a_symbol() -> None:
    style = (resources.STATIC / "theme.css").read_text(encoding="utf-8")
    template = (resources.TEMPLATES / "explore.html").read_text(encoding="utf-8")
    assert len({group.shape for group in GROUPS}) == len(GROUPS)
    for group in GROUPS:
        assert f"--group-{group.name}:" in style
        assert f'id="shape-{group.shape}"' in template


def test_an_entity_belongs_to_the_group_of_its_class_or_the_one_above(parts: Parts) -> None:
    groups = {node["id"]: node["group"] for node in parts.data["nodes"]}
    assert groups["ent:mir"] == "molecule"
    assert groups["ent:one-two"] == "phase"
    assert groups["ent:quark"] == "intervention"


def test_bands_follow_each_other_downwards_and_nobody_shares_a_place(real_parts: Parts) -> None:
    data = real_parts.data
    places = data["views"]["whole"]["places"]
    assert len({tuple(place) for place in places.values()}) == len(places) == len(data["nodes"])
    spans: dict[str, list[int]] = {}
    for node in data["nodes"]:
        spans.setdefault(node["group"], []).append(places[node["id"]][1])
    order = [group.name for group in GROUPS if group.name in spans]
    for above, below in pairwise(order):
        assert max(spans[above]) < min(spans[below])


def test_no_edge_of_a_short_chain_runs_behind_another_of_its_nodes() -> None:
    nodes = {name: band for band, name in enumerate("abcdef")}
    chain = networkx.MultiDiGraph(combinations(nodes, 2))
    places = layout.positions(chain, nodes)
    for (x, y), (right, down) in combinations(places.values(), 2):
        for other_x, other_y in places.values():
            if y < other_y < down:
                beside = x + (right - x) * (other_y - y) / (down - y) - other_x
                assert abs(beside) > 40


def test_the_hair_cycle_is_a_circle_that_starts_at_the_top(parts: Parts) -> None:
    view = parts.data["views"]["cycle"]
    ring, places = view["ring"], view["places"]
    x, y = ring["middle"]
    wide, high = ring["radii"]
    assert ring["ids"] == ["ent:one", "ent:one-two", "ent:two"]
    assert places["ent:one"] == [x, y - high]
    assert places["ent:one-two"][0] > x > places["ent:two"][0]
    for node in ring["ids"]:
        right, down = places[node]
        assert abs(((right - x) / wide) ** 2 + ((down - y) / high) ** 2 - 1) < 0.01


def test_what_acts_on_a_phase_stands_on_its_side_of_the_circle(parts: Parts) -> None:
    places = parts.data["views"]["cycle"]["places"]
    assert places["ent:quark"][0] > places["ent:one-two"][0]
    assert places["ent:mir"][1] < places["ent:one"][1]


def test_a_mechanism_runs_from_left_to_right(real_parts: Parts) -> None:
    data = real_parts.data
    for name, mechanism in data["mechanisms"].items():
        places = data["views"][name]["places"]
        assert len({tuple(place) for place in places.values()}) == len(places)
        steps = [data["claims"][step] for step in mechanism["steps"]]
        for step in steps:
            assert places[step["subject"]][0] < places[step["object"]][0]


def test_the_same_graph_gives_the_same_bytes_in_another_process(run: Run, write: Write) -> None:
    path = write("world.ttl", WORLD)
    pages = []
    for seed in ("1", "2"):
        done = run("explore", "--store", path, "-o", f"{seed}.html", PYTHONHASHSEED=seed)
        assert (done.returncode, done.stdout) == (0, f"{seed}.html\n")
        pages.append((path.parent / f"{seed}.html").read_bytes())
    assert pages[0] == pages[1]


def test_the_page_states_its_date_its_licences_and_what_it_is_not(world: Graph) -> None:
    text = html_of(page_of(world)).decode()
    record = json.loads((VENDOR / "VENDOR.json").read_text(encoding="utf-8"))["vis-network"]
    for said in (
        "2001-02-03",
        "https://example.org/licence",
        "Read mostly as abstracts",
        "Not medical advice",
        f"vis-network {record['version']}",
        "Permission is hereby granted",
    ):
        assert said in text


def test_an_empty_graph_gives_a_page_and_says_so(run: Run, write: Write) -> None:
    done = run("explore", "--store", write("empty.ttl", ""))
    assert (done.returncode, done.stdout) == (0, "hairkg-explorer.html\n")
    assert "no claims" in done.stderr


def test_a_wish_that_nothing_fits_is_written_and_says_so(run: Run, write: Write) -> None:
    world = write("world.ttl", WORLD)
    done = run("explore", "miR-0", "--verdict", "refuted", "--store", world)
    assert (done.returncode, done.stdout) == (0, "hairkg-explorer.html\n")
    assert "it opens with miR-0 · refuted: no claims, and says so." in done.stderr


def test_a_verdict_that_there_is_not_is_answered_with_those_there_are(run: Run) -> None:
    done = run("explore", "--verdict", "proven")
    assert done.returncode == 2
    assert "'supported', 'refuted', 'contested'" in done.stderr


def test_an_unknown_entity_is_answered_with_a_suggestion(run: Run, write: Write) -> None:
    done = run("explore", "quarck", "--store", write("world.ttl", WORLD))
    assert done.returncode == 2
    assert "No entity is called 'quarck'. Did you mean 'quark'" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("target", ["missing/x.html", "taken"])
def test_a_file_that_cannot_be_written_leaves_nothing_behind(
    run: Run, write: Write, tmp_path: Path, target: str
) -> None:
    world = write("world.ttl", WORLD)
    (tmp_path / "taken").mkdir()
    done = run("explore", "--store", world, "-o", target)
    assert done.returncode == 2
    assert f"{target}: cannot be written" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["taken", "world.ttl"]
