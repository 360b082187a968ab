"""Corrections applied to the events of a run, oldest first: pure, and the same on every run.

An event is found by the words that tell of it. What the program calls it, where it puts it and which
id it has only decide between several events of the same words, so corrections outlive new versions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import count

from geodata.corrections import (
    Anchor,
    Confirm,
    Correction,
    Discard,
    Merge,
    Move,
    Redate,
    Restate,
    Retype,
    Split,
    Told,
    Words,
    in_effect,
    quote_hash,
    words_of,
)
from geodata.event import Event, Source
from geodata.taxonomy import taxonomy

CONFIRMED = 1.0
"""Confidence of what a person confirmed."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """What corrections made of the events of a run.

    Attributes
    ----------
    events:
        The layer: in the order they came, what was split off at the end.
    discarded:
        What a person threw out, each with the sources that went: still there to be taken back.
    reviewed:
        By event id, the ids of the corrections in effect on it, oldest first.
    unmatched:
        Corrections whose words no event of this run has: kept, and tried again in the next.
    """

    events: tuple[Event, ...]
    discarded: tuple[Event, ...]
    reviewed: Mapping[str, tuple[str, ...]]
    unmatched: tuple[Correction, ...]


def replay(events: Iterable[Event], corrections: Iterable[Correction]) -> Replayed:
    """Apply all corrections in effect to ``events``."""
    run = _Run(events)
    unmatched = [correction for correction in in_effect(corrections) if not run.apply(correction)]
    return Replayed(tuple(run.events.values()), tuple(run.discarded), {
        event: tuple(ids) for event, ids in run.reviewed.items() if event in run.events}, tuple(unmatched))


def reach_of(corrections: Iterable[Correction]) -> frozenset[str]:
    """Hashes of the texts and quotes by which the events are found that these corrections may touch.

    Events that none of them is in (:func:`untouched`) come out of :func:`replay` as they went in, and needn't
    be given to it.
    """
    return frozenset(key for correction in corrections for anchor in _anchors(correction)
                     for words in anchor.words for key in (words.text_sha256, words.quote_sha256))


def hashes_in(event: Event) -> Iterator[str]:
    """Hashes of the texts and quotes that tell of an event."""
    for source in event.sources:
        yield source.text_sha256
        yield quote_hash(source.quote)


def untouched(events: Iterable[Event], reach: frozenset[str], aside: list[Event]) -> Iterator[Event]:
    """The events that no correction with this :func:`reach_of` may touch; the others are put ``aside``."""
    for event in events:
        if reach and not reach.isdisjoint(hashes_in(event)):
            aside.append(event)
        else:
            yield event


class _Run:
    """The events as the corrections so far have left them, and an index of their words."""

    def __init__(self, events: Iterable[Event]) -> None:
        self.events: dict[str, Event] = {}
        for event in events:
            self._add(event)
        self.discarded: list[Event] = []
        self.reviewed: dict[str, list[str]] = {}
        self._by_words: dict[str, set[str]] = {}
        for event in self.events.values():
            self._index(event)

    def _add(self, event: Event) -> None:
        """Take an event in; a second one of the same id gets another, so that neither is lost."""
        name = next(each for number in count(1)
                    if (each := event.id if number == 1 else f"{event.id}-{number}") not in self.events)
        self.events[name] = event if name == event.id else replace(event, id=name)

    def apply(self, correction: Correction) -> bool:
        """Apply one correction; whether its event was found."""
        change = correction.change
        if isinstance(change, Discard):
            return self._discard(correction)
        event = self._find(correction.target)
        if event is None:
            return False
        if isinstance(change, Merge):
            return self._merge(event, change, correction)
        if isinstance(change, Split):
            return self._split(event, change, correction)
        self._put(_changed(event, correction), correction)
        return True

    def _find(self, anchor: Anchor) -> Event | None:
        """The event that shares most with the anchor: words first, then trigger, place, type and id."""
        found = self._candidates(anchor)
        return max(found, key=lambda event: (_likeness(event, anchor), event.id)) if found else None

    def _candidates(self, anchor: Anchor) -> list[Event]:
        """Events of the anchor's words that also share its trigger, or its type where no trigger is marked."""
        ids = {event for words in anchor.words for key in (words.text_sha256, words.quote_sha256)
               for event in self._by_words.get(key, ()) if event in self.events}
        return [self.events[event] for event in sorted(ids) if _tells_of(self.events[event], anchor)]

    def _put(self, event: Event, correction: Correction) -> None:
        self.events[event.id] = event
        self.reviewed.setdefault(event.id, []).append(correction.id)
        self._index(event)

    def _index(self, event: Event) -> None:
        for key in hashes_in(event):
            self._by_words.setdefault(key, set()).add(event.id)

    def _discard(self, correction: Correction) -> bool:
        """Take the anchor's words out of every event they tell of; an event told by nothing else goes."""
        best = self._find(correction.target)
        if best is None:
            return False
        # one sentence may pin an event in several places: of these only the pin that was meant
        for event in self._candidates(correction.target):
            if _place_id(event) != _place_id(best):
                continue
            thrown = tuple(source for source in event.sources if _among(source, correction.target.words))
            left = tuple(source for source in event.sources if source not in thrown)
            self.discarded.append(replace(event, sources=thrown))
            if left:
                self._put(replace(event, sources=left, why=(*event.why, _reason(correction))), correction)
            else:
                del self.events[event.id]
        return True

    def _merge(self, event: Event, change: Merge, correction: Correction) -> bool:
        others = {other.id: other for anchor in change.others if (other := self._find(anchor)) is not None}
        for other in others.values():
            if other.id == event.id:  # the program has come to the same conclusion
                continue
            own = {words_of(source) for source in event.sources}
            event = replace(
                event, sources=(*event.sources, *(source for source in other.sources if words_of(source) not in own)),
                quantities=tuple(dict.fromkeys((*event.quantities, *other.quantities))),
                confidence=max(event.confidence, other.confidence))
            del self.events[other.id]
        if others:
            self._put(replace(event, why=(*event.why, _reason(correction))), correction)
        return bool(others)

    def _split(self, event: Event, change: Split, correction: Correction) -> bool:
        leaving = tuple(source for source in event.sources if _among(source, change.words))
        staying = tuple(source for source in event.sources if source not in leaving)
        if not leaving or not staying:
            return False
        why = (*event.why, _reason(correction))
        branch = sha256(f"{event.id} {correction.id}".encode()).hexdigest()[:8]
        stays = replace(event, sources=staying, why=why)
        leaves = replace(event, id=f"{event.id}-{branch}", sources=leaving, why=why)
        self._put(_as_told(stays, change.staying), correction)
        self._put(_as_told(leaves, change.leaving), correction)
        return True


