"""Events: triggers, their arguments and their factuality. Read :func:`find_reports` from top to bottom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from extract.annotation import Form, PlaceMention, Report, TimeExpression
from extract.article import Publication
from extract.document import Document
from extract.events.beside import where_beside
from extract.events.containment import contains
from extract.events.coreference import LATEST, adopt_victims, join_mentions, says_where
from extract.events.country import at_home, at_home_or_dateline, between_neighbours, in_country
from extract.events.domains import Leanings, is_no_news
from extract.events.factuality import factuality_of
from extract.events.focus import in_town, main_town
from extract.events.followup import attach_follow_ups
from extract.events.grounding import is_told
from extract.events.inflection import Form as EventForm
from extract.events.lead import place_lead
from extract.events.lookalikes import tells_nothing
from extract.events.mention import EventMention, Where
from extract.events.planned import reconcile_with_today
from extract.events.reading import SentenceReading, Totals, read_sentences
from extract.events.salience import confidence_of, salience_of
from extract.events.scene import in_scene
from extract.events.semantic_roles import in_power
from extract.events.sites import Sites
from extract.events.spoken import where_met, where_spoken
from extract.events.story import day_of_story
from extract.events.subevents import codes_of
from extract.events.time_owner import tells_beginning
from extract.events.triggers import Trigger, find_triggers, with_outcomes, without_offences
from extract.events.vocabulary import Vocabulary, vocabulary
from extract.events.when import GOING_ON, Times, when, when_beside, when_published
from extract.events.where import where
from extract.events.who import actors_of, by_sentence, quantities_of
from geodata.event import Quantity

__all__ = ["find_reports"]

NAMED_EVENTS = frozenset({"storm", "training", "meeting"})
"""Types whose events have names of their own ("Hurricane Beryl", "Exercise Steadfast Defender")."""
LONGEST_NAME = 40
"""A longer mention is a phrase, and may hold a trigger."""
LIKENED = 6
"""How many tokens before a trigger a word stands that makes it a likeness ("sounded like a bomb going off")."""
MOST_QUOTES = 5
"""How many sentences are given as proof of one event."""
OWN_TIME = ("clause", "sentence", "coreference")
"""Where a time of the event's own was found."""
DAY_OR_NIGHT = 2
"""Days that a time as fine as news goes takes up."""
COARSE_DAYS = 4
"""From how many days on a time is coarse: "last week", "im August"."""
HISTORY_YEARS = 10
"""An event that ended longer ago than this is history, not news."""


def find_reports(document: Document, places: Sequence[PlaceMention], times: Sequence[TimeExpression],
                 quantities: Sequence[Quantity], published: Publication | None) -> tuple[Report, ...]:
    """What a document reports, ordered by importance."""
    words = vocabulary(document.lang)
    readings, totals = read_sentences(document, words)
    if is_no_news(totals, readings):
        return ()
    sites = Sites(document, places)
    calendar = Times(sites.outside_dateline(times), document.text)
    names = _names(places, times)
    counted = by_sentence(readings, quantities)
    triggers = [_triggers(reading, totals, words, names, before)
                for reading, before in zip(readings, chain((None,), readings), strict=False)]
    sites.spoken_at = where_spoken(readings, triggers, sites)
    sites.met_at = where_met(readings, triggers, sites)
    sites.town = main_town((), sites, readings, document.article.title)
    mentions = [mention for reading, naming in zip(readings, triggers, strict=True)
                for mention in _mentions(reading, naming, sites, calendar, counted[reading.position], document,
                                         published)]
    events = join_mentions(mentions)
    attach_follow_ups(events, readings, sites, calendar, document, published)
    adopt_victims(events)
    place_lead(events, readings, sites, document)
    sites.town = main_town(events, sites, readings, document.article.title)
    for number, event in enumerate(events):
        _complete(event, sites, calendar, document, readings, published, events[max(number - LATEST, 0):number])
    leanings = Leanings(totals, readings)
    events = [event for event in events
              if is_told(event, readings, totals, leanings) and not _long_past(event, published)]
    reports = [report for number, event in enumerate(events) for report in _reports(event, number, readings)]
    return tuple(sorted(reports, key=lambda report: (-report.salience, report.trigger)))


