"""Consistency: is the graph well formed, and does it mean what it says?

    file ──▶ syntax ──▶ shapes (ontology/shapes.ttl) ─┐
                   ├──▶ rules (kg/rules/NAME/)  ──────┼──▶ suppressions ──▶ places ──▶ findings
                   └──▶ reasoner (when asked)  ───────┘

`plan_of` says what is to run, `check_file` and `check_text` run it. Shapes and rules run in
processes that can be stopped (`kg/stoppable.py`): a rule that is broken, crashes or takes too
long is a finding, and the others still answer.

What a rule looks like is in `kg/rulebook.py`, what a finding is in `kg/findings.py`, how
findings are written in `kg/finding_formats.py`. Places are looked up only when there is
something to report.
"""

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import TypeAlias

import pyoxigraph as ox

from kg import resources, stoppable, suppression, terms
from kg.errors import DataError, QueryError, RuleError
from kg.findings import Finding, Location, Severity, grouped
from kg.placing import CheckedGraph, key, loaded, loaded_with_blank_nodes, spelled_again
from kg.rulebook import BUILT_IN, Rule, missing_rule, rule_at, rule_files, rule_named, rules
from kg.store import OxigraphStore, Term, file_bytes
from kg.suppression import Suppressed

__all__ = [
    "Checked",
    "Finding",
    "Location",
    "Plan",
    "Rule",
    "Severity",
    "check_file",
    "check_text",
    "checked_file",
    "checked_text",
    "findings_of",
    "grouped",
    "plan_of",
    "rule_named",
    "rules",
    "shape_names",
    "unreadable",
]

