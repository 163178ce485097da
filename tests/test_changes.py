"""What kg diff says changed, what it never counts as a change, and how it reads revisions."""

import dataclasses
import json
import os
import random
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg import changes, resources, revisions, turtle
from kg.change_formats import json_of, markdown_of, text_of
from kg.changes import Changes, Fate, RecordChange, changes_between
from kg.errors import DataError
from kg.graph import Graph

from .conftest import HEAD, ROOT, Run, graph_of

WORLD = """
ent:quark a kg:Entity , kg:Drug ; rdfs:label "quark" ; skos:definition "Shines." .
ent:widget a kg:Entity , kg:Outcome ; rdfs:label "widget" ; skos:definition "Falls." .
claim:up a kg:Claim ; rdfs:label "quark increases widget" ;
    rdf:subject ent:quark ; rdf:predicate kg:increases ; rdf:object ent:widget .
claim:down a kg:Claim ; rdfs:label "quark decreases widget" ;
    rdf:subject ent:quark ; rdf:predicate kg:decreases ; rdf:object ent:widget .
study:a a kg:Study ; rdfs:label "Trial A" ; kg:reportedIn src:a ; kg:participants 12 .
src:a a kg:Source ; dcterms:title "On quarks" ; dcterms:issued "2001"^^xsd:gYear .
ev:for a kg:Evidence ; kg:about claim:up ; kg:fromStudy study:a ; kg:direction kg:Supports ;
    kg:observed kg:AsClaimed ; kg:finding "It rose." ; kg:sampleSize 9 .
ev:against a kg:Evidence ; kg:about claim:up ; kg:fromStudy study:a ; kg:direction kg:Disputes ;
    kg:observed kg:NoEffect ; kg:finding "It stayed." .
path:p a kg:Mechanism ; rdfs:label "how quarks lift" ; skos:definition "They shine." .
path:p-1 a kg:Step ; kg:stepOf path:p ; kg:order 1 ; kg:via claim:up .
doc:d a kg:Document ; rdfs:label "Widget weekly" .
doc:d-1 a kg:Passage ; kg:inDocument doc:d ; kg:line 3 ; kg:paraphrase "Quarks lift." .
conflict:c a kg:Conflict ; rdfs:label "up or down" ; kg:oneSide ev:for ; kg:otherSide ev:against .
figure:f a kg:PhaseFigure ; rdfs:label "resting" ; kg:basedOn ev:for ; kg:duration "3 weeks" .
"""
AGAINST = WORLD[WORLD.index("ev:against a") : WORLD.index("path:p a")]
FOR = WORLD[WORLD.index("ev:for a") : WORLD.index("ev:against a")]
BOTH_WAYS = "contested, very low certainty; null: measured and absent"
BOTH_WAYS_NO_NULL = "contested, very low certainty"
LOST = 'ev:lost a kg:Evidence ; kg:about claim:nowhere ; kg:finding "x" .'
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def changed(*replacements: tuple[str, str], world: str = WORLD) -> Changes:
    """What changes when these pieces of the world are replaced, everywhere in it."""
    text = world
    for piece, other in replacements:
        assert piece in text
        text = text.replace(piece, other)
    return changes_between(graph_of(world), graph_of(text))


def said(found: Changes) -> str:
    return text_of(found, "a", "b")


def only_change(found: Changes) -> RecordChange:
    (record,) = found.records
    return record


