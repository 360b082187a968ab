"""The places of a document that may pin an event, found by sentence; and its dateline."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice

from extract.agencies import agencies_in
from extract.annotation import Form, PlaceMention, PlaceRole, TimeExpression
from extract.document import Document
from extract.events.mention import Where
from extract.events.reading import SentenceReading
from extract.sections import SectionRole
from geodata.place import Place, PlaceKind

REMEMBERED = 30
"""How many places back "dort" and "the city" may refer."""
HOME_SHARE = 0.5
"""Part of an article's places that are in the country that it is said to tell of."""
NEAR_KM = 20.0
"""Radius of the circle drawn around a town that an event is said to be near."""
DATELINE_WITHIN = 80
"""How many code points from the start of the body a dateline's place ends at most."""
DATELINE_TOKENS = 4
"""How many tokens a dateline has at most that is a sentence of its own ("Athen.", "Port Sudan/El Fascher.")."""
DATELINE_END = re.compile(
    r"(?:,? ?\d{1,2}\.(?: ?\d{1,2}\.| ?[^\W\d_]{3,9}\.?)?(?: ?\d{2,4})?|,? [^\W\d_]{3}\. \d{1,2})?"
    r"[^.;:!?]{0,30}?(?:\([\w/-]{2,16}\)|[–—]|\s(?:--?|\|)\s)")
"""What follows a dateline's place: perhaps a date and a country, then an agency in brackets or a dash."""
CAPITALS_END = re.compile(r"(?:, [A-Z][^.;:!?\n]{2,20})?: ")
"""The same of a place in capitals, as papers of South Asia print it: "QUETTA: Eight passengers …"."""
DAY = r"(?:\d{1,2}\.? ?(?:\d{1,2}\.|[^\W\d_]{3,9}\.?)|[^\W\d_]{3,9}\.? \d{1,2})(?:,? \d{4})?"
DATED = re.compile(rf",? ?{DAY}\.?")
"""What follows the place of a dateline that is a sentence of its own: "BERLIN, 11. März."."""
DATED_END = re.compile(rf" ?{DAY} ?(?::|[–—]|--? |\()")
"""A date behind the mark that ends a dateline: "LAGOS — March 11, 2025: Gunmen …"."""
HEADING_END = re.compile(r"[^\S\n]?(?:\([^()\n]{2,40}\) ?)?(:|[–—|•]|\s-)\s")
"""What follows the place that heads a paragraph of a round-up: perhaps a region in brackets, then a mark."""
ROUND_UP = 2
"""How many paragraphs begin with a place, a different one each, in a round-up."""
BULLET = 4
"""Code points of the bullet or pictograms that may stand before it."""

NEAR_AREA = frozenset({PlaceKind.WATER, PlaceKind.REGION, PlaceKind.MACROREGION, PlaceKind.SITE})
NEAR_AREA_KM = 150.0
"""Radius of the largest lake, island or district that "near" says enough of."""


class _InOrder(list[PlaceMention]):
    """Places in the order of the text, found by where they start: asked for some hundred times an article."""

    def __init__(self, places: Iterable[PlaceMention]) -> None:
        super().__init__(places)
        self._starts = [place.start for place in self]

    def between(self, start: int, end: int) -> list[PlaceMention]:
        """The places between two code points."""
        return self[bisect_left(self._starts, start):bisect_left(self._starts, end)]

    def before(self, offset: int) -> list[PlaceMention]:
        """The places before a code point that may be referred to, the nearest first."""
        last = bisect_left(self._starts, offset)
        return self[max(last - REMEMBERED, 0):last][::-1]


def _is_near_enough(place: Place) -> bool:
    """Whether "near" the place says where: "near Goma", "near the Senkaku Islands", but not "near the frontier"."""
    return place.kind.is_point or (place.kind in NEAR_AREA and place.radius_km <= NEAR_AREA_KM)


