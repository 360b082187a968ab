"""Files for the browser: our scripts, Leaflet and the basemap; and what a layer publishes for the map.

``declare_component`` with a path makes Streamlit serve a folder. That needs no server setting, and the
map's frame reaches it by a relative address, whatever host and base path the server has.
"""

from __future__ import annotations

import atexit
import gzip
import inspect
import shutil
import tempfile
import time
from functools import cache
from hashlib import sha256
from pathlib import Path
from threading import Lock

import streamlit
import streamlit.components.v1 as components

from geodata.errors import InputError

ASSETS = Path(__file__).parent / "assets"
VENDOR = ASSETS / "vendor"

MOST_PUBLISHED = 48
"""Files kept at once; beyond it the oldest goes. The browser reads a file once, within moments."""

PACKING = 1
"""Level of compression: a million events take 0.13 s and 5.4 MB; at level 5, 0.38 s and 5.2 MB; at 9, 4.4 s and 5.1."""

MOST_LOOKS, LOOK_SECONDS = 200, 0.01
"""Streamlit asks ``inspect`` which module declares a component. While one thread looks that up for the first time,
``inspect`` has no answer for another (it marks modules as seen before it notes their files), and two people who opened
the page in the same moment saw an error: so we wait until it has one."""

_PUBLISHING = Lock()
"""Every session runs in a thread of its own; two that open the page at once publish the same files."""


def asset_address(name: str) -> str:
    """The address of a file in ``dashboard/assets/``, as seen from the map's frame.

    Raises
    ------
    InputError
        If the file isn't there: the build hook hasn't run.
    """
    if not (ASSETS / name).is_file():
        raise InputError(ASSETS / name, "is missing", "Install Dateline again (python -m pip install -e .)")
    return f"../{_mounted('assets', ASSETS)}/{name}"


def font_address() -> str:
    """The address of the font that Streamlit itself serves, or nothing if this version has it elsewhere."""
    media = Path(streamlit.__file__).parent / "static" / "static" / "media"
    return next((f"../../static/media/{path.name}" for path in sorted(media.glob("SourceSansVF-Upright*.woff2"))), "")


def publish(content: bytes, suffix: str) -> str:
    """Serve ``content``, packed, under a name made from its hash; returns its address, which the scripts unpack.

    Streamlit would pack it anew for every browser, all others waiting meanwhile; what is named ``.gz`` it leaves alone.
    """
    with _PUBLISHING:
        folder = _folder()
        path = folder / f"{sha256(content).hexdigest()[:24]}{suffix}.gz"
        if path.exists():
            path.touch()
        else:
            scratch = path.with_suffix(".part")
            scratch.write_bytes(gzip.compress(content, PACKING, mtime=0))
            scratch.replace(path)
            _prune(folder)
    return f"../{_mounted('published', folder)}/{path.name}"


def is_published(address: str) -> bool:
    """Whether the file at an address of :func:`publish` is still served; if so, it is among the last to go."""
    with _PUBLISHING:
        path = _folder() / address.rpartition("/")[2]
        if not address or not path.exists():
            return False
        path.touch()
        return True


def _mounted(name: str, folder: Path) -> str:
    """Have Streamlit serve a folder; returns the name that it has in addresses."""
    for _ in range(MOST_LOOKS):
        if inspect.getmodule(inspect.currentframe()):
            break
        time.sleep(LOOK_SECONDS)
    return components.declare_component(name, path=str(folder)).name


@cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="dateline-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _prune(folder: Path) -> None:
    files = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime)
    for path in files[:-MOST_PUBLISHED]:
        path.unlink(missing_ok=True)