@pytest.mark.parametrize(
    ("piece", "other", "words"),
    [
        pytest.param(
            '"quark"',
            '"charm"',
            "entity changed: charm (drug) ent:quark\n    label: quark → charm",
            id="entity relabelled",
        ),
        pytest.param(
            '; skos:definition "Falls."',
            '; skos:definition "Falls." ; skos:altLabel "gadget" , "gizmo"',
            "entity changed: widget (outcome) ent:widget\n    synonym added: gadget, gizmo",
            id="synonyms added",
        ),
        pytest.param(
            "rdf:predicate kg:decreases",
            "rdf:predicate kg:causes",
            "claim changed: quark decreases widget claim:down\n    relation: decreases → causes",
            id="relation of a claim",
        ),
        pytest.param(
            "kg:Supports",
            "kg:Inconclusive",
            "evidence item changed: “It rose.” (Trial A) ev:for\n"
            "      direction: supports → inconclusive",
            id="direction",
        ),
        pytest.param(
            "kg:sampleSize 9",
            "kg:sampleSize 10",
            "evidence for changed: “It rose.” (Trial A) ev:for\n      sample size: 9 → 10",
            id="number",
        ),
        pytest.param(
            "kg:sampleSize 9",
            'kg:sampleSize "9"',
            "sample size: 9 (xsd:integer) → 9 (text)",
            id="type of a number",
        ),
        pytest.param(
            "kg:participants 12",
            "kg:participants 13",
            "study changed: Trial A study:a\n    participants: 12 → 13",
            id="study",
        ),
        pytest.param(
            '"On quarks"',
            '"On charms"',
            "source changed: On charms (2001) src:a\n    title: “On quarks” → “On charms”",
            id="source",
        ),
        pytest.param(
            "kg:via claim:up",
            "kg:via claim:down",
            "  mechanism: how quarks lift path:p\n"
            "    step changed: 1. quark decreases widget path:p-1\n"
            "      via: quark increases widget → quark decreases widget",
            id="step under its mechanism",
        ),
        pytest.param(
            '"Quarks lift."',
            '"Quarks may lift."',
            "  document: Widget weekly doc:d\n"
            "    passage changed: Quarks may lift. (line 3) doc:d-1\n"
            "      paraphrase: “Quarks lift.” → “Quarks may lift.”",
            id="passage under its document",
        ),
        pytest.param(
            "; kg:otherSide ev:against",
            "",
            "conflict changed: up or down conflict:c\n    other side removed: ev:against",
            id="conflict",
        ),
        pytest.param(
            '"3 weeks"',
            '"4 weeks"',
            "phase figure changed: resting figure:f\n    duration: “3 weeks” → “4 weeks”",
            id="phase figure",
        ),
        pytest.param(
            "path:p a",
            '<http://e/set> dcterms:modified "2002" . path:p a',
            "other record added: http://e/set",
            id="record of no class of ours",
        ),
        pytest.param(
            "kg:sampleSize 9",
            'kg:shoeSize "9"',
            "kg:shoeSize added: 9\n      sample size removed: 9",
            id="property nobody defined",
        ),
    ],
)
def test_a_change_is_told_in_words(piece: str, other: str, words: str) -> None:
    assert words in said(changed((piece, other)))


def test_nothing_changed_between_a_graph_and_itself() -> None:
    found = changed()
    assert not found
    assert said(found) == "From a to b: nothing changed."
    assert found == Changes()


def test_order_comments_and_formatting_are_no_change() -> None:
    blocks = re.findall(r"^\S.*?\.$", WORLD, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 14
    other = "# shuffled\n" + "\n\n".join(reversed(blocks)).replace(" ;", "\n   ;   # and\n")
    assert not changes_between(graph_of(WORLD), graph_of(other))


def test_a_relabelled_entity_is_one_change_and_the_claims_that_follow_are_counted_with_it() -> None:
    found = changed(('"quark', '"charm'))
    change = only_change(found)
    assert (change.kind, change.how) == ("entity", "changed")
    assert change.followed_by == ("claim:down", "claim:up")
    assert "the labels of 2 claims follow it" in said(found)
    assert found.counts == {("claim", "changed"): 2, ("entity", "changed"): 1}


def test_the_claims_also_follow_an_entity_that_has_a_new_iri_besides() -> None:
    change = only_change(changed(('"quark', '"charm'), ("ent:quark", "ent:charm")))
    assert (change.record.id, change.followed_by) == ("ent:charm", ("claim:down", "claim:up"))


@pytest.mark.parametrize(
    ("world", "replacements", "told"),
    [
        pytest.param(
            "",
            [('"quark', '"charm'), ("rdf:predicate kg:decreases", "rdf:predicate kg:causes")],
            "claim:down",
            id="another field changed, too",
        ),
        pytest.param(
            "",
            [('"quark', '"charm'), ("claim:up", "claim:rises")],
            "claim:rises",
            id="the claim has a new IRI, too",
        ),
        pytest.param(
            'ent:x a kg:Entity ; rdfs:label "increases" .',
            [('"increases"', '"raises"'), ('"quark increases widget"', '"quark raises widget"')],
            "claim:up",
            id="the entity is not in the claim",
        ),
        pytest.param(
            'claim:x a kg:Claim ; rdfs:label "quark increases widget now" ; kg:specializes claim:up .',
            [('"quark increases', '"quark raises')],
            "claim:x",
            id="a claim leads no claim",
        ),
        pytest.param(
            'claim:x a kg:Claim ; rdfs:label "quark beats charm" ; rdf:subject ent:quark .',
            [('label "quark"', 'label "charm"'), ('"quark beats charm"', '"charm beats charm"')],
            "claim:x",
            id="the old label cannot be read off the new one",
        ),
    ],
)
def test_a_claim_with_more_to_tell_than_the_label_of_its_entity_is_told_itself(
    world: str, replacements: list[tuple[str, str]], told: str
) -> None:
    found = changed(*replacements, world=WORLD + world)
    assert told in {change.record.id for change in found.records}


def test_a_claim_whose_label_changes_otherwise_does_not_hide_behind_its_entity() -> None:
    found = changed(('"quark"', '"charm"'), ('"quark increases widget"', '"charm may lift widget"'))
    assert {change.record.id for change in found.records} == {"ent:quark", "claim:up"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("ent:quark", "ent:charm", id="entity"),
        pytest.param("claim:up", "claim:rises", id="claim"),
        pytest.param("ev:against", "ev:null", id="disputing evidence"),
        pytest.param("study:a", "study:b", id="study"),
        pytest.param("src:a", "src:b", id="source"),
        pytest.param("doc:d-1", "doc:d-2", id="passage"),
    ],
)
def test_a_new_iri_for_the_same_record_is_one_change_and_no_loss(old: str, new: str) -> None:
    found = changed((old, new))
    change = only_change(found)
    assert (change.how, change.fields) == ("changed", ())
    assert not found.vanished
    assert not found.moved
    assert f"name in the file: {old} → {new}" in said(found)


