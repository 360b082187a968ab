"""``dateline serve`` and ``demo``: the dashboard in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dateline.reading import layer_from

commands = typer.Typer()

Port = Annotated[int, typer.Option(min=1, max=65535, help="Port on this machine.")]
Browser = Annotated[bool, typer.Option(help="Open the page in a browser.")]


@commands.command()
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


@commands.command()
def demo(port: Port = 8501, browser: Browser = True) -> None:
    """Extract the five seed articles and show their events in the dashboard."""
    from platformdirs import user_cache_path

    from dashboard.server import serve_dashboard

    folder = user_cache_path("dateline", ensure_exists=True)
    layer = folder / "demo.geojson"
    layer_from([str(_seeds())], layer)
    raise typer.Exit(serve_dashboard(layer, port, open_browser=browser))  # no check: it was written this very moment


def _seeds() -> Path:
    """The seed articles: inside the package when installed, beside it in a checkout."""
    import extract

    package = Path(extract.__file__).resolve().parent
    inside = package / "seeds"
    return inside if inside.is_dir() else package.parent / "seeds"
