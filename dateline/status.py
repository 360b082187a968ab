"""The exit status: 0 when all was done, else what a script may want to tell apart."""

from __future__ import annotations

import typer

USER_ERROR = 2
"""What a user can mend, the same as for a wrong option; and when no article could be read."""
FAILURES = 1
"""All was done, but some articles couldn't be read."""


def exit_after(read: int, failed: int) -> typer.Exit:
    """The end, with the status that tells whether all, some or none of the articles could be read."""
    if failed:
        return typer.Exit(FAILURES if read else USER_ERROR)
    return typer.Exit(0)
