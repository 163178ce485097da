"""Contradictions as text for a terminal and as JSON, with those that curators recorded beside them.

    text_of(found, limit)  recorded_text_of(recorded)  json_of(found, recorded)

What the keys of the JSON mean is in docs/contradictions.md.
"""

import json
from collections.abc import Iterable, Iterator, Sequence

from kg import terms
from kg.contradictions import Contradiction, Difference, Kind, Recorded, Side
from kg.model import Evidence
from kg.path_formats.data import judged_data, result_data, thing_data
from kg.path_formats.words import cited, sign_mark
from kg.results import counted, printable

NOTICE = "That a circumstance tells two sides apart does not prove it is the reason."

__all__ = ["NOTICE", "json_of", "recorded_summary", "recorded_text_of", "text_of"]

Data = dict[str, object]


def text_of(found: Sequence[Contradiction], limit: int) -> str:
    """The contradictions by kind, up to `limit` of each."""
    lines: list[str] = []
    for kind in Kind:
        of_kind = [each for each in found if each.kind is kind]
        if of_kind:
            lines += ["", _heading(kind, of_kind)]
        for each in of_kind[:limit]:
            lines += ["", *_lines(each)]
        if len(of_kind) > limit:
            lines += ["", f"  and {len(of_kind) - limit} more: --limit {len(of_kind)}"]
    return "\n".join(lines[1:])


def recorded_text_of(recorded: Sequence[Recorded]) -> str:
    """Each recorded conflict: by which kinds it was found, or why it was not."""
    return "\n".join(printable(_recorded_line(each)) for each in recorded)


def recorded_summary(recorded: Sequence[Recorded]) -> str:
    """How many of the recorded conflicts were found."""
    found = sum(bool(each.found) for each in recorded)
    noun = counted(len(recorded), "conflict")
    return (
        f"{noun} recorded by curators: {found} found by computation, {len(recorded) - found} not."
    )


def json_of(found: Iterable[Contradiction], recorded: Iterable[Recorded]) -> str:
    """The contradictions as data, plain ASCII."""
    content = {
        "version": 1,
        "contradictions": [_data(each) for each in found],
        "recorded": [_recorded_data(each) for each in recorded],
    }
    return json.dumps(content, indent=2)


def _heading(kind: Kind, found: Sequence[Contradiction]) -> str:
    explained = sum(each.is_explained for each in found)
    told = f"scope tells the sides of {explained} apart" if explained else "scope explains none"
    return f"{str(kind).capitalize()}: {len(found)}, {told}"


def _lines(each: Contradiction) -> Iterator[str]:
    yield printable(f"{each.start.label} → {each.end.label}")
    if each.kind is Kind.CONTESTED:
        yield from _claim_lines(each.one)
        yield printable(f"  for: {_studied(each.one)}")
        yield printable(f"  against: {_studied(each.other)}")
    else:
        yield from _side_lines("one side", each.one)
        yield from _side_lines("other side", each.other)
    yield printable(f"  {_explanation(each.differences)}")


def _side_lines(mark: str, side: Side) -> Iterator[str]:
    sign = f" ({sign_mark(side.sign)})" if side.sign else ""
    if len(side.claims) > 1:
        named = f": {side.mechanism}" if side.mechanism else ""
        yield printable(f"  {mark}, a chain{sign}{named}")
    else:
        yield printable(f"  {mark}{sign}: {_studied(side)}")
    yield from _claim_lines(side)


def _claim_lines(side: Side) -> Iterator[str]:
    for judged in side.claims:
        yield printable(f"    {judged.claim.label} ({judged.appraisal.words})")


def _studied(side: Side) -> str:
    """`2 studies, best Lee 2019, meta-analysis, n = 4,495; doi:…`."""
    studies = counted(len({item.study.iri for item in side.results}), "study")
    return f"{studies}, best {cited(_best(side))}" if side.results else studies


def _best(side: Side) -> Evidence:
    deciding = {iri for judged in side.claims for iri in judged.appraisal.deciding}
    return min(
        side.results,
        key=lambda item: (
            item.study.iri not in deciding,
            -(item.sample_size or item.study.participants or 0),
            item.iri,
        ),
    )


def _explanation(differences: Sequence[Difference]) -> str:
    full = [_difference(each) for each in differences if not each.is_partial]
    partial = [_difference(each) for each in differences if each.is_partial]
    said = [f"scope tells them apart: {'; '.join(full)}"] if full else []
    said += [f"scope may tell them apart: {'; '.join(partial)}"] if partial else []
    return "; ".join(said) or "no recorded scope tells them apart"


def _difference(each: Difference) -> str:
    one, other = (", ".join(values) or "not limited" for values in (each.one, each.other))
    return f"{each.circumstance} ({one} | {other})"


def _recorded_line(each: Recorded) -> str:
    if not each.found:
        return f"not found: {each.conflict.label} ({each.why_not})"
    kinds = dict.fromkeys(str(contradiction.kind) for contradiction in each.found)
    return f"found: {each.conflict.label} ({'; '.join(kinds)})"


def _data(each: Contradiction) -> Data:
    return {
        "kind": each.kind.name.lower(),
        "from": thing_data(each.start.iri, each.start.label),
        "to": thing_data(each.end.iri, each.end.label),
        "explained": each.is_explained,
        "differences": [
            {
                "circumstance": difference.circumstance,
                "one": list(difference.one),
                "other": list(difference.other),
                "partial": difference.is_partial,
            }
            for difference in each.differences
        ],
        "one": _side_data(each.one),
        "other": _side_data(each.other),
    }


def _side_data(side: Side) -> Data:
    return {
        "sign": side.sign,
        "certainty": str(side.certainty) if side.certainty else None,
        "mechanism": side.mechanism or None,
        "claims": [judged_data(judged) for judged in side.claims],
        "best_study": result_data(_best(side)) if side.results else None,
        "evidence": [terms.shortened(item.iri) for item in side.results],
    }


def _recorded_data(each: Recorded) -> Data:
    return {
        **thing_data(each.conflict.iri, each.conflict.label),
        "reading": each.conflict.reading,
        "found_as": sorted({contradiction.kind.name.lower() for contradiction in each.found}),
        "why_not": each.why_not or None,
    }
