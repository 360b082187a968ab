"""Toponym resolution: which of its namesakes a name means, by the whole article.

A container beside a name ("Paris, Texas") leaves only the candidates within it. Among the others each
one's score is in powers of ten of inhabitants, the unit of the gazetteer's prior: to lie in the country
that the whole article is about is worth as much as being 300 times larger. One name means one place in
an article (one sense per discourse; Gale et al. 1992), unless a designator parts region from town.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import pairwise
from math import exp
from operator import itemgetter

from extract.annotation import Candidate, Form, PlaceMention
from extract.document import Document
from extract.places.context import ArticleContext, Candidates, Sense, sense_of
from extract.places.cues import Cues, read_cues
from extract.places.parts import part_of
from extract.places.toponym import Toponym
from extract.places.unknown import place_unknown
from geodata.errors import GazetteerError
from geodata.gazetteer import Gazetteer, NamedPlace
from geodata.place import Place, PlaceKind, distance_km

KIND_AS_DESIGNATED = 3.0
KIND_OTHERWISE = -2.0
COUNTRY_OF_ARTICLE = 3.0
"""Times the share of the article's other names that are in the candidate's country."""
ALTERNATE = -1.5
"""An alternate name beside places that are called so first: "White House" is one of Casablanca's."""
REGION_OF_ARTICLE = 1.3
"""The region that contains it is named in the article."""
CONTAINS_OTHERS = 1.5
"""A region holds one, or two and more, of the article's other places: "Georgia" beside Atlanta and Savannah."""
LISTED_WITH_REGION = 1.5
"""It is a region, and one of its country stands beside it in a list: "Idaho and Wyoming"."""
LONGEST_JOINT = 7
"""Code points between two names of a list (", and ", " sowie ")."""
NEAR_OTHERS = 1.2
BORDER = 4.0
BORDER_KM = 100.0
"""Distance from the border that is named at which it has lost two thirds of its weight."""
TOWN_BEFORE_REGION = 1.0
"""A bare name that a region shares with a town in it is the town's ("Moskau"), if no other region is as well known:
Montana is more than a town in Bulgaria."""
REGION_NAMED_SO = 4.0
"""... unless the article says "Region Kursk": then "Kursk" is short for it, if no metropolis bears the name."""
METROPOLIS = 500_000
UNDECIDED = 0.25
"""Margin (powers of ten) below which two namesakes are left undecided, if they are in different places."""
SAME_PLACE_KM = 50.0
MOST_CANDIDATES = 150
"""There are 133 places called Santa Cruz, and one stands on the border that the text names."""
KEPT_CANDIDATES = 5
FIRST_CANDIDATES = 5
"""How many of a container's namesakes are tried: a name beside another means a well-known one."""
CERTAIN = 9.0
"""Prior of a place that the word itself decides."""


class ArticleResolver:
    """Resolves by the article: containment, its other places and their countries, distance, and size."""

    name = "dateline"

    def resolve(
        self, document: Document, toponyms: Sequence[Toponym], gazetteer: Gazetteer
    ) -> tuple[PlaceMention, ...]:
        """One mention a toponym. A name that can't be decided costs no other its place."""
        cues = read_cues(document.lang)
        senses = list(map(sense_of, toponyms))
        uses: defaultdict[Sense, list[int]] = defaultdict(list)
        for i, sense in enumerate(senses):
            uses[sense].append(i)
        looked_up = {sense: _candidates(toponyms[where[0]], cues, gazetteer) for sense, where in uses.items()}
        candidates = {
            sense: _within_container(sense, where, toponyms, looked_up, gazetteer) for sense, where in uses.items()
        }
        context = ArticleContext(toponyms, candidates, gazetteer, cues.home)
        listed = _listed_with_regions(document.text, toponyms, candidates, cues)
        scored = {
            sense: _score([toponyms[i] for i in where], candidates[sense], context, listed[sense], document.lang,
                          gazetteer)
            for sense, where in uses.items()
        }
        mentions = tuple([_mention(toponym, scored[sense], gazetteer)
                          for toponym, sense in zip(toponyms, senses, strict=True)])
        return place_unknown(toponyms, mentions)


def _listed_with_regions(
    text: str, toponyms: Sequence[Toponym], candidates: Candidates, cues: Cues
) -> defaultdict[Sense, set[str | None]]:
    """The countries of the regions that a name stands beside in a list."""
    listed: defaultdict[Sense, set[str | None]] = defaultdict(set)
    for one, other in pairwise(toponyms):
        joint = text[one.end : min(other.start, one.end + LONGEST_JOINT)].replace(",", " ").split()
        if other.start - one.end > LONGEST_JOINT or not cues.conjunctions.issuperset(joint):
            continue
        for left, right in ((one, other), (other, one)):
            named = candidates[sense_of(right)]
            if named and named[0].place.kind is PlaceKind.REGION:
                listed[sense_of(left)].add(named[0].place.country)
    return listed


