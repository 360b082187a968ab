"""Toponym recognition: spans that could be places, weighed by their context.

This is the engine that Dateline has of its own; see :mod:`extract.places.engines` for others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence

from extract.annotation import Form, PlaceRole
from extract.document import Document
from extract.places.cues import Cues
from extract.places.discourse import find_again, weigh_together
from extract.places.evidence import ACCEPTED, border_behind, designator_before, weigh
from extract.places.people import find_people
from extract.places.roles import find_role
from extract.places.routes import role_on_route
from extract.places.spot import Spot
from extract.places.spots import find_spots
from extract.places.told import holds_next, is_container_of, names_building, told_distance
from extract.places.toponym import Toponym
from extract.places.vocabulary import Vocabulary, read_vocabulary
from extract.places.words import Words, read_words
from geodata.gazetteer import Gazetteer
from geodata.place import PlaceKind

BORDER_LINK = 5
"""How many words behind "Grenze" the other country may stand: "border between Mali and the Niger"."""
COUNTRY_CODE = 2


class GazetteerRecogniser:
    """Finds toponyms by the gazetteer, the language's cues and the article as a whole."""

    name = "dateline"

    def __init__(self) -> None:
        self._vocabularies: dict[tuple[str, int], Vocabulary] = {}

    def recognise(self, document: Document, gazetteer: Gazetteer) -> tuple[Toponym, ...]:
        """The toponyms of a document in text order, each with its form and role."""
        vocabulary = self._vocabulary(document.lang, gazetteer)
        cues = vocabulary.cues
        people = find_people(document, vocabulary)
        small_letters = (
            frozenset()
            if cues.nouns_have_capitals
            else frozenset(filter(str.islower, document.words))
        )
        found: list[tuple[Words, Spot]] = []
        sentences = [read_words(document, sentence, vocabulary) for sentence in document.sentences]
        for words in sentences:
            for spot in find_spots(words, vocabulary):
                weigh(spot, words, vocabulary, people, small_letters)
                found.append((words, spot))
        weigh_together(found, cues.home)
        found = find_again(found, sentences)
        return tuple(self._toponyms(document, cues, [(words, spot) for words, spot in found if spot.score > ACCEPTED]))

    def _vocabulary(self, lang: str, gazetteer: Gazetteer) -> Vocabulary:
        vocabulary = self._vocabularies.get((lang, id(gazetteer)))
        if vocabulary is None or vocabulary.gazetteer is not gazetteer:
            vocabulary = self._vocabularies[lang, id(gazetteer)] = read_vocabulary(lang, gazetteer)
        return vocabulary

    def _toponyms(self, document: Document, cues: Cues, spots: list[tuple[Words, Spot]]) -> list[Toponym]:
        toponyms: list[Toponym] = []
        ends: defaultdict[int, list[int]] = defaultdict(list)
        placed: set[int] = set()
        before: tuple[Spot, PlaceRole] | None = None
        before_words: Words | None = None
        country = ""
        for words, spot in spots:
            if words is not before_words:
                before = None
            on_route = role_on_route(spot, before[0] if before else None, words.texts, cues)
            role = on_route or find_role(spot, words, cues, before)
            is_container = before is not None and is_container_of(before, spot, words, cues)
            if not spot.name:
                if not country:
                    continue
                spot.place_id = country
            elif (named := spot.country) and (spot.form is Form.NAME or not country):
                country = named
            bearing = spot.bearing
            if bearing is None and (before is None or before[0].last < spot.first):
                bearing = _bearing(words, spot, cues)
            toponyms.append(
                Toponym(
                    spot.start,
                    spot.end,
                    document.text[spot.start : spot.end],
                    spot.form,
                    role,
                    spot.name,
                    spot.place_id,
                    spot.kind,
                    bearing,
                    _borders(words, spot, spots, cues),
                    is_container,
                    "; ".join(spot.why),
                    self.name,
                    away=None if before is None else told_distance(before[0], spot, words, cues),
                    designation=_designation(words, spot, cues),
                )
            )
            if before is not None and holds_next(before[0], spot, words, cues):
                toponyms[-2] = toponyms[-2]._replace(holds_next=True)
            elif before is not None and names_building(*before, spot, words, cues):
                toponyms[-2] = toponyms[-2]._replace(names_building=True)
            before, before_words = (spot, role), words
            opens = spot.first == 0 and role is PlaceRole.TOPIC  # a dateline
            if (opens or role in (PlaceRole.SITE, PlaceRole.LANDMARK)) and not spot.country:
                if on_route:
                    ends[id(words)].append(len(toponyms) - 1)
                else:
                    placed.add(id(words))
        _ends_yield(toponyms, ends, placed)
        return toponyms


def _ends_yield(toponyms: list[Toponym], ends: Mapping[int, Sequence[int]], placed: Container[int]) -> None:
    """ "at Ried on the Au-Lech road": where a sentence says where on a road it was, the road's ends are topics."""
    for sentence, numbers in ends.items():
        for number in numbers if sentence in placed else ():
            toponyms[number] = toponyms[number]._replace(role=PlaceRole.TOPIC)


def _designation(words: Words, spot: Spot, cues: Cues) -> str:
    """The name with the word before it that says which region or site it is: "Landkreis Göttingen"."""
    if spot.form is Form.DERIVED or not spot.first or spot.kind not in (PlaceKind.REGION, PlaceKind.SITE):
        return ""
    return f"{words.texts[spot.first - 1]} {spot.name}" if designator_before(words.texts, spot.first, cues) else ""


def _bearing(words: Words, spot: Spot, cues: Cues) -> int | None:
    """The part of the place that the words before it mean: "northern Syria", "im Norden Syriens"."""
    texts, first = words.texts, spot.first
    if spot.form is Form.DERIVED or first == 0:
        return None
    before = texts[first - 1]
    if before in cues.direction and (not cues.nouns_have_capitals or before[0].islower()):
        return cues.direction[before]
    if cues.nouns_have_capitals and spot.genitive and before in cues.direction:
        return cues.direction[before]
    if first > 1 and before in cues.direction_of_place and texts[first - 2] in cues.direction:
        return cues.direction[texts[first - 2]]
    return None


def _borders(words: Words, spot: Spot, spots: list[tuple[Words, Spot]], cues: Cues) -> tuple[str, ...]:
    """Countries whose border is named right behind the spot: "nahe der russischen Grenze zu China"."""
    if spot.form is Form.DERIVED:
        return ()
    at = border_behind(words.texts, spot.last, cues)
    if at is None:
        return ()
    countries = [
        other.place_id.removeprefix("cc:") or other.places[0].place.country or ""
        for others, other in spots
        if others is words
        and spot.last <= other.first <= at + BORDER_LINK
        and (other.place_id or other.places)
        and (
            other.first < at
            or all(text in cues.border_links or text[0].isupper() for text in words.texts[at + 1 : other.first])
        )
    ]
    return tuple(dict.fromkeys(country for country in countries if len(country) == COUNTRY_CODE))
