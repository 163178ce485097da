"""What changed between two graphs, in words: verdicts, which way the evidence points, records.

    changes_between(old, new) → Changes
        moved      verdicts, certainties, nulls and mechanisms, and why verdicts.py
                   claims whose evidence now points another way         moves.py
        vanished   nulls and disputing results a claim no longer has    moves.py
        groups     everything else, each record under the one it        groups.py
                   belongs to: evidence under its claim, steps under
                   their mechanism, passages under their document

Triples are compared as the store holds them: order, comments and formatting are no change.
A record that only has a new IRI is one change (`renamings.py`), and what refers to it has
not changed. The vocabulary is not compared. Only verdicts need the values of `kg.model`: a
graph with mistakes in it is compared without them, and `Changes.unweighed` says why.

To report another thing that moves, write a function like `verdicts_moved`.
How changes look as text, Markdown and JSON is in `kg/change_formats.py`.
"""

from collections.abc import Mapping
from functools import partial

from kg.changes.groups import groups_of
from kg.changes.moves import balances_moved, vanished_between
from kg.changes.records import record_changes, touched_records
from kg.changes.renamings import Renamings, renamings_between
from kg.changes.values import (
    Cause,
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
from kg.changes.verdicts import mechanisms_moved, verdicts_moved
from kg.changes.views import View
from kg.errors import KgError
from kg.graph import Graph

__all__ = [
    "Cause",
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
    if not touched:
        return Changes()
    renamed = renamings_between(before, after, touched)
    changes = record_changes(before, after, touched, renamed)
    weighed, unweighed = _weighed(old, new, renamed, changes)
    told = {moved.id for moved in weighed}
    return Changes(
        moved=(*weighed, *(one for one in balances_moved(old, new, renamed) if one.id not in told)),
        vanished=tuple(vanished_between(old, new, renamed)),
        groups=tuple(groups_of(before, after, changes, renamed)),
        unweighed=unweighed,
    )


def _weighed(
    old: Graph, new: Graph, renamed: Renamings, changes: Mapping[str, RecordChange]
) -> tuple[list[Moved], str]:
    """What moved by weight, or why nothing could be weighed."""
    found: list[Moved] = []
    faults: list[str] = []
    sections = (
        partial(verdicts_moved, old, new, renamed, changes),
        partial(mechanisms_moved, old, new, renamed),
    )
    for section in sections:
        try:
            found += section()
        except KgError as error:
            faults.append(str(error))
    return found, " ".join(dict.fromkeys(faults))
