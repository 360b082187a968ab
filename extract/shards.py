"""What the machines of a cluster do: read a file of articles or a stretch of one, merge reports of kindred types, and
apply what people decided.

All are functions from files to files on any storage that fsspec reaches, and do the same when they are done
twice: so a machine may die at any moment, and another starts over. Between the two lie the reports, in
``_reports/<family>/<part>.parquet`` in the order of their turns, and ``_reports/<part>.json`` says that a
part is complete.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from extract.article import Article
from extract.merge.blocks import kindred
from extract.merge.stream import merge_in_turn
from extract.packing import pack_reports, unpack_report
from extract.sources import ReadOptions, read_item
from extract.sources.item import SAMPLE, Item, Stretch
from extract.sources.sidecar import SIDECAR_NAME, Sidecar, sidecar_of
from extract.sources.stretches import stretches
from extract.storage import mark_of, name_of, put, storage
from extract.workers import Broken, attempt
from geodata.corrections import Correction
from geodata.errors import ClusterError, InputError
from geodata.event import Event
from geodata.formats.partitions import REPORTS
from geodata.gazetteer import Gazetteer
from geodata.records import from_plain, pack, to_plain, unpack
from geodata.replay import replay, untouched

EVENTS_KEPT = 20_000
"""Events a machine keeps until it writes a file: some 60 MB."""
ROWS_AT_ONCE = 512
"""Reports of one part in memory while its family is merged: all parts are read side by side."""
UNDATED = "undated"
ASIDE, CORRECTED = "aside", "corrected"
"""Names, beside those of families, for the events that corrections may touch: before they are applied, and after."""

Row = tuple[int, bytes, int, bytes]
"""Turn, article, number of the report in it, and the report; rows sort in the order they are merged in."""


@dataclass(frozen=True, slots=True)
class Part:
    """A file of articles, or a stretch of one: where it is, and what the ids of its articles begin with."""

    url: str
    id: str
    stretch: Stretch | None = None

    @property
    def key(self) -> str:
        """The name of what was made of it."""
        which = f"{self.url}\0{self.stretch.start}-{self.stretch.end}" if self.stretch else self.url
        return sha256(which.encode("utf-8", "backslashreplace")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class PartRead:
    """What came of a part: how many articles, what couldn't be read and why, and the families it reports of."""

    key: str
    articles: int
    failures: tuple[tuple[str, str], ...]
    families: tuple[str, ...]


def divide(part: Part, options: ReadOptions) -> list[Part]:
    """The stretches of a large file of many articles, a part each; one that can't be read is a part, and told there."""
    source, path = storage(part.url)
    try:
        return [replace(part, stretch=stretch) for stretch in stretches(_item(part, source, path), options)]
    except (InputError, OSError):
        return [part]


def read_part(part: Part, output: str, version: str, options: ReadOptions) -> PartRead:
    """Read a file of articles and write what they report; nothing if this version did so already.

    Raises
    ------
    ClusterError
        If the program on this machine is not the one that started the run.
    """
    gazetteer = _same_program(version)
    source, path = storage(part.url)
    target, root = storage(output)
    mark = f"{root}/{REPORTS}/{part.key}.json"
    beside = _sidecar_path(path)
    made_from = {"version": version, "url": part.url, "content": mark_of(source, path),
                 "sidecar": mark_of(source, beside)}
    if target.exists(mark):
        known = json.loads(target.cat_file(mark))
        if known["made_from"] == made_from:
            return _part_read(part, known)
    rows: dict[str, list[Row]] = {}
    failures: list[tuple[str, str]] = []
    articles = 0
    for article, outcome in _annotated(part, source, path, options, gazetteer, failures):
        if isinstance(outcome, Broken):
            failures.append((article.id, outcome.reason))
            continue
        articles += 1
        name = article.id.encode("utf-8", "surrogatepass")
        for number, (family, turn, record) in enumerate(outcome):
            rows.setdefault(family, []).append((turn, name, number, record))
    for family, found in rows.items():
        _write_rows(target, f"{root}/{REPORTS}/{family}/{part.key}.parquet", sorted(found))
    known = {"made_from": made_from, "articles": articles, "failures": failures, "families": sorted(rows)}
    content = json.dumps(known).encode()
    put(target, mark, lambda local: _done(local.write_bytes(content)))
    return _part_read(part, known)


