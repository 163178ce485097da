"""Cards: what the graph says of one thing, as text for a terminal and as plain data for JSON.

    card_of(graph, iri)      the record with what belongs to it, as nested dicts and lists
    card_text(card)          the same for people

A card of a claim always has its verdict with the reasons, the evidence for it and the
evidence against it; none can be asked for alone. To show a new kind of record, add its function to `CARDS`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields

from kg import terms
from kg.errors import UnknownName
from kg.graph import Graph
from kg.model import (
    Appraisal,
    Claim,
    Direction,
    Entity,
    Evidence,
    Scope,
    Study,
    Tally,
    Verdict,
    studies_in_words,
)
from kg.results import printable

__all__ = ["card_of", "card_text", "evidence_data"]

Card = dict[str, object]

NOTICE = "Read mostly as abstracts. Not medical advice."


def card_of(graph: Graph, iri: str) -> Card:
    """What the graph says of the thing; raises UnknownName for what has no card."""
    for kind, build in CARDS.items():
        if iri in getattr(graph, kind):
            return build(graph, iri)
    raise UnknownName(f"{terms.shortened(iri)} has no card. Ask for it with: kg query -")


def card_text(card: Card) -> str:
    """The card for a terminal, control characters escaped."""
    return "\n".join(_lines(card))


def evidence_data(item: Evidence) -> Card:
    """One evidence item with its study and its source, empty fields left out."""
    return _filled(
        {
            "id": terms.shortened(item.iri),
            "direction": str(item.direction),
            "observed": str(item.observed),
            "finding": item.finding,
            "design": item.design,
            "organism": item.organism,
            "system": item.system,
            "n": item.sample_size,
            "comparator": item.comparator,
            "dose": item.dose,
            "duration": item.duration,
            "outcome": item.outcome,
            "effect": item.effect.words,
            "perturbation": item.perturbation,
            "directness": item.directness,
            "role": item.role,
            "second-hand": item.second_hand or None,
            "certainty by its authors": str(item.authors_certainty or ""),
            "remark": item.remark,
            "source": item.source.citation if item.source else "",
            "locator": item.locator,
            "read": item.reading_depth,
            "checked": f"{item.checked_on}, {item.check_result}" if item.checked_on else "",
            "study": terms.shortened(item.study.iri),
            "records": list(item.records),
        }
    )


def _entity_card(graph: Graph, iri: str) -> Card:
    entity = graph.entities[iri]
    claims = graph.claims_about(entity)
    return _filled(
        {
            "entity": entity.label,
            "id": terms.shortened(iri),
            "class": entity.kind,
            "definition": entity.definition,
            "also called": list(entity.synonyms),
            "identifiers": list(map(terms.curie, entity.exact_matches)) or "not yet mapped",
            "close to": list(map(terms.curie, entity.close_matches)),
            "broader": [graph.label(broader) for broader in entity.broader],
            "narrower": [graph.label(n) for n in graph.subjects_of(terms.BROADER, iri)],
            "claims": {
                str(verdict): [_claim_line(graph, claim) for claim in group]
                for verdict, group in _by_verdict(graph, claims)
            },
        }
    )


def _claim_card(graph: Graph, iri: str) -> Card:
    claim, appraisal = graph.claims[iri], graph.appraisals[iri]
    return _filled(
        {
            "claim": claim.label,
            "id": terms.shortened(iri),
            "verdict": appraisal.words,
            "because": list(appraisal.reasons),
            "decided by": [_study_line(graph.studies[study]) for study in appraisal.deciding],
            "studies": _tallies(appraisal.counts) or "none",
            "studies of narrower claims": _tallies(appraisal.indirect),
            "not counted": list(appraisal.not_counted),
            "subject": _name(claim.subject),
            "relation": f"{claim.relation.label} (sign {claim.relation.sign:+d})",
            "object": _name(claim.object),
            "scope": _scope(claim.scope),
            "evidence for": [evidence_data(item) for item in claim.evidence_for] or "none",
            "evidence against": [evidence_data(item) for item in claim.evidence_against] or "none",
            "inconclusive": [evidence_data(item) for item in claim.evidence_inconclusive],
            "narrower claims": _claim_lines(graph, graph.subjects_of(terms.kg("specializes"), iri)),
            "broader claims": _claim_lines(graph, claim.specializes),
            "said in": _passage_lines(graph, "asserts", iri),
            "denied in": _passage_lines(graph, "denies", iri),
            "left open in": _passage_lines(graph, "leavesOpen", iri),
            "in mechanisms": [
                mechanism.label
                for mechanism in graph.mechanisms.values()
                if claim in mechanism.steps
            ],
        }
    )


def _evidence_card(graph: Graph, iri: str) -> Card:
    item = graph.evidence[iri]
    return {"evidence": terms.shortened(iri), **_brought_to_bear(graph, item)}


def _study_card(graph: Graph, iri: str) -> Card:
    study = graph.studies[iri]
    items = [item for item in graph.evidence.values() if item.study.iri == iri]
    return _filled(
        {
            "study": study.label,
            "id": terms.shortened(iri),
            "designs": list(study.designs),
            "organisms": list(study.organisms),
            "participants": study.participants,
            "registry": " ".join(filter(None, (study.registry_id, study.registry_status))),
            "reported in": [source.citation for source in study.sources],
            "evidence": [_brought_to_bear(graph, item) for item in items],
        }
    )


def _source_card(graph: Graph, iri: str) -> Card:
    source = graph.sources[iri]
    items = [item for item in graph.evidence.values() if item.source == source]
    return _filled(
        {
            "source": source.title,
            "id": terms.shortened(iri),
            "kind": source.kind,
            "cite as": source.citation,
            "address": source.url,
            "retraction": source.retraction,
            "unverified fields": list(source.unverified),
            "evidence": [_brought_to_bear(graph, item) for item in items],
        }
    )


def _mechanism_card(graph: Graph, iri: str) -> Card:
    mechanism = graph.mechanisms[iri]
    return _filled(
        {
            "mechanism": mechanism.label,
            "id": terms.shortened(iri),
            "definition": mechanism.definition,
            "steps": [
                f"{number}. {_claim_line(graph, step)}"
                for number, step in enumerate(mechanism.steps, 1)
            ],
            "net sign": f"{mechanism.net_sign:+d}",
            "explains": _claim_line(graph, mechanism.explains) if mechanism.explains else "",
        }
    )


def _document_card(graph: Graph, iri: str) -> Card:
    document = graph.documents[iri]
    passages = sorted(
        (p for p in graph.passages.values() if p.document == iri), key=lambda p: (p.line, p.iri)
    )
    return _filled(
        {
            "document": document.label,
            "id": terms.shortened(iri),
            "definition": document.definition,
            "interests": list(document.interests),
            "passages": [_passage_line(graph, passage.iri) for passage in passages],
        }
    )


def _passage_card(graph: Graph, iri: str) -> Card:
    passage = graph.passages[iri]
    return _filled(
        {
            "passage": f"line {passage.line}, {passage.section}",
            "id": terms.shortened(iri),
            "says": passage.paraphrase,
            "wording": passage.strength,
            "cites a traceable source": "yes" if passage.cites_source else "no",
            "claims": _claim_lines(graph, passage.asserts),
            "denies": _claim_lines(graph, passage.denies),
            "leaves open": _claim_lines(graph, passage.leaves_open),
            "read beside": _claim_lines(graph, passage.read_beside),
            "expected in": passage.expected_in,
            "remark": passage.remark,
        }
    )


def _conflict_card(graph: Graph, iri: str) -> Card:
    conflict = graph.conflicts[iri]
    return _filled(
        {
            "conflict": conflict.label,
            "id": terms.shortened(iri),
            "our reading": conflict.reading,
            "one side": [_brought_to_bear(graph, item) for item in conflict.one_side] or "none",
            "other side": [_brought_to_bear(graph, item) for item in conflict.other_side] or "none",
        }
    )


def _allusion_card(graph: Graph, iri: str) -> Card:
    allusion = graph.allusions[iri]
    return _filled(
        {
            "allusion": allusion.label,
            "id": terms.shortened(iri),
            "spoken of in": [_passage_line(graph, p) for p in allusion.passages],
            "looked for": allusion.looked_for,
            "checked": allusion.checked_on,
            "nearest studies": [graph.label(study) for study in allusion.nearest],
        }
    )


def _exclusion_card(graph: Graph, iri: str) -> Card:
    exclusion = graph.exclusions[iri]
    return {
        "exclusion": exclusion.label,
        "id": terms.shortened(iri),
        "cannot both be": _claim_lines(graph, (exclusion.one, exclusion.other)),
        "our reading": exclusion.reason,
    }


CARDS: Mapping[str, Callable[[Graph, str], Card]] = {
    "entities": _entity_card,
    "claims": _claim_card,
    "evidence": _evidence_card,
    "studies": _study_card,
    "sources": _source_card,
    "mechanisms": _mechanism_card,
    "documents": _document_card,
    "passages": _passage_card,
    "conflicts": _conflict_card,
    "allusions": _allusion_card,
    "exclusions": _exclusion_card,
}


def _by_verdict(graph: Graph, claims: Iterable[Claim]) -> Iterator[tuple[Verdict, list[Claim]]]:
    groups: dict[Verdict, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(graph.appraisals[claim.iri].verdict, []).append(claim)
    for verdict in Verdict:
        if verdict in groups:
            yield verdict, sorted(groups[verdict], key=lambda claim: _rank(graph, claim))


def _rank(graph: Graph, claim: Claim) -> tuple[int, str]:
    """The most certain first."""
    certainty = graph.appraisals[claim.iri].certainty
    return -certainty.level if certainty else 0, claim.label


def _claim_line(graph: Graph, claim: Claim) -> str:
    appraisal = graph.appraisals[claim.iri]
    said = f"{appraisal.words}; {_studies(claim)}{_with_narrower(appraisal)}"
    return f"{claim.label}  [{said}]  {terms.shortened(claim.iri)}"


def _claim_lines(graph: Graph, iris: Iterable[str]) -> list[str]:
    return [_claim_line(graph, graph.claims[iri]) for iri in iris if iri in graph.claims]


def _studies(claim: Claim) -> str:
    return studies_in_words(*(len(claim.studies(direction)) for direction in Direction))


def _with_narrower(appraisal: Appraisal) -> str:
    """`; of narrower claims 4 for, 0 against`, where there are studies of those."""
    if not appraisal.indirect:
        return ""
    return (
        f"; of narrower claims {appraisal.narrower_studies(Direction.SUPPORTS)} for, "
        f"{appraisal.narrower_studies(Direction.DISPUTES)} against"
    )


def _tallies(tallies: Iterable[Tally]) -> list[str]:
    """`supports: 2 randomised controlled trial (n = 1,553, 416)`."""
    return [
        f"{tally.direction}: {tally.studies} {tally.design}"
        + (f" (n = {', '.join(f'{size:,}' for size in tally.sizes)})" if tally.sizes else "")
        for tally in tallies
    ]


def _study_line(study: Study) -> str:
    return f"{study.label}  {terms.shortened(study.iri)}"


def _passage_line(graph: Graph, iri: str) -> str:
    passage = graph.passages[iri]
    return f"line {passage.line} ({passage.strength}): {passage.paraphrase}"


def _passage_lines(graph: Graph, how: str, claim: str) -> list[str]:
    return [_passage_line(graph, passage) for passage in graph.subjects_of(terms.kg(how), claim)]


def _brought_to_bear(graph: Graph, item: Evidence) -> Card:
    """A result with the claim it is about, and what all results on that come to."""
    about = {"claim": graph.label(item.claim)}
    if item.claim in graph.claims:
        about["verdict"] = graph.appraisals[item.claim].words
        about["studies"] = _studies(graph.claims[item.claim])
    return {**about, **evidence_data(item)}


def _name(entity: Entity) -> str:
    return f"{entity.label} ({entity.kind})"


def _scope(scope: Scope) -> Card:
    return {field.name: value for field in fields(scope) if (value := getattr(scope, field.name))}


def _filled(card: Card) -> Card:
    """Without the fields that say nothing."""
    return {key: value for key, value in card.items() if value not in ("", None, [], {}, ())}


def _lines(value: object, indent: int = 0) -> Iterator[str]:
    margin = "  " * indent
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if isinstance(inner, Mapping | list):
                yield f"{margin}{key}:"
                yield from _lines(inner, indent + 1)
            else:
                yield f"{margin}{key}: {printable(str(inner))}"
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            if isinstance(inner, Mapping):
                if number:
                    yield ""
                yield from _lines(inner, indent)
            else:
                yield f"{margin}- {printable(str(inner))}"
    else:
        yield f"{margin}{printable(str(value))}"
