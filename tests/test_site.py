"""The site: every link leads somewhere, no page hides a side, machines can read it, nothing can run."""

import dataclasses
import json
import posixpath
import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import get_type_hints
from urllib.parse import unquote, urldefrag, urlsplit

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import meta, nodes
from jinja2.environment import Environment
from markupsafe import escape

from kg import resources, terms
from kg.graph import Graph
from kg.model import Direction, Verdict
from kg.pages.addresses import FOLDERS, address_of, anchor_of
from kg.pages.rendering import environment, rendered
from kg.pages.views.site import ASSETS, PAGES, files_of, lists, page_at, parts, reports
from kg.pages.views.site.search import search_index
from kg.pages.views.site.shelf import Shelf

from .conftest import ROOT, Run, graph_of

Write = Callable[..., Path]

DAY = date(2026, 11, 22)
TINY = ROOT / "tests" / "tiny.ttl"
HREF, ID = re.compile(r'(?:href|src)="([^"]*)"'), re.compile(r' id="([^"]*)"')
CLAIM_LINE = re.compile(
    r'<a class="claim" href="([^"]*)">.*?<span class="sides">(.*?)</span></span>', re.DOTALL
)
VOID = {"meta", "link", "input", "br", "img"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)


class Page(HTMLParser):
    """A page taken apart."""

    def __init__(self, html: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.scripts: list[str] = []
        self.open: list[str] = []
        self.feed(html.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "script":
            self.scripts.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1] == tag, f"</{tag}> closes <{self.open[-1]}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if "script" in self.open:
            self.scripts[-1] += data
        else:
            self.text += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]

    @property
    def links(self) -> list[str]:
        return [each["href"] for tag in ("a", "link") for each in self.all(tag) if "href" in each]

    @property
    def metadata(self) -> dict:
        return json.loads(next(filter(None, self.scripts)))


@cache
def tiny() -> Graph:
    return graph_of(TINY.read_text(encoding="utf-8"))


@cache
def tiny_files() -> dict[str, bytes]:
    return dict(files_of(tiny(), DAY))


@pytest.fixture(scope="module")
def files(real: Graph) -> dict[str, bytes]:
    """The whole site of the bundled graph."""
    return dict(files_of(real, DAY))


@pytest.fixture(scope="module")
def texts(files: dict[str, bytes]) -> dict[str, str]:
    """All its pages as they are written, the explorer apart, which has tests of its own."""
    return {
        address: html.decode()
        for address, html in files.items()
        if address.endswith(".html") and address != "explore.html"
    }


@pytest.fixture(scope="module")
def pages(texts: dict[str, str]) -> dict[str, Page]:
    """One in twelve of them taken apart, and every page of the tiny graph, under its own names."""
    some = sorted(texts)[::12]
    made_up = {f"{address}?": html for address, html in tiny_files().items() if html[:2] == b"<!"}
    made_up.pop("explore.html?")
    return {a: Page(html) for a, html in made_up.items()} | {
        a: Page(texts[a].encode()) for a in some
    }


def shown(kind: str, name: str, graph: Graph) -> Page:
    """The page of the thing of that name."""
    iri = graph.names.resolve(name, within=getattr(graph, kind))
    assert iri
    return Page(page_at(Shelf(graph), kind, iri))


def words(page: Page) -> str:
    return " ".join(page.text.split())


# Completeness.


def test_every_thing_of_the_graph_has_its_page(real: Graph, files: dict[str, bytes]) -> None:
    wanted = {address_of(kind, iri) for kind in FOLDERS for iri in getattr(real, kind)}
    assert wanted <= set(files)
    assert len(wanted) == sum(len(getattr(real, kind)) for kind in FOLDERS)


def test_the_lists_name_every_page(real: Graph, texts: dict[str, str]) -> None:
    for kind in set(FOLDERS) - {"passages"}:
        listed = HREF.findall(texts[f"{kind}.html"])
        assert {address_of(kind, iri) for iri in getattr(real, kind)} <= set(listed)


