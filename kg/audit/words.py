"""The judgements in sentences: how the wording of a passage compares with the certainty.

Every sentence names the strength of the wording or the certainty it was compared with, so
that a reader can disagree with the one or the other. Nothing is decided here.
"""

from collections.abc import Iterable, Sequence

from kg.appraisal.counting import listed
from kg.audit.types import Judgement, Result, Side, Stance, Statement
from kg.model import Appraisal, Certainty, Passage, Verdict

__all__ = [
    "compared",
    "compared_open",
    "compared_plan",
    "compared_through",
    "lines_named",
    "passage_compared",
    "result_words",
    "side_words",
]

MOST_NAMED = 3
NOTHING = "no study that counts is recorded here, which does not prove that there is none"


def compared(
    passage: Passage, appraisal: Appraisal, judgement: Judgement, needed: int, stance: Stance
) -> str:
    """Why a claim that the passage asserts or denies is judged so."""
    put = ("denied, " if stance is Stance.DENIES else "") + passage.strength
    certainty = f"{appraisal.certainty} certainty"
    match judgement:
        case Judgement.NOTHING_FOUND:
            return f"{put}; {NOTHING}"
        case Judgement.CONTRADICTED:
            where = f", {appraisal.only_in}" if appraisal.only_in else ""
            return f"{put}; what was measured says otherwise ({certainty}{where})"
        case Judgement.ONLY_MODELS:
            return f"{put}; seen {appraisal.only_in}, {certainty}"
        case Judgement.INCONCLUSIVE:
            return f"{put}; {_undecided(appraisal)}"
    return f"{put}, {_needs(needed)}; {_has(appraisal, stance)}"


def compared_through(passage: Passage, weaker: Statement) -> str:
    """Why a claim without evidence is judged by a weaker one that it implies."""
    return (
        f"{passage.strength}; no study of the cause itself is recorded,"
        f" that they go together: {weaker.appraisal.words}"
    )


def compared_open(appraisal: Appraisal, judgement: Judgement) -> str:
    if judgement is Judgement.CONTRADICTED:
        return f"called open; it is settled: {appraisal.words}"
    return f"called open, and so it is: {appraisal.words}"


def compared_plan(passage: Passage, studies: int) -> str:
    recorded = f"{studies or 'no'} {'study or registration' if studies < 2 else 'studies or registrations'}"  # noqa: PLR2004 - one, or several
    return f"{passage.strength}; {recorded} of it recorded here"


def passage_compared(
    judgement: Judgement, statements: Sequence[Statement], *, is_untraced: bool
) -> str:
    """One sentence on a passage: which of its claims decided, or what is missing."""
    if judgement is Judgement.NO_CLAIM:
        return "No claim is recorded for it, so there is nothing to compare."
    if is_untraced and judgement is Judgement.UNTRACEABLE:
        return "It rests on something that nobody could find; what is known of the matter is below."
    counting = [one for one in statements if not one.weaker_of]
    missing = [one for one in counting if one.judgement is Judgement.NOTHING_FOUND]
    if judgement is Judgement.NOTHING_FOUND:
        return f"{NOTHING[0].upper()}{NOTHING[1:]}."
    decided = [one for one in counting if one.judgement is judgement] or [
        one for one in counting if one not in missing
    ]
    said = "; ".join(f"{_named(one)}: {one.comparison}" for one in decided[:MOST_NAMED])
    also = f" Nothing found on: {listed([_named(one) for one in missing])}." if missing else ""
    return f"{said}.{also}"


def _named(statement: Statement) -> str:
    return f"“{statement.claim.label}”"


def _needs(needed: int) -> str:
    return f"which needs {Certainty.of(needed)} certainty"


def _has(appraisal: Appraisal, stance: Stance) -> str:
    on = " on what it denies" if stance is Stance.DENIES else ""
    return f"the evidence{on}: {appraisal.words}"


def _undecided(appraisal: Appraisal) -> str:
    if appraisal.verdict is Verdict.CONTESTED:
        return "studies disagree and neither side outweighs the other"
    if appraisal.verdict is Verdict.INCONCLUSIVE:
        return "there are results, and they do not decide it"
    return f"what there is speaks against the text, but with {appraisal.certainty} certainty only"


def side_words(side: Side) -> str:
    """`2 studies, 1 on narrower claims`; `none recorded`."""
    if not side.studies and not side.narrower:
        return "none recorded"
    own = f"{side.studies} {'study' if side.studies == 1 else 'studies'}"
    if not side.narrower:
        return own
    below = f"{side.narrower} on narrower claims"
    return f"{own}, {below}" if side.studies else below


def result_words(result: Result) -> str:
    """Design, organism, number, finding, effect and where to read it."""
    item = result.item
    size = f"n = {item.sample_size:,}" if item.sample_size else ""
    who = ", ".join(filter(None, (item.design, item.organism, size)))
    effect = f" [{item.effect.words}]" if item.effect.words else ""
    narrower = f" On “{result.claim.label}”." if result.is_narrower else ""
    null = f" ({result.null})" if result.null else ""
    where = item.source.citation if item.source else f"{item.study.label}."
    return f"{who}{null}: {item.finding}{effect}{narrower} {where}"


def lines_named(passages: Iterable[Passage]) -> str:
    """`line 3`; `lines 3, 5 and 8`. Each line once."""
    lines = [str(line) for line in sorted({passage.line for passage in passages})]
    return f"{'line' if len(lines) == 1 else 'lines'} {listed(lines)}"
