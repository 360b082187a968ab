"""Numbers of people and things: "fast 12.000", "at least three", "zwischen 40 und 50", "dozens".

Money, ages, scores, distances, dates and shares are numbers too, but count nobody: a number is a
quantity only where a noun or a word of harm says what it counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import compress, count
from typing import NamedTuple

from extract import lexicon
from extract.document import Document, Token
from geodata.event import Quantity

NOUN_REACH = 5
"""How many words after its number a noun stands ("drei bei dem Einsatz verletzte Soldaten")."""
ROLE_REACH = 9
"""How far from its number a word of harm says what happened."""
SHORT = 4
"""Letters of the shortest noun; a shorter word behind a number is a function word."""
MOST_WORDS, LONGEST_WORD = 100_000, 60
"""How many words are remembered, and how long they may be: more than a language has, less than a hostile text."""
LARGEST = 8e9
"""No number above the people on Earth counts people or things of war."""


@dataclass(frozen=True, slots=True)
class _Words:
    """One language's words for numbers, by what they do; all in lower case."""

    thousands: str
    decimal: str
    numbers: Mapping[str, float]
    one: Mapping[str, float]
    multipliers: Mapping[str, float]
    vague: Mapping[str, Sequence[float]]
    hedges: Mapping[str, frozenset[str]]
    not_next: frozenset[str]
    not_before: frozenset[str]
    nouns: _Patterns
    roles: _Patterns
    starts: _Starts


class _Patterns(dict[str, str]):
    """Word → role, empty for most: by exact words, beginnings ("soldat*") and inner parts ("*soldat*"); kept."""

    def __init__(self, table: Mapping[str, Sequence[str]]) -> None:
        entries = [(entry.strip("*"), entry.startswith("*"), entry.endswith("*"), role)
                   for role, entries in table.items() for entry in entries]
        super().__init__((entry, role) for entry, head, tail, role in entries if not head and not tail)
        self._open = [entry for entry in entries if entry[1] or entry[2]]

    def __missing__(self, word: str) -> str:
        role = next((role for entry, head, tail, role in self._open
                     if (word.startswith(entry) if not head else entry in word if tail else word.endswith(entry))), "")
        if len(self) < MOST_WORDS and len(word) < LONGEST_WORD:
            self[word] = role
        return role


class _Starts(dict[str, bool]):
    """Word → whether a number may start with it: a numeral, or a word that the lexicon knows as one; kept."""

    def __init__(self, words: Iterable[str]) -> None:
        super().__init__((word, True) for word in words)

    def __missing__(self, word: str) -> bool:
        starts = word[0].isdigit()
        if len(self) < MOST_WORDS and len(word) < LONGEST_WORD:
            self[word] = starts
        return starts


@cache
def _words(lang: str) -> _Words | None:
    data = lexicon.read(lang, "quantities")
    if not data:
        return None
    return _Words(
        data["thousands"], data["decimal"], data["numbers"], data["one"], data["multipliers"], data["vague"],
        {name: frozenset(words) for name, words in data["words"].items()}, frozenset(data["not_counted"]["next"]),
        frozenset(data["not_counted"]["before"]), _Patterns(data["nouns"]), _Patterns(data["roles"]),
        _Starts((*data["numbers"], *data["one"], *data["vague"])))


class _Number(NamedTuple):
    """A number as read: its tokens (``first`` to before ``last``) and its bounds."""

    first: int
    last: int
    minimum: float
    maximum: float
    vague: bool = False


def find_quantities(document: Document) -> tuple[Quantity, ...]:
    """The quantities of a document, in order; of every section, captions too."""
    words = _words(document.lang)
    if words is None:
        return ()
    starts = frozenset(filter(words.starts.__getitem__, document.spellings))
    found: list[Quantity] = []
    for sentence in document.sentences:
        lower = document.lower[sentence.first:sentence.last]
        if not starts.isdisjoint(lower):  # few sentences have a number
            places = list(compress(count(), map(starts.__contains__, lower)))
            found.extend(_of_sentence(document.text, document.tokens_of(sentence), lower, places, words))
    return tuple(found)


def _of_sentence(text: str, tokens: Sequence[Token], lower: Sequence[str], places: Sequence[int],
                 words: _Words) -> Iterator[Quantity]:
    """The quantities of a sentence whose numbers start at ``places``."""
    end = 0
    for place in places:
        number = _read_number(lower, place, words) if place >= end else None
        if number is None:
            continue
        quantity = _quantity(text, tokens, lower, number, words)
        if quantity is not None:
            yield quantity
        end = number.last


def _read_number(lower: Sequence[str], at: int, words: _Words) -> _Number | None:
    """The number that starts at a token, with its multiplier and the other end of its range."""
    low = _single(lower, at, words)
    if low is None:
        return None
    value, last = low.minimum, low.last
    between = at > 0 and lower[at - 1] in words.hedges["between"]
    if last + 1 < len(lower) and (lower[last] in words.hedges["range"] or lower[last] in "–-"
                                  or (between and lower[last] in words.hedges["and"])):
        other = _single(lower, last + 1, words)
        if other is not None and other.maximum > value:
            return _Number(at, other.last, value, other.maximum)
    return low


def _single(lower: Sequence[str], at: int, words: _Words) -> _Number | None:
    word = lower[at]
    if word in words.vague:
        minimum, maximum = words.vague[word]
        return _Number(at, at + 1, minimum, maximum, minimum != maximum)
    value = words.numbers.get(word, words.one.get(word))
    if value is None:
        value = _numeral(word, words)
    if value is None:
        return None
    last = at + 1
    while last < len(lower) and lower[last] in words.multipliers:
        value *= words.multipliers[lower[last]]
        last += 1
    if last < len(lower) and lower[last] in words.vague and words.vague[lower[last]][0] == words.vague[lower[last]][1]:
        value *= words.vague[lower[last]][0]  # "zwei Dutzend"
        last += 1
    return _Number(at, last, value, value) if value <= LARGEST else None


