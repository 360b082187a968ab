"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EDQUOT, ENOSPC
from pathlib import Path
from typing import BinaryIO

from geodata.errors import OutputError

FULL = (ENOSPC, EDQUOT)
PERMISSIONS = 0o666
"""What ``open`` asks for before the user's umask; temporary files ask for less."""


@contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write to that takes the place of ``path`` when the block ends well, and vanishes when it doesn't.

    A pipe or a device, such as ``/dev/stdout``, is written to as it is.

    Raises
    ------
    OutputError
        If the folder is missing or not the user's to write in, or the disk is full.
    """
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            with path.open("wb") as stream:
                yield stream
            return
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
    except BrokenPipeError:  # nobody reads the pipe any more
        raise
    except OSError as error:
        raise not_written(path, error) from error


def not_written(subject: object, error: OSError) -> OutputError:
    """The error that says why something can't be written, and what to do about it."""
    remedy = "Make room there" if error.errno in FULL else "Choose a folder that exists and is yours"
    return OutputError(subject, f"can't be written ({error.strerror or error})", remedy)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
