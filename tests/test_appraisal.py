"""A verdict follows from independent studies, says why, and cannot be moved by repetition or noise.

The world is invented: quarks, widgets and their decay. `result(...)` is one result of a
study of its own; `claim(...)` a claim with such results.
"""

import itertools
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import resources, terms
from kg.appraisal import appraise, kind_of
from kg.errors import DataError
from kg.grading import bundled_grading, grading_of, read_grading
from kg.model import (
    Appraisal,
    Certainty,
    Claim,
    ClaimKind,
    Direction,
    Effect,
    Entity,
    Evidence,
    Grading,
    Ladder,
    Move,
    NullKind,
    Observed,
    Relation,
    Scope,
    Source,
    Study,
    System,
    Tally,
    Verdict,
)
from kg.store import OxigraphStore
from kg.verdicts import appraise_all, narrower_claims

from .conftest import ROOT, graph_of

FOR, AGAINST, OPEN = Direction.SUPPORTS, Direction.DISPUTES, Direction.INCONCLUSIVE
SEEN = {FOR: Observed.AS_CLAIMED, AGAINST: Observed.OPPOSITE_EFFECT, OPEN: Observed.UNDECIDED}
MIRROR = {FOR: AGAINST, AGAINST: FOR, OPEN: OPEN}
TRIAL, COHORT, SERIES = "randomised controlled trial", "cohort", "case series"
META, REVIEW = "meta-analysis", "systematic review"
MICE, CELLS, TISSUE = "animal experiment", "cell culture experiment", "ex vivo experiment"
PAPER = Source("src:paper", "On widgets", "journal article", retraction="no notice seen")
QUARK = Entity("ent:quark", "quark", "drug")
GLUON = Entity("ent:gluon", "gluon", "gene or protein")
DECAY = Entity("ent:decay", "widget decay", "condition")
SQUEAK = Entity("ent:squeak", "squeak", "adverse event")
GLOW = Entity("ent:glow", "glow", "biological process")
TREATS, HARMS, DRIVES = (
    Relation(terms.kg(name), name, 1) for name in ("treats", "hasAdverseEffect", "activates")
)
GRADING = bundled_grading()
NUMBER = itertools.count()


def study(**known: object) -> Study:
    iri = f"study:{next(NUMBER)}"
    return Study(**{"iri": iri, "label": iri.upper(), "participants": 200, **known})  # type: ignore[arg-type]


def result(direction: Direction = FOR, **known: object) -> Evidence:
    """One result; by default a trial in 200 people with nothing wrong with it."""
    base = Evidence(
        iri=f"ev:{next(NUMBER)}",
        claim="claim:c",
        study=study(),
        direction=direction,
        observed=SEEN[direction],
        finding="It was seen.",
        design=TRIAL,
        source=PAPER,
        organism="human",
        comparator="placebo",
        perturbation="gain",
        directness="direct",
        role="primary result",
        reading_depth="abstract",
        check_result="confirmed",
    )
    return replace(base, **known)  # type: ignore[arg-type]


def claim(*items: Evidence, **known: object) -> Claim:
    base = Claim("claim:c", "quark treats widget decay", QUARK, TREATS, DECAY, evidence=items)
    return replace(base, **known)  # type: ignore[arg-type]


def harm(*items: Evidence) -> Claim:
    return claim(*items, relation=HARMS, object=SQUEAK)


def mechanism(*items: Evidence, **known: object) -> Claim:
    return claim(*items, subject=GLUON, relation=DRIVES, object=GLOW, **known)


def read(one: Claim, *narrower: Claim) -> Appraisal:
    return appraise(one, narrower, GRADING)


def verdict_of(*items: Evidence) -> Verdict:
    return read(claim(*items)).verdict


def certainty_of(*items: Evidence) -> Certainty | None:
    return read(claim(*items)).certainty


# ---- verdicts


@pytest.mark.parametrize(
    ("items", "verdict"),
    [
        pytest.param([], Verdict.UNTESTED, id="no evidence"),
        pytest.param([result()], Verdict.SUPPORTED, id="one for"),
        pytest.param([result(AGAINST)], Verdict.REFUTED, id="one against"),
        pytest.param([result(OPEN)], Verdict.INCONCLUSIVE, id="one undecided"),
        pytest.param([result(), result(AGAINST)], Verdict.CONTESTED, id="one each"),
        pytest.param(
            [result(), result(), result(), result(AGAINST)], Verdict.SUPPORTED, id="three to one"
        ),
        pytest.param([result(), result(), result(AGAINST)], Verdict.CONTESTED, id="two to one"),
        pytest.param(
            [result(), result(AGAINST, design=COHORT)],
            Verdict.SUPPORTED,
            id="a trial outweighs a cohort",
        ),
        pytest.param(
            [result(), *(result(AGAINST, design=SERIES) for _ in range(30))],
            Verdict.CONTESTED,
            id="thirty series do not overrule a trial",
        ),
        pytest.param(
            [*(result() for _ in range(10)), result(AGAINST), result(AGAINST)],
            Verdict.SUPPORTED,
            id="ten trials outweigh two",
        ),
        pytest.param([result(), result(OPEN)], Verdict.SUPPORTED, id="undecided is not against"),
    ],
)
def test_the_verdict_follows_the_side_that_outweighs_the_other(
    items: list[Evidence], verdict: Verdict
) -> None:
    assert verdict_of(*items) is verdict


