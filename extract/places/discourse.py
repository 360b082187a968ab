"""What the uses of names in one article say about each other, added to the evidence that each has by itself."""

from __future__ import annotations

from collections.abc import Collection

from extract.annotation import Form
from extract.places.evidence import ACCEPTED, NAMED_PERSON, SURE, SURNAME
from extract.places.spot import Spot, spot_at
from extract.places.words import Words

IN_LIST = 1.5
"""In a row with an accepted place."""
ELSEWHERE_SURE = 1.5
"""The article uses the name as a place beyond doubt elsewhere (one sense per discourse; Gale et al. 1992)."""
IN_TOLD_COUNTRY = 1.0
"""A doubtful name that lies in a foreign country of which the article tells beyond doubt."""
WITHIN_TOLD_COUNTRY = 2.5
"""... and that stands where only places do ("outside Cabaret"), however seldom the word is one elsewhere."""
DOUBTFUL = -1.2
NOT_TAKEN_FOR_PERSON = -3.0
"""Below it, the name is somebody's or something's in this article."""
METROPOLIS = 500_000
"""Inhabitants of a town that is nobody's surname: "Panathinaikos Athen" is a club there."""
LIKELIEST = 3
"""How many candidates of a doubtful name may lie there."""


def weigh_together(spots: list[tuple[Words, Spot]], home: Collection[str] = ()) -> None:
    """What spots say about each other: rows of places, one sense of a name, and the countries that are told of."""
    best: dict[str, float] = {}
    for _, spot in spots:
        best[spot.name] = max(best.get(spot.name, spot.score), spot.score)
    told = _countries_told_of(spots, home)
    surnames = {spot.name for _, spot in spots if spot.surname and spot.score < SURE
                and spot.top is not None and spot.top.place.population < METROPOLIS}
    for (words, spot), neighbours in zip(spots, _neighbours(spots), strict=True):
        if spot.form is Form.DERIVED:
            continue
        if spot.name in surnames and best[spot.name] < SURE:
            spot.score += SURNAME
            spot.why.append("behind a first name elsewhere in the article")
        if spot.score < SURE <= best[spot.name] and spot.score > NAMED_PERSON / 2:
            spot.score += ELSEWHERE_SURE
            spot.why.append("clearly a place elsewhere in the article")
        if NOT_TAKEN_FOR_PERSON < spot.score <= ACCEPTED:
            spot.score += _weight_in_told_country(spot, told)
        if any(
            other.score > ACCEPTED and other.form is Form.NAME and _in_a_row(words, spot, other) for other in neighbours
        ):
            spot.score += IN_LIST
            spot.why.append("in a row with a place")


def _weight_in_told_country(spot: Spot, told: Collection[str]) -> float:
    """What it says for a name below certainty that it lies in a country of which the article tells."""
    inside = [named for named in spot.places[:LIKELIEST] if named.place.country in told]
    weight = WITHIN_TOLD_COUNTRY if spot.within and any(named.match == "name" for named in inside) \
        else IN_TOLD_COUNTRY if inside and spot.score > DOUBTFUL else 0.0
    if weight:
        spot.why.append("in a country that the article tells of")
    return weight


def _countries_told_of(spots: list[tuple[Words, Spot]], home: Collection[str]) -> set[str]:
    """Foreign countries (ISO 3166-1) of places that are sure; at home every other word is a village."""
    sure = (spot.top.place.country for _, spot in spots if spot.score >= SURE and spot.top is not None)
    return {country for country in sure if country is not None and country not in home}


def find_again(found: list[tuple[Words, Spot]], sentences: list[Words]) -> list[tuple[Words, Spot]]:
    """Further uses of names that no gazetteer has, once one use has shown that they are places."""
    names = {
        spot.name
        for _, spot in found
        if not spot.places and not spot.place_id and spot.score > ACCEPTED and spot.name and spot.form is Form.NAME
    }
    if not names:
        return found
    taken = {(id(words), spot.first) for words, spot in found}
    again = list(found)
    for words in sentences:
        for i, text in enumerate(words.texts):
            if text in names and (id(words), i) not in taken:
                spot = spot_at(words, i, i + 1, text)
                spot.score = ELSEWHERE_SURE
                spot.why.append("clearly a place elsewhere in the article")
                again.append((words, spot))
    return sorted(again, key=lambda pair: pair[1].start)


def _neighbours(spots: list[tuple[Words, Spot]]) -> list[list[Spot]]:
    around: list[list[Spot]] = [[] for _ in spots]
    for k in range(len(spots) - 1):
        if spots[k][0] is spots[k + 1][0]:
            around[k].append(spots[k + 1][1])
            around[k + 1].append(spots[k][1])
    return around


def _in_a_row(words: Words, one: Spot, other: Spot) -> bool:
    first, second = (one, other) if one.first < other.first else (other, one)
    between = words.texts[first.last : second.first]
    return (
        1 <= len(between) <= 2
        and all(len(text) <= 3 and not text[0].isupper() for text in between)
        and (between[0] in (",", "/", "&", "–") or between[0].isalpha())
    )
