"""Words that every form of an answer shares: signs, steps, numbers of studies, studies."""

from kg.model import Direction, Evidence, studies_in_words
from kg.paths import Judged, Step

__all__ = ["both_counts", "cited", "numbers", "seen_in", "sign_mark", "size_of", "step_words"]


def sign_mark(sign: int) -> str:
    """`+`, `−`, or `no sign` where a step states no cause."""
    return {1: "+", -1: "−"}.get(sign, "no sign")


def step_words(step: Step) -> str:
    """What the step says between its two ends: `increases`, `includes`, `begins`."""
    if step.kind.is_given:
        return str(step.kind)
    relation = step.claims[0].claim.relation
    return "is the source of" if relation.passes < 0 else relation.label


def numbers(judged: Judged) -> str:
    """`2 studies for, 1 against`; those on narrower claims are said apart."""
    appraisal = judged.appraisal
    said = studies_in_words(*map(appraisal.studies, Direction))
    if not appraisal.indirect:
        return said
    return f"{said}; on narrower claims {studies_in_words(*map(appraisal.narrower_studies, Direction))}"


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
    said = [item.study.label, item.design, size_of(item)]
    return "; ".join([", ".join(filter(None, said)), *_identifiers(item)])


def size_of(item: Evidence) -> str:
    """`n = 12`: the people or samples behind this number; else of the whole study, and so called."""
    if item.sample_size:
        return f"n = {item.sample_size:,}"
    whole = item.study.participants
    return f"n not seen, {whole:,} in the study" if whole else "n not seen"


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
