"""Is this span a place here? Evidence for and against, added up as log-odds (natural logarithm).

The weights are orders of magnitude set by judgement, not fitted: a bare name after "in" (+2.5) outweighs
an even chance, a first name before it (-8) outweighs everything but a whole country's prominence.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import log

from extract.annotation import Form
from extract.places.called_after import is_called_after, is_title
from extract.places.cues import Cues
from extract.places.people import People
from extract.places.spot import Spot
from extract.places.spots import OWN_REGIONS, SHORTEST_ALL_CAPITALS
from extract.places.vocabulary import PROMINENT, SHORTEST_STEM, Vocabulary
from extract.places.words import Words
from geodata.gazetteer import Gazetteer
from geodata.place import PlaceKind

IN_ITS_COUNTRY = 3.0
"""A country's adjective, behind a preposition of place, before a name that a place of that country bears."""
AFTER_PREPOSITION = 2.5
AFTER_WEAK_PREPOSITION = 0.4
DESIGNATED = 3.0
CONTAINED = 3.0
"""A container follows: "Paris, Texas"."""
AT_BORDER = 2.0
"""A border follows: "Pembe nahe der Grenze zu Sambia"."""
LONGEST_LINK = 5
"""Words between a place and the one that holds it at most: ", in the northern province of"."""
BORDER_REACH = 6
"""How many words behind a name a border may be named: "nahe der russisch-chinesischen Grenze"."""
DATELINE = 2.0
PART_OF_TOWN = 1.5
"""Only towns have parts: "Achim-Ost", "Berlin-Mitte"."""
WITH_ARTICLE = -3.5
"""Towns have no article: "die Front"."""
NAMED_PERSON = -8.0
TITLED_PERSON = -4.0
SURNAME = -4.0
"""The article has named a person so: one sense per discourse, again."""
CALLED_AFTER = -7.0
"""A paper, club, unit, street or firm called after the place: it isn't there."""
IN_QUOTES = -4.0
WITHIN_LONGER_NAME = -1.6
OPENS_LONGER_NAME = -0.8
UNKNOWN_BEHIND = -2.5
"""A small place's name with a capital behind it that is no word: "Mai Mahiu" is no part of Mai."""
ALSO_IN_SMALL_LETTERS = -3.0
BEHIND_NOUN = -0.8
"""Where nouns have capitals: a noun that announces no place, right before a town's name: "Hochschule Coburg"."""
GENITIVE = 1.0
"""Only names have a genitive without an article: "die Häfen Tarragonas"."""
BEHIND_STRANGE = -2.0
"""A word that no dictionary explains, right before a town's name, is a first name or a firm: "Hidetaka Sakai"."""
PARTICLE = -2.5
CAPITAL_OF_FUNCTION_WORD = 3.0
"""Within a sentence "Oder" can only be the river."""
BEHIND_ACRONYM = -2.5
"""A club, firm or institute: "THW Kiel"."""
BEHIND_NUMBER = -1.5
"""A count or a date: "150 Kitas", "23. März" """
POSTAL_CODE = 2.0
FIRST_NAME_ALONE = -1.5
OPENS_SENTENCE = -0.7
"""Every word has a capital there."""


SURE = 3.0
"""From this score on a use of a name speaks for its other uses."""
BY_ALTERNATE_NAME = -1.0
"""Alternate names are names in all languages and times: "Boni" was Bonn's."""
LEAST_CHANCE, MOST_CHANCE = 0.018, 0.73
"""A word's chance counts from -4 to 1: context can overrule "never", and "always" still wants a place of some size."""
NO_WORD = 0.3
"""The least chance of a name behind "in" that is no word: in the news, small places are named often for a while."""
SKELETON_CHANCE = 0.3
"""Of a name that the gazetteer has in another transliteration only."""
ACCEPTED = -0.2
"""A little below even odds: the context that would decide is often in the sentence before."""
ORDINARY = 0.1
"""Chance of a word that the lexicon calls ordinary."""
SIZE_WEIGHT = 0.7
USUAL_SIZE = 4.6
"""Prior (powers of ten of inhabitants) at which a town's size speaks neither for nor against it."""
POSTAL_DIGITS = 5
ACRONYM = 4
LARGER_KINDS = (PlaceKind.COUNTRY, PlaceKind.MACROREGION, PlaceKind.WATER, PlaceKind.REGION, PlaceKind.SITE)