def test_an_entity_with_a_new_iri_and_a_new_label_is_one_change() -> None:
    found = changed(("ent:quark", "ent:charm"), ('label "quark"', 'label "charm"'))
    assert [field.field for field in only_change(found).fields] == ["label"]


def test_new_iris_are_followed_from_record_to_record() -> None:
    found = changed(("ent:quark", "ent:charm"), ("claim:up", "claim:rises"), ("ev:for", "ev:yes"))
    assert {change.record.id for change in found.records} == {"ent:charm", "claim:rises", "ev:yes"}
    assert not any(change.fields for change in found.records)


def test_a_claim_with_a_new_iri_is_still_the_claim_whose_verdict_moved() -> None:
    moved, mechanism = changed((AGAINST, ""), ("claim:up", "claim:rises")).moved
    assert (moved.what, moved.id, moved.before) == ("verdict", "claim:rises", BOTH_WAYS)
    assert [(cause.record.id, cause.is_enough) for cause in moved.why] == [("ev:against", True)]
    assert mechanism.id == "path:p"


def test_an_iri_that_was_mentioned_before_is_no_new_name() -> None:
    world = WORLD + "claim:x a kg:Claim ; rdf:subject ent:charm ."
    found = changed(("ent:quark", "ent:charm"), world=world)
    assert {(c.record.id, c.how) for c in found.records} >= {
        ("ent:quark", "removed"),
        ("ent:charm", "added"),
    }


def test_records_that_say_nothing_of_themselves_are_never_paired() -> None:
    found = changed(("ent:x", "ent:y"), world="ent:x a kg:Entity , kg:Drug .")
    assert sorted(change.how for change in found.records) == ["added", "removed"]


def test_the_vocabulary_is_not_compared() -> None:
    terms = 'kg:shoeSize rdfs:label "shoe size" . <http://e/p> a owl:AnnotationProperty .'
    assert not changes_between(graph_of(WORLD), graph_of(WORLD + terms))


def test_two_records_that_cannot_be_told_apart_are_never_paired() -> None:
    twins = 'ent:{0} a kg:Entity ; skos:definition "Same." . ent:{1} a kg:Entity ; skos:definition "Same." .'
    found = changes_between(graph_of(twins.format("a", "b")), graph_of(twins.format("c", "d")))
    assert sorted(change.how for change in found.records) == [
        "added",
        "added",
        "removed",
        "removed",
    ]


def test_a_renaming_that_a_reference_missed_is_told_as_loss() -> None:
    found = changed(("ev:against a", "ev:null a"))
    assert [gone.fate for gone in found.vanished] == [Fate.REMOVED]


@pytest.mark.parametrize(
    ("replacements", "fate", "why"),
    [
        pytest.param([(AGAINST, "")], Fate.REMOVED, "removed", id="removed"),
        pytest.param(
            [(AGAINST, ""), ("claim:up a kg:Claim", "claim:up a rdf:Statement")],
            Fate.REMOVED,
            "removed with its claim",
            id="removed with its claim",
        ),
        pytest.param(
            [("claim:up a kg:Claim", "claim:up a rdf:Statement")],
            Fate.REMOVED,
            "its claim was removed",
            id="claim removed under it",
        ),
        pytest.param(
            [("ev:against a kg:Evidence", "ev:against a rdf:Statement")],
            Fate.REMOVED,
            "removed",
            id="no longer evidence",
        ),
        pytest.param(
            [(AGAINST, AGAINST.replace("kg:about claim:up ;", ""))],
            Fate.REMOVED,
            "no longer about any claim",
            id="about nothing",
        ),
        pytest.param(
            [(AGAINST, AGAINST.replace("claim:up", "claim:nowhere"))],
            Fate.REMOVED,
            "no longer about any claim",
            id="about a claim that does not exist",
        ),
        pytest.param(
            [(AGAINST, AGAINST.replace("claim:up", "claim:down"))],
            Fate.MOVED,
            "now about: quark decreases widget",
            id="moved to another claim",
        ),
        pytest.param(
            [("kg:Disputes", "kg:Supports")],
            Fate.TURNED,
            "direction is now: supports",
            id="direction turned",
        ),
        pytest.param(
            [("kg:NoEffect", "kg:Undecided")],
            Fate.TURNED,
            "observed is now: undecided",
            id="null no longer a null",
        ),
        pytest.param(
            [("ev:against a", "ev:against kg:role kg:Opinion ; a")],
            Fate.TURNED,
            "counts as hearsay now, its role is: opinion",
            id="made an opinion",
        ),
        pytest.param(
            [("kg:direction kg:Disputes ;", "")],
            Fate.TURNED,
            "direction is now: not stated",
            id="direction left out",
        ),
        pytest.param(
            [(AGAINST, AGAINST.replace("claim:up", "claim:down").replace("Disputes", "Supports"))],
            Fate.TURNED,
            "direction is now: supports; now about: quark decreases widget",
            id="moved and turned",
        ),
    ],
)
def test_a_null_or_disputing_result_that_vanished_is_warned_of_in_the_first_line(
    replacements: list[tuple[str, str]], fate: Fate, why: str
) -> None:
    found = changed(*replacements)
    (gone,) = found.vanished
    assert (gone.claim.id, gone.evidence.id) == ("claim:up", "ev:against")
    assert (gone.fate, gone.why) == (fate, why)
    first, *rest = said(found).splitlines()
    assert f"⚠ nulls and disputing results: 1 {fate}; " in first
    assert f"    ⚠ {why}" in rest


