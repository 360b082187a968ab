"""The chance that a word in running text is a place, not an ordinary word or a person's name."""

from __future__ import annotations

from collections.abc import Mapping
from math import log10

from geodata.place import Place, PlaceKind

LANGUAGES = ("de", "en", "uk", "ru")


def name_chance_table(best: Mapping[str, Place]) -> dict[str, float]:
    """Chance (0-1) of every key; ``best`` gives the most prominent place it names."""
    import wordfreq

    frequencies = [wordfreq.get_frequency_dict(language, wordlist="best") for language in LANGUAGES]
    chances = {}
    for key, place in best.items():
        seen = max(f.get(key, 0.0) for f in frequencies)
        if seen <= 0 or " " in key:
            chances[key] = 0.95
            continue
        expected = expected_zipf(place)
        zipf = log10(seen) + 9
        chances[key] = 1 / (1 + 10 ** max(-1.3, min(5.0, zipf - expected - 0.7)))
    return chances


def expected_zipf(place: Place) -> float:
    """How often news names a place of its size, as a Zipf frequency."""
    if place.kind is not PlaceKind.CITY:
        return 5.3
    return 0.7 * log10(place.population + 100) + 0.3
