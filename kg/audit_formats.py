"""An audit as text for a terminal and as JSON for machines.

    text_of(audit)    json_of(audit)    data_of(audit)

Every form has every passage, and shows what speaks against a statement wherever it shows
what speaks for it. The JSON is described by `kg/schemas/audit-1.schema.json`: keys may be
added, and none changes its meaning without a new version. Text of the graph cannot move the
cursor of a terminal. The page is `kg/pages/views/audit.py`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from textwrap import wrap
from typing import Any, TypeAlias

from kg import terms
from kg.audit.types import (
    Audit,
    Contradiction,
    Copy,
    Found,
    Match,
    Promise,
    Reading,
    Result,
    Side,
    Statement,
    Untraced,
)
from kg.audit.words import lines_named, result_words, side_words
from kg.model import Passage
from kg.results import printable

__all__ = ["JSON_VERSION", "data_of", "json_of", "text_of"]

Json: TypeAlias = dict[str, Any]

WholeAt: TypeAlias = Mapping[tuple[str, bool], Passage]

JSON_VERSION = 1
BESIDE = "close to it, and not the same:"
WIDTH = 96
NOTICE = "Read mostly as abstracts. Saying is never evidence. Not medical advice."


def json_of(audit: Audit) -> str:
    """The audit as JSON, indented, in Unicode."""
    return json.dumps(data_of(audit), ensure_ascii=False, indent=2)


def data_of(audit: Audit) -> Json:
    """The audit as plain data."""
    return {
        "version": JSON_VERSION,
        "document": {
            "id": terms.shortened(audit.document.iri),
            "label": audit.document.label,
            "definition": audit.document.definition,
            "interests": list(audit.document.interests),
        },
        "asOf": audit.as_of.isoformat(),
        "counts": {str(judgement): number for judgement, number in audit.counts.items()},
        "passages": [_passage_data(reading, audit.copy) for reading in audit.readings],
        "contradictions": [_contradiction_data(each) for each in audit.contradictions],
        "untraced": [_untraced_data(each) for each in audit.untraced],
        "unnamed": [_place_data(passage) for passage in audit.unnamed],
        "promises": [_promise_data(each) for each in audit.promises],
        "copy": _copy_data(audit.copy),
        "notice": NOTICE,
    }


def _passage_data(reading: Reading, copy: Copy | None) -> Json:
    passage = reading.passage
    data = {
        **_place_data(passage),
        "strength": passage.strength,
        "citesSource": passage.cites_source,
        "remark": passage.remark,
        "verdict": str(reading.judgement),
        "comparison": reading.comparison,
        "alludesTo": list(reading.allusions),
        "statements": [_statement_data(each) for each in reading.statements],
        "beside": [_statement_data(each) for each in reading.beside],
    }
    if copy:
        data["copy"] = {
            "match": str(copy.matches[passage.iri]),
            "line": copy.lines.get(passage.iri),
        }
    return data


def _place_data(passage: Passage) -> Json:
    return {
        "id": terms.shortened(passage.iri),
        "line": passage.line,
        "section": passage.section,
        "says": passage.paraphrase,
    }


def _statement_data(statement: Statement) -> Json:
    appraisal = statement.appraisal
    return {
        "claim": terms.shortened(statement.claim.iri),
        "label": statement.claim.label,
        "stance": str(statement.stance),
        "verdict": str(statement.judgement),
        "comparison": statement.comparison,
        "impliedBy": terms.shortened(statement.weaker_of) if statement.weaker_of else None,
        "for": _side_data(statement.pro),
        "against": _side_data(statement.con),
        "undecided": _side_data(statement.undecided),
        "appraisal": {
            "kind": str(appraisal.kind),
            "verdict": str(appraisal.verdict),
            "certainty": str(appraisal.certainty) if appraisal.certainty else None,
            "words": appraisal.words,
            "reasons": list(appraisal.reasons),
            "notCounted": list(appraisal.not_counted),
        },
    }


def _side_data(side: Side) -> Json:
    return {
        "studies": side.studies,
        "onNarrowerClaims": side.narrower,
        "best": _result_data(side.best) if side.best else None,
    }


def _result_data(result: Result) -> Json:
    item = result.item
    return {
        "evidence": terms.shortened(item.iri),
        "study": terms.shortened(item.study.iri),
        "label": item.study.label,
        "claim": terms.shortened(result.claim.iri),
        "claimLabel": result.claim.label,
        "isNarrower": result.is_narrower,
        "certainty": str(result.certainty),
        "null": str(result.null) if result.null else None,
        "design": item.design,
        "organism": item.organism,
        "n": item.sample_size,
        "finding": item.finding,
        "effect": item.effect.words,
        "citation": item.source.citation if item.source else "",
        "doi": item.source.doi if item.source else "",
        "pmid": item.source.pmid if item.source else "",
        "url": item.source.url if item.source else "",
    }


def _contradiction_data(contradiction: Contradiction) -> Json:
    return {
        "found": str(contradiction.found),
        "curated": contradiction.found is Found.CURATED,
        "about": contradiction.about,
        "reason": contradiction.reason,
        "oneSide": [_place_data(passage) for passage in contradiction.one_side],
        "otherSide": [_place_data(passage) for passage in contradiction.other_side],
    }


def _untraced_data(untraced: Untraced) -> Json:
    return {
        "id": terms.shortened(untraced.allusion.iri),
        "label": untraced.allusion.label,
        "lookedFor": untraced.allusion.looked_for,
        "checkedOn": untraced.allusion.checked_on,
        "passages": [_place_data(passage) for passage in untraced.passages],
        "nearest": [
            {"study": terms.shortened(study.iri), "label": study.label}
            for study in untraced.nearest
        ],
    }


def _promise_data(promise: Promise) -> Json:
    return {
        **_place_data(promise.passage),
        "year": promise.year,
        "overdue": promise.is_overdue,
        "untraced": promise.is_untraced,
        "remark": promise.passage.remark,
    }


def _copy_data(copy: Copy | None) -> Json | None:
    if copy is None:
        return None
    return {
        "name": copy.name,
        "whole": copy.is_whole,
        "gone": [terms.shortened(iri) for iri in copy.gone],
    }


def text_of(audit: Audit) -> str:
    """The audit for a terminal."""
    return "\n".join(_lines(audit))


def _lines(audit: Audit) -> Iterator[str]:
    yield printable(audit.document.label)
    yield f"{len(audit.readings)} passages against the evidence, as of {audit.as_of}"
    yield ""
    for judgement, number in audit.counts.items():
        where = lines_named(reading.passage for reading in audit.judged(judgement))
        yield from _wrapped(f"{judgement!s:<24}{number:>4}   {where}", " " * 31)
    yield from _copy_lines(audit.copy)
    yield from _heading("Passages")
    whole_at = audit.whole_at
    for reading in audit.readings:
        yield from _reading_lines(reading, audit.copy, whole_at)
    yield from _heading("Where it disagrees with itself")
    yield from _or_none([line for each in audit.contradictions for line in _against_itself(each)])
    yield from _heading("Studies it speaks of that nobody can find")
    yield from _or_none([line for each in audit.untraced for line in _untraced_lines(each)])
    yield from _heading("“Studies have shown”, and none is named")
    yield from _or_none([_passage_line(passage) for passage in audit.unnamed])
    yield from _heading("Promises")
    yield from _or_none([line for each in audit.promises for line in _promise_lines(each)])
    yield from _heading("What its publisher earns by it")
    yield from _or_none([f"- {printable(each)}" for each in audit.document.interests])
    yield ""
    yield NOTICE


def _heading(words: str) -> Iterator[str]:
    yield ""
    yield words
    yield "─" * len(words)


def _or_none(lines: list[str]) -> Iterable[str]:
    return lines or ["none recorded"]


def _copy_lines(copy: Copy | None) -> Iterator[str]:
    if copy is None:
        return
    moved = [iri for iri, match in copy.matches.items() if match is Match.MOVED]
    state = "the same text" if copy.is_whole else "another text"
    yield ""
    yield (
        f"{printable(copy.name)}: {state}; {len(copy.words) - len(moved)} passages in place,"
        f" {len(moved)} moved, {len(copy.gone)} no longer there"
    )


def _reading_lines(reading: Reading, copy: Copy | None, whole_at: WholeAt) -> Iterator[str]:
    passage = reading.passage
    yield ""
    yield (
        f"line {passage.line} · {printable(passage.section)} · {passage.strength}"
        f"  →  {str(reading.judgement).upper()}"
    )
    yield from _wrapped(f"  {passage.paraphrase}", "  ")
    if copy:
        yield from _wrapped(f"  {_in_the_copy(passage, copy)}", "    ")
    yield from _wrapped(f"  {reading.comparison}", "    ")
    for label in reading.allusions:
        yield from _wrapped(f"  speaks of: {label}", "    ")
    for statement in reading.statements:
        yield from _statement_lines(statement, f"{statement.stance} that", passage, whole_at)
    for statement in reading.beside:
        yield from _statement_lines(statement, BESIDE, passage, whole_at)
    if passage.remark:
        yield from _wrapped(f"  remark: {passage.remark}", "    ")


def _in_the_copy(passage: Passage, copy: Copy) -> str:
    match copy.matches[passage.iri]:
        case Match.GONE:
            return "in the copy: its words are no longer there"
        case Match.MOVED:
            place = f"moved to line {copy.lines[passage.iri]}"
        case Match.IN_PLACE:
            place = "in place"
    return f"in the copy, {place}: “{copy.words[passage.iri]}”"


def _statement_lines(
    statement: Statement, how: str, passage: Passage, whole_at: WholeAt
) -> Iterator[str]:
    weaker = " (implied by what it says)" if statement.weaker_of else ""
    yield from _wrapped(f"  · {how} {statement.claim.label}{weaker}", "    ")
    yield from _wrapped(f"      {statement.standing}", "      ")
    before = whole_at[statement.evidence_key]
    if before != passage:
        yield (
            f"      for {side_words(statement.pro)}; against {side_words(statement.con)};"
            f" the best of them at line {before.line}"
        )
        return
    yield from _side_lines("for", statement.pro)
    yield from _side_lines("against", statement.con)
    if statement.undecided.best:
        yield from _side_lines("undecided", statement.undecided)
    for each in statement.appraisal.not_counted:
        yield from _wrapped(f"      {each}", "        ")


def _side_lines(heading: str, side: Side) -> Iterator[str]:
    best = f"; best: {result_words(side.best)}" if side.best else ""
    yield from _wrapped(f"      {heading:<9} {side_words(side)}{best}", " " * 16)


def _against_itself(contradiction: Contradiction) -> Iterator[str]:
    one, other = contradiction.one_side, contradiction.other_side
    yield from _wrapped(
        f"{lines_named(one)} against {lines_named(other)}: {contradiction.about}", "  "
    )
    yield f"  ({contradiction.found})"
    for passage in (*one, *other):
        yield from _wrapped(f"  {_passage_line(passage)}", "    ")
    if contradiction.reason:
        yield from _wrapped(f"  Our reading: {contradiction.reason}", "    ")
    yield ""


def _untraced_lines(untraced: Untraced) -> Iterator[str]:
    yield from _wrapped(f"{lines_named(untraced.passages)}: {untraced.allusion.label}", "  ")
    looked = f"looked for on {untraced.allusion.checked_on}: {untraced.allusion.looked_for}"
    yield from _wrapped(f"  {looked}", "    ")
    for study in untraced.nearest:
        yield from _wrapped(f"  nearest: {study.label} ({terms.shortened(study.iri)})", "    ")


def _promise_lines(promise: Promise) -> Iterator[str]:
    state = "overdue" if promise.is_overdue else "not yet due"
    found = ", cannot be identified" if promise.is_untraced else ""
    yield from _wrapped(
        f"line {promise.passage.line}: promised for {promise.year}, {state}{found}."
        f" {promise.passage.paraphrase}",
        "  ",
    )
    if promise.passage.remark:
        yield from _wrapped(f"  {promise.passage.remark}", "    ")


def _passage_line(passage: Passage) -> str:
    return printable(f"line {passage.line}: {passage.paraphrase}")


def _wrapped(line: str, indent: str) -> Iterator[str]:
    """The line in pieces that fit a terminal; words of the graph cannot move the cursor."""
    margin = line[: len(line) - len(line.lstrip())]
    yield from wrap(
        printable(line.strip()),
        WIDTH,
        initial_indent=margin,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [""]
