"""The user's cache holds what this version opens, and not every version's file for ever."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from geodata.gazetteer import current_path, default_path, forget_other_versions, geonames_path
from geodata.gazetteer.cache import KEPT_SECONDS

NOW = 2_000_000_000.0
Put = Callable[[str, float], Path]


@pytest.fixture
def put(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Put:
    """Puts a file of a name and an age in seconds into an empty cache."""
    monkeypatch.setattr("platformdirs.user_cache_path", lambda name: tmp_path / name)
    default_path().parent.mkdir()

    def made(name: str, age: float) -> Path:
        path = default_path().parent / name
        path.write_bytes(b"x")
        os.utime(path, (NOW - age, NOW - age))
        return path

    return made


def test_old_files_of_other_versions_go(put: Put) -> None:
    old = KEPT_SECONDS + 1
    gone = [put("gazetteer-1-0123456789ab.bin", old), put(f"{default_path().name}x7q.part", old)]
    kept = [put(default_path().name, old), put("gazetteer-1-geonames.bin", old), put(geonames_path().name, old),
            put("demo.geojson", old), put("gazetteer-1-ba9876543210.bin", KEPT_SECONDS - 1)]
    forget_other_versions(NOW)
    assert not any(path.exists() for path in gone)
    assert all(path.exists() for path in kept)


def test_what_cannot_be_removed_stays(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows removes no file that is open."""
    in_use, other = (put(f"gazetteer-1-{name}.bin", KEPT_SECONDS + 1) for name in ("aaaa", "bbbb"))
    unlink = Path.unlink

    def refuse(path: Path) -> None:
        if path == in_use:
            raise PermissionError(13, "used by another process")
        unlink(path)

    monkeypatch.setattr(Path, "unlink", refuse)
    forget_other_versions(NOW)
    assert in_use.exists()
    assert not other.exists()


def test_a_compiled_dump_is_the_one_that_is_opened(put: Put) -> None:
    assert current_path() == default_path()
    put(geonames_path().name, 0)
    assert current_path() == geonames_path()


@pytest.mark.usefixtures("put")
def test_an_empty_or_missing_cache() -> None:
    forget_other_versions(NOW)
    default_path().parent.rmdir()
    forget_other_versions(NOW)
    assert not default_path().parent.exists()
