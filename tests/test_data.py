"""The bundled graph keeps its promises, and data/README.md tells the truth about it."""

import csv
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from kg import resources, terms
from kg.graph import Graph
from kg.model import Direction, Observed
from kg.statistics import statistics_of

from .conftest import ROOT

NOTES = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
DOSSIERS_CHECKED = "2026-11-22"
"""What was entered after this day was read for the graph and stands in no dossier."""
RECORD = re.compile(r"[mea]:[a-z0-9-]+-f[0-9]+[a-z]?")


def rows(heading: str) -> list[list[str]]:
    """The body rows of the table in data/README.md whose first header cell is `heading`."""
    table = NOTES.split(f"| {heading} |")[1].split("\n\n")[0]
    lines = table.splitlines()[2:]
    return [[cell.strip() for cell in line.strip(" |").split("|")] for line in lines]


def test_the_counts_in_the_notes_are_the_counts_of_the_graph(real: Graph) -> None:
    counted = statistics_of(real)["Records"]
    for name, number in rows("in the graph"):
        assert counted[name] == int(number), name


def test_the_results_of_the_check_in_the_notes_are_those_of_the_graph(real: Graph) -> None:
    counted = statistics_of(real)["Evidence by result of the last check"]
    told = {
        name.split(" (")[0].removesuffix(" again"): int(number)
        for name, number in rows("result of the check")
    }
    assert told == counted


def test_the_depths_of_reading_and_the_retractions_in_the_notes_are_those_of_the_graph(
    real: Graph,
) -> None:
    counted = statistics_of(real)
    for heading, group in (
        ("how it was read", "Evidence by reading depth"),
        ("retraction", "Sources by retraction status"),
    ):
        assert {name: int(number) for name, number in rows(heading)} == counted[group]


def test_every_finding_of_the_dossiers_is_in_the_graph_or_left_out_with_a_reason(
    real: Graph,
) -> None:
    items = {record for item in real.evidence.values() for record in item.records}
    said = {
        record
        for passage in real.passages
        for record in real.records[passage].get(terms.IDENTIFIER, ())
    }
    left = {finding for finding, reason in rows("finding") if len(reason) > 10}
    for name, total, evidence, passages, left_out in rows("dossier"):
        letter = re.search(r"\((\w:)\)", name)[1]  # type: ignore[index]
        numbers = [sum(r.startswith(letter) for r in group) for group in (items, said, left)]
        assert numbers == [int(evidence), int(passages), int(left_out)], name
        assert sum(numbers) == int(total), name
    assert not items & left
    assert len(left) <= 984 / 20


def test_every_evidence_item_says_where_it_comes_from(real: Graph) -> None:
    for item in real.evidence.values():
        assert item.study.sources, item.iri
        assert item.source in item.study.sources, item.iri
        assert item.locator, item.iri
        assert item.checked_on >= DOSSIERS_CHECKED, item.iri
        assert item.records or item.checked_on > DOSSIERS_CHECKED, item.iri
        assert all(RECORD.fullmatch(record) for record in item.records), item.iri


def test_the_derived_balance_of_every_claim_is_that_of_the_model(real: Graph) -> None:
    derived = {
        claim.value: (real.label(balance.value), *(int(number.value) for number in numbers))  # type: ignore[union-attr]
        for claim, balance, *numbers in real.query(
            "SELECT ?c ?b ?f ?a ?i { GRAPH graph:derived { ?c kg:evidenceBalance ?b ;"
            " kg:supportingStudies ?f ; kg:disputingStudies ?a ; kg:inconclusiveStudies ?i } }"
        )
    }
    assert derived == {
        iri: (claim.balance, *(len(claim.studies(direction)) for direction in Direction))
        for iri, claim in real.claims.items()
    }


def test_a_null_disputes_and_never_supports(real: Graph) -> None:
    nulls = [item for item in real.evidence.values() if item.observed is Observed.NO_EFFECT]
    assert len(nulls) > 100
    assert {item.direction for item in nulls} == {Direction.DISPUTES}


