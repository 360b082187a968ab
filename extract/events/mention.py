"""A mention of an event: a trigger in its sentence, with what was found for its arguments."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from extract.annotation import PlaceMention, TimeExpression
from extract.events.factuality import Status
from extract.events.reading import SentenceReading
from extract.events.triggers import Trigger
from geodata.event import Quantity
from geodata.timespan import UNDATED, TimeSpan


class Where(NamedTuple):
    """The places of an event; several where the text names several.

    ``step`` is where they were found: ``clause sentence anaphor coreference paragraph dateline article`` or empty.
    """

    mentions: tuple[PlaceMention, ...] = ()
    step: str = ""
    why: str = "no place is told"


class When(NamedTuple):
    """The time span of an event; ``step`` as in :class:`Where`, or ``report`` or ``publication``."""

    span: TimeSpan = UNDATED
    expression: TimeExpression | None = None
    step: str = ""
    why: str = "no time is told"


@dataclass(slots=True)
class EventMention:
    """One trigger and its arguments, and what is joined to it because it tells of the same event."""

    reading: SentenceReading
    trigger: Trigger
    status: Status
    where: Where
    when: When
    quantities: tuple[Quantity, ...] = ()
    actors: tuple[tuple[str, str], ...] = ()
    joined: list[EventMention] = field(default_factory=list)

    @property
    def type(self) -> str:
        return self.trigger.sense.type

    @property
    def all(self) -> list[EventMention]:
        """This mention and those joined to it, in the order of the text."""
        if not self.joined:
            return [self]
        return sorted([self, *self.joined], key=lambda mention: mention.offset)

    @property
    def offset(self) -> int:
        return self.reading.tokens[self.trigger.token].start

    @property
    def is_headline(self) -> bool:
        """Whether only a headline tells it so far: the text then tells the same event in full."""
        return self.reading.is_headline and all(mention.reading.is_headline for mention in self.joined)

    @property
    def last_sentence(self) -> int:
        """Index of the last sentence that tells it so far; mentions are joined in the order of the text."""
        return max(self.reading.index, self.joined[-1].reading.index if self.joined else 0)

    @property
    def section(self) -> int:
        return self.reading.sentence.section