@pytest.mark.parametrize(
    ("item", "marked"),
    [
        pytest.param(
            result(source=replace(PAPER, retraction="retracted")), "retracted", id="retracted"
        ),
        pytest.param(result(role="background statement"), "background statement", id="background"),
        pytest.param(result(role="registered plan"), "registered plan", id="plan"),
        pytest.param(result(role="opinion"), "opinion", id="opinion"),
        pytest.param(result(design="consumer web page"), "consumer web page", id="consumer page"),
        pytest.param(
            result(source=replace(PAPER, kind="product page")), "product page", id="product page"
        ),
    ],
)
def test_what_is_no_result_is_listed_and_counts_for_nothing(item: Evidence, marked: str) -> None:
    found = read(claim(item))
    assert (found.verdict, found.certainty, found.counts) == (Verdict.UNTESTED, None, ())
    assert len(found.not_counted) == 1
    assert f"one {marked}" in found.not_counted[0].replace("retracted result", "retracted")


# ---- certainty and its moves


@pytest.mark.parametrize(
    ("items", "certainty"),
    [
        pytest.param([result(), result()], Certainty.HIGH, id="two trials"),
        pytest.param([result()], Certainty.MODERATE, id="one trial"),
        pytest.param([result(sample_size=900)], Certainty.HIGH, id="one very large trial"),
        pytest.param([result(sample_size=20), result()], Certainty.MODERATE, id="one of two small"),
        pytest.param([result(design=META, sample_size=500)], Certainty.HIGH, id="a meta-analysis"),
        pytest.param([result(design=COHORT)], Certainty.VERY_LOW, id="one cohort"),
        pytest.param([result(design=COHORT), result(design=COHORT)], Certainty.LOW, id="cohorts"),
        pytest.param([*(result(design=MICE, organism="mouse") for _ in range(9))], Certainty.VERY_LOW, id="nine in mice"),
    ],
)  # fmt: skip
def test_certainty_starts_at_the_design_and_needs_another_study(
    items: list[Evidence], certainty: Certainty
) -> None:
    assert certainty_of(*items) is certainty


INTERVAL = Effect("risk ratio", "1.2", "", "0.9", "1.6", "95")
LARGE = Effect("odds ratio", "3.1", "", "2.0", "4.8", "95")


@pytest.mark.parametrize(
    ("changes", "move"),
    [
        pytest.param({"directness": "indirect"}, Move.INDIRECT, id="indirect"),
        pytest.param({"study": study(interests=("Sells quarks",))}, Move.CONFLICT, id="interest"),
        pytest.param({"second_hand": True}, Move.SECOND_HAND, id="second-hand"),
        pytest.param({"reading_depth": "secondary account"}, Move.SECOND_HAND, id="secondary"),
        pytest.param({"sample_size": 12}, Move.SMALL, id="few people"),
        pytest.param({"study": study(participants=None)}, Move.UNSEEN, id="number not seen"),
        pytest.param({"comparator": "baseline"}, Move.UNCONTROLLED, id="no control"),
        pytest.param({"design": META, "comparator": "", "sample_size": 500}, Move.UNCOMPARED, id="pooled without comparison"),
        pytest.param({"effect": INTERVAL}, Move.IMPRECISE, id="interval includes one"),
        pytest.param({"source": replace(PAPER, kind="preprint")}, Move.UNREVIEWED, id="preprint"),
        pytest.param({"source": replace(PAPER, retraction="expression of concern")}, Move.CONCERN, id="concern"),
        pytest.param({"check_result": "page not found"}, Move.UNVERIFIED, id="lost page"),
        pytest.param({"design": COHORT, "effect": LARGE}, Move.LARGE, id="large effect"),
        pytest.param({"authors_certainty": Certainty.LOW}, Move.OWN_RATING, id="own rating"),
    ],
)  # fmt: skip
def test_each_weakness_and_strength_is_a_move_with_its_reason(
    changes: dict[str, object], move: Move
) -> None:
    said = " ".join(read(claim(result(**changes))).reasons)
    assert re.search(rf"moved (down|up): {re.escape(str(move))}", said)


def effect(measure: str, low: str, high: str, unit: str = "") -> Effect:
    return Effect(measure, "1.5", unit, low, high, "95")


@pytest.mark.parametrize(
    ("changes", "move"),
    [
        pytest.param({"effect": effect("mean difference", "-1", "4", "hairs/cm2")}, True, id="difference with nought"),
        pytest.param({"effect": effect("SMD", "-0.1", "0.9")}, True, id="standardised with nought"),
        pytest.param({"effect": effect("mean difference", "1", "4", "hairs/cm2")}, False, id="difference without"),
        pytest.param({"effect": effect("risk ratio", "1.1", "1.9")}, False, id="ratio without one"),
        pytest.param({"effect": effect("share", "-5", "50", "%")}, False, id="a share has no nought"),
    ],
)  # fmt: skip
def test_an_interval_with_no_effect_in_it_is_imprecise(
    changes: dict[str, object], *, move: bool
) -> None:
    said = " ".join(read(claim(result(**changes))).reasons)
    assert (str(Move.IMPRECISE) in said) is move


@pytest.mark.parametrize(
    "reported",
    [
        pytest.param(
            Effect("odds ratio", "3.0", "", "0.8", "9.0", "95"), id="interval includes one"
        ),
        pytest.param(Effect("odds ratio", "3.0", "", "2.0", "", "95"), id="half an interval"),
        pytest.param(Effect("odds ratio", "3.0", "", "2.0", "4.0", ""), id="a range"),
        pytest.param(Effect("odds ratio", "1.5", "", "1.2", "1.9", "95"), id="small"),
        pytest.param(Effect("odds ratio", "about 3", "", "2.0", "4.0", "95"), id="no number"),
        pytest.param(Effect("odds ratio", "7.1", "", "1.3", "39.4", "95"), id="wide interval"),
    ],
)
def test_a_large_effect_needs_a_number_and_an_interval_beyond_none(reported: Effect) -> None:
    said = " ".join(read(claim(result(design=COHORT, effect=reported))).reasons)
    assert str(Move.LARGE) not in said


