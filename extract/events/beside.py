"""Where: the place that the sentences before tell in the paragraph; the one below a headline; else the dateline's."""

from __future__ import annotations

from collections.abc import Sequence

from extract.annotation import PlaceMention, PlaceRole
from extract.document import Document
from extract.events.containment import finest, same_place
from extract.events.focus import LOCAL
from extract.events.mention import Where
from extract.events.reading import SentenceReading
from extract.events.sites import Sites
from extract.events.triggers import Trigger

PARAGRAPH = 3
"""How many sentences back in its paragraph an event is where the last place was told."""


def where_beside(reading: SentenceReading, trigger: Trigger, sites: Sites, document: Document,
                 readings: Sequence[SentenceReading]) -> Where:
    """The place that the sentence before gives, if of the same paragraph; else the dateline's, in its own.

    A headline has the place of the sentence that it stands over.
    """
    if reading.is_headline and len(readings) > 1:
        first = readings[min(reading.position + 1, len(readings) - 1)]
        below = [place for place in sites.within(first.sentence.start, first.sentence.end)
                 if not sites.of_dateline(place)]
        if below:
            place = finest(below)[0]
            return Where((place,), "paragraph", f"“{place.text}” is told in the sentence below the headline")
        return sites.at_dateline() if sites.dateline_in(first) else Where()
    section = document.sections[reading.sentence.section]
    back = PARAGRAPH if trigger.sense.type == "crime" else 1
    start = _last_placed(reading, section.start, back, sites, document)
    earlier = [place for place in (*sites.within(start, reading.sentence.start),
                                   *sites.landmarks_within(start, reading.sentence.start))
               if not sites.of_dateline(place) and place.start not in sites.spoken_at
               and (place.start not in sites.met_at or trigger.sense.type not in LOCAL)]
    if earlier:
        chosen = finest(sorted(earlier, key=lambda place: place.start))[-1]
        named = sites.named_within(reading.sentence.start, reading.sentence.end)
        if not any(_is_apart(place, chosen) and place.start not in sites.spoken_at for place in named):
            return Where((chosen,), "paragraph", f"“{chosen.text}” is told in the sentence before")
    return sites.at_dateline() if sites.dateline_of(reading, document) \
        and not _told_elsewhere(reading, sites, section.start) else Where()


def _last_placed(reading: SentenceReading, start: int, back: int, sites: Sites, document: Document) -> int:
    """Where the last of so many sentences before one starts that names a place, in its paragraph."""
    for index in range(reading.index - 1, max(reading.index - 1 - back, -1), -1):
        sentence = document.sentences[index]
        if sentence.start < start:
            break
        if any(place.place is not None and place.place.kind.is_point
               for place in sites.named_within(sentence.start, sentence.end)):
            return sentence.start
    return max(start, document.sentences[max(reading.index - 1, 0)].start)


def _told_elsewhere(reading: SentenceReading, sites: Sites, start: int) -> bool:
    """Whether a dateline's paragraph has told a place before: the story is there, not where it was written."""
    return any(not sites.of_dateline(place) and place.start not in sites.spoken_at
               for place in sites.within(start, reading.sentence.start))


def _is_apart(place: PlaceMention, before: PlaceMention) -> bool:
    """Whether a place that a sentence names is another than the one told before, and nobody's origin."""
    return place.role is not PlaceRole.ORIGIN and place.place is not None and before.place is not None \
        and not same_place(place.place, before.place)