def _mention(toponym: Toponym, candidates: list[Candidate], gazetteer: Gazetteer) -> PlaceMention:
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
        tuple(candidates) if len(candidates) > 1 else (),
        "; ".join(filter(None, (toponym.why, why))),
        toponym.maker,
    )


# --- candidates ------------------------------------------------------------------------------------------------------


def _candidates(toponym: Toponym, cues: Cues, gazetteer: Gazetteer) -> tuple[NamedPlace, ...]:
    """What the gazetteer has under the name, with its designator where it has one."""
    if toponym.place_id:
        try:
            return (NamedPlace(gazetteer.place(toponym.place_id), "name", CERTAIN),)
        except GazetteerError:
            return ()
    if toponym.designation and (designated := _designated(toponym, cues, gazetteer)):
        return designated
    if toponym.kind is not None and toponym.form is Form.NAME and toponym.text.startswith(f"{toponym.name} "):
        full = gazetteer.candidates(toponym.text)
        if full and full[0].match != "skeleton":
            return _with_namesakes(full, toponym, gazetteer)
        if toponym.text.rpartition(" ")[2] in cues.never_a_town:
            return tuple(named for named in gazetteer.candidates(toponym.name) if named.place.kind is toponym.kind)
    return gazetteer.candidates(toponym.name)[:MOST_CANDIDATES]


def _designated(toponym: Toponym, cues: Cues, gazetteer: Gazetteer) -> tuple[NamedPlace, ...]:
    """What bears the name with its designator: "Landkreis Göttingen", also in the genitive ("des Landkreises")."""
    designator, _, rest = toponym.designation.partition(" ")
    endings = ("", *(ending for ending in cues.designator_cases if designator.endswith(ending)))
    for ending in endings:
        full = gazetteer.candidates(f"{designator.removesuffix(ending)} {rest}")
        if full and full[0].place.kind is toponym.kind:
            of_kind = tuple(named for named in full if named.place.kind is toponym.kind)
            return _with_namesakes(of_kind, toponym, gazetteer)
    return ()


def _with_namesakes(full: tuple[NamedPlace, ...], toponym: Toponym, gazetteer: Gazetteer) -> tuple[NamedPlace, ...]:
    """What bears the name with its designator, and what of that kind bears it without (Karak is a governorate too)."""
    known = {named.place.id for named in full}
    others = (named for named in gazetteer.candidates(toponym.name)
              if named.place.kind is toponym.kind and named.place.id not in known)
    return (*full, *others)[:MOST_CANDIDATES]


def _within_container(
    sense: Sense, where: Sequence[int], toponyms: Sequence[Toponym], looked_up: Candidates, gazetteer: Gazetteer
) -> tuple[NamedPlace, ...]:
    """The candidates that fit the place beside the name, if any does: "Paris, Texas" leaves one of twenty."""
    named = looked_up[sense]
    if named and any(toponyms[i].names_building for i in where):
        return _where_building_stands(where, toponyms, looked_up, gazetteer)
    if len(named) < 2:
        return named
    for i in where:
        beside = [i + 1] if i + 1 < len(toponyms) and toponyms[i + 1].is_container else []
        beside += [i - 1] if i and toponyms[i - 1].holds_next else []
        for outer in beside:
            containers = looked_up[sense_of(toponyms[outer])][:FIRST_CANDIDATES]
            inside = tuple(
                entry for entry in named if any(gazetteer.contains(place.place, entry.place) for place in containers)
            )
            if inside:
                return inside
        if i and toponyms[i].is_container:
            contents = looked_up[sense_of(toponyms[i - 1])]
            outside = tuple(
                entry for entry in named if any(gazetteer.contains(entry.place, inner.place) for inner in contents)
            )
            if outside:
                return outside
    return named


def _where_building_stands(
    where: Sequence[int], toponyms: Sequence[Toponym], looked_up: Candidates, gazetteer: Gazetteer
) -> tuple[NamedPlace, ...]:
    """The candidates that the place can lie in which a building of that name stands in, or that lie in it.

    Where none does, the building is only called so: "the Hamburg restaurant in Osaka" is nowhere in Germany.
    """
    named = looked_up[sense_of(toponyms[where[0]])]
    for i in where:
        others = looked_up[sense_of(toponyms[i + 1])][:FIRST_CANDIDATES] if toponyms[i].names_building else ()
        if others:
            named = tuple(
                entry for entry in named if any(_is_around(entry.place, other.place, gazetteer) for other in others)
            )
    return named


def _is_around(place: Place, other: Place, gazetteer: Gazetteer) -> bool:
    apart = distance_km(place.lat, place.lon, other.lat, other.lon)
    return apart < SAME_PLACE_KM or gazetteer.contains(place, other) or gazetteer.contains(other, place)


# --- scores ----------------------------------------------------------------------------------------------------------


