"""What follows from data and vocabulary, and where that is impossible (`kg check --reason`).

    triples between things ──▶ reasonable (OWL 2 RL) ──▶ what follows
                                                           │
              kg/inconsistencies/NAME.rq ◀─────────────────┘ ──▶ findings, with the triples to blame

The engine only concludes; it does not say what is impossible. Each query in
`kg/inconsistencies/` finds one kind of impossibility in its conclusions, and `why-member.rq`
finds the written triples behind one. Literals are left to the shapes.
To look for another kind, add a query with a `# message:`.

The engine is the optional package `reasonable`; only this module imports it.
"""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias, cast

import pyoxigraph as ox

from kg import resources, sparql, terms, turtle
from kg.errors import KgError
from kg.findings import Finding, Location
from kg.placing import CheckedGraph, named, spelled_again
from kg.rulebook import BUILT_IN
from kg.store import OxigraphStore, Term

__all__ = ["inconsistencies", "require"]

QUERIES = resources.PACKAGE / "inconsistencies"
WHY_MEMBER = QUERIES / "why-member.rq"
SAME = ox.NamedNode(terms.PREFIXES["owl"] + "sameAs")
DIFFERENT = ox.NamedNode(terms.PREFIXES["owl"] + "differentFrom")
DISJOINT = ox.NamedNode(terms.PREFIXES["owl"] + "disjointWith")
Resource = ox.NamedNode | ox.BlankNode
Row: TypeAlias = dict[str, ox.NamedNode]


@dataclass(frozen=True, slots=True)
class _Ground:
    """A written triple that puts a thing into a class, and the class that it puts it into."""

    triple: ox.Triple
    into: ox.NamedNode

    def told(self, wanted: ox.NamedNode) -> str:
        """Why the thing is in the class that is wanted, in words."""
        predicate, written = self.triple.predicate, _spelled(self.triple)
        kind = "" if self.into == wanted else f", a kind of {_short(wanted)}"
        if predicate.value == terms.TYPE:
            return f"{written}{kind}"
        return f"{written} puts it into {_short(self.into)}{kind}"


def require() -> None:
    """Raise KgError where the engine is not installed."""
    try:
        import reasonable  # noqa: F401, PLC0415 - optional
    except ImportError as error:
        raise KgError(
            "kg check --reason needs the package 'reasonable', which is not installed. "
            "Install it with: pip install 'hairkg[reason]'"
        ) from error


def inconsistencies(graph: CheckedGraph) -> list[Finding]:
    """What the vocabulary forbids among the conclusions from a graph, with places and reasons."""
    written = _between_things(graph.store)
    conclusions = _conclusions(written)
    impossible = [
        (text, row)
        for path in sorted(QUERIES.glob("*.rq"))
        if path != WHY_MEMBER
        for text in [path.read_text(encoding="utf-8")]
        for row in _rows(conclusions, text)
    ]
    if not impossible:
        return []
    places = _places(graph)
    found = [_finding(text, row, written, places) for text, row in impossible]
    # Two disjoint classes have subclasses and superclasses: one pair of triples is told once.
    return list({(each.focus, each.places): each for each in reversed(found)}.values())[::-1]


def _finding(
    text: str, row: Row, store: OxigraphStore, places: "dict[ox.Triple, Location]"
) -> Finding:
    focus = row["focus"]
    classes = [row[name] for name in ("one", "two") if name in row]
    grounds = [(wanted, _ground(store, focus, wanted)) for wanted in classes]
    told = "; ".join(
        ground.told(wanted) if ground else f"that it is in {_short(wanted)} follows from others"
        for wanted, ground in grounds
    )
    triples = [ground.triple for _, ground in grounds if ground] or _written(row)
    triples += [
        ox.Triple(one, DISJOINT, two)
        for pair in pairwise(classes)
        for one, two in (pair, pair[::-1])
    ]
    known = list(dict.fromkeys(each for each in triples if each in places))
    message = sparql.header_of(text)["message"]
    for variable, value in row.items():
        message = message.replace(f"{{{variable}}}", _short(value))
    rule = BUILT_IN["inconsistent"]
    return Finding(
        rule=rule.name,
        severity=rule.severity,
        focus=spelled_again(focus.value),
        predicate=known[0].predicate.value if known else "",
        value=str(known[0].object) if known else "",
        message=f"{_short(focus)} {message}{f' ({told})' if told else ''}",
        places=tuple(places[each] for each in known) or (Location(str(resources.ONTOLOGY)),),
    )


