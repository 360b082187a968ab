"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from geodata.errors import OutputError

PERMISSIONS = 0o666
"""What ``open`` asks for before the user's umask; temporary files ask for less."""


@contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write to that takes the place of ``path`` when the block ends well, and vanishes when it doesn't.

    Raises
    ------
    OutputError
        If the folder is missing or not the user's to write in.
    """
    try:
        with tempfile.NamedTemporaryFile("wb", dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            unfinished = Path(file.name)
            try:
                yield file  # type: ignore[misc]  # a wrapper that forwards all of BinaryIO
                file.close()
                unfinished.chmod(PERMISSIONS & ~_umask())
                unfinished.replace(path)
            except BaseException:
                unfinished.unlink(missing_ok=True)
                raise
    except OSError as error:
        problem = f"can't be written ({error.strerror})"
        raise OutputError(path, problem, "Choose a folder that exists and is yours") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
