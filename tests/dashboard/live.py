"""A real server and a real browser to look at the dashboard with."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import socket
from typing import Any

from dashboard.server import LAYER_VARIABLE, server_command, server_environment

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM_FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


TOUR_SEEN = "try { localStorage.setItem('dateline-tour', 'seen') } catch { /* a frame with no address has none */ }"

STATE = """() => ({
  focus: document.activeElement?.outerHTML.slice(0, 200),
  visible: document.visibilityState,
  script: document.querySelector('[data-test-script-state]')?.dataset.testScriptState,
})"""
DRAWN = """() => ({
  applied: document.querySelector('#map_div')?.dataset.applied,
  visible: document.visibilityState,
  size: [innerWidth, innerHeight],
  body: document.body?.innerHTML.length,
})"""


@contextmanager
def serving(layer: Path | None) -> Iterator[str]:
    """The dashboard's server with a layer; yields its address."""
    port = free_port()
    environment = {**server_environment(None), LAYER_VARIABLE: str(layer or "")}
    server = subprocess.Popen(
        server_command(port), cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_healthy(server, address)
        yield address
    finally:
        server.terminate()
        server.wait(10)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_healthy(server: subprocess.Popen[bytes], address: str) -> None:
    """Until the server answers.

    Raises
    ------
    RuntimeError
        If it ends or says nothing for a minute.
    """
    for _ in range(600):
        if server.poll() is not None:
            raise RuntimeError(f"{sys.executable} -m streamlit ended with {server.returncode}")
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"no answer from {address} within a minute")


def chromium() -> str | None:
    """The system's Chromium, wherever it is."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((found for name in names if (found := shutil.which(name))), None)


@dataclass
class Opened:
    """A page with the dashboard, its map's frame, and what went wrong on it."""

    page: Any
    requests: list[str]
    errors: list[str]

    @property
    def frame(self) -> Any:
        """The map's frame."""
        return next(frame for frame in self.page.frames if "streamlit_folium" in frame.url)

    @property
    def map(self) -> Any:
        """The map's frame, as a locator that waits."""
        return self.page.frame_locator('iframe[title="streamlit_folium.st_folium"]')

    def shown(self) -> int:
        """The number of events in the heading."""
        return int(self.page.locator(".dl-heading p").get_attribute("data-shown"))

    def kept(self) -> int:
        """The number of events that the map keeps."""
        return int(self.map.locator("#map_div").get_attribute("data-kept"))

    def left_the_machine(self) -> list[str]:
        """Every request to another host."""
        local = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")
        return [url for url in self.requests if not url.startswith(local)]

    def told(self) -> str:
        """What somebody who sees only the test's output has to know about a page on which something went wrong."""
        try:
            state = self.page.evaluate(STATE)
            frames = [f"{frame.url}: {frame.evaluate(DRAWN)}" for frame in self.page.frames[1:]]
            text = self.page.locator("body").inner_text(timeout=5_000)
        except Exception as error:  # a page that has crashed has nothing to say, and hides no failure
            return f"{self.page.url} can't be looked at: {error}"
        return "\n".join([self.page.url, str(state), *frames, *self.errors, text])

    def idle(self) -> None:
        """Until Python has drawn the page and nothing is on its way."""
        self.page.locator('[data-test-script-state="notRunning"]').wait_for(timeout=60_000)

    def settled(self) -> int:
        """The number of events, once heading and map agree on it and it has stopped changing."""
        last, since = None, time.monotonic()
        deadline = since + 60
        while time.monotonic() < deadline:
            now = (self.shown(), self.kept())
            if now != last:
                last, since = now, time.monotonic()
            elif now[0] == now[1] and time.monotonic() - since > 0.6:
                return now[0]
            self.page.wait_for_timeout(50)
        raise AssertionError(f"heading and map never agreed: {last}")

    def wait_for_address(self, part: str, *, gone: bool = False) -> None:
        """Until the page's address holds ``part``, or no longer does."""
        self.page.wait_for_function(
            "([part, gone]) => location.search.includes(part) !== gone", arg=[part, gone], timeout=60_000
        )

    def wait_for_map(self) -> None:
        """Until the map has drawn a command."""
        self.map.locator("#map_div[data-applied]").wait_for(timeout=90_000)


@contextmanager
def opened(browser: Any, url: str, *, newcomer: bool = False, **context: Any) -> Iterator[Opened]:
    """A fresh browser context at ``url``, with every request and error noted; a ``newcomer`` is shown the tour."""
    settings = {"viewport": {"width": 1440, "height": 900}, "locale": "en-GB", "accept_downloads": True, **context}
    fresh = browser.new_context(**settings)
    if not newcomer:
        fresh.add_init_script(TOUR_SEEN)
    page = fresh.new_page()
    seen = Opened(page, [], [])
    page.on("request", lambda request: seen.requests.append(request.url))
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    page.on("response", lambda answer: seen.errors.append(answer.url) if answer.status >= 400 else None)
    page.goto(url)
    try:
        yield seen
    except BaseException:
        print(seen.told())
        raise
    finally:
        fresh.close()
