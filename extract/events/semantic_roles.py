"""What a place is to an event, from the words around it: what is struck, who receives, whose land it is.

These come where no preposition says that the event is "in" the place.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.annotation import PlaceMention, PlaceRole
from extract.events.clauses import Clause
from extract.events.containment import FINE
from extract.events.focus import LOCAL
from extract.events.inflection import Form
from extract.events.kinds import VIOLENT
from extract.events.mention import Where
from extract.events.reading import SentenceReading
from extract.events.reference import kind_of
from extract.events.sites import Sites
from extract.events.triggers import Trigger
from geodata.place import PlaceKind

GOVERNING = frozenset({"preposition", "agent_marker"})
"""Classes of the word before a name that is neither subject nor object."""
UNPLACED_ROLES = (PlaceRole.ACTOR, PlaceRole.TOPIC)
"""Roles of a name that stands without a preposition."""
TOLD_BY_LOCALS = LOCAL | {"withdrawal"}
"""Types that people who live there tell of."""
LOCALS = 3
"""How many tokens after those who tell their town stands ("residents of the town of Karimama")."""
LOCALS_OF = 7
"""The same of the region that the gazetteer's lack of their town leaves ("residents of Moqokori, in the Hiran")."""
BEARS_TOWN = (LOCAL | {"meeting", "treaty"}) - {"advance", "battle"}
"""Types that are called after the town where they happen: "the Bangkok protest", "the Doha talks"."""
AIMED = frozenset({"attack"})
"""Those of them that a government may also lead: "a Moscow attack on Kharkiv"."""
BEFORE_NOUN = 2
"""How many words stand between the town and what is called after it ("the Ankara car bombing")."""
NOUNS = (Form.NOUN, Form.GERUND)
ARTICLES = frozenset({"article", "definite", "determiner"})
ENDS_NOUN_PHRASE = GOVERNING | ARTICLES | {"coordinator", "finite", "reporting"}
"""Classes of words that stand in no compound."""
LONGEST_OFFICE = 3
"""How many words behind a place its court or police is named: "a Peruvian appeals court"."""
WHEN = ("calendar", "no_speaker")
"""Classes of words that tell a day."""
APOSTROPHES = frozenset("'’")
FROM = 3
"""How many tokens before a place its "from" stands ("from the besieged city of")."""
LEFT_BY_VERB = 5
"""How many tokens behind a verb its "from" stands ("evacuated its last staff overnight from")."""
LEFT_BY_NOUN = 6
"""The same of a noun ("the evacuation of civilians and rebels from")."""
FLED = frozenset({"wildfire", "flood", "storm", "earthquake", "battle", "attack", "advance", "outbreak", "explosion",
                  "accident", "other"})
"""Types that people flee from: what they leave is where it happened."""
OFFICE = 5
"""How many words before a region its office stands ("Governor Jane M. Doe of")."""
DEPARTING = 5
"""How many tokens from a place it is told that something has just left it."""


def recipients_of(reading: SentenceReading, trigger: Trigger, sites: Sites) -> list[PlaceMention]:
    """ "lieferte Armenien Haubitzen", "gave Ukraine tanks": who stands bare right before what is given gets it.

    Or right behind the verb that follows the giver: "Eritrea hat Äthiopien seit Herbst 12.000 Soldaten geschickt".
    """
    found = []
    clause = reading.clauses[reading.clause_of(trigger.token)]
    for place in sites.named_within(reading.sentence.start, reading.sentence.end):
        at, after = reading.token_at(place.start), reading.token_at(place.end - 1) + 1
        given = after < len(reading.words) and "weapons" in reading.words[after].classes \
            and reading.clause_of(after) == reading.clause_of(trigger.token)
        second = clause.first < at - 1 < clause.last and place.role is PlaceRole.ACTOR \
            and (at - 1 == trigger.token or "finite" in reading.words[at - 1].classes) \
            and reading.within(after, clause.last, "weapons", "soldiers")
        if given or second:
            found.append(place)
    return found


