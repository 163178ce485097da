"""Consistency: is the graph well formed, and does it mean what it says?

    file ──▶ syntax ──▶ shapes (ontology/shapes.ttl) ──▶ rules (kg/rules/NAME/) ──▶ findings

    kg/rules/claim-without-evidence/
        rule.rq     what, why and how to mend it, in the leading comment; then a SELECT
        good.ttl    a graph the rule accepts
        bad.ttl     a graph it rejects; "# expect:" names the nodes it must find

A rule selects `?focus`, and may select `?predicate` and `?object` to name the guilty
triple; any other variable can be used in its `# message:` as `{variable}`.
Adding a folder adds the rule to `kg check`, to the tests and to `docs/rules.md`.

Places are looked up only when there is something to report.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from kg import resources, sparql, terms, turtle
from kg.errors import QueryError, RuleError
from kg.store import OxigraphStore, Term, file_bytes

__all__ = [
    "Finding",
    "Rule",
    "Severity",
    "check_file",
    "check_text",
    "findings_of",
    "rule_named",
    "rules",
]


class Severity(StrEnum):
    """How much a finding matters; only an error fails a check."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Rule:
    """One consistency rule, as its folder gives it."""

    name: str
    severity: Severity
    summary: str
    why: str
    fix: str
    message: str
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong, where, and by which rule; line and column are 0 until placed."""

    rule: str
    severity: Severity
    focus: str
    message: str
    predicate: str = ""
    value: str = ""
    file: str = ""
    line: int = 0
    column: int = 0

    @property
    def sort_key(self) -> tuple[str, int, str, str]:
        return (self.file, self.line, self.rule, self.focus)


def rules() -> list[Rule]:
    """Every rule, by name; raises RuleError where a header is incomplete."""
    return [_rule(path) for path in sorted(resources.RULES.glob("*/rule.rq"))]


def rule_named(name: str) -> Rule:
    """The rule of that name; raises RuleError with the nearest names."""
    for rule in rules():
        if rule.name == name:
            return rule
    from difflib import get_close_matches  # noqa: PLC0415 - only a miss needs it

    near = get_close_matches(name, [rule.name for rule in rules()], n=1)
    guess = f" Did you mean {near[0]!r}?" if near else ""
    raise RuleError(f"No rule is called {name!r}.{guess} List them with: kg check --list")


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
    store = OxigraphStore()
    store.load(text, name)
    found = list(_shape_findings(text)) if chosen is None else []
    store.load(resources.ONTOLOGY.read_bytes(), str(resources.ONTOLOGY))
    for rule in rules() if chosen is None else chosen:
        found += findings_of(rule, store, as_of)
    return sorted(_placed(found, text, name), key=lambda finding: finding.sort_key)


def findings_of(rule: Rule, store: OxigraphStore, as_of: date | None = None) -> Iterator[Finding]:
    """What one rule finds, without places."""
    bindings = {}
    if "?today" in rule.text:
        day = (as_of or date.today()).isoformat()
        bindings["today"] = ox.Literal(day, datatype=ox.NamedNode(terms.XSD + "date"))
    try:
        table = store.select(rule.text, bindings)
    except QueryError as error:
        raise RuleError(f"kg/rules/{rule.name}/rule.rq: {error}") from error
    if "focus" not in table.columns:
        raise RuleError(f"kg/rules/{rule.name}/rule.rq: selects no ?focus.")
    for row in table:
        values = dict(zip(table.columns, row, strict=True))
        shown = {column: _shown(term) for column, term in values.items()}
        yield Finding(
            rule=rule.name,
            severity=rule.severity,
            focus=_key(values["focus"]),
            predicate=_key(values.get("predicate")),
            value=str(values["object"]) if values.get("object") is not None else "",
            message=rule.message.format(**shown),
        )


def _rule(path: Path) -> Rule:
    text = path.read_text(encoding="utf-8")
    header = sparql.header_of(text)
    wanted = ("severity", "summary", "why", "fix", "message")
    missing = [key for key in wanted if not header.get(key)]
    if missing:
        raise RuleError(f"{path}: the header lacks {', '.join(missing)}. See kg/check.py.")
    if header["severity"] not in set(Severity):
        raise RuleError(
            f"{path}: severity is {header['severity']!r}; write one of {', '.join(Severity)}."
        )
    return Rule(
        name=path.parent.name,
        severity=Severity(header["severity"]),
        text=text,
        **{key: header[key] for key in wanted if key != "severity"},
    )


@cache
def _shapes() -> "shacl.Shapes":  # type: ignore[name-defined]  # noqa: F821 - imported below, when needed
    import shacl  # noqa: PLC0415 - only a check needs it

    return shacl.Shapes.from_file(str(resources.SHAPES))


def _shape_findings(text: bytes) -> Iterator[Finding]:
    report = _shapes().validate_turtle(text.decode("utf-8"))
    for result in report.results:
        shape = terms.shortened(result.root_shape.strip("<>")).rpartition("/")[2]
        given = f" (here: {_shown_text(result.value)})" if result.value else ""
        yield Finding(
            rule=f"shape-{shape}",
            severity=Severity.ERROR,
            focus=result.focus_node.strip("<>"),
            predicate=(result.path or "").strip("<>"),
            value=result.value or "",
            message=f"{result.message}{given}",
        )


def _placed(found: list[Finding], text: bytes, name: str) -> Iterator[Finding]:
    """The same findings with file, line and column."""
    if not found:
        return
    exact: dict[tuple[str, str, str], turtle.Place] = {}
    by_predicate: dict[tuple[str, str], turtle.Place] = {}
    by_subject: dict[str, turtle.Place] = {}
    for triple, place in turtle.places(text).items():
        subject, predicate = _key(triple.subject), triple.predicate.value
        exact[subject, predicate, str(triple.object)] = place
        by_predicate.setdefault((subject, predicate), place)
        by_subject.setdefault(subject, place)
    for finding in found:
        place = (
            exact.get((finding.focus, finding.predicate, finding.value))
            or by_predicate.get((finding.focus, finding.predicate))
            or by_subject.get(finding.focus)
            or turtle.Place(1, 1)
        )
        yield replace(finding, file=name, line=place.line, column=place.column)


def _key(term: Term | None) -> str:
    if term is None:
        return ""
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _shown(term: Term | None) -> str:
    if term is None:
        return ""
    if isinstance(term, ox.Literal):
        return term.value
    return terms.shortened(_key(term))


def _shown_text(spelled: str) -> str:
    """A term as the shapes engine spells it, shorter."""
    return terms.shortened(spelled.strip("<>")) if spelled.startswith("<") else spelled
