"""What a place is to its sentence: site, destination, origin, landmark, actor or topic.

The words before a name decide most ("aus", "nach", "nahe der Grenze zu"); a name that nothing
introduces acts if it is a country or capital ("Moskau erklärte"), and is a site otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.annotation import Form, PlaceRole
from extract.places.cues import Cues
from extract.places.evidence import designator_before
from extract.places.spot import Spot
from extract.places.words import Words
from geodata.place import PlaceKind

REACH = 6
"""How many words before a name are looked at: "in dem seit Jahren umkämpften Gebiet" is about the longest."""

DATELINE_MARKS = (":", "-", "–", "—", "(")


def find_role(spot: Spot, words: Words, cues: Cues, before: tuple[Spot, PlaceRole] | None) -> PlaceRole:
    """The role of ``spot``; ``before`` is the spot before it in the sentence, with its role."""
    texts = words.texts
    if spot.form is Form.DERIVED:
        return _role_of_adjective(spot, texts, cues)
    if _in_dateline(spot, texts):
        return PlaceRole.SITE
    if _is_like_an_adjective(spot, texts, cues):
        return _role_of_adjective(spot, texts, cues)
    if texts[spot.last - 1].rpartition("-")[2] in cues.hyphened:
        return cues.hyphened[texts[spot.last - 1].rpartition("-")[2]]  # "the Goma-based group"
    if texts[spot.last:spot.last + 1] and texts[spot.last] in cues.bearers and not spot.genitive \
            and not (spot.first and texts[spot.first - 1].lower() in cues.role):
        return PlaceRole.ACTOR  # "Sinaloa cartel gunmen", but "in Goma rebels …"
    if not spot.genitive and _names_an_organisation(spot, texts, cues):
        return PlaceRole.ACTOR
    if spot.last < len(texts) and texts[spot.last] in cues.titles and not spot.genitive and spot.country:
        return PlaceRole.ACTOR  # "in the presence of US President …"
    if before is not None and (before[1].pins or before[1] is PlaceRole.LANDMARK) \
            and _located_by(before[0], spot, texts, cues):
        return PlaceRole.LANDMARK
    if before is not None and _continues(before[0], spot, texts, cues):
        return PlaceRole.SITE if before[1] is PlaceRole.LANDMARK and spot.acts else before[1]
    if _is_acted_on(spot, texts, cues):
        return PlaceRole.SITE
    if spot.first > 0 and texts[spot.first - 1] in cues.leaving_verbs:
        return PlaceRole.ORIGIN  # "left Sfax for Lampedusa"
    after = texts[spot.last] if spot.last < len(texts) else ""
    introduced = _introduced(spot, texts, cues)
    if introduced is PlaceRole.ACTOR and not spot.acts and cues.role.get(after) is PlaceRole.DESTINATION:
        return PlaceRole.ORIGIN                                # "von Mannheim nach Basel"
    if introduced is not None:
        return introduced
    if spot.first == 0 and after in cues.topic_marks and len(texts) > spot.last + 1:
        return PlaceRole.TOPIC
    if spot.first == 0 and after in ("(", "—", "–", ",") and not spot.acts:
        return PlaceRole.SITE
    if designator_before(texts, spot.first, cues) is PlaceKind.CITY and after not in cues.acting_verbs:
        return PlaceRole.SITE
    if after in cues.acting_verbs and (spot.acts or spot.first == 0):
        return PlaceRole.ACTOR
    return PlaceRole.ACTOR if spot.acts else PlaceRole.SITE


def _names_an_organisation(spot: Spot, texts: list[str], cues: Cues) -> bool:
    """Whether a name opens the longer one of an armed group or a party: "the Arakan Army", "Gaza Resistance Front"."""
    end = spot.last
    while end < len(texts) and end < spot.last + LONGEST_ORGANISATION and texts[end][0].isupper():
        end += 1
    return end > spot.last and texts[end - 1] in cues.organisations


LONGEST_ORGANISATION = 4
"""Words that stand behind a place in the name of an organisation: "Gaza Popular Resistance Committees"."""


def _role_of_adjective(spot: Spot, texts: list[str], cues: Cues) -> PlaceRole:
    """An adjective acts, but for one that says whose land a place without a name is in: "in a Pakistani village"."""
    if spot.compound:
        return PlaceRole.TOPIC
    noun = _place_noun_behind(spot, texts, cues)
    if noun is None or (not cues.nouns_have_capitals and texts[noun][0].isupper()):
        return PlaceRole.ACTOR  # "the Indonesian Hospital" is a name, and in Gaza
    for i in range(spot.first - 1, max(-1, spot.first - 1 - ADJECTIVES_BEFORE), -1):
        word = texts[i].lower()
        if texts[noun].lower().endswith(cues.coasts) and word in cues.coast_prepositions:
            return PlaceRole.SITE
        if word in cues.site_after_noun_prepositions and _told_before(texts, i, cues.site_after_noun):
            return PlaceRole.SITE
        phrase = f"{texts[i - 1].lower()} {word}" if i and word in cues.role_links else ""
        if (role := cues.role.get(phrase) or cues.role.get(word)) is not None:
            return role if role.pins or role is PlaceRole.ORIGIN else PlaceRole.ACTOR
        if not word.isalpha() or texts[i] in cues.acting_verbs:
            break
    return PlaceRole.ACTOR


def _is_like_an_adjective(spot: Spot, texts: list[str], cues: Cues) -> bool:
    """Whether a country's name tells whose the noun behind it is: "outside the US embassy", "in the UK town of"."""
    if cues.nouns_have_capitals or spot.genitive or not spot.country or spot.first == 0:
        return False
    behind = texts[spot.last] if spot.last < len(texts) else ""
    return texts[spot.first - 1] in cues.determiners and behind.isalpha() and behind.islower() \
        and behind not in cues.function_words and behind not in cues.acting_verbs and behind not in cues.role \
        and behind not in cues.routes


