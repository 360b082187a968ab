"""Toponym resolution: which of its namesakes a name means, by the whole article.

Every candidate's score is in powers of ten of inhabitants, the unit of the gazetteer's prior: a
container beside the name is worth as much as being 10,000 times larger. One name means one place in
an article (one sense per discourse), unless a designator parts region from town.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import exp

from extract.annotation import Candidate, Form, PlaceMention
from extract.document import Document
from extract.places.cues import read_cues
from extract.places.parts import part_of
from extract.places.toponym import Toponym
from geodata.errors import GazetteerError
from geodata.gazetteer import Gazetteer, NamedPlace
from geodata.place import Place, PlaceKind, distance_km

CONTAINER_BESIDE = 5.0
CONTAINED_BESIDE = 4.0
KIND_AS_DESIGNATED = 3.0
KIND_OTHERWISE = -2.0
COUNTRY_OF_ARTICLE = 2.5
"""Times the share of the article's places that are in the candidate's country."""
REGION_OF_ARTICLE = 1.6
"""The region that contains it is named in the article."""
NEAR_OTHERS = 1.2
NEAR_KM = 150.0
"""Distance at which nearness to another place of the article has lost two thirds of its weight."""
NEAR_DEGREES = 4.5
"""Degrees of latitude beyond which nothing is near any more: saves the distance."""
BORDER = 4.0
BORDER_KM = 100.0
TOWN_BEFORE_REGION = 1.0
"""A bare name that a region shares with its capital is the town's ("Moskau")."""
REGION_NAMED_SO = 4.0
"""... unless the article says "Region Kursk": then "Kursk" is short for it, if no metropolis bears the name."""
METROPOLIS = 500_000
UNDECIDED = 0.25
"""Margin (powers of ten) below which two namesakes are left undecided, if they are in different places."""
SAME_PLACE_KM = 50.0
MOST_CANDIDATES = 40
KEPT_CANDIDATES = 5
HOME = 0.4
"""Weight of the countries where the article's language is at home, in mentions."""


@dataclass(slots=True)
class _Context:
    """What the article's sure places say about the others."""

    countries: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    regions: set[str] = field(default_factory=set)
    points: dict[str, Place] = field(default_factory=dict)
    designated_regions: set[str] = field(default_factory=set)

    def share(self, country: str | None) -> float:
        total = sum(self.countries.values())
        return self.countries[country] / total if country and total else 0.0


class ArticleResolver:
    """Resolves by the article: containment, its other places and their countries, distance, and size."""

    name = "dateline"

    def resolve(
        self, document: Document, toponyms: Sequence[Toponym], gazetteer: Gazetteer
    ) -> tuple[PlaceMention, ...]:
        """One mention a toponym. A name that can't be decided costs no other its place."""
        candidates = {key: _candidates(toponym, gazetteer) for toponym in toponyms for key in (_sense(toponym),)}
        context = _sure_context(toponyms, candidates, gazetteer, read_cues(document.lang).home)
        scored: dict[tuple[str, str, PlaceKind | None], list[Candidate]] = {}
        for sense, named in candidates.items():
            uses = [(i, toponym) for i, toponym in enumerate(toponyms) if _sense(toponym) == sense]
            scored[sense] = _score(sense, named, uses, toponyms, candidates, context, gazetteer)
        return tuple(self._mention(toponym, scored[_sense(toponym)], gazetteer) for toponym in toponyms)

    def _mention(self, toponym: Toponym, candidates: list[Candidate], gazetteer: Gazetteer) -> PlaceMention:
        place, why = _decide(candidates)
        if place is not None and toponym.bearing is not None:
            place = part_of(place, toponym.bearing, gazetteer)
        return PlaceMention(
            toponym.start,
            toponym.end,
            toponym.text,
            toponym.form,
            toponym.role,
            place,
            tuple(candidates[:KEPT_CANDIDATES]) if len(candidates) > 1 else (),
            "; ".join(filter(None, (toponym.why, why))),
            toponym.maker,
        )


def _sense(toponym: Toponym) -> tuple[str, str, PlaceKind | None]:
    """What is resolved once in an article: a name, with what a designator says of it."""
    return toponym.name, toponym.place_id, toponym.kind


