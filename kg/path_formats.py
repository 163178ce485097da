"""Mechanism paths as text for a terminal, as JSON, and as a Mermaid flowchart.

    text_of(explanation)  json_of(explanation)  mermaid_of(explanation)

All three have the same paths in the same order, and with each step what speaks for it and
against it. The SVG picture is `kg/pages/views/explain.py`. What the keys of the JSON mean
is in docs/explain.md. No text of a graph can move the cursor or become markup.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import fields

from kg import terms
from kg.model import Claim, Direction, Evidence, Scope
from kg.paths import Compared, Explanation, Judged, Missing, Near, Path, Step
from kg.results import counted, printable

__all__ = [
    "NOTICE",
    "both_counts",
    "cited",
    "json_of",
    "judged_data",
    "mermaid_of",
    "numbers",
    "result_data",
    "seen_in",
    "sign_mark",
    "step_words",
    "text_of",
    "thing_data",
]

Data = dict[str, object]

NOTICE = "That every step holds does not make a path true: look for a test of the whole. Not medical advice."
MOST_BESIDE = 4
MOST_DIRECT = 12
WAYS = {1: "up", -1: "down"}
MERMAID = {char: f"#{ord(char)};" for char in '#"&<>`|[](){};\\'}


def text_of(explanation: Explanation) -> str:
    """The answer for a terminal."""
    return "\n".join(_lines(explanation))


def json_of(explanation: Explanation) -> str:
    """The answer as data, plain ASCII."""
    return json.dumps(_data(explanation), indent=2)


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


def sign_mark(sign: int) -> str:
    """`+` or `−`."""
    return "+" if sign > 0 else "−"


def step_words(step: Step) -> str:
    """What the step says between its two ends: `increases`, `includes`, `begins`."""
    if step.kind.is_given:
        return str(step.kind)
    relation = step.claims[0].claim.relation
    return "is the source of" if relation.passes < 0 else relation.label


def numbers(judged: Judged) -> str:
    """`2 studies for, 1 against`; those on narrower claims are said apart."""
    said = [_numbers(judged, narrower=False)]
    if judged.appraisal.indirect:
        said.append(f"on narrower claims {_numbers(judged, narrower=True)}")
    return "; ".join(said)


def both_counts(judged: Judged) -> str:
    """`3 for, 1 against`: different studies, on the claim itself or on narrower ones."""
    pro, con = (
        len({item.study.iri for item in judged.results(way)})
        for way in (Direction.SUPPORTS, Direction.DISPUTES)
    )
    return f"{pro} for, {con} against"


def seen_in(judged: Judged) -> str:
    """`human and mouse (animals, cells)`: organisms and kinds of system."""
    organisms = " and ".join(judged.organisms) or "organism not stated"
    systems = ", ".join(map(str, judged.appraisal.seen_in))
    return f"{organisms} ({systems})" if systems else organisms


def cited(item: Evidence) -> str:
    """`Yano 2001, animal in vivo, n = 12; doi:10.1172/…; PMID 11181640`."""
    size = item.sample_size or item.study.participants
    said = [item.study.label, item.design, f"n = {size:,}" if size else "n not seen"]
    return "; ".join([", ".join(filter(None, said)), *_identifiers(item)])


def _identifiers(item: Evidence) -> list[str]:
    source = item.source or next(iter(item.study.sources), None)
    if source is None:
        return [item.study.registry_id] if item.study.registry_id else []
    named = [
        f"doi:{source.doi}" if source.doi else "",
        f"PMID {source.pmid}" if source.pmid else "",
    ]
    other = source.pmcid or source.registry_id or source.other_identifier or source.url
    return [name for name in named if name] or [other or "no identifier known"]


def _numbers(judged: Judged, *, narrower: bool) -> str:
    tallies = judged.appraisal.indirect if narrower else judged.appraisal.counts
    found = {
        way: sum(tally.studies for tally in tallies if tally.direction is way) for way in Direction
    }
    said = f"{counted(found[Direction.SUPPORTS], 'study')} for, {found[Direction.DISPUTES]} against"
    undecided = found[Direction.INCONCLUSIVE]
    return f"{said}, {undecided} inconclusive" if undecided else said


# Text.


def _lines(explanation: Explanation) -> Iterator[str]:
    asked = explanation.question
    where = f", by {explanation.organism} evidence alone" if explanation.organism else ""
    yield printable(f"{asked.start.label} → {asked.end.label}{where}")
    yield ""
    missing = [_missing_lines(each, explanation) for each in explanation.missing]
    if explanation.paths:
        yield from _found_lines(explanation)
        yield from _section("Drawn by curators", map(_compared_lines, explanation.mechanisms))
        heading = "Claims that would connect them but do not hold, or state no cause"
        yield from _section(heading, missing)
    else:
        yield from _gap_lines(explanation)
        yield from _section("What would close the gap", missing)
        known = f"nothing of {asked.min_certainty} certainty or more"
        yield from _near_lines(f"What {asked.start.label} leads to", explanation.onward, known)
        yield from _near_lines(f"What leads to {asked.end.label}", explanation.inward, known)
        yield from _section("Drawn by curators", map(_compared_lines, explanation.mechanisms))
    yield from _section("Also claimed of the two, or of kinds of them", _also_lines(explanation))


def _found_lines(explanation: Explanation) -> Iterator[str]:
    main, opposite = explanation.main, explanation.opposite
    end = printable(explanation.question.end.label)
    order = {path: number for number, path in enumerate(explanation.paths, 1)}
    yield _summary(explanation)
    for heading, paths in (("", main), ("The opposite: ", opposite)):
        if paths:
            yield ""
            yield f"{heading}{end} is driven {WAYS[paths[0].sign]} ({sign_mark(paths[0].sign)})"
        for path in paths:
            yield ""
            yield from _path_lines(order[path], path, explanation)


def _summary(explanation: Explanation) -> str:
    main, opposite = explanation.main, explanation.opposite
    said = f"{counted(len(main), 'path')} {WAYS[main[0].sign]}, {len(opposite) or 'none'} "
    said += f"{WAYS[-main[0].sign]}."
    if explanation.more:
        said += " There are more: --limit."
    if not explanation.is_complete:
        said += " The search was stopped before its end: fewer --max-steps would finish it."
    return said


def _path_lines(number: int, path: Path, explanation: Explanation) -> Iterator[str]:
    seen = f"every step seen in {', '.join(path.organisms)}"
    steps = counted(len(path.steps), "step")
    where = printable(seen) if path.organisms else "no one organism shows every step"
    yield f"{number}. {sign_mark(path.sign)} {path.certainty} certainty, {steps}; {where}"
    yield f"   {printable(path.steps[0].start.label)}"
    for step in path.steps:
        yield from _step_lines(step, step in path.weakest and len(path.claimed) > 1, explanation)


def _step_lines(step: Step, is_weakest: bool, explanation: Explanation) -> Iterator[str]:  # noqa: FBT001 - told apart by the caller
    mark = sign_mark(step.sign)
    if step.kind.is_given:
        yield printable(f"     {step_words(step)} (by definition, {mark}) → {step.end.label}")
        return
    best, *others = step.claims
    weak = "  ◂ weakest" if is_weakest else ""
    yield printable(f"     {step_words(step)} ({mark}) → {step.end.label}{weak}")
    for line in _evidence_lines(best):
        yield printable(f"         {line}")
    if explanation.organism:
        overall = _overall(best, explanation)
        yield from ([printable(f"         by all evidence: {overall}")] if overall else [])
    for word, beside in (("also", others), ("but", step.contrary)):
        for judged in beside[:MOST_BESIDE]:
            yield printable(f"         {word}: {judged.claim.label} ({judged.appraisal.words})")
        if len(beside) > MOST_BESIDE:
            yield f"         {word}: {len(beside) - MOST_BESIDE} more"


def _evidence_lines(judged: Judged) -> Iterator[str]:
    claim = judged.claim
    if _has_scope(claim) or claim.relation.passes < 0:
        yield f"claim: {claim.label}"
    yield f"{judged.appraisal.words}; {numbers(judged)}"
    yield f"in {seen_in(judged)}"
    best, against = judged.best(Direction.SUPPORTS), judged.best(Direction.DISPUTES)
    if best:
        yield f"best study: {cited(best)}"
    if against:
        yield f"best against: {cited(against)}"


def _overall(judged: Judged, explanation: Explanation) -> str:
    overall = explanation.overall.get(judged.claim.iri)
    return overall.words if overall and overall.words != judged.appraisal.words else ""


def _has_scope(claim: Claim) -> bool:
    return claim.scope != Scope() or bool(claim.circumstance)


def _gap_lines(explanation: Explanation) -> Iterator[str]:
    asked = explanation.question
    yield f"No path of up to {counted(asked.max_steps, 'step')} whose every step holds."
    if not explanation.is_complete:
        yield "The search was stopped before its end: fewer --max-steps would finish it."
    elif explanation.distance > asked.max_steps:
        yield f"A longer one may exist. Try: --max-steps {explanation.distance}"
    if not explanation.missing:
        yield ""
        yield "No single claim in the graph would close the gap."


def _near_lines(heading: str, near: Iterable[Near], none: str) -> Iterator[str]:
    yield ""
    lines = [_near_line(one) for one in near]
    yield printable(heading if lines else f"{heading}: {none}")
    yield from lines


def _near_line(near: Near) -> str:
    best = near.step.claims[0]
    return printable(f"  {best.claim.label} ({sign_mark(near.step.sign)}, {best.appraisal.words})")


def _section(heading: str, items: Iterable[list[str]]) -> Iterator[str]:
    lines = [line for item in items for line in item]
    if lines:
        yield ""
        yield heading
        yield from (f"  {line}" for line in lines)


def _also_lines(explanation: Explanation) -> Iterator[list[str]]:
    """What is claimed of the two directly and was not told yet."""
    told = {missing.judged.claim.iri for missing in explanation.missing}
    told |= {j.claim.iri for p in explanation.paths for s in p.steps for j in s.claims}
    rest = [judged for judged in explanation.direct if judged.claim.iri not in told]
    yield from ([_judged(judged, explanation)] for judged in rest[:MOST_DIRECT])
    if len(rest) > MOST_DIRECT:
        yield [f"and {counted(len(rest) - MOST_DIRECT, 'more claim')}: --format json"]


def _judged(judged: Judged, explanation: Explanation) -> str:
    overall = _overall(judged, explanation) if explanation.organism else ""
    beside = f"; by all evidence: {overall}" if overall else ""
    return printable(f"{judged.claim.label} ({judged.appraisal.words}; {numbers(judged)}{beside})")


def _missing_lines(missing: Missing, explanation: Explanation) -> list[str]:
    beside = missing.before + missing.after
    with_others = f"with {counted(beside, 'other step')}" if beside else "alone"
    return [f"{missing.obstacle}: {_judged(missing.judged, explanation)}, {with_others}"]


def _compared_lines(compared: Compared) -> list[str]:
    mechanism = compared.mechanism
    lines = [printable(f"{mechanism.label} ({sign_mark(compared.sign)})")]
    lines.append(f"  {_likeness(compared)}")
    if compared.explains:
        explained = f"{compared.explains.claim.label} ({compared.explains.appraisal.words})"
        agrees = {None: "", True: ", whose sign it has", False: ", whose sign it CONTRADICTS"}
        lines.append(printable(f"  drawn for: {explained}{agrees[compared.agrees_with_claim]}"))
    if compared.agrees_with_paths is False:
        lines.append("  its sign DISAGREES with the best path between its ends")
    return lines


def _likeness(compared: Compared) -> str:
    if compared.same_as:
        return f"the same steps as path {compared.same_as}"
    if compared.failing:
        failing = "; ".join(f"{j.claim.label} ({j.appraisal.verdict})" for j in compared.failing)
        return printable(f"not among the paths, as not every step holds: {failing}")
    return "its steps hold, and better or shorter paths were listed first"


# JSON.


def _data(explanation: Explanation) -> Data:
    asked = explanation.question
    return {
        "version": 1,
        "from": thing_data(asked.start.iri, asked.start.label),
        "to": thing_data(asked.end.iri, asked.end.label),
        "organism": explanation.organism or None,
        "min_certainty": str(asked.min_certainty),
        "max_steps": asked.max_steps,
        "avoid": sorted(map(terms.shortened, asked.avoid)),
        "paths": [_path_data(path, explanation) for path in explanation.paths],
        "more": explanation.more,
        "complete": explanation.is_complete,
        "mechanisms": [_compared_data(compared) for compared in explanation.mechanisms],
        "missing": [_missing_data(missing) for missing in explanation.missing],
        "direct": [judged_data(judged) for judged in explanation.direct],
        "onward": [_near_data(near) for near in explanation.onward],
        "inward": [_near_data(near) for near in explanation.inward],
    }


def _path_data(path: Path, explanation: Explanation) -> Data:
    return {
        "sign": path.sign,
        "certainty": str(path.certainty),
        "says": "main" if path.sign == explanation.paths[0].sign else "opposite",
        "organisms": list(path.organisms),
        "steps": [_step_data(step, path, explanation) for step in path.steps],
    }


def _step_data(step: Step, path: Path, explanation: Explanation) -> Data:
    told = [{**judged_data(judged), **_overall_data(judged, explanation)} for judged in step.claims]
    return {
        "from": thing_data(step.start.iri, step.start.label),
        "to": thing_data(step.end.iri, step.end.label),
        "says": step_words(step),
        "sign": step.sign,
        "by": "definition" if step.kind.is_given else "claims",
        "weakest": step in path.weakest,
        "claims": told,
        "contrary": [judged_data(judged) for judged in step.contrary],
    }


def _overall_data(judged: Judged, explanation: Explanation) -> Data:
    overall = explanation.overall.get(judged.claim.iri)
    if not explanation.organism or overall is None:
        return {}
    return {
        "verdict_of_all_evidence": str(overall.verdict),
        "certainty_of_all_evidence": str(overall.certainty) if overall.certainty else None,
    }


def judged_data(judged: Judged) -> Data:
    claim, appraisal = judged.claim, judged.appraisal
    return {
        **thing_data(claim.iri, claim.label),
        "relation": claim.relation.label,
        "sign": claim.relation.sign,
        "scope": {f.name: v for f in fields(Scope) if (v := getattr(claim.scope, f.name))},
        "verdict": str(appraisal.verdict),
        "certainty": str(appraisal.certainty) if appraisal.certainty else None,
        "contexts": [
            {"by": c.dimension, "where": c.value, "verdict": str(c.verdict)}
            for c in appraisal.contexts
        ],
        "studies": {str(way): appraisal.studies(way) for way in Direction},
        "studies_on_narrower_claims": {
            str(way): sum(t.studies for t in appraisal.indirect if t.direction is way)
            for way in Direction
        },
        "organisms": list(judged.organisms),
        "systems": list(map(str, appraisal.seen_in)),
        "best_study": result_data(judged.best(Direction.SUPPORTS)),
        "best_against": result_data(judged.best(Direction.DISPUTES)),
    }


def result_data(item: Evidence | None) -> Data | None:
    if item is None:
        return None
    source = item.source or next(iter(item.study.sources), None)
    return {
        **thing_data(item.study.iri, item.study.label),
        "evidence": terms.shortened(item.iri),
        "design": item.design,
        "n": item.sample_size or item.study.participants,
        "finding": item.finding,
        "doi": (source.doi if source else "") or None,
        "pmid": (source.pmid if source else "") or None,
    }


def _missing_data(missing: Missing) -> Data:
    return {
        "why": str(missing.obstacle),
        "steps_before": missing.before,
        "steps_after": missing.after,
        "claim": judged_data(missing.judged),
    }


def _near_data(near: Near) -> Data:
    return {
        **thing_data(near.entity.iri, near.entity.label),
        "class": near.entity.kind,
        "sign": near.step.sign,
        "claim": judged_data(near.step.claims[0]),
    }


def _compared_data(compared: Compared) -> Data:
    mechanism = compared.mechanism
    return {
        **thing_data(mechanism.iri, mechanism.label),
        "sign": compared.sign,
        "explains": judged_data(compared.explains) if compared.explains else None,
        "same_as_path": compared.same_as or None,
        "steps_that_do_not_hold": [judged_data(judged) for judged in compared.failing],
        "agrees_with_claim": compared.agrees_with_claim,
        "agrees_with_paths": compared.agrees_with_paths,
    }


def thing_data(iri: str, label: str) -> Data:
    return {"id": terms.shortened(iri), "label": label}


# Mermaid.


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
    return "".join(MERMAID.get(char, char) for char in printable(re.sub(r"\s+", " ", text)))