def test_the_search_knows_every_page_by_all_its_names(real: Graph) -> None:
    index = search_index(Shelf(real))
    found = {f"{index['kinds'][kind][1]}{file}.html": f"{label}\n{also}".split("\n")
             for kind, label, file, also in index["pages"]}  # fmt: skip
    assert set(found) == {address_of(kind, iri) for kind in FOLDERS for iri in getattr(real, kind)}
    for iri, entity in real.entities.items():
        assert {entity.label, *entity.synonyms} <= set(found[address_of("entities", iri)])
    for iri, source in real.sources.items():
        assert {source.doi, source.pmid, ""} <= {*found[address_of("sources", iri)], ""}


@pytest.mark.parametrize(
    "page",
    [
        *(get_type_hints(function)["return"] for function in PAGES.values()),
        lists.IndexPage,
        lists.ClaimsPage,
        lists.LinksPage,
        lists.ReadingPage,
        reports.AuditInSite,
        reports.GapsInSite,
    ],
    ids=lambda page: page.__name__,
)
def test_the_variables_of_a_template_are_the_fields_of_its_page(page: type) -> None:
    assert variables(environment(), page.template) == {f.name for f in dataclasses.fields(page)}


def variables(jinja: Environment, template: str) -> set[str]:
    """The variables of a template and of those it builds on or includes with its context."""
    text, _, _ = jinja.loader.get_source(jinja, template)
    tree = jinja.parse(text)
    macros = list(tree.find_all(nodes.FromImport))
    built_on = [*tree.find_all(nodes.Extends), *(each for each in macros if each.with_context)]
    inherited = (variables(jinja, each.template.value) for each in built_on)
    imported = {node.target for node in tree.find_all(nodes.Import)}
    imported |= {name for each in macros for name in each.names}
    return meta.find_undeclared_variables(tree).union(*inherited) - imported


def test_the_frame_is_used_in_full() -> None:
    base = (resources.TEMPLATES / "site" / "_base.html").read_text(encoding="utf-8")
    used = set(re.findall(r"frame\.(\w+)", base))
    assert used == {field.name for field in dataclasses.fields(parts.Frame)}


def test_no_template_knows_a_folder_of_the_site() -> None:
    things = set(FOLDERS.values())
    for path in (resources.TEMPLATES / "site").glob("*.html"):
        for href in re.findall(r'(?:href|src)="([^"]*)"', path.read_text(encoding="utf-8")):
            assert not any(f"{folder}/" in href for folder in things), path.name
            assert not href.startswith(("/", "file:", ".")), path.name


# Links.


def test_every_internal_link_of_the_written_site_resolves(
    files: dict[str, bytes], texts: dict[str, str]
) -> None:
    ids = {address: set(ID.findall(text)) for address, text in texts.items()}
    broken = []
    for address, text in texts.items():
        for href in set(HREF.findall(text)):
            target, fragment = urldefrag(unescape(href))
            if urlsplit(target).scheme:
                continue
            assert not target.startswith("/")
            place = resolved(address, target) if target else address
            known = place == "explore.html" or not fragment or fragment in ids.get(place, ())
            if place not in files or not known:
                broken.append((address, href))
    assert broken == []


def resolved(address: str, target: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(address), unquote(target)))


def test_links_out_go_to_the_web_and_tell_nobody_where_from(pages: dict[str, Page]) -> None:
    for page in pages.values():
        for link in page.all("a"):
            if urlsplit(link["href"]).scheme:
                assert link["href"].startswith(("https://", "http://"))
                assert "noreferrer" in link["rel"]


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        pytest.param("entities", "around=ent%3A", id="entity"),
        pytest.param("claims", "claims=claim%3A", id="claim"),
        pytest.param("mechanisms", "view=path%3A", id="mechanism"),
    ],
)
def test_a_page_of_a_thing_opens_the_explorer_at_it(
    texts: dict[str, str], real: Graph, kind: str, asked: str
) -> None:
    for iri in getattr(real, kind):
        slug = iri.rpartition("/")[2]
        assert f"explore.html#v=1&amp;{asked}{slug}" in texts[address_of(kind, iri)]


def test_the_explorer_leads_back_to_every_page(files: dict[str, bytes], real: Graph) -> None:
    import base64
    import zlib

    explorer = files["explore.html"].decode()
    packed = re.search(r'<script type="application/json" id="site">"([^"]+)"', explorer)
    assert packed
    addresses = json.loads(zlib.decompress(base64.b64decode(packed[1])))
    for kind in ("entities", "claims", "mechanisms"):
        for iri in getattr(real, kind):
            assert addresses[terms.shortened(iri)] in files


