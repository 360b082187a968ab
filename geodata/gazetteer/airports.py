"""Airports and air bases, and the remote towns that have nothing on record but an airstrip (airportsdata, MIT).

A site bears its full names only: "Lungi" is a town, "Lungi International Airport" and "Flughafen Lungi"
are the airport.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from geodata.gazetteer.names import fold
from geodata.gazetteer.rarity import is_rare_name
from geodata.gazetteer.sources import Entry
from geodata.gazetteer.tables import read_table, split_list
from geodata.place import Place, PlaceKind

FULL_OF_PRIVATE_STRIPS = frozenset({"US", "CA", "AU", "BR"})
"""Countries of whose farms and clubs every strip is listed: only airports with an IATA code are taken, and bases."""

KNOWN_TO_THE_LAST_VILLAGE = frozenset(
    "AT BE CH CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LT LU LV MT NL NO NZ PL PT SE SI SK".split())
"""Countries that GeoNames knows well: what it lacks under a name is misspelt, or a club's meadow."""

TOWN_RADIUS_KM = 10.0
"""An airstrip may lie so far from the town that it is listed under."""

NO_TOWN = re.compile(r"[\d()\"]|airport|air base|camp\b|\bmine\b|ranch|estancia|fazenda|lodge|resort|\bAFB?\b|\bAB\b",
                     re.IGNORECASE)
"""What an airport is listed under that is no town: farms, mines, codes."""

LISTED_WITH = re.compile(r"\s*[,/].*| Mission\Z| Oilfield\Z|-\s?[\w ]+ Island\Z")
"""What follows the town's name: "Wamena-Papua Island", "Tapak Tuan, Sumatra Island"."""


class Form(NamedTuple):
    """A row of ``overlay/airport_forms.tsv``."""

    endings: tuple[str, ...]
    templates: tuple[str, ...]
    radius_km: float


def read_airports(known: Sequence[Entry]) -> Iterator[Entry]:
    """Airports and bases as sites, and towns that are no entry of ``known`` in their country.

    Parameters
    ----------
    known:
        All towns, regions and other places read so far.
    """
    from airportsdata import load

    rows = sorted(load("ICAO").values(), key=lambda row: str(row["icao"]))
    seen: set[tuple[str, str]] = set()
    towns: dict[tuple[str, str], Mapping[str, Any]] = {}
    for row in rows:
        entry = _site(row, seen)
        if entry is not None:
            yield entry
        town = _town_name(row)
        if town:
            towns.setdefault((row["country"], town), row)
    keys = _known_keys(known, {fold(name) for _, name in towns})
    for (country, name), listed in towns.items():
        key = fold(name)
        if (country, key) not in keys and (" " not in key or is_rare_name(key)):
            keys.add((country, key))
            place = Place(f"air:{listed['icao']}:town", name, PlaceKind.CITY, country, round(listed["lat"], 3),
                          round(listed["lon"], 3), TOWN_RADIUS_KM)
            yield Entry(place, (name,))


def _site(row: Mapping[str, Any], seen: set[tuple[str, str]]) -> Entry | None:
    """The site, unless another of the country has its name already or its name says nothing."""
    form, bare = _formed(row["name"])
    listed = row["iata"] or row["country"] not in FULL_OF_PRIVATE_STRIPS
    is_base = form is not None and not any(ending == "Airport" for ending in form.endings) and form.radius_km > 2
    if form is None or not bare or not (listed or is_base) or (row["country"], fold(row["name"])) in seen:
        return None
    seen.add((row["country"], fold(row["name"])))
    called = tuple(template.format(bare) for template in form.templates)
    shown = row["name"] if row["name"] in called else called[0]
    german = next(name for template, name in zip(form.templates, called, strict=True) if template.endswith("{}"))
    place = Place(f"air:{row['icao']}", shown, PlaceKind.SITE, row["country"], round(row["lat"], 4),
                  round(row["lon"], 4), form.radius_km, names=(("de", german),))
    return Entry(place, tuple(dict.fromkeys((shown, row["name"], *called))))


def _formed(name: str) -> tuple[Form | None, str]:
    """The row that fits the end of a name, and the name without its ending."""
    for form in _forms():
        for ending in form.endings:
            if name.endswith(f" {ending}"):
                return form, re.sub(r"\s*\([^)]*\)", "", name.removesuffix(ending)).strip(" -/")
    return None, name


@cache
def _forms() -> tuple[Form, ...]:
    return tuple(Form(split_list(row["endings"]), split_list(row["forms"]), float(row["radius_km"]))
                 for row in read_table("airport_forms.tsv"))


def _town_name(row: Mapping[str, Any]) -> str:
    """The town that an airport is listed under; empty where it isn't worth believing."""
    name = LISTED_WITH.sub("", row["city"]).strip()
    left_out = row["country"] in FULL_OF_PRIVATE_STRIPS | KNOWN_TO_THE_LAST_VILLAGE
    if left_out or NO_TOWN.search(name) or not name[:1].isupper():
        return ""
    return name


def _known_keys(known: Iterable[Entry], asked: set[str]) -> set[tuple[str, str]]:
    keys: dict[str, set[str]] = defaultdict(set)
    for entry in known:
        names = {fold(name) for name in entry.preferred}
        # A million alternate names: folded whole, they would take longer than all the airports.
        names |= {name.lower().replace("-", " ") for name in entry.alternates}
        keys[entry.place.country or ""] |= names & asked
    return {(country, key) for country, found in keys.items() for key in found}
