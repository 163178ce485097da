"""Query files: their header, their parameters, and what is refused before it runs.

    # summary: What a treatment does, and the evidence for and against each effect.
    # param treatment: entity, as minoxidil
    PREFIX ...
    SELECT ?treatment ...

A header is the leading comment, `# key: text`, continued on lines that start with `#   `.
`param NAME: KIND, as EXAMPLE` declares a variable that `--set NAME=VALUE` binds; KIND is
`entity`, `text`, `date` or `number`. Rules under `kg/rules/` use the same form.

A text is refused when it is an update, asks another server (`SERVICE`), or nests so deep
that the engine would fall over. Values are bound as terms, never pasted into the text.
To add a question, add a file to `kg/queries/`; nothing else has to be told.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import QueryError
from kg.turtle import TOKEN

__all__ = [
    "Parameter",
    "Query",
    "catalogue",
    "header_of",
    "named",
    "names_a_graph",
    "read",
    "refuse_unsafe",
]

DEEPEST_NESTING = 100
LONGEST_QUERY = 65_536
UPDATE_WORDS = frozenset(
    "insert delete load clear drop create add move copy with".split()  # noqa: SIM905 - reads as the list it is
)
PARAMETER = re.compile(r"(?P<kind>entity|text|date|number)(?:, as (?P<example>.+))?")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable of a query that the caller binds."""

    name: str
    kind: str
    example: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """A query text with what its header says."""

    name: str
    text: str
    summary: str = ""
    parameters: tuple[Parameter, ...] = ()
    header: dict[str, str] = field(default_factory=dict)


def header_of(text: str) -> dict[str, str]:
    """The `# key: text` lines that a file starts with; keys in lower case."""
    found: dict[str, str] = {}
    key = ""
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        body = line[1:]
        match = re.match(r" ([a-z][a-z0-9 _-]*):\s*(.*)", body)
        if match and not body.startswith("   "):
            key = match[1]
            found[key] = match[2].removesuffix(">").strip()
        elif key and body.strip():
            found[key] = f"{found[key]} {body.strip()}".strip()
    return found


def read(path: Path) -> Query:
    """A query file with its header; raises QueryError where a parameter is not understood."""
    text = path.read_text(encoding="utf-8")
    header = header_of(text)
    return Query(
        name=path.stem,
        text=text,
        summary=header.get("summary", ""),
        parameters=tuple(_parameters(header, path)),
        header=header,
    )


def catalogue(folder: Path) -> list[Query]:
    """Every query file of a folder, by name."""
    return [read(path) for path in sorted(folder.glob("*.rq"))]


def named(folder: Path, name: str) -> Query | None:
    """The query file called `name`, if the folder has one."""
    path = folder / f"{name}.rq"
    return read(path) if re.fullmatch(r"[a-z0-9-]+", name) and path.is_file() else None


def refuse_unsafe(text: str) -> None:
    """Raise QueryError for an update, a SERVICE call, or nesting the engine would not survive."""
    if len(text) > LONGEST_QUERY:
        raise QueryError(
            f"The query has {len(text):,} characters; at most {LONGEST_QUERY:,} are taken."
        )
    words = list(_words(text))
    first = next((word for word in words if word not in {"prefix", "base"} and ":" not in word), "")
    if first in UPDATE_WORDS:
        raise QueryError(
            f"This is an update ({first.upper()}); kg query only reads. "
            "To change the graph, edit data/triples.ttl and run: kg check"
        )
    if "service" in words:
        raise QueryError("SERVICE would ask another server, which kg query never does. Remove it.")
    depth = deepest = 0
    for word in words:
        depth += (word in {"{", "("}) - (word in {"}", ")"})
        deepest = max(deepest, depth)
    longest_run = max((len(run) for run in re.findall(r"!+", text)), default=0)
    if max(deepest, longest_run) > DEEPEST_NESTING:
        raise QueryError(f"The query nests deeper than {DEEPEST_NESTING} brackets. Simplify it.")


def names_a_graph(text: str) -> bool:
    """Whether the query looks into a named graph, by GRAPH or FROM."""
    return not {"graph", "from"}.isdisjoint(_words(text))


def _words(text: str) -> Iterator[str]:
    """Words and brackets outside IRIs, strings and comments, in lower case."""
    for match in TOKEN.finditer(text):
        if match.lastgroup == "word":
            yield from re.findall(r"[{}]|[^{}]+", match.group().lower())
        elif match.lastgroup in {"mark", "other"}:
            yield match.group()


def _parameters(header: dict[str, str], path: Path) -> Iterator[Parameter]:
    for key, value in header.items():
        if not key.startswith("param "):
            continue
        match = PARAMETER.fullmatch(value)
        if match is None:
            raise QueryError(
                f"{path}: cannot read '# {key}: {value}'. "
                "Write: # param NAME: entity, as EXAMPLE (or text, date, number)"
            )
        yield Parameter(key.removeprefix("param "), match["kind"], match["example"] or "")
