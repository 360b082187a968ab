"""Names within words: "Ukraine-Krieg", "Ostukraine", "Berlin-Mitte", "London-based", "Kiewer"."""

from __future__ import annotations

from extract.annotation import Form
from extract.places.spot import Spot, derived_spot, spot_at
from extract.places.vocabulary import LIKELY, Vocabulary
from extract.places.words import Words
from geodata.place import PlaceKind

SMALLEST_TOWN = 2.5
"""Prior from which a town may have an adjective in the news (a few hundred inhabitants)."""


def made_from_name(words: Words, i: int, vocabulary: Vocabulary) -> list[Spot]:
    """The spots within a word that is no name as a whole."""
    text = words.texts[i]
    if "-" in text:
        return (
            _hyphenated(words, i, vocabulary) if vocabulary.cues.nouns_have_capitals else _parts(words, i, vocabulary)
        )
    return _with_direction(words, i, vocabulary) or _town_adjective(words, i, vocabulary)


def _with_direction(words: Words, i: int, vocabulary: Vocabulary) -> list[Spot]:
    """A part of the sky and a name: "Ostukraine"; or its adjective: "Ostukrainer"."""
    direction = vocabulary.derived.split_direction(words.texts[i])
    if direction is None:
        return []
    bearing, rest = direction
    name = rest if vocabulary.is_large(rest) else vocabulary.without_case(rest)
    if name and vocabulary.is_large(name):
        spot = spot_at(words, i, i + 1, name)
        spot.places, spot.bearing, spot.genitive = vocabulary.spelt(name), bearing, name != rest
        spot.why.append("a part of the sky and a name")
        return [spot]
    place = vocabulary.derived.places.get(rest)
    return [derived_spot(words, i, i + 1, place, bearing)] if place else []


def _town_adjective(words: Words, i: int, vocabulary: Vocabulary) -> list[Spot]:
    for town in vocabulary.derived.towns_of(words.texts[i]):
        places = vocabulary.spelt(town)
        if places and places[0].prior > SMALLEST_TOWN and vocabulary.chance(town) > LIKELY:
            spot = spot_at(words, i, i + 1, town)
            spot.form, spot.places, spot.of_town = Form.DERIVED, places, True
            spot.why.append("a town's adjective")
            return [spot]
    return []


def _hyphenated(words: Words, i: int, vocabulary: Vocabulary) -> list[Spot]:
    """Where nouns are compounded: a place and its part, two places, or a place and an ordinary word."""
    text, cues = words.texts[i], vocabulary.cues
    parts = [part for part in text.split("-") if part]
    if len(parts) < 2:
        return []
    head, tail = parts[0], parts[-1]
    bare = i > 0 and words.texts[i - 1] in cues.place_prepositions and tail[0].isupper()
    if (tail in cues.part_of_town or bare) and vocabulary.spelt(head) and vocabulary.chance(head) > LIKELY:
        return [_town_with_part(words, i, head, tail, vocabulary)]
    heads = [
        part
        for part in parts
        if part in cues.alias or part in vocabulary.derived.places or vocabulary.is_prominent(part)
    ]
    if len(heads) == len(parts) == 2 and not any(part in vocabulary.derived.places for part in parts):
        inner = _town_with_part(words, i, head, tail, vocabulary)
        return [inner] if inner.name == tail else _parts(words, i, vocabulary)
    if not heads or heads[0] == tail:
        return []
    spot = spot_at(words, i, i + 1, heads[0])
    spot.form, spot.compound = Form.DERIVED, True
    place_id = cues.alias.get(heads[0], "") or vocabulary.derived.places.get(heads[0], "")
    spot.name = place_id[1:] if place_id.startswith("=") else heads[0]
    spot.place_id = "" if place_id.startswith("=") else place_id
    spot.places = vocabulary.spelt(spot.name)
    spot.why.append("a compound")
    return [spot]


def _town_with_part(words: Words, i: int, town: str, part: str, vocabulary: Vocabulary) -> Spot:
    """ "Berlin-Kreuzberg": the part if the gazetteer has it in that town, else the town."""
    places = vocabulary.spelt(town)
    inner = tuple(
        named
        for named in vocabulary.spelt(part)
        if places
        and places[0].place.kind is PlaceKind.CITY
        and vocabulary.gazetteer.contains(places[0].place, named.place)
    )
    spot = spot_at(words, i, i + 1, part if inner else town)
    spot.places, spot.part = inner or places, True
    return spot


def _parts(words: Words, i: int, vocabulary: Vocabulary) -> list[Spot]:
    """Each part that is a place is a word of its own: "Iran-Iraq", "London-based"."""
    spots = []
    start = words.spans[i][0]
    for part in words.texts[i].split("-"):
        if part in vocabulary.cues.alias or (part[:1].isupper() and vocabulary.is_prominent(part)):
            spot = Spot(i, i + 1, start, start + len(part), part)
            spot.places, spot.place_id = vocabulary.spelt(part), vocabulary.cues.alias.get(part, "")
            spots.append(spot)
        start += len(part) + 1
    return spots
