"""The answer as data."""

import json
from dataclasses import fields

from kg import terms
from kg.model import Direction, Evidence, Scope
from kg.path_formats.words import step_words
from kg.paths import Compared, Explanation, Judged, Missing, Near, Path, Step

__all__ = ["json_of", "judged_data", "result_data", "thing_data"]

Data = dict[str, object]


def json_of(explanation: Explanation) -> str:
    """The answer as data, plain ASCII."""
    return json.dumps(_data(explanation), indent=2)


def _data(explanation: Explanation) -> Data:
    asked = explanation.question
    return {
        "version": 1,
        "from": thing_data(asked.start.iri, asked.start.label),
        "to": thing_data(asked.end.iri, asked.end.label),
        "organism": explanation.organism or None,
        "min_certainty": str(asked.min_certainty),
        "max_steps": asked.max_steps,
        "avoid": sorted(map(terms.shortened, asked.avoid)),
        "paths": [_path_data(path, explanation) for path in explanation.paths],
        "more": explanation.more,
        "complete": explanation.is_complete,
        "mechanisms": [_compared_data(compared) for compared in explanation.mechanisms],
        "missing": [_missing_data(missing) for missing in explanation.missing],
        "direct": [judged_data(judged) for judged in explanation.direct],
        "onward": [_near_data(near) for near in explanation.onward],
        "inward": [_near_data(near) for near in explanation.inward],
    }


def _path_data(path: Path, explanation: Explanation) -> Data:
    return {
        "sign": path.sign,
        "certainty": str(path.certainty),
        "says": "main" if path.sign == explanation.paths[0].sign else "opposite",
        "organisms": list(path.organisms),
        "steps": [_step_data(step, path, explanation) for step in path.steps],
    }


def _step_data(step: Step, path: Path, explanation: Explanation) -> Data:
    told = [{**judged_data(judged), **_overall_data(judged, explanation)} for judged in step.claims]
    return {
        "from": thing_data(step.start.iri, step.start.label),
        "to": thing_data(step.end.iri, step.end.label),
        "says": step_words(step),
        "sign": step.sign,
        "by": "definition" if step.kind.is_given else "claims",
        "weakest": step in path.weakest,
        "claims": told,
        "contrary": [judged_data(judged) for judged in step.contrary],
    }


def _overall_data(judged: Judged, explanation: Explanation) -> Data:
    overall = explanation.overall.get(judged.claim.iri)
    if not explanation.organism or overall is None:
        return {}
    return {
        "verdict_of_all_evidence": str(overall.verdict),
        "certainty_of_all_evidence": str(overall.certainty) if overall.certainty else None,
    }


def judged_data(judged: Judged) -> Data:
    claim, appraisal = judged.claim, judged.appraisal
    return {
        **thing_data(claim.iri, claim.label),
        "relation": claim.relation.label,
        "sign": claim.relation.sign,
        "scope": {f.name: v for f in fields(Scope) if (v := getattr(claim.scope, f.name))},
        "verdict": str(appraisal.verdict),
        "certainty": str(appraisal.certainty) if appraisal.certainty else None,
        "contexts": [
            {"by": c.dimension, "where": c.value, "verdict": str(c.verdict)}
            for c in appraisal.contexts
        ],
        "studies": {str(way): appraisal.studies(way) for way in Direction},
        "studies_on_narrower_claims": {
            str(way): appraisal.narrower_studies(way) for way in Direction
        },
        "organisms": list(judged.organisms),
        "systems": list(map(str, appraisal.seen_in)),
        "best_study": result_data(judged.best(Direction.SUPPORTS)),
        "best_against": result_data(judged.best(Direction.DISPUTES)),
    }


def result_data(item: Evidence | None) -> Data | None:
    if item is None:
        return None
    source = item.source or next(iter(item.study.sources), None)
    return {
        **thing_data(item.study.iri, item.study.label),
        "evidence": terms.shortened(item.iri),
        "design": item.design,
        "n": item.sample_size,
        "n_of_study": item.study.participants,
        "finding": item.finding,
        "doi": (source.doi if source else "") or None,
        "pmid": (source.pmid if source else "") or None,
    }


def _missing_data(missing: Missing) -> Data:
    return {
        "why": str(missing.obstacle),
        "steps_before": missing.before,
        "steps_after": missing.after,
        "claim": judged_data(missing.judged),
    }


def _near_data(near: Near) -> Data:
    return {
        **thing_data(near.entity.iri, near.entity.label),
        "class": near.entity.kind,
        "sign": near.step.sign,
        "claim": judged_data(near.step.claims[0]),
    }


def _compared_data(compared: Compared) -> Data:
    mechanism = compared.mechanism
    return {
        **thing_data(mechanism.iri, mechanism.label),
        "sign": compared.sign,
        "explains": judged_data(compared.explains) if compared.explains else None,
        "same_as_path": compared.same_as or None,
        "steps_that_do_not_hold": [judged_data(judged) for judged in compared.failing],
        "agrees_with_claim": compared.agrees_with_claim,
        "agrees_with_paths": compared.agrees_with_paths,
    }


def thing_data(iri: str, label: str) -> Data:
    return {"id": terms.shortened(iri), "label": label}
