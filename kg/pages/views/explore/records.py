"""What the explorer page knows of each thing: entities, claims with verdicts, evidence, sources.

    records_of(graph)      one JSON value per kind, keyed by short identifier
    vocabulary_of(graph)   the terms that an export of the page needs

Fields that say nothing are left out. Facts of an evidence item are shown in the order and
under the names that they have here. Addresses that are no http or https stay text: the
page decides what becomes a link.
"""

from collections.abc import Iterable
from dataclasses import fields

from kg import terms
from kg.citing import identifiers_of, registry_address, web_address
from kg.graph import Graph
from kg.model import (
    Appraisal,
    Certainty,
    Claim,
    Context,
    Direction,
    Entity,
    Evidence,
    Mechanism,
    Passage,
    PhaseFigure,
    Source,
    Study,
    Tally,
    Verdict,
)

__all__ = ["Json", "filled", "records_of", "short", "vocabulary_of"]

Json = dict[str, object]


def records_of(graph: Graph) -> Json:
    """Everything that a panel, a table or an export of the page can show."""
    figures = _figures(graph.phase_figures.values())
    ends = {end.iri: end for c in graph.claims.values() for end in (c.subject, c.object)}
    entities = {**ends, **graph.entities}
    return {
        "entities": {
            short(iri): _entity(graph, entities[iri], figures.get(entities[iri].label, []))
            for iri in sorted(entities)
        },
        "claims": {short(c.iri): _claim(c, graph.appraisals[c.iri]) for c in graph.claims.values()},
        "evidence": {short(item.iri): _evidence(item) for item in graph.evidence.values()},
        "studies": {short(study.iri): _study(study) for study in graph.studies.values()},
        "sources": {short(source.iri): _source(source) for source in graph.sources.values()},
        "mechanisms": {short(m.iri): _mechanism(m) for m in graph.mechanisms.values()},
        "passages": {short(p.iri): _passage(graph, p) for p in graph.passages.values()},
        "conflicts": {
            short(conflict.iri): filled(
                label=conflict.label,
                reading=conflict.reading,
                claims=sorted({short(e.claim) for e in (*conflict.one_side, *conflict.other_side)}),
            )
            for conflict in graph.conflicts.values()
        },
    }


def vocabulary_of(graph: Graph) -> Json:
    """The identifiers of verdicts, certainties and directions by their words, for exports."""
    schemes = {"verdict": Verdict, "certainty": Certainty, "direction": Direction}
    return {
        name: {
            graph.label(iri): short(iri)
            for iri in graph.subjects_of(terms.IN_SCHEME, terms.kg(f"{name.title()}Scheme"))
            if graph.label(iri) in set(words)
        }
        for name, words in schemes.items()
    }


def short(iri: str) -> str:
    """How the page names a thing: `ent:vegf`."""
    return terms.shortened(iri)


def filled(**values: object) -> Json:
    """Without the fields that say nothing; a sign of 0 says something."""
    return {k: v for k, v in values.items() if v is not False and v not in ("", None, [], {}, ())}


def _entity(graph: Graph, entity: Entity, figures: list[str]) -> Json:
    return filled(
        label=entity.label,
        kind=entity.kind,
        definition=entity.definition,
        synonyms=entity.synonyms,
        same=[[terms.curie(match), match] for match in entity.exact_matches],
        close=[[terms.curie(match), match] for match in entity.close_matches],
        broader=[[graph.label(broader), short(broader)] for broader in entity.broader],
        figures=figures,
    )


def _figures(figures: Iterable[PhaseFigure]) -> dict[str, list[str]]:
    """What was reported about each phase, by its label."""
    found: dict[str, list[str]] = {}
    for figure in figures:
        where = " ".join(filter(None, (figure.organism, figure.site)))
        told = "; ".join(filter(None, (figure.duration, figure.share, figure.remark)))
        found.setdefault(figure.phase, []).append(f"{where}: {told}" if where else told)
    return found


