"""What a check finds and where: places, causes, suppressions, broken rules, limits, the reasoner."""

import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kg import check, resources, stoppable, terms
from kg.check import Finding, Location, Severity, checked_text, grouped, plan_of
from kg.errors import RuleError
from kg.findings import FEW_OF_ONE_CAUSE, FEW_WITHOUT_CAUSE

from .conftest import HEAD, Run

Write = Callable[..., Path]

DAY = date(2026, 11, 22)
FIRST_LINE = HEAD.count("\n") + 1
RULE = """\
# severity: {severity}
# summary: A widget is blue.
# why: Blue widgets sink, and those who hold them do, too.
# fix: Paint it.
# message: {message}
SELECT {variables}
WHERE {{ {pattern} }}
{ending}
"""


def rule_text(**changes: str) -> str:
    """The rule against blue widgets, changed."""
    usual = {
        "severity": "error",
        "message": "{focus} is blue",
        "variables": "?focus",
        "pattern": "?focus a ent:Widget ; ent:colour ent:blue .",
        "ending": "ORDER BY ?focus",
    }
    return RULE.format(**{**usual, **changes})


@pytest.fixture
def rule(tmp_path: Path) -> Callable[..., Path]:
    """Write a rule of one's own, changed or from a text; gives the folder for `--rules`."""

    def writer(name: str = "too-blue", text: str = "", **changes: str) -> Path:
        (tmp_path / "own" / name).mkdir(parents=True)
        (tmp_path / "own" / name / "rule.rq").write_text(text or rule_text(**changes))
        return tmp_path / "own"

    return writer


def found(
    text: str, *only: str, folders: tuple[Path, ...] = (), as_of: date = DAY
) -> list[Finding]:
    """What the named rules find in a text that may use our prefixes; its first line is line 1."""
    plan = plan_of(only, folders=folders)
    return list(checked_text((HEAD + text).encode(), "x.ttl", plan, as_of).findings)


def at(line: int, column: int = 1, what: str = "") -> Location:
    return Location("x.ttl", FIRST_LINE + line - 1, column, what)


# ── places ──


def test_a_rule_over_two_things_names_both_places(rule: Callable[..., Path]) -> None:
    folder = rule(
        variables="?focus ?predicate ?object ?other",
        pattern="?focus ent:colour ?object . ?other ent:colour ?object ."
        " FILTER(STR(?other) < STR(?focus)) BIND(ent:colour AS ?predicate)",
        message="{focus} has the colour of {other}",
    )
    text = "ent:a a ent:Widget ;\n  ent:colour ent:red .\nent:b a ent:Widget ;\n  ent:colour ent:red .\n"
    [only] = found(text, "too-blue", folders=(folder,))
    assert only.message == "ent:b has the colour of ent:a"
    assert only.places == (at(4, 3), at(1, what="ent:a"))
    assert (only.file, only.line, only.column) == ("x.ttl", at(4).line, 3)


def test_a_rule_may_name_several_others_and_one_that_is_unbound(rule: Callable[..., Path]) -> None:
    folder = rule(
        variables="?focus ?other ?other1 ?other2 ?otherwise",
        pattern="?focus ent:colour ent:blue . BIND(ent:b AS ?other) BIND(ent:c AS ?other1)"
        " BIND(ent:d AS ?otherwise) OPTIONAL { ?focus ent:nothing ?other2 }",
    )
    text = "ent:a ent:colour ent:blue .\nent:b a ent:Widget .\nent:c a ent:Widget .\nent:d a ent:Widget .\n"
    [only] = found(text, "too-blue", folders=(folder,))
    assert only.others == (terms.PREFIXES["ent"] + "b", terms.PREFIXES["ent"] + "c")
    assert [place.what for place in only.places] == ["", "ent:b", "ent:c"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param(
            "ent:a a ent:Widget .\n[] a ent:Widget ;\n  ent:colour ent:blue .\n",
            2,
            id="without a name",
        ),
        pytest.param(
            "_:x a ent:Widget .\n\n_:y a ent:Widget ;\n  ent:colour ent:blue .\n",
            3,
            id="with a name",
        ),
    ],
)
def test_a_finding_on_a_blank_node_has_its_line(
    rule: Callable[..., Path], text: str, line: int
) -> None:
    [only] = found(text, "too-blue", folders=(rule(),))
    assert only.places == (at(line),)
    assert only.focus.startswith("_:b")


