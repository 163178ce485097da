"""Groups of classes that share a band, a colour and a shape in the picture.

To give a class of entities its own band, add a line to `GROUPS`, a colour
`--group-<name>` to `static/theme.css` and a symbol to `templates/explore.html`.
"""

from dataclasses import dataclass

from kg import terms
from kg.graph import Graph

__all__ = ["BAND", "GROUPS", "Group", "group_of"]

SUBCLASS_OF = terms.RDFS + "subClassOf"


@dataclass(frozen=True, slots=True)
class Group:
    """Classes that share a band, a colour and a shape; `shape` is a word of vis-network."""

    name: str
    label: str
    shape: str
    classes: tuple[str, ...]


GROUPS = (
    Group("molecule", "molecule, gene or variant", "dot", ("MolecularEntity",)),
    Group("process", "pathway or process", "diamond", ("Process",)),
    Group("structure", "cell or structure", "hexagon", ("BiologicalStructure",)),
    Group(
        "phase", "hair-cycle phase or transition", "ellipse", ("HairCyclePhase", "PhaseTransition")
    ),
    Group("condition", "condition or factor", "triangleDown", ("Condition", "Factor")),
    Group("intervention", "intervention or preparation", "square", ("Intervention", "Preparation")),
    Group("outcome", "outcome or effect on the person", "triangle", ("Outcome", "PersonEffect")),
    Group("adverse", "adverse event", "star", ("AdverseEvent",)),
    Group("other", "anything else", "box", ()),
)
BAND = {group.name: band for band, group in enumerate(GROUPS)}
GROUP_OF_CLASS = {terms.kg(name): group for group in GROUPS for name in group.classes}


def group_of(graph: Graph, iri: str) -> Group:
    """The group of the nearest class above the entity that has one."""
    level = sorted(graph.records.get(iri, {}).get(terms.TYPE, ()))
    seen: set[str] = set()
    while level:
        for name in level:
            if name in GROUP_OF_CLASS:
                return GROUP_OF_CLASS[name]
        seen.update(level)
        above = {up for name in level for up in graph.records.get(name, {}).get(SUBCLASS_OF, ())}
        level = sorted(above - seen)
    return GROUPS[-1]
