"""The open gazetteer: lookups in the compiled file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from geodata.errors import GazetteerError
from geodata.gazetteer.container import SCHEMA, Container
from geodata.gazetteer.names import SKELETON_MARK, abbreviation_key, acronym, border_id, fold, skeleton
from geodata.gazetteer.outlines import MACROREGION_GAP_KM, Point, Polygon, outline_of_towns
from geodata.gazetteer.priors import MATCH_BONUS, MATCH_WORDS, Match
from geodata.place import Place, PlaceKind, distance_km

KINDS = tuple(PlaceKind)
COUNTRY, REGION = PlaceKind.COUNTRY, PlaceKind.REGION
"""Kinds that :meth:`Gazetteer.contains` compares some hundred times an article: an enumeration's look-up is slow."""
LARGE_KINDS = (REGION, PlaceKind.MACROREGION, PlaceKind.WATER, PlaceKind.SITE)
CACHED_WORDS = 200_000
"""How many words a process keeps in mind before it starts over: the vocabulary of some thousand articles."""


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place that bears a name.

    Attributes
    ----------
    match:
        ``name`` (people call it so first), ``alternate`` or ``skeleton`` (another transliteration).
    prior:
        Prominence before the article says anything, in powers of ten of inhabitants.
    """

    place: Place
    match: str
    prior: float


class Gazetteer:
    """An open gazetteer. Read-only; any number of threads and processes may share one file.

    Raises
    ------
    GazetteerError
        If ``path`` is missing, cut short, or was compiled by another version.
    """

    def __init__(self, path: Path) -> None:
        import marisa_trie

        self.path = path
        self._file = file = Container(path)
        if file.header.get("schema") != SCHEMA:
            raise GazetteerError(path, "was compiled by another version", "Run 'dateline gazetteer build'")
        self._keys = marisa_trie.Trie().frombytes(bytes(file.section("keys")))
        self._ids = marisa_trie.Trie().frombytes(bytes(file.section("ids")))
        self._number_of = file.numbers("number_of", "I")
        self._starts = file.numbers("starts", "I")
        self._postings = file.numbers("postings", "I")
        self._longest = file.numbers("longest", "B")
        self._chance = {language: file.numbers(f"chance-{language}", "B") for language in file.header["languages"]}
        self._lat, self._lon = file.numbers("lat", "d"), file.numbers("lon", "d")
        self._radius, self._population = file.numbers("radius", "f"), file.numbers("population", "I")
        self._kind, self._country = file.numbers("kind", "B"), file.numbers("country", "H")
        self._region, self._prominence = file.numbers("region", "I"), file.numbers("prominence", "f")
        self._texts, self._offsets = file.section("texts"), file.numbers("offsets", "I")
        self._countries = [None, *file.header["countries"]]
        self._features: list[str] = file.header["features"]
        self._feature = file.numbers("feature", "H")
        self._regions = [None, *file.header["regions"]]
        self._members: dict[str, list[str]] = file.header["members"]
        self._abbreviations = frozenset(file.header["abbreviations"])
        self._metonyms: dict[str, str] = file.header["metonyms"]
        self._neighbours: dict[str, list[str]] = file.header["neighbours"]
        self._places: dict[int, Place] = {}
        self._found: dict[str, tuple[NamedPlace, ...]] = {}
        self._words: dict[str, tuple[str, int, bool]] = {}
        self._no_names: set[tuple[str, str]] = set()  # keys of two words that no name begins with
        self._common: dict[str, Any] = {}

    # --- names → places ----------------------------------------------------------------------------------------------

    def candidates(self, name: str) -> tuple[NamedPlace, ...]:
        """Every place of that name, the most prominent first; empty if there is none.

        Other transliterations count only where no place is spelt this way.
        """
        found = self._found.get(name)
        if found is None:
            if len(self._found) >= CACHED_WORDS:
                self._found.clear()
            found = self._found[name] = self._look_up(name)
        return found

    def _look_up(self, name: str) -> tuple[NamedPlace, ...]:
        found = self._at(abbreviation_key(name) if name.endswith(".") else acronym(name)) + self._at(fold(name))
        if found:
            return found
        bones = skeleton(name)
        return self._at(SKELETON_MARK + bones) if bones else ()

    def _at(self, key: str) -> tuple[NamedPlace, ...]:
        number = self._keys.get(key) if key else None
        if number is None:
            return ()
        named = []
        for posting in self._postings[self._starts[number]:self._starts[number + 1]]:
            place, match = self._place(posting >> 2), Match(posting & 3)
            named.append(NamedPlace(place, MATCH_WORDS[match], self._prominence[posting >> 2] + MATCH_BONUS[match]))
        return tuple(named)

    def name_chance(self, name: str, language: str = "") -> float:
        """Chance (0-1) that this word in running text is a place rather than an ordinary word or a person.

        Parameters
        ----------
        language:
            ISO 639-1 code of the text. Languages without a frequency list, and none, take the least of all lists.

        Returns
        -------
        float
            0 for what is no name of a place.
        """
        number = self._keys.get(abbreviation_key(name) if name.endswith(".") else acronym(name))
        if number is None:
            number = self._keys.get(fold(name))
            if number is None:
                return 0.0
        table = self._chance.get(language)
        if table is not None:
            return float(table[number] / 255)
        return float(min(table[number] for table in self._chance.values()) / 255)

    def is_word(self, word: str, language: str) -> bool:
        """Whether the language uses ``word`` commonly, and not as a place; ``False`` for languages without a list."""
        if language not in self._chance:
            return False
        words = self._common.get(language)
        if words is None:
            import marisa_trie

            section = bytes(self._file.section(f"words-{language}"))
            words = self._common[language] = marisa_trie.Trie().frombytes(section)
        return fold(word) in words

    def longest_match(self, words: Sequence[str], i: int) -> int:
        """How many of ``words`` from ``i`` on form the longest known name; 0 if none does."""
        if words[i] in self._abbreviations and i + 1 < len(words) and words[i + 1] == ".":
            return 2
        key, span, alone = self._word(words[i])
        if not span:
            return 0
        if span > 1 and i + 1 < len(words) and self._begin_name(key, self._word(words[i + 1])[0]):
            best, joined, parts = 0, key, 1 + key.count(" ")
            for taken in range(i + 1, len(words)):
                following = self._word(words[taken])[0]
                parts += 1 + following.count(" ")
                if not following or parts > span:
                    break
                joined = f"{joined} {following}"
                if self._is_name(joined):
                    best = taken - i + 1
            if best:
                return best
        return int(alone)

    def _begin_name(self, key: str, following: str) -> bool:
        """Whether a known name may begin with both keys; most words behind a town's name continue none."""
        pair = key, following
        if not following or pair in self._no_names:
            return False
        if any(True for _ in self._keys.iterkeys(f"{key} {following}")):
            return True
        if len(self._no_names) >= CACHED_WORDS:
            self._no_names.clear()
        self._no_names.add(pair)
        return False

    def begins_name(self, word: str) -> bool:
        """Whether a known name, of however many words, begins with ``word``."""
        return bool(self._word(word)[1])

    def _word(self, word: str) -> tuple[str, int, bool]:
        """Key of a word, how many words the longest name that begins with its first part has, and if it is a name."""
        known = self._words.get(word)
        if known is None:
            if len(self._words) >= CACHED_WORDS:
                self._words.clear()
            key = fold(word)
            number = self._keys.get(key.partition(" ")[0])
            span = 0 if number is None else self._longest[number]
            if not span and acronym(word) in self._keys:
                span = 1
            known = self._words[word] = key, span, self._is_name(key) or self._is_name(acronym(word))
        return known

    def _is_name(self, key: str) -> bool:
        number = self._keys.get(key)
        return number is not None and self._starts[number] < self._starts[number + 1]

    # --- places ------------------------------------------------------------------------------------------------------

    def place(self, place_id: str) -> Place:
        """The place with that identifier.

        Raises
        ------
        GazetteerError
            If no place has it.
        """
        return self._place(self._number(place_id))

    def _number(self, place_id: str) -> int:
        try:
            return int(self._number_of[self._ids[place_id]])
        except KeyError as error:
            raise GazetteerError(place_id, "no place has this identifier", "Look the place up by its name") from error

    def __contains__(self, place_id: str) -> bool:
        return place_id in self._ids

    def _place(self, number: int) -> Place:
        place = self._places.get(number)
        if place is None:
            text = str(self._texts[self._offsets[number]:self._offsets[number + 1]], "utf-8")
            place_id, name, *names = text.split("\x1f")
            place = self._places[number] = Place(
                id=place_id, name=name, kind=KINDS[self._kind[number]], country=self._countries[self._country[number]],
                lat=self._lat[number], lon=self._lon[number], radius_km=round(self._radius[number], 1),
                region=self._regions[self._region[number]], population=self._population[number],
                names=tuple(zip(names[::2], names[1::2], strict=True)))
        return place

    # --- relations ---------------------------------------------------------------------------------------------------

    def contains(self, container: Place, inner: Place) -> bool:
        """Whether ``inner`` lies in ``container``, by codes where there are, else by distance; never in itself."""
        if container.id == inner.id:
            return False
        if container.kind is COUNTRY:
            return inner.country == container.country
        if container.kind is REGION and container.region is None:
            return inner.region is not None and inner.region == container.id.removeprefix("iso:")
        if container.kind is REGION and inner.region != container.region:
            return False
        members = self._members.get(container.id)
        if members:
            return inner.country in members or inner.region in members or inner.id.removeprefix("iso:") in members
        if container.kind in LARGE_KINDS:
            # Of counties and districts the sources tell no towns: the circle they fill has to do.
            distance = distance_km(container.lat, container.lon, inner.lat, inner.lon)
            return distance + inner.radius_km <= container.radius_km
        return False

    def feature(self, place_id: str) -> str:
        """GeoNames feature class and code (``P.PPLA``, ``A.ADM2``); empty where the source gives none.

        Raises
        ------
        GazetteerError
            If no place has this identifier.
        """
        return str(self._features[self._feature[self._number(place_id)]])

    def admin_level(self, place_id: str) -> int | None:
        """0 for a country, 1-5 for an administrative region of that level, ``None`` for everything else.

        Raises
        ------
        GazetteerError
            If no place has this identifier.
        """
        place = self.place(place_id)
        feature = self.feature(place_id)
        if place.kind is PlaceKind.COUNTRY:
            return 0
        if feature.startswith("A.ADM"):
            return int(feature[-1])
        if place.kind is PlaceKind.REGION:
            return 1 if place.region is None else 2
        return None

    def metonym(self, place: Place) -> str:
        """ISO code of the country whose government the place's name stands for ("the Kremlin"); empty if for none."""
        return self._metonyms.get(place.id, "")

    def neighbours(self, country: str) -> tuple[str, ...]:
        """ISO codes of the countries that share a land border with ``country``."""
        return tuple(self._neighbours.get(country, ()))

    def border(self, country: str, other: str) -> Place | None:
        """The land border of two countries as a place, or ``None`` if they share none."""
        identifier = border_id(country, other)
        return self.place(identifier) if identifier in self else None

    def distance_to_border(self, place: Place, country: str, other: str) -> float:
        """Distance in km from a place to the land border of two countries, good to some 10-30 km.

        Raises
        ------
        GazetteerError
            If the two countries share no land border.
        """
        line = self._lines.get(border_id(country, other))
        if line is None:
            raise GazetteerError(f"{country}-{other}", "these countries share no land border", "Name two neighbours")
        return min(distance_km(place.lat, place.lon, lat, lon) for lon, lat in line)

    def outline(self, place: Place) -> tuple[Polygon, ...]:
        """Outline of a region, country or macro-region of whole regions or countries, approximate; else empty.

        Returns
        -------
        tuple
            Polygons of rings of (longitude, latitude), as RFC 7946 wants them.
        """
        polygons = self._outlines.get(place.id)
        if polygons is None:
            return self._outline_of_members(place.id)
        return tuple(tuple(tuple((lon, lat) for lon, lat in ring) for ring in polygon) for polygon in polygons)

    def _outline_of_members(self, place_id: str) -> tuple[Polygon, ...]:
        """One outline around the regions or countries that a place is made of; empty if it is of none.

        Beside one another, the hulls of the regions' towns would be splinters with nothing between.
        """
        corners = [(lon, lat) for code in self._members.get(place_id, ())
                   for polygon in self._outlines.get(f"iso:{code}" if "-" in code else f"cc:{code}", ())
                   for ring in polygon for lon, lat in ring]
        return outline_of_towns(corners, MACROREGION_GAP_KM, dug=True) if corners else ()

    @cached_property
    def _lines(self) -> dict[str, list[Point]]:
        lines: dict[str, list[Point]] = json.loads(bytes(self._file.section("lines")))
        return lines

    @cached_property
    def _outlines(self) -> dict[str, list[list[list[Point]]]]:
        outlines: dict[str, list[list[list[Point]]]] = json.loads(bytes(self._file.section("outlines")))
        return outlines

    def nearest(self, lat: float, lon: float, count: int = 1) -> tuple[Place, ...]:
        """The towns nearest to a point in degrees, the nearest first."""
        import numpy as np

        lats, lons = np.radians(np.frombuffer(self._lat)), np.radians(np.frombuffer(self._lon))
        phi, theta = np.radians(lat), np.radians(lon)
        haversine = np.sin((lats - phi) / 2) ** 2 + np.cos(lats) * np.cos(phi) * np.sin((lons - theta) / 2) ** 2
        haversine[np.frombuffer(self._kind, dtype=np.uint8) != KINDS.index(PlaceKind.CITY)] = np.inf
        count = min(count, len(haversine))
        nearest = np.argpartition(haversine, count - 1)[:count]
        return tuple(self._place(int(number)) for number in nearest[np.argsort(haversine[nearest])])

    def info(self) -> dict[str, Any]:
        """What the gazetteer holds: path, schema, versions of the sources, numbers of places and names."""
        header = self._file.header
        return {"path": str(self.path), "schema": header["schema"], "sources": header["sources"],
                "places": header["counts"], "names": header["names"]}
