"""The answer as a Mermaid flowchart."""

import re

from kg.path_formats.words import both_counts, sign_mark, step_words
from kg.paths import Explanation, Step
from kg.results import printable

__all__ = ["mermaid_of"]

ESCAPES = {char: f"#{ord(char)};" for char in '#"&<>`|[](){};\\'}


def mermaid_of(explanation: Explanation) -> str:
    """One flowchart of all paths; a blunt end is an effect downwards, a dotted line a definition."""
    steps = {
        (step.source, step.target, step.sign): step
        for path in explanation.paths
        for step in path.steps
    }
    asked = explanation.question
    ends = (asked.start, asked.end, *(e for s in steps.values() for e in (s.start, s.end)))
    names = {iri: f"n{n}" for n, iri in enumerate(dict.fromkeys(end.iri for end in ends))}
    labels = {end.iri: end.label for end in ends}
    lines = ["flowchart LR"]
    lines += [f'    {name}["{_mermaid(labels[iri])}"]' for iri, name in names.items()]
    lines += [
        f'    {names[step.source]} {_arrow(step)}|"{_mermaid(_edge_words(step))}"| {names[step.target]}'
        for step in steps.values()
    ]
    asked_names = f"{names[asked.start.iri]},{names[asked.end.iri]}"
    lines += ["    classDef asked stroke-width:3px", f"    class {asked_names} asked"]
    return "\n".join(lines)


def _arrow(step: Step) -> str:
    if step.kind.is_given:
        return "-.->"
    return "-->" if step.sign > 0 else "--x"


def _edge_words(step: Step) -> str:
    """`− inhibits, low certainty, 2 for, 0 against`, and the verdict where it is not plainly supported."""
    said = f"{sign_mark(step.sign)} {step_words(step)}"
    if step.kind.is_given:
        return said
    best = step.claims[0].appraisal
    doubt = "" if best.verdict == "supported" else f"{best.verdict}, "
    return f"{said}, {doubt}{best.certainty} certainty, {both_counts(step.claims[0])}"


def _mermaid(text: str) -> str:
    """The text as nothing but text: Mermaid's own escapes for whatever it would read."""
    return "".join(ESCAPES.get(char, char) for char in printable(re.sub(r"\s+", " ", text)))