def _ground(store: OxigraphStore, member: ox.NamedNode, of: ox.NamedNode) -> _Ground | None:
    """The written triple that puts a thing into a class; its own type rather than another."""
    text = WHY_MEMBER.read_text(encoding="utf-8")
    rows = _rows(store, text, {"member": member, "of": of})
    typed = [row for row in rows if row["predicate"].value == terms.TYPE]
    for row in [*typed, *rows]:
        return _Ground(ox.Triple(row["subject"], row["predicate"], row["object"]), row["class"])
    return None


def _written(row: Row) -> list[ox.Triple]:
    """The triples, either way round, that a row about two things may rest on."""
    if "other" not in row:
        return []
    named_ones = [row[name] for name in ("predicate", "second") if name in row]
    pairs = [(row["focus"], row["other"]), (row["other"], row["focus"])]
    return [ox.Triple(s, p, o) for p in named_ones or [SAME, DIFFERENT] for s, o in pairs]


def _rows(store: OxigraphStore, text: str, bindings: Row | None = None) -> list[Row]:
    table = store.select(text, bindings)
    rows = [dict(zip(table.columns, row, strict=True)) for row in table]
    return [cast("Row", row) for row in rows]


def _conclusions(written: OxigraphStore) -> OxigraphStore:
    """Everything that follows from what is written, and that itself."""
    import rdflib  # noqa: PLC0415 - the terms of the engine
    import reasonable  # noqa: PLC0415 - optional, and only --reason needs it

    engine = reasonable.PyReasoner()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.ttl"
        path.write_bytes(ox.serialize(_triples(written), format=ox.RdfFormat.N_TRIPLES) or b"")
        engine.load_file(str(path))
    conclusions = OxigraphStore()
    conclusions.oxigraph.extend(
        ox.Quad(*map(ox.NamedNode, triple))
        for triple in engine.reason()
        if all(isinstance(term, rdflib.URIRef) for term in triple)
    )
    return conclusions


def _between_things(store: OxigraphStore) -> OxigraphStore:
    """What a store says of things and not of texts and numbers; blank nodes get names."""
    between = OxigraphStore()
    between.oxigraph.extend(
        ox.Quad(named(triple.subject), triple.predicate, named(triple.object))
        for triple in _triples(store)
        if isinstance(triple.subject, Resource) and isinstance(triple.object, Resource)
    )
    return between


def _triples(store: OxigraphStore) -> Iterator[ox.Triple]:
    for quad in store.oxigraph.quads_for_pattern(None, None, None, ox.DefaultGraph()):
        yield quad.triple


def _places(graph: CheckedGraph) -> dict[ox.Triple, Location]:
    """Where the triples of the vocabulary and of the graph stand, and what they say."""
    texts = [
        (str(resources.ONTOLOGY), turtle.places(resources.ONTOLOGY.read_bytes())),
        (graph.name, graph.places()),
    ]
    found: dict[ox.Triple, Location] = {}
    for name, places in texts:
        for triple, place in places.items():
            if isinstance(triple.object, Resource):
                said = ox.Triple(named(triple.subject), triple.predicate, named(triple.object))
                found[said] = Location(name, place.line, place.column, _spelled(said))
    return found


def _spelled(triple: ox.Triple) -> str:
    return " ".join(map(_short, (triple.subject, triple.predicate, triple.object)))


def _short(term: Term) -> str:
    iri = term.value if isinstance(term, ox.NamedNode) else str(term)
    return "a" if iri == terms.TYPE else terms.shortened(spelled_again(iri))
