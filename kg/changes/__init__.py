"""What changed between two graphs, in words: which way the evidence points, records, their fields.

    changes_between(old, new) → Changes
        moved      claims whose evidence now points another way         moves.py
        vanished   nulls and disputing results a claim no longer has    moves.py
        groups     everything else, each record under the one it        groups.py
                   belongs to: evidence under its claim, steps under
                   their mechanism, passages under their document

Triples are compared as the store holds them: order, comments and formatting are no change.
A record that only has a new IRI is one change (`renamings.py`), and what refers to it has
not changed. The vocabulary is not compared. Nothing here builds the values of `kg.model`,
so that a graph with mistakes in it can be compared, too.

To report another thing that moves (a verdict, a certainty, a path), write a function like
`balances_moved` and add it to `SECTIONS` in `moves.py`.
How changes look as text, Markdown and JSON is in `kg/change_formats.py`.
"""

from kg.changes.groups import groups_of
from kg.changes.moves import SECTIONS, balances_moved, vanished_between
from kg.changes.records import record_changes, touched_records
from kg.changes.renamings import renamings_between
from kg.changes.values import (
    Changes,
    Fate,
    FieldChange,
    Group,
    Moved,
    Record,
    RecordChange,
    Value,
    Vanished,
)
from kg.changes.views import View
from kg.graph import Graph

__all__ = [
    "Changes",
    "Fate",
    "FieldChange",
    "Group",
    "Moved",
    "Record",
    "RecordChange",
    "Value",
    "Vanished",
    "balances_moved",
    "changes_between",
    "vanished_between",
]


def changes_between(old: Graph, new: Graph) -> Changes:
    """Everything that differs; raises DataError where a blank node does, which nobody can name."""
    before, after = View(old), View(new)
    touched = touched_records(old, new)
    renamed = renamings_between(before, after, touched)
    changes = record_changes(before, after, touched, renamed)
    return Changes(
        moved=tuple(moved for section in SECTIONS for moved in section(old, new, renamed)),
        vanished=tuple(vanished_between(old, new, renamed)),
        groups=tuple(groups_of(before, after, changes, renamed)),
    )
