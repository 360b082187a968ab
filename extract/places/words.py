"""A sentence's words as names are looked up in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extract.document import Document, Sentence, Token
from extract.places.vocabulary import Vocabulary

LONGEST_WORD = 60
"""Longer tokens are no names (the longest town name has 58 letters), but broken input."""

GLUED = re.compile(r"(?<=[^\W\d_A-ZÄÖÜ])(?=[A-ZÄÖÜ][^\W\d_A-ZÄÖÜ])")
"""Where a lost line break has glued two words together: "LissabonDie"."""

SHORTEST_HALF = 4
SHORTEST_REST = 3


class Words(NamedTuple):
    """The words of one sentence.

    Attributes
    ----------
    texts:
        Without the genitive's apostrophe and s, and without the full stop of "St.".
    spans:
        Start and end of each, of ``texts``' letters only.
    indices:
        Of each word's token in the document.
    genitive:
        Which words have lost an apostrophe and s.
    """

    texts: list[str]
    spans: Sequence[tuple[int, int] | Token]
    indices: Sequence[int]
    genitive: frozenset[int]


def read_words(document: Document, sentence: Sentence, vocabulary: Vocabulary) -> Words:
    """The words of a sentence, glued ones apart."""
    tokens = document.tokens[sentence.first:sentence.last]
    words, plain = document.words[sentence.first:sentence.last], vocabulary.plain
    if not plain.issuperset(words):
        for word in filter(str.islower, set(words) - plain):
            vocabulary.remember_plain(word)
        if not plain.issuperset(words):
            return _apart(tokens, sentence.first, vocabulary)
    return Words(words, tokens, range(sentence.first, sentence.last), frozenset())


def _apart(tokens: Sequence[Token], first: int, vocabulary: Vocabulary) -> Words:
    """The words of a sentence's tokens, of which ``first`` is the first, without endings and full stops."""
    plain = vocabulary.plain
    texts: list[str] = []
    spans: list[tuple[int, int]] = []
    indices: list[int] = []
    genitive: set[int] = set()
    for index, (start, end, text) in enumerate(tokens, first):
        if text == "." and texts and texts[-1] in vocabulary.cues.abbreviations:
            continue
        if not text.islower() and text not in plain:
            bare = text[:-2] if len(text) > 2 and text[-2] in "'’" and text[-1] in "sS" else text
            seam = _seam(bare, vocabulary)
            if bare is not text:
                end -= 2
                genitive.add(len(texts) + bool(seam))
            elif not seam and text not in vocabulary.cues.abbreviations:
                vocabulary.remember_plain(text)
            if seam:
                texts.append(bare[:seam])
                spans.append((start, start + seam))
                indices.append(index)
            text, start = bare[seam:], start + seam
        texts.append(text)
        spans.append((start, end))
        indices.append(index)
    return Words(texts, spans, indices, frozenset(genitive))


def _seam(text: str, vocabulary: Vocabulary) -> int:
    """Where two glued words meet, if one of them is a prominent place; else 0."""
    if text.isupper() or not SHORTEST_HALF + SHORTEST_REST <= len(text) <= LONGEST_WORD:
        return 0
    match = GLUED.search(text, SHORTEST_HALF, len(text) - SHORTEST_REST + 1)
    if match is None or vocabulary.spelt(text):
        return 0
    seam = match.start()
    return seam if vocabulary.is_prominent(text[:seam]) or vocabulary.is_prominent(text[seam:]) else 0
