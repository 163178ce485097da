"""The JavaScript of others that pages carry: what is inside, under which licence, and that it is that."""

import base64
import gzip
import hashlib
import json
import re

import pytest

from kg import resources

from .conftest import ROOT

VENDOR = resources.STATIC / "vendor"
RECORD = json.loads((VENDOR / "VENDOR.json").read_text(encoding="utf-8"))
LOCK = json.loads((ROOT / "scripts/vendored/package-lock.json").read_text(encoding="utf-8"))

each_bundle = pytest.mark.parametrize("name", RECORD)


def integrity(content: bytes) -> str:
    return f"sha512-{base64.b64encode(hashlib.sha512(content).digest()).decode()}"


@each_bundle
def test_a_bundle_is_the_one_in_the_record(name: str) -> None:
    content = (VENDOR / RECORD[name]["file"]).read_bytes()
    assert RECORD[name]["integrity"] == integrity(content)
    assert (ROOT / f"scripts/vendored/{name}.js").is_file()


@each_bundle
def test_each_package_inside_is_locked_by_hash_and_its_licence_travels(name: str) -> None:
    licences = (VENDOR / RECORD[name]["licence_file"]).read_text(encoding="utf-8")
    for package in RECORD[name]["packages"]:
        locked = LOCK["packages"][f"node_modules/{package['name']}"]
        assert (package["version"], package["integrity"]) == (
            locked["version"],
            locked["integrity"],
        )
        assert f"{package['name']} {package['version']}" in licences
        assert re.search(r"MIT|Apache-2\.0", package["licence"])


def test_the_engine_is_the_one_in_the_record() -> None:
    engine = RECORD["oxigraph"]["engine"]
    unpacked = gzip.decompress((VENDOR / engine["file"]).read_bytes())
    assert unpacked.startswith(b"\0asm")
    assert engine["unpacked_integrity"] == integrity(unpacked)


def test_nothing_else_is_there() -> None:
    known = {"VENDOR.json", RECORD["oxigraph"]["engine"]["file"]}
    known |= {entry[key] for entry in RECORD.values() for key in ("file", "licence_file")}
    assert {path.name for path in VENDOR.iterdir()} == known


def test_every_archive_of_the_lock_has_a_hash_and_no_address() -> None:
    packages = {path: entry for path, entry in LOCK["packages"].items() if path}
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    assert not any("resolved" in entry for entry in packages.values())