def _candidates(toponym: Toponym, gazetteer: Gazetteer) -> tuple[NamedPlace, ...]:
    if toponym.place_id:
        try:
            return (NamedPlace(gazetteer.place(toponym.place_id), "name", 9.0),)
        except GazetteerError:
            return ()
    full = gazetteer.candidates(toponym.text) if toponym.kind is not None and toponym.form is Form.NAME else ()
    named = full if full and full[0].match != "skeleton" else gazetteer.candidates(toponym.name)
    return named[:MOST_CANDIDATES]


def _sure_context(
    toponyms: Sequence[Toponym],
    candidates: Mapping[tuple[str, str, PlaceKind | None], tuple[NamedPlace, ...]],
    gazetteer: Gazetteer,
    home: Sequence[str],
) -> _Context:
    """Countries, regions and towns that need no context: countries, and names with one prominent bearer."""
    context = _Context()
    for country in home:
        context.countries[country] += HOME / len(home)
    seen: Counter[str] = Counter()
    for toponym in toponyms:
        named = candidates[_sense(toponym)]
        if not named:
            continue
        top = named[0]
        if toponym.kind is PlaceKind.REGION:
            context.designated_regions.add(toponym.name)
        clear = (
            toponym.place_id
            or top.place.kind is PlaceKind.COUNTRY
            or len(named) == 1
            or top.prior - named[1].prior > 1.5
            or gazetteer.contains(named[0].place, named[1].place)
            or gazetteer.contains(named[1].place, named[0].place)
        )
        if not clear or (top.place.country is not None and len(named) > 1 and _is_country_and_region(named)):
            continue
        seen[top.place.id] += 1
        weight = 1.0 / seen[top.place.id] * (0.6 if toponym.form is Form.DERIVED else 1.0)
        if top.place.country:
            context.countries[top.place.country] += weight
        if top.place.kind is PlaceKind.REGION:
            context.regions.add(top.place.id)
        if top.place.kind in (PlaceKind.CITY, PlaceKind.REGION, PlaceKind.SITE):
            context.points[toponym.name] = top.place
    return context


def _is_country_and_region(named: Sequence[NamedPlace]) -> bool:
    """Whether a country shares its name with another country's region ("Georgia")."""
    return named[0].place.kind is PlaceKind.COUNTRY and any(
        other.place.kind is PlaceKind.REGION and other.place.country != named[0].place.country and other.match == "name"
        for other in named[1:4]
    )


def _score(
    sense: tuple[str, str, PlaceKind | None],
    named: tuple[NamedPlace, ...],
    uses: list[tuple[int, Toponym]],
    toponyms: Sequence[Toponym],
    candidates: Mapping[tuple[str, str, PlaceKind | None], tuple[NamedPlace, ...]],
    context: _Context,
    gazetteer: Gazetteer,
) -> list[Candidate]:
    """The candidates of one name, best first, with their score and the reasons for it."""
    name, _, kind = sense
    beside = [
        (candidates[_sense(neighbour)], contains) for i, _ in uses for neighbour, contains in _beside(i, toponyms)
    ]
    as_container = any(use.is_container for _, use in uses)
    borders = [border for _, use in uses for border in (use.borders,) if border]
    region_named_so = kind is None and name in context.designated_regions
    results: list[tuple[float, Candidate]] = []
    named = _as_designated(named, [use for _, use in uses], context)
    for entry in named:
        place, score = entry.place, entry.prior
        why: list[str] = []
        if len(named) > 1:
            share = context.share(place.country)
            if share:
                score += COUNTRY_OF_ARTICLE * share
                why.append(f"the article tells of {place.country}")
            if (
                place.region is not None
                and f"iso:{place.region}" in context.regions
                and place.kind is not PlaceKind.REGION
            ):
                score += REGION_OF_ARTICLE
                why.append("its region is named")
            near = _nearness(name, place, context)
            if near > 0.1:
                score += NEAR_OTHERS * near
                why.append("near other places of the article")
            for others, contains in beside:
                if contains and any(gazetteer.contains(other.place, place) for other in others[:5]):
                    score += CONTAINER_BESIDE
                    why.append("its container stands beside it")
                    break
            if as_container and any(
                gazetteer.contains(place, other.place)
                for others, contains in beside
                if not contains
                for other in others
            ):
                score += CONTAINED_BESIDE
                why.append("contains the place beside it")
            if borders:
                score += BORDER * max(_border_nearness(place, pair, gazetteer) for pair in borders)
                why.append("near the border that is named")
            score += _kind_score(entry, kind, region_named_so, as_container, named)
        results.append((score, Candidate(place, 0.0, "; ".join(why))))
    return _as_shares(results)


