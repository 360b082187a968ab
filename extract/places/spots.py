"""Spans of a sentence that the gazetteer, the derived words or a designator know: what could be a place name.

Nothing is decided here; :mod:`extract.places.evidence` weighs each span by its context.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.annotation import Form
from extract.places.compounds import made_from_name
from extract.places.cues import Cues
from extract.places.spot import Spot, derived_spot, spot_at
from extract.places.vocabulary import Vocabulary
from extract.places.words import LONGEST_WORD, Words
from geodata.place import PlaceKind

OWN_REGIONS = "dl:"
"""How the ids of regions begin that have no code: short names for them are also towns' and others'."""
SHORTEST_UNKNOWN = 4
"""Letters of the shortest name that is believed without the gazetteer."""

LONGEST_BETWEEN = 4
"""Words of the longest name looked for behind "between"."""

MARKS_BETWEEN = ("/", "(")
"""What stands between a name and its river or district."""

ADJECTIVES = 2
"""How many words stand between a part of the sky and its country ("of the West African country")."""

SHORTEST_ALL_CAPITALS = 5
"""Capitals up to one less are an acronym ("NIS"), from here on a town in a headline ("KURSK")."""
DATELINE_MARKS = frozenset("(,:—–-/|.")
"""What stands behind the place of a dateline, or behind an agency there."""


def find_spots(words: Words, vocabulary: Vocabulary) -> Iterator[Spot]:
    """Every span of a sentence that could be a place name, from left to right, the longest at each word."""
    texts = words.texts
    cues, places_of_words = vocabulary.cues, vocabulary.derived.places
    direction, never, dull = cues.direction, cues.never, vocabulary.dull
    sky, function_words = vocabulary.derived.prefix_texts, cues.function_words
    silent, groups, beyond = vocabulary.silent, cues.group_openings, 0
    for i in [i for i, text in enumerate(texts) if text not in silent]:
        text = texts[i]
        if i < beyond:
            continue
        found: list[Spot] = []
        if text in groups and (end := _end_of_group(texts, i, vocabulary)):
            beyond = end
        elif text in dull and text not in direction and not _may_be_unknown(texts, i, cues):
            pass  # most words with a capital
        elif text[0].isupper():
            if len(text) > LONGEST_WORD:
                pass
            elif text in direction and (whole := _part_of_the_country(words, i, vocabulary)):
                found = [whole]
            elif ((text in never or (i == 0 and text.lower() in function_words))
                  and not _begins_longer_name(texts, i, vocabulary)):
                pass
            elif text in dull:
                found = _unknown(words, i, vocabulary)
            else:
                found = _known(words, i, vocabulary) or _unknown(words, i, vocabulary)
        elif text in direction and (whole := _part_of_the_country(words, i, vocabulary)):
            found = [whole]
        elif text in places_of_words or ("-" in text and len(text) <= LONGEST_WORD):
            found = _adjective(words, i, vocabulary)
        elif sky and text.startswith(sky):
            found = _adjective_with_direction(words, i, vocabulary)
        elif text not in direction and len(text) <= LONGEST_WORD:
            vocabulary.remember_silent(text)
        for spot in found:
            _take_in_designator(spot, words, vocabulary)
            beyond = spot.last
            yield spot


def _end_of_group(texts: Sequence[str], i: int, vocabulary: Vocabulary) -> int:
    """Where a group's full name ends that begins at ``i``, places and all: "al-Qaeda in the Arabian Peninsula"."""
    for rest in vocabulary.cues.groups[texts[i].lower()]:
        end = i + 1 + len(rest)
        if tuple(map(str.lower, texts[i + 1 : end])) == rest:
            return end
    return 0


def _known(words: Words, i: int, vocabulary: Vocabulary) -> list[Spot]:
    """What lexicon and gazetteer know of a capitalised word, the most certain first."""
    return (
        _alias(words, i, vocabulary)
        or _several_words_derived(words, i, vocabulary)
        or _name(words, i, vocabulary)
        or made_from_name(words, i, vocabulary)
    )


def _part_of_the_country(words: Words, i: int, vocabulary: Vocabulary) -> Spot | None:
    """ "im Osten des Landes", "the country's far north": which country is for the article to say."""
    cues, texts = vocabulary.cues, words.texts
    part = i + 1 + (i + 1 < len(texts) and texts[i + 1] in cues.direction_parts)
    last = _end_of_country(texts, part, vocabulary)
    if last is None and part > i + 1 and texts[i + 1] in cues.direction_country_parts:
        last = part
    if last is None and any(texts[at] in cues.direction_country_before for at in range(max(i - ADJECTIVES, 0), i)):
        last = part
    if last is None:
        return None
    spot = spot_at(words, i, last, "")
    spot.bearing = cues.direction[texts[i]]
    spot.why.append("a part of the country")
    return spot