def _place_noun_behind(spot: Spot, texts: list[str], cues: Cues) -> int | None:
    """The noun that an adjective goes with, if it is a kind of place: "a Bangladeshi garment factory"."""
    for i in range(spot.last, min(spot.last + ADJECTIVES_BEHIND, len(texts))):
        word = texts[i]
        lower = word.lower()
        if not word[0].isalpha() or lower in cues.function_words:
            return None
        if cues.is_place_noun(lower):
            return i
        if cues.nouns_have_capitals and word[0].isupper():
            return None
    return None


ADJECTIVES_BEFORE = 4
"""How many words before an adjective its preposition stands at most ("in mehreren großen türkischen Städten")."""
ADJECTIVES_BEHIND = 4
"""Within how many words behind it its noun stands ("a Bangladeshi ready-made garment factory")."""


def _in_dateline(spot: Spot, texts: list[str]) -> bool:
    """ "RUSSIA, BELGOROD REGION - ", "Archiv, 3. Mai 2020, Peru, Lima:": names and a mark, before any small letter."""
    end = spot.last
    while end < len(texts) and (texts[end] == "," or texts[end][0].isupper()):
        end += 1
    several = end > spot.last + 1 or (spot.first > 0 and texts[spot.first - 1] == ",")
    if not several or texts[end : end + 1] == [] or texts[end] not in DATELINE_MARKS:
        return False
    return not any(text[0].islower() for text in texts[: spot.first])


def _is_acted_on(spot: Spot, texts: list[str], cues: Cues) -> bool:
    """Whether a verb that happens to places has this one as its object: "struck central Chile", "Quito erreicht"."""
    if spot.last < len(texts) and texts[spot.last] in cues.object_verbs_behind:
        return spot.first > 0
    i = spot.first - 1
    while i >= 0 and (texts[i] in cues.determiners or texts[i] in cues.direction
                      or designator_before(texts, i + 1, cues) is not None):
        if texts[i] in cues.designator_links and texts[i] in cues.links:
            i -= 1  # "village of"
        i -= 1
    if i > 0 and texts[i - 1] in cues.determiners and texts[i].islower() and texts[i] not in cues.role \
            and texts[i] not in cues.object_verbs:
        i -= 2  # "attacked the hillside town of"
    withheld = i > 0 and cues.role.get(texts[i - 1]) is PlaceRole.ORIGIN  # "stop the flames from reaching Mati"
    return i >= 0 and texts[i] in cues.object_verbs and not withheld


def _continues(earlier: Spot, spot: Spot, texts: list[str], cues: Cues) -> bool:
    """Whether the spot goes on a row ("Kamerun, Ghana und Togo") or contains what stands before it ("Paris, Texas")."""
    between = texts[earlier.last : spot.first]
    if earlier.form is Form.DERIVED or not 1 <= len(between) <= 3:
        return False
    if between == [","] and spot.acts and texts[spot.last : spot.last + 1] \
            and texts[spot.last] in cues.acting_verbs:
        return False  # "sent soldiers to Mali, Moscow claimed"
    return all(
        text in (",", "/", "(") or text in cues.conjunctions or text in cues.determiners or text in cues.direction
        for text in between
    ) and (between[0] in (",", "/", "(") or between[0] in cues.conjunctions)


LOCATING = 10
"""Within how many words a place says where the one before it lies ("X, some 30 km north of the capital, Dhaka")."""


def _located_by(earlier: Spot, spot: Spot, texts: list[str], cues: Cues) -> bool:
    """Whether the spot only says where the place before it lies: "in Gazipur nördlich von Dhaka"."""
    between = texts[earlier.last : spot.first]
    if earlier.form is Form.DERIVED or spot.country or not 1 <= len(between) <= LOCATING \
            or between[0] in cues.parts_of_town:  # "the Tehran suburb of Rey"
        return False
    return only_locates(between, cues)