def _as_designated(named: tuple[NamedPlace, ...], uses: Sequence[Toponym], context: _Context) -> tuple[NamedPlace, ...]:
    """Without the towns, where the name has its designator in it: "Kent County" is no town called Kent.

    A town counts if the article names its region: then it is at least in the right part of the world.
    """
    kind = uses[0].kind
    if (
        kind is None
        or not uses[0].text.startswith(f"{uses[0].name} ")
        or any(entry.place.kind is kind for entry in named)
    ):
        return named
    return tuple(entry for entry in named if f"iso:{entry.place.region}" in context.regions)


def _kind_score(
    entry: NamedPlace, kind: PlaceKind | None, region_named_so: bool, as_container: bool, named: Sequence[NamedPlace]
) -> float:
    """How well a candidate's kind fits what the text calls it."""
    place = entry.place
    if kind is not None:
        return KIND_AS_DESIGNATED if place.kind is kind else KIND_OTHERWISE
    shorthand = region_named_so and all(
        other.place.population < METROPOLIS for other in named if other.place.kind is PlaceKind.CITY
    )
    if place.kind is PlaceKind.REGION:
        return REGION_NAMED_SO if shorthand else 0.0
    shared = any(o.place.kind is PlaceKind.REGION and o.place.country == place.country for o in named)
    return TOWN_BEFORE_REGION if place.kind is PlaceKind.CITY and shared and not shorthand and not as_container else 0.0


def _beside(i: int, toponyms: Sequence[Toponym]) -> list[tuple[Toponym, bool]]:
    """Toponyms that the text puts next to one, and whether they contain it."""
    beside = []
    if i + 1 < len(toponyms) and toponyms[i + 1].is_container:
        beside.append((toponyms[i + 1], True))
    if i and toponyms[i].is_container:
        beside.append((toponyms[i - 1], False))
    return beside


def _nearness(name: str, place: Place, context: _Context) -> float:
    """1 for a place beside another of the article, falling with distance; 0 from 500 km on."""
    near = [
        other
        for other_name, other in context.points.items()
        if other_name != name and abs(other.lat - place.lat) < NEAR_DEGREES
    ]
    return max((exp(-distance_km(place.lat, place.lon, other.lat, other.lon) / NEAR_KM) for other in near), default=0.0)


def _border_nearness(place: Place, border: tuple[str, ...], gazetteer: Gazetteer) -> float:
    """1 for a place on the border that the text names, falling with distance; 0 in other countries."""
    pair = border if len(border) > 1 else (*border, place.country or "")
    if place.country not in pair or gazetteer.border(pair[0], pair[1]) is None:
        return 0.0
    return exp(-gazetteer.distance_to_border(place, pair[0], pair[1]) / BORDER_KM)


def _as_shares(results: list[tuple[float, Candidate]]) -> list[Candidate]:
    """Scores as shares of one: each power of ten counts e squared (softmax at half a power)."""
    if not results:
        return []
    results.sort(key=lambda result: -result[0])
    best = results[0][0]
    weights = [exp(2 * (score - best)) for score, _ in results]
    total = sum(weights)
    return [
        Candidate(candidate.place, round(weight / total, 4), candidate.why)
        for weight, (_, candidate) in zip(weights, results, strict=True)
    ]


def _decide(candidates: list[Candidate]) -> tuple[Place | None, str]:
    """The place, or ``None`` and why not."""
    if not candidates:
        return None, "not in the gazetteer"
    best = candidates[0]
    if len(candidates) > 1:
        second = candidates[1]
        apart = distance_km(best.place.lat, best.place.lon, second.place.lat, second.place.lon)
        if second.score > best.score * exp(-2 * UNDECIDED) and apart > SAME_PLACE_KM:
            return None, f"could be {_described(best.place)} or {_described(second.place)}"
    return best.place, best.why


def _described(place: Place) -> str:
    return f"{place.name} ({', '.join(filter(None, (place.region, place.country)))})"
