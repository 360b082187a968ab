"""A layer: a columnar set of events, to be filtered, grouped and described a million at a time.

The events themselves stay a sequence (which may build them on demand); what filters need lies beside
them in a pandas frame of small integers and categories, one row an event, in the same order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import count
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.event import Event, Factuality, Source
from geodata.place import Place, PlaceKind
from geodata.timespan import UNDATED, Basis, TimeSpan

Mask = npt.NDArray[np.bool_]
Days = npt.NDArray[np.int32]
Outline = Sequence[Sequence[Sequence[tuple[float, float]]]]
"""Polygons, each an outer ring and its holes; a ring is closed, of (longitude, latitude) in degrees."""

EPOCH = date(1970, 1, 1)
OPEN_START = np.iinfo(np.int32).min
"""Day number of a start that is not known: before every day."""
OPEN_END = np.iinfo(np.int32).max
"""Day number of an end that is not known: after every day."""
NO_PLACE = -1


def day_number(day: date) -> int:
    """Days since 1970-01-01; negative before."""
    return (day - EPOCH).days


def day_of(number: int) -> date:
    """The inverse of :func:`day_number`."""
    return EPOCH + timedelta(days=int(number))


class PublicationDate(StrEnum):
    """How an event counts of whose date only the article's publication is known: its span is open to the past.

    ``possibly``: by that span, so that any earlier range may hold it; ``at``: as if it had happened on the days of
    publication, as news mostly does; ``out``: not at all.
    """

    POSSIBLY = "possibly"
    AT = "at"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class EventFilter:
    """What to keep of a layer; an empty field keeps everything.

    Attributes
    ----------
    start, end:
        First and last day of the range. With neither, undated events stay in.
    certainly:
        Keep only events whose whole span lies in the range. Otherwise those that *may* lie in it,
        too: their span and the range overlap.
    publication:
        How events count that are dated by their publication alone.
    types, factualities, outlets:
        Keys to keep; ``None`` keeps all, an empty set keeps nothing. An event told by several outlets
        is kept for any of them.
    languages:
        ISO 639-1 codes of articles' languages; an event is kept for any of its sources'.
    text:
        Words that must all occur, in any case, in the quotes, titles, outlets or the place's name.
    bbox:
        West, south, east, north in degrees; west > east spans the 180th meridian.
    places:
        Ids of places; an event is kept when it is pinned to one of them, or to a place in such a region or country.
    min_confidence, min_sources:
        Lower bounds, included.
    """

    start: date | None = None
    end: date | None = None
    certainly: bool = False
    publication: PublicationDate = PublicationDate.POSSIBLY
    types: frozenset[str] | None = None
    factualities: frozenset[Factuality] | None = None
    outlets: frozenset[str] | None = None
    languages: frozenset[str] | None = None
    text: str = ""
    bbox: tuple[float, float, float, float] | None = None
    places: frozenset[str] | None = None
    min_confidence: float = 0.0
    min_sources: int = 0


@dataclass(frozen=True, slots=True)
class Description:
    """The figures of a layer: how many events, how many of them on the map and in time."""

    events: int
    unplaced: int
    undated: int
    sources: int
    first: date | None
    last: date | None


@dataclass(frozen=True)
class Layer:
    """A set of events in columns.

    Attributes
    ----------
    events:
        The events, in row order.
    frame:
        One row an event: ``type``, ``factuality`` (categories); ``place`` (index into :attr:`places`
        or -1); ``start``, ``end`` (day numbers, :data:`OPEN_START` and :data:`OPEN_END` where open);
        ``publication`` (first day of publication where nothing else dates the event, else :data:`OPEN_START`);
        ``outlets`` (index into :attr:`outlet_sets`); ``sources`` (their number); ``confidence``;
        ``languages`` (categories: the sources' languages, sorted, with spaces between);
        ``text`` (case-folded, for search).
    places:
        Every place that an event is pinned to, once.
    outlet_sets:
        Every combination of outlets that tells of an event, once.
    outlines:
        Polygons of places by id, where known.
    notes:
        What the layer's file says of itself: what was read, what was left out.
    serial:
        Another one for each layer of a process, so that caches tell them apart.
    """

    events: Sequence[Event]
    frame: pd.DataFrame
    places: tuple[Place, ...] = ()
    outlet_sets: tuple[tuple[str, ...], ...] = ()
    outlines: Mapping[str, Outline] = field(default_factory=dict)
    notes: Mapping[str, Any] = field(default_factory=dict)
    serial: int = field(default_factory=count().__next__, init=False, compare=False)

    @classmethod
    def from_events(
        cls,
        events: Iterable[Event],
        outlines: Mapping[str, Outline] | None = None,
        notes: Mapping[str, Any] | None = None,
    ) -> Layer:
        """Lay events out in columns."""
        events = tuple(events)
        places: dict[str, int] = {}
        distinct: list[Place] = []
        outlet_sets: dict[tuple[str, ...], int] = {}
        place_codes, outlet_codes = [], []
        for event in events:
            if event.place is None:
                place_codes.append(NO_PLACE)
            else:
                code = places.setdefault(event.place.id, len(places))
                if code == len(distinct):
                    distinct.append(event.place)
                place_codes.append(code)
            outlets = tuple(sorted({source.outlet for source in event.sources}))
            outlet_codes.append(outlet_sets.setdefault(outlets, len(outlet_sets)))
        frame = pd.DataFrame(
            {
                "type": pd.Categorical([event.type for event in events]),
                "factuality": pd.Categorical([event.factuality.value for event in events]),
                "place": np.array(place_codes, dtype=np.int32),
                "start": np.array([_first_day(event.span) for event in events], dtype=np.int32),
                "end": np.array([_last_day(event.span) for event in events], dtype=np.int32),
                "publication": np.array([_publication_day(event) for event in events], dtype=np.int32),
                "outlets": np.array(outlet_codes, dtype=np.int32),
                "sources": np.array([len(event.sources) for event in events], dtype=np.int32),
                "languages": pd.Categorical([_languages(event) for event in events]),
                "confidence": np.array([event.confidence for event in events], dtype=np.float32),
                "text": pd.Series([_searchable(event) for event in events], dtype="object"),
            }
        )
        return cls(events, frame, tuple(distinct), tuple(outlet_sets), outlines or {}, notes or {})

    def __len__(self) -> int:
        return len(self.frame)

    @cached_property
    def placed(self) -> Mask:
        """Whether an event has a place, row by row."""
        placed: Mask = self._column("place") != NO_PLACE
        return placed

    @cached_property
    def dated(self) -> Mask:
        """Whether an event has a date (one end at least), row by row."""
        dated: Mask = (self._column("start") != OPEN_START) | (self._column("end") != OPEN_END)
        return dated

    @cached_property
    def dated_by_publication(self) -> Mask:
        """Whether nothing but its publication dates an event, row by row."""
        dated: Mask = self._column("publication") != OPEN_START
        return dated

    def starts(self, publication: PublicationDate) -> Days:
        """First days, row by row, where publication counts that way."""
        if publication is not PublicationDate.AT:
            return self._column("start")
        return np.where(self.dated_by_publication, self._column("publication"), self._column("start"))

    @cached_property
    def extent(self) -> tuple[date, date] | None:
        """First and last day that any event names, or ``None`` if all are undated."""
        return self._extent(slice(None))

    def _extent(self, rows: Mask | slice) -> tuple[date, date] | None:
        start, end = self._column("start")[rows], self._column("end")[rows]
        known = np.concatenate([start[start != OPEN_START], end[end != OPEN_END]])
        return (day_of(known.min()), day_of(known.max())) if len(known) else None

    @cached_property
    def outlets(self) -> tuple[str, ...]:
        """Every outlet, sorted; the empty name is that of articles with none given."""
        return tuple(sorted({outlet for outlets in self.outlet_sets for outlet in outlets}))

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """Every language of its sources, sorted; the empty one is that of articles with none given."""
        spoken = self.frame["languages"].cat.categories
        return tuple(sorted({language for each in spoken for language in each.split(" ")}))

    def mask(self, keep: EventFilter) -> Mask:
        """Which rows ``keep`` keeps."""
        mask = np.ones(len(self), dtype=bool)
        if keep.start is not None or keep.end is not None:
            mask &= self.in_range(keep.start, keep.end, certainly=keep.certainly, publication=keep.publication)
        if keep.publication is PublicationDate.OUT:
            mask &= ~self.dated_by_publication
        if keep.types is not None:
            mask &= self._in_category("type", keep.types)
        if keep.factualities is not None:
            mask &= self._in_category("factuality", keep.factualities)
        if keep.outlets is not None:
            told = np.array([not keep.outlets.isdisjoint(outlets) for outlets in self.outlet_sets], dtype=bool)
            mask &= _look_up(told, self._column("outlets"))
        if keep.languages is not None:
            spoken = [each for each in self.frame["languages"].cat.categories if keep.languages & {*each.split(" ")}]
            mask &= self._in_category("languages", spoken)
        if keep.places is not None:
            chosen = np.array([not keep.places.isdisjoint(regions_of(place)) for place in self.places], dtype=bool)
            mask &= _look_up(chosen, self._column("place"))
        if keep.bbox is not None:
            within = np.array([_contains(keep.bbox, place) for place in self.places], dtype=bool)
            mask &= _look_up(within, self._column("place"))
        if keep.min_confidence > 0:
            mask &= self.frame["confidence"].to_numpy() >= keep.min_confidence
        if keep.min_sources > 1:
            mask &= self.frame["sources"].to_numpy() >= keep.min_sources
        for word in keep.text.casefold().split():
            mask &= self.frame["text"].str.contains(word, regex=False).to_numpy(dtype=bool)
        return mask

    def in_range(
        self,
        start: date | None,
        end: date | None,
        *,
        certainly: bool,
        publication: PublicationDate = PublicationDate.POSSIBLY,
    ) -> Mask:
        """Which rows lie in a range of days, wholly (``certainly``) or in part; undated ones never do."""
        first = OPEN_START if start is None else day_number(start)
        last = OPEN_END if end is None else day_number(end)
        starts, ends = self.starts(publication), self._column("end")
        inside = (starts >= first) & (ends <= last) if certainly else (starts <= last) & (ends >= first)
        return inside & self.dated

    def select(self, mask: Mask) -> Layer:
        """The layer of the rows that ``mask`` keeps."""
        rows = np.flatnonzero(mask)
        events = tuple(self.events[int(row)] for row in rows)
        return Layer(events, self.frame.iloc[rows].reset_index(drop=True), self.places, self.outlet_sets, self.outlines)

    def filter(self, keep: EventFilter) -> Layer:
        """The layer of the events that ``keep`` keeps."""
        return self.select(self.mask(keep))

    def group(self, by: str, mask: Mask | None = None) -> dict[str, int]:
        """Number of events by ``type``, ``factuality``, ``outlet``, ``language``, ``place`` (id), ``kind`` or
        ``country``; of several outlets or languages an event counts for each.

        Raises
        ------
        KeyError
            If ``by`` is none of these.
        """
        if mask is None:
            if by not in self._whole:
                self._whole[by] = self._group(by, slice(None))
            return dict(self._whole[by])
        return self._group(by, mask)

    @cached_property
    def _whole(self) -> dict[str, dict[str, int]]:
        return {}  # the groups of all rows, which are asked for again and again

    def _group(self, by: str, rows: Mask | slice) -> dict[str, int]:
        groups: dict[str, int] = {}
        if by == "language":
            spoken = self._group("languages", rows)
            return _sum_up((language, number) for each, number in spoken.items() for language in each.split(" "))
        if by in ("type", "factuality", "languages"):
            column = self.frame[by].cat
            tally = np.bincount(column.codes.to_numpy()[rows], minlength=len(column.categories))
            return {str(key): int(count) for key, count in zip(column.categories, tally, strict=True) if count}
        if by == "outlet":
            tally = np.bincount(self._column("outlets")[rows], minlength=len(self.outlet_sets))
            for outlets, count in zip(self.outlet_sets, tally, strict=True):
                for outlet in outlets:
                    groups[outlet] = groups.get(outlet, 0) + int(count)
        else:
            key = {"place": _id_of, "kind": _kind_of, "country": _country_of}[by]
            codes = self._column("place")[rows]
            tally = np.bincount(codes[codes != NO_PLACE], minlength=len(self.places))
            for place, count in zip(self.places, tally, strict=True):
                groups[key(place)] = groups.get(key(place), 0) + int(count)
        return {key: count for key, count in groups.items() if count}

    def describe(self, mask: Mask | None = None) -> Description:
        """The figures of the rows that ``mask`` keeps, or of all."""
        return self._description if mask is None else self._describe(mask)

    @cached_property
    def _description(self) -> Description:
        return self._describe(slice(None))

    def _describe(self, rows: Mask | slice) -> Description:
        first, last = self._extent(rows) or (None, None)
        return Description(
            events=len(self.placed[rows]),
            unplaced=int(np.count_nonzero(~self.placed[rows])),
            undated=int(np.count_nonzero(~self.dated[rows])),
            sources=int(self.frame["sources"].to_numpy()[rows].sum()),
            first=first,
            last=last,
        )

    def _in_category(self, name: str, keys: Collection[str]) -> Mask:
        column = self.frame[name].cat
        chosen = np.array([key in keys for key in column.categories], dtype=bool)
        return _look_up(chosen, column.codes.to_numpy())

    def row_of(self, event_id: str) -> int | None:
        """The row of an event, or ``None`` if the layer lacks it."""
        return self._rows.get(event_id)

    @cached_property
    def _rows(self) -> Mapping[str, int]:
        return {event.id: row for row, event in enumerate(self.events)}

    def rows_of_article(self, article: str) -> tuple[int, ...]:
        """The rows of the events that an article tells of, by its id."""
        return self._rows_by_article.get(article, ())

    def rows_of_group(self, group: str) -> tuple[int, ...]:
        """The rows of the pins of one event that happened in several places."""
        return self._rows_by_group.get(group, ()) if group else ()

    @cached_property
    def _rows_by_article(self) -> Mapping[str, tuple[int, ...]]:
        return _index((source.article, row) for row, event in enumerate(self.events) for source in event.sources)

    @cached_property
    def _rows_by_group(self) -> Mapping[str, tuple[int, ...]]:
        return _index((event.group, row) for row, event in enumerate(self.events) if event.group)

    def _column(self, name: str) -> Days:
        column: Days = self.frame[name].to_numpy()
        return column


def _index(pairs: Iterable[tuple[str, int]]) -> Mapping[str, tuple[int, ...]]:
    """Rows by key, each once, in their order."""
    rows: dict[str, dict[int, None]] = {}
    for key, row in pairs:
        rows.setdefault(key, {})[row] = None
    return {key: tuple(found) for key, found in rows.items()}


def regions_of(place: Place) -> tuple[str, ...]:
    """Ids of a place, of its region (ISO 3166-2) and of its country: what it lies in, as far as its entry tells."""
    region = (f"iso:{place.region}",) if place.region else ()
    country = (f"cc:{place.country}",) if place.country else ()
    return tuple(dict.fromkeys((place.id, *region, *country)))


def _first_day(span: TimeSpan) -> int:
    return OPEN_START if span.start is None else day_number(span.start)


def _last_day(span: TimeSpan) -> int:
    return OPEN_END if span.end is None else day_number(span.end)


def _languages(event: Event) -> str:
    return " ".join(sorted({source.lang for source in event.sources}))


def _publication_day(event: Event) -> int:
    """The first day on which an article that dates its event by its publication can have been published."""
    span = event.span
    if span.basis is not Basis.PUBLICATION or span.start is not None or span.end is None:
        return OPEN_START
    published = [_published(source) for source in event.sources]
    firsts = [each.start for each in published if each.start and each.end and each.start <= span.end <= each.end]
    return day_number(min(firsts, default=span.end))


def _published(source: Source) -> TimeSpan:
    try:
        return TimeSpan.from_edtf(source.published)
    except ValueError:
        return UNDATED  # a layer of another program may hold anything there


def _searchable(event: Event) -> str:
    place = [event.place.name, *(name for _, name in event.place.names)] if event.place else []
    told = [text for source in event.sources for text in (source.quote, source.title, source.outlet)]
    return "\n".join([*place, *told]).casefold()


def _look_up(table: Mask, codes: npt.NDArray[np.integer[Any]]) -> Mask:
    """``table[code]`` for each code; false for -1."""
    found: Mask = np.append(table, False)[codes]  # the appended entry is what index -1 finds
    return found


def _contains(bbox: tuple[float, float, float, float], place: Place) -> bool:
    west, south, east, north = bbox
    within = west <= place.lon <= east if west <= east else place.lon >= west or place.lon <= east
    return within and south <= place.lat <= north


def _sum_up(counts: Iterable[tuple[str, int]]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for key, number in counts:
        sums[key] = sums.get(key, 0) + int(number)
    return {key: number for key, number in sums.items() if number}


def _id_of(place: Place) -> str:
    return place.id


def _kind_of(place: Place) -> PlaceKind:
    return place.kind


def _country_of(place: Place) -> str:
    return place.country or ""
