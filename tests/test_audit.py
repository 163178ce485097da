"""The audit: how wording compares with certainty, both sides always, contradictions, copies, forms."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import date
from html import unescape
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

import kg
from kg import audit_formats, resources, terms
from kg.audit import Audit, Grounds, audit_of, audited
from kg.audit.judging import combined, judged, judged_open, judged_plan, judged_through, mirrored
from kg.audit.texts import copy_of
from kg.audit.types import Found, Judgement, Match, Reading, Side, Stance, Statement
from kg.errors import DataError
from kg.grading import grading_of
from kg.graph import Graph
from kg.model import (
    Appraisal,
    Certainty,
    ClaimKind,
    Context,
    Direction,
    Document,
    Passage,
    Source,
    Verdict,
)
from kg.pages.views.audit import FILTERS, AuditPage, address_of, html_of, page_of

from .conftest import ROOT, Run, graph_of

TINY = ROOT / "tests" / "tiny.ttl"
GOLDEN = ROOT / "tests" / "golden" / "audit"
DAY = date(2002, 1, 1)
MODERATE, LOW, VERY_LOW = 3, 2, 1

Write = Callable[..., Path]


@pytest.fixture(scope="module")
def tiny() -> Graph:
    return kg.load(TINY)


@pytest.fixture(scope="module")
def leaflet(tiny: Graph) -> Audit:
    return audit_of(tiny, the_document(tiny), DAY)


@pytest.fixture(scope="module")
def article(real: Graph) -> Audit:
    return audit_of(real, the_document(real), date(2026, 11, 22))


def the_document(graph: Graph) -> Document:
    [document] = graph.documents.values()
    return document


def appraisal(
    verdict: Verdict, certainty: Certainty | None = None, only_in: str = "", *contexts: Context
) -> Appraisal:
    return Appraisal(
        "claim", ClaimKind.TREATMENT, verdict, certainty, (), only_in=only_in, contexts=contexts
    )


HERE = Context("sex", "men", Verdict.SUPPORTED, Certainty.LOW)
NOT_THERE = Context("sex", "women", Verdict.REFUTED, Certainty.LOW)


@pytest.mark.parametrize(
    ("given_appraisal", "needed", "is_hedged", "expected"),
    [
        pytest.param(appraisal(Verdict.UNTESTED), MODERATE, False, "nothing found", id="untested"),
        pytest.param(
            appraisal(Verdict.UNTESTED), VERY_LOW, True, "nothing found", id="untested, may"
        ),
        pytest.param(
            appraisal(Verdict.REFUTED, Certainty.VERY_LOW),
            MODERATE,
            False,
            "contradicted",
            id="refuted",
        ),
        pytest.param(
            appraisal(Verdict.REFUTED, Certainty.LOW),
            VERY_LOW,
            True,
            "contradicted",
            id="refuted, may",
        ),
        pytest.param(
            appraisal(Verdict.REFUTED, Certainty.VERY_LOW),
            VERY_LOW,
            True,
            "inconclusive",
            id="hardly refuted, may",
        ),
        pytest.param(
            appraisal(Verdict.CONTESTED, Certainty.LOW),
            MODERATE,
            False,
            "overstated",
            id="contested",
        ),
        pytest.param(
            appraisal(Verdict.CONTESTED, Certainty.LOW),
            VERY_LOW,
            True,
            "inconclusive",
            id="contested, may",
        ),
        pytest.param(
            appraisal(Verdict.INCONCLUSIVE, Certainty.VERY_LOW),
            MODERATE,
            False,
            "inconclusive",
            id="inconclusive",
        ),
        pytest.param(
            appraisal(Verdict.CONTEXT_DEPENDENT, Certainty.LOW, "", HERE, NOT_THERE),
            MODERATE,
            False,
            "overstated",
            id="in men only",
        ),
        pytest.param(
            appraisal(Verdict.CONTEXT_DEPENDENT, Certainty.LOW, "", HERE, NOT_THERE),
            VERY_LOW,
            True,
            "supported",
            id="in men only, may",
        ),
        pytest.param(
            appraisal(Verdict.CONTEXT_DEPENDENT, Certainty.LOW, "", NOT_THERE),
            VERY_LOW,
            True,
            "inconclusive",
            id="nowhere, may",
        ),
        pytest.param(
            appraisal(Verdict.SUPPORTED, Certainty.HIGH, "only in cells"),
            VERY_LOW,
            True,
            "only in animals or cells",
            id="only in cells",
        ),
        pytest.param(
            appraisal(Verdict.SUPPORTED, Certainty.LOW),
            MODERATE,
            False,
            "overstated",
            id="less certain than put",
        ),
        pytest.param(
            appraisal(Verdict.SUPPORTED, Certainty.MODERATE),
            MODERATE,
            False,
            "supported",
            id="as certain as put",
        ),
        pytest.param(
            appraisal(Verdict.SUPPORTED, Certainty.VERY_LOW),
            VERY_LOW,
            True,
            "supported",
            id="barely, may",
        ),
    ],
)
def test_wording_is_compared_with_certainty(
    given_appraisal: Appraisal, needed: int, *, is_hedged: bool, expected: str
) -> None:
    assert judged(given_appraisal, needed, is_hedged=is_hedged) == expected


def test_the_rule_knows_every_verdict_and_the_page_about_it_has_the_same_rows() -> None:
    told = (ROOT / "docs" / "audit.md").read_text(encoding="utf-8")
    for verdict in Verdict:
        assert judged(appraisal(verdict, Certainty.LOW), MODERATE, is_hedged=False) in set(
            Judgement
        )
        assert f"| {verdict}" in told, verdict
    for judgement in Judgement:
        assert f"**{judgement}**" in told, judgement


@given(
    verdict=some.sampled_from(Verdict),
    certainty=some.sampled_from(Certainty),
    only_in=some.sampled_from(["", "only in cells"]),
    needed=some.integers(1, 3),
    is_hedged=some.booleans(),
)
def test_a_weaker_wording_is_never_judged_worse(
    verdict: Verdict, certainty: Certainty, only_in: str, needed: int, *, is_hedged: bool
) -> None:
    one = appraisal(verdict, certainty, only_in, HERE, NOT_THERE)
    strong = judged(one, needed + 1, is_hedged=False)
    weak = judged(one, needed, is_hedged=is_hedged)
    assert weak.rank >= strong.rank


@given(some.sampled_from(Certainty), some.integers(1, 4))
def test_more_certainty_never_turns_supported_into_overstated(
    certainty: Certainty, needed: int
) -> None:
    supported = judged(appraisal(Verdict.SUPPORTED, certainty), needed, is_hedged=False)
    assert (supported is Judgement.SUPPORTED) == (certainty.level >= needed)


def test_a_denial_is_the_mirror_image_and_its_mirror_the_claim_again() -> None:
    supported = appraisal(Verdict.SUPPORTED, Certainty.LOW)
    assert mirrored(supported).verdict is Verdict.REFUTED
    assert mirrored(mirrored(supported)) == supported
    assert mirrored(appraisal(Verdict.CONTESTED)).verdict is Verdict.CONTESTED


def test_what_is_called_open_is_wrong_only_where_it_is_settled() -> None:
    high = Certainty.HIGH.level
    assert judged_open(appraisal(Verdict.SUPPORTED, Certainty.HIGH), high) == "contradicted"
    assert judged_open(appraisal(Verdict.REFUTED, Certainty.HIGH), high) == "contradicted"
    assert judged_open(appraisal(Verdict.SUPPORTED, Certainty.MODERATE), high) == "supported"
    assert judged_open(appraisal(Verdict.UNTESTED), high) == "supported"


def test_what_is_planned_needs_a_study() -> None:
    assert judged_plan(0) == "nothing found"
    assert judged_plan(1) == "supported"


def test_going_together_is_half_the_way_to_a_cause() -> None:
    assert judged_through(Judgement.SUPPORTED, is_hedged=False) == "overstated"
    assert judged_through(Judgement.SUPPORTED, is_hedged=True) == "supported"
    assert judged_through(Judgement.INCONCLUSIVE, is_hedged=False) == "inconclusive"


@pytest.mark.parametrize(
    ("judgements", "is_hedged", "expected"),
    [
        pytest.param([], False, "no claim recorded", id="nothing to judge"),
        pytest.param(["nothing found"], False, "nothing found", id="never studied"),
        pytest.param(["supported", "contradicted"], True, "contradicted", id="the worst counts"),
        pytest.param(["supported", "nothing found"], False, "overstated", id="half of it, as fact"),
        pytest.param(["supported", "nothing found"], True, "supported", id="half of it, may"),
        pytest.param(["overstated", "cannot be traced"], False, "cannot be traced", id="untraced"),
        pytest.param(["inconclusive", "nothing found"], False, "inconclusive", id="something"),
    ],
)
def test_a_passage_is_judged_by_what_needs_attention_first(
    judgements: list[str], *, is_hedged: bool, expected: str
) -> None:
    assert combined(map(Judgement, judgements), is_hedged=is_hedged) == expected


# The invented leaflet.


def test_the_audit_of_the_leaflet_as_text(leaflet: Audit) -> None:
    expected = (GOLDEN / "leaflet.txt").read_text(encoding="utf-8")
    assert audit_formats.text_of(leaflet) + "\n" == expected


def test_the_audit_of_the_leaflet_as_json(leaflet: Audit) -> None:
    expected = (GOLDEN / "leaflet.json").read_text(encoding="utf-8")
    assert audit_formats.json_of(leaflet) + "\n" == expected


def test_a_warning_may_be_plain_and_an_all_clear_may_not(leaflet: Audit) -> None:
    [denial] = reading_at(leaflet, 12).statements
    assert denial.stance is Stance.DENIES
    assert denial.appraisal.words == "contested, very low certainty"
    assert denial.judgement is Judgement.OVERSTATED


def test_every_kind_of_contradiction_is_found_in_the_leaflet(leaflet: Audit) -> None:
    told = [
        (each.found, [p.line for p in each.one_side], [p.line for p in each.other_side])
        for each in leaflet.contradictions
    ]
    assert told == [
        (Found.DENIED, [13], [12]),
        (Found.OPEN, [15], [14]),
        (Found.CURATED, [18], [15]),
    ]
    assert leaflet.contradictions[2].reason == "A widget full of gluons has no room for squarks."


def test_passages_that_drive_one_thing_both_ways_contradict_each_other(tiny: Graph) -> None:
    up = tiny.claim("gluon activates down-to-up transition")
    down = replace(up, iri="down", relation=replace(up.relation, sign=-1))
    elsewhere = replace(down, iri="elsewhere", circumstance="at night")
    one, *others = list(tiny.passages.values())[:3]
    passages = (
        replace(one, asserts=(up.iri,), denies=(), leaves_open=()),
        replace(others[0], asserts=("down",), denies=(), leaves_open=()),
        replace(others[1], asserts=("elsewhere",), denies=(), leaves_open=()),
    )
    claims = {claim.iri: claim for claim in (up, down, elsewhere)}
    ours = grounds_of(tiny, passages=passages, claims=claims)
    ours = replace(ours, appraisals=dict.fromkeys(claims, tiny.appraisals[up.iri]))
    [found] = audited(the_document(tiny), ours, DAY).contradictions
    assert found.found is Found.OPPOSITE
    assert [p.line for p in found.one_side + found.other_side] == [2, 1]


def test_a_promise_is_late_once_its_year_is_over(tiny: Graph) -> None:
    def late(day: date) -> list[bool]:
        return [each.is_overdue for each in audit_of(tiny, the_document(tiny), day).promises]

    assert late(date(1999, 12, 31)) == [False]
    assert late(date(2000, 1, 1)) == [True]


def test_a_claim_may_be_judged_by_the_association_it_implies(real: Graph, article: Audit) -> None:
    causes = real.claim("hair loss causes anxiety")
    statements = {one.claim.iri: one for one in reading_at(article, 21, "anxious").statements}
    assert causes.evidence == ()
    assert statements[causes.iri].judgement is Judgement.SUPPORTED
    assert "go together" in statements[causes.iri].comparison
    weaker = real.claim("hair loss is positively associated with anxiety")
    assert statements[weaker.iri].weaker_of == causes.iri


# All forms, all passages, both sides.


@pytest.fixture(scope="module", params=["leaflet", "article"])
def any_audit(request: pytest.FixtureRequest) -> Audit:
    audit: Audit = request.getfixturevalue(request.param)
    return audit


FORMS: dict[str, Callable[[Audit], str]] = {
    "text": audit_formats.text_of,
    "json": audit_formats.json_of,
    "html": lambda audit: html_of(page_of(audit)).decode(),
}
each_form = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())


@each_form
def test_no_form_leaves_out_a_passage(any_audit: Audit, form: Callable[[Audit], str]) -> None:
    written = flattened(form(any_audit))
    for reading in any_audit.readings:
        assert flattened(reading.passage.paraphrase) in written
        assert str(reading.judgement) in written.lower()
    assert len(any_audit.readings) == sum(any_audit.counts.values())


@each_form
def test_no_form_shows_support_without_the_dispute(
    any_audit: Audit, form: Callable[[Audit], str]
) -> None:
    written = flattened(form(any_audit))
    for statement in statements_of(any_audit):
        for side in (statement.pro, statement.con, statement.undecided):
            if side.best:
                assert flattened(side.best.item.finding) in written
    assert written.lower().count("against") >= sum(
        1 for reading in any_audit.readings for _ in (*reading.statements, *reading.beside)
    )


def test_the_sides_are_those_of_the_appraisal(article: Audit) -> None:
    for one in statements_of(article):
        pro, con = (one.con, one.pro) if one.stance is Stance.DENIES else (one.pro, one.con)
        for side, direction in ((pro, Direction.SUPPORTS), (con, Direction.DISPUTES)):
            assert side.studies == one.appraisal.studies(direction)
            assert (side.best is not None) >= bool(side.studies)


@settings(max_examples=20, deadline=None)
@given(some.randoms(use_true_random=False))
def test_the_order_of_the_graph_never_matters(shuffler: object) -> None:
    graph = ORDERED["graph"]
    passages = list(graph.passages.values())
    claims = list(graph.claims.items())
    allusions = list(graph.allusions.values())
    for each in (passages, claims, allusions):
        shuffler.shuffle(each)  # type: ignore[attr-defined]
    ours = replace(
        grounds_of(graph),
        passages=tuple(passages),
        claims=dict(claims),
        allusions=tuple(allusions),
    )
    assert audited(the_document(graph), ours, DAY) == ORDERED["audit"]


ORDERED = {"graph": kg.load(TINY)}
ORDERED["audit"] = audit_of(ORDERED["graph"], the_document(ORDERED["graph"]), DAY)


def test_the_json_is_as_its_schema_says(any_audit: Audit) -> None:
    schema = json.loads(
        (resources.PACKAGE / "schemas" / "audit-1.schema.json").read_text(encoding="utf-8")
    )
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.FormatChecker(["date"])
    )
    assert list(validator.iter_errors(audit_formats.data_of(any_audit))) == []
    copied = replace(any_audit, copy=copy_of("", "x", any_audit.document, passages_of(any_audit)))
    assert list(validator.iter_errors(audit_formats.data_of(copied))) == []


# What a dermatologist would look for first.


def reading_at(audit: Audit, line: int, words: str = "") -> Reading:
    """The passage of a line; of several, the one whose paraphrase holds the words."""
    [found] = [
        reading
        for reading in audit.readings
        if reading.passage.line == line and words in reading.passage.paraphrase
    ]
    return found


def statement_on(reading: Reading, slug: str) -> Statement:
    iri = f"{terms.PREFIXES['claim']}{slug}"
    [found] = [one for one in (*reading.statements, *reading.beside) if one.claim.iri == iri]
    return found


@pytest.mark.parametrize(("line", "words"), [(72, "both said"), (83, "against DHT")])
def test_minoxidil_does_not_block_dht(article: Audit, line: int, words: str) -> None:
    reading = reading_at(article, line, words)
    assert reading.judgement is Judgement.CONTRADICTED
    acts = statement_on(reading, "minoxidil-inhibits-androgen-receptor-signalling")
    assert acts.judgement is Judgement.CONTRADICTED
    assert best(acts.con).study.label.startswith("Nuck 1987")
    lowers = statement_on(reading, "minoxidil-decreases-dht")
    assert lowers.judgement is Judgement.ONLY_MODELS
    assert best(lowers.pro).study.iri.endswith("shen-2023")
    beside = {one.claim.iri.rpartition("/")[2] for one in reading.beside}
    assert {"minoxidil-binds-androgen-receptor", "minoxidil-decreases-srd5a2"} <= beside
    fine = statement_on(reading, "finasteride-decreases-scalp-dihydrotestosterone")
    assert fine.appraisal.verdict is Verdict.SUPPORTED


@pytest.mark.parametrize(("line", "words"), [(73, "stem from"), (79, "stem from")])
def test_own_cells_are_contradicted_by_the_market(article: Audit, line: int, words: str) -> None:
    reading = reading_at(article, line, words)
    assert reading.judgement is Judgement.CONTRADICTED
    own = statement_on(reading, "exosome-therapy-for-hair-loss-is-derived-from-autologous-cell")
    assert own.con.studies >= 3
    assert own.pro.best is None


def test_own_cells_are_contradicted_by_the_article(article: Audit) -> None:
    donor = contradiction(article, "exosome therapy for hair loss is derived from allogeneic cell")
    assert sides(donor) == ([90], [73, 79])
    assert donor.found is Found.DENIED
    cultured = contradiction(
        article, "the patient's own cells, or stem cells grown in a laboratory"
    )
    assert sides(cultured) == ([73, 79, 90], [49])
    assert cultured.found is Found.CURATED


def test_growth_factors_are_shown_as_secretion_and_not_as_cargo(article: Audit) -> None:
    reading = reading_at(article, 30, "packed in vesicles")
    assert reading.judgement is Judgement.NOTHING_FOUND
    for name in ("vegf", "igf-1", "fgf-7"):
        cargo = statement_on(reading, f"msc-extracellular-vesicles-contains-{name}")
        assert cargo.appraisal.verdict is Verdict.UNTESTED
    for name in ("vegf", "igf-1"):
        secreted = statement_on(
            reading, f"msc-extracellular-vesicles-increases-{name}-in-dermal-papilla"
        )
        assert secreted.appraisal.verdict is Verdict.SUPPORTED
        assert best(secreted.pro).study.iri.endswith("rajendran-2017")


def test_effluvium_and_areata_were_never_studied_with_a_control_group(article: Audit) -> None:
    reading = reading_at(article, 60, "Pattern loss")
    assert reading.judgement is Judgement.OVERSTATED
    effluvium = statement_on(reading, "exosome-therapy-for-hair-loss-treats-telogen-effluvium")
    assert effluvium.judgement is Judgement.NOTHING_FOUND
    areata = statement_on(reading, "exosome-therapy-for-hair-loss-treats-alopecia-areata")
    assert areata.judgement is Judgement.OVERSTATED
    assert areata.appraisal.certainty is Certainty.VERY_LOW
    designs = {item.design for item in areata.claim.evidence}
    assert not designs & {"randomised controlled trial", "nonrandomised trial"}


def test_no_side_effects_stands_against_necrosis_granuloma_and_sepsis(article: Audit) -> None:
    reading = reading_at(article, 76, "causing no harm")
    assert reading.judgement is Judgement.CONTRADICTED
    beside = {one.claim.object.label for one in reading.beside}
    assert {"skin necrosis", "necrotizing granuloma", "sepsis"} <= beside
    denied = {one.claim.object.label for one in reading.statements if one.stance is Stance.DENIES}
    assert denied == {"adverse event", "serious adverse event", "lasting skin reaction"}
    itself = contradiction(
        article, "exosome therapy for hair loss has adverse effect adverse event"
    )
    assert sides(itself) == ([54, 62, 63, 64, 65, 66, 67, 75, 90], [76])


def test_three_studies_and_a_trial_cannot_be_traced(article: Audit) -> None:
    lines = [[p.line for p in each.passages] for each in article.untraced]
    assert lines == [[40, 40], [41, 41], [43, 43], [44]]
    assert all(each.nearest for each in article.untraced)
    untraced = {r.passage.iri for r in article.judged(Judgement.UNTRACEABLE)}
    assert untraced == {p.iri for each in article.untraced for p in each.passages}


def test_the_trial_of_2025_is_overdue_and_unidentified(real: Graph, article: Audit) -> None:
    [promise] = article.promises
    assert (promise.passage.line, promise.year) == (43, 2025)
    assert promise.is_overdue
    assert promise.is_untraced
    [then] = audit_of(real, the_document(real), date(2025, 12, 31)).promises
    assert not then.is_overdue


@pytest.mark.parametrize(
    ("about", "one_side", "other_side"),
    [
        pytest.param(
            "intradermal injection is part of exosome therapy for hair loss",
            [51, 75],
            [36, 59, 75, 81, 90],
            id="non-invasive, and injected",
        ),
        pytest.param(
            "microneedling is part of exosome therapy for hair loss",
            [51],
            [36, 59, 75, 81, 90],
            id="non-invasive, and needled",
        ),
        pytest.param(
            "a few treatments that last, or repeated treatments",
            [55],
            [74, 76, 80],
            id="few treatments, and several",
        ),
        pytest.param(
            "exosome therapy for hair loss treats hair loss",
            [29, 59, 60, 89],
            [9, 36, 45, 71, 76, 91],
            id="shown, and open",
        ),
    ],
)
def test_the_article_contradicts_itself(
    article: Audit, about: str, one_side: list[int], other_side: list[int]
) -> None:
    assert sides(contradiction(article, about)) == (one_side, other_side)


def test_its_interests_are_told(article: Audit) -> None:
    assert any("affiliate" in each for each in article.document.interests)
    assert any("e-book" in each for each in article.document.interests)


def test_every_passage_of_the_article_has_a_verdict(article: Audit) -> None:
    assert len(article.readings) == 137
    assert article.judged(Judgement.NO_CLAIM) == ()


def contradiction(audit: Audit, about: str):  # noqa: ANN201 - the test says which
    found = [each for each in audit.contradictions if each.about == about]
    return (
        min(found, key=lambda each: list(Found).index(each.found), default=None)
        if (len(found) < 2)
        else next(each for each in found if each.found in {Found.DENIED, Found.OPEN})
    )


def sides(found) -> tuple[list[int], list[int]]:  # noqa: ANN001 - a contradiction
    return (
        sorted({p.line for p in found.one_side}),
        sorted({p.line for p in found.other_side}),
    )


def best(side: Side):  # noqa: ANN201 - the item behind it
    assert side.best
    return side.best.item


# Copies of the document.

WORDS = "Quarks help.\nThey really do, says everyone.\nNo harm at all.\n"


def document_of(text: str, *spans: tuple[int, int]) -> tuple[Document, list[Passage]]:
    document = Document("doc:x", "x", text_hash=sha(text))
    passages = [
        Passage(
            iri=f"doc:x-{number}",
            document="doc:x",
            line=text.count("\n", 0, start) + 1,
            section="",
            paraphrase="",
            strength="stated as fact",
            cites_source=False,
            start=start,
            end=end,
            text_hash=sha(text[start:end]),
        )
        for number, (start, end) in enumerate(spans)
    ]
    return document, passages


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


SPANS = ((0, 12), (13, 43), (44, 59))


@pytest.mark.parametrize(
    ("text", "is_whole", "matches", "lines"),
    [
        pytest.param(WORDS, True, "in place|in place|in place", [1, 2, 3], id="the same"),
        pytest.param(
            "\ufeff" + WORDS.replace("\n", "\r\n"),
            True,
            "in place|in place|in place",
            [1, 2, 3],
            id="other line ends",
        ),
        pytest.param(WORDS.rstrip(), True, "in place|in place|in place", [1, 2, 3], id="no last"),
        pytest.param(
            "New: " + WORDS.replace("at all", "at all!!"),
            False,
            "moved|moved|no longer there",
            [1, 2, None],
            id="moved and changed",
        ),
        pytest.param("", False, "|".join(["no longer there"] * 3), [None] * 3, id="empty"),
    ],
)
def test_a_copy_is_held_against_the_spans(
    text: str, *, is_whole: bool, matches: str, lines: list[int | None]
) -> None:
    document, passages = document_of(WORDS, *SPANS)
    copy = copy_of(text, "copy.txt", document, passages)
    assert copy.is_whole is is_whole
    assert "|".join(copy.matches[p.iri] for p in passages) == matches
    assert [copy.lines.get(p.iri) for p in passages] == lines
    assert all(sha(copy.words[p.iri]) == p.text_hash for p in passages if p.iri in copy.words)
    assert set(copy.gone) == {iri for iri, match in copy.matches.items() if match is Match.GONE}


@given(some.text(max_size=300))
def test_any_text_can_be_held_against_the_spans(text: str) -> None:
    document, passages = document_of(WORDS, *SPANS)
    copy = copy_of(text, "copy.txt", document, passages)
    assert set(copy.matches) == {p.iri for p in passages}


def test_the_words_of_a_copy_are_in_the_page_and_in_no_json(leaflet: Audit) -> None:
    [one, *_] = passages_of(leaflet)
    words = "Our quarks are the best <b>quarks</b>."
    copy = copy_of("", "copy.txt", leaflet.document, passages_of(leaflet))
    copy = replace(
        copy,
        matches={**copy.matches, one.iri: Match.IN_PLACE},
        lines={one.iri: 1},
        words={one.iri: words},
    )
    copied = replace(leaflet, copy=copy)
    assert words in audit_formats.text_of(copied)
    assert "&lt;b&gt;quarks&lt;/b&gt;" in html_of(page_of(copied)).decode()
    assert "Our quarks" not in audit_formats.json_of(copied)


# The page.


def test_the_page_runs_no_script_and_loads_nothing(article: Audit) -> None:
    page = html_of(page_of(article)).decode()
    assert "<script" not in page
    assert "src=" not in page
    assert "default-src 'none'" in unescape(page)
    assert " style=" not in page


def test_hostile_words_stay_words(tiny: Graph) -> None:
    evil = '</style><script>alert("x")</script>\u202e'
    [one, *others] = tiny.passages.values()
    ours = grounds_of(tiny, passages=(replace(one, paraphrase=evil, remark=evil), *others))
    document = replace(the_document(tiny), label=evil, interests=(evil,))
    audit = audited(replace(document, iri=the_document(tiny).iri), ours, DAY)
    page = html_of(page_of(audit)).decode()
    assert "<script" not in page
    assert page.count("</style>") == len(page_of(audit).parts.styles)
    assert "\u202e" not in page
    assert "\u202e" not in audit_formats.text_of(audit)


@pytest.mark.parametrize(
    ("source", "address"),
    [
        pytest.param(Source("s", "t", "k", doi="10.1/a<b"), "https://doi.org/10.1/a%3Cb", id="doi"),
        pytest.param(
            Source("s", "t", "k", pmid="1"), "https://pubmed.ncbi.nlm.nih.gov/1", id="pmid"
        ),
        pytest.param(Source("s", "t", "k", url="https://a.b/c"), "https://a.b/c", id="page"),
        pytest.param(Source("s", "t", "k", url="javascript:alert(1)"), "", id="script"),
        pytest.param(Source("s", "t", "k"), "", id="nowhere"),
        pytest.param(None, "", id="no source"),
    ],
)
def test_only_addresses_of_the_web_become_links(source: Source | None, address: str) -> None:
    assert address_of(source) == address


def test_the_template_uses_exactly_the_fields_of_its_context() -> None:
    from jinja2 import Environment, meta

    environment = Environment(autoescape=True)
    environment.filters.update(dict.fromkeys(FILTERS, str))
    used: set[str] = set()
    for name in ("_alone.html", "audit.html"):
        text = (resources.TEMPLATES / name).read_text(encoding="utf-8")
        used |= meta.find_undeclared_variables(environment.parse(text))
    assert used == {field.name for field in fields(AuditPage)}


# The grading.


def test_a_grading_without_a_wording_is_refused() -> None:
    text = resources.APPRAISAL.read_text(encoding="utf-8")
    block = text.split("grade:wording-possible a kg:Wording")[1].split("\n.\n")[0]
    without = text.replace(f"grade:wording-possible a kg:Wording{block}\n.\n", "")
    with pytest.raises(DataError, match="no wording for 'stated as possible'"):
        grading_of(without.encode())


def test_every_wording_has_its_reason_and_a_level_for_every_kind(real: Graph) -> None:
    for levels in real.grading.wordings.values():
        assert set(levels) == set(ClaimKind)
    possible, fact = (real.grading.wordings[f"stated as {each}"] for each in ("possible", "fact"))
    assert all(possible[kind] <= fact[kind] for kind in ClaimKind)


# The command.


def test_the_command_writes_each_form_to_a_file(run: Run, tmp_path: Path) -> None:
    for form in ("text", "json", "html"):
        ended = run("audit", "--store", TINY, "--format", form, "-o", f"audit.{form}")
        assert (ended.returncode, ended.stdout) == (0, f"audit.{form}\n")
        assert "Quarks cure decaying widgets." in (tmp_path / f"audit.{form}").read_text("utf-8")


def test_a_changed_copy_ends_with_1(run: Run, write: Write) -> None:
    ended = run("audit", "--store", TINY, "--text", write("copy.txt", b"another text"))
    assert ended.returncode == 1
    assert "the words of 12 passages are no longer there" in ended.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(["leaflet on quark"], "Did you mean 'Leaflet on quarks'", id="misspelt"),
        pytest.param(["quark therapy"], "No document is called 'quark therapy'", id="no document"),
        pytest.param(["--text", "missing.txt"], "missing.txt: cannot be read", id="no copy"),
        pytest.param(["--text", "."], "cannot be read", id="a folder as copy"),
        pytest.param(["--as-of", "soon"], "'soon' does not match", id="no date"),
        pytest.param(["-o", "no/such/folder.txt"], "cannot be written", id="nowhere to write"),
    ],
)
def test_a_mistake_is_one_message_and_exit_2(run: Run, arguments: list[str], words: str) -> None:
    ended = run("audit", "--store", TINY, *arguments)
    assert ended.returncode == 2
    assert words in ended.stderr
    assert "Traceback" not in ended.stderr
    assert ended.stdout == ""


def test_a_copy_that_is_no_text_is_named(run: Run, write: Write) -> None:
    ended = run("audit", "--store", TINY, "--text", write("copy.pdf", b"%PDF\xff\xfe"))
    assert ended.returncode == 2
    assert "not UTF-8 at byte 4" in ended.stderr


def test_a_document_without_passages_says_what_to_add(run: Run, write: Write) -> None:
    path = write("bare.ttl", 'doc:bare a kg:Document ; rdfs:label "Bare" .')
    ended = run("audit", "--store", path)
    assert ended.returncode == 2
    assert "doc:bare-001 a kg:Passage" in ended.stderr
    assert "kg check" in ended.stderr


def test_of_two_documents_one_has_to_be_named(run: Run, write: Write) -> None:
    path = write(
        "two.ttl",
        'doc:a a kg:Document ; rdfs:label "A" .\ndoc:b a kg:Document ; rdfs:label "B" .',
    )
    ended = run("audit", "--store", path)
    assert ended.returncode == 2
    assert "Which document? This graph has: A; B" in ended.stderr


def test_a_graph_without_documents_says_so(run: Run, write: Write) -> None:
    ended = run("audit", "--store", write("none.ttl", "claim:a a kg:Claim ."))
    assert ended.returncode == 2
    assert "docs/audit.md" in ended.stderr


def test_a_passage_that_names_a_claim_which_is_not_there_is_no_crash() -> None:
    graph = graph_of(
        'doc:a a kg:Document ; rdfs:label "A" .\n'
        "doc:a-1 a kg:Passage ; kg:inDocument doc:a ; kg:line 1 ; kg:asserts claim:none ;"
        ' kg:strength kg:StatedAsFact ; kg:paraphrase "Something." .'
    )
    [reading] = audit_of(graph, the_document(graph), DAY).readings
    assert reading.judgement is Judgement.NO_CLAIM


def test_a_passage_without_a_strength_is_named(tiny: Graph) -> None:
    [one, *_] = tiny.passages.values()
    ours = grounds_of(tiny, passages=(replace(one, strength=""),))
    with pytest.raises(DataError, match="doc:quark-leaflet-001 is put ''"):
        audited(the_document(tiny), ours, DAY)


def flattened(text: str) -> str:
    """Words alone: forms break lines, and HTML and JSON escape."""
    text = unescape(text).replace('\\"', '"')
    return " ".join(text.split())


def statements_of(audit: Audit) -> Iterator[Statement]:
    for reading in audit.readings:
        yield from (*reading.statements, *reading.beside)


def passages_of(audit: Audit) -> list[Passage]:
    return [reading.passage for reading in audit.readings]


def grounds_of(graph: Graph, **changed: object) -> Grounds:
    """What the audit of a graph is made from, with some of it changed."""
    ours = Grounds(
        passages=tuple(graph.passages.values()),
        claims=graph.claims,
        appraisals=graph.appraisals,
        grading=graph.grading,
        studies=graph.studies,
        allusions=tuple(graph.allusions.values()),
        exclusions=tuple(graph.exclusions.values()),
    )
    return replace(ours, **changed)  # type: ignore[arg-type]
