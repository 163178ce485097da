"""`kg check`: consistency of a graph file."""

from datetime import datetime
from pathlib import Path

import click

from kg import resources
from kg.check import Finding, Rule, Severity, check_file, rule_named, rules
from kg.cli import FINDINGS
from kg.cli._options import format_option


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--only", multiple=True, metavar="RULE", help="Run only this rule (repeatable).")
@click.option("--skip", multiple=True, metavar="RULE", help="Leave this rule out (repeatable).")
@click.option("--list", "listing", is_flag=True, help="List the rules and stop.")
@click.option("--explain", metavar="RULE", help="Say what a rule is for, and stop.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Judge dates as on this day.")
@format_option("text", "json")
def check(  # noqa: PLR0913, PLR0917 - one parameter per option
    files: tuple[Path, ...],
    only: tuple[str, ...],
    skip: tuple[str, ...],
    listing: bool,  # noqa: FBT001 - click passes flags so
    explain: str | None,
    as_of: datetime | None,
    form: str,
) -> None:
    """Check graph files against the shapes and the consistency rules.

    Exits 0 when no error is found, 1 when there is one, and 2 when a file cannot
    be read. Warnings are printed and do not fail.

    \b
    Examples:
      kg check
      kg check data/triples.ttl --only claim-without-evidence
      kg check --explain mechanism-sign
    """
    if listing or explain:
        click.echo(_explained(rule_named(explain)) if explain else _listed())
        return
    skipped = {rule_named(name) for name in skip}
    chosen = [rule_named(name) for name in only] or (rules() if skip else None)
    if chosen is not None:
        chosen = [rule for rule in chosen if rule not in skipped]
    paths = files or (resources.TRIPLES,)
    found = [f for path in paths for f in check_file(path, chosen, as_of and as_of.date())]
    click.echo(_json(found) if form == "json" else _text(found), nl=bool(found) or form == "json")
    errors = sum(finding.severity is Severity.ERROR for finding in found)
    ran = "shapes and " * (chosen is None) + _count(
        len(rules() if chosen is None else chosen), "rule"
    )
    click.echo(
        f"{_count(len(paths), 'file')}, {ran}: {_count(errors, 'error')},"
        f" {_count(len(found) - errors, 'warning')}.",
        err=True,
    )
    if errors:
        raise click.exceptions.Exit(FINDINGS)


def _text(found: list[Finding]) -> str:
    return "\n".join(
        f"{f.file}:{f.line}:{f.column}: {f.severity}: {f.message} [{f.rule}]" for f in found
    )


def _json(found: list[Finding]) -> str:
    import dataclasses  # noqa: PLC0415 - only this form needs them
    import json  # noqa: PLC0415

    findings = [dataclasses.asdict(finding) for finding in found]
    return json.dumps({"version": 1, "findings": findings}, ensure_ascii=False, indent=2)


def _listed() -> str:
    every = rules()
    width = max(len(rule.name) for rule in every)
    return "\n".join(f"{rule.name:<{width}}  {rule.severity:<7}  {rule.summary}" for rule in every)


def _explained(rule: Rule) -> str:
    return (
        f"{rule.name} ({rule.severity})\n{rule.summary}\n\nWhy: {rule.why}\n\nMend it: {rule.fix}"
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
