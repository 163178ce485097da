"""Errors a user can act on.

    KgError
    ├── DataError        a graph file is wrong, or cannot be read or written
    ├── QueryError       a query or its parameters are wrong
    ├── RuleError        a rule under kg/rules/ is wrong
    └── UnknownName      no entity, claim or other thing has the name that was given

Every message says what is wrong, where, and what to do next.
Anything that is not a KgError is our bug and keeps its traceback.
Only `kg/cli/__init__.py` prints errors and chooses exit codes.
"""

from collections.abc import Iterable

__all__ = ["DataError", "KgError", "QueryError", "RuleError", "UnknownName", "did_you_mean"]


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """` Did you mean 'this'?`, ready to follow a message; empty where nothing is near."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a miss needs it

    near = get_close_matches(name, list(known), n=1)
    return f" Did you mean {near[0]!r}?" if near else ""


class KgError(Exception):
    """A mistake in the input, with the way out in its message."""


class DataError(KgError):
    """A graph file is wrong, or cannot be read or written."""


class QueryError(KgError):
    """A query or its parameters are wrong."""


class RuleError(KgError):
    """A rule folder is wrong: its header, its query or its name."""


class UnknownName(KgError):
    """Nothing in the graph has this name."""