def targets_of(reading: SentenceReading, trigger: Trigger, sites: Sites) -> list[PlaceMention]:
    """ "Goma was shelled", "artillery pounded Goma": what a verb strikes, where it stands without a preposition."""
    if trigger.form is Form.NOUN or trigger.extra:
        return []
    clause = reading.clauses[reading.clause_of(trigger.token)]
    passive = trigger.form is Form.PARTICIPLE and reading.within(clause.first, clause.last, "passive")
    found = []
    for place in sites.named_within(reading.sentence.start, reading.sentence.end):
        at = reading.token_at(place.start)
        if not clause.first <= at < clause.last or sites.of_dateline(place) or place.role not in UNPLACED_ROLES \
                or "-" in _rest_of_words(reading, place):
            continue  # "the Mumbai-Goa train was attacked"
        subject = passive and at < trigger.token and at - clause.first <= 1
        direct = not passive and at == trigger.token + 1
        if is_bare(reading, at) and (subject or direct) and not _owns(reading, place):
            found.append(place)
    return found


def called_after(
    reading: SentenceReading, trigger: Trigger, sites: Sites, inside: Sequence[PlaceMention]
) -> Where | None:
    """ "the Bangkok protest", "der Wiener Anschlag": the town right before the noun, which else would act.

    Not so with an attack that has a place of its own among those ``inside`` the sentence: it may be a capital's.
    """
    if trigger.sense.type not in BEARS_TOWN or (inside and trigger.sense.type in AIMED):
        return None
    first = trigger.token
    while first > max(trigger.token - 1 - BEFORE_NOUN, 0) and _is_in_compound(reading, first - 1):
        first -= 1
    article = first > 0 and not ARTICLES.isdisjoint(reading.words[first - 1].classes)
    if trigger.form not in NOUNS and not (article and trigger.form is Form.INFINITIVE):
        return None
    for place in sites.acting_within(reading.tokens[first].start, reading.tokens[trigger.token].start):
        if place.place is not None and place.place.kind.is_point:
            return Where((place,), "clause", f"called after “{place.text}”")
    return None


def _owns(reading: SentenceReading, place: PlaceMention) -> bool:
    """ "shot Russia's ambassador": what a place has is struck, wherever it is."""
    return bool(APOSTROPHES.intersection(reading.tokens[reading.token_at(place.end - 1)].text))


def _is_in_compound(reading: SentenceReading, at: int) -> bool:
    """Whether a word can stand before a noun as a part of its name."""
    text = reading.tokens[at].text
    return text[0].isalpha() and "'" not in text and "’" not in text \
        and ENDS_NOUN_PHRASE.isdisjoint(reading.words[at].classes)


def _rest_of_words(reading: SentenceReading, place: PlaceMention) -> str:
    """What the words of a place hold beside its name."""
    first, last = reading.tokens[reading.token_at(place.start)], reading.tokens[reading.token_at(place.end - 1)]
    return first.text[: place.start - first.start] + last.text[len(last.text) - (last.end - place.end) :]


def placed_by_role(reading: SentenceReading, trigger: Trigger, sites: Sites) -> Where | None:
    """The place of those who tell, act, report or leave; ``None`` where the sentence gives none of these."""
    return _told_by_locals(reading, trigger, sites) or _own_land(reading, trigger, sites) \
        or _land_of_recruits(reading, trigger, sites) or _reported_from(reading, trigger, sites) \
        or _departed(reading, trigger, sites) or _afflicted(reading, trigger, sites) \
        or _fled(reading, trigger, sites) or _in_office(reading, trigger, sites) \
        or in_power(reading, trigger, sites, town=True)


def _told_by_locals(reading: SentenceReading, trigger: Trigger, sites: Sites) -> Where | None:
    """ "residents of Karimama said": those who live there tell what happened there."""
    if trigger.sense.type not in TOLD_BY_LOCALS:
        return None
    for place in sites.named_within(reading.sentence.start, reading.sentence.end):
        at = reading.token_at(place.start)
        reach = LOCALS if place.place is None or place.place.kind.is_point else LOCALS_OF
        if place.place is not None and place.place.kind in FINE and reading.within(at - reach, at, "locals"):
            return Where((place,), "sentence", f"told by people of “{place.text}”")
    return None


