"""A document as the event stage reads it: sentences with the meanings of their words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, compress, count, repeat
from operator import contains, itemgetter

from extract.document import Document, Sentence, Token, field_of
from extract.events.attributes import attribute_of
from extract.events.clauses import QUOTES, Clause, clauses_of
from extract.events.inflection import Form
from extract.events.vocabulary import Vocabulary, Word
from extract.lazy import lazy
from extract.sections import SectionRole

CLASSES, TOPICS, SENSES, PHRASES = (field_of(Word._fields, name) for name in ("classes", "topics", "senses", "phrases"))
CLASS_OF_PHRASE = itemgetter(0)
CLAUSE_FIRST = field_of(Clause._fields, "first")
LONGER_WORD = 3
"""Letters of a word that titles capitalise, and a share of such words that no sentence of a text has."""
TITLE_CASE = 0.8


@dataclass(eq=False)
class SentenceReading:
    """A sentence with the meanings of its words.

    Attributes
    ----------
    index:
        Number of the sentence in the document.
    words:
        What each token means, in step with ``tokens``.
    phrases:
        Class, first token and length of each phrase of the lexicon that stands in it.
    lower:
        The tokens' texts in lower case.
    quoted:
        Whether it starts inside a quotation that a sentence before it opened.
    position:
        Its place among the readings, which leave out captions and the like.
    """

    index: int
    sentence: Sentence
    tokens: Sequence[Token]
    words: Sequence[Word]
    phrases: Sequence[tuple[str, int, int]]
    lower: tuple[str, ...]
    quoted: bool = False
    position: int = 0

    @lazy
    def classes(self) -> Mapping[str, Sequence[int]]:
        """Class → the tokens that have it, in order; gathered when it is asked for: most sentences tell no event."""
        classes: defaultdict[str, list[int]] = defaultdict(list)
        for number, names in enumerate(map(CLASSES, self.words)):
            for name in names:
                classes[name].append(number)
        for name, first, length in self.phrases:
            classes[name] = sorted({*classes.get(name, ()), *range(first, first + length)})
        if "reports_nothing" in classes and "reporting" in classes:
            classes["reporting"] = [token for token in classes["reporting"] if token not in classes["reports_nothing"]]
        return classes

    @lazy
    def present(self) -> frozenset[str]:
        """The classes that it has words or phrases of: tells at once that one is not there."""
        return frozenset().union(map(CLASS_OF_PHRASE, self.phrases), *map(CLASSES, self.words))

    @lazy
    def clauses(self) -> tuple[Clause, ...]:
        return clauses_of(self)

    @lazy
    def attributes(self) -> tuple[tuple[int, int], ...]:
        """First token and participle of each extended attribute ("der am Montag in Bern verhaftete Mann")."""
        found = (attribute_of(self, number) for number in self.naming if Form.ATTRIBUTIVE in self.words[number].forms)
        return tuple(span for span in found if span is not None)

    @lazy
    def is_headline(self) -> bool:
        """Whether it is the article's title, or its first line without a full stop."""
        return self.sentence.role is SectionRole.TITLE or (
            self.index == 0 and self.tokens[-1].text not in ".!?…\"”“»")

    @lazy
    def has_title_case(self) -> bool:
        """Whether most of its longer words are capitalised, so that a capital says nothing."""
        words = [token.text for token in self.tokens if len(token.text) >= LONGER_WORD and token.text.isalpha()]
        return sum(word[0].isupper() for word in words) > TITLE_CASE * len(words)

    @lazy
    def spellings(self) -> frozenset[str]:
        """The words of the sentence in lower case: tells at once that a fixed word is not there."""
        return frozenset(self.lower)

    @lazy
    def has_several_triggers(self) -> bool:
        """Whether two words of it, or more, may name events."""
        return len(set(map(id, filter(SENSES, self.words)))) > 1

    @lazy
    def _ends(self) -> list[int]:
        return [token.end for token in self.tokens]

    @property
    def naming(self) -> Iterator[int]:
        """The tokens that may name events, in order."""
        return compress(count(), map(SENSES, self.words))

    def clause_of(self, token: int) -> int:
        """Number of the clause that holds a token."""
        return bisect_right(self.clauses, token, key=CLAUSE_FIRST) - 1

    def token_at(self, offset: int) -> int:
        """Number of the token at a code point of the text (the next one, between tokens)."""
        return min(bisect_right(self._ends, offset), len(self.tokens) - 1)

    def has(self, *names: str) -> bool:
        """Whether any word of the sentence is of one of these classes."""
        return not self.present.isdisjoint(names)

    def within(self, first: int, last: int, *names: str) -> bool:
        """Whether a word from token ``first`` to before ``last`` is of one of these classes."""
        present = self.present
        for name in names:  # plain loops: asked some hundred times an article
            if name in present:
                for token in self.classes[name]:
                    if first <= token < last:
                        return True
        return False

    def where(self, first: int, last: int, name: str) -> list[int]:
        """The tokens of one class from ``first`` to before ``last``."""
        if name not in self.present:
            return []
        return [token for token in self.classes[name] if first <= token < last]