def _end_of_country(texts: Sequence[str], first: int, vocabulary: Vocabulary) -> int | None:
    """Where "of the (West African) country" ends that starts at ``first``; ``None`` if it doesn't."""
    cues = vocabulary.cues
    for phrase in cues.direction_of_country:
        noun = first + len(phrase)
        if tuple(texts[first:noun]) != phrase:
            continue
        for at in range(noun, min(noun + 1 + ADJECTIVES, len(texts))):
            if texts[at].lower().endswith(cues.country_endings):
                return None if vocabulary.without_case(texts[at]) else at + 1  # "im Osten des Shan-Staats" names one
    return None


def _begins_longer_name(texts: list[str], i: int, vocabulary: Vocabulary) -> bool:
    return i + 1 < len(texts) and texts[i + 1][0].isupper() and vocabulary.gazetteer.longest_match(texts, i) > 1


def _alias(words: Words, i: int, vocabulary: Vocabulary) -> list[Spot]:
    """A newsroom's short name: "U.S."; "Ky." behind a town and a comma."""
    texts, cues = words.texts, vocabulary.cues
    text, last = texts[i], i + 1
    if text not in cues.alias_openings:
        return []
    for rest in cues.alias_phrases.get(text, ()):
        if tuple(texts[last : last + len(rest)]) == rest:
            text, last = " ".join((text, *rest)), last + len(rest)
            break
    place_id = cues.alias.get(text, "")
    if not place_id and i > 1 and texts[i - 1] in (",", "("):
        place_id = cues.alias_after_comma.get(text, "")
        if not place_id and last < len(texts) and texts[last] == ".":
            place_id = cues.alias.get(text + ".", "")
            last += bool(place_id)
    if not place_id or place_id not in vocabulary.gazetteer:
        return []
    if place_id.startswith(OWN_REGIONS) and _is_designated(texts, i, last, cues):
        return []  # "Gaza province" is in Mozambique, "the city of Gaza" in the Strip
    spot = spot_at(words, i, last, text)
    spot.place_id = place_id
    spot.genitive = i in words.genitive
    spot.why.append("a usual short name")
    return [spot]


def _is_designated(texts: Sequence[str], first: int, last: int, cues: Cues) -> bool:
    """Whether a word beside a name says what bears it."""
    return (
        any(" ".join(texts[max(first - words, 0) : first]) in cues.designator_before for words in (1, 2))
        or (last < len(texts) and texts[last] in cues.designator_after)
    )


def _several_words_derived(words: Words, i: int, vocabulary: Vocabulary) -> list[Spot]:
    derived = vocabulary.derived
    if words.texts[i] in derived.first_words:
        for length in (3, 2):
            place = derived.places.get(" ".join(words.texts[i : i + length]))
            if place and i + length <= len(words.texts):
                return [derived_spot(words, i, i + length, place)]
    return []


def _adjective(words: Words, i: int, vocabulary: Vocabulary) -> list[Spot]:
    text, places = words.texts[i], vocabulary.derived.places
    place = places.get(text) or next((places[part] for part in reversed(text.split("-")) if part in places), "")
    return [derived_spot(words, i, i + 1, place)] if place else []


def _adjective_with_direction(words: Words, i: int, vocabulary: Vocabulary) -> list[Spot]:
    """ "westrussisch"."""
    direction = vocabulary.derived.split_direction(words.texts[i])
    place = vocabulary.derived.places.get(direction[1]) if direction else None
    return [derived_spot(words, i, i + 1, place, direction[0])] if direction and place else []


