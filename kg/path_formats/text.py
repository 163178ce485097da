"""The answer for a terminal."""

from collections.abc import Iterable, Iterator

from kg.model import Claim, Direction, Scope
from kg.path_formats.words import cited, numbers, seen_in, sign_mark, step_words
from kg.paths import Compared, Explanation, Judged, Missing, Near, Path, Step
from kg.results import counted, printable

__all__ = ["text_of"]

MOST_BESIDE = 4
MOST_DIRECT = 12
WAYS = {1: "up", -1: "down"}


def text_of(explanation: Explanation) -> str:
    """The answer for a terminal."""
    return "\n".join(_lines(explanation))


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
