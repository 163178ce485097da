"""Where the page of a thing is, relative to the root of the site: `claim/<slug>.html`.

    claim:vegf-increases-hair-growth  →  claim/vegf-increases-hair-growth.html
    path:fgf5-catagen-length          →  mechanism/fgf5-catagen-length.html

An address depends on the IRI alone, so that it stays when the rest of the graph changes.
IRIs are hostile: a name that is not plainly a slug of ours (another namespace, capitals
that a file system may not tell apart, dots, a device name of Windows, too long) is spelled
in safe letters and gets a hash of the whole IRI after a tilde, which no slug contains.
A server answers at the same addresses. To give a new kind of record pages, add a line to
`FOLDERS` and to `NAMESPACES`.
"""

import hashlib
import re
import unicodedata
from functools import lru_cache

from kg import terms

__all__ = ["FOLDERS", "address_of", "anchor_of", "audit_address", "slug_of"]

FOLDERS = {
    "entities": "entity",
    "claims": "claim",
    "studies": "study",
    "sources": "source",
    "mechanisms": "mechanism",
    "documents": "document",
    "passages": "document",
    "conflicts": "conflict",
}
NAMESPACES = {
    "entities": "ent",
    "claims": "claim",
    "studies": "study",
    "sources": "src",
    "mechanisms": "path",
    "documents": "doc",
    "passages": "doc",
    "conflicts": "conflict",
    "evidence": "ev",
}
LONGEST_SLUG, LONGEST_SPELLING, HASH_DIGITS = 120, 60, 20
SLUG = re.compile(r"[a-z0-9]+(?:-+[a-z0-9]+)*")
WINDOWS_DEVICE = re.compile(r"con|prn|aux|nul|(?:com|lpt)\d")


def address_of(kind: str, iri: str) -> str:
    """The address of the page of a thing; `kind` is its mapping in the graph, such as `claims`."""
    return f"{FOLDERS[kind]}/{slug_of(kind, iri)}.html"


def audit_address(document: str) -> str:
    """The address of the audit of a document."""
    return f"audit/{slug_of('documents', document)}.html"


def anchor_of(iri: str) -> str:
    """The anchor of an evidence item on a page that shows it."""
    return f"evidence-{slug_of('evidence', iri)}"


@lru_cache(maxsize=100_000)
def slug_of(kind: str, iri: str) -> str:
    """The last part of an IRI of ours as it is; any other IRI spelled safely, with its hash."""
    namespace = terms.PREFIXES[NAMESPACES[kind]]
    name = iri.removeprefix(namespace)
    if name != iri and _is_plain(name):
        return name
    digest = hashlib.sha256(iri.encode("utf-8", "surrogatepass")).hexdigest()[:HASH_DIGITS]
    return f"{_spelled(name)}~{digest}"


def _is_plain(name: str) -> bool:
    return (
        len(name) <= LONGEST_SLUG
        and SLUG.fullmatch(name) is not None
        and WINDOWS_DEVICE.fullmatch(name) is None
    )


def _spelled(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", letters[: 4 * LONGEST_SPELLING])
    return words[:LONGEST_SPELLING].strip("-") or "thing"
