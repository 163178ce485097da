"""Writing a folder of many files so that nobody is left with half of it.

    write_folder(folder, files, marker=".hairkg-site")

Everything is first written aside, on the same file system. A folder that is not there
yet then appears at once, whole. In a folder that is there each file is exchanged at once,
files of the last time that are no longer written are removed, and files of other origin
stay; whatever fails before that leaves the folder as it was. The marker lists what was
written; a folder that is not empty and has no marker is refused unless `forced`.
Links inside the folder are never followed, and names that point outside are refused.
One file alone is written with `kg/files.py`.
"""

import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import DataError

__all__ = ["refuse_foreign", "write_folder"]

NAME = re.compile(r"[a-z0-9~_-][a-z0-9~._-]*(?:/[a-z0-9~_-][a-z0-9~._-]*)*")


def refuse_foreign(folder: Path, marker: str, *, forced: bool = False) -> None:
    """Raise DataError where `write_folder` would, before any work is done for it."""
    if folder.exists() and not folder.is_dir():
        raise DataError(f"{folder} is a file. Name a folder, new or empty.")
    if forced or not folder.exists() or (folder / marker).is_file():
        return
    if any(folder.iterdir()):
        raise DataError(
            f"{folder} is not empty, and was not written by this command. Name another "
            "folder, or write between the files that are there with: --force"
        )


def write_folder(
    folder: Path, files: Iterable[tuple[str, bytes]], *, marker: str, forced: bool = False
) -> int:
    """Write the files, given by names relative to the folder; the number of files written."""
    try:
        refuse_foreign(folder, marker, forced=forced)
        target = folder.resolve()
        with _aside(target) as new:
            names = _written(new, files)
            if target.exists():
                _exchange(new, target, names, marker)
            else:
                _list(new / marker, names)
                target.parent.mkdir(parents=True, exist_ok=True)
                new.rename(target)
    except OSError as error:
        raise DataError(f"{folder}: cannot be written ({error.strerror}).") from error
    return len(names)


@contextmanager
def _aside(target: Path) -> Iterator[Path]:
    """A new folder on the file system of the target, gone afterwards."""
    home = next(place for place in (target, *target.parents) if place.exists())
    scratch = Path(tempfile.mkdtemp(dir=home, prefix=".writing-"))
    try:
        new = scratch / "new"
        new.mkdir()  # with the rights that the user's umask gives; mkdtemp's are tighter
        yield new
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _written(new: Path, files: Iterable[tuple[str, bytes]]) -> set[str]:
    names: set[str] = set()
    for name, content in files:
        if not NAME.fullmatch(name) or name in names:
            raise DataError(f"{name!r} is no name for a file here, or two files have it.")
        names.add(name)
        path = new / name
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True)
        path.write_bytes(content)
    return names


def _exchange(new: Path, target: Path, names: set[str], marker: str) -> None:
    """The new files for the old ones; the marker names both while that lasts."""
    before = _listed(target / marker)
    for name in sorted(names | before):
        _refuse_detour(target, name)
    _place(new / marker, target / marker, names | before)
    for name in sorted(names):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (new / name).replace(target / name)
    for name in sorted(before - names):
        _remove(target, name)
    _place(new / marker, target / marker, names)


def _place(scratch: Path, marker: Path, names: Iterable[str]) -> None:
    _list(scratch, names)
    scratch.replace(marker)


def _list(marker: Path, names: Iterable[str]) -> None:
    said = "Written by hairkg, which exchanges these files and no others when it writes here again."
    marker.write_text("\n".join((said, *sorted(names), "")), encoding="utf-8")


def _listed(marker: Path) -> set[str]:
    """What the marker lists; a line that is no name of ours is not believed."""
    if not marker.is_file():
        return set()
    lines = marker.read_text(encoding="utf-8", errors="replace").splitlines()[1:]
    return {line for line in lines if NAME.fullmatch(line)}


def _refuse_detour(target: Path, name: str) -> None:
    """A link in the place of one of our folders would lead the files elsewhere."""
    for above in list((target / name).relative_to(target).parents)[:-1]:
        place = target / above
        if place.is_symlink() or (place.exists() and not place.is_dir()):
            raise DataError(f"{place} is not a plain folder. Remove it, or name another folder.")
    if (target / name).is_dir() and not (target / name).is_symlink():
        raise DataError(f"{target / name} is a folder where a file belongs. Remove it.")


def _remove(target: Path, name: str) -> None:
    (target / name).unlink(missing_ok=True)
    above = (target / name).parent
    if above != target and above.is_dir() and not os.listdir(above):  # noqa: PTH208 - emptiness
        above.rmdir()
