"""Capitals that are told by their country: "the Georgian capital", "in der Hauptstadt Perus"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from extract import lexicon
from extract.annotation import Form, PlaceMention, PlaceRole
from extract.document import Document, Token
from extract.places.cues import read_cues
from geodata.gazetteer import Gazetteer
from geodata.place import Place, PlaceKind

REACH = 3
"""How many words before the adjective its preposition stands: "in der heute serbischen Hauptstadt"."""
NAMED_WITHIN = 3
"""How many code points behind the noun the capital's own name starts, if it is told ("capital, Tbilisi")."""


def capitals_told(document: Document, mentions: Sequence[PlaceMention], gazetteer: Gazetteer) -> Iterator[PlaceMention]:
    """A mention for each noun that means a country's capital without naming it."""
    nouns = _nouns(document.lang)
    if not nouns or not any(noun in document.text for noun in nouns):
        return
    roles = read_cues(document.lang).role
    number_at = {token.start: number for number, token in enumerate(document.tokens)}
    starts = frozenset(mention.start for mention in mentions)
    for mention in mentions:
        if mention.place is None or mention.place.kind is not PlaceKind.COUNTRY or mention.start not in number_at:
            continue
        first = number_at[mention.start]
        noun = _noun_beside(document.tokens, first, mention, nouns)
        if noun is None or (noun.start > mention.start
                            and any(noun.end + gap in starts for gap in range(1, NAMED_WITHIN))):
            continue
        capital = _capital_of(mention.place, gazetteer)
        if capital is not None:
            at = min(first, number_at[noun.start])
            before = document.tokens[max(at - REACH, 0):at]
            role = next((roles[token.text.lower()] for token in reversed(before) if token.text.lower() in roles),
                        PlaceRole.ACTOR)
            yield PlaceMention(noun.start, noun.end, noun.text, Form.DERIVED, role, capital,
                               why=f"the capital of {mention.place.name}")


def _noun_beside(tokens: Sequence[Token], first: int, mention: PlaceMention, nouns: frozenset[str]) -> Token | None:
    """The noun behind an adjective ("Georgian capital"), or before a country's name ("capital of Georgia")."""
    if mention.form is Form.DERIVED:
        behind = tokens[first + 1] if first + 1 < len(tokens) else None
        return behind if behind is not None and behind.text in nouns else None
    return next((token for token in reversed(tokens[max(first - 2, 0):first]) if token.text in nouns), None)


@cache
def _nouns(lang: str) -> frozenset[str]:
    return frozenset(lexicon.read(lang, "places").get("capital", {}).get("nouns", ()))


@cache
def _names() -> dict[str, str]:
    """The capital's name by country, as GeoNames has it."""
    from geodata.gazetteer.sources import country_facts

    return {code: str(facts["capital"]) for code, facts in country_facts().items() if facts["capital"]}


def _capital_of(country: Place, gazetteer: Gazetteer) -> Place | None:
    name = _names().get(country.country or "")
    towns = [named.place for named in gazetteer.candidates(name) if named.place.country == country.country
             and named.place.kind is PlaceKind.CITY] if name else []
    return max(towns, key=lambda place: place.population, default=None)
