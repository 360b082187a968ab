"""Starts the Streamlit server of the dashboard on this machine, with nothing sent anywhere."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import webbrowser
from pathlib import Path

from geodata.errors import DatelineError

LAYER_VARIABLE = "DATELINE_LAYER"
"""Environment variable that names the layer the dashboard opens first."""
ADDRESS = "127.0.0.1"
START_SECONDS = 60
"""How long a slow machine may take to start Streamlit before its page is opened all the same."""

APP = Path(__file__).with_name("app.py")


class ServerError(DatelineError):
    """Raised when the dashboard can't be served: choose another port."""


def server_command(port: int, app: Path = APP) -> list[str]:
    """The command that serves the dashboard: headless (no e-mail prompt), local, without telemetry.

    A part of the page that has not changed travels as its hash if that is shorter; Streamlit would do so from 10 KB on.
    """
    return [sys.executable, "-m", "streamlit", "run", str(app),
            "--global.minCachedMessageSize", "250",
            "--server.address", ADDRESS, "--server.port", str(port), "--server.headless", "true",
            "--browser.gatherUsageStats", "false", "--server.fileWatcherType", "none"]


def server_environment(layer: Path | None) -> dict[str, str]:
    """The environment in which the dashboard is served: names its layer, and keeps the server small.

    Every session is a thread, and glibc gives each a pool of memory of its own, of which it returns little: twenty
    sessions that look at a million events hold 460 MB so, and 310 MB with two pools. Other systems don't know the
    variable.
    """
    environment = {"MALLOC_ARENA_MAX": "2", **os.environ}
    if layer is not None:
        environment[LAYER_VARIABLE] = str(layer.resolve())
    return environment


def serve_dashboard(layer: Path | None, port: int, *, open_browser: bool) -> int:
    """Serve until stopped with Ctrl-C; returns the server's exit status.

    Raises
    ------
    ServerError
        If the port is taken.
    """
    if _is_taken(port):
        raise ServerError(f"port {port}", "is in use by another program", f"Choose another: --port {port + 1}")
    url = f"http://{ADDRESS}:{port}"
    # the app's folder must be importable from wherever the user stands
    process = subprocess.Popen(server_command(port), env=server_environment(layer), cwd=APP.parent.parent)
    print(f"Dateline is at {url} (stop it with Ctrl-C)", file=sys.stderr)
    if open_browser:
        threading.Thread(target=_open_when_ready, args=(url,), daemon=True).start()
    try:
        return process.wait()
    except KeyboardInterrupt:
        process.terminate()
        process.wait()
        return 0


def _is_taken(port: int) -> bool:
    import socket

    with socket.socket() as probe:
        return probe.connect_ex((ADDRESS, port)) == 0


def _open_when_ready(url: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=1):
                break
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    webbrowser.open(url)