def _reported_from(reading: SentenceReading, trigger: Trigger, sites: Sites) -> Where | None:
    """ "explosions were reported from Odesa": where a report comes from, for what is not said to move."""
    if trigger.sense.type not in LOCAL:
        return None
    clause = reading.clauses[reading.clause_of(trigger.token)]
    for place in sites.origins_within(*extent_of(clause, reading)):
        if reading.within(clause.first, clause.last, "reported_from"):
            return Where((place,), "clause", f"reported from “{place.text}”")
    return None


def _departed(reading: SentenceReading, trigger: Trigger, sites: Sites) -> Where | None:
    """ "crashed shortly after take-off from Lomé": what has only just left a place."""
    if trigger.sense.type != "accident":
        return None
    for place in sites.origins_within(reading.sentence.start, reading.sentence.end):
        at = reading.token_at(place.start)
        if reading.within(at - DEPARTING, at + DEPARTING, "departing"):
            return Where((place,), "sentence", f"it had just left “{place.text}”")
    return None


def _afflicted(reading: SentenceReading, trigger: Trigger, sites: Sites) -> Where | None:
    """ "Turkey has suffered a series of bombings", "Peru erlebt Proteste": who lives through it is where it is."""
    clause = reading.clauses[reading.clause_of(trigger.token)]
    if trigger.form is not Form.NOUN or not reading.within(clause.first, trigger.token, "suffers") \
            or reading.within(trigger.token - BEFORE_NOUN, trigger.token, "definite"):  # "saw the attack as a threat"
        return None
    verb = reading.where(clause.first, trigger.token, "suffers")[0]
    for place in sites.named_within(reading.tokens[clause.first].start, reading.tokens[verb].start):
        if place.role is PlaceRole.ACTOR and is_bare(reading, reading.token_at(place.start)) \
                and not _owns(reading, place):
            return Where((place,), "clause", f"“{place.text}” lives through it")
    return None


def _fled(reading: SentenceReading, trigger: Trigger, sites: Sites) -> Where | None:
    """ "evacuated from three Turkish villages because of wildfires": what people leave is where it is.

    Of an attack only, where it is named behind: "crossed from Chad and attacked" tells of others who came.
    """
    if trigger.sense.type not in FLED:
        return None
    for place in sites.origins_within(reading.sentence.start, reading.sentence.end):
        at = reading.token_at(place.start)
        left = any(sense.sense.type == "movement" and sense.form is not Form.NOUN
                   for number in range(max(at - LEFT_BY_VERB, 0), at) if number != trigger.token
                   for sense in reading.words[number].senses)
        behind = trigger.token > at and trigger.form is Form.NOUN
        if left and (behind or trigger.sense.type not in VIOLENT):
            return Where((place,), "sentence", f"people left “{place.text}” because of it")
    return None


def _in_office(reading: SentenceReading, trigger: Trigger, sites: Sites) -> Where | None:
    """ "The governor of Montana declared", "Governor Jane Doe of Texas ordered": whose land an order is for.

    A governor without a land has that of the region told last.
    """
    if trigger.sense.type != "order":
        return None
    clause = reading.clauses[reading.clause_of(trigger.token)]
    for place in sites.acting_within(*extent_of(clause, reading)):
        at = reading.token_at(place.start)
        offices = reading.where(max(at - OFFICE, clause.first), at, "authority")
        if place.place is not None and place.place.kind in FINE and at < trigger.token and offices and all(
                reading.tokens[word].text[:1].isupper() or "of_name" in reading.words[word].classes
                for word in range(offices[-1] + 1, at)):
            return Where((place,), "clause", f"an order for “{place.text}”")
    if not reading.within(clause.first, trigger.token, "governor"):
        return None
    region = next((place for place in sites.named_before(reading.sentence.start) if kind_of(place) is PlaceKind.REGION),
                  None)
    return Where((region,), "anaphor", f"an order for “{region.text}”, told before") if region is not None else None


