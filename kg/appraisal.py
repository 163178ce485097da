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

Every number comes from the `Grading` (`ontology/appraisal.ttl`, read by `kg/grading.py`);
none is written here. Nothing here reads files, dates or the graph. `docs/appraisal.md`
tells the same story to a clinician. To change how evidence weighs, edit the grading.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.model import (
    Appraisal,
    Certainty,
    Claim,
    ClaimKind,
    Context,
    Direction,
    Evidence,
    Grading,
    Ladder,
    Move,
    NullKind,
    Observed,
    Study,
    System,
    Tally,
    Verdict,
)

__all__ = ["appraise", "kind_of"]

EXPERIMENTAL = frozenset({"loss", "block", "rescue"})
STANDARDISED = "standardised"
MODELS = frozenset({System.TISSUE, System.ANIMALS, System.CELLS, System.MATERIAL})
BESIDE_PEOPLE = frozenset({System.ANIMALS, System.CELLS, System.MATERIAL})
SPEAKS = frozenset({Verdict.SUPPORTED, Verdict.REFUTED})
NUMBERS = "no one two three four five six seven eight nine ten".split()  # noqa: SIM905 - reads as the list it is
WOMEN = re.compile(r"\b(?:women|woman|female|females|girls|postmenopausal)\b", re.IGNORECASE)
MEN = re.compile(r"\b(?:men|man|male|males|boys)\b", re.IGNORECASE)


def appraise(claim: Claim, narrower: Iterable[Claim], grading: Grading) -> Appraisal:
    """Weigh the evidence on a claim, and on the claims that specialise it, and say why.

    `narrower` are all claims that say the same of a narrower entity or scope, however
    many steps away. Their evidence is indirect: it decides only where the claim has no
    counted evidence of its own, is moved down, and is counted apart.
    """
    ladder = grading.ladders[kind_of(claim, grading)]
    below = [other for other in narrower if other.evidence and other.iri != claim.iri]
    roots = _independent(item.study for one in (claim, *below) for item in one.evidence)
    own, left_out = _weighed(claim, claim, ladder, grading, roots)
    direct = _once_per_study(own)
    spoken = {(one.root, one.direction) for one in direct}
    passed_up = [one for other in below for one in _passed_up(other, claim, grading, roots)]
    indirect = [
        one for one in _once_per_study(passed_up) if (one.root, one.direction) not in spoken
    ]
    here = _decided(direct, ladder, grading)
    there = _decided(indirect, ladder, grading)
    decided = _combined(here, there)
    only_in = _only_in(decided, claim, ladder)
    return Appraisal(
        claim=claim.iri,
        kind=ladder.kind,
        verdict=decided.verdict,
        certainty=Certainty.of(decided.level) if decided.level else None,
        reasons=tuple(_reasons(claim, ladder, here, there, decided, only_in)),
        counts=_tallies(direct),
        indirect=_tallies(indirect),
        null=_null_of(decided, direct),
        contexts=decided.contexts,
        deciding=tuple(sorted({one.item.study.iri for one in decided.deciding})),
        not_counted=left_out,
        seen_in=_systems(decided.deciding),
        only_in=only_in,
    )


def kind_of(claim: Claim, grading: Grading) -> ClaimKind:
    """The kind of question the claim answers, by its relation and what it joins."""
    for rule in grading.kind_rules:
        if rule.fits(claim):
            return rule.kind
    return ClaimKind.MECHANISM


@dataclass(frozen=True, slots=True)
class Weighed:
    """A counted result with its level: where it started, what moved it, where it stands.

    `direction` is the item's own, except that a null too small to tell is inconclusive.
    """

    item: Evidence
    root: str
    claim: Claim
    direction: Direction
    start: int
    moves: tuple[Move, ...]
    level: int
    system: System
    size: int | None
    is_synthesis: bool
    null: NullKind | None
    is_narrower: bool

    @property
    def rank(self) -> tuple[object, ...]:
        """Better results sort first; names come last, so that they decide only between equals."""
        item = self.item
        return (
            -self.level,
            -(self.size or 0),
            item.design,
            item.finding,
            len(self.moves),
            item.study.label,
            item.study.iri,
            item.iri,
        )


