"""The full GeoNames dump, where a user has downloaded it, into the same compiled file.

The files are tab-separated, as GeoNames describes them in its readme: ``allCountries.txt`` (or files of single
countries, ``UA.txt``), ``alternateNamesV2.txt``, ``admin1CodesASCII.txt``, ``admin2Codes.txt``, ``hierarchy.txt`` and
``shapes_all_low.txt``. Only the first is required. Our own tables of countries, regions and news places stay: the
dump adds towns below 500 people, names with their languages, districts, lakes, airports and true outlines.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from math import isnan
from pathlib import Path
from typing import Any

from geodata.collector import uncollected
from geodata.errors import GazetteerError
from geodata.gazetteer import regions, sources
from geodata.gazetteer.build import compile_entries
from geodata.gazetteer.container import Progress, ignore_progress
from geodata.gazetteer.outlines import Point, Polygon, close
from geodata.gazetteer.sources import LANGUAGES, Entry, city_radius_km, clean_alternates, short_forms, without_article
from geodata.gazetteer.tables import read_table
from geodata.place import Place, PlaceKind

FEATURE_COLUMNS = 19
NO_LANGUAGES = frozenset({"link", "wkdt", "post", "iata", "icao", "faac", "unlc", "phon", "piny", "tcid"})
"""What stands in the column for the language of an alternate name that is none: links and codes."""
COUNTRY_FEATURES = frozenset({"PCLI", "PCLD", "PCLIX", "PCLS", "PCLF", "PCL", "TERR"})
MOST_BROKEN_SHARE, FEWEST_JUDGED = 0.01, 100
"""A file with more broken lines than this is no GeoNames file; one broken line is a download cut short."""

Complain = Callable[[str], None]
"""Told of every broken line and missing file, one line each; the rest of the work goes on."""


def ignore_complaint(line: str) -> None:
    """The callback that says nothing."""


def build_from_geonames(folder: Path, path: Path, *, minimum_population: int = 1, countries: Collection[str] = (),
                        progress: Progress = ignore_progress, complain: Complain = ignore_complaint) -> None:
    """Compile a folder of GeoNames dump files into ``path``.

    Parameters
    ----------
    minimum_population:
        Towns with fewer inhabitants are left out unless they are seats of administration; 0 keeps every hamlet.
        A million places take some 2 GB of memory while compiling.
    countries:
        ISO 3166-1 alpha-2 codes to keep to; all if empty.
    progress, complain:
        Told what is done, and what was wrong on the way.

    Raises
    ------
    GazetteerError
        If no feature file is there, or a file is none of GeoNames'.
    """
    with uncollected():
        progress("reading features", 0.0)
        dump = _Dump(folder, complain)
        features = [f for f in dump.features() if (not countries or f.country in countries)
                    and (f.feature_class != "P" or f.population >= minimum_population or f.is_seat)]
        progress("reading alternate names", 0.1)
        names = dump.alternate_names({f.geonameid for f in features})
        progress("reading countries and regions", 0.15)
        others = [*sources.read_countries(), *regions.read_regions(), *regions.read_districts(),
                  *sources.read_overlay()]
        merged = _Merged(others, dump.first_level_names(), dump.second_level_names(), dump.parents(features))
        for feature in features:
            merged.add(feature, names.get(feature.geonameid, []))
        versions = {**sources.source_versions(), "geonames": dump.version}
        compile_entries(path, merged.towns, merged.others(), versions, progress, dump.shapes(merged.id_of))


@dataclass(frozen=True, slots=True)
class Feature:
    """A line of ``allCountries.txt``."""

    geonameid: str
    name: str
    alternates: str
    lat: float
    lon: float
    feature_class: str
    code: str
    country: str
    admin1: str
    admin2: str
    population: int

    @property
    def feature(self) -> str:
        """Class and code: ``P.PPLA``."""
        return f"{self.feature_class}.{self.code}"

    @property
    def is_seat(self) -> bool:
        """Whether it is a capital or the seat of an administration."""
        return self.code.startswith("PPLA") or self.code == "PPLC"


@dataclass(frozen=True, slots=True)
class AlternateName:
    """A line of ``alternateNamesV2.txt``."""

    name: str
    language: str
    preferred: bool
    current: bool
    """Neither historic nor colloquial."""


class _Dump:
    """The files of a dump."""

    def __init__(self, folder: Path, complain: Complain) -> None:
        self._folder = folder
        self._complain = complain
        whole = folder / "allCountries.txt"
        self._files = [whole] if whole.is_file() else sorted(folder.glob("[A-Z][A-Z].txt"))
        if not self._files:
            raise GazetteerError(folder, "has no allCountries.txt", "Download and unpack it from GeoNames' dump folder")
        self.version = ",".join(f"{file.name}:{file.stat().st_size}" for file in self._files)

    def features(self) -> Iterator[Feature]:
        """The features that become places (``overlay/features.tsv``) and the countries."""
        kept = {row["feature"] for row in read_table("features.tsv")}
        for file in self._files:
            for number, cells in self._rows(file, FEATURE_COLUMNS):
                if f"{cells[6]}.{cells[7]}" not in kept and cells[7] not in COUNTRY_FEATURES:
                    continue
                try:
                    yield Feature(cells[0], cells[1], cells[3], float(cells[4]), float(cells[5]), cells[6], cells[7],
                                  cells[8], cells[10], cells[11], int(cells[14] or 0))
                except ValueError as error:
                    self._complain(f"{file}:{number}: {error}; skipped")

    def alternate_names(self, wanted: Collection[str]) -> dict[str, list[AlternateName]]:
        """Names with their languages, by geonameid."""
        names: dict[str, list[AlternateName]] = defaultdict(list)
        for _, cells in self._optional("alternateNamesV2.txt", 4):
            if cells[1] in wanted and cells[2] not in NO_LANGUAGES:
                flags = [flag == "1" for flag in (*cells[4:8], "", "", "", "")]
                names[cells[1]].append(AlternateName(cells[3], cells[2], flags[0], not (flags[2] or flags[3])))
        return names

    def first_level_names(self) -> dict[str, str]:
        """Names of first-level regions by code (``RU.41``)."""
        return {cells[0]: cells[1] for _, cells in self._optional("admin1CodesASCII.txt", 4)}

    def second_level_names(self) -> dict[str, str]:
        """Names of second-level regions by code (``US.KY.169``)."""
        return {cells[0]: cells[1] for _, cells in self._optional("admin2Codes.txt", 4)}

    def parents(self, features: Collection[Feature]) -> dict[str, str]:
        """First-level code of features that give none, found by climbing ``hierarchy.txt``."""
        above: dict[str, str] = {}
        for _, cells in self._optional("hierarchy.txt", 2):
            above.setdefault(cells[1], cells[0])
        first_level = {f.geonameid: f"{f.country}.{f.admin1}" for f in features if f.code == "ADM1"}
        found = {}
        for feature in features:
            if feature.admin1 or feature.code in COUNTRY_FEATURES:
                continue
            step, seen = feature.geonameid, set()
            while step in above and step not in seen:
                seen.add(step)
                step = above[step]
                if step in first_level:
                    found[feature.geonameid] = first_level[step]
                    break
        return found

    def shapes(self, id_of: dict[str, str]) -> dict[str, tuple[Polygon, ...]]:
        """True outlines by identifier of the place, wound as RFC 7946 wants."""
        shapes = {}
        for number, cells in self._optional("shapes_all_low.txt", 2):
            place_id = id_of.get(cells[0])
            if place_id is None:
                continue
            try:
                shapes[place_id] = tuple(_polygons(json.loads(cells[1])))
            except (ValueError, KeyError, TypeError, IndexError) as error:
                self._complain(f"{self._folder / 'shapes_all_low.txt'}:{number}: no outline ({error}); skipped")
        return shapes

    def _optional(self, name: str, columns: int) -> Iterator[tuple[int, list[str]]]:
        file = self._folder / name
        if not file.is_file():
            self._complain(f"{file}: missing; what it tells is left out")
            return
        header = re.compile(r"geo[_ ]?name", re.IGNORECASE)
        for number, cells in self._rows(file, columns):
            if number > 1 or not header.match(cells[0]):
                yield number, cells

    def _rows(self, file: Path, columns: int) -> Iterator[tuple[int, list[str]]]:
        broken = number = 0
        try:
            with file.open(encoding="utf-8", errors="replace") as lines:
                for number, line in enumerate(lines, 1):
                    cells = line.rstrip("\n").split("\t")
                    if len(cells) >= columns:
                        yield number, cells
                        continue
                    broken += 1
                    self._complain(f"{file}:{number}: {len(cells)} columns instead of {columns}; skipped")
                    if broken > max(FEWEST_JUDGED * MOST_BROKEN_SHARE, number * MOST_BROKEN_SHARE) and number > 1:
                        raise GazetteerError(file, "is no file of GeoNames' dump: too many broken lines",
                                             "Download it again")
        except OSError as error:
            raise GazetteerError(file, f"can't be read ({error.strerror})", "Check its permissions") from error


class _Merged:
    """Features of the dump beside, or within, the entries of our own tables."""

    def __init__(self, others: list[Entry], first_level: dict[str, str], second_level: dict[str, str],
                 parents: dict[str, str]) -> None:
        self.towns: list[Entry] = []
        self.id_of: dict[str, str] = {}
        """geonameid → identifier of the place it became."""
        self._others = {entry.place.id: entry for entry in others}
        self._of_admin1 = {code: entry.place.id for entry in others for code in entry.admin1}
        self._first_level, self._second_level, self._parents = first_level, second_level, parents
        self._kinds = {row["feature"]: (PlaceKind(row["kind"]), float(row["radius_km"]))
                       for row in read_table("features.tsv")}

    def others(self) -> list[Entry]:
        """Everything that is no town."""
        return list(self._others.values())

    def add(self, feature: Feature, names: list[AlternateName]) -> None:
        """Put a feature where it belongs: into our own country or region of that code, or beside them."""
        code = f"{feature.country}.{feature.admin1}" if feature.admin1 else self._parents.get(feature.geonameid, "")
        ours = ""
        if feature.code in COUNTRY_FEATURES:
            ours = f"cc:{feature.country}"
        elif feature.code == "ADM1":
            ours = self._of_admin1.get(code, "")
        if ours in self._others:
            self._enrich(ours, feature, names)
        elif feature.feature in self._kinds:
            self._append(feature, names, code)

    def _enrich(self, place_id: str, feature: Feature, names: list[AlternateName]) -> None:
        entry = self._others[place_id]
        self.id_of[feature.geonameid] = place_id
        place = entry.place
        if isnan(place.lat):
            place = replace(place, lat=feature.lat, lon=feature.lon)
        known = {*entry.preferred, *entry.alternates}
        further = [name for name in clean_alternates([feature.name, *(n.name for n in names)]) if name not in known]
        self._others[place_id] = replace(
            entry, place=replace(place, population=place.population or feature.population),
            alternates=(*entry.alternates, *further), feature=feature.feature)

    def _append(self, feature: Feature, names: list[AlternateName], code: str) -> None:
        kind, radius = self._kinds[feature.feature]
        usual = [n for n in names if n.language in LANGUAGES and n.current]
        display = {n.language: n.name for n in sorted(usual, key=lambda n: n.preferred)}
        region = None if feature.code == "ADM1" else self._of_admin1.get(code, code).removeprefix("iso:") or None
        place = Place(
            id=f"gn:{feature.geonameid}", name=feature.name, kind=kind, country=feature.country or None,
            lat=feature.lat, lon=feature.lon, radius_km=radius or city_radius_km(feature.population),
            region=code if kind is PlaceKind.CITY and code else region, population=feature.population,
            names=tuple(display.items()))
        self.id_of[feature.geonameid] = place.id
        official = {"ADM1": self._first_level.get(code, ""),
                    "ADM2": self._second_level.get(f"{code}.{feature.admin2}", "")}.get(feature.code, "")
        preferred = dict.fromkeys(name for name in (feature.name, official, *display.values()) if name)
        alternates = (*clean_alternates([*feature.alternates.split(","), *(n.name for n in names)]),
                      *short_forms(feature.name, feature.population),
                      *without_article(feature.name, feature.country, feature.population))
        admin1 = (code,) if code and (kind is PlaceKind.CITY or feature.code == "ADM1") else ()
        entry = Entry(place, tuple(preferred), alternates, admin1, feature=feature.feature)
        if kind is PlaceKind.CITY:
            self.towns.append(entry)
        else:
            self._others[place.id] = entry
            if feature.code == "ADM1":
                self._of_admin1[code] = place.id


def _polygons(geometry: dict[str, Any]) -> Iterator[Polygon]:
    """Polygons of a GeoJSON geometry, outer rings counter-clockwise and holes clockwise."""
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    for polygon in polygons:
        yield tuple(_wound(ring, outer=number == 0) for number, ring in enumerate(polygon))


def _wound(ring: list[list[float]], *, outer: bool) -> tuple[Point, ...]:
    points = [(float(lon), float(lat)) for lon, lat, *_ in ring]
    if points[0] == points[-1]:
        points.pop()
    doubled = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, [*points[1:], points[0]], strict=True))
    return close(points if (doubled > 0) == outer else points[::-1])
