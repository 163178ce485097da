"""The consistency rules as their folders give them.

    kg/rules/claim-without-evidence/
        rule.rq     what, why and how to mend it, in the leading comment; then a SELECT
        good.ttl    a graph the rule accepts
        bad.ttl     a graph it rejects; "# expect:" names the nodes it must find

A rule selects `?focus`, and may select `?predicate` and `?object` to name the guilty triple,
and `?other` (or `?other1`, `?other2` …) to name the things it clashes with; every variable
can be used in its `# message:` as `{variable}`. `?today` is bound to the day of the check.
Adding a folder adds the rule to `kg check`, to the tests and to `docs/rules.md`.

Here are also the names of findings that no query makes (`BUILT_IN`). Nothing here looks
into a graph; `kg/check.py` runs the rules.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg import resources, sparql
from kg.errors import RuleError, did_you_mean
from kg.findings import Severity

__all__ = ["BUILT_IN", "Rule", "missing_rule", "rule_at", "rule_files", "rule_named", "rules"]

HEADER = ("severity", "summary", "why", "fix", "message")
VARIABLE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Rule:
    """One consistency rule: what it finds, why that matters, how to mend it."""

    name: str
    severity: Severity
    summary: str
    why: str
    fix: str
    message: str = ""
    text: str = ""
    path: Path | None = None

    def told(self, values: dict[str, str]) -> str:
        """The message with the values of one row in it."""
        return VARIABLE.sub(lambda match: values[match[1]], self.message)

    @property
    def told_variables(self) -> set[str]:
        return set(VARIABLE.findall(self.message))


def rules(folders: Iterable[Path] = ()) -> list[Rule]:
    """Every rule, by name; raises RuleError where a header is incomplete."""
    return [rule_at(path) for path in rule_files(folders)]


def rule_files(folders: Iterable[Path] = ()) -> list[Path]:
    """The rule files of the package and of further folders, by name of the rule."""
    found = [path for folder in (resources.RULES, *folders) for path in folder.glob("*/rule.rq")]
    return sorted(found, key=lambda path: path.parent.name)


def rule_named(name: str, folders: Iterable[Path] = ()) -> Rule:
    """The rule of that name; raises RuleError with the nearest names."""
    paths = {path.parent.name: path for path in rule_files(folders)}
    if name in paths:
        return rule_at(paths[name])
    if name in BUILT_IN:
        return BUILT_IN[name]
    raise RuleError(missing_rule(name, [*paths, *BUILT_IN]))


def missing_rule(name: str, known: Iterable[str]) -> str:
    """What to say of a name that no rule has."""
    guess = did_you_mean(name, known)
    return f"No rule is called {name!r}.{guess} List them with: kg check --list"


def rule_at(path: Path) -> Rule:
    """The rule of one file; raises RuleError where the header is wrong."""
    text = _text(path)
    header = sparql.header_of(text)
    missing = [key for key in HEADER if not header.get(key)]
    if missing:
        raise RuleError(
            f"{path}: the header lacks {', '.join(missing)}. "
            "See docs/check.md, or copy a rule of kg/rules/."
        )
    if header["severity"] not in set(Severity):
        raise RuleError(
            f"{path}: severity is {header['severity']!r}; write one of {', '.join(Severity)}."
        )
    return Rule(
        name=path.parent.name,
        severity=Severity(header["severity"]),
        text=text,
        path=path,
        **{key: header[key] for key in HEADER if key != "severity"},
    )


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(f"{path}: cannot be read ({error}).") from error


def _built_in() -> Iterator[Rule]:
    yield Rule(
        "unreadable-file",
        Severity.ERROR,
        "A file is not Turtle, so nothing in it was checked.",
        "One wrong character hides every other mistake in the file.",
        "Mend the line that is named, then run the check again.",
    )
    yield Rule(
        "rule-broken",
        Severity.ERROR,
        "A rule has an incomplete header, or a query that cannot be answered.",
        "A rule that does not run finds nothing, which looks like a graph without that mistake.",
        "Mend the rule file that is named; kg check --only RULE runs it alone.",
    )
    yield Rule(
        "rule-timeout",
        Severity.ERROR,
        "A rule was stopped because it took too long.",
        "A rule that does not end finds nothing, which looks like a graph without that mistake.",
        "Give it more time with --timeout, or make its query cheaper.",
    )
    yield Rule(
        "idle-suppression",
        Severity.WARNING,
        "A suppression hides nothing.",
        "What it excused was mended, or its rule or thing is misspelt. Left alone, it will hide "
        "the next mistake that nobody has judged.",
        "Delete the suppression, or correct kg:ofRule or kg:suppresses.",
    )
    yield Rule(
        "inconsistent",
        Severity.ERROR,
        "The vocabulary forbids what follows from the data (only with --reason).",
        "What is both a molecule and an organism is a wrong word somewhere: in the data, or in the "
        "domain, range or class tree of the vocabulary. A reasoner concludes anything from it.",
        "Look at the triples that are named; one of them says more than was meant.",
    )


BUILT_IN = {rule.name: rule for rule in _built_in()}
