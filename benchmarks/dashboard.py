"""How fast the dashboard is with a million events, in a headless Chromium on this machine.

``python -m benchmarks.dashboard [EVENTS]`` prints a table, and another of the maps that Streamlit users draw otherwise;
the targets stand in docs/dashboard.md.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.side_by_side import COUNT_BYTES, compare, serving, table
from tests.dashboard.live import CHROMIUM_FLAGS, Opened, chromium, opened

STEPS = 30
SESSIONS = 20
SOAK_STEPS = 200
SCREENS: dict[str, dict[str, Any]] = {
    "phone": {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 3},
    "4K": {"viewport": {"width": 3840, "height": 2160}},
}


def memory_mb(process: subprocess.Popen[bytes]) -> float:
    """Resident memory of a process (Linux)."""
    for line in Path(f"/proc/{process.pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("no VmRSS: this needs Linux")


def cpu_ms(process: subprocess.Popen[bytes]) -> float:
    """Milliseconds that a process has computed (Linux): the same however busy the machine is."""
    fields = Path(f"/proc/{process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def middle_and_tail(taken: list[float]) -> str:
    """p50 and p95."""
    return f"p50 {statistics.median(taken):.0f} ms, p95 {statistics.quantiles(taken, n=20)[-1]:.0f} ms"


@dataclass
class Slid:
    """What steps of the slider took: milliseconds to the map and to the whole page, bytes."""

    to_map: list[float]
    to_page: list[float]
    received: list[float]


def slide(seen: Opened, end: int, key: str, steps: int) -> Slid:
    """Press a key on one end of the slider, until the map has drawn what is left, and until all agree on it."""
    slid = Slid([], [], [])
    seen.page.locator(".st-key-range").get_by_role("slider").nth(end).focus()
    for _ in range(steps):
        kept, received = seen.kept(), seen.page.evaluate("window.received")
        start = time.perf_counter()
        seen.page.keyboard.press(key)
        seen.frame.wait_for_function(
            "kept => document.getElementById('map_div').dataset.kept !== kept", arg=str(kept), polling="raf"
        )
        slid.to_map.append((time.perf_counter() - start) * 1000)
        seen.page.wait_for_function(
            "kept => document.querySelector('.dl-heading p').dataset.shown === kept",
            arg=str(seen.kept()),
            polling="raf",
        )
        slid.to_page.append((time.perf_counter() - start) * 1000)
        seen.page.locator("[data-test-script-state=notRunning]").wait_for()
        slid.received.append(seen.page.evaluate("window.received") - received)
    return slid


def soak(seen: Opened, server: subprocess.Popen[bytes]) -> str:
    """Memory of the server and of the map's frame before and after many steps of the slider."""
    slide(seen, 1, "ArrowLeft", 20)
    before = memory_mb(server), _heap_mb(seen)
    slide(seen, 1, "ArrowLeft", SOAK_STEPS)
    after = memory_mb(server), _heap_mb(seen)
    return f"server {before[0]:.0f} → {after[0]:.0f} MB, page's scripts {before[1]:.0f} → {after[1]:.0f} MB"


def _heap_mb(seen: Opened) -> float:
    session = seen.page.context.new_cdp_session(seen.page)
    session.send("HeapProfiler.collectGarbage")
    used = session.send("Runtime.getHeapUsage")["usedSize"] / 2**20
    session.detach()
    return float(used)


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
    before = seen.frame.evaluate("[dateline.timeline._frames || 0, performance.now()]")
    seen.page.wait_for_timeout(seconds * 1000)
    after = seen.frame.evaluate("[dateline.timeline._frames || 0, performance.now()]")
    seen.map.locator(".dateline-play").click()
    return float((after[0] - before[0]) / (after[1] - before[1]) * 1000)


def measure(browser: Any, number: int) -> Iterator[tuple[str, str]]:
    """Each figure with its name."""
    with serving("big", number) as (address, server):
        with opened(browser, "about:blank") as seen:  # warms the server: the layer is made once
            _first_paint(seen, address)
        with opened(browser, "about:blank") as seen:
            yield "first paint, warm server", f"{_first_paint(seen, address):.1f} s"
            seen.page.wait_for_timeout(1500)
            computed = cpu_ms(server)
            early = slide(seen, 0, "ArrowRight", STEPS)
            slide(seen, 1, "PageDown", 1)  # in its last month the layer holds only the ends of longer events
            late = slide(seen, 1, "ArrowLeft", STEPS)
            computed = (cpu_ms(server) - computed) / (2 * STEPS + 1)
            yield "slider to map", middle_and_tail(early.to_map + late.to_map)
            yield "slider to table and counts", middle_and_tail(early.to_page + late.to_page)
            yield "server computes a change", f"{computed:.0f} ms of CPU"
            yield "bytes a change, first day", f"{statistics.mean(early.received) / 1024:.1f} KB"
            yield "bytes a change, last day", f"{statistics.mean(late.received) / 1024:.1f} KB (the table changes)"
            yield "pan to map", middle_and_tail(pan(seen))
            yield "playback", f"{frames_a_second(seen):.0f} frames a second"
            yield "server memory", f"{memory_mb(server):.0f} MB"
            yield f"{SOAK_STEPS} changes", soak(seen, server)
        for name, screen in SCREENS.items():
            with opened(browser, address, **screen) as seen:
                seen.wait_for_map()
                seen.page.wait_for_timeout(1500)
                yield f"playback, {name}", f"{frames_a_second(seen):.0f} frames a second"
        drawn = sessions_at_once(browser, address)
        yield (
            f"{SESSIONS} sessions at once",
            f"{drawn} drew the map without error; server memory {memory_mb(server):.0f} MB",
        )


def _first_paint(seen: Opened, address: str) -> float:
    seen.page.add_init_script(COUNT_BYTES)
    start = time.perf_counter()
    seen.page.goto(address)
    seen.wait_for_map()
    return time.perf_counter() - start


def sessions_at_once(browser: Any, address: str) -> int:
    """How many of the sessions that are opened at once draw their map; all stay open until the last has."""
    contexts = [browser.new_context() for _ in range(SESSIONS)]
    pages = [context.new_page() for context in contexts]
    for page in pages:
        page.goto(address)
    drawn = 0
    for page in pages:
        frame = page.frame_locator('iframe[title="streamlit_folium.st_folium"]')
        frame.locator("#map_div[data-applied]").wait_for(timeout=120_000)
        drawn += page.get_by_test_id("stException").count() == 0
    for context in contexts:
        context.close()
    return drawn


def main() -> None:
    from playwright.sync_api import sync_playwright

    number = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_FLAGS)
        print(f"{number:,} events, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
        for name, figure in measure(browser, number):
            print(f"{name:28} {figure}", flush=True)
        print(f"\nOther maps, load {os.getloadavg()[0]:.1f}")
        for line in table(compare(browser, number)):
            print(line, flush=True)
        browser.close()


if __name__ == "__main__":
    main()
