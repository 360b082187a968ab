"""What one takes away: exactly what is filtered, in every format, with the filter written inside."""

from __future__ import annotations

import struct
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from benchmarks.synthetic import layer
from dashboard import takeaway
from geodata.event import Factuality
from geodata.formats import FORMATS, read_layer
from geodata.layer import EventFilter, PublicationDate
from tests.dashboard.live import Opened, opened

KEEP = EventFilter(
    start=date(2024, 2, 1),
    end=date(2025, 3, 31),
    certainly=True,
    publication=PublicationDate.AT,
    types=frozenset({"storm", "flood"}),
    factualities=frozenset({Factuality.ASSERTED, Factuality.CLAIMED}),
    languages=frozenset({"de"}),
    bbox=(-10.0, 30.0, 40.0, 60.0),
    min_confidence=0.4,
)
WRITTEN = {
    "start": "2024-02-01",
    "end": "2025-03-31",
    "certainly": True,
    "publication": "at",
    "types": ["flood", "storm"],
    "factualities": ["asserted", "claimed"],
    "languages": ["de"],
    "bbox": [-10.0, 30.0, 40.0, 60.0],
    "min_confidence": 0.4,
}
NO_ROOM = {".csv"}
"""A table of events and nothing else."""


@pytest.mark.parametrize("suffix", [kind.suffixes[0] for kind in FORMATS])
def test_every_format_holds_what_is_filtered_and_the_filter(suffix: str, tmp_path: Path) -> None:
    whole = layer()
    mask = whole.mask(KEEP)
    path = tmp_path / f"taken{suffix}"
    path.write_bytes(takeaway.download(whole, mask, KEEP, suffix))
    file = read_layer(path)
    wanted = [event.id for event, kept in zip(whole.events, mask, strict=True) if kept]
    assert 0 < len(wanted) < len(whole) / 4
    assert sorted(event.id for event in file.events) == sorted(wanted)
    if suffix not in NO_ROOM:
        assert file.notes["filter"] == WRITTEN


def picture_size(content: bytes) -> tuple[int, int]:
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def saved(seen: Opened) -> bytes:
    with seen.page.expect_download() as download:
        seen.map.locator(".dateline-picture").click()
    return Path(download.value.path()).read_bytes()


@pytest.mark.browser
def test_the_picture_names_its_filter(browser: Any, address: str) -> None:
    with opened(browser, f"{address}/?q=Jena&types=flood") as seen:
        seen.wait_for_map()
        seen.settled()
        assert "Jena" in seen.frame.evaluate("dateline.filter")
        _, filtered = picture_size(saved(seen))
        seen.frame.evaluate("dateline.filter = ''")
        _, unfiltered = picture_size(saved(seen))
        assert filtered > unfiltered, "a line more below the map"


@pytest.mark.browser
def test_every_download_is_offered_and_holds_what_the_heading_counts(
    browser: Any, address: str, tmp_path: Path
) -> None:
    with opened(browser, f"{address}/?types=flood,storm") as seen:
        seen.wait_for_map()
        number = seen.settled()
        for position, kind in enumerate(FORMATS):
            suffix = kind.suffixes[0]
            if suffix not in takeaway.IN_SIGHT and not seen.page.locator(f".st-key-download-{suffix[1:]}").is_visible():
                seen.page.get_by_role("button", name="More", exact=True).click()
            button = seen.page.locator(f".st-key-download-{suffix[1:]} button").first
            button.wait_for()
            with seen.page.expect_download() as download:
                button.click()
            path = tmp_path / f"{position}{suffix}"
            path.write_bytes(Path(download.value.path()).read_bytes())
            assert download.value.suggested_filename == f"dateline{suffix}"
            assert len(read_layer(path).events) == number
