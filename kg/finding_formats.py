"""Findings as text for people, and as JSON, SARIF, JUnit and GitHub annotations for machines.

Each format is a function from a `Report` to text; `FORMATS` names them, and a new one is a
new function there. The JSON is described by `kg/schemas/findings-1.schema.json`, the SARIF by
the OASIS schema of SARIF 2.1.0. What a user should know of them is in docs/check.md.

Text of the graph is not trusted: control and direction characters are shown as escapes
wherever a terminal, a log or an XML parser would act on them.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from kg.findings import Finding, Location, Severity
from kg.results import printable
from kg.rulebook import BUILT_IN, Rule
from kg.suppression import Suppressed

__all__ = [
    "FORMATS",
    "INCOMPLETE",
    "Report",
    "as_json",
    "github",
    "junit",
    "sarif",
    "shown_path",
    "text",
]

JSON_VERSION = 1
SARIF_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
SARIF_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
GITHUB_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
INCOMPLETE = frozenset({"unreadable-file", "rule-broken", "rule-timeout"})

Json: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Report:
    """What is to be told: the findings on some files, and the rules that looked for them."""

    files: tuple[str, ...]
    rules: tuple[Rule, ...]
    findings: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...] = ()
    version: str = ""
    shapes: bool = True

    @property
    def is_complete(self) -> bool:
        """Whether every file was read and every rule came to its end."""
        return not any(finding.rule in INCOMPLETE for finding in self.findings)


def shown_path(path: str, *, relative: bool = True) -> str:
    """A path as it can be written anywhere, from the working folder where it lies below it."""
    shown = path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    if relative:
        try:
            return Path(shown).absolute().relative_to(Path.cwd()).as_posix()
        except (OSError, ValueError):
            return shown
    return shown


def text(report: Report) -> str:
    """One finding, one line: `file:line:column: severity: message [rule]`."""
    return "".join(f"{_line(finding)}\n" for finding in report.findings)


def as_json(report: Report) -> str:
    """Every finding with all that is known of it."""
    import json  # noqa: PLC0415 - text, the common form, needs none of it

    told = {
        "version": JSON_VERSION,
        "complete": report.is_complete,
        "files": list(report.files),
        "findings": [_json_of(finding) for finding in report.findings],
        "suppressed": [
            {
                **_json_of(each.finding),
                "by": each.by.iri,
                "reason": each.by.reason,
                "expires": str(each.by.expires),
            }
            for each in report.suppressed
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def sarif(report: Report) -> str:
    """SARIF 2.1.0, as code scanning takes it; suppressed findings are in it, marked as such."""
    import json  # noqa: PLC0415 - text, the common form, needs none of it

    hidden = [each.finding for each in report.suppressed]
    rules = _rules_told(report, [*report.findings, *hidden])
    index = {rule.name: number for number, rule in enumerate(rules)}
    results = [_sarif_result(finding, index) for finding in report.findings]
    results += [
        {
            **_sarif_result(each.finding, index),
            "suppressions": [{"kind": "inSource", "justification": each.by.reason}],
        }
        for each in report.suppressed
    ]
    driver = {
        "name": "kg check",
        "version": report.version,
        "rules": [_sarif_rule(rule) for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": report.is_complete}],
        "results": results,
    }
    log = {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def junit(report: Report) -> str:
    """JUnit XML: a suite for each file, a case for each rule; only an error is a failure."""
    from xml.etree import ElementTree as Xml  # noqa: PLC0415 - only this form needs it

    root = Xml.Element("testsuites", name="kg check")
    total = {"tests": 0, "failures": 0, "errors": 0}
    for file, found in _by_file(report):
        counts = dict.fromkeys(total, 0)
        suite = Xml.SubElement(root, "testsuite", name=_xml(file))
        for name, alike in _by_rule(report, found, quiet_ones=file in report.files):
            counts["tests"] += 1
            case = Xml.SubElement(suite, "testcase", classname=_xml(file), name=_xml(name))
            errors = [each for each in alike if each.severity is Severity.ERROR]
            if errors:
                kind = "error" if name in INCOMPLETE else "failure"
                counts[f"{kind}s"] += 1
                head = {"type": name, "message": _xml(errors[0].message)}
                Xml.SubElement(case, kind, head).text = _xml_lines(errors)
            others = [each for each in alike if each.severity is not Severity.ERROR]
            if others:
                Xml.SubElement(case, "system-out").text = _xml_lines(others)
        for key, number in counts.items():
            suite.set(key, str(number))
            total[key] += number
    for key, number in total.items():
        root.set(key, str(number))
    Xml.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(root, "unicode") + "\n"


def github(report: Report) -> str:
    """Workflow commands that GitHub shows beside the line of a pull request."""
    return "".join(f"{_github_line(finding)}\n" for finding in report.findings)


FORMATS: dict[str, Callable[[Report], str]] = {
    "text": text,
    "json": as_json,
    "sarif": sarif,
    "junit": junit,
    "github": github,
}


def _line(finding: Finding) -> str:
    place = f"{printable(finding.file)}:{finding.line}:{finding.column}"
    message = printable(finding.message) + _also(finding)
    return f"{place}: {finding.severity}: {message} [{finding.rule}]"


def _also(finding: Finding) -> str:
    """How often it was found, and where else to look, in brackets."""
    counted = [f"{finding.count} times"] if finding.count > 1 else []
    also = ", ".join(_also_at(place, finding.file) for place in finding.places[1:])
    told = "; ".join([*counted, *([f"also {also}"] if also else [])])
    return f" ({told})" if told else ""


def _also_at(place: Location, file: str) -> str:
    elsewhere = "" if place.file == file else f"{printable(place.file)}:"
    named = f"{printable(place.what)} " if place.what else ""
    return f"{named}at {elsewhere}{place.line}:{place.column}"


def _json_of(finding: Finding) -> Json:
    return {
        "rule": finding.rule,
        "severity": str(finding.severity),
        "message": finding.message,
        "focus": finding.focus,
        "predicate": finding.predicate,
        "value": finding.value,
        "file": finding.file,
        "line": finding.line,
        "column": finding.column,
        "count": finding.count,
        "places": [
            {"file": each.file, "line": each.line, "column": each.column, "what": each.what}
            for each in finding.places
        ],
    }


def _rules_told(report: Report, found: Iterable[Finding]) -> list[Rule]:
    """The rules that ran, and one made up for each other name that a finding has."""
    rules = {rule.name: rule for rule in report.rules}
    for finding in found:
        if finding.rule not in rules:
            rules[finding.rule] = BUILT_IN.get(finding.rule) or _shape_rule(finding)
    return [rules[name] for name in sorted(rules)]


def _shape_rule(finding: Finding) -> Rule:
    summary = finding.message.partition(" (here: ")[0]
    name = finding.rule.removeprefix("shape-")
    return Rule(
        name=finding.rule,
        severity=finding.severity,
        summary=summary,
        why="The form of every record is laid down in ontology/shapes.ttl.",
        fix=f"Write the record as the shape {name} in ontology/shapes.ttl asks.",
    )


def _sarif_rule(rule: Rule) -> Json:
    return {
        "id": rule.name,
        "name": "".join(part.title() for part in rule.name.split("-")),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": f"{rule.summary} {rule.why}"},
        "help": {
            "text": f"{rule.why}\n\nMend it: {rule.fix}",
            "markdown": f"{rule.why}\n\n**Mend it:** {rule.fix}",
        },
        "defaultConfiguration": {"level": SARIF_LEVELS[rule.severity]},
        "properties": {"problem.severity": _problem_severity(rule.severity)},
    }


def _problem_severity(severity: Severity) -> str:
    """The word that code scanning uses."""
    return "recommendation" if severity is Severity.INFO else str(severity)


def _sarif_result(finding: Finding, index: dict[str, int]) -> Json:
    first, *others = finding.places or (Location(""),)
    result: Json = {
        "ruleId": finding.rule,
        "ruleIndex": index[finding.rule],
        "level": SARIF_LEVELS[finding.severity],
        "message": {"text": finding.message + _also(finding)},
        "locations": [
            {
                "physicalLocation": _physical(first),
                "logicalLocations": [{"fullyQualifiedName": finding.focus}],
            }
        ],
        "partialFingerprints": {"kgFinding/v1": _fingerprint(finding)},
    }
    if others:
        result["relatedLocations"] = [
            {
                "id": number,
                "physicalLocation": _physical(place),
                "message": {"text": place.what or "the same"},
            }
            for number, place in enumerate(others, 1)
        ]
    if finding.count > 1:
        result["occurrenceCount"] = finding.count
    return result


def _physical(place: Location) -> Json:
    return {
        "artifactLocation": _artifact(place.file),
        "region": {"startLine": place.line, "startColumn": place.column},
    }


def _artifact(file: str) -> Json:
    from urllib.parse import quote  # noqa: PLC0415 - only SARIF needs it

    path = shown_path(file)
    if Path(path).is_absolute():
        return {"uri": "file://" + quote(Path(path).as_posix())}
    return {"uri": quote(path), "uriBaseId": "%SRCROOT%"}


def _fingerprint(finding: Finding) -> str:
    """The same for the same mistake wherever it moves in the file."""
    import hashlib  # noqa: PLC0415 - only SARIF needs it

    said = f"{finding.rule}\n{finding.focus}\n{finding.predicate}\n{finding.value}"
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:32]


def _by_file(report: Report) -> Iterator[tuple[str, list[Finding]]]:
    """The findings of each file that was checked, and of rule files that are wrong."""
    found: dict[str, list[Finding]] = {file: [] for file in report.files}
    for finding in report.findings:
        found.setdefault(finding.file, []).append(finding)
    yield from found.items()


def _by_rule(
    report: Report, found: list[Finding], *, quiet_ones: bool
) -> list[tuple[str, list[Finding]]]:
    """The findings by rule; for the quiet ones, which found nothing, an empty list."""
    by_rule: dict[str, list[Finding]] = {}
    for finding in found:
        by_rule.setdefault(finding.rule, []).append(finding)
    failed = {finding.focus for finding in report.findings if finding.rule in INCOMPLETE}
    ran = [rule.name for rule in report.rules if rule.name not in failed] if quiet_ones else []
    if report.shapes and quiet_ones and not any(name.startswith("shape-") for name in by_rule):
        ran.append("shapes")
    return sorted({**{name: [] for name in ran}, **by_rule}.items())


def _xml(words: str) -> str:
    """Text without the characters that no XML may contain."""
    return printable(words).replace("\ufffe", "\\u{fffe}").replace("\uffff", "\\u{ffff}")


def _xml_lines(found: Iterable[Finding]) -> str:
    return "\n".join(_xml(_line(finding)) for finding in found)


def _github_line(finding: Finding) -> str:
    settings = {
        "file": shown_path(finding.file),
        "line": str(finding.line),
        "col": str(finding.column),
        "title": finding.rule,
    }
    told = ",".join(f"{name}={_property(value)}" for name, value in settings.items())
    return f"::{GITHUB_LEVELS[finding.severity]} {told}::{_data(finding.message + _also(finding))}"


def _data(words: str) -> str:
    """A message as GitHub's workflow commands spell it, on one line."""
    escaped = words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return printable(escaped)


def _property(words: str) -> str:
    return _data(words).replace(":", "%3A").replace(",", "%2C")
