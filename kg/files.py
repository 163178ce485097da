"""Writing files so that a reader sees the old one or the new one, never half of it."""

import os
import tempfile
from pathlib import Path

from kg.errors import DataError

__all__ = ["write_atomically"]


def write_atomically(path: Path, content: bytes) -> None:
    """Replace the file at `path`; raises DataError and leaves it alone where that fails."""
    target = path.resolve()
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise DataError(f"{path}: cannot be written ({error.strerror}).") from error
    scratch = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        scratch.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o644)
        scratch.replace(target)
    except OSError as error:
        raise DataError(f"{path}: cannot be written ({error.strerror}).") from error
    finally:
        scratch.unlink(missing_ok=True)
