"""Places that a sentence names for another reason than where its event happened."""

from __future__ import annotations

import re

from extract.annotation import PlaceMention
from extract.events.clauses import MARKS
from extract.events.focus import SAID
from extract.events.inflection import Form
from extract.events.reading import SentenceReading
from extract.events.triggers import Trigger

DECIDED = SAID | {"other", "crime"}
"""Types that happen where those sit who decide."""
NOUN_BEFORE = 4
"""How many tokens before a place the noun stands that it belongs to ("the government in the capital Hanoi")."""
SEAT_PHRASE = 4
"""How many tokens before such a noun its own preposition stands ("outside the old supreme court in")."""
MEASURED = 6
"""How many tokens before a place a unit of length stands that says how far it is ("km to the south of the city of")."""
NEAR_ENOUGH = 100
"""Kilometres or miles up to which a place that is so far away still tells where something happened."""
DIGITS = re.compile(r"\d+")
HYPHENS = frozenset("-‐‑")
"""What joins the parts of a word."""
PERSON = 2
"""How many tokens from a place it is told that somebody lives there or comes from there ("who lived in the")."""
SOURCE = 7
"""How many tokens before a place it is told whose words it is ("according to the head of the hospital in")."""
BESIDE = 2
"""How many tokens before a noun a place is its own ("der Aufstand", "the Goma siege")."""
RANKED = 4
"""Within how many tokens an aside begins that ranks what is told ("the third this month in")."""


def is_aside(reading: SentenceReading, place: PlaceMention, type_: str) -> bool:
    """Whether a place is none of an event of this type that its sentence tells."""
    return (distance_to(reading, place) > NEAR_ENOUGH or _is_compound(reading, place) or is_of_care(reading, place)
            or _is_home(reading, place) or (type_ not in DECIDED and _is_seat(reading, place)))


def is_of_care(reading: SentenceReading, place: PlaceMention) -> bool:
    """ "was flown to a hospital in Graz": where the injured are treated is not where they were injured."""
    if not reading.has("cared_for"):
        return False
    clause = reading.clauses[reading.clause_of(reading.token_at(place.start))]
    return reading.within(clause.first, clause.last, "cared_for") and _noun_of(reading, place, "hospital") is not None


def _is_compound(reading: SentenceReading, place: PlaceMention) -> bool:
    """ "the Zürich-based company", "the Lagos-born singer": part of a word that tells of somebody."""
    token = reading.tokens[reading.token_at(place.end - 1)]
    return token.end > place.end and token.text[place.end - token.start:][:1] in HYPHENS \
        and token.text[place.end - token.start + 1:][:1].islower()


def _is_home(reading: SentenceReading, place: PlaceMention) -> bool:
    """ "a man who lived in Graz was stabbed", "ein in Graz lebender Mann": where somebody lives."""
    if not reading.has("resides", "resides_behind"):
        return False
    first, last = reading.token_at(place.start), reading.token_at(place.end - 1) + 1
    return reading.within(first - PERSON, first, "resides") or reading.within(last, last + PERSON, "resides_behind")


def is_of_study(reading: SentenceReading, place: PlaceMention) -> bool:
    """ "according to seismologists at Tehran University": where something is only studied."""
    if not reading.has("scholar"):
        return False
    at, behind = reading.token_at(place.start), reading.token_at(place.end - 1) + 1
    source = next(iter(reading.where(max(at - SOURCE, 0), at, "attribution")[-1:]), None)
    return source is not None and reading.within(source, behind + 1, "scholar") \
        and not any(reading.tokens[token].text in MARKS for token in range(source, at))


def is_of_demand(reading: SentenceReading, place: PlaceMention, trigger: Trigger) -> bool:
    """ "the Security Council in New York demanded an end to the siege": where it is asked for is not where it is."""
    if trigger.form is not Form.NOUN or trigger.sense.type in SAID or not reading.has("demand"):
        return False
    at = reading.token_at(place.start)
    clause = reading.clauses[reading.clause_of(trigger.token)]
    return clause.first <= at < trigger.token - BESIDE and reading.within(clause.first, clause.last, "demand")


def is_scope(reading: SentenceReading, place: PlaceMention) -> bool:
    """ "the attack, the third on the Danube ports this month": of what something is the third."""
    if not reading.has("ranking"):
        return False
    at = reading.token_at(place.start)
    comma = next((token for token in range(at - 1, 0, -1) if reading.tokens[token].text in MARKS), None)
    return comma is not None and reading.within(comma + 1, comma + 2, "article", "definite") \
        and reading.within(comma + 2, min(comma + 2 + RANKED, at), "ranking")


def _is_seat(reading: SentenceReading, place: PlaceMention) -> bool:
    """ "the government in Hanoi sent soldiers": where those sit who decide is not where it happens.

    But it is "outside the parliament in Hanoi" that people march.
    """
    noun = _noun_of(reading, place, "seat")
    return noun is not None and not reading.within(noun - SEAT_PHRASE, noun, "seat_at")


def distance_to(reading: SentenceReading, place: PlaceMention) -> float:
    """How far from a place it was, in what units soever: "250 km west of Melbourne"; 0 if that is not told."""
    if place.place is None or not place.place.kind.is_point:
        return 0.0  # "120 miles off Calabria": of a coast, it is the waters before it
    if not reading.has("length_unit"):
        return 0.0
    at = reading.token_at(place.start)
    unit = next(iter(reading.where(max(at - MEASURED, 0), at, "length_unit")[-1:]), None)
    if unit is None or any(reading.tokens[token].text in MARKS for token in range(unit + 1, at)):
        return 0.0
    digits = [DIGITS.match(reading.tokens[token].text) for token in (unit, unit - 1) if token >= 0]
    return next((float(number[0]) for number in digits if number), 0.0)


def _noun_of(reading: SentenceReading, place: PlaceMention, name: str) -> int | None:
    """The noun of a class that stands before the place's preposition."""
    if not reading.has(name):
        return None
    at = reading.token_at(place.start)
    noun = next(iter(reading.where(at - NOUN_BEFORE, at, name)[-1:]), None)
    if noun is None:
        return None
    between = ["preposition" in word.classes for word in reading.words[noun + 1:at]]
    return noun if not between or (between[0] and not any(between[1:])) else None  # "Amtsgericht Kempten"
