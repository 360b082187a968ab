"""Beyond one machine: the same functions on a Dask cluster, over article files on anything that fsspec reads.

The machines read files and merge families (:mod:`extract.shards`); this one hands out the work and keeps count. What
is made lies beside each other in the output folder: GeoParquet in partitions by month, ``_failures.jsonl``, and
``_dateline.json``, which is written last and says that all is there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, cast

from extract.shards import (
    ASIDE,
    Corrected,
    FamilyMerged,
    Part,
    PartRead,
    correct_events,
    divide,
    merge_family,
    read_part,
)
from extract.sources import ReadOptions
from extract.sources.kinds import SUFFIXES
from extract.storage import is_below, listed, prepare, storage, url_of
from geodata.corrections import Correction, in_effect
from geodata.errors import ClusterError, InputError
from geodata.formats.partitions import NOTES, REPORTS
from geodata.replay import reach_of

if TYPE_CHECKING:
    from distributed import Client

Watch = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done and how much there is."""
LARGEST_WHOLE = 4 << 20
"""Bytes of a file that one machine reads: some thousand articles, or ten seconds. A larger one is looked through for
where it can be cut."""
SECONDS_TO_CONNECT = 10
REMEDY = "Start one with 'dask scheduler' and 'dask worker', and give the address the scheduler prints"


@dataclass(frozen=True, slots=True)
class ClusterRun:
    """What came of a run: articles read, events found, and what couldn't be read and why.

    ``corrections`` counts those in effect, ``waiting`` those of them whose events aren't there.
    """

    articles: int
    events: int
    failures: tuple[tuple[str, str], ...]
    corrections: int = 0
    waiting: int = 0


def extract_on_cluster(address: str, inputs: Sequence[str], output: str, options: ReadOptions,
                       version: str, watch: Watch = lambda *_: None,
                       corrections: Iterable[Correction] = ()) -> ClusterRun:
    """Read articles and merge their reports on a cluster, and write the events in partitions by month.

    A run that was broken off goes on where it stood; files that were read by the same version aren't read again.

    Parameters
    ----------
    address:
        Of the scheduler, e.g. ``tcp://10.0.0.1:8786``.
    inputs, output:
        URLs of files, folders or patterns, and of a folder, that every machine reaches.
    version:
        Of program and gazetteer (:func:`extract.versions.program_version`), the same on every machine.
    corrections:
        What people decided: applied to the events, in order.

    Raises
    ------
    ClusterError
        If the cluster can't be reached, or runs another version.
    InputError
        If an input isn't there.
    OutputError
        If nothing can be written to the folder.
    """
    system, root = storage(output)
    output = url_of(output, system, root)  # in full: where this machine stands is no other machine's affair
    files = {part: size for part, size in find_parts(inputs) if not is_below(part.url, output)}
    with _connected(address) as client:
        prepare(output, f"{REPORTS}/version", version.encode())
        parts = _divide_all(client, files, options, watch)
        read, broken = _read_all(client, parts, output, version, options, watch)
        effective = in_effect(corrections)
        _take_away_notes(output)
        merged = _merge_all(client, read, output, version, reach_of(effective), watch)
        corrected = _correct(client, merged, effective, output, version, watch)
    failures = (*broken, *(failure for part in read for failure in part.failures))
    run = ClusterRun(sum(part.articles for part in read),
                     sum(family.events for family in merged.values()) + corrected.events, failures,
                     len(effective), corrected.waiting)
    made = {*corrected.files, *(name for family in merged.values() for name in family.files)}
    _finish(output, run, made, {part.key for part in parts}, version)
    return run


def find_parts(inputs: Iterable[str]) -> Iterator[tuple[Part, int]]:
    """The files that the inputs name, each with an id of its own, and their sizes in bytes.

    Raises
    ------
    InputError
        If an input isn't there, or has no file of articles in it.
    """
    taken: set[str] = set()
    met: set[str] = set()
    for url in inputs:
        system, root, found = listed(url)
        is_folder = system.isdir(root)
        files = [name for name in sorted(found) if PurePosixPath(name).suffix.lower() in SUFFIXES and "/." not in name]
        if not files:
            raise InputError(url, "no article files there", "Check the URL; the machines of the cluster must reach it")
        for name in files:
            address = url_of(url, system, name)
            if address in met:
                continue
            met.add(address)
            below = name.removeprefix(root).strip("/") or PurePosixPath(name).name
            stem = below.removesuffix(PurePosixPath(below).suffix) if is_folder else PurePosixPath(name).stem
            own = next(each for number in count(1)
                       if (each := stem if number == 1 else f"{stem}~{number}") not in taken)
            taken.add(own)
            yield Part(address, own), int(found[name].get("size") or 0)


