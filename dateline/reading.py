"""``dateline annotate`` and ``extract``: articles in, annotations or events out."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.options import Columns, Encoding, Inputs, Jobs, Network, PrivateAddresses, read_options
from dateline.progress import compiled_gazetteer, progress
from dateline.status import exit_after
from geodata.errors import InputError, OutputError

if TYPE_CHECKING:
    from extract.cluster import ClusterRun
    from extract.console import Terminal
    from extract.incremental import Progress
    from extract.sources import ReadOptions
    from geodata.corrections import Correction

commands = typer.Typer()


@commands.command()
def annotate(
    inputs: Inputs,
    output: Annotated[Path | None, typer.Option(
        "-o", "--output", help="Where to write; standard output if not given.", show_default=False)] = None,
    text: Annotated[bool, typer.Option(
        "--text", help="Also write the article's text, which offsets count in, and captions beside it.")] = False,
    jobs: Jobs = 1,
    column: Columns = None, encoding: Encoding = "", network: Network = False, private: PrivateAddresses = False,
) -> None:
    """Write every place, time, quantity and event of each article as JSON, a line an article."""
    from itertools import chain, islice

    from extract.console import Terminal, annotated
    from extract.standoff import annotation_to_json, article_to_json
    from geodata.atomic import written_whole
    from geodata.formats.geojson import encode

    options = read_options(column, encoding, network, private, str(output or ""))
    terminal = Terminal()
    annotations = annotated(inputs, options, compiled_gazetteer(), jobs, terminal)
    lines = (encode(annotation_to_json(annotation) | (article_to_json(annotation.article) if text else {})) + b"\n"
             for annotation in annotations)
    first = list(islice(lines, 1))
    if output is None:
        _print(chain(first, lines))
    elif first:
        with written_whole(output) as file:
            file.writelines(chain(first, lines))
    raise exit_after(terminal.read, terminal.failed)


@commands.command()
def extract(
    inputs: Annotated[list[str] | None, typer.Argument(
        metavar="INPUT…", help="As for annotate. With -w alone, what an older version read is read anew.")] = None,
    output: Annotated[str, typer.Option(
        "-o", "--output", help="The layer to write: .geojson .csv .gpkg .parquet .kml .html.",
        show_default=False)] = "",
    workspace: Annotated[Path | None, typer.Option(
        "-w", "--workspace", metavar="FILE.gpkg", help="Keep articles, events and corrections there, and read only "
                                                       "what is new.", show_default=False)] = None,
    jobs: Jobs = 1,
    cluster: Annotated[str, typer.Option(
        metavar="ADDRESS", help="Scheduler of a Dask cluster. Inputs and output are URLs that its machines reach; the "
                                "output is a folder of GeoParquet files by month.")] = "",
    corrections: Annotated[Path | None, typer.Option(
        metavar="FILE.jsonl|WORKSPACE", help="What people decided, applied to what is found; a workspace has its own.",
        show_default=False)] = None,
    column: Columns = None, encoding: Encoding = "", network: Network = False, private: PrivateAddresses = False,
) -> None:
    """Write the events of all articles as one layer, keep them in a workspace, or both."""
    if not inputs and not workspace:
        raise InputError("extract", "has nothing to read", "Name files or folders, or a workspace with -w")
    if not output and not workspace:
        raise OutputError("extract", "has nowhere to write", "Name a layer with -o or a workspace with -w")
    options = read_options(column, encoding, network, private, output)
    if cluster and workspace:
        raise OutputError("--cluster", "fills no workspace", "Leave -w out, and name an output folder with -o")
    if corrections and workspace:
        raise InputError("--corrections", "is for runs without a workspace, which keeps its own",
                         f"Add them to it: dateline corrections import {workspace} {corrections}")
    decided = _decided(corrections) if corrections else ()
    if cluster:
        run = _extract_on_cluster(cluster, inputs or [], output, options, decided)
        raise exit_after(run.articles, len(run.failures))
    layer = Path(output) if output else None
    if workspace:
        done = _fill(workspace, inputs or [], layer, options, jobs)
        raise exit_after(done.read + done.known, done.failed)
    assert inputs
    assert layer
    terminal = layer_from(inputs, layer, options, jobs, decided)
    raise exit_after(terminal.read, terminal.failed)


def layer_from(inputs: list[str], output: Path, options: ReadOptions | None = None, jobs: int = 1,
               corrections: tuple[Correction, ...] = ()) -> Terminal:
    """Write a layer; returns the terminal, which has counted what could be read."""
    from extract.console import Terminal, make_layer

    terminal = Terminal()
    make_layer(output, inputs, options, compiled_gazetteer(), jobs, {"version": _version()}, terminal, corrections)
    return terminal


def _fill(path: Path, inputs: list[str], output: Path | None, options: ReadOptions, jobs: int) -> Progress:
    """Fill a workspace, and write its layer if asked to; returns how many articles were read, known and neither."""
    from datetime import UTC, datetime

    from extract.console import fill
    from geodata.formats import check_suffix, write_layer
    from geodata.workspace import Workspace

    if output:
        check_suffix(output)
    gazetteer = compiled_gazetteer()
    done = fill(path, inputs, options, gazetteer, jobs, datetime.now(UTC))
    if output and (done.read or done.known or not done.failed):
        with Workspace(path) as workspace:
            write_layer(output, workspace.events(), gazetteer.outline, workspace.notes())
    return done


def _extract_on_cluster(address: str, inputs: list[str], output: str, options: ReadOptions,
                        corrections: tuple[Correction, ...]) -> ClusterRun:
    """Extract on a cluster; returns what came of it."""
    from extract.cluster import extract_on_cluster
    from extract.console import waiting_line
    from extract.versions import program_version

    if not inputs or not output:
        raise InputError("--cluster", "needs inputs and an output folder", "Name URLs that every machine reaches")
    with progress(f"On {address}") as report:
        run = extract_on_cluster(address, inputs, output, options, program_version(compiled_gazetteer()),
                                 lambda step, done, total: report(f"{step} {done}/{total}", done / total), corrections)
    typer.echo(f"{output}: {run.articles} articles tell of {run.events} events; {len(run.failures)} not readable "
               "(_failures.jsonl)", err=True)
    if run.waiting:
        typer.echo(waiting_line(run.waiting), err=True)
    return run


def _decided(path: Path) -> tuple[Correction, ...]:
    """The corrections in a file of them or in a workspace."""
    from geodata.corrections import read_corrections
    from geodata.workspace import SUFFIX, Workspace

    if path.suffix.lower() != SUFFIX:
        return read_corrections(path)
    with Workspace(path) as workspace:
        return workspace.corrections()


def _print(lines: Iterable[bytes]) -> None:
    """Write lines to standard output."""
    from geodata.atomic import not_written

    for line in lines:
        try:
            sys.stdout.buffer.write(line)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise not_written("standard output", error) from error


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("dateline")
    except PackageNotFoundError:  # run from a checkout that was never installed
        return "0+checkout"