def test_at_least_85_percent_of_the_publications_are_identified(real: Graph) -> None:
    kinds = {
        "journal article",
        "preprint",
        "letter",
        "conference abstract",
        "book chapter",
        "guideline",
    }
    publications = [source for source in real.sources.values() if source.kind in kinds]
    well = [s for s in publications if s.doi or s.pmid or s.pmcid or s.registry_id]
    otherwise = [s for s in publications if s not in well and s.other_identifier]
    identified = len(well) + len(otherwise)
    assert len(publications) > 380
    assert identified / len(publications) >= 0.85
    told = [int(number) for _, number in rows("publications")]
    assert told == [len(well), len(otherwise), len(publications) - identified]


def test_no_two_sources_share_an_identifier(real: Graph) -> None:
    for field in ("doi", "pmid", "pmcid"):
        values = Counter(v.lower() for s in real.sources.values() if (v := getattr(s, field)))
        assert [value for value, number in values.items() if number > 1] == [], field


def test_named_mechanisms_are_at_least_fifteen_chains_that_keep_their_sign(real: Graph) -> None:
    assert len(real.mechanisms) >= 15
    for mechanism in real.mechanisms.values():
        steps = mechanism.steps
        assert len(steps) >= 2, mechanism.label
        for here, after in pairwise(steps):
            assert here.object == after.subject, mechanism.label
        assert all(step.evidence for step in steps), mechanism.label
        assert mechanism.explains is not None, mechanism.label
        assert mechanism.net_sign == mechanism.explains.relation.sign, mechanism.label


def test_the_article_is_held_as_spans_and_hashes_and_not_as_words(real: Graph) -> None:
    passages = list(real.passages.values())
    assert len(passages) >= 100
    spans = sorted(
        (
            int(real.records[p.iri][terms.kg("charStart")][0]),
            int(real.records[p.iri][terms.kg("charEnd")][0]),
        )
        for p in passages
    )
    assert all(start < end for start, end in spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    assert sum(bool(p.asserts) for p in passages) > 120


def test_every_entity_is_mapped_or_says_that_it_is_not(real: Graph) -> None:
    mapped = [e for e in real.entities.values() if e.exact_matches or e.close_matches]
    assert len(mapped) > 260
    assert terms.kg("NotYetMapped") in {
        v for e in real.entities for v in real.records[e].get(terms.kg("mappingStatus"), ())
    }


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("VEGF-A", "vegf"),
        ("HGNC:12680", "vegf"),
        ("dihydrotestosterone", "dht"),
        ("KGF", "fgf-7"),
        ("PRP", "platelet-rich-plasma"),
    ],
)
def test_a_researcher_finds_things_by_the_names_they_use(real: Graph, name: str, slug: str) -> None:
    assert real.entity(name).label == real.label(terms.PREFIXES["ent"] + slug)


@pytest.mark.filterwarnings("default")
def test_the_mappings_file_is_valid_sssom_and_says_what_the_graph_says(real: Graph) -> None:
    from sssom.parsers import parse_sssom_table
    from sssom.validators import validate

    validate(parse_sssom_table(resources.MAPPINGS))
    written = set()
    with Path(resources.MAPPINGS).open(encoding="utf-8") as file:
        for row in csv.DictReader(
            (line for line in file if not line.startswith("#")), delimiter="\t"
        ):
            written.add((row["subject_id"], row["predicate_id"]))
            assert real.label(terms.expanded(row["subject_id"]) or "") == row["subject_label"]
    stated = {
        (terms.shortened(entity), terms.shortened(predicate))
        for entity in real.entities
        for predicate in (terms.EXACT_MATCH, terms.CLOSE_MATCH, terms.RELATED_MATCH)
        if predicate in real.records[entity]
    }
    assert written == stated


def test_a_plural_subject_has_a_plural_verb(real: Graph) -> None:
    plural = re.compile(
        r"(?!.*\b(of|with|by)\b).*"
        r"(exosomes|vesicles|mimetics|loci|variants|polymorphisms|species|factors|events)"
    )
    verbs = {
        claim.label.removeprefix(claim.subject.label + " ").split(" ")[0]
        for claim in real.claims.values()
        if plural.fullmatch(claim.subject.label)
    }
    assert len(verbs) > 8
    assert [verb for verb in sorted(verbs) if verb.endswith("s")] == []