class Totals(Counter[str]):
    """How often each class that tells a topic stands in the sentences of an article."""

    def __init__(self) -> None:
        super().__init__()
        self._of_any: dict[frozenset[str], int] = {}

    def of_any(self, names: frozenset[str]) -> int:
        """How often classes of ``names`` stand there; to be asked when all are counted, and added up once."""
        times = self._of_any.get(names)
        if times is None:
            times = self._of_any[names] = sum(map(self.get, names, repeat(0)))
        return times


def read_sentences(document: Document, vocabulary: Vocabulary) -> tuple[list[SentenceReading], Totals]:
    """The sentences that may tell events, and how often each class that tells a topic stands in them."""
    readings: list[SentenceReading] = []
    totals = Totals()
    told: list[Word] = []
    told_by_phrases: list[str] = []
    section, quoted = -1, False
    meanings = list(map(vocabulary.known.__getitem__, document.words))
    begun = list(compress(count(), map(contains, map(PHRASES, meanings), document.lower[1:])))
    for index, sentence in enumerate(document.sentences):
        if sentence.role is SectionRole.HEADING:
            told += meanings[sentence.first:sentence.last]  # tells no event, but what its section is about
        if not sentence.role.tells_events:
            continue
        texts = document.words[sentence.first:sentence.last]
        lower = document.lower[sentence.first:sentence.last]
        words = meanings[sentence.first:sentence.last]
        told += words
        phrases = [
            phrase for at in begun[bisect_left(begun, sentence.first):bisect_left(begun, sentence.last - 1)]
            for phrase in _phrases(words, lower, at - sentence.first)]
        topics = {(name, at) for name, first, length in phrases if name in vocabulary.topics
                  for at in range(first, first + length) if name not in words[at].classes} if phrases else ()
        told_by_phrases += map(CLASS_OF_PHRASE, topics)
        if sentence.section != section:
            section, quoted = sentence.section, False
        readings.append(SentenceReading(index, sentence, document.tokens_of(sentence), words, phrases, tuple(lower),
                                        quoted, len(readings)))
        if not QUOTES.isdisjoint(texts):
            quoted ^= sum(text in QUOTES for text in texts) % 2 == 1
    totals.update(chain(chain.from_iterable(map(TOPICS, told)), told_by_phrases))
    return readings, totals


def _phrases(words: Sequence[Word], lower: Sequence[str], number: int) -> Iterator[tuple[str, int, int]]:
    """Class, first token and length of each phrase that stands at a token whose next one goes on with some of them."""
    third = lower[number + 2] if number + 2 < len(lower) else ""
    for phrase, name in words[number].phrases[lower[number + 1]]:
        if len(phrase) > 2 and third != phrase[2] and phrase[2][-1] != "*":
            continue  # "in the polls", "in the past", "in the hands", …
        if _stands_at(phrase, lower, number):
            yield name, number, len(phrase)


def _stands_at(phrase: Sequence[str], lower: Sequence[str], start: int) -> bool:
    if start + len(phrase) > len(lower):
        return False
    for at, word in enumerate(phrase[1:], start + 1):  # its first word is the one that it is known by
        if lower[at] != word and not (word[-1] == "*" and lower[at].startswith(word[:-1])):
            return False
    return True
