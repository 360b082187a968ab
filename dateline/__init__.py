"""The command line: ``dateline annotate | extract | export | …``, a module for what belongs together.

Only what every command needs is imported at the top: ``dateline --help`` answers at once.
"""

from __future__ import annotations

import sys

import typer

from dateline import checking, corrections, gazetteer, layers, pages, reading
from dateline.status import USER_ERROR
from extract.collector import look_seldom
from geodata.errors import DatelineError

app = typer.Typer(name="dateline", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
                  help="Reads news articles and maps the dated events in them, each with the sentence that proves it.")
for module in (reading, layers, pages, checking):
    app.add_typer(module.commands)
app.add_typer(corrections.commands, name="corrections")
app.add_typer(gazetteer.commands, name="gazetteer")


def main() -> None:
    """Run the command line; a user's error is one line on standard error and exit status 2."""
    look_seldom()
    try:
        app()
    except DatelineError as error:
        typer.echo(f"dateline: {error}", err=True)
        sys.exit(USER_ERROR)
    except BrokenPipeError:  # the reader of our output has seen enough
        sys.stderr.close()
        sys.exit(0)
