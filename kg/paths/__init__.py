"""Mechanism paths: how one thing may act on another, and how good each step is.

    explain(knowledge, Question(start, end))     Explanation

    links.py       claims, kinds and phases as signed steps
    search.py      the best simple paths
    answers.py     the values of an answer
    explaining.py  the answer, with gaps.py (what is missing) and curated.py (mechanisms)

That every step of a path holds does not make the path true: nobody may have tested it as
a whole. Pure: domain values in, domain values out. `kg/knowledge.py` gathers what a
question is put to from a graph; `kg/path_formats.py` writes the answer.
"""

from kg.paths.answers import (
    Compared,
    Explanation,
    Missing,
    Near,
    Obstacle,
    Path,
    Question,
)
from kg.paths.explaining import explain
from kg.paths.links import Judged, Knowledge, Step, StepKind, direction_of, steps_of, way_of
from kg.paths.search import Ways

__all__ = [
    "Compared",
    "Explanation",
    "Judged",
    "Knowledge",
    "Missing",
    "Near",
    "Obstacle",
    "Path",
    "Question",
    "Step",
    "StepKind",
    "Ways",
    "direction_of",
    "explain",
    "steps_of",
    "way_of",
]
