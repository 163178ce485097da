"""From evidence to verdict: what the studies on a claim come to, and why.

    evidence ─▶ counted? ─▶ level per result ─▶ best per study ─▶ two sides ─▶ verdict
                   │         (ladder + moves)    and direction    (for, against)
                   └─▶ listed as "not counted, because …"

Each result starts at the level its design has for that kind of claim and is moved down
or up, each move with its reason. A study speaks once in each direction, whichever and
however many documents report it. Primary studies add up; syntheses never add to them,
because they pool the same studies. A side is as certain as its best result that another
study repeats; a single study is moved down. The side that outweighs the other by the
decisive ratio wins; where neither does, the claim is context-dependent if the two sides
stand in different circumstances, and contested if not.

    weighing.py   one result: counted or not, its level, its moves
    sides.py      independent studies, the two sides, the verdict
    words.py      the reasons, in plain words (numbers and lists in counting.py)

Every number comes from the `Grading` (`ontology/appraisal.ttl`, read by `kg/grading.py`);
none is written here. Nothing here reads files, dates or the graph. `docs/appraisal.md`
tells the same story to a clinician. To change how evidence weighs, edit the grading.
"""

from collections.abc import Iterable

from kg.appraisal.sides import (
    Decision,
    combined,
    decided_by,
    independent,
    once_per_study,
    passed_up,
    sex_studied,
)
from kg.appraisal.weighing import Weighed, kind_of, left_out_as, system_of, weighed_evidence
from kg.appraisal.words import only_in_words, reasons_for, systems_of
from kg.model import Appraisal, Certainty, Claim, Direction, Grading, NullKind, Tally, Verdict

__all__ = ["appraise", "kind_of", "left_out_as", "sex_studied", "system_of"]


def appraise(claim: Claim, narrower: Iterable[Claim], grading: Grading) -> Appraisal:
    """Weigh the evidence on a claim, and on the claims that specialise it, and say why.

    `narrower` are all claims that say the same of a narrower entity or scope, however
    many steps away. Their evidence is indirect: it decides only where the claim has no
    counted evidence of its own, is moved down, and is counted apart.
    """
    ladder = grading.ladders[kind_of(claim, grading)]
    below = [other for other in narrower if other.evidence and other.iri != claim.iri]
    roots = independent(item.study for one in (claim, *below) for item in one.evidence)
    own, left_out = weighed_evidence(claim, claim, ladder, grading, roots)
    direct = once_per_study(own)
    spoken = {(one.root, one.direction) for one in direct}
    risen = [one for other in below for one in passed_up(other, claim, grading, roots)]
    indirect = [one for one in once_per_study(risen) if (one.root, one.direction) not in spoken]
    here = decided_by(direct, ladder, grading)
    there = decided_by(indirect, ladder, grading)
    decided = combined(here, there)
    only_in = only_in_words(decided, claim, ladder)
    return Appraisal(
        claim=claim.iri,
        kind=ladder.kind,
        verdict=decided.verdict,
        certainty=Certainty.of(decided.level) if decided.level else None,
        reasons=tuple(reasons_for(claim, ladder, here, there, decided, only_in)),
        counts=_tallies(direct),
        indirect=_tallies(indirect),
        null=_null_of(decided, direct),
        contexts=decided.contexts,
        deciding=tuple(sorted({one.item.study.iri for one in decided.deciding})),
        not_counted=left_out,
        seen_in=systems_of(decided.deciding),
        only_in=only_in,
    )


def _null_of(decided: Decision, direct: list[Weighed]) -> NullKind | None:
    if decided.verdict is Verdict.UNTESTED:
        return NullKind.NEVER
    kinds = {one.null for one in direct}
    return next((kind for kind in (NullKind.ABSENT, NullKind.TOO_SMALL) if kind in kinds), None)


def _tallies(members: list[Weighed]) -> tuple[Tally, ...]:
    groups: dict[tuple[Direction, str], list[Weighed]] = {}
    for one in members:
        groups.setdefault((one.direction, one.item.design), []).append(one)
    order = tuple(Direction)
    return tuple(
        Tally(
            direction,
            design,
            len(group),
            tuple(sorted((o.size for o in group if o.size), reverse=True)),
        )
        for (direction, design), group in sorted(
            groups.items(), key=lambda entry: (order.index(entry[0][0]), entry[0][1])
        )
    )
