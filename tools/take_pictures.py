"""Takes the pictures of docs/pictures: ``python -m tools.take_pictures [NAME …]`` (all, if none is named).

Look at every picture before committing it: would a journalist want to use this?
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks import dashboard as benchmark
from geodata.event import Event
from geodata.formats import read_layer
from geodata.place import PlaceKind
from tests.dashboard.live import CHROMIUM_FLAGS, ROOT, Opened, chromium, opened, serving

PICTURES = ROOT / "docs" / "pictures"
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
GERMAN, DARK = {"locale": "de-DE"}, {"color_scheme": "dark"}
REST_MS = 2200
"""Until fonts, popup and table stand still."""
MILLION = 1_000_000

Act = Callable[[Opened], None]


@dataclass(frozen=True)
class Picture:
    """One picture: its name, who serves it, what the address asks for, the browser's settings, what is done first.

    ``EVENT`` in the address stands for the event that is read.
    """

    name: str
    served: str
    asked: str = ""
    settings: dict[str, Any] = field(default_factory=dict)
    act: Act = lambda _: None


def _no_place(seen: Opened) -> None:
    seen.page.get_by_role("tab").nth(1).click()


def _left_out(seen: Opened) -> None:
    seen.page.get_by_role("tab").last.click()
    seen.page.locator(".dl-leftout").wait_for()
    seen.page.evaluate("for (const each of document.querySelectorAll('.dl-leftout details')) each.open = true;")
    seen.page.locator(".dl-leftout").scroll_into_view_if_needed()


def _own(seen: Opened) -> None:
    seen.page.locator(".st-key-own-add button").click()
    seen.page.locator(".st-key-own-text textarea").fill(
        "In Graz ist am Montag eine Gasleitung explodiert, wie die Feuerwehr mitteilte. Drei Menschen wurden verletzt."
    )


PICTURES_TO_TAKE = (
    Picture("demo-light", "seeds", "?event=EVENT", {"viewport": DESK}),
    Picture("demo-german", "seeds", "?only=all", {"viewport": DESK, **GERMAN}),
    Picture("demo-dark", "seeds", "?only=all", {"viewport": DESK, **GERMAN, **DARK}),
    Picture("range", "seeds", "?from=2024-10-01&to=2024-11-30&view=52,38,5", {"viewport": DESK}),
    Picture("tour", "seeds", "", {"viewport": DESK, "newcomer": True}),
    Picture("reader", "workspace", "?event=EVENT", {"viewport": DESK, **GERMAN}),
    Picture("review", "workspace", "?event=EVENT", {"viewport": {"width": 1440, "height": 1100}}),
    Picture("own", "seeds", "", {"viewport": DESK, **GERMAN}, _own),
    Picture("sure", "seeds", "?page=sure", {"viewport": {"width": 1440, "height": 1250}}),
    Picture("sure-dark", "seeds", "?page=sure", {"viewport": DESK, **GERMAN, **DARK}),
    Picture("no-place", "seeds", "", {"viewport": {"width": 1440, "height": 1100}}, _no_place),
    Picture("left-out", "workspace", "", {"viewport": {"width": 1440, "height": 1250}, **GERMAN}, _left_out),
    Picture("phone", "seeds", "?event=EVENT", {"viewport": PHONE, **GERMAN}),
    Picture("phone-dark", "seeds", "", {"viewport": PHONE, **DARK}),
    Picture("phone-sure", "seeds", "?page=sure", {"viewport": PHONE, **GERMAN}),
    Picture("million", "million", "", {"viewport": DESK}),
)


def telling(events: tuple[Event, ...]) -> str:
    """The id of the first event at a region whose quote has trigger and place marked: it shows most of the idea."""
    for event in events:
        roles = {mark.role for source in event.sources for mark in source.marks}
        if event.place and event.place.kind is PlaceKind.REGION and {"trigger", "place"} <= roles:
            return event.id
    return events[0].id


def take(browser: Any, address: str, picture: Picture, event: str) -> None:
    """Open the page, wait until it rests, and take the picture."""
    with opened(browser, f"{address}/{picture.asked.replace('EVENT', event)}", **picture.settings) as seen:
        seen.wait_for_map()
        seen.settled()
        picture.act(seen)
        seen.page.wait_for_timeout(REST_MS)
        _refuse_faults(seen)
        seen.page.screenshot(path=PICTURES / f"{picture.name}.png")
    print(PICTURES / f"{picture.name}.png", flush=True)


def _refuse_faults(seen: Opened) -> None:
    if seen.errors or seen.left_the_machine():
        raise SystemExit(f"the page has faults: {seen.errors} {seen.left_the_machine()}")


@contextmanager
def _million() -> Iterator[str]:
    """The benchmark's server, dressed as the dashboard is: Streamlit looks for a theme beside the program it runs."""
    settings = tomllib.loads((ROOT / "dashboard" / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    os.environ |= _as_environment("streamlit", settings)
    with benchmark.serving("big", MILLION) as (address, _):
        yield address


def _as_environment(name: str, settings: dict[str, Any]) -> dict[str, str]:
    """Streamlit's settings as the variables that it reads them from, too."""
    variables: dict[str, str] = {}
    for key, value in settings.items():
        longer = f"{name}_{re.sub('(?=[A-Z])', '_', key)}"
        if isinstance(value, dict):
            variables |= _as_environment(longer, value)
        else:
            variables[longer.upper()] = str(value).lower() if isinstance(value, bool) else str(value)
    return variables


def _extracted(*output: str) -> None:
    command = [sys.executable, "-m", "dateline", "extract", str(ROOT / "seeds"), *output]
    subprocess.run(command, cwd=ROOT, check=True)


def main() -> None:
    """Take the pictures that are named, or all."""
    from playwright.sync_api import sync_playwright

    wanted = [picture for picture in PICTURES_TO_TAKE if not sys.argv[1:] or picture.name in sys.argv[1:]]
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        layer, workspace = Path(folder, "seeds.geojson"), Path(folder, "seeds.gpkg")
        _extracted("-o", str(layer))
        _extracted("-w", str(workspace))
        event = telling(read_layer(layer).events)
        servers = {"seeds": lambda: serving(layer), "workspace": lambda: serving(workspace), "million": _million}
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_FLAGS)
        for served, serve in servers.items():
            with ExitStack() as until:
                address = ""
                for picture in (each for each in wanted if each.served == served):
                    address = address or until.enter_context(serve())
                    take(browser, address, picture, event)
        browser.close()


if __name__ == "__main__":
    main()
