"""Whether a mention tells an event at all, or only talks about such things."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extract.events.domains import ALSO_NEWS, GRAVE, NATURE, VIOLENCE_ONLY, Leanings, reports_harm
from extract.events.inflection import Form
from extract.events.kinds import VIOLENT
from extract.events.mention import EventMention
from extract.events.reading import SentenceReading
from extract.events.triggers import PRONOUN
from geodata.event import Factuality

HARD_TYPES = frozenset({"attack", "battle", "advance", "explosion", "earthquake", "flood", "storm", "wildfire",
                        "accident", "casualties"})
"""Types whose words are the commonest figures of speech ("a battle for customers", "eine Flut von Anfragen")."""
BORROWED_TYPES = HARD_TYPES | {"crime", "movement", "deployment", "withdrawal", "arms", "prisoner", "recruitment",
                               "desertion", "execution_threat"}
"""Types whose words sport and business borrow ("the Bucks opened fire", "eine Breitseite gegen die Konkurrenz")."""
STRUCK = frozenset({"killed", "injured", "missing", "displaced"})
"""Roles of quantities that count people struck in earnest."""
EARNEST = ("grave", "harm", "rescue", "soldiers", "militants", "police", "gunmen", "weapons", "artillery", "aircraft",
           "ied", "rain", "fires", "vehicle", "flying", "ship", "suicide", "abduct", "military_site", "firearms",
           "grenade", "chemical")
"""Classes one expects to meet in an article on such an event."""
SUFFERING = ("harm", "rescue", "soldiers", "militants", "police", "gunmen", "rain", "protesters", "military_site",
             "leader", "grenade")
"""Those of them one of which a longer article has at least."""
AT_ARMS = "armed_states"
"""The class of states whose name alone is earnest in a message that names no soldier of theirs."""
PARTIES = (*EARNEST, "protesters", "authority", "civilians", "persons", "building", "structure", "burning_place",
           "states", "displaced", "clergy", "ground", "town_word", "state_place", "warship", "troops_and_ships",
           "mob_target", "nation_word", "anaphor_noun", "road", "fire_and_house", AT_ARMS)
"""Classes of those who can strike, and of what can be struck."""
BORNE_OUT = (*PARTIES, "court", "speaker", "reporting", "attribution", "hedge")
"""Classes one of which stands beside what really happened."""
BESIDE = 1
"""How many sentences before and behind an event bear it out."""
STRONG = ("grave", "harm", "soldiers", "militants", "police", "gunmen", "weapons", "artillery", "aircraft", "ied",
          "suicide", "abduct", "military_site", "firearms", "grenade", "chemical", "protesters", "rescue", "civilians",
          "displaced")
"""Classes one of which any article on violence has."""
AT_WAR = ("soldiers", "militants", "at_war")
"""Classes one of which an article has whose dead fell in a war, and to no crime or accident."""
MESSAGE = 2
"""Sentences of a text that has no room for more than the event."""
STRICKEN = ("harm", "rescue", "police", "gunmen", "militants", "rain", "military_site", "grenade")
"""Those of them that no match and no debate has."""
MISHAPS = frozenset({"explosion", "accident", "earthquake", "flood", "storm", "wildfire"})
"""Those of them that are told without anybody who does them; of attacks and battles sport is full."""
FEWEST = 3
SHORT_TEXT = 60
"""Tokens up to which one word of :data:`EARNEST` is enough; a longer text has at least :data:`FEWEST`."""
LITERAL = 0.95
"""Weight of a trigger that is hardly ever a figure of speech."""
PLAIN = 0.81
"""The same, where the event has a place and a time of its own."""
LEAD = 2
"""Sentences at the head of an article, after its first, that tell what it is about."""
PLAINEST = 0.84
"""The same, in a message that has no room for more than the event."""
REMEMBERING = frozenset({"protest", "meeting", "arms"})
"""Types by which people remember, and by which a war is still there: a march on an anniversary, a bomb defused."""
REMEMBERED = 12
"""How many tokens from a trigger a word of remembrance makes it history ("gedenkt der Bombardierung")."""
SURE = 0.65
"""Weight of a trigger that needs no place, time or number to be told."""
SURER = 0.85
"""The same, of a noun that no verb of happening goes with."""
UNDATED = 0.74
"""Weight of a trigger of a mishap that a message of so few sentences tells without its day."""
FEW = 3
"""Sentences of such a message; a longer text that explains why the earth quakes has no day either."""
OWN_STEPS = ("clause", "sentence", "anaphor", "coreference")
"""Where a place or a time of the event's own is found."""