def _done(_: object) -> None:
    return None


def _part_read(part: Part, known: dict[str, Any]) -> PartRead:
    return PartRead(part.key, int(known["articles"]), tuple((str(where), str(why)) for where, why in known["failures"]),
                    tuple(known["families"]))


def _same_program(version: str) -> Gazetteer:
    from extract.versions import program_version
    from geodata.gazetteer import open_gazetteer

    gazetteer = open_gazetteer()
    if program_version(gazetteer) != version:
        raise ClusterError("a machine of the cluster", "has another version of Dateline or its gazetteer",
                           "Install the same version everywhere, and run 'dateline gazetteer build'")
    return gazetteer


def _annotated(part: Part, source: Any, path: str, options: ReadOptions, gazetteer: Gazetteer,
               failures: list[tuple[str, str]]) -> Iterator[tuple[Article, list[tuple[str, int, bytes]] | Broken]]:
    """Every article of a part with its packed reports, by family and turn."""
    from extract.pipeline import annotate

    def reports_of(article: Article) -> list[tuple[str, int, bytes]]:
        annotation = annotate(article, gazetteer)
        return [(kindred(report.type), turn, record)
                for report, (turn, record) in zip(annotation.reports, pack_reports(annotation), strict=True)]

    def failed(error: InputError) -> None:
        failures.append((error.subject, f"{error.problem}. {error.remedy}"))

    try:
        for article in read_item(_item(part, source, path), options, failed, _sidecar(source, path)):
            own = article if article.id.startswith(part.id) else replace(article, id=f"{part.id}/{article.id}")
            yield own, attempt(reports_of, own)
    except InputError as error:
        failed(error)
    except OSError as error:
        failures.append((part.url, f"can't be read ({error})"))


def _item(part: Part, source: Any, path: str) -> Item:
    with source.open(path, "rb") as file:
        head = file.read(SAMPLE)
    return Item(name_of(part.url, path), part.id, Path(path).suffix.lower(), lambda: source.open(path, "rb"), head,
                stretch=part.stretch)


def _sidecar_path(path: str) -> str:
    folder, slash, _ = path.rpartition("/")
    return f"{folder}{slash}{SIDECAR_NAME}"


def _sidecar(source: Any, path: str) -> Sidecar:
    """The ``sources.toml`` in the folder of a file; one without entries where there is none."""
    beside = _sidecar_path(path)
    return sidecar_of(Path(beside), source.cat_file(beside)) if source.exists(beside) else Sidecar(Path(beside), {})


@dataclass(frozen=True, slots=True)
class FamilyMerged:
    """What came of a family of event types: how many events, and the files they are in.

    ``aside`` counts the events that wait for corrections: they are in none of the files.
    """

    events: int
    files: tuple[str, ...]
    aside: int = 0


