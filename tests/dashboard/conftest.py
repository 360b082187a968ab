"""A layer of synthetic events, a server that shows it, and a browser."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.synthetic import OUTLINES, events
from geodata.formats import write_layer
from tests.dashboard.live import CHROMIUM_FLAGS, chromium, serving


@pytest.fixture(scope="session")
def layer_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two hundred harmless events, hostile ones, one with no place and one with no date."""
    path = tmp_path_factory.mktemp("layer") / "synthetic.geojson"
    write_layer(path, events(), lambda place: OUTLINES.get(place.id, ()), {})  # type: ignore[arg-type, return-value]
    return path


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A Chromium that Playwright drives; the test is skipped where there is none, but never in CI."""
    from playwright.sync_api import sync_playwright

    program = chromium()
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("CI has no Chromium: the browser tests can't run")
        pytest.skip("NO BROWSER TEST: Chromium is not installed")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def address(layer_file: Path) -> Iterator[str]:
    """A server that shows the synthetic layer."""
    with serving(layer_file) as url:
        yield url