def left_in(reading: SentenceReading, trigger: Trigger, sites: Sites) -> Where | None:
    """ "fled from Goma", "the evacuation of civilians from Aleppo": what people leave, if no other place is told.

    But a name goes with the noun before it where it tells whose they are: "rescuers from Rotterdam arrived".
    """
    if trigger.sense.type != "movement":
        return None
    clause = reading.clauses[reading.clause_of(trigger.token)]
    for place in sites.origins_within(*extent_of(clause, reading)):
        at = reading.token_at(place.start)
        origin = next((word for word in range(at - 1, max(at - FROM, clause.first) - 1, -1)
                       if "preposition" in reading.words[word].classes), at)
        if _goes_with_verb(reading, trigger, clause, origin):
            return Where((place,), "clause", f"left “{place.text}”")
    return None


def _goes_with_verb(reading: SentenceReading, trigger: Trigger, clause: Clause, origin: int) -> bool:
    """Whether a phrase that begins with "from" tells where the verb, or the noun of it, begins."""
    if trigger.form is Form.NOUN:
        return 0 < origin - trigger.token <= LEFT_BY_NOUN
    if origin == clause.first or 0 < origin - trigger.token <= LEFT_BY_VERB:
        return True
    return reading.within(origin - 1, origin, *WHEN)  # "flohen am Montag aus Goma"


def in_power(reading: SentenceReading, trigger: Trigger, sites: Sites, *, town: bool) -> Where | None:
    """ "London police arrested", "a Peruvian court jailed": courts and police act where they have the power.

    A ``town`` says where as well as a place does; a country is what is left when nothing finer is told.
    """
    if trigger.sense.type != "crime":
        return None
    clause = reading.clauses[reading.clause_of(trigger.token)]
    for place in sites.acting_within(*extent_of(clause, reading)):
        behind = reading.token_at(place.end - 1) + 1
        if place.place is not None and (place.place.kind.is_point or not town) \
                and reading.within(behind, min(behind + LONGEST_OFFICE, trigger.token), "court", "police"):
            return Where((place,), "clause" if town else "country", f"where courts and police of “{place.text}” act")
    return None


def _own_land(reading: SentenceReading, trigger: Trigger, sites: Sites) -> Where | None:
    """ "Senegal has reinforced its frontier", "schließt seine Grenze": the land of the country that acts."""
    clause = reading.clauses[reading.clause_of(trigger.token)]
    lands = [noun for noun in reading.where(clause.first, clause.last, "own_land")
             if reading.within(max(noun - 2, clause.first), noun, "possessive")]
    for place in sites.named_within(*extent_of(clause, reading)):
        if lands and place.role is PlaceRole.ACTOR and kind_of(place) is PlaceKind.COUNTRY \
                and reading.token_at(place.start) < lands[0]:
            return Where((place,), "clause", f"the land of “{place.text}” itself")
    return None


def _land_of_recruits(reading: SentenceReading, trigger: Trigger, sites: Sites) -> Where | None:
    """ "Kenyans were recruited", "Russia's recruitment": a state calls up its own; recruits come from their land."""
    if trigger.sense.type != "recruitment":
        return None
    first = reading.clauses[reading.clause_of(trigger.token)].first
    for place in reversed(sites.acting_within(reading.tokens[first].start, reading.tokens[trigger.token].start)):
        if kind_of(place) is PlaceKind.COUNTRY and is_bare(reading, reading.token_at(place.start)):
            return Where((place,), "clause", f"the land of “{place.text}”")
    return None


def is_bare(reading: SentenceReading, at: int) -> bool:
    """Whether a name stands without a preposition, as a subject or object does."""
    return at == 0 or GOVERNING.isdisjoint(reading.words[at - 1].classes)


def extent_of(clause: Clause, reading: SentenceReading) -> tuple[int, int]:
    """The code points that a clause takes up."""
    return reading.tokens[clause.first].start, reading.tokens[clause.last - 1].end
