"""A graph file as a check takes it: loaded, as text for the shapes, and where each triple stands.

    loaded(text)                     fast: the engine reads the text itself
    loaded_with_blank_nodes(text)    slower: blank nodes keep one name in every engine

Each engine names blank nodes as it likes, so a finding on one has no place unless they are
read once, by the parser that knows the lines. Then the store keeps the names, and what takes
only IRIs sees `named(node)` in their stead.

The vocabulary and the table of standard identifiers lie beside the data in the store; the
links of suppressions are taken out.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

import pyoxigraph as ox

from kg import mappings, resources, suppression, terms, turtle
from kg.errors import DataError
from kg.findings import Finding, Location
from kg.store import OxigraphStore, Term

__all__ = [
    "CheckedGraph",
    "Places",
    "key",
    "loaded",
    "loaded_with_blank_nodes",
    "named",
    "spelled_again",
]

BLANK = "urn:kg-blank-node:"
AnyTerm = TypeVar("AnyTerm", bound=Term)
Places: TypeAlias = dict[ox.Triple, turtle.Place]


@dataclass(frozen=True, slots=True)
class CheckedGraph:
    """A text with everything a check needs of it."""

    name: str
    text: bytes
    store: OxigraphStore
    suppressions: list[suppression.Suppression]
    places: Callable[[], Places]

    def placed(self, found: Iterable[Finding]) -> list[tuple[Location, ...]]:
        """For each finding the place of its guilty triple, then one for each of the others."""
        findings = list(found)
        if not findings:
            return []
        wanted = {iri for each in findings for iri in (each.focus, *each.others)}
        index = _Index(self.places(), wanted, self.name)
        return [index.of(each) for each in findings]


def loaded(text: bytes, name: str) -> CheckedGraph:
    """The graph of a Turtle text; raises DataError where it is not Turtle."""
    store = OxigraphStore()
    try:
        store.load(text, name)
    except SyntaxError as error:
        raise DataError(f"{name}:1:1: {error.msg or error}. Mend it, then run again.") from error
    turtle.decoded(text, name)
    return _with_vocabulary(name, text, store, lambda: turtle.places(text))


def loaded_with_blank_nodes(text: bytes, name: str) -> CheckedGraph:
    """The same, with blank nodes that have the same name in the store, the text and the places."""
    known: dict[str, str] = {}
    places: Places = {}
    for triple, place in turtle.places(text).items():
        subject, thing = _renamed(triple.subject, known), _renamed(triple.object, known)
        places.setdefault(ox.Triple(subject, triple.predicate, thing), place)
    store = OxigraphStore()
    store.oxigraph.extend([ox.Quad(t.subject, t.predicate, t.object) for t in places])
    all_named = (ox.Triple(named(t.subject), t.predicate, named(t.object)) for t in places)
    spelled = ox.serialize(all_named, format=ox.RdfFormat.N_TRIPLES) or b""
    return _with_vocabulary(name, spelled, store, lambda: places)


def named(term: AnyTerm) -> AnyTerm | ox.NamedNode:
    """The term, or an IRI in the stead of a blank node."""
    return ox.NamedNode(BLANK + term.value) if isinstance(term, ox.BlankNode) else term


def spelled_again(iri: str) -> str:
    """An IRI, or the blank node that it stands for: `_:b1`. Angle brackets are dropped."""
    bare = iri.removeprefix("<").removesuffix(">") if iri.startswith("<") else iri
    return f"_:{bare.removeprefix(BLANK)}" if bare.startswith(BLANK) else bare


def key(term: Term | None) -> str:
    """How findings name a thing: the IRI, `_:b1`, or nothing."""
    if term is None:
        return ""
    return term.value if isinstance(term, ox.NamedNode) else str(term)


class _Index:
    """Where the triples of some subjects stand."""

    def __init__(self, places: Places, wanted: set[str], name: str) -> None:
        self._name = name
        self._exact: dict[tuple[str, str, str], turtle.Place] = {}
        self._by_predicate: dict[tuple[str, str], turtle.Place] = {}
        self._by_subject: dict[str, turtle.Place] = {}
        for triple, place in places.items():
            subject = key(triple.subject)
            if subject in wanted:
                predicate = triple.predicate.value
                self._exact[subject, predicate, str(triple.object)] = place
                self._by_predicate.setdefault((subject, predicate), place)
                self._by_subject.setdefault(subject, place)

    def of(self, finding: Finding) -> tuple[Location, ...]:
        if line := mappings.line_of(finding.focus):
            return (Location(str(resources.MAPPINGS), line, 1),)
        guilty = (
            self._exact.get((finding.focus, finding.predicate, finding.value))
            or self._by_predicate.get((finding.focus, finding.predicate))
            or self._by_subject.get(finding.focus)
            or turtle.Place(1, 1)
        )
        others = [place for other in finding.others if (place := self._start_of(other))]
        return (Location(self._name, guilty.line, guilty.column), *others)

    def _start_of(self, iri: str) -> Location | None:
        """Where a thing begins, in the graph or in the table of standard identifiers."""
        if line := mappings.line_of(iri):
            return Location(str(resources.MAPPINGS), line, 1, "its row")
        place = self._by_subject.get(iri)
        return (
            Location(self._name, place.line, place.column, terms.shortened(iri)) if place else None
        )


def _with_vocabulary(
    name: str, text: bytes, store: OxigraphStore, places: Callable[[], Places]
) -> CheckedGraph:
    suppressions = suppression.detach(store.oxigraph)
    store.load(resources.ONTOLOGY.read_bytes(), str(resources.ONTOLOGY))
    store.oxigraph.extend(ox.Quad(*triple) for triple in mappings.triples())
    return CheckedGraph(name, text, store, suppressions, places)


def _renamed(term: AnyTerm, known: dict[str, str]) -> AnyTerm | ox.BlankNode:
    if not isinstance(term, ox.BlankNode):
        return term
    return ox.BlankNode(known.setdefault(term.value, f"b{len(known) + 1}"))