@pytest.mark.parametrize(
    "item",
    [
        pytest.param(result(design=MICE, organism="mouse", sample_size=5), id="five mice"),
        pytest.param(result(design=CELLS, comparator="baseline"), id="cells against before"),
        pytest.param(
            result(design=COHORT, organism="mouse", comparator="none"), id="a mouse cohort"
        ),
    ],
)
def test_what_is_asked_of_people_is_not_asked_of_mice_and_cells(item: Evidence) -> None:
    said = " ".join(read(mechanism(item)).reasons)
    asked = (Move.SMALL, Move.UNSEEN, Move.UNCONTROLLED)
    assert not any(str(move) in said for move in asked)


def test_what_a_thing_contains_needs_neither_many_people_nor_controls() -> None:
    contains = Relation(terms.kg("contains"), "contains", 0)
    item = result(design="cross-sectional study", sample_size=3, comparator="none")
    found = read(claim(item, relation=contains))
    assert found.kind is ClaimKind.COMPOSITION
    assert found.certainty is Certainty.MODERATE


def test_a_statement_that_there_is_no_interest_is_no_interest() -> None:
    assert not study(interests=("None declared",)).has_conflict_of_interest
    assert study(interests=("Paid by the maker",)).has_conflict_of_interest


@pytest.mark.parametrize(
    ("shape", "direction", "moved"),
    [
        pytest.param(claim, FOR, True, id="a benefit that pleases"),
        pytest.param(claim, AGAINST, False, id="no benefit, whoever paid"),
        pytest.param(harm, FOR, False, id="a harm, whoever paid"),
        pytest.param(harm, AGAINST, True, id="no harm, as is wished"),
        pytest.param(mechanism, FOR, True, id="a mechanism may please"),
        pytest.param(mechanism, AGAINST, True, id="or its absence"),
    ],
)
def test_an_interest_moves_what_it_gains_from(
    shape: Callable[..., Claim], direction: Direction, *, moved: bool
) -> None:
    paid = study(participants=900, interests=("Sells quarks",))
    said = " ".join(read(shape(result(direction, study=paid))).reasons)
    assert (str(Move.CONFLICT) in said) is moved


@pytest.mark.parametrize(
    ("rated", "certainty"),
    [
        pytest.param(Certainty.HIGH, Certainty.HIGH, id="as high as the design"),
        pytest.param(Certainty.MODERATE, Certainty.MODERATE, id="lower"),
        pytest.param(Certainty.VERY_LOW, Certainty.VERY_LOW, id="much lower"),
    ],
)
def test_a_result_never_stands_above_the_rating_of_its_authors(
    rated: Certainty, certainty: Certainty
) -> None:
    pooled = result(design=META, sample_size=900, authors_certainty=rated)
    assert certainty_of(pooled) is certainty


def test_the_rating_of_authors_lifts_nothing() -> None:
    series = result(design=SERIES, authors_certainty=Certainty.HIGH)
    assert certainty_of(series) is certainty_of(result(design=SERIES))


def test_doubts_about_one_document_are_one_move() -> None:
    news = replace(PAPER, kind="news report")
    twice = result(second_hand=True, check_result="page not found", source=news)
    assert certainty_of(twice) is certainty_of(result(second_hand=True)) is Certainty.LOW


def test_dissent_moves_down_and_overwhelming_support_does_not_mind_it() -> None:
    assert certainty_of(result(), result(), result(), result(AGAINST)) is Certainty.MODERATE
    assert certainty_of(result(), result(), result(AGAINST, design=SERIES)) is Certainty.HIGH


@pytest.mark.parametrize(
    ("known", "certainty"),
    [
        pytest.param({"design": TISSUE}, Certainty.MODERATE, id="human tissue"),
        pytest.param({"design": MICE, "organism": "mouse"}, Certainty.LOW, id="mice"),
        pytest.param({"design": MICE, "organism": "mouse", "perturbation": "loss"}, Certainty.MODERATE, id="knockout mice"),
        pytest.param({"design": CELLS, "organism": "human"}, Certainty.LOW, id="human cells"),
        pytest.param({"design": CELLS, "organism": "mouse"}, Certainty.VERY_LOW, id="mouse cells"),
        pytest.param({"design": TRIAL}, Certainty.HIGH, id="people"),
    ],
)  # fmt: skip
def test_a_mechanism_is_surer_the_nearer_to_people_it_was_shown(
    known: dict[str, object], certainty: Certainty
) -> None:
    assert read(mechanism(result(**known), result(**known))).certainty is certainty


def test_a_claim_about_mice_is_not_moved_down_for_being_shown_in_mice() -> None:
    items = [result(design=MICE, organism="mouse") for _ in range(2)]
    in_mice = mechanism(*items, scope=Scope(taxon="mouse"))
    assert read(in_mice).certainty is Certainty.MODERATE
    assert read(in_mice).only_in == ""


@pytest.mark.parametrize(
    ("item", "words"),
    [
        pytest.param(result(design=MICE, organism="mouse"), "only in animals or cells", id="mice"),
        pytest.param(result(design=CELLS), "only in animals or cells", id="cells"),
        pytest.param(result(design=TISSUE), "only in tissue outside the body", id="tissue"),
        pytest.param(result(design=META, organism="mouse"), "only in animals or cells", id="pooled mice"),
        pytest.param(result(design=SERIES), "", id="people"),
    ],
)  # fmt: skip
def test_a_treatment_not_shown_in_people_is_never_above_very_low_and_says_so(
    item: Evidence, words: str
) -> None:
    found = read(claim(item, replace(item, study=study()), replace(item, study=study())))
    assert found.only_in == words
    assert found.certainty is Certainty.VERY_LOW
    assert words in found.words