def _triggers(reading: SentenceReading, totals: Totals, words: Vocabulary, names: frozenset[int],
              before: SentenceReading | None) -> list[Trigger]:
    """The triggers of a sentence, but for names, fixed words of another and idioms; of habits and plots, none."""
    found = list(find_triggers(reading, totals, words, before))
    if not found or reading.has("habitual", "plot"):
        return []
    found = with_outcomes(reading, without_offences(reading, found), words)
    fixed = {token for trigger in found for token in trigger.extra}.union(reading.classes.get("no_event", ()))
    return [trigger for trigger in found
            if trigger.token not in fixed and reading.tokens[trigger.token].start not in names
            and (words.case_sensitive or not _in_a_name(reading, trigger, names))
            and not reading.within(max(trigger.token - LIKENED, 0), trigger.token, "simile")
            and not tells_nothing(reading, trigger)]


def _in_a_name(reading: SentenceReading, trigger: Trigger, names: frozenset[int]) -> bool:
    """ "the Election Commission": where only names are capitalised, such a noun is part of one."""
    at = trigger.token
    if trigger.form is not EventForm.NOUN or reading.is_headline or reading.has_title_case \
            or not 0 < at < len(reading.tokens) - 1:
        return False
    before, own, after = reading.tokens[at - 1:at + 2]
    if not own.text[:1].isupper() or own.text.isupper() or after.start in names:
        return False
    if trigger.sense.type == "storm":
        return before.text[:1].isupper() and not after.text[:1].isupper() and at > 1 and before.start not in names \
            and "kind_of_storm" not in reading.words[at - 1].classes  # "the Melbourne Storm beat …"
    return trigger.sense.type not in NAMED_EVENTS and after.text[:1].isupper() \
        and (before.text[:1].islower() or (at == 1 and "definite" in reading.words[0].classes))


def _names(places: Sequence[PlaceMention], times: Sequence[TimeExpression]) -> frozenset[int]:
    """Where names and dates stand: "March" is a month there, and "Battle" a town."""
    named: list[PlaceMention | TimeExpression] = [place for place in places if place.form is Form.NAME]
    return frozenset(chain.from_iterable(range(mention.start, mention.end) for mention in (*named, *times)
                                         if mention.end - mention.start <= LONGEST_NAME))


def _mentions(reading: SentenceReading, triggers: Sequence[Trigger], sites: Sites, calendar: Times,
              counted: Sequence[Quantity], document: Document,
              published: Publication | None) -> Iterator[EventMention]:
    """The triggers of a sentence with the arguments that it gives; the sentence of a dateline has its place."""
    for trigger in triggers:
        place = where(reading, trigger, sites, document)
        if not place.step and sites.dateline_in(reading):
            place = at_home_or_dateline(reading, trigger, sites)
        status = factuality_of(reading, trigger, document.lang)
        yield EventMention(
            reading, trigger, status, place, when(reading, trigger, status.factuality, calendar, published),
            quantities_of(reading, trigger, counted), actors_of(reading, trigger))


