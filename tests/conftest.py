"""What many tests need: the compiled gazetteer, once a session."""

from __future__ import annotations

import pytest

from geodata.gazetteer import Gazetteer, open_gazetteer


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """The gazetteer of the user's cache, compiled first where it is missing (some 30 seconds)."""
    return open_gazetteer()