def only_locates(between: Sequence[str], cues: Cues) -> bool:
    """Whether the words between two places do no more than tell where the first lies: ", some 30 km north of the"."""
    words = [word.lower() for word in between]
    return not cues.locating.isdisjoint(words) and all(
        word in cues.locating or word in cues.locating_links or word in cues.determiners or word in cues.links
        or word[0].isdigit() or designator_before(between, i + 1, cues) is not None
        for i, word in enumerate(words))


def _introduced(spot: Spot, texts: list[str], cues: Cues) -> PlaceRole | None:
    """The role that the words before the name give it."""
    first = spot.first
    for i in range(first - 1, max(-1, first - 1 - REACH), -1):
        word = texts[i]
        noun = word[:1].isupper()
        for length in (4, 3, 2) if word in cues.role_links else ():
            if i - length + 1 >= 0:
                phrase = " ".join(texts[i - length + 1 : i + 1])
                role = cues.role.get(phrase) or cues.role.get(phrase[0].lower() + phrase[1:])
                if role is not None:
                    return role
        role = cues.role.get(word) or cues.role.get(word.lower())
        if role is not None:
            if word in cues.site_after_noun_prepositions and _told_before(texts, i, cues.site_after_noun):
                return PlaceRole.SITE
            if word in cues.links and (linked := _linked(texts, i, cues)) is not None:
                return linked
            if word in cues.between and (not spot.acts or (i and texts[i - 1] in cues.routes)):
                return PlaceRole.SITE  # "was ambushed between Gao and Ansongo", but "talks between Paris and Rome"
            if word in cues.site_for_towns and role is PlaceRole.SITE and spot.country:
                return PlaceRole.TOPIC
            if word.lower() in cues.site_unless_acting and i == first - 1 and (not spot.acts or i == 0):
                return PlaceRole.SITE  # "auf Sizilien", "Auf Kuba …", but "Angriffe auf Kuba"
            if word in cues.site_at_waters and spot.top is not None and spot.top.place.kind is PlaceKind.WATER:
                return PlaceRole.SITE
            return role
        if word in cues.determiners or word in '"„“”»«' or designator_before(texts, i + 1, cues) is not None:
            if word in cues.site_with_genitive and (i < first - 1 or spot.genitive) and texts[i + 1] != ",":
                return PlaceRole.SITE
            continue
        if word == "," and i == first - 1 and designator_before(texts, i, cues) is PlaceKind.CITY:
            continue  # "in the capital, Abuja"
        if word in cues.landmark_with_genitive:
            return PlaceRole.LANDMARK
        if noun:
            if word in cues.site_with_genitive:
                return PlaceRole.SITE
            if spot.genitive or i < first - 1:
                return (
                    PlaceRole.ACTOR
                    if spot.top is None or spot.top.place.kind is PlaceKind.COUNTRY or spot.genitive
                    else None
                )
            return None
        if not word.replace("-", "").isalpha() or word in cues.conjunctions or word in cues.acting_verbs:
            return None
        if not cues.nouns_have_capitals and word in cues.site_with_genitive:
            return PlaceRole.SITE
    return None


NOUN_REACH = 4
"""How many words may stand between a noun and the preposition that goes with it: "Angriff der Miliz auf"."""
PHRASE_REACH = 3
"""How many words a noun phrase has before "of" or "von": "at the northern edge of"."""


def _told_before(texts: list[str], i: int, nouns: frozenset[str]) -> bool:
    """Whether one of the nouns stands shortly before the preposition at ``i``, with no mark between."""
    for word in reversed(texts[max(0, i - NOUN_REACH) : i]):
        if word in nouns:
            return True
        if not word[0].isalnum():
            return False
    return False


def _linked(texts: list[str], i: int, cues: Cues) -> PlaceRole | None:
    """The role of a name behind "of" or "von" at ``i``, as what stands before that tells it.

    A direction or a part of a place makes it a site or landmark ("südlich von Lima", "Hafen von Basra"), and so does
    a preposition of place before any noun that isn't abstract ("on the edge of Goma", but "in the hands of Kyiv").
    """
    if i == 0:
        return None
    noun = texts[i - 1]
    if noun in cues.determiners:                               # "in den von der Armee gehaltenen Orten"
        return None
    if noun in cues.role and cues.role[noun] is not PlaceRole.ACTOR:
        return cues.role[noun]
    if noun in cues.site_with_genitive or noun in cues.links_need or cues.is_place_noun(noun.lower()):
        return PlaceRole.SITE  # "im Norden von", "oberhalb von", "das Gefängnis von"
    if noun in cues.abstract_nouns:
        return None
    for j in range(i - 2, max(-1, i - 2 - PHRASE_REACH), -1):
        if texts[j] in cues.links_need:
            return PlaceRole.SITE
        if not texts[j][0].isalpha():
            return None
    return None