def _complete(event: EventMention, sites: Sites, calendar: Times, document: Document,
              readings: Sequence[SentenceReading], published: Publication | None,
              told: Sequence[EventMention]) -> None:
    """Fill in what the event's other mentions tell, then what the sentences before do, then the publication date."""
    for mention in event.joined:
        if mention.where.mentions and (not event.where.mentions or event.where.step in ("anaphor", "dateline")
                                       or (says_where(event, mention) and _finer(mention.where, event.where))):
            event.where = mention.where._replace(step="coreference" if mention.reading is not event.reading
                                               else mention.where.step)
        if mention.when.step in OWN_TIME and not _tells_beginning(mention, event) \
                and (event.when.step not in OWN_TIME or _dates_finer(mention, event)):
            event.when = mention.when._replace(step="coreference")
    event.quantities = tuple(dict.fromkeys(chain(
        event.quantities, chain.from_iterable(mention.quantities for mention in event.joined))))
    if not event.where.step:
        event.where = where_beside(event.reading, event.trigger, sites, document, readings)
        if event.where.step == "dateline":
            event.where = at_home_or_dateline(event.reading, event.trigger, sites)
    if not event.where.step:
        crosshead = sites.crosshead(event.reading, document)
        if crosshead is not None:
            event.where = Where((crosshead,), "paragraph", f"“{crosshead.text}” stands in the heading above")
    if not event.where.step and sites.town is not None:
        event.where = in_town(event, sites.town, sites)
    if not event.where.step:
        event.where = in_scene(event, told, sites)
    if not event.where.step:
        event.where = in_power(event.reading, event.trigger, sites, town=False) or at_home(
            event.reading, event.trigger, sites)
    if not event.where.step:
        event.where = between_neighbours(event, sites) or in_country(event, sites)
    if not event.when.step and not calendar.looks_back(event.reading, published):
        event.when = when_beside(event.reading, event.trigger, calendar, readings, published)
        if not event.when.step:
            event.when = day_of_story(event, told)
    if not event.when.step:
        event.when = when_published(published)
    reconcile_with_today(event, calendar, published, document.lang)


def _dates_finer(mention: EventMention, event: EventMention) -> bool:
    """Whether another mention says more finely when: "sank last week", then "went down on Thursday"."""
    new, old = mention.when.span, event.when.span
    if (new.days or COARSE_DAYS) > DAY_OR_NIGHT or old.end is None or (old.days or COARSE_DAYS) < COARSE_DAYS:
        return False
    return (old.start is None or old.start <= new.start) and new.end <= old.end  # type: ignore[operator]


def _tells_beginning(mention: EventMention, event: EventMention) -> bool:
    """ "The unrest began on 8 June": since when, not when."""
    return event.type in GOING_ON and mention.reading is not event.reading \
        and tells_beginning(mention.reading, mention.trigger.token)


def _finer(new: Where, old: Where) -> bool:
    """Whether another mention places the event more finely."""
    a, b = new.mentions[0].place, old.mentions[0].place
    return len(old.mentions) == 1 and a is not None and b is not None and contains(b, a)


def _long_past(event: EventMention, published: Publication | None) -> bool:
    end = event.when.span.end
    today = published.end if published else None
    return bool(end and today and event.when.step != "publication" and today.year - end.year > HISTORY_YEARS)


def _reports(event: EventMention, number: int, readings: Sequence[SentenceReading]) -> Iterator[Report]:
    """One report a place; an event with none has one report."""
    position = event.all[0].reading.position / len(readings)
    spans = list(dict.fromkeys((mention.reading.sentence.start, mention.reading.sentence.end)
                               for mention in [event, *sorted(event.joined, key=lambda m: m.offset)]))
    trigger = event.reading.tokens[event.trigger.token]
    sense = event.trigger.sense
    places: Sequence[PlaceMention | None] = event.where.mentions or (None,)
    for place in places:
        yield Report(
            type=event.type, codes=codes_of(event), factuality=event.status.factuality,
            trigger=(trigger.start, trigger.end), quotes=tuple(spans[:MOST_QUOTES]),
            place=place.place if place else None, place_mention=place, span=event.when.span,
            time_expression=event.when.expression, claimed_by=event.status.claimed_by, actors=event.actors,
            quantities=event.quantities, salience=salience_of(event, position),
            confidence=confidence_of(event), group=f"g{number}" if len(places) > 1 else "",
            why=(f"type: “{trigger.text}” ({sense.id})", f"place: {event.where.why}", f"time: {event.when.why}",
                 f"status: {event.status.why}"))