# ---- which studies decide


def deciding(*items: Evidence) -> set[int]:
    found = read(claim(*items)).deciding
    return {n for n, item in enumerate(items) if item.study.iri in found}


@pytest.mark.parametrize(
    ("items", "numbers", "lone"),
    [
        pytest.param([result(), result(design=SERIES)], {0}, True, id="a trial before a series"),
        pytest.param([result(), result(), result(design=SERIES)], {0, 1}, False, id="two trials before a series"),
        pytest.param([result(design=META, sample_size=500), result(design=COHORT)], {0}, False, id="a synthesis before a cohort"),
        pytest.param([result(design=REVIEW, sample_size=500), result(), result()], {1, 2}, False, id="trials before a review"),
        pytest.param([result(sample_size=900), result(design=COHORT)], {0}, False, id="a large trial alone"),
        pytest.param([result(), result(design=COHORT), result(AGAINST, design=SERIES)], {0}, True, id="the winning side only"),
        pytest.param([result(), result(AGAINST)], {0, 1}, False, id="both sides of a contest"),
        pytest.param([result(OPEN), result(OPEN)], {0, 1}, False, id="all that are undecided"),
    ],
)  # fmt: skip
def test_the_deciding_studies_are_those_that_hold_the_certainty_up(
    items: list[Evidence], numbers: set[int], *, lone: bool
) -> None:
    assert deciding(*items) == numbers
    assert (str(Move.LONE) in " ".join(read(claim(*items)).reasons)) is lone


# ---- nulls


def null(**known: object) -> Evidence:
    return result(AGAINST, observed=Observed.NO_EFFECT, **known)


RATIO = Effect("risk ratio", "1.0", "", "0.95", "1.08", "95")
WIDE = Effect("risk ratio", "1.0", "", "0.4", "2.6", "95")
RANGE = Effect("risk ratio, range", "", "", "0.4", "2.6", "")


@pytest.mark.parametrize(
    ("items", "kind", "verdict"),
    [
        pytest.param([null(sample_size=200)], NullKind.ABSENT, Verdict.REFUTED, id="enough people"),
        pytest.param([null(sample_size=20)], NullKind.TOO_SMALL, Verdict.INCONCLUSIVE, id="few people"),
        pytest.param([null(sample_size=20, effect=RATIO)], NullKind.ABSENT, Verdict.REFUTED, id="narrow interval"),
        pytest.param([null(sample_size=900, effect=WIDE)], NullKind.TOO_SMALL, Verdict.INCONCLUSIVE, id="wide interval"),
        pytest.param([null(sample_size=900, effect=RANGE)], NullKind.ABSENT, Verdict.REFUTED, id="a range is no interval"),
        pytest.param([null(sample_size=20), null()], NullKind.ABSENT, Verdict.REFUTED, id="one of each"),
        pytest.param([], NullKind.NEVER, Verdict.UNTESTED, id="nobody looked"),
        pytest.param([result()], None, Verdict.SUPPORTED, id="found"),
    ],
)  # fmt: skip
def test_nulls_come_in_three_kinds_that_never_look_alike(
    items: list[Evidence], kind: NullKind | None, verdict: Verdict
) -> None:
    found = read(claim(*items))
    assert (found.null, found.verdict) == (kind, verdict)


def test_a_harm_not_seen_needs_more_people_than_a_benefit_not_seen() -> None:
    assert read(claim(null(sample_size=200))).null is NullKind.ABSENT
    assert read(harm(null(sample_size=200))).null is NullKind.TOO_SMALL
    assert read(harm(null(sample_size=300))).null is NullKind.ABSENT


# ---- independence


def test_a_study_counts_once_however_often_it_speaks() -> None:
    once = study(participants=40)
    found = read(claim(*(result(study=once) for _ in range(5))))
    assert found.counts == (Tally(FOR, TRIAL, 1, (40,)),)
    assert found.certainty is certainty_of(result(study=once))


def test_a_study_that_reports_both_ways_speaks_once_on_each_side() -> None:
    both = study()
    found = read(claim(result(study=both), result(AGAINST, study=both), result(study=both)))
    assert (found.studies(FOR), found.studies(AGAINST)) == (1, 1)


@pytest.mark.parametrize("shared", [{"registry_id": "TEST-1"}, {"cohort": "The widget cohort"}])
def test_studies_of_one_registration_or_cohort_are_one(shared: dict[str, str]) -> None:
    two = [result(study=study(**shared)), result(study=study(**shared))]
    assert read(claim(*two)).studies(FOR) == 1
    assert certainty_of(*two) is Certainty.MODERATE


def test_a_review_of_the_trials_counted_here_adds_nothing() -> None:
    trials = [result(), result(AGAINST, design=SERIES)]
    pooled = study(participants=200, reviews=(trials[0].study.iri,))
    review = result(design=META, study=pooled, sample_size=200)
    with_review, without = read(claim(*trials, review)), read(claim(*trials))
    assert (with_review.verdict, with_review.certainty) == (without.verdict, without.certainty)
    assert with_review.counts == without.counts
    assert with_review.not_counted == (
        "Not counted: one review of studies counted here (no people beyond theirs)",
    )


def test_a_review_that_brings_more_people_stands_beside_its_trials() -> None:
    trial = result()
    pooled = study(participants=2_000, reviews=(trial.study.iri,))
    assert certainty_of(trial, result(design=META, study=pooled, sample_size=2_000)) is (
        Certainty.HIGH
    )


