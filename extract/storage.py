"""Files on anything that fsspec reads, as the machines of a cluster share them: found, told apart, written whole."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

from geodata.errors import InputError, OutputError

CHAINED = "::"
"""Between the parts of a URL that leads through another: ``zip://*.txt::s3://news/may.zip``."""
TOLD_BY = ("ETag", "Last-Modified")
"""What web servers tell of a file, that fsspec's own mark of one leaves out."""


def storage(url: str) -> tuple[Any, str]:
    """The file system of a URL, and the path there.

    Raises
    ------
    InputError
        If fsspec knows no such storage, or the package for it isn't installed.
    """
    from fsspec.core import url_to_fs

    try:
        system, path = url_to_fs(url)
    except ImportError as error:
        raise InputError(url, f"needs a package that is not installed ({error})",
                         "Install it on every machine of the cluster") from error
    except Exception as error:  # a stranger's file system may raise anything
        problem = f"can't be opened ({type(error).__name__}: {error})"
        raise InputError(url, problem, "Check the URL; 'python -m pydoc fsspec' lists the kinds there are") from error
    return system, str(path).rstrip("/") or str(path)


def listed(url: str) -> tuple[Any, str, Mapping[str, Any]]:
    """The file system of a URL, the path there, and the files in that folder or that fit that pattern, by path.

    Raises
    ------
    InputError
        If they can't be listed.
    """
    system, path = storage(url)
    try:
        return system, path, system.find(path, detail=True) if system.isdir(path) else system.glob(path, detail=True)
    except Exception as error:  # as above
        problem = f"can't be listed ({type(error).__name__}: {error})"
        raise InputError(url, problem, "Check the URL and your rights there") from error


def url_of(url: str, system: Any, path: str) -> str:
    """The URL by which every machine finds ``path``, which ``url`` led to."""
    head, chained, rest = url.partition(CHAINED)
    if not chained:
        return str(system.unstrip_protocol(path))
    if "://" in head:
        return f"{head.partition('://')[0]}://{path.lstrip('/')}{CHAINED}{rest}"
    inner, _ = storage(rest)
    return f"{head}{CHAINED}{url_of(rest, inner, path)}"


def name_of(url: str, path: str) -> str:
    """What to call a file in messages, with its own name at the end: also one inside an archive."""
    head, chained, rest = url.partition(CHAINED)
    return f"{rest}/{path.lstrip('/')}" if chained and "://" in head else url


def is_below(url: str, folder: str) -> bool:
    """Whether a URL lies in the folder of another."""
    return url.startswith(f"{folder.rstrip('/')}/")


def mark_of(system: Any, path: str) -> str:
    """What tells a file from what it was before; empty where there is none."""
    if not system.exists(path):
        return ""
    told = system.info(path)
    return " ".join([str(system.ukey(path)), *(str(told[key]) for key in TOLD_BY if told.get(key))])


def prepare(url: str, path: str, content: bytes) -> None:
    """Write a first file into a folder, to see that it can be written to before there is any work to lose.

    Raises
    ------
    OutputError
        If it can't.
    """
    system, root = storage(url)
    try:
        system.makedirs(f"{root}/{path}".rpartition("/")[0], exist_ok=True)
        system.pipe_file(f"{root}/{path}", content)
    except Exception as error:  # a stranger's file system may raise anything
        problem = f"can't be written ({type(error).__name__}: {error})"
        raise OutputError(url, problem, "Give a folder that every machine of the cluster may write to") from error


def put(system: Any, path: str, write: Callable[[Path], None]) -> None:
    """Write a file whole: here first, then there under another name, then under its own."""
    system.makedirs(path.rpartition("/")[0], exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
        local = Path(folder) / "file"
        write(local)
        unfinished = f"{path}.{uuid4().hex}.part"
        system.put_file(str(local), unfinished)
        system.mv(unfinished, path)