def _name(words: Words, i: int, vocabulary: Vocabulary) -> list[Spot]:
    """A name that the gazetteer has, or an adjective or demonym."""
    texts, gazetteer = words.texts, vocabulary.gazetteer
    text = texts[i]
    if i in words.genitive and (possessive := _with_possessive(words, i, vocabulary)):
        return possessive
    length = _longest_name(texts, i, vocabulary)
    if length > 1 and not words.genitive.isdisjoint(range(i, i + length - 1)):
        length = int(bool(vocabulary.spelt(text)))             # "Toronto's Pearson Airport" is in Toronto
    if length > 1 and text in vocabulary.cues.border:
        return []  # told by its countries: extract.places.borders
    if length > 1:
        if _announces(texts, i, length, vocabulary):
            return []  # "Region Kursk": the designator is no part of the name
        spot = spot_at(words, i, i + length, " ".join(texts[i : i + length]))
        spot.places = gazetteer.candidates(spot.name)
        spot.genitive = i + length - 1 in words.genitive
        return [spot]
    following = texts[i + 1] if i + 1 < len(texts) else ""
    if following in vocabulary.cues.phrase_endings and (phrase := vocabulary.nominative_of(text, following)):
        spot = spot_at(words, i, i + 2, phrase)
        spot.places, spot.kind = vocabulary.spelt(phrase), PlaceKind.REGION
        return [spot]
    if following in MARKS_BETWEEN and (joined := _joined_by_marks(words, i, vocabulary)):
        return joined
    spot = spot_at(words, i, i + 1, text)
    spot.places = gazetteer.candidates(text) if length else ()
    spot.genitive = i in words.genitive
    bare = vocabulary.without_case(text, spot.places)
    if bare and not (spot.top and spot.top.match == "name" and i
                     and texts[i - 1] in vocabulary.cues.dative_prepositions):  # "in Goris" is not Gori's
        spot.name, spot.places, spot.genitive = bare, gazetteer.candidates(bare), True
        return [spot]
    place = vocabulary.derived.places.get(text)
    if place and not spot.country:
        return [derived_spot(words, i, i + 1, place)]
    top, acronym = spot.top, text.isupper() and len(text) < SHORTEST_ALL_CAPITALS and not _heads(texts, i, vocabulary)
    return [spot] if top and not (acronym and top.place.kind is PlaceKind.CITY) else []


def _heads(texts: Sequence[str], i: int, vocabulary: Vocabulary) -> bool:
    """Whether a well-known town in capitals heads a sentence as a dateline does: "ROME (AP) —", "KIEL dpa |"."""
    return i <= 1 and not any(map(str.isalnum, texts[:i])) and not DATELINE_MARKS.isdisjoint(texts[i + 1 : i + 3]) \
        and vocabulary.is_prominent(texts[i])


def _with_possessive(words: Words, i: int, vocabulary: Vocabulary) -> list[Spot]:
    """A name with an apostrophe and s of its own: "Cox's Bazar", "King's Lynn"."""
    rest = words.texts[i + 1 : i + 1 + LONGEST_POSSESSIVE]
    for length in range(len(rest), 0, -1):
        name = " ".join((f"{words.texts[i]}’s", *rest[:length]))
        if rest[length - 1][0].isupper() and vocabulary.spelt(name):
            spot = spot_at(words, i, i + 1 + length, name)
            spot.places, spot.genitive = vocabulary.spelt(name), i + length in words.genitive
            return [spot]
    return []


LONGEST_POSSESSIVE = 2
"""Words behind the apostrophe and s of a name."""


def _longest_name(texts: list[str], i: int, vocabulary: Vocabulary) -> int:
    """Words of the longest name at ``i`` that ends with a capital, as a site's does, or is a single word."""
    length = vocabulary.gazetteer.longest_match(texts, i)
    ends, spelt = vocabulary.cues.site_endings, vocabulary.spelt
    while length > 1 and not (_may_end(texts[i + length - 1], ends) and spelt(" ".join(texts[i : i + length]))):
        length -= 1
    return length if length > 1 or vocabulary.spelt(texts[i]) else 0


def _may_end(word: str, site_endings: frozenset[str]) -> bool:
    """Whether a name of several words may end with the word: "Lungi international airport"."""
    return word[0].isupper() or word in site_endings


def _announces(texts: list[str], i: int, length: int, vocabulary: Vocabulary) -> bool:
    """Whether the first word of a longer name is a designator; not so in "Markt Schwaben"."""
    if not vocabulary.cues.nouns_have_capitals or texts[i] not in vocabulary.cues.designator_before:
        return False
    whole = vocabulary.spelt(" ".join(texts[i : i + length]))
    is_town = bool(whole) and whole[0].place.kind is PlaceKind.CITY and whole[0].match == "name"
    return not is_town and bool(vocabulary.spelt(" ".join(texts[i + 1 : i + length])))