# No side is hidden.


def test_every_page_of_a_claim_shows_every_result_on_both_sides(
    real: Graph, texts: dict[str, str]
) -> None:
    for iri, claim in real.claims.items():
        text = texts[address_of("claims", iri)]
        assert {anchor_of(item.iri) for item in claim.evidence} <= set(ID.findall(text))
        assert f"For ({len(claim.evidence_for)})" in text
        assert f"Against ({len(claim.evidence_against)})" in text
        assert all(escape(item.finding) in text for item in claim.evidence)
        assert all(escape(reason) in text for reason in real.appraisals[iri].reasons)


def test_wherever_a_claim_stands_in_a_line_both_counts_stand_beside_it(
    real: Graph, texts: dict[str, str]
) -> None:
    counts = {
        address_of("claims", iri): [
            f"{len(claim.studies(Direction.SUPPORTS))} for",
            f"{len(claim.studies(Direction.DISPUTES))} against",
        ]
        for iri, claim in real.claims.items()
    }
    told = 0
    for address, text in texts.items():
        for href, sides in CLAIM_LINE.findall(text):
            assert re.findall(r"\d+ (?:for|against)", sides) == counts[resolved(address, href)]
            told += 1
        assert len(CLAIM_LINE.findall(text)) == text.count('<a class="claim"')
    assert told > 2 * len(real.claims)


DIRECTIONS = st.lists(st.sampled_from(["Supports", "Disputes", "Inconclusive"]), max_size=6)
OBSERVED = {"Supports": "AsClaimed", "Disputes": "NoEffect", "Inconclusive": "Undecided"}


WIDE_AND_NARROW = """
ent:a a kg:Entity , kg:Drug ; rdfs:label "a" .
ent:b a kg:Entity , kg:Outcome ; rdfs:label "b" .
claim:wide a kg:Claim ; rdfs:label "wide" ; rdf:subject ent:a ; rdf:predicate kg:increases ;
    rdf:object ent:b .
claim:narrow a kg:Claim ; rdfs:label "narrow" ; rdf:subject ent:a ; rdf:predicate kg:increases ;
    rdf:object ent:b ; kg:specializes claim:wide ; kg:inPopulation "men" .
path:p a kg:Mechanism ; rdfs:label "p" ; kg:explains claim:wide .
path:p-1 a kg:Step ; kg:stepOf path:p ; kg:order 1 ; kg:via claim:narrow .
"""


def world_of(own: list[str], narrower: list[str]) -> Graph:
    """A claim and a narrower one, each with results in these directions, and a chain of both."""
    lines = [WIDE_AND_NARROW]
    for claim, directions in (("wide", own), ("narrow", narrower)):
        for number, way in enumerate(directions):
            name = f"{claim}-{number}"
            lines.append(
                f'study:{name} a kg:Study ; rdfs:label "{name}" . ev:{name} a kg:Evidence ;'
                f' kg:finding "found {name}" ; kg:about claim:{claim} ; kg:fromStudy study:{name} ;'
                f" kg:direction kg:{way} ; kg:observed kg:{OBSERVED[way]} ."
            )
    return graph_of("\n".join(lines))


@settings(max_examples=30, deadline=None)
@given(DIRECTIONS, DIRECTIONS)
def test_a_page_that_shows_support_shows_the_dispute_too(
    own: list[str], narrower: list[str]
) -> None:
    shelf = Shelf(world_of(own, narrower))
    counts = {
        name: f"{ways.count('Supports')} for · {ways.count('Disputes')} against"
        for name, ways in (("wide", own), ("narrow", narrower))
    }
    claim = words(Page(page_at(shelf, "claims", f"{terms.PREFIXES['claim']}wide")))
    assert all(f"found wide-{number}" in claim for number in range(len(own)))
    assert counts["wide"] in claim
    assert counts["narrow"] in claim
    entity = words(Page(page_at(shelf, "entities", f"{terms.PREFIXES['ent']}a")))
    assert all(counts[name] in entity for name in counts)
    mechanism = words(Page(page_at(shelf, "mechanisms", f"{terms.PREFIXES['path']}p")))
    assert all(counts[name] in mechanism for name in counts)
    index = lists.index_page(shelf)
    front = words(Page(rendered(index.template, index)))
    assert counts["wide"] in front