def test_a_review_whose_size_is_known_only_in_all_is_measured_by_that() -> None:
    trial = result()
    larger = study(participants=2_000, reviews=(trial.study.iri,))
    unknown = study(participants=None, reviews=(trial.study.iri,))
    assert read(claim(trial, result(design=META, study=larger))).not_counted == ()
    assert len(read(claim(trial, result(design=META, study=unknown))).not_counted) == 1


def test_reviews_do_not_add_up_with_each_other_or_with_trials() -> None:
    many = [result(design=META, sample_size=500) for _ in range(5)]
    assert verdict_of(*many, result(AGAINST, design=META, sample_size=500)) is Verdict.CONTESTED


# ---- contexts and narrower claims


def test_disagreement_that_follows_sex_is_context_dependent_and_says_so() -> None:
    found = read(
        claim(result(system="men, one clinic"), result(AGAINST, system="postmenopausal women"))
    )
    assert found.verdict is Verdict.CONTEXT_DEPENDENT
    assert [(c.dimension, c.value, c.verdict) for c in found.contexts] == [
        ("sex", "men", Verdict.SUPPORTED),
        ("sex", "women", Verdict.REFUTED),
    ]
    assert "men: supported; women: refuted" in found.words
    assert any("may be chance" in reason for reason in found.reasons)


def test_disagreement_that_follows_species_is_context_dependent() -> None:
    found = read(
        mechanism(
            result(design=TISSUE),
            result(AGAINST, design=MICE, organism="mouse", perturbation="loss"),
        )
    )
    assert [(c.dimension, c.value) for c in found.contexts] == [
        ("species", "human"),
        ("species", "mouse"),
    ]


def test_a_circumstance_not_known_of_every_study_explains_nothing() -> None:
    items = [result(system="men"), result(AGAINST, system="women"), result(AGAINST, system="")]
    assert verdict_of(*items) is Verdict.CONTESTED


def test_a_loser_that_wins_only_where_nothing_is_told_has_lost() -> None:
    items = [result(system="men") for _ in range(3)]
    assert verdict_of(*items, result(AGAINST)) is Verdict.SUPPORTED


def test_a_loser_that_wins_among_women_keeps_the_claim_open() -> None:
    items = [result(system="men"), result(system="men"), result()]
    assert verdict_of(*items, result(AGAINST, system="women")) is Verdict.CONTESTED


def test_evidence_on_a_narrower_claim_is_indirect_and_counted_apart() -> None:
    narrow = claim(result(), result(), iri="claim:narrow", scope=Scope(population="men"))
    found = read(claim(), narrow)
    assert (found.verdict, found.certainty) == (Verdict.SUPPORTED, Certainty.MODERATE)
    assert (found.counts, found.indirect) == ((), (Tally(FOR, TRIAL, 2, (200, 200)),))
    assert found.reasons[0] == "No result on the claim itself."
    assert found.reasons[1].startswith("Indirect, from narrower claims.")


def test_direct_evidence_is_not_overruled_by_narrower_claims() -> None:
    narrow = claim(*(result(AGAINST) for _ in range(9)), iri="claim:narrow")
    found = read(claim(result(design=COHORT)), narrow)
    assert found.verdict is Verdict.SUPPORTED
    assert found.indirect == (Tally(AGAINST, TRIAL, 9, (200,) * 9),)


def test_narrower_claims_that_disagree_by_scope_make_the_broad_one_context_dependent() -> None:
    men = claim(result(), iri="claim:men", scope=Scope(population="men"))
    ants = claim(result(AGAINST), iri="claim:ants", scope=Scope(population="ants"))
    assert [(c.dimension, c.value) for c in read(claim(), men, ants).contexts] == [
        ("population", "ants"),
        ("population", "men"),
    ]


def test_narrower_claims_that_differ_by_what_is_given_say_which_works() -> None:
    squark = Entity("ent:squark", "squark", "drug")
    works = claim(result(), iri="claim:a")
    fails = claim(result(AGAINST), iri="claim:b", subject=squark)
    assert [(c.dimension, c.value, c.verdict) for c in read(claim(), works, fails).contexts] == [
        ("subject", "quark", Verdict.SUPPORTED),
        ("subject", "squark", Verdict.REFUTED),
    ]


def test_the_circumstance_that_separates_best_is_named() -> None:
    """By sex the men are contested; by condition one is for and one against."""
    below = [
        claim(result(system="men"), iri="claim:a", scope=Scope(condition="rust")),
        claim(
            result(AGAINST, system="men"),
            result(AGAINST, system="men and women"),
            iri="claim:b",
            scope=Scope(condition="dust"),
        ),
    ]
    assert [(c.dimension, c.value, c.verdict) for c in read(claim(), *below).contexts] == [
        ("condition", "dust", Verdict.REFUTED),
        ("condition", "rust", Verdict.SUPPORTED),
    ]


def test_where_one_context_is_clear_and_another_contested_both_are_named() -> None:
    squark = Entity("ent:squark", "squark", "drug")
    clear = claim(result(), iri="claim:a")
    mixed = claim(result(), result(AGAINST), result(AGAINST), iri="claim:b", subject=squark)
    assert [(c.value, c.verdict) for c in read(claim(), clear, mixed).contexts] == [
        ("quark", Verdict.SUPPORTED),
        ("squark", Verdict.CONTESTED),
    ]


def test_the_absence_of_one_harm_does_not_speak_against_another() -> None:
    broken = Entity("ent:break", "breaking", "adverse event")
    absent = replace(harm(null(sample_size=900)), iri="claim:narrow", object=broken)
    found = read(replace(harm(), object=SQUEAK), absent)
    assert (found.verdict, found.indirect) == (Verdict.UNTESTED, ())


# ---- in words