def test_the_shapes_see_blank_nodes_where_they_stand() -> None:
    text = "ent:a a kg:Entity .\n\n[] a kg:Passage ; kg:strength 'x' .\n"
    [only] = [each for each in found(text, "shape-passage-strength") if each.value]
    assert (only.focus, only.places) == ("_:b1", (at(3),))


def test_a_value_with_braces_is_shown_as_it_is(rule: Callable[..., Path]) -> None:
    folder = rule(
        variables="?focus ?colour",
        pattern="?focus ent:colour ?colour",
        message="{colour} is no colour for a {focus.widget} { or {",
    )
    [only] = found('ent:a ent:colour "{focus} {0!r} %s" .', "too-blue", folders=(folder,))
    assert only.message == "{focus} {0!r} %s is no colour for a {focus.widget} { or {"


# ── causes ──


def alike(number: int, **changes: str) -> list[Finding]:
    said = {"message": "wrong colour", "predicate": "p", "value": '"blue"', **changes}
    return [
        Finding("too-blue", Severity.ERROR, f"w{n}", places=(Location("x.ttl", n),), **said)
        for n in range(1, number + 1)
    ]


@pytest.mark.parametrize(
    ("findings", "counts"),
    [
        pytest.param(alike(FEW_OF_ONE_CAUSE), [1, 1, 1], id="few are told one by one"),
        pytest.param(alike(FEW_OF_ONE_CAUSE + 1), [4], id="many are told once"),
        pytest.param(alike(400), [400], id="four hundred"),
        pytest.param(alike(4) + alike(5, message="wrong size"), [4, 5], id="two messages"),
        pytest.param(alike(4) + alike(5, predicate="q"), [4, 5], id="two properties"),
        pytest.param(alike(9, predicate="", value=""), [1] * 9, id="each blames itself"),
        pytest.param(
            alike(FEW_WITHOUT_CAUSE + 1, predicate="", value=""), [21], id="a flood is told once"
        ),
        pytest.param([], [], id="none"),
    ],
)
def test_findings_of_one_cause_are_told_once(findings: list[Finding], counts: list[int]) -> None:
    assert sorted(each.count for each in grouped(findings)) == sorted(counts)


def test_a_cause_shows_its_first_places() -> None:
    [told] = grouped(alike(400))
    assert [place.line for place in told.places] == [1, 2, 3]
    assert told.message == "wrong colour"


def test_a_message_that_names_the_thing_blames_the_thing() -> None:
    findings = [Finding("r", Severity.ERROR, f"w{n}", f"w{n} is bare", "p", "v") for n in range(9)]
    assert len(grouped(findings)) == 9
    many = [Finding("r", Severity.ERROR, f"w{n}", f"w{n} is bare", "p", "v") for n in range(30)]
    assert [each.count for each in grouped(many)] == [30]


def test_one_undefined_word_is_one_finding_with_a_count(run: Run, write: Write) -> None:
    path = write("x.ttl", "".join(f"ent:w{n} kg:colur {n} .\n" for n in range(400)))
    shown = run("check", path, "--only", "undefined-term")
    line = FIRST_LINE
    assert shown.stdout == (
        f"{path}:{line}:1: error: kg:colur is not defined in ontology/hairkg.ttl"
        f" (400 times; also at {line + 1}:1, at {line + 2}:1) [undefined-term]\n"
    )
    assert "1 rule: 400 errors" in shown.stderr
    assert "--all lists each" in shown.stderr
    assert len(run("check", path, "--only", "undefined-term", "--all").stdout.splitlines()) == 400


def test_a_wrong_prefix_is_one_finding() -> None:
    text = "".join(
        f"ev:e{n} a kg:Evidence ; kg:about <http://wrong.example/claim/c{n}> .\n" for n in range(50)
    )
    [told] = grouped(found(text, "shape-evidence-about"))
    assert told.count == 50
    assert "everything in http://wrong.example/claim/: is the prefix right?" in told.message


