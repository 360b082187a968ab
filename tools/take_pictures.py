"""Takes the pictures of docs/pictures: ``python -m tools.take_pictures [LAYER]`` (the seeds, extracted anew, if none).

Look at every picture before committing it: would a journalist want to use this?
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geodata.event import Event
from geodata.formats import read_layer
from geodata.place import PlaceKind
from tests.dashboard.live import CHROMIUM_FLAGS, ROOT, Opened, chromium, opened, serving

PICTURES = ROOT / "docs" / "pictures"
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
REST_MS = 1800
"""Until fonts, popup and table stand still."""


@dataclass(frozen=True)
class Picture:
    """One picture: its name, what the page's address asks for, and the browser's settings."""

    name: str
    asked: str
    settings: dict[str, Any]


def pictures(event: str) -> tuple[Picture, ...]:
    """All pictures; ``event`` is the id of the event that is read in some of them."""
    german, dark = {"locale": "de-DE"}, {"color_scheme": "dark"}
    return (
        Picture("demo-light", f"?event={event}", {"viewport": DESK}),
        Picture("demo-dark", "?", {"viewport": DESK, **german, **dark}),
        Picture("range", "?from=2024-10-01&to=2024-11-30&view=52,38,5", {"viewport": DESK}),
        Picture("phone", f"?event={event}", {"viewport": PHONE, **german}),
    )


def telling(events: tuple[Event, ...]) -> str:
    """The id of the first event at a region whose quote has trigger and place marked: it shows most of the idea."""
    for event in events:
        roles = {mark.role for source in event.sources for mark in source.marks}
        if event.place and event.place.kind is PlaceKind.REGION and {"trigger", "place"} <= roles:
            return event.id
    return events[0].id


def take(browser: Any, address: str, picture: Picture) -> None:
    """Open the page, wait until it rests, and take the picture."""
    with opened(browser, address + "/" + picture.asked, **picture.settings) as seen:
        seen.wait_for_map()
        seen.page.wait_for_timeout(REST_MS)
        _refuse_faults(seen)
        seen.page.screenshot(path=PICTURES / f"{picture.name}.png")
    print(PICTURES / f"{picture.name}.png")


def _refuse_faults(seen: Opened) -> None:
    if seen.errors or seen.left_the_machine():
        raise SystemExit(f"the page has faults: {seen.errors} {seen.left_the_machine()}")


def main() -> None:
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder:
        layer = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder, "seeds.geojson")
        if len(sys.argv) == 1:
            command = [sys.executable, "-m", "dateline", "extract", str(ROOT / "seeds"), "-o", str(layer)]
            subprocess.run(command, cwd=ROOT, check=True)
        event = telling(read_layer(layer).events)
        PICTURES.mkdir(parents=True, exist_ok=True)
        with serving(layer) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_FLAGS)
            for picture in pictures(event):
                take(browser, address, picture)
            browser.close()


if __name__ == "__main__":
    main()