def merge_family(family: str, keys: Sequence[str], output: str, version: str,
                 reach: frozenset[str] = frozenset()) -> FamilyMerged:
    """Merge all reports of a family and write its events, a folder a month (``month=2031-05/``).

    A family is all types whose reports may end in one event (:func:`extract.merge.blocks.kindred`). Events that
    corrections may touch are put aside for :func:`correct_events`: a person may make one event of two families'.

    Parameters
    ----------
    reach:
        Of the corrections (:func:`geodata.replay.reach_of`).

    Raises
    ------
    ClusterError
        If the program on this machine is not the one that started the run.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    gazetteer = _same_program(version)
    target, root = storage(output)
    rows = heapq.merge(*(_read_rows(target, f"{root}/{REPORTS}/{family}/{key}.parquet") for key in sorted(keys)))
    events = merge_in_turn((turn, unpack_report(record)) for turn, _, _, record in rows)
    aside: list[Event] = []
    written, files = _write_months(target, root, family, untouched(events, reach, aside), gazetteer)
    if aside:
        table = pa.table({"record": pa.array([pack(to_plain(event)) for event in aside], pa.binary())})
        put(target, f"{root}/{REPORTS}/{ASIDE}/{family}.parquet", lambda local: pq.write_table(table, local))
    return FamilyMerged(written, files, len(aside))


@dataclass(frozen=True, slots=True)
class Corrected:
    """What corrections made of the events put aside: how many are left, in which files, and how many corrections
    wait for an event that has their words."""

    events: int
    files: tuple[str, ...]
    waiting: int


def correct_events(families: Sequence[str], corrections: Sequence[Correction], output: str, version: str) -> Corrected:
    """Apply corrections to the events that the families put aside, and write what comes of them, a folder a month.

    Raises
    ------
    ClusterError
        If the program on this machine is not the one that started the run.
    """
    gazetteer = _same_program(version)
    target, root = storage(output)
    aside = (from_plain(Event, unpack(record)) for family in families
             for (record,) in _read_columns(target, f"{root}/{REPORTS}/{ASIDE}/{family}.parquet", ("record",)))
    replayed = replay(aside, corrections)
    written, files = _write_months(target, root, CORRECTED, replayed.events, gazetteer)
    return Corrected(written, files, len(replayed.unmatched))


def _write_months(target: Any, root: str, name: str, events: Iterable[Event],
                  gazetteer: Gazetteer) -> tuple[int, tuple[str, ...]]:
    """Write events into the folders of their months; how many, and the files."""
    files, written = [], 0
    for number, (month, group) in enumerate(_by_month(events)):
        path = f"{root}/month={month}/{name}-{number:05}.parquet"
        put(target, path, _writer(group, gazetteer))
        files.append(path)
        written += len(group)
    return written, tuple(files)


def _writer(events: list[Event], gazetteer: Gazetteer) -> Callable[[Path], None]:
    from geodata.formats.geoparquet import write

    return lambda local: _done(write(local, events, gazetteer.outline, {}))


def _by_month(events: Iterable[Event]) -> Iterator[tuple[str, list[Event]]]:
    """Events in groups of a month; one month may come in several groups."""
    waiting: dict[str, list[Event]] = {}
    kept = 0
    for event in events:
        waiting.setdefault(month_of(event), []).append(event)
        kept += 1
        if kept == EVENTS_KEPT:
            largest = max(waiting, key=lambda month: (len(waiting[month]), month))
            group = waiting.pop(largest)
            kept -= len(group)
            yield largest, group
    yield from sorted(waiting.items())


def month_of(event: Event) -> str:
    """The month an event begins in (ends in, where nobody knows when it began), or ``undated``."""
    day = event.span.start or event.span.end
    return day.isoformat()[:7] if day else UNDATED


# --- files -----------------------------------------------------------------------------------------------------------


def _write_rows(system: Any, path: str, rows: list[Row]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    turns, articles, numbers, records = zip(*rows, strict=True)
    table = pa.table({"turn": pa.array(turns, pa.int64()), "article": pa.array(articles, pa.binary()),
                      "number": pa.array(numbers, pa.int32()), "record": pa.array(records, pa.binary())})
    put(system, path, lambda local: pq.write_table(table, local, row_group_size=ROWS_AT_ONCE))


def _read_rows(system: Any, path: str) -> Iterator[Row]:
    yield from _read_columns(system, path, ("turn", "article", "number", "record"))


def _read_columns(system: Any, path: str, names: Sequence[str]) -> Iterator[Any]:
    """The rows of a Parquet file, a tuple each."""
    import pyarrow.parquet as pq

    with system.open(path, "rb") as file:
        for batch in pq.ParquetFile(file).iter_batches(ROWS_AT_ONCE):
            yield from zip(*(batch.column(name).to_pylist() for name in names), strict=True)