# ── choosing ──


@pytest.mark.parametrize(
    ("options", "told", "quiet"),
    [
        pytest.param(
            ["--only", "shape-passage-line"],
            ["shape-passage-line"],
            ["shape-passage-"],
            id="a shape",
        ),
        pytest.param(
            ["--only", "shape-evidence"],
            ["shape-evidence-direction", "shape-evidence-about"],
            ["shape-passage", "undefined-term"],
            id="the shapes of a class",
        ),
        pytest.param(["--only", "undefined-term"], ["undefined-term"], ["shape-"], id="a rule"),
        pytest.param(
            ["--only", "undefined-term", "--only", "shape-passage"],
            ["undefined-term", "shape-passage-line"],
            ["shape-evidence"],
            id="a rule and a class",
        ),
        pytest.param(
            ["--only", "shape-evidence", "--skip", "shape-evidence-about"],
            ["shape-evidence-direction"],
            ["shape-evidence-about", "shape-passage"],
            id="a class without one shape",
        ),
        pytest.param(
            ["--skip", "shape-evidence"],
            ["undefined-term", "shape-passage-line"],
            ["shape-evidence"],
            id="all but a class",
        ),
    ],
)
def test_rules_and_shapes_are_chosen_by_name(
    run: Run, write: Write, options: list[str], told: list[str], quiet: list[str]
) -> None:
    text = "ev:a a kg:Evidence ; kg:direction kg:Up ; kg:colur 1 . doc:a a kg:Passage ."
    shown = json.loads(run("check", write("x.ttl", text), "--format", "json", *options).stdout)
    names = {each["rule"] for each in shown["findings"]}
    assert set(told) <= names
    others = names - set(told)
    assert not [name for name in others if name.startswith(tuple(quiet))]


def test_every_shape_has_a_name_that_can_be_chosen() -> None:
    assert len(check.shape_names()) > 100
    assert "shape-evidence-direction" in check.shape_names()
    with pytest.raises(RuleError, match="Did you mean 'shape-evidence-direction'"):
        plan_of(["shape-evidence-directoin"])


def test_severity_limits_what_is_shown_and_not_what_is_counted(
    run: Run, write: Write, rule: Callable[..., Path]
) -> None:
    folder = rule("warned", severity="warning")
    rule("noted", severity="info")
    path = write("x.ttl", "ent:a a ent:Widget ; ent:colour ent:blue .")
    options = ["--rules", folder, "--only", "warned", "--only", "noted"]
    everything = run("check", path, *options, "--severity", "info")
    assert [line.split(": ")[1] for line in everything.stdout.splitlines()] == ["info", "warning"]
    assert everything.stderr.endswith("0 errors, 1 warning, 1 note.\n")
    assert everything.returncode == 0
    limited = run("check", path, *options)
    assert limited.stdout.endswith("[warned]\n")
    assert limited.stderr == everything.stderr
    assert run("check", path, *options, "--severity", "error").stdout == ""


@pytest.mark.parametrize("name", sorted(check.BUILT_IN))
def test_findings_that_no_query_makes_explain_themselves(run: Run, name: str) -> None:
    shown = run("check", "--explain", name).stdout
    assert shown.startswith(f"{name} (")
    assert "Why:" in shown
    assert "Mend it:" in shown
    assert name in run("check", "--list").stdout


# ── suppression ──

BLUE = "ent:a a ent:Widget ; ent:colour ent:blue .\nent:b a ent:Widget ; ent:colour ent:blue .\n"
EXCUSE = (
    'ent:excuse a kg:Suppression ; kg:suppresses {of} ; kg:ofRule "{rule}" ;'
    ' kg:reason "{reason}" ; kg:expires "{day}"^^xsd:date .\n'
)


def excuse(
    of: str = "ent:a", rule: str = "too-blue", reason: str = "It dries.", day: str = "2026-12-01"
) -> str:
    return EXCUSE.format(of=of, rule=rule, reason=reason, day=day)


