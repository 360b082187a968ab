"""Borders between two countries: "the Thai-Cambodian border", "an der Grenze zu Belarus", "the border with Syria".

Neither of the two countries is where it happened, and both together are more than the text says: the gazetteer has the
border itself, a line.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from extract.annotation import Form, PlaceMention, PlaceRole
from extract.document import Document
from extract.places.cues import Cues, read_cues
from extract.places.derived import read_derived
from geodata.gazetteer import Gazetteer
from geodata.place import Place, PlaceKind

BEHIND = 5
"""How many tokens behind the noun its second country stands at most: "the border between Mali and the Niger"."""
BEFORE = 4
"""How many tokens before it its countries stand: "the India – Pakistan border", "Turkey's long border"."""
REACH = 3
"""How many words before all that the preposition stands: "along the long-disputed"."""
NAMED_BEFORE = 6
"""How many mentions before a border are looked at for the place that it locates: a sentence may be any length."""
TOLD_OFTEN = 2
"""How often both countries are told of whose border "the border" is, where the article says no more."""
HYPHENS = re.compile("[-–—/]")
_start = attrgetter("start")


@dataclass(frozen=True, slots=True)
class _Named:
    """A border as the text names it: its countries (ISO 3166-1), their mentions, and the first token of it all."""

    countries: tuple[str, ...]
    mentions: tuple[PlaceMention, ...]
    first: int


def with_borders(document: Document, mentions: Sequence[PlaceMention], gazetteer: Gazetteer) -> list[PlaceMention]:
    """The mentions, with one for each border that is told; the countries that it parts are no sites beside it.

    Of a border that is told by one country ("the border with Syria"), the other is its neighbour that the article
    tells of most; "the border" alone is the one that is told elsewhere, or that between the two countries of the story.
    """
    cues = read_cues(document.lang)
    if cues.border.isdisjoint(document.words):
        return list(mentions)
    told = Counter(mention.place.country for mention in mentions if mention.place is not None and mention.place.country)
    named: list[tuple[int, _Named, Place | None]] = []
    for number, noun in enumerate(document.tokens):
        if noun.text in cues.border and not _is_of_something_else(document, number, cues):
            beside = _countries_at(document, number, mentions, cues)
            named.append((number, beside, _border(beside.countries, told, gazetteer) if beside.countries else None))
    borders = {border for _, _, border in named if border is not None}
    only = next(iter(borders)) if len(borders) == 1 else None if borders else _between_main_countries(told, gazetteer)
    found: list[PlaceMention] = []
    parted: set[int] = set()
    for number, beside, own in named:
        border = own or (only if not beside.countries and _is_the_one(document, number, cues) else None)
        if border is not None:
            parted.update(mention.start for mention in beside.mentions if mention.role.pins)
            noun, role = document.tokens[number], _role(document, beside.first, cues)
            if role is PlaceRole.SITE and _only_locates(document, noun.start, mentions):
                role = PlaceRole.LANDMARK
            found.append(PlaceMention(noun.start, noun.end, noun.text, Form.DERIVED, role, border,
                                      why=f"the {border.name}"))
    kept = (replace(mention, role=PlaceRole.LANDMARK) if mention.start in parted else mention for mention in mentions)
    return sorted([*kept, *found], key=_start)


def _between_main_countries(told: Counter[str], gazetteer: Gazetteer) -> Place | None:
    """The border of the two countries that an article tells of most, if it tells of hardly any other."""
    most = [*told.most_common(3), ("", 0), ("", 0), ("", 0)]
    (one, _), (other, times), (_, others) = most[:3]
    return gazetteer.border(one, other) if times >= TOLD_OFTEN and 2 * others <= times else None


def _only_locates(document: Document, offset: int, mentions: Sequence[PlaceMention]) -> bool:
    """ "in Nsanje, at the border with Mozambique": says where the place lies that its sentence names before."""
    sentence, last = document.sentence_at(offset), bisect_left(mentions, offset, key=_start)
    return sentence is not None and any(
        mention.role.pins and mention.form is Form.NAME and mention.place is not None
        and mention.place.kind in (PlaceKind.CITY, PlaceKind.REGION, PlaceKind.SITE)
        for mention in mentions[max(bisect_left(mentions, sentence.start, key=_start), last - NAMED_BEFORE):last])


def _is_the_one(document: Document, number: int, cues: Cues) -> bool:
    """ "at the border", "along border" in a headline: no other than the one that the article tells of."""
    before = document.lower[number - 1] if number else ""
    return before in cues.determiners or before in cues.border_prepositions


def _countries_at(document: Document, number: int, mentions: Sequence[PlaceMention], cues: Cues) -> _Named:
    """The countries named beside the noun at token ``number``: first what stands right before it, then behind."""
    countries: list[str | None] = []
    near: list[PlaceMention] = []
    first = number
    for at in range(number - 1, max(number - BEFORE, -1), -1):
        text = document.tokens[at].text
        named = list(_within(mentions, document.tokens[at].start, document.tokens[at].end))
        adjectives: list[str | None] = list(_parts_of_compound(text, document.lang)) if HYPHENS.search(text) else []
        if not named and not adjectives and text not in cues.conjunctions and not HYPHENS.fullmatch(text) \
                and not (countries and text in cues.determiners) and not (at == number - 1 and text.islower()):
            break
        if named or adjectives:
            first = at
        near += named
        countries[:0] = adjectives or [mention.place.country for mention in named if mention.place is not None]
    one_by_one = document.lower[number + 1:number + 2] and document.lower[number + 1] not in cues.between
    for at in range(number + 1, min(number + 1 + BEHIND, len(document.tokens))):
        text = document.tokens[at].text
        named = list(_within(mentions, document.tokens[at].start, document.tokens[at].end))
        if not named and text not in cues.border_links and text not in cues.determiners:
            break
        near += named
        if not (countries and named and one_by_one and first == number):  # "its borders with Mali and Niger" are two
            countries += [mention.place.country for mention in named if mention.place is not None]
    return _Named(tuple(dict.fromkeys(filter(None, countries))), tuple(near), first)


def _is_of_something_else(document: Document, number: int, cues: Cues) -> bool:
    """ "Polish border guards", "four Thai border provinces": the noun only tells of which kind another is."""
    following = document.lower[number + 1:number + 2]
    return any(word in cues.border_bearers or (cues.is_place_noun(word) and word not in cues.border_areas)
               for word in following)


def _within(mentions: Sequence[PlaceMention], start: int, end: int) -> Iterator[PlaceMention]:
    """The countries that begin between two code points, as names or adjectives."""
    for mention in mentions[bisect_left(mentions, start, key=_start):bisect_left(mentions, end, key=_start)]:
        if mention.place is not None and mention.place.kind is PlaceKind.COUNTRY:
            yield mention


def _parts_of_compound(word: str, lang: str) -> Iterator[str]:
    """The countries of "Thai-Cambodian", "polnisch-belarussischen"; none if it is not made of two adjectives."""
    places = read_derived(lang).places
    countries = [places.get(part, "") for part in HYPHENS.split(word)]
    if len(countries) > 1 and all(country.startswith("cc:") for country in countries):
        yield from (country.removeprefix("cc:") for country in countries)


def _border(countries: Sequence[str], told: Counter[str], gazetteer: Gazetteer) -> Place | None:
    """The border of two countries, or that of one with its neighbour that is told of most."""
    if len(countries) > 1:
        return gazetteer.border(countries[0], countries[1])
    neighbours = [country for country, _ in told.most_common() if country != countries[0]]
    borders = (gazetteer.border(countries[0], country) for country in neighbours)
    return next((border for border in borders if border is not None), None)


def _role(document: Document, first: int, cues: Cues) -> PlaceRole:
    """What the words before a border make of it; what happens near it, or from it on, happens about there."""
    for number in range(first - 1, max(first - REACH, 0) - 1, -1):
        word = document.tokens[number].text
        phrase = f"{document.tokens[number - 1].text} {word}".lower() if number else ""
        role = cues.role.get(phrase) or cues.role.get(word) or cues.role.get(word.lower())
        if role is not None:
            return PlaceRole.SITE if role is PlaceRole.LANDMARK or word.lower() in cues.border_prepositions else role
        if not word[0].isalpha():
            break
        if word.lower() in cues.border_prepositions:
            return PlaceRole.SITE
    return PlaceRole.TOPIC
