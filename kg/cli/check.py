"""`kg check`: consistency of graph files."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import click

from kg import __version__, resources
from kg.check import (
    SECONDS_PER_RULE,
    Checked,
    Finding,
    Plan,
    Severity,
    checked_file,
    grouped,
    plan_of,
    unreadable,
)
from kg.cli import FINDINGS, WRONG_INPUT
from kg.cli._options import format_option
from kg.errors import DataError
from kg.finding_formats import FORMATS, INCOMPLETE, Report, shown_path
from kg.results import counted
from kg.rulebook import BUILT_IN, Rule, rule_named, rules
from kg.suppression import Suppressed


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--only", multiple=True, metavar="RULE", help="Run only this rule (repeatable).")
@click.option("--skip", multiple=True, metavar="RULE", help="Leave this rule out (repeatable).")
@click.option(
    "--severity",
    type=click.Choice([str(each) for each in Severity]),
    default=str(Severity.WARNING),
    show_default=True,
    help="Show findings from this severity up; the last line counts all.",
)
@click.option("--all", "every", is_flag=True, help="Show each finding, also those of one cause.")
@click.option("--reason", is_flag=True, help="Also look for contradictions with a reasoner.")
@click.option(
    "--rules",
    "folders",
    multiple=True,
    metavar="FOLDER",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Also run the rules in this folder (repeatable).",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0),
    default=SECONDS_PER_RULE,
    show_default=True,
    metavar="SECONDS",
    help="Stop a rule that takes more processor time; 0 for no limit.",
)
@click.option("--list", "listing", is_flag=True, help="List the rules and stop.")
@click.option("--explain", metavar="RULE", help="Say what a rule is for, and stop.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Judge dates as on this day.")
@format_option(*FORMATS)
def check(  # noqa: PLR0913, PLR0917 - one parameter per option
    files: tuple[Path, ...],
    only: tuple[str, ...],
    skip: tuple[str, ...],
    severity: str,
    every: bool,  # noqa: FBT001 - click passes flags so
    reason: bool,  # noqa: FBT001 - the same
    folders: tuple[Path, ...],
    timeout: float,
    listing: bool,  # noqa: FBT001 - the same
    explain: str | None,
    as_of: datetime | None,
    form: str,
) -> None:
    """Check graph files against the shapes and the consistency rules.

    RULE is the name in brackets behind a finding; shape-evidence stands for all
    shapes of evidence. Exits 0 when no error is found, 1 when there is one, and 2
    when a file cannot be read or a rule could not run to its end. Warnings are
    printed and do not fail.

    \b
    Examples:
      kg check
      kg check data/triples.ttl --only claim-without-evidence
      kg check --severity error --format github
      kg check --format sarif > kg.sarif
      kg check --explain mechanism-sign
    """
    if listing or explain:
        click.echo(_explained(rule_named(explain, folders)) if explain else _listed(folders))
        return
    plan = plan_of(only, skip, folders, reasoner=reason, seconds=timeout)
    paths = files or (resources.TRIPLES,)
    answers, errors = _answers(paths, plan, as_of.date() if as_of else None)
    typed = {str(path) for path in files}
    found = [_shown(each, typed) for checked in answers for each in checked.findings]
    if form == "text":
        found = [each for each in found if each.rule != "unreadable-file"]
    told = [each for each in found if each.severity.rank <= Severity(severity).rank]
    told = told if every else grouped(told)
    hidden = [each for checked in answers for each in checked.suppressed]
    report = Report(
        files=tuple(shown_path(str(path), relative=str(path) not in typed) for path in paths),
        rules=plan.rules,
        findings=tuple(told),
        suppressed=tuple(replace(each, finding=_shown(each.finding, typed)) for each in hidden),
        version=__version__,
        shapes=plan.shapes,
    )
    click.echo(FORMATS[form](report), nl=False)
    if len(errors) < len(paths):
        click.echo(_summary(found, hidden, plan, len(paths) - len(errors)), err=True)
    if len(told) < len(found) and not every and any(each.count > 1 for each in told):
        click.echo("Findings of one cause are told once; --all lists each.", err=True)
    if errors:
        raise DataError("\n".join(map(str, errors)))
    if any(finding.rule in INCOMPLETE for finding in found):
        raise click.exceptions.Exit(WRONG_INPUT)
    if any(finding.severity is Severity.ERROR for finding in found):
        raise click.exceptions.Exit(FINDINGS)


def _answers(
    paths: Iterable[Path], plan: Plan, as_of: date | None
) -> tuple[list[Checked], list[DataError]]:
    """What was found in each file, and the errors of those that cannot be read."""
    answers: list[Checked] = []
    errors: list[DataError] = []
    for path in paths:
        try:
            answers.append(checked_file(path, plan, as_of))
        except DataError as error:
            errors.append(error)
            answers.append(Checked((unreadable(path, error),)))
    return answers, errors


def _shown(finding: Finding, typed: set[str]) -> Finding:
    """The finding with paths from the working folder, except for a path the user typed."""
    places = tuple(
        replace(place, file=shown_path(place.file, relative=place.file not in typed))
        for place in finding.places
    )
    return replace(finding, places=places)


def _summary(found: list[Finding], hidden: list[Suppressed], plan: Plan, files: int) -> str:
    ran = "shapes and " * plan.shapes + counted(len(plan.rules), "rule")
    numbers = {each: sum(f.severity is each for f in found) for each in Severity}
    told = [
        counted(numbers[Severity.ERROR], "error"),
        counted(numbers[Severity.WARNING], "warning"),
    ]
    told += [counted(numbers[Severity.INFO], "note")] if numbers[Severity.INFO] else []
    line = f"{counted(files, 'file')}, {ran}: {', '.join(told)}."
    if not hidden:
        return line
    errors = sum(each.finding.severity is Severity.ERROR for each in hidden)
    among = f" ({counted(errors, 'error')} among them)" if errors else ""
    return f"{line} {len(hidden)} suppressed{among}."


def _listed(folders: Iterable[Path]) -> str:
    every = [*rules(folders), *BUILT_IN.values()]
    width = max(len(rule.name) for rule in every)
    return "\n".join(f"{rule.name:<{width}}  {rule.severity:<7}  {rule.summary}" for rule in every)


def _explained(rule: Rule) -> str:
    return (
        f"{rule.name} ({rule.severity})\n{rule.summary}\n\nWhy: {rule.why}\n\nMend it: {rule.fix}"
    )