def test_the_reasons_name_numbers_sexes_and_moves() -> None:
    items = [
        result(study=study(participants=size, interests=("Sells quarks",)), system="men")
        for size in (1553, 416)
    ]
    found = read(claim(*items))
    assert found.reasons == (
        "For: two randomised controlled trials in men, 1,553 and 416 people; none in women.",
        (
            "Certainty moderate, as a claim of treatment: starts at high (randomised controlled "
            "trial); moved down: conflict of interest in both."
        ),
    )
    assert found.deciding == tuple(sorted(item.study.iri for item in items))
    assert found.words == "supported, moderate certainty"


def test_nobody_is_missed_where_the_claim_is_about_some_people_only() -> None:
    some = claim(result(system="men"), scope=Scope(population="ants"))
    assert "none in women" not in read(some).reasons[0]
    assert "none in women" in read(claim(result(system="men"))).reasons[0]


def test_the_only_case_described_is_one_person() -> None:
    alone = result(design="case report", sample_size=1)
    assert read(claim(alone)).reasons[0] == "For: one case report, 1 person."


# ---- kinds of claim


@pytest.mark.parametrize(
    ("subject", "relation", "thing", "kind"),
    [
        pytest.param("drug", "treats", "condition", ClaimKind.TREATMENT, id="treats"),
        pytest.param("vesicle preparation", "increases", "outcome", ClaimKind.TREATMENT, id="given, measured"),
        pytest.param("drug", "hasAdverseEffect", "condition", ClaimKind.HARM, id="adverse effect"),
        pytest.param("drug class", "raisesRiskOf", "condition", ClaimKind.HARM, id="a drug that raises a risk"),
        pytest.param("exposure", "raisesRiskOf", "condition", ClaimKind.CAUSE, id="risk"),
        pytest.param("characteristic", "positivelyAssociatedWith", "condition", ClaimKind.CAUSE, id="association"),
        pytest.param("gene or protein", "increases", "outcome", ClaimKind.MECHANISM, id="molecule and outcome"),
        pytest.param("drug", "inhibits", "gene or protein", ClaimKind.MECHANISM, id="drug and molecule"),
        pytest.param("vesicle preparation", "contains", "microRNA", ClaimKind.COMPOSITION, id="cargo"),
        pytest.param("exposure", "precedes", "condition", ClaimKind.COURSE, id="course"),
        pytest.param("product", "hasStatus", "regulatory status", ClaimKind.STANDING, id="standing"),
    ],
)  # fmt: skip
def test_the_kind_of_claim_follows_its_relation_and_what_it_joins(
    subject: str, relation: str, thing: str, kind: ClaimKind
) -> None:
    one = claim(
        subject=Entity("ent:s", "s", subject),
        relation=Relation(terms.kg(relation), relation, 0),
        object=Entity("ent:o", "o", thing),
    )
    assert kind_of(one, GRADING) is kind


def test_every_relation_of_the_vocabulary_has_a_rule() -> None:
    store = OxigraphStore()
    store.load(resources.ONTOLOGY.read_bytes())
    rows = store.select("SELECT ?r { ?r rdfs:subPropertyOf kg:relation }")
    relations = {row[0].value for row in rows}  # type: ignore[union-attr]
    assert relations == {iri for rule in GRADING.kind_rules for iri in rule.relations}


def test_the_words_of_the_code_are_the_words_of_the_vocabulary() -> None:
    store = OxigraphStore()
    store.load(resources.ONTOLOGY.read_bytes())
    for enum, scheme in (
        (Verdict, "VerdictScheme"),
        (Certainty, "CertaintyScheme"),
        (ClaimKind, "ClaimKindScheme"),
        (NullKind, "NullScheme"),
    ):
        rows = store.select(f"SELECT ?l {{ ?c skos:inScheme kg:{scheme} ; rdfs:label ?l }}")
        assert {row[0].value for row in rows} == set(enum)  # type: ignore[union-attr]


# ---- properties

DESIGNS = (TRIAL, COHORT, SERIES, META, REVIEW, MICE, CELLS, TISSUE)
SYSTEMS = ("", "men", "women", "men and women")
EFFECTS = (Effect(), LARGE, INTERVAL, RATIO)


@st.composite
def results(draw: st.DrawFn, direction: Direction | None = None) -> Evidence:
    """Any result of a study of its own."""
    way = direction or draw(st.sampled_from(Direction))
    sizes = st.sampled_from([None, 8, 60, 150, 500, 2_000])
    who = study(
        participants=draw(sizes),
        interests=draw(st.sampled_from([(), ("None declared",), ("Sells quarks",)])),
    )
    design = draw(st.sampled_from(DESIGNS))
    return result(
        way,
        study=who,
        design=design,
        sample_size=draw(sizes),
        organism="mouse" if design == MICE else draw(st.sampled_from(["human", "mouse", ""])),
        system=draw(st.sampled_from(SYSTEMS)),
        comparator=draw(st.sampled_from(["", "placebo", "baseline"])),
        perturbation=draw(st.sampled_from(["gain", "loss", "observation"])),
        directness=draw(st.sampled_from(["direct", "indirect"])),
        second_hand=draw(st.booleans()),
        effect=draw(st.sampled_from(EFFECTS)),
        source=replace(PAPER, kind=draw(st.sampled_from(["journal article", "preprint"]))),
        finding=draw(st.sampled_from(["It was seen.", "It was so."])),
    )


PROPERTY = settings(deadline=None, max_examples=60)  # no test asserts a time
BODIES = st.lists(results(), max_size=9)
SHAPES: st.SearchStrategy[Callable[..., Claim]] = st.sampled_from([claim, mechanism, harm])


def support(found: Appraisal) -> int:
    """How far the verdict is for the claim: 4 at best, -4 at worst."""
    level = found.certainty.level if found.certainty else 0
    return {Verdict.SUPPORTED: level, Verdict.REFUTED: -level}.get(found.verdict, 0)


