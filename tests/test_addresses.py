"""An address depends on its IRI alone, is safe on any file system, and belongs to one thing."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import terms
from kg.graph import Graph
from kg.pages.addresses import FOLDERS, address_of, anchor_of

SAFE = re.compile(r"[a-z]+/[a-z0-9]+(?:-+[a-z0-9]+)*(?:~[0-9a-f]{20})?\.html")
CLAIM = terms.PREFIXES["claim"]


def test_a_slug_of_ours_is_the_file_name() -> None:
    assert address_of("claims", f"{CLAIM}quarks-spin") == "claim/quarks-spin.html"
    assert address_of("mechanisms", f"{terms.PREFIXES['path']}p") == "mechanism/p.html"


@pytest.mark.parametrize(
    "iri",
    [
        pytest.param(f"{CLAIM}../../etc/passwd", id="climbs"),
        pytest.param(f"{CLAIM}..", id="two dots"),
        pytest.param(CLAIM, id="no name at all"),
        pytest.param("https://example.org/claim/quarks-spin", id="of another namespace"),
        pytest.param("javascript:alert(1)", id="script"),
        pytest.param(f"{CLAIM}Quarks-Spin", id="capitals"),
        pytest.param(f"{CLAIM}con", id="a device of Windows"),
        pytest.param(f"{CLAIM}lpt1", id="a numbered device of Windows"),
        pytest.param(f"{CLAIM}a\\b:c*?", id="characters of Windows"),
        pytest.param(f"{CLAIM}%2e%2e%2fx", id="climbs in percent signs"),
        pytest.param(f"{CLAIM}" + "a" * 5_000, id="long"),
        pytest.param(f"{CLAIM}a\0b", id="NUL"),
        pytest.param(f"{CLAIM}мінoxidil", id="letters that look alike"),
        pytest.param(f"{CLAIM}-rf", id="begins like an option"),
        pytest.param(f"{CLAIM}a~{'0' * 20}", id="pretends to be hashed"),
    ],
)
def test_any_other_iri_is_spelled_safely_with_its_hash(iri: str) -> None:
    address = address_of("claims", iri)
    assert SAFE.fullmatch(address)
    assert "~" in address
    assert len(address) < 100


@given(st.lists(st.text(max_size=80), unique=True, max_size=20), st.sampled_from(sorted(FOLDERS)))
def test_two_things_never_share_an_address_nor_differ_by_case_alone(
    names: list[str], kind: str
) -> None:
    addresses = [address_of(kind, f"{CLAIM}{name}") for name in names]
    assert all(map(SAFE.fullmatch, addresses))
    assert len({address.casefold() for address in addresses}) == len(names)


def test_the_addresses_of_the_real_graph_are_its_slugs(real: Graph) -> None:
    for kind, folder in FOLDERS.items():
        for iri in getattr(real, kind):
            assert address_of(kind, iri) == f"{folder}/{iri.rpartition('/')[2]}.html"


def test_an_anchor_is_an_identifier_of_html() -> None:
    assert anchor_of(f"{terms.PREFIXES['ev']}yano-f1") == "evidence-yano-f1"
    assert re.fullmatch(r"evidence-[a-z0-9~-]+", anchor_of('https://x.org/"> <script>'))