@pytest.mark.parametrize(
    ("suppression", "rules"),
    [
        pytest.param("", ["too-blue", "too-blue"], id="none"),
        pytest.param(excuse(), ["too-blue"], id="one of two"),
        pytest.param(excuse("ent:a , ent:b"), [], id="both"),
        pytest.param(excuse(day="2026-11-22"), ["too-blue"], id="on its last day"),
        pytest.param(
            excuse(day="2026-11-21"),
            ["too-blue", "too-blue", "expired-suppression"],
            id="the day after",
        ),
        pytest.param(
            excuse(reason=" "), ["too-blue", "too-blue", "shape-suppression-reason"], id="no reason"
        ),
        pytest.param(
            excuse().replace('kg:expires "2026-12-01"^^xsd:date', "a ent:Excuse"),
            ["too-blue", "too-blue", "shape-suppression-expires"],
            id="no day",
        ),
        pytest.param(
            excuse(day="soon"),
            ["too-blue", "too-blue", "shape-suppression-expires"],
            id="a day that is none",
        ),
        pytest.param(
            excuse("ent:c"), ["too-blue", "too-blue", "idle-suppression"], id="nothing to hide"
        ),
        pytest.param(
            excuse(rule="too-bleu"),
            ["too-blue", "too-blue", "idle-suppression"],
            id="misspelt rule",
        ),
        pytest.param(
            excuse(rule="idle-suppression", of="ent:excuse"),
            ["too-blue", "too-blue", "idle-suppression"],
            id="itself",
        ),
    ],
)
def test_a_suppression_hides_the_findings_of_one_rule_on_one_thing_until_a_day(
    rule: Callable[..., Path], suppression: str, rules: list[str]
) -> None:
    plan = plan_of(folders=(rule(),))
    answer = checked_text((HEAD + BLUE + suppression).encode(), "x.ttl", plan, DAY)
    judged = {"too-blue", "expired-suppression", "idle-suppression"}
    told = [
        each.rule
        for each in answer.findings
        if each.rule in judged or each.rule.startswith("shape-suppression")
    ]
    assert sorted(told) == sorted(rules)
    assert len(answer.suppressed) == 2 - rules.count("too-blue")


def test_a_suppression_is_idle_only_when_its_rule_has_run(rule: Callable[..., Path]) -> None:
    folder = rule()
    rule("slow", pattern="?focus a")
    text = (HEAD + BLUE + excuse("ent:c")).encode()
    assert [
        each.rule
        for each in checked_text(
            text, "x.ttl", plan_of(["too-blue"], folders=(folder,)), DAY
        ).findings
    ] == ["too-blue", "too-blue", "idle-suppression"]
    other = checked_text(text, "x.ttl", plan_of(["undefined-term"]), DAY)
    assert [each.rule for each in other.findings] == []
    broken = (HEAD + excuse("ent:c", rule="slow")).encode()
    found_there = checked_text(broken, "x.ttl", plan_of(["slow"], folders=(folder,)), DAY).findings
    assert [each.rule for each in found_there] == ["rule-broken"]


def test_an_excuse_is_no_mention_of_the_thing_it_excuses() -> None:
    entity = "ent:a a kg:Entity ; rdfs:label 'a' .\n"
    [only] = found(entity, "unreachable-entity")
    assert only.focus == terms.PREFIXES["ent"] + "a"
    assert found(entity + excuse(rule="unreachable-entity"), "unreachable-entity") == []


def test_what_is_suppressed_is_counted_and_errors_among_it_are_named(
    run: Run, write: Write, rule: Callable[..., Path]
) -> None:
    path = write("x.ttl", BLUE + excuse("ent:a , ent:b", day="2999-01-01"))
    shown = run("check", path, "--rules", rule(), "--only", "too-blue")
    assert (shown.returncode, shown.stdout) == (0, "")
    assert (
        shown.stderr
        == "1 file, 1 rule: 0 errors, 0 warnings. 2 suppressed (2 errors among them).\n"
    )


