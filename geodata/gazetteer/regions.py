"""Regions of the first and second level, with every form in which news names them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from geodata.gazetteer.sources import ADDITION, LANGUAGES, Entry
from geodata.gazetteer.tables import read_table, split_list
from geodata.place import Place, PlaceKind


def read_regions() -> Iterator[Entry]:
    """First-level regions of ``overlay/regions.tsv``, with every form in which news names them."""
    abbreviations = _abbreviations()
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
        formed = tuple(forms_of(bases, country))
        if NEVER_BARE in split_list(row["also"]):
            own, bases = tuple(name for name in own if name not in bases), ()
        yield Entry(place, own + formed, bases, split_list(row["admin1"]), abbreviations=abbreviations[code])


def read_districts() -> Iterator[Entry]:
    """Second-level regions of ``overlay/districts.tsv``: counties, departments, provinces, districts."""
    for row in read_table("districts.tsv"):
        names = tuple((language, row[language]) for language in LANGUAGES if row.get(language))
        names += (("en", row["name"]),)
        place = Place(
            id=f"iso:{row['id']}" if ISO_3166_2.match(row["id"]) else f"dl:{row['id']}", name=row["name"],
            kind=PlaceKind.REGION, country=row["country"], lat=float(row["lat"]), lon=float(row["lon"]),
            radius_km=float(row["radius_km"]), region=row["region"] or None, population=int(row["population"]),
            names=names)
        own = tuple(dict.fromkeys((*(name for _, name in names), *split_list(row["also"]))))
        formed = forms_of(tuple(bare_name(name) for name in own), row["country"]) if place.id.startswith("iso:") else ()
        yield Entry(place, own, tuple(formed))


ISO_3166_2 = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}\Z")


def _abbreviations() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for row in read_table("abbreviations.tsv"):
        table[row["id"]] += (row["abbreviation"],)
    return table


def forms_of(bases: tuple[str, ...], country: str) -> Iterator[str]:
    """What news calls a region of that country beside its bare names: "Gebiet X", "X Province"."""
    for form, countries in _forms():
        if not countries or country in countries:
            for base in bases:
                if base[0] < FIRST_OTHER_ALPHABET:
                    yield form.replace("{}", base)


FIRST_OTHER_ALPHABET = "\u0370"
"""Greek and what follows: forms are in Latin letters, and so must be what they are put around."""


@cache
def _forms() -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((row["form"], frozenset(split_list(row["countries"]))) for row in read_table("region_forms.tsv"))


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


