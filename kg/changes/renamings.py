"""Records that are the same under a new IRI.

Two records are the same where one graph mentions only the one, the other graph mentions
only the other, and everything said of them is equal but the label and the synonyms. A
record that two others could be is nobody's: it counts as gone, and they as new.
References are followed, so that the evidence on a renamed claim is still that evidence.
"""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

import pyoxigraph as ox

from kg import terms
from kg.changes.views import View

__all__ = ["Renamings", "renamings_between"]

Renamings: TypeAlias = Mapping[str, str]
Content: TypeAlias = frozenset[tuple[str, object]]

NAMES = {terms.LABEL, terms.ALT_LABEL}
TELLING = {
    terms.DEFINITION,
    terms.EXACT_MATCH,
    terms.SUBJECT,
    terms.TITLE,
    *map(
        terms.kg, ("finding", "reportedIn", "paraphrase", "via", "oneSide", "otherSide", "basedOn")
    ),
}


def renamings_between(before: View, after: View, touched: Iterable[str]) -> Renamings:
    """The old IRI → the new one, of every touched record that only has another IRI."""
    gone = {iri for iri in touched if not after.mentions(iri)}
    came = {iri for iri in touched if not before.mentions(iri)}
    renamed: dict[str, str] = {}
    while True:
        olds = _by_content(before, gone - renamed.keys(), renamed)
        news = _by_content(after, came - set(renamed.values()), {})
        found = {olds[content]: news[content] for content in olds.keys() & news.keys()}
        if not found:
            return renamed
        # Another round: what refers to these may now turn out to be the same, too.
        renamed |= found


def _by_content(view: View, iris: Iterable[str], renamed: Renamings) -> dict[Content, str]:
    """What is said of a record → its IRI, of records that no other one equals."""
    found: dict[Content, list[str]] = {}
    for iri in iris:
        if TELLING & view.about(iri).keys():
            found.setdefault(_content(view, iri, renamed), []).append(iri)
    return {content: same[0] for content, same in found.items() if len(same) == 1}


def _content(view: View, iri: str, renamed: Renamings) -> Content:
    return frozenset(
        (
            predicate,
            frozenset(
                renamed.get(v.value, v.value) if isinstance(v, ox.NamedNode) else v for v in values
            ),
        )
        for predicate, values in view.about(iri).items()
        if predicate not in NAMES
    )
