"""What a page carries besides its markup, and the policy that lets exactly that run.

    Part            what one feature brings: scripts, styles, JSON blocks, permissions, credits
    Assembly        several parts as a page needs them: `assembled(parts)`

The text in a graph is not trusted. It travels in JSON blocks, where `<`, `>`, `&` and the
line separators are escapes; scripts and styles are ours or vendored, stand in the page as
they are, and run because the content security policy names their hashes. To add a feature
to a page, write a module with a function that returns its `Part`, and pass it to the view.
"""

import base64
import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg import resources

if TYPE_CHECKING:
    from markupsafe import Markup

__all__ = [
    "Assembly",
    "Block",
    "Library",
    "Part",
    "assembled",
    "json_markup",
    "library",
    "static_text",
    "vendored",
]

NOTHING = "'none'"
POLICY: Mapping[str, tuple[str, ...]] = {
    "default-src": (NOTHING,),
    "script-src": (),
    "style-src": (),
    "img-src": ("data:", "blob:"),
    "connect-src": (NOTHING,),
    "base-uri": (NOTHING,),
    "form-action": (NOTHING,),
}


@dataclass(frozen=True, slots=True)
class Library:
    """A library that travels inside a page, named there with its licence."""

    name: str
    version: str
    licence: str
    licence_text: str


@dataclass(frozen=True, slots=True)
class Part:
    """What one feature brings to a page.

    `scripts` and `styles` are texts; `data` are JSON values by the id of their element, and
    `packed` large ones, which travel compressed (the page's script unpacks them); `policy` are further sources by directive, such as `{"worker-src": ("blob:",)}`.
    """

    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    data: Mapping[str, object] = field(default_factory=dict)
    packed: Mapping[str, object] = field(default_factory=dict)
    policy: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    libraries: tuple[Library, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A JSON block: `<script type="application/json" id="…">`."""

    id: str
    json: "Markup"


@dataclass(frozen=True, slots=True)
class Assembly:
    """The parts of a page together, in the order given."""

    policy: str
    styles: tuple["Markup", ...]
    blocks: tuple[Block, ...]
    scripts: tuple["Markup", ...]
    libraries: tuple[Library, ...]


def assembled(parts: Iterable[Part]) -> Assembly:
    """What the template needs to write the parts and the policy that allows them."""
    from markupsafe import Markup  # noqa: PLC0415 - Jinja's, and only pages need it

    parts = tuple(parts)
    styles = tuple(text for part in parts for text in part.styles)
    scripts = tuple(text for part in parts for text in part.scripts)
    blocks = [block for part in parts for block in _blocks(part)]
    return Assembly(
        policy=_policy(scripts, styles, [part.policy for part in parts]),
        # Ours and the libraries', fixed by the policy's hashes; data has no < > & left.
        styles=tuple(Markup(text) for text in styles),  # noqa: S704 - see above
        blocks=tuple(Block(name, Markup(_escaped(text))) for name, text in blocks),  # noqa: S704 - see above
        scripts=tuple(Markup(text) for text in scripts),  # noqa: S704 - see above
        libraries=tuple(library for part in parts for library in part.libraries),
    )


def json_markup(value: object) -> "Markup":
    """A value as JSON that is safe inside a script element, whatever its texts say."""
    from markupsafe import Markup  # noqa: PLC0415 - Jinja's, and only pages need it

    return Markup(_escaped(_json(value)))  # noqa: S704 - no < > & is left


def static_text(*names: str) -> tuple[str, ...]:
    """The text of files below `kg/pages/static`, without a pointer to a source map."""
    texts = ((resources.STATIC / name).read_text(encoding="utf-8") for name in names)
    return tuple(text.partition("//# sourceMappingURL")[0] for text in texts)


def vendored(name: str) -> Part:
    """A bundle that `scripts/vendor` made, by its name in `static/vendor/VENDOR.json`."""
    record = json.loads(*static_text("vendor/VENDOR.json"))[name]
    return Part(scripts=static_text(f"vendor/{record['file']}"), libraries=(library(name),))


def library(name: str) -> Library:
    """What the page says of a bundle; its licence text names every package inside."""
    record = json.loads(*static_text("vendor/VENDOR.json"))[name]
    (licences,) = static_text(f"vendor/{record['licence_file']}")
    return Library(name, record["version"], record["licence"], licences)


def _blocks(part: Part) -> Iterable[tuple[str, str]]:
    for name, value in part.data.items():
        yield name, _json(value)
    for name, value in part.packed.items():
        yield name, _json(base64.b64encode(zlib.compress(_json(value).encode(), 9)).decode())


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _escaped(text: str) -> str:
    """JSON that no text can leave: inside a script element, `<` would end it."""
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _policy(
    scripts: Iterable[str], styles: Iterable[str], further: Sequence[Mapping[str, tuple[str, ...]]]
) -> str:
    """Only what stands in the page runs, and what the parts ask for in addition."""
    asked: dict[str, list[str]] = {name: list(values) for name, values in POLICY.items()}
    asked["script-src"] += [_hash(text) for text in scripts]
    asked["style-src"] += [_hash(text) for text in styles]
    for policy in further:
        for name, values in policy.items():
            asked.setdefault(name, []).extend(values)
    return "; ".join(f"{name} {' '.join(_without_none(values))}" for name, values in asked.items())


def _without_none(values: Sequence[str]) -> list[str]:
    """'none' stands alone or not at all; each source once, in order."""
    named = [value for value in dict.fromkeys(values) if value != NOTHING]
    return named or [NOTHING]


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
