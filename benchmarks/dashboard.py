"""How fast the dashboard is with a million events, in a headless Chromium on this machine.

``python -m benchmarks.dashboard [EVENTS]`` prints a table; the targets stand in docs/dashboard.md.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dashboard.server import server_command, server_environment
from tests.dashboard.live import CHROMIUM_FLAGS, ROOT, Opened, chromium, free_port, opened, wait_until_healthy

STEPS = 30
SESSIONS = 20


@contextmanager
def serving(number: int) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A server of ``apps/big.py``; yields its address and process."""
    port = free_port()
    command = server_command(port, ROOT / "benchmarks" / "apps" / "big.py")
    environment = {**server_environment(None), "BENCHMARK_EVENTS": str(number)}
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_healthy(server, address)
        yield address, server
    finally:
        server.terminate()
        server.wait(10)


def memory_mb(process: subprocess.Popen[bytes]) -> float:
    """Resident memory of a process (Linux)."""
    for line in Path(f"/proc/{process.pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("no VmRSS: this needs Linux")


def times(action: Callable[[], None], repeat: int) -> list[float]:
    """Milliseconds that each of ``repeat`` runs takes."""
    taken = []
    for _ in range(repeat):
        start = time.perf_counter()
        action()
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def middle_and_tail(taken: list[float]) -> str:
    """p50 and p95."""
    return f"p50 {statistics.median(taken):.0f} ms, p95 {statistics.quantiles(taken, n=20)[-1]:.0f} ms"


def count_bytes(seen: Opened) -> list[int]:
    """Sizes of the WebSocket messages that the page receives from now on."""
    sizes: list[int] = []
    session = seen.page.context.new_cdp_session(seen.page)
    session.send("Network.enable")
    session.on(
        "Network.webSocketFrameReceived", lambda frame: sizes.append(len(frame["response"]["payloadData"]) * 3 // 4)
    )
    return sizes


def slide(seen: Opened) -> list[float]:
    """Key on the slider until the map has drawn what is left."""
    slider = seen.page.get_by_role("slider").first
    slider.focus()

    def step() -> None:
        kept = seen.kept()
        seen.page.keyboard.press("ArrowRight")
        seen.frame.wait_for_function(
            "kept => document.getElementById('map_div').dataset.kept != kept", arg=str(kept), polling="raf"
        )

    return times(step, STEPS)


def pan(seen: Opened) -> list[float]:
    """Moving the view until the canvas is drawn."""
    script = """step => new Promise(done => {
      const start = performance.now();
      map.setView([45 + step % 5, 10 + step], 4 + step % 3, {animate: false});
      requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
    })"""
    return [float(seen.frame.evaluate(script, step)) for step in range(STEPS)]


def frames_a_second(seen: Opened, seconds: int = 5) -> float:
    """Playback: frames drawn a second."""
    seen.map.locator(".dateline-play").click()
    before = seen.frame.evaluate("[dateline.timeline._frames, performance.now()]")
    seen.page.wait_for_timeout(seconds * 1000)
    after = seen.frame.evaluate("[dateline.timeline._frames, performance.now()]")
    seen.map.locator(".dateline-play").click()
    return float((after[0] - before[0]) / (after[1] - before[1]) * 1000)


def measure(browser: Any, number: int) -> Iterator[tuple[str, str]]:
    """Each figure with its name."""
    with serving(number) as (address, server):
        with opened(browser, address) as first:  # warms the server: the layer is made once
            first.wait_for_map()
        start = time.perf_counter()
        with opened(browser, address) as seen:
            seen.wait_for_map()
            yield "first paint, warm server", f"{time.perf_counter() - start:.1f} s"
            seen.page.wait_for_timeout(1500)
            sizes = count_bytes(seen)
            taken = slide(seen)
            seen.page.wait_for_timeout(1500)
            yield "slider to map", middle_and_tail(taken)
            yield "bytes a change", f"{sum(sizes) / STEPS / 1024:.1f} KB"
            yield "pan to map", middle_and_tail(pan(seen))
            yield "playback", f"{frames_a_second(seen):.0f} frames a second"
            yield "server memory", f"{memory_mb(server):.0f} MB"
        pages = []
        for _ in range(SESSIONS):
            context = browser.new_context()
            page = context.new_page()
            page.goto(address)
            pages.append((context, page))
        drawn = 0
        for context, page in pages:
            frame = page.frame_locator('iframe[title="streamlit_folium.st_folium"]')
            frame.locator("#map_div[data-applied]").wait_for(timeout=120_000)
            drawn += page.get_by_test_id("stException").count() == 0
            context.close()
        yield f"{SESSIONS} sessions at once", f"{drawn} drew the map; server memory {memory_mb(server):.0f} MB"


def main() -> None:
    from playwright.sync_api import sync_playwright

    number = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_FLAGS)
        print(f"{number:,} events, {os.cpu_count()} cores")
        for name, figure in measure(browser, number):
            print(f"{name:28} {figure}", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
