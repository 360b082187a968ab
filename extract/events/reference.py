"""Places by reference: "dort", "in der Stadt", "the capital"."""

from __future__ import annotations

from extract.annotation import PlaceMention, PlaceRole
from extract.document import Document
from extract.events.containment import finest
from extract.events.mention import Where
from extract.events.reading import SentenceReading
from extract.events.sites import Sites
from geodata.place import PlaceKind

ANAPHOR_KINDS = {
    "anaphor_city": frozenset({PlaceKind.CITY, PlaceKind.SITE}), "anaphor_country": frozenset({PlaceKind.COUNTRY}),
    "anaphor_region": frozenset({PlaceKind.REGION, PlaceKind.MACROREGION, PlaceKind.WATER}),
}
"""What "the city", "the country" and "the region" can stand for."""
BOTH_KINDS = {"anaphor_both_towns": ANAPHOR_KINDS["anaphor_city"],
              "anaphor_both_regions": ANAPHOR_KINDS["anaphor_region"]}
"""What "both cities" and "both provinces" can stand for."""
FOLLOWING = frozenset({"preposition", "coordinator", "finite", "past", "reporting", "temporal", "relative", "content",
                       "conditional", "article", "definite", "behind_noun"})
"""Classes of words that may stand behind a whole noun."""
TOWNS = ANAPHOR_KINDS["anaphor_city"]
ADJECTIVES = 2
"""How many adjectives stand between an article and its noun at most ("the besieged north-eastern city")."""
SMALL_TOWN = 200_000
"""Inhabitants of a place that is called a small town, a village or a municipality, at most."""


def by_reference(reading: SentenceReading, sites: Sites, document: Document, first: int = 0,
                 end: int | None = None) -> Where:
    """ "dort", "in der Stadt": the town that the article is about, or the place named last before.

    Looked for from token ``first`` to before ``end``, in the whole sentence if not told.
    """
    end = len(reading.tokens) if end is None else end
    if _is_elsewhere(reading):
        return Where((), "unresolved", "it is told of another place than before, without a name")
    both = _both(reading, first, end, sites)
    if both.mentions:
        return both
    words = [token for token in reading.where(first, end, "anaphor") if not _is_existential(reading, token)]
    whole = reading.where(first, end, "whole_country")
    nouns = [token for token in reading.where(first, end, "anaphor_noun")
             if _is_definite(reading, token) and not _modifies(reading, token) and not _names(reading, token)
             and not _is_negated(reading, token) and not _is_left(reading, token)]
    if not words and not nouns and not whole:
        return Where()
    at = (whole or words or nouns)[0]
    beside = sites.named_within(reading.sentence.start, reading.tokens[at].start) if words and not whole else []
    if beside:  # "Neighbouring Tanzania has also been hit: two people died there"
        return Where((beside[-1],), "anaphor", f"“{reading.tokens[at].text}” stands for “{beside[-1].text}”")
    heading = sites.heading(reading, document) if nouns and at == nouns[0] else None
    if heading is not None and kind_of(heading) in TOWNS and "anaphor_city" in reading.words[at].classes:
        return Where((heading,), "anaphor", f"“{reading.tokens[at].text}” is “{heading.text}”, which heads it")
    earlier = _referents(reading, at, sites)
    if not earlier:
        return Where()
    if not words and not whole and _means_town(reading, at, sites, document):
        assert sites.town is not None
        why = f"“{reading.tokens[at].text}” stands for “{sites.town.text}”, the town that the article is about"
        return Where((sites.town,), "anaphor", why)
    last = document.sentence_at(earlier[0].start)
    same = [place for place in earlier if last is not None and place.start >= last.start]
    if all(place.role is PlaceRole.DESTINATION for place in same):  # "Von hier gehen die Container nach Antwerpen."
        same = [place for place in earlier if place.role is not PlaceRole.DESTINATION][:1] or same
    place = finest(same)[0]
    return Where((place,), "anaphor", f"“{reading.tokens[at].text}” stands for “{place.text}”")


def _both(reading: SentenceReading, first: int, end: int, sites: Sites) -> Where:
    """ "in both cities": the two that were named last."""
    for name, kinds in BOTH_KINDS.items():
        if not reading.where(first, end, name):
            continue
        named: dict[str, PlaceMention] = {}
        for place in sites.before(reading.sentence.start):  # the nearest first
            if place.place is not None and place.place.kind in kinds:
                named.setdefault(place.place.id, place)
        if len(named) > 1:
            other, one = list(named.values())[:2]
            return Where((one, other), "anaphor", f"both are “{one.text}” and “{other.text}”")
    return Where()


