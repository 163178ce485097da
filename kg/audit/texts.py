"""A copy of the document: are the words of each passage still there, and where?

A passage knows its place and a hash of its words. Words that are not in their place are
looked for at every start of a word in the copy; where they are found again, the passage has
moved. A copy with other line ends or a byte order mark is the same text.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator

from kg.audit.types import Copy, Match
from kg.model import Document, Passage

__all__ = ["copy_of"]

WORD_START = re.compile(r"(?<!\S)\S|(?<=\W)\w")


def copy_of(text: str, name: str, document: Document, passages: Iterable[Passage]) -> Copy:
    """The copy held against the passages of the document."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    placed = list(passages)
    starts = {one.iri: one.start for one in placed if _is_at(text, one, one.start)}
    missing = [one for one in placed if one.iri not in starts]
    moved = dict(_found_again(text, missing))
    found = starts | moved
    return Copy(
        name=name,
        is_whole=_hash(text) == document.text_hash or _hash(text + "\n") == document.text_hash,
        matches={one.iri: _match(one.iri, starts, moved) for one in placed},
        lines={iri: text.count("\n", 0, start) + 1 for iri, start in found.items()},
        words={one.iri: _span(text, one, found[one.iri]) for one in placed if one.iri in found},
    )


def _match(iri: str, starts: dict[str, int], moved: dict[str, int]) -> Match:
    if iri in starts:
        return Match.IN_PLACE
    return Match.MOVED if iri in moved else Match.GONE


def _found_again(text: str, missing: list[Passage]) -> Iterator[tuple[str, int]]:
    wanted: dict[int, dict[str, str]] = {}
    for one in missing:
        wanted.setdefault(one.end - one.start, {})[one.text_hash] = one.iri
    places = [match.start() for match in WORD_START.finditer(text)]
    for length, hashes in wanted.items():
        for start in places:
            iri = hashes.get(_hash(text[start : start + length]))
            if iri:
                yield iri, start


def _is_at(text: str, passage: Passage, start: int) -> bool:
    return _hash(_span(text, passage, start)) == passage.text_hash


def _span(text: str, passage: Passage, start: int) -> str:
    return text[start : start + passage.end - passage.start]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
