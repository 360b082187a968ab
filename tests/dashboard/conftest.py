"""A layer of synthetic events, and a server that shows it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.synthetic import OUTLINES, events
from geodata.formats import write_layer
from tests.dashboard.live import serving


@pytest.fixture(scope="session")
def layer_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two hundred harmless events, hostile ones, one with no place and one with no date."""
    path = tmp_path_factory.mktemp("layer") / "synthetic.geojson"
    write_layer(path, events(), lambda place: OUTLINES.get(place.id, ()), {})  # type: ignore[arg-type, return-value]
    return path


@pytest.fixture(scope="module")
def address(layer_file: Path) -> Iterator[str]:
    """A server that shows the synthetic layer."""
    with serving(layer_file) as url:
        yield url
