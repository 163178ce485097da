"""How sources and figures are cited: one spelling for terminal, explorer and site.

    reference(source)          authors, year, title, container
    identifiers_of(source)     what to look it up by, each with its address on the web
    effect_in_words(effect)    a reported number with its interval and p value

Addresses are http or https, or empty; what a graph says is never trusted to be one.
"""

import re
from collections.abc import Iterator
from urllib.parse import quote

from kg.model import Effect, Source

__all__ = ["effect_in_words", "identifiers_of", "reference", "registry_address", "web_address"]

WEB = re.compile(r"https?://[^\s/\\@\x00-\x20]+(?:[/?#][^\s\x00-\x20]*)?", re.IGNORECASE)


def reference(source: Source) -> str:
    """The source as a sentence, without its identifiers."""
    parts = (source.authors, source.year, source.title, source.container)
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)


def identifiers_of(source: Source) -> tuple[tuple[str, str], ...]:
    """Pairs of an identifier as it is cited and its address, empty where it has none."""
    return tuple(_identifiers(source))


def _identifiers(source: Source) -> Iterator[tuple[str, str]]:
    if source.doi:
        yield f"doi:{source.doi}", _below("https://doi.org/", source.doi)
    if source.pmid:
        yield f"PMID {source.pmid}", _below("https://pubmed.ncbi.nlm.nih.gov/", source.pmid)
    if source.pmcid:
        yield source.pmcid, _below("https://pmc.ncbi.nlm.nih.gov/articles/", source.pmcid)
    if source.registry_id:
        yield source.registry_id, registry_address(source.registry_id)
    if source.other_identifier:
        yield source.other_identifier, ""


def registry_address(number: str) -> str:
    """The page of a trial; only ClinicalTrials.gov has one that follows from the number."""
    return _below("https://clinicaltrials.gov/study/", number) if number.startswith("NCT") else ""


def web_address(iri: str) -> str:
    """The IRI where it is a plain http or https address, else nothing."""
    return iri if WEB.fullmatch(iri) else ""


def effect_in_words(effect: Effect) -> str:
    """`mean difference 15.27 hairs/cm2 (95 % 10.1 to 26.5), p<0.001`."""
    text = " ".join(filter(None, (effect.measure, effect.value, effect.unit)))
    if effect.low or effect.high:
        level = f"{effect.level.removesuffix('.0')} % " if effect.level else ""
        text += f" ({level}{effect.low or '?'} to {effect.high or '?'})"
    if effect.p:
        sign = "" if effect.p[:1] in "<>=≤≥" else "="
        text += f"{', ' if text else ''}p{sign}{effect.p}"
    return text


def _below(site: str, identifier: str) -> str:
    return site + quote(identifier, safe="/:;()")
