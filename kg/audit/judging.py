"""How strongly a claim is put, compared with how certain it is: one small pure function.

    judged(appraisal, needed, is_hedged=...)    needed: the level that this wording needs

    appraisal                     judgement
    ──────────────────────────    ─────────────────────────────────────────────
    untested                      nothing found
    refuted                       contradicted; inconclusive where the text says
                                  "may" and the refutation is of very low certainty
    contested                     overstated; inconclusive where the text says "may"
    inconclusive                  inconclusive
    context-dependent             overstated; where the text says "may", supported if it
                                  holds in some context, else inconclusive
    supported, only in models     only in animals or cells
    supported, certainty < needed overstated
    supported                     supported

The same table for readers is in docs/audit.md. A denial is judged by the mirror image of
the appraisal, a claim left open by whether it is settled, a plan by whether there is a study.
"""

from collections.abc import Iterable
from dataclasses import replace

from kg.audit.types import Judgement
from kg.model import Appraisal, Certainty, Verdict

__all__ = ["combined", "judged", "judged_open", "judged_plan", "judged_through", "mirrored"]

MIRROR = {Verdict.SUPPORTED: Verdict.REFUTED, Verdict.REFUTED: Verdict.SUPPORTED}


def judged(appraisal: Appraisal, needed: int, *, is_hedged: bool) -> Judgement:
    """What to say of a claim that is put with a wording that needs the level `needed`.

    `is_hedged` where the text says no more than "may".
    """
    level = appraisal.certainty.level if appraisal.certainty else 0
    if appraisal.verdict is Verdict.REFUTED:
        is_doubtful = is_hedged and level <= Certainty.VERY_LOW.level
        return Judgement.INCONCLUSIVE if is_doubtful else Judgement.CONTRADICTED
    if appraisal.verdict is not Verdict.SUPPORTED:
        return _undecided(appraisal, is_hedged=is_hedged)
    if appraisal.only_in:
        return Judgement.ONLY_MODELS
    return Judgement.OVERSTATED if level < needed else Judgement.SUPPORTED


def _undecided(appraisal: Appraisal, *, is_hedged: bool) -> Judgement:
    if appraisal.verdict is Verdict.UNTESTED:
        return Judgement.NOTHING_FOUND
    if appraisal.verdict is Verdict.INCONCLUSIVE:
        return Judgement.INCONCLUSIVE
    if not is_hedged:
        return Judgement.OVERSTATED
    holds_somewhere = any(each.verdict is Verdict.SUPPORTED for each in appraisal.contexts)
    return Judgement.SUPPORTED if holds_somewhere else Judgement.INCONCLUSIVE


def judged_through(weaker: Judgement, *, is_hedged: bool) -> Judgement:
    """A claim without evidence that implies a weaker one which has some.

    That two things go together is half the way to one causing the other: enough for "may".
    """
    if weaker is Judgement.SUPPORTED and not is_hedged:
        return Judgement.OVERSTATED
    return weaker


def judged_open(appraisal: Appraisal, settled: int) -> Judgement:
    """A claim that is called open: wrong only where it is settled either way."""
    level = appraisal.certainty.level if appraisal.certainty else 0
    is_settled = appraisal.verdict in MIRROR and level >= settled
    return Judgement.CONTRADICTED if is_settled else Judgement.SUPPORTED


def judged_plan(studies: int) -> Judgement:
    """Something said to be under study: so it is where a study or registration is recorded."""
    return Judgement.SUPPORTED if studies else Judgement.NOTHING_FOUND


def mirrored(appraisal: Appraisal) -> Appraisal:
    """The appraisal of the denial: what supports a claim refutes that it is not so.

    That an effect was seen only in models does not make its denial hold only there.
    """
    verdict = MIRROR.get(appraisal.verdict, appraisal.verdict)
    return replace(appraisal, verdict=verdict, only_in="")


def combined(judgements: Iterable[Judgement], *, is_hedged: bool) -> Judgement:
    """The judgement of a passage from those of its claims: the first that needs attention.

    What was never studied decides only where nothing else was; but a passage that puts as
    fact one thing that is supported and one that was never studied says too much.
    """
    given = list(judgements)
    found = [each for each in given if each is not Judgement.NOTHING_FOUND]
    if not given:
        return Judgement.NO_CLAIM
    if not found:
        return Judgement.NOTHING_FOUND
    worst = min(found, key=lambda each: each.rank)
    is_partial = worst is Judgement.SUPPORTED and len(found) < len(given)
    return Judgement.OVERSTATED if is_partial and not is_hedged else worst
