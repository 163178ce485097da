"""A graph read record by record, straight from its store.

`Graph.records` reads everything at once, as strings; a comparison of two graphs looks at
few records and needs the terms as they are (`12` is not `"12"`).
"""

from collections.abc import Iterable, Mapping
from functools import cache

import pyoxigraph as ox

from kg import terms
from kg.graph import Graph
from kg.store import Term

__all__ = ["View"]

OWL = terms.PREFIXES["owl"]


class View:
    """One graph, a record at a time: what is said in it, without what follows from that."""

    def __init__(self, graph: Graph) -> None:
        self._oxigraph = graph.store.oxigraph
        self._part = ox.DefaultGraph()
        # Names, classes and columns are asked for again and again.
        self.about = cache(self._about)
        self.column = cache(self._column)

    def has(self, iri: str) -> bool:
        return bool(self.about(iri))

    def mentions(self, iri: str) -> bool:
        """It is said to be, or something is said of it."""
        quads = self._oxigraph.quads_for_pattern(None, None, ox.NamedNode(iri), self._part)
        return self.has(iri) or next(iter(quads), None) is not None

    def is_a(self, iri: str, kind: str) -> bool:
        return terms.kg(kind) in self.values(iri, terms.TYPE)

    def is_vocabulary(self, iri: str) -> bool:
        """It is a term that records are written with, and no record."""
        types = self.values(iri, terms.TYPE)
        return iri.startswith(terms.VOCABULARY) or any(kind.startswith(OWL) for kind in types)

    def instances(self, kind: str) -> list[str]:
        """The IRIs of all records of one of our classes, sorted."""
        wanted = ox.NamedNode(terms.TYPE), ox.NamedNode(terms.kg(kind))
        quads = self._oxigraph.quads_for_pattern(None, *wanted, self._part)
        return sorted(q.subject.value for q in quads if isinstance(q.subject, ox.NamedNode))

    def values(self, iri: str, predicate: str) -> tuple[str, ...]:
        """The values of a property as plain strings, sorted."""
        return _sorted(self.about(iri).get(predicate, ()))

    def one(self, iri: str, predicate: str) -> str:
        return next(iter(self.values(iri, predicate)), "")

    def name(self, iri: str) -> str:
        """The label or title of a thing, or its short IRI."""
        return self.one(iri, terms.LABEL) or self.one(iri, terms.TITLE) or terms.shortened(iri)

    def words(self, iri: str, name: str) -> str:
        """The values of one of our properties, each by its name."""
        return ", ".join(self.name(value) for value in self.values(iri, terms.kg(name)))

    def things_named_by(self, iri: str) -> set[str]:
        """Every IRI that is a value in the record."""
        return {
            value.value
            for values in self.about(iri).values()
            for value in values
            if isinstance(value, ox.NamedNode)
        }

    def _column(self, name: str) -> Mapping[str, frozenset[str]]:
        """One of our properties of everything that has it: faster than record by record."""
        found: dict[str, set[str]] = {}
        predicate = ox.NamedNode(terms.kg(name))
        for quad in self._oxigraph.quads_for_pattern(None, predicate, None, self._part):
            if isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.object, ox.Triple):
                found.setdefault(quad.subject.value, set()).add(quad.object.value)
        return {iri: frozenset(values) for iri, values in found.items()}

    def _about(self, iri: str) -> Mapping[str, frozenset[Term]]:
        """Everything said of a thing, by predicate; nothing where that is no IRI at all."""
        found: dict[str, set[Term]] = {}
        try:
            subject = ox.NamedNode(iri)
        except ValueError:  # a literal stands where a thing belongs
            return {}
        for quad in self._oxigraph.quads_for_pattern(subject, None, None, self._part):
            found.setdefault(quad.predicate.value, set()).add(quad.object)
        return {predicate: frozenset(values) for predicate, values in found.items()}


def _sorted(values: Iterable[Term]) -> tuple[str, ...]:
    return tuple(sorted(v.value for v in values if isinstance(v, ox.NamedNode | ox.Literal)))