def _score(
    uses: Sequence[Toponym], named: tuple[NamedPlace, ...], context: ArticleContext, listed: Collection[str | None],
    lang: str, gazetteer: Gazetteer
) -> list[Candidate]:
    """The candidates of one name, best first, with their shares and the reasons for them.

    ``listed`` are the countries of the regions that it stands beside.
    """
    spelt = uses[0].name
    named = tuple(entry for entry in named
                  if entry.match != "skeleton" or not context.is_abroad(entry.place.country, spelt))
    if len(named) == 1:
        return [Candidate(named[0].place, 1.0, "")]
    name, kind = uses[0].name, uses[0].kind
    borders = [use.borders for use in uses if use.borders]
    shorthand = (
        kind is None
        and name in context.designated_regions
        and all(entry.place.population < METROPOLIS for entry in named if entry.place.kind is PlaceKind.CITY)
    )
    first_names = any(entry.match == "name" for entry in named)
    regions = [entry for entry in named if entry.place.kind is PlaceKind.REGION]
    results: list[tuple[float, Place, str]] = []
    for entry in named:
        place, score = entry.place, entry.prior
        why: list[str] = []
        score += ALTERNATE if first_names and entry.match != "name" else 0.0
        share = context.share(place.country, name)
        near = context.nearness(place, name)
        score += COUNTRY_OF_ARTICLE * share + NEAR_OTHERS * near
        if share > 0.1:
            why.append(f"the article tells of {place.country}")
        if context.names_region_of(place, name):
            score += REGION_OF_ARTICLE
            why.append("its region is named")
        if near > 0.1:
            why.append("near other places of the article")
        if place.kind is PlaceKind.REGION and place.country in listed:
            score += LISTED_WITH_REGION
            why.append("beside another region of its country")
        if place.kind is PlaceKind.REGION and (inside := context.contained(place, name, gazetteer)):
            score += CONTAINS_OTHERS * min(inside, 2)
            why.append("other places of the article lie in it")
        at_border = max([_border_nearness(place, pair, gazetteer) for pair in borders]) if borders else 0.0
        if at_border > 0.1:
            score += BORDER * at_border
            why.append(f"near the border of {' and '.join(borders[0])} that is named")
        score += _kind_score(entry, kind, shorthand, lang, regions, gazetteer)
        results.append((score, place, "; ".join(why)))
    return _as_shares(results)


def _kind_score(
    entry: NamedPlace,
    kind: PlaceKind | None,
    shorthand: bool,
    lang: str,
    regions: Sequence[NamedPlace],
    gazetteer: Gazetteer,
) -> float:
    """How well a candidate's kind fits what the text calls it; ``regions`` bear the same name."""
    place = entry.place
    if kind is not None:
        return KIND_AS_DESIGNATED if place.kind is kind else KIND_OTHERWISE
    if place.kind is PlaceKind.REGION:
        return REGION_NAMED_SO if shorthand else 0.0
    if place.kind is not PlaceKind.CITY or shorthand:
        return 0.0
    own_name = not place.names or entry.match == "name"
    own = [region for region in regions if gazetteer.contains(region.place, place)] if own_name else []
    rival = any(region.prior > entry.prior - UNDECIDED and region not in own for region in regions)
    called = own and _is_called(place, [region.place for region in regions], lang)
    return TOWN_BEFORE_REGION if called and not rival else 0.0


def _is_called(place: Place, regions: Sequence[Place], lang: str) -> bool:
    """Not so for towns that the language calls otherwise beside their region: "Quebec City"."""
    return not any(
        f"{region.name_in(lang)} " in f"{place.name_in(lang)} " and region.name_in(lang) != place.name_in(lang)
        for region in regions
    )


def _border_nearness(place: Place, border: tuple[str, ...], gazetteer: Gazetteer) -> float:
    """1 for a place on the border that the text names, falling with distance; 0 in other countries."""
    pair = border if len(border) > 1 else (*border, place.country or "")
    if place.country not in pair or gazetteer.border(pair[0], pair[1]) is None:
        return 0.0
    return exp(-gazetteer.distance_to_border(place, pair[0], pair[1]) / BORDER_KM)


def _as_shares(results: list[tuple[float, Place, str]]) -> list[Candidate]:
    """The best candidates, scores as shares of one: each power of ten counts e squared (softmax at half a power)."""
    if not results:
        return []
    results.sort(key=itemgetter(0), reverse=True)
    best = results[0][0]
    weights = [exp(2 * (score - best)) for score, *_ in results]
    total = sum(weights)
    return [
        Candidate(place, round(weight / total, 4), why)
        for weight, (_, place, why) in zip(weights[:KEPT_CANDIDATES], results[:KEPT_CANDIDATES], strict=True)
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
    if len(candidates) == 1:
        return best.place, "the only place of that name"
    return best.place, best.why or "the most prominent place of that name"


def _described(place: Place) -> str:
    return f"{place.name} ({', '.join(filter(None, (place.region, place.country)))})"