def test_the_worst_losses_come_first() -> None:
    found = changed(
        ("ev:c a kg:Evidence", "ev:c a rdf:Statement"),
        (AGAINST, AGAINST.replace("claim:up", "claim:down")),
        world=WORLD + AGAINST.replace("ev:against", "ev:c"),
    )
    assert [(gone.fate, gone.evidence.id) for gone in found.vanished] == [
        (Fate.REMOVED, "ev:c"),
        (Fate.MOVED, "ev:against"),
    ]


def test_a_disputing_result_need_not_be_a_null_to_be_warned_of() -> None:
    world = WORLD.replace("kg:NoEffect", "kg:OppositeEffect")
    (gone,) = changed(("kg:Disputes", "kg:Supports"), world=world).vanished
    assert gone.observed == "opposite effect"


@pytest.mark.parametrize(
    "replacements",
    [
        pytest.param([(FOR, "")], id="supporting evidence removed"),
        pytest.param([("It stayed.", "It stayed put.")], id="null told in other words"),
        pytest.param([("kg:Supports", "kg:Disputes")], id="result against the claim added"),
    ],
)
def test_what_is_no_loss_of_a_result_against_a_claim_does_not_warn(
    replacements: list[tuple[str, str]],
) -> None:
    found = changed(*replacements)
    assert found
    assert not found.vanished
    assert "⚠" not in said(found)


def test_an_inconclusive_null_that_goes_is_warned_of_like_a_disputing_one() -> None:
    old = WORLD.replace("kg:Disputes", "kg:Inconclusive")
    found = changes_between(graph_of(old), graph_of(old.replace("kg:NoEffect", "kg:AsClaimed")))
    assert [gone.observed for gone in found.vanished] == ["no effect"]


@pytest.mark.parametrize(
    ("replacements", "before", "after", "why"),
    [
        pytest.param(
            [(AGAINST, "")],
            (BOTH_WAYS, "1 study for, 1 against"),
            ("supported, very low certainty", "1 study for, 0 against"),
            "because: evidence against removed: “It stayed.” (Trial A) ev:against",
            id="dispute removed",
        ),
        pytest.param(
            [("kg:direction kg:Supports", "kg:direction kg:Inconclusive")],
            (BOTH_WAYS, "1 study for, 1 against"),
            (
                "refuted, very low certainty; null: measured and absent",
                "0 studies for, 1 against, 1 inconclusive",
            ),
            "because: evidence item changed (direction): “It rose.” (Trial A) ev:for",
            id="support turned inconclusive",
        ),
        pytest.param(
            [('"On quarks" ;', '"On quarks" ; kg:retraction kg:Retracted ;')],
            (BOTH_WAYS, "1 study for, 1 against"),
            (
                "refuted, very low certainty; null: measured and absent",
                "0 studies for, 1 against",
            ),
            "because: source changed (retraction status): On quarks (2001) src:a",
            id="source retracted",
        ),
    ],
)
def test_a_verdict_that_moved_is_told_with_both_sides_and_the_reason(
    replacements: list[tuple[str, str]], before: tuple[str, str], after: tuple[str, str], why: str
) -> None:
    world = WORLD.replace("ev:for a kg:Evidence", "ev:for kg:reportedIn src:a ; a kg:Evidence")
    found = changed(*replacements, world=world)
    moved = found.moved[0]
    assert (moved.what, moved.id) == ("verdict", "claim:up")
    assert (moved.before, moved.studies_before) == before
    assert (moved.after, moved.studies_after) == after
    assert f"    {why}\n" in said(found)


