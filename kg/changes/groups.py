"""Changes under the record they belong to, in the order in which they are read."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from kg import terms
from kg.changes.records import KINDS, OTHER, kind_of, record_of
from kg.changes.renamings import Renamings
from kg.changes.values import Group, RecordChange
from kg.changes.views import View

__all__ = ["groups_of"]

RecordChanges = Mapping[str, RecordChange]

OWNERS = {
    "evidence item": ("about", "Claim"),
    "step": ("stepOf", "Mechanism"),
    "passage": ("inDocument", "Document"),
}
ORDER = [*KINDS.values(), OTHER]


def groups_of(before: View, after: View, changes: RecordChanges, renamed: Renamings) -> list[Group]:
    """Every change once, but a part that moved from one owner to another under both."""
    own = _with_followers(after, changes)
    parts: dict[str, list[RecordChange]] = {}
    for iri in list(own):
        owners = _owners(before, after, iri, own[iri].kind, renamed)
        for owner in owners:
            parts.setdefault(owner, []).append(own[iri])
        if owners:
            del own[iri]
    groups = [
        Group(
            kind=own[iri].kind if iri in own else kind_of(before, after, iri, iri),
            record=own[iri].record if iri in own else record_of(after, iri),
            change=own.get(iri),
            parts=tuple(sorted(parts.get(iri, ()), key=_part_order)),
        )
        for iri in own.keys() | parts.keys()
    ]
    return sorted(groups, key=lambda g: (ORDER.index(g.kind), g.record.name, g.record.id))


def _owners(before: View, after: View, iri: str, kind: str, renamed: Renamings) -> list[str]:
    """The claims, the mechanism or the document that a record belonged or belongs to."""
    if kind not in OWNERS:
        return []
    field, owner_class = OWNERS[kind]
    belonged = [o for o in before.values(iri, terms.kg(field)) if before.is_a(o, owner_class)]
    belongs = [o for o in after.values(iri, terms.kg(field)) if after.is_a(o, owner_class)]
    return sorted({renamed.get(owner, owner) for owner in belonged} | set(belongs))


def _part_order(change: RecordChange) -> tuple[str, str, str]:
    return (change.how, change.record.direction, change.record.id)


def _with_followers(after: View, changes: RecordChanges) -> dict[str, RecordChange]:
    """A claim whose label only follows that of an entity in it is told with the entity."""
    leaders = dict(_leaders(after, changes))
    followers: dict[str, list[str]] = {}
    for claim, entity in leaders.items():
        followers.setdefault(entity, []).append(terms.shortened(claim))
    return {
        iri: replace(change, followed_by=tuple(sorted(followers.get(iri, ()))))
        for iri, change in changes.items()
        if iri not in leaders
    }


def _leaders(after: View, changes: RecordChanges) -> Iterator[tuple[str, str]]:
    """Claim → the relabelled entity that explains the whole change to the claim."""
    entities = {
        iri: change.label_move
        for iri, change in changes.items()
        if change.kind == "entity" and change.label_move
    }
    for iri, change in changes.items():
        is_only_relabelled = len(change.fields) == 1 and not change.has_new_id
        if change.kind != "claim" or not change.label_move or not is_only_relabelled:
            continue
        was, now = change.label_move
        for entity in sorted(after.things_named_by(iri) & entities.keys()):
            old, new = entities[entity] or ("", "")
            if was.replace(old, new) == now and now.replace(new, old) == was:
                yield iri, entity
                break