def weigh(spot: Spot, words: Words, vocabulary: Vocabulary, people: People, small_letters: frozenset[str]) -> None:
    """Give ``spot`` its score and the reasons for it."""
    cues = vocabulary.cues
    if spot.form is Form.DERIVED:
        _weigh_derived(spot, words, cues, people)
        return
    if not spot.name:
        spot.score = SURE
        return
    score = _prior(spot, vocabulary)
    top = spot.top
    spot.acts = _may_act(spot.place_id, vocabulary) if top is None else vocabulary.stands_for_government(top)
    texts, first, last = words.texts, spot.first, spot.last
    before = texts[first - 1] if first else ""
    after = texts[last] if last < len(texts) else ""
    large = (top is not None and top.place.kind in LARGER_KINDS) or bool(spot.place_id)

    def note(weight: float, why: str) -> float:
        spot.why.append(why)
        return weight

    designator = designator_before(texts, first, cues)
    if designator is not None:
        if not (spot.genitive and cues.nouns_have_capitals):  # "Gebieten Russlands" are not called Russland
            spot.kind = spot.kind or designator
        score += note(DESIGNATED, f"'{before}' before it")
    elif spot.kind is not None:
        score += DESIGNATED
    introduced = texts[first - 2] if first > 1 and before in cues.near_adjectives else before
    if introduced in cues.place_prepositions:
        score += note(AFTER_PREPOSITION, f"'{introduced}' before it")
        spot.within = introduced in cues.sure_prepositions
        if introduced in cues.sure_prepositions and _is_only_a_name(spot, after, vocabulary):
            score += note(_as_only_a_name(spot, vocabulary), "no other word")
    elif before in cues.weak_prepositions:
        score += AFTER_WEAK_PREPOSITION
    elif before in cues.determiners and not large and spot.kind is None:
        adjunct = not cues.nouns_have_capitals and (
            after in cues.institutions or (after[:1].islower() and after not in cues.place_prepositions)
        )
        score += note(WITH_ARTICLE / 3 if adjunct else WITH_ARTICLE, f"'{before}' before it")
    if first > 1 and not large and _is_in_its_country(spot, before, texts[max(first - 3, 0) : first - 1], vocabulary):
        score += note(IN_ITS_COUNTRY, f"'{before}' before it, and it is there")
        if _is_only_a_name(spot, after, vocabulary):
            score += note(_as_only_a_name(spot, vocabulary), "no other word")
    if words.indices[first] in people.named:
        score += note(NAMED_PERSON, "part of a person's name")
    elif words.indices[first] in people.titled:
        score += note(TITLED_PERSON, "behind a title")
    elif spot.name in people.surnames:
        score += note(SURNAME, "a surname in this article")
    if spot.part:
        score += note(PART_OF_TOWN, "a part of a town")
    elif spot.name in cues.first_names and not large:
        score += note(FIRST_NAME_ALONE, "a first name")
    if (
        not spot.genitive
        and spot.name in cues.first_or_place
        and after not in cues.institutions
        and _is_surname(after, cues)
        and before not in cues.place_prepositions
    ):
        score += note(NAMED_PERSON, "a first name with a surname behind it")
    if is_called_after(spot, texts, vocabulary):
        score += note(CALLED_AFTER, "something called after it")
    if before in cues.title_quotes and is_title(texts, last, cues):
        score += note(IN_QUOTES, "a title in quotation marks")
    if before in cues.name_particles and not large:
        score += note(PARTICLE, "part of a person's name")
    if cues.nouns_have_capitals:
        if large and first > 0 and spot.name.lower() in cues.function_words and before.isalpha():
            score += note(CAPITAL_OF_FUNCTION_WORD, "a capital within the sentence")
        score += _behind(before, first, large or designator is not None, spot.genitive, texts, vocabulary)
    else:
        score += _longer_name(before, after, first, cues)
        if first > 1 and before[:1].isupper() and before.isalpha() and cues.is_place_noun(texts[first].lower()):
            score += note(CALLED_AFTER, "the end of a longer name")  # "the Mid North Coast"
        if top is not None and top.place.kind is PlaceKind.WATER and first and _begins_longer_name(before, cues):
            score += note(CALLED_AFTER, "something called after it")  # "Virgin Atlantic", "told The Atlantic"
        if spot.name.lower() in small_letters and spot.last - spot.first == 1:
            score += note(ALSO_IN_SMALL_LETTERS, "also written in small letters here")
    if first == 0:
        if _opens_dateline(texts, last) or (texts[0].isupper() and len(texts[0]) >= SHORTEST_ALL_CAPITALS):
            score += note(DATELINE, "opens a dateline")
        elif not large and not cues.nouns_have_capitals:
            score += OPENS_SENTENCE
    spot.surname = first > 1 and not large and spot.kind is None and _may_be_first_name(before, vocabulary)
    if top is not None and not large and top.prior < PROMINENT and not spot.genitive and _goes_on(after, vocabulary):
        score += note(UNKNOWN_BEHIND - (DESIGNATED if designator is not None else 0.0), f"'{after}' behind it")
    if before not in cues.determiners and border_behind(texts, last, cues) is not None:
        score += note(AT_BORDER, "a border named behind it")
    if _container_follows(spot, texts, cues, vocabulary.gazetteer):
        score += note(CONTAINED, "its container behind it")
    spot.score = score