# ── rules that fail ──


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param(
            "SELECT ?x {}", "1:1: error: broken: the header lacks severity", id="no header"
        ),
        pytest.param(
            rule_text(severity="fatal"),
            "1:1: error: broken: severity is 'fatal'; write one of error, warning, info.",
            id="no such severity",
        ),
        pytest.param(
            rule_text(pattern="?focus a"),
            "7:18: error: broken: The query cannot be read: ",
            id="broken query",
        ),
        pytest.param(
            rule_text(variables="?it", ending="", message="m"),
            "1:1: error: broken: selects no ?focus.",
            id="no focus",
        ),
        pytest.param(
            rule_text(message="{it}"),
            "1:1: error: broken: selects no ?it.",
            id="message with an unknown variable",
        ),
        pytest.param(
            rule_text(pattern="?focus ?p ?today"),
            "1:1: error: broken: The query cannot be answered: ",
            id="day that is not selected",
        ),
        pytest.param(
            rule_text().replace("SELECT ?focus", "DELETE { ?focus ?p ?o }"),
            "1:1: error: broken: This is an update (DELETE)",
            id="update",
        ),
    ],
)
def test_a_broken_rule_names_itself_and_the_others_still_run(
    run: Run, write: Write, rule: Callable[..., Path], text: str, told: str
) -> None:
    folder = rule()
    rule("broken", text=text)
    chosen = ["--only", "broken", "--only", "too-blue"]
    shown = run("check", write("x.ttl", BLUE), "--rules", folder, *chosen)
    assert shown.returncode == 2
    lines = shown.stdout.splitlines()
    assert [each for each in lines if each.startswith(f"own/broken/rule.rq:{told}")]
    assert [each[-10:] for each in lines if "/own/" not in each[:5]].count("[too-blue]") == 2
    assert "Traceback" not in shown.stderr


def test_a_rule_file_that_is_not_text_names_itself(rule: Callable[..., Path]) -> None:
    folder = rule("broken")
    (folder / "broken" / "rule.rq").write_bytes(b"# severity: \xff\xfe\x00")
    [only] = found("ent:a a ent:Widget .", "broken", folders=(folder,))
    assert only.rule == "rule-broken"
    assert "cannot be read" in only.message


@pytest.mark.skipif(not stoppable.CAN_STOP, reason="processes cannot be forked here")
def test_a_rule_that_does_not_end_is_stopped_and_the_others_still_run(
    run: Run, write: Write, rule: Callable[..., Path]
) -> None:
    folder = rule()
    rule(
        "endless",
        message="m",
        variables="?focus (COUNT(*) AS ?n)",
        pattern="?focus ?a ?b . ?c ?d ?e . ?f ?g ?h . ?i ?j ?k",
        ending="GROUP BY ?focus",
    )
    path = write("x.ttl", BLUE)
    chosen = ["--only", "endless", "--only", "too-blue"]
    shown = run("check", path, "--rules", folder, *chosen, "--timeout", "0.3")
    assert shown.returncode == 2
    assert "own/endless/rule.rq:1:1: error: endless: did not end within 0.3 s" in shown.stdout
    assert shown.stdout.count("[too-blue]") == 2


# ── tasks that can be stopped ──


def crash() -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def panic() -> int:
    class PanicException(BaseException):
        """As engines in Rust raise it."""

    raise PanicException("it fell over")


def busy() -> int:
    while True:
        pass


def idle() -> int:
    signal.pause()
    return 0


needs_fork = pytest.mark.skipif(not stoppable.CAN_STOP, reason="processes cannot be forked here")


@needs_fork
def test_lanes_give_their_outcomes_in_order_whatever_happens_to_a_task() -> None:
    lanes = [[lambda: 1, crash, lambda: 3], [], [panic, busy, lambda: 6, idle]]
    assert stoppable.outcomes(lanes, 0.05) == [
        [1, stoppable.Crashed("the process ended by SIGKILL"), 3],
        [],
        [
            stoppable.Crashed("PanicException: it fell over"),
            stoppable.TimedOut(0.05),
            6,
            stoppable.TimedOut(0.05),
        ],
    ]


@needs_fork
def test_an_outcome_larger_than_a_pipe_arrives_whole() -> None:
    large = "x" * 3_000_000
    assert stoppable.outcomes([[lambda: large, lambda: large], [lambda: large]], 30) == [
        [large, large],
        [large],
    ]


