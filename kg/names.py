"""Finding things by name: labels, synonyms, identifiers, slugs, IRIs; and ranked search.

A name is compared without case, and with spaces, hyphens and underscores alike, so that
"IGF 1", "igf-1" and "IGF-1" are one. An exact label wins over a synonym, a synonym over
an identifier. A miss suggests the nearest names.
Text search is SQLite's full-text index, built in memory: bm25, with the label weighing
most, then the synonyms, then the text.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from kg import terms

__all__ = ["Hit", "Names"]

Records = Mapping[str, Mapping[str, list[str]]]

IDENTIFYING = tuple(map(terms.kg, ("doi", "pmid", "pmcid", "registryId", "otherIdentifier")))
SEARCHED_TEXT = (
    terms.DEFINITION,
    terms.CREATOR,
    *map(terms.kg, ("finding", "paraphrase", "reading", "remark", "system", "container")),
)
LABEL_WEIGHT, NAMES_WEIGHT, TEXT_WEIGHT = 10.0, 6.0, 1.0


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer of a search."""

    iri: str
    label: str
    kind: str


class Names:
    """The names in a graph."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._ranks: list[dict[str, list[str]]] | None = None

    def resolve(self, name: str, within: Collection[str] | None = None) -> str | None:
        """The IRI of that name, or None; only among `within` where that is given."""
        name = name.strip()
        for iri in (name.strip("<>"), terms.expanded(name) or ""):
            if iri in self._records and (within is None or iri in within):
                return iri
        for rank in self._by_rank():
            for iri in rank.get(_folded(name), ()):
                if within is None or iri in within:
                    return iri
        return None

    def miss(self, name: str, kind: str, within: Collection[str] | None = None) -> str:
        """What to tell somebody whose name was not found."""
        near = self.near(name, within)
        guess = f" Did you mean {_either(near)}?" if near else ""
        return f"No {kind} is called {name!r}.{guess} Search with: kg search {_quoted(name)}"

    def near(self, name: str, within: Collection[str] | None = None) -> list[str]:
        """Up to three labels or synonyms that have the name in them, or look like it."""
        from difflib import get_close_matches  # noqa: PLC0415 - only a miss needs it

        shown: dict[str, str] = {}
        for iri in self._records if within is None else within:
            for label in self._named(iri):
                shown.setdefault(_folded(label), label)
        asked = _folded(name)
        holding = [each for each in shown if asked and f" {asked}" in f" {each}"]
        alike = get_close_matches(asked, shown, n=3, cutoff=0.7)
        found = dict.fromkeys([*sorted(holding, key=lambda each: (len(each), each)), *alike])
        return [shown[each] for each in found][:3]

    def search(self, words: str, limit: int = 20) -> list[Hit]:
        """The things whose names or texts hold the words, best first."""
        import sqlite3  # noqa: PLC0415 - only search needs it

        asked = " ".join(f'"{word}"*' for word in re.findall(r"\w+", words))
        if not asked:
            return []
        with sqlite3.connect(":memory:") as index:
            index.execute(
                "CREATE VIRTUAL TABLE things USING fts5(iri UNINDEXED, label, names, text,"
                " tokenize='porter unicode61 remove_diacritics 2')"
            )
            index.executemany("INSERT INTO things VALUES (?, ?, ?, ?)", self._searchable())
            rows = index.execute(
                "SELECT iri FROM things WHERE things MATCH ?"
                " ORDER BY bm25(things, 0, ?, ?, ?), iri LIMIT ?",
                (asked, LABEL_WEIGHT, NAMES_WEIGHT, TEXT_WEIGHT, limit),
            ).fetchall()
        return [Hit(iri, self.title(iri), self.kind(iri)) for (iri,) in rows]

    def title(self, iri: str) -> str:
        """The label or title of a thing, or its short IRI."""
        return next(iter(self._named(iri)), terms.shortened(iri))

    def kind(self, iri: str) -> str:
        """`Claim`, `Study` …; for an entity its own class."""
        kinds = [terms.shortened(t).removeprefix("kg:") for t in self._values(iri, terms.TYPE)]
        return next((kind for kind in sorted(kinds) if kind != "Entity"), "")

    def _searchable(self) -> Iterator[tuple[str, str, str, str]]:
        vocabulary = terms.VOCABULARY
        for iri in self._records:
            if iri.startswith(vocabulary):
                continue
            label, *others = self._named(iri) or [""]
            text = [value for predicate in SEARCHED_TEXT for value in self._values(iri, predicate)]
            identifiers = [v for predicate in IDENTIFYING for v in self._values(iri, predicate)]
            names = [*others, *identifiers, *map(terms.shortened, self._matches(iri)), _slug(iri)]
            yield iri, label, " ".join(names), " ".join(text)

    def _named(self, iri: str) -> list[str]:
        return [
            value
            for predicate in (terms.LABEL, terms.TITLE, terms.ALT_LABEL)
            for value in self._values(iri, predicate)
        ]

    def _matches(self, iri: str) -> list[str]:
        return self._values(iri, terms.EXACT_MATCH)

    def _values(self, iri: str, predicate: str) -> list[str]:
        return sorted(self._records.get(iri, {}).get(predicate, ()))

    def _by_rank(self) -> list[dict[str, list[str]]]:
        """Folded name → IRIs: by label, by synonym, by identifier, by slug."""
        if self._ranks is None:
            self._ranks = [{}, {}, {}, {}]
            for iri in sorted(self._records):
                if iri.startswith(terms.VOCABULARY):
                    continue
                self._rank(iri)
        return self._ranks

    def _rank(self, iri: str) -> None:
        labels, synonyms, identifiers, slugs = self._ranks or [{}, {}, {}, {}]
        _index(labels, iri, self._values(iri, terms.LABEL) + self._values(iri, terms.TITLE))
        _index(synonyms, iri, self._values(iri, terms.ALT_LABEL))
        _index(identifiers, iri, [v for p in IDENTIFYING for v in self._values(iri, p)])
        _index(identifiers, iri, map(terms.curie, self._matches(iri)))
        _index(slugs, iri, [_slug(iri)])


def _folded(name: str) -> str:
    """A name as it is compared."""
    return re.sub(r"[\s_-]+", " ", name.casefold()).strip()


def _index(
    names: dict[str, list[str]], iri: str, values: "Iterator[str] | list[str] | map[str]"
) -> None:
    for value in values:
        names.setdefault(_folded(value), []).append(iri)


def _slug(iri: str) -> str:
    return iri.rpartition("/")[2]


def _either(names: list[str]) -> str:
    quoted = [repr(name) for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"


def _quoted(name: str) -> str:
    return f'"{name}"' if re.search(r"\W", name) else name
