"""What a language and the gazetteer together know of a word."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import log10

from extract import lexicon
from extract.places.cues import Cues, read_cues
from extract.places.derived import DerivedWords, read_derived
from geodata.gazetteer import Gazetteer, NamedPlace
from geodata.place import PlaceKind

PROMINENT = 4.5
"""Prior (powers of ten of inhabitants, see the gazetteer) from which a part of a word may count as a name."""

WELL_KNOWN = 5.3
"""Prior from which a name's genitive is common itself: "Berlins"."""

BETTER_KNOWN = 0.5
"""How much better known than the word as it stands: "Berlins" is a village's name too."""
SHORTEST_STEM = 4

WORD_AND_ALTERNATE = 0.2
"""What is left of the chance of a common word that is some town's other name: Topeka once called itself Google."""

CAPITAL = 0.9
"""How much more prominent than its inhabitants alone make it the gazetteer calls a national capital."""

LIKELY = 0.4
"""Chance of being a place from which a part of a word may count as a name."""

MOST_WORDS = 200_000
"""How many words a process remembers before it starts over."""

LONGEST_NAME = 60
"""Letters of the longest word that is remembered; longer ones are broken input."""

SHORTEST_HEAD, SHORTEST_TAIL = 2, 4
"""Letters of the shortest parts that a compound is taken for having."""