def is_told(event: EventMention, readings: Sequence[SentenceReading], totals: Counter[str],
            leanings: Leanings) -> bool:
    """Keep what has a place, a time, a number or a verb of its own; drop talk."""
    if event.type in BORROWED_TYPES and not _literal_in_its_domain(event, totals, leanings):
        return False
    if event.type in HARD_TYPES and not (
            _in_earnest(event, readings, totals) and _borne_out(event, readings) and _between_parties(event)
            and _armed(event, readings)):
        return False
    if event.type == "casualties" and not any(totals[name] for name in AT_WAR):
        return False
    at = event.trigger.token
    if event.type not in REMEMBERING and event.reading.within(at - REMEMBERED, at + REMEMBERED + 1, "anniversary"):
        return False
    mentions = event.all
    verbal = any(mention.trigger.form is not Form.NOUN or mention.reading.has("occurs", "reporting")
                 for mention in mentions)
    placed = event.where.step in OWN_STEPS or (verbal and bool(event.where.step))
    dated = event.when.step in OWN_STEPS or (verbal and event.when.step in ("report", "paragraph"))
    lead = any(mention.reading.index <= readings[min(LEAD, len(readings) - 1)].index for mention in mentions)
    first = any(mention.reading is readings[0] for mention in mentions)
    headline = any(mention.reading.is_headline for mention in mentions)
    decided = first and (verbal or headline) and (  # "Bulgaria's government steps down"
        event.where.step == "country" or (verbal and event.when.step == "paragraph"))
    match event.status.factuality:
        case Factuality.HYPOTHETICAL:
            return event.where.step in OWN_STEPS and (dated or lead)
        case Factuality.PLANNED:
            return event.where.step in OWN_STEPS or event.when.step in OWN_STEPS or decided
        case Factuality.NEGATED | Factuality.DENIED:
            return event.where.step in OWN_STEPS or lead
    if event.type in ("statement", "other", "order"):
        return event.where.step in OWN_STEPS or event.when.step in OWN_STEPS or decided
    counted = any(mention.quantities for mention in mentions)
    return placed or dated or counted or lead or event.trigger.sense.weight >= (SURE if verbal else SURER)


def _literal_in_its_domain(event: EventMention, totals: Counter[str], leanings: Leanings) -> bool:
    """Whether violence told in a paragraph on sport, fiction or business has its own sentence's word for it."""
    if event.type in NATURE and (totals["grave"] or totals["harm"]):
        return True
    for mention in event.all:
        domains = leanings.of(mention.reading)
        if not domains or (domains <= VIOLENCE_ONLY and event.type not in HARD_TYPES):
            return True
        if "fiction" in domains and reports_harm(mention.reading):
            return True
        if mention.reading.has("grave") or any(quantity.role in STRUCK for quantity in mention.quantities):
            return True
        if totals["grave"] >= (1 if domains <= ALSO_NEWS else GRAVE) and mention.reading.has(*STRICKEN):
            return True
    return False


def _borne_out(event: EventMention, readings: Sequence[SentenceReading]) -> bool:
    """Whether the event's sentence, or one beside it, has another word for those who suffer, act or help in it."""
    named_mishap = event.type == "accident" and event.trigger.form is Form.NOUN  # "Unfall" has no other meaning
    message = FEW if event.type in MISHAPS and event.where.step in OWN_STEPS else MESSAGE
    if named_mishap or event.type in NATURE or len(readings) <= message or any(
            mention.quantities for mention in event.all):
        return True
    for mention in event.all:
        at = mention.reading.position
        own = {mention.trigger.token, *mention.trigger.extra}
        for reading in readings[max(at - BESIDE, 0):at + BESIDE + 1]:
            if reading is mention.reading:
                found = any(not own.issuperset(reading.classes[name])
                            for name in reading.present.intersection(BORNE_OUT))
            else:
                found = reading.has(*BORNE_OUT)
            if found:
                return True
    return False


def _armed(event: EventMention, readings: Sequence[SentenceReading]) -> bool:
    """Whether the article has any word of arms, victims, or those who fight and help, but the event's own."""
    if event.type not in VIOLENT or len(readings) <= MESSAGE or any(mention.quantities for mention in event.all):
        return True
    own = {id(mention.reading): {mention.trigger.token, *mention.trigger.extra} for mention in event.all}
    for reading in readings:
        for name in reading.present.intersection(STRONG):
            if not own.get(id(reading), frozenset()).issuperset(reading.classes[name]):
                return True
    return False


def _between_parties(event: EventMention) -> bool:
    """Whether those who can strike, or what can be struck, stand in the sentence of a verb of violence."""
    if event.type not in VIOLENT or (event.where.step == "clause" and event.where.mentions):
        return True
    return any(mention.trigger.form is Form.NOUN or mention.trigger.sense.weight >= LITERAL or mention.quantities
               or mention.reading.has(PRONOUN, *PARTIES) for mention in event.all)


def _in_earnest(event: EventMention, readings: Sequence[SentenceReading], totals: Counter[str]) -> bool:
    """Whether an article on violence or disaster has the words for those who suffer, act and help in it."""
    words = sum(totals[name] for name in EARNEST)
    placed = event.where.step in OWN_STEPS or event.where.step == "unresolved"
    pinned = placed and event.when.step in OWN_STEPS
    surest = max(mention.trigger.sense.weight for mention in event.all)
    alone = not words and event.type not in NATURE and len(readings) > MESSAGE
    if surest >= (PLAIN if pinned else LITERAL) and (not alone or any(mention.quantities for mention in event.all)):
        return True
    if words >= FEWEST and any(totals[name] for name in SUFFERING):
        return True
    short = sum(len(reading.tokens) for reading in readings) <= SHORT_TEXT
    if short and pinned and event.type in MISHAPS and surest >= SURE:
        return True  # a message of one sentence has no room for more: "In Passau ist eine Gasleitung explodiert"
    if short and placed and event.type in MISHAPS and len(readings) <= FEW and surest >= UNDATED:
        return True  # nor for the day: "Fire guts temple in Osaka"
    if short and not alone and _is_plain_message(event, surest):
        return True
    at_arms = event.type in VIOLENT and surest >= PLAINEST and bool(totals[AT_ARMS])
    return (words >= 1 and (pinned or short)) or (short and at_arms)


def _is_plain_message(event: EventMention, surest: float) -> bool:
    """ "Heavy fighting around Bakhmut", "Israel attacked Hodeidah on Monday": with a place, or a day and a party."""
    if event.type in MISHAPS or surest < PLAINEST:
        return False
    return event.where.step in OWN_STEPS or (event.when.step in OWN_STEPS and event.reading.has(*PARTIES))