def _numeral(word: str, words: _Words) -> float | None:
    """ "12.000" in German is "12,000" in English; "3:1" and "16.10.2024" are no numbers."""
    if not word[0].isdigit() or len(word) > 15:
        return None
    whole, _, fraction = word.partition(words.decimal)
    groups = whole.split(words.thousands)
    if not all(part.isdecimal() for part in groups) or (fraction and not fraction.isdecimal()):
        return None
    if len(groups) > 1 and (len(groups[0]) > 3 or any(len(part) != 3 for part in groups[1:])):
        return None
    return float(int("".join(groups))) + (float("0." + fraction) if fraction else 0.0)


def _quantity(text: str, tokens: Sequence[Token], lower: Sequence[str], number: _Number,
              words: _Words) -> Quantity | None:
    """The number as a quantity, if something says whom or what it counts."""
    if number.last < len(lower) and (lower[number.last] in words.not_next or lower[number.last] in "%€$£:°"):
        return None
    if number.last + 1 < len(lower) and lower[number.last] in "-–" and lower[number.last + 1] in words.not_next:
        return None
    if number.first > 0 and (lower[number.first - 1] in words.not_before or lower[number.first - 1] in "$€£:"):
        return None
    is_one = lower[number.first] in words.one and number.last == number.first + 1
    if not is_one and number.minimum == number.maximum and number.last == number.first + 1 \
            and 1900 <= number.minimum <= 2100 and lower[number.first].isdecimal():
        return None  # a year
    role = _role(lower, number, words, is_one)
    if not role:
        return None
    minimum, maximum, approximate, first = _bounds(lower, number, words)
    start, end = tokens[first].start, tokens[number.last - 1].end
    return Quantity(start, end, text[start:end], role, minimum, maximum, approximate)


def _role(lower: Sequence[str], number: _Number, words: _Words, is_one: bool) -> str:
    noun, noun_at = "", number.last
    for at, word in enumerate(lower[number.last:number.last + NOUN_REACH], number.last):
        if word in words.not_next or word in ".;:(":
            break
        if at > number.last and (word[0].isdigit() or word in words.numbers):
            break
        noun = words.nouns[word]
        if noun:
            noun_at = at
            break
        if is_one and at > number.last + 1:
            break
    if noun in ("killed", "injured", "missing", "captured", "material"):
        return noun
    if is_one and not noun:
        return ""  # an article, mostly
    fate = _fate(lower, number, noun_at, words)
    if is_one:
        return fate
    if noun:
        return fate or noun
    return fate if fate and _stands_alone(lower, number, words) else ""


def _stands_alone(lower: Sequence[str], number: _Number, words: _Words) -> bool:
    """Whether no noun follows a number, so that a word of harm alone says whom it counts ("killing 12")."""
    if number.last >= len(lower):
        return True
    following = lower[number.last]
    return not following[0].isalpha() or len(following) < SHORT or following in words.hedges["others"] \
        or bool(words.roles[following])


def _fate(lower: Sequence[str], number: _Number, noun_at: int, words: _Words) -> str:
    """What happened to those counted: a word of harm behind the noun, before it, or behind an "and"."""
    around = lower[max(number.first - ROLE_REACH, 0):noun_at + ROLE_REACH]
    if not any(map(words.roles.__getitem__, around)):
        return ""  # by far the most
    ahead = list(_ahead(lower, noun_at, words))
    nearest = next((place for place, at in enumerate(ahead) if lower[at] in words.hedges["and"]), len(ahead))
    behind = range(number.first - 1, max(number.first - ROLE_REACH, -1), -1)
    for reach in (ahead[:nearest], behind, ahead[nearest:]):
        for at in reach:
            if lower[at] in ".;:":
                break
            role = words.roles[lower[at]]
            if role:
                return role
    return ""


def _ahead(lower: Sequence[str], noun_at: int, words: _Words) -> Iterator[int]:
    """The tokens behind a noun that may tell of it: up to a mark, another number or the part of a whole."""
    numbers, part_of = words.numbers, words.hedges["part_of"]
    for at, word in enumerate(lower[noun_at:noun_at + ROLE_REACH], noun_at):
        if word in ".;:" or (at > noun_at and (word in numbers or word[0].isdigit() or word in part_of)):
            return
        yield at


def _bounds(lower: Sequence[str], number: _Number, words: _Words) -> tuple[float | None, float | None, bool, int]:
    """Bounds, whether hedged, and the first token of the hedge."""
    first, hedges = number.first, words.hedges
    minimum: float | None = number.minimum
    maximum: float | None = number.maximum
    if number.vague:
        return minimum, maximum, True, first
    at = first - 1
    than = at >= 0 and lower[at] in hedges["than"]
    if than:
        at -= 1
    if at < 0:
        return minimum, maximum, False, first
    word = lower[at]
    if word in hedges["at_least"]:
        return minimum, None, False, at - (at > 0 and lower[at - 1] in hedges["lead"])
    if word in hedges["at_most"]:
        return None, maximum, False, at
    if than:
        return minimum, maximum, False, first
    if word in hedges["nearly"]:
        return None, maximum, True, at
    if word in hedges["about"]:
        return minimum, maximum, True, at
    if word in hedges["between"]:
        return minimum, maximum, False, at
    return minimum, maximum, False, first
