"""The graph as domain values: entities, claims with their evidence, studies, passages.

    import kg
    g = kg.load()
    g.claim("finasteride increases hair count").evidence_against
    g.appraisals[claim.iri].words
    g.query("SELECT ?claim { ?claim a kg:Claim }")
    g.rdflib(), g.networkx()

Everything is read from the store once and built on demand. What the evidence comes to is
computed in `kg/verdicts.py`, what follows from it as triples in `kg/derived.py`; names are
resolved in `kg/names.py`.
"""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

import pyoxigraph as ox

from kg import sparql, terms, turtle
from kg.derived import derived_triples
from kg.errors import QueryError, UnknownName
from kg.grading import grading_in_use
from kg.model import (
    Allusion,
    Appraisal,
    Certainty,
    Claim,
    Conflict,
    Direction,
    Document,
    Effect,
    Entity,
    Evidence,
    Exclusion,
    Grading,
    Mechanism,
    Observed,
    Passage,
    PhaseFigure,
    Relation,
    Scope,
    Source,
    Study,
)
from kg.names import Names
from kg.store import Answer, Bindings, OxigraphStore, Table
from kg.verdicts import appraise_all

if TYPE_CHECKING:
    import networkx
    import rdflib

__all__ = ["SCOPE", "Graph"]

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

SCOPE = {
    "population": "inPopulation",
    "site": "atSite",
    "condition": "inCondition",
    "taxon": "inTaxon",
    "versus": "versus",
    "dose": "atDose",
    "route": "byRoute",
}
EFFECT = {
    "measure": "effectMeasure",
    "value": "effectValue",
    "unit": "effectUnit",
    "low": "effectLow",
    "high": "effectHigh",
    "level": "confidenceLevel",
    "p": "pValue",
}