def _may_act(place_id: str, vocabulary: Vocabulary) -> bool:
    """Whether a short name stands for a power: all do but those of a region or water that has no code of its own."""
    if not place_id.startswith(OWN_REGIONS):
        return bool(place_id)
    return vocabulary.gazetteer.place(place_id).kind is PlaceKind.SITE


def _weigh_derived(spot: Spot, words: Words, cues: Cues, people: People) -> None:
    """Adjectives and demonyms are sure; a town's adjective could be a surname."""
    spot.score = 1.0
    in_person = any(index in people.named or index in people.titled for index in words.indices[spot.first : spot.last])
    if in_person and spot.of_town:
        spot.score = NAMED_PERSON
    after = words.texts[spot.last] if spot.last < len(words.texts) else ""
    if spot.of_town and (after in cues.named_after or not after[:1].isupper() or spot.name in people.surnames):
        spot.score = CALLED_AFTER


def _prior(spot: Spot, vocabulary: Vocabulary) -> float:
    """What the name alone says: its chance of being a place, and how prominent the place is."""
    if spot.place_id:
        return 4.0
    top = spot.top
    if top is None:
        return -1.0
    if spot.name in vocabulary.cues.ordinary:
        return log(ORDINARY / (1 - ORDINARY)) + SIZE_WEIGHT * min(1.0, top.prior - USUAL_SIZE)
    odds = _odds(SKELETON_CHANCE if top.match == "skeleton" else vocabulary.chance(spot.name))
    size = max(-1.5, min(2.0, SIZE_WEIGHT * (top.prior - USUAL_SIZE)))
    if top.match == "alternate":
        size += BY_ALTERNATE_NAME
    kind = 2.0 if top.place.kind is PlaceKind.COUNTRY else 1.0 if top.place.kind in LARGER_KINDS else 0.0
    return odds + size + kind


@lru_cache(maxsize=1024)
def _odds(chance: float) -> float:
    """A word's chance as log-odds, within limits; the gazetteer knows some 255 different ones."""
    chance = min(MOST_CHANCE, max(LEAST_CHANCE, chance))
    return log(chance / (1 - chance))


def _goes_on(after: str, vocabulary: Vocabulary) -> bool:
    """Whether the word behind a name can only be another part of it."""
    cues = vocabulary.cues
    return after[:1].isupper() and after.isalpha() and not after.isupper() and len(after) >= SHORTEST_STEM \
        and after not in cues.institutions and after not in cues.designator_after and after not in cues.first_names \
        and vocabulary.is_strange(after)


def _may_be_first_name(before: str, vocabulary: Vocabulary) -> bool:
    """Whether a capitalised word is nothing that the lexicon, the gazetteer or a dictionary explains."""
    return _begins_longer_name(before, vocabulary.cues) and not before.isupper() and len(before) >= SHORTEST_STEM \
        and before not in vocabulary.derived.places and vocabulary.is_strange(before) and not vocabulary.spelt(before)


def _as_only_a_name(spot: Spot, vocabulary: Vocabulary) -> float:
    """What it is worth that a name, whatever its word is taken for, is no word: its chance as if it were none."""
    return log(NO_WORD / (1 - NO_WORD)) - _odds(vocabulary.chance(spot.name))


def _is_only_a_name(spot: Spot, after: str, vocabulary: Vocabulary) -> bool:
    """Whether a name that is taken for something else is no word, and not a part of a longer name."""
    top = spot.top
    if top is None or top.match != "name" or spot.genitive or after[:1].isupper() \
            or vocabulary.chance(spot.name) >= NO_WORD:
        return False
    return vocabulary.is_strange(spot.name) and spot.name not in vocabulary.cues.first_names


def designator_before(texts: Sequence[str], first: int, cues: Cues) -> PlaceKind | None:
    """The kind that a word before says: "Region Kursk", "Hafenstadt Odessa", "the village of Nasu"."""
    if first == 0:
        return None
    before = texts[first - 1]
    kind = cues.designator_before.get(before)
    if kind is None and first > 1:
        if before == ".":
            kind = cues.designator_before.get(texts[first - 2])
        elif before in cues.designator_links:
            kind = cues.designator_before.get(f"{texts[first - 2]} {before}")
    if kind is None and len(before) > 5 and cues.designator_endings and before[0].isupper():
        lower = before.lower()
        kind = next((kind for ending, kind in cues.designator_endings if lower.endswith(ending)), None)
    return kind


