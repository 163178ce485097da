"""The picture: nodes and edges in the form that vis-network reads, and the place of each.

    picture_of(graph, views)      nodes, edges, and for each view its claims and places

pyvis makes the nodes and edges from networkx; places come from `layout.py`; how a verdict
looks is in `static/explore/looks.js`.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, cast

from kg.graph import Graph
from kg.model import Claim
from kg.pages.views.explore import layout
from kg.pages.views.explore.choices import WHOLE, View, hair_cycle
from kg.pages.views.explore.groups import BAND, GROUPS, Group, group_of
from kg.pages.views.explore.records import Json, filled, short

if TYPE_CHECKING:
    import networkx

__all__ = ["picture_of"]


def picture_of(graph: Graph, views: Sequence[View]) -> Json:
    """What is drawn where."""
    network = graph.networkx()
    group = {iri: group_of(graph, iri) for iri in network}
    bands = {iri: BAND[group[iri].name] for iri in network}
    ring = hair_cycle(graph)
    nodes, edges = _vis_network(network, group, layout.bends(network, bands))
    return {
        "nodes": nodes,
        "edges": edges,
        "groups": [
            {"name": each.name, "label": each.label, "shape": each.shape} for each in GROUPS
        ],
        "grid": {
            "cell": layout.CELL,
            "row": layout.ROW,
            "stagger": layout.STAGGER,
            "few": layout.FEW,
            "wide": layout.WIDE,
        },
        "views": {
            view.name: _view(view, _places(view, network, bands, ring), ring) for view in views
        },
    }


def _vis_network(
    network: "networkx.MultiDiGraph", group: Mapping[str, Group], bend: Mapping[str, float]
) -> tuple[list[Json], list[Json]]:
    """Nodes and edges in the form that vis-network reads, made by pyvis."""
    # pyvis costs a second: it imports IPython. Undirected, it would drop parallel claims.
    from pyvis.network import Network  # noqa: PLC0415 - see above

    picture = Network(directed=True)
    for iri, entity in network.nodes(data=True):
        looks = {"shape": group[iri].shape, "group": group[iri].name}
        picture.add_node(short(iri), label=entity["label"], **looks)
    for source, target, key in network.edges(keys=True):
        curve = {
            "enabled": True,
            "type": "curvedCW" if bend[key] >= 0 else "curvedCCW",
            "roundness": abs(bend[key]),
        }
        picture.add_edge(short(source), short(target), id=short(key), smooth=curve)
    nodes, edges, *_ = picture.get_network_data()
    return nodes, edges


def _places(
    view: View,
    network: "networkx.MultiDiGraph",
    bands: Mapping[str, int],
    ring: Sequence[str],
) -> dict[str, layout.Place]:
    part = _part(network, view)
    if view.arrangement == "chain":
        return layout.chain_positions(part, [step.iri for step in _steps(view)])
    if view.arrangement == "cycle":
        return layout.cycle_positions(part, ring)
    return layout.positions(part, bands, ring)


def _steps(view: View) -> Sequence[Claim]:
    return view.mechanism.steps if view.mechanism else view.claims


def _part(network: "networkx.MultiDiGraph", view: View) -> "networkx.MultiDiGraph":
    """The network of a view; the whole graph also shows entities without claims."""
    if view.name == WHOLE:
        return network
    iris = {end.iri for claim in view.claims for end in (claim.subject, claim.object)}
    iris |= {entity.iri for entity in view.entities}
    keys = {claim.iri for claim in view.claims}
    part = network.subgraph(iris).copy()
    part.remove_edges_from([edge for edge in network.edges(keys=True) if edge[2] not in keys])
    return cast("networkx.MultiDiGraph", part)


def _view(view: View, places: Mapping[str, layout.Place], ring: Sequence[str]) -> Json:
    return filled(
        label=view.label,
        about=view.about,
        claims=[short(claim.iri) for claim in view.claims],
        entities=[short(entity.iri) for entity in view.entities],
        mechanism=short(view.mechanism.iri) if view.mechanism else "",
        arrangement=view.arrangement,
        leftOut=view.left_out,
        places={short(iri): place for iri, place in places.items()},
        ring=_ring(view, [iri for iri in ring if iri in places], places),
    )


def _ring(view: View, circle: Sequence[str], places: Mapping[str, layout.Place]) -> Json:
    """Where the circle of the hair cycle is, so that the page can draw it."""
    if view.arrangement == "chain" or len(circle) < layout.FEWEST_IN_RING:
        return {}
    width, height = layout.ring_size(cycle=view.arrangement == "cycle")
    x, top = places[circle[0]]
    ids = [short(iri) for iri in circle]
    return {"ids": ids, "middle": [x, top + height], "radii": [width, height]}
