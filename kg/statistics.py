"""Counts of what is in a graph, for `kg stats`, the README and the data notes."""

from collections import Counter
from collections.abc import Iterable

from kg.graph import Graph

__all__ = ["statistics_of"]


def statistics_of(graph: Graph) -> dict[str, dict[str, int]]:
    """Heading → name → count, headings in reading order and names by count."""
    items = graph.evidence.values()
    return {
        "Records": {
            "triples of data and vocabulary": len(graph.store),
            "entities": len(graph.entities),
            "claims": len(graph.claims),
            "evidence items": len(graph.evidence),
            "studies": len(graph.studies),
            "sources": len(graph.sources),
            "mechanisms": len(graph.mechanisms),
            "conflicts": len(graph.conflicts),
            "passages of documents": len(graph.passages),
        },
        "Claims by verdict": _counted(a.verdict for a in graph.appraisals.values()),
        "Claims by certainty": _counted(a.certainty or "none" for a in graph.appraisals.values()),
        "Claims by balance of evidence": _counted(c.balance for c in graph.claims.values()),
        "Evidence by direction": _counted(item.direction for item in items),
        "Evidence by what was observed": _counted(item.observed for item in items),
        "Evidence by design": _counted(item.design for item in items),
        "Evidence by organism": _counted(item.organism or "none" for item in items),
        "Evidence by result of the last check": _counted(item.check_result for item in items),
        "Evidence by reading depth": _counted(item.reading_depth for item in items),
        "Entities by class": _counted(entity.kind for entity in graph.entities.values()),
        "Sources by kind": _counted(source.kind for source in graph.sources.values()),
        "Sources by retraction status": _counted(s.retraction for s in graph.sources.values()),
    }


def _counted(values: Iterable[str]) -> dict[str, int]:
    counts = Counter(str(value) for value in values)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
