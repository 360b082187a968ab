"""Extended attributes: "die am Montag in Tirana festgenommenen Männer" tells of an arrest before its noun.

Such a participle names an event where a time or a place of its own stands between the determiner and it; a bare one
("die besetzten Gebiete") or one that names only who did it ("die von Rebellen besetzte Stadt") tells how something is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from extract.events.reading import SentenceReading

LONGEST = 14
"""How many tokens stand at most between the determiner and its participle."""
ADJECTIVES = 2
"""How many adjectives stand at most between the participle and its noun."""


class Placed(Protocol):
    """A mention of a place or a time."""

    @property
    def start(self) -> int:
        """Its first code point."""


Mention = TypeVar("Mention", bound=Placed)


DETERMINERS = frozenset({"determiner", "definite"})
"""Classes of the word before an attribute."""
NO_ADJECTIVE = DETERMINERS | {"preposition", "coordinator", "attribute_opener"}
"""Classes of words that stand behind a verb, not before a noun."""
OWN = ("attribute_opener",)
"""Classes of what begins a time or a place of its own."""
ANY = ("attribute_opener", "preposition", "agent_marker")
"""The same, or who did it."""


def attribute_of(reading: SentenceReading, number: int, openers: Sequence[str] = OWN) -> tuple[int, int] | None:
    """First token of the attribute that the participle at ``number`` ends, and its own; ``None`` if it ends none."""
    if not reading.tokens[number].text[:1].islower() or not _before_noun(reading, number):
        return None
    for at in range(number - 2, max(number - LONGEST, 0) - 1, -1):
        classes = reading.words[at + 1].classes
        if not reading.tokens[at + 1].text[:1].isalnum() or "finite" in classes or "reporting" in classes:
            return None
        if not set(openers).isdisjoint(classes) and not DETERMINERS.isdisjoint(reading.words[at].classes):
            return at + 1, number
    return None


def of_one_event(reading: SentenceReading, number: int, mentions: Sequence[Mention]) -> list[Mention]:
    """The times or places that may be the event's at ``number``: those of its attribute, else those of none.

    Where none would be left, all are given.
    """
    attributes = reading.attributes
    if not attributes or not mentions:
        return list(mentions)

    def inside(first: int, last: int) -> Callable[[Mention], bool]:
        return lambda mention: first <= reading.token_at(mention.start) < last

    own = next((span for span in attributes if span[1] == number), None)
    if own is not None:
        return list(filter(inside(*own), mentions)) or list(mentions)
    return [mention for mention in mentions if not any(inside(*span)(mention) for span in attributes)] \
        or list(mentions)


def _before_noun(reading: SentenceReading, number: int) -> bool:
    """Whether a noun follows, at most some adjectives on."""
    following = range(number + 1, min(number + 2 + ADJECTIVES, len(reading.tokens)))
    for token, word in ((reading.tokens[at], reading.words[at]) for at in following):
        if not token.text[:1].isalpha() or not NO_ADJECTIVE.isdisjoint(word.classes):
            return False
        if token.text[:1].isupper():
            return True
    return False
