"""The user's cache of compiled gazetteers: which file is ours, and which may go."""

from __future__ import annotations

import time
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from geodata.gazetteer.container import SCHEMA

KEPT_SECONDS = 7 * 86_400.0
"""How long after it was compiled another version's file stays: whoever tries two in turn compiles neither twice."""


FROM_A_DUMP = "geonames.bin"
"""How the name of a file ends that the user has compiled from a dump: only the user removes it."""


def default_path() -> Path:
    """Where the compiled gazetteer is: in the user's cache, under a name made of schema and source versions."""
    from platformdirs import user_cache_path

    from geodata.gazetteer.sources import source_versions

    key = sha256(repr((SCHEMA, sorted(source_versions().items()))).encode()).hexdigest()[:12]
    return user_cache_path("dateline") / f"gazetteer-{SCHEMA}-{key}.bin"


def geonames_path() -> Path:
    """Where a gazetteer compiled from a full GeoNames dump is; once there, it is the one that is opened."""
    from platformdirs import user_cache_path

    return user_cache_path("dateline") / f"gazetteer-{SCHEMA}-{FROM_A_DUMP}"


def current_path() -> Path:
    """The compiled gazetteer to open: :func:`geonames_path` where the user has compiled a dump, else
    :func:`default_path`.
    """
    return geonames_path() if geonames_path().exists() else default_path()


def forget_other_versions(now: float | None = None) -> None:
    """Remove files of other versions of program or sources, and what compilers that were killed left behind.

    Young files stay (:data:`KEPT_SECONDS`), as do those of this version. A process that has a file open keeps it on
    POSIX, whoever removes it.

    Parameters
    ----------
    now:
        Seconds since 1970; the clock's if not given.
    """
    ours = default_path()
    oldest = (time.time() if now is None else now) - KEPT_SECONDS
    for path in ours.parent.glob("gazetteer-*.bin*"):
        if path != ours and not path.name.endswith(FROM_A_DUMP):
            with suppress(OSError):  # gone by now, or in use on Windows: the next compilation tries again
                if path.stat().st_mtime < oldest:
                    path.unlink()