# What the pages say.


def test_a_claim_says_its_verdict_why_and_by_which_designs() -> None:
    said = words(shown("claims", "quark therapy increases widget count", tiny()))
    iri = tiny().claim("quark therapy increases widget count").iri
    appraisal = tiny().appraisals[iri]
    assert str(appraisal.verdict) in said
    for tally in appraisal.counts:
        assert tally.design in said
    assert "quark therapy increases + widget count" in said


def test_an_entity_groups_its_claims_by_verdict_and_says_what_it_is() -> None:
    page = shown("entities", "quark therapy", tiny())
    said = words(page)
    assert "Shining quarks on a widget." in said
    assert "not yet mapped" in said
    headings = [each for each in page.ids if each in set(map(str, Verdict))]
    assert headings == [str(v) for v in parts.READING_ORDER if str(v) in headings] != []


def test_an_identifier_leads_to_its_page() -> None:
    page = shown("entities", "gluon", tiny())
    assert "https://www.genenames.org/data/gene-symbol-report/#!/hgnc_id/99999999" in page.links
    assert "hgnc:99999999" in page.text.lower()


def test_a_mechanism_is_told_step_by_step_with_its_sign_against_that_of_the_claim() -> None:
    said = words(shown("mechanisms", "Rust keeps widgets down through gluons", tiny()))
    mechanism = tiny().mechanisms[f"{terms.PREFIXES['path']}rust-keeps-widgets-down"]
    steps = said[said.index("Steps") :]
    places = [steps.index(step.subject.label) for step in mechanism.steps]
    assert places == sorted(places)
    assert "as the claim says" in said
    assert "The weakest step" in said


def test_a_mechanism_whose_steps_say_the_opposite_of_its_claim_says_so() -> None:
    turned = TINY.read_text(encoding="utf-8").replace(
        "kg:explains claim:rust-holds", "kg:explains claim:gluon-wakes"
    )
    said = words(shown("mechanisms", "Rust keeps widgets down through gluons", graph_of(turned)))
    assert "The signs do not agree" in said


def test_a_study_shows_what_rests_on_it_with_the_verdicts() -> None:
    graph = tiny()
    for iri in graph.studies:
        said = words(Page(page_at(Shelf(graph), "studies", iri)))
        for item in graph.evidence.values():
            if item.study.iri == iri:
                assert item.finding in said
                assert graph.label(item.claim) in said
                assert str(graph.appraisals[item.claim].verdict) in said


def test_a_withdrawn_source_is_marked_wherever_it_is_used() -> None:
    graph = tiny()
    doubted = [
        source
        for source in graph.sources.values()
        if source.retraction not in {"", "no notice seen", "not checked"}
    ]
    assert doubted
    for source in doubted:
        assert source.retraction in words(Page(page_at(Shelf(graph), "sources", source.iri)))
        for item in graph.evidence.values():
            if item.source == source:
                page = Page(page_at(Shelf(graph), "claims", item.claim))
                assert source.retraction in words(page)


def test_a_passage_shows_the_verdict_on_what_it_says() -> None:
    graph = tiny()
    for iri, passage in graph.passages.items():
        said = words(Page(page_at(Shelf(graph), "passages", iri)))
        assert passage.paraphrase in said
        for claim in passage.asserts:
            assert graph.label(claim) in said
            assert str(graph.appraisals[claim].verdict) in said


def test_an_empty_graph_makes_a_site_that_says_so() -> None:
    files = dict(files_of(graph_of(""), DAY))
    assert "There is no claim in this graph." in files["claims.html"].decode()
    assert {address for address in files if "/" in address} == {
        *(f"assets/{name}" for name in ASSETS),
        "assets/search-index.js",
    }


# For machines.


