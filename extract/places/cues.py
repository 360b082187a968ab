"""The words around a name that tell what it is, read from a language's lexicon once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from extract import lexicon
from extract.annotation import PlaceRole
from geodata.place import PlaceKind

SHARED = "_shared"
"""The lexicon folder of what belongs to no language: first names."""


@dataclass(frozen=True, slots=True)
class Cues:
    """One language's cues; see the comments in ``extract/lexicon/<language>/places.toml``.

    ``role`` maps a preposition, or two or three words, to what the place after it is;
    ``role_links`` are the last words of those of several words.
    ``organisations`` end the names of armed groups and parties, ``parts_of_town`` tell a part of a town;
    ``case_endings`` are a name's endings in its cases, longest first, and what it may have instead;
    ``dative_prepositions`` stand before none in the genitive;
    ``phrase_endings`` those of an adjective and its noun, by that noun.
    ``alias_phrases`` are the aliases of several words by their first, ``alias_openings`` what any alias opens with.
    ``designator_links`` are the last words of designators of two words ("village of").
    ``within`` are the prepositions of a container; ``away_units`` the km of units of distance, ``away_links`` what
    stands behind the direction ("40 km north of"); ``site_endings`` end full names of sites in small letters,
    ``called_in_small`` are designators that make a name of any word before them.
    ``designator_nouns`` are all words of those of two.
    ``announcing`` are all the words behind which an unknown name may be believed.
    ``designator_before`` and ``designator_after`` map a word to the kind of place it announces.
    """

    place_prepositions: frozenset[str]
    sure_prepositions: frozenset[str]
    weak_prepositions: frozenset[str]
    near_adjectives: frozenset[str]
    determiners: frozenset[str]
    role: Mapping[str, PlaceRole]
    role_links: frozenset[str]
    site_after_noun: frozenset[str]
    site_after_noun_prepositions: frozenset[str]
    site_with_genitive: frozenset[str]
    landmark_with_genitive: frozenset[str]
    object_verbs: frozenset[str]
    object_verbs_behind: frozenset[str]
    leaving_verbs: frozenset[str]
    links: frozenset[str]
    links_need: frozenset[str]
    abstract_nouns: frozenset[str]
    routes: frozenset[str]
    roads: frozenset[str]
    linking: frozenset[str]
    linked_with: frozenset[str]
    locating: frozenset[str]
    locating_links: frozenset[str]
    acting_verbs: frozenset[str]
    topic_marks: frozenset[str]
    conjunctions: frozenset[str]
    designator_before: Mapping[str, PlaceKind]
    designator_links: frozenset[str]
    designator_nouns: frozenset[str]
    designator_cases: tuple[str, ...]
    designator_endings: tuple[tuple[str, PlaceKind], ...]
    designator_after: Mapping[str, PlaceKind]
    within: frozenset[str]
    away_units: Mapping[str, float]
    away_directions: Mapping[str, int]
    away_links: frozenset[str]
    site_endings: frozenset[str]
    called_in_small: frozenset[str]
    direction: Mapping[str, int]
    direction_of_place: frozenset[str]
    direction_of_country: tuple[tuple[str, ...], ...]
    direction_parts: frozenset[str]
    direction_country_parts: frozenset[str]
    direction_country_before: frozenset[str]
    country_endings: tuple[str, ...]
    place_nouns: frozenset[str]
    place_noun_endings: tuple[str, ...]
    coasts: tuple[str, ...]
    coast_prepositions: frozenset[str]
    border: frozenset[str]
    border_links: frozenset[str]
    border_prepositions: frozenset[str]
    border_bearers: frozenset[str]
    border_areas: frozenset[str]
    part_of_town: frozenset[str]
    never: frozenset[str]
    between: frozenset[str]
    function_words: frozenset[str]
    name_particles: frozenset[str]
    agencies: frozenset[str]
    ordinary: frozenset[str]
    never_a_town: frozenset[str]
    institutions: frozenset[str]
    name_endings: tuple[str, ...]
    name_beginnings: frozenset[str]
    designator_of_unknown: frozenset[str]
    announcing: frozenset[str]
    site_for_towns: frozenset[str]
    site_unless_acting: frozenset[str]
    site_at_waters: frozenset[str]
    genitive_endings: tuple[str, ...]
    case_endings: Mapping[str, tuple[str, ...]]
    dative_prepositions: frozenset[str]
    phrase_endings: Mapping[str, tuple[tuple[str, str, str], ...]]
    abbreviations: frozenset[str]
    alias: Mapping[str, str]
    alias_after_comma: Mapping[str, str]
    alias_phrases: Mapping[str, tuple[tuple[str, ...], ...]]
    alias_openings: frozenset[str]
    no_places: frozenset[str]
    firms: frozenset[str]
    named_after: frozenset[str]
    named_before: frozenset[str]
    title_quotes: frozenset[str]
    titles: frozenset[str]
    organisations: frozenset[str]
    parts_of_town: frozenset[str]
    title_endings: tuple[str, ...]
    credits: frozenset[str]
    first_names: frozenset[str]
    first_or_place: frozenset[str]
    nouns_have_capitals: bool
    home: tuple[str, ...]
    bearers: frozenset[str]
    hyphened: Mapping[str, PlaceRole]
    groups: Mapping[str, tuple[tuple[str, ...], ...]]
    group_openings: frozenset[str]
    saints: frozenset[str]
    built_for_saints: frozenset[str]
    within_saints_names: frozenset[str]

    def is_place_noun(self, lower: str) -> bool:
        """Whether a word, in small letters, is a kind of place: "hospital", "Berufsschule"."""
        return lower in self.place_nouns or lower.endswith(self.place_noun_endings)


@cache
def read_cues(lang: str) -> Cues:
    """The cues of a language; all empty but the first names where it has no ``places.toml``."""
    places, names = lexicon.read(lang, "places"), lexicon.read(lang, "names")
    shared = lexicon.read(SHARED, "names")
    not_a_place: Mapping[str, Any] = places.get("not_a_place", {})
    direction = places.get("direction_of", {})
    context = places.get("context", {})
    adjective_places: Mapping[str, Any] = places.get("adjective_places", {})
    return Cues(
        place_prepositions=_words(places.get("place_prepositions", ())),
        sure_prepositions=_words(places.get("sure_prepositions", ())),
        weak_prepositions=_words(places.get("weak_prepositions", ())),
        near_adjectives=frozenset(places.get("near_adjectives", ())),
        determiners=_words(places.get("determiners", ())),
        role={word: PlaceRole(role) for role, words in places.get("role", {}).items() for word in words},
        role_links=_last_words(places.get("role", {})),
        site_after_noun=frozenset(context.get("site_after_noun", ())),
        site_after_noun_prepositions=frozenset(context.get("site_after_noun_prepositions", ())),
        site_with_genitive=frozenset(context.get("site_with_genitive", ())),
        landmark_with_genitive=frozenset(context.get("landmark_with_genitive", ())),
        object_verbs=_words(context.get("object_verbs", ())),
        object_verbs_behind=frozenset(context.get("object_verbs_behind", ())),
        leaving_verbs=_words(context.get("leaving_verbs", ())),
        links=frozenset(context.get("links", ())),
        links_need=_words(context.get("links_need", ())),
        abstract_nouns=frozenset(context.get("abstract_nouns", ())),
        routes=frozenset((*context.get("roads", ()), *context.get("routes", ()))),
        roads=frozenset(context.get("roads", ())),
        linking=frozenset(context.get("linking", ())),
        linked_with=frozenset(context.get("linked_with", ())),
        locating=frozenset(context.get("locating", ())),
        locating_links=frozenset(context.get("locating_links", ())),
        acting_verbs=frozenset(context.get("acting_verbs", ())),
        topic_marks=frozenset(context.get("topic_marks", ())),
        conjunctions=frozenset(places.get("conjunctions", ())),
        designator_before=_kinds(places.get("designator_before", {})),
        designator_nouns=frozenset(
            word for group in places.get("designator_before", {}).values() for name in group
            if " " in name for word in name.split()),
        designator_cases=tuple(places.get("designator_cases", ())),
        designator_links=_last_words(places.get("designator_before", {})),
        designator_endings=tuple(_kinds(places.get("designator_endings", {})).items()),
        designator_after=_kinds(places.get("designator_after", {})),
        within=frozenset(places.get("within", ())),
        away_units=places.get("away", {}).get("units", {}),
        away_directions={**places.get("direction_noun", {}), **places.get("away", {}).get("directions", {})},
        away_links=frozenset(places.get("away", {}).get("links", ())),
        called_in_small=frozenset(places.get("called_in_small", ())),
        site_endings=frozenset(places.get("site_endings", ())),
        direction=places.get("direction_noun", {}),
        direction_of_place=frozenset(direction.get("of_place", ())),
        direction_of_country=tuple(tuple(phrase.split()) for phrase in direction.get("of_country", ())),
        direction_parts=_words((*direction.get("parts", ()), *direction.get("country_parts", ()))),
        direction_country_parts=frozenset(direction.get("country_parts", ())),
        direction_country_before=frozenset(direction.get("country_before", ())),
        country_endings=tuple(direction.get("country_endings", ())),
        place_nouns=frozenset(adjective_places.get("nouns", ())),
        place_noun_endings=tuple(adjective_places.get("endings", ())),
        coasts=tuple(adjective_places.get("coasts", ())),
        coast_prepositions=frozenset(adjective_places.get("coast_prepositions", ())),
        border=frozenset(places.get("border", {}).get("nouns", ())),
        border_links=frozenset(places.get("border", {}).get("links", ())),
        border_prepositions=frozenset(places.get("border", {}).get("prepositions", ())),
        border_areas=frozenset(places.get("border", {}).get("areas", ())),
        border_bearers=frozenset(places.get("border", {}).get("bearers", ())),
        part_of_town=frozenset(places.get("part_of_town", ())),
        never=frozenset(places.get("never", ())),
        never_a_town=frozenset(places.get("never_a_town", ())),
        function_words=frozenset(lexicon.read(lang, "language").get("function_words", ())),
        name_particles=frozenset(not_a_place.get("name_particles", ())),
        between=frozenset(places.get("between", ())),
        agencies=frozenset(not_a_place.get("agencies", ())),
        ordinary=frozenset(places.get("ordinary", ())),
        institutions=frozenset(places.get("institutions", ())),
        name_beginnings=frozenset(places.get("name_beginnings", ())),
        name_endings=tuple(places.get("name_endings", ())),
        designator_of_unknown=frozenset(places.get("designator_of_unknown", ())),
        announcing=frozenset().union(
            places.get("designator_of_unknown", ()), _last_words(places.get("designator_before", {})),
            places.get("conjunctions", ()), _words(places.get("place_prepositions", ())),
            _words(places.get("sure_prepositions", ()))),
        site_for_towns=frozenset(context.get("site_for_towns", ())),
        site_at_waters=frozenset(context.get("site_at_waters", ())),
        site_unless_acting=frozenset(context.get("site_unless_acting", ())),
        case_endings=_case_endings(places),
        dative_prepositions=frozenset(places.get("dative_prepositions", ())),
        phrase_endings=_phrase_endings(places.get("phrase_endings", {})),
        genitive_endings=tuple(places.get("genitive_endings", ())),
        abbreviations=frozenset(places.get("abbreviations", ())),
        alias=places.get("alias", {}),
        alias_after_comma=places.get("alias_after_comma", {}),
        alias_phrases=_phrases(places.get("alias", {})),
        alias_openings=frozenset(
            opening for alias in (*places.get("alias", ()), *places.get("alias_after_comma", ()))
            for opening in (alias, alias.split()[0], alias.removesuffix("."))),
        no_places=frozenset(not_a_place.get("names", ())),
        firms=frozenset(not_a_place.get("firm_after", ())),
        named_after=_ending_with("_after", not_a_place),
        named_before=_ending_with("_before", not_a_place),
        title_quotes=frozenset(not_a_place.get("title_quotes", ())),
        titles=frozenset(names.get("titles", ())),
        organisations=frozenset(context.get("organisations", ())),
        parts_of_town=frozenset(context.get("parts_of_town", ())),
        title_endings=tuple(names.get("title_endings", ())),
        credits=frozenset(names.get("credits", ())),
        first_names=frozenset(shared.get("first_names", "").split()),
        first_or_place=frozenset(shared.get("first_or_place", "").split()),
        nouns_have_capitals=bool(places.get("nouns_have_capitals", False)),
        home=tuple(places.get("home", ())),
        bearers=frozenset(places.get("bearers", ())),
        hyphened={word: PlaceRole(role) for role, words in places.get("hyphened", {}).items() for word in words},
        groups=_phrases(map(str.lower, not_a_place.get("groups", ()))),
        group_openings=_spellings(name.split()[0] for name in not_a_place.get("groups", ())),
        saints=frozenset(not_a_place.get("saints", ())),
        built_for_saints=frozenset(not_a_place.get("built_for_saints", ())),
        within_saints_names=frozenset(not_a_place.get("within_saints_names", ())),
    )


def _words(words: Iterable[str]) -> frozenset[str]:
    """The words as given and with a capital: they may open a sentence."""
    return frozenset(form for word in words for form in (word, word[:1].upper() + word[1:]))


def _spellings(words: Iterable[str]) -> frozenset[str]:
    """The words in small letters, with a capital, in capitals, and as names are written: "al-Qaeda", "Al-Qaeda"."""
    return frozenset(form for word in words for form in (
        word, word.lower(), word.capitalize(), word.upper(), word.title(), word[:1].upper() + word[1:]))


def _case_endings(places: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    endings = dict.fromkeys(places.get("genitive_endings", ()), ("",))
    endings |= {ending: tuple(instead) for ending, instead in places.get("case_endings", {}).items()}
    return dict(sorted(endings.items(), key=lambda item: -len(item[0])))


def _phrase_endings(endings: Mapping[str, str]) -> dict[str, tuple[tuple[str, str, str], ...]]:
    """By the noun: the adjective's ending, and what adjective and noun have instead."""
    phrases: dict[str, tuple[tuple[str, str, str], ...]] = {}
    for inflected, plain in endings.items():
        ending, noun = inflected.split()
        instead, nominative = plain.split()
        phrases[noun] = (*phrases.get(noun, ()), (ending, instead, nominative))
    return phrases


def _last_words(groups: Mapping[str, Iterable[str]]) -> frozenset[str]:
    return frozenset(name.split()[-1] for names in groups.values() for name in names if " " in name)


def _phrases(names: Iterable[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Those of several words, by their first word, longest first."""
    phrases: dict[str, tuple[tuple[str, ...], ...]] = {}
    for name in sorted(names, key=len, reverse=True):
        first, *rest = name.split()
        if rest:
            phrases[first] = (*phrases.get(first, ()), tuple(rest))
    return phrases


def _kinds(groups: Mapping[str, Iterable[str]]) -> dict[str, PlaceKind]:
    return {word: PlaceKind(kind) for kind, words in groups.items() for word in words}


def _ending_with(ending: str, groups: Mapping[str, Iterable[str]]) -> frozenset[str]:
    return frozenset(word for group, words in groups.items() if group.endswith(ending) for word in words)