def test_a_certainty_that_moved_alone_is_told_as_such() -> None:
    trial = 'ent:human rdfs:label "human" . ev:for kg:design kg:RandomizedControlledTrial ; kg:organism ent:human .'
    world = WORLD.replace(AGAINST, "") + trial
    found = changed(("kg:sampleSize 9", "kg:sampleSize 900"), world=world)
    (moved, mechanism) = found.moved
    assert (moved.what, moved.before, moved.after) == (
        "certainty",
        "supported, low certainty",
        "supported, high certainty",
    )
    assert mechanism.after == "net sign +1; every step supported, the weakest with high certainty"


def test_a_null_that_changes_kind_under_the_same_verdict_is_told() -> None:
    found = changed(("kg:observed kg:NoEffect", "kg:observed kg:OppositeEffect"))
    (moved,) = found.moved
    assert (moved.what, moved.before, moved.after) == ("null", BOTH_WAYS, BOTH_WAYS_NO_NULL)
    assert said(found).startswith("From a to b: 1 null moved; ⚠ ")


def test_changes_that_are_not_enough_alone_are_told_as_coming_together() -> None:
    world = WORLD.replace(AGAINST, "") + FOR.replace("ev:for", "ev:more")
    found = changed((FOR, ""), (FOR.replace("ev:for", "ev:more"), ""), world=world)
    causes = found.moved[0].why
    assert [(cause.record.id, cause.is_enough) for cause in causes] == [
        ("ev:for", False),
        ("ev:more", False),
    ]
    assert said(found).count("    with: evidence for removed: ") == 2


def test_a_mechanism_moves_with_the_verdicts_on_its_steps() -> None:
    (verdict, mechanism) = changed((FOR, ""), world=WORLD.replace(AGAINST, "")).moved
    assert (verdict.what, mechanism.what, mechanism.id) == ("verdict", "mechanism", "path:p")
    assert mechanism.before.endswith("every step supported, the weakest with very low certainty")
    assert mechanism.after == "net sign +1; 0 of 1 steps supported"


def test_a_mechanism_with_another_net_sign_is_told() -> None:
    (moved,) = changed(("kg:via claim:up", "kg:via claim:down")).moved
    assert (moved.what, moved.before, moved.after) == (
        "mechanism",
        "net sign +1; 0 of 1 steps supported",
        "net sign −1; 0 of 1 steps supported",
    )
    assert [cause.how for cause in moved.why] == [
        "contested, very low certainty → no step",
        "no step → untested",
    ]


def test_what_cannot_be_weighed_is_said_and_the_rest_still_compared() -> None:
    found = changed(("kg:direction kg:Supports ;", ""))
    assert "ev:for says '' where one of supports, disputes, inconclusive belongs" in found.unweighed
    assert "⚠ Not all verdicts could be compared: ev:for says ''" in said(found)
    assert only_change(found).record.id == "ev:for"


def test_hearsay_moves_no_balance_but_where_there_is_nothing_else() -> None:
    told = FOR.replace("ev:for a", "ev:told kg:role kg:Opinion ; a")
    assert not changed((FOR, FOR + told)).moved
    (moved,) = changed((FOR, FOR + told.replace("claim:up", "claim:down"))).moved
    assert (moved.before, moved.after) == ("no evidence", "only hearsay")
    assert moved.studies_after == "0 studies for, 0 against"


def test_one_more_study_of_the_same_mind_moves_no_balance() -> None:
    again = FOR.replace("ev:for", "ev:again").replace("study:a", "study:b")
    assert not changed((FOR, FOR + again)).moved


def test_a_claim_that_came_or_went_is_no_move() -> None:
    found = changed((FOR, FOR + 'claim:new a kg:Claim ; rdfs:label "new" .'))
    assert not found.moved
    assert only_change(found).how == "added"


def test_evidence_that_moved_stands_under_both_claims_and_counts_once() -> None:
    found = changed((AGAINST, AGAINST.replace("claim:up", "claim:down")))
    assert [group.record.id for group in found.groups] == ["claim:down", "claim:up"]
    assert [part.record.id for group in found.groups for part in group.parts] == ["ev:against"] * 2
    assert found.counts == {("evidence item", "changed"): 1}


def test_evidence_about_no_known_claim_is_still_told() -> None:
    found = changed((FOR, FOR + LOST))
    assert "  evidence item added: x ev:lost" in said(found)
    back = changes_between(graph_of(WORLD + LOST), graph_of(WORLD))
    assert "  evidence item removed: x ev:lost" in said(back)


