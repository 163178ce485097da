"""The command line: one file per command, named like it, with a function of that name.

Only this module prints errors and chooses exit codes:
0 fine · 1 findings · 2 wrong use or input · 3 our bug · 130 interrupted.
Data goes to stdout, talk to stderr. A new command is a new file here.
"""

import os
import sys
from importlib import import_module
from pathlib import Path

import click

from kg import __version__
from kg.errors import KgError, did_you_mean

FINDINGS, WRONG_INPUT, OUR_BUG, INTERRUPTED = 1, 2, 3, 130


class _Commands(click.Group):
    """Finds commands by their files, and imports only the one that is run."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in self.list_commands(ctx):
            return None
        command: click.Command = getattr(import_module(f"kg.cli.{name}"), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            guess = did_you_mean(args[0], self.list_commands(ctx))
            raise click.UsageError(f"{error.message}{guess}", ctx) from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kg", message="%(prog)s %(version)s")
def kg() -> None:
    """Ask, check and explore a knowledge graph of hair biology and hair loss.

    Every relation has its sources, the evidence against it is shown beside the
    evidence for it, and nothing here is medical advice.

    \b
    Examples:
      kg query                           the named questions
      kg show minoxidil                  what is known of one thing
      kg check                           is the graph consistent?
    """


def main() -> None:
    """Run the command line and end the process."""
    try:
        code = kg.main(standalone_mode=False)
    except click.exceptions.Exit as error:
        code = error.exit_code
    except click.Abort:
        code = INTERRUPTED
    except click.ClickException as error:
        error.show()
        code = WRONG_INPUT
    except KgError as error:
        click.echo(str(error), err=True)
        code = WRONG_INPUT
    except BrokenPipeError:
        # The reader of our output has gone; say nothing, also while Python shuts down.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except Exception:  # noqa: BLE001 - the last resort: a bug of ours keeps its traceback
        import traceback  # noqa: PLC0415 - only a bug needs it

        traceback.print_exc()
        click.echo("This is a bug in kg. Please report it with the lines above.", err=True)
        code = OUR_BUG
    sys.exit(code if isinstance(code, int) else 0)