def _referents(reading: SentenceReading, at: int, sites: Sites) -> list[PlaceMention]:
    """The places named before that a word can stand for, the likeliest first."""
    kinds = _kinds(reading, at)
    before = reading.sentence.start
    earlier = [place for place in sites.before(before, spoken=kinds is None)
               if kinds is None or kind_of(place) in kinds]
    named = [place for place in sites.named_before(before) if kinds is None or kind_of(place) in kinds]
    if kinds is not None and not earlier:  # "the country" may have been named as an actor only
        earlier = named
    if "anaphor_small" in reading.words[at].classes:
        earlier = [place for place in earlier if _is_small(place)]
    told = sites.country_told_of(before)
    if kinds == ANAPHOR_KINDS["anaphor_country"] and told is not None:
        return [place for place in named if place.place is not None and place.place.country == told]
    if "anaphor_capital" in reading.words[at].classes:  # no town of a country is larger, but in a few
        own = [place for place in named if place.place is not None and place.place.country == told]
        return sorted(own, key=lambda place: place.place.population if place.place else 0, reverse=True)[:1] or earlier
    return earlier


def _means_town(reading: SentenceReading, at: int, sites: Sites, document: Document) -> bool:
    """Whether "the city", "the scene" is where the article's main event was: its paragraph names no other town."""
    classes = reading.words[at].classes
    if sites.town is None or sites.town.start >= reading.sentence.start or "anaphor_capital" in classes:
        return False
    if "anaphor_scene" in classes:
        return True
    section = document.sections[reading.sentence.section]
    return "anaphor_city" in classes and not any(
        kind_of(place) in TOWNS and place.role is PlaceRole.SITE
        and (_is_small(place) or "anaphor_small" not in classes)
        for place in sites.before(reading.sentence.start) if place.start >= section.start
        and not sites.of_dateline(place))


def _is_small(place: PlaceMention) -> bool:
    return place.place is not None and place.place.population <= SMALL_TOWN


def _kinds(reading: SentenceReading, at: int) -> frozenset[PlaceKind] | None:
    if "whole_country" in reading.words[at].classes:
        return ANAPHOR_KINDS["anaphor_country"]
    return next((kinds for name, kinds in ANAPHOR_KINDS.items() if name in reading.words[at].classes), None)


def _is_negated(reading: SentenceReading, noun: int) -> bool:
    """ "den Ort nannte die Armee nicht": what is not told stands for nothing told before."""
    clause = reading.clauses[reading.clause_of(noun)]
    return noun - clause.first <= 1 and reading.within(noun, clause.last, "negation")


def _is_definite(reading: SentenceReading, noun: int) -> bool:
    """ "the city", "in der zerstörten Kleinstadt", "the West African nation": but not "the neighbouring country"."""
    for before in range(noun - 1, max(noun - 2 - ADJECTIVES, -1), -1):
        classes, text = reading.words[before].classes, reading.tokens[before].text
        if "definite" in classes:
            return True
        adjective = text[0].islower() or (text[0].isalpha() and "anaphor_country" in reading.words[noun].classes)
        if "elsewhere" in classes or "preposition" in classes or not adjective:
            return False
    return False


def _modifies(reading: SentenceReading, noun: int) -> bool:
    """ "the state capital", "the city council": where nouns have no capitals, the word goes with the noun behind it."""
    if noun + 1 >= len(reading.tokens) or not reading.tokens[noun].text.islower():
        return False
    word = reading.words[noun + 1]
    return reading.tokens[noun + 1].text.islower() and not word.forms and FOLLOWING.isdisjoint(word.classes)


def _is_elsewhere(reading: SentenceReading) -> bool:
    """ "in the neighbouring village", "im Nachbarland": some other place than those told of."""
    nouns = [*reading.classes.get("elsewhere_noun", ()),
             *(noun for noun in reading.classes.get("anaphor_noun", ()) if reading.within(noun - 1, noun, "elsewhere"))]
    return any(not _names(reading, noun) for noun in nouns)


def _is_left(reading: SentenceReading, noun: int) -> bool:
    """ "as he tried to leave the country", "das Land verlassen": nothing happens in what somebody leaves."""
    return reading.within(noun - 1 - ADJECTIVES, noun, "left_before") \
        or reading.within(noun + 1, noun + 2, "left_behind")


def _is_existential(reading: SentenceReading, token: int) -> bool:
    """ "There was no explosion": the word stands for no place."""
    following = reading.words[token + 1].classes if token + 1 < len(reading.words) else ()
    return "existential" in reading.words[token].classes and "being" in following


def kind_of(place: PlaceMention) -> PlaceKind | None:
    """The kind of a mention's place; ``None`` where it is resolved to none."""
    return place.place.kind if place.place is not None else None


def _names(reading: SentenceReading, noun: int) -> bool:
    """Whether a name follows ("die Stadt Goma", "the city of Goma"): then it refers to nothing before."""
    if noun + 1 >= len(reading.tokens):
        return False
    return reading.tokens[noun + 1].text[:1].isupper() or "of_name" in reading.words[noun + 1].classes
