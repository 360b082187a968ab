"""Capitals that are not named: "the Georgian capital", "in der Hauptstadt Perus", "in the capital"."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from operator import attrgetter

from extract import lexicon
from extract.annotation import Form, PlaceMention, PlaceRole
from extract.document import Document, Token
from extract.places.cues import Cues, read_cues
from extract.places.roles import LOCATING, only_locates
from geodata.gazetteer import Gazetteer
from geodata.place import Place, PlaceKind

REACH = 3
"""How many words before the adjective its preposition stands: "in der heute serbischen Hauptstadt"."""
NAMED_WITHIN = 3
"""How many code points behind the noun the capital's own name starts, if it is told ("capital, Tbilisi")."""


def capitals_told(document: Document, mentions: Sequence[PlaceMention], gazetteer: Gazetteer) -> Iterator[PlaceMention]:
    """A mention for each noun that means a country's capital without naming it."""
    nouns = _words(document.lang, "nouns")
    if not nouns or not any(noun in document.text for noun in nouns):
        return
    cues = read_cues(document.lang)
    number_at = {token.start: number for number, token in enumerate(document.tokens)}
    starts = frozenset(mention.start for mention in mentions)
    told: set[int] = set()
    for mention in mentions:
        if mention.place is None or mention.place.kind is not PlaceKind.COUNTRY or mention.start not in number_at:
            continue
        first = number_at[mention.start]
        noun = _noun_beside(document.tokens, first, mention, nouns)
        if noun is None or (noun.start > mention.start and _is_named(noun, starts)):
            continue
        told.add(noun.start)
        capital = _capital_of(mention.place.country, gazetteer)
        if capital is not None:
            role = _role(document, min(first, number_at[noun.start]), mentions, cues)
            yield PlaceMention(noun.start, noun.end, noun.text, Form.DERIVED, role, capital,
                               why=f"the capital of {mention.place.name}")
    definite, links = _words(document.lang, "definite"), _words(document.lang, "links")
    countries = _Told(mentions)
    for number, noun in enumerate(document.tokens):
        if _nominative(noun.text, cues) not in nouns or noun.start in told or number == 0 or _is_named(noun, starts) \
                or document.lower[number - 1] not in definite \
                or not links.isdisjoint(document.lower[number + 1:number + 2]):
            continue
        country = countries.mostly_before(noun.start)
        capital = _capital_of(country, gazetteer) if country is not None else None
        if capital is not None:
            yield PlaceMention(noun.start, noun.end, noun.text, Form.DERIVED, _role(document, number, mentions, cues),
                               capital, why="the capital of the country that is told of")


def _is_named(noun: Token, starts: frozenset[int]) -> bool:
    """Whether the capital's own name follows ("capital, Tbilisi")."""
    return any(noun.end + gap in starts for gap in range(1, NAMED_WITHIN))


def _nominative(text: str, cues: Cues) -> str:
    """The word without the ending of a possessive: "at the capital's airport"."""
    return next((text.removesuffix(ending) for ending in cues.genitive_endings if text.endswith(ending)), text)


def _role(document: Document, at: int, mentions: Sequence[PlaceMention], cues: Cues) -> PlaceRole:
    """What the words before token ``at`` make of it: "in the capital", "the centre of the Georgian capital".

    A landmark, where it only tells where the place before lies: "in Chame, west of the capital".
    """
    tokens = document.tokens
    behind = bisect_left(mentions, tokens[at].start, key=attrgetter("start"))
    before = mentions[behind - 1] if behind and mentions[behind - 1].end <= tokens[at].start else None
    if before is not None and before.form is Form.NAME and before.role.pins \
            and only_locates([token.text for token in tokens[max(at - LOCATING, 0):at]
                              if token.start >= before.end], cues):
        return PlaceRole.LANDMARK
    for number in range(at - 1, max(at - REACH, 0) - 1, -1):
        word = tokens[number].text.lower()
        phrase = f"{tokens[number - 1].text.lower()} {word}" if number else ""
        role = cues.role.get(phrase) or cues.role.get(word)
        if role is not None:
            return role
    return PlaceRole.ACTOR


class _Told:
    """The countries (ISO 3166-1) that a text has told of so far; asked from its beginning to its end."""

    def __init__(self, mentions: Sequence[PlaceMention]) -> None:
        self._left = iter(mentions)
        self._next = next(self._left, None)
        self._counted: Counter[str] = Counter()

    def mostly_before(self, offset: int) -> str | None:
        """The one told of most before a code point."""
        while self._next is not None and self._next.start < offset:
            place, role = self._next.place, self._next.role
            if place is not None and place.country is not None and (role.pins or role is PlaceRole.LANDMARK):
                self._counted[place.country] += 1
            self._next = next(self._left, None)
        return self._counted.most_common(1)[0][0] if self._counted else None


def _noun_beside(tokens: Sequence[Token], first: int, mention: PlaceMention, nouns: frozenset[str]) -> Token | None:
    """The noun behind an adjective or owner ("Georgia's capital"), or before the name ("capital of Georgia")."""
    behind = tokens[first + 1] if first + 1 < len(tokens) else None
    if behind is not None and behind.text in nouns:
        return behind
    if mention.form is Form.DERIVED:
        return None
    return next((token for token in reversed(tokens[max(first - 2, 0):first]) if token.text in nouns), None)


@cache
def _words(lang: str, name: str) -> frozenset[str]:
    return frozenset(lexicon.read(lang, "places").get("capital", {}).get(name, ()))


@cache
def _names() -> dict[str, str]:
    """The capital's name by country, as GeoNames has it."""
    from geodata.gazetteer.sources import country_facts

    return {code: str(facts["capital"]) for code, facts in country_facts().items() if facts["capital"]}


def _capital_of(country: str | None, gazetteer: Gazetteer) -> Place | None:
    name = _names().get(country or "")
    towns = [named.place for named in gazetteer.candidates(name) if named.place.country == country
             and named.place.kind is PlaceKind.CITY] if name else []
    return max(towns, key=lambda place: place.population, default=None)