def narrowed(items: list[Evidence]) -> Claim:
    return claim(*items, iri="claim:narrow", scope=Scope(population="ants"))


@PROPERTY
@given(shape=SHAPES, body=BODIES, below=st.lists(results(), max_size=4), extra=results(FOR))
def test_another_independent_study_in_favour_never_lowers_support(
    shape: Callable[..., Claim], body: list[Evidence], below: list[Evidence], extra: Evidence
) -> None:
    before = read(shape(*body), narrowed(below))
    after = read(shape(*body, extra), narrowed(below))
    assert support(after) >= support(before)


@PROPERTY
@given(shape=SHAPES, body=BODIES, extra=results(AGAINST))
def test_another_independent_study_against_never_raises_support(
    shape: Callable[..., Claim], body: list[Evidence], extra: Evidence
) -> None:
    assert support(read(shape(*body, extra))) <= support(read(shape(*body)))


@PROPERTY
@given(body=BODIES, noise=results(), mark=st.sampled_from(["retracted", "page", "said", "plan"]))
def test_what_is_no_result_never_changes_anything_but_the_list_of_it(
    body: list[Evidence], noise: Evidence, mark: str
) -> None:
    changed = {
        "retracted": {"source": replace(PAPER, retraction="retracted")},
        "page": {"design": "consumer web page"},
        "said": {"role": "background statement"},
        "plan": {"role": "registered plan"},
    }[mark]
    after = read(claim(*body, replace(noise, **changed)))  # type: ignore[arg-type]
    assert replace(after, not_counted=()) == read(claim(*body))
    assert len(after.not_counted) == 1


@PROPERTY
@given(body=BODIES, below=st.lists(results(), max_size=4), data=st.data())
def test_the_order_of_the_evidence_never_matters(
    body: list[Evidence], below: list[Evidence], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(body))
    turned = data.draw(st.permutations(below))
    assert read(claim(*shuffled), narrowed(turned)) == read(claim(*body), narrowed(below))


@PROPERTY
@given(body=st.lists(results(), min_size=1, max_size=9), data=st.data())
def test_the_same_study_again_changes_nothing(body: list[Evidence], data: st.DataObject) -> None:
    again = replace(data.draw(st.sampled_from(body)), iri="ev:again")
    assert read(claim(*body, again)) == read(claim(*body))


@PROPERTY
@given(body=st.lists(results(), min_size=1, max_size=9), data=st.data())
def test_a_second_record_of_a_registered_study_changes_nothing(
    body: list[Evidence], data: st.DataObject
) -> None:
    chosen = data.draw(st.integers(0, len(body) - 1))
    registered = replace(body[chosen], study=replace(body[chosen].study, registry_id="TEST-1"))
    body = [*body[:chosen], registered, *body[chosen + 1 :]]
    again = replace(registered, iri="ev:z", study=replace(registered.study, iri="study:z"))
    assert replace(read(claim(*body, again)), deciding=()) == replace(
        read(claim(*body)), deciding=()
    )


@PROPERTY
@given(body=BODIES)
def test_renaming_everything_changes_nothing(body: list[Evidence]) -> None:
    renamed = [
        replace(item, iri=f"x{n}", study=replace(item.study, iri=f"y{9 - n}"))
        for n, item in enumerate(body)
    ]
    names = {item.study.iri: new.study.iri for item, new in zip(body, renamed, strict=True)}
    before, after = read(claim(*body)), read(claim(*renamed))
    assert replace(after, deciding=()) == replace(before, deciding=())
    assert set(after.deciding) == {names[iri] for iri in before.deciding}


@PROPERTY
@given(shape=st.sampled_from([claim, mechanism]), body=BODIES)
def test_turning_every_direction_round_turns_the_verdict_round(
    shape: Callable[..., Claim], body: list[Evidence]
) -> None:
    # What pleases whoever has an interest is moved for it, and turned round it is not.
    body = [replace(item, study=replace(item.study, interests=())) for item in body]
    turned = [
        replace(item, direction=MIRROR[item.direction], observed=SEEN[MIRROR[item.direction]])
        for item in body
    ]
    before, after = read(shape(*body)), read(shape(*turned))
    assert support(after) == -support(before)
    assert after.certainty is before.certainty
    assert after.studies(FOR) == before.studies(AGAINST)


@PROPERTY
@given(body=st.lists(results(), min_size=1, max_size=9))
def test_a_treatment_without_a_result_in_people_stays_at_the_bottom(body: list[Evidence]) -> None:
    in_mice = [replace(item, organism="mouse") for item in body if item.design != CELLS]
    assert read(claim(*in_mice)).certainty in {None, Certainty.VERY_LOW}


@PROPERTY
@given(body=BODIES)
def test_the_deciding_studies_are_among_those_that_gave_evidence(body: list[Evidence]) -> None:
    found = read(claim(*body))
    assert set(found.deciding) <= {item.study.iri for item in body}
    assert bool(found.deciding) is (found.verdict is not Verdict.UNTESTED)


# ---- the grading file

TEXT = resources.APPRAISAL.read_text(encoding="utf-8")


def line_of(text: str, wanted: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), 1) if wanted in line)


