"""Options that several commands share: which graph, and which form of output."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

store_option = click.option(
    "--store",
    "where",
    metavar="PATH",
    envvar="KG_STORE",
    help="A Turtle file or a store folder; the bundled graph when left out (or KG_STORE).",
)


def format_option(*formats: str) -> Callable[[Command], Command]:
    """`--format`, the first choice being the default."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="How the answer is written.",
    )