def test_the_metadata_are_in_the_words_of_schema_org(texts: dict[str, str]) -> None:
    from rdflib.namespace import SDO

    used: dict[str, set[str]] = {}
    for text in texts.values():
        assert metadata(text)["@context"] == "https://schema.org"
        for part in things_in(metadata(text)):
            used.setdefault(part["@type"], set()).update(set(part) - {"@type", "@id", "@context"})
    unknown = [name for name in {*used, *set().union(*used.values())} if name not in SDO]
    assert unknown == []
    assert used["ClaimReview"] >= {"claimReviewed", "itemReviewed", "reviewRating", "author"}
    assert used["MedicalTrial"] - used["MedicalStudy"] == {"trialDesign"}
    assert used["MedicalObservationalStudy"] - used["MedicalStudy"] == {"studyDesign"}
    assert used["Dataset"] >= {"name", "description", "license", "creator"}
    assert used["Rating"] == {"alternateName", "ratingExplanation"}


def things_in(value: object) -> Iterator[dict]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from things_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from things_in(inner)


@pytest.mark.parametrize(
    ("kind", "types"),
    [
        pytest.param("claims", {"ClaimReview"}, id="claims"),
        pytest.param(
            "studies", {"MedicalStudy", "MedicalTrial", "MedicalObservationalStudy"}, id="studies"
        ),
        pytest.param("entities", {"DefinedTerm"}, id="entities"),
    ],
)
def test_each_kind_of_page_has_its_kind_of_metadata(
    real: Graph, texts: dict[str, str], kind: str, types: set[str]
) -> None:
    found = {metadata(texts[address_of(kind, iri)])["@type"] for iri in getattr(real, kind)}
    assert found == types


def metadata(text: str) -> dict:
    return json.loads(
        text.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    )


def test_a_claim_review_carries_the_verdict_in_words_and_both_sides(
    real: Graph, texts: dict[str, str]
) -> None:
    for iri, claim in real.claims.items():
        review = metadata(texts[address_of("claims", iri)])
        assert review["itemReviewed"]["@id"] == iri
        assert review["reviewRating"]["alternateName"] == real.appraisals[iri].words
        assert "ratingValue" not in review["reviewRating"]
        assert f"{len(claim.studies(Direction.DISPUTES))} against" in review["reviewBody"]


# Safety and form.


def test_a_page_has_one_heading_unique_ids_a_title_and_nothing_inline(
    pages: dict[str, Page],
) -> None:
    for address, page in pages.items():
        assert len(page.all("h1")) == 1, address
        assert len(page.ids) == len(set(page.ids)), address
        assert [each.get("content") for each in page.all("meta") if "http-equiv" in each] == [
            POLICY
        ]
        root = "../" * address.count("/")
        scripts = [f"{root}assets/site.js", "application/ld+json"]
        scripts += ["application/json", "assets/gaps.js"] * address.startswith("gaps")
        assert [each.get("src", each.get("type")) for each in page.all("script")] == scripts
        for _, attributes in page.elements:
            assert not any(name.startswith("on") or name == "style" for name in attributes)


def test_what_is_named_by_another_element_names_one_that_is_there(pages: dict[str, Page]) -> None:
    for address, page in pages.items():
        ids = set(page.ids)
        for _, attributes in page.elements:
            for name in ("aria-labelledby", "aria-describedby"):
                assert set(attributes.get(name, "").split()) <= ids, address


HOSTILE = (
    "</script><script>window.pwned=1</script>",
    '"><img src=x onerror=window.pwned=1>',
    "{{ 7 * 7 }}{% raw %}",
    "javascript:window.pwned=1",
    "\u202egnp.exe\u2066",
    "a\0b",
    "\u2028<!--",
    "&lt;b&gt;",
    "x" * 10_000,
)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:12]))
def test_hostile_text_changes_no_element_and_is_shown(text: str) -> None:
    calm, hostile = "calm text", victims(text)
    for kind in FOLDERS:
        for iri in getattr(hostile, kind):
            page = Page(page_at(Shelf(hostile), kind, iri))
            twin = Page(page_at(Shelf(victims(calm)), kind, iri))
            assert [tag for tag, _ in page.elements] == [tag for tag, _ in twin.elements]
            assert page.metadata
            assert not set("\u202e\u2066\0\u2028") & set(page.text)
            for link in page.links:
                assert urlsplit(link).scheme in {"", "https", "data"}


def victims(text: str) -> Graph:
    """A graph with a page of every kind, where every text is this one."""
    said = str(ox.Literal(text))
    return graph_of(f"""{victim(text)}
    <https://w3id.org/hairkg/dataset> rdfs:label {said} ; skos:definition {said} ;
        dcterms:license {said} ; dcterms:modified {said} .
    """)


