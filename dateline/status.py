"""The exit status: 0 when all was done, else what a script may want to tell apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from extract.console import Terminal

USER_ERROR = 2
"""What a user can mend, the same as for a wrong option; and when no article could be read."""
FAILURES = 1
"""All was done, but some articles couldn't be read."""


def exit_after(terminal: Terminal) -> typer.Exit:
    """The end, with the status that tells whether all, some or none of the articles could be read."""
    if terminal.failed:
        return typer.Exit(FAILURES if terminal.read else USER_ERROR)
    return typer.Exit(0)