def _connected(address: str) -> Client:
    try:
        from distributed import Client
        from distributed.comm.addressing import parse_address, parse_host_port
    except ImportError as error:
        raise ClusterError(address, "needs Dask, which is not installed", "pip install 'dateline[cluster]'") from error
    try:
        parse_host_port(parse_address(address)[1])  # a client that was given no address can't be closed
    except ValueError as error:
        raise ClusterError(address, f"is no address of a scheduler ({error})", REMEDY) from error
    try:
        return Client(address, timeout=SECONDS_TO_CONNECT, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise ClusterError(address, f"no scheduler answers there ({error})", REMEDY) from error


def _divide_all(client: Client, files: Mapping[Part, int], options: ReadOptions, watch: Watch) -> list[Part]:
    """The files as parts, in their order: a large one of many articles in stretches."""
    large = [part for part, size in files.items() if size > LARGEST_WHOLE]
    work = {client.submit(divide, part, options, pure=False, retries=2): part for part in large}
    divided = {}
    for done, (future, outcome) in enumerate(_outcomes(client, work), 1):
        watch("Dividing", done, len(large))
        divided[work[future]] = [work[future]] if isinstance(outcome, Exception) else outcome
    return [each for part in files for each in divided.get(part, [part])]


def _read_all(client: Client, parts: Sequence[Part], output: str, version: str, options: ReadOptions,
              watch: Watch) -> tuple[list[PartRead], list[tuple[str, str]]]:
    """Read every part; one that ended several machines is given up, and the others are read."""
    work = {client.submit(read_part, part, output, version, options, pure=False, retries=2): part for part in parts}
    read, broken = [], []
    for done, (future, outcome) in enumerate(_outcomes(client, work), 1):
        watch("Reading", done, len(parts))
        if isinstance(outcome, Exception):
            broken.append((work[future].url, f"{type(outcome).__name__}: {outcome}"))
        else:
            read.append(outcome)
    return read, broken


def _merge_all(client: Client, read: Sequence[PartRead], output: str, version: str, reach: frozenset[str],
               watch: Watch) -> dict[str, FamilyMerged]:
    """Merge every family of types; what came of each."""
    families = sorted({family for part in read for family in part.families})
    work = {client.submit(merge_family, family, [part.key for part in read if family in part.families], output, version,
                          reach, pure=False, retries=2): family for family in families}
    merged = {}
    for done, (future, outcome) in enumerate(_outcomes(client, work), 1):
        watch("Merging", done, len(families))
        if isinstance(outcome, Exception):
            raise _not_done(f"merge the events of family {work[future]}", outcome)
        merged[work[future]] = outcome
    return merged


def _correct(client: Client, merged: Mapping[str, FamilyMerged], corrections: tuple[Correction, ...], output: str,
             version: str, watch: Watch) -> Corrected:
    """Apply the corrections to the events that were put aside for them, on one machine: they are few."""
    families = sorted(family for family, outcome in merged.items() if outcome.aside)
    if not families:
        return Corrected(0, (), len(corrections))
    work = client.submit(correct_events, families, corrections, output, version, pure=False, retries=2)
    for _, outcome in _outcomes(client, [work]):
        watch("Correcting", 1, 1)
        if isinstance(outcome, Exception):
            raise _not_done("apply the corrections", outcome)
    return cast(Corrected, outcome)


def _not_done(what: str, error: Exception) -> ClusterError:
    problem = f"can't {what} ({type(error).__name__}: {error})"
    return ClusterError("the cluster", problem, "Run again: what was read is not read again")


def _outcomes(client: Client, work: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """Each piece of work with its result, or the exception that it ended in; a wrong version ends the run."""
    from distributed import as_completed

    for future in as_completed(list(work), loop=client.loop):  # type: ignore[no-untyped-call]
        outcome = future.exception() if future.status == "error" else future.result()
        if isinstance(outcome, ClusterError):
            raise outcome
        yield future, outcome


def _take_away_notes(output: str) -> None:
    """Say no longer that all is there: until it is again, the folder holds files of two runs."""
    system, root = storage(output)
    if system.exists(f"{root}/{NOTES}"):
        system.rm_file(f"{root}/{NOTES}")


def _finish(output: str, run: ClusterRun, files: set[str], keys: set[str], version: str) -> None:
    """Take away what an earlier run made and this one didn't, and say that all is there."""
    system, root = storage(output)
    for name in system.glob(f"{root}/month=*/*"):
        if str(name) not in files:
            system.rm_file(name)
    for name in system.glob(f"{root}/{REPORTS}/*.json"):
        if PurePosixPath(name).stem not in keys:
            system.rm_file(name)
    for name in system.glob(f"{root}/{REPORTS}/*/*.parquet"):
        path = PurePosixPath(name)
        if path.stem not in keys or path.parent.name == ASIDE:
            system.rm_file(name)
    lines = [json.dumps({"article": where, "reason": reason}) + "\n" for where, reason in run.failures]
    system.pipe_file(f"{root}/_failures.jsonl", "".join(lines).encode())
    notes = {"version": version, "articles": run.articles, "events": run.events, "failures": len(run.failures),
             "corrections": run.corrections, "waiting": run.waiting,
             "files": sorted(name.removeprefix(f"{root}/") for name in files)}
    system.pipe_file(f"{root}/{NOTES}", json.dumps(notes, indent=1).encode())