def test_the_whole_text_says_what_moved_first_then_what_vanished_then_the_rest() -> None:
    found = changed((AGAINST, ""), ("; kg:otherSide ev:against", ""), ("Shines.", "Shines, 5 #."))
    assert said(found) == (
        "From a to b: 1 verdict, 1 mechanism moved; ⚠ nulls and disputing results: 1 removed; "
        "1 conflict changed, 1 entity changed, 1 evidence item removed.\n"
        "\n"
        "Moved: verdict (1)\n"
        "  claim: quark increases widget claim:up\n"
        f"    was: {BOTH_WAYS} (1 study for, 1 against)\n"
        "    now: supported, very low certainty (1 study for, 0 against)\n"
        "    because: evidence against removed: “It stayed.” (Trial A) ev:against\n"
        "    with: entity changed (definition): quark (drug) ent:quark\n"
        "\n"
        "Moved: mechanism (1)\n"
        "  mechanism: how quarks lift path:p\n"
        "    was: net sign +1; 0 of 1 steps supported\n"
        "    now: net sign +1; every step supported, the weakest with very low certainty\n"
        "    because: quark increases widget claim:up: "
        "contested, very low certainty → supported, very low certainty\n"
        "\n"
        "⚠ Nulls and disputing results: 1 removed\n"
        "  claim: quark increases widget claim:up\n"
        "    result (disputes, no effect): “It stayed.” (Trial A) ev:against\n"
        "    ⚠ removed\n"
        "\n"
        "Claims, with their evidence\n"
        "  claim: quark increases widget claim:up\n"
        "    evidence against removed: “It stayed.” (Trial A) ev:against\n"
        "\n"
        "Entities\n"
        "  entity changed: quark (drug) ent:quark\n"
        "    definition: Shines. → “Shines, 5 #.”\n"
        "\n"
        "Conflicts\n"
        "  conflict changed: up or down conflict:c\n"
        "    other side removed: ev:against"
    )


def test_markdown_has_the_same_lines_as_headings_and_nested_items() -> None:
    found = changed(("Shines.", "Shines, 5 #."))
    assert markdown_of(found, "main", "data/triples.ttl") == (
        "From `main` to `data/triples.ttl`: 1 entity changed.\n"
        "\n"
        "### Entities\n"
        "\n"
        "- entity changed: quark (drug) `ent:quark`\n"
        "  - definition: Shines. → “Shines, 5 #&#8203;.”"
    )


def test_a_file_name_cannot_leave_its_code_span_in_markdown() -> None:
    assert markdown_of(Changes(), "a`b", "c") == "From a\\`b to `c`: nothing changed."


def test_json_has_the_whole_record_of_what_was_added() -> None:
    found = json.loads(
        json_of(changed((FOR, FOR + 'claim:new a kg:Claim ; rdfs:label "β" .')), "a", "b")
    )
    assert found == {
        "version": 1,
        "old": "a",
        "new": "b",
        "counts": {"claim": {"added": 1}},
        "moved": [],
        "vanished": [],
        "groups": [
            {
                "kind": "claim",
                "record": {"id": "claim:new", "name": "β", "note": "", "direction": ""},
                "change": {
                    "kind": "claim",
                    "before": None,
                    "after": {"id": "claim:new", "name": "β", "note": "", "direction": ""},
                    "fields": [
                        {
                            "field": "label",
                            "before": [],
                            "after": [{"text": "β", "form": ""}],
                        },
                        {
                            "field": "class",
                            "before": [],
                            "after": [{"text": "claim", "form": "kg:Claim"}],
                        },
                    ][::-1],
                    "followed_by": [],
                },
                "parts": [],
            }
        ],
        "unweighed": "",
    }


def test_the_documentation_names_every_key_of_the_json() -> None:
    page = (ROOT / "docs" / "diff.md").read_text(encoding="utf-8")
    values = [getattr(changes, name) for name in changes.__all__]
    keys = {
        field.name
        for value in values
        if dataclasses.is_dataclass(value)
        for field in dataclasses.fields(value)
    }
    assert len(keys) > 20
    assert {key for key in keys if f"`{key}`" not in page} == set()


@pytest.mark.parametrize(
    ("label", "markdown"),
    [
        pytest.param("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;", id="html"),
        pytest.param("[a](http://b)", "\\[a\\]\\(http&#58;//b\\)", id="link"),
        pytest.param("![a](b)", "\\!\\[a\\]\\(b\\)", id="picture"),
        pytest.param("www.a.example", "www&#46;a.example", id="bare address"),
        pytest.param("@all #1", "@&#8203;all #&#8203;1", id="mention and issue"),
        pytest.param("**a** _b_ `c` ~d~", "\\*\\*a\\*\\* \\_b\\_ \\`c\\` \\~d\\~", id="emphasis"),
        pytest.param("&lt;b&gt; \\", "&amp;lt;b&amp;gt; \\\\", id="entity and backslash"),
        pytest.param("$a$", "&#36;a&#36;", id="formula"),
        pytest.param("a\\n# b", "a\\\\u\\{a\\}# b".replace("# ", "#&#8203; "), id="new line"),
    ],
)
def test_no_label_becomes_markup_in_a_pull_request(label: str, markdown: str) -> None:
    text = label if label.startswith("a\\n") else label.replace("\\", "\\\\")
    found = changed(('label "quark"', f'label "{text}"'))
    assert f"entity changed: {markdown} (drug) `ent:quark`\n" in markdown_of(found, "a", "b")


