"""Where sources and identifiers are on the web.

    identifiers_of(source)     what to look it up by, each with its address
    web_address(iri)           an IRI that is an address, or nothing

Addresses are http or https, or empty; what a graph says is never trusted to be one.
"""

import re
from urllib.parse import quote

from kg.model import Source

__all__ = ["identifiers_of", "registry_address", "web_address"]

WEB = re.compile(r"https?://[^\s/\\@\x00-\x20]+(?:[/?#][^\s\x00-\x20]*)?", re.IGNORECASE)
SITES = {
    "doi:": "https://doi.org/",
    "PMID ": "https://pubmed.ncbi.nlm.nih.gov/",
    "PMC": "https://pmc.ncbi.nlm.nih.gov/articles/PMC",
    "NCT": "https://clinicaltrials.gov/study/NCT",
}


def identifiers_of(source: Source) -> tuple[tuple[str, str], ...]:
    """Pairs of an identifier as it is cited and its address, empty where it has none."""
    return tuple((each, _address(each)) for each in source.identifiers)


def registry_address(number: str) -> str:
    """The page of a trial; only ClinicalTrials.gov has one that follows from the number."""
    return _address(number) if number.startswith("NCT") else ""


def web_address(iri: str) -> str:
    """The IRI where it is a plain http or https address, else nothing."""
    return iri if WEB.fullmatch(iri) else ""


def _address(identifier: str) -> str:
    for start, site in SITES.items():
        if identifier.startswith(start):
            return site + quote(identifier.removeprefix(start), safe="/:;()")
    return ""