def _claim(claim: Claim, appraisal: Appraisal) -> Json:
    scope = {field.name: getattr(claim.scope, field.name) for field in fields(claim.scope)}
    return filled(
        label=claim.label,
        subject=short(claim.subject.iri),
        relation=claim.relation.label,
        predicate=short(claim.relation.iri),
        object=short(claim.object.iri),
        sign=claim.relation.sign,
        scope=filled(**scope),
        broader=[short(iri) for iri in claim.specializes],
        supporting=[short(item.iri) for item in claim.evidence_for],
        disputing=[short(item.iri) for item in claim.evidence_against],
        inconclusive=[short(item.iri) for item in claim.evidence_inconclusive],
        studies=[len(claim.studies(direction)) for direction in Direction],
        **_verdict(appraisal),
    )


def _verdict(appraisal: Appraisal) -> Json:
    """The appraisal, flat beside the claim: these are asked for on every edge."""
    return filled(
        verdict=str(appraisal.verdict),
        certainty=str(appraisal.certainty) if appraisal.certainty else "",
        words=appraisal.words,
        reasons=appraisal.reasons,
        narrowerStudies=_narrower_studies(appraisal),
        counts=[_tally(tally) for tally in appraisal.counts],
        indirect=[_tally(tally) for tally in appraisal.indirect],
        contexts=[_context(context) for context in appraisal.contexts],
        deciding=[short(iri) for iri in appraisal.deciding],
        notCounted=[short(iri) for iri in appraisal.not_counted],
        null=str(appraisal.null) if appraisal.null else "",
        seenIn=[str(system) for system in appraisal.seen_in],
        onlyIn=appraisal.only_in,
        question=str(appraisal.kind),
    )


def _narrower_studies(appraisal: Appraisal) -> list[int]:
    """Independent studies for, against and undecided; empty where there is none."""
    found = [appraisal.narrower_studies(direction) for direction in Direction]
    return found if any(found) else []


def _tally(tally: Tally) -> list[object]:
    """Direction, design, number of studies, and their sizes where known."""
    return [str(tally.direction), tally.design, tally.studies, list(tally.sizes)]


def _context(context: Context) -> list[str]:
    certainty = str(context.certainty) if context.certainty else ""
    return [context.dimension, context.value, str(context.verdict), certainty]


def _evidence(item: Evidence) -> Json:
    """`facts` are shown in this order under these names."""
    facts = {
        "Design": item.design,
        "Observed": str(item.observed),
        "Organism": item.organism,
        "System": item.system,
        "n": "" if item.sample_size is None else str(item.sample_size),
        "Comparator": item.comparator,
        "Dose": item.dose,
        "Duration": item.duration,
        "Outcome": item.outcome,
        "Effect": item.effect.words,
        "Intervention": item.perturbation,
        "Directness": item.directness,
        "Role": item.role,
        "Where": item.locator,
        "Read": item.reading_depth,
        "Check": ", ".join(filter(None, (item.check_result, item.checked_on))),
        "Remark": item.remark,
    }
    return filled(
        finding=item.finding,
        facts=filled(**facts),
        secondHand=item.second_hand,
        hearsay=item.is_hearsay,
        study=short(item.study.iri),
        source=short(item.source.iri) if item.source else "",
    )


def _study(study: Study) -> Json:
    return filled(
        label=study.label,
        registry=" ".join(filter(None, (study.registry_id, study.registry_status))),
        link=registry_address(study.registry_id),
        funder=study.funder,
        interests=study.interests,
    )


def _source(source: Source) -> Json:
    parts = (source.authors, source.year, source.title, source.container)
    return filled(
        citation=". ".join(part.rstrip(".") for part in parts if part),
        year=source.year[:4],
        kind=source.kind,
        links=_links(source),
        retraction=source.retraction,
        unverified=source.unverified,
    )


def _links(source: Source) -> list[list[str]]:
    """Text and address of what it can be looked up by."""
    links = [*identifiers_of(source), ("web page", web_address(source.url))]
    return [[text, address] for text, address in links if address]


def _mechanism(mechanism: Mechanism) -> Json:
    return filled(
        label=mechanism.label,
        definition=mechanism.definition,
        steps=[short(step.iri) for step in mechanism.steps],
        sign=mechanism.net_sign,
        explains=short(mechanism.explains.iri) if mechanism.explains else "",
    )


def _passage(graph: Graph, passage: Passage) -> Json:
    return filled(
        document=graph.label(passage.document),
        line=passage.line,
        section=passage.section,
        paraphrase=passage.paraphrase,
        strength=passage.strength,
        cites=passage.cites_source,
        claims=[short(iri) for iri in passage.asserts],
    )