class Graph:
    """A loaded knowledge graph. Every mapping is keyed by IRI and sorted by it.

    `grading` says how evidence weighs; the one in use when left out (`kg/grading.py`).
    """

    def __init__(self, store: OxigraphStore, grading: Grading | None = None) -> None:
        self.store = store
        self._grading = grading

    def query(self, text: str, **bindings: ox.NamedNode | ox.Literal) -> Table:
        """The rows of a SELECT; bind a variable by naming it: `query(text, treatment=iri)`."""
        self._derive_for(text)
        return self.store.select(text, bindings)

    def answer(self, text: str, bindings: Bindings | None = None) -> Answer:
        """The answer to a query of any form."""
        self._derive_for(text)
        return self.store.query(text, bindings)

    def derive(self) -> None:
        """Fill `graph:derived`; does nothing where it is filled.

        Queries that name a graph do it by themselves.
        """
        if not self.store.has_derived:
            self.store.keep_derived(
                derived_triples(self.claims.values(), self.appraisals, self._concepts)
            )

    @cached_property
    def appraisals(self) -> Mapping[str, Appraisal]:
        """What the evidence on each claim comes to, by the IRI of the claim."""
        return appraise_all(self.claims, self.grading)

    @cached_property
    def grading(self) -> Grading:
        """How evidence weighs here."""
        return self._grading or grading_in_use()

    def rdflib(self) -> "rdflib.Graph":
        """The same triples as an `rdflib.Graph`, without a copy."""
        import oxrdflib  # noqa: PLC0415 - rdflib costs 0.4 s, and most commands never need it
        import rdflib  # noqa: PLC0415 - the same

        graph = rdflib.Graph(
            store=oxrdflib.OxigraphStore(store=self.store.oxigraph),
            identifier=rdflib.graph.DATASET_DEFAULT_GRAPH_ID,
        )
        for prefix, namespace in terms.PREFIXES.items():
            graph.bind(prefix, namespace)
        return graph

    def networkx(self) -> "networkx.MultiDiGraph":
        """Entities as nodes, claims as edges; see `kg/network.py`."""
        from kg.network import network_of  # noqa: PLC0415 - networkx costs 0.8 s

        return network_of(self.claims.values(), self.appraisals, self.entities.values())

    @cached_property
    def records(self) -> Mapping[str, turtle.Record]:
        """Everything said in the default graph, by subject and predicate, as plain strings."""
        return turtle.records(
            self.store.oxigraph.quads_for_pattern(None, None, None, ox.DefaultGraph())
        )

    @cached_property
    def names(self) -> Names:
        """The names things go by, for finding them."""
        return Names(self.records)

    @cached_property
    def entities(self) -> Mapping[str, Entity]:
        return self._each("Entity", self._entity)

    @cached_property
    def claims(self) -> Mapping[str, Claim]:
        return self._each("Claim", self._claim)

    @cached_property
    def evidence(self) -> Mapping[str, Evidence]:
        return self._each("Evidence", self._evidence_item)

    @cached_property
    def studies(self) -> Mapping[str, Study]:
        return self._each("Study", self._study)

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        return self._each("Source", self._source)

    @cached_property
    def mechanisms(self) -> Mapping[str, Mechanism]:
        return self._each("Mechanism", self._mechanism)

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        return self._each("Document", self._document)

    @cached_property
    def passages(self) -> Mapping[str, Passage]:
        return self._each("Passage", self._passage)

    @cached_property
    def allusions(self) -> Mapping[str, Allusion]:
        return self._each("Allusion", self._allusion)

    @cached_property
    def exclusions(self) -> Mapping[str, Exclusion]:
        return self._each("Exclusion", self._exclusion)

    @cached_property
    def conflicts(self) -> Mapping[str, Conflict]:
        return self._each("Conflict", self._conflict)

    @cached_property
    def phase_figures(self) -> Mapping[str, PhaseFigure]:
        return self._each("PhaseFigure", self._phase_figure)

    def entity(self, name: str) -> Entity:
        """The entity of that name, synonym, identifier or IRI; raises UnknownName."""
        return self._pick(name, self.entities, "entity")

    def claim(self, name: str) -> Claim:
        """The claim of that label, slug or IRI; raises UnknownName."""
        return self._pick(name, self.claims, "claim")

    def claims_about(self, entity: Entity) -> list[Claim]:
        """The claims that have the entity as subject or object."""
        return [c for c in self.claims.values() if entity in (c.subject, c.object)]

    def subjects_of(self, predicate: str, value: str) -> list[str]:
        """The IRIs of which `predicate` says `value`, sorted."""
        return self._inverse(predicate).get(value, [])

    def label(self, iri: str) -> str:
        """The label of anything, or its short form where it has none."""
        return self._one(iri, terms.LABEL) or terms.shortened(iri)

    def _derive_for(self, text: str) -> None:
        if sparql.names_a_graph(text):
            self.derive()

    @cached_property
    def _concepts(self) -> Mapping[tuple[str, str], str]:
        """The IRI of each value of the vocabulary, by its scheme and its label."""
        return {
            (scheme, self.label(iri)): iri
            for iri, about in self.records.items()
            for scheme in about.get(terms.IN_SCHEME, ())
        }

    def _pick(self, name: str, things: Mapping[str, T], kind: str) -> T:
        iri = self.names.resolve(name, within=things.keys())
        if iri is None:
            raise UnknownName(self.names.miss(name, kind, within=things.keys()))
        return things[iri]

    def _each(self, kind: str, build: Callable[[str], T]) -> dict[str, T]:
        return {iri: build(iri) for iri in self.subjects_of(terms.TYPE, terms.kg(kind))}

    @cached_property
    def _inverses(self) -> dict[str, dict[str, list[str]]]:
        return {}

    def _inverse(self, predicate: str) -> dict[str, list[str]]:
        if predicate not in self._inverses:
            found: dict[str, list[str]] = {}
            for subject in sorted(self.records):
                for value in self.records[subject].get(predicate, ()):
                    found.setdefault(value, []).append(subject)
            self._inverses[predicate] = found
        return self._inverses[predicate]

    def _all(self, iri: str, *predicates: str) -> tuple[str, ...]:
        about = self.records.get(iri, {})
        return tuple(sorted(v for p in predicates for v in about.get(p, ())))

    def _one(self, iri: str, predicate: str) -> str:
        return next(iter(sorted(self.records.get(iri, {}).get(predicate, ()))), "")

    def _own(self, iri: str, name: str) -> str:
        """The value of one of our properties, empty where there is none."""
        return self._one(iri, terms.kg(name))

    def _labelled(self, iri: str, name: str) -> str:
        value = self._own(iri, name)
        return self.label(value) if value else ""

    def _number(self, iri: str, name: str) -> int | None:
        value = self._own(iri, name)
        try:
            return int(value) if value else None
        except ValueError as error:
            raise QueryError(
                f"{terms.shortened(iri)} has kg:{name} {value!r} where a whole number belongs. "
                "Run: kg check"
            ) from error

    def _entity(self, iri: str) -> Entity:
        kinds = [k for k in self._all(iri, terms.TYPE) if k != terms.kg("Entity")]
        return Entity(
            iri=iri,
            label=self.label(iri),
            kind=self.label(kinds[0]) if kinds else "",
            definition=self._one(iri, terms.DEFINITION),
            synonyms=self._all(iri, terms.ALT_LABEL),
            exact_matches=self._all(iri, terms.EXACT_MATCH),
            close_matches=self._all(iri, terms.CLOSE_MATCH, terms.RELATED_MATCH),
            broader=self._all(iri, terms.BROADER),
            from_phase=self._own(iri, "fromPhase"),
            to_phase=self._own(iri, "toPhase"),
        )

    def _relation(self, iri: str) -> Relation:
        sign, passes = self._number(iri, "sign"), self._number(iri, "passesEffect")
        implies = self._all(iri, terms.kg("implies"))
        return Relation(iri, self.label(iri), sign or 0, passes or 0, implies)

    def _claim(self, iri: str) -> Claim:
        scope = {field: self._own(iri, name) for field, name in SCOPE.items()}
        return Claim(
            iri=iri,
            label=self.label(iri),
            subject=self._end(iri, terms.SUBJECT),
            relation=self._relation(self._one(iri, terms.PREDICATE)),
            object=self._end(iri, terms.OBJECT),
            scope=Scope(**{k: self.label(v) if ":" in v else v for k, v in scope.items() if v}),
            specializes=self._all(iri, terms.kg("specializes")),
            evidence=self._items(self.subjects_of(terms.kg("about"), iri)),
            circumstance=self._own(iri, "circumstance"),
        )

    def _end(self, claim: str, predicate: str) -> Entity:
        iri = self._one(claim, predicate)
        return self.entities.get(iri) or self._entity(iri)

    def _evidence_item(self, iri: str) -> Evidence:
        study = self._own(iri, "fromStudy")
        return Evidence(
            iri=iri,
            claim=self._own(iri, "about"),
            study=self.studies.get(study) or self._study(study),
            direction=_member(Direction, self._labelled(iri, "direction"), iri),
            observed=_member(Observed, self._labelled(iri, "observed"), iri),
            finding=self._own(iri, "finding"),
            design=self._labelled(iri, "design"),
            locator=self._own(iri, "locator"),
            source=self.sources.get(self._own(iri, "reportedIn")),
            organism=self._labelled(iri, "organism"),
            system=self._own(iri, "system"),
            sample_size=self._number(iri, "sampleSize"),
            comparator=self._own(iri, "comparator"),
            dose=self._own(iri, "dose"),
            duration=self._own(iri, "duration"),
            outcome=self._own(iri, "outcome"),
            effect=Effect(**{field: self._own(iri, name) for field, name in EFFECT.items()}),
            perturbation=self._labelled(iri, "perturbation"),
            directness=self._labelled(iri, "directness"),
            role=self._labelled(iri, "role"),
            reading_depth=self._labelled(iri, "readingDepth"),
            second_hand=self._own(iri, "secondHand") == "true",
            authors_certainty=self._authors_certainty(iri),
            checked_on=self._own(iri, "checkedOn"),
            check_result=self._labelled(iri, "checkResult"),
            remark=self._own(iri, "remark"),
            records=self._all(iri, terms.IDENTIFIER),
        )

    def _authors_certainty(self, iri: str) -> Certainty | None:
        said = self._labelled(iri, "authorsCertainty")
        return _member(Certainty, said, iri) if said else None

    def _study(self, iri: str) -> Study:
        return Study(
            iri=iri,
            label=self.label(iri),
            designs=self._labels(iri, "design"),
            organisms=self._labels(iri, "organism"),
            participants=self._number(iri, "participants"),
            registry_id=self._own(iri, "registryId"),
            registry_status=self._own(iri, "registryStatus"),
            sources=tuple(
                self.sources[s] for s in self._all(iri, terms.kg("reportedIn")) if s in self.sources
            ),
            cohort=self._own(iri, "cohort"),
            funder=self._own(iri, "funder"),
            interests=self._all(iri, terms.kg("conflictOfInterest")),
            reviews=self._all(iri, terms.kg("reviews")),
        )

    def _labels(self, iri: str, name: str) -> tuple[str, ...]:
        return tuple(self.label(value) for value in self._all(iri, terms.kg(name)))

    def _source(self, iri: str) -> Source:
        return Source(
            iri=iri,
            title=self._one(iri, terms.TITLE),
            kind=self._labelled(iri, "sourceKind"),
            authors=self._one(iri, terms.CREATOR),
            year=self._one(iri, terms.ISSUED),
            container=self._own(iri, "container"),
            doi=self._own(iri, "doi"),
            pmid=self._own(iri, "pmid"),
            pmcid=self._own(iri, "pmcid"),
            registry_id=self._own(iri, "registryId"),
            other_identifier=self._own(iri, "otherIdentifier"),
            url=self._own(iri, "url"),
            retraction=self._labelled(iri, "retraction"),
            unverified=self._all(iri, terms.kg("unverifiedField")),
        )

    def _mechanism(self, iri: str) -> Mechanism:
        steps = self.subjects_of(terms.kg("stepOf"), iri)
        ordered = sorted(steps, key=lambda step: self._number(step, "order") or 0)
        return Mechanism(
            iri=iri,
            label=self.label(iri),
            definition=self._one(iri, terms.DEFINITION),
            steps=tuple(self._claim_of_step(step) for step in ordered),
            explains=self.claims.get(self._own(iri, "explains")),
        )

    def _claim_of_step(self, step: str) -> Claim:
        claim = self.claims.get(self._own(step, "via"))
        if claim is None:
            raise QueryError(f"{terms.shortened(step)} goes via no claim. Run: kg check")
        return claim

    def _document(self, iri: str) -> Document:
        return Document(
            iri=iri,
            label=self.label(iri),
            definition=self._one(iri, terms.DEFINITION),
            interests=self._all(iri, terms.kg("interest")),
            text_hash=self._own(iri, "textHash"),
        )

    def _passage(self, iri: str) -> Passage:
        return Passage(
            iri=iri,
            document=self._own(iri, "inDocument"),
            line=self._number(iri, "line") or 0,
            section=self._own(iri, "section"),
            paraphrase=self._own(iri, "paraphrase"),
            strength=self._labelled(iri, "strength"),
            cites_source=self._own(iri, "citesSource") == "true",
            asserts=self._all(iri, terms.kg("asserts")),
            denies=self._all(iri, terms.kg("denies")),
            leaves_open=self._all(iri, terms.kg("leavesOpen")),
            read_beside=self._all(iri, terms.kg("readBeside")),
            expected_in=self._number(iri, "expectedIn"),
            remark=self._own(iri, "remark"),
            start=self._number(iri, "charStart") or 0,
            end=self._number(iri, "charEnd") or 0,
            text_hash=self._own(iri, "textHash"),
        )

    def _allusion(self, iri: str) -> Allusion:
        return Allusion(
            iri=iri,
            label=self.label(iri),
            passages=self._all(iri, terms.kg("alludedIn")),
            looked_for=self._own(iri, "lookedFor"),
            checked_on=self._own(iri, "checkedOn"),
            nearest=self._all(iri, terms.kg("nearestStudy")),
        )

    def _exclusion(self, iri: str) -> Exclusion:
        return Exclusion(
            iri=iri,
            label=self.label(iri),
            one=self._own(iri, "oneClaim"),
            other=self._own(iri, "otherClaim"),
            reason=self._own(iri, "reason"),
        )

    def _conflict(self, iri: str) -> Conflict:
        return Conflict(
            iri=iri,
            label=self.label(iri),
            one_side=self._items(self._all(iri, terms.kg("oneSide"))),
            other_side=self._items(self._all(iri, terms.kg("otherSide"))),
            reading=self._own(iri, "reading"),
        )

    def _items(self, iris: Iterable[str]) -> tuple[Evidence, ...]:
        return tuple(self.evidence[iri] for iri in iris if iri in self.evidence)

    def _phase_figure(self, iri: str) -> PhaseFigure:
        return PhaseFigure(
            iri=iri,
            phase=self._labelled(iri, "figureFor"),
            organism=self._labelled(iri, "organism"),
            site=self._labelled(iri, "atSite"),
            duration=self._own(iri, "duration"),
            share=self._own(iri, "share"),
            remark=self._own(iri, "remark"),
            evidence=self._all(iri, terms.kg("basedOn")),
        )


def _member(enum: type[E], value: str, iri: str) -> E:
    try:
        return enum(value)
    except ValueError as error:
        raise QueryError(
            f"{terms.shortened(iri)} says {value!r} where one of "
            f"{', '.join(str(member) for member in enum)} belongs. Run: kg check"
        ) from error