@pytest.mark.parametrize("form", [text_of, markdown_of, json_of], ids=lambda form: form.__name__)
def test_no_text_of_the_graph_can_move_the_cursor(form: Callable[..., str]) -> None:
    evil = "red\\u001B[31m\\u009B31m\\u202Eevil\\u2028\\n"
    written = form(changed(('"It stayed."', f'"{evil}"'), ('"quark"', f'"{evil}"')), "a", "b")
    assert not re.search("[\x1b\x9b\u202e\u2028]", written)
    assert "evil" in written


def test_a_blank_node_is_refused_because_nobody_could_say_which_one_changed() -> None:
    with pytest.raises(DataError, match="blank node near kg:via"):
        changes_between(graph_of(WORLD), graph_of(WORLD + "path:p kg:via [ a kg:Claim ] ."))


def test_a_graph_with_wrong_values_can_be_compared() -> None:
    found = changed(
        ("kg:direction kg:Supports", 'kg:direction kg:Maybe , "no IRI at all"'),
        ("kg:sampleSize 9", 'kg:sampleSize "many"'),
        ("kg:via claim:up", "kg:via claim:nowhere"),
        ("kg:stepOf path:p", 'kg:stepOf "path"'),
    )
    assert "direction: supports → kg:Maybe, “no IRI at all”" in said(found)


# What holds for any two graphs, tried on the invented world.

TINY = [
    f"{triple} ."
    for triple in turtle.triples((Path(__file__).parent / "tiny.ttl").read_bytes(), "tiny.ttl")
]
numbers = st.lists(st.integers(0, len(TINY) - 1), max_size=12)
edits = st.lists(
    st.sampled_from(
        [
            ("/entity/gluon>", "/entity/graviton>"),
            ('"gluon', '"graviton'),
            ("/evidence/quark-treats-not>", "/evidence/quark-fails>"),
            ("/claim/quark-treats-decay>", "/claim/quark-heals>"),
            ("/study/trial-b>", "/study/trial-z>"),
            ("/vocab/Disputes>", "/vocab/Supports>"),
            ("/vocab/NoEffect>", "/vocab/Undecided>"),
            ('"120"', '"121"'),
        ]
    ),
    max_size=3,
)


def tiny(without: list[int], edited: list[tuple[str, str]]) -> Graph:
    text = "\n".join(line for number, line in enumerate(TINY) if number not in without)
    for piece, other in edited:
        text = text.replace(piece, other)
    return graph_of(text)


def mirror(change: RecordChange) -> RecordChange:
    fields = (
        dataclasses.replace(field, before=field.after, after=field.before)
        for field in change.fields
    )
    return dataclasses.replace(
        change, before=change.after, after=change.before, fields=tuple(fields)
    )


def unordered(found: Changes, turn: Callable[[RecordChange], RecordChange]) -> object:
    """The groups, with every change turned by `turn`; names of unchanged owners may differ."""
    return {
        (
            group.kind,
            turn(group.change) if group.change else group.record.id,
            frozenset(map(turn, group.parts)),
        )
        for group in found.groups
    }


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32))
def test_shuffling_the_triples_of_a_file_changes_nothing(seed: int) -> None:
    shuffled = random.Random(seed).sample(TINY, len(TINY))  # noqa: S311 - an order, no secret
    assert shuffled != TINY
    assert not changes_between(graph_of("\n".join(TINY)), graph_of("\n".join(shuffled)))


@settings(max_examples=25, deadline=None)
@given(numbers, edits, numbers, edits)
def test_the_way_back_is_the_way_there_with_added_and_removed_swapped(
    gone: list[int],
    edited: list[tuple[str, str]],
    other_gone: list[int],
    other_edited: list[tuple[str, str]],
) -> None:
    a, b = tiny(gone, edited), tiny(other_gone, other_edited)
    there, back = changes_between(a, b), changes_between(b, a)
    assert unordered(back, lambda change: change) == unordered(there, mirror)
    assert {(m.what, m.before, m.after) for m in back.moved} == {
        (m.what, m.after, m.before) for m in there.moved
    }


@settings(max_examples=20, deadline=None)
@given(numbers, edits)
def test_a_graph_never_differs_from_itself(gone: list[int], edited: list[tuple[str, str]]) -> None:
    assert changes_between(tiny(gone, edited), tiny(gone, edited)) == Changes()


# The command, on files and on revisions.