@dataclass(frozen=True, slots=True)
class Side:
    """The studies that speak in one direction: their weight, and how certain they are."""

    members: tuple[Weighed, ...] = ()
    weight: int = 0
    level: int = 0
    deciding: tuple[Weighed, ...] = ()
    is_lone: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict with what it rests on. `level` is 0 where there is no certainty to speak of."""

    verdict: Verdict
    level: int = 0
    members: tuple[Weighed, ...] = ()
    pro: Side = Side()
    con: Side = Side()
    moves: tuple[Move, ...] = ()
    contexts: tuple[Context, ...] = ()
    is_indirect: bool = False

    @property
    def winner(self) -> Side:
        """The side that the verdict follows; an empty one where it follows neither."""
        sides = {Verdict.SUPPORTED: self.pro, Verdict.REFUTED: self.con}
        return sides.get(self.verdict, Side())

    @property
    def deciding(self) -> tuple[Weighed, ...]:
        """The results that the verdict and its certainty rest on."""
        return self.winner.deciding or self.pro.deciding + self.con.deciding or self.members


# ---- what counts, and at which level


def _weighed(
    claim: Claim, asked: Claim, ladder: Ladder, grading: Grading, roots: dict[str, str]
) -> tuple[list[Weighed], tuple[str, ...]]:
    """The counted results on a claim, and what was not counted, in words."""
    counted: list[Weighed] = []
    left_out: Counter[str] = Counter()
    for item in claim.evidence:
        mark = next((mark for mark in _marks(item) if mark in grading.never_counted), "")
        if mark:
            left_out[mark] += 1
        else:
            counted.append(_levelled(item, claim, asked, ladder, grading, roots))
    covered = _adding_nothing(counted)
    left_out["review of studies counted here"] = len(covered)
    kept = [one for one in counted if one.item.study.iri not in covered or not one.is_synthesis]
    return kept, tuple(
        f"Not counted: {_counted(number, mark)} ({_because(mark)})"
        for mark, number in sorted(left_out.items())
        if number
    )


def _marks(item: Evidence) -> Iterator[str]:
    if item.source:
        yield item.source.retraction
    yield item.role
    yield item.design
    if item.source:
        yield item.source.kind


def _levelled(  # noqa: PLR0913, PLR0917 - one result needs its claim, the asker, and how to weigh
    item: Evidence,
    claim: Claim,
    asked: Claim,
    ladder: Ladder,
    grading: Grading,
    roots: dict[str, str],
) -> Weighed:
    system = _system(item, grading)
    size = item.sample_size if item.sample_size is not None else item.study.participants
    null = _null_kind(item, system, size, ladder, grading)
    start = ladder.starts.get(item.design, 1)
    moves = tuple(_moves(item, claim, system, size, start, ladder, grading))
    if claim is not asked:
        moves += (Move.NARROWER,)
    level = start
    for move in moves:
        up = move in {Move.NECESSITY, Move.LARGE}
        level += grading.steps[move] if up else -grading.steps[move]
    if ladder.needs_people and system in MODELS:
        level = 1
    return Weighed(
        item=item,
        root=roots[item.study.iri],
        claim=claim,
        direction=Direction.INCONCLUSIVE if null is NullKind.TOO_SMALL else item.direction,
        start=start,
        moves=moves,
        level=min(max(level, 1), len(Certainty)),
        system=system,
        size=size,
        is_synthesis=item.design in grading.syntheses,
        null=null,
        is_narrower=claim is not asked,
    )


def _system(item: Evidence, grading: Grading) -> System:
    system = grading.systems.get(item.design, System.UNSTATED)
    if system in {System.PEOPLE, System.TISSUE} and item.organism not in {"human", ""}:
        return System.ANIMALS
    if item.design in grading.syntheses and not item.organism:
        return System.UNSTATED
    return system


def _moves(  # noqa: PLR0913, PLR0917 - the reasons to move look at everything about a result
    item: Evidence,
    claim: Claim,
    system: System,
    size: int | None,
    start: int,
    ladder: Ladder,
    grading: Grading,
) -> Iterator[Move]:
    """Why the result is rated lower or higher than its design; each reason once."""
    yield from dict.fromkeys(_marked_moves(item, grading))
    in_people = system is System.PEOPLE
    if item.study.has_conflict_of_interest:
        yield Move.CONFLICT
    if in_people and size is not None and size < ladder.small_below:
        yield Move.SMALL
    if in_people and size is None and ladder.small_below and not item.effect.low:
        yield Move.UNSEEN
    if ladder.needs_control and in_people and _is_uncontrolled(item, grading):
        yield Move.UNCONTROLLED
    if (
        not ladder.needs_people
        and item.organism not in {"human", "", claim.scope.taxon}
        and ladder.kind is not ClaimKind.STANDING
    ):
        yield Move.OTHER_SPECIES
    if ladder.necessity_counts and item.perturbation in EXPERIMENTAL:
        yield Move.NECESSITY
    if ladder.large_effect_counts and start < len(Certainty) and _is_large(item, grading):
        yield Move.LARGE


def _marked_moves(item: Evidence, grading: Grading) -> Iterator[Move]:
    marks = [item.directness, item.reading_depth, item.check_result]
    if item.source:
        marks += [item.source.kind, item.source.retraction]
    for mark in marks:
        if mark in grading.moves_of_marks:
            yield grading.moves_of_marks[mark]
    if item.second_hand:
        yield Move.SECOND_HAND


def _is_uncontrolled(item: Evidence, grading: Grading) -> bool:
    without = item.comparator.lower().startswith(("none", "baseline", "before"))
    return without and item.design not in grading.spared.get(Move.UNCONTROLLED, frozenset())


def _is_large(item: Evidence, grading: Grading) -> bool:
    low, high = _number(item.effect.low), _number(item.effect.high)
    value = _number(item.effect.value)
    if not _is_ratio(item) or value is None or low is None or high is None or value <= 0:
        return False
    excludes_none = low > 1 or high < 1
    return excludes_none and max(value, 1 / value) >= grading.large_ratio


def _null_kind(
    item: Evidence, system: System, size: int | None, ladder: Ladder, grading: Grading
) -> NullKind | None:
    """Whether a null was measured and absent, or too small to tell; None where it is no null.

    The interval decides where it can be read; otherwise the number of people does.
    """
    if item.observed is not Observed.NO_EFFECT or item.direction is not Direction.DISPUTES:
        return None
    low, high = _number(item.effect.low), _number(item.effect.high)
    if low is not None and high is not None:
        important = _important(item, grading)
        if important is not None:
            reaches = low < important[0] or high > important[1]
            return NullKind.TOO_SMALL if reaches else NullKind.ABSENT
    if system is System.PEOPLE and size is not None and size < ladder.null_needs:
        return NullKind.TOO_SMALL
    return NullKind.ABSENT


def _important(item: Evidence, grading: Grading) -> tuple[float, float] | None:
    """The effects, down and up, that would matter on the scale of the item; None if unknown."""
    if _is_ratio(item):
        return grading.important_ratio_low, grading.important_ratio_high
    measure = item.effect.measure.lower()
    standardised = "smd" in measure.split() or STANDARDISED in measure
    scale = STANDARDISED if standardised else item.effect.unit
    difference = grading.important_differences.get(scale)
    return None if difference is None else (-difference, difference)


def _is_ratio(item: Evidence) -> bool:
    measure = item.effect.measure.lower()
    return "ratio" in measure.split() or "relative risk" in measure


@lru_cache(maxsize=4096)
def _number(text: str) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


# ---- which results are independent


def _independent(studies: Iterable[Study]) -> dict[str, str]:
    """Study → the name of its group: studies that share a registration or a cohort are one."""
    parent: dict[str, str] = {}

    def root_of(name: str) -> str:
        while parent.setdefault(name, name) != name:
            parent[name] = name = parent[parent[name]]
        return name

    for study in studies:
        shared = [study.registry_id] if study.registry_id else []
        shared += [f"cohort {study.cohort}"] if study.cohort else []
        one = root_of(study.iri)
        for name in shared:
            parent[root_of(f"shared {name}")] = one
            one = root_of(one)
    return {name: root_of(name) for name in list(parent)}


def _once_per_study(weighed: list[Weighed]) -> list[Weighed]:
    """The best result of each independent study in each direction, best first."""
    best: dict[tuple[str, Direction, bool], Weighed] = {}
    for one in sorted(weighed, key=lambda one: one.rank):
        best.setdefault((one.root, one.direction, one.is_synthesis), one)
    return list(best.values())


def _adding_nothing(counted: list[Weighed]) -> set[str]:
    """Reviews that take up studies counted here and bring no more people than those have."""
    primary = {one.item.study.iri: one for one in counted if not one.is_synthesis}
    found = set()
    for one in counted:
        pooled = [primary[iri] for iri in one.item.study.reviews if iri in primary]
        covers = [other for other in pooled if other.direction is one.direction]
        if one.is_synthesis and covers:
            covered = sum(other.item.study.participants or other.size or 0 for other in covers)
            if one.size is None or one.size <= covered:
                found.add(one.item.study.iri)
    return found


def _passed_up(
    narrower: Claim, claim: Claim, grading: Grading, roots: dict[str, str]
) -> Iterator[Weighed]:
    """What evidence on a narrower claim says of the broader one.

    That one harm is absent says nothing of the other harms of a treatment.
    """
    ladder = grading.ladders[kind_of(narrower, grading)]
    other_harm = ladder.kind is ClaimKind.HARM and narrower.object.iri != claim.object.iri
    for one in _weighed(narrower, claim, ladder, grading, roots)[0]:
        if one.direction is Direction.SUPPORTS or not other_harm:
            yield one


# ---- the two sides, and the verdict


def _decided(members: Sequence[Weighed], ladder: Ladder, grading: Grading) -> Decision:
    """The verdict of these results, each from another study or in another direction."""
    plain = _outweighed(members, ladder, grading)
    if not plain.pro.weight or not plain.con.weight or _is_clear(plain, grading):
        return plain
    splits = list(_splits(plain, ladder, grading))
    for split in splits:
        if {Verdict.SUPPORTED, Verdict.REFUTED} <= {c.verdict for c in split if c.value}:
            if all(context.value for context in split):
                return _context_dependent(plain, split)
    loser = {Verdict.SUPPORTED: Verdict.REFUTED, Verdict.REFUTED: Verdict.SUPPORTED}.get(
        plain.verdict
    )
    if any(c.value and c.verdict is loser for split in splits for c in split):
        return _contested(plain, grading)
    return plain


def _outweighed(members: Sequence[Weighed], ladder: Ladder, grading: Grading) -> Decision:
    """The verdict by weight alone, wherever the results come from."""
    pro = _side([m for m in members if m.direction is Direction.SUPPORTS], ladder, grading)
    con = _side([m for m in members if m.direction is Direction.DISPUTES], ladder, grading)
    kept = tuple(members)
    if not pro.weight and not con.weight:
        return Decision(Verdict.INCONCLUSIVE, 1, kept) if kept else Decision(Verdict.UNTESTED)
    if pro.weight >= grading.decisive_ratio * con.weight:
        return _won(Verdict.SUPPORTED, kept, pro, con, grading)
    if con.weight >= grading.decisive_ratio * pro.weight:
        return _won(Verdict.REFUTED, kept, pro, con, grading)
    return _contested(Decision(Verdict.CONTESTED, 1, kept, pro, con), grading)


def _won(
    verdict: Verdict, members: tuple[Weighed, ...], pro: Side, con: Side, grading: Grading
) -> Decision:
    winner = pro if verdict is Verdict.SUPPORTED else con
    won = Decision(verdict, winner.level, members, pro, con, (Move.LONE,) * winner.is_lone)
    if _is_clear(won, grading):
        return won
    level = max(won.level - grading.steps[Move.DISSENT], 1)
    return Decision(verdict, level, members, pro, con, (*won.moves, Move.DISSENT))


def _is_clear(decided: Decision, grading: Grading) -> bool:
    """Whether one side weighs so much more that the other changes nothing."""
    less, more = sorted((decided.pro.weight, decided.con.weight))
    return more >= grading.clear_ratio * less


def _contested(plain: Decision, grading: Grading) -> Decision:
    level = max(plain.pro.level, plain.con.level) - grading.steps[Move.CONTESTED]
    moves = (Move.CONTESTED,)
    return Decision(
        Verdict.CONTESTED, max(level, 1), plain.members, plain.pro, plain.con, moves
    )


def _context_dependent(plain: Decision, split: tuple[Context, ...]) -> Decision:
    """As certain as the least certain of the contexts that speak."""
    spoken = [c.certainty.level for c in split if c.certainty and c.verdict in SPEAKS]
    return Decision(
        Verdict.CONTEXT_DEPENDENT,
        min(spoken),
        plain.members,
        plain.pro,
        plain.con,
        contexts=split,
    )


def _side(members: list[Weighed], ladder: Ladder, grading: Grading) -> Side:
    if not members:
        return Side()
    primary = [one for one in members if not one.is_synthesis]
    syntheses = [one for one in members if one.is_synthesis]
    weight = max(_weight(primary, grading), *(grading.weights[s.level] for s in syntheses), 0)
    repeated = sorted((one.level for one in primary), reverse=True)[1:2]
    alone = [one.level - _lone_steps(one, ladder, grading) for one in primary]
    pooled = [one.level for one in syntheses]
    level = max(1, *repeated, *alone, *pooled)
    deciding = [one for one in syntheses if one.level >= level]
    is_lone = not deciding and (not repeated or repeated[0] < level)
    deciding += [one for one in primary if _carries(one, level, repeated, ladder, grading)]
    lone = is_lone and all(_lone_steps(one, ladder, grading) for one in deciding)
    return Side(tuple(members), weight, level, tuple(deciding) or tuple(members), lone)


def _carries(
    one: Weighed, level: int, repeated: list[int], ladder: Ladder, grading: Grading
) -> bool:
    """Whether a primary result holds up the level of its side, with others or alone."""
    if repeated and repeated[0] >= level:
        return one.level >= level
    return max(one.level - _lone_steps(one, ladder, grading), 1) >= level


def _lone_steps(one: Weighed, ladder: Ladder, grading: Grading) -> int:
    """How far the result is moved down when no other study repeats it."""
    is_large = one.size is not None and one.size >= grading.large_study
    in_people = one.system is System.PEOPLE
    return 0 if ladder.one_study_settles or (is_large and in_people) else grading.steps[Move.LONE]


def _weight(primary: list[Weighed], grading: Grading) -> int:
    """Weights added up; only so many studies of a level count that none outvote a better one."""
    numbers = Counter(one.level for one in primary)
    return sum(
        grading.weights[level] * min(number, grading.most_counted_per_level)
        for level, number in numbers.items()
    )


def _combined(here: Decision, there: Decision) -> Decision:
    """Evidence on the claim itself decides; narrower evidence where there is none.

    Where both say the same, the more certain of the two stands.
    """
    silent = {Verdict.UNTESTED, Verdict.INCONCLUSIVE}
    if there.verdict not in silent and here.verdict in silent:
        return _as_indirect(there)
    if here.verdict is Verdict.UNTESTED:
        return _as_indirect(there)
    if here.verdict is there.verdict and here.verdict in SPEAKS and there.level > here.level:
        return _as_indirect(there)
    return here


def _as_indirect(there: Decision) -> Decision:
    return Decision(
        there.verdict,
        there.level,
        there.members,
        there.pro,
        there.con,
        there.moves,
        there.contexts,
        is_indirect=bool(there.members),
    )


# ---- disagreement that follows a circumstance


def _species(one: Weighed) -> str:
    return one.item.organism


def _setting(one: Weighed) -> str:
    return "" if one.system is System.UNSTATED else f"in {one.system}"


def _sex(one: Weighed) -> str:
    if one.item.organism != "human":
        return ""
    return _sex_named(f"{one.claim.scope.population} {one.claim.label} {one.item.system}")


@lru_cache(maxsize=65536)
def _sex_named(text: str) -> str:
    women, men = WOMEN.search(text), MEN.search(text)
    if women and men:
        return "women and men"
    return "women" if women else "men" if men else ""


DIMENSIONS: dict[str, Callable[[Weighed], str]] = {
    "species": _species,
    "setting": _setting,
    "population": lambda one: one.claim.scope.population,
    "sex": _sex,
    "condition": lambda one: one.claim.scope.condition,
    "tissue": lambda one: one.claim.scope.site,
    "route": lambda one: one.claim.scope.route,
    "dose": lambda one: one.claim.scope.dose,
    "comparison": lambda one: one.claim.scope.versus,
    "circumstance": lambda one: one.claim.circumstance,
    "subject": lambda one: one.claim.subject.label if one.is_narrower else "",
    "object": lambda one: one.claim.object.label if one.is_narrower else "",
}


def _splits(
    plain: Decision, ladder: Ladder, grading: Grading
) -> Iterator[tuple[Context, ...]]:
    """For each circumstance that differs: its values, with the verdict where each holds.

    An empty value stands for the studies that do not tell.
    """
    speaking = [*plain.pro.members, *plain.con.members]
    for dimension, value_of in DIMENSIONS.items():
        groups: dict[str, list[Weighed]] = {}
        for one in speaking:
            groups.setdefault(value_of(one), []).append(one)
        if len(groups) > 1:
            found = []
            for value, members in sorted(groups.items()):
                inside = _outweighed(members, ladder, grading)
                found.append(
                    Context(dimension, value, inside.verdict, Certainty.of(inside.level))
                )
            yield tuple(found)


# ---- in words


def _reasons(  # noqa: PLR0913, PLR0917 - what is said covers everything that was found
    claim: Claim,
    ladder: Ladder,
    here: Decision,
    there: Decision,
    decided: Decision,
    only_in: str,
) -> Iterator[str]:
    if decided.verdict is Verdict.UNTESTED:
        yield "Nobody has measured this, as far as is recorded here."
    elif not here.members:
        yield "No result on the claim itself."
    yield from _sides_in_words(claim, here)
    for sentence in _sides_in_words(claim, there):
        yield f"Indirect, from narrower claims. {sentence}"
    yield from _verdict_in_words(decided)
    if decided.winner.deciding:
        yield _certainty_in_words(decided, ladder)
    if only_in:
        yield f"{only_in[0].upper()}{only_in[1:]}: {_not_seen(ladder)}."
    yield from _nulls_in_words(here, ladder)


def _sides_in_words(claim: Claim, decided: Decision) -> Iterator[str]:
    for heading, direction in (
        ("For", Direction.SUPPORTS),
        ("Against", Direction.DISPUTES),
        ("Undecided", Direction.INCONCLUSIVE),
    ):
        members = [one for one in decided.members if one.direction is direction]
        if members:
            yield f"{heading}: {_studies_in_words(members)}{_missing_sex(claim, members)}."


def _studies_in_words(members: list[Weighed]) -> str:
    groups: dict[tuple[str, str], list[Weighed]] = {}
    for one in sorted(members, key=lambda one: one.rank):
        groups.setdefault((one.item.design, _group_of(one)), []).append(one)
    return "; ".join(_group_in_words(*key, group) for key, group in groups.items())


def _group_of(one: Weighed) -> str:
    """Who or what was studied, as far as the item tells."""
    sex = _sex(one)
    if sex or one.item.organism == "human":
        return sex
    return one.item.organism


def _group_in_words(design: str, who: str, group: list[Weighed]) -> str:
    sizes = [one.size for one in group if one.size]
    unit = "people" if all(one.system is System.PEOPLE for one in group) else "samples"
    studied = f"{_counted(len(group), design)}{f' in {who}' if who else ''}"
    numbers = _listed([f"{size:,}" for size in sizes])
    if not sizes:
        return studied
    if len(sizes) < len(group):
        return f"{studied}, {numbers} {unit} and the rest not stated"
    return f"{studied}, {numbers} {unit}"


def _missing_sex(claim: Claim, members: list[Weighed]) -> str:
    """`; none in women`, where the claim is about both and every study in people had men only."""
    if claim.scope.population or _sex_named(f"{claim.subject.label} {claim.object.label}"):
        return ""
    sexes = {_sex(one) for one in members if one.system is System.PEOPLE}
    return {("men",): "; none in women", ("women",): "; none in men"}.get(tuple(sexes), "")


def _verdict_in_words(decided: Decision) -> Iterator[str]:
    own = ", on indirect evidence" if decided.is_indirect else ""
    if decided.verdict in {Verdict.SUPPORTED, Verdict.REFUTED}:
        loser = decided.con if decided.winner is decided.pro else decided.pro
        if loser.weight:
            times = decided.winner.weight / loser.weight
            yield (
                f"{str(decided.verdict).capitalize()}{own}: this side weighs {times:.3g} times the other."
            )
        elif own:
            yield f"{str(decided.verdict).capitalize()}{own}."
    elif decided.verdict is Verdict.CONTESTED:
        yield f"Contested{own}: neither side outweighs the other."
    elif decided.contexts:
        where = "; ".join(f"{c.value}: {c.verdict} ({c.certainty})" for c in decided.contexts)
        few = len(decided.pro.members) == len(decided.con.members) == 1
        chance = " With one study on each side this may be chance." if few else ""
        yield f"The disagreement follows {decided.contexts[0].dimension}{own}: {where}.{chance}"


def _certainty_in_words(decided: Decision, ladder: Ladder) -> str:
    """Where the deciding studies started, and each move with how many of them it befell."""
    deciding = decided.deciding
    starts = dict.fromkeys(
        f"{Certainty.of(one.start)} ({one.item.design})"
        for one in sorted(deciding, key=lambda one: one.rank)
    )
    moved = Counter(move for one in deciding for move in one.moves)
    ups = {Move.NECESSITY, Move.LARGE}
    said = [f"starts at {_listed(list(starts))}"]
    for move in Move:
        if moved[move]:
            way = "up" if move in ups else "down"
            said.append(f"moved {way}: {move}{_share(moved[move], len(deciding))}")
    said += [f"moved down: {move}" for move in decided.moves]
    level = Certainty.of(decided.level)
    return f"Certainty {level}, as a claim of {ladder.kind}: {'; '.join(said)}."


def _share(number: int, of: int) -> str:
    if of == 1:
        return ""
    if number == of:
        return " in both" if of == 2 else f" in all {_spelled(of)}"  # noqa: PLR2004 - both are two
    return f" in {_spelled(number)} of {_spelled(of)}"


def _nulls_in_words(decided: Decision, ladder: Ladder) -> Iterator[str]:
    nulls = [one for one in decided.members if one.null]
    for kind in (NullKind.ABSENT, NullKind.TOO_SMALL):
        of_kind = [one for one in nulls if one.null is kind]
        if of_kind:
            yield f"{str(kind).capitalize()}: {_listed([_null_in_words(one, ladder) for one in of_kind])}."


def _null_in_words(one: Weighed, ladder: Ladder) -> str:
    effect = one.item.effect
    if effect.low and effect.high:
        return f"{one.item.study.label} ({effect.low} to {effect.high})"
    if one.size is None:
        return f"{one.item.study.label} (number not seen)"
    needed = f", {ladder.null_needs} needed" if one.null is NullKind.TOO_SMALL else ""
    return f"{one.item.study.label} (n = {one.size:,}{needed})"


def _only_in(decided: Decision, claim: Claim, ladder: Ladder) -> str:
    """`only in animals or cells`, where nothing that speaks was seen nearer to a patient."""
    seen = set(_systems([*decided.pro.members, *decided.con.members])) - {System.UNSTATED}
    far = MODELS if ladder.needs_people else BESIDE_PEOPLE
    if not seen or not seen <= far or claim.scope.taxon not in {"", "human"}:
        return ""
    if ladder.kind in {ClaimKind.COMPOSITION, ClaimKind.STANDING}:
        seen -= {System.MATERIAL, System.CELLS}
    if ladder.needs_people and seen <= {System.ANIMALS, System.CELLS}:
        return "only in animals or cells"
    names = {
        System.TISSUE: "tissue outside the body",
        System.ANIMALS: "animals",
        System.CELLS: "cells",
        System.MATERIAL: "material or computation",
    }
    return f"only in {_listed([names[s] for s in System if s in seen], 'or')}" if seen else ""


def _not_seen(ladder: Ladder) -> str:
    if ladder.needs_people:
        return "nothing of it is shown in people, so the certainty is never above very low"
    return "not shown in people or human tissue"


def _systems(weighed: Iterable[Weighed]) -> tuple[System, ...]:
    seen = {one.system for one in weighed}
    return tuple(system for system in System if system in seen)


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


def _null_of(decided: Decision, direct: list[Weighed]) -> NullKind | None:
    if decided.verdict is Verdict.UNTESTED:
        return NullKind.NEVER
    kinds = {one.null for one in direct}
    return next((kind for kind in (NullKind.ABSENT, NullKind.TOO_SMALL) if kind in kinds), None)


def _because(mark: str) -> str:
    return {
        "retracted": "the source has been withdrawn",
        "background statement": "other people's work retold",
        "registered plan": "a plan has no result",
        "trial registration": "a plan has no result",
        "opinion": "an opinion is no result",
        "expert opinion": "an opinion is no result",
        "consumer web page": "a page for the public is no result",
        "product page": "the seller's word is no result",
        "review of studies counted here": "no people beyond theirs",
    }.get(mark, "the grading leaves it out")


def _counted(number: int, thing: str) -> str:
    return f"{_spelled(number)} {thing if number == 1 else _plural(thing)}"


def _plural(thing: str) -> str:
    if thing == "retracted":
        return "retracted results"
    head, of, rest = thing.partition(" of ")
    if head.endswith("series"):
        return thing
    if head.endswith("analysis"):
        return head.removesuffix("is") + "es" + of + rest
    if head.endswith("y"):
        return head.removesuffix("y") + "ies" + of + rest
    return head + "s" + of + rest


def _spelled(number: int) -> str:
    return NUMBERS[number] if number < len(NUMBERS) else f"{number:,}"


def _listed(words: list[str], last: str = "and") -> str:
    """`a, b and c`."""
    if len(words) < 2:  # noqa: PLR2004 - a list of one needs no "and"
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