class Sites:
    """The places of a document that may pin an event, found by sentence."""

    def __init__(self, document: Document, places: Sequence[PlaceMention]) -> None:
        self._document = document
        self._round_up: bool | None = None
        self._all = _InOrder(place for place in places if place.place is not None)
        self._named = _InOrder(place for place in self._all if place.form is Form.NAME)
        self._acting = _InOrder(place for place in self._all if place.role is PlaceRole.ACTOR)
        self._pinning = _InOrder(place for place in self._all if place.role.pins)
        self._origins = _InOrder(place for place in self._all if place.role is PlaceRole.ORIGIN)
        self._unresolved = _InOrder(place for place in places if place.place is None and place.form is Form.NAME
                                    and (place.role.pins or place.role in (PlaceRole.LANDMARK, PlaceRole.ORIGIN)))
        self._near = _InOrder(
            replace(place, place=replace(place.place, radius_km=max(place.place.radius_km, NEAR_KM)))
            for place in self._all if place.role is PlaceRole.LANDMARK
            and place.place is not None and _is_near_enough(place.place))
        self.dateline: PlaceMention | None = None
        self.town: PlaceMention | None = None
        """The town that the article is about (:mod:`extract.events.focus`), what "the city" stands for."""
        self.spoken_at: frozenset[int] = frozenset()
        """Where the places start that only tell where somebody spoke."""
        self.met_at: frozenset[int] = frozenset()
        """Where those start that only tell where people talked or signed."""
        self._dateline_start = self._dateline_end = 0
        self._find_dateline()

    def within(self, start: int, end: int) -> list[PlaceMention]:
        """The places between two code points."""
        found = self._pinning.between(start, end)
        named = [place for place in found if place.form is Form.NAME or (place.place and place.place.kind.is_point)]
        return named or found  # "in an American prison in Iraq": a name says more than a country's adjective

    def named_within(self, start: int, end: int) -> list[PlaceMention]:
        """The places named between two code points, whatever their role."""
        return self._named.between(start, end)

    def named_before(self, offset: int) -> list[PlaceMention]:
        """The places named before a code point, whatever their role, the nearest first."""
        return self._named.before(offset)

    def all_within(self, start: int, end: int) -> list[PlaceMention]:
        """All that stands for a place between two code points, adjectives too, whatever their role."""
        return self._all.between(start, end)

    @cached_property
    def homeland(self) -> PlaceMention | None:
        """A mention of the country that most places of the article are in; ``None`` where it tells of several."""
        told = Counter(place.place.country for place in self._all
                       if place.place is not None and place.place.country is not None)
        if not told:
            return None
        country, times = told.most_common(1)[0]
        if times < HOME_SHARE * told.total():
            return None
        return next((place for place in self._all if place.place is not None and place.place.country == country
                     and place.place.kind is PlaceKind.COUNTRY), None)

    @cached_property
    def border(self) -> PlaceMention | None:
        """A mention of the one border that the article tells of; ``None`` if of none or several."""
        told = {place.place.id: place for place in self._all
                if place.place is not None and place.place.kind is PlaceKind.BORDER}
        return next(iter(told.values())) if len(told) == 1 else None

    def origins_within(self, start: int, end: int) -> list[PlaceMention]:
        """The places between two code points that something comes from."""
        return self._origins.between(start, end)

    def acting_within(self, start: int, end: int) -> list[PlaceMention]:
        """The places between two code points that stand for people or states, their adjectives among them."""
        return self._acting.between(start, end)

    def landmarks_within(self, start: int, end: int) -> list[PlaceMention]:
        """Towns and sites between two code points that something is near to, with the circle that "near" means."""
        return self._near.between(start, end)

    def unresolved_within(self, start: int, end: int) -> list[PlaceMention]:
        """The sites between two code points that the gazetteer doesn't know."""
        return self._unresolved.between(start, end)

    def before(self, offset: int, spoken: bool = False) -> list[PlaceMention]:
        """The places before a code point, the nearest first; those where somebody only spoke only if asked for."""
        return [place for place in self._pinning.before(offset) if spoken or place.start not in self.spoken_at]

    def country_told_of(self, offset: int) -> str | None:
        """The country (ISO 3166-1) of the article's town, or of most places before; ``None`` where there are none."""
        if self.town is not None and self.town.place is not None and self.town.start < offset:
            return self.town.place.country
        told = Counter(place.place.country for place in self.named_before(offset)
                       if (place.role.pins or place.role is PlaceRole.LANDMARK)
                       and place.place is not None and place.place.country is not None)
        return told.most_common(1)[0][0] if told else None

    def dateline_in(self, reading: SentenceReading) -> bool:
        """Whether a sentence starts with the article's dateline."""
        return self.dateline is not None and reading.sentence.start <= self.dateline.start < reading.sentence.end

    def dateline_of(self, reading: SentenceReading, document: Document) -> bool:
        """Whether the dateline opens the paragraph of a sentence."""
        section = document.sections[reading.sentence.section]
        return self.dateline is not None and section.start <= self.dateline.start < section.end

    def opening(self, reading: SentenceReading, document: Document) -> PlaceMention | None:
        """The place that opens a sentence's paragraph: the dateline, or a line of its own in a round-up ("Lima.")."""
        if self.dateline_of(reading, document):
            return self.dateline
        first = document.sentence_at(document.sections[reading.sentence.section].start)
        if first is None or first.last - first.first > DATELINE_TOKENS or first.end > reading.sentence.start:
            return None
        return next(iter(self._named.between(first.start, first.end)), None)

    def heading(self, reading: SentenceReading, document: Document) -> PlaceMention | None:
        """The place that heads a sentence or its paragraph in a round-up: "Wismar: Am Hafen ist eine Bombe …".

        Before a dash stands where a reporter is, too, unless more than one paragraph begins so.
        """
        if reading.is_headline:
            return None
        for start in (reading.sentence.start, document.sections[reading.sentence.section].start):
            place, mark = self._heading_at(start, document.text)
            if place is not None and (mark == ":" or self._is_round_up(document)):
                return place
        return None

    def crosshead(self, reading: SentenceReading, document: Document) -> PlaceMention | None:
        """The one place named in the heading right above a sentence's paragraphs: "Kellerbrand in Garbsen"."""
        number = reading.sentence.section
        while number >= 0 and document.sections[number].role is not SectionRole.HEADING:
            if document.sections[number].role is SectionRole.TITLE:
                return None
            number -= 1
        if number < 0:
            return None
        head = document.sections[number]
        told = {place.place.id: place for place in self.within(head.start, head.end) if place.place is not None}
        return next(iter(told.values())) if len(told) == 1 else None

    def _heading_at(self, start: int, text: str) -> tuple[PlaceMention | None, str]:
        """The place that stands at ``start`` with a mark behind it, and the mark."""
        place = next(iter(self._named.between(start, start + BULLET)), None)
        if place is None or self.of_dateline(place) or any(map(str.isalnum, text[start:place.start])):
            return None, ""
        end = HEADING_END.match(text, place.end)
        return (place, end.group(1)) if end else (None, "")

    def _is_round_up(self, document: Document) -> bool:
        if self._round_up is None:
            headed = (self._heading_at(section.start, document.text)[0] for section in document.sections)
            self._round_up = len({place.text for place in headed if place is not None}) >= ROUND_UP
        return self._round_up

    def at_dateline(self) -> Where:
        """The dateline's place."""
        assert self.dateline is not None
        return Where((self.dateline,), "dateline", f"the dateline says “{self.dateline.text}”")

    def of_dateline(self, place: PlaceMention) -> bool:
        """Whether a place stands in the dateline ("KABUL, Afghanistan (AP) —")."""
        return self._dateline_start <= place.start < self._dateline_end

    def outside_dateline(self, times: Sequence[TimeExpression]) -> Sequence[TimeExpression]:
        """The times but for the dateline's own date, which says when it was written, not when anything happened."""
        if not self._dateline_end:
            return times
        return [time for time in times if not self._dateline_start <= time.start < self._dateline_end]

    def _has_two_towns(self, place: PlaceMention) -> bool:
        """Whether another town stands behind a stroke: in "Berlin/Kiew (dpa)" one of them is the newsroom's."""
        following = self._document.text[place.end:place.end + 1]
        return following == "/" and bool(self._named.between(place.end + 1, place.end + 2))

    def _find_dateline(self) -> None:
        """ "KAIRO (dpa) –", "KABUL, Afghanistan (AP) —": a place that opens the body, before a dash."""
        text = self._document.text
        body = (sentence for sentence in self._document.sentences if sentence.role.tells_events)
        for sentence in islice(body, 3):
            for place in self._named.between(sentence.start, sentence.start + DATELINE_WITHIN):
                between = text[sentence.start:place.start]
                after = text[place.end:place.end + 40]
                alone = sentence.end > place.end and (sentence.last - sentence.first <= DATELINE_TOKENS
                                                      or bool(DATED.fullmatch(text, place.end, sentence.end)))
                ended = DATELINE_END.match(after)
                if ended is None and place.text.isupper() and not self._is_round_up(self._document):
                    ended = CAPITALS_END.match(after)
                if (ended or (alone and text[sentence.end - 1] == ".")) \
                        and (len(between) <= 3 or agencies_in(between.strip())):  # "dpa Quito."
                    self._dateline_start = place.start
                    self._dateline_end = place.end + ended.end() if ended else sentence.end
                    dated = DATED_END.match(text, self._dateline_end)
                    self._dateline_end = dated.end() if dated else self._dateline_end
                    if not self._has_two_towns(place):
                        self.dateline = place
                    return
