"""Canonical Turtle, comments and the place of every triple.

    claim:vegf-increases-hair-follicle-size a kg:Claim ;
        rdfs:label "VEGF increases hair follicle size" ;
        rdf:subject ent:vegf ;
    .

One subject, one block; one triple, one line; blocks, predicates and objects sorted;
prefixes in the order of `terms.PREFIXES`. So a changed direction is a diff of one line.
Comments stand above the block they speak of, or at the head of the file; a comment
anywhere else cannot be placed, and the formatter refuses rather than lose it.

Text is read through the parser's stream and never through a Store, which would
rewrite literals (`0.050` to `0.05`). Nothing here opens a file; `kg/store.py` does.
Blank nodes are refused: a block without a name cannot be sorted or pointed at.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, TypeAlias, cast

import pyoxigraph as ox

from kg import terms
from kg.errors import DataError

__all__ = ["Place", "Record", "canonical", "decoded", "places", "records", "triples"]

TOKEN = re.compile(
    r"""
      (?P<iri><[^\x00-\x20<>"{}|^`\\]*>)
    | (?P<text>\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*'{3}
             | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*')
    | (?P<comment>\#[^\n]*)
    | (?P<newline>\n)
    | (?P<space>[^\S\n]+)
    | (?P<mark>[.;,\[\]()])
    | (?P<word>(?:[^\s<>"'\[\](),;\#.\\]|\\.|\.(?=[^\s<>"'\[\](),;\#.]))+)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
PLAIN_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
BARE = {
    terms.XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    terms.XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    terms.XSD + "boolean": re.compile(r"true|false"),
}
Record: TypeAlias = dict[str, list[str]]
FIRST_PREDICATES = {terms.TYPE: 0, terms.LABEL: 1}


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands in a file; line and column count from 1."""

    line: int
    column: int


def triples(text: bytes, name: str = "<data>") -> Iterator[ox.Triple]:
    """The triples of a Turtle text, in its order; literals keep their spelling."""
    try:
        for quad in ox.parse(input=text, format=ox.RdfFormat.TURTLE):
            yield quad.triple
    except SyntaxError as error:
        raise DataError(_located(error, name)) from error


def places(text: bytes) -> dict[ox.Triple, Place]:
    """The line of every triple.

    The parser is fed one line per read, so it cannot run ahead of the line it is on;
    a literal over several lines reports its last.
    """
    feed = _LineFeed(text)
    readable = cast("IO[bytes]", feed)  # the parser only ever calls read()
    found: dict[ox.Triple, Place] = {}
    for quad in ox.parse(input=readable, format=ox.RdfFormat.TURTLE):
        found.setdefault(quad.triple, Place(feed.line, feed.column))
    return found


def records(said: Iterable[ox.Triple | ox.Quad]) -> dict[str, Record]:
    """What is said, by subject and predicate, as plain strings: IRIs and the text of literals."""
    found: dict[str, Record] = {}
    for each in said:
        about = found.setdefault(_plain(each.subject), {})
        about.setdefault(each.predicate.value, []).append(_plain(each.object))
    return found


def decoded(text: bytes, name: str = "<data>") -> str:
    """The text; raises DataError for bytes that are no UTF-8.

    The parser does not look into comments, so those show only here.
    """
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError as error:
        before = text[: error.start].splitlines(keepends=True) or [b""]
        ended = before[-1].endswith((b"\n", b"\r"))
        line, column = (len(before) + 1, 1) if ended else (len(before), len(before[-1]) + 1)
        raise DataError(
            f"{name}:{line}:{column}: Invalid UTF-8 character encoding, perhaps in a comment. "
            "Save the file as UTF-8, then run the command again."
        ) from error


def canonical(text: bytes, name: str = "<data>") -> str:
    """The same triples and comments in canonical form.

    Raises DataError where the text is not Turtle, has blank nodes, or has a comment
    that stands neither at the head of the file nor directly above a block.
    """
    blocks: dict[ox.NamedNode, set[ox.Triple]] = {}
    for triple in triples(text, name):
        if not isinstance(triple.subject, ox.NamedNode) or isinstance(triple.object, ox.BlankNode):
            raise DataError(
                f"{name}: has a blank node near {triple.predicate}. Give it a name; "
                "blank nodes cannot be sorted, pointed at or compared."
            )
        blocks.setdefault(triple.subject, set()).add(triple)
    head, above = _comments(decoded(text, name), name)
    writer = _Writer()
    body = [
        writer.block(subject, blocks[subject], above.get(subject.value, ()))
        for subject in sorted(blocks, key=_sort_key)
    ]
    return "".join(
        [
            *(line + "\n" for line in head),
            *(["\n"] if head else []),
            *writer.prefixes(),
            *body,
        ]
    )


class _LineFeed:
    """A file for the parser that gives one physical line per read."""

    def __init__(self, text: bytes) -> None:
        self._lines = text.splitlines(keepends=True)
        self.line = 0

    def read(self, size: int = -1, /) -> bytes:
        if self.line >= len(self._lines):
            return b""
        line = self._lines[self.line]
        if 0 <= size < len(line):
            self._lines[self.line] = line[size:]
            return line[:size]
        self.line += 1
        return line

    @property
    def column(self) -> int:
        line = self._lines[self.line - 1] if self.line else b""
        return len(line) - len(line.lstrip()) + 1


class _Writer:
    """Spells terms with our prefixes and remembers which it used."""

    def __init__(self) -> None:
        self._by_length = sorted(terms.PREFIXES.items(), key=lambda item: -len(item[1]))
        self._used: set[str] = set()
        self._spelled: dict[str, str] = {}

    def prefixes(self) -> Iterator[str]:
        for prefix, namespace in terms.PREFIXES.items():
            if prefix in self._used:
                yield f"@prefix {prefix}: <{namespace}> .\n"

    def block(self, subject: ox.NamedNode, about: set[ox.Triple], comments: Iterable[str]) -> str:
        lines = sorted(about, key=_line_key)
        first, *rest = (
            f"{self.spelled_predicate(t.predicate)} {self.spelled(t.object)} ;\n" for t in lines
        )
        return "".join(
            [
                "\n",
                *(comment + "\n" for comment in comments),
                f"{self.spelled(subject)} {first}",
                *("    " + line for line in rest),
                ".\n",
            ]
        )

    def spelled_predicate(self, predicate: ox.NamedNode) -> str:
        return "a" if predicate.value == terms.TYPE else self.spelled(predicate)

    def spelled(self, term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
        if isinstance(term, ox.NamedNode):
            return self._iri(term)
        if isinstance(term, ox.Literal) and not term.language:
            datatype = term.datatype.value
            if datatype in BARE and BARE[datatype].fullmatch(term.value):
                return term.value
            if datatype != terms.XSD + "string":
                return f"{ox.Literal(term.value)}^^{self._iri(term.datatype)}"
        return str(term)

    def _iri(self, node: ox.NamedNode) -> str:
        spelled = self._spelled.get(node.value)
        if spelled is None:
            spelled = self._spelled[node.value] = self._new_iri(node)
        return spelled

    def _new_iri(self, node: ox.NamedNode) -> str:
        for prefix, namespace in self._by_length:
            local = node.value.removeprefix(namespace)
            if local != node.value and PLAIN_LOCAL.fullmatch(local):
                self._used.add(prefix)
                return f"{prefix}:{local}"
        return str(node)


def _sort_key(subject: ox.NamedNode) -> tuple[int, str]:
    order = list(terms.PREFIXES.values())
    namespaces = [ns for ns in order if subject.value.startswith(ns)]
    return (order.index(max(namespaces, key=len)) if namespaces else -1, subject.value)


def _line_key(triple: ox.Triple) -> tuple[int, str, str]:
    predicate = triple.predicate.value
    return (
        FIRST_PREDICATES.get(predicate, len(FIRST_PREDICATES)),
        terms.shortened(predicate),
        str(triple.object),
    )


def _comments(text: str, name: str) -> tuple[list[str], dict[str, list[str]]]:
    """The comments at the head, and those above each subject, by its IRI."""
    if "#" not in text:
        return [], {}
    scanner = _CommentScanner(name)
    for match in TOKEN.finditer(text):
        if match.lastgroup != "space":
            scanner.see(match.lastgroup or "other", match.group())
    if scanner.waiting and not (scanner.started or scanner.head):
        return scanner.waiting, {}
    if scanner.waiting:
        raise scanner.misplaced("after the last block")
    return scanner.head, scanner.above


class _CommentScanner:
    """Walks the tokens of a Turtle text and remembers whose comment is whose."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.head: list[str] = []
        self.above: dict[str, list[str]] = {}
        self.waiting: list[str] = []
        self.started = False
        self._line = 1
        self._line_is_empty = True
        self._statement: list[str] = []
        self._prefixes: dict[str, str] = {}

    def see(self, kind: str, token: str) -> None:
        if kind == "comment":
            if self._statement or not self._line_is_empty:
                raise self.misplaced("inside a block or behind a triple")
            self.waiting.append(token.rstrip())
        elif kind == "newline":
            self._line_is_empty = True
            self._line += 1
        else:
            self._line_is_empty = False
            self._see_term(kind, token)
            self._line += token.count("\n") if kind == "text" else 0

    def _see_term(self, kind: str, token: str) -> None:
        if not self._statement:
            self._begin(token)
        self._statement.append(token)
        ends = (kind, token) == ("mark", ".")
        sparql_prefix = self._statement[0].lower() in {"prefix", "base"}
        if ends or (sparql_prefix and kind == "iri"):
            self._end()

    def _begin(self, token: str) -> None:
        self.started = True
        directive = token.lower() in {"@prefix", "@base", "prefix", "base"}
        if self.waiting and directive:
            self.head += self.waiting
        elif self.waiting:
            self.above.setdefault(self._resolved(token), []).extend(self.waiting)
        self.waiting = []

    def _end(self) -> None:
        words = [word for word in self._statement if word != "."]
        if words[0].lower().lstrip("@") == "prefix" and len(words) >= 3:  # noqa: PLR2004 - keyword, name, IRI
            self._prefixes[words[1].rstrip(":")] = words[2].strip("<>")
        self._statement = []

    def _resolved(self, token: str) -> str:
        if token.startswith("<"):
            return token.strip("<>")
        prefix, _, local = token.partition(":")
        return self._prefixes.get(prefix, "") + re.sub(r"\\(.)", r"\1", local)

    def misplaced(self, where: str) -> DataError:
        return DataError(
            f"{self.name}:{self._line}: a comment stands {where}, where it has no place in "
            "canonical form. Move it above the block it speaks of, or to the head of the file."
        )


def _plain(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def _located(error: SyntaxError, name: str) -> str:
    """`file:line:column: what is wrong`, from the parser's exception."""
    message = re.sub(r"^Parser error (at|between) [^:]*: ", "", error.msg or str(error))
    return f"{name}:{error.lineno or 1}:{error.offset or 1}: {message}. Mend this line, then run the command again."
