"""What many tests need: the compiled gazetteer, once a session."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from geodata.gazetteer import Gazetteer, open_gazetteer


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """The gazetteer of the user's cache, compiled first where it is missing (some 30 seconds)."""
    return open_gazetteer()


@pytest.fixture(autouse=True)
def main_module() -> Iterator[None]:
    """Streamlit's test harness leaves the app as ``__main__``; every process started later would run it again."""
    module = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = module
