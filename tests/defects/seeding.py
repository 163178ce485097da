"""Defects as data: `defects.toml` says what to break, this module breaks it in a copy of a graph.

    [[defect]]
    name = "evidence without a study"       a sentence's subject; the id of the test
    about = "form"                          form, meaning, evidence, mechanism or time
    target = "?s a kg:Evidence ; ?p ?o . FILTER(?p = kg:fromStudy)"
    change = "delete"                       delete, replace or insert
    with = "kg:participants 12"             the new predicate and object, for replace and insert
    expect = ["shape-evidence-from-study at ?s"]

`target` is a graph pattern that binds `?s ?p ?o`, the triple to change (for an insertion:
any triple of the block); of all that fit, the first in order is taken, so that
the defect survives edits of the data. Variables of the pattern may stand in `with`.

`expect` lists every finding the defect must cause, with its line: `at changed` (the line that
was replaced or inserted), `at ?x` (the first line of the block of `?x`) or `at ?x kg:direction`
(the first line of that predicate in the block). Nothing else may be found.
Changes are made in the text, which is in canonical form: one triple, one line.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from kg import resources, terms, turtle
from kg.store import OxigraphStore

TABLE = Path(__file__).with_name("defects.toml")


@dataclass(frozen=True)
class Defect:
    """One way to break a graph, and what must be found then."""

    name: str
    about: str
    target: str
    change: str
    expect: tuple[str, ...]
    new: str = ""


@dataclass(frozen=True)
class Seeded:
    """A graph with a defect in it: its text, the node that was changed, and what must be found where."""

    text: bytes
    subject: str
    expected: tuple[tuple[str, int], ...]


def defects() -> list[Defect]:
    """All defects, in the order of the table."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))["defect"]
    return [
        Defect(
            name=row["name"],
            about=row["about"],
            target=row["target"],
            change=row["change"],
            expect=tuple(row["expect"]),
            new=row.get("with", ""),
        )
        for row in table
    ]


class Ground:
    """A clean graph in which defects are seeded one at a time; it never changes itself."""

    def __init__(self, text: bytes) -> None:
        self.text = text
        self.lines = text.decode("utf-8").split("\n")
        self.store = OxigraphStore()
        self.store.load(text)
        self.store.load(resources.ONTOLOGY.read_bytes())

    def seeded(self, defect: Defect) -> Seeded:
        """A copy with the defect in it; fails where no triple fits its target."""
        found = self._first(defect)
        number = self._line_of(found["s"], found["p"], found["o"])
        lines = self.lines.copy()
        lead = re.match(r"    |\S+ ", lines[number - 1]).group()  # type: ignore[union-attr] - canonical form
        if defect.change == "delete":
            assert lead.isspace(), f"{defect.name}: would delete the head of a block"
            changed, shift = number, -1
            del lines[number - 1]
        elif defect.change == "replace":
            changed, shift = number, 0
            lines[number - 1] = f"{lead}{_filled(defect.new, found)} ;"
        else:
            changed, shift = self._blocks[found["s"].value] + 1, 1
            lines.insert(changed - 1, f"    {_filled(defect.new, found)} ;")

        def now(line: int) -> int:
            """Where a line of the clean text is in the copy."""
            return line + shift * (line >= changed)

        return Seeded(
            text="\n".join(lines).encode(),
            subject=found["s"].value,
            expected=tuple(
                sorted(self._expected(text, found, changed, now) for text in defect.expect)
            ),
        )

    def around(self, seeded: Seeded) -> bytes:
        """The part of a seeded graph near its defect: the block, what it names, and what names it."""
        about = {
            **self._about,
            seeded.subject: _block(seeded.text, terms.shortened(seeded.subject)),
        }
        near = {seeded.subject, *self._mentions.get(seeded.subject, ())}
        named = {
            triple.object.value
            for subject in near
            for triple in about[subject]
            if isinstance(triple.object, ox.NamedNode)
        }
        kept = [
            triple for subject in sorted(near | named & set(about)) for triple in about[subject]
        ]
        return ox.serialize(kept, format=ox.RdfFormat.TURTLE) or b""

    def _first(self, defect: Defect) -> dict[str, ox.NamedNode | ox.Literal]:
        others = " ".join(sorted(set(re.findall(r"\?\w+", defect.target)) - {"?s", "?p", "?o"}))
        table = self.store.select(
            f"SELECT * WHERE {{ {defect.target} }} ORDER BY ?s ?p ?o {others} LIMIT 1"
        )
        rows = [dict(zip(table.columns, row, strict=True)) for row in table]
        assert rows, f"{defect.name}: nothing in the graph fits its target"
        return rows[0]  # type: ignore[return-value] - the graph has neither blank nodes nor quoted triples

    def _expected(self, text, found, changed, now) -> tuple[str, int]:  # noqa: ANN001 - private, and said above
        rule, _, where = text.partition(" at ")
        if where == "changed":
            return rule, changed
        name, _, predicate = where.removeprefix("?").partition(" ")
        subject = found[name].value
        line = (
            self._first_lines[subject, terms.expanded(predicate)]
            if predicate
            else self._blocks[subject]
        )
        return rule, now(line)

    def _line_of(
        self, subject: ox.NamedNode, predicate: ox.NamedNode, obj: ox.NamedNode | ox.Literal
    ) -> int:
        lines = self._lines[subject.value, predicate.value]
        return lines.get(str(obj)) or next(iter(lines.values()))

    @cached_property
    def _lines(self) -> dict[tuple[str, str], dict[str, int]]:
        """The lines of every subject and predicate, by object."""
        found: dict[tuple[str, str], dict[str, int]] = {}
        for triple, place in turtle.places(self.text).items():
            key = (triple.subject.value, triple.predicate.value)
            found.setdefault(key, {})[str(triple.object)] = place.line
        return found

    @cached_property
    def _first_lines(self) -> dict[tuple[str, str], int]:
        return {key: min(lines.values()) for key, lines in self._lines.items()}

    @cached_property
    def _about(self) -> dict[str, list[ox.Triple]]:
        """The triples of every subject."""
        found: dict[str, list[ox.Triple]] = {}
        for triple in turtle.triples(self.text):
            found.setdefault(triple.subject.value, []).append(triple)
        return found

    @cached_property
    def _mentions(self) -> dict[str, set[str]]:
        """The subjects that name a node."""
        found: dict[str, set[str]] = {}
        for subject, triples in self._about.items():
            for triple in triples:
                if isinstance(triple.object, ox.NamedNode):
                    found.setdefault(triple.object.value, set()).add(subject)
        return found

    @cached_property
    def _blocks(self) -> dict[str, int]:
        """The first line of every block."""
        found: dict[str, int] = {}
        for (subject, _), line in self._first_lines.items():
            found[subject] = min(line, found.get(subject, line))
        return found


def _block(text: bytes, subject: str) -> list[ox.Triple]:
    """The triples of one block of a canonical text."""
    head = text[: text.index(b"\n\n", text.index(b"@prefix"))]
    start = text.index(f"\n{subject} ".encode())
    return list(turtle.triples(head + text[start : text.index(b"\n.\n", start) + 3]))


def _filled(text: str, found: dict[str, ox.NamedNode | ox.Literal]) -> str:
    """The text with the terms of the pattern in place of its variables."""
    return re.sub(r"\?(\w+)", lambda match: str(found[match[1]]), text)
