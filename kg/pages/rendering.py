"""From a page to its bytes: `rendered("site/claim.html", page)`.

The variables of a template are the fields of its dataclass, nothing else. Everything is
escaped; what is already markup (a JSON block, a drawing) says so by its type. Characters
that cannot be seen, or that turn the direction of what follows, are shown as escapes.
"""

from dataclasses import fields
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from kg import resources
from kg.results import printable

if TYPE_CHECKING:
    import jinja2

__all__ = ["environment", "rendered"]


def rendered(template: str, page: Any) -> bytes:  # noqa: ANN401 - any page dataclass
    """The page as the bytes of an HTML file."""
    context = {field.name: getattr(page, field.name) for field in fields(page)}
    return environment().get_template(template).render(context).encode()


@lru_cache
def environment() -> "jinja2.Environment":
    """The one Jinja environment: strict, escaping, and free of invisible characters."""
    import jinja2  # noqa: PLC0415 - only commands that write pages need it

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(resources.TEMPLATES),
        autoescape=True,
        auto_reload=False,
        undefined=jinja2.StrictUndefined,
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _visible(value: object) -> object:
    if type(value) is not str or value.isprintable():
        return value
    return "\n".join(map(printable, value.split("\n")))