@pytest.mark.parametrize(
    ("old", "new", "at", "said"),
    [
        pytest.param("kg:weight 8 ;", "kg:weight -8 ;", "kg:weight -8", "not negative", id="negative weight"),
        pytest.param("    kg:weight 8 ;\n", "", "grade:weight-high a", "has no kg:weight", id="no weight"),
        pytest.param("    kg:smallBelow 34 ;\n", "", "grade:ladder-course a", "has no kg:smallBelow", id="no threshold"),
        pytest.param("kg:settingValue 3 ;", 'kg:settingValue "three" ;', '"three"', "a number", id="no number"),
        pytest.param("kg:steps 2 ;", "kg:steps 1.5 ;", "kg:steps 1.5", "whole number", id="half a step"),
        pytest.param("kg:weight 8 ;", "kg:weight 8 ;\n    kg:weight 9 ;", "kg:weight 8", "more than one", id="two weights"),
        pytest.param("kg:design kg:CaseReport ;\n", "", "grade:ladder-", "no rung for 'case report'", id="a design without a rung"),
        pytest.param("kg:startsAt kg:HighCertainty", "kg:startsAt kg:Entity", "kg:startsAt kg:Entity", "one of very low", id="not a certainty"),
        pytest.param("kg:design kg:Cohort ;", "kg:design kg:Kohort ;", "kg:Kohort", "not in the vocabulary", id="unknown design"),
        pytest.param('rdfs:label "conflict of interest"', 'rdfs:label "interest"', "", "no setting labelled 'conflict of interest'", id="unknown move"),
        pytest.param("grade:decisive-ratio a", "grade:other a", "", "has no grade:decisive-ratio", id="missing setting"),
        pytest.param("kg:claimKind kg:HarmClaim ;\n    kg:interestGains", "kg:claimKind kg:CauseClaim ;\n    kg:interestGains", "", "no ladder for claims of harm", id="missing ladder"),
        pytest.param("kg:certainty kg:HighCertainty", "kg:certainty kg:LowCertainty", "", "no weight for high certainty", id="missing level"),
    ],
)  # fmt: skip
def test_a_wrong_grading_is_refused_with_its_line(old: str, new: str, at: str, said: str) -> None:
    text = TEXT.replace(old, new)
    assert text != TEXT
    with pytest.raises(DataError, match=re.escape(said)) as caught:
        grading_of(text.encode(), "ours.ttl")
    found = re.match(r"ours\.ttl:(\d+): ", str(caught.value))
    assert found
    assert at in text.splitlines()[int(found[1]) - 1] if at else found[1] == "1"


def test_a_number_without_a_reason_is_refused() -> None:
    text = re.sub(r'    kg:reason "Twice a moderate one[^\n]*\n', "", TEXT)
    with pytest.raises(DataError, match="grade:weight-high has no reason") as caught:
        grading_of(text.encode(), "ours.ttl")
    assert str(caught.value).startswith(f"ours.ttl:{line_of(text, 'grade:weight-high a')}:")


def test_a_design_on_two_rungs_is_refused() -> None:
    text = TEXT.replace(
        "grade:rung-cause-high a kg:Rung ;",
        "grade:rung-cause-high a kg:Rung ;\n kg:design kg:Cohort ;",
    )
    with pytest.raises(DataError, match="'cohort' on a second rung"):
        grading_of(text.encode())


def test_a_grading_that_cannot_be_read_says_what_to_give(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"none\.ttl: cannot be read .*ontology/appraisal\.ttl"):
        read_grading(tmp_path / "none.ttl")


def test_the_bundled_grading_is_complete() -> None:
    assert set(GRADING.ladders) == set(ClaimKind)
    assert set(GRADING.steps) == set(Move)
    assert set(GRADING.systems.values()) == set(System) - {System.UNSTATED}
    assert isinstance(GRADING, Grading)
    assert all(isinstance(ladder, Ladder) for ladder in GRADING.ladders.values())


def test_another_group_may_weigh_otherwise() -> None:
    lenient = re.sub(r"(grade:move-conflict a(?:.|\n)*?kg:steps) 1 ;", r"\1 0 ;", TEXT)
    paid = claim(*(result(study=study(interests=("Sells quarks",))) for _ in range(2)))
    assert appraise(paid, (), grading_of(lenient.encode())).certainty is Certainty.HIGH
    assert read(paid).certainty is Certainty.MODERATE


# ---- over a graph


def test_specialisations_are_followed_all_the_way_and_a_circle_ends() -> None:
    def named(name: str, *broader: str) -> Claim:
        return claim(iri=name, specializes=broader)

    claims = {
        c.iri: c for c in (named("a", "c"), named("b", "a"), named("c", "b"), named("d", "c"))
    }
    below = narrower_claims(claims)
    assert {iri: {c.iri for c in found} for iri, found in below.items()} == {
        "a": {"b", "c", "d"},
        "b": {"a", "c", "d"},
        "c": {"a", "b", "d"},
    }


def test_a_broader_claim_that_is_not_there_is_passed_over() -> None:
    assert narrower_claims({"a": claim(iri="a", specializes=("gone",))}) == {}


def test_every_claim_of_a_graph_is_appraised() -> None:
    tiny = graph_of((ROOT / "tests" / "tiny.ttl").read_text(encoding="utf-8"))
    found = appraise_all(tiny.claims, GRADING)
    assert list(found) == list(tiny.claims)
    assert all(appraisal.claim == iri for iri, appraisal in found.items())
    assert len({appraisal.verdict for appraisal in found.values()}) > 3


def test_what_a_study_declares_reaches_the_domain() -> None:
    world = graph_of(
        """
        study:a a kg:Study ; rdfs:label "A" ; kg:cohort "Widgets" ; kg:funder "Maker" ;
            kg:conflictOfInterest "Sells quarks" ; kg:reviews study:b .
        study:b a kg:Study ; rdfs:label "B" .
        """
    )
    one = world.studies[terms.PREFIXES["study"] + "a"]
    assert (one.cohort, one.funder, one.interests) == ("Widgets", "Maker", ("Sells quarks",))
    assert one.reviews == (terms.PREFIXES["study"] + "b",)
