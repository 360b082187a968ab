"""``dateline export``, ``diff`` and ``links``: what becomes of a layer that was written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.options import Output
from geodata.errors import OutputError

if TYPE_CHECKING:
    from geodata.event import Event

commands = typer.Typer()


@commands.command()
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


@commands.command()
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


@commands.command()
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