def _changed(event: Event, correction: Correction) -> Event:
    """The event after a correction that concerns it alone."""
    why = (*event.why, _reason(correction))
    change = correction.change
    if isinstance(change, Move):
        return replace(event, place=change.place, why=why)
    if isinstance(change, Retype):
        kind = taxonomy().get(change.type)
        return replace(event, type=change.type, codes=kind.codes if kind else event.codes, why=why)
    if isinstance(change, Redate):
        return replace(event, span=change.span, why=why)
    if isinstance(change, Restate):
        return replace(event, factuality=change.factuality, claimed_by=change.claimed_by, why=why)
    if isinstance(change, Confirm):
        return replace(event, confidence=CONFIRMED, why=why)
    raise TypeError(f"no change of one event: {change!r}")


def _as_told(event: Event, told: Told | None) -> Event:
    """The event as the reports left to it tell it."""
    if told is None:
        return event
    kind = taxonomy().get(told.type)
    return replace(event, type=told.type, codes=kind.codes if kind and told.type != event.type else event.codes,
                   place=told.place, span=told.span, factuality=told.factuality, claimed_by=told.claimed_by,
                   quantities=told.quantities)


def about_the_same(one: Correction, other: Correction) -> bool:
    """Whether two corrections are about one event: one word names it, in one place or under one id."""
    return any(_meet(here, there) for here in _anchors(one) for there in _anchors(other))


def _anchors(correction: Correction) -> tuple[Anchor, ...]:
    change = correction.change
    return (correction.target, *(change.others if isinstance(change, Merge) else ()))


def _meet(here: Anchor, there: Anchor) -> bool:
    if here.event != there.event and here.place != there.place:  # two pins of one event
        return False
    return any(_same_words(a, b) and (a.trigger is None or b.trigger is None or _same_trigger(a, b))
               for a in here.words for b in there.words)


def _reason(correction: Correction) -> str:
    """The line that says on the event who decided what, when and why."""
    said = f": {correction.why}" if correction.why else ""
    return f"correction ({correction.action}) by {correction.who} on {correction.when:%Y-%m-%d}{said}"


def _place_id(event: Event) -> str:
    return event.place.id if event.place else ""


def _tells_of(event: Event, anchor: Anchor) -> bool:
    """Whether the event's words are the anchor's, and name the same event."""
    pairs = list(_shared(event, anchor))
    return any(here.trigger is not None and _same_trigger(here, there) for here, there in pairs) or any(
        (here.trigger is None or there.trigger is None) and event.type == anchor.type for here, there in pairs)


def _likeness(event: Event, anchor: Anchor) -> tuple[int, ...]:
    pairs = list(_shared(event, anchor))
    return (sum(_same_trigger(here, there) for here, there in pairs), event.id == anchor.event,
            _place_id(event) == anchor.place, event.type == anchor.type, len(pairs))


def _shared(event: Event, anchor: Anchor) -> Iterator[tuple[Words, Words]]:
    """Words of the event beside the anchor's own that are the same, or overlap in the same text."""
    for source in event.sources:
        here = words_of(source)
        for there in anchor.words:
            if _same_words(here, there):
                yield here, there


def _among(source: Source, words: Iterable[Words]) -> bool:
    here = words_of(source)
    return any(_same_words(here, there) and (here.trigger is None or there.trigger is None
                                             or _same_trigger(here, there)) for there in words)


def _same_words(here: Words, there: Words) -> bool:
    if here.text_sha256 == there.text_sha256:
        return here.start < there.end and there.start < here.end
    same_article = here.article == there.article or (here.url and here.url == there.url)
    return bool(same_article) and here.quote_sha256 == there.quote_sha256


def _same_trigger(here: Words, there: Words) -> bool:
    """Whether both mark the same word: by its place in the text, or in the quote where the texts differ."""
    if here.trigger is None or there.trigger is None:
        return False
    shift = 0 if here.text_sha256 == there.text_sha256 else here.start - there.start
    return here.trigger[0] < there.trigger[1] + shift and there.trigger[0] + shift < here.trigger[1]