@needs_fork
def test_no_process_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []
    fork = os.fork

    def remembered() -> int:
        process = fork()
        started.append(process)
        return process

    monkeypatch.setattr(os, "fork", remembered)
    stoppable.outcomes([[crash, lambda: 1], [lambda: 2]], 5)
    assert len(started) == 3
    for process in started:
        with pytest.raises(ChildProcessError):
            os.waitpid(process, os.WNOHANG)


@needs_fork
def test_a_task_that_wants_too_much_memory_ends_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stoppable, "MEMORY", 2**26)
    if not Path("/proc/self/statm").exists():
        pytest.skip("only Linux says how much memory a process has")
    [[outcome, after]] = stoppable.outcomes([[lambda: len(bytearray(2**29)), lambda: 1]], 30)
    assert isinstance(outcome, stoppable.Crashed)
    assert "MemoryError" in outcome.why
    assert after == 1


def test_a_check_without_processes_finds_the_same(
    monkeypatch: pytest.MonkeyPatch, rule: Callable[..., Path]
) -> None:
    text, folder = BLUE + "doc:a a kg:Passage .", rule()
    in_copies = found(text, folders=(folder,))
    monkeypatch.setattr(stoppable, "CAN_STOP", False)
    assert found(text, folders=(folder,)) == in_copies
    assert {"too-blue", "shape-passage-line"} <= {each.rule for each in in_copies}


def test_a_process_that_has_used_the_shapes_engine_can_still_check() -> None:
    # In a copy of such a process the engine would wait forever, so the shapes run here.
    import shacl

    assert "shacl" in sys.modules
    shacl.Shapes.from_file(str(resources.SHAPES)).validate_turtle("")
    assert [each.rule for each in found("doc:a a kg:Passage .", "shape-passage-line")] == [
        "shape-passage-line"
    ]


# ── files that cannot be read ──


def test_one_unreadable_file_does_not_hide_the_findings_on_the_others(
    run: Run, write: Write, rule: Callable[..., Path]
) -> None:
    good, bad = write("good.ttl", BLUE), write("bad.ttl", "ent:a ent:colour .")
    shown = run("check", bad, good, "missing.ttl", "--rules", rule(), "--only", "too-blue")
    assert shown.returncode == 2
    assert shown.stdout.count("[too-blue]") == 2
    assert f"{bad}:{FIRST_LINE}:" in shown.stderr
    assert "missing.ttl: no such file" in shown.stderr
    assert shown.stderr.startswith("1 file, 1 rule: 2 errors")


def test_machines_are_told_of_an_unreadable_file_as_a_finding(run: Run, write: Write) -> None:
    bad = write("bad.ttl", "\n\nent:a ent:colour .")
    shown = run("check", bad, "--format", "json")
    assert shown.returncode == 2
    answer = json.loads(shown.stdout)
    assert answer["complete"] is False
    [only] = answer["findings"]
    assert (only["rule"], only["line"]) == ("unreadable-file", FIRST_LINE + 2)
    assert not only["message"].startswith(str(bad))


# ── the reasoner ──