def victim(text: str, name: str = "v") -> str:
    """A thing of every kind that has a page, all of the same name, as Turtle."""
    said = str(ox.Literal(text))
    return f"""
    ent:{name} a kg:Entity , kg:Drug ; rdfs:label {said} ; skos:definition {said} ;
        skos:altLabel {said} ; skos:altLabel "known as {name}" .
    claim:{name} a kg:Claim ; rdfs:label {said} ; rdf:subject ent:{name} ; rdf:predicate kg:increases ;
        rdf:object ent:{name} ; kg:atDose {said} ; kg:circumstance {said} .
    study:{name} a kg:Study ; rdfs:label {said} ; kg:registryId {said} ; kg:funder {said} ;
        kg:conflictOfInterest {said} ; kg:reportedIn src:{name} .
    src:{name} a kg:Source ; dcterms:title {said} ; dcterms:creator {said} ; kg:doi {said} ;
        kg:pmid {said} ; kg:pmcid {said} ; kg:url {said} ; kg:registryId {said} ;
        kg:unverifiedField {said} .
    ev:{name}-1 a kg:Evidence ; kg:about claim:{name} ; kg:fromStudy study:{name} ;
        kg:reportedIn src:{name} ; kg:direction kg:Supports ; kg:observed kg:AsClaimed ;
        kg:finding {said} ; kg:remark {said} ; kg:locator {said} ; kg:effectMeasure {said} ;
        kg:system {said} .
    ev:{name}-2 a kg:Evidence ; kg:about claim:{name} ; kg:fromStudy study:{name} ;
        kg:reportedIn src:{name} ; kg:direction kg:Disputes ; kg:observed kg:NoEffect ;
        kg:finding {said} .
    path:{name} a kg:Mechanism ; rdfs:label {said} ; skos:definition {said} ; kg:explains claim:{name} .
    path:{name}-1 a kg:Step ; kg:stepOf path:{name} ; kg:order 1 ; kg:via claim:{name} .
    doc:{name} a kg:Document ; rdfs:label {said} ; skos:definition {said} ; kg:interest {said} .
    doc:{name}-1 a kg:Passage ; kg:inDocument doc:{name} ; kg:section {said} ; kg:paraphrase {said} ;
        kg:line 1 ; kg:strength kg:StatedAsFact ; kg:asserts claim:{name} ; kg:remark {said} .
    conflict:{name} a kg:Conflict ; rdfs:label {said} ; kg:oneSide ev:{name}-1 ;
        kg:otherSide ev:{name}-2 ; kg:reading {said} .
    """


def test_the_search_index_is_one_assignment_of_json_that_no_text_can_leave() -> None:
    script = dict(files_of(victims(HOSTILE[0]), DAY))["assets/search-index.js"].decode()
    start, _, json_text = script.partition(" = ")
    assert start == "globalThis.hairkgIndex"
    assert not set("<>&\u2028") & set(json_text)
    assert json.loads(json_text.rstrip(";\n"))["pages"][0][1] == HOSTILE[0]


def test_our_scripts_put_text_into_the_page_as_text_only() -> None:
    for path in (resources.STATIC / "site").glob("*.js"):
        script = path.read_text(encoding="utf-8")
        for sink in (
            "innerHTML",
            "outerHTML",
            "insertAdjacent",
            "document.write",
            "eval(",
            "Function(",
        ):
            assert sink not in script


# The command.


def site_at(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_command_writes_the_same_bytes_whatever_the_hash_seed(run: Run, tmp_path: Path) -> None:
    for seed in ("1", "2"):
        ended = run("site", seed, "--store", TINY, "--as-of", str(DAY), PYTHONHASHSEED=seed)
        assert (ended.returncode, ended.stdout) == (0, f"{seed}/index.html\n")
    one, two = site_at(tmp_path / "1"), site_at(tmp_path / "2")
    assert one == two
    assert {address: one[address] for address in tiny_files()} == tiny_files()


def test_the_command_refuses_a_folder_of_others(run: Run, tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "one.txt").write_bytes(b"mine")
    ended = run("site", "thesis", "--store", TINY)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "--force" in ended.stderr
    assert site_at(tmp_path / "thesis") == {"one.txt": b"mine"}