ABROAD_SLACK = 0.1
"""How much likelier: "Dark Souls" is no place in a German text either."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """One language's cues and derived words over a gazetteer.

    What was found out about a word is remembered: ``dull`` holds words that begin no name, ``plain``
    words that are one word, ``silent`` words that no place's name begins with or is made into, wherever
    they stand, ``impersonal`` those that are no first name or title, ``chances`` the chances that were asked for,
    ``strange`` whether a word is strange.
    """

    lang: str
    cues: Cues
    derived: DerivedWords
    gazetteer: Gazetteer
    dull: set[str] = field(default_factory=set)
    plain: set[str] = field(default_factory=set)
    silent: set[str] = field(default_factory=set)
    impersonal: set[str] = field(default_factory=set)
    chances: dict[str, float] = field(default_factory=dict)
    strange: dict[str, bool] = field(default_factory=dict)

    def spelt(self, name: str) -> tuple[NamedPlace, ...]:
        """The places of that spelling; other transliterations don't count."""
        places = self.gazetteer.candidates(name)
        return places if places and places[0].match != "skeleton" else ()

    def chance(self, name: str) -> float:
        """Chance (0-1) that the word is a place in this language rather than anything else."""
        chance = self.chances.get(name)
        if chance is None:
            if len(self.chances) >= MOST_WORDS:
                self.chances.clear()
            chance = self.chances[name] = self._chance(name)
        return chance

    def _chance(self, name: str) -> float:
        """As the gazetteer has it; for a foreign name not much likelier than in the language that news quotes most."""
        chance = self.gazetteer.name_chance(name, self.lang)
        places = self.gazetteer.candidates(name)
        if places and places[0].place.country not in self.cues.home:
            chance = min(chance, self.gazetteer.name_chance(name, lexicon.FALLBACK_LANGUAGE) + ABROAD_SLACK)
        if places and places[0].match == "alternate" and self.gazetteer.is_word(name, self.lang):
            chance *= WORD_AND_ALTERNATE
        return chance

    def ends_like_a_town(self, text: str) -> bool:
        """Whether the word ends as villages' names do, and is no compound: "Schwalheim", not "Altersheim"."""
        ending = next((ending for ending in self.cues.name_endings if text.endswith(ending)), "")
        if not ending or self.gazetteer.is_word(text, self.lang):
            return False
        head = text.removesuffix(ending)
        is_first_half = len(head) < SHORTEST_STEM or head in self.cues.name_beginnings
        return is_first_half or not self.gazetteer.is_word(head, self.lang)

    def is_strange(self, text: str) -> bool:
        """Whether the language has no such word, nor one that it could be a compound of: it may be a name."""
        strange = self.strange.get(text)
        if strange is None:
            if len(self.strange) >= MOST_WORDS:
                self.strange.clear()
            strange = self.strange[text] = self._is_strange(text)
        return strange

    def _is_strange(self, text: str) -> bool:
        is_word, lang = self.gazetteer.is_word, self.lang
        if is_word(text, lang) or any(is_word(text.removesuffix(ending), lang) for ending in self.derived.noun_endings):
            return False
        if not self.cues.nouns_have_capitals:
            return True  # nouns that are written together begin with small letters there
        return not any(is_word(text[i:], lang) for i in range(SHORTEST_HEAD, len(text) - SHORTEST_TAIL + 1))

    def is_prominent(self, name: str) -> bool:
        """Whether a part of a word may count as that name."""
        places = self.spelt(name)
        return bool(places) and places[0].prior >= PROMINENT and self.chance(name) > LIKELY

    def is_large(self, name: str) -> bool:
        """Whether the name is a country's, region's or macro-region's first: a part of the sky may stand before it."""
        places = self.spelt(name)
        return bool(places) and places[0].place.kind is not PlaceKind.CITY

    def stands_for_government(self, named: NamedPlace) -> bool:
        """Whether the name is used for whoever governs there: a country's, its capital's, the Kremlin's."""
        place = named.place
        if place.kind is PlaceKind.CITY:
            alternate = 1.0 if named.match == "alternate" else 0.0
            return named.prior + alternate > log10(place.population + 10) + CAPITAL
        return place.kind is PlaceKind.COUNTRY or bool(self.gazetteer.metonym(place))

    def without_case(self, text: str, places: tuple[NamedPlace, ...] = ()) -> str:
        """The name in the nominative if it is better known so than ``text`` as ``places``; else empty."""
        if not text.endswith(tuple(self.cues.case_endings)):
            return ""
        best, prior = "", places[0].prior + BETTER_KNOWN if places else 0.0
        for ending, instead in self.cues.case_endings.items():
            if not text.endswith(ending) or len(text) < len(ending) + SHORTEST_STEM:
                continue
            for other in instead:
                base = text[: len(text) - len(ending)] + other
                named = self.spelt(base)
                if not named or named[0].prior <= prior:
                    continue
                if named[0].prior < WELL_KNOWN and self.gazetteer.is_word(text, self.lang):
                    continue  # "Basis" is no Basi's
                best, prior = base, named[0].prior
        return best

    def nominative_of(self, adjective: str, noun: str) -> str:
        """A region's name of adjective and noun, in the nominative: "Курской области"; empty if it is none."""
        for ending, instead, nominative in self.cues.phrase_endings.get(noun, ()):
            if adjective.endswith(ending):
                name = f"{adjective[: len(adjective) - len(ending)]}{instead} {nominative}"
                if self.spelt(name):
                    return name
        return ""

    def remember_dull(self, word: str) -> None:
        """Remember that ``word``, which named nothing here, can't begin a name elsewhere either."""
        cues = self.cues
        if (
            word in cues.alias_after_comma
            or f"{word}." in cues.alias
            or word in self.derived.first_words
            or word in cues.abbreviations
            or word in cues.alias_phrases
            or self.gazetteer.begins_name(word)
        ):
            return
        if len(self.dull) >= MOST_WORDS:
            self.dull.clear()
        self.dull.add(word)

    def remember_plain(self, word: str) -> None:
        """Remember that ``word`` is one word, without a genitive's apostrophe, and ends at its last letter.

        As all words in small letters do, in which no name is looked for.
        """
        if len(self.plain) >= MOST_WORDS:
            self.plain.clear()
        self.plain.add(word)

    def remember_silent(self, word: str) -> None:
        """Remember that ``word``, a mark or in small letters, tells of no place by itself."""
        if len(self.silent) >= MOST_WORDS:
            self.silent.clear()
        self.silent.add(word)

    def remember_impersonal(self, words: set[str]) -> None:
        """Remember that ``words`` tell of no person, whatever stands beside them."""
        if len(self.impersonal) + len(words) > MOST_WORDS:
            self.impersonal.clear()
        self.impersonal.update(word for word in words if len(word) <= LONGEST_NAME)


def read_vocabulary(lang: str, gazetteer: Gazetteer) -> Vocabulary:
    """The vocabulary of a language; without cues where it has no lexicon."""
    return Vocabulary(lang, read_cues(lang), read_derived(lang), gazetteer)
