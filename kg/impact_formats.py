"""What rests on a study, as text for a terminal and as JSON.

    impact_text(impact, ...)    impact_json(...)      one question
    ranking_text(impacts, ...)  ranking_json(...)     every study, by how much rests on it

`Labels` says what studies and sources are called. Every claim that moves is told with
its reading before and after and the studies for and against it.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence

from kg import terms
from kg.impact import Impact, Link, MechanismShift, Shift
from kg.model import Appraisal, Direction
from kg.results import counted, printable

__all__ = ["impact_json", "impact_text", "ranking_json", "ranking_text"]

Labels = Callable[[str], str]

COLUMNS = (
    "verdicts",
    "no support",
    "mechanisms",
    "links",
    "certainties",
    "results",
    "study",
)
SIGNS = {1: "+", -1: "−"}
NOTICE = "Other studies may say the same and not be recorded here; this is about the graph, not the field."


def impact_text(impact: Impact, label: Labels) -> str:
    """What moves without these studies and sources."""
    return _printable_lines(_lines(impact, label))


def ranking_text(impacts: Iterable[Impact], label: Labels) -> str:
    """One line per study, the one on which most rests first."""
    rows = [COLUMNS, *(_row(impact, label) for impact in impacts)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS) - 1)]
    return _printable_lines(
        "  ".join([*(f"{cell:>{w}}" for cell, w in zip(row, widths, strict=False)), row[-1]])
        for row in rows
    )


def impact_json(impact: Impact, label: Labels) -> str:
    """The same as data; what the keys mean is in docs/impact.md."""
    return _json({"version": 1, **_data(impact, label)})


def ranking_json(impacts: Iterable[Impact], label: Labels) -> str:
    return _json({"version": 1, "studies": [_data(impact, label) for impact in impacts]})


def _printable_lines(lines: Iterable[str]) -> str:
    return "\n".join(printable(line) for line in lines)


def _standing(appraisal: Appraisal) -> str:
    """`supported, low certainty (2 studies for, 0 against)`."""
    return f"{appraisal.words} ({appraisal.studies_in_words})"


def _lines(impact: Impact, label: Labels) -> Iterator[str]:
    yield f"Without {_listed(impact.removed, label)}: {_summary(impact)}."
    sections: tuple[tuple[str, Sequence[Shift]], ...] = (
        ("Verdicts that change", impact.moving_verdict),
        ("Certainties that change", impact.moving_certainty),
        ("Nulls that change", impact.moving_null),
    )
    for heading, shifts in sections:
        if shifts:
            yield from ("", f"{heading} ({len(shifts)})")
        for shift in shifts:
            yield from _shift(shift)
    if impact.mechanisms:
        yield from ("", f"Mechanisms that change ({len(impact.mechanisms)})")
    for path in impact.mechanisms:
        yield from _mechanism(path)
    for heading, links in (
        ("Links that break, and every path over them", impact.broken),
        ("Links that only then hold", impact.gained),
    ):
        if links:
            yield from ("", f"{heading} ({len(links)})")
        yield from (f"  {_link_words(link)}" for link in links)
    if impact.lasting:
        yield from ("", f"Only the numbers or reasons change ({len(impact.lasting)})")
    for shift in impact.lasting:
        yield f"  {_named(shift)}: {_standing(shift.after)}"


def _summary(impact: Impact) -> str:
    if not impact.results:
        return "no result in the graph comes from it, so nothing changes"
    parts = (
        (len(impact.moving_verdict), "verdict"),
        (len(impact.moving_certainty), "certainty"),
        (len(impact.mechanisms), "mechanism"),
        (len(impact.broken), "link"),
    )
    moved = ", ".join(counted(number, thing) for number, thing in parts if number)
    lost = len(impact.losing_support)
    lost_words = f"; {counted(lost, 'claim')} left without any support" if lost else ""
    return f"{counted(impact.results, 'result')} fewer; {moved or 'no verdict'} changed{lost_words}"


def _shift(shift: Shift) -> Iterator[str]:
    yield f"  {_named(shift)}"
    yield f"    is:   {_standing(shift.before)}"
    yield f"    then: {_standing(shift.after)}"
    if shift.loses_all_support:
        yield "    no study is left that supports it"


def _mechanism(shift: MechanismShift) -> Iterator[str]:
    yield f"  {shift.mechanism.label} {terms.shortened(shift.mechanism.iri)}"
    yield f"    is:   {shift.before.words}"
    yield f"    then: {shift.after.words}"
    kept = set(shift.before.unsupported)
    for claim in shift.after.unsupported:
        if claim not in kept:
            yield f"    no longer supported: {claim.label}"


def _link_words(link: Link) -> str:
    return f"{link.start.label} → {link.end.label} ({SIGNS[link.sign]})"


def _named(shift: Shift) -> str:
    return f"{shift.claim.label} {terms.shortened(shift.claim.iri)}"


def _listed(iris: Iterable[str], label: Labels) -> str:
    return ", ".join(f"{label(iri)} ({terms.shortened(iri)})" for iri in iris)


def _row(impact: Impact, label: Labels) -> tuple[str, ...]:
    numbers = (
        len(impact.moving_verdict),
        len(impact.losing_support),
        sum(shift.falls for shift in impact.mechanisms),
        len(impact.broken),
        len(impact.moving_certainty),
        impact.results,
    )
    return (*map(str, numbers), _listed(impact.removed, label))


def _data(impact: Impact, label: Labels) -> dict[str, object]:
    return {
        "removed": [{"id": terms.shortened(iri), "label": label(iri)} for iri in impact.removed],
        "results": impact.results,
        "claims": [
            {
                "id": terms.shortened(shift.claim.iri),
                "label": shift.claim.label,
                "moves": _moves(shift),
                "loses_all_support": shift.loses_all_support,
                "before": _appraisal(shift.before),
                "after": _appraisal(shift.after),
            }
            for shift in impact.shifts
        ],
        "mechanisms": [
            {
                "id": terms.shortened(shift.mechanism.iri),
                "label": shift.mechanism.label,
                "falls": shift.falls,
                "before": shift.before.words,
                "after": shift.after.words,
                "unsupported_steps": [terms.shortened(c.iri) for c in shift.after.unsupported],
            }
            for shift in impact.mechanisms
        ],
        "links_broken": [_link_data(link) for link in impact.broken],
        "links_gained": [_link_data(link) for link in impact.gained],
    }


def _link_data(link: Link) -> dict[str, object]:
    return {
        "from": terms.shortened(link.start.iri),
        "to": terms.shortened(link.end.iri),
        "sign": link.sign,
    }


def _moves(shift: Shift) -> list[str]:
    named = {
        "verdict": shift.moves_verdict,
        "certainty": shift.moves_certainty,
        "null": shift.moves_null,
    }
    return [name for name, moves in named.items() if moves]


def _appraisal(appraisal: Appraisal) -> dict[str, object]:
    return {
        "verdict": str(appraisal.verdict),
        "certainty": str(appraisal.certainty) if appraisal.certainty else None,
        "null": str(appraisal.null) if appraisal.null else None,
        "words": appraisal.words,
        "studies": {str(d): appraisal.studies(d) for d in Direction},
        "studies_on_narrower_claims": sum(map(appraisal.narrower_studies, Direction)),
    }


def _json(content: object) -> str:
    return json.dumps(content, indent=2)  # plain ASCII, so that it is safe on a terminal, too
