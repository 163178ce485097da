"""Which records differ, field by field, and what records, fields and values are called.

To compare a new class of record, add it to `KINDS`; to say a field of a foreign
vocabulary in other words, add it to `FIELDS`. Our own fields go by their labels.
"""

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg import terms
from kg.changes.renamings import Renamings
from kg.changes.values import FieldChange, Record, RecordChange, Value
from kg.changes.views import View
from kg.errors import DataError
from kg.graph import Graph
from kg.store import Term

__all__ = ["KINDS", "OTHER", "kind_of", "record_changes", "record_of", "touched_records"]

KINDS = {
    "Claim": "claim",
    "Evidence": "evidence item",
    "Entity": "entity",
    "Study": "study",
    "Source": "source",
    "Mechanism": "mechanism",
    "Step": "step",
    "Document": "document",
    "Passage": "passage",
    "Conflict": "conflict",
    "Allusion": "allusion",
    "Exclusion": "exclusion",
    "PhaseFigure": "phase figure",
}
OTHER = "other record"
FIELDS = {
    terms.TYPE: "class",
    terms.LABEL: "label",
    terms.ALT_LABEL: "synonym",
    terms.DEFINITION: "definition",
    terms.BROADER: "broader",
    terms.EXACT_MATCH: "exact match",
    terms.CLOSE_MATCH: "close match",
    terms.RELATED_MATCH: "related match",
    terms.SUBJECT: "subject",
    terms.PREDICATE: "relation",
    terms.OBJECT: "object",
    terms.TITLE: "title",
    terms.CREATOR: "authors",
    terms.ISSUED: "year",
    terms.IDENTIFIER: "finding record",
}


def touched_records(old: Graph, new: Graph) -> list[str]:
    """The subjects of which the two graphs do not say the same, without the vocabulary."""
    subjects = {*_said_only_in(old, new), *_said_only_in(new, old)}
    views = View(old), View(new)
    return sorted(s for s in subjects if not any(view.is_vocabulary(s) for view in views))


def record_changes(
    before: View, after: View, touched: Iterable[str], renamed: Renamings
) -> dict[str, RecordChange]:
    """What changed, by the IRI of today or by the last one of what is gone."""
    came_by_renaming = set(renamed.values())
    changes = {}
    for iri in touched:
        now = renamed.get(iri, iri)
        fields = tuple(_field_changes(before, after, iri, now, renamed))
        if iri not in came_by_renaming and (fields or iri != now):
            changes[now] = RecordChange(
                kind=kind_of(before, after, iri, now),
                before=record_of(before, iri) if before.has(iri) else None,
                after=record_of(after, now) if after.has(now) else None,
                fields=fields,
            )
    return changes


def kind_of(before: View, after: View, iri: str, now: str) -> str:
    """The word for the class of a record, also where only one graph gives it a class."""
    types = {*before.values(iri, terms.TYPE), *after.values(now, terms.TYPE)}
    return next((word for name, word in KINDS.items() if terms.kg(name) in types), OTHER)


def record_of(view: View, iri: str) -> Record:
    """How the graph calls the record."""
    types = view.values(iri, terms.TYPE)
    name, note = view.name(iri), view.one(iri, terms.ISSUED)
    if terms.kg("Evidence") in types:
        name, note = view.one(iri, terms.kg("finding")), view.words(iri, "fromStudy")
    elif terms.kg("Step") in types:
        name = f"{view.words(iri, 'order')}. {view.words(iri, 'via')}"
    elif terms.kg("Passage") in types:
        name, note = view.one(iri, terms.kg("paraphrase")), f"line {view.words(iri, 'line')}"
    elif terms.kg("Entity") in types:
        note = ", ".join(view.name(kind) for kind in types if kind != terms.kg("Entity"))
    return Record(terms.shortened(iri), name, note, view.words(iri, "direction"))


def _said_only_in(graph: Graph, other: Graph) -> Iterator[str]:
    known = other.store.oxigraph
    for quad in graph.store.oxigraph.quads_for_pattern(None, None, None, ox.DefaultGraph()):
        if quad in known:
            continue
        if not isinstance(quad.subject, ox.NamedNode) or isinstance(quad.object, ox.BlankNode):
            raise DataError(
                f"A blank node near {terms.shortened(quad.predicate.value)} cannot be compared: "
                "it has no name to know it by. Give it one; kg fmt says in which file it is."
            )
        yield quad.subject.value


def _field_changes(
    before: View, after: View, iri: str, now: str, renamed: Renamings
) -> list[FieldChange]:
    was, is_ = before.about(iri), after.about(now)
    changes = []
    for predicate in sorted(was.keys() | is_.keys()):
        here = is_.get(predicate, frozenset())
        there = {_as_renamed(term, renamed): term for term in was.get(predicate, ())}
        went = [term for today, term in there.items() if today not in here]
        came = [term for term in here if term not in there]
        if went or came:
            field = FIELDS.get(predicate) or after.name(predicate)
            changes.append(FieldChange(field, _values(before, went), _values(after, came)))
    return sorted(changes, key=lambda change: change.field)


def _as_renamed(term: Term, renamed: Renamings) -> Term:
    if isinstance(term, ox.NamedNode) and term.value in renamed:
        return ox.NamedNode(renamed[term.value])
    return term


def _values(view: View, values: Iterable[Term]) -> tuple[Value, ...]:
    words = (_value(view, term) for term in values)
    return tuple(sorted(words, key=lambda value: (value.text, value.form)))


def _value(view: View, term: Term) -> Value:
    if isinstance(term, ox.NamedNode):
        return Value(view.name(term.value), terms.shortened(term.value))
    if not isinstance(term, ox.Literal):
        return Value(str(term))
    if term.language:
        return Value(term.value, f"@{term.language}")
    is_text = term.datatype.value == terms.XSD + "string"
    return Value(term.value, "" if is_text else terms.shortened(term.datatype.value))