IMPOSSIBLE = {
    "two disjoint classes": """
        ent:a a kg:Drug , kg:Organism .
        # ent:a is both kg:Intervention and kg:Organism, which are disjoint (ent:a a kg:Drug, a kind of kg:Intervention; ent:a a kg:Organism)
        # 1 / 1 ent:a a kg:Organism / kg:Intervention owl:disjointWith kg:Organism
    """,
    "a class and a range": """
        claim:c kg:inTaxon ent:a .
        ent:a a kg:Drug .
        # ent:a is both kg:Intervention and kg:Organism, which are disjoint (ent:a a kg:Drug, a kind of kg:Intervention; claim:c kg:inTaxon ent:a puts it into kg:Organism)
        # 2 / 1 claim:c kg:inTaxon ent:a / kg:Intervention owl:disjointWith kg:Organism
    """,
    "a class and a domain": """
        ent:a a kg:Entity .
        ent:a kg:inTaxon ent:mouse .
        # ent:a is both kg:Entity and kg:Claim, which are disjoint (ent:a a kg:Entity; ent:a kg:inTaxon ent:mouse puts it into kg:Claim)
        # 1 / 2 ent:a kg:inTaxon ent:mouse / kg:Entity owl:disjointWith kg:Claim
    """,
    "a relation to itself": """
        ent:likes a owl:IrreflexiveProperty .
        ent:a ent:likes ent:a .
        # ent:a ent:likes itself, which nothing can
        # 2
    """,
    "a relation both ways": """
        ent:holds a owl:AsymmetricProperty .
        ent:a ent:holds ent:b .
        ent:b ent:holds ent:a .
        # ent:a ent:holds ent:b and the other way round, which cannot both be
        # 2 / 3 ent:b ent:holds ent:a
    """,
    "two relations at once": """
        ent:holds owl:propertyDisjointWith ent:drops .
        ent:a ent:holds ent:b .
        ent:a ent:drops ent:b .
        # ent:a ent:holds ent:b and ent:drops it, which exclude each other
        # 2 / 3 ent:a ent:drops ent:b
    """,
    "a class without members": """
        ent:a a owl:Nothing .
        # ent:a is in owl:Nothing, which can have no member (ent:a a owl:Nothing)
        # 1
    """,
    "a class and its complement": """
        ent:Full owl:complementOf ent:Empty .
        ent:a a ent:Full , ent:Empty .
        # ent:a is both ent:Full and ent:Empty, which are complements (ent:a a ent:Full; ent:a a ent:Empty)
        # 2 / 2 ent:a a ent:Empty
    """,
    "the same and different": """
        ent:a owl:differentFrom ent:b .
        ent:a owl:sameAs ent:b .
        # ent:a is the same as ent:b and different from it
        # 2 / 1 ent:a owl:differentFrom ent:b
    """,
}


@pytest.mark.parametrize("text", IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_the_reasoner_says_what_is_impossible_and_which_triples_make_it_so(text: str) -> None:
    *lines, message, places = (line.strip() for line in text.strip().splitlines())
    told = {each.message: each for each in found("\n".join(lines), "inconsistent")}
    only = told[message.removeprefix("# ")]
    in_file = [place for place in only.places if place.file == "x.ttl"]
    shown = [f"{place.line - FIRST_LINE + 1} {place.what}".strip() for place in in_file[1:]]
    shown += [place.what for place in only.places[len(in_file) :]]
    assert " / ".join([str(only.line - FIRST_LINE + 1), *shown]) == places.removeprefix("# ")


def test_every_query_about_impossibilities_is_tried() -> None:
    from kg import reasoning

    queries = {path.stem for path in reasoning.QUERIES.glob("*.rq")} - {"why-member"}
    assert len(queries) == len(IMPOSSIBLE) - 2  # disjoint classes are tried three times


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("ent:a a kg:Drug , kg:Entity . ent:b a kg:Organism .", id="two things"),
        pytest.param(
            "ent:likes a owl:SymmetricProperty . ent:a ent:likes ent:a .", id="may like itself"
        ),
        pytest.param("ent:a rdfs:label 'Nothing' ; kg:line 5 .", id="texts and numbers"),
        pytest.param("", id="nothing"),
    ],
)
def test_the_reasoner_accepts_what_is_possible(text: str) -> None:
    assert found(text, "inconsistent") == []


def test_the_reasoner_points_at_blank_nodes() -> None:
    [only] = found("ent:a a kg:Drug .\n[] a kg:Drug , kg:Organism .", "inconsistent")
    assert (only.focus, only.line) == ("_:b1", FIRST_LINE + 1)


def test_the_bundled_graph_is_possible(run: Run) -> None:
    shown = run("check", "--only", "inconsistent")
    assert (shown.returncode, shown.stdout) == (0, "")


def test_without_the_reasoner_installed_the_answer_says_what_to_install(
    run: Run, write: Write, tmp_path: Path
) -> None:
    (tmp_path / "reasonable.py").write_text("raise ImportError('not here')")
    path = write("x.ttl", "ent:a a kg:Drug .")
    shown = run(
        "check",
        path,
        "--reason",
        PYTHONPATH=f"{tmp_path}{os.pathsep}{Path(__file__).parent.parent}",
    )
    assert shown.returncode == 2
    assert "pip install 'hairkg[reason]'" in shown.stderr
    assert "Traceback" not in shown.stderr
