"""Where the entities stand in a picture, and how the claims between them bend.

    band 0   a   c   e        the band gives y, the neighbours give the order in x;
               b   d   f      a crowded band wraps into several rows
    band 1     g   h
    band 2   i   (ring)  j    the hair cycle is a circle inside its band

    positions          bands, for any choice of claims
    chain_positions    a mechanism from left to right:   a ─▶ b ─▶ c
    cycle_positions    the hair cycle as a circle, what acts on a phase on its side

Nothing here draws, knows a class of the ontology or uses chance: the same network gives
the same numbers. To change how dense a picture is, change `CELL` and `ROW`.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import ceil, cos, pi, sin, sqrt

import networkx

__all__ = [
    "CELL",
    "FEW",
    "FEWEST_IN_RING",
    "ROW",
    "STAGGER",
    "WIDE",
    "bends",
    "chain_positions",
    "cycle_positions",
    "positions",
    "ring_places",
    "ring_size",
]

Place = tuple[int, int]

CELL, ROW = 150, 104
BAND_GAP = 48
ASPECT = 1.7
SWEEPS = 12
RING_WIDTH, RING_HEIGHT = 300, 170
FEWEST_IN_RING = 3
ARC, WITHIN_BAND_ARC = 0.14, 0.2
STAGGER, FEW = (-0.5, 0.5, -1.0, 1.0), 12
WIDE = 1.7  # times a cell: the room of a node that has its label inside
LINK, SAG = 250, 120
CYCLE_WIDTH, CYCLE_HEIGHT, SIDE = 290, 250, 0.35


def positions(
    network: networkx.MultiDiGraph, bands: Mapping[str, int], ring: Sequence[str] = ()
) -> dict[str, Place]:
    """A place for every node; `bands` says its band, `ring` lists the circle in its order."""
    circle = [node for node in ring if node in network]
    if len(circle) < FEWEST_IN_RING:
        circle = []
    columns = _columns(len(network))
    order = _ordered(network, bands, columns)
    found: dict[str, Place] = {}
    top = 0
    for index, band in enumerate(sorted(order)):
        inside = [node for node in circle if bands[node] == band]
        others = [node for node in order[band] if node not in inside]
        rows = _beside_ring(others, top) if inside else _rows(others, columns, top)
        placed = rows | _shifted(ring_places(inside), 0, top + RING_HEIGHT)
        # In a short chain the bands stand aside, or its edges would run behind its own nodes.
        aside = STAGGER[index % len(STAGGER)] if len(network) <= FEW else 0.0
        found |= _shifted(placed, round(aside * CELL), 0)
        top = max(y for node, (_, y) in found.items() if bands[node] == band) + ROW + BAND_GAP
    return found


def ring_places(
    ring: Sequence[str], width: int = RING_WIDTH, height: int = RING_HEIGHT
) -> dict[str, Place]:
    """The circle, clockwise from its top, around its own middle."""
    step = 2 * pi / max(len(ring), 1)
    return {
        node: (round(width * sin(i * step)), round(-height * cos(i * step)))
        for i, node in enumerate(ring)
    }


def chain_positions(network: networkx.MultiDiGraph, steps: Sequence[str]) -> dict[str, Place]:
    """From left to right in the order of the steps, sagging so that no line runs over a node."""
    layer = _layers(network, steps)
    last = max(layer.values(), default=0) or 1
    found: dict[str, Place] = {}
    used: dict[int, int] = {}
    for node in sorted(layer, key=lambda node: (layer[node], node)):
        row = used.get(layer[node], 0)
        used[layer[node]] = row + 1
        sag = SAG * sin(pi * layer[node] / last)
        found[node] = (layer[node] * LINK, round(sag + row * 1.3 * ROW))
    return found


def cycle_positions(network: networkx.MultiDiGraph, ring: Sequence[str]) -> dict[str, Place]:
    """The circle in the middle; every other node on the side of the first phase it touches."""
    circle = [node for node in ring if node in network]
    found = ring_places(circle, CYCLE_WIDTH, CYCLE_HEIGHT)
    sides: dict[str, list[str]] = {}
    for node in sorted(set(network) - set(circle)):
        beside = [one for one in circle if one in networkx.all_neighbors(network, node)]
        sides.setdefault(_side(found[beside[0]] if beside else (0, 1)), []).append(node)
    for side, nodes in sides.items():
        found |= _on_side(side, nodes)
    return found


def ring_size(*, cycle: bool) -> tuple[int, int]:
    """Half the width and height of the circle, in its own view or inside a band."""
    return (CYCLE_WIDTH, CYCLE_HEIGHT) if cycle else (RING_WIDTH, RING_HEIGHT)


def bends(network: networkx.MultiDiGraph, bands: Mapping[str, int]) -> dict[str, float]:
    """How much each edge curves, by its key: parallel edges differ; minus is the other way."""
    pairs: dict[tuple[str, str], list[tuple[str, bool]]] = {}
    for source, target, key in sorted(network.edges(keys=True)):
        pair = (min(source, target), max(source, target))
        pairs.setdefault(pair, []).append((key, source > target))
    found: dict[str, float] = {}
    for (one, other), edges in pairs.items():
        base = WITHIN_BAND_ARC if bands[one] == bands[other] else 0.0
        for index, (key, backwards) in enumerate(edges):
            bend = round(base + (index - (len(edges) - 1) / 2) * 2 * ARC, 3)
            found[key] = -bend if backwards else bend
    return found


def _layers(network: networkx.MultiDiGraph, steps: Sequence[str]) -> dict[str, int]:
    """How many steps lie before each node; what no step names stands at the ends."""
    ends = {key: (source, target) for source, target, key in network.edges(keys=True)}
    layer: dict[str, int] = {}
    for source, target in (ends[key] for key in steps if key in ends):
        reached = layer.setdefault(source, max(layer.values(), default=0))
        layer[target] = max(layer.get(target, 0), reached + 1)
    last = max(layer.values(), default=0)
    for source, target in sorted(ends.values()):
        layer.setdefault(source, 0)
        layer.setdefault(target, max(last, 1))
    return layer | {node: 0 for node in network if node not in layer}


def _side(place: Place) -> str:
    x, y = place
    if abs(x) > SIDE * CYCLE_WIDTH:
        return "right" if x > 0 else "left"
    return "below" if y > 0 else "above"


def _on_side(side: str, nodes: Sequence[str]) -> dict[str, Place]:
    """A block of nodes outside the circle: columns beside it, rows above and below it."""
    if side in {"left", "right"}:
        deep = max(2 * CYCLE_HEIGHT // ROW + 2, ceil(sqrt(len(nodes) * 3)))
        wide = ceil(len(nodes) / deep)
        middle = (CYCLE_WIDTH + CELL * (wide / 2 + 0.8)) * (1 if side == "right" else -1)
        rows = ceil(len(nodes) / wide)
        return _rows(nodes, wide, -round((rows - 1) / 2 * ROW), middle)
    columns = 2 * CYCLE_WIDTH // CELL + 1
    deep = ceil(len(nodes) / columns)
    top = CYCLE_HEIGHT + ROW if side == "below" else -CYCLE_HEIGHT - deep * ROW
    return _rows(nodes, columns, top)


def _columns(nodes: int) -> int:
    return max(4, ceil(sqrt(nodes * ASPECT * ROW / CELL)))


def _ordered(
    network: networkx.MultiDiGraph, bands: Mapping[str, int], columns: int
) -> dict[int, list[str]]:
    """The nodes of each band from left to right, each near the middle of its neighbours."""
    order: dict[int, list[str]] = {}
    for node in sorted(network):
        order.setdefault(bands[node], []).append(node)
    neighbours = {node: sorted(networkx.all_neighbors(network, node)) for node in sorted(network)}
    across = {node: x for band in order.values() for node, x in _spread(band, columns)}
    for _ in range(SWEEPS):
        for band in order.values():
            wanted = {node: _mean(across, neighbours[node], across[node]) for node in band}
            band.sort(key=lambda node: (wanted[node], node))
            across |= dict(_spread(band, columns))
    return order


def _mean(across: Mapping[str, float], neighbours: Iterable[str], own: float) -> float:
    values = [across[node] for node in neighbours]
    return round(sum(values) / len(values), 6) if values else own


def _spread(band: Sequence[str], columns: int) -> Iterable[tuple[str, float]]:
    """The band over the width of the picture, centred."""
    width = min(len(band), columns)
    return ((node, (i + 0.5) / len(band) * width - width / 2) for i, node in enumerate(band))


def _rows(band: Sequence[str], columns: float, top: int, middle: float = 0) -> dict[str, Place]:
    """The band in as many rows as it needs, column by column so that left stays left."""
    deep = ceil(len(band) / columns) or 1
    wide = ceil(len(band) / deep)
    stretch = min(WIDE, columns / wide) if wide else 1.0
    found: dict[str, Place] = {}
    for index, node in enumerate(band):
        column, row = divmod(index, deep)
        # Every other row stands half a cell aside, so that labels interlock.
        aside = 0.25 * (1 if row % 2 else -1) if deep > 1 else 0.0
        x = middle + (column - (wide - 1) / 2 + aside) * CELL * stretch
        found[node] = (round(x), top + row * ROW)
    return found


def _beside_ring(band: Sequence[str], top: int) -> dict[str, Place]:
    """The rest of the ring's band, half of it on each side."""
    deep = 2 * RING_HEIGHT // ROW + 1
    half = ceil(len(band) / 2)
    found: dict[str, Place] = {}
    for side, part in ((-1, band[:half]), (1, band[half:])):
        wide = ceil(len(part) / deep)
        middle = side * (RING_WIDTH + CELL * WIDE * (wide + 1) / 2)
        found |= _rows(part, max(wide, 1) * WIDE, top, middle)
    return found


def _shifted(places: Mapping[str, Place], right: int, down: int) -> dict[str, Place]:
    return {node: (x + right, y + down) for node, (x, y) in places.items()}
