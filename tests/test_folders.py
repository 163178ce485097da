"""A folder of files is written whole or not at all, and what others put there stays."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import DataError
from kg.folders import refuse_foreign, write_folder

MARKER = ".made-by-us"
OLD = [
    ("index.html", b"old"),
    ("claim/a.html", b"a"),
    ("claim/b.html", b"b"),
    ("study/s.html", b"s"),
]
NEW = [("index.html", b"new"), ("claim/a.html", b"a"), ("claim/c.html", b"c")]


def written(folder: Path) -> dict[str, bytes]:
    """Every file below the folder but the marker."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != MARKER
    }


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_folder_has_exactly_the_files(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "site"
    assert write_folder(folder, OLD, marker=MARKER) == 4
    assert written(folder) == dict(OLD)
    assert names_in(folder.parent) == ["site"]


def test_an_empty_folder_may_be_used(tmp_path: Path) -> None:
    write_folder(tmp_path, OLD, marker=MARKER)
    assert written(tmp_path) == dict(OLD)


def test_written_again_old_files_go_and_those_of_others_stay(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    write_folder(folder, OLD, marker=MARKER)
    (folder / "CNAME").write_bytes(b"example.org")
    (folder / "claim" / "notes.txt").write_bytes(b"mine")
    write_folder(folder, NEW, marker=MARKER)
    assert written(folder) == {**dict(NEW), "CNAME": b"example.org", "claim/notes.txt": b"mine"}
    assert not (folder / "study").exists()


def test_a_folder_of_others_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_bytes(b"mine")
    with pytest.raises(DataError, match=r"not empty.*--force"):
        write_folder(tmp_path, NEW, marker=MARKER)
    with pytest.raises(DataError, match="not empty"):
        refuse_foreign(tmp_path, MARKER)
    assert written(tmp_path) == {"thesis.txt": b"mine"}


def test_told_to_it_writes_between_the_files_of_others(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_bytes(b"mine")
    (tmp_path / "claim").mkdir()
    (tmp_path / "claim" / "b.html").write_bytes(b"also mine")
    for _ in range(2):
        write_folder(tmp_path, NEW, marker=MARKER, forced=True)
    assert written(tmp_path) == {
        **dict(NEW),
        "thesis.txt": b"mine",
        "claim/b.html": b"also mine",
    }


def test_a_file_where_a_folder_belongs_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").write_bytes(b"")
    with pytest.raises(DataError, match="is a file"):
        write_folder(tmp_path / "site", NEW, marker=MARKER)


@pytest.mark.parametrize("exists", [True, False], ids=["over an older one", "new"])
@pytest.mark.parametrize(
    "trouble",
    [
        pytest.param(OSError(28, "No space left on device"), id="full disk"),
        pytest.param(KeyboardInterrupt(), id="Ctrl-C"),
        pytest.param(DataError("the graph is wrong"), id="error in the graph"),
    ],
)
def test_whatever_goes_wrong_halfway_leaves_no_half(
    tmp_path: Path,
    trouble: BaseException,
    exists: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    def failing() -> Iterator[tuple[str, bytes]]:
        yield NEW[0]
        raise trouble

    folder = tmp_path / "site"
    if exists:
        write_folder(folder, OLD, marker=MARKER)
    with pytest.raises(DataError if isinstance(trouble, OSError) else type(trouble)):
        write_folder(folder, failing(), marker=MARKER)
    assert names_in(tmp_path) == (["site"] if exists else [])
    if exists:
        assert written(folder) == dict(OLD)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(DataError, match="cannot be written"):
        write_folder(tmp_path / "file" / "site", NEW, marker=MARKER)


@pytest.mark.parametrize(
    "name",
    ["../x.html", "/x.html", "claim/../../x.html", ".hidden", "a//b", "a b", "A.html", "", "a/\n"],
)
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(DataError, match="no name for a file"):
        write_folder(tmp_path / "site", [(name, b"")], marker=MARKER)
    assert names_in(tmp_path) == []


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="two files"):
        write_folder(tmp_path / "site", [NEW[0], NEW[0]], marker=MARKER)


def test_a_link_in_our_place_leads_nothing_elsewhere(tmp_path: Path) -> None:
    folder, other = tmp_path / "site", tmp_path / "other"
    write_folder(folder, [("index.html", b"old")], marker=MARKER)
    other.mkdir()
    (folder / "claim").symlink_to(other)
    with pytest.raises(DataError, match="not a plain folder"):
        write_folder(folder, NEW, marker=MARKER)
    assert (names_in(other), (folder / "index.html").read_bytes()) == ([], b"old")


def test_a_link_in_the_place_of_a_file_is_replaced_and_not_followed(tmp_path: Path) -> None:
    folder, other = tmp_path / "site", tmp_path / "other.html"
    write_folder(folder, OLD, marker=MARKER)
    other.write_bytes(b"mine")
    (folder / "index.html").unlink()
    (folder / "index.html").symlink_to(other)
    write_folder(folder, NEW, marker=MARKER)
    assert (other.read_bytes(), (folder / "index.html").read_bytes()) == (b"mine", b"new")


def test_a_marker_that_lies_removes_nothing_outside(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    write_folder(folder, OLD, marker=MARKER)
    (tmp_path / "thesis.txt").write_bytes(b"mine")
    with (folder / MARKER).open("a", encoding="utf-8") as marker:
        marker.write(f"../thesis.txt\n{tmp_path}/thesis.txt\nclaim/../../thesis.txt\n")
    write_folder(folder, NEW, marker=MARKER)
    assert (tmp_path / "thesis.txt").read_bytes() == b"mine"


def test_others_can_read_what_the_umask_lets_them(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        write_folder(tmp_path / "site", NEW, marker=MARKER)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "site").stat().st_mode) == 0o755
    assert stat.S_IMODE((tmp_path / "site" / "index.html").stat().st_mode) == 0o644
