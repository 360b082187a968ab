"""People in a text, as far as they could be taken for places: "Jack London", "Präsident London"."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import compress, filterfalse

from extract.document import Document
from extract.places.cues import Cues
from extract.places.vocabulary import Vocabulary

LONGEST_PERSON = 4
"""Words of the longest name looked for: two first names and a double surname."""
LONG_NAME = 3
"""Capitals in a row behind a title: with two, the second may be a place ("dass Minister Doe Kiew besucht")."""


@dataclass(frozen=True, slots=True)
class People:
    """Where people are named.

    Attributes
    ----------
    named:
        Indices of tokens that a first name makes part of a person's name.
    titled:
        Indices of tokens that stand behind a title or a credit.
    surnames:
        Last words of the names in ``named``: the article uses them alone later.
    """

    named: frozenset[int]
    titled: frozenset[int]
    surnames: frozenset[str]


def find_people(document: Document, vocabulary: Vocabulary) -> People:
    """The people that first names and titles give away."""
    words, cues = document.words, vocabulary.cues
    named: set[int] = set()
    titled: set[int] = set()
    surnames: set[str] = set()
    first_names, titles, endings = cues.first_names, cues.titles, cues.title_endings
    doubtful = set(filterfalse(vocabulary.impersonal.__contains__, words))
    telling = {word for word in doubtful if word in titles or (word[0].isupper() and (
        word in first_names or word in cues.credits or (len(word) > 6 and word.lower().endswith(endings))))}
    vocabulary.remember_impersonal(doubtful - telling)
    for sentence in document.sentences:
        last = sentence.last
        if telling.isdisjoint(words[sentence.first : last]):
            continue
        for i in compress(range(sentence.first, last - 1), map(telling.__contains__, words[sentence.first : last])):
            word = words[i]
            if word[0].isupper() and i not in named and word in first_names and words[i - 1 : i] not in (["."], ["-"]):
                end = _end_of_name(words, i + 1, last, cues)
                if end > i + 1:
                    named.update(range(i, end))
                    surnames.add(words[end - 1])
                continue
            if word in titles or word in cues.credits or (len(word) > 6 and word.lower().endswith(endings)):
                following = i + 1
                if words[following] in (".", ":") and following + 1 < last:
                    following += 1
                if words[following][0].isupper():
                    end = max(_end_of_name(words, following, last, cues), _end_of_long_name(words, following, last))
                    titled.update(range(following, end))
    return People(frozenset(named), frozenset(titled), frozenset(surnames))


def _end_of_name(words: list[str], start: int, last: int, cues: Cues) -> int:
    """Where the name ends that goes on at ``start``: after the surname, further first names and initials before it."""
    i = start
    while i < min(last, start + LONGEST_PERSON):
        word = words[i]
        if len(word) == 1 and word.isupper() and i + 1 < last and words[i + 1] == ".":
            i += 2
            continue
        if not (word[0].isupper() and word[0].isalpha()):
            break
        i += 1
        if cues.nouns_have_capitals and word not in cues.first_names:
            break
    return i


def _end_of_long_name(words: list[str], start: int, last: int) -> int:
    """Where three capitals or more end that stand behind a title, which are one name in any language."""
    i = start
    while i < min(last, start + LONGEST_PERSON) and words[i][0].isupper() and words[i].isalpha():
        i += 1
    return i if i - start >= LONG_NAME else start
