"""Changes as text for a terminal, as Markdown for a pull request, and as JSON.

    text_of(changes, old, new)  markdown_of(changes, old, new)  json_of(changes, old, new)

Text and Markdown have the same lines in the same order: a summary that warns of results
that vanished, what moved and why, what vanished, then the records. A dialect only says how a
line and a piece of foreign text are written; to add a form, add one.
No text of a graph can move the cursor, become markup or mention anybody.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from operator import attrgetter
from typing import Protocol, TypeVar

from kg.changes import (
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
from kg.results import counted, printable

__all__ = ["json_of", "markdown_of", "text_of"]

T = TypeVar("T")

WARNING = "⚠"
SIDES = {"supports": "evidence for", "disputes": "evidence against"}
PLURALS = {
    "entity": "entities",
    "study": "studies",
    "claim": "claims, with their evidence",
    "mechanism": "mechanisms, with their steps",
    "document": "documents, with their passages",
}
WEIGHED = ("verdict", "certainty", "null", "mechanism")
SINGLE_WORD = re.compile(r"[\w.+-]+")
HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;", "@": "@&#8203;", "#": "#&#8203;"}
MARKUP = re.compile(r"[\\`*_{}\[\]()|~!]")
LINK = re.compile(r":(?=//)|(?<=www)\.", re.IGNORECASE)


class _Dialect(Protocol):
    """How a form writes headings, items, and text that comes from the graph."""

    def heading(self, words: str) -> str: ...
    def item(self, level: int, words: str) -> str: ...
    def said(self, text: str) -> str: ...
    def id(self, text: str) -> str: ...


def text_of(changes: Changes, old: str, new: str) -> str:
    """The changes for a terminal."""
    return "\n".join(_lines(changes, old, new, _Text()))


def markdown_of(changes: Changes, old: str, new: str) -> str:
    """The changes for a pull request."""
    return "\n".join(_lines(changes, old, new, _Markdown()))


def json_of(changes: Changes, old: str, new: str) -> str:
    """The changes as data; what the keys mean is in docs/diff.md."""
    import json  # noqa: PLC0415 - only this form needs it

    counts: dict[str, dict[str, int]] = {}
    for (kind, how), number in changes.counts.items():
        counts.setdefault(kind, {})[how] = number
    content = {"version": 1, "old": old, "new": new, "counts": counts, **asdict(changes)}
    return json.dumps(content, indent=2)  # plain ASCII, so that it is safe on a terminal, too


class _Text:
    def heading(self, words: str) -> str:
        return f"\n{words}"

    def item(self, level: int, words: str) -> str:
        return "  " * (level + 1) + words

    def said(self, text: str) -> str:
        return printable(text)

    def id(self, text: str) -> str:
        return printable(text)


class _Markdown:
    def heading(self, words: str) -> str:
        return f"\n### {words}\n"

    def item(self, level: int, words: str) -> str:
        return "  " * level + "- " + words

    def said(self, text: str) -> str:
        """The text as nothing but text: no markup, no HTML, no link, no mention, no formula."""
        escaped = MARKUP.sub(r"\\\g<0>", printable(text))
        escaped = "".join(HTML.get(char, char) for char in escaped)
        return LINK.sub(lambda match: f"&#{ord(match.group())};", escaped)

    def id(self, text: str) -> str:
        return f"`{printable(text)}`" if "`" not in text else self.said(text)


def _lines(changes: Changes, old: str, new: str, to: _Dialect) -> Iterator[str]:
    yield f"From {to.id(old)} to {to.id(new)}: {_summary(changes)}."
    if changes.unweighed:
        yield f"{WARNING} Not all verdicts could be compared: {to.said(changes.unweighed)}"
    for what, moves in _by(sorted(changes.moved, key=_urgency), attrgetter("what")):
        yield to.heading(f"Moved: {what} ({len(moves)})")
        for moved in moves:
            yield from _moved(moved, to)
    if changes.vanished:
        yield to.heading(f"{WARNING} Nulls and disputing results: {_fates(changes)}")
        for vanished in changes.vanished:
            yield from _vanished(vanished, to)
    for kind, groups in _by(changes.groups, attrgetter("kind")):
        yield to.heading(_capitalized(PLURALS.get(kind, f"{kind}s")))
        for group in groups:
            yield from _group(group, to)


def _summary(changes: Changes) -> str:
    """`⚠ nulls and disputing results: 1 removed; 2 claims changed, 1 entity added`."""
    if not changes:
        return "nothing changed"
    tally = ", ".join(
        f"{counted(number, kind)} {how}" for (kind, how), number in changes.counts.items()
    )
    moves = Counter(moved.what for moved in sorted(changes.moved, key=_urgency))
    moved = ", ".join(counted(number, what) for what, number in moves.items() if what in WEIGHED)
    warning = f"{WARNING} nulls and disputing results: {_fates(changes)}"
    parts = (f"{moved} moved" if moved else "", warning if changes.vanished else "", tally)
    return "; ".join(filter(None, parts)) or "no record changed"


def _urgency(moved: Moved) -> int:
    return WEIGHED.index(moved.what) if moved.what in WEIGHED else len(WEIGHED)


def _fates(changes: Changes) -> str:
    fates = [gone.fate for gone in changes.vanished]
    return ", ".join(f"{fates.count(fate)} {fate}" for fate in Fate if fate in fates)


def _moved(moved: Moved, to: _Dialect) -> Iterator[str]:
    kind = "mechanism" if moved.what == "mechanism" else "claim"
    yield to.item(0, f"{kind}: {to.said(moved.name)} {to.id(moved.id)}")
    yield to.item(1, f"was: {_standing(moved.before, moved.studies_before, to)}")
    yield to.item(1, f"now: {_standing(moved.after, moved.studies_after, to)}")
    for cause in moved.why:
        heading = "because" if cause.is_enough else "with"
        yield to.item(1, f"{heading}: {_cause(cause, to)}")


def _cause(cause: Cause, to: _Dialect) -> str:
    """`evidence against removed: “It stayed.” (Trial A) ev:against`."""
    if cause.kind == "step":
        return f"{_called(cause.record, to)}: {to.said(cause.how)}"
    kind = SIDES.get(cause.record.direction, cause.kind)
    fields = f" ({to.said(', '.join(cause.fields))})" if cause.fields else ""
    return f"{kind} {cause.how}{fields}: {_called(cause.record, to)}"


def _standing(words: str, studies: str, to: _Dialect) -> str:
    return f"{to.said(words)} ({to.said(studies)})" if studies else to.said(words)


def _vanished(vanished: Vanished, to: _Dialect) -> Iterator[str]:
    claim, item = vanished.claim, vanished.evidence
    yield to.item(0, f"claim: {to.said(claim.name)} {to.id(claim.id)}")
    said = ", ".join(filter(None, (item.direction, vanished.observed)))
    yield to.item(1, f"result ({to.said(said)}): {_called(item, to)}")
    yield to.item(1, f"{WARNING} {to.said(vanished.why)}")


def _group(group: Group, to: _Dialect) -> Iterator[str]:
    if group.change:
        yield from _change(group.change, 0, to)
    else:
        yield to.item(0, f"{group.kind}: {_called(group.record, to)}")
    for part in group.parts:
        yield from _change(part, 1, to)


def _change(change: RecordChange, level: int, to: _Dialect) -> Iterator[str]:
    kind = SIDES.get(change.record.direction, change.kind)
    yield to.item(level, f"{kind} {change.how}: {_called(change.record, to)}")
    if change.how != "changed":
        return
    if change.before and change.has_new_id:
        ids = to.id(change.before.id), to.id(change.record.id)
        yield to.item(level + 1, f"name in the file: {' → '.join(ids)}")
    for field in change.fields:
        yield to.item(level + 1, _field(field, to))
    if change.followed_by:
        yield to.item(
            level + 1, f"the labels of {counted(len(change.followed_by), 'claim')} follow it"
        )


def _called(record: Record, to: _Dialect) -> str:
    name = to.said(record.name) if record.name and record.name != record.id else ""
    if record.direction and name:
        name = f"“{name}”"
    note = f"({to.said(record.note)})" if record.note else ""
    return " ".join(filter(None, (name, note, to.id(record.id))))


def _field(change: FieldChange, to: _Dialect) -> str:
    field = to.said(change.field)
    same = {value.text for value in change.before} & {value.text for value in change.after}
    before, after = (
        ", ".join(_value(value, value.text in same, to) for value in values)
        for values in (change.before, change.after)
    )
    if not before:
        return f"{field} added: {after}"
    if not after:
        return f"{field} removed: {before}"
    return f"{field}: {before} → {after}"


def _value(value: Value, is_ambiguous: bool, to: _Dialect) -> str:  # noqa: FBT001 - a private helper
    is_prose = not value.form and not SINGLE_WORD.fullmatch(value.text)
    shown = f"“{to.said(value.text)}”" if is_prose else to.said(value.text)
    return f"{shown} ({to.id(value.form or 'text')})" if is_ambiguous else shown


def _by(things: Iterable[T], key: Callable[[T], str]) -> Iterable[tuple[str, list[T]]]:
    """The things by their key, in the order in which the keys come first."""
    found: dict[str, list[T]] = {}
    for thing in things:
        found.setdefault(key(thing), []).append(thing)
    return found.items()


def _capitalized(words: str) -> str:
    return words[:1].upper() + words[1:]
