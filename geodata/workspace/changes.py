"""What became of events between two runs: new, gone, moved, dated, typed or told otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from geodata.corrections import Words, words_of
from geodata.event import Event


class What(StrEnum):
    """What became of an event."""

    NEW = "new"
    GONE = "gone"
    MOVED = "moved"
    REDATED = "redated"
    RETYPED = "retyped"
    RESTATED = "restated"
    """Its status is another: asserted, claimed, denied …"""


@dataclass(frozen=True, slots=True)
class EventChange:
    """One thing that became of one event.

    Attributes
    ----------
    event, type:
        Id and type of the event as it is now; of a gone one as it was.
    was, now:
        In words for people; empty where there was or is nothing.
    article, quote:
        Of the event's first source, to tell people which event it is.
    """

    what: What
    event: str
    type: str
    was: str
    now: str
    article: str
    quote: str


def compare(before: Iterable[Event], after: Iterable[Event]) -> Iterator[EventChange]:
    """What became of the events ``before``, in the order of ``after``; what is gone comes last.

    Events are the same if their ids are, else if the same word of the same text names them: so an event that
    was moved, whose id may have changed with its place, is not one gone and one new.
    """
    old = {event.id: event for event in before}
    new = {event.id: event for event in after}
    changed = [(old.pop(event.id), event) if event.id in old else (None, event) for event in new.values()]
    left = _Left(old.values())
    for was, now in changed:
        partner = was or left.take(now)
        yield from differences(partner, now) if partner else (_change(What.NEW, now, "", describe(now)),)
    for was in left.events():
        yield _change(What.GONE, was, describe(was), "")


def differences(was: Event, now: Event) -> Iterator[EventChange]:
    """What two versions of one event differ in."""
    if place_of(was) != place_of(now) or (was.place and now.place and was.place.id != now.place.id):
        yield _change(What.MOVED, now, place_of(was), place_of(now))
    if (was.span.start, was.span.end) != (now.span.start, now.span.end):
        yield _change(What.REDATED, now, was.span.edtf, now.span.edtf)
    if was.type != now.type:
        yield _change(What.RETYPED, now, was.type, now.type)
    if was.factuality != now.factuality:
        yield _change(What.RESTATED, now, was.factuality.value, now.factuality.value)


def describe(event: Event) -> str:
    """An event in a few words: type, place and date."""
    return " · ".join(part for part in (event.type, place_of(event), event.span.edtf) if part)


def place_of(event: Event) -> str:
    """Name and kind of an event's place; empty where it has none."""
    return f"{event.place.name} ({event.place.kind.value})" if event.place else ""


def _change(what: What, event: Event, was: str, now: str) -> EventChange:
    first = event.sources[0] if event.sources else None
    article, quote = (first.article, first.quote) if first else ("", "")
    return EventChange(what, event.id, event.type, was, now, article, quote)


class _Left:
    """Events that no id was found for, by the texts that tell of them."""

    def __init__(self, events: Iterable[Event]) -> None:
        self._by_text: dict[str, dict[str, Event]] = {}
        self._events = {event.id: event for event in events}
        for event in self._events.values():
            for source in event.sources:
                self._by_text.setdefault(source.text_sha256, {})[event.id] = event

    def take(self, event: Event) -> Event | None:
        """The event of the same words, which is then no longer left; ``None`` if there is none."""
        own = [words_of(source) for source in event.sources]
        found = [(likeness, other.id) for text in {words.text_sha256 for words in own}
                 for other in self._by_text.get(text, {}).values()
                 if other.id in self._events and (likeness := _likeness(event, own, other))]
        return self._events.pop(max(found)[1]) if found else None

    def events(self) -> Iterable[Event]:
        return self._events.values()


def _likeness(event: Event, own: list[Words], other: Event) -> tuple[int, bool, bool] | None:
    """How sure it is that both are one event; ``None`` if no word names both."""
    shared = sum(_named_by_the_same(here, words_of(source), event.type == other.type)
                 for here in own for source in other.sources)
    return (shared, place_of(event) == place_of(other), event.type == other.type) if shared else None


def _named_by_the_same(here: Words, there: Words, same_type: bool) -> bool:
    if here.text_sha256 != there.text_sha256:
        return False
    if here.trigger is None or there.trigger is None:
        return same_type and here.start < there.end and there.start < here.end
    return here.trigger[0] < there.trigger[1] and there.trigger[0] < here.trigger[1]