def _joined_by_marks(words: Words, i: int, vocabulary: Vocabulary) -> list[Spot]:
    """A name with its river or district behind a mark: "Frankfurt/Main", "Frankfurt (Oder)"."""
    texts = words.texts
    if i + 2 >= len(texts) or not texts[i + 2][0].isupper():
        return []
    last = i + 3 if texts[i + 1] == "/" else i + 4
    if texts[i + 1] == "(" and texts[i + 3 : i + 4] != [")"]:
        return []
    spot = spot_at(words, i, last, f"{texts[i]} {texts[i + 2]}")
    spot.places = vocabulary.spelt(spot.name)
    return [spot] if spot.places else []


def _unknown(words: Words, i: int, vocabulary: Vocabulary) -> list[Spot]:
    """A name that the gazetteer spells otherwise or not at all, where the words beside it say that it is one."""
    texts, cues = words.texts, vocabulary.cues
    text = texts[i]
    if text not in vocabulary.dull:
        vocabulary.remember_dull(text)
    if not _may_be_unknown(texts, i, cues):
        return []
    before, after = _before(texts, i), texts[i + 1] if i + 1 < len(texts) else ""
    named = (
        before in cues.designator_of_unknown
        or (before in cues.designator_links and i > 1 and f"{texts[i - 2]} {before}" in cues.designator_of_unknown)
        or (before in cues.conjunctions and _is_second_between(texts, i, vocabulary))
    )
    ending = before in cues.place_prepositions and not text.isupper() and vocabulary.ends_like_a_town(text)
    called = (not cues.nouns_have_capitals and (after[:1].isupper() or after in cues.called_in_small)
              and cues.designator_after.get(after) is PlaceKind.REGION)
    strange = (before in cues.sure_prepositions and text.isalpha() and not text.isupper() and after != "-"
               and not (after[:1].isupper() and text.endswith(cues.genitive_endings or ("\0",)))  # "in Noldes Haus"
               and vocabulary.is_strange(text))
    if not (named or called or strange or ending) or not text.replace("-", "").isalpha():
        return []
    spot = spot_at(words, i, i + 1, text)
    if called:
        return [spot]
    spot.places = vocabulary.gazetteer.candidates(text)
    spot.why.append("named as a place" if named else "the ending of a place's name" if ending else "an unknown name")
    return [spot]


def _may_be_unknown(texts: Sequence[str], i: int, cues: Cues) -> bool:
    """Whether a word beside the one at ``i`` may say that it is a name: hardly any does."""
    if len(texts[i]) < SHORTEST_UNKNOWN:
        return False
    return _before(texts, i) in cues.announcing or (
        not cues.nouns_have_capitals and i + 1 < len(texts) and texts[i + 1] in cues.designator_after)


def _before(texts: Sequence[str], i: int) -> str:
    """The word before, or before the full stop of its abbreviation: "Lkr. Freyung"; empty without one."""
    before = texts[i - 1] if i else ""
    return texts[i - 2] if before == "." and i > 1 else before


def _is_second_between(texts: list[str], i: int, vocabulary: Vocabulary) -> bool:
    """Whether a word is the second of "between X and Y" where X is a place."""
    cues = vocabulary.cues
    if i < 3 or not (texts[i - 2][0].isupper() or texts[i - 2] == ")"):
        return False
    for first in range(i - 2, max(0, i - 2 - LONGEST_BETWEEN), -1):
        if texts[first - 1] in cues.between or (first > 1 and f"{texts[first - 2]} {texts[first - 1]}" in cues.between):
            known = vocabulary.spelt(" ".join(texts[first:i - 1])) or vocabulary.spelt(texts[first])
            town = bool(known) and known[0].place.kind is PlaceKind.CITY
            return town or (first == i - 2 and vocabulary.is_strange(texts[first]))
    return False


def _take_in_designator(spot: Spot, words: Words, vocabulary: Vocabulary) -> None:
    """Takes in a designator behind the name: "Kent County", and what kind of place it says this is."""
    if (
        vocabulary.cues.nouns_have_capitals
        or spot.form is Form.DERIVED
        or spot.last >= len(words.texts)
        or spot.genitive
    ):
        return
    if not spot.name.endswith(words.texts[spot.last - 1].rpartition("-")[2]):
        return  # "Toledo-Lucas County" is Lucas County
    designator = words.texts[spot.last]
    kind = vocabulary.cues.designator_after.get(designator)
    if kind is not None and spot.name:
        spot.kind = kind
        spot.end = words.spans[spot.last][1]
        spot.last += 1
        spot.why.append(f"'{designator}' behind it")
