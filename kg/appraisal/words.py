"""An appraisal in plain words: who was studied, what moved the certainty, what was not seen.

Every number that decided is named; every sentence stands on its own.
Nothing is decided here.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from kg.appraisal.counting import counted, listed, spelled
from kg.appraisal.sides import SPEAKS, Decision, sex_named, sex_of
from kg.appraisal.weighing import MODELS, UPWARD, Weighed, interval_of
from kg.model import (
    Certainty,
    Claim,
    ClaimKind,
    Direction,
    Ladder,
    Move,
    NullKind,
    System,
    Verdict,
)

__all__ = ["only_in_words", "reasons_for", "systems_of"]

BESIDE_PEOPLE = MODELS - {System.TISSUE}


def reasons_for(  # noqa: PLR0913, PLR0917 - what is said covers everything that was found
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
    sex = sex_of(one)
    if sex or one.item.organism == "human":
        return sex
    return one.item.organism


def _group_in_words(design: str, who: str, group: list[Weighed]) -> str:
    sizes = [one.size for one in group if one.size]
    unit = "people" if all(one.system is System.PEOPLE for one in group) else "samples"
    studied = f"{counted(len(group), design)}{f' in {who}' if who else ''}"
    if not sizes:
        return studied
    numbers = listed([f"{size:,}" for size in sizes])
    if sizes == [1]:
        unit = "person" if unit == "people" else "sample"
    if len(sizes) < len(group):
        return f"{studied}, {numbers} {unit} and the rest not stated"
    return f"{studied}, {numbers} {unit}"


def _missing_sex(claim: Claim, members: list[Weighed]) -> str:
    """`; none in women`, where the claim is about both and every study in people had men only."""
    if claim.scope.population or sex_named(f"{claim.subject.label} {claim.object.label}"):
        return ""
    sexes = {sex_of(one) for one in members if one.system is System.PEOPLE}
    if sexes == {"men"}:
        return "; none in women"
    return "; none in men" if sexes == {"women"} else ""


def _verdict_in_words(decided: Decision) -> Iterator[str]:
    own = ", on indirect evidence" if decided.is_indirect else ""
    if decided.verdict in SPEAKS:
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
    said = [f"starts at {listed(list(starts))}"]
    for move in Move:
        if moved[move]:
            way = "up" if move in UPWARD else "down"
            said.append(f"moved {way}: {move}{_share(moved[move], len(deciding))}")
    said += [f"moved down: {move}" for move in decided.moves]
    level = Certainty.of(decided.level)
    return f"Certainty {level}, as a claim of {ladder.kind}: {'; '.join(said)}."


def _share(number: int, of: int) -> str:
    if of == 1:
        return ""
    if number == of:
        return " in both" if of == 2 else f" in all {spelled(of)}"  # noqa: PLR2004 - both are two
    return f" in {spelled(number)} of {spelled(of)}"


def _nulls_in_words(decided: Decision, ladder: Ladder) -> Iterator[str]:
    nulls = [one for one in decided.members if one.null]
    for kind in (NullKind.ABSENT, NullKind.TOO_SMALL):
        of_kind = [one for one in nulls if one.null is kind]
        if of_kind:
            yield f"{str(kind).capitalize()}: {listed([_null_in_words(one, ladder) for one in of_kind])}."


def _null_in_words(one: Weighed, ladder: Ladder) -> str:
    effect = one.item.effect
    if interval_of(one.item):
        return f"{one.item.study.label} ({effect.low} to {effect.high})"
    if one.size is None:
        return f"{one.item.study.label} (number not seen)"
    needed = f", {ladder.null_needs} needed" if one.null is NullKind.TOO_SMALL else ""
    return f"{one.item.study.label} (n = {one.size:,}{needed})"


def only_in_words(decided: Decision, claim: Claim, ladder: Ladder) -> str:
    """`only in animals or cells`, where nothing that speaks was seen nearer to a patient."""
    seen = set(systems_of([*decided.pro.members, *decided.con.members])) - {System.UNSTATED}
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
    return f"only in {listed([names[s] for s in System if s in seen], 'or')}" if seen else ""


def _not_seen(ladder: Ladder) -> str:
    if ladder.needs_people:
        return "nothing of it is shown in people, so the certainty is never above very low"
    return "not shown in people or human tissue"


def systems_of(weighed: Iterable[Weighed]) -> tuple[System, ...]:
    seen = {one.system for one in weighed}
    return tuple(system for system in System if system in seen)