def _is_surname(after: str, cues: Cues) -> bool:
    """Whether the word behind can be a surname: capitalised, and where nouns are too, in no dictionary of names."""
    if len(after) < 3 or not after[0].isupper() or not after.isalpha() or after.isupper():
        return False
    return after in cues.first_names or (not cues.nouns_have_capitals and after not in cues.designator_after)


def _behind(before: str, first: int, excused: bool, genitive: bool, texts: list[str], vocabulary: Vocabulary) -> float:
    """Where nouns have capitals: the noun, acronym or number right before a town's name."""
    number = texts[first - 2] if before == "." and first > 1 else before
    if number.isdigit():
        return POSTAL_CODE if len(number) == POSTAL_DIGITS else BEHIND_NUMBER
    if genitive and before[:1].isupper() and before.isalpha() and first > 1:
        return GENITIVE
    if excused or not before[:1].isupper() or not before.isalpha() or before in vocabulary.cues.place_prepositions:
        return 0.0
    if before.isupper() and 1 < len(before) <= ACRONYM and not texts[first].isupper():
        return BEHIND_ACRONYM
    if first > 1 and before in vocabulary.dull and vocabulary.is_strange(before):
        return BEHIND_STRANGE
    return BEHIND_NOUN if first > 1 else 0.0


def _begins_longer_name(before: str, cues: Cues) -> bool:
    """Whether a word with a capital, which has it for its own sake, stands before the name."""
    return (
        before[:1].isupper()
        and before.isalpha()
        and before not in cues.designator_before
        and before not in cues.place_prepositions
        and before not in cues.weak_prepositions
        and before not in cues.determiners
    )


def _is_in_its_country(spot: Spot, adjective: str, before: list[str], vocabulary: Vocabulary) -> bool:
    """Whether a country's adjective stands before a name that a place there bears: "im italienischen Stresa"."""
    country = vocabulary.derived.places.get(adjective, "").removeprefix("cc:")
    role = vocabulary.cues.role
    return bool(country) and any((word.lower() in role and role[word.lower()].pins) for word in before) \
        and any(named.match == "name" and named.place.country == country for named in spot.places)


def _longer_name(before: str, after: str, first: int, cues: Cues) -> float:
    """Where only names have capitals, a capital beside the span makes it part of a longer name."""
    score = 0.0
    if first > 1 and _begins_longer_name(before, cues):
        score += WITHIN_LONGER_NAME
    if after[:1].isupper() and after.isalpha() and after not in cues.institutions:
        score += OPENS_LONGER_NAME
    return score


def border_behind(texts: list[str], last: int, cues: Cues) -> int | None:
    """Where the border stands that is named right behind a name; ``None`` without one."""
    following = texts[last : last + BORDER_REACH]
    if cues.border.isdisjoint(following):
        return None
    for i, text in enumerate(following, last):
        if text in cues.border:
            return i
        if not text[0].isalpha():
            return None
    return None


def _opens_dateline(texts: list[str], last: int) -> bool:
    """ "DETROIT (AP) —", "Berlin, 13. Januar", "Kursk:" at the head of a sentence."""
    following = texts[last : last + 2]
    if not following or following == ["."]:
        return True  # a line by itself
    return following[0] in ("(", "—", "–", "-", ":", "/") or (following[0] == "," and following[-1][0].isdigit())


def _container_follows(spot: Spot, texts: list[str], cues: Cues, gazetteer: Gazetteer) -> bool:
    """Whether a country or region that holds the place is named behind it: "Paris, Texas", "Basco, in the northern
    Philippines"."""
    first = _container_at(texts, spot.last, cues)
    length = gazetteer.longest_match(texts, first) if first is not None else 0
    if first is None or not length:
        return False
    containers = gazetteer.candidates(" ".join(texts[first : first + length]))
    return any(
        gazetteer.contains(container.place, named.place)
        for container in containers[:3]
        if container.place.kind in (PlaceKind.COUNTRY, PlaceKind.REGION)
        for named in spot.places[:40]
    )


def _container_at(texts: list[str], last: int, cues: Cues) -> int | None:
    """Where a name stands that a mark, or a mark and a preposition, make a container of what is before ``last``."""
    if last + 1 >= len(texts) or texts[last] not in (",", "("):
        return None
    if texts[last + 1][0].isupper() and texts[last + 1] not in cues.direction:
        return last + 1
    linked = False
    for i, text in enumerate(texts[last + 1 : last + 1 + LONGEST_LINK], last + 1):
        if text in cues.within:
            linked = True
        elif text[0].isupper() and text not in cues.direction and text not in cues.designator_nouns:
            return i if linked else None
        elif text not in cues.determiners and text not in cues.direction and text not in cues.near_adjectives \
                and text not in cues.designator_nouns:
            return None
    return None
