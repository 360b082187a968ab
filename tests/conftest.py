"""What many tests need, once a session: the compiled gazetteer, a browser."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

from geodata.gazetteer import Gazetteer, open_gazetteer
from tests.dashboard.live import CHROMIUM_FLAGS, chromium

settings.register_profile("dateline", deadline=None)  # no test asserts wall-clock time
settings.load_profile("dateline")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser on a machine that has other work misses a click now and then; what fails twice is broken.

    Both are told: pytest's summary names what was tried again, and a page that something went wrong on says what it
    showed (:meth:`tests.dashboard.live.Opened.told`). A test named there has a race to be found, in itself or in the
    page.
    """
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """The gazetteer of the user's cache, compiled first where it is missing (under a minute)."""
    return open_gazetteer()


@pytest.fixture(autouse=True)
def main_module() -> Iterator[None]:
    """Streamlit's test harness leaves the app as ``__main__``; every process started later would run it again."""
    module = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = module


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A Chromium, one a session: Playwright runs once a process. Skipped where there is none, but never in CI."""
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