SECONDS_PER_RULE = 10.0
REASONER_TAKES = 12  # times as long as a rule may
MOST_LANES = 4
SHAPE = terms.BASE + "shape/"
SHAPES = Rule("shapes", Severity.ERROR, "", "", "", path=resources.SHAPES)  # all of them, as one
Task: TypeAlias = tuple[Rule, Callable[[], list[Finding]]]
PLACE = re.compile(r"(\d+):(\d+): ")
QUERY_PLACE = re.compile(r"error at (\d+):(\d+)")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a check runs, and for how long."""

    rules: tuple[Rule, ...]
    shapes: bool = True
    reasoner: bool = False
    seconds: float = SECONDS_PER_RULE
    broken: tuple[Finding, ...] = ()
    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()

    def runs(self, name: str) -> bool:
        """Whether that rule or shape is looked for."""
        # What a suppression has to hide is known only when every rule has run.
        chosen = not self.only or any(_covers(each, name) for each in self.only)
        everything = "idle-suppression" in self.only
        return (chosen or everything) and not self._skips(name)

    def shows(self, name: str) -> bool:
        """Whether findings of that name are told; those about the check itself always are."""
        chosen = not self.only or any(_covers(each, name) for each in self.only)
        return (chosen or name in BUILT_IN) and not self._skips(name)

    def _skips(self, name: str) -> bool:
        return any(_covers(each, name) for each in self.skip)


@dataclass(frozen=True, slots=True)
class Checked:
    """The findings on one file, in the order of its lines, and those that it excuses itself."""

    findings: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...] = ()


def plan_of(
    only: Iterable[str] = (),
    skip: Iterable[str] = (),
    folders: Iterable[Path] = (),
    *,
    reasoner: bool = False,
    seconds: float = SECONDS_PER_RULE,
) -> Plan:
    """What to run: everything, or `only` some rules and shapes, without those to `skip`.

    `shape-evidence` stands for all shapes of evidence. Raises RuleError for an unknown name;
    a rule file that cannot be read is a finding of the plan.
    """
    chosen = Plan((), only=tuple(only), skip=tuple(skip))
    paths = rule_files(folders)
    for name in (*chosen.only, *chosen.skip):
        _known(name, [path.parent.name for path in paths])
    read = [_read_rule(path) for path in paths if chosen.runs(path.parent.name)]
    return replace(
        chosen,
        rules=tuple(each for each in read if isinstance(each, Rule)),
        broken=tuple(each for each in read if isinstance(each, Finding)),
        shapes=any(chosen.runs(name) for name in shape_names()) if chosen.only else True,
        reasoner=reasoner or "inconsistent" in chosen.only,
        seconds=seconds,
    )


def check_file(
    path: Path, chosen: Iterable[Rule] | None = None, as_of: date | None = None
) -> list[Finding]:
    """What is wrong in a graph file, in the order of its lines.

    Raises DataError where the file cannot be read or is not Turtle.
    """
    return check_text(file_bytes(path), str(path), chosen, as_of)


def check_text(
    text: bytes, name: str, chosen: Iterable[Rule] | None = None, as_of: date | None = None
) -> list[Finding]:
    """What is wrong in a Turtle text; `chosen` limits the rules and then leaves the shapes out."""
    if chosen is None:
        return list(checked_text(text, name, plan_of(), as_of).findings)
    few = tuple(chosen)
    plan = Plan(few, shapes=False, only=tuple(rule.name for rule in few))
    return list(checked_text(text, name, plan, as_of).findings)


def checked_file(path: Path, plan: Plan, as_of: date | None = None) -> Checked:
    """What a plan finds in a file; raises DataError where it cannot be read or is not Turtle."""
    return checked_text(file_bytes(path), str(path), plan, as_of)


def checked_text(text: bytes, name: str, plan: Plan, as_of: date | None = None) -> Checked:
    """What a plan finds in a Turtle text, with places, and what the text itself suppresses."""
    today = as_of or date.today()
    graph = loaded(text, name)
    found = [*plan.broken, *_found(graph, plan, today)]
    if any(finding.focus.startswith("_:") for finding in found):
        graph = loaded_with_blank_nodes(text, name)
        found = [*plan.broken, *_found(graph, plan, today)]
    failed = {finding.focus for finding in found if finding.rule in {"rule-broken", "rule-timeout"}}
    shown, hidden = suppression.apply(
        found, graph.suppressions, today, lambda rule: plan.runs(rule) and rule not in failed
    )
    wanted = [finding for finding in shown if plan.shows(finding.rule)]
    placed = _placed([*wanted, *(each.finding for each in hidden)], graph)
    return Checked(
        tuple(sorted(placed[: len(wanted)], key=lambda finding: finding.sort_key)),
        tuple(
            replace(each, finding=finding)
            for each, finding in zip(hidden, placed[len(wanted) :], strict=True)
        ),
    )


def unreadable(path: Path, error: DataError) -> Finding:
    """A finding that says of a file what the error says, at the place where reading ended."""
    message = str(error).removeprefix(f"{path}:").strip()
    match = PLACE.match(message)
    line, column = (int(match[1]), int(match[2])) if match else (1, 1)
    message = message[match.end() :] if match else message
    place = Location(str(path), line, column)
    rule = BUILT_IN["unreadable-file"]
    return Finding(rule.name, rule.severity, focus=str(path), message=message, places=(place,))


def shape_names() -> list[str]:
    """The names of the shapes, as findings have them: `shape-evidence-direction`."""
    quads = ox.parse(path=str(resources.SHAPES), format=ox.RdfFormat.TURTLE)
    named = {q.subject.value for q in quads if isinstance(q.subject, ox.NamedNode)}
    return sorted("shape-" + iri.removeprefix(SHAPE) for iri in named if iri.startswith(SHAPE))


def findings_of(rule: Rule, store: OxigraphStore, as_of: date | None = None) -> Iterator[Finding]:
    """What one rule finds, without places; raises RuleError where the rule is wrong."""
    bindings = {}
    if "?today" in rule.text:
        day = (as_of or date.today()).isoformat()
        bindings["today"] = ox.Literal(day, datatype=ox.NamedNode(terms.XSD + "date"))
    try:
        table = store.select(rule.text, bindings)
    except QueryError as error:
        raise RuleError(f"{_home_of(rule)}: {error}") from error
    unknown = sorted({"focus", *rule.told_variables} - set(table.columns))
    if unknown:
        raise RuleError(f"{_home_of(rule)}: selects no ?{', no ?'.join(unknown)}.")
    others = [column for column in table.columns if re.fullmatch(r"other\d*", column)]
    for row in table:
        values = dict(zip(table.columns, row, strict=True))
        yield Finding(
            rule=rule.name,
            severity=rule.severity,
            focus=key(values["focus"]),
            predicate=key(values.get("predicate")),
            value=str(values["object"]) if values.get("object") is not None else "",
            others=tuple(key(values[column]) for column in others if values[column] is not None),
            message=rule.told({column: _shown(term) for column, term in values.items()}),
        )


def _found(graph: CheckedGraph, plan: Plan, today: date) -> list[Finding]:
    """Everything the plan finds, without places and before suppression."""
    rule_tasks: list[Task] = [
        (rule, partial(_rule_findings, rule, graph.store, today)) for rule in plan.rules
    ]
    shape_tasks: list[Task] = [(SHAPES, partial(_shape_findings, graph.text))] * plan.shapes
    # The engine of the shapes waits forever in a copy of a process that has used it already.
    shapes_here = "shacl" in sys.modules
    lanes = _lanes(rule_tasks, beside=plan.shapes and not shapes_here)
    if shapes_here:
        told = list(map(_told, shape_tasks, stoppable.outcomes_here([t for _, t in shape_tasks])))
    else:
        told = []
        lanes = [shape_tasks, *lanes]
    outcomes = stoppable.outcomes([[task for _, task in lane] for lane in lanes], plan.seconds)
    for lane, answers in zip(lanes, outcomes, strict=True):
        told += map(_told, lane, answers)
    if plan.reasoner:
        told.append(_reasoned(graph, plan.seconds * REASONER_TAKES))
    return [finding for each in told for finding in each]


def _lanes(tasks: list[Task], *, beside: bool) -> list[list[Task]]:
    """The tasks dealt out to as many processes as there are processors to spare."""
    affinity = getattr(os, "sched_getaffinity", None)
    processors = len(affinity(0)) if affinity else os.cpu_count() or 1
    number = max(1, min(MOST_LANES, processors - beside))
    return [tasks[start::number] for start in range(number)]


def _reasoned(graph: CheckedGraph, seconds: float) -> list[Finding]:
    from kg import reasoning  # noqa: PLC0415 - its engine is optional, and costs a second

    reasoning.require()
    rule = replace(BUILT_IN["inconsistent"], path=Path(graph.name))
    task: Task = (rule, partial(reasoning.inconsistencies, graph))
    [[outcome]] = stoppable.outcomes([[task[1]]], seconds)
    return _told(task, outcome)


def _told(task: Task, outcome: stoppable.Outcome[list[Finding]]) -> list[Finding]:
    """What the task of a rule found, or how it failed."""
    rule = task[0]
    if isinstance(outcome, list):
        return outcome
    if isinstance(outcome, stoppable.TimedOut):
        why = f"did not end within {outcome.seconds:g} s and was stopped; the other rules have run"
        return [_failure("rule-timeout", rule.name, rule.path, why)]
    why = outcome.why.removeprefix("RuleError: ")
    return [_failure("rule-broken", rule.name, rule.path, why)]


def _failure(kind: str, name: str, path: Path | None, why: str) -> Finding:
    match = QUERY_PLACE.search(why)
    line, column = (int(match[1]), int(match[2])) if match else (1, 1)
    place = Location(str(path or resources.RULES / name), line, column)
    message = f"{name}: {why.removeprefix(f'{path}: ')}"
    return Finding(kind, BUILT_IN[kind].severity, focus=name, message=message, places=(place,))


def _read_rule(path: Path) -> Rule | Finding:
    try:
        return rule_at(path)
    except RuleError as error:
        return _failure("rule-broken", path.parent.name, path, str(error))


def _rule_findings(rule: Rule, store: OxigraphStore, today: date) -> list[Finding]:
    return list(findings_of(rule, store, today))


@cache
def _shapes() -> "shacl.Shapes":  # type: ignore[name-defined]  # noqa: F821 - imported below, when needed
    import shacl  # noqa: PLC0415 - only a check needs it

    return shacl.Shapes.from_file(str(resources.SHAPES))


def _shape_findings(text: bytes) -> list[Finding]:
    report = _shapes().validate_turtle(text.decode("utf-8"))
    return [_shape_finding(result) for result in report.results]


def _shape_finding(result: "shacl.Result") -> Finding:  # type: ignore[name-defined]  # noqa: F821 - imported above, when needed
    shape = result.root_shape.strip("<>").removeprefix(SHAPE)
    value = _spelled(result.value)
    given = f" (here: {_shown_text(value)})" if value else ""
    return Finding(
        rule=f"shape-{shape}",
        severity=Severity.ERROR,
        focus=spelled_again(result.focus_node),
        predicate=(result.path or "").strip("<>"),
        value=value,
        message=f"{result.message}{given}",
    )


def _spelled(value: str | None) -> str:
    """A value as the parser spells it: blank nodes by their name."""
    again = spelled_again(value or "")
    return again if again.startswith("_:") else value or ""


def _placed(found: list[Finding], graph: CheckedGraph) -> list[Finding]:
    """The same findings, with the places of those that do not say them themselves."""
    unplaced = [each for each in found if not each.places]
    places = iter(graph.placed(unplaced))
    return [each if each.places else replace(each, places=next(places)) for each in found]


def _known(name: str, files: list[str]) -> None:
    """Raise RuleError where neither a rule, nor a shape, nor a finding of ours has the name."""
    if name in files or name in BUILT_IN:
        return
    shapes = shape_names() if name.startswith("shape-") else []
    if not any(_covers(name, shape) for shape in shapes):
        raise RuleError(missing_rule(name, [*files, *BUILT_IN, *shapes]))


def _covers(given: str, name: str) -> bool:
    return name == given or (given.startswith("shape-") and name.startswith(f"{given}-"))


def _home_of(rule: Rule) -> str:
    return str(rule.path or f"kg/rules/{rule.name}/rule.rq")


def _shown(term: Term | None) -> str:
    if term is None:
        return ""
    if isinstance(term, ox.Literal):
        return term.value
    return terms.shortened(key(term))


def _shown_text(spelled: str) -> str:
    """A term as the shapes engine spells it, shorter."""
    return terms.shortened(spelled.strip("<>")) if spelled.startswith("<") else spelled
