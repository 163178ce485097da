"""The picture of mechanism paths: one row a path, the opposite below, as one SVG file.

Measures are worked out here, words and shapes stand in `kg/pages/templates/explain.svg`.
Colour and arrow head say the sign, thickness the certainty, dashes what is contested, dots
what holds by definition. The same answer gives the same bytes.
"""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from kg.model import Direction, Verdict
from kg.pages.rendering import rendered
from kg.path_formats.words import (
    both_counts,
    cited,
    numbers,
    sign_mark,
    size_of,
    step_words,
)
from kg.paths import Explanation, Path, Step
from kg.results import counted, printable

__all__ = ["Arrow", "Box", "Picture", "Row", "picture_of", "svg_of"]

BOX, GAP, MARGIN = 164, 176, 28
HEAD, ROW, NOTE, LEGEND = 84, 162, 20, 56
LETTERS, LINES = 22, 3
MOST_NOTES, LONGEST_NOTE = 6, 110


@dataclass(frozen=True, slots=True)
class Box:
    """A thing on a path: where its box begins, and its name in lines."""

    x: int
    lines: tuple[str, ...]
    is_asked: bool


@dataclass(frozen=True, slots=True)
class Arrow:
    """A step: from where to where, how it looks, and what is written at it."""

    start: int
    end: int
    classes: str
    width: float
    above: tuple[str, ...]
    below: tuple[str, ...]
    told: str


@dataclass(frozen=True, slots=True)
class Row:
    """A path with what is said of it as a whole."""

    y: int
    heading: str
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """The variables of the template."""

    width: int
    height: int
    title: str
    subtitle: str
    rows: tuple[Row, ...]
    box: int
    notes: tuple[str, ...]


def svg_of(explanation: Explanation) -> str:
    """The picture as SVG, every text escaped."""
    return rendered("explain.svg", picture_of(explanation)).decode()


def picture_of(explanation: Explanation) -> Picture:
    """Where everything goes."""
    asked, paths = explanation.question, explanation.paths
    ordered = [*explanation.main, *explanation.opposite] if paths else []
    number = {path: place for place, path in enumerate(paths, 1)}
    longest = max((len(path.steps) for path in paths), default=2)
    organism = f", by {explanation.organism} evidence alone" if explanation.organism else ""
    notes = tuple(_notes(explanation))
    return Picture(
        width=2 * MARGIN + BOX + longest * (BOX + GAP),
        height=HEAD + ROW * len(ordered) + NOTE * len(notes) + LEGEND,
        title=printable(f"{asked.start.label} → {asked.end.label}{organism}"),
        subtitle=_subtitle(explanation),
        rows=tuple(
            _row(path, number[path], HEAD + ROW * place, explanation)
            for place, path in enumerate(ordered)
        ),
        box=BOX,
        notes=notes,
    )


def _subtitle(explanation: Explanation) -> str:
    if not explanation.paths:
        steps = counted(explanation.question.max_steps, "step")
        return f"No path of up to {steps} whose every step holds."
    main, opposite = explanation.main, explanation.opposite
    up, down = ("up", "down") if main[0].sign > 0 else ("down", "up")
    said = f"{counted(len(main), 'path')} {up}, {len(opposite) or 'none'} {down}"
    return f"{said}; there are more." if explanation.more else f"{said}."


def _notes(explanation: Explanation) -> Iterator[str]:
    """What would connect the two and does not: as much a part of the answer as the paths."""
    told = explanation.missing[:MOST_NOTES]
    if told:
        yield "Would connect them but does not:"
    for missing in told:
        judged = missing.judged
        line = f"{missing.obstacle}, {both_counts(judged)}: {judged.claim.label}"
        yield textwrap.shorten(printable(line), LONGEST_NOTE, placeholder="…")


def _row(path: Path, number: int, y: int, explanation: Explanation) -> Row:
    asked = {explanation.question.start, explanation.question.end}
    things = [path.steps[0].start, *(step.end for step in path.steps)]
    seen = f"every step seen in {', '.join(path.organisms)}"
    where = seen if path.organisms else "no one organism shows every step"
    opposite = "The opposite: " if path.sign != explanation.paths[0].sign else ""
    end, way = path.steps[-1].end.label, "up" if path.sign > 0 else "down"
    return Row(
        y=y,
        heading=printable(f"{number}. {opposite}{end} {way}, {path.certainty} certainty; {where}"),
        boxes=tuple(
            Box(_left(place), _wrapped(thing.label, LINES), thing in asked)
            for place, thing in enumerate(things)
        ),
        arrows=tuple(_arrow(step, place, path) for place, step in enumerate(path.steps)),
    )


def _left(place: int) -> int:
    return MARGIN + place * (BOX + GAP)


def _arrow(step: Step, place: int, path: Path) -> Arrow:
    return Arrow(
        start=_left(place) + BOX,
        end=_left(place + 1),
        classes=_classes(step),
        width=1.5 if step.kind.is_given else 1 + 0.75 * step.level,
        above=_wrapped(f"{sign_mark(step.sign)} {step_words(step)}", LINES - 1),
        below=_below(step, path),
        told=_told(step),
    )


def _classes(step: Step) -> str:
    sign = "plus" if step.sign > 0 else "minus"
    if step.kind.is_given:
        return f"{sign} given"
    supported = step.claims[0].appraisal.verdict is Verdict.SUPPORTED and not step.contrary
    return sign if supported else f"{sign} doubted"


def _below(step: Step, path: Path) -> tuple[str, ...]:
    """Certainty, numbers, best study: one short line each."""
    if step.kind.is_given:
        return ("by definition",)
    best = step.claims[0]
    item = best.best(Direction.SUPPORTS)
    verdict = best.appraisal.verdict
    weak = " (weakest)" if step in path.weakest and len(path.claimed) > 1 else ""
    lines = [] if verdict is Verdict.SUPPORTED else [str(verdict)]
    lines += [f"{best.appraisal.certainty}{weak}", both_counts(best)]
    if item:
        name = _cut(item.study.label.partition(":")[0])
        lines.append(f"{name}, {size_of(item)}" if item.sample_size else name)
    return tuple(map(printable, lines))


def _told(step: Step) -> str:
    if step.kind.is_given:
        return printable(f"{step.start.label} {step_words(step)} {step.end.label}")
    best = step.claims[0]
    item = best.best(Direction.SUPPORTS)
    said = [best.claim.label, best.appraisal.words, numbers(best), cited(item) if item else ""]
    said += [f"but: {judged.claim.label}" for judged in step.contrary]
    return printable("; ".join(filter(None, said)))


def _wrapped(text: str, most: int) -> tuple[str, ...]:
    """The text in at most so many short lines."""
    return tuple(textwrap.wrap(printable(text), LETTERS, max_lines=most, placeholder="…") or [""])


def _cut(text: str) -> str:
    return textwrap.shorten(text, LETTERS, placeholder="…")
