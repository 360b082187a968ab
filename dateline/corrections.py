"""``dateline corrections``: what people decided in a workspace, taken along to another."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dateline.options import Output
from dateline.progress import compiled_gazetteer

commands = typer.Typer(no_args_is_help=True, help="What people decided in a workspace: take it along.")

WorkspaceFile = Annotated[Path, typer.Argument(metavar="WORKSPACE", help="What dateline extract -w made.")]


@commands.command("export")
def export(workspace: WorkspaceFile, output: Output) -> None:
    """Write every correction as JSON Lines, to keep or to share."""
    from geodata.corrections import write_corrections
    from geodata.workspace import Workspace

    with Workspace(workspace) as opened:
        typer.echo(f"{output}: {write_corrections(output, opened.corrections())} corrections", err=True)


@commands.command("import")
def import_(
    workspace: WorkspaceFile, corrections: Annotated[Path, typer.Argument(metavar="FILE.jsonl")],
) -> None:
    """Add corrections from JSON Lines to a workspace; those it has already count once."""
    from geodata.corrections import read_corrections
    from geodata.workspace import Workspace

    found = read_corrections(corrections)
    with Workspace(workspace) as opened:
        before = len(opened.corrections())
        waiting = opened.correct(found, compiled_gazetteer().outline)
        typer.echo(f"{workspace}: {len(opened.corrections()) - before} of {len(found)} corrections are new; "
                   f"{len(waiting)} wait for their events", err=True)
