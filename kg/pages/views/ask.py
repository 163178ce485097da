"""The Ask tab of the explorer: SPARQL inside the page, with the named questions.

    ask_part(graph)      what the page needs for it: engine, editor, triples, questions

The page carries the store as it is, the derived graphs with it, so that a question has the
same rows there as in `kg query`. Everything that happens is in `static/ask/`, one file per
concern, joined in the order of `SCRIPTS`; the engine runs in a worker made of `WORKER`.
A question is a file in `kg/queries/`; nothing has to be told here. Names of entities, claims
and the rest come from the page's own data and do not travel twice.
"""

import base64
import gzip

import pyoxigraph as ox

from kg import resources, sparql, terms
from kg.graph import Graph
from kg.pages.parts import Part, library, static_text, vendored
from kg.sparql import Query

__all__ = ["ask_part"]

SCRIPTS = ("engine", "question", "editor", "results", "things", "tab")
WORKER = ("vendor/oxigraph.min.js", "ask/worker.js")
ENGINE = resources.STATIC / "vendor" / "oxigraph.wasm.gz"
KINDS = {
    "owl:Class": "class",
    "owl:ObjectProperty": "relation",
    "owl:DatatypeProperty": "property",
    "owl:AnnotationProperty": "property",
    "skos:Concept": "value",
    "skos:ConceptScheme": "list of values",
}

Json = dict[str, object]


def ask_part(graph: Graph) -> Part:
    """Scripts, data and permissions of the tab; the engine is compiled, so WebAssembly is allowed."""
    editor = vendored("codemirror")
    return Part(
        scripts=(*editor.scripts, *static_text(*(f"ask/{name}.js" for name in SCRIPTS))),
        styles=static_text("ask/ask.css"),
        data={
            "ask-worker": "\n".join(static_text(*WORKER)),
            "ask-engine": base64.b64encode(ENGINE.read_bytes()).decode(),
            "ask-graph": base64.b64encode(gzip.compress(_triples(graph), mtime=0)).decode(),
        },
        packed={"ask-data": _data(graph)},
        policy={"script-src": ("'wasm-unsafe-eval'",), "worker-src": ("blob:",)},
        libraries=(*editor.libraries, library("oxigraph")),
    )


def _triples(graph: Graph) -> bytes:
    """Everything in the store, in the order that the store has it."""
    graph.derive()
    form = ox.RdfFormat.TRIG
    return graph.store.oxigraph.dump(format=form, prefixes=terms.PREFIXES) or b""


def _data(graph: Graph) -> Json:
    return {
        "questions": [_question(each) for each in sparql.catalogue(resources.QUERIES)],
        "vocabulary": [_term(graph, iri) for iri in _vocabulary(graph)],
        "documents": {
            terms.shortened(document.iri): document.label for document in graph.documents.values()
        },
    }


def _question(query: Query) -> Json:
    return {
        "name": query.name,
        "topic": query.header["topic"],
        "summary": query.summary,
        "why": query.header.get("why", ""),
        "parameters": [
            {"name": each.name, "kind": each.kind, "example": each.example}
            for each in query.parameters
        ],
        "text": _without_header(query.text),
    }


def _without_header(text: str) -> str:
    lines = text.splitlines(keepends=True)
    first = next((at for at, line in enumerate(lines) if not line.startswith("#")), 0)
    return "".join(lines[first:])


def _vocabulary(graph: Graph) -> list[str]:
    """The terms a query may name: what the vocabulary describes, and every predicate in use."""
    described = {iri for iri in graph.records if iri.startswith(terms.VOCABULARY)}
    used = {predicate for record in graph.records.values() for predicate in record}
    return sorted(iri for iri in described | used if terms.shortened(iri) != iri)


def _term(graph: Graph, iri: str) -> list[str]:
    record = graph.records.get(iri, {})
    kinds = (KINDS.get(terms.shortened(kind)) for kind in sorted(record.get(terms.TYPE, ())))
    kind = next(filter(None, kinds), "property")
    definition = min(record.get(terms.DEFINITION, [""]))
    return [terms.shortened(iri), graph.label(iri), kind, definition]