@pytest.fixture
def repository(tmp_path: Path) -> Callable[..., str]:
    """A git repository in the test's folder: `git("commit", ...)` runs git in it."""
    settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    person = ["-c", "user.name=a", "-c", "user.email=a@b.example"]

    def git(*arguments: str) -> str:
        return subprocess.run(
            ["git", *person, *arguments],
            cwd=tmp_path,
            env={**os.environ, **settings},
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    git("init", "--quiet", "--initial-branch", "main")
    path = tmp_path / "data" / "triples.ttl"
    path.parent.mkdir()
    for size, tag in ((9, "v1"), (10, "v2")):
        path.write_text(HEAD + WORLD.replace("sampleSize 9", f"sampleSize {size}"), "utf-8")
        git("add", "data/triples.ttl")
        git("commit", "--quiet", "--message", tag)
        git("tag", tag)
    path.write_text(HEAD + WORLD.replace("sampleSize 9", "sampleSize 11"), "utf-8")
    return git


@needs_git
@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param([], "sample size: 10 → 11", id="HEAD and the working copy"),
        pytest.param(["HEAD~1"], "sample size: 9 → 11", id="revision and the working copy"),
        pytest.param(["v1", "main"], "sample size: 9 → 10", id="tag and branch"),
        pytest.param(
            ["main:data/triples.ttl", "v1:./data/triples.ttl"],
            "sample size: 10 → 9",
            id="revisions with paths",
        ),
        pytest.param(["data/triples.ttl", "v1"], "sample size: 11 → 9", id="file and revision"),
    ],
)
def test_files_and_revisions_are_compared(run: Run, arguments: list[str], words: str) -> None:
    ended = run("diff", *arguments)
    assert (ended.returncode, ended.stderr) == (1, "")
    assert words in ended.stdout


@needs_git
def test_a_revision_is_found_from_a_folder_inside_the_repository(
    repository: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert repository("rev-parse", "--show-prefix") == "\n"
    monkeypatch.chdir(tmp_path / "data")
    assert revisions.working_copy() == "triples.ttl"
    assert len(revisions.graph_at("HEAD").claims) == 2


@needs_git
@pytest.mark.usefixtures("repository")
def test_equal_revisions_end_with_0(run: Run) -> None:
    ended = run("diff", "v2", "main", "--format", "markdown")
    assert ended.returncode == 0
    assert ended.stdout == "From `v2` to `main`: nothing changed.\n"


def test_a_store_folder_equals_the_file_it_was_loaded_from(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_text(HEAD + WORLD, "utf-8")
    assert run("load", path, "folder").returncode == 0
    ended = run("diff", path, "folder")
    assert (ended.returncode, ended.stdout) == (0, f"From {path} to folder: nothing changed.\n")


@needs_git
@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(["nowhere"], "no such file, and no revision 'nowhere'", id="unknown revision"),
        pytest.param(["HEAD~7"], "no revision 'HEAD~7'", id="before the first commit"),
        pytest.param(
            ["main:data/other.ttl"],
            "revision 'main' has no file 'data/other.ttl'. See what it has with: git ls-tree",
            id="unknown path",
        ),
        pytest.param(["main:data"], "has no file 'data'", id="folder in a revision"),
        pytest.param(["main..v1"], "no revision 'main..v1'", id="range"),
        pytest.param(["--", "--output=x"], "cannot be a git revision", id="option for git"),
        pytest.param(["--", "-p"], "cannot be a git revision", id="short option for git"),
        pytest.param([""], "cannot be a git revision", id="nothing"),
        pytest.param(["main", "missing.ttl"], "missing.ttl: no such file", id="missing file"),
        pytest.param(["https://e.example/sparql"], "not supported", id="endpoint"),
    ],
)
def test_a_mistake_is_one_message_and_exit_2(
    run: Run, tmp_path: Path, arguments: list[str], words: str
) -> None:
    ended = run("diff", *arguments)
    assert ended.returncode == 2
    assert words in ended.stderr
    assert "Traceback" not in ended.stderr
    assert ended.stdout == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == [".git", "data"]


@needs_git
def test_a_broken_file_in_a_revision_is_named_with_its_line(
    run: Run, repository: Callable[..., str], tmp_path: Path
) -> None:
    (tmp_path / "data" / "triples.ttl").write_text("<http://a> <http://b> .\n", "utf-8")
    repository("commit", "--quiet", "--all", "--message", "broken")
    ended = run("diff", "HEAD", "v1")
    assert ended.returncode == 2
    assert ended.stderr.startswith("HEAD:data/triples.ttl:1:")


def test_without_git_the_message_says_what_to_do(run: Run, tmp_path: Path) -> None:
    ended = run("diff", "main", PATH=str(tmp_path))
    assert ended.returncode == 2
    assert "git is not installed" in ended.stderr


@needs_git
def test_outside_of_any_repository_a_revision_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(resources, "TRIPLES", tmp_path / "triples.ttl")
    assert revisions.working_copy() == str(tmp_path / "triples.ttl")
    with pytest.raises(DataError, match="main: no such file, and no git repository"):
        revisions.graph_at("main")


def test_the_bundled_graph_does_not_differ_from_itself(real: Graph) -> None:
    assert not changes_between(real, kg.load())
